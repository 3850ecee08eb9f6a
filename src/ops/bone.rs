//! The name of one bone. Those of many are given by `pose.flip_names` and `pose.autoside_names`.

use crate::model::document::{MAX_NAME, shortened, unique_name};
use crate::model::id::{BoneId, RigId};
use crate::model::rename::{rename_bones, rename_in_selection_sets};
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::registry::{Entry, op};
use crate::ops::scripting::pose::{find, find_rig};
use crate::props;

/// The family, in the order of the reference.
pub const BONE: &[Entry] = &[op::<Rename>()];

props! {
    /// Give the active bone another name; curves, constraints and sets follow.
    pub struct Rename {
        /// The name; one that another bone has gets a number.
        name: String = String::new(), HINT.transient();
        /// The bone; left out, the active one.
        bone: String = String::new(), HINT.hidden().transient();
        /// Its rig; left out, the active one.
        rig: String = String::new(), HINT.hidden().transient();
    }
}

impl Rename {
    fn subject(&self, cx: &Context) -> Result<(RigId, BoneId), Refusal> {
        let id = find_rig(cx, &self.rig)?;
        let rig = cx.doc.rigs.get(id.index()).ok_or(Refusal::Nothing)?;
        let bone = match self.bone.as_str() {
            "" => rig
                .active_bone
                .ok_or_else(|| Refusal::error("No bone is active; click the one to rename"))?,
            name => find(rig, name)?,
        };
        Ok((id, bone))
    }
}

impl Operator for Rename {
    const INFO: Info = Info::new("bone.rename", "Rename Bone");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        let Ok((id, bone)) = self.subject(cx) else {
            // Running it says what is missing.
            return Start::Exec;
        };
        if let Some(rig) = cx.doc.rigs.get(id.index()).filter(|_| self.name.is_empty()) {
            rig.armature.name(bone).clone_into(&mut self.name);
        }
        Start::Form
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let (id, bone) = self.subject(cx)?;
        let wanted = shortened(self.name.trim(), MAX_NAME);
        if wanted.is_empty() {
            return Err(Refusal::error("A bone needs a name; type one"));
        }
        if wanted.contains(char::is_control) {
            return Err(Refusal::error(
                "A name is one line without control characters",
            ));
        }
        let Some(rig) = cx.doc.rigs.get(id.index()) else {
            return Err(Refusal::Nothing);
        };
        let armature = &rig.armature;
        if armature.name(bone) == wanted {
            return Err(Refusal::Nothing);
        }
        let name = unique_name(&wanted, |name| armature.find(name).is_some());
        if name != wanted {
            cx.warn(format!("{wanted} is taken; the bone is called {name}"));
        }
        let new_names = rename_bones(cx.doc, id, &[(bone, name.into())]);
        if let Some(rig) = cx.doc.rig_at_mut(id) {
            rename_in_selection_sets(rig, &new_names);
        }
        Ok(())
    }
}
