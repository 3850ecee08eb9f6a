//! Operators on one constraint of a bone, as the properties show them: switch, change, move, delete.

use serde::{Deserialize, Serialize};

use crate::model::constraint::Constraint;
use crate::model::constraint_targets::Seen;
use crate::model::id::{BoneId, RigId};
use crate::ops::call;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::pose::constraints::measure::measure;
use crate::ops::props::Data;
use crate::ops::registry::{Entry, op};
use crate::ops::scripting::pose::{find, find_rig};
use crate::{choice, props};

/// The family, in the order of the reference.
pub const CONSTRAINT: &[Entry] = &[
    op::<Delete>(),
    op::<MoveDown>(),
    op::<MoveUp>(),
    op::<Set>(),
];

choice! {
    /// Whose constraint it is.
    pub enum Owner: Bone {
        /// A bone's
        Bone = "BONE", "Bone";
    }
}

/// Runs `change` on the constraints of a bone, with the place of the one that is named. Empty names mean the
/// active rig and its active bone.
fn change(
    cx: &mut Context,
    (rig, bone, constraint): (&str, &str, &str),
    change: impl FnOnce(&mut Vec<Constraint>, usize) -> Exec,
) -> Exec {
    let (id, bone, place) = locate(cx, rig, bone, constraint)?;
    let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
    let setup = rig.setup_mut(bone).ok_or(Refusal::Nothing)?;
    change(&mut setup.constraints, place)
}

/// Where a constraint is.
fn locate(
    cx: &Context,
    rig: &str,
    bone: &str,
    constraint: &str,
) -> Result<(RigId, BoneId, usize), Refusal> {
    let id = find_rig(cx, rig)?;
    let rig = cx.doc.rigs.get(id.index()).ok_or(Refusal::Nothing)?;
    let bone = match bone.is_empty() {
        false => find(rig, bone)?,
        true => rig
            .active_bone
            .ok_or_else(|| Refusal::error("There is no active bone; click one first"))?,
    };
    let all = rig.setup(bone).map_or(&[][..], |setup| &setup.constraints);
    let unknown = || {
        let names = all.iter().map(|other| other.name.as_str());
        let nearest = call::nearest(constraint, names);
        Refusal::Error(call::unknown("constraint", constraint, nearest))
    };
    let place = all.iter().position(|other| other.name == constraint);
    Ok((id, bone, place.ok_or_else(unknown)?))
}

macro_rules! on_one {
    ($name:ident, $doc:literal) => {
        props! {
            #[doc = $doc]
            pub struct $name {
                /// The constraint's name.
                constraint: String = String::new(), HINT.label("Constraint");
                /// Whose it is.
                owner: Owner = Owner::Bone, HINT.label("Owner");
                /// The bone; left out, the active one.
                bone: String = String::new(), HINT.hidden();
                /// The rig; left out, the active one.
                rig: String = String::new(), HINT.hidden();
            }
        }

        impl $name {
            fn names(&self) -> (&str, &str, &str) {
                (&self.rig, &self.bone, &self.constraint)
            }
        }
    };
}

on_one!(Delete, " Remove a constraint from its bone.");

impl Operator for Delete {
    const INFO: Info = Info::new("constraint.delete", "Delete Constraint").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        change(cx, self.names(), |constraints, place| {
            constraints.remove(place);
            Ok(())
        })
    }
}

on_one!(
    MoveDown,
    " Let a constraint work after the one that follows it."
);

impl Operator for MoveDown {
    const INFO: Info = Info::new("constraint.move_down", "Move Constraint Down").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        change(cx, self.names(), |constraints, place| {
            swap(constraints, place, place + 1)
        })
    }
}

on_one!(
    MoveUp,
    " Let a constraint work before the one that stands above it."
);

impl Operator for MoveUp {
    const INFO: Info = Info::new("constraint.move_up", "Move Constraint Up").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        change(cx, self.names(), |constraints, place| {
            let above = place.checked_sub(1).ok_or(Refusal::Nothing)?;
            swap(constraints, place, above)
        })
    }
}

/// Swaps two constraints; where there is no other, nothing is done.
fn swap(constraints: &mut [Constraint], place: usize, other: usize) -> Exec {
    if other >= constraints.len() {
        return Err(Refusal::Nothing);
    }
    constraints.swap(place, other);
    Ok(())
}

/// What `constraint.set` lets a constraint look at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Target {
    /// A bone: of the rig that is named, or of the constraint's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    bone: Option<String>,
    /// An empty, or the rig of the bone.
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<String>,
}

props! {
    /// Switch a constraint of a bone on or off, set its influence or what it looks at; what is left out stays.
    pub struct Set {
        /// The constraint's name.
        constraint: String = String::new(), HINT.label("Constraint");
        /// The bone; left out, the active one.
        bone: String = String::new(), HINT.hidden();
        /// The rig; left out, the active one.
        rig: String = String::new(), HINT.hidden();
        /// Whether it works.
        enabled: Data<Option<bool>> = Data::default();
        /// How much of its result counts, 0 to 1.
        influence: Data<Option<f64>> = Data::default();
        /// What it looks at: a bone, an empty, or with neither nothing.
        target: Data<Option<Target>> = Data::default();
    }
}

impl Set {
    /// What the constraint is to look at.
    fn seen(&self, cx: &Context, own: RigId) -> Result<Option<Option<Seen>>, Refusal> {
        let Some(target) = &self.target.0 else {
            return Ok(None);
        };
        let object = target.object.as_deref();
        let Some(name) = &target.bone else {
            return Ok(Some(match object {
                None => None,
                Some(empty) => {
                    crate::ops::object::find_empty(cx, empty)?;
                    Some(Seen::Object(empty.to_owned()))
                }
            }));
        };
        let id = object.map_or(Ok(own), |rig| find_rig(cx, rig))?;
        let rig = cx.doc.rigs.get(id.index()).ok_or(Refusal::Nothing)?;
        find(rig, name)?;
        Ok(Some(Some(match id == own {
            true => Seen::Bone(name.clone()),
            false => Seen::Other(rig.name.clone(), name.clone()),
        })))
    }
}

impl Operator for Set {
    const INFO: Info = Info::new("constraint.set", "Set Constraint").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        if self.influence.0.is_some_and(|number| !number.is_finite()) {
            return Err(Refusal::error("`influence` must be a finite number"));
        }
        let names = (
            self.rig.as_str(),
            self.bone.as_str(),
            self.constraint.as_str(),
        );
        let own = find_rig(cx, &self.rig)?;
        let seen = self.seen(cx, own)?;
        let (id, bone, place) = locate(cx, names.0, names.1, names.2)?;
        let rig = cx.doc.rigs.get(id.index());
        let setup = rig.and_then(|rig| rig.setup(bone));
        let old = setup.and_then(|setup| setup.constraints.get(place));
        let mut set = old.ok_or(Refusal::Nothing)?.clone();
        if let Some(on) = self.enabled.0 {
            (set.enabled, set.mute) = (on, !on);
        }
        if let Some(influence) = self.influence.0 {
            set.influence = influence.clamp(0.0, 1.0);
        }
        if let Some(seen) = &seen {
            set.look_at(seen.as_ref());
            measure(cx.doc, id, bone, &mut set);
        }
        change(cx, names, |constraints, place| {
            let slot = constraints.get_mut(place).ok_or(Refusal::Nothing)?;
            *slot = set;
            Ok(())
        })
    }
}
