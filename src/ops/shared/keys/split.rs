//! A Bézier segment cut in two by a new key, so that the curve keeps its shape on both sides.

use crate::eval::fcurve::bezier;
use crate::eval::handles;
use crate::model::fcurve::{AutoSmoothing, HandleType, Interpolation, Key};

/// Handles this much off their third are no longer where continuous acceleration puts them, frames.
const OFF_THIRD: f32 = 0.001;

/// The keys on both sides of a place where a key will go.
pub fn around(keys: &mut [Key], place: usize) -> Option<(&mut Key, &mut Key)> {
    let (before, after) = keys.split_at_mut_checked(place)?;
    Some((before.last_mut()?, after.first_mut()?))
}

/// Gives the new key, and the keys on both sides of it, the handles that keep the shape.
///
/// Where the types of all handles tell them where to go, nothing is done. A new automatic key may become
/// an aligned one.
pub fn fit(before: &mut Key, key: &mut Key, after: &mut Key, smoothing: AutoSmoothing) {
    let bezier = [before.interpolation, key.interpolation] == [Interpolation::Bezier; 2];
    let inside = before.frame() < key.frame() && key.frame() < after.frame();
    if !bezier || !inside || places_itself(before, key, after) {
        return;
    }
    let [_, right, left, _] = bezier::points(before, after);
    (before.right, after.left) = (right, left);
    let Some(moved) = cut(before, key, after) else {
        return;
    };
    if handles::is_auto_key(key) && !stays_auto(before, key, after, smoothing) {
        key.left_type = HandleType::Aligned;
        key.right_type = HandleType::Aligned;
    }
    key.left[1] += moved;
    key.right[1] += moved;
}

/// Whether the keys on both sides place the handles between them by type alone.
fn placed_sides(before: &Key, after: &Key) -> [bool; 2] {
    [
        handles::is_auto_key(before) || before.right_type == HandleType::Vector,
        handles::is_auto_key(after) || after.left_type == HandleType::Vector,
    ]
}

/// Whether the new key and its neighbours are placed by type alone.
fn places_itself(before: &Key, key: &Key, after: &Key) -> bool {
    let straight = [key.left_type, key.right_type] == [HandleType::Vector; 2];
    (handles::is_auto_key(key) || straight) && placed_sides(before, after) == [true; 2]
}

fn stays_auto(before: &Key, key: &Key, after: &Key, smoothing: AutoSmoothing) -> bool {
    let third = (key.frame() - before.frame()) / 3.0;
    smoothing == AutoSmoothing::ContAccel
        && placed_sides(before, after) != [false; 2]
        && ((key.frame() - key.left[0]) - third).abs() < OFF_THIRD
}

/// Cuts the segment at the new key (De Casteljau); gives how far the key lies above the curve.
fn cut(before: &mut Key, key: &mut Key, after: &mut Key) -> Option<f32> {
    let times = [before.co[0], before.right[0], after.left[0], after.co[0]].map(f64::from);
    let s = bezier::parameter(times, key.frame().into())?;
    if s <= 0.0 || s >= 1.0 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "values are stored in 32 bits"
    )]
    let mix = |a: [f32; 2], b: [f32; 2]| {
        let mix = |a: f32, b: f32| (f64::from(a) + (f64::from(b) - f64::from(a)) * s) as f32;
        [mix(a[0], b[0]), mix(a[1], b[1])]
    };
    let middle = mix(before.right, after.left);
    before.right = mix(before.co, before.right);
    after.left = mix(after.left, after.co);
    key.left = mix(before.right, middle);
    key.right = mix(middle, after.left);
    Some(key.value() - mix(key.left, key.right)[1])
}
