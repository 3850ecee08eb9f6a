//! The menu of what makes a pose permanent.

use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Offer, Operator, Poll, Refusal, Start};
use crate::props;

/// What is offered: the words and the call.
const OFFERS: [(&str, &str); 3] = [
    ("Apply Pose as Rest Pose", "pose.armature_apply()"),
    (
        "Apply Selected as Rest Pose",
        "pose.armature_apply(selected: true)",
    ),
    (
        "Apply Visual Transform to Pose",
        "pose.visual_transform_apply()",
    ),
];

props! {
    /// Choose how the pose becomes permanent.
    pub struct ApplyMenu {}
}

impl Operator for ApplyMenu {
    const INFO: Info = Info::new("view3d.apply_menu", "Apply").no_undo();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        let offer = |(label, call): (&str, &str)| Offer {
            label: label.to_owned(),
            call: call.to_owned(),
            on: None,
        };
        Start::Offer(OFFERS.map(offer).to_vec())
    }

    /// Without a window there is nothing to choose in.
    fn exec(&self, _cx: &mut Context) -> Exec {
        Err(Refusal::Nothing)
    }
}
