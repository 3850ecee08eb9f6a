//! What is kept of a session leads back to it: random calls, with autosaves at random places in between.

mod common;

use glam::Vec2;
use keypose::app::recovery::{Keeper, recover};
use keypose::io::preferences::Preferences;
use keypose::model::document::Document;
use keypose::ops::context::{PanelKind, Place};
use keypose::ops::event::{Event, EventKind, ModalKey, Modifiers};
use keypose::ops::props::Value;
use keypose::ops::registry::{self, AnyOperator};
use keypose::ops::runner::Session;
use proptest::prelude::*;

use common::documents;

/// Something that a user may do: what, with what, and how.
type Step = (u8, u8, u32);

struct Play {
    session: Session,
    keeper: Keeper,
    preferences: Preferences,
    home: tempfile::TempDir,
}

fn place(seed: u32) -> Place {
    Place {
        panel: if seed.is_multiple_of(3) {
            PanelKind::Other
        } else {
            PanelKind::View3d
        },
        size: Vec2::new(300.0 + (seed % 700) as f32 / 3.0, 400.0),
        time: None,
        bone: None,
    }
}

/// Gives some of the parameters other values.
fn shake(op: &mut dyn AnyOperator, mut seed: u32) {
    let names = [
        "arm.L",
        "hand.L",
        "hand.R",
        "trunk",
        "root",
        "other",
        "a\tb\n\"#",
    ];
    for value in op.values() {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let roll = (seed >> 16) as usize;
        if roll.is_multiple_of(2) {
            continue;
        }
        let number = (roll % 1000) as f32 / 170.0 - 2.0;
        match value {
            Value::Bool(on) => *on = !*on,
            Value::Int(number) => *number = (roll % 7) as i32 - 2,
            Value::Float(float) => *float = number,
            Value::Text(text) => *text = names[roll / 2 % names.len()].to_owned(),
            Value::Choice(choice) => choice.set_index(roll / 2 % choice.items().len()),
            Value::Vector(numbers) => numbers.iter_mut().for_each(|old| *old += number),
            Value::Flags(flags) => flags.iter_mut().for_each(|flag| *flag = !*flag),
            Value::Data => {}
        }
    }
}

impl Play {
    fn new(document: Document) -> Self {
        let home = tempfile::tempdir().unwrap();
        let session = Session::with_document(document);
        let keeper = Keeper::begin(home.path(), &session).unwrap();
        Self {
            session,
            keeper,
            preferences: Preferences::default(),
            home,
        }
    }

    fn step(&mut self, (what, which, how): Step) {
        let entries: Vec<_> = registry::entries()
            .filter(|entry| {
                // Files are for `file`; nothing else is written.
                !entry.info.id.starts_with("wm.") && !entry.info.external
            })
            .collect();
        let entry = entries[usize::from(which) % entries.len()];
        let mut op = entry.make();
        match what % 21 {
            0..7 => {
                shake(op.as_mut(), how);
                self.session.run(op, place(how));
            }
            7..9 => {
                let text =
                    format!("pose.set(pose: {{\"arm.L\": (location: ({how}.5, 0.0, 0.1))}})");
                op = keypose::ops::call::parse(&text).unwrap();
                let key = if which.is_multiple_of(2) { "a" } else { "b" };
                self.session.run_merged(op, place(which.into()), key);
            }
            9 | 10 => drop(self.session.run_text("ed.undo()")),
            11 => drop(self.session.run_text("ed.redo()")),
            12 => drop(self.session.run_text("screen.repeat_last()")),
            13 | 14 => {
                if let Some(mut op) = self.session.last().map(AnyOperator::boxed_clone) {
                    shake(op.as_mut(), how);
                    self.session.adjust(op);
                }
            }
            15 => {
                let modal = entries.iter().filter(|entry| entry.make().is_modal());
                let modal: Vec<_> = modal.collect();
                let op = modal[usize::from(which) % modal.len()].make();
                let start = Event::new(EventKind::Start, Vec2::new(200.0, 150.0));
                let _ = self.session.invoke(op, place(how), &start);
            }
            16 | 17 => self.event(which, how),
            18 => {
                let operations = std::mem::replace(&mut self.preferences.autosave_operations, 1);
                self.update();
                self.preferences.autosave_operations = operations;
            }
            19 => self.session.show_frame((how % 90) as f32 / 8.0),
            _ => self.file(which),
        }
        if how.is_multiple_of(4) {
            return;
        }
        self.update();
    }

    fn event(&mut self, which: u8, how: u32) {
        let kinds = [
            EventKind::Move,
            EventKind::Move,
            EventKind::Release,
            EventKind::Character('4'),
            EventKind::Key(ModalKey::AxisX),
            EventKind::Key(ModalKey::Confirm),
            EventKind::Key(ModalKey::Rotate),
            EventKind::Key(ModalKey::Cancel),
        ];
        let event = Event {
            kind: kinds[usize::from(which) % kinds.len()],
            pointer: Vec2::new((how % 400) as f32, (how % 300) as f32),
            modifiers: Modifiers::default(),
        };
        self.session.event(&event);
    }

    fn file(&mut self, which: u8) {
        let file = self.home.path().join("a.keypose");
        let file = file.to_str().unwrap();
        let call = match which % 4 {
            0 => "wm.read_homefile()".to_owned(),
            1 => "wm.revert_mainfile()".to_owned(),
            _ => format!("wm.save_mainfile(filepath: {file:?})"),
        };
        self.session.run_text(&call).unwrap();
    }

    fn update(&mut self) {
        let trouble = self.keeper.update(&self.session, &self.preferences);
        assert_eq!(trouble, None);
    }

    fn compare(mut self) -> Result<(), TestCaseError> {
        self.update();
        let folder = self.keeper.folder().to_owned();
        drop(self.keeper);
        let recovered = recover(&folder).unwrap();
        let mut found = recovered.session;
        prop_assert_eq!(recovered.warnings, Vec::<String>::new());
        let (document, view) = self.session.settled();
        prop_assert!(found.document == *document, "another document");
        prop_assert_eq!(&found.view, view);
        prop_assert_eq!(&found.file, &self.session.file);
        let call = |session: &Session| session.last_call();
        prop_assert_eq!(
            call(&found).map(|last| last.text),
            call(&self.session).map(|last| last.text)
        );
        prop_assert_eq!(
            call(&found).and_then(|last| last.before),
            call(&self.session).and_then(|last| last.before)
        );
        self.session.cancel();
        let played = !self
            .session
            .settled()
            .0
            .same_pointers(&self.session.document);
        if played {
            found.play(false);
            found.show_frame(self.session.document.scene.frame);
            found.stop_playing(false);
            self.session.stop_playing(false);
        }
        for call in ["pose.paste(flipped: true)", "screen.repeat_last()"] {
            found.run_text(call).unwrap();
            self.session.run_text(call).unwrap();
            prop_assert!(
                found.document == self.session.document,
                "another after {}",
                call
            );
        }
        Ok(())
    }
}

fn check(document: Document, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut play = Play::new(document);
    for &step in steps {
        play.step(step);
    }
    play.compare()
}

/// Some seconds' worth; `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let all = ProptestConfig::default();
    let more = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if more { all.cases } else { 100 },
        failure_persistence: None,
        ..all
    }
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn any_calls_with_autosaves_anywhere_lead_back(
        steps in proptest::collection::vec(any::<Step>(), 0..50),
        document in 0..3,
    ) {
        let document = match document {
            0 => documents::two_rigs(),
            1 => documents::selected_arm(),
            _ => documents::wave(),
        };
        check(document, &steps)?;
    }
}

fn play(calls: &[&str]) -> Play {
    let mut play = Play::new(documents::selected_arm());
    play.preferences.autosave_operations = 2;
    for call in calls {
        play.session.run_text(call).unwrap();
        play.update();
    }
    play
}

#[test]
fn the_last_call_before_an_autosave_can_be_adjusted_after_it() {
    let mut play = play(&[
        "pose.loc_clear()",
        "transform.translate(value: (1.0, 0.0, 0.0))",
    ]);
    for x in [2.0, 3.5] {
        let text = format!("transform.translate(value: ({x:?}, 0.0, 0.0))");
        play.session
            .adjust(keypose::ops::call::parse(&text).unwrap());
        play.update();
    }
    play.compare().unwrap();
}

#[test]
fn steps_before_an_autosave_are_undone_after_it() {
    let moved = "transform.translate(value: (1.0, 0.0, 0.0))";
    let play = play(&[
        moved,
        moved,
        moved,
        "ed.undo()",
        "ed.undo()",
        "ed.redo()",
        moved,
    ]);
    play.compare().unwrap();
}

#[test]
fn a_copied_pose_outlives_the_program() {
    let play = play(&[
        "pose.copy()",
        "pose.loc_clear()",
        "pose.rot_clear()",
        "pose.paste()",
    ]);
    play.compare().unwrap();
}

#[test]
fn a_broken_line_ends_the_recovery_there_and_says_so() {
    let moved = "transform.translate(value: (1.0, 0.0, 0.0))";
    let mut play = Play::new(documents::selected_arm());
    for _ in 0..3 {
        play.session.run_text(moved).unwrap();
        play.update();
    }
    let folder = play.keeper.folder().to_owned();
    drop(play.keeper);
    let journal = folder.join("0001.kps");
    let text = std::fs::read_to_string(&journal).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let broken = format!(
        "{}\n{}\ntransform.trnslate(\t# ()\n{}\n",
        lines[0], lines[1], lines[3]
    );
    std::fs::write(&journal, broken).unwrap();
    let recovered = recover(&folder).unwrap();
    assert_eq!(recovered.calls, 1);
    let [warning] = recovered.warnings.as_slice() else {
        panic!("{:?}", recovered.warnings);
    };
    assert!(warning.contains("0001.kps:3"), "{warning}");
    assert!(warning.contains("transform.translate"), "{warning}");
    assert!(recovered.session.unsaved());
}

#[test]
fn damaged_folders_give_one_line() {
    let play = play(&["pose.copy()", "pose.loc_clear()", "pose.rot_clear()"]);
    let folder = play.keeper.folder().to_owned();
    drop(play.keeper);
    let files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap() != "lock")
        .collect();
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        let good = std::fs::read(&file).unwrap();
        for part in 0..24 {
            let mut bad = good.clone();
            let place = bad.len() * part / 24;
            match part % 3 {
                0 => bad.truncate(place),
                1 => bad[place] ^= 0xff,
                _ => bad[place] = b'(',
            }
            std::fs::write(&file, bad).unwrap();
            match recover(&folder) {
                Ok(recovered) => {
                    assert!(recovered.warnings.iter().all(|line| !line.contains('\n')))
                }
                Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
            }
        }
        std::fs::write(&file, good).unwrap();
    }
    recover(&folder).unwrap();
}

/// The files of a folder with their lengths.
fn files(folder: &std::path::Path) -> Vec<(std::ffi::OsString, u64)> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    // A file that is gone by the time it is looked at has the length 0.
    let length = |entry: &std::fs::DirEntry| entry.metadata().map_or(0, |data| data.len());
    let files = entries.map(|entry| (entry.file_name(), length(&entry)));
    let mut files: Vec<_> = files.collect();
    files.sort();
    files
}

#[test]
fn a_state_that_takes_long_to_write_holds_up_the_next_call_rather_than_losing_it() {
    let mut session = Session::default();
    session
        .run_text("wm.read_homefile(mannequin: true)")
        .unwrap();
    session.run_text("pose.select_all(action: SELECT)").unwrap();
    let mut play = Play::new(session.document);
    play.preferences.autosave_operations = 3;
    let moved = "transform.translate(value: (0.0, 0.0, 0.1))";
    let turned = "transform.rotate(value: 0.1)";
    for call in [
        moved,
        turned,
        moved,
        "ed.undo()",
        turned,
        "ed.undo()",
        "ed.undo()",
        "ed.undo()",
        moved,
        turned,
        moved,
        moved,
        "ed.undo()",
        "ed.redo()",
        turned,
    ] {
        play.session.run_text(call).unwrap();
        play.update();
        if call.starts_with("ed.") {
            continue;
        }
        // The thread may put a newer state in place of the one that is being read: what was read while it
        // did so does not count.
        let folder = play.keeper.folder();
        let recovered = loop {
            let before = files(folder);
            let found = recover(folder);
            if files(folder) == before {
                break found.unwrap();
            }
        };
        assert_eq!(recovered.warnings, Vec::<String>::new());
        assert!(
            recovered.session.document == play.session.document,
            "after {call}"
        );
    }
    play.compare().unwrap();
}

#[test]
fn a_view_that_was_framed_around_a_preview_comes_back() {
    let mut play = Play::new(documents::selected_arm());
    let op = keypose::ops::call::parse("transform.translate()").unwrap();
    let start = Event::new(EventKind::Start, Vec2::new(200.0, 150.0));
    play.session
        .invoke(op, place(1), &start)
        .unwrap_or_else(|_| panic!("it asks for nothing"));
    play.event(0, 0);
    play.session.run_text("view3d.view_all()").unwrap();
    play.compare().unwrap();
}
