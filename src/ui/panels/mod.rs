//! Panels, one file or folder each. They read the [`Desk`](crate::ui::desk::Desk) and write acts.

pub mod adjust;
pub mod bones;
pub mod collections;
pub mod log;
pub mod properties;
pub mod selection_sets;
pub mod timeline;
pub mod viewport;

use crate::ops::frame::Panel;
use crate::ui::panels::bones::Bones;
use crate::ui::panels::log::LogPanel;
use crate::ui::panels::properties::Properties;
use crate::ui::panels::timeline::TimelinePanel;
use crate::ui::panels::viewport::Viewport;

/// The state of every panel.
#[derive(Default)]
pub struct Panels {
    /// The 3D view.
    pub viewport: Viewport,
    /// The list of bones.
    pub bones: Bones,
    /// Values of the active bone.
    pub properties: Properties,
    /// Keys over time, and what plays.
    pub timeline: TimelinePanel,
    /// What was called and said.
    pub log: LogPanel,
}

/// A panel; the layout of panels is saved by these names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Pane {
    /// The list of bones.
    Bones,
    /// The 3D view.
    Viewport,
    /// Values of the active bone.
    Properties,
    /// Keys over time, and what plays.
    Timeline,
    /// What was called and said.
    Log,
}

impl Pane {
    /// Every panel, in the order of menus.
    pub const ALL: &[Self] = &[
        Self::Bones,
        Self::Viewport,
        Self::Properties,
        Self::Timeline,
        Self::Log,
    ];

    /// The panel that an operator names.
    pub fn named(panel: Panel) -> Self {
        match panel {
            Panel::Bones => Self::Bones,
            Panel::View3d => Self::Viewport,
            Panel::Properties => Self::Properties,
            Panel::Timeline => Self::Timeline,
            Panel::Log => Self::Log,
        }
    }

    /// What menus call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Properties => "Properties",
            other => other.title(),
        }
    }

    /// What its tab says.
    pub fn title(self) -> &'static str {
        match self {
            Self::Bones => "Bones",
            Self::Viewport => "3D View",
            Self::Properties => "Properties",
            Self::Timeline => "Timeline",
            Self::Log => "Log",
        }
    }

    /// Its contexts in the keymap, narrowest first.
    pub fn contexts(self) -> &'static [&'static str] {
        match self {
            Self::Bones => &["bones", "window"],
            Self::Viewport => &["pose", "view3d", "window"],
            Self::Properties => &["properties", "window"],
            Self::Timeline => &["timeline", "window"],
            Self::Log => &["log", "window"],
        }
    }
}
