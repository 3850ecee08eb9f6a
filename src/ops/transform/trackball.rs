//! Turning bones about two axes at once, as if a ball were rolled under the hand.

use glam::Vec2;

use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll};
use crate::ops::props::{Data, Unit};
use crate::ops::transform::apply;
use crate::ops::transform::parameters::{self, Point, ViewRotation};
use crate::ops::transform::rotate::about;
use crate::ops::transform::targets::{Kind, Pivot, Targets};
use crate::props;

props! {
    /// Turn the selected bones freely, about the two axes of the screen.
    pub struct Trackball {
        /// How far to turn about the screen's horizontal and vertical axis.
        value: [f32; 2] = [0.0; 2], HINT.label("Angles").unit(Unit::Angle).transient();
        /// The point to turn around; none is as the view's pivot point says.
        center_override: Point = Data(None), HINT.hidden().transient();
        /// The view whose axes these are; none is the current one.
        view_rotation: ViewRotation = Data(None), HINT.hidden().transient();
    }
}

impl Operator for Trackball {
    const INFO: Info = Info::new("transform.trackball", "Trackball");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let center = parameters::point(&self.center_override)?;
        let pivot = Pivot::new(cx.view.pivot_point, center);
        let targets = Targets::collect(cx.doc, Kind::Rotate, pivot)?;
        let value = Vec2::from_array(self.value);
        let view = parameters::view_rotation(self.view_rotation.0, cx.view)?;
        let turn = about(view * value.extend(0.0), value.length());
        apply::to_all(cx.doc, &targets, |rig, target, channel, setup| {
            let pivot = targets.pivot_of(target);
            apply::rotate(rig, target, channel, setup, turn, pivot);
        });
        Ok(())
    }
}
