//! What lies under the pointer in the 3D view: bones and empties, as clicks and hovering find them.

use glam::Vec2;

use crate::eval::empties;
use crate::eval::evaluator::DocumentEvaluator;
use crate::eval::pick::{self, BonePicker, Viewport};
use crate::model::document::Document;
use crate::ops::context::Picked;

/// How far from something a click may miss it, points.
pub const PICK_RADIUS: f32 = 12.0;
/// How near to the lines of an empty a click takes it before the bones around it, points.
const LINE_REACH: f32 = 6.0;

/// Something that was found; the smaller comes first.
#[derive(Clone, Copy, Debug)]
struct Found {
    picked: Picked,
    /// Empties that are met, bones that are met, then what is only near.
    rank: u8,
    distance: f32,
    depth: f32,
}

impl Found {
    fn new(picked: Picked, distance: f32, depth: f32) -> Self {
        let rank = match picked {
            Picked::Empty(_) if distance <= LINE_REACH => 0,
            Picked::Bone(..) if distance <= 0.0 => 1,
            _ => 2,
        };
        Self {
            picked,
            rank,
            distance,
            depth,
        }
    }

    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let by_distance = self.distance.total_cmp(&other.distance);
        let by_place = by_distance.then(self.depth.total_cmp(&other.depth));
        self.rank.cmp(&other.rank).then(by_place)
    }
}

/// Everything under a point, what a click takes first before the rest. Empties count where they are shown.
pub fn all(
    document: &Document,
    poses: &DocumentEvaluator,
    viewport: &Viewport,
    pixel: Vec2,
    with_empties: bool,
) -> Vec<Picked> {
    let mut picker = BonePicker::default();
    let bones = picker
        .at(document, poses, viewport, pixel, PICK_RADIUS)
        .iter();
    let bones =
        bones.map(|hit| Found::new(Picked::Bone(hit.rig, hit.bone), hit.distance, hit.depth));
    let empties = empties(document, viewport, pixel, with_empties);
    let mut found: Vec<Found> = empties.chain(bones).collect();
    found.sort_by(Found::order);
    found.into_iter().map(|found| found.picked).collect()
}

/// What a click at a point takes first.
pub fn nearest(
    document: &Document,
    poses: &DocumentEvaluator,
    viewport: &Viewport,
    pixel: Vec2,
    with_empties: bool,
) -> Option<Picked> {
    let bone = pick::nearest(document, poses, viewport, pixel, PICK_RADIUS);
    let bone = bone.map(|hit| Found::new(Picked::Bone(hit.rig, hit.bone), hit.distance, hit.depth));
    let empties = empties(document, viewport, pixel, with_empties);
    let found = empties.chain(bone).min_by(Found::order);
    found.map(|found| found.picked)
}

fn empties<'a>(
    document: &'a Document,
    viewport: &Viewport<'a>,
    pixel: Vec2,
    shown: bool,
) -> impl Iterator<Item = Found> + use<'a> {
    let found = empties::at(document, viewport, pixel, PICK_RADIUS);
    let found = found.filter(move |_| shown);
    found.map(|hit| Found::new(Picked::Empty(hit.place), hit.distance, hit.depth))
}
