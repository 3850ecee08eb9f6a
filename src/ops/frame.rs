//! What operators ask of the frame around the panels: layout, workspaces, the window itself.
//!
//! All of it belongs to the user's state, not to the document. A run without a window ignores it.

use crate::choice;

choice! {
    /// A panel of the window.
    pub enum Panel: View3d {
        /// The list of bones
        Bones = "BONES", "Bones";
        /// The scene
        View3d = "VIEW_3D", "3D View";
        /// Values of the active bone
        Properties = "PROPERTIES", "Properties";
        /// Keys over time, and what plays
        Timeline = "TIMELINE", "Timeline";
        /// What was called and said
        Log = "LOG", "Log";
    }
}

choice! {
    /// A way through a list.
    pub enum Direction: Next {
        /// Back
        Prev = "PREV", "Previous";
        /// On
        Next = "NEXT", "Next";
    }
}

/// Something asked of the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameWish {
    /// Give the whole window to the panel that keys go to, or take it back.
    Maximise {
        /// Whether menu bar and status bar go, too.
        hide_panels: bool,
    },
    /// Show a panel, or close it.
    TogglePanel(Panel),
    /// Let keys go to another panel.
    CyclePanel(Direction),
    /// Give the keyboard to the menu bar.
    MenuBar,
    /// Show the workspace at this place.
    Workspace(usize),
    /// Show the workspace beside.
    CycleWorkspace(Direction),
    /// Copy the workspace and show the copy.
    DuplicateWorkspace,
    /// Let the user type another name for the workspace.
    RenameWorkspace,
    /// Drop the workspace.
    DeleteWorkspace,
    /// Put the panels of the workspace back as they were at first.
    ResetWorkspace,
    /// Bring back the workspace, or the layout, that was dropped last.
    RestoreWorkspace,
    /// Fill the screen with the window, or no longer.
    FullScreen,
}
