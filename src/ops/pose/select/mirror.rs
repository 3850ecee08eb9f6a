//! Selecting the other side: every bone takes over whether its mirror image is selected.

use crate::model::bits::BitSet;
use crate::model::id::BoneId;
use crate::model::rig::Rig;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll};
use crate::ops::shared::mirror::pairing::Pairing;
use crate::props;

props! {
    /// Select the bones on the other side in place of those that are selected.
    pub struct SelectMirror {
        /// Leave all bones but the active one and its mirror image as they are.
        only_active: bool = false, HINT.label("Active Only");
        /// Keep what is selected.
        extend: bool = false, HINT.label("Extend");
    }
}

impl Operator for SelectMirror {
    const INFO: Info = Info::new("pose.select_mirror", "Select Mirror");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        for id in cx.doc.posed_rigs() {
            let Some(rig) = cx.doc.rigs.get(id.index()) else {
                continue;
            };
            let (selected, active) = self.after(rig);
            if (selected != rig.selected || active != rig.active_bone)
                && let Some(rig) = cx.doc.rig_at_mut(id)
            {
                rig.selected = selected;
                rig.active_bone = active;
            }
        }
        Ok(())
    }
}

impl SelectMirror {
    /// The select flags and the active bone of a rig afterwards. Bones without a mirror image, and those that
    /// may not be selected, stay as they are.
    fn after(&self, rig: &Rig) -> (BitSet, Option<BoneId>) {
        let pairing = Pairing::new(rig);
        let was = |bone: BoneId| rig.is_selected(bone);
        let mut selected = rig.selected.clone();
        let mut active = rig.active_bone;
        for bone in rig.armature.ids().filter(|&bone| rig.selectable(bone)) {
            let Some(other) = pairing.other(bone) else {
                continue;
            };
            let about = rig.active_bone == Some(bone) || rig.active_bone == Some(other);
            if !self.only_active || about {
                let on = was(other) || self.extend && was(bone);
                selected.set(bone.index(), on);
            }
            if rig.active_bone == Some(bone) {
                active = Some(other);
            }
        }
        (selected, active)
    }
}
