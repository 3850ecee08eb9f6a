//! A key set in a curve.

use std::sync::Arc;

use crate::eval::fcurve;
use crate::eval::handles::{self, Cyclic};
use crate::model::fcurve::{Cycle, FCurve, Interpolation, Key};
use crate::ops::shared::keys::{Insert, Values, split};

/// Values nearer than this are one.
const SAME_VALUE: f32 = 1.19e-7;

/// Values with fewer 32-bit numbers between them are one.
const SAME_STEPS: u32 = 32;

/// Sets a key; gives its place among the keys, none if it was not set.
pub fn insert(curve: &mut FCurve, insert: &Insert) -> Option<usize> {
    let plan = plan(curve, insert, fcurve::value)?;
    Some(apply(curve, &plan))
}

/// A key that will be set.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    insert: Insert,
    there: Option<usize>,
    cyclic: Option<Cyclic>,
}

/// Decides whether a key is to be set, and where, given what the channel holds at a frame without it.
pub fn plan(
    curve: &FCurve,
    insert: &Insert,
    value_at: impl FnOnce(&FCurve, f32) -> f32,
) -> Option<Plan> {
    let mut insert = *insert;
    let cyclic = handles::cyclic(curve).filter(|_| insert.cycle_aware);
    if cyclic.is_some() {
        (insert.frame, insert.value) = wrapped(curve, insert.frame, insert.value);
    }
    let there = curve.key_at(insert.frame);
    let idle = insert.needed && !is_needed(curve, &insert, there, value_at);
    let plan = Plan {
        insert,
        there,
        cyclic,
    };
    (!idle && (there.is_some() || !insert.replace)).then_some(plan)
}

/// Sets the key; gives its place among the keys.
pub fn apply(curve: &mut FCurve, plan: &Plan) -> usize {
    let insert = &plan.insert;
    // A curve that has keys takes the new one as it is marked before.
    let fresh = curve.keys.is_empty();
    if fresh {
        mark_values(curve, insert.values);
    }
    let place = match plan.there {
        Some(place) => {
            put_over(curve, place, insert);
            if plan.cyclic == Some(Cyclic::Perfect) {
                put_over_other_end(curve, place, insert.value);
            }
            place
        }
        None => add(curve, insert),
    };
    if !fresh {
        mark_values(curve, insert.values);
    }
    select(curve, place);
    handles::recalculate(curve);
    place
}

/// Where a frame outside of a repeating curve falls within it, and the value that gives `value` out there.
pub fn wrapped(curve: &FCurve, frame: f32, value: f32) -> (f32, f32) {
    let (Some(first), Some(last), Some(modifier), Some(_)) = (
        curve.keys.first(),
        curve.keys.last(),
        curve.modifiers.first(),
        handles::cyclic(curve),
    ) else {
        return (frame, value);
    };
    let length = last.frame() - first.frame();
    if length <= 0.0 || (first.frame()..=last.frame()).contains(&frame) {
        return (frame, value);
    }
    let mode = if frame < first.frame() {
        modifier.mode_before
    } else {
        modifier.mode_after
    };
    let turns = ((frame - first.frame()) / length).floor();
    let rise = match mode {
        Cycle::RepeatOffset => last.value() - first.value(),
        _ => 0.0,
    };
    (frame - turns * length, value - turns * rise)
}

fn is_needed(
    curve: &FCurve,
    insert: &Insert,
    there: Option<usize>,
    value_at: impl FnOnce(&FCurve, f32) -> f32,
) -> bool {
    if curve.keys.is_empty() {
        return true;
    }
    match there.and_then(|place| curve.keys.get(place)) {
        Some(key) => key.value() != insert.value,
        None => !is_same(value_at(curve, insert.frame), insert.value),
    }
}

fn is_same(a: f32, b: f32) -> bool {
    let steps = a.to_bits().abs_diff(b.to_bits());
    (a - b).abs() <= SAME_VALUE
        || a.is_sign_negative() == b.is_sign_negative() && steps <= SAME_STEPS
}

pub(super) fn mark_values(curve: &mut FCurve, values: Option<Values>) {
    if let Some(values) = values {
        curve.int_values = matches!(values, Values::Int | Values::Choice);
        curve.discrete_values = matches!(values, Values::Switch | Values::Choice);
    }
}

/// The key as it would stand by itself.
pub(super) fn record(curve: &FCurve, insert: &Insert) -> Key {
    let interpolation = match insert.interpolation {
        _ if curve.discrete_values => Interpolation::Constant,
        Interpolation::Bezier if curve.int_values || curve.spherical => Interpolation::Linear,
        chosen => chosen,
    };
    Key {
        kind: insert.kind,
        interpolation,
        left_type: insert.handles,
        right_type: insert.handles,
        ..Key::new(insert.frame, insert.value)
    }
}

fn put_over(curve: &mut FCurve, place: usize, insert: &Insert) {
    let record = record(curve, insert);
    if let Some(key) = Arc::make_mut(&mut curve.keys).get_mut(place) {
        if insert.overwrite {
            *key = record;
        } else {
            move_value(key, insert.value);
        }
    }
}

/// The other end of a perfect cycle keeps the same value.
fn put_over_other_end(curve: &mut FCurve, place: usize, value: f32) {
    let last = curve.keys.len().saturating_sub(1);
    let other = match place {
        0 => last,
        _ if place == last => 0,
        _ => return,
    };
    if let Some(key) = Arc::make_mut(&mut curve.keys).get_mut(other) {
        move_value(key, value);
    }
    select(curve, other);
}

pub(super) fn move_value(key: &mut Key, value: f32) {
    key.shift(0.0, value - key.value());
    key.co[1] = value;
}

/// Adds a key where there is none at that frame.
fn add(curve: &mut FCurve, insert: &Insert) -> usize {
    let mut key = record(curve, insert);
    let place = curve.keys.partition_point(|key| key.frame() < insert.frame);
    let smoothing = curve.auto_smoothing;
    let keys = Arc::make_mut(&mut curve.keys);
    if keys.len() >= 2 && !insert.replace {
        let neighbour = place
            .checked_sub(1)
            .map_or(keys.first(), |before| keys.get(before));
        if let Some(neighbour) = neighbour {
            key.interpolation = neighbour.interpolation;
        }
        if let Some((before, after)) = split::around(keys, place) {
            split::fit(before, &mut key, after, smoothing);
        }
    }
    keys.insert(place, key);
    let selection = &mut curve.selection;
    for part in [
        &mut selection.keys,
        &mut selection.left,
        &mut selection.right,
    ] {
        part.make_room(place);
    }
    place
}

fn select(curve: &mut FCurve, place: usize) {
    let selection = &mut curve.selection;
    for part in [
        &mut selection.keys,
        &mut selection.left,
        &mut selection.right,
    ] {
        part.set(place, true);
    }
}
