//! A motion as keys of a file: exactly where glTF has the form for it, else with as many keys as keep to a
//! tolerance.
//!
//! Values that hold are steps, straight ones and even turns stay so, everything else becomes cubics: exact
//! ones for cubics of time, and for all other forms cubics through their own values and slopes, halved until
//! they fit. A jump among other motion is two keys a moment apart.

use crate::io::gltf_export::motion::{Interval, Motion, Point};
use crate::io::gltf_export::sampler::{Mode, Sampler, hermite};
use crate::io::gltf_export::target::{angle, length, normalized, shortest_angle, slerp, zip};

/// How long a jump takes, seconds.
const JUMP: f64 = 1e-4;

/// The largest turn between two keys, radians: beyond a half turn readers take the other way.
const WIDEST: f64 = 120.0 * std::f64::consts::PI / 180.0;

/// How often a piece is halved at most.
const MOST_HALVINGS: u32 = 12;

/// Places at which a piece is compared with the motion.
const SAMPLES: u32 = 16;

/// How frames become seconds.
#[derive(Clone, Copy, Debug)]
pub struct Timing<'a> {
    /// The frame of second 0.
    pub start: f64,
    /// Frames per second.
    pub fps: f64,
    /// Times that the file has already, rising: a time next to one of them is that one.
    pub known: &'a [f32],
}

impl Timing<'_> {
    /// The second of a frame.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "files hold numbers of 32 bits"
    )]
    pub fn seconds(&self, frame: f64) -> f32 {
        let time = ((frame - self.start) / self.fps) as f32;
        let after = self.known.partition_point(|&known| known < time);
        let near = |&known: &f32| (known - time).abs() <= 1e-6 * (1.0 + time.abs());
        let beside = [after.checked_sub(1), Some(after)].into_iter().flatten();
        let mut known = beside.filter_map(|place| self.known.get(place).copied());
        known.find(near).unwrap_or(time).max(0.0)
    }
}

/// A sampler, and how far it is from the motion.
#[derive(Clone, Debug)]
pub struct Written {
    /// The sampler.
    pub sampler: Sampler,
    /// The largest deviation: radians, or the length of a vector.
    pub error: f64,
}

/// A key in the making.
struct Knot {
    frame: f64,
    arrive: [f64; 4],
    value: [f64; 4],
    leave: [f64; 4],
}

/// The keys of a motion, no further from it than `tolerance` (radians, or the length of a vector).
pub fn write(motion: &Motion, timing: &Timing, tolerance: f64) -> Written {
    let with = |mode: Mode| {
        let maker = Maker {
            motion,
            mode,
            tolerance,
            jump: JUMP * timing.fps,
        };
        sampler(motion, mode, &maker.knots(), timing)
    };
    let sampler = if motion.holds() {
        let jumps = || with(Mode::Step);
        if motion.steps {
            jumps()
        } else {
            level_or(jumps(), || with(Mode::Linear))
        }
    } else if motion.is_even() {
        with(Mode::Linear)
    } else if !motion.target.is_linear() && motion.is_straight() {
        let (straight, cubic) = (with(Mode::Linear), with(Mode::Cubic));
        let fewer = straight.times.len() <= cubic.times.len();
        if fewer { straight } else { cubic }
    } else {
        with(Mode::Cubic)
    };
    let error = deviation(motion, &sampler, timing);
    Written { sampler, error }
}

/// The steps where there are any, else the other form: a level line is no step.
fn level_or(steps: Sampler, other: impl FnOnce() -> Sampler) -> Sampler {
    let width = steps.width();
    let mut values = steps.values.chunks(width);
    let first = values.next();
    if values.all(|value| Some(value) == first) {
        other()
    } else {
        steps
    }
}

struct Maker<'a> {
    motion: &'a Motion,
    mode: Mode,
    tolerance: f64,
    /// How long a jump takes, frames.
    jump: f64,
}

impl Maker<'_> {
    fn knots(&self) -> Vec<Knot> {
        let mut knots: Vec<Knot> = Vec::new();
        let intervals = &self.motion.intervals;
        for (place, interval) in intervals.iter().enumerate() {
            let next = intervals.get(place + 1);
            self.add(&mut knots, interval, next);
        }
        let end = intervals.last().map_or(self.motion.start, |last| last.to);
        let still = Point {
            value: self.motion.last,
            slope: [0.0; 4],
        };
        self.join(&mut knots, end, still);
        knots
    }

    /// Adds the keys of an interval, its end left to the one that follows.
    fn add(&self, knots: &mut Vec<Knot>, interval: &Interval, next: Option<&Interval>) {
        let target = &self.motion.target;
        let start = interval.point(target, interval.from);
        let sign = self.join(knots, interval.from, start);
        if self.mode == Mode::Step {
            return;
        }
        let follows = next.map_or(self.motion.last, |next| next.value(target, next.from));
        let end = interval.value(target, interval.to);
        let to = if self.differ(end, follows) {
            interval.to - self.jump.min((interval.to - interval.from) / 4.0)
        } else {
            interval.to
        };
        let mut frames = Vec::new();
        self.divide(interval, (interval.from, to), MOST_HALVINGS, &mut frames);
        for frame in frames {
            let point = interval.point(target, frame);
            let signed = |value: [f64; 4]| value.map(|n| n * sign);
            knots.push(Knot {
                frame,
                arrive: signed(point.slope),
                value: signed(point.value),
                leave: signed(point.slope),
            });
        }
    }

    /// Where a new piece starts: on the key that the last one ended with, or beyond a jump. Gives the sign
    /// that keeps its rotations next to those before.
    fn join(&self, knots: &mut Vec<Knot>, frame: f64, start: Point) -> f64 {
        let last = knots.last_mut();
        let dot = last.as_ref().map_or(1.0, |last| {
            zip(last.value, start.value, |a, b| a * b)
                .iter()
                .sum::<f64>()
        });
        let turned = self.motion.target.is_rotation() && dot < 0.0;
        let sign = if turned { -1.0 } else { 1.0 };
        let [value, slope] = [start.value, start.slope].map(|value| value.map(|n| n * sign));
        if let Some(last) = last {
            if self.mode != Mode::Step && !self.differ(last.value, value) {
                // Beside a jump that is too small to matter, time goes on to the end of the interval.
                last.frame = frame;
                last.leave = slope;
                return sign;
            }
            last.leave = [0.0; 4];
        }
        knots.push(Knot {
            frame,
            arrive: [0.0; 4],
            value,
            leave: slope,
        });
        sign
    }

    /// Whether going from one value to the other is a jump.
    fn differ(&self, a: [f64; 4], b: [f64; 4]) -> bool {
        let apart = if self.motion.target.is_rotation() {
            shortest_angle(normalized(a), normalized(b))
        } else {
            length(zip(a, b, |a, b| a - b))
        };
        apart > self.tolerance * 0.02
    }

    /// The frames of the keys after the first that a piece needs.
    fn divide(
        &self,
        interval: &Interval,
        (from, to): (f64, f64),
        halvings: u32,
        frames: &mut Vec<f64>,
    ) {
        if halvings > 0 && !self.fits(interval, from, to) {
            let middle = (from + to) / 2.0;
            self.divide(interval, (from, middle), halvings - 1, frames);
            self.divide(interval, (middle, to), halvings - 1, frames);
        } else {
            frames.push(to);
        }
    }

    fn fits(&self, interval: &Interval, from: f64, to: f64) -> bool {
        let target = &self.motion.target;
        let [start, end] = [from, to].map(|frame| unit(target, interval.point(target, frame)));
        let rotation = target.is_rotation();
        if rotation && angle(start.value, end.value) > WIDEST {
            return false;
        }
        (1..SAMPLES).all(|step| {
            let u = f64::from(step) / f64::from(SAMPLES);
            let found = match self.mode {
                Mode::Cubic => hermite(
                    (start.value, start.slope),
                    (end.value, end.slope),
                    to - from,
                    u,
                ),
                _ if rotation => slerp(start.value, end.value, u),
                _ => zip(start.value, end.value, |a, b| a + (b - a) * u),
            };
            let wanted = interval.value(target, from + (to - from) * u);
            distance(rotation, found, wanted) <= self.tolerance
        })
    }
}

/// A rotation at unit length, its slope along with it; vectors as they are.
fn unit(target: &crate::io::gltf_export::target::Target, point: Point) -> Point {
    let size = length(point.value);
    if !target.is_rotation() || size == 0.0 {
        return point;
    }
    Point {
        value: point.value.map(|n| n / size),
        slope: point.slope.map(|n| n / size),
    }
}

fn distance(rotation: bool, a: [f64; 4], b: [f64; 4]) -> f64 {
    if rotation {
        shortest_angle(normalized(a), normalized(b))
    } else {
        length(zip(a, b, |a, b| a - b))
    }
}

fn sampler(motion: &Motion, mode: Mode, knots: &[Knot], timing: &Timing) -> Sampler {
    let rotation = motion.target.is_rotation();
    let width = if rotation { 4 } else { 3 };
    let mut times: Vec<f32> = Vec::with_capacity(knots.len());
    let mut values = Vec::new();
    for knot in knots {
        let mut time = timing.seconds(knot.frame);
        if let Some(last) = times.last() {
            time = time.max(last.next_up());
        }
        times.push(time);
        let size = if rotation { length(knot.value) } else { 1.0 };
        let size = if size == 0.0 { 1.0 } else { size };
        let mut put = |value: [f64; 4], factor: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "files hold numbers of 32 bits"
            )]
            let numbers = value.map(|n| (n * factor / size) as f32);
            values.extend(numbers.into_iter().take(width));
        };
        if mode == Mode::Cubic {
            put(knot.arrive, timing.fps);
        }
        put(knot.value, 1.0);
        if mode == Mode::Cubic {
            put(knot.leave, timing.fps);
        }
    }
    Sampler {
        mode,
        rotation,
        times,
        values,
    }
}

/// How far the sampler is from the motion at most, measured between all its keys.
fn deviation(motion: &Motion, sampler: &Sampler, timing: &Timing) -> f64 {
    let mut most = 0.0f64;
    for pair in sampler.times.windows(2) {
        let [from, to] = [pair.first(), pair.last()].map(|t| t.copied().map_or(0.0, f64::from));
        if to - from <= JUMP * 1.5 {
            continue;
        }
        for step in 0..SAMPLES {
            let time = from + (to - from) * (f64::from(step) + 0.5) / f64::from(SAMPLES);
            let wanted = motion.value(time * timing.fps + timing.start);
            most = most.max(distance(sampler.rotation, sampler.value(time), wanted));
        }
    }
    most
}
