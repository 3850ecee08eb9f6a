//! Keys put into a curve and taken out of it, with everything that follows from that: order, handles,
//! selection.

use std::sync::Arc;

use crate::eval::{fcurve, handles};
use crate::model::fcurve::{FCurve, HandleType, Interpolation, Key, KeyKind};

/// A key that is to be set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Insert {
    /// Where, frames of the action.
    pub frame: f32,
    /// What the channel is to hold there.
    pub value: f32,
    /// Only if the curve does not give that value already.
    pub needed: bool,
    /// Only if there is a key at that frame already.
    pub replace: bool,
    /// Keep a repeating curve's ends alike, and wrap frames outside of it.
    pub cycle_aware: bool,
    /// Give a key that is there the type, interpolation and handles of a new one too.
    pub overwrite: bool,
    /// What the new key is for.
    pub kind: KeyKind,
    /// How the handles of a new key are placed.
    pub handles: HandleType,
    /// How the curve runs from a new key.
    pub interpolation: Interpolation,
}

impl Insert {
    /// A key as the user sets one by hand.
    pub fn new(frame: f32, value: f32) -> Self {
        Self {
            frame,
            value,
            needed: false,
            replace: false,
            cycle_aware: false,
            overwrite: false,
            kind: KeyKind::Keyframe,
            handles: HandleType::AutoClamped,
            interpolation: Interpolation::Bezier,
        }
    }
}

/// Sets a key; gives its place among the keys, none if it was not set.
pub fn insert(curve: &mut FCurve, insert: &Insert) -> Option<usize> {
    if insert.needed && fcurve::value(curve, insert.frame) == insert.value && !curve.keys.is_empty()
    {
        return None;
    }
    let there = curve.key_at(insert.frame);
    if insert.replace && there.is_none() {
        return None;
    }
    let place = match there {
        Some(place) => {
            let key = Arc::make_mut(&mut curve.keys).get_mut(place)?;
            key.shift(0.0, insert.value - key.value());
            place
        }
        None => {
            let place = curve.keys.partition_point(|key| key.frame() < insert.frame);
            let key = Key {
                kind: insert.kind,
                interpolation: insert.interpolation,
                left_type: insert.handles,
                right_type: insert.handles,
                ..Key::new(insert.frame, insert.value)
            };
            Arc::make_mut(&mut curve.keys).insert(place, key);
            place
        }
    };
    handles::recalculate(curve);
    Some(place)
}

/// Takes keys out; the others keep what they are, and their handles follow.
pub fn remove(curve: &mut FCurve, gone: impl Fn(usize, &Key) -> bool) {
    let keys = Arc::make_mut(&mut curve.keys);
    let mut place = 0;
    keys.retain(|key| {
        let kept = !gone(place, key);
        place += 1;
        kept
    });
    handles::recalculate(curve);
}
