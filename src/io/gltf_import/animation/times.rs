//! Times of keys: seconds of the file become frames, and the frame rate is guessed from their spacing.

use std::collections::BTreeMap;
use std::rc::Rc;

use gltf::Document;

use crate::io::gltf_import::accessor::{Accessors, Integers};
use crate::io::gltf_import::place::{Fault, Within};

/// Frames per second that are tried, the first that fits counts.
const RATES: [f64; 10] = [
    24.0,
    30.0,
    25.0,
    60.0,
    50.0,
    48.0,
    24_000.0 / 1001.0,
    30_000.0 / 1001.0,
    60_000.0 / 1001.0,
    120.0,
];

/// What is taken where no rate fits.
pub const FALLBACK: f32 = 24.0;

/// The highest rate that is guessed from the spacing alone.
const HIGHEST: f64 = 240.0;

/// Share of the times that must lie on whole frames.
const MOST: f64 = 0.95;

/// A key this close to a whole frame is on it, frames.
const ON_FRAME: f64 = 1e-3;

/// Beyond this frame the numbers of frames are not exact any more.
const LAST_FRAME: f64 = 1e7;

/// The times of a sampler.
#[derive(Debug)]
pub struct Times {
    /// As the file has them, ascending.
    pub secs: Vec<f32>,
    /// Which keys of the file they are, where not all of them are kept.
    pub kept: Option<Vec<usize>>,
    /// How many keys the file has.
    pub count: usize,
}

impl Times {
    /// The frames at a rate; every one is above the one before.
    pub fn frames(&self, fps: f32) -> Result<Vec<f32>, Fault> {
        let mut frames: Vec<f32> = Vec::with_capacity(self.secs.len());
        let mut before = f32::NEG_INFINITY;
        for &secs in &self.secs {
            let exact = f64::from(secs) * f64::from(fps);
            if exact.abs() > LAST_FRAME {
                return Err(format!("the time {secs} is too far out"));
            }
            let whole = exact.round();
            let near = (exact - whole).abs() < ON_FRAME;
            #[expect(clippy::cast_possible_truncation, reason = "within the limit above")]
            let frame = if near { whole } else { exact } as f32;
            before = if frame > before {
                frame
            } else {
                before.next_up()
            };
            frames.push(before);
        }
        Ok(frames)
    }
}

/// Reads accessors of times, each one once.
pub struct Clock<'a> {
    document: &'a Document,
    accessors: &'a Accessors<'a>,
    read: BTreeMap<usize, Result<Rc<Times>, Fault>>,
}

impl<'a> Clock<'a> {
    /// A clock that has read nothing yet.
    pub fn new(document: &'a Document, accessors: &'a Accessors<'a>) -> Self {
        Self {
            document,
            accessors,
            read: BTreeMap::new(),
        }
    }

    /// The times that an accessor holds.
    pub fn times(&mut self, accessor: usize) -> Result<Rc<Times>, Fault> {
        if let Some(known) = self.read.get(&accessor) {
            return known.clone();
        }
        let times = self.read_times(accessor).map(Rc::new);
        self.read.insert(accessor, times.clone());
        times
    }

    fn read_times(&self, index: usize) -> Result<Times, Fault> {
        let accessor = self.document.accessors().nth(index);
        let accessor = accessor.ok_or_else(|| format!("accessor {index} does not exist"))?;
        let rows = self.accessors.floats::<1>(&accessor, Integers::AsFlagged)?;
        let secs: Vec<f32> = rows.into_iter().map(|[secs]| secs).collect();
        checked(secs).within(format_args!("accessor {index}"))
    }

    /// What is odd about the times that were read, a line each.
    pub fn oddities(&self) -> impl Iterator<Item = String> {
        let read = self.read.iter();
        let good = read.filter_map(|(index, times)| Some((index, times.as_ref().ok()?)));
        good.flat_map(|(index, times)| {
            let repeated = times.kept.is_some().then(|| {
                format!(
                    "accessor {index}: has several keys at one time; the first and the last count"
                )
            });
            let early = times.secs.first().is_some_and(|&first| first < 0.0);
            let negative = early.then(|| format!("accessor {index}: has keys before time 0"));
            repeated.into_iter().chain(negative)
        })
    }

    /// The frame rate whose frames the times lie on.
    pub fn rate(&self) -> f32 {
        let good = self.read.values().filter_map(|times| times.as_ref().ok());
        let secs: Vec<f64> = good
            .flat_map(|times| times.secs.iter().copied().map(f64::from))
            .filter(|secs| *secs > 0.0)
            .collect();
        guess(&secs)
    }
}

/// Passes if the times are finite and never go back. Of several at one time the first and the last are kept.
fn checked(secs: Vec<f32>) -> Result<Times, Fault> {
    if secs.is_empty() {
        return Err("has no times".to_owned());
    }
    if let Some(key) = secs.iter().position(|secs| !secs.is_finite()) {
        return Err(format!("the time of key {key} is not a finite number"));
    }
    if let Some(key) = secs.windows(2).position(|pair| pair.first() > pair.last()) {
        return Err(format!(
            "times are not in order: key {} is before key {key}",
            key + 1
        ));
    }
    let count = secs.len();
    if secs.windows(2).all(|pair| pair.first() < pair.last()) {
        return Ok(Times {
            secs,
            kept: None,
            count,
        });
    }
    let same = |a: Option<usize>, b: usize| a.and_then(|a| secs.get(a)) == secs.get(b);
    let inner = |&key: &usize| same(key.checked_sub(1), key) && same(Some(key + 1), key);
    let kept: Vec<usize> = (0..count).filter(|key| !inner(key)).collect();
    Ok(Times {
        secs: kept
            .iter()
            .filter_map(|&key| secs.get(key).copied())
            .collect(),
        kept: Some(kept),
        count,
    })
}

fn guess(secs: &[f64]) -> f32 {
    let fits = |rate: f64| {
        let on_frame = |&&secs: &&f64| {
            let frame = secs * rate;
            // A file rounds its times to 32 bits, and often sums them up before.
            (frame - frame.round()).abs() < 2e-4 + frame * 2e-6
        };
        let count = secs.iter().filter(on_frame).count();
        count as f64 >= secs.len() as f64 * MOST
    };
    let step = secs.iter().copied().fold(f64::INFINITY, f64::min);
    let spaced = (1.0 / step).round();
    let spaced = (1.0..=HIGHEST).contains(&spaced).then_some(spaced);
    let mut rates = RATES.into_iter().chain(spaced);
    let found = rates.find(|&rate| fits(rate)).filter(|_| !secs.is_empty());
    #[expect(clippy::cast_possible_truncation, reason = "a rate of the list above")]
    let rate = found.map_or(FALLBACK, |rate| rate as f32);
    rate
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(rate: f64, frames: impl Iterator<Item = u32>) -> f32 {
        let secs: Vec<f64> = frames
            .map(|frame| f64::from((f64::from(frame) / rate) as f32))
            .collect();
        guess(&secs)
    }

    #[test]
    fn the_rate_is_guessed_from_the_spacing() {
        for rate in [24.0, 30.0, 25.0, 60.0, 50.0, 120.0, 90.0, 72.0] {
            assert_eq!(at(rate, 1..200), rate as f32, "{rate}");
        }
        for rate in [24_000.0 / 1001.0, 30_000.0 / 1001.0, 60_000.0 / 1001.0] {
            assert_eq!(at(rate, 1..200), rate as f32);
        }
        // Key poses apart say little: half a second is on frames of all, and film comes first.
        assert_eq!(guess(&[0.5, 1.0, 3.5]), 24.0);
        assert_eq!(guess(&[0.1234, 0.777, 1.91]), FALLBACK);
        assert_eq!(guess(&[]), FALLBACK);
    }

    #[test]
    fn keys_land_on_whole_frames_and_stay_apart() {
        let times = |secs: &[f32]| checked(secs.to_vec()).unwrap();
        let frames = times(&[0.0, 1.0 / 30.0, 16.2 / 30.0, 1000.0 / 30.0])
            .frames(30.0)
            .unwrap();
        assert_eq!((frames[0], frames[1], frames[3]), (0.0, 1.0, 1000.0));
        assert!((frames[2] - 16.2).abs() < 1e-5);
        let close = times(&[1.0, 1.000_000_1, 2.0]).frames(30.0).unwrap();
        assert!(close[0] < close[1] && close[1] < 30.001);
        assert!(times(&[1e30]).frames(30.0).is_err());
    }

    #[test]
    fn bad_times_are_refused_and_repeated_ones_thinned_out() {
        assert!(checked(vec![]).is_err());
        assert!(checked(vec![0.0, f32::NAN]).is_err());
        assert!(
            checked(vec![0.0, 1.0, 0.5])
                .unwrap_err()
                .contains("key 2 is before key 1")
        );
        let times = checked(vec![0.0, 0.0, 0.0, 1.0, 2.0, 2.0]).unwrap();
        assert_eq!(times.kept, Some(vec![0, 2, 3, 4, 5]));
        assert_eq!((times.secs.len(), times.count), (5, 6));
    }
}
