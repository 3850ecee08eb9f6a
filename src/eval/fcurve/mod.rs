//! The value of an F-curve at a frame, as Blender 4.5 gives it.
//!
//! The way of a frame: repetition ([`cycles`]), then the segment it falls into ([`bezier`], [`easing`]) or
//! what lies beyond the keys, then rounding. Everything is calculated in 64 bits and stored in 32.

pub mod bezier;
pub mod cycles;
pub mod easing;

use crate::eval::fcurve::easing::Segment;
use crate::model::fcurve::{Extrapolation, FCurve, Interpolation, Key};

/// A key this close to a frame gives its value, frames.
pub const ON_KEY: f32 = 1e-4;

/// The value of `curve` at `frame`; 0 for a curve without keys. Mute and spherical curves are evaluated like
/// any other.
pub fn value(curve: &FCurve, frame: f32) -> f32 {
    let (frame, offset) = cycles::inner_time(curve, frame);
    let value = base_value(curve, frame) + offset;
    if curve.int_values {
        (value + 0.5).floor()
    } else {
        value
    }
}

/// The value of the keys alone, without modifiers.
pub fn base_value(curve: &FCurve, frame: f32) -> f32 {
    let keys = curve.keys.as_slice();
    let (Some(first), Some(last)) = (keys.first(), keys.last()) else {
        return 0.0;
    };
    if frame <= first.frame() {
        let slope = outer_slope(curve, first, keys.get(1), first.left);
        return first.value() + slope * (frame - first.frame());
    }
    if frame >= last.frame() {
        let neighbour = keys.len().checked_sub(2).and_then(|i| keys.get(i));
        let slope = outer_slope(curve, last, neighbour, last.right);
        return last.value() + slope * (frame - last.frame());
    }
    let after = place_after(keys, frame);
    let (Some(start), Some(end)) = (keys.get(after.wrapping_sub(1)), keys.get(after)) else {
        return last.value();
    };
    for key in [start, end] {
        if (key.frame() - frame).abs() < ON_KEY {
            return key.value();
        }
    }
    segment_value(start, end, curve.discrete_values, frame)
}

/// The first key after a frame that lies between the first and the last.
///
/// Keys are mostly spaced evenly: one look where it would be then saves the search.
fn place_after(keys: &[Key], frame: f32) -> usize {
    if let (Some(first), Some(last)) = (keys.first(), keys.last()) {
        let steps = keys.len() - 1;
        let share = (frame - first.frame()) / (last.frame() - first.frame());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "a guess, tested below"
        )]
        let before = (share * steps as f32) as usize;
        let around = keys.get(before..before + 2);
        if let Some([start, end]) = around
            && start.frame() <= frame
            && frame < end.frame()
        {
            return before + 1;
        }
    }
    keys.partition_point(|key| key.frame() <= frame)
}

/// The value between two neighbouring keys.
pub fn segment_value(start: &Key, end: &Key, discrete: bool, frame: f32) -> f32 {
    let length = end.frame() - start.frame();
    if discrete || start.interpolation == Interpolation::Constant || length <= 0.0 {
        return start.value();
    }
    match start.interpolation {
        Interpolation::Bezier => bezier::value(start, end, frame),
        Interpolation::Linear => {
            let slope = (end.value() - start.value()) / length;
            start.value() + (frame - start.frame()) * slope
        }
        _ => easing::value(
            start,
            &Segment {
                base: start.value().into(),
                change: f64::from(end.value()) - f64::from(start.value()),
                length: length.into(),
                time: f64::from(frame) - f64::from(start.frame()),
            },
        ),
    }
}

/// The slopes before the first and after the last key, value per frame.
pub fn outer_slopes(curve: &FCurve) -> [f32; 2] {
    let keys = curve.keys.as_slice();
    let (Some(first), Some(last)) = (keys.first(), keys.last()) else {
        return [0.0; 2];
    };
    let neighbour = keys.len().checked_sub(2).and_then(|place| keys.get(place));
    [
        outer_slope(curve, first, keys.get(1), first.left),
        outer_slope(curve, last, neighbour, last.right),
    ]
}

/// The slope beyond an end key, by its neighbour or its outer handle.
fn outer_slope(curve: &FCurve, end: &Key, neighbour: Option<&Key>, outer_handle: [f32; 2]) -> f32 {
    let held = curve.extrapolation == Extrapolation::Constant
        || end.interpolation == Interpolation::Constant
        || curve.discrete_values;
    let other = match (held, end.interpolation) {
        (true, _) => return 0.0,
        (_, Interpolation::Linear) => neighbour.map_or(end.co, |key| key.co),
        _ => outer_handle,
    };
    let run = end.frame() - other[0];
    if run == 0.0 {
        return 0.0;
    }
    (end.value() - other[1]) / run
}
