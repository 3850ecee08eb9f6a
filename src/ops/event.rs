//! Input as operators see it: free of any window system, with keys already looked up in the keymap.

use glam::Vec2;

use crate::choice;

choice! {
    /// What a key means while an operator follows the mouse; the keymap says which key it is.
    pub enum ModalKey: Confirm {
        /// Keep the result
        Confirm = "CONFIRM", "Confirm";
        /// Back to how it was
        Cancel = "CANCEL", "Cancel";
        /// Along X only
        AxisX = "AXIS_X", "X Axis";
        /// Along Y only
        AxisY = "AXIS_Y", "Y Axis";
        /// Along Z only
        AxisZ = "AXIS_Z", "Z Axis";
        /// Not along X
        PlaneX = "PLANE_X", "X Plane";
        /// Not along Y
        PlaneY = "PLANE_Y", "Y Plane";
        /// Not along Z
        PlaneZ = "PLANE_Z", "Z Plane";
        /// Without constraint
        Free = "FREE", "Clear Constraint";
        /// Go on by moving
        Translate = "TRANSLATE", "Move";
        /// Go on by rotating; again: freely about two axes
        Rotate = "ROTATE", "Rotate";
        /// Go on by scaling
        Resize = "RESIZE", "Scale";
        /// Snapping on or off
        ToggleSnap = "TOGGLE_SNAP", "Toggle Snapping";
        /// To the next typed number
        NextNumber = "NEXT_NUMBER", "Next Number";
        /// To the previous typed number
        PreviousNumber = "PREVIOUS_NUMBER", "Previous Number";
        /// Take back the last typed character
        Erase = "ERASE", "Erase";
        /// Take back the whole typed number
        EraseNumber = "ERASE_NUMBER", "Erase Number";
        /// Let a factor leave its range, or no longer
        Overshoot = "OVERSHOOT", "Overshoot";
        /// Only location; again: everything
        Location = "LOCATION", "Only Location";
        /// Only rotation; again: everything
        Rotation = "ROTATION", "Only Rotation";
        /// Only scale; again: everything
        Scale = "SCALE", "Only Scale";
        /// Only the shape of bendy bones; again: everything
        BendyBone = "BENDY_BONE", "Only Bendy Bone";
        /// Only custom properties; again: everything
        Custom = "CUSTOM", "Only Custom Properties";
        /// Hide the bones or show them while the operator goes on
        ToggleBones = "TOGGLE_BONES", "Show Bones";
        /// Select what the gesture covers
        Select = "SELECT", "Select";
        /// Deselect what the gesture covers
        Deselect = "DESELECT", "Deselect";
        /// A larger circle
        Grow = "GROW", "Larger";
        /// A smaller circle
        Shrink = "SHRINK", "Smaller";
    }
}

/// Keys held down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// Precision while following the mouse.
    pub shift: bool,
    /// Snapping while following the mouse.
    pub ctrl: bool,
    /// Navigation while following the mouse.
    pub alt: bool,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EventKind {
    /// The operator starts here, or goes on from here after another one had the pointer.
    Start,
    /// The pointer moved or a held key changed.
    Move,
    /// A key or button with a meaning.
    Key(ModalKey),
    /// The button that started the operator was released.
    Release,
    /// A typed digit, point, sign or slash.
    Character(char),
}

/// Something that happened, with the state of pointer and held keys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The pointer in the panel, points from its top left corner.
    pub pointer: Vec2,
    /// Keys held down.
    pub modifiers: Modifiers,
}

impl Event {
    /// An event without held keys.
    pub fn new(kind: EventKind, pointer: Vec2) -> Self {
        Self {
            kind,
            pointer,
            modifiers: Modifiers::default(),
        }
    }
}
