//! The frames at which some curves have their keys, and which of their segments a frame falls into.

use std::sync::Arc;

use crate::eval::fcurve::{ON_KEY, cycles};
use crate::model::fcurve::{Cycle, FCurve, Key};

/// Frames that curves share.
///
/// Block 0 lies before the first key, block i from key i−1 to key i, and the last one from the last key on.
#[derive(Debug)]
pub struct Clock {
    /// Of the keys.
    pub frames: Vec<f32>,
    /// One of the curves, for its repetition, where they repeat.
    cyclic: Option<Arc<FCurve>>,
    /// The frame that is asked for, within the keys where the curves repeat.
    pub frame: f32,
    /// The block it falls into.
    pub block: usize,
    /// How far into the block: a share of it between keys, frames (below 0 before) beyond them.
    pub share: f32,
}

impl Clock {
    /// The clock of a curve.
    pub fn of(curve: &Arc<FCurve>) -> Self {
        Self {
            frames: curve.keys.iter().map(Key::frame).collect(),
            cyclic: (!curve.modifiers.is_empty()).then(|| Arc::clone(curve)),
            frame: 0.0,
            block: 0,
            share: 0.0,
        }
    }

    /// Whether a clock can be told for a curve: its repetition adds nothing to its values.
    pub fn fits_any(curve: &FCurve) -> bool {
        let plain = |mode: Cycle| mode != Cycle::RepeatOffset;
        let mut modifiers = curve.modifiers.iter();
        modifiers.all(|modifier| plain(modifier.mode_before) && plain(modifier.mode_after))
    }

    /// Whether a curve goes by this clock.
    pub fn fits(&self, curve: &FCurve) -> bool {
        let modifiers = self
            .cyclic
            .as_ref()
            .map_or(&[][..], |curve| &curve.modifiers);
        self.frames.len() == curve.keys.len()
            && self.frames.last().copied() == curve.keys.last().map(Key::frame)
            && modifiers == curve.modifiers
            && self
                .frames
                .iter()
                .zip(curve.keys.iter())
                .all(|(own, key)| *own == key.frame())
    }

    /// How many blocks there are.
    pub fn blocks(&self) -> usize {
        self.frames.len() + 1
    }

    /// Goes to a frame.
    pub fn set(&mut self, frame: f32) {
        let inner = self
            .cyclic
            .as_ref()
            .map(|curve| cycles::inner_time(curve, frame).0);
        self.frame = inner.unwrap_or(frame);
        (self.block, self.share) = self.find();
    }

    fn find(&self) -> (usize, f32) {
        let (Some(first), Some(last)) = (self.frames.first(), self.frames.last()) else {
            return (0, 0.0);
        };
        if self.frame <= *first {
            return (0, self.frame - first);
        }
        if self.frame >= *last {
            return (self.frames.len(), self.frame - last);
        }
        let after = self.frames.partition_point(|frame| *frame <= self.frame);
        let around = after
            .checked_sub(1)
            .and_then(|before| self.frames.get(before..=after));
        let Some([start, end]) = around else {
            return (0, 0.0);
        };
        if self.frame - start < ON_KEY {
            (after, 0.0)
        } else if end - self.frame < ON_KEY {
            (after + 1, 0.0)
        } else {
            (after, (self.frame - start) / (end - start))
        }
    }
}
