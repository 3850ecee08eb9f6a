//! Operators of the frame around the panels: maximise, panels, workspaces, full screen. They touch neither
//! document nor view; they only ask. Those that go to other frames and play lie in `anim`.

use crate::ops::anim::{jump, play};
use crate::ops::context::{Context, Request};
use crate::ops::frame::{Direction, FrameWish, Panel};
use crate::ops::operator::{Exec, Info, Operator};
use crate::ops::registry::{Entry, op};
use crate::ops::runner::Wish;
use crate::props;

/// The family, in the order of the reference.
pub const SCREEN: &[Entry] = &[
    op::<jump::FrameOffset>(),
    op::<jump::FrameJump>(),
    op::<jump::KeyframeJump>(),
    op::<jump::MarkerJump>(),
    op::<play::AnimationPlay>(),
    op::<play::AnimationCancel>(),
    op::<MenuBar>(),
    op::<PanelCycle>(),
    op::<PanelToggle>(),
    op::<ScreenFullArea>(),
    op::<WorkspaceCycle>(),
    op::<WorkspaceSet>(),
    op::<WindowFullscreenToggle>(),
    op::<Delete>(),
    op::<Duplicate>(),
    op::<Rename>(),
    op::<Reset>(),
    op::<Restore>(),
];

macro_rules! asks_the_frame {
    ($name:ident, $info:expr, |$this:ident| $wish:expr) => {
        impl Operator for $name {
            const INFO: Info = $info;

            fn exec(&self, cx: &mut Context) -> Exec {
                let $this = self;
                cx.request(Request::Wish(Wish::Frame($wish)));
                Ok(())
            }
        }
    };
}

props! {
    /// Let keys go to the next panel until the pointer moves.
    pub struct PanelCycle {
        /// Which way to go.
        direction: Direction = Direction::Next, HINT.transient();
    }
}
asks_the_frame!(
    PanelCycle,
    Info::new("screen.panel_cycle", "Next Panel").interface(),
    |this| FrameWish::CyclePanel(this.direction)
);

props! {
    /// Go to the menu bar with the keyboard: arrows walk, Enter opens, Escape leaves.
    pub struct MenuBar {}
}
asks_the_frame!(
    MenuBar,
    Info::new("screen.menu_bar", "Go to Menu Bar").interface(),
    |_this| FrameWish::MenuBar
);

props! {
    /// Show a panel, or close it.
    pub struct PanelToggle {
        /// Which panel.
        r#type: Panel = Panel::View3d, HINT.label("Panel").transient();
    }
}
asks_the_frame!(
    PanelToggle,
    Info::new("screen.panel_toggle", "Show Panel").interface(),
    |this| FrameWish::TogglePanel(this.r#type)
);

props! {
    /// Give the whole window to the panel that keys go to, or take it back.
    pub struct ScreenFullArea {
        /// Leave out menu bar and status bar, too.
        use_hide_panels: bool = false, HINT.label("Hide Panels").transient();
    }
}
asks_the_frame!(
    ScreenFullArea,
    Info::new("screen.screen_full_area", "Toggle Maximize Area").interface(),
    |this| FrameWish::Maximise {
        hide_panels: this.use_hide_panels
    }
);

props! {
    /// Show the workspace beside the present one.
    pub struct WorkspaceCycle {
        /// Which way to go.
        direction: Direction = Direction::Next, HINT.transient();
    }
}
asks_the_frame!(
    WorkspaceCycle,
    Info::new("screen.workspace_cycle", "Cycle Workspace").interface(),
    |this| FrameWish::CycleWorkspace(this.direction)
);

props! {
    /// Show a workspace by its place among the tabs.
    pub struct WorkspaceSet {
        /// Its place, from 0; beyond the last nothing happens.
        index: i32 = 0, HINT.range(0.0, 1000.0).transient();
    }
}
asks_the_frame!(
    WorkspaceSet,
    Info::new("screen.workspace_set", "Set Workspace")
        .interface()
        .script_only(),
    |this| FrameWish::Workspace(usize::try_from(this.index).unwrap_or(0))
);

props! {
    /// Fill the screen with the window, or no longer.
    pub struct WindowFullscreenToggle {}
}
asks_the_frame!(
    WindowFullscreenToggle,
    Info::new("wm.window_fullscreen_toggle", "Toggle Window Fullscreen").interface(),
    |_this| FrameWish::FullScreen
);

props! {
    /// Drop the workspace; the last one stays.
    pub struct Delete {}
}
asks_the_frame!(
    Delete,
    Info::new("workspace.delete", "Delete Workspace").interface(),
    |_this| FrameWish::DeleteWorkspace
);

props! {
    /// Copy the workspace with its panels and show the copy.
    pub struct Duplicate {}
}
asks_the_frame!(
    Duplicate,
    Info::new("workspace.duplicate", "New Workspace").interface(),
    |_this| FrameWish::DuplicateWorkspace
);

props! {
    /// Type another name for the workspace.
    pub struct Rename {}
}
asks_the_frame!(
    Rename,
    Info::new("workspace.rename", "Rename Workspace").interface(),
    |_this| FrameWish::RenameWorkspace
);

props! {
    /// Put the panels of the workspace back as they were at first.
    pub struct Reset {}
}
asks_the_frame!(
    Reset,
    Info::new("workspace.reset", "Reset Layout").interface(),
    |_this| FrameWish::ResetWorkspace
);

props! {
    /// Bring back the workspace that was deleted last, or the layout that was reset.
    pub struct Restore {}
}
asks_the_frame!(
    Restore,
    Info::new("workspace.restore", "Restore Workspace")
        .no_undo()
        .script_only(),
    |_this| FrameWish::RestoreWorkspace
);
