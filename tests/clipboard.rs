//! Poses as text on the clipboard: mirrored like the copy itself, and kept for the case of a crash.

mod common;

use common::documents;
use keypose::app::recovery::{Keeper, recover};
use keypose::io::preferences::Preferences;
use keypose::model::rig::Rig;
use keypose::ops::runner::Session;

fn run(session: &mut Session, call: &str) {
    let outcome = session.run_text(call).unwrap();
    assert_eq!(outcome.error(), None, "{call}");
}

fn rig(session: &Session) -> &Rig {
    session.document.rig().unwrap()
}

/// The bundled character in a pose, with the left side and the spine copied.
fn copied(kind: &str) -> Session {
    let mut session = Session::default();
    run(&mut session, "wm.read_homefile(mannequin: true)");
    run(&mut session, &format!("armature.set(mirror_kind: {kind})"));
    let names: Vec<String> = rig(&session)
        .armature
        .bones
        .iter()
        .map(|b| b.name.to_string())
        .collect();
    for (place, name) in names.iter().enumerate() {
        let turn = |step: usize| ((place * step) % 7) as f32 * 0.2 - 0.5;
        let fields = format!(
            "(location: ({:?}, 0.02, {:?}), rotation_quaternion: (0.9, {:?}, {:?}, {:?}))",
            turn(3) * 0.1,
            turn(4) * 0.1,
            turn(1),
            turn(2),
            turn(5)
        );
        run(
            &mut session,
            &format!("pose.set(pose: {{{name:?}: {fields}}})"),
        );
    }
    let left = names
        .iter()
        .filter(|name| name.ends_with(".L") || name.as_str() == "spine");
    let left: Vec<&String> = left.collect();
    run(&mut session, &format!("pose.select_bones(names: {left:?})"));
    run(&mut session, "pose.copy()");
    session
}

#[test]
fn a_pose_that_went_through_text_is_pasted_like_the_copy_itself() {
    for kind in ["CHANNELS", "GEOMETRIC"] {
        for paste in ["pose.paste()", "pose.paste(flipped: true)"] {
            let mut own = copied(kind);
            let given = own.scratch.give_out().unwrap();
            assert!(given.is_pose);
            assert_eq!(own.scratch.give_out(), None);
            let rest = "pose.select_all(action: SELECT)";
            let mut other = copied(kind);
            for session in [&mut own, &mut other] {
                run(session, rest);
                run(session, "pose.transforms_clear()");
                run(session, "pose.select_all(action: DESELECT)");
            }
            other.scratch.pose = None;
            other.scratch.receive(&given.text);
            run(&mut own, paste);
            run(&mut other, paste);
            for (bone, (a, b)) in rig(&own).armature.bones.iter().zip(
                rig(&own)
                    .pose
                    .channels
                    .iter()
                    .zip(rig(&other).pose.channels.iter()),
            ) {
                assert_eq!(a, b, "{kind} {paste} {}", bone.name);
            }
            let moved = rig(&own).pose.channels.iter();
            let moved = moved
                .filter(|channel| channel.quaternion[0] < 0.999)
                .count();
            assert!(moved > 20, "{moved}");
        }
    }
}

#[test]
fn what_came_from_another_program_is_there_after_a_crash() {
    let home = tempfile::tempdir().unwrap();
    let preferences = Preferences::default();
    let mut session = Session::with_document(documents::arm());
    let mut keeper = Keeper::begin(home.path(), &session).unwrap();
    let poses = [1.0, 2.0].map(|x| {
        format!("// Keypose pose 1\n(pose: {{\"arm.L\": (location: ({x:?}, 0.0, 0.0))}})")
    });
    let steps: &[(&str, &str)] = &[
        ("", "pose.select_all(action: SELECT)"),
        ("", "pose.copy()"),
        (&poses[0], "pose.paste()"),
        ("// Keypose pose 1\n(pose", "pose.paste()"),
        ("no pose", "pose.paste(flipped: true)"),
        ("{\"far\": [\"arm.L\"]}", "pose.selection_set_paste()"),
        (&poses[1], "pose.paste(flipped: true)"),
        ("", "clipboard.set(text: \"{\\\"own\\\": []}\")"),
        ("", "pose.selection_set_paste()"),
        ("", "screen.repeat_last()"),
        ("", "pose.hide()"),
    ];
    for (text, call) in steps {
        if !text.is_empty() {
            session.scratch.receive(text);
        }
        let outcome = session.run_text(call).unwrap();
        assert_eq!(outcome.error().is_some(), text.ends_with("(pose"), "{call}");
        assert_eq!(keeper.update(&session, &preferences), None);
    }
    let names = rig(&session)
        .options
        .selection_sets
        .iter()
        .map(|set| set.name.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["far", "own", "own.001"]);
    let folder = keeper.folder().to_owned();
    // The state may still be on its way to the disk; it is waited for before the next call is written.
    run(&mut session, "pose.reveal()");
    assert_eq!(keeper.update(&session, &preferences), None);
    let recovered = recover(&folder).unwrap();
    assert_eq!(recovered.warnings, Vec::<String>::new());
    assert!(recovered.session.document == session.document);
    let text = |session: &Session| session.scratch.clipboard.own_text().cloned();
    assert_eq!(text(&recovered.session), text(&session));
    // A text of others is none of the disk's business.
    let kept = std::fs::read_dir(&folder).unwrap().flatten();
    for file in kept {
        let text = std::fs::read_to_string(file.path()).unwrap_or_default();
        assert!(!text.contains("no pose"), "{}", file.path().display());
    }
}
