//! An action: curves in groups, with markers of its own.
//!
//! One slot per animated rig is implied.

use std::sync::Arc;

use crate::model::fcurve::FCurve;
use crate::model::markers::Marker;
use crate::model::rig::ModelFile;
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

/// The animation of a model file that an action was read from, for an export that leaves it alone.
#[derive(Clone, Debug)]
pub struct ClipSource {
    /// The file.
    pub file: Arc<ModelFile>,
    /// Which of its animations.
    pub animation: usize,
    /// Which of the rigs that the file gives.
    pub rig: usize,
    /// Frames per second that turned its seconds into frames; frame 0 is second 0.
    pub fps: f32,
    /// The curves as they were read: those that are still the same (in what moves the bones) need not be
    /// written anew. None while only the reference is known.
    pub curves: Option<Arc<Vec<Arc<FCurve>>>>,
}

impl PartialEq for ClipSource {
    fn eq(&self, other: &Self) -> bool {
        self.animation == other.animation
            && self.rig == other.rig
            && self.fps == other.fps
            && self.file.sha256 == other.file.sha256
            && self.file.path == other.file.path
    }
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
    /// Set where it was read from a model file.
    pub source: Option<ClipSource>,
}

impl Action {
    /// The curve of this component of this property.
    pub fn find(&self, bone: Option<&str>, property: &str, index: u32) -> Option<usize> {
        let mut curves = self.fcurves.iter();
        curves.position(|curve| curve.is(bone, property, index))
    }

    /// First and last frame of its keys.
    pub fn key_range(&self) -> Option<(f32, f32)> {
        let ends = self
            .fcurves
            .iter()
            .filter_map(|curve| Some((curve.keys.first()?.frame(), curve.keys.last()?.frame())));
        ends.reduce(|(a, b), (first, last)| (a.min(first), b.max(last)))
    }
}
