//! A segment shaped by handles: a cubic in time and value, solved for its time.
//!
//! Handles longer than the segment are shortened to it, each on its own; then time never runs backwards, and
//! there is one parameter for each frame.

use crate::model::fcurve::Key;

/// Values closer than this are one.
const FLAT: f32 = 1.19e-7;

/// The four points of the segment between two keys, handles shortened to its length.
pub fn points(start: &Key, end: &Key) -> [[f32; 2]; 4] {
    let (mut right, mut left) = (start.right, end.left);
    let length = end.co[0] - start.co[0];
    let (before, after) = ((start.co[0] - right[0]).abs(), (end.co[0] - left[0]).abs());
    if before + after > 0.0 {
        if before > length {
            right = toward(start.co, right, length / before);
        }
        if after > length {
            left = toward(end.co, left, length / after);
        }
    }
    [start.co, right, left, end.co]
}

fn toward(from: [f32; 2], to: [f32; 2], factor: f32) -> [f32; 2] {
    let along = |axis: usize| {
        let (from, to) = match axis {
            0 => (from[0], to[0]),
            _ => (from[1], to[1]),
        };
        from + (to - from) * factor
    };
    [along(0), along(1)]
}

/// The value at a frame between the two keys.
pub fn value(start: &Key, end: &Key, frame: f32) -> f32 {
    let [p0, p1, p2, p3] = points(start, end);
    let flat = |a: f32, b: f32| (a - b).abs() < FLAT;
    if flat(p0[1], p3[1]) && flat(p1[1], p2[1]) && flat(p2[1], p3[1]) {
        return p0[1];
    }
    let times = [p0[0], p1[0], p2[0], p3[0]].map(f64::from);
    let Some(s) = parameter(times, frame.into()) else {
        return 0.0;
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "values are stored in 32 bits"
    )]
    let value = at([p0[1], p1[1], p2[1], p3[1]].map(f64::from), s) as f32;
    value
}

/// The cubic through these control values, at a parameter from 0 to 1.
pub fn at([a, b, c, d]: [f64; 4], s: f64) -> f64 {
    let r = 1.0 - s;
    r * r * r * a + 3.0 * r * r * s * b + 3.0 * r * s * s * c + s * s * s * d
}

/// The parameter at which the cubic reaches a time.
///
/// The roots are tried in the order of Cardano's formula; the first from 0 to 1 counts.
pub fn parameter([x0, x1, x2, x3]: [f64; 4], x: f64) -> Option<f64> {
    let c0 = x0 - x;
    let c1 = 3.0 * (x1 - x0);
    let c2 = 3.0 * (x0 - 2.0 * x1 + x2);
    let c3 = x3 - x0 + 3.0 * (x1 - x2);
    if c3 == 0.0 {
        return quadratic(c2, c1, c0);
    }
    let a = c2 / c3 / 3.0;
    let p = c1 / c3 / 3.0 - a * a;
    let q = (2.0 * a * a * a - a * (c1 / c3) + c0 / c3) / 2.0;
    let d = q * q + p * p * p;
    if d > 0.0 {
        let root = d.sqrt();
        return first([(-q + root).cbrt() + (-q - root).cbrt() - a]);
    }
    if d == 0.0 {
        let root = (-q).cbrt();
        return first([2.0 * root - a, -root - a]);
    }
    let angle = (-q / (-p * p * p).sqrt()).acos();
    let t = (-p).sqrt();
    let p = (angle / 3.0).cos();
    let q = (3.0 - 3.0 * p * p).sqrt();
    first([2.0 * t * p - a, -t * (p + q) - a, -t * (p - q) - a])
}

fn quadratic(a: f64, b: f64, c: f64) -> Option<f64> {
    if a != 0.0 {
        let p = b * b - 4.0 * a * c;
        if p > 0.0 {
            let p = p.sqrt();
            return first([(-b - p) / (2.0 * a), (-b + p) / (2.0 * a)]);
        }
        return if p == 0.0 {
            first([-b / (2.0 * a)])
        } else {
            None
        };
    }
    if b != 0.0 {
        return first([-c / b]);
    }
    (c == 0.0).then_some(0.0)
}

fn first<const N: usize>(roots: [f64; N]) -> Option<f64> {
    let inside = |root: &f64| (-1e-10..=1.000_001).contains(root);
    roots.into_iter().find(inside)
}
