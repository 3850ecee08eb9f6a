//! The motion of one property of a bone: its components together, cut where any of them has a key.

use crate::io::gltf_export::lane::Lane;
use crate::io::gltf_export::shape::{Shape, Span};
use crate::io::gltf_export::target::{Target, normalized, slerp, zip};
use crate::model::fcurve::{FCurve, Interpolation};

/// Bounds closer than this are one, frames.
const SAME: f64 = 1e-3;

/// A value of the file and how fast it changes, per frame.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// The value; a rotation need not be of unit length.
    pub value: [f64; 4],
    /// Its change per frame.
    pub slope: [f64; 4],
}

/// What happens between two neighbouring bounds.
#[derive(Clone, Debug)]
pub struct Interval {
    /// Where it starts, frames.
    pub from: f64,
    /// Where it ends, frames.
    pub to: f64,
    parts: Vec<Span>,
    /// The ends of a rotation that turns evenly; values of the file.
    turn: Option<[[f64; 4]; 2]>,
}

/// The motion of a property.
pub struct Motion {
    /// What it drives.
    pub target: Target,
    /// In order of time, without gaps; none where every curve has one key.
    pub intervals: Vec<Interval>,
    /// The frame of its first key.
    pub start: f64,
    /// The value from the last key on.
    pub last: [f64; 4],
    /// Whether every key holds its value.
    pub steps: bool,
}

impl Motion {
    /// The motion that these curves give within their clip (first and last frame); none without keys.
    pub fn new(target: Target, curves: &[&FCurve], clip: (f64, f64)) -> Option<Self> {
        let keyed: Vec<&FCurve> = curves
            .iter()
            .copied()
            .filter(|curve| !curve.keys.is_empty())
            .collect();
        let first = |curve: &&FCurve| curve.keys.first().map(|key| f64::from(key.frame()));
        let start = keyed.iter().filter_map(first).reduce(f64::min)?;
        let defaults = target.defaults();
        let lanes: Vec<Lane> = defaults
            .iter()
            .enumerate()
            .map(|(index, default)| {
                let own = |curve: &&&FCurve| usize::try_from(curve.index) == Ok(index);
                match keyed.iter().find(own) {
                    Some(curve) => Lane::new(curve, clip),
                    None => Lane::still(*default),
                }
            })
            .collect();
        let spherical =
            defaults.len() == 4 && keyed.len() == 4 && keyed.iter().all(|curve| curve.spherical);
        let holds = |curve: &&FCurve| {
            curve.discrete_values
                || curve
                    .keys
                    .iter()
                    .all(|key| key.interpolation == Interpolation::Constant)
        };
        let steps = keyed.iter().all(holds);
        Some(Self {
            target,
            intervals: intervals(&target, &lanes, spherical),
            start,
            last: target.value(together(lanes.iter().map(|lane| lane.after))),
            steps,
        })
    }

    /// The value at a frame, as the file's readers should find it: rotations at unit length.
    pub fn value(&self, frame: f64) -> [f64; 4] {
        let place = self.intervals.partition_point(|part| part.to <= frame);
        let value = match (self.intervals.get(place), self.intervals.first()) {
            (Some(interval), _) if interval.from <= frame => interval.value(&self.target, frame),
            (Some(_), Some(first)) => first.value(&self.target, first.from),
            _ => self.last,
        };
        if self.target.is_rotation() {
            normalized(value)
        } else {
            value
        }
    }

    /// Whether the values hold in every interval.
    pub fn holds(&self) -> bool {
        self.intervals.iter().all(Interval::holds)
    }

    /// Whether readers that connect values evenly find it in every interval.
    pub fn is_even(&self) -> bool {
        let even = |interval: &Interval| {
            if self.target.is_rotation() {
                interval.turn.is_some() || interval.holds()
            } else {
                interval.is_straight()
            }
        };
        self.intervals.iter().all(even)
    }

    /// Whether the components of the channel run straight in every interval.
    pub fn is_straight(&self) -> bool {
        self.intervals.iter().all(Interval::is_straight)
    }
}

impl Interval {
    /// Value and slope at a frame.
    pub fn point(&self, target: &Target, frame: f64) -> Point {
        if let Some([from, to]) = self.turn {
            let at = |frame: f64| slerp(from, to, (frame - self.from) / (self.to - self.from));
            let step = (self.to - self.from) * 1e-4;
            let slope = zip(at(frame + step), at(frame - step), |a, b| {
                (a - b) / (2.0 * step)
            });
            return Point {
                value: at(frame),
                slope,
            };
        }
        let jets = || self.parts.iter().map(|part| part.jet(frame));
        let parts = together(jets().map(|jet| jet.value));
        let slopes = together(jets().map(|jet| jet.slope));
        Point {
            value: target.value(parts),
            slope: target.slope(parts, slopes),
        }
    }

    /// The value at a frame.
    pub fn value(&self, target: &Target, frame: f64) -> [f64; 4] {
        if self.turn.is_some() {
            return self.point(target, frame).value;
        }
        let parts = self.parts.iter().map(|part| part.jet(frame).value);
        target.value(together(parts))
    }

    /// Whether nothing moves in it.
    pub fn holds(&self) -> bool {
        self.parts.iter().all(Span::holds)
    }

    fn is_straight(&self) -> bool {
        self.parts.iter().all(Span::is_straight)
    }
}

fn intervals(target: &Target, lanes: &[Lane], spherical: bool) -> Vec<Interval> {
    let mut bounds: Vec<f64> = lanes.iter().flat_map(Lane::bounds).collect();
    bounds.sort_by(f64::total_cmp);
    bounds.dedup_by(|later, earlier| *later - *earlier < SAME);
    let interval = |pair: &[f64]| {
        let &[from, to] = pair else {
            return None;
        };
        let middle = (from + to) / 2.0;
        let parts: Vec<Span> = lanes.iter().map(|lane| lane.piece(middle)).collect();
        let turns = spherical && parts.iter().all(|part| is_whole(part, from, to));
        let end = |frame: f64| {
            let values = parts.iter().map(|part| part.jet(frame).value);
            target.value(together(values))
        };
        let turn = turns.then(|| [end(from), end(to)]);
        Some(Interval {
            from,
            to,
            parts,
            turn,
        })
    };
    bounds.windows(2).filter_map(interval).collect()
}

/// Whether the piece is a whole straight segment between these bounds.
fn is_whole(part: &Span, from: f64, to: f64) -> bool {
    matches!(part.shape, Shape::Line(..))
        && (part.from - from).abs() < SAME
        && (part.to - to).abs() < SAME
}

/// Up to four numbers as one value.
fn together(numbers: impl Iterator<Item = f64>) -> [f64; 4] {
    let mut value = [0.0; 4];
    for (slot, number) in value.iter_mut().zip(numbers) {
        *slot = number;
    }
    value
}
