//! Turning bones about two axes at once, as if a ball were rolled under the hand.

use glam::Vec2;

use crate::model::transform_settings::OrientType;
use crate::ops::context::Context;
use crate::ops::event::{Event, ModalKey};
use crate::ops::operator::{Exec, Flow, Header, Info, Modal, Operator, Poll, Refusal};
use crate::ops::props::{Data, Unit};
use crate::ops::transform::apply;
use crate::ops::transform::drag::{Drag, Rules, degrees};
use crate::ops::transform::empties;
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
    const INFO: Info = Info::new("transform.trackball", "Trackball").endless();

    fn poll(cx: &Context) -> Poll {
        cx.need_scene()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let center = parameters::point(&self.center_override)?;
        let pivot = Pivot::new(cx.view.pivot_point, center);
        let targets = Targets::collect(cx.doc, Kind::Rotate, pivot)?;
        let value = Vec2::from_array(self.value);
        let view = parameters::view_rotation(self.view_rotation.0, cx.view)?;
        let turn = about(view * value.extend(0.0), value.length());
        apply::to_all(
            cx.doc,
            &targets,
            Kind::Rotate,
            |rig, target, channel, setup| {
                let pivot = targets.pivot_of(target);
                apply::rotate(rig, target, channel, setup, turn, pivot);
            },
        );
        empties::rotate(cx.doc, &targets, |_| turn);
        Ok(())
    }
}

/// Radians per point that the hand rolls the ball.
const ROLL: f32 = 0.01;

const RULES: Rules = Rules {
    kind: Kind::Rotate,
    key: ModalKey::Rotate,
    again: Some("transform.rotate"),
    numbers: 2,
    axes: false,
    verb: "rotate",
};

impl Modal for Trackball {
    type Drag = Drag;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Drag, Refusal> {
        let center = parameters::point(&self.center_override)?;
        let pivot = Pivot::new(cx.view.pivot_point, center);
        let free = ([false; 3], OrientType::Global);
        let drag = Drag::begin(RULES, cx, event, pivot, free)?;
        self.follow(&drag);
        Ok(drag)
    }

    fn handle(&mut self, drag: &mut Drag, cx: &Context, event: &Event) -> Flow {
        let flow = drag.take(cx, event);
        if flow == Flow::Changed {
            self.follow(drag);
        }
        flow
    }

    fn header(&self, drag: &Drag) -> Header {
        let [x, y] = self.value.map(degrees);
        Header {
            guide: None,
            ..drag.header("", "\u{b0}", format!("X: {x}, Y: {y}"))
        }
    }
}

impl Trackball {
    fn follow(&mut self, drag: &Drag) {
        self.value = if drag.numbers.active() {
            [0, 1].map(|axis| drag.typed(axis, 0.0).to_radians())
        } else {
            // A hand that moves right turns about the axis that points up.
            let moved = drag.pointer.moved() * ROLL;
            [moved.y, moved.x].map(|angle| drag.snapped_angle(angle))
        };
        self.view_rotation = Data(drag.view_rotation(OrientType::View));
    }
}
