//! Keys set on the selected bones at the current frame.

use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};
use crate::ops::anim::{need_selection, shown};
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::shared::auto_key;
use crate::ops::shared::channels::Held;
use crate::ops::shared::key_sets::KeySet;
use crate::ops::shared::keyed_action::Tally;
use crate::ops::shared::keying::{self, Manner};
use crate::props;

props! {
    /// Set keys on the selected bones at the current frame: location, rotation, scale and custom properties.
    ///
    /// Locks do not count. Where a keying set is active, its channels are keyed instead.
    pub struct KeyframeInsert {}
}

impl Operator for KeyframeInsert {
    const INFO: Info = Info::new("anim.keyframe_insert", "Insert Keyframe");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()?;
        match cx.doc.scene.active_keying_set {
            Some(_) => Ok(()),
            None => need_selection(cx),
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        // A set goes by names: every posed rig that has its bones is keyed.
        let rigs = cx.doc.posed_rigs().into_iter();
        let held = rigs.map(|id| Some((id, auto_key::active_set(cx.doc, id)?)));
        if let Some(held) = held.collect::<Option<Vec<_>>>() {
            return insert(cx, held);
        }
        let wanted = wanted(cx, |doc, id, bones| {
            KeySet::LocRotScaleCustom.of(doc, id, bones)
        });
        insert(cx, wanted)
    }
}

props! {
    /// Set keys of a set of channels on the selected bones at the current frame.
    pub struct KeyframeInsertByName {
        /// Which channels to key.
        r#type: KeySet = KeySet::Location, HINT.label("Keying Set");
    }
}

impl Operator for KeyframeInsertByName {
    const INFO: Info =
        Info::new("anim.keyframe_insert_by_name", "Insert Keyframe (by Name)").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        insert_set(cx, self.r#type)
    }
}

props! {
    /// Set keys of a set of channels, chosen from a menu, on the selected bones at the current frame.
    pub struct KeyframeInsertMenu {
        /// Which channels to key.
        r#type: KeySet = KeySet::Location, HINT.label("Keying Set");
    }
}

impl Operator for KeyframeInsertMenu {
    const INFO: Info = Info::new(
        "anim.keyframe_insert_menu",
        "Insert Keyframe with Keying Set",
    );

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("type")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        insert_set(cx, self.r#type)
    }
}

fn insert_set(cx: &mut Context, set: KeySet) -> Exec {
    if set == KeySet::WholeCharacter {
        let rigs = cx.doc.posed_rigs().into_iter();
        let wanted = rigs.map(|id| (id, set.of(cx.doc, id, &[]))).collect();
        return insert(cx, wanted);
    }
    need_selection(cx).map_err(Refusal::Error)?;
    let wanted = wanted(cx, |doc, id, bones| set.of(doc, id, bones));
    insert(cx, wanted)
}

fn wanted(
    cx: &Context,
    held: impl Fn(&Document, RigId, &[BoneId]) -> Vec<Held>,
) -> Vec<(RigId, Vec<Held>)> {
    let selected = cx.selected_bones().into_iter();
    selected
        .map(|(id, bones)| (id, held(cx.doc, id, &bones)))
        .collect()
}

/// Sets keys by hand at the current frame, and says how many.
pub(super) fn insert(cx: &mut Context, wanted: Vec<(RigId, Vec<Held>)>) -> Exec {
    let frame = cx.doc.scene.frame;
    let mut tally = Tally::default();
    for (id, held) in wanted {
        let manner = Manner::by_hand(cx.doc, id, frame);
        tally.add(keying::insert(cx.doc, id, &held, &manner));
    }
    tell(cx, &tally, frame)
}

/// Says how many keys were set.
pub(super) fn tell(cx: &mut Context, tally: &Tally, frame: f32) -> Exec {
    if tally.keys == 0 {
        return Err(Refusal::error(match tally.locked {
            0 => "There is nothing to key here: none of the channels has a curve or a value",
            _ => "No key was set: the curves are locked; unlock them first",
        }));
    }
    cx.info(format!("Set {} at frame {}", tally.words(), shown(frame)));
    if tally.locked > 0 {
        let plural = if tally.locked == 1 { "" } else { "s" };
        cx.warn(format!("{} locked curve{plural} left alone", tally.locked));
    }
    Ok(())
}
