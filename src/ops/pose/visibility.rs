//! Hiding bones and showing them again.

use crate::ops::context::{Context, NO_BONE};
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::props;

props! {
    /// Hide the selected bones, or all others.
    pub struct Hide {
        /// Hide the bones that are not selected.
        unselected: bool = false, HINT.label("Unselected");
    }
}

impl Operator for Hide {
    const INFO: Info = Info::new("pose.hide", "Hide Selected");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let mut hidden = 0;
        for id in cx.doc.posed_rigs() {
            let Some(rig) = cx.doc.rig_at_mut(id).filter(|rig| !rig.hide) else {
                continue;
            };
            for bone in rig.armature.ids() {
                let place = bone.index();
                if rig.armature.collection_visible(bone)
                    && rig.selected.contains(place) != self.unselected
                {
                    rig.hidden.set(place, true);
                    rig.selected.set(place, false);
                    hidden += 1;
                }
            }
        }
        if hidden == 0 {
            Err(Refusal::Idle(match self.unselected {
                true => "Every bone is selected; none was hidden",
                false => NO_BONE,
            }))
        } else {
            Ok(())
        }
    }
}

props! {
    /// Show every hidden bone again, of all rigs that are shown.
    pub struct Reveal {
        /// Select the bones that come back.
        select: bool = true, HINT.label("Select");
    }
}

impl Operator for Reveal {
    const INFO: Info = Info::new("pose.reveal", "Reveal Selected");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let mut revealed = 0;
        for id in cx.doc.rig_ids() {
            let rig = cx.doc.rigs.get(id.index());
            let Some(rig) = rig.filter(|rig| !rig.hide) else {
                continue;
            };
            let shown = |&place: &usize| {
                rig.armature
                    .collection_visible(crate::model::id::BoneId::new(place))
            };
            let back: Vec<usize> = rig.hidden.iter().filter(shown).collect();
            if back.is_empty() {
                continue;
            }
            let Some(rig) = cx.doc.rig_at_mut(id) else {
                continue;
            };
            for place in back {
                rig.hidden.set(place, false);
                if rig
                    .armature
                    .bones
                    .get(place)
                    .is_some_and(|bone| bone.selectable)
                {
                    rig.selected.set(place, self.select);
                }
                revealed += 1;
            }
        }
        if revealed == 0 {
            Err(Refusal::Idle("No bone is hidden"))
        } else {
            Ok(())
        }
    }
}
