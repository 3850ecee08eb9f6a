//! Actions, their curves and keys, and pose assets in a file.

use crate::io::form::Named;
use crate::model::action::Group;
use crate::model::fcurve::{
    AutoSmoothing, Easing, Extrapolation, HandleType, Interpolation, KeyKind, Modifier,
};
use crate::model::markers::Marker;
use crate::record;

record! {
    /// A key.
    pub struct KeyForm {
        /// Frame and value; must be there.
        pub co: Option<[f32; 2]> = None;
        /// Handle before the key; on the key if missing.
        pub handle_left: Option<[f32; 2]> = None;
        /// Handle after the key; on the key if missing.
        pub handle_right: Option<[f32; 2]> = None;
        /// How the left handle is placed.
        pub handle_left_type: HandleType = HandleType::AutoClamped;
        /// How the right handle is placed.
        pub handle_right_type: HandleType = HandleType::AutoClamped;
        /// How the curve runs to the next key.
        pub interpolation: Interpolation = Interpolation::Bezier;
        /// At which end the easing acts.
        pub easing: Easing = Easing::Auto;
        /// What the key is for.
        pub r#type: KeyKind = KeyKind::Keyframe;
        /// Whether the key itself is selected.
        pub select: bool = false;
        /// Whether its left handle is; as `select` if missing.
        pub select_left: Option<bool> = None;
        /// Whether its right handle is; as `select` if missing.
        pub select_right: Option<bool> = None;
        /// Overshoot of `BACK`.
        pub back: f32 = 1.70158;
        /// Height of the swings of `ELASTIC`.
        pub amplitude: f32 = 0.8;
        /// Frames per swing of `ELASTIC`.
        pub period: f32 = 4.1;
    }
}

record! {
    /// A curve.
    pub struct FCurveForm {
        /// The bone it moves; none: a channel of the rig itself.
        pub bone: Option<String> = None;
        /// Name of the property; must be there.
        pub property: String = String::new();
        /// Which component.
        pub index: u32 = 0;
        /// Name of its group.
        pub group: Option<String> = None;
        /// Whether the channel is selected.
        pub select: bool = false;
        /// Not evaluated.
        pub mute: bool = false;
        /// Not to be edited.
        pub lock: bool = false;
        /// Not shown in the graph editor.
        pub hide: bool = false;
        /// How it goes on beyond its keys.
        pub extrapolation: Extrapolation = Extrapolation::Constant;
        /// How automatic handles are found.
        pub auto_smoothing: AutoSmoothing = AutoSmoothing::None;
        /// Applied in order.
        pub modifiers: Vec<Modifier> = Vec::new();
        /// Whole numbers only; in documents alone.
        pub int_values: bool = false;
        /// Holds until the next key; in documents alone.
        pub discrete_values: bool = false;
        /// A component of a quaternion that turns evenly; in documents, and in scenes where it is set.
        pub spherical: bool = false;
        /// In order of time.
        pub keys: Vec<KeyForm> = Vec::new();
    }
}

record! {
    /// The animation of a model file that an action was read from.
    pub struct SourceForm {
        /// Relative to the document's folder where possible, with forward slashes.
        pub path: String = String::new();
        /// Of the file, lower-case hexadecimal.
        pub sha256: String = String::new();
        /// Which of its animations.
        pub animation: usize = 0;
        /// Which of the rigs that the file gives.
        pub rig: usize = 0;
        /// Frames per second that turned its seconds into frames.
        pub fps: f32 = 24.0;
        /// Whether the curves stand here; else they are those of the file.
        pub edited: bool = false;
    }
}

record! {
    /// An action.
    pub struct ActionForm {
        /// Where it was read from; documents only.
        pub source: Option<SourceForm> = None;
        /// In the order of the channel list.
        pub fcurves: Vec<FCurveForm> = Vec::new();
        /// In the order of the channel list.
        pub groups: Named<Group> = Named::default();
        /// Its own markers.
        pub pose_markers: Vec<Marker> = Vec::new();
        /// Kept even when nothing uses it.
        pub fake_user: bool = false;
        /// Whether the manual range counts; any of these four makes one.
        pub use_frame_range: Option<bool> = None;
        /// First frame of the manual range.
        pub frame_start: Option<f32> = None;
        /// Last frame of the manual range.
        pub frame_end: Option<f32> = None;
        /// Whether it repeats over the manual range.
        pub use_cyclic: Option<bool> = None;
    }
}

record! {
    /// A pose asset: an action with a name and a place in the library.
    pub struct AssetForm {
        /// Shown below its thumbnail.
        pub name: String = String::new();
        /// Path of its catalog.
        pub catalog: Option<String> = None;
        /// For the tooltip.
        pub description: String = String::new();
        /// As in an action.
        pub fcurves: Vec<FCurveForm> = Vec::new();
        /// As in an action.
        pub groups: Named<Group> = Named::default();
        /// As in an action.
        pub pose_markers: Vec<Marker> = Vec::new();
        /// As in an action.
        pub fake_user: bool = false;
        /// As in an action.
        pub use_frame_range: Option<bool> = None;
        /// As in an action.
        pub frame_start: Option<f32> = None;
        /// As in an action.
        pub frame_end: Option<f32> = None;
        /// As in an action.
        pub use_cyclic: Option<bool> = None;
    }
}
