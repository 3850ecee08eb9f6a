//! Taking a matrix apart into a bone's channels.

use glam::Mat4;

use crate::math::rotation;
use crate::math::transform::Transform;
use crate::model::pose::{Channel, RotationMode};

/// Gives a channel the location, rotation and scale of a matrix in bone space; Euler angles go on from where
/// they are. Only the rotation of the channel's mode is set.
pub fn into_channel(matrix: Mat4, channel: &mut Channel) {
    let parts = Transform::from_matrix(matrix);
    channel.location = parts.location;
    channel.scale = parts.scale;
    match channel.mode.euler_order() {
        Some(order) => {
            let turned = rotation::mat3_from_quat(parts.rotation);
            channel.euler = rotation::compatible_euler_from_mat3(turned, channel.euler, order);
        }
        None if channel.mode == RotationMode::AxisAngle => {
            channel.axis_angle = rotation::axis_angle_from_quat(parts.rotation);
        }
        None => channel.quaternion = rotation::wxyz_from_quat(parts.rotation),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::Vec3;

    #[test]
    fn angles_go_on_from_where_they_are() {
        let turn = std::f32::consts::TAU;
        let mut channel = Channel {
            mode: RotationMode::Xyz,
            euler: Vec3::new(turn, 0.0, 0.1),
            ..Channel::default()
        };
        let moved = Mat4::from_translation(Vec3::new(1.0, 2.0, 3.0));
        into_channel(moved * Mat4::from_rotation_z(0.5), &mut channel);
        assert_eq!(channel.location, Vec3::new(1.0, 2.0, 3.0));
        assert!(channel.euler.abs_diff_eq(Vec3::new(turn, 0.0, 0.5), 1e-5));
        assert_eq!(channel.quaternion, Channel::default().quaternion);
    }
}
