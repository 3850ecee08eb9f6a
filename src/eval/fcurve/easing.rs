//! Segments that follow a named easing (Penner's equations), from the key's value by its change.

use std::f64::consts::{PI, TAU};

use crate::model::fcurve::{Easing, Interpolation, Key};

/// Where in which segment a value is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Segment {
    /// The value at its start.
    pub base: f64,
    /// How much it changes to its end.
    pub change: f64,
    /// Its length, frames.
    pub length: f64,
    /// Frames since its start.
    pub time: f64,
}

/// The value of an eased segment that starts at `key`.
pub fn value(key: &Key, segment: &Segment) -> f32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "values are stored in 32 bits"
    )]
    let value = exact(key, segment) as f32;
    value
}

/// As [`value`], before it is rounded.
pub fn exact(key: &Key, segment: &Segment) -> f64 {
    let easing = resolved(key.interpolation, key.easing);
    if key.interpolation == Interpolation::Elastic {
        return elastic(segment, easing, key.amplitude.into(), key.period.into());
    }
    let u = segment.time / segment.length;
    segment.base + segment.change * share(key.interpolation, easing, u, key.back.into())
}

/// At which end an easing acts where that is left to the interpolation.
pub fn resolved(interpolation: Interpolation, easing: Easing) -> Easing {
    match (easing, interpolation) {
        (Easing::Auto, Interpolation::Back | Interpolation::Bounce | Interpolation::Elastic) => {
            Easing::Out
        }
        (Easing::Auto, _) => Easing::In,
        (chosen, _) => chosen,
    }
}

/// The share of the change that is done at `u`, 0 to 1 of the segment.
fn share(interpolation: Interpolation, easing: Easing, u: f64, back: f64) -> f64 {
    match interpolation {
        Interpolation::Sine => match easing {
            Easing::In | Easing::Auto => 1.0 - (PI * u / 2.0).cos(),
            Easing::Out => (PI * u / 2.0).sin(),
            Easing::InOut => (1.0 - (PI * u).cos()) / 2.0,
        },
        Interpolation::Quad => power(2, easing, u),
        Interpolation::Cubic => power(3, easing, u),
        Interpolation::Quart => power(4, easing, u),
        Interpolation::Quint => power(5, easing, u),
        Interpolation::Expo => both(easing, u, exponential),
        Interpolation::Circ => both(easing, u, |u| 1.0 - (1.0 - u * u).max(0.0).sqrt()),
        Interpolation::Back => {
            let s = if easing == Easing::InOut {
                back * 1.525
            } else {
                back
            };
            both(easing, u, |u| u * u * ((s + 1.0) * u - s))
        }
        Interpolation::Bounce => both(easing, u, |u| 1.0 - bounce(1.0 - u)),
        Interpolation::Constant => 0.0,
        Interpolation::Linear | Interpolation::Bezier | Interpolation::Elastic => u,
    }
}

/// An easing at either end or both, from its form at the start.
fn both(easing: Easing, u: f64, at_start: impl Fn(f64) -> f64) -> f64 {
    match easing {
        Easing::In | Easing::Auto => at_start(u),
        Easing::Out => 1.0 - at_start(1.0 - u),
        Easing::InOut if u <= 0.5 => at_start(2.0 * u) / 2.0,
        Easing::InOut => 1.0 - at_start(2.0 - 2.0 * u) / 2.0,
    }
}

fn power(exponent: i32, easing: Easing, u: f64) -> f64 {
    both(easing, u, |u| u.powi(exponent))
}

/// Scaled so that it begins at 0 and ends at 1.
fn exponential(u: f64) -> f64 {
    let least = 2f64.powi(-10);
    if u == 0.0 {
        return 0.0;
    }
    ((10.0 * (u - 1.0)).exp2() - least) / (1.0 - least)
}

fn bounce(u: f64) -> f64 {
    let arc = |center: f64, height: f64| {
        let v = u - center / 2.75;
        7.5625 * v * v + height
    };
    if u < 1.0 / 2.75 {
        arc(0.0, 0.0)
    } else if u < 2.0 / 2.75 {
        arc(1.5, 0.75)
    } else if u < 2.5 / 2.75 {
        arc(2.25, 0.9375)
    } else {
        arc(2.625, 0.984_375)
    }
}

/// A spring with swings of this height and this many frames each.
fn elastic(segment: &Segment, easing: Easing, height: f64, period: f64) -> f64 {
    let Segment {
        base,
        change,
        length,
        time,
    } = *segment;
    let u = time / length;
    if time == 0.0 {
        return base;
    }
    if u == 1.0 {
        return base + change;
    }
    let v = match easing {
        Easing::In | Easing::Auto => u - 1.0,
        Easing::Out => -u,
        Easing::InOut => 2.0 * u - 1.0,
    };
    let period = match (period == 0.0, easing) {
        (false, _) => period,
        (true, Easing::InOut) => 0.45 * length,
        (true, _) => 0.3 * length,
    };
    let (mut height, mut fade) = (height, 1.0);
    let shift = if height == 0.0 || height < change.abs() {
        let shift = period / 4.0;
        if change != 0.0 {
            fade = height / change.abs();
            // Near the key the swing is blended out, so that it meets the value.
            let near = (v * length).abs();
            if near < shift {
                let share = near / shift;
                fade = fade * share + (1.0 - share);
            }
        }
        height = change;
        shift
    } else {
        period / TAU * (change / height).asin()
    };
    let wave = |v: f64| height * (10.0 * v).exp2() * ((v * length - shift) * TAU / period).sin();
    match easing {
        Easing::In | Easing::Auto => base - fade * wave(v),
        Easing::Out => base + change + fade * wave(v),
        Easing::InOut if v < 0.0 => base - 0.5 * fade * wave(v),
        Easing::InOut => base + change + 0.5 * fade * wave(-v),
    }
}
