//! Selecting bones: all of them, and up and down the hierarchy.

pub mod grouped;
pub mod linked;
pub mod mirror;
pub mod target;

use crate::model::bits::BitSet;
use crate::model::id::BoneId;
use crate::model::rig::Rig;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::{choice, props};

/// What operators on the active bone say where there is none.
const NO_ACTIVE_BONE: &str = "No bone is active; click one first";
/// What they say where it has no parent to go to.
const NO_PARENT: &str = "The active bone has no parent that can be selected";

choice! {
    /// What happens to the selection.
    pub enum SelectAction: Toggle {
        /// Nothing selected if anything is, else everything
        Toggle = "TOGGLE", "Toggle";
        /// Everything
        Select = "SELECT", "Select";
        /// Nothing
        Deselect = "DESELECT", "Deselect";
        /// What was not selected
        Invert = "INVERT", "Invert";
    }
}

props! {
    /// Select every bone that can be seen, or none, or those that were not selected. Empties are only deselected,
    /// with the bones.
    pub struct SelectAll {
        /// What happens to the selection.
        action: SelectAction = SelectAction::Toggle, HINT.label("Action").hidden().transient();
    }
}

impl Operator for SelectAll {
    const INFO: Info = Info::new("pose.select_all", "(De)select All");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let rigs: Vec<_> = cx.doc.posed_rigs();
        let any = rigs
            .iter()
            .filter_map(|id| cx.doc.rigs.get(id.index()))
            .any(|rig| !rig.selected_bones().is_empty());
        let action = match self.action {
            SelectAction::Toggle if any => SelectAction::Deselect,
            SelectAction::Toggle => SelectAction::Select,
            other => other,
        };
        if action == SelectAction::Deselect {
            cx.doc.select_empties(|_, _| false);
        }
        for id in rigs {
            let Some(rig) = cx.doc.rigs.get(id.index()) else {
                continue;
            };
            let selected = after(rig, action);
            if selected != rig.selected
                && let Some(rig) = cx.doc.rig_at_mut(id)
            {
                rig.selected = selected;
            }
        }
        Ok(())
    }
}

/// The select flags of a rig after `action` on the bones that can be seen.
fn after(rig: &Rig, action: SelectAction) -> BitSet {
    let mut selected = rig.selected.clone();
    for id in rig.armature.ids().filter(|&id| rig.visible(id)) {
        let wanted = match action {
            // What cannot be selected stays as it is, even if it is.
            SelectAction::Select if !rig.selectable(id) => continue,
            SelectAction::Select => true,
            SelectAction::Invert => !rig.selected.contains(id.index()),
            SelectAction::Deselect | SelectAction::Toggle => false,
        };
        let selectable = rig.selectable(id);
        selected.set(id.index(), wanted && selectable);
    }
    selected
}

choice! {
    /// Which way through the hierarchy.
    pub enum Direction: Parent {
        /// To the parent
        Parent = "PARENT", "Select Parent";
        /// To a child, a connected one first
        Child = "CHILD", "Select Child";
    }
}

props! {
    /// Go from the active bone to its parent or to a child, and select that one.
    pub struct SelectHierarchy {
        /// Which way to go.
        direction: Direction = Direction::Parent, HINT.label("Direction");
        /// Keep the active bone selected.
        extend: bool = false, HINT.label("Extend");
    }
}

impl Operator for SelectHierarchy {
    const INFO: Info = Info::new("pose.select_hierarchy", "Select Hierarchy");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let rig = cx.rig()?;
        let active = rig
            .active_bone
            .filter(|&id| rig.armature.collection_visible(id));
        let active = active.ok_or(Refusal::Idle(NO_ACTIVE_BONE))?;
        let next = match self.direction {
            Direction::Parent => rig
                .armature
                .bone(active)
                .and_then(|bone| bone.parent)
                .filter(|&id| rig.selectable(id)),
            Direction::Child => child_to_select(rig, active),
        };
        let next = next.ok_or(Refusal::Idle(match self.direction {
            Direction::Parent => NO_PARENT,
            Direction::Child => "The active bone has no child that can be selected",
        }))?;
        let rig = cx.rig_mut()?;
        if !self.extend {
            rig.selected.set(active.index(), false);
        }
        rig.selected.set(next.index(), true);
        rig.active_bone = Some(next);
        Ok(())
    }
}

/// The first child that may be selected, one that is connected before all others.
fn child_to_select(rig: &Rig, parent: BoneId) -> Option<BoneId> {
    let children: Vec<_> = rig
        .armature
        .children(parent)
        .filter(|&id| rig.selectable(id))
        .collect();
    let connected = |id: &&BoneId| rig.armature.bone(**id).is_some_and(|bone| bone.connected);
    children
        .iter()
        .find(connected)
        .or(children.first())
        .copied()
}

props! {
    /// Select the parent of the active bone beside what is selected, and make it the active one.
    pub struct SelectParent {}
}

impl Operator for SelectParent {
    const INFO: Info = Info::new("pose.select_parent", "Select Parent Bone");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let rig = cx.rig()?;
        let active = rig
            .active_bone
            .filter(|&id| rig.armature.collection_visible(id));
        let bone = active.and_then(|id| rig.armature.bone(id));
        // The parent may be in a collection that is not shown; only if it is hidden itself it is left out.
        let free = |&id: &BoneId| {
            let parent = rig.armature.bone(id);
            !rig.hide
                && !rig.hidden.contains(id.index())
                && parent.is_some_and(|bone| bone.selectable)
        };
        let parent = bone.and_then(|bone| bone.parent).filter(free);
        let parent = parent.ok_or(Refusal::Idle(match active {
            Some(_) => NO_PARENT,
            None => NO_ACTIVE_BONE,
        }))?;
        let rig = cx.rig_mut()?;
        rig.selected.set(parent.index(), true);
        rig.active_bone = Some(parent);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
