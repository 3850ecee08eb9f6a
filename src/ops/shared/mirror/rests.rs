//! Which bones mirror each other at rest, by where they start and end.
//!
//! Heads are sorted into cells, so that a rig is paired in one walk over its bones.

use std::collections::BTreeMap;

use glam::Vec3;

use crate::model::armature::Armature;
use crate::model::id::BoneId;
use crate::ops::shared::mirror::pairing::{How, Partners};

/// How far a head may lie from the mirror image of the other, as a part of the rig's size.
const TOLERANCE: f32 = 0.005;
/// How many bones that start in one place are compared.
const MOST: usize = 48;

/// Where the bones of a rig are at rest; armature space.
pub struct Rests {
    ends: Vec<(Vec3, Vec3)>,
    tolerance: f32,
}

/// The mirror image of a point, armature space.
pub fn mirrored(point: Vec3) -> Vec3 {
    Vec3::new(-point.x, point.y, point.z)
}

impl Rests {
    /// Those of an armature.
    pub fn new(armature: &Armature) -> Self {
        let ends = armature.bones.iter().map(|bone| (bone.head, bone.tail));
        let ends: Vec<_> = ends.collect();
        let finite = || ends.iter().map(|end| end.0).filter(|head| head.is_finite());
        let low = finite().reduce(Vec3::min).unwrap_or_default();
        let high = finite().reduce(Vec3::max).unwrap_or_default();
        let size = (high - low).max_element();
        let longest = |&(head, tail): &(Vec3, Vec3)| (tail - head).length();
        let size = if size > 0.0 {
            size
        } else {
            ends.iter().map(longest).fold(0.0, f32::max)
        };
        let tolerance = (size * TOLERANCE).max(f32::MIN_POSITIVE);
        Self { ends, tolerance }
    }

    /// How far the mirror image of a bone lies from another: heads, and a little of the tails.
    pub fn off(&self, bone: BoneId, other: BoneId) -> f32 {
        let (Some(&(head, tail)), Some(&(other_head, other_tail))) =
            (self.ends.get(bone.index()), self.ends.get(other.index()))
        else {
            return f32::INFINITY;
        };
        mirrored(head).distance(other_head) + 0.25 * mirrored(tail).distance(other_tail)
    }

    /// Whether the heads of two bones mirror each other.
    pub fn mirror(&self, bone: BoneId, other: BoneId) -> bool {
        let head = |bone: BoneId| self.ends.get(bone.index()).map(|ends| ends.0);
        let heads = head(bone).zip(head(other));
        heads.is_some_and(|(a, b)| mirrored(a).distance(b) <= self.tolerance)
    }

    fn cell(&self, point: Vec3) -> [i32; 3] {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "what lies beyond the last cell is put into it"
        )]
        (point / self.tolerance)
            .to_array()
            .map(|part| part.floor() as i32)
    }

    /// Pairs the bones that are left with those whose heads mirror theirs; one on the axis is its own
    /// mirror image unless another one at the same place fits better.
    pub fn pair(&self, partners: &mut Partners) {
        let mut cells: BTreeMap<[i32; 3], Vec<BoneId>> = BTreeMap::new();
        let free = |place: &usize| !partners.is_known(BoneId::new(*place));
        for place in (0..self.ends.len()).filter(free).collect::<Vec<_>>() {
            if let Some(&(head, _)) = self.ends.get(place) {
                let bones = cells.entry(self.cell(head)).or_default();
                bones.push(BoneId::new(place));
            }
        }
        for place in 0..self.ends.len() {
            let bone = BoneId::new(place);
            if partners.is_known(bone) {
                continue;
            }
            if let Some(other) = self.best(bone, &cells, partners) {
                partners.pair(bone, other, How::Rest);
            }
        }
    }

    fn best(
        &self,
        bone: BoneId,
        cells: &BTreeMap<[i32; 3], Vec<BoneId>>,
        partners: &Partners,
    ) -> Option<BoneId> {
        let wanted = mirrored(self.ends.get(bone.index())?.0);
        let near = |other: &BoneId| self.mirror(bone, *other);
        let [x, y, z] = self.cell(wanted);
        let around = |base: i32| (-1..=1).map(move |step| base.saturating_add(step));
        let places = around(x).flat_map(|x| around(y).map(move |y| (x, y)));
        let places = places.flat_map(|(x, y)| around(z).map(move |z| [x, y, z]));
        let others = places.filter_map(|place| cells.get(&place)).flatten();
        let others = others
            .copied()
            .filter(|other| !partners.is_known(*other))
            .filter(near)
            .take(MOST);
        let off = |other: &BoneId| self.off(bone, *other);
        let other = others
            .filter(|other| *other != bone)
            .min_by(|a, b| off(a).total_cmp(&off(b)));
        // On about equal terms a bone is its own mirror image.
        let own = near(&bone).then_some(bone);
        match (own, other) {
            (Some(own), Some(other)) if off(&other) + self.tolerance < off(&own) => Some(other),
            (own, other) => own.or(other),
        }
    }
}
