//! A sampler as a file has it, and what a reader makes of it.

use crate::io::gltf_export::target::{normalized, slerp, zip};

/// How a reader goes from key to key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It holds each value.
    Step,
    /// It goes straight, rotations evenly along the shortest way.
    Linear,
    /// It follows a cubic given by tangents.
    Cubic,
}

impl Mode {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Step => "STEP",
            Self::Linear => "LINEAR",
            Self::Cubic => "CUBICSPLINE",
        }
    }
}

/// A sampler.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampler {
    /// How a reader goes from key to key.
    pub mode: Mode,
    /// Whether values are quaternions (`x, y, z, w`), else vectors.
    pub rotation: bool,
    /// Seconds, strictly rising.
    pub times: Vec<f32>,
    /// Of each key the value; of a cubic the tangent before it, the value, the tangent behind it.
    pub values: Vec<f32>,
}

impl Sampler {
    /// How many numbers a value has.
    pub fn width(&self) -> usize {
        if self.rotation { 4 } else { 3 }
    }

    /// Whether every number is one that a file may hold.
    pub fn is_finite(&self) -> bool {
        let mut numbers = self.times.iter().chain(&self.values);
        numbers.all(|number| number.is_finite())
    }

    /// What a reader finds at a time, as the glTF specification says.
    pub fn value(&self, time: f64) -> [f64; 4] {
        let after = self.times.partition_point(|&key| f64::from(key) <= time);
        let last = self.times.len().saturating_sub(1);
        let part = |key: usize, part: usize| self.number(key, part);
        let plain = usize::from(self.mode == Mode::Cubic);
        let Some(before) = after.checked_sub(1) else {
            return part(0, plain);
        };
        if before >= last || self.mode == Mode::Step {
            return part(before.min(last), plain);
        }
        let time_of = |key: usize| self.times.get(key).copied().map_or(0.0, f64::from);
        let length = time_of(after) - time_of(before);
        let u = (time - time_of(before)) / length;
        let (from, to) = (part(before, plain), part(after, plain));
        if self.mode == Mode::Linear {
            return if self.rotation {
                slerp(from, to, u)
            } else {
                zip(from, to, |a, b| a + (b - a) * u)
            };
        }
        let value = hermite((from, part(before, 2)), (to, part(after, 0)), length, u);
        if self.rotation {
            normalized(value)
        } else {
            value
        }
    }

    fn number(&self, key: usize, part: usize) -> [f64; 4] {
        let width = self.width();
        let parts = if self.mode == Mode::Cubic { 3 } else { 1 };
        let start = (key * parts + part) * width;
        let numbers = self.values.get(start..start + width).unwrap_or_default();
        let mut value = [0.0; 4];
        for (slot, number) in value.iter_mut().zip(numbers) {
            *slot = f64::from(*number);
        }
        value
    }
}

/// The cubic between two values with their tangents per unit of time.
pub fn hermite(
    (from, leave): ([f64; 4], [f64; 4]),
    (to, arrive): ([f64; 4], [f64; 4]),
    length: f64,
    u: f64,
) -> [f64; 4] {
    let (u2, u3) = (u * u, u * u * u);
    let ends = zip(from, to, |a, b| {
        a * (2.0 * u3 - 3.0 * u2 + 1.0) + b * (3.0 * u2 - 2.0 * u3)
    });
    let bends = zip(leave, arrive, |a, b| {
        length * (a * (u3 - 2.0 * u2 + u) + b * (u3 - u2))
    });
    zip(ends, bends, |a, b| a + b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cubic_follows_its_tangents() {
        // t³ from 0 to 2: values 0 and 8, tangents 0 and 12.
        let sampler = Sampler {
            mode: Mode::Cubic,
            rotation: false,
            times: vec![0.0, 2.0],
            values: [[0.0; 3], [0.0; 3], [0.0; 3], [12.0; 3], [8.0; 3], [0.0; 3]].concat(),
        };
        for time in [0.5, 1.0, 1.7] {
            assert!((sampler.value(time)[0] - time.powi(3)).abs() < 1e-9);
        }
        assert_eq!((sampler.value(-1.0)[1], sampler.value(3.0)[1]), (0.0, 8.0));
    }

    #[test]
    fn steps_hold() {
        let sampler = Sampler {
            mode: Mode::Step,
            rotation: false,
            times: vec![0.0, 1.0],
            values: vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
        };
        assert_eq!(sampler.value(0.999), [1.0, 2.0, 3.0, 0.0]);
        assert_eq!(sampler.value(1.0), [4.0, 5.0, 6.0, 0.0]);
    }
}
