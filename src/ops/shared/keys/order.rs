//! Keys taken out and put in order, their selection staying with them.

use std::sync::Arc;

use crate::eval::handles;
use crate::model::bits::BitSet;
use crate::model::fcurve::{FCurve, HandleType, Key};

/// Takes keys out; the others keep what they are, and their handles follow.
pub fn remove(curve: &mut FCurve, gone: impl Fn(usize, &Key) -> bool) {
    let keys = curve.keys.iter().enumerate();
    let kept: Vec<usize> = keys
        .filter(|(place, key)| !gone(*place, key))
        .map(|(place, _)| place)
        .collect();
    if kept.len() == curve.keys.len() {
        return;
    }
    rearrange(curve, &kept);
    handles::recalculate(curve);
}

/// Brings keys into the order of time, and handles to their sides; to be followed by
/// [`handles::recalculate`].
///
/// Keys at one frame stay in the order they had.
pub fn sort(curve: &mut FCurve) {
    if !curve.keys.is_sorted_by(|a, b| a.frame() <= b.frame()) {
        let mut order: Vec<usize> = (0..curve.keys.len()).collect();
        let frame = |place: &usize| curve.keys.get(*place).map_or(0.0, Key::frame);
        order.sort_by(|a, b| frame(a).total_cmp(&frame(b)));
        rearrange(curve, &order);
    }
    let crossed = |key: &Key| key.left[0] > key.co[0] || key.right[0] < key.co[0];
    if !curve.keys.iter().any(crossed) {
        return;
    }
    for key in Arc::make_mut(&mut curve.keys) {
        let frame = key.co[0];
        if key.left[0] > frame && key.right[0] < frame {
            std::mem::swap(&mut key.left, &mut key.right);
        } else {
            key.left[0] = key.left[0].min(frame);
            key.right[0] = key.right[0].max(frame);
        }
    }
}

/// Gives handles that were moved without their key, or left behind by it, a type under which they stay.
pub fn settle_types(curve: &mut FCurve) {
    let selection = &curve.selection;
    let mut changed = Vec::new();
    for (place, key) in curve.keys.iter().enumerate() {
        let own = selection.keys.contains(place);
        let sides = [
            selection.left.contains(place),
            selection.right.contains(place),
        ];
        if sides == [own; 2] {
            continue;
        }
        let settled = |handle: HandleType, side: bool| match handle {
            HandleType::Auto | HandleType::AutoClamped => HandleType::Aligned,
            HandleType::Vector if side != own => HandleType::Free,
            other => other,
        };
        let types = [
            settled(key.left_type, sides[0]),
            settled(key.right_type, sides[1]),
        ];
        if types != [key.left_type, key.right_type] {
            changed.push((place, types));
        }
    }
    if changed.is_empty() {
        return;
    }
    let keys = Arc::make_mut(&mut curve.keys);
    for (place, types) in changed {
        if let Some(key) = keys.get_mut(place) {
            [key.left_type, key.right_type] = types;
        }
    }
}

/// Keeps the keys at these places, in this order.
fn rearrange(curve: &mut FCurve, places: &[usize]) {
    let keys = places
        .iter()
        .filter_map(|&place| curve.keys.get(place))
        .copied()
        .collect();
    curve.keys = Arc::new(keys);
    let selection = &mut curve.selection;
    for part in [
        &mut selection.keys,
        &mut selection.left,
        &mut selection.right,
    ] {
        let old: BitSet = std::mem::take(part);
        let places = places.iter().enumerate();
        *part = places
            .filter(|(_, from)| old.contains(**from))
            .map(|(to, _)| to)
            .collect();
    }
}
