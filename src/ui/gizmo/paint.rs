//! Draws the handles of a tool: rings, arrows, cubes, with the one under the pointer lighter and thicker.

use egui::epaint::PathShape;
use egui::{Color32, Painter, Pos2, Stroke, Vec2};

use crate::model::tools::Tool;
use crate::ui::gizmo::handle::{Handle, Layout, MIDDLE, Shape};
use crate::ui::theme::Theme;

/// How much of a ring's back half is seen.
pub const BACK: f32 = 0.22;
/// Length and width of an arrow's head, points.
const HEAD: (f32, f32) = (14.0, 10.0);
/// Side of a cube, points.
const CUBE: f32 = 9.0;

/// Draws the handles, the farthest first.
pub fn layout(painter: &Painter, theme: &Theme, layout: &Layout, hover: Option<Handle>) {
    for shape in layout.shapes() {
        draw(painter, theme, layout, shape, hover == Some(shape.handle));
    }
}

/// The colour of an axis, lighter where it is hot.
pub fn color(theme: &Theme, axis: usize, hot: bool) -> Color32 {
    let color = theme.axis(axis);
    if hot {
        color.lerp_to_gamma(*theme.b_active_edge, 0.45)
    } else {
        color
    }
}

fn draw(painter: &Painter, theme: &Theme, layout: &Layout, shape: &Shape, hot: bool) {
    if shape.opacity <= 0.0 {
        return;
    }
    let more = if hot { 1.25 } else { 0.0 };
    match shape.handle {
        Handle::Axis(axis) => {
            let color = color(theme, axis, hot).gamma_multiply(shape.opacity);
            if layout.tool() == Tool::Rotate {
                lines(painter, &shape.back, 1.5, color.gamma_multiply(BACK));
                lines(painter, &shape.lines, 2.0 + more, color);
            } else if let Some([start, tip]) = ends(shape) {
                tipped(painter, [start, tip], layout.tool(), 2.5 + more, color);
            }
        }
        Handle::Plane(axis) => {
            let color = color(theme, axis, hot).gamma_multiply(shape.opacity);
            let fill = color.gamma_multiply(if hot { 0.6 } else { 0.3 });
            let mut corners = shape.lines.first().cloned().unwrap_or_default();
            corners.pop();
            let stroke = Stroke::new(1.0, color);
            painter.add(egui::Shape::convex_polygon(corners, fill, stroke));
        }
        Handle::Center => {
            let color = *theme.vp_text;
            if hot {
                painter.circle_filled(layout.middle(), MIDDLE, color.gamma_multiply(0.35));
            }
            painter.circle_stroke(layout.middle(), MIDDLE, Stroke::new(1.75 + more, color));
        }
        Handle::View => {
            let seen = if hot { 0.9 } else { 0.45 };
            let color = theme.vp_text.gamma_multiply(seen);
            lines(painter, &shape.lines, 1.25 + more, color);
        }
    }
}

fn ends(shape: &Shape) -> Option<[Pos2; 2]> {
    let line = shape.lines.first()?;
    Some([*line.first()?, *line.last()?])
}

/// Draws lines.
pub fn lines(painter: &Painter, lines: &[Vec<Pos2>], width: f32, color: Color32) {
    let stroke = Stroke::new(width, color);
    for line in lines {
        painter.add(PathShape::line(line.clone(), stroke));
    }
}

/// Draws a line with the end of its tool: an arrow's head, or a cube.
pub fn tipped(painter: &Painter, [start, tip]: [Pos2; 2], tool: Tool, width: f32, color: Color32) {
    let way = tip - start;
    let along = way.normalized();
    let stroke = Stroke::new(width, color);
    if tool == Tool::Scale {
        painter.line_segment([start, tip - along * CUBE * 0.5], stroke);
        let half = CUBE * 0.5 + (width - 2.5) * 0.5;
        painter.add(polygon(
            tip,
            along,
            &[(-half, -half), (half, -half), (half, half), (-half, half)],
            color,
        ));
        return;
    }
    // A short arrow keeps its head in proportion.
    let length = HEAD.0.min(way.length());
    let half = (HEAD.1 + width - 2.5) * 0.5 * (length / HEAD.0);
    painter.line_segment([start, tip - along * (length - 1.0)], stroke);
    painter.add(polygon(
        tip,
        along,
        &[(0.0, 0.0), (-length, half), (-length, -half)],
        color,
    ));
}

/// A convex polygon of points along and across a direction.
fn polygon(at: Pos2, along: Vec2, points: &[(f32, f32)], color: Color32) -> egui::Shape {
    let place = |&(x, y): &(f32, f32)| at + along * x + along.rot90() * y;
    let points = points.iter().map(place).collect();
    egui::Shape::convex_polygon(points, color, Stroke::NONE)
}
