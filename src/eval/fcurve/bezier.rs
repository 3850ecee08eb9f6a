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
    if is_even(start, end) {
        let s = f64::from(frame - start.co[0]) / f64::from(end.co[0] - start.co[0]);
        return narrow(at_values(start, start.right, end.left, end, s));
    }
    let [p0, p1, p2, p3] = points(start, end);
    let flat = |a: f32, b: f32| (a - b).abs() < FLAT;
    if flat(p0[1], p3[1]) && flat(p1[1], p2[1]) && flat(p2[1], p3[1]) {
        return p0[1];
    }
    let times = [p0[0], p1[0], p2[0], p3[0]].map(f64::from);
    match parameter(times, frame.into()) {
        Some(s) => narrow(at_values(start, p1, p2, end, s)),
        None => 0.0,
    }
}

fn at_values(start: &Key, right: [f32; 2], left: [f32; 2], end: &Key, s: f64) -> f64 {
    at(
        [start.co[1], right[1], left[1], end.co[1]].map(f64::from),
        s,
    )
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "values are stored in 32 bits"
)]
fn narrow(value: f64) -> f32 {
    value as f32
}

/// The cubic through these control values, at a parameter from 0 to 1.
pub fn at([a, b, c, d]: [f64; 4], s: f64) -> f64 {
    let r = 1.0 - s;
    r * r * r * a + 3.0 * r * r * s * b + 3.0 * r * s * s * c + s * s * s * d
}

/// Whether time runs evenly between two keys: both handles are a third of the way long, as continuous
/// acceleration makes them.
pub fn is_even(start: &Key, end: &Key) -> bool {
    let (from, to) = (start.co[0], end.co[0]);
    let slack = 4.0 * f32::EPSILON * from.abs().max(to.abs()) + 1e-6 * (to - from);
    let third = (to - from) * (1.0 / 3.0);
    let near = |handle: f32| (handle - third).abs() <= slack;
    near(start.right[0] - from) && near(to - end.left[0])
}

/// The parameter at which the cubic reaches a time.
pub fn parameter(times: [f64; 4], x: f64) -> Option<f64> {
    let [x0, x1, x2, x3] = times;
    let within = |point: f64| (x0..=x3).contains(&point);
    if x0 < x3 && within(x1) && within(x2) && within(x) {
        let length = x3 - x0;
        return Some(approach(
            [(x1 - x0) / length, (x2 - x0) / length],
            (x - x0) / length,
        ));
    }
    root(times, x)
}

/// The parameter at which a cubic from 0 to 1 reaches `share`. With its inner points from 0 to 1 as well, it
/// never runs backwards: Newton's steps lead there, halving where they leave the known bounds.
fn approach([a, b]: [f64; 2], share: f64) -> f64 {
    // Nearer than this two parameters are one.
    const NEAR: f64 = 1e-12;
    let (c1, c2, c3) = (3.0 * a, 3.0 * (b - 2.0 * a), 1.0 + 3.0 * (a - b));
    let (mut low, mut high) = (0.0, 1.0);
    let mut s = share;
    // Halving alone comes near enough in 40 steps.
    for _ in 0..64 {
        let off = s * (c1 + s * (c2 + s * c3)) - share;
        if off > 0.0 {
            high = s;
        } else {
            low = s;
        }
        let slope = c1 + s * (2.0 * c2 + s * 3.0 * c3);
        let step = s - off / slope;
        let next = if step >= low && step <= high {
            step
        } else {
            (low + high) / 2.0
        };
        if (next - s).abs() < NEAR {
            return next;
        }
        s = next;
    }
    s
}

/// [`parameter`] for a cubic of any shape.
///
/// The roots are tried in the order of Cardano's formula; the first from 0 to 1 counts.
fn root([x0, x1, x2, x3]: [f64; 4], x: f64) -> Option<f64> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_and_formula_find_the_same_parameter() {
        for place in 0..=400 {
            let x = f64::from(place) / 40.0;
            for inner in [
                [0.0, 10.0],
                [10.0, 0.0],
                [3.0, 4.0],
                [0.001, 9.0],
                [9.5, 9.9],
            ] {
                let times = [0.0, inner[0], inner[1], 10.0];
                let found = at(times, parameter(times, x).unwrap());
                assert!((found - x).abs() < 1e-9, "{inner:?} at {x}: {found}");
                let wanted = root(times, x).unwrap();
                let found = parameter(times, x).unwrap();
                assert!(
                    (found - wanted).abs() < 1e-4,
                    "{inner:?} at {x}: {found} {wanted}"
                );
            }
        }
    }
}
