//! Empties: three crossed lines each, drawn after the bones so that one at a joint can be seen.

use bytemuck::Zeroable as _;
use glam::Vec2;

use crate::eval::empties;
use crate::model::empty::Empty;
use crate::model::view::Shading;
use crate::render::bones::{BoneInstance, SHORT};
use crate::render::colors::ViewportColors;
use crate::render::scene::Scene;
use crate::render::scene::bones::bytes;
use crate::render::viewport::FrameInput;

impl Scene {
    /// Adds the empties to the list of bones.
    pub(super) fn list_empties(&mut self, frame: &FrameInput) {
        if !frame.view.overlays {
            return;
        }
        let (width, height) = frame.size;
        let size = Vec2::new(width as f32, height as f32) / frame.pixels_per_point.max(0.1);
        // A silhouette is to be seen, and what is selected.
        let all = frame.view.shading != Shading::Silhouette;
        for (place, empty) in frame.document.empties.iter().enumerate() {
            let hovered = frame.hovered_empty == Some(place);
            if !all && !empty.select && !hovered || !empty.world_from_empty().is_finite() {
                continue;
            }
            let look = look(empty, hovered, frame.theme);
            let lines = empties::lines(empty, frame.camera, size);
            self.bones.extend(lines.map(|[a, b]| BoneInstance {
                head: a.to_array(),
                tail: b.to_array(),
                ..look
            }));
        }
    }
}

/// Colours and widths; the place is left at the origin.
fn look(empty: &Empty, hovered: bool, theme: &ViewportColors) -> BoneInstance {
    let (fill, rim) = match (empty.select, hovered) {
        (true, _) => (theme.b_sel, theme.b_sel_edge),
        (false, true) => (theme.b_torso, theme.b_hover_edge),
        (false, false) => (theme.b_torso, theme.b_edge),
    };
    BoneInstance {
        rim_width: 1.0 + if hovered { 0.5 } else { 0.0 } + theme.rim_more,
        flags: SHORT,
        fill: bytes(fill),
        rim: bytes(rim),
        ..BoneInstance::zeroed()
    }
}
