//! Selecting the bones that constraints look at.

use std::collections::HashSet;

use crate::model::constraint::{Constraint, ConstraintSpace};
use crate::model::rig::Rig;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::props;

props! {
    /// Select the bones that the constraints of the selected bones look at, hidden ones too.
    pub struct SelectConstraintTarget {}
}

impl Operator for SelectConstraintTarget {
    const INFO: Info = Info::new("pose.select_constraint_target", "Select Constraint Target");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let mut any = false;
        for (id, bones) in cx.selected_bones() {
            let Some(rig) = cx.doc.rigs.get(id.index()) else {
                continue;
            };
            let constraints = bones.iter().filter_map(|&bone| rig.setup(bone));
            let constraints = constraints.flat_map(|setup| &setup.constraints);
            let places = places(rig, constraints.flat_map(targets).collect());
            any |= !places.is_empty();
            let Some(rig) = cx.doc.rig_at_mut(id).filter(|_| !places.is_empty()) else {
                continue;
            };
            for place in places {
                rig.selected.set(place, true);
            }
        }
        any.then_some(()).ok_or(Refusal::Nothing)
    }
}

/// Names of the bones that a constraint looks at; whether it has an effect does not matter.
fn targets(constraint: &Constraint) -> impl Iterator<Item = &str> {
    let spaces = [constraint.owner_space, constraint.target_space];
    let space = constraint.space_bone.as_deref();
    let space = space.filter(|_| spaces.contains(&ConstraintSpace::Custom));
    let several = constraint.targets.iter();
    let several = several.filter_map(|target| target.target_bone.as_deref());
    let single = [&constraint.target_bone, &constraint.pole_bone];
    let single = single.into_iter().filter_map(Option::as_deref);
    single.chain(several).chain(space)
}

/// Places of the bones of these names that may be selected.
fn places(rig: &Rig, names: HashSet<&str>) -> Vec<usize> {
    let bones = rig.armature.bones.iter().enumerate();
    let wanted = bones.filter(|(_, bone)| bone.selectable && names.contains(bone.name.as_ref()));
    wanted.map(|(place, _)| place).collect()
}
