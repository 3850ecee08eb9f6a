//! The path of a bone over time, and the settings it is computed with.

use crate::choice;
use crate::record;

choice! {
    /// Which part of a motion path is drawn.
    pub enum PathDisplay: Range {
        /// A number of frames around the current one
        CurrentFrame = "CURRENT_FRAME", "Around Frame";
        /// The whole range
        Range = "RANGE", "In Range";
    }
}

choice! {
    /// Which frames a motion path covers.
    pub enum PathRange: Scene {
        /// From the first to the last key
        KeysAll = "KEYS_ALL", "All Keys";
        /// From the first to the last selected key
        KeysSelected = "KEYS_SELECTED", "Selected Keys";
        /// The scene's range, or its preview range
        Scene = "SCENE", "Scene Frame Range";
        /// The stored range
        Manual = "MANUAL", "Manual Range";
    }
}

choice! {
    /// Which end of the bone a motion path follows.
    pub enum PathBake: Heads {
        /// The head
        Heads = "HEADS", "Heads";
        /// The tail
        Tails = "TAILS", "Tails";
    }
}

record! {
    /// How the motion paths of a rig are computed and drawn.
    pub struct MotionPathSettings {
        /// Which part is drawn.
        pub r#type: PathDisplay = PathDisplay::Range;
        /// Which frames are covered.
        pub range: PathRange = PathRange::Scene;
        /// First frame.
        pub frame_start: i32 = 1;
        /// Last frame.
        pub frame_end: i32 = 250;
        /// Frames drawn before the current one.
        pub frame_before: i32 = 10;
        /// Frames drawn after the current one.
        pub frame_after: i32 = 10;
        /// Which end of the bone is followed.
        pub bake_location: PathBake = PathBake::Heads;
    }
}

impl MotionPathSettings {
    /// Points that the paths of one calculation may hold together.
    pub const MOST_POINTS: usize = 4_000_000;
    /// Frames that a path may cover.
    pub const MOST_FRAMES: usize = 200_000;
}

record! {
    /// The computed path of a bone.
    pub struct MotionPath {
        /// Frame of the first point.
        pub start: i32 = 0;
        /// One past the frame of the last point.
        pub end: i32 = 0;
        /// World space, a point per frame.
        pub points: Vec<[f32; 3]> = Vec::new();
        /// Whether it follows the head of the bone, else the tail; settled when its length was.
        pub use_bone_head: bool = true;
    }
}

impl MotionPath {
    /// The frames that it covers; none where they are no range.
    pub fn frames(&self) -> std::ops::Range<i32> {
        self.start..self.end.max(self.start)
    }

    /// How many frames it covers.
    pub fn len(&self) -> usize {
        usize::try_from(i64::from(self.end) - i64::from(self.start)).unwrap_or_default()
    }

    /// Whether it covers no frame.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Memory on the heap, in bytes.
    pub fn heap_bytes(&self) -> usize {
        size_of_val(self.points.as_slice())
    }
}
