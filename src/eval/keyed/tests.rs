//! What a channel is told to be, step by step.

use std::sync::Arc;

use super::*;
use crate::model::bone::Bone;
use crate::model::fcurve::{Interpolation, Key};

const HIPS: BoneId = BoneId(0);
const HEAD: BoneId = BoneId(1);

/// A curve with keys at these frames, straight between them.
fn curve(bone: &str, property: &str, index: u32, keys: &[(f32, f32)]) -> FCurve {
    let key = |&(frame, value): &(f32, f32)| Key {
        interpolation: Interpolation::Linear,
        ..Key::new(frame, value)
    };
    FCurve {
        keys: Arc::new(keys.iter().map(key).collect()),
        ..FCurve::new(Some(bone), property, index)
    }
}

/// Hips and head; the hips' X location goes from 0 at frame 1 to 10 at frame 11, `more` besides.
fn document(more: Vec<FCurve>) -> Document {
    let bone = |name: &str, parent: Option<BoneId>| {
        Arc::new(Bone {
            name: name.into(),
            parent,
            ..Bone::default()
        })
    };
    let armature = Armature {
        bones: vec![bone("hips", None), bone("head", Some(HIPS))],
        ..Armature::default()
    };
    let mut document = Document::default();
    document.add_rig(Rig::new("Rig".to_owned(), armature));
    let mut fcurves = vec![curve("hips", "location", 0, &[(1.0, 0.0), (11.0, 10.0)])];
    fcurves.extend(more);
    act(&mut document, fcurves);
    animation::apply(&mut document);
    document
}

/// Gives the rig an action with these curves.
fn act(document: &mut Document, fcurves: Vec<FCurve>) {
    let action = Action {
        fcurves: fcurves.into_iter().map(Arc::new).collect(),
        ..Action::default()
    };
    Arc::make_mut(&mut document.actions).insert("walk".to_owned(), Arc::new(action));
    if let Some(rig) = document.rig_mut() {
        Arc::make_mut(&mut rig.animation).active_action = Some("walk".to_owned());
    }
}

fn go(document: &mut Document, frame: f32) {
    Arc::make_mut(&mut document.scene).frame = frame;
    animation::apply(document);
}

/// What a document's only rig is told.
fn seen(document: &Document) -> KeyedRig {
    let mut keyed = KeyedDocument::default();
    keyed.update(document, false);
    keyed.rigs.remove(0)
}

fn shift(document: &mut Document, by: f32) {
    let rig = document.rig_mut().unwrap();
    rig.channel_mut(HIPS).unwrap().location.x += by;
}

#[test]
fn a_channel_is_free_animated_keyed_or_changed() {
    let mut document = document(Vec::new());
    let keyed = seen(&document);
    assert_eq!(keyed.state(HIPS, "location", 0), Keyed::Here);
    assert_eq!(keyed.state(HIPS, "location", 1), Keyed::Free);
    assert_eq!(keyed.state(HEAD, "location", 0), Keyed::Free);
    assert!(keyed.has_key(HIPS) && !keyed.has_key(HEAD));
    go(&mut document, 6.0);
    let keyed = seen(&document);
    assert_eq!(keyed.state(HIPS, "location", 0), Keyed::Animated);
    assert!(!keyed.has_key(HIPS) && !keyed.is_changed(HIPS));
    shift(&mut document, 0.5);
    let keyed = seen(&document);
    assert_eq!(keyed.state(HIPS, "location", 0), Keyed::Changed);
    assert_eq!(keyed.changed().iter().collect::<Vec<_>>(), [0]);
    // Half of the way from 0 to 10, and half a metre.
    let held = &keyed.changes(document.rig().unwrap())[0];
    assert_eq!(
        (held.bone.as_str(), &*held.property, held.index, held.value),
        ("hips", "location", 0, 5.5)
    );
}

#[test]
fn rounding_changes_nothing_and_a_key_says_changed_where_the_value_differs() {
    let mut document = document(Vec::new());
    go(&mut document, 11.0);
    shift(&mut document, 9e-5);
    assert_eq!(seen(&document).state(HIPS, "location", 0), Keyed::Here);
    shift(&mut document, 2e-4);
    assert_eq!(seen(&document).state(HIPS, "location", 0), Keyed::Changed);
}

#[test]
fn what_does_not_move_the_bone_is_not_changed() {
    let mut muted = curve("head", "scale", 0, &[(1.0, 3.0)]);
    muted.mute = true;
    let euler = curve("head", "rotation_euler", 0, &[(1.0, 1.0)]);
    let mut document = document(vec![muted, euler]);
    let head = document.rig_mut().unwrap().channel_mut(HEAD).unwrap();
    // The bone turns by its quaternion.
    head.euler.x = 2.0;
    let keyed = seen(&document);
    assert_eq!(keyed.state(HEAD, "scale", 0), Keyed::Here);
    assert_eq!(keyed.state(HEAD, "rotation_euler", 0), Keyed::Here);
    assert!(keyed.changed().is_empty());
}

#[test]
fn custom_properties_are_compared_as_their_type_takes_values() {
    let on = curve("head", "[\"on\"]", 0, &[(1.0, 0.4)]);
    let count = curve("head", "[\"count\"]", 0, &[(1.0, 2.9)]);
    let mut document = document(vec![on, count]);
    let setup = document.rig_mut().unwrap().setup_mut(HEAD).unwrap();
    setup.custom.insert("on".to_owned(), Custom::Bool(false));
    setup.custom.insert("count".to_owned(), Custom::Int(2));
    let keyed = seen(&document);
    assert_eq!(keyed.state(HEAD, "[\"on\"]", 0), Keyed::Here);
    assert_eq!(keyed.state(HEAD, "[\"count\"]", 0), Keyed::Here);
    let setup = document.rig_mut().unwrap().setup_mut(HEAD).unwrap();
    setup.custom.insert("count".to_owned(), Custom::Int(3));
    let keyed = seen(&document);
    assert_eq!(keyed.state(HEAD, "[\"count\"]", 0), Keyed::Changed);
}

#[test]
fn a_spherical_turn_is_no_change_between_its_keys() {
    let half = std::f32::consts::FRAC_1_SQRT_2;
    let parts = [(1.0, half), (0.0, half), (0.0, 0.0), (0.0, 0.0)];
    let curves = parts.iter().zip(0..).map(|(&(from, to), index)| FCurve {
        spherical: true,
        ..curve(
            "head",
            "rotation_quaternion",
            index,
            &[(1.0, from), (11.0, to)],
        )
    });
    let mut document = document(curves.collect());
    go(&mut document, 4.0);
    assert!(seen(&document).changed().is_empty());
}

#[test]
fn one_evaluator_follows_frames_poses_actions_and_playing() {
    let mut document = document(Vec::new());
    let mut keyed = KeyedDocument::default();
    let mut look = |document: &Document, playing| {
        keyed.update(document, playing);
        keyed.rigs[0].state(HIPS, "location", 0)
    };
    assert_eq!(look(&document, false), Keyed::Here);
    shift(&mut document, 1.0);
    assert_eq!(look(&document, false), Keyed::Changed);
    // While it plays nothing is compared; where it stops, everything.
    assert_eq!(look(&document, true), Keyed::Changed);
    go(&mut document, 6.0);
    assert_eq!(look(&document, true), Keyed::Animated);
    shift(&mut document, 1.0);
    assert_eq!(look(&document, false), Keyed::Changed);
    act(
        &mut document,
        vec![curve("hips", "location", 0, &[(6.0, 6.0)])],
    );
    assert_eq!(look(&document, false), Keyed::Here);
    act(&mut document, Vec::new());
    assert_eq!(look(&document, false), Keyed::Free);
}
