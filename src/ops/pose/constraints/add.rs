//! Adding a constraint to the active bone, alone or with what is selected beside it as its target.

use crate::model::constraint::{Constraint, ConstraintKind};
use crate::model::constraint_targets::Seen;
use crate::model::document::unique_name;
use crate::model::empty::Empty;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::pose::constraints::target::{self, Found};
use crate::ops::pose::constraints::{active_bone, measure};
use crate::props;

/// Adds a constraint with the settings of its kind to the active bone; with targets it looks at what is
/// selected beside that bone, or at an empty that is made for it.
///
/// # Errors
/// A refusal where there is no active bone.
pub fn add(cx: &mut Context, kind: ConstraintKind, with_targets: bool) -> Exec {
    let (id, bone) = active_bone(cx).ok_or_else(|| {
        Refusal::error("There is no active bone that can be seen to constrain; click a bone first")
    })?;
    let mut made = Constraint::new(kind);
    let found = match with_targets {
        true => target::find(cx, kind),
        false => Found::Nothing,
    };
    let seen = match found {
        Found::Nothing => None,
        Found::Seen(seen) => Some(seen),
        Found::New(location) => {
            let place = cx.doc.add_empty(Empty {
                location: location.to_array(),
                ..Empty::default()
            });
            let empty = cx.doc.empties.get(place);
            empty.map(|empty| Seen::Object(empty.name.clone()))
        }
    };
    made.look_at(seen.as_ref());
    measure::measure(cx.doc, id, bone, &mut made);
    let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
    let constraints = &mut rig.setup_mut(bone).ok_or(Refusal::Nothing)?.constraints;
    made.name = unique_name(&made.name, |name| {
        constraints.iter().any(|other| other.name == name)
    });
    constraints.push(made);
    Ok(())
}

props! {
    /// Add a constraint to the active bone; what it looks at is chosen afterwards.
    pub struct ConstraintAdd {
        /// What the constraint does.
        r#type: Option<ConstraintKind> = None, HINT.label("Type").required();
    }
}

impl Operator for ConstraintAdd {
    const INFO: Info = Info::new("pose.constraint_add", "Add Constraint");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        match self.r#type {
            Some(_) => Start::Exec,
            None => Start::Menu("type"),
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        add(cx, self.r#type.ok_or(Refusal::Nothing)?, false)
    }
}

props! {
    /// Add a constraint to the active bone that looks at the other bone or empty that is selected, or at a new
    /// empty at the bone.
    pub struct ConstraintAddWithTargets {
        /// What the constraint does.
        r#type: Option<ConstraintKind> = None, HINT.label("Type").required();
    }
}

impl Operator for ConstraintAddWithTargets {
    const INFO: Info = Info::new(
        "pose.constraint_add_with_targets",
        "Add Constraint (with Targets)",
    );

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        match self.r#type {
            Some(_) => Start::Exec,
            None => Start::Menu("type"),
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        add(cx, self.r#type.ok_or(Refusal::Nothing)?, true)
    }
}
