//! Sliding on a rig of one bone whose location goes from 0 at frame 0 to 10 at frame 10, in straight lines.

use std::sync::Arc;

use glam::Vec3;

use super::*;
use crate::model::action::Action;
use crate::model::armature::Armature;
use crate::model::bone::Bone;
use crate::model::document::Document;
use crate::model::fcurve::{FCurve, Interpolation, Key};
use crate::model::id::{BoneId, RigId};
use crate::model::nla::{Strip, Track};
use crate::model::pose::RotationMode;
use crate::model::rig::Rig;

const BONE: BoneId = BoneId(0);

fn curve(property: &str, index: u32, keys: &[(f32, f32)]) -> FCurve {
    let key = |&(frame, value): &(f32, f32)| Key {
        interpolation: Interpolation::Linear,
        ..Key::new(frame, value)
    };
    FCurve {
        keys: Arc::new(keys.iter().map(key).collect()),
        ..FCurve::new(Some("b"), property, index)
    }
}

fn document(curves: Vec<FCurve>) -> Document {
    let bone = Bone {
        name: "b".into(),
        ..Bone::default()
    };
    let armature = Armature {
        bones: vec![Arc::new(bone)],
        ..Armature::default()
    };
    let mut doc = Document::default();
    doc.add_rig(Rig::new("Rig".to_owned(), armature));
    let action = Action {
        fcurves: curves.into_iter().map(Arc::new).collect(),
        ..Action::default()
    };
    doc.add_action("A", action);
    let rig = doc.rig_mut().unwrap();
    Arc::make_mut(&mut rig.animation).active_action = Some("A".to_owned());
    doc
}

fn straight() -> Document {
    document(vec![curve("location", 0, &[(0.0, 0.0), (10.0, 10.0)])])
}

fn at(doc: &mut Document, frame: f32) {
    Arc::make_mut(&mut doc.scene).frame = frame;
}

/// The action becomes that of a strip at frame 100, which plays it at half the speed.
fn edit_strip(doc: &mut Document) {
    let strip = Strip {
        action: Some("A".to_owned()),
        frame_start: 100.0,
        frame_end: 120.0,
        scale: 2.0,
        ..Strip::default()
    };
    let rig = doc.rig_mut().unwrap();
    let animation = Arc::make_mut(&mut rig.animation);
    animation.use_tweak_mode = true;
    animation.nla = vec![Track {
        strips: vec![strip],
        ..Track::default()
    }];
}

fn between(before: i32, after: i32, factor: f32) -> Slide {
    Slide {
        factor,
        prev_frame: before,
        next_frame: after,
        ..Slide::default()
    }
}

fn location(doc: &Document) -> Vec3 {
    doc.rig().unwrap().channel(BONE).unwrap().location
}

#[test]
fn the_keys_around_a_frame_are_those_beside_it() {
    let keys = [(-4.5, 0.0), (3.0, 0.0), (10.0, 0.0)];
    let mut doc = document(vec![curve("location", 0, &keys)]);
    for (frame, wanted) in [
        (1.0, (-4, 3)),
        (3.0, (-4, 10)),
        (3.7, (-4, 10)),
        (10.0, (3, 11)),
        (40.0, (10, 41)),
        (-9.0, (-10, -4)),
    ] {
        at(&mut doc, frame);
        assert_eq!(frames::around(&doc), Ok(wanted), "{frame}");
    }
}

#[test]
fn without_keys_there_is_nothing_to_slide_between() {
    let said = frames::around(&document(Vec::new())).unwrap_err();
    assert!(said.to_string().contains("no keys"), "{said}");
    let bare = document(vec![curve("location", 0, &[])]);
    assert!(frames::around(&bare).is_err());
    assert!(frames::around(&Document::default()).is_err());
}

#[test]
fn while_a_strip_is_edited_keys_are_found_and_read_by_its_time() {
    let mut doc = straight();
    edit_strip(&mut doc);
    at(&mut doc, 110.0);
    assert_eq!(frames::around(&doc), Ok((100, 120)));
    engine::apply(&mut doc, Mode::Breakdown, &between(104, 120, 0.25));
    // Frame 104 is frame 2 of the action, 120 is frame 10.
    assert_eq!(location(&doc).x, 4.0);
}

#[test]
fn a_factor_below_nothing_leads_away_from_rest() {
    let mut doc = straight();
    let rig = doc.rig_mut().unwrap();
    rig.channel_mut(BONE).unwrap().location = Vec3::new(1.0, -2.0, 3.0);
    engine::apply(&mut doc, Mode::BlendWithRest, &between(0, 0, -1.0));
    assert_eq!(location(&doc), Vec3::new(2.0, -4.0, 6.0));
}

#[test]
fn beyond_the_factor_of_one_the_pose_overshoots() {
    let mut doc = straight();
    engine::apply(&mut doc, Mode::Breakdown, &between(0, 10, 1.5));
    assert_eq!(location(&doc).x, 15.0);
}

#[test]
fn an_axis_with_its_angle_stays_and_rest_goes_into_the_quaternion() {
    let parts = (0..4).map(|index| curve("rotation_axis_angle", index, &[(0.0, 1.0)]));
    let mut doc = document(parts.collect());
    let channel = doc.rig_mut().unwrap().channel_mut(BONE).unwrap();
    channel.mode = RotationMode::AxisAngle;
    channel.axis_angle = [0.5, 1.0, 0.0, 0.0];
    let before = *channel;
    engine::apply(&mut doc, Mode::Relax, &between(0, 10, 1.0));
    assert_eq!(doc.rig().unwrap().channel(BONE), Some(&before));
    engine::apply(&mut doc, Mode::BlendWithRest, &between(0, 10, 1.0));
    let after = doc.rig().unwrap().channel(BONE).unwrap();
    assert_eq!(after.axis_angle, before.axis_angle);
    assert_eq!(after.quaternion, [0.0, 0.0, 1.0, 0.0]);
}

#[test]
fn numbers_that_are_none_harm_nobody() {
    let mut doc = document(vec![
        curve("location", 0, &[(0.0, f32::NAN), (10.0, f32::INFINITY)]),
        curve("rotation_quaternion", 0, &[(0.0, f32::NAN)]),
        curve("rotation_quaternion", 1, &[(0.0, 0.0)]),
        curve("rotation_quaternion", 2, &[(0.0, 0.0)]),
        curve("rotation_quaternion", 3, &[(0.0, 0.0)]),
        curve("rotation_quaternion", 9, &[(0.0, 0.0)]),
    ]);
    for mode in [Mode::Push, Mode::Breakdown, Mode::BlendToNeighbor] {
        for factor in [f32::NAN, f32::INFINITY, -1.0] {
            engine::apply(&mut doc, mode, &between(i32::MIN, i32::MAX, factor));
        }
    }
    assert_eq!(
        doc.rigs.get(RigId(0).index()).unwrap().pose.channels.len(),
        1
    );
}
