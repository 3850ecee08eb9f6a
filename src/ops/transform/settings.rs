//! The view's settings for transforms: around which point, along which axes, in which steps.

use std::f32::consts::PI;

use crate::model::tools::Snap;
use crate::model::transform_settings::{OrientType, PivotPoint};
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Start};
use crate::ops::props::Unit;
use crate::props;

props! {
    /// Choose the point that stays where it is while bones are turned or scaled.
    pub struct SetPivotPoint {
        /// The point that stays where it is.
        r#type: PivotPoint = PivotPoint::MedianPoint, HINT.label("Pivot Point");
    }
}

impl Operator for SetPivotPoint {
    const INFO: Info = Info::new("view3d.pivot_point", "Pivot Point").no_undo();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("type")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.view.pivot_point = self.r#type;
        Ok(())
    }
}

props! {
    /// Choose whose axes the axis keys mean first while bones are transformed.
    pub struct SetOrientation {
        /// Whose axes.
        r#type: OrientType = OrientType::Global, HINT.label("Orientation");
    }
}

impl Operator for SetOrientation {
    const INFO: Info = Info::new("view3d.orientation", "Transform Orientation").no_undo();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("type")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.view.orientation = self.r#type;
        Ok(())
    }
}

props! {
    /// Let transforms go in whole steps, or freely; Ctrl turns it round while one follows the mouse.
    pub struct ToggleSnap {}
}

impl Operator for ToggleSnap {
    const INFO: Info = Info::new("view3d.toggle_snap", "Snap").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.view.snap.on = !cx.view.snap.on;
        Ok(())
    }
}

props! {
    /// Choose the steps that transforms keep to, and which of them do.
    pub struct SnapSettings {
        /// Step of movements; 0 is a tenth of what the view shows.
        length: f32 = 0.0, HINT.label("Move").unit(Unit::Length).range(0.0, 1000.0);
        /// Step of rotations.
        angle: f32 = PI / 36.0, HINT.label("Rotate").unit(Unit::Angle).range(0.0, PI);
        /// Step of rotations while Shift is held.
        angle_precise: f32 = PI / 180.0, HINT.label("Precise").unit(Unit::Angle).range(0.0, PI);
        /// Step of scale factors.
        factor: f32 = 0.1, HINT.label("Scale").range(0.0, 10.0);
        /// Moving keeps to steps.
        translate: bool = true, HINT.label("Affect Move");
        /// Turning keeps to steps.
        rotate: bool = true, HINT.label("Affect Rotate");
        /// Scaling keeps to steps.
        resize: bool = true, HINT.label("Affect Scale");
    }
}

impl Operator for SnapSettings {
    const INFO: Info = Info::new("view3d.snap_settings", "Snapping Steps")
        .view_only()
        .script_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.view.snap = Snap {
            on: cx.view.snap.on,
            length: self.length,
            angle: self.angle,
            angle_precise: self.angle_precise,
            factor: self.factor,
            translate: self.translate,
            rotate: self.rotate,
            resize: self.resize,
        };
        Ok(())
    }
}

impl SnapSettings {
    /// The call that sets what is set already.
    pub fn of(snap: &Snap) -> Self {
        Self {
            length: snap.length,
            angle: snap.angle,
            angle_precise: snap.angle_precise,
            factor: snap.factor,
            translate: snap.translate,
            rotate: snap.rotate,
            resize: snap.resize,
        }
    }
}
