//! Handles found from the neighbouring keys (`AUTO`, `AUTO_CLAMPED`, `VECTOR`) or kept in line (`ALIGNED`).
//!
//! Two passes: each key by itself with a look at its neighbours (here), then, for continuous acceleration,
//! the automatic keys between two fixed ones together ([`smooth`]). Keys that the first pass makes flat are
//! *settled*: the second leaves them alone. Calculated in 32 bits, since "flat" is an exact comparison.

mod smooth;
mod system;

use std::sync::Arc;

use crate::model::bits::BitSet;
use crate::model::fcurve::{
    AutoSmoothing, Cycle, Extrapolation, FCurve, HandleType, Key, ModifierKind,
};

/// Least distance of a handle from its key, frames.
const LEAST: f32 = 0.001;

/// Makes an automatic handle about as long as a circle's through evenly spaced keys.
const ROUND: f32 = 2.5614;

/// An automatic handle looks at most this many times as far to one side as to the other.
const UNEVEN: f32 = 5.0;

/// Shorter handles have no direction.
const SHORT: f32 = 1e-5;

/// How a curve repeats without end, if it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cyclic {
    /// Each turn equals the one before.
    Perfect,
    /// Each turn goes on from where the one before ended.
    Offset,
}

/// Whether a curve repeats without end on both sides, by its first modifier.
pub fn cyclic(curve: &FCurve) -> Option<Cyclic> {
    let first = curve.modifiers.first()?;
    let endless =
        first.r#type == ModifierKind::Cycles && first.cycles_before == 0 && first.cycles_after == 0;
    let both = |wanted: &[Cycle]| {
        endless && wanted.contains(&first.mode_before) && wanted.contains(&first.mode_after)
    };
    if both(&[Cycle::Repeat]) {
        Some(Cyclic::Perfect)
    } else {
        both(&[Cycle::Repeat, Cycle::RepeatOffset]).then_some(Cyclic::Offset)
    }
}

/// Whether a handle is placed by its neighbours, smoothly.
pub fn is_auto(handle: HandleType) -> bool {
    matches!(handle, HandleType::Auto | HandleType::AutoClamped)
}

/// Whether both handles of a key are automatic.
pub fn is_auto_key(key: &Key) -> bool {
    is_auto(key.left_type) && is_auto(key.right_type)
}

/// Brings every handle of a curve to where its type asks for; to be called after any change of keys.
///
/// The keys must be in order of time. A single key keeps its handles.
pub fn recalculate(curve: &mut FCurve) {
    if curve.keys.len() < 2 {
        return;
    }
    let rules = Rules::of(curve);
    let keys = Arc::make_mut(&mut curve.keys);
    let settled = first_pass(keys, &curve.selection.left, rules);
    if rules.accelerate {
        smooth::apply(keys, &settled, rules.meet);
    }
}

/// What the handles of a curve go by, beside their types.
#[derive(Clone, Copy, Debug)]
struct Rules {
    /// Continuous acceleration is wanted.
    accelerate: bool,
    /// The ends are flat where they are automatic.
    flat_ends: bool,
    /// First and last key see each other.
    meet: bool,
}

impl Rules {
    fn of(curve: &FCurve) -> Self {
        let ends = [curve.keys.first(), curve.keys.last()];
        let meet = cyclic(curve).is_some() && ends.into_iter().flatten().all(is_auto_key);
        Self {
            accelerate: curve.auto_smoothing == AutoSmoothing::ContAccel,
            flat_ends: !meet && curve.extrapolation == Extrapolation::Constant,
            meet,
        }
    }
}

/// Every key by itself; gives the keys that are settled.
fn first_pass(keys: &mut [Key], left_selected: &BitSet, rules: Rules) -> Vec<bool> {
    let count = keys.len();
    let mut settled = vec![false; count];
    let (mut before, after_last) = beyond_ends(keys, rules.meet);
    for place in 0..count {
        let next = keys.get(place + 1).map(|key| key.co);
        let next = next.or(after_last);
        let Some(key) = keys.get_mut(place) else {
            break;
        };
        keep_sides(key);
        let mut flat = place_handles(key, before, next, rules.accelerate);
        align(key, left_selected.contains(place));
        let end = place == 0 || place + 1 == count;
        if rules.flat_ends && end && is_auto_key(key) {
            flatten(key);
            flat = true;
        }
        let again = before.is_some_and(|before| before[0] >= key.co[0]);
        before = Some(key.co);
        set(&mut settled, Some(place), flat || again);
        if again {
            set(&mut settled, place.checked_sub(1), true);
        }
    }
    let joint = [0, count.saturating_sub(1)];
    let held = |place: &usize| settled.get(*place) == Some(&true);
    if rules.meet && joint.iter().any(held) {
        for place in joint {
            if let Some(key) = keys.get_mut(place) {
                flatten(key);
            }
            set(&mut settled, Some(place), true);
        }
    }
    settled
}

fn set(marks: &mut [bool], place: Option<usize>, value: bool) {
    if let Some(mark) = place.and_then(|place| marks.get_mut(place)) {
        *mark = value;
    }
}

/// What stands before the first and after the last key of a curve whose ends see each other.
fn beyond_ends(keys: &[Key], meet: bool) -> (Option<[f32; 2]>, Option<[f32; 2]>) {
    let (Some(first), Some(last)) = (keys.first(), keys.last()) else {
        return (None, None);
    };
    let moved = |place: usize, from: &Key, to: &Key| {
        let key = keys.get(place).filter(|_| meet)?;
        let along = |own: f32, from: f32, to: f32| own + (to - from);
        Some([
            along(key.co[0], from.co[0], to.co[0]),
            along(key.co[1], from.co[1], to.co[1]),
        ])
    };
    let second_last = keys.len().saturating_sub(2);
    (moved(second_last, last, first), moved(1, first, last))
}

/// Keeps each handle on its side of the key; curves of more than one key are read from a file like this.
pub fn keep_sides(key: &mut Key) {
    key.left[0] = key.left[0].min((key.co[0] - LEAST).next_down());
    key.right[0] = key.right[0].max((key.co[0] + LEAST).next_up());
}

fn flatten(key: &mut Key) {
    key.left[1] = key.co[1];
    key.right[1] = key.co[1];
}

fn from_to(from: [f32; 2], to: [f32; 2]) -> [f32; 2] {
    [to[0] - from[0], to[1] - from[1]]
}

fn offset(from: [f32; 2], along: [f32; 2], factor: f32) -> [f32; 2] {
    [from[0] + along[0] * factor, from[1] + along[1] * factor]
}

/// Places automatic and vector handles; whether that made the key flat.
fn place_handles(
    key: &mut Key,
    before: Option<[f32; 2]>,
    after: Option<[f32; 2]>,
    accelerate: bool,
) -> bool {
    let mirrored = |other: [f32; 2]| offset(key.co, from_to(other, key.co), 1.0);
    let (Some(previous), Some(next)) = (
        before.or(after.map(mirrored)),
        after.or(before.map(mirrored)),
    ) else {
        return false;
    };
    let (back, ahead) = (from_to(previous, key.co), from_to(key.co, next));
    let mut flat = false;
    if is_auto(key.left_type) || is_auto(key.right_type) {
        place_auto(key, back, ahead, accelerate);
        if before.is_some() && after.is_some() {
            flat = clamp(key, previous[1], next[1]);
        }
    }
    if key.left_type == HandleType::Vector {
        key.left = offset(key.co, back, -1.0 / 3.0);
    }
    if key.right_type == HandleType::Vector {
        key.right = offset(key.co, ahead, 1.0 / 3.0);
    }
    flat
}

/// Automatic handles: along the mean direction of the ways to both neighbours.
fn place_auto(key: &mut Key, back: [f32; 2], ahead: [f32; 2], accelerate: bool) {
    let run = |way: [f32; 2]| if way[0] == 0.0 { 1.0 } else { way[0] };
    let (mut left, mut right) = (run(back), run(ahead));
    let along = [
        ahead[0] / right + back[0] / left,
        ahead[1] / right + back[1] / left,
    ];
    let length = if accelerate {
        6.0
    } else {
        left = left.min(UNEVEN * right);
        right = right.min(UNEVEN * left);
        along[0] * ROUND
    };
    if length == 0.0 {
        return;
    }
    if is_auto(key.left_type) {
        key.left = offset(key.co, along, -left / length);
    }
    if is_auto(key.right_type) {
        key.right = offset(key.co, along, right / length);
    }
}

/// Keeps clamped handles between the values of the neighbours; whether the key is an extreme, and flat.
fn clamp(key: &mut Key, previous: f32, next: f32) -> bool {
    let clamped = |handle: HandleType| handle == HandleType::AutoClamped;
    let (left, right) = (clamped(key.left_type), clamped(key.right_type));
    let (before, after) = (previous - key.co[1], next - key.co[1]);
    if before <= 0.0 && after <= 0.0 || before >= 0.0 && after >= 0.0 {
        if left {
            key.left[1] = key.co[1];
        }
        if right {
            key.right[1] = key.co[1];
        }
        return left || right;
    }
    let passes = |handle: f32, limit: f32, way: f32| {
        if way <= 0.0 {
            handle < limit
        } else {
            handle > limit
        }
    };
    let left_passes = left && passes(key.left[1], previous, before);
    let right_passes = right && passes(key.right[1], next, after);
    if left_passes {
        key.left[1] = previous;
    }
    if right_passes {
        key.right[1] = next;
    }
    let (left_run, right_run) = (key.left[0] - key.co[0], key.co[0] - key.right[0]);
    if left_passes {
        key.right[1] = key.co[1] + (key.co[1] - key.left[1]) / left_run * right_run;
    } else if right_passes {
        key.left[1] = key.co[1] + (key.co[1] - key.right[1]) / right_run * left_run;
    }
    false
}

/// Turns aligned handles into one line; their lengths stay.
///
/// The one that is not being moved by hand follows the other.
fn align(key: &mut Key, left_selected: bool) {
    let aligned = |handle: HandleType| handle == HandleType::Aligned;
    let (left, right) = (aligned(key.left_type), aligned(key.right_type));
    if !(left || right) || [key.left_type, key.right_type].contains(&HandleType::Free) {
        return;
    }
    let length = |to: [f32; 2]| {
        let way = from_to(key.co, to);
        let length = way[0].hypot(way[1]);
        if length == 0.0 { 1.0 } else { length }
    };
    let (left_length, right_length) = (length(key.left), length(key.right));
    let turn_left = |key: &mut Key| {
        if left && right_length > SHORT {
            let way = from_to(key.co, key.right);
            key.left = offset(key.co, way, -left_length / right_length);
        }
    };
    let turn_right = |key: &mut Key| {
        if right && left_length > SHORT {
            let way = from_to(key.co, key.left);
            key.right = offset(key.co, way, -right_length / left_length);
        }
    };
    if left_selected {
        turn_right(key);
        turn_left(key);
    } else {
        turn_left(key);
        turn_right(key);
    }
}

#[cfg(test)]
mod tests;
