//! Settings of the scene and of each rig that operators read and undo covers.

use crate::choice;
use crate::model::fcurve::KeyKind;
use crate::model::keying_set::KeyingSet;
use crate::model::markers::Marker;
use crate::model::motion_path::MotionPathSettings;
use crate::model::nla::Track;
use crate::model::selection_set::SelectionSet;
use crate::record;

choice! {
    /// What automatic keying does with a channel.
    pub enum AutoKeyMode: AddReplaceKeys {
        /// Makes keys, and changes those at the current frame
        AddReplaceKeys = "ADD_REPLACE_KEYS", "Add & Replace";
        /// Changes keys at the current frame, makes none
        ReplaceKeys = "REPLACE_KEYS", "Replace";
    }
}

record! {
    /// Time, markers and keying of the whole document.
    pub struct SceneSettings {
        /// The current frame.
        pub frame: f32 = 1.0;
        /// First frame.
        pub frame_start: i32 = 1;
        /// Last frame.
        pub frame_end: i32 = 250;
        /// Frames per second.
        pub fps: f32 = 24.0;
        /// First and last frame of the preview.
        pub preview_range: Option<(i32, i32)> = None;
        /// Named frames.
        pub markers: Vec<Marker> = Vec::new();
        /// Whether changing a pose keys it.
        pub auto_key: bool = false;
        /// What automatic keying does.
        pub auto_key_mode: AutoKeyMode = AutoKeyMode::AddReplaceKeys;
        /// Whether automatic keying leaves channels alone whose curve has that value already.
        pub auto_key_needed: bool = true;
        /// Whether automatic keying leaves channels alone that have no curve yet.
        pub auto_key_available: bool = false;
        /// Whether only the active keying set is keyed, where there is one.
        pub auto_key_set_only: bool = false;
        /// What new keys are for.
        pub key_type: KeyKind = KeyKind::Keyframe;
        /// Named lists of channels.
        pub keying_sets: Vec<KeyingSet> = Vec::new();
        /// Which keying set is used, if any.
        pub active_keying_set: Option<usize> = None;
    }
}

record! {
    /// Settings of one rig.
    pub struct RigOptions {
        /// Changing a bone changes its mirror image too.
        pub use_mirror_x: bool = false;
        /// Moving a bone bends the chain above it.
        pub use_auto_ik: bool = false;
        /// Mirrored changes are relative to the mirror bone's own pose.
        pub use_mirror_relative: bool = false;
        /// Named sets of bones.
        pub selection_sets: Vec<SelectionSet> = Vec::new();
        /// Which selection set operators act on; need not exist.
        pub active_selection_set: i32 = 0;
        /// How motion paths are computed.
        pub motion_paths: MotionPathSettings = MotionPathSettings::default();
    }
}

impl RigOptions {
    /// The place of the active selection set, if it exists.
    pub fn active_set(&self) -> Option<usize> {
        let place = usize::try_from(self.active_selection_set).ok()?;
        (place < self.selection_sets.len()).then_some(place)
    }

    /// Makes the selection set at a place the active one.
    pub fn activate(&mut self, place: usize) {
        self.active_selection_set = i32::try_from(place).unwrap_or(i32::MAX);
    }
}

record! {
    /// What animates one rig.
    pub struct Animation {
        /// The action that is edited.
        pub active_action: Option<String> = None;
        /// From bottom to top.
        pub nla: Vec<Track> = Vec::new();
        /// Whether the active action is that of a strip.
        pub use_tweak_mode: bool = false;
        /// The action that was active before a pose asset was made.
        pub previous_action: Option<String> = None;
        /// The legacy pose library of the rig.
        pub pose_library: Option<String> = None;
    }
}
