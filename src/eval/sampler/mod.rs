//! The fast path of playback: an action prepared for an armature, so that a frame is little more than a
//! polynomial per curve.
//!
//! Curves whose keys lie at the same frames share a [`clock::Clock`], which finds the segment once for all of
//! them, and stand eight to a [`lanes::Group`], which evaluates them together. Four curves of an evenly
//! turning quaternion are a [`turn::Turn`]. What fits neither (easings, handles that bend time, rounding) is
//! asked of [`fcurve`] curve by curve. The results are those of [`animation`], up to rounding.

mod animator;
mod clock;
mod lanes;
mod prepare;
mod turn;
mod write;

use std::sync::Arc;

use crate::eval::sampler::clock::Clock;
use crate::eval::sampler::lanes::Lanes;
use crate::eval::sampler::turn::Turn;
use crate::eval::sampler::write::Write;
use crate::eval::{animation, fcurve};
use crate::model::action::Action;
use crate::model::armature::Armature;
use crate::model::fcurve::FCurve;
use crate::model::id::BoneId;
use crate::model::pose::Channel;
use crate::model::rig::Rig;

pub use animator::Animator;

/// An action prepared for an armature; keeps its memory from one action to the next.
#[derive(Debug, Default)]
pub struct Sampler {
    known: Option<(Arc<Action>, Arc<Armature>)>,
    clocks: Vec<Clock>,
    lanes: Lanes,
    turns: Vec<Turn>,
    single: Vec<Single>,
    /// Where each curve of the action went.
    places: Vec<Place>,
    /// First those of the lanes, then of the turns, then the single ones.
    values: Vec<f32>,
    writes: Vec<Write>,
    others: Vec<Other>,
}

/// A curve that is evaluated by itself.
#[derive(Debug)]
struct Single {
    curve: Arc<FCurve>,
    at: usize,
}

/// A value that goes elsewhere than to a transform channel of a bone.
#[derive(Debug)]
struct Other {
    bone: Option<BoneId>,
    curve: Arc<FCurve>,
    at: usize,
}

/// Where a curve went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// It moves nothing here.
    Nowhere,
    /// Group and lane.
    Lane(usize, usize),
    /// With three others, or by itself.
    Elsewhere,
}

impl Sampler {
    /// Prepares an action for a rig; does nothing where both are as before.
    pub fn prepare(&mut self, action: &Arc<Action>, armature: &Arc<Armature>) {
        if let Some((known, rigged)) = &self.known
            && Arc::ptr_eq(rigged, armature)
            && (Arc::ptr_eq(known, action) || self.take_changes(action))
        {
            return;
        }
        self.prepare_whole(action, armature);
    }

    /// Calculates every value at a frame of the action.
    pub fn sample(&mut self, frame: f32) {
        for clock in &mut self.clocks {
            clock.set(frame);
        }
        self.lanes.sample(&self.clocks, &mut self.values);
        for turn in &self.turns {
            turn.sample(&self.clocks, frame, &mut self.values);
        }
        let Some((action, _)) = &self.known else {
            return;
        };
        for single in &self.single {
            let value = if single.curve.spherical {
                animation::curve_value(action, &single.curve, frame)
            } else {
                fcurve::value(&single.curve, frame)
            };
            if let Some(slot) = self.values.get_mut(single.at) {
                *slot = value;
            }
        }
    }

    /// Writes the transform channels of bones.
    pub fn write_channels(&self, channels: &mut [Channel]) {
        for write in &self.writes {
            if let Some(channel) = channels.get_mut(write.bone) {
                write.apply(&self.values, channel);
            }
        }
    }

    /// Writes what is no transform channel of a bone.
    pub fn write_others(&self, rig: &mut Rig) {
        for other in &self.others {
            if let Some(&value) = self.values.get(other.at) {
                animation::write(rig, other.bone, &other.curve, value);
            }
        }
    }
}

#[cfg(test)]
mod tests;
