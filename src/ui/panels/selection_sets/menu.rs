//! Menus about selection sets: of one set, and of the whole list.

use crate::ui::menus::{self, Entry};
use crate::ui::panels::selection_sets::{NEW, recall};

/// What can be done with a set, which is the active one.
pub fn of_set(place: usize) -> Vec<Entry> {
    let store = format!("pose.selection_set_store(selection_set_index: {place})");
    let entries = [
        menus::run(&recall(place, false), Some("Recall")),
        menus::run(&recall(place, true), Some("Select")),
        menus::run("pose.selection_set_deselect()", Some("Deselect")),
        menus::run(&store, Some("Store Selected Bones")),
        Some(Entry::Line),
        menus::run("pose.selection_set_assign()", Some("Add Selected Bones")),
        menus::run(
            "pose.selection_set_unassign()",
            Some("Remove Selected Bones"),
        ),
        Some(Entry::Line),
        menus::run("pose.selection_set_rename()", Some("Rename")),
        menus::run("pose.selection_set_move()", Some("Move Up")),
        menus::run(
            "pose.selection_set_move(direction: DOWN)",
            Some("Move Down"),
        ),
        menus::run("pose.selection_set_copy()", None),
        Some(Entry::Line),
        menus::run("pose.selection_set_remove()", Some("Delete")),
    ];
    entries.into_iter().flatten().collect()
}

/// What can be done with all of them.
pub fn of_list() -> Vec<Entry> {
    let entries = [
        menus::run(NEW, Some("New Set of the Selected Bones")),
        menus::run("pose.selection_set_rename()", None),
        menus::run("pose.selection_set_remove_bones()", None),
        Some(Entry::Line),
        menus::run("pose.selection_set_delete_all()", None),
    ];
    entries.into_iter().flatten().collect()
}
