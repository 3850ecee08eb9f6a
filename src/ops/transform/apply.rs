//! Writing a moved, turned or scaled bone back into its channels, with its locks, and the mirrored bone
//! of the other side.

use std::sync::Arc;

use glam::{Mat3, Mat4, Vec3};

use crate::math::rotation;
use crate::math::transform::Transform;
use crate::model::document::Document;
use crate::model::id::BoneId;
use crate::model::pose::{BoneSetup, Channel, RotationMode};
use crate::model::rig::Rig;
use crate::ops::shared::side_names;
use crate::ops::transform::keyed;
use crate::ops::transform::locks;
use crate::ops::transform::orientation;
use crate::ops::transform::targets::{Kind, RigPose, Spaces, Target, Targets, inverse};

/// Moves a bone by a world vector.
pub fn translate(
    rig: &RigPose,
    target: &Target,
    channel: &mut Channel,
    setup: &BoneSetup,
    by: Vec3,
) {
    let space = rig.world_from_armature * Spaces::of(rig, target.bone).location;
    let moved = channel.location + inverse(space) * by;
    channel.location = locks::unlocked(channel.location, moved, setup.lock_location);
}

/// Turns a bone by a world rotation about a pivot. No rotation changes no digit.
pub fn rotate(
    rig: &RigPose,
    target: &Target,
    channel: &mut Channel,
    setup: &BoneSetup,
    turn: Mat3,
    pivot: Vec3,
) {
    if turn == Mat3::IDENTITY {
        return;
    }
    let spaces = Spaces::of(rig, target.bone);
    if !target.in_place {
        let arm = target.head - pivot;
        let orbit = inverse(rig.world_from_armature * spaces.orbit) * (turn * arm - arm);
        let moved = channel.location + orbit;
        channel.location = locks::unlocked(channel.location, moved, setup.lock_location);
    }
    let space = rig.world_from_armature * spaces.rot_scale;
    turn_channel(channel, setup, inverse(space) * turn * space);
}

/// Turns what counts of the channel by a matrix of its own space, which may be sheared.
fn turn_channel(channel: &mut Channel, setup: &BoneSetup, turn: Mat3) {
    match channel.mode.euler_order() {
        Some(order) => {
            let old = channel.euler;
            let turned = turn * rotation::mat3_from_euler(old, order);
            let unit = crate::math::transform::normalized_columns(turned);
            let new = rotation::compatible_euler_from_mat3(unit, old, order);
            channel.euler = locks::unlocked(old, new, setup.lock_rotation);
        }
        None if channel.mode == RotationMode::AxisAngle => {
            let old = rotation::quat_from_axis_angle(channel.axis_angle);
            let new = rotation::normalized(rotation::quat_from_mat3(turn) * old);
            let new = rotation::axis_angle_from_quat(new);
            channel.axis_angle = locks::axis_angle(channel.axis_angle, new, setup);
        }
        None => {
            let old = rotation::quat_from_wxyz(channel.quaternion);
            let new = rotation::quat_from_mat3(turn) * old;
            channel.quaternion = locks::quaternion(old, new, setup);
        }
    }
}

/// Scales a bone by a world matrix from a pivot. No scale changes no digit.
pub fn resize(
    rig: &RigPose,
    target: &Target,
    channel: &mut Channel,
    setup: &BoneSetup,
    stretch: Mat3,
    pivot: Vec3,
) {
    if stretch == Mat3::IDENTITY {
        return;
    }
    // As in Blender the matrix, made of world axes, moves the heads in armature space.
    let arm = inverse(rig.world_from_armature) * (target.head - pivot);
    let spaces = Spaces::of(rig, target.bone);
    let moved = channel.location + inverse(spaces.rot_scale) * (stretch * arm - arm);
    channel.location = locks::unlocked(channel.location, moved, setup.lock_location);
    let axes = orientation::posed_axes(rig, target.bone);
    let factor = |axis: Vec3| {
        let stretched = stretch * axis;
        let length = stretched.length();
        if axis.dot(stretched) < 0.0 {
            -length
        } else {
            length
        }
    };
    let factors = Vec3::new(
        factor(axes.x_axis),
        factor(axes.y_axis),
        factor(axes.z_axis),
    );
    let scaled = channel.scale * factors;
    channel.scale = locks::unlocked(channel.scale, scaled, setup.lock_scale);
}

/// Runs `change` on the channel of every target, then mirrors where the rig asks for it, and keys what changed
/// where that is switched on. A result that is no number leaves its bone alone.
pub fn to_all(
    doc: &mut Document,
    targets: &Targets,
    kind: Kind,
    change: impl Fn(&RigPose, &Target, &mut Channel, &BoneSetup),
) {
    for (index, pose) in targets.rigs.iter().enumerate() {
        let own: Vec<_> = targets.bones.iter().filter(|t| t.rig == index).collect();
        let Some(rig) = doc.rig_at_mut(pose.id).filter(|_| !own.is_empty()) else {
            continue;
        };
        let channels = Arc::make_mut(&mut rig.pose.channels);
        for target in &own {
            let (Some(channel), Some(setup)) = (
                channels.get_mut(target.bone.index()),
                pose.rig.setup(target.bone),
            ) else {
                continue;
            };
            let mut changed = *channel;
            change(pose, target, &mut changed, setup);
            if is_finite(&changed) {
                *channel = changed;
            }
        }
        let mut bones: Vec<_> = own.iter().map(|target| target.bone).collect();
        if pose.rig.options.use_mirror_x {
            let mirrored = mirror(rig, &bones);
            bones.extend(mirrored);
        }
        keyed::transformed(doc, pose.id, &bones, targets, kind);
    }
}

fn is_finite(channel: &Channel) -> bool {
    let fours = channel.quaternion.iter().chain(&channel.axis_angle);
    channel.location.is_finite()
        && channel.euler.is_finite()
        && channel.scale.is_finite()
        && fours.copied().all(f32::is_finite)
}

/// Gives the bones of the other side the mirror image of the transform, whatever their locks; says which.
fn mirror(rig: &mut Rig, bones: &[BoneId]) -> Vec<BoneId> {
    let mut mirrored = Vec::new();
    for &bone in bones {
        let other = side_names::mirror_bone(rig, bone).filter(|other| !bones.contains(other));
        let (Some(other), Some(source)) = (other, rig.channel(bone).copied()) else {
            continue;
        };
        if let Some(channel) = rig.channel_mut(other) {
            set_mirrored(channel, &source);
            mirrored.push(other);
        }
    }
    mirrored
}

/// Takes over the transform mirrored across X, in the channel's own rotation mode.
fn set_mirrored(channel: &mut Channel, source: &Channel) {
    let whole =
        Mat4::from_scale_rotation_translation(source.scale, source.rotation(), source.location);
    let flip = Mat4::from_scale(Vec3::new(-1.0, 1.0, 1.0));
    let mirrored = Transform::from_matrix(flip * whole * flip);
    channel.location = mirrored.location;
    channel.scale = mirrored.scale;
    match channel.mode.euler_order() {
        Some(order) => channel.euler = rotation::euler_from_quat(mirrored.rotation, order),
        None if channel.mode == RotationMode::AxisAngle => {
            channel.axis_angle = rotation::axis_angle_from_quat(mirrored.rotation);
        }
        None => channel.quaternion = rotation::wxyz_from_quat(mirrored.rotation),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mirror_image_of_a_flipped_scale_is_flipped_on_every_axis() {
        let source = Channel {
            scale: Vec3::new(-1.0, 1.0, 1.0),
            ..Channel::default()
        };
        let mut channel = Channel::default();
        set_mirrored(&mut channel, &source);
        assert_eq!(channel.scale, Vec3::NEG_ONE);
        assert_eq!(channel.quaternion, [0.0, 1.0, 0.0, 0.0]);
    }

    #[test]
    fn the_mirror_image_has_no_negative_w() {
        let source = Channel {
            location: Vec3::new(1.0, 2.0, 3.0),
            quaternion: [-1.8, 0.2, 0.4, 0.6],
            ..Channel::default()
        };
        let mut channel = Channel::default();
        set_mirrored(&mut channel, &source);
        assert_eq!(channel.location, Vec3::new(-1.0, 2.0, 3.0));
        let [w, x, y, z] = channel.quaternion;
        let expected = [0.923_380_6, -0.102_597_8, 0.205_195_7, 0.307_793_5];
        for (value, expected) in [w, x, y, z].into_iter().zip(expected) {
            assert!((value - expected).abs() < 1e-6);
        }
    }
}
