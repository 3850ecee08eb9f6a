//! Curves side by side: one polynomial of the third degree per curve and block, eight curves at a time.

use crate::eval::fcurve::{self, bezier};
use crate::eval::sampler::clock::Clock;
use crate::model::fcurve::{FCurve, Interpolation, Key};

/// Curves to a group; two vectors of the machine's registers.
pub const LANES: usize = 8;

/// The factors of eight curves in one block, from the constant one up.
type Block = [[f32; LANES]; 4];

/// Curves of one clock.
#[derive(Clone, Copy, Debug)]
struct Group {
    clock: usize,
    /// Its first block.
    start: usize,
    /// How many lanes are taken.
    taken: usize,
}

/// All groups of an action.
#[derive(Debug, Default)]
pub struct Lanes {
    groups: Vec<Group>,
    blocks: Vec<Block>,
}

impl Lanes {
    /// Forgets all groups; the memory stays.
    pub fn clear(&mut self) {
        self.groups.clear();
        self.blocks.clear();
    }

    /// Makes room for curves with this many keys in all.
    pub fn reserve(&mut self, keys: usize) {
        self.blocks.reserve(keys / LANES + keys / 64);
    }

    /// How many values there are.
    pub fn values(&self) -> usize {
        self.groups.len() * LANES
    }

    /// Takes a curve in; gives its group and lane, none where it does not fit.
    ///
    /// `open` is the group of its clock that may have a free lane.
    pub fn take(
        &mut self,
        curve: &FCurve,
        (clock, blocks): (usize, usize),
        open: &mut Option<usize>,
    ) -> Option<(usize, usize)> {
        let has_room = |group: &usize| {
            self.groups
                .get(*group)
                .is_some_and(|group| group.taken < LANES)
        };
        let place = match open.filter(has_room) {
            Some(place) => place,
            None => {
                let start = self.blocks.len();
                self.blocks.resize(start + blocks, [[0.0; LANES]; 4]);
                let group = Group {
                    clock,
                    start,
                    taken: 0,
                };
                self.groups.push(group);
                *open = Some(self.groups.len() - 1);
                self.groups.len() - 1
            }
        };
        let lane = self.groups.get(place)?.taken;
        if !self.fill(curve, place, lane) {
            return None;
        }
        self.groups.get_mut(place)?.taken += 1;
        Some((place, lane))
    }

    /// Writes the factors of a curve; whether it fits. The curve has the frames of the group's clock.
    pub fn fill(&mut self, curve: &FCurve, group: usize, lane: usize) -> bool {
        let start = self.groups.get(group).map_or(0, |group| group.start);
        let blocks = self.blocks.get_mut(start..=start + curve.keys.len());
        let Some([before, between @ .., after]) = blocks else {
            return false;
        };
        let (Some(first), Some(last)) = (curve.keys.first(), curve.keys.last()) else {
            return false;
        };
        let slopes = fcurve::outer_slopes(curve);
        set(before, lane, [first.value(), slopes[0], 0.0, 0.0]);
        set(after, lane, [last.value(), slopes[1], 0.0, 0.0]);
        for (block, pair) in between.iter_mut().zip(curve.keys.windows(2)) {
            let [start, end] = pair else { return false };
            let Some(factors) = factors(start, end, curve.discrete_values) else {
                return false;
            };
            set(block, lane, factors);
        }
        true
    }

    /// Calculates all values.
    pub fn sample(&self, clocks: &[Clock], values: &mut [f32]) {
        let (chunks, _) = values.as_chunks_mut::<LANES>();
        for (group, out) in self.groups.iter().zip(chunks) {
            let Some(clock) = clocks.get(group.clock) else {
                continue;
            };
            let Some([a, b, c, d]) = self.blocks.get(group.start + clock.block) else {
                continue;
            };
            let share = clock.share;
            let factors = a.iter().zip(b).zip(c.iter().zip(d));
            for (out, ((a, b), (c, d))) in out.iter_mut().zip(factors) {
                *out = a + share * (b + share * (c + share * d));
            }
        }
    }
}

fn set(block: &mut Block, lane: usize, factors: [f32; 4]) {
    // One test of the lane for all four; the optimiser knows the rows' length.
    if lane < LANES {
        for (row, factor) in block.iter_mut().zip(factors) {
            if let Some(slot) = row.get_mut(lane) {
                *slot = factor;
            }
        }
    }
}

/// The factors of a segment; none where its value is no such polynomial of its time.
fn factors(start: &Key, end: &Key, discrete: bool) -> Option<[f32; 4]> {
    let length = end.frame() - start.frame();
    if discrete || start.interpolation == Interpolation::Constant || length <= 0.0 {
        return Some([start.value(), 0.0, 0.0, 0.0]);
    }
    let values = [start.value(), start.right[1], end.left[1], end.value()];
    match start.interpolation {
        Interpolation::Linear => Some([values[0], values[3] - values[0], 0.0, 0.0]),
        Interpolation::Bezier if bezier::is_even(start, end) => Some([
            values[0],
            3.0 * (values[1] - values[0]),
            3.0 * ((values[0] - values[1]) + (values[2] - values[1])),
            (values[3] - values[0]) + 3.0 * (values[1] - values[2]),
        ]),
        _ => None,
    }
}
