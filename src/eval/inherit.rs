//! How a parent carries a bone: the transform between the bone's channels and its place in the armature.
//!
//! Rotation with scale and location take separate ways, because a bone may inherit only a part of its
//! parent's. Every mode but `FULL` takes the parent's matrix for rotation and scale of its own: a parent
//! whose rest frame holds scale or shear counts as scaled even at rest.

use glam::{Mat3, Mat4, Vec3};

use crate::eval::rest::RestBone;
use crate::math::{shear, transform};
use crate::model::bone::{Bone, InheritScale};

/// What a bone takes over from its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inherits {
    /// The parent's rotation.
    pub rotation: bool,
    /// How much of its scale.
    pub scale: InheritScale,
    /// Whether location follows the bone's own rest axes.
    pub local_location: bool,
}

impl Inherits {
    /// The settings of a bone.
    pub fn of(bone: &Bone) -> Self {
        Self {
            rotation: bone.inherit_rotation,
            scale: bone.inherit_scale,
            local_location: bone.local_location,
        }
    }

    /// Whether everything is taken over, and along the bone's own axes: one product does.
    pub fn everything(self) -> bool {
        self.full() && self.local_location
    }

    fn full(self) -> bool {
        self.rotation && self.scale == InheritScale::Full
    }
}

/// How its parent carries a bone; armature space from bone space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParentTransform {
    /// For rotation and scale; its translation is not used.
    pub rot_scale: Mat4,
    /// For location.
    pub location: Mat4,
    /// Factors on the columns of the result.
    pub post_scale: Vec3,
}

impl ParentTransform {
    /// Bone space is armature space.
    pub const IDENTITY: Self = Self {
        rot_scale: Mat4::IDENTITY,
        location: Mat4::IDENTITY,
        post_scale: Vec3::ONE,
    };

    /// The pose (armature from bone) that a channel matrix gives.
    pub fn pose_from_channel(&self, channel_matrix: Mat4) -> Mat4 {
        let turned = Mat3::from_mat4(self.rot_scale) * Mat3::from_mat4(channel_matrix);
        let place = self
            .location
            .transform_point3(channel_matrix.w_axis.truncate());
        assembled(turned * Mat3::from_diagonal(self.post_scale), place)
    }

    /// The channel matrix that gives a pose (armature from bone); an axis that the parent squashes to
    /// nothing stays zero.
    pub fn bone_from_pose(&self, armature_from_bone: Mat4) -> Mat4 {
        let back = Mat3::from_mat4(shear::affine_inverse(self.rot_scale));
        let unscale = self
            .post_scale
            .map(|factor| if factor == 0.0 { 0.0 } else { 1.0 / factor });
        let turned = back * Mat3::from_mat4(armature_from_bone) * Mat3::from_diagonal(unscale);
        let place = shear::affine_inverse(self.location)
            .transform_point3(armature_from_bone.w_axis.truncate());
        assembled(turned, place)
    }
}

fn assembled(rotation_and_scale: Mat3, location: Vec3) -> Mat4 {
    let mut matrix = Mat4::from_mat3(rotation_and_scale);
    matrix.w_axis = location.extend(1.0);
    matrix
}

/// How the armature carries a bone without a parent.
pub fn from_armature(bone: &RestBone) -> ParentTransform {
    let rest = bone.parent_from_bone;
    ParentTransform {
        rot_scale: rest,
        location: if bone.inherits.local_location {
            rest
        } else {
            Mat4::from_translation(rest.w_axis.truncate())
        },
        post_scale: Vec3::ONE,
    }
}

/// How a parent posed at `parent_pose` (armature from parent) carries a bone.
pub fn from_parent(bone: &RestBone, parent: &RestBone, parent_pose: Mat4) -> ParentTransform {
    let inherits = bone.inherits;
    let carried = parent_pose * bone.parent_from_bone;
    let location = if inherits.local_location {
        carried
    } else {
        assembled(Mat3::from_mat4(parent_pose), carried.w_axis.truncate())
    };
    if inherits.full() {
        return ParentTransform {
            rot_scale: carried,
            location,
            post_scale: Vec3::ONE,
        };
    }
    let pose = Mat3::from_mat4(parent_pose);
    let (mut axes, post_scale) = if inherits.rotation {
        turned_axes(pose, inherits.scale)
    } else {
        rest_axes(
            Mat3::from_mat4(parent.armature_from_bone),
            pose,
            inherits.scale,
        )
    };
    if inherits.scale == InheritScale::Average {
        axes *= pose.determinant().abs().cbrt();
    }
    let mut rot_scale = axes * Mat3::from_mat4(bone.parent_from_bone);
    if inherits.scale == InheritScale::FixShear {
        rot_scale = shear::without_shear(rot_scale);
    }
    ParentTransform {
        rot_scale: assembled(rot_scale, carried.w_axis.truncate()),
        location,
        post_scale,
    }
}

/// The parent's axes as the bone sees them, and the scale that goes to the bone's own axes.
fn turned_axes(pose: Mat3, scale: InheritScale) -> (Mat3, Vec3) {
    match scale {
        InheritScale::Full | InheritScale::FixShear => (pose, Vec3::ONE),
        InheritScale::None | InheritScale::Average => (shear::orthonormalized(pose), Vec3::ONE),
        InheritScale::NoneLegacy => (transform::normalized_columns(pose), Vec3::ONE),
        InheritScale::Aligned => {
            let straight = shear::without_shear(pose);
            (
                transform::normalized_columns(straight),
                transform::column_lengths(straight),
            )
        }
    }
}

/// The parent's axes at rest, scaled as the pose asks, for a bone that does not follow its rotation.
fn rest_axes(rest: Mat3, pose: Mat3, scale: InheritScale) -> (Mat3, Vec3) {
    let scaled = |factors: Vec3| rest * Mat3::from_diagonal(factors);
    match scale {
        InheritScale::Full => (scaled(transform::column_lengths(pose)), Vec3::ONE),
        InheritScale::FixShear => (scaled(shear::lengths_of_equal_volume(pose)), Vec3::ONE),
        InheritScale::Aligned => (rest, shear::lengths_of_equal_volume(pose)),
        InheritScale::Average | InheritScale::None | InheritScale::NoneLegacy => (rest, Vec3::ONE),
    }
}

#[cfg(test)]
mod tests {
    use glam::Quat;

    use super::*;
    use crate::model::id::BoneId;

    fn child(rotation: bool, scale: InheritScale) -> RestBone {
        RestBone {
            parent: Some(BoneId(0)),
            inherits: Inherits {
                rotation,
                scale,
                local_location: true,
            },
            connected: false,
            armature_from_bone: Mat4::from_translation(Vec3::Y),
            parent_from_bone: Mat4::from_translation(Vec3::Y),
            tail: Vec3::Y,
        }
    }

    fn root() -> RestBone {
        RestBone {
            parent: None,
            armature_from_bone: Mat4::IDENTITY,
            parent_from_bone: Mat4::IDENTITY,
            ..child(true, InheritScale::Full)
        }
    }

    #[test]
    fn without_scale_a_child_still_moves_with_the_stretched_parent() {
        let parent_pose = Mat4::from_scale(Vec3::new(1.0, 3.0, 1.0));
        let carried = from_parent(&child(true, InheritScale::None), &root(), parent_pose);
        let pose = carried.pose_from_channel(Mat4::IDENTITY);
        assert!(pose.abs_diff_eq(Mat4::from_translation(Vec3::Y * 3.0), 1e-6));
    }

    #[test]
    fn average_scale_is_the_cube_root_of_the_volume() {
        let parent_pose = Mat4::from_scale(Vec3::new(1.0, 8.0, 1.0));
        let carried = from_parent(&child(true, InheritScale::Average), &root(), parent_pose);
        let pose = carried.pose_from_channel(Mat4::IDENTITY);
        assert!((pose.x_axis.x - 2.0).abs() < 1e-6 && (pose.y_axis.y - 2.0).abs() < 1e-6);
    }

    #[test]
    fn a_child_that_keeps_its_rotation_is_carried_around_all_the_same() {
        let parent_pose = Mat4::from_rotation_z(std::f32::consts::FRAC_PI_2);
        let carried = from_parent(&child(false, InheritScale::Full), &root(), parent_pose);
        let pose = carried.pose_from_channel(Mat4::IDENTITY);
        assert!(pose.abs_diff_eq(Mat4::from_translation(-Vec3::X), 1e-6));
    }

    #[test]
    fn every_mode_leads_back_from_the_pose_to_the_channel() {
        use InheritScale::{Aligned, Average, FixShear, Full, None, NoneLegacy};
        let parent_pose = Mat4::from_rotation_x(0.4)
            * Mat4::from_scale(Vec3::new(1.5, 0.7, -2.0))
            * Mat4::from_rotation_z(0.8);
        let channel = Mat4::from_scale_rotation_translation(
            Vec3::new(1.0, 2.0, 0.5),
            Quat::from_rotation_y(0.3),
            Vec3::new(0.1, 0.2, 0.3),
        );
        for scale in [Full, FixShear, Aligned, Average, None, NoneLegacy] {
            for rotation in [true, false] {
                let carried = from_parent(&child(rotation, scale), &root(), parent_pose);
                let back = carried.bone_from_pose(carried.pose_from_channel(channel));
                assert!(back.abs_diff_eq(channel, 1e-5), "{scale:?} {rotation}");
            }
        }
    }
}
