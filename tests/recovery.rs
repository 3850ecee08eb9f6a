//! Killed at any moment, the program loses nothing that was done: the real editor in a window, and a loop of
//! calls and saves that can be killed far more often.

mod common;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use keypose::app::recovery::{self, Keeper};
use keypose::io::document::Loaded;
use keypose::io::{document, open};
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::ops::call;
use keypose::ops::runner::Session;

use common::documents;
use common::window::{editor, mannequin, x_server, xdotool};

/// A small generator of numbers, the same ones every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Where the editors of these tests keep their work.
fn root(home: &Path) -> PathBuf {
    keypose::io::recovery::root(&home.join("state"))
}

/// How often the root bone was turned by 5°, from what the document holds.
fn turns(document: &Document) -> i32 {
    let rig = document.rig().unwrap();
    let root = rig.armature.find("root").unwrap();
    let [w, x, y, z] = rig.channel(root).unwrap().quaternion;
    let axis = glam::Vec3::new(x, y, z);
    let angle = 2.0 * axis.length().atan2(w);
    (angle / 5_f32.to_radians()).round() as i32
}

/// The newest journal.
fn journal(home: &Path) -> Option<PathBuf> {
    let newest = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path());
        let wanted =
            paths.filter(|path| path.is_dir() || path.extension().is_some_and(|e| e == "kps"));
        wanted.max()
    };
    newest(&newest(&root(home))?)
}

/// How many calls of an operator the newest journal has.
fn noted(home: &Path, id: &str) -> usize {
    let text = journal(home).and_then(|path| std::fs::read_to_string(path).ok());
    let text = text.unwrap_or_default();
    text.lines().filter(|line| line.starts_with(id)).count()
}

fn wait_until(what: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !condition() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Selects everything, as soon as the window takes keys: until then they are nobody's.
fn select_all(home: &Path, display: &str) {
    for part in 0..40 {
        xdotool(display, &["mousemove", &(600 + part).to_string(), "400"]);
        xdotool(display, &["key", "a"]);
        if noted(home, "pose.select_all") > 0 {
            return;
        }
    }
    panic!("the editor takes no keys");
}

/// What the user was asked, and what comes of saying yes to the first question. `saving`: the kill may have
/// come between the note that a save is under way and the state after it.
fn left_behind(home: &Path, saving: bool) -> Option<(String, Session)> {
    let leftovers = recovery::leftovers(&root(home));
    let first = leftovers.first()?;
    let recovered = recovery::recover(first.hold.folder()).unwrap();
    let mut warnings = recovered.warnings;
    if saving {
        warnings.retain(|line| line != "Recovered up to the moment before wm.save_mainfile()");
    }
    assert_eq!(warnings, Vec::<String>::new());
    Some((first.title.clone(), recovered.session))
}

#[test]
fn the_editor_killed_at_any_moment_offers_everything_that_was_done() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("pose.keypose");
    drop(mannequin(&file));
    let (_server, display) = x_server();
    let mut dice = Dice(0x5DEE_CE66);
    let mut count = 0;
    let mut waiting = false;
    for kill in 0..9 {
        let before = journal(home.path());
        let mut editor = editor(home.path(), &display, &file);
        wait_until("it keeps nothing", || journal(home.path()) != before);
        if waiting {
            let before = journal(home.path());
            xdotool(&display, &["key", "Return"]);
            wait_until("nothing was recovered", || journal(home.path()) != before);
        }
        select_all(home.path(), &display);
        for _ in 0..dice.roll(4) {
            let before = noted(home.path(), "transform.rotate");
            xdotool(&display, &["key", "r", "z", "5", "Return"]);
            wait_until("a turn was not kept", || {
                noted(home.path(), "transform.rotate") > before
            });
            count += 1;
        }
        let saves = kill % 3 == 2;
        let key = if saves { "ctrl+s" } else { "r" };
        let mut hand = Command::new("xdotool");
        let keys: &[&str] = if saves {
            &[key]
        } else {
            &[key, "z", "5", "Return"]
        };
        hand.env("DISPLAY", &display).arg("key").args(keys);
        let mut hand = hand.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(dice.roll(120)));
        editor.0.kill().unwrap();
        editor.0.wait().unwrap();
        hand.wait().unwrap();

        let saved = turns(&open::open(&file).unwrap().document);
        let backup = document::backup_path(&file);
        if backup.exists() {
            let text = std::fs::read_to_string(backup).unwrap();
            document::from_text(&file, &text, home.path(), &|_, _| Ok(Loaded::default())).unwrap();
        }
        let found = left_behind(home.path(), saves);
        waiting = found.is_some();
        let state = match &found {
            Some((title, session)) => {
                assert_eq!(title, "pose.keypose");
                assert_eq!(session.file.path.as_deref(), Some(file.as_path()));
                turns(&session.document)
            }
            None => saved,
        };
        let possible = count..=count + i32::from(!saves);
        assert!(
            possible.contains(&state),
            "kill {kill}: {state} turns, not {possible:?}"
        );
        assert!(saved <= state, "{saved} turns saved, {state} kept");
        count = state;
    }
    assert!(count > 5, "only {count} turns");
}

fn ended(editor: &mut std::process::Child) -> bool {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(status) = editor.try_wait().unwrap() {
            return status.success();
        }
        assert!(Instant::now() < deadline, "the editor did not end");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(unix)]
#[test]
fn told_to_end_the_editor_keeps_its_work_until_the_user_drops_it() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("pose.keypose");
    drop(mannequin(&file));
    let (_server, display) = x_server();
    let mut first = editor(home.path(), &display, &file);
    select_all(home.path(), &display);
    let process = first.0.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &process]).status();
    assert!(sent.unwrap().success());
    assert!(ended(&mut first.0), "it failed");
    let (title, session) = left_behind(home.path(), false).unwrap();
    assert_eq!(title, "pose.keypose");
    let rig = session.document.rig().unwrap();
    assert_eq!(rig.selected_bones().len(), rig.armature.bones.len());

    let before = journal(home.path());
    let mut second = editor(home.path(), &display, &file);
    wait_until("it keeps nothing", || journal(home.path()) != before);
    let before = journal(home.path());
    xdotool(&display, &["key", "Return"]);
    wait_until("nothing was recovered", || journal(home.path()) != before);
    let deadline = Instant::now() + Duration::from_secs(60);
    // The window may still be busy with the first of the keys.
    while second.0.try_wait().unwrap().is_none() {
        assert!(Instant::now() < deadline, "the editor did not end");
        for key in ["ctrl+q", "d"] {
            let _ = Command::new("xdotool")
                .env("DISPLAY", &display)
                .args(["key", key])
                .status();
            std::thread::sleep(Duration::from_millis(300));
        }
    }
    assert!(ended(&mut second.0));
    assert_eq!(std::fs::read_dir(root(home.path())).unwrap().count(), 0);
}

/// Set for the process that is to be killed: its folder.
const VICTIM: &str = "KEYPOSE_TEST_VICTIM";

/// The calls that the victim makes, the same for each number.
fn step(session: &mut Session, number: u64, file: &Path) {
    let mut dice = Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    dice.roll(7);
    let part = |dice: &mut Dice| dice.roll(1000) as f32 / 331.0 - 1.5;
    let text = match dice.roll(12) {
        0..5 => format!(
            "transform.translate(value: ({:?}, {number}.0, 0.1))",
            part(&mut dice)
        ),
        5 | 6 => format!("transform.rotate(value: {:?})", part(&mut dice)),
        7 => "ed.undo()".to_owned(),
        8 => format!("view3d.rotate(drag: ({:?}, 3.0))", part(&mut dice)),
        9 => "pose.copy()".to_owned(),
        10 => "pose.paste(flipped: true)".to_owned(),
        _ => format!("wm.save_mainfile(filepath: {file:?})"),
    };
    if dice.roll(5) == 0
        && session
            .last()
            .is_some_and(|op| op.info().id == "transform.translate")
    {
        let text = format!(
            "transform.translate(value: (0.5, {number}.0, {:?}))",
            part(&mut dice)
        );
        session.adjust(call::parse(&text).unwrap());
    } else {
        session.run_text(&text).unwrap();
    }
}

fn start_document() -> Session {
    let mut document = documents::selected_arm();
    document.rig_mut().unwrap().selected.set(0, true);
    let mut session = Session::with_document(document);
    session.file.path = Some(PathBuf::from("/nowhere/x.keypose"));
    session
}

/// What the process does that is killed; as a test of its own it does nothing.
#[test]
fn victim() {
    let Some(folder) = std::env::var_os(VICTIM).map(PathBuf::from) else {
        return;
    };
    let mut session = start_document();
    let mut keeper = Keeper::begin(&folder.join("kept"), &session).unwrap();
    let preferences = keypose::io::preferences::Preferences {
        autosave_operations: 7,
        ..Default::default()
    };
    let mut out = std::io::stderr();
    for number in 0.. {
        step(&mut session, number, &folder.join("a.keypose"));
        assert_eq!(keeper.update(&session, &preferences), None);
        writeln!(out, "done {number}").unwrap();
    }
}

/// Lets the victim work for a moment; gives the number of the last call that was done for certain.
fn killed_after(folder: &Path, time: Duration) -> u64 {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["victim", "--exact", "--nocapture", "--test-threads=1"]);
    command.env(VICTIM, folder);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut victim = command.spawn().unwrap();
    let mut lines = BufReader::new(victim.stderr.take().unwrap()).lines();
    let number = |line: &str| {
        line.strip_prefix("done ")
            .and_then(|n| n.parse::<u64>().ok())
    };
    let mut last = None;
    for line in lines.by_ref().map_while(Result::ok) {
        last = number(&line);
        if last.is_some() {
            break;
        }
    }
    std::thread::sleep(time);
    victim.kill().unwrap();
    victim.wait().unwrap();
    let rest = lines.map_while(Result::ok).filter_map(|line| number(&line));
    rest.last().or(last).expect("the victim did nothing")
}

#[test]
fn a_loop_of_calls_and_saves_killed_at_any_moment_loses_nothing() {
    let mut dice = Dice(0xB5AD_4ECE);
    let mut deepest = 0;
    for _ in 0..40 {
        let folder = tempfile::tempdir().unwrap();
        let done = killed_after(folder.path(), Duration::from_micros(dice.roll(150_000)));
        deepest = deepest.max(done);
        let file = folder.path().join("a.keypose");
        let mut states = Vec::new();
        let mut session = start_document();
        for number in 0..=done + 1 {
            step(&mut session, number, &folder.path().join("other.keypose"));
            let undone = matches!(
                session.log.lines().rev().find_map(|(_, line)| match line {
                    keypose::ops::runner::log::Line::Call(called) => Some(called.id),
                    keypose::ops::runner::log::Line::Report(_) => None,
                }),
                Some("ed.undo")
            );
            states.push((session.document.clone(), undone));
        }
        let backup = document::backup_path(&file);
        if backup.exists() {
            let text = std::fs::read_to_string(backup).unwrap();
            document::from_text(&file, &text, folder.path(), &|_, _| Ok(Loaded::default()))
                .unwrap();
        }
        if file.exists() {
            let saved = open::open(&file).unwrap().document;
            assert!(
                states.iter().any(|(state, _)| *state == saved),
                "no state was saved"
            );
        }
        let leftovers = recovery::leftovers(&folder.path().join("kept"));
        let Some(leftover) = leftovers.first() else {
            // All of it was saved.
            let saved = open::open(&file).unwrap().document;
            let [.., (last, _), (next, _)] = states.as_slice() else {
                panic!("too few states");
            };
            assert!(saved == *last || saved == *next, "the last save is old");
            continue;
        };
        let recovered = recovery::recover(leftover.hold.folder()).unwrap();
        let mut possible: Vec<&Document> = states[done as usize..].iter().map(|(s, _)| s).collect();
        // Taking something back may be what is lost, while the state after it is being written.
        if let (true, Some(before)) = (states[done as usize].1, done.checked_sub(1)) {
            possible.push(&states[before as usize].0);
        }
        let found = recovered.session.document;
        let place = states.iter().position(|(state, _)| *state == found);
        assert!(
            possible.iter().any(|state| **state == found),
            "call {done} was done, but the state after {place:?} came back: {:?}",
            recovered.warnings
        );
    }
    assert!(deepest > 30, "at most {deepest} calls");
}

#[test]
fn work_is_offered_until_it_is_saved_or_dropped() {
    let home = tempfile::tempdir().unwrap();
    let kept = home.path().join("kept");
    let preferences = Default::default();
    let mut session = start_document();
    let mut keeper = Keeper::begin(&kept, &session).unwrap();
    session.run_text("pose.loc_clear()").unwrap();
    keeper.update(&session, &preferences);
    assert!(
        recovery::leftovers(&kept).is_empty(),
        "its program still runs"
    );
    drop(keeper);

    let found = recovery::leftovers(&kept);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].title, "x.keypose");
    assert_eq!(
        found[0].detail,
        "just now, 1 operation after the last autosave"
    );
    assert!(
        recovery::leftovers(&kept).is_empty(),
        "another one offers it"
    );
    let leftover = found.into_iter().next().unwrap();
    let recovered = recovery::recover(leftover.hold.folder()).unwrap();
    let mut again = recovered.session;
    assert!(again.unsaved() && again.document == session.document);
    let arm = again.document.rig().unwrap().channel(BoneId(1)).unwrap();
    assert_eq!(arm.location, glam::Vec3::ZERO);

    // Recovered but not saved: one of the two folders is offered, the newer one.
    let mut keeper = Keeper::begin(&kept, &Session::default()).unwrap();
    assert_eq!(keeper.follow(&again, leftover.hold), None);
    let second = keeper.folder().to_owned();
    drop(keeper);
    let found = recovery::leftovers(&kept);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].hold.folder(), second);
    drop(found);
    assert_eq!(std::fs::read_dir(&kept).unwrap().count(), 2);

    // Saved: nothing is left, neither of it nor of what it came from.
    let leftover = recovery::leftovers(&kept).remove(0);
    let mut keeper = Keeper::begin(&kept, &again).unwrap();
    keeper.follow(&again, leftover.hold);
    let file = home.path().join("saved.keypose");
    let outcome = again.run_text(&format!("wm.save_mainfile(filepath: {file:?})"));
    assert_eq!(outcome.unwrap().error(), None);
    keeper.update(&again, &preferences);
    assert!(!second.exists());
    assert_eq!(std::fs::read_dir(&kept).unwrap().count(), 1);
    keeper.end();
    assert_eq!(std::fs::read_dir(&kept).unwrap().count(), 0);

    // Not wanted: it is not offered again.
    let mut keeper = Keeper::begin(&kept, &again).unwrap();
    again.run_text("pose.rot_clear()").unwrap();
    keeper.update(&again, &preferences);
    drop(keeper);
    recovery::leftovers(&kept).remove(0).hold.discard().unwrap();
    assert!(recovery::leftovers(&kept).is_empty());
}

#[test]
fn an_autosave_is_due_some_time_after_the_first_call() {
    let home = tempfile::tempdir().unwrap();
    let preferences = keypose::io::preferences::Preferences::default();
    let mut session = start_document();
    let mut keeper = Keeper::begin(home.path(), &session).unwrap();
    assert_eq!(keeper.deadline(&preferences), None);
    session.run_text("pose.loc_clear()").unwrap();
    keeper.update(&session, &preferences);
    let due = keeper.deadline(&preferences).unwrap();
    let wait = due.saturating_duration_since(Instant::now());
    assert!(
        wait > Duration::from_secs(100) && wait <= Duration::from_secs(120),
        "{wait:?}"
    );
    for _ in 0..preferences.autosave_operations {
        session
            .run_text("transform.translate(value: (0.0, 0.0, 0.1))")
            .unwrap();
        keeper.update(&session, &preferences);
    }
    let folder = keeper.folder().to_owned();
    drop(keeper);
    assert!(folder.join("0002.keypose").exists());
    assert!(!folder.join("0001.keypose").exists());
    let recovered = recovery::recover(&folder).unwrap();
    assert_eq!(recovered.calls, 1);
    assert!(recovered.session.document == session.document);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told_once() {
    let home = tempfile::tempdir().unwrap();
    let session = start_document();
    std::fs::write(home.path().join("file"), "").unwrap();
    let error = Keeper::begin(&home.path().join("file"), &session)
        .err()
        .unwrap();
    assert!(error.to_string().contains("cannot be written"), "{error}");

    let preferences = keypose::io::preferences::Preferences::default();
    let mut session = session;
    let mut keeper = Keeper::begin(&home.path().join("kept"), &session).unwrap();
    session.run_text("pose.loc_clear()").unwrap();
    assert_eq!(keeper.update(&session, &preferences), None);
    // The folder goes while the program runs, and a new state is wanted.
    std::fs::remove_dir_all(keeper.folder()).unwrap();
    session.run_text("wm.read_homefile()").unwrap();
    let told = keeper.update(&session, &preferences).unwrap();
    assert!(told.starts_with("What you do is not kept"), "{told}");
    session.run_text("wm.read_homefile()").unwrap();
    assert_eq!(keeper.update(&session, &preferences), None);
}

#[test]
fn a_recovery_file_is_an_ordinary_document() {
    let home = tempfile::tempdir().unwrap();
    let session = start_document();
    let keeper = Keeper::begin(home.path(), &session).unwrap();
    let folder = keeper.folder().to_owned();
    drop(keeper);
    let state = folder.join("0001.keypose");
    assert!(open::open(&state).unwrap().document == session.document);
    let text = keypose::script::info::describe(&state).unwrap();
    assert!(text.contains("figure"), "{text}");
}
