//! Operators on poses where there is nothing for them: what they end with, what they say, that nothing changes.

use keypose::ops::runner::{Session, Status};

/// A session with the mannequin at rest, without an action; nothing is selected or active.
fn session() -> Session {
    let mut session = Session::default();
    for call in [
        "wm.read_homefile(mannequin: true)",
        "pose.select_bones(names: [])",
    ] {
        assert_eq!(session.run_text(call).unwrap().status, Status::Finished);
    }
    session
}

/// Runs a call that changes nothing; gives how it ended and its words.
fn run(session: &mut Session, call: &str) -> (Status, String) {
    let before = session.document.clone();
    let outcome = session.run_text(call).unwrap();
    assert!(session.document == before, "{call} changed something");
    let words: Vec<_> = outcome.reports.into_iter().map(|said| said.text).collect();
    (outcome.status, words.join("; "))
}

#[test]
fn with_nothing_selected_operators_say_so() {
    use Status::{Cancelled, Finished};
    let none = "No bone is selected";
    for (call, status, said) in [
        ("pose.loc_clear()", Cancelled, none),
        ("pose.rot_clear()", Cancelled, none),
        ("pose.scale_clear()", Cancelled, none),
        ("pose.transforms_clear()", Cancelled, none),
        ("pose.user_transforms_clear()", Finished, none),
        ("pose.visual_transform_apply()", Finished, none),
        ("pose.armature_apply(selected: true)", Cancelled, none),
        ("pose.quaternions_flip()", Cancelled, "turns by quaternions"),
        ("pose.rotation_mode_set(type: XYZ)", Finished, none),
        ("pose.hide()", Cancelled, none),
        ("pose.reveal()", Cancelled, "No bone is hidden"),
        ("pose.flip_names()", Finished, none),
        ("pose.autoside_names()", Finished, none),
        ("pose.select_linked()", Finished, none),
        ("pose.select_linked_pick()", Cancelled, "under the pointer"),
        ("pose.select_parent()", Cancelled, "No bone is active"),
        ("pose.select_hierarchy()", Cancelled, "No bone is active"),
        ("pose.select_constraint_target()", Cancelled, "constraint"),
        ("pose.select_grouped(type: CHILDREN)", Cancelled, none),
        (
            "pose.select_grouped(type: COLOR)",
            Cancelled,
            "No bone is active",
        ),
        (
            "pose.select_grouped(type: KEYINGSET)",
            Cancelled,
            "keying set",
        ),
        ("pose.constraints_clear()", Finished, none),
        ("pose.constraints_copy()", Cancelled, "no constraints"),
        ("pose.constraint_add(type: IK)", Cancelled, "no active bone"),
        ("pose.ik_add()", Cancelled, "no active bone"),
        ("pose.ik_clear()", Finished, none),
        ("pose.propagate()", Cancelled, "no keys"),
        ("pose.paste()", Cancelled, "No pose has been copied"),
        (
            "pose.paths_update()",
            Status::PollFailed,
            "No bone has a motion path",
        ),
        ("pose.selection_set_paste()", Finished, "no selection sets"),
        (
            "pose.selection_set_select()",
            Status::PollFailed,
            "no selection sets",
        ),
    ] {
        let (ended, words) = run(&mut session(), call);
        assert_eq!(ended, status, "{call}: {words}");
        assert!(words.contains(said), "{call}: {words:?}");
    }
}

#[test]
fn the_active_bone_may_have_nowhere_to_go() {
    let mut session = session();
    for (bone, call, said) in [
        ("root", "pose.select_parent()", "no parent"),
        ("root", "pose.select_hierarchy()", "no parent"),
        (
            "head",
            "pose.select_hierarchy(direction: CHILD)",
            "no child",
        ),
    ] {
        let choose = format!("pose.select_bones(names: [{bone:?}], active: {bone:?})");
        session.run_text(&choose).unwrap();
        let (ended, words) = run(&mut session, call);
        assert_eq!(ended, Status::Cancelled, "{call}");
        assert!(words.contains(said), "{call}: {words:?}");
    }
}

#[test]
fn slides_without_anything_animated_change_nothing() {
    let mut session = session();
    for id in [
        "push",
        "relax",
        "breakdown",
        "blend_to_neighbor",
        "blend_with_rest",
    ] {
        let (ended, _) = run(&mut session, &format!("pose.{id}(factor: 1.0)"));
        assert_eq!(ended, Status::Finished, "{id}");
    }
}
