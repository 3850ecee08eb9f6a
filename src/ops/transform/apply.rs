//! Writing a moved, turned or scaled bone back into its channels, with its locks, and the mirrored bone
//! of the other side.

use std::sync::Arc;

use glam::{Mat3, Vec3};

use crate::math::rotation;
use crate::model::bits::BitSet;
use crate::model::document::Document;
use crate::model::id::BoneId;
use crate::model::pose::{BoneSetup, Channel, RotationMode};
use crate::model::rig::Rig;
use crate::ops::shared::mirror::image::{self, Image};
use crate::ops::shared::mirror::pairing::Pairing;
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
            let mirrored = mirror(rig, &pose.rig, &bones);
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
/// Where both sides were transformed, that goes bone by bone too: the first one counts.
fn mirror(rig: &mut Rig, before: &Rig, bones: &[BoneId]) -> Vec<BoneId> {
    let (pairing, image) = (Pairing::new(rig), Image::new(rig));
    let relative = rig.options.use_mirror_relative;
    let mut changed: BitSet = bones.iter().map(|bone| bone.index()).collect();
    let mut mirrored = Vec::new();
    for &bone in bones {
        let others = pairing.other(bone).and_then(|other| {
            let (source, mut channel) = (*rig.channel(bone)?, *rig.channel(other)?);
            match relative {
                false => image.set(bone, &source, other, &mut channel),
                true => {
                    let before = (before.channel(bone)?, before.channel(other)?);
                    let to = (other, &mut channel);
                    image.set_relative((bone, &source), to, before);
                }
            }
            Some((other, channel))
        });
        let Some((other, channel)) = others else {
            continue;
        };
        if let Some(slot) = rig.channel_mut(other).filter(|_| is_finite(&channel)) {
            *slot = channel;
        }
        mirror_bends(rig, bone, other);
        if !changed.contains(other.index()) {
            changed.set(other.index(), true);
            mirrored.push(other);
        }
    }
    mirrored
}

/// A bendy bone bends as its mirror image does.
fn mirror_bends(rig: &mut Rig, bone: BoneId, other: BoneId) {
    let (Some(from), Some(to)) = (rig.setup(bone), rig.setup(other)) else {
        return;
    };
    let mut bends = to.bbone.clone();
    image::copy_bends(&from.bbone, &mut bends);
    if bends != to.bbone
        && let Some(setup) = rig.setup_mut(other)
    {
        setup.bbone = bends;
    }
}
