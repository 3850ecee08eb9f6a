//! Inverse kinematics: adding it to the active bone, removing it from selected bones.

use crate::model::constraint::{Constraint, ConstraintKind};
use crate::model::constraint_targets::Seen;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Offer, Operator, Poll, Start};
use crate::ops::pose::constraints::active_bone;
use crate::ops::pose::constraints::add::add;
use crate::ops::pose::constraints::stack::change_selected;
use crate::ops::pose::constraints::target::{self, Found};
use crate::ops::registry;
use crate::props;

props! {
    /// Let the active bone and those above it bend so that the bone's end reaches a target.
    pub struct IkAdd {
        /// Reach for the other bone or empty that is selected, or for a new empty at the end of the bone.
        with_targets: bool = true, HINT.label("With Targets");
    }
}

impl Operator for IkAdd {
    const INFO: Info = Info::new("pose.ik_add", "Add IK to Bone");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        let Some((id, bone)) = active_bone(cx) else {
            return Start::Refuse(
                "There is no active bone to add inverse kinematics to; click a bone first"
                    .to_owned(),
            );
        };
        let rig = cx.doc.rigs.get(id.index());
        let setup = rig.and_then(|rig| rig.setup(bone));
        if setup.is_some_and(|setup| setup.constraints.iter().any(is_ik)) {
            return Start::Refuse(
                "The active bone has inverse kinematics already; remove it first".to_owned(),
            );
        }
        Start::Offer(offers(&target::find(cx, ConstraintKind::Ik)))
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        add(cx, ConstraintKind::Ik, self.with_targets)
    }
}

/// What is offered: the target that was found, or else a new one or none.
fn offers(found: &Found) -> Vec<Offer> {
    let offer = |label: &str, with_targets: bool| Offer {
        label: label.to_owned(),
        call: registry::boxed(IkAdd { with_targets }).call_text(),
        on: None,
    };
    match found {
        Found::Seen(Seen::Object(_)) => vec![offer("To Active Object", true)],
        Found::Seen(_) => vec![offer("To Active Bone", true)],
        Found::New(_) | Found::Nothing => vec![
            offer("To New Empty Object", true),
            offer("Without Targets", false),
        ],
    }
}

fn is_ik(constraint: &Constraint) -> bool {
    constraint.kind == ConstraintKind::Ik
}

props! {
    /// Remove inverse kinematics from the selected bones.
    pub struct IkClear {}
}

impl Operator for IkClear {
    const INFO: Info = Info::new("pose.ik_clear", "Remove IK");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        change_selected(
            cx,
            |_, _, setup| setup.constraints.iter().any(is_ik),
            |_, setup| setup.constraints.retain(|constraint| !is_ik(constraint)),
        );
        Ok(())
    }
}
