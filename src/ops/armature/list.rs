//! The list of bone collections: adding, removing, moving, and showing all of them again.

use std::sync::Arc;

use crate::model::armature::{Armature, BoneCollection};
use crate::model::document::unique_name;
use crate::model::rig::Rig;
use crate::ops::armature::{collection_at, need_collection};
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::{choice, props};

/// What a collection is called at first.
const NAME: &str = "Bones";

/// Adds a collection under a name that is not taken, and makes it active: behind `after`, else at the end.
pub(super) fn add(armature: &mut Armature, wanted: &str, after: Option<usize>) -> String {
    let wanted = if wanted.is_empty() { NAME } else { wanted };
    let name = unique_name(wanted, |name| armature.collection(name).is_some());
    let end = armature.collections.len();
    let place = after.map_or(end, |place| (place + 1).min(end));
    let collection = BoneCollection {
        name: name.clone(),
        ..BoneCollection::default()
    };
    armature.collections.insert(place, collection);
    armature.active_collection = Some(name.clone());
    name
}

props! {
    /// Add an empty bone collection below the active one and make it active.
    pub struct CollectionAdd {
        /// What it is called; left out, `Bones`.
        name: String = String::new(), HINT.hidden().transient();
    }
}

impl Operator for CollectionAdd {
    const INFO: Info = Info::new("armature.collection_add", "Add Bone Collection");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let armature = Arc::make_mut(&mut cx.rig_mut()?.armature);
        let active = collection_at(armature, "").ok();
        add(armature, &self.name, active);
        Ok(())
    }
}

/// Removes a collection from the list and from its bones; the next one, else the last, becomes active.
fn remove(rig: &mut Rig, place: usize) {
    let armature = Arc::make_mut(&mut rig.armature);
    if place >= armature.collections.len() {
        return;
    }
    let gone = armature.collections.remove(place).name;
    if armature.active_collection.as_ref() == Some(&gone) {
        let next = armature
            .collections
            .get(place)
            .or(armature.collections.last());
        armature.active_collection = next.map(|collection| collection.name.clone());
    }
    for bone in &mut armature.bones {
        if bone.collections.contains(&gone) {
            Arc::make_mut(bone).collections.retain(|name| *name != gone);
        }
    }
}

props! {
    /// Remove the active bone collection; its bones stay.
    pub struct CollectionRemove {
        /// The collection; left out, the active one.
        name: String = String::new(), HINT.hidden().transient();
    }
}

impl Operator for CollectionRemove {
    const INFO: Info = Info::new("armature.collection_remove", "Remove Bone Collection");

    fn poll(cx: &Context) -> Poll {
        need_collection(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let place = collection_at(&cx.rig()?.armature, &self.name)?;
        remove(cx.rig_mut()?, place);
        Ok(())
    }
}

props! {
    /// Remove every bone collection without bones.
    pub struct CollectionRemoveUnused {}
}

impl Operator for CollectionRemoveUnused {
    const INFO: Info = Info::new(
        "armature.collection_remove_unused",
        "Remove Unused Bone Collections",
    );

    fn poll(cx: &Context) -> Poll {
        need_collection(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let armature = &cx.rig()?.armature;
        let count = armature.collections.len();
        let empty = |place: &usize| {
            let collection = armature.collections.get(*place);
            collection.is_some_and(|c| armature.members(&c.name).next().is_none())
        };
        let unused: Vec<usize> = (0..count).filter(empty).collect();
        if unused.is_empty() {
            cx.info("All bone collections are in use");
            return Err(Refusal::Nothing);
        }
        let rig = cx.rig_mut()?;
        for &place in unused.iter().rev() {
            remove(rig, place);
        }
        cx.info(format!(
            "Removed {} of {count} bone collections",
            unused.len()
        ));
        Ok(())
    }
}

choice! {
    /// Which way a collection moves in the list.
    pub enum ListDirection: Up {
        /// Towards the first
        Up = "UP", "Up";
        /// Towards the last
        Down = "DOWN", "Down";
    }
}

props! {
    /// Move the active bone collection in the list.
    pub struct CollectionMove {
        /// Which way.
        direction: ListDirection = ListDirection::Up, HINT.label("Direction");
        /// The collection; left out, the active one.
        name: String = String::new(), HINT.hidden().transient();
        /// The place it gets, from 0; left out, one up or down.
        index: i32 = -1, HINT.hidden().transient().range(-1.0, 100_000.0);
    }
}

impl Operator for CollectionMove {
    const INFO: Info = Info::new("armature.collection_move", "Move Bone Collection");

    fn poll(cx: &Context) -> Poll {
        need_collection(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let armature = &cx.rig()?.armature;
        let from = collection_at(armature, &self.name)?;
        let last = armature.collections.len().saturating_sub(1);
        let to = match (usize::try_from(self.index), self.direction) {
            (Ok(place), _) => place.min(last),
            (Err(_), ListDirection::Up) => from.saturating_sub(1),
            (Err(_), ListDirection::Down) => (from + 1).min(last),
        };
        if to == from {
            return Err(Refusal::Nothing);
        }
        let armature = Arc::make_mut(&mut cx.rig_mut()?.armature);
        let collection = armature.collections.remove(from);
        armature.collections.insert(to, collection);
        Ok(())
    }
}

props! {
    /// Show every bone collection.
    pub struct CollectionShowAll {}
}

impl Operator for CollectionShowAll {
    const INFO: Info = Info::new("armature.collection_show_all", "Show All");

    fn poll(cx: &Context) -> Poll {
        need_collection(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let armature = Arc::make_mut(&mut cx.rig_mut()?.armature);
        for collection in &mut armature.collections {
            collection.is_visible = true;
        }
        Ok(())
    }
}

props! {
    /// Let no bone collection be solo any more.
    pub struct CollectionUnsoloAll {}
}

impl Operator for CollectionUnsoloAll {
    const INFO: Info = Info::new("armature.collection_unsolo_all", "Un-solo All");

    fn poll(cx: &Context) -> Poll {
        need_collection(cx)?;
        match cx.doc.rig().is_some_and(|rig| rig.armature.any_solo()) {
            true => Ok(()),
            false => Err("No bone collection is solo".to_owned()),
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let armature = Arc::make_mut(&mut cx.rig_mut()?.armature);
        for collection in &mut armature.collections {
            collection.is_solo = false;
        }
        Ok(())
    }
}
