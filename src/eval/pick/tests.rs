//! A camera four metres before the origin, looking along Y: one metre is 250 pixels at the origin.

use std::sync::Arc;

use glam::Quat;

use super::*;
use crate::math::ray;
use crate::model::armature::Armature;
use crate::model::bone::Bone;
use crate::model::rig::Rig;

const SIZE: Vec2 = Vec2::new(1000.0, 1000.0);

fn camera() -> Camera {
    Camera {
        target: Vec3::ZERO,
        rotation: Quat::from_rotation_x(std::f32::consts::FRAC_PI_2),
        distance: 4.0,
        fov: 2.0 * 0.5f32.atan(),
        orthographic: false,
        along_axis: false,
    }
}

fn viewport(camera: &Camera) -> Viewport<'_> {
    Viewport {
        camera,
        size: SIZE,
        pixels_per_point: 1.0,
        style: BoneStyle::Stick,
    }
}

fn scene(bones: &[(Vec3, Vec3)]) -> (Document, DocumentEvaluator) {
    let bone = |&(head, tail): &(Vec3, Vec3)| {
        Arc::new(Bone {
            head,
            tail,
            ..Bone::default()
        })
    };
    let armature = Armature {
        bones: bones.iter().map(bone).collect(),
        ..Armature::default()
    };
    let mut document = Document::default();
    document.add_rig(Rig::new("Rig".to_owned(), armature));
    let mut poses = DocumentEvaluator::default();
    poses.evaluate(&document);
    (document, poses)
}

fn found(hits: &[Hit]) -> Vec<u32> {
    hits.iter().map(|hit| hit.bone.0).collect()
}

#[test]
fn the_distance_is_counted_from_the_drawn_bar() {
    let (document, poses) = scene(&[(Vec3::ZERO, Vec3::Z)]);
    let camera = camera();
    // The bone runs from (500, 500) up to (500, 250); its bar is 2.5 pixels to each side.
    let pixel = Vec2::new(512.5, 400.0);
    let hit = nearest(&document, &poses, &viewport(&camera), pixel, 20.0).unwrap();
    assert!((hit.distance - 10.0).abs() < 1e-2, "{hit:?}");
    assert!((hit.depth - 4.0).abs() < 1e-4);
    assert_eq!(
        nearest(&document, &poses, &viewport(&camera), pixel, 9.0),
        None
    );
}

#[test]
fn a_click_inside_two_bones_takes_the_one_in_front_and_then_the_other() {
    let up = Vec3::Z * 0.5;
    let (document, poses) = scene(&[
        (Vec3::Y - up, Vec3::Y + up),
        (Vec3::Y * -1.0 - up, Vec3::Y * -1.0 + up),
    ]);
    let camera = camera();
    let mut picker = BonePicker::default();
    let hits = picker.at(&document, &poses, &viewport(&camera), SIZE / 2.0, 8.0);
    assert_eq!(found(hits), [1, 0]);
    let first = cycle(hits, None).unwrap();
    let second = cycle(hits, Some((first.rig, first.bone))).unwrap();
    let third = cycle(hits, Some((second.rig, second.bone))).unwrap();
    assert_eq!(
        (first.bone, second.bone, third.bone),
        (BoneId(1), BoneId(0), BoneId(1))
    );
}

#[test]
fn an_octahedral_bone_is_wide_at_its_ring() {
    let (document, poses) = scene(&[(Vec3::ZERO, Vec3::Z)]);
    let camera = camera();
    let mut viewport = viewport(&camera);
    viewport.style = BoneStyle::Octahedral;
    // The ring has 16 pixels at the most, at 0.12 · 250 = 30 pixels above the head.
    let beside = |x: f32, y: f32| {
        let pixel = Vec2::new(500.0 + x, 500.0 - y);
        nearest(&document, &poses, &viewport, pixel, 50.0)
            .unwrap()
            .distance
    };
    assert_eq!(beside(15.9, 30.0), 0.0);
    assert!((beside(20.0, 30.0) - 4.0).abs() < 0.1);
    // At the tail nothing is left of the width.
    assert!((beside(20.0, 250.0) - 20.0).abs() < 0.2);
}

#[test]
fn a_bone_that_passes_the_eye_is_found_by_its_visible_part() {
    // From behind the eye to ten metres before it, slightly below the line of sight.
    let (document, poses) = scene(&[(Vec3::new(0.0, -10.0, -0.5), Vec3::new(0.0, 6.0, -0.5))]);
    let camera = camera();
    // At the target's depth it is 125 pixels below the middle.
    let pixel = Vec2::new(500.0, 625.0);
    let hit = nearest(&document, &poses, &viewport(&camera), pixel, 1.0);
    assert_eq!(hit.map(|hit| hit.bone), Some(BoneId(0)));
    let (document, poses) = scene(&[(Vec3::Y * -5.0, Vec3::Y * -9.0)]);
    let mut picker = BonePicker::default();
    let everything = picker.covered(&document, &poses, &viewport(&camera), |_, _| true);
    assert!(everything.is_empty());
}

#[test]
fn a_box_takes_bones_that_only_pass_through_it() {
    let (mut document, poses) = scene(&[
        (Vec3::X * -1.0, Vec3::X),
        (Vec3::Z, Vec3::Z * 1.5),
        (Vec3::X * -0.1, Vec3::X * 0.1),
    ]);
    let camera = camera();
    let mut picker = BonePicker::default();
    let (min, max) = (Vec2::new(490.0, 490.0), Vec2::new(510.0, 510.0));
    let covers = |head, tail| ray::segment_meets_rect(head, tail, min, max);
    let hits = picker.covered(&document, &poses, &viewport(&camera), covers);
    assert_eq!(found(hits), [0, 2]);
    document.rig_mut().unwrap().hidden.set(0, true);
    let hits = picker.covered(&document, &poses, &viewport(&camera), covers);
    assert_eq!(found(hits), [2]);
}

#[test]
fn an_orthographic_camera_sees_all_depths_at_one_size() {
    let far = Vec3::Y * 40.0;
    let (document, poses) = scene(&[(far, far + Vec3::Z)]);
    let camera = Camera {
        orthographic: true,
        along_axis: false,
        ..camera()
    };
    let pixel = Vec2::new(500.0, 260.0);
    assert!(nearest(&document, &poses, &viewport(&camera), pixel, 1.0).is_some());
}

#[test]
fn wires_are_thin_and_boxes_wide_all_along() {
    let (document, poses) = scene(&[(Vec3::ZERO, Vec3::Z)]);
    let camera = camera();
    let distance = |style, y: f32| {
        let mut viewport = viewport(&camera);
        viewport.style = style;
        let pixel = Vec2::new(512.0, 500.0 - y);
        nearest(&document, &poses, &viewport, pixel, 50.0)
            .unwrap()
            .distance
    };
    for y in [10.0, 125.0, 240.0] {
        // Half of 1.5 and half of 14 points.
        assert!((distance(BoneStyle::Wire, y) - 11.25).abs() < 0.05);
        assert!((distance(BoneStyle::BBone, y) - 5.0).abs() < 0.05);
    }
}
