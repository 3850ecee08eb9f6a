//! The handles of a tool: where they lie on the screen, which one is under the pointer, what they call.
//!
//! Their size is fixed in points. One that points at the viewer fades away and cannot be taken, so that it
//! hides nothing.

use std::f32::consts::TAU;

use egui::{Pos2, Vec2, vec2};
use glam::{Mat3, Vec3};

use crate::model::choice::Choice;
use crate::model::tools::Tool;
use crate::model::transform_settings::OrientType;
use crate::ops::transform::constraint::{Limit, axis_name};
use crate::ui::gizmo::eye::{self, Eye, Ring};

/// Radius of the rings, points.
pub const RING: f32 = 72.0;
/// Radius of the ring around the line of sight.
pub const VIEW_RING: f32 = 82.0;
/// Length of the arrows.
pub const ARROW: f32 = 68.0;
/// Radius of the ring in the middle.
pub const MIDDLE: f32 = 6.0;
/// How far from a handle the pointer may be.
const NEAR: f32 = 6.0;
/// Lengths on the screen between which an arrow fades away.
const FADE: (f32, f32) = (10.0, 26.0);
/// Sides of the squares between two axes, from the pivot.
const SQUARE: (f32, f32) = (20.0, 32.0);
/// Fainter than this nothing can be taken.
const FAINT: f32 = 0.35;

/// A handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Handle {
    /// Along or about an axis, 0 to 2.
    Axis(usize),
    /// Along the other two axes.
    Plane(usize),
    /// In all directions.
    Center,
    /// About the line of sight.
    View,
}

/// The call that a tool's key makes.
pub fn plain_call(tool: Tool) -> &'static str {
    match tool {
        Tool::SelectBox => "view3d.select_box()",
        Tool::Move => "transform.translate()",
        Tool::Rotate => "transform.rotate()",
        Tool::Scale => "transform.resize()",
    }
}

impl Handle {
    /// Its name.
    pub fn label(self, tool: Tool) -> String {
        let verb = tool.label();
        match self {
            Self::Axis(axis) => format!("{verb} {}", axis_name(axis)),
            Self::Plane(axis) => {
                let [a, b] = others(axis).map(axis_name);
                format!("{verb} {a} and {b}")
            }
            Self::Center if tool == Tool::Scale => "Scale All".to_owned(),
            Self::Center | Self::View => format!("{verb} in View"),
        }
    }

    fn limit(self) -> Limit {
        match self {
            Self::Axis(axis) => Limit::Along(axis),
            Self::Plane(axis) => Limit::Locking(axis),
            Self::Center | Self::View => Limit::Free,
        }
    }
}

/// The two axes beside this one, in their order.
pub fn others(axis: usize) -> [usize; 2] {
    match axis {
        0 => [1, 2],
        1 => [0, 2],
        _ => [0, 1],
    }
}

/// A handle on the screen.
#[derive(Clone, Debug)]
pub struct Shape {
    /// What it is.
    pub handle: Handle,
    /// Its lines, before the pivot.
    pub lines: Vec<Vec<Pos2>>,
    /// Its lines behind the pivot, faint.
    pub back: Vec<Vec<Pos2>>,
    /// A point of it that is clear of the others.
    pub anchor: Pos2,
    /// How much of it is seen.
    pub opacity: f32,
    /// How near it is to the viewer.
    pub depth: f32,
}

/// What a layout is made of.
#[derive(Clone, PartialEq)]
struct Input {
    camera: crate::model::view::Camera,
    rect: egui::Rect,
    tool: Tool,
    orientation: OrientType,
    center: Vec3,
    axes: Mat3,
}

/// The handles of a tool on the screen.
pub struct Layout {
    input: Input,
    shapes: Vec<Shape>,
    middle: Pos2,
}

impl Layout {
    /// Lays the handles out at a pivot; `last` is taken again where nothing has changed. Nothing behind the
    /// eye.
    pub fn new(
        last: Option<Self>,
        eye: &Eye,
        (tool, orientation): (Tool, OrientType),
        center: Vec3,
        axes: Mat3,
    ) -> Option<Self> {
        let input = Input {
            camera: eye.camera.clone(),
            rect: eye.rect,
            tool,
            orientation,
            center,
            axes,
        };
        if let Some(last) = last.filter(|last| last.input == input) {
            return Some(last);
        }
        let middle = eye.at(center)?;
        let mut shapes = match tool {
            Tool::SelectBox => Vec::new(),
            Tool::Rotate => rings(eye, center, axes, middle),
            Tool::Move | Tool::Scale => arrows(eye, center, axes, middle),
        };
        shapes.sort_by(|a, b| a.depth.total_cmp(&b.depth));
        Some(Self {
            input,
            shapes,
            middle,
        })
    }

    /// The tool.
    pub fn tool(&self) -> Tool {
        self.input.tool
    }

    /// Where the pivot appears.
    pub fn middle(&self) -> Pos2 {
        self.middle
    }

    /// The handles, the farthest first.
    pub fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// The handle at a point of the window.
    pub fn find(&self, at: Pos2) -> Option<Handle> {
        let taken = self.shapes.iter().filter(|shape| shape.opacity > FAINT);
        let far = |shape: &Shape| match shape.handle {
            // The middle comes first: the arrows all begin there.
            Handle::Center => (at.distance(self.middle) - MIDDLE - 2.0).max(-1.0),
            Handle::Plane(_) if inside(&shape.lines, at) => 0.0,
            _ => eye::distance(&shape.lines, at),
        };
        let near = taken.map(|shape| (far(shape), shape.handle));
        let near = near.filter(|(far, handle)| match handle {
            Handle::Center => *far <= 0.0,
            _ => *far <= NEAR,
        });
        near.min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, handle)| handle)
    }

    /// What a drag of a handle calls.
    pub fn call(&self, handle: Handle) -> String {
        let plain = plain_call(self.input.tool);
        let limit = handle.limit();
        if limit == Limit::Free {
            return plain.to_owned();
        }
        let [x, y, z] = limit.flags();
        let orientation = self.input.orientation.id();
        let arguments = format!("constraint_axis: ({x}, {y}, {z}), orient_type: {orientation}");
        plain.replace("()", &format!("({arguments})"))
    }
}

fn rings(eye: &Eye, center: Vec3, axes: Mat3, middle: Pos2) -> Vec<Shape> {
    let radius = eye.metres(center, RING);
    let ring = |axis: usize| Ring::new(center, axes.col(axis), radius).lines(eye);
    let lines = [0, 1, 2].map(ring);
    let anchor = |axis: usize| {
        let [a, b] = others(axis).map(|other| lines.get(other).map(|(front, _)| front.as_slice()));
        let (front, _) = lines.get(axis)?;
        eye::clearest(front, &[a?, b?])
    };
    let shape = |axis: usize| {
        let (front, back) = lines.get(axis)?.clone();
        Some(Shape {
            handle: Handle::Axis(axis),
            lines: front,
            back,
            anchor: anchor(axis)?,
            opacity: 1.0,
            depth: 1.0,
        })
    };
    let mut shapes: Vec<_> = [0, 1, 2].into_iter().filter_map(shape).collect();
    let corner = VIEW_RING * std::f32::consts::FRAC_1_SQRT_2;
    shapes.push(Shape {
        handle: Handle::View,
        lines: vec![circle(middle, VIEW_RING)],
        back: Vec::new(),
        anchor: middle + vec2(-corner, corner),
        opacity: 1.0,
        depth: 0.0,
    });
    shapes
}

/// A circle on the screen.
pub fn circle(middle: Pos2, radius: f32) -> Vec<Pos2> {
    let point = |piece: u8| {
        let angle = f32::from(piece) / 72.0 * TAU;
        middle + Vec2::angled(angle) * radius
    };
    (0..=72).map(point).collect()
}

fn arrows(eye: &Eye, center: Vec3, axes: Mat3, middle: Pos2) -> Vec<Shape> {
    let metres = |points: f32| eye.metres(center, points);
    let toward = eye.toward(center);
    let arrow = |axis: usize| {
        let direction = axes.col(axis);
        let tip = eye.at(center + direction * metres(ARROW))?;
        let way = tip - middle;
        let opacity = ((way.length() - FADE.0) / (FADE.1 - FADE.0)).clamp(0.0, 1.0);
        let start = middle + way.normalized() * (MIDDLE + 3.0).min(way.length());
        Some(Shape {
            handle: Handle::Axis(axis),
            lines: vec![vec![start, tip]],
            back: Vec::new(),
            anchor: tip - way.normalized() * 7.0,
            opacity,
            depth: direction.dot(toward),
        })
    };
    let square = |axis: usize| {
        let [a, b] = others(axis).map(|other| axes.col(other));
        let (near, far) = (metres(SQUARE.0), metres(SQUARE.1));
        let corner = |x: f32, y: f32| eye.at(center + a * x + b * y);
        let corners = [
            corner(near, near)?,
            corner(far, near)?,
            corner(far, far)?,
            corner(near, far)?,
        ];
        let facing = axes.col(axis).dot(toward).abs();
        let sum = corners
            .iter()
            .fold(Vec2::ZERO, |sum, at| sum + at.to_vec2());
        Some(Shape {
            handle: Handle::Plane(axis),
            lines: vec![corners.iter().chain(corners.first()).copied().collect()],
            back: Vec::new(),
            anchor: (sum / 4.0).to_pos2(),
            opacity: ((facing - 0.15) / 0.2).clamp(0.0, 1.0),
            depth: (a + b).dot(toward),
        })
    };
    let mut shapes: Vec<_> = [0, 1, 2].into_iter().filter_map(square).collect();
    shapes.extend([0, 1, 2].into_iter().filter_map(arrow));
    shapes.push(Shape {
        handle: Handle::Center,
        lines: vec![circle(middle, MIDDLE)],
        back: Vec::new(),
        anchor: middle,
        opacity: 1.0,
        depth: 0.0,
    });
    shapes
}

/// Whether a point lies within a line that closes.
fn inside(lines: &[Vec<Pos2>], at: Pos2) -> bool {
    let Some(line) = lines.first() else {
        return false;
    };
    let side = |(a, b): (&Pos2, &Pos2)| (*b - *a).rot90().dot(at - *a) > 0.0;
    let mut sides = line.iter().zip(line.iter().skip(1)).map(side);
    let first = sides.next();
    first.is_some_and(|first| sides.all(|side| side == first))
}

#[cfg(test)]
mod tests {
    use egui::{Rect, pos2};
    use glam::Quat;

    use super::*;
    use crate::model::view::Camera;

    fn layout(tool: Tool, rotation: Quat) -> Layout {
        let camera = Camera {
            target: Vec3::ZERO,
            rotation,
            ..Camera::default()
        };
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(800.0, 600.0));
        let eye = Eye::new(&camera, rect);
        let choice = (tool, OrientType::Global);
        Layout::new(None, &eye, choice, Vec3::ZERO, Mat3::IDENTITY).unwrap()
    }

    #[test]
    fn every_handle_is_found_where_it_is_named() {
        for tool in [Tool::Move, Tool::Rotate, Tool::Scale] {
            let layout = layout(tool, Camera::default().rotation);
            assert!(layout.shapes().len() >= 4);
            for shape in layout.shapes() {
                assert_eq!(layout.find(shape.anchor), Some(shape.handle), "{tool:?}");
            }
            assert_eq!(layout.find(layout.middle() + vec2(130.0, 0.0)), None);
        }
    }

    #[test]
    fn an_arrow_that_points_at_the_viewer_cannot_be_taken() {
        let layout = layout(Tool::Move, Quat::IDENTITY);
        let z = |shape: &&Shape| shape.handle == Handle::Axis(2);
        let arrow = layout.shapes().iter().find(z).unwrap();
        assert_eq!(arrow.opacity, 0.0);
        assert_eq!(layout.find(layout.middle()), Some(Handle::Center));
    }

    #[test]
    fn a_handle_calls_its_axis() {
        let layout = layout(Tool::Rotate, Quat::IDENTITY);
        assert_eq!(
            layout.call(Handle::Axis(1)),
            "transform.rotate(constraint_axis: (false, true, false), orient_type: GLOBAL)"
        );
        assert_eq!(layout.call(Handle::View), "transform.rotate()");
        assert_eq!(Handle::Plane(0).label(Tool::Move), "Move Y and Z");
    }
}
