//! What a running transform shows at its pivot: the ring with the angle it has turned, or the axis it goes
//! along and how far.

use std::f32::consts::TAU;

use egui::{Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Shape, Stroke, vec2};
use glam::Vec3;

use crate::model::tools::Tool;
use crate::ops::operator::{Guide, Header};
use crate::ui::gizmo::eye::{Eye, Ring};
use crate::ui::gizmo::handle::{ARROW, MIDDLE};
use crate::ui::gizmo::paint::{BACK, lines, tipped};
use crate::ui::theme::{RADIUS, Theme};

/// Radius of the ring while it turns, points.
const RING: f32 = 84.0;
/// How much is seen of the rings that do not turn.
const OTHERS: f32 = 0.16;
/// Angle between two ticks.
const TICK: f32 = TAU / 24.0;

/// Draws what belongs to the transform of this id.
pub fn paint(
    painter: &Painter,
    theme: &Theme,
    eye: &Eye,
    id: &str,
    header: &Header,
    guide: &Guide,
) {
    match id {
        "transform.rotate" => turning(painter, theme, eye, header, guide),
        "transform.translate" => moving(painter, theme, eye, guide),
        "transform.resize" => scaling(painter, theme, eye, guide),
        _ => {}
    }
}

/// The axes that the mouse is kept to, with their colours.
fn axes<'a>(theme: &'a Theme, guide: &'a Guide) -> impl Iterator<Item = (usize, Vec3, Color32)> {
    let free = !guide.limit.contains(&true);
    let kept = guide.limit.into_iter().enumerate();
    let kept = kept.filter(move |(_, on)| *on && !free);
    kept.map(|(axis, _)| (axis, guide.axes.col(axis), theme.axis(axis)))
}

/// The axis that is turned about: the one that is kept to, or the one that two axes leave.
fn turned_about(guide: &Guide) -> Option<usize> {
    match guide.limit {
        [true, false, false] | [false, true, true] => Some(0),
        [false, true, false] | [true, false, true] => Some(1),
        [false, false, true] | [true, true, false] => Some(2),
        _ => None,
    }
}

fn turning(painter: &Painter, theme: &Theme, eye: &Eye, header: &Header, guide: &Guide) {
    let radius = eye.metres(guide.center, RING);
    let about = turned_about(guide);
    for axis in (0..3).filter(|axis| about.is_some_and(|about| about != *axis)) {
        let (front, back) = Ring::new(guide.center, guide.axes.col(axis), radius).lines(eye);
        let color = theme.axis(axis).gamma_multiply(OTHERS);
        lines(painter, &back, 1.5, color.gamma_multiply(BACK));
        lines(painter, &front, 2.0, color);
    }
    let (axis, color) = match about {
        Some(about) => (guide.axes.col(about), theme.axis(about)),
        None => (eye.toward(guide.center), *theme.vp_text),
    };
    if about.is_some()
        && let Some(line) = eye.line(guide.center, axis)
    {
        painter.line_segment(line, Stroke::new(1.0, color.gamma_multiply(0.55)));
    }
    let ring = Ring::new(guide.center, axis, radius);
    let (front, back) = ring.lines(eye);
    lines(painter, &back, 2.0, color.gamma_multiply(0.45));
    lines(painter, &front, 3.0, color);
    for tick in 0..24u8 {
        let angle = f32::from(tick) * TICK;
        let inner = eye.at(ring.point(angle, 0.95));
        if let Some((inner, outer)) = inner.zip(eye.at(ring.point(angle, 1.0))) {
            painter.line_segment([inner, outer], Stroke::new(1.0, color.gamma_multiply(0.8)));
        }
    }
    let from = ring.angle(start(eye, guide, axis)).unwrap_or(0.0);
    sector(painter, theme, eye, (ring, color), (from, guide), header);
}

/// The direction from the pivot in which the hand began, in the plane of the ring.
fn start(eye: &Eye, guide: &Guide, axis: Vec3) -> Vec3 {
    let aimed = eye.ray(guide.start).plane(guide.center, axis);
    let edge_on = axis.dot(eye.toward(guide.center)).abs() < 0.1;
    if let Some(aimed) = aimed.filter(|_| !edge_on) {
        return aimed - guide.center;
    }
    // Seen edge-on, a ray meets the plane far away or never.
    let camera = eye.camera;
    let Some(middle) = eye.at(guide.center) else {
        return camera.right();
    };
    let way = eye.rect.min + vec2(guide.start.x, guide.start.y) - middle;
    let flat = camera.right() * way.x - camera.up() * way.y;
    // The near side of the ring is what the hand took.
    let near = (RING * RING - way.length_sq()).max(0.0).sqrt();
    let taken = flat + eye.toward(guide.center) * near;
    taken - axis * axis.dot(taken)
}

/// The angle from where the hand began to where it is.
fn sector(
    painter: &Painter,
    theme: &Theme,
    eye: &Eye,
    (ring, color): (Ring, Color32),
    (from, guide): (f32, &Guide),
    header: &Header,
) {
    let Some(middle) = eye.at(guide.center) else {
        return;
    };
    let text = *theme.vp_text;
    // More than a whole turn fills the ring; its end still shows where the hand is.
    let shown = guide.angle.clamp(-TAU, TAU);
    let arc = ring.arc(eye, from, shown);
    let end = eye.at(ring.point(from + guide.angle, 1.0));
    let (Some(first), Some(end)) = (arc.first().copied(), end) else {
        return;
    };
    fan(painter, middle, &arc, color.gamma_multiply(0.3));
    let dashes = Stroke::new(1.0, text.gamma_multiply(0.7));
    painter.extend(Shape::dashed_line(&[middle, first], dashes, 3.0, 3.0));
    painter.line_segment([middle, end], Stroke::new(1.5, text));
    lines(painter, &[arc], 3.0, text);
    let way = (end - middle).normalized();
    let at = end + vec2(way.x * 30.0, way.y * 22.0);
    chip(
        painter,
        theme,
        eye.rect,
        at,
        &header.value.replace('-', "\u{2212}"),
    );
}

/// A filled sector, however far it goes round.
fn fan(painter: &Painter, middle: Pos2, arc: &[Pos2], color: Color32) {
    let mut mesh = Mesh::default();
    mesh.colored_vertex(middle, color);
    for point in arc {
        mesh.colored_vertex(*point, color);
    }
    let last = u32::try_from(arc.len()).unwrap_or_default();
    for place in 1..last {
        mesh.add_triangle(0, place, place + 1);
    }
    painter.add(mesh);
}

/// A value beside the hand, within the view.
fn chip(painter: &Painter, theme: &Theme, rect: Rect, at: Pos2, value: &str) {
    let galley = painter.layout_no_wrap(value.to_owned(), FontId::monospace(11.0), *theme.vp_text);
    let size = galley.size() + vec2(14.0, 6.0);
    let free = rect.shrink(4.0);
    let room = Rect::from_min_max(free.min + size / 2.0, (free.max - size / 2.0).max(free.min));
    let area = Rect::from_center_size(at.clamp(room.min, room.max.max(room.min)), size);
    painter.rect_filled(area, RADIUS, theme.vp_chip);
    let corner = Align2::CENTER_CENTER.anchor_size(area.center(), galley.size());
    painter.galley(corner.min, galley, *theme.vp_text);
}

/// Lines through the pivot along the axes that are kept to.
fn axis_lines(painter: &Painter, theme: &Theme, eye: &Eye, guide: &Guide, center: Vec3) {
    for (_, axis, color) in axes(theme, guide) {
        if let Some(line) = eye.line(center, axis) {
            painter.line_segment(line, Stroke::new(1.0, color.gamma_multiply(0.55)));
        }
    }
}

/// A ring where the pivot was, and a dashed line to where it is.
fn way(painter: &Painter, theme: &Theme, eye: &Eye, from: Vec3, to: Vec3) {
    let text = *theme.vp_text;
    let Some((start, end)) = eye.at(from).zip(eye.at(to)) else {
        return;
    };
    if start.distance(end) > 1.0 {
        let dashes = Stroke::new(1.0, text.gamma_multiply(0.7));
        painter.extend(Shape::dashed_line(&[start, end], dashes, 3.0, 3.0));
        painter.circle_filled(start, 2.0, text.gamma_multiply(0.7));
    }
    painter.circle_stroke(end, MIDDLE, Stroke::new(1.75, text));
}

fn moving(painter: &Painter, theme: &Theme, eye: &Eye, guide: &Guide) {
    axis_lines(painter, theme, eye, guide, guide.center);
    let now = guide.center + guide.way;
    way(painter, theme, eye, guide.center, now);
    handles(painter, theme, eye, guide, now, Tool::Move);
}

fn scaling(painter: &Painter, theme: &Theme, eye: &Eye, guide: &Guide) {
    axis_lines(painter, theme, eye, guide, guide.center);
    way(painter, theme, eye, guide.center, guide.center);
    handles(painter, theme, eye, guide, guide.center, Tool::Scale);
}

/// Arrows along the axes that are kept to; those of a scale are as long as the factor says.
fn handles(painter: &Painter, theme: &Theme, eye: &Eye, guide: &Guide, center: Vec3, tool: Tool) {
    let metres = eye.metres(center, ARROW);
    for (axis, direction, color) in axes(theme, guide) {
        let factor = guide.factors.to_array().get(axis).copied().unwrap_or(1.0);
        let tip = eye.at(center + direction * metres * factor.clamp(-4.0, 4.0));
        let Some((middle, tip)) = eye.at(center).zip(tip) else {
            continue;
        };
        let way = tip - middle;
        if way.length() > MIDDLE + 4.0 {
            let start = middle + way.normalized() * (MIDDLE + 1.0);
            tipped(painter, [start, tip], tool, 3.0, color);
        }
    }
}
