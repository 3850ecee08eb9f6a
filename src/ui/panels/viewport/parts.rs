//! The parts of the chip at the top right of the 3D view, and which of them fit.

use egui::{FontId, Ui};

use crate::model::choice::Choice;
use crate::ops::registry;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::theme::ROW;

/// Width of a caret beside a button.
pub const CARET: f32 = 14.0;
/// Space between parts.
pub const SPACE: f32 = 2.0;

/// A part of the chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Whose axes transforms go along.
    Orientation,
    /// What they go around.
    Pivot,
    /// Whether they go in steps.
    Snap,
    /// What is drawn over the scene.
    Overlays,
    /// Whether bones are drawn over the mesh.
    Xray,
    /// How the mesh is drawn.
    Shading,
    /// A button that shows everything.
    FrameAll,
    /// A menu of what has no room.
    More,
}

/// The parts in their order.
pub const PARTS: [Part; 7] = [
    Part::Orientation,
    Part::Pivot,
    Part::Snap,
    Part::Overlays,
    Part::Xray,
    Part::Shading,
    Part::FrameAll,
];
/// The parts in the order in which they go into the menu.
const FOLDED: [Part; 7] = [
    Part::FrameAll,
    Part::Shading,
    Part::Pivot,
    Part::Xray,
    Part::Orientation,
    Part::Snap,
    Part::Overlays,
];

impl Part {
    /// The operator whose name and description it has.
    pub fn id(self) -> &'static str {
        match self {
            Self::Orientation => "view3d.orientation",
            Self::Pivot => "view3d.pivot_point",
            Self::Snap => "view3d.toggle_snap",
            Self::Overlays => "view3d.toggle_overlays",
            Self::Xray => "view3d.toggle_xray",
            Self::Shading => "view3d.shading",
            Self::FrameAll => "view3d.view_all",
            Self::More => "",
        }
    }

    /// Its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Orientation => icons::CROSSHAIR_SIMPLE,
            Self::Pivot => icons::TARGET,
            Self::Snap => icons::MAGNET_STRAIGHT,
            Self::Overlays => icons::CIRCLE_HALF,
            Self::Xray => icons::INTERSECT,
            Self::Shading => icons::CUBE,
            Self::FrameAll => icons::FRAME_CORNERS,
            Self::More => icons::CARET_DOWN,
        }
    }

    /// The title of its pop-up.
    pub fn title(self) -> &'static str {
        match self {
            Self::Snap => "Snapping",
            Self::Overlays => "Overlays",
            Self::Shading => "Shading",
            Self::Xray | Self::FrameAll => "View",
            Self::More => "More",
            Self::Orientation | Self::Pivot => label(self.id()),
        }
    }

    /// What is chosen, where it is a choice with a name.
    pub fn choice<'a>(self, desk: &'a Desk) -> Option<&'a dyn Choice> {
        match self {
            Self::Orientation => Some(&desk.view.orientation),
            Self::Pivot => Some(&desk.view.pivot_point),
            _ => None,
        }
    }

    /// Its width, with the name of what is chosen or without.
    pub fn width(self, ui: &Ui, desk: &Desk, named: bool) -> f32 {
        match self {
            Self::Orientation | Self::Pivot if named => {
                let label = self.choice(desk).map_or("", Choice::label).to_owned();
                let font = FontId::proportional(12.0);
                let galley = ui.painter().layout_no_wrap(label, font, *desk.theme.text);
                (galley.size().x + 44.0).round()
            }
            Self::Xray | Self::FrameAll | Self::More => ROW,
            _ => ROW + CARET,
        }
    }
}

/// The label of an operator.
pub fn label(id: &str) -> &'static str {
    registry::find(id).map_or("", |entry| entry.info.label)
}

/// What fits: the parts with whether they are named, and the parts in the menu.
pub struct Plan {
    /// The parts beside each other.
    pub shown: Vec<(Part, bool)>,
    /// The parts in the menu.
    pub folded: Vec<Part>,
}

/// Finds what fits into `free` points; nothing if not even the menu does.
pub fn plan(parts: &[Part], free: f32, width: impl Fn(Part, bool) -> f32) -> Option<Plan> {
    let named = |part: Part, unnamed: usize| match part {
        Part::Pivot => unnamed < 1,
        Part::Orientation => unnamed < 2,
        _ => true,
    };
    let total = |shown: &[(Part, bool)]| {
        let widths = shown
            .iter()
            .map(|&(part, named)| width(part, named) + SPACE);
        widths.sum::<f32>() + SPACE
    };
    for step in 0..=2 + FOLDED.len() {
        let folded = FOLDED.get(..step.saturating_sub(2)).unwrap_or_default();
        let kept = parts.iter().filter(|part| !folded.contains(part));
        let mut shown: Vec<_> = kept.map(|&part| (part, named(part, step))).collect();
        let folded: Vec<_> = parts
            .iter()
            .filter(|part| folded.contains(part))
            .copied()
            .collect();
        if !folded.is_empty() {
            shown.push((Part::More, false));
        }
        if total(&shown) <= free {
            return Some(Plan { shown, folded });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(free: f32) -> Option<(usize, usize, bool)> {
        let width = |part: Part, named: bool| match part {
            Part::Orientation | Part::Pivot if named => 100.0,
            Part::Xray | Part::FrameAll | Part::More => 22.0,
            _ => 36.0,
        };
        let plan = plan(&PARTS, free, width)?;
        let named = plan.shown.contains(&(Part::Orientation, true));
        Some((plan.shown.len(), plan.folded.len(), named))
    }

    #[test]
    fn what_has_no_room_is_in_the_menu() {
        assert_eq!(planned(1000.0), Some((7, 0, true)));
        assert_eq!(planned(330.0), Some((7, 0, true)));
        assert_eq!(planned(245.0), Some((7, 0, false)));
        for free in [200.0, 150.0, 90.0, 30.0] {
            let (shown, folded, _) = planned(free).unwrap();
            assert_eq!(shown - 1 + folded, 7, "{free}");
        }
        assert_eq!(planned(20.0), None);
    }
}
