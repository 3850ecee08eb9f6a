//! The walk of the bundled mannequin: its feet keep to the ground, its sides mirror each other, and it
//! repeats without a joint.

use std::path::Path;
use std::sync::Arc;

use glam::{Quat, Vec3};
use keypose::eval::hierarchy::{self, PosedRig};
use keypose::eval::{animation, palette};
use keypose::io::open;
use keypose::model::action::Action;
use keypose::model::document::Document;
use keypose::model::fcurve::{Cycle, FCurve, HandleType, KeyKind};
use keypose::model::rig::Rig;
use keypose::script::info;

/// Frames of a cycle.
const CYCLE: f32 = 32.0;
/// How far the ground runs back in a frame, metres.
const SPEED: f32 = 0.039;
/// The most that a standing foot may be off, metres.
const NEAR: f32 = 0.01;

fn walk() -> (Document, Arc<Action>) {
    let document = open::mannequin().unwrap().document;
    let action = Arc::clone(document.actions.get("Walk").unwrap());
    (document, action)
}

/// The figure at frames of the walk.
struct Walker {
    rig: Rig,
    action: Arc<Action>,
}

impl Walker {
    fn new() -> Self {
        let (document, action) = walk();
        let rig = document.rig().unwrap().as_ref().clone();
        Self { rig, action }
    }

    fn at(&self, frame: f32) -> (Rig, PosedRig) {
        let mut rig = self.rig.clone();
        animation::apply_action(&mut rig, &self.action, frame);
        let posed = hierarchy::evaluate_once(&rig);
        (rig, posed)
    }

    /// Where a point that moves with a bone, given as it is at rest, is at a frame.
    fn point(&self, frame: f32, bone: &str, at_rest: Vec3) -> Vec3 {
        let id = self.rig.armature.find(bone).unwrap();
        let rest = self.rig.armature.bones[id.index()].armature_from_bone();
        let posed = self.at(frame).1.matrix(id).unwrap();
        (posed * rest.inverse()).transform_point3(at_rest)
    }

    fn head(&self, frame: f32, bone: &str) -> Vec3 {
        let id = self.rig.armature.find(bone).unwrap();
        self.at(frame).1.head(id).unwrap()
    }

    /// How much a bone is turned from rest, armature space.
    fn turned(&self, frame: f32, bone: &str) -> Quat {
        let id = self.rig.armature.find(bone).unwrap();
        let rest = self.rig.armature.bones[id.index()].armature_from_bone();
        Quat::from_mat4(&(self.at(frame).1.matrix(id).unwrap() * rest.inverse()))
    }
}

/// Every half frame from one to another.
fn halves(from: f32, to: f32) -> impl Iterator<Item = f32> {
    (0..)
        .map(move |half| from + half as f32 / 2.0)
        .take_while(move |frame| *frame <= to)
}

fn mirrored(point: Vec3) -> Vec3 {
    point * Vec3::new(-1.0, 1.0, 1.0)
}

#[test]
fn the_figure_stands_at_rest_until_the_walk_is_chosen() {
    let (document, _) = walk();
    let rig = document.rig().unwrap();
    assert_eq!(rig.animation.active_action, None);
    assert!(
        rig.pose
            .channels
            .iter()
            .all(|channel| *channel == Default::default())
    );
}

#[test]
fn curves_have_few_keys_and_repeat() {
    let (_, action) = walk();
    assert_eq!(action.key_range(), Some((1.0, 33.0)));
    for curve in &action.fcurves {
        let curve: &FCurve = curve;
        let name = format!("{:?} {} {}", curve.bone, curve.property, curve.index);
        let (first, last) = (curve.keys.first().unwrap(), curve.keys.last().unwrap());
        assert!((5..=9).contains(&curve.keys.len()), "{name}");
        assert_eq!((first.frame(), last.frame()), (1.0, 33.0), "{name}");
        assert_eq!(first.value(), last.value(), "{name}");
        let [modifier] = curve.modifiers.as_slice() else {
            panic!("{name}");
        };
        let modes = (modifier.mode_before, modifier.mode_after);
        assert_eq!(modes, (Cycle::Repeat, Cycle::Repeat), "{name}");
        for key in curve.keys.iter() {
            let kind = match key.frame() {
                1.0 | 17.0 | 33.0 => KeyKind::Extreme,
                9.0 | 25.0 => KeyKind::Breakdown,
                _ => KeyKind::Keyframe,
            };
            assert_eq!(key.kind, kind, "{name} at {}", key.frame());
            let types = (key.left_type, key.right_type);
            assert_eq!(types, (HandleType::AutoClamped, HandleType::AutoClamped));
        }
    }
}

#[test]
fn sides_mirror_each_other_half_a_cycle_later() {
    let walker = Walker::new();
    for frame in halves(1.0, 33.0) {
        for bone in ["hand", "forearm", "foot", "toe", "shin"] {
            let left = walker.head(frame, &format!("{bone}.L"));
            let right = walker.head(frame + CYCLE / 2.0, &format!("{bone}.R"));
            let off = left.distance(mirrored(right));
            assert!(off < 1e-4, "{bone} at {frame}: {off}");
        }
    }
}

#[test]
fn a_standing_foot_goes_with_the_ground() {
    let walker = Walker::new();
    let (ankle, ball) = (
        Vec3::new(0.108, 0.020, 0.085),
        Vec3::new(0.122, -0.115, 0.0),
    );
    let along = (ball - ankle.with_z(0.0)).normalize();
    let heel = ankle.with_z(0.0) - along * 0.058;
    let still = |frame: f32, bone: &str, point: Vec3| {
        let point = walker.point(frame, bone, point);
        point - Vec3::Y * SPEED * (frame - 1.0)
    };
    // Where the ball and the heel of the left foot are on the ground that goes along.
    let place = still(9.0, "toe.L", ball);
    let behind = place + (heel - ball);
    for frame in halves(1.0, 18.0) {
        let (bone, point, place) = if frame < 5.0 {
            ("foot.L", heel, behind)
        } else {
            ("toe.L", ball, place)
        };
        let off = still(frame, bone, point) - place;
        let aside = off.truncate().length();
        assert!(aside < NEAR, "frame {frame}: {aside}");
    }
}

#[test]
fn the_lowest_point_is_on_the_floor() {
    let walker = Walker::new();
    for frame in halves(1.0, 33.0) {
        let (rig, posed) = walker.at(frame);
        let mut lowest = f32::MAX;
        for mesh in rig.meshes.iter() {
            let mut matrices = Vec::new();
            let world = rig.world_from_armature();
            let bones = (&*rig.armature, &posed);
            palette::append(world, bones, &mesh.attachment, &mut matrices);
            for primitive in &mesh.primitives {
                for (vertex, position) in primitive.positions.iter().enumerate() {
                    let starts = &primitive.influence_starts[vertex..=vertex + 1];
                    let held = &primitive.influences[starts[0] as usize..starts[1] as usize];
                    let parts = held.iter().map(|influence| {
                        let matrix = matrices[influence.joint as usize];
                        matrix.transform_point3(Vec3::from(*position)).z * influence.weight
                    });
                    lowest = lowest.min(parts.sum());
                }
            }
        }
        assert!(lowest.abs() < NEAR, "frame {frame}: {lowest}");
    }
}

#[test]
fn knees_bend_one_way() {
    let walker = Walker::new();
    let shin = walker.rig.armature.find("shin.L").unwrap();
    for frame in halves(1.0, 33.0) {
        let (rig, _) = walker.at(frame);
        let [w, x, y, z] = rig.pose.channels[shin.index()].quaternion;
        let bend = (2.0 * x.atan2(w)).to_degrees();
        assert!((0.0..80.0).contains(&bend), "frame {frame}: {bend}");
        assert!(y.abs() + z.abs() < 1e-4, "frame {frame}: it is a hinge");
    }
}

#[test]
fn the_head_stays_level() {
    let walker = Walker::new();
    for frame in halves(1.0, 33.0) {
        let angle = walker.turned(frame, "head").to_axis_angle().1.to_degrees();
        assert!(angle < 4.0, "frame {frame}: {angle}");
    }
}

#[test]
fn the_cycle_has_no_joint() {
    let walker = Walker::new();
    for bone in ["hips", "head", "hand.L", "hand.R", "foot.L", "foot.R"] {
        let at = |frame| walker.head(frame, bone);
        // How much the speed changes within a moment, metres per frame.
        let moment = 0.02;
        let jolt = (at(33.0 + moment) - 2.0 * at(33.0) + at(33.0 - moment)).length() / moment;
        assert!(jolt < 5e-4, "{bone}: {jolt}");
    }
}

#[test]
fn what_the_document_holds_is_told() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/mannequin.keypose");
    let text = info::describe(Path::new(file)).unwrap();
    let wanted = "action Walk: frames 1 to 33, 87 curves, 623 keys\n";
    assert!(text.contains(wanted), "{text}");
    assert!(text.contains("frames: 1 to 256 at 24 fps\n"), "{text}");
}
