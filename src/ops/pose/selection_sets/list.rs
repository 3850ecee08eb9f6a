//! The list of selection sets: adding, naming, moving, removing.

use crate::model::selection_set::SelectionSet;
use crate::ops::context::{Context, Request};
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::outliner::ListAct;
use crate::ops::pose::selection_sets::{
    NAME, chosen_place, need_active_set, options, options_mut, selected_names, unique,
};
use crate::ops::props::Data;
use crate::ops::runner::Wish;
use crate::{choice, props};

/// Appends a set and makes it the active one.
pub(super) fn append(cx: &mut Context, wanted: &str, bones: Vec<String>) -> Result<(), Refusal> {
    let options = options_mut(cx)?;
    let name = unique(wanted, &options.selection_sets);
    options.selection_sets.push(SelectionSet {
        name,
        bones,
        ..SelectionSet::default()
    });
    options.activate(options.selection_sets.len().saturating_sub(1));
    Ok(())
}

props! {
    /// Add an empty selection set and make it active.
    pub struct SelectionSetAdd {}
}

impl Operator for SelectionSetAdd {
    const INFO: Info = Info::new("pose.selection_set_add", "Create Selection Set");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        append(cx, NAME, Vec::new())
    }
}

props! {
    /// Make a selection set of the selected bones.
    pub struct SelectionSetAddAndAssign {}
}

impl Operator for SelectionSetAddAndAssign {
    const INFO: Info = Info::new(
        "pose.selection_set_add_and_assign",
        "Create and Add Bones to Selection Set",
    );

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let names = selected_names(cx);
        append(cx, NAME, names)
    }
}

choice! {
    /// Which way a set moves in the list.
    pub enum SetDirection: Up {
        /// Towards the first
        Up = "UP", "Up";
        /// Towards the last
        Down = "DOWN", "Down";
    }
}

props! {
    /// Move the active selection set in the list, and with it its number.
    pub struct SelectionSetMove {
        /// Which way.
        direction: SetDirection = SetDirection::Up, HINT.label("Move Direction").hidden();
    }
}

impl Operator for SelectionSetMove {
    const INFO: Info = Info::new("pose.selection_set_move", "Move Selection Set in List");

    fn poll(cx: &Context) -> Poll {
        need_active_set(cx)?;
        match options(cx).is_ok_and(|options| options.selection_sets.len() > 1) {
            true => Ok(()),
            false => Err("There is only one selection set".to_owned()),
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let found = options(cx)?;
        let from = found.active_set().ok_or(Refusal::Nothing)?;
        let last = found.selection_sets.len().saturating_sub(1);
        let to = match self.direction {
            SetDirection::Up => from.saturating_sub(1),
            SetDirection::Down => (from + 1).min(last),
        };
        if to != from {
            let options = options_mut(cx)?;
            options.selection_sets.swap(from, to);
            options.activate(to);
        }
        Ok(())
    }
}

props! {
    /// Remove the active selection set; its bones stay as they are.
    pub struct SelectionSetRemove {}
}

impl Operator for SelectionSetRemove {
    const INFO: Info = Info::new("pose.selection_set_remove", "Delete Selection Set");

    fn poll(cx: &Context) -> Poll {
        need_active_set(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let place = options(cx)?.active_set().ok_or(Refusal::Nothing)?;
        let options = options_mut(cx)?;
        options.selection_sets.remove(place);
        let last = options.selection_sets.len().saturating_sub(1);
        options.activate(place.min(last));
        Ok(())
    }
}

props! {
    /// Remove every selection set of the rig.
    pub struct SelectionSetDeleteAll {}
}

impl Operator for SelectionSetDeleteAll {
    const INFO: Info = Info::new("pose.selection_set_delete_all", "Delete All Sets");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        if !options(cx)?.selection_sets.is_empty() {
            options_mut(cx)?.selection_sets.clear();
        }
        Ok(())
    }
}

props! {
    /// Change the name of a selection set, or whether copying takes it along.
    pub struct SelectionSetEdit {
        /// The set's place in the list, from 0; left out, the active one.
        selection_set_index: i32 = -1;
        /// The name it gets; a number is added where another set has it.
        name: Data<Option<String>> = Data::default();
        /// Whether copying takes it along even if it is not the active one.
        is_selected: Data<Option<bool>> = Data::default();
    }
}

impl Operator for SelectionSetEdit {
    const INFO: Info = Info::new("pose.selection_set_edit", "Edit Selection Set").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let found = options(cx)?;
        let place = chosen_place(found, self.selection_set_index)?;
        let mut set = found.selection_sets.get(place).cloned().unwrap_or_default();
        if let Some(name) = &self.name.0 {
            if name.trim().is_empty() {
                return Err(Refusal::error("A selection set needs a name"));
            }
            let mut others = found.selection_sets.clone();
            others.remove(place);
            set.name = unique(name, &others);
        }
        set.is_selected = self.is_selected.0.unwrap_or(set.is_selected);
        if let Some(slot) = options_mut(cx)?.selection_sets.get_mut(place) {
            *slot = set;
        }
        Ok(())
    }
}

props! {
    /// Type another name for the active selection set.
    pub struct SelectionSetRename {}
}

impl Operator for SelectionSetRename {
    const INFO: Info = Info::new("pose.selection_set_rename", "Rename Selection Set").view_only();

    fn poll(cx: &Context) -> Poll {
        need_active_set(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.request(Request::Wish(Wish::List(ListAct::RenameSet)));
        Ok(())
    }
}
