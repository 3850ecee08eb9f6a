//! One component of a motion: a curve as spans over the whole length of its clip.
//!
//! Within the clip, what lies beyond the curve's keys is written out too: repetitions and slopes that go on.

use crate::eval::fcurve::{base_value, cycles};
use crate::io::gltf_export::shape::{Shape, Span, between};
use crate::model::fcurve::{Cycle, Extrapolation, FCurve};

/// Repetitions of a curve that are written out at most.
const MOST_REPEATS: usize = 10_000;

/// A component over time.
#[derive(Clone, Debug)]
pub struct Lane {
    /// In order of time, without gaps; empty where the component never changes.
    pub spans: Vec<Span>,
    /// Before the first span.
    pub before: f64,
    /// From the end of the last span on.
    pub after: f64,
}

impl Lane {
    /// A component without a curve.
    pub fn still(value: f64) -> Self {
        Self {
            spans: Vec::new(),
            before: value,
            after: value,
        }
    }

    /// A curve within its clip (first and last frame), with at least one key.
    pub fn new(curve: &FCurve, clip: (f64, f64)) -> Self {
        let (Some(first), Some(last)) = (curve.keys.first(), curve.keys.last()) else {
            return Self::still(0.0);
        };
        let pairs = curve.keys.windows(2);
        let own: Vec<Span> = pairs
            .flat_map(|pair| match pair {
                [start, end] => between(start, end, curve.discrete_values),
                _ => Vec::new(),
            })
            .collect();
        let ends = [first.frame(), last.frame()].map(f64::from);
        let [first, last] = [first.value(), last.value()].map(f64::from);
        let mut lane = Self {
            spans: own.clone(),
            before: first,
            after: last,
        };
        lane.go_on(curve, &own, ends, clip.1);
        lane.go_back(curve, &own, ends, clip.0);
        lane
    }

    /// Fills up to the end of the clip.
    fn go_on(&mut self, curve: &FCurve, own: &[Span], ends: [f64; 2], limit: f64) {
        let length = ends[1] - ends[0];
        let mut at = ends[1];
        for _ in 0..MOST_REPEATS {
            let repeats = at < limit && length > 0.0;
            let window = repeats.then(|| repeated(curve, own, at, at + length));
            let Some(window) = window.flatten() else {
                break;
            };
            self.spans.extend(window);
            at += length;
        }
        let end = self.spans.last().map(|span| span.jet(span.to).value);
        if at > ends[1] {
            self.after = end.unwrap_or(self.after);
        }
        if at < limit && goes_on(curve) {
            let span = straight(curve, at, limit);
            self.after = span.jet(limit).value;
            self.spans.push(span);
        }
    }

    /// Fills down to the start of the clip.
    fn go_back(&mut self, curve: &FCurve, own: &[Span], ends: [f64; 2], limit: f64) {
        let length = ends[1] - ends[0];
        let mut at = ends[0];
        for _ in 0..MOST_REPEATS {
            let repeats = at > limit && length > 0.0;
            let window = repeats.then(|| repeated(curve, own, at - length, at));
            let Some(window) = window.flatten() else {
                break;
            };
            self.spans.splice(0..0, window);
            at -= length;
        }
        if at > limit && goes_on(curve) {
            self.spans.insert(0, straight(curve, limit, at));
        }
        if let Some(span) = self.spans.first() {
            self.before = span.jet(span.from).value;
        }
    }

    /// The piece that a moment between two bounds falls into.
    pub fn piece(&self, frame: f64) -> Span {
        let place = self.spans.partition_point(|span| span.to <= frame);
        match self.spans.get(place) {
            Some(span) if span.from <= frame => *span,
            Some(_) => Span::new(f64::MIN, f64::MAX, Shape::Hold(self.before)),
            None => Span::new(f64::MIN, f64::MAX, Shape::Hold(self.after)),
        }
    }

    /// Where its spans meet.
    pub fn bounds(&self) -> impl Iterator<Item = f64> + '_ {
        let first = self.spans.first().map(|span| span.from);
        first
            .into_iter()
            .chain(self.spans.iter().map(|span| span.to))
    }
}

fn goes_on(curve: &FCurve) -> bool {
    curve.extrapolation == Extrapolation::Linear
}

/// The keys once more, where the curve's modifiers repeat them between these frames; none where they do not.
fn repeated(curve: &FCurve, own: &[Span], from: f64, to: f64) -> Option<Vec<Span>> {
    let cycles = |mode: Cycle| mode != Cycle::None;
    let repeats =
        |m: &crate::model::fcurve::Modifier| cycles(m.mode_before) || cycles(m.mode_after);
    if !curve.modifiers.iter().any(repeats) {
        return None;
    }
    let length = to - from;
    let at = |share: f64| inner_time(curve, from + length * share);
    let ((early, offset), (late, _)) = (at(0.25), at(0.75));
    let within = |frame: f64| {
        let ends = own.first().zip(own.last());
        ends.is_some_and(|(first, last)| first.from <= frame && frame <= last.to)
    };
    if !within(early) || !within(late) {
        return None;
    }
    let sign = if late > early { 1.0 } else { -1.0 };
    // Exact where the frames of the curve are: the middle of the window is the middle of the keys.
    let middle = own.first()?.from + own.last()?.to;
    let shift = middle / 2.0 - sign * (from + to) / 2.0;
    let mut spans: Vec<Span> = own
        .iter()
        .map(|span| span.repeated(sign, shift, offset))
        .collect();
    spans.sort_by(|a, b| a.from.total_cmp(&b.from));
    Some(spans)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "frames are stored in 32 bits"
)]
fn inner_time(curve: &FCurve, frame: f64) -> (f64, f64) {
    let (frame, offset) = cycles::inner_time(curve, frame as f32);
    (frame.into(), offset.into())
}

/// The straight line on which a curve goes on beyond its keys.
#[expect(
    clippy::cast_possible_truncation,
    reason = "frames are stored in 32 bits"
)]
fn straight(curve: &FCurve, from: f64, to: f64) -> Span {
    let value = |frame: f64| f64::from(base_value(curve, frame as f32));
    let (start, end) = (value(from), value(to));
    Span::new(from, to, Shape::Line([from, start], [to, end]))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::eval::fcurve;
    use crate::model::fcurve::{Interpolation, Key, Modifier};

    fn curve(before: Cycle, after: Cycle) -> FCurve {
        let key = |frame, value, interpolation| Key {
            interpolation,
            ..Key::new(frame, value)
        };
        FCurve {
            keys: Arc::new(vec![
                key(10.0, 0.0, Interpolation::Linear),
                key(14.0, 3.0, Interpolation::Bezier),
                key(20.0, 1.0, Interpolation::Linear),
            ]),
            modifiers: vec![Modifier {
                mode_before: before,
                mode_after: after,
                ..Modifier::default()
            }],
            ..FCurve::new(Some("bone"), "location", 0)
        }
    }

    fn assert_same(curve: &FCurve) {
        let lane = Lane::new(curve, (-15.0, 55.0));
        for step in 0..139 {
            let frame = -14.77 + f64::from(step) * 0.5;
            let piece = lane.piece(frame);
            let expected = f64::from(fcurve::value(curve, frame as f32));
            let found = piece.jet(frame).value;
            assert!(
                (found - expected).abs() < 1e-4,
                "{frame}: {found} {expected}"
            );
        }
    }

    #[test]
    fn repetitions_are_written_out() {
        for mode in [Cycle::Repeat, Cycle::RepeatOffset, Cycle::Mirror] {
            assert_same(&curve(mode, mode));
            assert_same(&curve(mode, Cycle::None));
            assert_same(&curve(Cycle::None, mode));
        }
    }

    #[test]
    fn slopes_go_on_where_the_curve_says_so() {
        let mut plain = curve(Cycle::None, Cycle::None);
        assert_same(&plain);
        plain.extrapolation = Extrapolation::Linear;
        assert_same(&plain);
    }
}
