//! An evenly turning quaternion: between two keys a slerp whose angle is known beforehand.

use std::sync::Arc;

use glam::{DVec4, Vec4};

use crate::eval::fcurve;
use crate::eval::sampler::clock::Clock;
use crate::model::fcurve::{FCurve, Interpolation};

/// Smaller angles are straight lines, radians.
const STRAIGHT: f64 = 1e-6;

/// From a key to the next.
#[derive(Clone, Copy, Debug)]
struct Way {
    from: Vec4,
    to: Vec4,
    /// 0 where it is a straight line.
    angle: f32,
    inverse_sine: f32,
}

/// Four curves, components w, x, y, z of one quaternion.
#[derive(Debug)]
pub struct Turn {
    clock: usize,
    curves: [Arc<FCurve>; 4],
    ways: Vec<Way>,
    /// Where its first value goes.
    pub at: usize,
}

impl Turn {
    /// Whether four curves turn together all the way.
    pub fn fits(curves: &[Arc<FCurve>; 4]) -> bool {
        let [first, ..] = curves;
        let alike = |(index, curve): (u32, &Arc<FCurve>)| {
            let ends = curve.keys.len().saturating_sub(1);
            let mut starts = curve.keys.iter().take(ends);
            let clean = curve.modifiers.is_empty() && !curve.mute && !curve.int_values;
            curve.spherical
                && clean
                && curve.index == index
                && curve.bone == first.bone
                && curve.property == first.property
                && curve.keys.len() > 1
                && starts.all(|key| key.interpolation == Interpolation::Linear)
                && curve.keys.len() == first.keys.len()
                && curve
                    .keys
                    .iter()
                    .zip(first.keys.iter())
                    .all(|(a, b)| a.frame() == b.frame())
        };
        (0..4).zip(curves).all(alike)
    }

    /// Prepares four curves that fit.
    pub fn new(clock: usize, curves: [Arc<FCurve>; 4], at: usize) -> Self {
        let count = curves
            .iter()
            .map(|curve| curve.keys.len())
            .min()
            .unwrap_or(0);
        let quaternion = |place: usize| {
            let value = |curve: &Arc<FCurve>| curve.keys.get(place).map_or(0.0, |key| key.value());
            let [w, x, y, z] = &curves;
            let whole = DVec4::new(
                value(w).into(),
                value(x).into(),
                value(y).into(),
                value(z).into(),
            );
            whole.normalize_or_zero()
        };
        let ways = (1..count).map(|place| Way::new(quaternion(place - 1), quaternion(place)));
        Self {
            ways: ways.collect(),
            clock,
            curves,
            at,
        }
    }

    /// Calculates the four values.
    pub fn sample(&self, clocks: &[Clock], frame: f32, values: &mut [f32]) {
        let Some(out) = values.get_mut(self.at..self.at + 4) else {
            return;
        };
        let between = clocks.get(self.clock).and_then(|clock| self.between(clock));
        match between {
            Some(quaternion) => out.copy_from_slice(&quaternion.to_array()),
            None => {
                for (slot, curve) in out.iter_mut().zip(&self.curves) {
                    *slot = fcurve::value(curve, frame);
                }
            }
        }
    }

    fn between(&self, clock: &Clock) -> Option<Vec4> {
        let Some(before) = clock.block.checked_sub(1) else {
            let first = self.ways.first().filter(|_| clock.share == 0.0);
            return first.map(|way| way.at(0.0));
        };
        // A frame that counts as the key after it still ends the way to that key.
        let arriving = clock.frames.get(before) > Some(&clock.frame);
        let (way, share) = match before.checked_sub(1).filter(|_| arriving) {
            Some(earlier) => (earlier, 1.0),
            None => (before, clock.share),
        };
        Some(self.ways.get(way)?.at(share))
    }
}

impl Way {
    fn new(from: DVec4, to: DVec4) -> Self {
        let dot = from.dot(to);
        let to = if dot < 0.0 { -to } else { to };
        let angle = dot.abs().min(1.0).acos();
        let straight = angle < STRAIGHT;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "values are stored in 32 bits"
        )]
        let (own, inverse) = (angle as f32, angle.sin().recip() as f32);
        Self {
            from: from.as_vec4(),
            to: to.as_vec4(),
            angle: if straight { 0.0 } else { own },
            inverse_sine: if straight { 0.0 } else { inverse },
        }
    }

    fn at(&self, share: f32) -> Vec4 {
        if self.angle == 0.0 {
            return self.from.lerp(self.to, share);
        }
        let weight = |share: f32| (share * self.angle).sin() * self.inverse_sine;
        self.from * weight(1.0 - share) + self.to * weight(share)
    }
}
