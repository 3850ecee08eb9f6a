//! Recalling selection sets: by the active one, by number, from a menu.

use std::collections::BTreeSet;

use crate::model::id::{BoneId, RigId};
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Offer, Operator, Poll, Refusal, Start};
use crate::ops::pose::selection_sets::{chosen_place, need_active_set, options, options_mut};
use crate::props;

/// The bones of a set that can be seen, by posed rig. Those that cannot be selected with the mouse count too.
fn members(cx: &Context, place: usize) -> Result<Vec<(RigId, Vec<BoneId>)>, Refusal> {
    let sets = &options(cx)?.selection_sets;
    let set = sets.get(place).ok_or(Refusal::Nothing)?;
    let names: BTreeSet<&str> = set.bones.iter().map(String::as_str).collect();
    let of_rig = |id: RigId| {
        let rig = cx.doc.rigs.get(id.index())?;
        let listed = |&bone: &BoneId| names.contains(rig.armature.name(bone)) && rig.visible(bone);
        Some((id, rig.armature.ids().filter(listed).collect()))
    };
    Ok(cx.doc.posed_rigs().into_iter().filter_map(of_rig).collect())
}

/// Selects bones or deselects them.
fn set_selected(cx: &mut Context, bones: &[(RigId, Vec<BoneId>)], select: bool) {
    for (id, bones) in bones {
        let rig = cx.doc.rigs.get(id.index());
        let Some(rig) = rig.filter(|rig| bones.iter().any(|b| rig.is_selected(*b) != select))
        else {
            continue;
        };
        let mut selected = rig.selected.clone();
        bones
            .iter()
            .for_each(|bone| selected.set(bone.index(), select));
        if let Some(rig) = cx.doc.rig_at_mut(*id) {
            rig.selected = selected;
        }
    }
}

props! {
    /// Select the bones of a selection set, beside those that are.
    pub struct SelectionSetSelect {
        /// The set's place in the list, from 0; −1 is the active one.
        selection_set_index: i32 = -1, HINT.hidden().transient();
        /// Keep what is selected; else the set becomes the active one, too.
        extend: bool = true, HINT.hidden().transient();
    }
}

impl Operator for SelectionSetSelect {
    const INFO: Info = Info::new("pose.selection_set_select", "Select Selection Set");

    fn poll(cx: &Context) -> Poll {
        need_active_set(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let found = options(cx)?;
        let place = chosen_place(found, self.selection_set_index)?;
        let set = found.selection_sets.get(place).ok_or(Refusal::Nothing)?;
        let name = set.name.clone();
        let bones = members(cx, place)?;
        if !self.extend {
            let selected = cx.selected_bones();
            set_selected(cx, &selected, false);
            if options(cx)?.active_set() != Some(place) {
                options_mut(cx)?.activate(place);
            }
        }
        set_selected(cx, &bones, true);
        if bones.iter().all(|(_, bones)| bones.is_empty()) {
            cx.info(format!("No bone of {name} can be seen"));
        }
        Ok(())
    }
}

props! {
    /// Deselect the bones of the active selection set.
    pub struct SelectionSetDeselect {}
}

impl Operator for SelectionSetDeselect {
    const INFO: Info = Info::new("pose.selection_set_deselect", "Deselect Selection Set");

    fn poll(cx: &Context) -> Poll {
        need_active_set(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let place = options(cx)?.active_set().ok_or(Refusal::Nothing)?;
        let bones = members(cx, place)?;
        set_selected(cx, &bones, false);
        Ok(())
    }
}

props! {
    /// Choose a selection set from a menu and select its bones.
    pub struct SelectionSetMenu {}
}

impl Operator for SelectionSetMenu {
    const INFO: Info = Info::new("pose.selection_set_menu", "Selection Sets").view_only();

    fn poll(cx: &Context) -> Poll {
        need_active_set(cx)
    }

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        let sets = options(cx).map(|options| options.selection_sets.as_slice());
        let sets = sets.unwrap_or_default().iter().enumerate();
        let offer = |(place, set): (usize, &crate::model::selection_set::SelectionSet)| Offer {
            label: set.name.clone(),
            call: format!("pose.selection_set_select(selection_set_index: {place})"),
            on: None,
        };
        Start::Offer(sets.map(offer).collect())
    }

    /// Without a menu there is nothing to choose from.
    fn exec(&self, _cx: &mut Context) -> Exec {
        Err(Refusal::Nothing)
    }
}
