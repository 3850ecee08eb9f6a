//! An action: curves in groups, with markers of its own.
//!
//! One slot per animated rig is implied.

use std::sync::Arc;

use crate::model::fcurve::FCurve;
use crate::model::markers::Marker;
use crate::record;

record! {
    /// A group of curves, named like the bone they move.
    pub struct Group {
        /// Whether it is selected.
        pub select: bool = false;
        /// Whether its curves may not be edited.
        pub lock: bool = false;
        /// Whether its curves are listed below it.
        pub expanded: bool = true;
        /// Whether it is the active one.
        pub active: bool = false;
    }
}

/// A range set by hand, instead of the one from the first to the last key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ManualRange {
    /// Whether it is used.
    pub used: bool,
    /// First frame.
    pub start: f32,
    /// Last frame.
    pub end: f32,
    /// Whether the action repeats over it.
    pub cyclic: bool,
}

/// An action.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Action {
    /// Its curves, in the order of the channel list.
    pub fcurves: Vec<Arc<FCurve>>,
    /// Groups by name, in the order of the channel list.
    pub groups: Vec<(String, Group)>,
    /// Its own markers.
    pub pose_markers: Vec<Marker>,
    /// Kept even when nothing uses it.
    pub fake_user: bool,
    /// Set where the range does not come from the keys.
    pub range: Option<ManualRange>,
}
