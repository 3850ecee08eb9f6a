//! The bones of a collection: taking them in and out, and selecting them.

use std::sync::Arc;

use crate::ops::armature::{
    chosen_bones, collection_named, count_of, list, need_collection, set_member,
};
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::props::Data;
use crate::ops::scripting::pose::find;
use crate::props;

props! {
    /// Add the selected bones to a bone collection.
    pub struct CollectionAssign {
        /// The collection; left out, the active one.
        name: String = String::new(), HINT.label("Bone Collection").transient();
        /// Names of the bones; left out, the selected ones.
        bones: Data<Vec<String>> = Data::default(), HINT.hidden().transient();
    }
}

impl Operator for CollectionAssign {
    const INFO: Info = Info::new(
        "armature.collection_assign",
        "Add Selected Bones to Collection",
    );

    fn poll(cx: &Context) -> Poll {
        need_collection(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let name = collection_named(&cx.rig()?.armature, &self.name)?;
        assign(cx, &name, &self.bones.0)
    }
}

/// Adds bones to a collection that exists.
pub(super) fn assign(cx: &mut Context, collection: &str, names: &[String]) -> Exec {
    let bones = chosen_bones(cx, names)?;
    let rig = cx.rig_mut()?;
    let added = bones
        .into_iter()
        .map(|id| set_member(rig, id, collection, true));
    match added.filter(|&added| added).count() {
        0 => {
            cx.warn(format!("All of these bones are in {collection} already"));
            Err(Refusal::Nothing)
        }
        count => {
            cx.info(format!("Added {} to {collection}", count_of(count)));
            Ok(())
        }
    }
}

props! {
    /// Take the selected bones out of a bone collection.
    pub struct CollectionUnassign {
        /// The collection; left out, the active one.
        name: String = String::new(), HINT.label("Bone Collection").transient();
        /// Names of the bones; left out, the selected ones.
        bones: Data<Vec<String>> = Data::default(), HINT.hidden().transient();
    }
}

impl Operator for CollectionUnassign {
    const INFO: Info = Info::new(
        "armature.collection_unassign",
        "Remove Selected from Bone Collections",
    );

    fn poll(cx: &Context) -> Poll {
        need_collection(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let name = collection_named(&cx.rig()?.armature, &self.name)?;
        let bones = chosen_bones(cx, &self.bones.0)?;
        let rig = cx.rig_mut()?;
        let removed = bones
            .into_iter()
            .map(|id| set_member(rig, id, &name, false));
        match removed.filter(|&removed| removed).count() {
            0 => {
                cx.warn(format!("None of these bones is in {name}"));
                Err(Refusal::Nothing)
            }
            count => {
                cx.info(format!("Removed {} from {name}", count_of(count)));
                Ok(())
            }
        }
    }
}

props! {
    /// Take one bone out of a bone collection.
    pub struct CollectionUnassignNamed {
        /// The collection; left out, the active one.
        name: String = String::new(), HINT.label("Bone Collection").transient();
        /// The bone; left out, the active one.
        bone_name: String = String::new(), HINT.label("Bone Name").transient();
    }
}

impl Operator for CollectionUnassignNamed {
    const INFO: Info = Info::new(
        "armature.collection_unassign_named",
        "Remove Bone from Bone Collection",
    );

    fn poll(cx: &Context) -> Poll {
        need_collection(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let rig = cx.rig_mut()?;
        let name = collection_named(&rig.armature, &self.name)?;
        let bone = match self.bone_name.as_str() {
            "" => rig
                .active_bone
                .ok_or_else(|| Refusal::error("No bone is active"))?,
            bone => find(rig, bone)?,
        };
        match set_member(rig, bone, &name, false) {
            true => Ok(()),
            false => {
                cx.warn(format!("The bone is not in {name}"));
                Err(Refusal::Nothing)
            }
        }
    }
}

props! {
    /// Make a bone collection of the selected bones.
    pub struct CollectionCreateAndAssign {
        /// What it is called; left out, `Bones`.
        name: String = String::new(), HINT.label("Bone Collection").transient();
    }
}

impl Operator for CollectionCreateAndAssign {
    const INFO: Info = Info::new(
        "armature.collection_create_and_assign",
        "Add Selected Bones to New Collection",
    );

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        chosen_bones(cx, &[])?;
        let name = list::add(Arc::make_mut(&mut cx.rig_mut()?.armature), &self.name, None);
        assign(cx, &name, &[])
    }
}

/// Selects or deselects the bones of a collection that can be seen; others keep their state.
fn select_members(cx: &mut Context, name: &str, select: bool) -> Exec {
    let rig = cx.rig_mut()?;
    let name = collection_named(&rig.armature, name)?;
    let armature = rig.armature.clone();
    for bone in armature.members(&name) {
        if rig.selectable(bone) {
            rig.selected.set(bone.index(), select);
        }
    }
    Ok(())
}

props! {
    /// Select the bones of the active bone collection, beside those that are.
    pub struct CollectionSelect {
        /// The collection; left out, the active one.
        name: String = String::new(), HINT.hidden().transient();
    }
}

impl Operator for CollectionSelect {
    const INFO: Info = Info::new(
        "armature.collection_select",
        "Select Bones of Bone Collection",
    );

    fn poll(cx: &Context) -> Poll {
        need_collection(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        select_members(cx, &self.name, true)
    }
}

props! {
    /// Deselect the bones of the active bone collection.
    pub struct CollectionDeselect {
        /// The collection; left out, the active one.
        name: String = String::new(), HINT.hidden().transient();
    }
}

impl Operator for CollectionDeselect {
    const INFO: Info = Info::new("armature.collection_deselect", "Deselect Bone Collection");

    fn poll(cx: &Context) -> Poll {
        need_collection(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        select_members(cx, &self.name, false)
    }
}
