//! An armature at rest, prepared for evaluation: matrices instead of heads, tails and rolls.
//!
//! One compact record per bone, parents first, so that a pose is one pass over memory.

use glam::{Mat4, Vec3};

use crate::eval::inherit::{self, Inherits, ParentTransform};
use crate::math::shear;
use crate::model::armature::Armature;
use crate::model::bone::Bone;
use crate::model::id::BoneId;

/// What evaluation needs of a bone at rest.
#[derive(Clone, Copy, Debug)]
pub struct RestBone {
    /// The parent, which stands before this bone.
    pub parent: Option<BoneId>,
    /// What it takes over from its parent.
    pub inherits: Inherits,
    /// Whether its location channel is ignored.
    pub connected: bool,
    /// Rest matrix.
    pub armature_from_bone: Mat4,
    /// Rest matrix against the parent's; of a root the rest matrix itself.
    pub parent_from_bone: Mat4,
    /// Where the bone ends, bone space; the origin is its head.
    pub tail: Vec3,
}

/// An armature at rest, prepared for evaluation.
#[derive(Clone, Debug, Default)]
pub struct RestPose {
    /// Runs along the armature's bones.
    pub bones: Vec<RestBone>,
}

impl RestPose {
    /// Prepares an armature.
    pub fn new(armature: &Armature) -> Self {
        let mut rest = Self::default();
        rest.prepare(armature);
        rest
    }

    /// Prepares an armature in place of the one before, in the memory of that one.
    pub fn prepare(&mut self, armature: &Armature) {
        self.bones.clear();
        for (index, bone) in armature.bones.iter().enumerate() {
            let parent = bone.parent.filter(|parent| parent.index() < index);
            let prepared = self.prepare_bone(bone, parent);
            self.bones.push(prepared);
        }
    }

    fn prepare_bone(&self, bone: &Bone, parent: Option<BoneId>) -> RestBone {
        let armature_from_bone = bone.armature_from_bone();
        let parent_from_bone = match parent.and_then(|parent| self.bone(parent)) {
            Some(parent) => shear::affine_inverse(parent.armature_from_bone) * armature_from_bone,
            None => armature_from_bone,
        };
        RestBone {
            parent,
            inherits: Inherits::of(bone),
            connected: bone.connected,
            armature_from_bone,
            parent_from_bone,
            tail: shear::affine_inverse(armature_from_bone).transform_point3(bone.tail),
        }
    }

    /// A bone, if it exists.
    pub fn bone(&self, id: BoneId) -> Option<&RestBone> {
        self.bones.get(id.index())
    }

    /// How the parent of a bone, posed at `parent_pose` (armature space), carries the bone; without a
    /// pose it stands at rest.
    pub fn parent_transform(&self, id: BoneId, parent_pose: Option<Mat4>) -> ParentTransform {
        let Some(bone) = self.bone(id) else {
            return ParentTransform::IDENTITY;
        };
        let parent = bone.parent.and_then(|parent| self.bone(parent));
        match parent {
            Some(parent) => inherit::from_parent(
                bone,
                parent,
                parent_pose.unwrap_or(parent.armature_from_bone),
            ),
            None => inherit::from_armature(bone),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn the_offset_of_a_child_is_seen_from_its_parent() {
        let bone = |head: Vec3, parent| {
            Arc::new(Bone {
                head,
                tail: head + Vec3::Z * 2.0,
                parent,
                ..Bone::default()
            })
        };
        let armature = Armature {
            bones: vec![
                bone(Vec3::X, None),
                bone(Vec3::new(1.0, 0.0, 2.0), Some(BoneId(0))),
            ],
            ..Armature::default()
        };
        let rest = RestPose::new(&armature);
        let child = rest.bones[1];
        // Both point up: the child sits two metres along its parent's Y.
        assert!(
            child
                .parent_from_bone
                .abs_diff_eq(Mat4::from_translation(Vec3::Y * 2.0), 1e-6)
        );
        assert!((child.tail - Vec3::Y * 2.0).length() < 1e-6);
    }

    #[test]
    fn the_tail_of_a_bone_with_a_frame_is_seen_from_that_frame() {
        let bone = Bone {
            head: Vec3::ZERO,
            tail: Vec3::X,
            frame: Some(Mat4::from_scale(Vec3::splat(0.01))),
            ..Bone::default()
        };
        let armature = Armature {
            bones: vec![Arc::new(bone)],
            ..Armature::default()
        };
        assert!((RestPose::new(&armature).bones[0].tail - Vec3::X * 100.0).length() < 1e-4);
    }
}
