//! Bringing bones back to what their animation gives, or to rest where there is none.

use glam::Vec3;

use crate::eval::animation;
use crate::model::id::{BoneId, RigId};
use crate::model::pose::{BBonePose, Channel};
use crate::model::rig::Rig;
use crate::ops::context::{Context, NO_BONE};
use crate::ops::operator::{Exec, Info, Operator, Poll};
use crate::ops::pose::clipboard;
use crate::ops::shared::keyed_action;
use crate::props;

props! {
    /// Bring bones back to what the animation gives at this frame; without an action, to rest. What is not
    /// animated stays.
    pub struct UserTransformsClear {
        /// Leave bones that are not selected as they are.
        only_selected: bool = true, HINT.label("Only Selected");
    }
}

impl Operator for UserTransformsClear {
    const INFO: Info = Info::new("pose.user_transforms_clear", "Clear User Transforms");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let mut any = false;
        for id in cx.doc.posed_rigs() {
            let animated = animated(cx, id);
            let Some(rig) = cx.doc.rig_at_mut(id) else {
                continue;
            };
            // The select flag alone counts, as in Blender, also where the bone cannot be seen.
            let wanted = |bone: &BoneId| !self.only_selected || rig.selected.contains(bone.index());
            let bones: Vec<BoneId> = rig.armature.ids().filter(wanted).collect();
            any |= !bones.is_empty();
            for bone in bones {
                match &animated {
                    Some(from) => clipboard::paste_bone(rig, bone, from, bone),
                    None => to_rest(rig, bone),
                }
            }
        }
        if !any {
            cx.info(NO_BONE);
        }
        Ok(())
    }
}

/// The rig as its action has it at the whole frame; none without an action.
fn animated(cx: &Context, id: RigId) -> Option<Rig> {
    let rig = cx.doc.rigs.get(id.index())?;
    let action = keyed_action::action(cx.doc, rig)?;
    let mut copy = rig.as_ref().clone();
    animation::apply_action(&mut copy, action, cx.doc.scene.frame.floor());
    Some(copy)
}

fn to_rest(rig: &mut Rig, bone: BoneId) {
    if let Some(channel) = rig.channel_mut(bone) {
        reset(channel);
    }
    let bent = rig.setup(bone).map(|setup| &setup.bbone);
    if bent.is_some_and(|bbone| *bbone != BBonePose::default())
        && let Some(setup) = rig.setup_mut(bone)
    {
        setup.bbone = BBonePose::default();
    }
}

/// Rest in all three forms of rotation; the mode stays.
pub(super) fn reset(channel: &mut Channel) {
    *channel = Channel {
        mode: channel.mode,
        location: Vec3::ZERO,
        ..Channel::default()
    };
}
