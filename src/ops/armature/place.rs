//! Putting bones into a collection that is chosen from a menu at the mouse, or into a new one.

use std::sync::Arc;

use crate::model::id::BoneId;
use crate::ops::armature::{chosen_bones, count_of, list, members, set_member};
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::props::Data;
use crate::props;

/// The parameter that the menu sets.
pub const INDEX: &str = "collection_index";
/// The parameter that makes a new collection.
pub const NEW_NAME: &str = "new_collection_name";

/// The name of the collection that the parameters mean, which is made where it is new.
fn target(cx: &mut Context, index: i32, new_name: &str) -> Result<String, Refusal> {
    let rig = cx.rig_mut()?;
    if !new_name.is_empty() {
        return Ok(list::add(Arc::make_mut(&mut rig.armature), new_name, None));
    }
    let place = usize::try_from(index)
        .map_err(|_| Refusal::error("Choose a bone collection by its index, or name a new one"))?;
    let found = rig.armature.collections.get(place);
    let missing = || {
        let count = rig.armature.collections.len();
        Refusal::Error(format!(
            "no bone collection {place}: there are {count}, counted from 0"
        ))
    };
    Ok(found.ok_or_else(missing)?.name.clone())
}

fn start(index: i32, new_name: &str) -> Start {
    if index < 0 && new_name.is_empty() {
        Start::Menu(INDEX)
    } else {
        Start::Run
    }
}

props! {
    /// Move the selected bones into a bone collection, out of all others.
    pub struct MoveToCollection {
        /// The collection's place in the list, from 0.
        collection_index: i32 = -1, HINT.label("Collection Index").hidden().transient().range(-1.0, 100_000.0);
        /// The name of a collection to make for them.
        new_collection_name: String = String::new(), HINT.label("Name").transient();
        /// Names of the bones; left out, the selected ones.
        bones: Data<Vec<String>> = Data::default(), HINT.hidden().transient();
    }
}

impl Operator for MoveToCollection {
    const INFO: Info = Info::new("armature.move_to_collection", "Move to Collection");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        start(self.collection_index, &self.new_collection_name)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let bones = chosen_bones(cx, &self.bones.0)?;
        let name = target(cx, self.collection_index, &self.new_collection_name)?;
        let rig = cx.rig_mut()?;
        let there = |id: &BoneId| {
            let bone = rig.armature.bone(*id);
            bone.is_some_and(|bone| bone.collections == [name.as_str()])
        };
        let moved = bones.iter().filter(|id| !there(id)).count();
        if moved == 0 {
            cx.warn(format!("All of these bones are in {name} alone already"));
            return Err(Refusal::Nothing);
        }
        for &id in &bones {
            if let Some(bone) = rig.bone_mut(id) {
                bone.collections.clear();
            }
            set_member(rig, id, &name, true);
        }
        cx.info(format!("Moved {} to {name}", count_of(moved)));
        Ok(())
    }
}

props! {
    /// Add the selected bones to a bone collection that is chosen from a menu.
    pub struct AssignToCollection {
        /// The collection's place in the list, from 0.
        collection_index: i32 = -1, HINT.label("Collection Index").hidden().transient().range(-1.0, 100_000.0);
        /// The name of a collection to make for them.
        new_collection_name: String = String::new(), HINT.label("Name").transient();
    }
}

impl Operator for AssignToCollection {
    const INFO: Info = Info::new("armature.assign_to_collection", "Assign to Collection");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        start(self.collection_index, &self.new_collection_name)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        chosen_bones(cx, &[])?;
        let name = target(cx, self.collection_index, &self.new_collection_name)?;
        members::assign(cx, &name, &[])
    }
}
