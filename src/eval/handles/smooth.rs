//! Continuous acceleration: the automatic handles of neighbouring keys, found together so that the
//! acceleration does not jump at any of them.
//!
//! The keys are cut into runs from one key that is not free to the next. The unknown of a key is how far its
//! right handle lies above it; the left one mirrors the slope.

use crate::eval::handles::system::{self, Equation, Row};
use crate::eval::handles::{is_auto, is_auto_key};
use crate::model::fcurve::{HandleType, Key};

/// Moves the automatic handles of keys that are not settled. `meet`: first and last key see each other.
pub fn apply(keys: &mut [Key], settled: &[bool], meet: bool) {
    let free = |keys: &[Key], place: usize| {
        keys.get(place).is_some_and(is_auto_key) && settled.get(place) == Some(&false)
    };
    let last = keys.len().saturating_sub(1);
    let mut run = Run::default();
    let start = if meet && free(keys, 0) {
        match (0..=last).find(|&place| !free(keys, place)) {
            Some(place) => place,
            None => {
                run.collect(keys, 0, last, true);
                run.solve(keys, settled);
                return;
            }
        }
    } else {
        0
    };
    // Around the end, the last key stands for the first one too.
    let place_of = |step: usize| {
        let place = start + step;
        if place > last { place - last } else { place }
    };
    let mut from = 0;
    while from < last {
        let inner = |step: &usize| free(keys, place_of(*step));
        let to = (from + 1..last).find(|step| !inner(step)).unwrap_or(last);
        run.collect(keys, start + from, to - from, false);
        run.solve(keys, settled);
        from = to;
    }
}

/// A key of a run.
#[derive(Clone, Copy, Debug, Default)]
struct Knot {
    /// Which key.
    place: usize,
    /// It is the last key, standing for the first one too.
    joint: bool,
    /// A handle is clamped.
    clamped: bool,
    /// Frames and value from the knot before.
    step: [f64; 2],
    /// The step after in proportion to the step before.
    ratio: f64,
}

/// Keys whose handles hang together.
#[derive(Debug, Default)]
struct Run {
    knots: Vec<Knot>,
    rows: Vec<Row>,
    /// The run is the whole curve, and its end is its start.
    ring: bool,
}

/// How an end of a run counts.
#[derive(Clone, Copy, Debug)]
enum End {
    /// Its handle is found.
    Solved,
    /// Its handle is given: how high it is, and what it adds to the neighbour's own factor.
    Fixed(f64, f64),
}

impl Run {
    /// Takes `steps + 1` keys from `start` on, going around the end.
    fn collect(&mut self, keys: &[Key], start: usize, steps: usize, ring: bool) {
        let last = keys.len().saturating_sub(1);
        self.ring = ring;
        self.knots.clear();
        let mut before: Option<[f32; 2]> = None;
        for step in 0..=steps {
            let around = start + step > last;
            let place = if around {
                start + step - last
            } else {
                start + step
            };
            let Some(key) = keys.get(place) else { return };
            let joint = !ring && !around && place == last && step < steps;
            let other = keys.first().filter(|_| joint);
            let way = before.map_or([0.0; 2], |before| {
                [0, 1].map(|axis| part(key.co, axis) - part(before, axis))
            });
            before = Some(other.map_or(key.co, |first| first.co));
            self.knots.push(Knot {
                place,
                joint,
                clamped: is_clamped(key) || other.is_some_and(is_clamped),
                step: way,
                ratio: 1.0,
            });
        }
        self.close_ring();
        let mut after: Option<f64> = None;
        let count = self.knots.len();
        for (place, knot) in self.knots.iter_mut().enumerate().rev() {
            let inner = ring || place > 0 && place + 1 < count;
            if let Some(after) = after.filter(|_| inner) {
                knot.ratio = after / knot.step[0];
            }
            after = Some(knot.step[0]);
        }
        if let Some(ratio) = self.knots.first().map(|knot| knot.ratio).filter(|_| ring) {
            self.knots
                .last_mut()
                .into_iter()
                .for_each(|knot| knot.ratio = ratio);
        }
    }

    /// In a ring, what comes before the first knot is what comes before the last.
    fn close_ring(&mut self) {
        let step = self.knots.last().map(|knot| knot.step);
        if let (true, Some(step), Some(first)) = (self.ring, step, self.knots.first_mut()) {
            first.step = step;
        }
    }

    fn solve(&mut self, keys: &mut [Key], settled: &[bool]) {
        let count = self.knots.len();
        let (Some(&first), Some(&last)) = (self.knots.first(), self.knots.last()) else {
            return;
        };
        let ends = if self.ring {
            [End::Solved; 2]
        } else {
            let start = self.end(keys, settled, &first, true);
            [start, self.end(keys, settled, &last, false)]
        };
        let alike = matches!(
            ends,
            [End::Solved, End::Solved] | [End::Fixed(..), End::Fixed(..)]
        );
        if count < 2 || count == 2 && !self.ring && alike {
            return;
        }
        self.build(ends);
        if system::solve(&mut self.rows) {
            self.write(keys, ends);
        }
    }

    /// What an end of the run says; `start`: the handle after it counts, else the one before.
    fn end(&self, keys: &[Key], settled: &[bool], knot: &Knot, start: bool) -> End {
        let Some(key) = keys.get(knot.place) else {
            return End::Solved;
        };
        let (handle, kind, at_end) = if start {
            (key.right, key.right_type, knot.place == 0)
        } else {
            let at_end = knot.place + 1 == keys.len();
            (key.left, key.left_type, at_end)
        };
        let open = at_end && is_auto(kind) && settled.get(knot.place) == Some(&false);
        if kind == HandleType::Vector || open {
            return End::Solved;
        }
        let neighbour = if start {
            self.knots.get(1)
        } else {
            self.knots.last()
        };
        let length = neighbour.map_or(1.0, |knot| knot.step[0]);
        let side = if start { 1.0 } else { -1.0 };
        let [mut run, mut rise] =
            [0, 1].map(|axis| (part(handle, axis) - part(key.co, axis)) * side);
        let fit = length / (run + length / 3.0);
        if fit < 1.0 {
            run *= fit;
            rise *= fit;
        }
        End::Fixed(rise, 1.0 - 3.0 * run / length)
    }

    fn build(&mut self, [start, end]: [End; 2]) {
        let count = self.knots.len();
        self.rows.clear();
        let mut rest = self.knots.iter().enumerate().peekable();
        while let Some((place, knot)) = rest.next() {
            let after = rest.peek().map(|(_, knot)| **knot);
            let inner = self.ring || place > 0 && place + 1 < count;
            let equation = match (inner, place, start, end) {
                (true, ..) => continuous(knot, after),
                (_, 0, End::Solved, _) => after.map_or(Equation::known(0.0), |after| Equation {
                    before: 0.0,
                    own: 2.0,
                    after: 1.0 / after.ratio,
                    sum: after.step[1],
                }),
                (_, 0, End::Fixed(rise, _), _) | (_, _, _, End::Fixed(rise, _)) => {
                    Equation::known(rise)
                }
                (_, _, _, End::Solved) => Equation {
                    after: 0.0,
                    own: 2.0 * knot.ratio,
                    ..continuous(knot, None)
                },
            };
            let mut row = Row::new(equation);
            if knot.clamped {
                let left = (self.ring || place > 0).then_some(knot.step[1] * knot.ratio);
                let right = after.map(|after| after.step[1]);
                left.into_iter()
                    .chain(right)
                    .for_each(|way| keep_within(&mut row, way));
            }
            self.rows.push(row);
        }
        if self.ring {
            self.drop_last_row();
        }
        let stretch = |end: End| match end {
            End::Solved => 0.0,
            End::Fixed(_, stretch) => stretch,
        };
        if let (Some(knot), Some(row)) = (self.knots.get(1), self.rows.get_mut(1)) {
            row.equation.own += knot.ratio * stretch(start);
        }
        if let Some(row) = count
            .checked_sub(2)
            .and_then(|place| self.rows.get_mut(place))
        {
            row.equation.own += stretch(end);
        }
    }

    /// In a ring, the last key is the first: one row for both, within the limits of both.
    fn drop_last_row(&mut self) {
        let last = self.rows.pop();
        let clamped = self.knots.last().is_some_and(|knot| knot.clamped);
        if let (Some(last), Some(first), true) = (last, self.rows.first_mut(), clamped) {
            first.low = first.low.max(last.low);
            first.high = first.high.min(last.high);
        }
    }

    fn write(&self, keys: &mut [Key], [start, end]: [End; 2]) {
        let last_key = keys.len().saturating_sub(1);
        let count = self.knots.len();
        for (place, (knot, row)) in self.knots.iter().zip(&self.rows).enumerate() {
            let (mut left, mut right) = (Some(knot.place), Some(knot.place));
            if knot.joint {
                right = Some(0);
            } else if self.ring && place == 0 {
                left = Some(last_key);
            } else if place == 0 {
                left = None;
                right = right.filter(|_| matches!(start, End::Solved));
            } else if place + 1 == count {
                right = None;
                left = left.filter(|_| matches!(end, End::Solved));
            }
            if let Some(key) = left.and_then(|place| keys.get_mut(place)) {
                let at_end = left == Some(0) || left == Some(last_key);
                write_left(key, row.value / knot.ratio, at_end);
            }
            if let Some(key) = right.and_then(|place| keys.get_mut(place)) {
                let at_end = right == Some(0) || right == Some(last_key);
                write_right(key, row.value, at_end);
            }
        }
    }
}

fn part(point: [f32; 2], axis: usize) -> f64 {
    f64::from(if axis == 0 { point[0] } else { point[1] })
}

fn is_clamped(key: &Key) -> bool {
    [key.left_type, key.right_type].contains(&HandleType::AutoClamped)
}

/// The acceleration before a knot is the one after it.
fn continuous(knot: &Knot, after: Option<Knot>) -> Equation {
    let square = knot.ratio * knot.ratio;
    let (ratio_after, rise) = after.map_or((1.0, 0.0), |after| (after.ratio, after.step[1]));
    Equation {
        before: square,
        own: 2.0 * (knot.ratio + 1.0),
        after: 1.0 / ratio_after,
        sum: knot.step[1] * square + rise,
    }
}

/// A handle of a clamped key goes the way of its neighbour, and not past it.
fn keep_within(row: &mut Row, way: f64) {
    if way >= 0.0 {
        row.low = row.low.max(0.0);
        row.high = row.high.min(way);
    }
    if way <= 0.0 {
        row.low = row.low.max(way);
        row.high = row.high.min(0.0);
    }
}

fn is_placed(handle: HandleType) -> bool {
    is_auto(handle) || handle == HandleType::Vector
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "values are stored in 32 bits"
)]
fn write_left(key: &mut Key, fall: f64, at_end: bool) {
    if is_placed(key.left_type) {
        key.left[1] = (f64::from(key.co[1]) - fall) as f32;
        key.right = partner(key.co, key.left, key.right, key.right_type, at_end);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "values are stored in 32 bits"
)]
fn write_right(key: &mut Key, rise: f64, at_end: bool) {
    if is_placed(key.right_type) {
        key.right[1] = (f64::from(key.co[1]) + rise) as f32;
        key.left = partner(key.co, key.right, key.left, key.left_type, at_end);
    }
}

/// Where the other handle of a key goes when one was written.
fn partner(
    center: [f32; 2],
    written: [f32; 2],
    other: [f32; 2],
    kind: HandleType,
    at_end: bool,
) -> [f32; 2] {
    let away = [center[0] - written[0], center[1] - written[1]];
    let factor = if kind == HandleType::Aligned {
        let length = (center[0] - other[0]).hypot(center[1] - other[1]);
        length / away[0].hypot(away[1])
    } else if at_end && is_placed(kind) {
        1.0
    } else {
        return other;
    };
    [center[0] + away[0] * factor, center[1] + away[1] * factor]
}
