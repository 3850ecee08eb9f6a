//! The mirror image of one bone's channels for the bone on the other side, as the rig's kind of mirror has it.

use glam::{Mat3, Mat4, Vec3};

use crate::eval::hierarchy::channel_matrix;
use crate::eval::rest::RestPose;
use crate::math::rotation;
use crate::math::transform::{self, Transform};
use crate::model::id::BoneId;
use crate::model::pose::{BBonePose, Channel, RotationMode};
use crate::model::rig::Rig;
use crate::model::settings::MirrorKind;
use crate::ops::shared::mirror::across::Across;

/// Mirrors channels within one rig, while its bones are transformed.
pub struct Image {
    /// At rest; only where the mirror is geometric.
    rest: Option<RestPose>,
}

impl Image {
    /// For a rig.
    pub fn new(rig: &Rig) -> Self {
        let geometric = rig.options.mirror_kind == MirrorKind::Geometric;
        Self {
            rest: geometric.then(|| RestPose::new(&rig.armature)),
        }
    }

    /// Gives `to`, the channels of `other`, the mirror image of those of `bone`.
    pub fn set(&self, bone: BoneId, channel: &Channel, other: BoneId, to: &mut Channel) {
        match &self.rest {
            None => put(to, channel_image(channel)),
            Some(rest) => {
                if let Some(across) = Across::new(rest, bone, rest, other) {
                    across.apply(channel, to);
                }
            }
        }
    }

    /// As [`Image::set`], starting from how far `to` is off the mirror image `before`: the channels of the bone
    /// and of the other, as they were.
    pub fn set_relative(
        &self,
        (bone, channel): (BoneId, &Channel),
        (other, to): (BoneId, &mut Channel),
        before: (&Channel, &Channel),
    ) {
        let mirrored = |channel: &Channel| {
            let mut image = *before.1;
            match &self.rest {
                None => channel_image(channel),
                Some(_) => {
                    self.set(bone, channel, other, &mut image);
                    channel_matrix(&image, false)
                }
            }
        };
        let own = channel_matrix(before.1, false);
        put(to, own * mirrored(before.0).inverse() * mirrored(channel));
    }
}

/// Blender's mirror image of a channel matrix: X is turned round on both sides of it.
fn channel_image(channel: &Channel) -> Mat4 {
    let flip = Mat4::from_scale(Vec3::new(-1.0, 1.0, 1.0));
    flip * channel_matrix(channel, false) * flip
}

/// Takes a channel matrix over, in the channel's own rotation mode. One that is no number is left.
fn put(channel: &mut Channel, matrix: Mat4) {
    if !matrix.is_finite() {
        return;
    }
    let image = Transform::from_matrix(matrix);
    channel.location = image.location;
    channel.scale = image.scale;
    match channel.mode.euler_order() {
        Some(order) => {
            // Relative mirroring can shear; Blender reads the angles off the columns themselves.
            let (axes, _) = transform::rotation_and_scale(Mat3::from_mat4(matrix));
            channel.euler = rotation::euler_from_mat3(axes, order);
        }
        None if channel.mode == RotationMode::AxisAngle => {
            channel.axis_angle = rotation::axis_angle_from_quat(image.rotation);
        }
        None => channel.quaternion = rotation::wxyz_from_quat(image.rotation),
    }
}

/// Turns the bends to the side and the rolls of a bendy bone round.
pub fn flip_bbone(bbone: &mut BBonePose) {
    bbone.bbone_curveinx = -bbone.bbone_curveinx;
    bbone.bbone_curveoutx = -bbone.bbone_curveoutx;
    bbone.bbone_rollin = -bbone.bbone_rollin;
    bbone.bbone_rollout = -bbone.bbone_rollout;
}

/// Gives a bendy bone the bends to the side and the rolls of another, turned round; its other values stay.
pub fn copy_bends(from: &BBonePose, to: &mut BBonePose) {
    let mut flipped = from.clone();
    flip_bbone(&mut flipped);
    to.bbone_curveinx = flipped.bbone_curveinx;
    to.bbone_curveoutx = flipped.bbone_curveoutx;
    to.bbone_rollin = flipped.bbone_rollin;
    to.bbone_rollout = flipped.bbone_rollout;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mirrored(source: &Channel) -> Channel {
        let mut channel = Channel::default();
        put(&mut channel, channel_image(source));
        channel
    }

    #[test]
    fn the_mirror_image_of_a_flipped_scale_is_flipped_on_every_axis() {
        let channel = mirrored(&Channel {
            scale: Vec3::new(-1.0, 1.0, 1.0),
            ..Channel::default()
        });
        assert_eq!(channel.scale, Vec3::NEG_ONE);
        assert_eq!(channel.quaternion, [0.0, 1.0, 0.0, 0.0]);
    }

    #[test]
    fn the_mirror_image_has_no_negative_w() {
        let channel = mirrored(&Channel {
            location: Vec3::new(1.0, 2.0, 3.0),
            quaternion: [-1.8, 0.2, 0.4, 0.6],
            ..Channel::default()
        });
        assert_eq!(channel.location, Vec3::new(-1.0, 2.0, 3.0));
        let expected = [0.923_380_6, -0.102_597_8, 0.205_195_7, 0.307_793_5];
        for (value, expected) in channel.quaternion.into_iter().zip(expected) {
            assert!((value - expected).abs() < 1e-6);
        }
    }
}
