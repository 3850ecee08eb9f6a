//! Non-linear animation: tracks of strips that play actions.

use crate::choice;
use crate::record;

choice! {
    /// How a strip is combined with the tracks below.
    pub enum Blend: Replace {
        /// Takes their place
        Replace = "REPLACE", "Replace";
        /// As fits each property
        Combine = "COMBINE", "Combine";
        /// Added
        Add = "ADD", "Add";
        /// Subtracted
        Subtract = "SUBTRACT", "Subtract";
        /// Multiplied
        Multiply = "MULTIPLY", "Multiply";
    }
}

choice! {
    /// What a strip gives outside of its frames.
    pub enum StripExtrapolation: Hold {
        /// Nothing
        Nothing = "NOTHING", "Nothing";
        /// Its ends, on both sides
        Hold = "HOLD", "Hold";
        /// Its end, afterwards
        HoldForward = "HOLD_FORWARD", "Hold Forward";
    }
}

record! {
    /// A strip: an action placed in time.
    pub struct Strip {
        /// Unique in its rig.
        pub name: String = String::new();
        /// The action it plays.
        pub action: Option<String> = None;
        /// Where it starts, scene frames.
        pub frame_start: f32 = 0.0;
        /// Where it ends, scene frames.
        pub frame_end: f32 = 0.0;
        /// Where it starts in the action.
        pub action_frame_start: f32 = 0.0;
        /// Where it ends in the action.
        pub action_frame_end: f32 = 0.0;
        /// How it is combined with what is below.
        pub blend_type: Blend = Blend::Replace;
        /// What it gives outside of its frames.
        pub extrapolation: StripExtrapolation = StripExtrapolation::Hold;
        /// Its share, 0 to 1.
        pub influence: f32 = 1.0;
        /// Not evaluated.
        pub mute: bool = false;
        /// How often the action plays.
        pub repeat: f32 = 1.0;
        /// How much longer than the action it takes.
        pub scale: f32 = 1.0;
        /// Whether it is selected.
        pub select: bool = false;
        /// Frames of fading in.
        pub blend_in: f32 = 0.0;
        /// Frames of fading out.
        pub blend_out: f32 = 0.0;
        /// Whether its length follows the action's.
        pub use_sync_length: bool = false;
        /// Plays backwards.
        pub use_reverse: bool = false;
    }
}

record! {
    /// A track of strips.
    pub struct Track {
        /// Unique in its rig.
        pub name: String = String::new();
        /// Not evaluated.
        pub mute: bool = false;
        /// Only this track is evaluated.
        pub is_solo: bool = false;
        /// Whether it is selected.
        pub select: bool = false;
        /// Not to be edited.
        pub lock: bool = false;
        /// In order of time.
        pub strips: Vec<Strip> = Vec::new();
    }
}
