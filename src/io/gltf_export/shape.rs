//! The form of a curve between two neighbouring places in time: value and slope at any frame, in 64 bits.
//!
//! A span is smooth inside: where an easing has a corner, it is two spans.

use crate::eval::fcurve::bezier;
use crate::eval::fcurve::easing::{self, Segment};
use crate::model::fcurve::{Easing, Interpolation, Key};

/// Handles this close to the thirds of their segment are at the thirds, as a share of its length.
const THIRD: f64 = 2e-5;

/// A value and how fast it changes, per frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet {
    /// The value.
    pub value: f64,
    /// Its change per frame.
    pub slope: f64,
}

/// How a curve runs.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// It stays.
    Hold(f64),
    /// A straight line through two points, frame and value.
    Line([f64; 2], [f64; 2]),
    /// A cubic of time: the frames of both ends, and its values as a Bézier's.
    Cubic([f64; 2], [f64; 4]),
    /// A cubic in time and value, by handles that are not at the thirds.
    Bezier([f64; 4], [f64; 4]),
    /// An easing from the key at which it starts.
    Eased(Key, Segment),
}

/// A piece of a curve.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Where it starts, frames.
    pub from: f64,
    /// Where it ends, frames.
    pub to: f64,
    /// How it runs, in the frames of its shape.
    pub shape: Shape,
    /// The shape's frame is this times the frame…
    pub sign: f64,
    /// …and this.
    pub shift: f64,
    /// Added to the value.
    pub offset: f64,
}

impl Span {
    /// A shape where it stands.
    pub fn new(from: f64, to: f64, shape: Shape) -> Self {
        Self {
            from,
            to,
            shape,
            sign: 1.0,
            shift: 0.0,
            offset: 0.0,
        }
    }

    /// Value and slope at a frame of the span.
    pub fn jet(&self, frame: f64) -> Jet {
        let at = |frame: f64| self.sign * frame + self.shift;
        let ends = (at(self.from), at(self.to));
        let ends = (ends.0.min(ends.1), ends.0.max(ends.1));
        let jet = self.shape.jet(at(frame), ends);
        Jet {
            value: jet.value + self.offset,
            slope: jet.slope * self.sign,
        }
    }

    /// Whether it stays.
    pub fn holds(&self) -> bool {
        matches!(self.shape, Shape::Hold(_))
    }

    /// Whether it is straight.
    pub fn is_straight(&self) -> bool {
        matches!(self.shape, Shape::Hold(_) | Shape::Line(..))
    }

    /// The same piece repeated: its shape runs on, or backwards, elsewhere.
    pub fn repeated(&self, sign: f64, shift: f64, offset: f64) -> Self {
        let outer = |inner: f64| (inner - shift) * sign;
        let (a, b) = (outer(self.from), outer(self.to));
        Self {
            from: a.min(b),
            to: a.max(b),
            shape: self.shape,
            sign,
            shift,
            offset: self.offset + offset,
        }
    }
}

impl Shape {
    fn jet(&self, frame: f64, ends: (f64, f64)) -> Jet {
        match *self {
            Self::Hold(value) => Jet { value, slope: 0.0 },
            Self::Line(from, to) => {
                let slope = (to[1] - from[1]) / (to[0] - from[0]);
                let value = from[1] + slope * (frame - from[0]);
                Jet { value, slope }
            }
            Self::Cubic([start, end], values) => {
                let length = end - start;
                let s = ((frame - start) / length).clamp(0.0, 1.0);
                let value = bezier::at(values, s);
                let slope = change(values, s) / length;
                Jet { value, slope }
            }
            Self::Bezier(times, values) => bezier_jet(times, values, frame, ends),
            Self::Eased(ref key, segment) => {
                let value = |frame: f64| {
                    let time = (frame - f64::from(key.frame())).clamp(0.0, segment.length);
                    easing::exact(key, &Segment { time, ..segment })
                };
                Jet {
                    value: value(frame),
                    slope: slope_within(value, frame, ends),
                }
            }
        }
    }
}

/// The change of a cubic per unit of its parameter.
fn change([a, b, c, d]: [f64; 4], s: f64) -> f64 {
    let r = 1.0 - s;
    3.0 * (r * r * (b - a) + 2.0 * r * s * (c - b) + s * s * (d - c))
}

fn bezier_jet(times: [f64; 4], values: [f64; 4], frame: f64, ends: (f64, f64)) -> Jet {
    let [start, .., end] = times;
    let parameter = |frame: f64| {
        let plain = (frame - start) / (end - start);
        bezier::parameter(times, frame)
            .unwrap_or(plain)
            .clamp(0.0, 1.0)
    };
    let value = |frame: f64| bezier::at(values, parameter(frame));
    let s = parameter(frame);
    let run = change(times, s);
    // Where a handle has no length, time stands still for a moment: the slope is that of its neighbourhood.
    let slope = if run > (end - start) * 1e-3 {
        change(values, s) / run
    } else {
        slope_within(value, frame, ends)
    };
    Jet {
        value: bezier::at(values, s),
        slope,
    }
}

/// The slope of a smooth function, found without leaving the piece.
fn slope_within(value: impl Fn(f64) -> f64, at: f64, (from, to): (f64, f64)) -> f64 {
    let step = (to - from) * 1e-4;
    if step <= 0.0 {
        return 0.0;
    }
    let one_sided = |step: f64| {
        (4.0 * value(at + step) - value(at + 2.0 * step) - 3.0 * value(at)) / (2.0 * step)
    };
    if at - step < from {
        one_sided(step)
    } else if at + step > to {
        one_sided(-step)
    } else {
        (value(at + step) - value(at - step)) / (2.0 * step)
    }
}

/// The spans between two neighbouring keys.
pub fn between(start: &Key, end: &Key, discrete: bool) -> Vec<Span> {
    let [from, to] = [start.frame(), end.frame()].map(f64::from);
    let one = |shape: Shape| vec![Span::new(from, to, shape)];
    if to <= from {
        return Vec::new();
    }
    let [base, last] = [start.value(), end.value()].map(f64::from);
    match start.interpolation {
        _ if discrete => one(Shape::Hold(base)),
        Interpolation::Constant => one(Shape::Hold(base)),
        Interpolation::Linear => one(Shape::Line([from, base], [to, last])),
        Interpolation::Bezier => one(handled(start, end)),
        _ => {
            let segment = Segment {
                base,
                change: last - base,
                length: to - from,
                time: 0.0,
            };
            let shape = Shape::Eased(*start, segment);
            let corners = corners(start);
            let bounds: Vec<f64> = std::iter::once(from)
                .chain(corners.iter().map(|u| from + u * (to - from)))
                .chain(std::iter::once(to))
                .collect();
            let pairs = bounds.windows(2);
            pairs
                .filter_map(|pair| match pair {
                    [a, b] => Some(Span::new(*a, *b, shape)),
                    _ => None,
                })
                .collect()
        }
    }
}

fn handled(start: &Key, end: &Key) -> Shape {
    let points = bezier::points(start, end);
    let times = points.map(|point| f64::from(point[0]));
    let values = points.map(|point| f64::from(point[1]));
    let [a, b, c, d] = times;
    let length = d - a;
    let third = |at: f64, share: f64| (at - (a + length * share)).abs() < length * THIRD;
    let [from, one, two, to] = values;
    if from == one && one == two && two == to {
        Shape::Hold(from)
    } else if third(b, 1.0 / 3.0) && third(c, 2.0 / 3.0) {
        Shape::Cubic([a, d], values)
    } else {
        Shape::Bezier(times, values)
    }
}

/// Where an easing has corners, as shares of its segment.
fn corners(key: &Key) -> Vec<f64> {
    const BOUNCES: [f64; 3] = [1.0 / 2.75, 2.0 / 2.75, 2.5 / 2.75];
    let easing = easing::resolved(key.interpolation, key.easing);
    let bounces = key.interpolation == Interpolation::Bounce;
    match easing {
        Easing::Out if bounces => BOUNCES.to_vec(),
        Easing::In if bounces => BOUNCES.iter().rev().map(|u| 1.0 - u).collect(),
        Easing::InOut if bounces => {
            let first = BOUNCES.iter().rev().map(|u| (1.0 - u) / 2.0);
            let second = BOUNCES.iter().map(|u| 0.5 + u / 2.0);
            first.chain([0.5]).chain(second).collect()
        }
        Easing::InOut => vec![0.5],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(interpolation: Interpolation) -> (Key, Key) {
        let mut start = Key::new(10.0, 2.0);
        start.interpolation = interpolation;
        (start, Key::new(20.0, 5.0))
    }

    #[test]
    fn handles_at_the_thirds_make_a_cubic_of_time() {
        let (mut start, mut end) = keys(Interpolation::Bezier);
        start.right = [10.0 + 10.0 / 3.0, 4.0];
        end.left = [20.0 - 10.0 / 3.0, 5.0];
        let spans = between(&start, &end, false);
        assert!(matches!(spans[0].shape, Shape::Cubic(..)));
        // The handle rises 2 within a third of ten frames.
        assert!((spans[0].jet(10.0).slope - 0.6).abs() < 1e-9);
        assert_eq!(spans[0].jet(20.0).slope, 0.0);
    }

    #[test]
    fn slopes_are_those_of_the_values() {
        for interpolation in [
            Interpolation::Bezier,
            Interpolation::Sine,
            Interpolation::Back,
            Interpolation::Bounce,
        ] {
            let (mut start, end) = keys(interpolation);
            start.right = [14.5, 4.0];
            for span in between(&start, &end, false) {
                let middle = (span.from + span.to) / 2.0;
                let step = (span.to - span.from) * 1e-3;
                let rise = span.jet(middle + step).value - span.jet(middle - step).value;
                let slope = span.jet(middle).slope;
                assert!((rise / (2.0 * step) - slope).abs() < 1e-4 * (1.0 + slope.abs()));
            }
        }
    }

    #[test]
    fn a_piece_played_backwards_falls_where_it_rose() {
        let (start, end) = keys(Interpolation::Linear);
        let span = between(&start, &end, false)[0].repeated(-1.0, 40.0, 1.0);
        assert_eq!((span.from, span.to), (20.0, 30.0));
        assert_eq!(span.jet(20.0).value, 6.0);
        assert!((span.jet(30.0).slope + 0.3).abs() < 1e-9);
    }
}
