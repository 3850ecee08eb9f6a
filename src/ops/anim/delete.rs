//! Keys of the selected bones, taken away.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::fcurve::FCurve;
use crate::model::id::RigId;
use crate::ops::anim::{need_selection, shown};
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll};
use crate::ops::shared::keyed_action::{self, Tally, action_frame};
use crate::props;

props! {
    /// Delete the keys of the selected bones at the current frame.
    pub struct KeyframeDelete {}
}

impl Operator for KeyframeDelete {
    const INFO: Info = Info::new("anim.keyframe_delete", "Delete Keyframe");

    fn poll(cx: &Context) -> Poll {
        need_animation(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let frame = cx.doc.scene.frame;
        let mut tally = Tally::default();
        for (id, names) in names(cx) {
            let frame = action_frame(cx.doc, id, frame);
            let removed = keyed_action::remove_at(cx.doc, id, frame, |curve| is_of(curve, &names));
            tally.add(removed);
        }
        tell(cx, &tally, &format!("at frame {}", shown(frame)));
        Ok(())
    }
}

props! {
    /// Delete the keys of the selected bones at the current frame, by the name it has in the 3D view.
    pub struct KeyframeDeleteV3d {}
}

impl Operator for KeyframeDeleteV3d {
    const INFO: Info = Info::new("anim.keyframe_delete_v3d", "Delete Keyframe").script_only();

    fn poll(cx: &Context) -> Poll {
        KeyframeDelete::poll(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        KeyframeDelete::default().exec(cx)
    }
}

props! {
    /// Delete every key of the selected bones, at all frames.
    pub struct KeyframeClearV3d {}
}

impl Operator for KeyframeClearV3d {
    const INFO: Info = Info::new("anim.keyframe_clear_v3d", "Remove Animation");

    fn poll(cx: &Context) -> Poll {
        need_animation(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let mut tally = Tally::default();
        for (id, names) in names(cx) {
            let removed = keyed_action::clear(cx.doc, id, |curve| is_of(curve, &names));
            tally.add(removed);
        }
        tell(cx, &tally, "at any frame");
        Ok(())
    }
}

fn need_animation(cx: &Context) -> Poll {
    need_selection(cx)?;
    let mut rigs = cx.selected_bones().into_iter();
    let animated = |(id, _): (RigId, _)| {
        let rig = cx.doc.rigs.get(id.index());
        rig.is_some_and(|rig| keyed_action::action(cx.doc, rig).is_some())
    };
    match rigs.any(animated) {
        true => Ok(()),
        false => Err("Nothing is animated yet: the rig has no action".to_owned()),
    }
}

/// The names of the selected bones.
fn names(cx: &Context) -> Vec<(RigId, BTreeSet<Arc<str>>)> {
    let names = |(id, bones): (RigId, Vec<_>)| {
        let rig = cx.doc.rigs.get(id.index())?;
        let name = |bone| Some(Arc::from(rig.armature.bone(bone)?.name.as_ref()));
        Some((id, bones.into_iter().filter_map(name).collect()))
    };
    cx.selected_bones().into_iter().filter_map(names).collect()
}

fn is_of(curve: &FCurve, names: &BTreeSet<Arc<str>>) -> bool {
    curve
        .bone
        .as_deref()
        .is_some_and(|bone| names.contains(bone))
}

/// Says how many keys went; `place` says where there were none.
pub(super) fn tell(cx: &mut Context, tally: &Tally, place: &str) {
    match tally.keys {
        0 if tally.locked > 0 => cx.warn("No key was deleted: the curves are locked"),
        0 => cx.warn(format!("There is no key to delete {place}")),
        _ => cx.info(format!("Deleted {}", tally.words())),
    }
}
