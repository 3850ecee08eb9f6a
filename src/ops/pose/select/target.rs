//! Selecting the bones that constraints look at.

use std::collections::{BTreeMap, HashMap};

use crate::model::bits::BitSet;
use crate::model::constraint::{Constraint, ConstraintSpace};
use crate::model::id::RigId;
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
        let found = targets_of_selected(cx);
        if found.is_empty() {
            return Err(Refusal::Idle(
                "No selected bone has a constraint that looks at a bone",
            ));
        }
        for (id, places) in found {
            if let Some(rig) = cx.doc.rig_at_mut(id) {
                places
                    .iter()
                    .for_each(|place| rig.selected.set(place, true));
            }
        }
        Ok(())
    }
}

/// Rig and name of a bone; without a name of a rig it is of the one that owns the constraint.
type Target<'a> = (Option<&'a str>, &'a str);

/// The bones of posed rigs that constraints of selected bones look at and that may be selected. Rig after rig and
/// bone after bone: the constraints of a bone count as well that was found before its turn came.
fn targets_of_selected(cx: &Context) -> BTreeMap<RigId, BitSet> {
    let posed = cx.doc.posed_rigs().into_iter();
    let rig = |id: RigId| Some((id, cx.doc.rigs.get(id.index())?.as_ref()));
    let rigs: Vec<(RigId, &Rig)> = posed.filter_map(rig).collect();
    let names: Vec<_> = rigs.iter().map(|(_, rig)| free_bones(rig)).collect();
    let rig_of = |name: &str| rigs.iter().position(|(_, rig)| rig.name == name);
    let mut found = vec![BitSet::default(); rigs.len()];
    for (own, (_, rig)) in rigs.iter().enumerate() {
        for bone in rig.armature.ids() {
            let found_before = found.get(own).is_some_and(|set| set.contains(bone.index()));
            let selected = rig.selected.contains(bone.index()) || found_before;
            let setup = rig.setup(bone).filter(|_| selected && rig.visible(bone));
            let constraints = setup.into_iter().flat_map(|setup| &setup.constraints);
            for (object, name) in constraints.flat_map(targets) {
                let Some(of) = object.map_or(Some(own), rig_of) else {
                    continue;
                };
                let place = names.get(of).and_then(|names| names.get(name));
                if let Some((set, place)) = found.get_mut(of).zip(place) {
                    set.set(*place, true);
                }
            }
        }
    }
    let all = rigs.iter().map(|(id, _)| *id).zip(found);
    all.filter(|(_, set)| !set.is_empty()).collect()
}

/// Places of the bones that may be selected, hidden or not, by their names.
fn free_bones(rig: &Rig) -> HashMap<&str, usize> {
    let bones = rig.armature.bones.iter().enumerate();
    let free = bones.filter(|(_, bone)| bone.selectable);
    free.map(|(place, bone)| (bone.name.as_ref(), place))
        .collect()
}

/// The bones that a constraint looks at; whether it has an effect does not matter.
fn targets(constraint: &Constraint) -> impl Iterator<Item = Target<'_>> {
    let spaces = [constraint.owner_space, constraint.target_space];
    let custom = spaces.contains(&ConstraintSpace::Custom);
    let several = constraint.targets.iter();
    let several = several.map(|target| (&target.target_object, &target.target_bone));
    let single = [
        Some((&constraint.target_object, &constraint.target_bone)),
        Some((&constraint.pole_object, &constraint.pole_bone)),
        custom.then_some((&constraint.space_object, &constraint.space_bone)),
    ];
    let all = single.into_iter().flatten().chain(several);
    all.filter_map(|(rig, bone)| Some((rig.as_deref(), bone.as_deref()?)))
}
