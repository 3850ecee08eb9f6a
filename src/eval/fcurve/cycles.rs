//! Repetition of a curve before its first and after its last key (the Cycles modifier).

use crate::model::fcurve::{Cycle, FCurve, Modifier, ModifierKind};

/// Where within the keys a frame falls once every repetition is taken off, and what the repetitions add to the
/// value there.
pub fn inner_time(curve: &FCurve, frame: f32) -> (f32, f32) {
    let (mut frame, mut offset) = (frame, 0.0);
    for modifier in curve.modifiers.iter().rev() {
        match modifier.r#type {
            ModifierKind::Cycles => {
                let (inner, added) = repeat(curve, modifier, frame);
                frame = inner;
                offset += added;
            }
        }
    }
    (frame, offset)
}

fn repeat(curve: &FCurve, modifier: &Modifier, frame: f32) -> (f32, f32) {
    let (Some(first), Some(last)) = (curve.keys.first(), curve.keys.last()) else {
        return (frame, 0.0);
    };
    let [f0, f1] = [first.frame(), last.frame()].map(f64::from);
    let x = f64::from(frame);
    let (side, origin, mode, most) = if x < f0 && modifier.mode_before != Cycle::None {
        (-1.0, f0, modifier.mode_before, modifier.cycles_before)
    } else if x > f1 && modifier.mode_after != Cycle::None {
        (1.0, f1, modifier.mode_after, modifier.cycles_after)
    } else {
        return (frame, 0.0);
    };
    let length = f1 - f0;
    if length == 0.0 {
        return (frame, 0.0);
    }
    let turns = (x - origin) / length;
    let count = side * turns;
    if most > 0 && count > f64::from(most) {
        return (frame, 0.0);
    }
    let whole = if side < 0.0 {
        turns.floor()
    } else {
        turns.ceil()
    };
    let change = f64::from(last.value()) - f64::from(first.value());
    let offset = if mode == Cycle::RepeatOffset {
        change * whole
    } else {
        0.0
    };
    let rest = (x - origin) % length;
    let odd = |count: f64| mode == Cycle::Mirror && count.trunc() % 2.0 != 0.0;
    let inner = if rest == 0.0 {
        // Exactly at a joint; a mirrored turn comes back to where it started.
        if (side > 0.0) != odd(count) { f1 } else { f0 }
    } else if odd(count + 1.0) {
        (if side < 0.0 { f0 } else { f1 }) - rest
    } else {
        let inner = f0 + rest;
        if inner < f0 { inner + length } else { inner }
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "frames and values are stored in 32 bits"
    )]
    let found = (inner as f32, offset as f32);
    found
}
