//! The axes in the corner of the 3D view: they show how it is turned. A click on an end looks along that
//! axis, a drag goes around the scene.

use egui::{Align2, Pos2, Rect, Response, Sense, Stroke, Ui, Vec2, WidgetInfo, vec2};
use glam::Vec3;

use crate::ops::props::tooltip;
use crate::ops::registry;
use crate::ui::desk::Desk;
use crate::ui::theme;
use crate::ui::widgets::{focus_ring, text};

/// Length of the axes, points.
const ARM: f32 = 28.0;
/// Radius of a disc with a letter, and of a hollow one.
const DISC: (f32, f32) = (8.0, 6.0);
/// Radius of what takes clicks and drags.
pub const REACH: f32 = 40.0;
/// The camera looks along an axis where the cosine of the angle between them is above this.
const ALONG: f32 = 0.9999;

/// An end of an axis.
struct End {
    axis: usize,
    positive: bool,
    letter: &'static str,
    label: &'static str,
    /// What a click looks at, and what it looks at where it does so already.
    sides: [&'static str; 2],
}

const ENDS: [End; 6] = [
    end(0, true, "X", "Right (X)", ["RIGHT", "LEFT"]),
    end(0, false, "\u{2212}X", "Left (\u{2212}X)", ["LEFT", "RIGHT"]),
    end(1, true, "Y", "Back (Y)", ["BACK", "FRONT"]),
    end(
        1,
        false,
        "\u{2212}Y",
        "Front (\u{2212}Y)",
        ["FRONT", "BACK"],
    ),
    end(2, true, "Z", "Top (Z)", ["TOP", "BOTTOM"]),
    end(
        2,
        false,
        "\u{2212}Z",
        "Bottom (\u{2212}Z)",
        ["BOTTOM", "TOP"],
    ),
];

const fn end(
    axis: usize,
    positive: bool,
    letter: &'static str,
    label: &'static str,
    sides: [&'static str; 2],
) -> End {
    End {
        axis,
        positive,
        letter,
        label,
        sides,
    }
}

impl End {
    fn direction(&self) -> Vec3 {
        let unit = Vec3::AXES.get(self.axis).copied().unwrap_or(Vec3::X);
        if self.positive { unit } else { -unit }
    }
}

/// Shows the axes around a point.
pub fn corner_ui(ui: &mut Ui, desk: &mut Desk, center: Pos2) {
    let area = Rect::from_center_size(center, Vec2::splat(2.0 * REACH));
    let response = ui.interact(area, ui.scope_id().with("axes"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Group, true, "View Axes"));
    let over = ui.ctx().pointer_latest_pos();
    if response.contains_pointer() && over.is_some_and(|at| at.distance(center) < REACH) {
        let fill = desk.theme.vp_text.gamma_multiply(0.08);
        ui.painter().circle_filled(center, REACH, fill);
    }
    let camera = &desk.view.camera;
    let (right, up, backward) = (camera.right(), camera.up(), camera.backward());
    let seen = |end: &'static End| {
        let direction = end.direction();
        let way = vec2(direction.dot(right), -direction.dot(up)) * ARM;
        (end, center + way, direction.dot(backward))
    };
    let mut ends = ENDS.iter().map(seen).collect::<Vec<_>>();
    ends.sort_by(|a, b| a.2.total_cmp(&b.2));
    for (end, at, facing) in ends {
        let [front, behind] = end.sides;
        let side = if facing > ALONG { behind } else { front };
        let call = format!("view3d.view_axis(type: {side})");
        let response = end_ui(ui, desk, end, center, at);
        if response.clicked() {
            desk.acts.start(&call);
        }
        let doc = registry::find("view3d.view_axis").map_or("", |entry| entry.doc);
        response.on_hover_ui(|ui| desk.tooltip(ui, end.label, &call, &tooltip(doc)));
    }
}

fn end_ui(ui: &Ui, desk: &Desk, end: &End, center: Pos2, at: Pos2) -> Response {
    let theme = desk.theme;
    let rect = Rect::from_center_size(at, Vec2::splat(2.0 * DISC.0));
    let id = ui.scope_id().with(("axis", end.axis, end.positive));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, end.label));
    let hot = response.hovered() || response.has_focus();
    let color = theme.axis(end.axis);
    let painter = ui.painter();
    let font = theme::semibold(10.0);
    let ink = if theme.dark {
        theme.b_edge
    } else {
        theme.accent_on
    };
    if end.positive {
        painter.line_segment([center, at], Stroke::new(2.0, color));
        painter.circle_filled(at, DISC.0, color);
        text(ui, rect, Align2::CENTER_CENTER, end.letter, font, *ink);
    } else {
        let radius = if hot { DISC.0 } else { DISC.1 };
        painter.circle_filled(at, radius, theme.vp_bottom.gamma_multiply(0.6));
        let stroke = Stroke::new(1.5, color.gamma_multiply(0.7));
        painter.circle_stroke(at, radius, stroke);
        if hot {
            let font = theme::semibold(9.0);
            text(
                ui,
                rect,
                Align2::CENTER_CENTER,
                end.letter,
                font,
                *theme.vp_text,
            );
        }
    }
    if hot {
        painter.circle_stroke(at, DISC.0 + 0.5, Stroke::new(1.5, *theme.vp_text));
    }
    focus_ring(ui, theme, &response);
    response
}
