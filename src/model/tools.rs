//! The tool of the 3D view and the steps that transforms keep to: part of the view, not of undo.

use std::f32::consts::PI;

use crate::choice;
use crate::record;

choice! {
    /// What a drag on a bone does, and which handles are shown at the pivot.
    pub enum Tool: SelectBox {
        /// Select bones; a drag on empty space draws a box
        SelectBox = "SELECT_BOX", "Select Box";
        /// Move bones by arrows
        Move = "MOVE", "Move";
        /// Turn bones by rings
        Rotate = "ROTATE", "Rotate";
        /// Scale bones by handles
        Scale = "SCALE", "Scale";
    }
}

impl Tool {
    /// Its name in `wm.tool_set_by_id`.
    pub fn name(self) -> &'static str {
        match self {
            Self::SelectBox => "builtin.select_box",
            Self::Move => "builtin.move",
            Self::Rotate => "builtin.rotate",
            Self::Scale => "builtin.scale",
        }
    }

    /// The tool of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|tool| tool.name() == name)
    }
}

record! {
    /// The steps that transforms keep to.
    pub struct Snap {
        /// Whether they do; Ctrl turns it round while an operator follows the mouse.
        pub on: bool = false;
        /// Step of movements, metres; 0: a tenth of what the view shows.
        pub length: f32 = 0.0;
        /// Step of rotations, radians.
        pub angle: f32 = PI / 36.0;
        /// Step of rotations with precision, radians.
        pub angle_precise: f32 = PI / 180.0;
        /// Step of scale factors.
        pub factor: f32 = 0.1;
        /// Whether moving keeps to steps.
        pub translate: bool = true;
        /// Whether turning keeps to steps.
        pub rotate: bool = true;
        /// Whether scaling keeps to steps.
        pub resize: bool = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_is_found_by_its_name() {
        for &tool in Tool::ALL {
            assert_eq!(Tool::named(tool.name()), Some(tool));
        }
        assert_eq!(Tool::named("builtin.lasso"), None);
    }
}
