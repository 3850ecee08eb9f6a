//! Keys put into a curve and taken out of it, with everything that follows from that: order, handles,
//! selection.
//!
//! [`insert`] works on a curve by itself, [`insert_at`] at many frames of it; [`insert_in`] on an action, where it makes curve and group if need be
//! and keeps the four curves of an evenly turning quaternion together. New keys are selected, the selection of
//! the others stays with them.

mod action;
mod batch;
mod insert;
mod order;
mod split;

use crate::model::fcurve::{HandleType, Interpolation, KeyKind};

pub use action::{channel, insert_in, remove_in};
pub use batch::insert_at;
pub use insert::{insert, wrapped};
pub use order::{remove, settle_types, sort};

/// What kind of values a property holds; its curve rounds or holds them accordingly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Any number.
    Float,
    /// A number without fraction.
    Int,
    /// On or off.
    Switch,
    /// One of a list.
    Choice,
}

/// A key that is to be set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Insert {
    /// Where, frames of the action.
    pub frame: f32,
    /// What the channel is to hold there.
    pub value: f32,
    /// Only if the curve does not give that value already.
    pub needed: bool,
    /// Only if there is a key at that frame already.
    pub replace: bool,
    /// Keep a repeating curve's ends alike, and wrap frames outside of it.
    pub cycle_aware: bool,
    /// Give a key that is there the type, interpolation and handles of a new one too.
    pub overwrite: bool,
    /// What the new key is for.
    pub kind: KeyKind,
    /// How the handles of a new key are placed.
    pub handles: HandleType,
    /// How the curve runs from a new key.
    pub interpolation: Interpolation,
    /// What the property holds; none: the curve stays marked as it is.
    pub values: Option<Values>,
}

impl Insert {
    /// A key as the user sets one by hand.
    pub fn new(frame: f32, value: f32) -> Self {
        Self {
            frame,
            value,
            needed: false,
            replace: false,
            cycle_aware: false,
            overwrite: false,
            kind: KeyKind::Keyframe,
            handles: HandleType::AutoClamped,
            interpolation: Interpolation::Bezier,
            values: None,
        }
    }
}

#[cfg(test)]
mod tests;
