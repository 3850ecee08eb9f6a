//! Scaling bones.

use glam::{Mat3, Vec3};

use crate::model::transform_settings::OrientType;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll};
use crate::ops::props::Data;
use crate::ops::transform::apply;
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
    const INFO: Info = Info::new("transform.resize", "Resize");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let center = parameters::point(&self.center_override)?;
        let pivot = Pivot::new(cx.view.pivot_point, center);
        let targets = Targets::collect(cx.doc, Kind::Resize, pivot)?;
        let frame = self.axes().frame(&targets, cx.view)?;
        let factors = Mat3::from_diagonal(Vec3::from_array(self.value));
        apply::to_all(cx.doc, &targets, |rig, target, channel, setup| {
            let axes = frame.of(rig, target);
            let stretch = axes * factors * inverse(axes);
            let pivot = targets.pivot_of(target);
            apply::resize(rig, target, channel, setup, stretch, pivot);
        });
        Ok(())
    }
}
