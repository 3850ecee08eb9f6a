//! What the user prefers, in a text file of the user; headless runs and tests take the defaults.

use serde::{Deserialize, Serialize};

use crate::choice;

choice! {
    /// The colours of the interface.
    pub enum Look: Dark {
        /// Light text on graphite
        Dark = "DARK", "Dark";
        /// Dark text on light grey
        Light = "LIGHT", "Light";
    }
}

/// The preferences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    /// The colours.
    pub look: Look,
    /// Size of the interface, over what the monitor asks for.
    pub zoom: f32,
    /// Megabytes of replaced data that undo keeps.
    pub undo_megabytes: u32,
    /// Minutes between autosaves; 0 turns them off.
    pub autosave_minutes: u32,
    /// Operations between autosaves; 0 turns them off.
    pub autosave_operations: u32,
    /// Whether nothing in the interface slides or fades.
    pub reduce_motion: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            look: Look::Dark,
            zoom: 1.0,
            undo_megabytes: 256,
            autosave_minutes: 2,
            autosave_operations: 50,
            reduce_motion: false,
        }
    }
}
