//! Selecting the bones that constraints look at.

use std::collections::{BTreeMap, HashMap, HashSet};

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
            return Err(Refusal::Nothing);
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

/// The bones of posed rigs that constraints of selected bones look at and that may be selected.
fn targets_of_selected(cx: &Context) -> BTreeMap<RigId, BitSet> {
    let mut named: BTreeMap<RigId, HashSet<&str>> = BTreeMap::new();
    let posed = cx.doc.posed_rigs();
    let rig_of = |id: RigId| cx.doc.rigs.get(id.index());
    let by_name = |id: &RigId| Some((rig_of(*id)?.name.as_str(), *id));
    let by_name: HashMap<&str, RigId> = posed.iter().filter_map(by_name).collect();
    for (id, bones) in cx.selected_bones() {
        let setups = bones.iter().filter_map(|&bone| rig_of(id)?.setup(bone));
        for (rig, bone) in setups.flat_map(|setup| setup.constraints.iter().flat_map(targets)) {
            let rig = rig.map_or(Some(id), |name| by_name.get(name).copied());
            if let Some(rig) = rig {
                named.entry(rig).or_default().insert(bone);
            }
        }
    }
    let place_of = |(id, names): (RigId, HashSet<&str>)| {
        let places = rig_of(id).map(|rig| places(rig, &names))?;
        (!places.is_empty()).then_some((id, places))
    };
    named.into_iter().filter_map(place_of).collect()
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

/// Places of the bones of these names that may be selected.
fn places(rig: &Rig, names: &HashSet<&str>) -> BitSet {
    let bones = rig.armature.bones.iter().enumerate();
    let wanted = bones.filter(|(_, bone)| bone.selectable && names.contains(bone.name.as_ref()));
    wanted.map(|(place, _)| place).collect()
}
