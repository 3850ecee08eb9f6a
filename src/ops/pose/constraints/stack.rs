//! Whole stacks of constraints: copying the active bone's, clearing those of selected bones.

use crate::model::id::{BoneId, RigId};
use crate::model::pose::BoneSetup;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::pose::constraints::active_bone;
use crate::props;

/// Changes the setups of selected bones that `concerned` says yes to; the others stay as they are.
pub fn change_selected(
    cx: &mut Context,
    concerned: impl Fn(RigId, BoneId, &BoneSetup) -> bool,
    change: impl Fn(RigId, &mut BoneSetup),
) {
    for (id, bones) in cx.selected_bones_or_say() {
        let Some(rig) = cx.doc.rigs.get(id.index()) else {
            continue;
        };
        let concerned = |bone: &BoneId| rig.setup(*bone).is_some_and(|s| concerned(id, *bone, s));
        let bones: Vec<BoneId> = bones.into_iter().filter(concerned).collect();
        if bones.is_empty() {
            continue;
        }
        if let Some(rig) = cx.doc.rig_at_mut(id) {
            for bone in bones {
                if let Some(setup) = rig.setup_mut(bone) {
                    change(id, setup);
                }
            }
        }
    }
}

props! {
    /// Remove every constraint of the selected bones.
    pub struct ConstraintsClear {}
}

impl Operator for ConstraintsClear {
    const INFO: Info = Info::new("pose.constraints_clear", "Clear Pose Constraints");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        change_selected(
            cx,
            |_, _, setup| !setup.constraints.is_empty(),
            |_, setup| setup.constraints.clear(),
        );
        Ok(())
    }
}

props! {
    /// Give the other selected bones the constraints of the active bone, in place of their own.
    pub struct ConstraintsCopy {}
}

impl Operator for ConstraintsCopy {
    const INFO: Info = Info::new(
        "pose.constraints_copy",
        "Copy Constraints to Selected Bones",
    );

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let missing = || {
            Refusal::error("The active bone has no constraints to copy; click one that has first")
        };
        let (from, source) = active_bone(cx).ok_or_else(missing)?;
        let rig = cx.rig()?;
        let constraints = rig.setup(source).map(|setup| setup.constraints.clone());
        let constraints = constraints.filter(|all| !all.is_empty());
        let constraints = constraints.ok_or_else(missing)?;
        let names: Vec<String> = cx.doc.rigs.iter().map(|rig| rig.name.clone()).collect();
        let name = |id: RigId| names.get(id.index()).map_or("", String::as_str);
        change_selected(
            cx,
            |id, bone, _| (id, bone) != (from, source),
            |id, setup| {
                setup.constraints.clone_from(&constraints);
                for constraint in &mut setup.constraints {
                    constraint.carry(name(from), name(id));
                }
            },
        );
        Ok(())
    }
}
