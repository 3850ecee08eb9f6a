//! From channels to posed bones: one pass over the bones, parents first.
//!
//! Everything is in armature space; the rig's own transform is applied by whoever shows the result.

use glam::{Mat4, Vec3};

use crate::eval::evaluator::RigEvaluator;
use crate::eval::inherit::{self, ParentTransform};
use crate::eval::rest::{RestBone, RestPose};
use crate::model::id::BoneId;
use crate::model::pose::Channel;
use crate::model::rig::Rig;

/// The posed bones of a rig, armature space; the lists run along the armature's bones.
#[derive(Clone, Debug, Default)]
pub struct PosedRig {
    /// Pose matrices: armature from bone.
    pub armature_from_bone: Vec<Mat4>,
    /// Where each bone ends.
    pub tails: Vec<Vec3>,
    /// Which bones the last evaluation calculated anew.
    pub changed: Vec<bool>,
    /// Another number after every evaluation that calculated anything.
    pub version: u64,
}

impl PosedRig {
    /// Where a bone starts, armature space.
    pub fn head(&self, id: BoneId) -> Option<Vec3> {
        Some(self.matrix(id)?.w_axis.truncate())
    }

    /// Where a bone ends, armature space.
    pub fn tail(&self, id: BoneId) -> Option<Vec3> {
        self.tails.get(id.index()).copied()
    }

    /// The pose of a bone: armature from bone.
    pub fn matrix(&self, id: BoneId) -> Option<Mat4> {
        self.armature_from_bone.get(id.index()).copied()
    }

    /// How the posed parent of a bone carries it.
    pub fn parent_transform(&self, rest: &RestPose, id: BoneId) -> ParentTransform {
        let parent = rest.bone(id).and_then(|bone| bone.parent);
        rest.parent_transform(id, parent.and_then(|parent| self.matrix(parent)))
    }

    /// Replaces the pose of a bone; its children are not told.
    pub fn set_matrix(&mut self, rest: &RestPose, id: BoneId, armature_from_bone: Mat4) {
        if let Some(bone) = rest.bone(id) {
            self.put(id.index(), bone, armature_from_bone);
        }
    }

    fn put(&mut self, index: usize, bone: &RestBone, matrix: Mat4) {
        if let Some(slot) = self.armature_from_bone.get_mut(index) {
            *slot = matrix;
        }
        if let Some(slot) = self.tails.get_mut(index) {
            *slot = matrix.transform_point3(bone.tail);
        }
    }

    /// Makes room for `count` bones; whether there was room for just these.
    fn fit(&mut self, count: usize) -> bool {
        let fitted = self.armature_from_bone.len() == count;
        self.armature_from_bone.resize(count, Mat4::IDENTITY);
        self.tails.resize(count, Vec3::ZERO);
        self.changed.resize(count, true);
        fitted
    }
}

/// What location, rotation and scale of a bone give, bone space (`matrix_basis`); a connected bone stays
/// where its parent ends.
pub fn channel_matrix(channel: &Channel, connected: bool) -> Mat4 {
    let location = if connected {
        Vec3::ZERO
    } else {
        channel.location
    };
    Mat4::from_scale_rotation_translation(channel.scale, channel.rotation(), location)
}

/// The pose of one bone, from its channels and its parent's pose; armature space.
pub fn pose_bone(rest: &RestPose, bone: &RestBone, channel: &Channel, posed: &PosedRig) -> Mat4 {
    let matrix = channel_matrix(channel, bone.connected);
    let parent = bone
        .parent
        .and_then(|id| Some((rest.bone(id)?, posed.matrix(id)?)));
    match parent {
        Some((_, parent_pose)) if bone.inherits.everything() => {
            parent_pose * (bone.parent_from_bone * matrix)
        }
        Some((parent, parent_pose)) => {
            inherit::from_parent(bone, parent, parent_pose).pose_from_channel(matrix)
        }
        None => inherit::from_armature(bone).pose_from_channel(matrix),
    }
}

/// Poses every bone. A bone without a channel stands at rest.
pub fn evaluate_channels(rest: &RestPose, channels: &[Channel], out: &mut PosedRig) {
    out.fit(rest.bones.len());
    out.changed.fill(true);
    out.version += 1;
    let at_rest = Channel::default();
    let channels = channels.iter().chain(std::iter::repeat(&at_rest));
    for (index, (bone, channel)) in rest.bones.iter().zip(channels).enumerate() {
        let matrix = pose_bone(rest, bone, channel, out);
        out.put(index, bone, matrix);
    }
}

/// Poses the bones whose channels differ from those `before`, and what hangs on them. `out` must hold
/// the pose of `before`.
pub fn update_channels(
    rest: &RestPose,
    channels: &[Channel],
    before: &[Channel],
    out: &mut PosedRig,
) {
    if !out.fit(rest.bones.len()) || channels.len() != before.len() {
        evaluate_channels(rest, channels, out);
        return;
    }
    let mut any = false;
    let pairs = channels.iter().zip(before);
    for (index, (bone, (channel, old))) in rest.bones.iter().zip(pairs).enumerate() {
        let parent_changed = bone
            .parent
            .is_some_and(|id| out.changed.get(id.index()) == Some(&true));
        let changed = parent_changed || channel != old;
        if let Some(slot) = out.changed.get_mut(index) {
            *slot = changed;
        }
        if changed {
            any = true;
            let matrix = pose_bone(rest, bone, channel, out);
            out.put(index, bone, matrix);
        }
    }
    if any {
        out.version += 1;
    }
}

/// Poses a rig once, where no evaluator is at hand.
pub fn evaluate_once(rig: &Rig) -> PosedRig {
    let mut evaluator = RigEvaluator::default();
    evaluator.evaluate(rig);
    evaluator.into_posed()
}

#[cfg(test)]
mod tests {
    use std::f32::consts::FRAC_PI_2;
    use std::sync::Arc;

    use super::*;
    use crate::model::armature::Armature;
    use crate::model::bone::Bone;

    /// Bones of one metre along Y, each the child of the one before.
    fn chain(count: usize) -> Armature {
        let bone = |index: usize| {
            let head = Vec3::Y * index as f32;
            Arc::new(Bone {
                head,
                tail: head + Vec3::Y,
                parent: index.checked_sub(1).map(BoneId::new),
                ..Bone::default()
            })
        };
        Armature {
            bones: (0..count).map(bone).collect(),
            ..Armature::default()
        }
    }

    fn quarter_about_z() -> Channel {
        let (sine, cosine) = (FRAC_PI_2 / 2.0).sin_cos();
        Channel {
            quaternion: [cosine * 3.0, 0.0, 0.0, sine * 3.0],
            ..Channel::default()
        }
    }

    #[test]
    fn a_turned_root_swings_the_whole_chain() {
        let rest = RestPose::new(&chain(3));
        let mut posed = PosedRig::default();
        evaluate_channels(&rest, &[quarter_about_z()], &mut posed);
        assert!((posed.tail(BoneId(2)).unwrap() - Vec3::X * -3.0).length() < 1e-6);
        assert!((posed.head(BoneId(1)).unwrap() + Vec3::X).length() < 1e-6);
    }

    #[test]
    fn a_connected_bone_ignores_its_location() {
        let channel = Channel {
            location: Vec3::X,
            ..Channel::default()
        };
        assert_eq!(channel_matrix(&channel, true), Mat4::IDENTITY);
        assert_eq!(channel_matrix(&channel, false).w_axis.x, 1.0);
    }

    #[test]
    fn a_change_reaches_the_bone_and_its_descendants_only() {
        let rest = RestPose::new(&chain(4));
        let before = [Channel::default(); 4];
        let mut posed = PosedRig::default();
        evaluate_channels(&rest, &before, &mut posed);
        let mut after = before;
        after[2] = quarter_about_z();
        update_channels(&rest, &after, &before, &mut posed);
        assert_eq!(posed.changed, [false, false, true, true]);
        let mut whole = PosedRig::default();
        evaluate_channels(&rest, &after, &mut whole);
        assert_eq!(posed.armature_from_bone, whole.armature_from_bone);
        assert_eq!(posed.tails, whole.tails);
        assert!((posed.tail(BoneId(3)).unwrap() - Vec3::new(-2.0, 2.0, 0.0)).length() < 1e-6);
    }

    #[test]
    fn a_rest_frame_with_scale_carries_its_children() {
        let mut armature = chain(2);
        let root = Arc::make_mut(&mut armature.bones[0]);
        root.frame = Some(Mat4::from_scale(Vec3::splat(0.01)));
        let rest = RestPose::new(&armature);
        let mut posed = PosedRig::default();
        evaluate_channels(&rest, &[quarter_about_z()], &mut posed);
        // The child's own matrix stays without scale: offset and parent cancel out.
        let child = posed.matrix(BoneId(1)).unwrap();
        assert!((child.w_axis.truncate() + Vec3::X).length() < 1e-6);
        assert!((child.y_axis.truncate() + Vec3::X).length() < 1e-6);
    }
}
