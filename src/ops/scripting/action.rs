//! `action.activate`: which action a rig plays, set outright.

use std::sync::Arc;

use crate::eval::animation;
use crate::model::pose::{BBonePose, Channel};
use crate::model::rig::Rig;
use crate::ops::call;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::props::Data;
use crate::ops::scripting::pose::find_rig;
use crate::props;

props! {
    /// Make an action the one that a rig plays, and pose the rig by it.
    pub struct Activate {
        /// Name of the action or of a pose asset; none: the rig plays nothing.
        name: Data<Option<String>> = Data::default();
        /// The rig; left out, the active one.
        rig: Data<Option<String>> = Data::default();
        /// Bring to rest what the action does not key, so that nothing is left of the action before.
        reset: bool = false;
    }
}

impl Operator for Activate {
    const INFO: Info = Info::new("action.activate", "Set Action").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let id = find_rig(cx, self.rig.0.as_deref().unwrap_or_default())?;
        let action = match self.name.0.as_deref() {
            None => None,
            Some(name) => Some(Arc::clone(cx.doc.action(name).ok_or_else(|| {
                let names = cx.doc.actions.keys().map(String::as_str);
                let assets = cx.doc.assets.iter().map(|asset| asset.name.as_str());
                let nearest = call::nearest(name, names.chain(assets));
                Refusal::Error(call::unknown("action", name, nearest))
            })?)),
        };
        let frame = cx.doc.scene.frame;
        let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
        if rig.animation.active_action != self.name.0 {
            Arc::make_mut(&mut rig.animation)
                .active_action
                .clone_from(&self.name.0);
        }
        if self.reset {
            to_rest(rig);
        }
        if let Some(action) = action {
            animation::apply_action(rig, &action, frame);
        }
        Ok(())
    }
}

/// Brings every bone to rest; rotation modes, locks and custom properties stay.
fn to_rest(rig: &mut Rig) {
    for channel in Arc::make_mut(&mut rig.pose.channels) {
        *channel = Channel {
            mode: channel.mode,
            ..Channel::default()
        };
    }
    let straight = BBonePose::default();
    for setup in Arc::make_mut(&mut rig.pose.setups) {
        if setup.bbone != straight {
            Arc::make_mut(setup).bbone = straight.clone();
        }
    }
}
