//! Operators on the bone collections of the active rig, under the ids of Blender's `armature` family, and on
//! how it mirrors, under ids of our own.
//!
//! A bone holds the names of its collections, so a collection that is renamed or removed is changed in its
//! bones too. Where no collection is named, the active one is meant; where no bones are, the selected ones.

pub mod list;
pub mod members;
pub mod mirror;
pub mod place;

use std::sync::Arc;

use crate::model::armature::Armature;
use crate::model::id::BoneId;
use crate::model::rig::Rig;
use crate::ops::call;
use crate::ops::context::Context;
use crate::ops::operator::{Poll, Refusal};
use crate::ops::registry::{Entry, op};
use crate::ops::scripting::pose::find;

/// The family, in the order of the reference.
pub const ARMATURE: &[Entry] = &[
    op::<place::AssignToCollection>(),
    op::<list::CollectionAdd>(),
    op::<members::CollectionAssign>(),
    op::<members::CollectionCreateAndAssign>(),
    op::<members::CollectionDeselect>(),
    op::<list::CollectionMove>(),
    op::<list::CollectionRemove>(),
    op::<list::CollectionRemoveUnused>(),
    op::<members::CollectionSelect>(),
    op::<list::CollectionShowAll>(),
    op::<members::CollectionUnassign>(),
    op::<members::CollectionUnassignNamed>(),
    op::<list::CollectionUnsoloAll>(),
    op::<mirror::MirrorKind>(),
    op::<mirror::MirrorPartner>(),
    op::<place::MoveToCollection>(),
];

/// Fails unless the active rig has a collection.
fn need_collection(cx: &Context) -> Poll {
    cx.need_rig()?;
    match cx
        .doc
        .rig()
        .is_some_and(|rig| !rig.armature.collections.is_empty())
    {
        true => Ok(()),
        false => Err("The rig has no bone collections; add one first".to_owned()),
    }
}

/// The place of a collection in the list; of the active one where the name is empty.
///
/// # Errors
/// No collection is active, or none has this name.
pub fn collection_at(armature: &Armature, name: &str) -> Result<usize, Refusal> {
    let active = armature
        .active_collection()
        .map(|active| active.name.as_str());
    let wanted = match name {
        "" => {
            active.ok_or_else(|| Refusal::error("No bone collection is active; click one first"))?
        }
        name => name,
    };
    let mut names = armature.collections.iter().map(|c| c.name.as_str());
    names
        .clone()
        .position(|name| name == wanted)
        .ok_or_else(|| {
            let nearest = call::nearest(wanted, &mut names);
            Refusal::Error(call::unknown("bone collection", wanted, nearest))
        })
}

/// The name of a collection; of the active one where the name is empty.
fn collection_named(armature: &Armature, name: &str) -> Result<String, Refusal> {
    let place = collection_at(armature, name)?;
    let found = armature.collections.get(place).ok_or(Refusal::Nothing)?;
    Ok(found.name.clone())
}

/// The bones of these names; the selected ones of the active rig where there are none.
fn chosen_bones(cx: &mut Context, names: &[String]) -> Result<Vec<BoneId>, Refusal> {
    let rig = cx.rig()?;
    let bones = if names.is_empty() {
        rig.selected_bones()
    } else {
        let found: Result<_, _> = names.iter().map(|name| find(rig, name)).collect();
        found?
    };
    if bones.is_empty() {
        cx.warn("No bones are selected");
        return Err(Refusal::Nothing);
    }
    Ok(bones)
}

/// Makes the bone a member of a collection, or takes it out; says whether that changed anything.
fn set_member(rig: &mut Rig, id: BoneId, collection: &str, member: bool) -> bool {
    if rig.armature.is_member(id, collection) == member {
        return false;
    }
    let Some(bone) = rig.bone_mut(id) else {
        return false;
    };
    if member {
        bone.collections.push(collection.to_owned());
    } else {
        bone.collections.retain(|name| name != collection);
    }
    true
}

/// Gives a collection another name, in its bones too.
pub fn rename_collection(rig: &mut Rig, place: usize, name: &str) {
    let armature = Arc::make_mut(&mut rig.armature);
    let Some(collection) = armature.collections.get_mut(place) else {
        return;
    };
    let old = std::mem::replace(&mut collection.name, name.to_owned());
    if armature.active_collection.as_ref() == Some(&old) {
        armature.active_collection = Some(name.to_owned());
    }
    for bone in &mut armature.bones {
        if bone.collections.contains(&old) {
            let names = Arc::make_mut(bone).collections.iter_mut();
            names
                .filter(|name| **name == old)
                .for_each(|slot| name.clone_into(slot));
        }
    }
}

/// How many bones, in words.
fn count_of(bones: usize) -> String {
    match bones {
        1 => "1 bone".to_owned(),
        count => format!("{count} bones"),
    }
}
