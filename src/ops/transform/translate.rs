//! Moving bones.

use glam::Vec3;

use crate::model::transform_settings::OrientType;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::props::{Data, Unit};
use crate::ops::transform::apply;
use crate::ops::transform::parameters::{Axes, OrientMatrix, ViewRotation};
use crate::ops::transform::targets::{Kind, Pivot, Targets};
use crate::props;

props! {
    /// Move the selected bones.
    ///
    /// Connected bones and locked locations stay where they are; where nothing can move, nothing is done.
    pub struct Translate {
        /// How far to move along each axis.
        value: [f32; 3] = [0.0; 3], HINT.label("Move").unit(Unit::Length).transient();
        /// Whose axes to move along.
        orient_type: OrientType = OrientType::Global, HINT.label("Orientation").transient();
        /// Axes to move along instead; they count where their type is that of the orientation.
        orient_matrix: OrientMatrix = Data(None), HINT.hidden().transient();
        /// The orientation that the given axes stand for.
        orient_matrix_type: OrientType = OrientType::Global, HINT.hidden().transient();
        /// The axes that the mouse moved along; the values alone decide.
        constraint_axis: [bool; 3] = [false; 3], HINT.label("Constraint Axis").transient();
        /// The view that the orientation View means; none is the current one.
        view_rotation: ViewRotation = Data(None), HINT.hidden().transient();
    }
}

impl Translate {
    fn axes(&self) -> Axes {
        Axes {
            orientation: self.orient_type,
            matrix: self.orient_matrix.0,
            matrix_type: self.orient_matrix_type,
            view: self.view_rotation.0,
        }
    }
}

/// Whether any of the bones can be moved.
pub fn can_move(targets: &Targets) -> bool {
    targets.iter().any(|(rig, target)| {
        let connected = rig
            .rig
            .armature
            .bone(target.bone)
            .is_some_and(|bone| bone.connected);
        let locks = rig.rig.setup(target.bone).map(|setup| setup.lock_location);
        !connected && locks != Some([true; 3])
    })
}

impl Operator for Translate {
    const INFO: Info = Info::new("transform.translate", "Move");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let pivot = Pivot::Setting(cx.view.pivot_point);
        let targets = Targets::collect(cx.doc, Kind::Translate, pivot)?;
        if !can_move(&targets) {
            return Err(Refusal::Nothing);
        }
        let frame = self.axes().frame(&targets, cx.view)?;
        let value = Vec3::from_array(self.value);
        apply::to_all(cx.doc, &targets, |rig, target, channel, setup| {
            let by = frame.of(rig, target) * value;
            apply::translate(rig, target, channel, setup, by);
        });
        Ok(())
    }
}
