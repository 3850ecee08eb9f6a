//! Keys set in actions, and what is made and goes on the way.

use super::*;
use crate::model::action::Group;
use crate::model::armature::Armature;
use crate::model::bone::Bone;
use crate::model::fcurve::{Interpolation, Key, Modifier};
use crate::model::id::BoneId;
use crate::model::pose::Custom;
use crate::ops::shared::channels::property;
use crate::ops::shared::keyed_action::{clear, remove_at};

const RIG: RigId = RigId(0);

fn document() -> Document {
    let bone = |name: &str| {
        Arc::new(Bone {
            name: name.into(),
            ..Bone::default()
        })
    };
    let armature = Armature {
        bones: vec![bone("a"), bone("b")],
        ..Armature::default()
    };
    let mut doc = Document::default();
    doc.add_rig(Rig::new("Rig".to_owned(), armature));
    doc
}

fn key(doc: &mut Document, bone: u32, name: &str) -> Tally {
    let held = property(doc.rig().unwrap(), Some(BoneId(bone)), name);
    let manner = Manner::by_hand(doc, RIG, 1.0);
    insert(doc, RIG, &held, &manner)
}

fn names(doc: &Document) -> Vec<String> {
    let action = action(doc, doc.rig().unwrap());
    let curves = action.into_iter().flat_map(|action| &action.fcurves);
    let name = |curve: &Arc<FCurve>| {
        format!(
            "{} {}",
            curve.bone.as_deref().unwrap_or("-"),
            curve.property
        )
    };
    curves.map(name).collect()
}

fn edit(doc: &mut Document, change: impl FnOnce(&mut Action)) {
    change(action_mut(doc, "RigAction").unwrap());
}

#[test]
fn what_is_missing_is_made() {
    let mut doc = document();
    Arc::make_mut(&mut doc.actions).insert("RigAction".to_owned(), Arc::default());
    let tally = key(&mut doc, 1, "scale");
    assert_eq!(tally.words(), "3 keys on 1 bone");
    let name = doc.rig().unwrap().animation.active_action.clone();
    assert_eq!(name.as_deref(), Some("RigAction.001"));
    let action = action(&doc, doc.rig().unwrap()).unwrap();
    let group = Group {
        select: true,
        expanded: false,
        ..Group::default()
    };
    assert_eq!(action.groups, [("b".to_owned(), group)]);
}

#[test]
fn a_new_curve_stands_at_the_end_of_its_group_and_a_new_group_before_lone_curves() {
    let mut doc = document();
    key(&mut doc, 0, "scale");
    edit(&mut doc, |action| {
        let lone = FCurve {
            group: None,
            ..FCurve::new(Some("a"), "bbone_easein", 0)
        };
        action.fcurves.push(Arc::new(lone));
    });
    key(&mut doc, 1, "bbone_rollin");
    key(&mut doc, 0, "bbone_rollout");
    let expected = [
        "a scale",
        "a scale",
        "a scale",
        "a bbone_rollout",
        "b bbone_rollin",
        "a bbone_easein",
    ];
    assert_eq!(names(&doc), expected);
}

#[test]
fn whole_numbers_and_switches_mark_their_curves() {
    let mut doc = document();
    let setup = doc.rig_mut().unwrap().setup_mut(BoneId(0)).unwrap();
    setup.custom.insert("i".to_owned(), Custom::Int(3));
    setup.custom.insert("on".to_owned(), Custom::Bool(true));
    key(&mut doc, 0, "[\"i\"]");
    key(&mut doc, 0, "[\"on\"]");
    let action = action(&doc, doc.rig().unwrap()).unwrap();
    let marks = |curve: &Arc<FCurve>| {
        let key = curve.keys.first().unwrap();
        (
            curve.int_values,
            curve.discrete_values,
            key.value(),
            key.interpolation,
        )
    };
    let marks: Vec<_> = action.fcurves.iter().map(marks).collect();
    let whole = (true, false, 3.0, Interpolation::Linear);
    let switch = (false, true, 1.0, Interpolation::Constant);
    assert_eq!(marks, [whole, switch]);
}

#[test]
fn locked_curves_and_groups_are_left_alone() {
    let mut doc = document();
    key(&mut doc, 0, "location");
    edit(&mut doc, |action| {
        Arc::make_mut(&mut action.fcurves[0]).lock = true
    });
    doc.rig_mut()
        .unwrap()
        .channel_mut(BoneId(0))
        .unwrap()
        .location
        .x = 2.0;
    let tally = key(&mut doc, 0, "location");
    assert_eq!((tally.keys, tally.locked), (2, 1));
    edit(&mut doc, |action| action.groups[0].1.lock = true);
    let before = doc.clone();
    assert_eq!(key(&mut doc, 0, "scale").locked, 3);
    assert_eq!(remove_at(&mut doc, RIG, 1.0, |_| true).locked, 3);
    assert!(doc == before);
}

#[test]
fn the_last_key_takes_its_curve_and_group_along() {
    let mut doc = document();
    key(&mut doc, 0, "location");
    key(&mut doc, 1, "bbone_easein");
    key(&mut doc, 1, "bbone_easeout");
    edit(&mut doc, |action| {
        Arc::make_mut(&mut action.fcurves[3])
            .modifiers
            .push(Modifier::default());
        let more = Arc::make_mut(&mut action.fcurves[0]);
        Arc::make_mut(&mut more.keys).push(Key::new(9.0, 1.0));
        action.groups.push(("empty".to_owned(), Group::default()));
    });
    let of_b = |curve: &FCurve| curve.bone.as_deref() == Some("b");
    assert_eq!(remove_at(&mut doc, RIG, 1.0, of_b).keys, 2);
    assert_eq!(names(&doc)[3..], ["b bbone_easein"]);
    assert_eq!(remove_at(&mut doc, RIG, 1.0, |_| true).keys, 3);
    assert_eq!(names(&doc), ["a location", "b bbone_easein"]);
    assert_eq!(clear(&mut doc, RIG, |_| true).keys, 1);
    assert!(names(&doc).is_empty());
    let groups = &action(&doc, doc.rig().unwrap()).unwrap().groups;
    assert_eq!(
        groups
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>(),
        ["empty"]
    );
}

#[test]
fn a_quaternion_that_turns_evenly_is_keyed_as_a_whole() {
    let mut doc = document();
    key(&mut doc, 0, "rotation_quaternion");
    edit(&mut doc, |action| {
        for curve in &mut action.fcurves {
            let curve = Arc::make_mut(curve);
            curve.spherical = true;
            let value = if curve.index == 1 { 1.0 } else { 0.0 };
            let end = Key::new(11.0, value);
            let keys = Arc::make_mut(&mut curve.keys);
            keys.push(end);
            for key in keys {
                key.interpolation = Interpolation::Linear;
            }
        }
    });
    let half = std::f32::consts::FRAC_1_SQRT_2;
    let channel = doc.rig_mut().unwrap().channel_mut(BoneId(0)).unwrap();
    channel.quaternion = [half, half, 0.0, 0.0];
    let held = property(doc.rig().unwrap(), Some(BoneId(0)), "rotation_quaternion");
    let needed = Manner {
        needed: true,
        ..Manner::by_hand(&doc, RIG, 6.0)
    };
    // Halfway the turn gives that rotation already.
    assert_eq!(insert(&mut doc, RIG, &held, &needed).keys, 0);
    let channel = doc.rig_mut().unwrap().channel_mut(BoneId(0)).unwrap();
    channel.quaternion = [half, 0.0, half, 0.0];
    let held = property(doc.rig().unwrap(), Some(BoneId(0)), "rotation_quaternion");
    insert(&mut doc, RIG, &held, &needed);
    let action = action(&doc, doc.rig().unwrap()).unwrap();
    let middle = |curve: &Arc<FCurve>| (curve.keys.len(), curve.keys[1].value());
    let found: Vec<_> = action.fcurves.iter().map(middle).collect();
    let expected = [half, 0.0, half, 0.0].map(|value| (3, value));
    assert_eq!(found, expected);
}
