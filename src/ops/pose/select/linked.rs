//! Selecting chains: bones that stick to each other, each head to its parent's tail.

use glam::Vec2;

use crate::model::bits::BitSet;
use crate::model::id::{BoneId, RigId};
use crate::model::rig::Rig;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::scripting::pose::{find, find_rig};
use crate::ops::view3d::pick::bone_at;
use crate::props;

props! {
    /// Select the chains of connected bones that the selected bones belong to.
    pub struct SelectLinked {}
}

impl Operator for SelectLinked {
    const INFO: Info = Info::new("pose.select_linked", "Select Connected");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        for (id, starts) in cx.selected_bones_or_say() {
            let Some(rig) = cx.doc.rig_at_mut(id) else {
                continue;
            };
            let chain = Chain {
                up: upwards(rig, &starts, |bone| rig.selectable(bone)),
                down: downwards(rig, &starts),
            };
            chain.select(&mut rig.selected, true);
        }
        Ok(())
    }
}

props! {
    /// Select the chain of connected bones under the pointer.
    ///
    /// Hidden bones of the chain are taken along; only a bone that cannot be selected ends it.
    pub struct SelectLinkedPick {
        /// Deselect the chain instead.
        extend: bool = false, HINT.label("Extend").transient();
        /// A bone of the chain; left out, the one under the pointer.
        bone: String = String::new(), HINT.hidden().transient();
        /// The rig of the bone; left out, the active one.
        rig: String = String::new(), HINT.hidden().transient();
    }
}

impl Operator for SelectLinkedPick {
    const INFO: Info = Info::new("pose.select_linked_pick", "Select Connected");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, cx: &Context, event: &Event) -> Start {
        if self.bone.is_empty()
            && let Some((id, bone)) = pointed(cx, event.pointer)
            && let Some(rig) = cx.doc.rigs.get(id.index())
        {
            rig.armature.name(bone).clone_into(&mut self.bone);
            if Some(id) != cx.doc.active_rig {
                self.rig.clone_from(&rig.name);
            }
        }
        Start::Exec
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        if self.bone.is_empty() {
            return Err(Refusal::Idle("There is no bone under the pointer"));
        }
        let id: RigId = find_rig(cx, &self.rig)?;
        let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
        let start = [find(rig, &self.bone)?];
        let free = |bone| rig.armature.bone(bone).is_some_and(|bone| bone.selectable);
        let chain = Chain {
            up: upwards(rig, &start, free),
            down: downwards(rig, &start),
        };
        chain.select(&mut rig.selected, !self.extend);
        Ok(())
    }
}

/// The bone in the row below the pointer, or at that point of the view.
fn pointed(cx: &Context, pointer: Vec2) -> Option<(RigId, BoneId)> {
    let inside = pointer.cmpge(Vec2::ZERO).all() && pointer.cmple(cx.place.size).all();
    let in_view = || bone_at(cx, pointer).filter(|_| inside);
    cx.place.bone.or_else(in_view)
}

/// The bones that hang together with some bones.
struct Chain {
    up: BitSet,
    down: BitSet,
}

impl Chain {
    fn select(&self, flags: &mut BitSet, on: bool) {
        for place in self.up.iter().chain(self.down.iter()) {
            flags.set(place, on);
        }
    }
}

/// The bones themselves and what they are connected to upwards, as far as `may` lets pass.
fn upwards(rig: &Rig, starts: &[BoneId], may: impl Fn(BoneId) -> bool) -> BitSet {
    let mut found = BitSet::default();
    for &start in starts {
        let mut next = Some(start);
        // What was walked once was walked to its end.
        while let Some(bone) = next.filter(|&bone| !found.contains(bone.index()) && may(bone)) {
            found.set(bone.index(), true);
            let bone = rig.armature.bone(bone).filter(|bone| bone.connected);
            next = bone.and_then(|bone| bone.parent);
        }
    }
    found
}

/// What is connected to the bones downwards. A bone that cannot be selected ends its branch; one that cannot
/// be seen does not.
fn downwards(rig: &Rig, starts: &[BoneId]) -> BitSet {
    let starts: BitSet = starts.iter().map(|start| start.index()).collect();
    let mut found = BitSet::default();
    // Parents stand before their children, so once through is enough.
    for (place, bone) in rig.armature.bones.iter().enumerate() {
        let reached =
            |parent: BoneId| starts.contains(parent.index()) || found.contains(parent.index());
        if bone.connected && bone.selectable && bone.parent.is_some_and(reached) {
            found.set(place, true);
        }
    }
    found
}
