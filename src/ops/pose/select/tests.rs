//! Bones that cannot be selected: what is told of them came from asking Blender.

use std::sync::Arc;

use crate::model::armature::Armature;
use crate::model::bone::Bone;
use crate::model::document::Document;
use crate::model::id::BoneId;
use crate::model::rig::Rig;
use crate::ops::runner::{Session, Status};

/// A chain of five connected bones, `a` to `e`; these places cannot be selected, those are.
fn chain(fixed: &[usize], selected: &[usize]) -> Session {
    let bone = |(place, name): (usize, &str)| {
        Arc::new(Bone {
            name: name.into(),
            parent: place.checked_sub(1).map(BoneId::new),
            connected: place > 0,
            selectable: !fixed.contains(&place),
            ..Bone::default()
        })
    };
    let armature = Armature {
        bones: ["a", "b", "c", "d", "e"]
            .into_iter()
            .enumerate()
            .map(bone)
            .collect(),
        ..Armature::default()
    };
    let mut document = Document::default();
    document.add_rig(Rig {
        selected: selected.iter().copied().collect(),
        active_bone: selected.first().map(|&place| BoneId::new(place)),
        ..Rig::new("Rig".to_owned(), armature)
    });
    Session::with_document(document)
}

fn run(session: &mut Session, call: &str) -> (Status, Vec<usize>) {
    let status = session.run_text(call).unwrap().status;
    let rig = session.document.rig().unwrap();
    (status, rig.selected.iter().collect())
}

#[test]
fn what_cannot_be_selected_keeps_its_flag_when_all_is_selected() {
    let mut session = chain(&[1, 3], &[3]);
    let mut selected = |action: &str| {
        let call = format!("pose.select_all(action: {action})");
        run(&mut session, &call).1
    };
    assert_eq!(selected("SELECT"), [0, 2, 3, 4]);
    assert_eq!(selected("INVERT"), Vec::<usize>::new());
    assert_eq!(selected("INVERT"), [0, 2, 4]);
}

#[test]
fn a_chain_ends_at_a_bone_that_cannot_be_selected() {
    let mut session = chain(&[1], &[3]);
    let linked = run(&mut session, "pose.select_linked()");
    assert_eq!(linked, (Status::Finished, vec![2, 3, 4]));
    let mut session = chain(&[3], &[]);
    let picked = run(&mut session, "pose.select_linked_pick(bone: \"b\")");
    assert_eq!(picked, (Status::Finished, vec![0, 1, 2]));
    // One that cannot be selected still leads down.
    let mut session = chain(&[2], &[]);
    let picked = run(&mut session, "pose.select_linked_pick(bone: \"c\")");
    assert_eq!(picked, (Status::Finished, vec![3, 4]));
}

#[test]
fn relatives_that_cannot_be_selected_are_none() {
    let mut session = chain(&[1, 3], &[2]);
    assert_eq!(
        run(&mut session, "pose.select_parent()").0,
        Status::Cancelled
    );
    let children = "pose.select_grouped(type: CHILDREN, extend: true)";
    assert_eq!(run(&mut session, children).1, [2, 4]);
    // Cancelled, and yet what was deselected stays so, as a step.
    let parents = run(&mut session, "pose.select_grouped(type: PARENT)");
    assert_eq!(parents, (Status::Cancelled, vec![]));
    assert_eq!(session.history().behind().len(), 2);
}

#[test]
fn a_rig_without_bones_is_passed_over() {
    let mut document = Document::default();
    document.add_rig(Rig::new("Rig".to_owned(), Armature::default()));
    let mut session = Session::with_document(document);
    for call in [
        "pose.select_parent()",
        "pose.select_grouped()",
        "pose.select_grouped(type: COLOR)",
        "pose.select_grouped(type: SIBILINGS)",
        "pose.select_constraint_target()",
        "pose.select_hierarchy()",
        "pose.hide(unselected: true)",
        "pose.reveal()",
    ] {
        let outcome = run(&mut session, call);
        assert_eq!(outcome, (Status::Cancelled, vec![]), "{call}");
    }
    for call in ["pose.select_all()", "pose.select_linked()"] {
        assert_eq!(run(&mut session, call).0, Status::Finished, "{call}");
    }
}
