//! One value set at many frames of a curve, in one go.

use std::sync::Arc;

use crate::eval::handles;
use crate::model::bits::BitSet;
use crate::model::fcurve::{FCurve, HandleType, Key, SAME_FRAME};
use crate::ops::shared::keys::Insert;
use crate::ops::shared::keys::insert::{self, mark_values, move_value, record};

/// Sets keys at these frames, which ascend; the frame of `insert` does not count. The curve becomes what it
/// would be if they were set one after the other. Gives how many were set.
pub fn insert_at(curve: &mut FCurve, frames: &[f32], insert: &Insert) -> usize {
    if frames.is_empty() {
        return 0;
    }
    let plain = !(insert.needed || insert.replace || insert.cycle_aware || insert.overwrite);
    let places = Some(&curve.keys)
        .filter(|_| plain)
        .and_then(|keys| places(keys, frames));
    let Some(places) = places else {
        let set = |&&frame: &&f32| insert::insert(curve, &Insert { frame, ..*insert }).is_some();
        return frames.iter().filter(set).count();
    };
    if places.iter().all(|(there, _)| *there) {
        put_over(curve, &places, insert.value);
    } else {
        merge(curve, frames, &places, insert);
    }
    mark_values(curve, insert.values);
    handles::recalculate(curve);
    frames.len()
}

/// For each frame, whether there is a key, and its place or that of the first key behind it; none where
/// setting key after key could place handles in another way than placing all of them at the end does.
fn places(keys: &[Key], frames: &[f32]) -> Option<Vec<(bool, usize)>> {
    let apart = |a: &f32, b: &f32| b - a > 2.0 * SAME_FRAME;
    let in_order = |a: &Key, b: &Key| a.frame() < b.frame();
    if keys.len() < 2 || !frames.is_sorted_by(apart) || !keys.is_sorted_by(in_order) {
        return None;
    }
    let mut after = 0;
    let place = |&frame: &f32| {
        while keys.get(after).is_some_and(|key| key.frame() <= frame) {
            after += 1;
        }
        let near = |place: &usize| {
            let key = keys.get(*place);
            key.is_some_and(|key| (key.frame() - frame).abs() <= SAME_FRAME)
        };
        let there = after.checked_sub(1).filter(near);
        let there = there.or_else(|| Some(after).filter(near));
        (there.is_some(), there.unwrap_or(after))
    };
    let places: Vec<_> = frames.iter().map(place).collect();
    // A key that is added beside free handles cuts a segment, whose shape hangs on what was set before; and
    // handles of two kinds on one key pull at each other.
    let adds = places.iter().any(|(there, _)| !there);
    let settles = |key: &Key| {
        let types = [key.left_type, key.right_type];
        handles::is_auto_key(key)
            || types == [HandleType::Vector; 2]
            || !adds && types == [HandleType::Free; 2]
    };
    keys.iter().all(settles).then_some(places)
}

/// Every frame has its key already.
fn put_over(curve: &mut FCurve, places: &[(bool, usize)], value: f32) {
    let keys = Arc::make_mut(&mut curve.keys);
    for (_, place) in places {
        if let Some(key) = keys.get_mut(*place) {
            move_value(key, value);
        }
    }
    let selection = &mut curve.selection;
    for part in [
        &mut selection.keys,
        &mut selection.left,
        &mut selection.right,
    ] {
        for (_, place) in places {
            part.set(*place, true);
        }
    }
}

/// Keys that are there and new ones, in order of time.
fn merge(curve: &mut FCurve, frames: &[f32], places: &[(bool, usize)], insert: &Insert) {
    let own = record(curve, insert);
    let count = curve.keys.len() + frames.len();
    let mut keys: Vec<Key> = Vec::with_capacity(count);
    // Where each key was, if it stays as it is selected.
    let mut from: Vec<Option<usize>> = Vec::with_capacity(count);
    let mut wanted = frames.iter().zip(places).peekable();
    for (place, key) in curve.keys.iter().enumerate() {
        let mut key = *key;
        let mut source = Some(place);
        while let Some((frame, (there, _))) = wanted.next_if(|(_, (_, at))| *at == place) {
            if *there {
                move_value(&mut key, insert.value);
                source = None;
            } else {
                let before = keys.last().unwrap_or(&key).interpolation;
                keys.push(at_frame(&own, *frame, before));
                from.push(None);
            }
        }
        keys.push(key);
        from.push(source);
    }
    for (frame, _) in wanted {
        let before = keys.last().unwrap_or(&own).interpolation;
        keys.push(at_frame(&own, *frame, before));
        from.push(None);
    }
    curve.keys = Arc::new(keys);
    let selection = &mut curve.selection;
    for part in [
        &mut selection.keys,
        &mut selection.left,
        &mut selection.right,
    ] {
        let old: BitSet = std::mem::take(part);
        let chosen = |from: &Option<usize>| from.is_none_or(|from| old.contains(from));
        let chosen = from.iter().enumerate().filter(|(_, from)| chosen(from));
        *part = chosen.map(|(place, _)| place).collect();
    }
}

fn at_frame(own: &Key, frame: f32, interpolation: crate::model::fcurve::Interpolation) -> Key {
    Key {
        interpolation,
        co: [frame, own.co[1]],
        left: [frame - 1.0, own.left[1]],
        right: [frame + 1.0, own.right[1]],
        ..*own
    }
}
