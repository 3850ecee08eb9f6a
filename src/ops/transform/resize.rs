//! Scaling bones.

use glam::{Mat3, Vec3};

use crate::model::transform_settings::OrientType;
use crate::ops::context::Context;
use crate::ops::event::{Event, ModalKey};
use crate::ops::operator::{Exec, Flow, Header, Info, Modal, Operator, Poll, Refusal};
use crate::ops::props::Data;
use crate::ops::transform::apply;
use crate::ops::transform::constraint::{Limit, axis_name};
use crate::ops::transform::drag::{Drag, Rules, number};
use crate::ops::transform::empties;
use crate::ops::transform::parameters::{self, Axes, OrientMatrix, Point, ViewRotation};
use crate::ops::transform::targets::{Kind, Pivot, Targets, inverse};
use crate::props;

props! {
    /// Scale the selected bones, and their distances from the pivot.
    ///
    /// The distances go along the rig's own axes, also where the rig itself is turned, as in Blender.
    pub struct Resize {
        /// The factor along each axis.
        value: [f32; 3] = [1.0; 3], HINT.label("Scale").transient();
        /// Whose axes to scale along.
        orient_type: OrientType = OrientType::Global, HINT.label("Orientation").transient();
        /// Axes to scale along instead; they count where their type is that of the orientation.
        orient_matrix: OrientMatrix = Data(None), HINT.hidden().transient();
        /// The orientation that the given axes stand for.
        orient_matrix_type: OrientType = OrientType::Global, HINT.hidden().transient();
        /// The axes that the mouse scaled along; the factors alone decide.
        constraint_axis: [bool; 3] = [false; 3], HINT.label("Constraint Axis").transient();
        /// The point to scale from; none is as the view's pivot point says.
        center_override: Point = Data(None), HINT.hidden().transient();
        /// The view that the orientation View means; none is the current one.
        view_rotation: ViewRotation = Data(None), HINT.hidden().transient();
    }
}

impl Resize {
    fn axes(&self) -> Axes {
        Axes {
            orientation: self.orient_type,
            matrix: self.orient_matrix.0,
            matrix_type: self.orient_matrix_type,
            view: self.view_rotation.0,
        }
    }
}

impl Operator for Resize {
    const INFO: Info = Info::new("transform.resize", "Resize").endless();

    fn poll(cx: &Context) -> Poll {
        cx.need_scene()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let center = parameters::point(&self.center_override)?;
        let pivot = Pivot::new(cx.view.pivot_point, center);
        let targets = Targets::collect(cx.doc, Kind::Resize, pivot)?;
        let frame = self.axes().frame(&targets, cx.view)?;
        let factors = Mat3::from_diagonal(Vec3::from_array(self.value));
        let stretch = |axes: Mat3| match factors == Mat3::IDENTITY {
            true => factors,
            false => axes * factors * inverse(axes),
        };
        apply::to_all(
            cx.doc,
            &targets,
            Kind::Resize,
            |rig, target, channel, setup| {
                let stretch = stretch(frame.of(rig, target));
                let pivot = targets.pivot_of(target);
                apply::resize(rig, target, channel, setup, stretch, pivot);
            },
        );
        empties::resize(cx.doc, &targets, |empty| stretch(frame.of_empty(empty)));
        Ok(())
    }
}

/// Points from the centre below which the ratio of distances would be wild.
const LEAST: f32 = 20.0;

const RULES: Rules = Rules {
    kind: Kind::Resize,
    key: ModalKey::Resize,
    again: None,
    numbers: 3,
    axes: true,
    verb: "scale",
};

impl Modal for Resize {
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
        let [x, y, z] = self.value;
        let factor = |value: f32| number(value, 3);
        let axes = drag.constraint.limit.axes();
        let different = x != y || y != z;
        let value = match axes.first().and_then(|&axis| self.value.get(axis)) {
            Some(&first) if axes.len() < 3 || !different => factor(first),
            _ => {
                let each = self.value.iter().enumerate();
                let each: Vec<_> = each
                    .map(|(axis, &value)| format!("{}: {}", axis_name(axis), factor(value)))
                    .collect();
                each.join(", ")
            }
        };
        let mut header = drag.header("Scale ", "", format!("Scale {value}"));
        if drag.numbers.active() && uniform(drag) {
            header.value = format!("Scale {}", drag.numbers.text(0));
        }
        if let Some(guide) = &mut header.guide {
            guide.factors = Vec3::from_array(self.value);
        }
        header
    }
}

/// Whether the one number that was typed counts for all axes that are free.
fn uniform(drag: &Drag) -> bool {
    drag.numbers.place() == 0 && (1..3).all(|place| drag.numbers.value(place).is_none())
}

impl Resize {
    fn follow(&mut self, drag: &Drag, cx: &Context) {
        let limit = drag.constraint.limit;
        let even = !drag.numbers.active() || uniform(drag);
        // The same factor on all axes needs no axes.
        self.orient_type = if limit == Limit::Free && even {
            OrientType::Global
        } else {
            drag.constraint.orientation
        };
        self.view_rotation = Data(drag.view_rotation(self.orient_type));
        self.constraint_axis = limit.flags();
        let factor = if drag.numbers.active() {
            drag.numbers.value(0).unwrap_or(1.0)
        } else {
            let ratio = drag.pointer.ratio(drag.center_pixel(cx), LEAST);
            drag.snapped_factor(ratio)
        };
        self.value = [0, 1, 2].map(|axis| {
            if !limit.axes().contains(&axis) {
                1.0
            } else if even {
                factor
            } else {
                drag.typed(axis, 1.0)
            }
        });
    }
}
