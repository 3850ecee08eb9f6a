//! Turning bones about an axis.

use std::f32::consts::TAU;

use glam::{Mat3, Vec2, Vec3};

use crate::model::transform_settings::OrientType;
use crate::ops::context::Context;
use crate::ops::event::{Event, ModalKey};
use crate::ops::operator::{Exec, Flow, Header, Info, Modal, Operator, Poll, Refusal};
use crate::ops::props::{Data, Unit};
use crate::ops::transform::apply;
use crate::ops::transform::drag::{Drag, Rules, degrees};
use crate::ops::transform::empties;
use crate::ops::transform::parameters::{
    self, Axes, OrientAxis, OrientMatrix, Point, ViewRotation,
};
use crate::ops::transform::targets::{Kind, Pivot, Targets};
use crate::props;

props! {
    /// Turn the selected bones about an axis.
    ///
    /// Without a constraint a positive angle turns clockwise as seen from the tip of the axis, as in
    /// Blender; with one it turns counterclockwise. All three axes at once are no axis: nothing is done.
    pub struct Rotate {
        /// How far to turn.
        value: f32 = 0.0, HINT.label("Angle").unit(Unit::Angle).soft_range(-6.283_185_5, 6.283_185_5).transient();
        /// The axis to turn about where none is constrained.
        orient_axis: OrientAxis = OrientAxis::Z, HINT.label("Axis").transient();
        /// Whose axis to turn about.
        orient_type: OrientType = OrientType::Global, HINT.label("Orientation").transient();
        /// Axes to turn about instead; they count where their type is that of the orientation, and without
        /// a constraint only where that is Global.
        orient_matrix: OrientMatrix = Data(None), HINT.hidden().transient();
        /// The orientation that the given axes stand for.
        orient_matrix_type: OrientType = OrientType::Global, HINT.hidden().transient();
        /// One axis to turn about, or two to turn about the third.
        constraint_axis: [bool; 3] = [false; 3], HINT.label("Constraint Axis").transient();
        /// The point to turn around; none is as the view's pivot point says.
        center_override: Point = Data(None), HINT.hidden().transient();
        /// The view that the orientation View means; none is the current one.
        view_rotation: ViewRotation = Data(None), HINT.hidden().transient();
    }
}

/// What a constraint makes of the axes.
enum Turn {
    /// About the axis that is asked for.
    Free,
    /// About this axis.
    About(OrientAxis),
    /// About none.
    Nothing,
}

impl Rotate {
    fn axes(&self) -> Axes {
        let free = !self.constraint_axis.contains(&true);
        let global = self.orient_type == OrientType::Global;
        Axes {
            orientation: self.orient_type,
            matrix: self.orient_matrix.0.filter(|_| !free || global),
            matrix_type: self.orient_matrix_type,
            view: self.view_rotation.0,
        }
    }

    fn turn(&self) -> Turn {
        match self.constraint_axis {
            [false, false, false] => Turn::Free,
            [true, false, false] | [false, true, true] => Turn::About(OrientAxis::X),
            [false, true, false] | [true, false, true] => Turn::About(OrientAxis::Y),
            [false, false, true] | [true, true, false] => Turn::About(OrientAxis::Z),
            [true, true, true] => Turn::Nothing,
        }
    }
}

/// The rotation about an axis of any length.
pub fn about(axis: Vec3, angle: f32) -> Mat3 {
    match axis.as_dvec3().try_normalize() {
        Some(axis) => glam::DMat3::from_axis_angle(axis, f64::from(angle)).as_mat3(),
        None => Mat3::IDENTITY,
    }
}

impl Operator for Rotate {
    const INFO: Info = Info::new("transform.rotate", "Rotate").endless();

    fn poll(cx: &Context) -> Poll {
        cx.need_scene()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let center = parameters::point(&self.center_override)?;
        let pivot = Pivot::new(cx.view.pivot_point, center);
        let targets = Targets::collect(cx.doc, Kind::Rotate, pivot)?;
        let frame = self.axes().frame(&targets, cx.view)?;
        let (frame, axis, sign) = match self.turn() {
            Turn::Free => (frame.without_own(), self.orient_axis, -1.0),
            Turn::About(axis) => (frame, axis, 1.0),
            Turn::Nothing => return Err(Refusal::Nothing),
        };
        apply::to_all(
            cx.doc,
            &targets,
            Kind::Rotate,
            |rig, target, channel, setup| {
                let turn = about(axis.of(frame.of(rig, target)) * sign, self.value);
                let pivot = targets.pivot_of(target);
                apply::rotate(rig, target, channel, setup, turn, pivot);
            },
        );
        empties::rotate(cx.doc, &targets, |empty| {
            about(axis.of(frame.of_empty(empty)) * sign, self.value)
        });
        Ok(())
    }

    fn idle(&self) -> &'static [&'static str] {
        match self.turn() {
            Turn::Free => &[],
            Turn::About(_) | Turn::Nothing => &["orient_axis"],
        }
    }
}

const RULES: Rules = Rules {
    kind: Kind::Rotate,
    key: ModalKey::Rotate,
    again: Some("transform.trackball"),
    numbers: 1,
    axes: true,
    verb: "rotate",
};

impl Modal for Rotate {
    type Drag = Drag;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Drag, Refusal> {
        let asked = (self.constraint_axis, self.orient_type);
        *self = Self {
            center_override: self.center_override.clone(),
            ..Self::default()
        };
        let center = parameters::point(&self.center_override)?;
        let pivot = Pivot::new(cx.view.pivot_point, center);
        let drag = Drag::begin(RULES, cx, event, pivot, asked)?;
        self.follow(&drag, cx);
        Ok(drag)
    }

    fn handle(&mut self, drag: &mut Drag, cx: &Context, event: &Event) -> Flow {
        let flow = drag.take(cx, event);
        if flow == Flow::Changed {
            self.follow(drag, cx);
        }
        flow
    }

    fn header(&self, drag: &Drag) -> Header {
        let mut header = drag.header("", "\u{b0}", degrees(self.value));
        if let Some(guide) = &mut header.guide {
            // Without a constraint a positive angle is clockwise.
            guide.angle = match self.turn() {
                Turn::About(_) => self.value,
                Turn::Free | Turn::Nothing => -self.value,
            };
        }
        header
    }
}

impl Rotate {
    fn follow(&mut self, drag: &Drag, cx: &Context) {
        self.constraint_axis = drag.constraint.limit.flags();
        // Without a constraint the hand turns bones on the screen.
        let (orientation, axis) = match self.turn() {
            Turn::About(axis) => (drag.constraint.orientation, Some(axis)),
            _ => (OrientType::View, None),
        };
        self.orient_type = orientation;
        self.view_rotation = Data(drag.view_rotation(orientation));
        if drag.numbers.active() {
            self.value = drag.numbers.value(0).unwrap_or(0.0).to_radians();
            return;
        }
        // A positive turn without a constraint is clockwise; about an axis it depends on who looks.
        let away = axis.is_none_or(|axis| {
            let axis = axis.of(drag.frame.shared);
            axis.dot(drag.aim(cx).to_viewer()) < 0.0
        });
        let turned = drag.pointer.turned();
        let around = if away { -turned } else { turned };
        let handle = axis.filter(|_| drag.by_handle());
        let taken = handle.and_then(|axis| taken(drag, cx, axis.of(drag.frame.shared), around));
        self.value = drag.snapped_angle(taken.unwrap_or(around));
    }
}

/// Above this cosine of the angle to the line of sight a ring faces the viewer.
const FACING: f32 = 0.5;
/// Radius of the wheel that is pushed, points.
const WHEEL: f32 = 72.0;

/// How far a hand turns a ring that it took. The point of a ring that faces the viewer stays under the
/// pointer; one that is seen from the side is pushed round as a wheel by its rim, as the way around its
/// centre would mean nothing there. `around` is that way, with whole turns.
fn taken(drag: &Drag, cx: &Context, axis: Vec3, around: f32) -> Option<f32> {
    let camera = &cx.view.camera;
    let (toward, moved) = (drag.aim(cx).to_viewer(), drag.pointer.moved());
    if axis.dot(toward).abs() < FACING {
        let rim = axis.cross(toward);
        let way = Vec2::new(rim.dot(camera.right()), -rim.dot(camera.up()));
        return Some(moved.dot(way.normalize_or_zero()) / WHEEL);
    }
    let center = drag.targets.center();
    let arm = |pixel: Vec2| {
        let ray = camera.ray(pixel, cx.place.size);
        let arm = ray.plane(center, axis)? - center;
        let before = (arm + center - ray.origin).dot(ray.direction) > 0.0;
        before.then_some(arm)
    };
    let start = drag.pointer.start();
    let (from, to) = (arm(start)?, arm(start + moved)?);
    let turned = axis.dot(from.cross(to)).atan2(from.dot(to));
    Some(turned + ((around - turned) / TAU).round() * TAU)
}
