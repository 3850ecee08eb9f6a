//! The keys of many curves summed up: where there is one, the strongest of them, and whether all curves have it.
//!
//! This is what rows of a time editor draw. It is made anew only where curves changed; see the rows of each
//! editor.

use std::cmp::Reverse;

use crate::model::fcurve::{FCurve, Interpolation, KeyKind, SAME_FRAME};

/// What happens between a key and the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum After {
    /// Something moves, or there is no next key.
    #[default]
    Other,
    /// Every value holds.
    Hold,
    /// Every value changes, but not along a curve shaped by handles.
    Straight,
}

/// The keys of a row at one frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Where.
    pub frame: f32,
    /// The strongest kind.
    pub kind: KeyKind,
    /// Whether any of them is selected.
    pub selected: bool,
    /// Whether every curve of the row has a key here.
    pub whole: bool,
    /// What happens until the next mark.
    pub after: After,
}

/// What a curve does behind its last key that was met.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Span {
    /// Not begun, or over.
    Out,
    Hold,
    Straight,
    Moves,
}

/// A key of one of the curves.
#[derive(Clone, Copy)]
struct At {
    frame: f32,
    curve: usize,
    key: usize,
}

/// How strong a kind is: keys that matter hide those that fill.
fn strength(kind: KeyKind) -> Reverse<u8> {
    Reverse(match kind {
        KeyKind::Keyframe => 0,
        KeyKind::Extreme => 1,
        KeyKind::Breakdown => 2,
        KeyKind::MovingHold => 3,
        KeyKind::Jitter => 4,
        KeyKind::Generated => 5,
    })
}

/// The stronger of two kinds.
pub fn stronger(a: KeyKind, b: KeyKind) -> KeyKind {
    match strength(b) > strength(a) {
        true => b,
        false => a,
    }
}

/// The marks of some curves, in order of time.
pub fn of_curves(curves: &[&FCurve]) -> Vec<Mark> {
    let mut all: Vec<At> = Vec::with_capacity(curves.iter().map(|curve| curve.keys.len()).sum());
    for (curve, data) in curves.iter().enumerate() {
        let keys = data.keys.iter().enumerate();
        all.extend(keys.map(|(key, data)| At {
            frame: data.frame(),
            curve,
            key,
        }));
    }
    // Each curve is in order already: the sort only merges.
    all.sort_by(|a, b| a.frame.total_cmp(&b.frame));
    let mut spans = vec![Span::Out; curves.len()];
    let mut marks: Vec<Mark> = Vec::new();
    let mut rest = all.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.partition_point(|at| at.frame - first.frame < SAME_FRAME);
        let (here, later) = rest.split_at(count.max(1));
        rest = later;
        let mut mark = Mark {
            frame: first.frame,
            kind: KeyKind::Generated,
            selected: false,
            whole: here.len() >= curves.len(),
            after: After::Other,
        };
        for at in here {
            let Some(curve) = curves.get(at.curve) else {
                continue;
            };
            if let Some(key) = curve.keys.get(at.key) {
                mark.kind = stronger(mark.kind, key.kind);
            }
            mark.selected |= curve.selection.keys.contains(at.key);
            if let Some(span) = spans.get_mut(at.curve) {
                *span = span_after(curve, at.key);
            }
        }
        mark.after = together(&spans);
        marks.push(mark);
    }
    marks
}

/// What a curve does between a key and its next.
fn span_after(curve: &FCurve, place: usize) -> Span {
    let (key, next) = (curve.keys.get(place), curve.keys.get(place + 1));
    let (Some(key), Some(next)) = (key, next) else {
        return Span::Out;
    };
    let bezier = key.interpolation == Interpolation::Bezier && !curve.discrete_values;
    let [_, right] = key.right;
    let [_, left] = next.left;
    let level = !bezier || (right == key.value() && left == next.value());
    match () {
        () if key.value() == next.value() && level => Span::Hold,
        () if bezier => Span::Moves,
        () => Span::Straight,
    }
}

/// What all curves do at once.
fn together(spans: &[Span]) -> After {
    let mut busy = spans.iter().filter(|span| **span != Span::Out);
    let Some(first) = busy.next() else {
        return After::Other;
    };
    match first {
        Span::Hold if busy.all(|span| *span == Span::Hold) => After::Hold,
        Span::Straight if busy.all(|span| *span == Span::Straight) => After::Straight,
        _ => After::Other,
    }
}

/// The marks of all rows in one, for the row that sums them up. A frame that one of them has only partly is
/// had partly here.
pub fn of_rows<'a>(rows: impl Iterator<Item = &'a [Mark]>) -> Vec<Mark> {
    let mut all: Vec<Mark> = Vec::new();
    for row in rows {
        all.extend_from_slice(row);
    }
    all.sort_by(|a, b| a.frame.total_cmp(&b.frame));
    let mut sum: Vec<Mark> = Vec::new();
    for mark in all {
        match sum.last_mut() {
            Some(last) if mark.frame - last.frame < SAME_FRAME => {
                last.kind = stronger(last.kind, mark.kind);
                last.selected |= mark.selected;
                last.whole &= mark.whole;
            }
            _ => sum.push(Mark {
                after: After::Other,
                ..mark
            }),
        }
    }
    sum
}

/// The marks that lie between two frames, with one more at either side.
pub fn between(marks: &[Mark], first: f32, last: f32) -> &[Mark] {
    let start = marks.partition_point(|mark| mark.frame < first);
    let end = marks.partition_point(|mark| mark.frame <= last);
    let range = start.saturating_sub(1)..(end + 1).min(marks.len());
    marks.get(range).unwrap_or_default()
}

/// The mark at a frame, if there is one.
pub fn at(marks: &[Mark], frame: f32) -> Option<&Mark> {
    let near = marks.partition_point(|mark| mark.frame < frame - SAME_FRAME);
    let mark = marks.get(near)?;
    ((mark.frame - frame).abs() < SAME_FRAME).then_some(mark)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::fcurve::Key;

    fn curve(keys: &[(f32, f32)]) -> FCurve {
        let mut curve = FCurve::new(Some("arm"), "location", 0);
        let keys = keys.iter().map(|(frame, value)| Key::new(*frame, *value));
        curve.keys = Arc::new(keys.collect());
        curve
    }

    fn frames(marks: &[Mark]) -> Vec<f32> {
        marks.iter().map(|mark| mark.frame).collect()
    }

    #[test]
    fn keys_at_one_frame_become_one_mark() {
        let (a, mut b) = (
            curve(&[(1.0, 0.0), (7.0, 2.0)]),
            curve(&[(7.0, 1.0), (9.0, 1.0)]),
        );
        b.selection.keys.set(0, true);
        let marks = of_curves(&[&a, &b]);
        assert_eq!(frames(&marks), [1.0, 7.0, 9.0]);
        let whole: Vec<bool> = marks.iter().map(|mark| mark.whole).collect();
        assert_eq!(whole, [false, true, false]);
        assert!(marks[1].selected && !marks[2].selected);
    }

    #[test]
    fn the_strongest_kind_is_shown() {
        let (mut a, b) = (curve(&[(1.0, 0.0), (2.0, 0.0)]), curve(&[(1.0, 0.0)]));
        for key in Arc::make_mut(&mut a.keys) {
            key.kind = KeyKind::Breakdown;
        }
        let marks = of_curves(&[&a, &b]);
        assert_eq!(marks[0].kind, KeyKind::Keyframe);
        assert_eq!(marks[1].kind, KeyKind::Breakdown);
        assert_eq!(
            stronger(KeyKind::Jitter, KeyKind::Extreme),
            KeyKind::Extreme
        );
    }

    #[test]
    fn a_hold_needs_every_curve_to_hold() {
        let still = curve(&[(1.0, 3.0), (5.0, 3.0), (9.0, 4.0)]);
        let late = curve(&[(5.0, 0.0), (9.0, 0.0)]);
        let marks = of_curves(&[&still]);
        assert_eq!(marks[0].after, After::Hold);
        assert_eq!(marks[1].after, After::Other);
        assert_eq!(marks[2].after, After::Other);
        // From frame 5 on one of them moves.
        let both = of_curves(&[&still, &late]);
        assert_eq!(both[0].after, After::Hold);
        assert_eq!(both[1].after, After::Other);
        let mut straight = curve(&[(1.0, 0.0), (5.0, 1.0)]);
        Arc::make_mut(&mut straight.keys)[0].interpolation = Interpolation::Linear;
        assert_eq!(of_curves(&[&straight])[0].after, After::Straight);
    }

    #[test]
    fn the_sum_has_every_frame_once() {
        let a = of_curves(&[&curve(&[(1.0, 0.0), (3.0, 0.0)])]);
        let b = of_curves(&[&curve(&[(1.0, 0.0)]), &curve(&[(2.0, 0.0)])]);
        let sum = of_rows([a.as_slice(), b.as_slice()].into_iter());
        assert_eq!(frames(&sum), [1.0, 2.0, 3.0]);
        let whole: Vec<bool> = sum.iter().map(|mark| mark.whole).collect();
        assert_eq!(whole, [false, false, true]);
        assert_eq!(at(&sum, 2.005).map(|mark| mark.frame), Some(2.0));
        assert_eq!(at(&sum, 2.5), None);
        assert_eq!(frames(between(&sum, 2.5, 2.6)), [2.0, 3.0]);
    }
}
