//! The true mirror image of a pose, bone by bone, on to a rig.
//!
//! A bone whose parent is left as it is, is mirrored against that parent; where all parents are mirrored too,
//! it stands exactly where the mirrored armature has it. Two things need the place in armature space: parents
//! that are no mirror images of each other, and a parent whose channels cannot express its own mirror image.

use glam::{Mat4, Vec3};

use crate::eval::hierarchy::{self, PosedRig, channel_matrix};
use crate::eval::rest::RestPose;
use crate::math::rotation;
use crate::math::shear::affine_inverse;
use crate::model::bits::BitSet;
use crate::model::id::BoneId;
use crate::model::pose::{Channel, RotationMode};
use crate::model::rig::Rig;
use crate::ops::shared::decompose;
use crate::ops::shared::mirror::across::Across;
use crate::ops::shared::mirror::pairing::Pairing;

/// A bone that is this near to its mirror image, as a part of its size, is there.
const EXACT: f32 = 1e-4;

/// Gives bones of `rig` the mirror image of the pose of others: pairs of a bone of `from` and one of `rig`,
/// whose pairing is given. Bendy-bone values and properties are left to the caller.
pub fn mirror(rig: &mut Rig, from: &Rig, pairs: &[(BoneId, BoneId)], pairing: &Pairing) {
    let rests = (RestPose::new(&from.armature), RestPose::new(&rig.armature));
    let mut source_of = vec![None; rig.armature.bones.len()];
    let mut mirrored = BitSet::default();
    for &(source, target) in pairs {
        if let Some(slot) = source_of.get_mut(target.index()) {
            *slot = Some(source);
            mirrored.set(source.index(), true);
        }
    }
    let mut work = Work {
        from,
        rests: &rests,
        source_of: &source_of,
        mirrored,
        pairing,
        astray: BitSet::default(),
        posed: None,
    };
    for (place, source) in source_of.iter().enumerate() {
        if let Some(source) = source {
            work.bone(rig, *source, BoneId::new(place));
        }
    }
}

struct Work<'a> {
    from: &'a Rig,
    /// Of `from` and of the rig.
    rests: &'a (RestPose, RestPose),
    /// For each bone of the rig, the one that it mirrors.
    source_of: &'a [Option<BoneId>],
    /// The bones of `from` that are mirrored.
    mirrored: BitSet,
    pairing: &'a Pairing,
    /// Bones of the rig that are not exactly where the mirrored armature has them.
    astray: BitSet,
    /// Where it was needed: `from` posed, the rig posed as far as it is done, and how far that is.
    posed: Option<(PosedRig, PosedRig, usize)>,
}

impl Work<'_> {
    fn bone(&mut self, rig: &mut Rig, source: BoneId, target: BoneId) {
        let across = Across::new(&self.rests.0, source, &self.rests.1, target);
        let (Some(across), Some(channel)) = (across, self.from.channel(source)) else {
            return;
        };
        let Some(mut image) = rig.channel(target).copied() else {
            return;
        };
        let mut exact = across.apply(channel, &mut image);
        if !self.parents_mirror(rig, source, target) {
            exact = self.place(rig, source, target, &mut image);
        }
        self.astray.set(target.index(), !exact);
        if let Some(slot) = rig.channel_mut(target) {
            *slot = image;
        }
    }

    /// Whether the channels alone give the mirror image.
    fn parents_mirror(&self, rig: &Rig, source: BoneId, target: BoneId) -> bool {
        let parent = |rest: &RestPose, bone| rest.bone(bone).and_then(|bone| bone.parent);
        match (parent(&self.rests.0, source), parent(&self.rests.1, target)) {
            (None, None) => true,
            (Some(above), Some(target_above)) => {
                let mirrored = self.source_of.get(target_above.index()).copied().flatten();
                match mirrored {
                    Some(mirrored) => {
                        mirrored == above && !self.astray.contains(target_above.index())
                    }
                    None => self.pairing.image_of(rig, self.from, above) == Some(target_above),
                }
            }
            _ => false,
        }
    }

    /// Puts the target where the mirrored armature has it, seen from the nearest bone above it that is left as
    /// it is. `image` gives what the numbers should be near to. Says whether it gets there.
    fn place(&mut self, rig: &Rig, source: BoneId, target: BoneId, image: &mut Channel) -> bool {
        let anchor = self.anchor(rig, source, target);
        let rests = self.rests;
        let from = self.from;
        let (from_posed, posed, done) = self.posed.get_or_insert_with(|| {
            let posed = hierarchy::evaluate_once(rig);
            (hierarchy::evaluate_once(from), posed, target.index())
        });
        for place in *done..target.index() {
            let id = BoneId::new(place);
            if let (Some(bone), Some(channel)) = (rests.1.bone(id), rig.channel(id)) {
                let matrix = hierarchy::pose_bone(&rests.1, bone, channel, posed);
                posed.set_matrix(&rests.1, id, matrix);
            }
        }
        *done = target.index().max(*done);
        let moved = |rest: &RestPose, posed: &PosedRig, bone| {
            let (rest, posed) = (rest.bone(bone), posed.matrix(bone));
            let pair = rest.zip(posed);
            pair.map_or(Mat4::IDENTITY, |(rest, posed)| {
                posed * affine_inverse(rest.armature_from_bone)
            })
        };
        let flip = Mat4::from_scale(Vec3::new(-1.0, 1.0, 1.0));
        let mut motion = moved(&rests.0, from_posed, source);
        let mut carried = Mat4::IDENTITY;
        if let Some((above, target_above)) = anchor {
            motion = affine_inverse(moved(&rests.0, from_posed, above)) * motion;
            carried = moved(&rests.1, posed, target_above);
        }
        let Some(rest) = rests.1.bone(target) else {
            return false;
        };
        let goal = carried * flip * motion * flip * rest.armature_from_bone;
        let parent = posed.parent_transform(&rests.1, target);
        let matrix = parent.bone_from_pose(goal);
        if matrix.is_finite() {
            put(image, matrix);
        }
        let reached = parent.pose_from_channel(channel_matrix(image, rest.connected));
        reached.abs_diff_eq(goal, EXACT * largest(goal))
    }

    /// The nearest bone above `source` that is not mirrored, with its mirror image above `target`.
    fn anchor(&self, rig: &Rig, source: BoneId, target: BoneId) -> Option<(BoneId, BoneId)> {
        let (from_rest, rest) = self.rests;
        let parent = |rest: &RestPose, bone| rest.bone(bone).and_then(|bone| bone.parent);
        let above =
            std::iter::successors(parent(from_rest, source), |&bone| parent(from_rest, bone));
        let mut still = above.filter(|bone| !self.mirrored.contains(bone.index()));
        still.find_map(|bone| {
            let image = self.pairing.image_of(rig, self.from, bone)?;
            let mut over = std::iter::successors(parent(rest, target), |&bone| parent(rest, bone));
            over.any(|bone| bone == image).then_some((bone, image))
        })
    }
}

fn largest(matrix: Mat4) -> f32 {
    let cells = matrix.to_cols_array();
    cells.iter().fold(1e-6, |most, cell| cell.abs().max(most))
}

/// Takes a channel matrix over, with numbers near to those that the channel has.
fn put(channel: &mut Channel, matrix: Mat4) {
    let old = rotation::quat_from_wxyz(channel.quaternion);
    decompose::into_channel(matrix, channel);
    if channel.mode == RotationMode::Quaternion {
        let new = rotation::quat_from_wxyz(channel.quaternion);
        channel.quaternion = rotation::wxyz_from_quat(rotation::compatible_quat(new, old));
    }
}
