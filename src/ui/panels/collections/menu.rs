//! Menus about collections: what can be done with the active one, and where to put bones.

use crate::model::document::Document;
use crate::ops::armature::place;
use crate::ops::props::Value;
use crate::ops::registry::AnyOperator;
use crate::ui::menus::{self, Command, Entry};

/// What a new collection is called.
const NEW: &str = "Bones";

/// What can be done with the active collection.
pub fn of_active() -> Vec<Entry> {
    let entries = [
        menus::run("armature.collection_select()", Some("Select Bones")),
        menus::run("armature.collection_deselect()", Some("Deselect Bones")),
        Some(Entry::Line),
        menus::run("armature.collection_assign()", Some("Add Selected Bones")),
        menus::run(
            "armature.collection_unassign()",
            Some("Remove Selected Bones"),
        ),
        Some(Entry::Line),
        menus::run("outliner.item_rename(type: COLLECTION)", Some("Rename…")),
        menus::run("outliner.collection_color()", Some("Color…")),
        Some(Entry::Line),
        menus::run("armature.collection_move()", Some("Move Up")),
        menus::run(
            "armature.collection_move(direction: DOWN)",
            Some("Move Down"),
        ),
        Some(Entry::Line),
        menus::run("armature.collection_show_all()", None),
        menus::run("armature.collection_unsolo_all()", None),
        menus::run("armature.collection_remove_unused()", Some("Remove Unused")),
        Some(Entry::Line),
        menus::run("armature.collection_remove()", Some("Delete")),
    ];
    entries.into_iter().flatten().collect()
}

/// The collections that the bones can be put into, and a new one.
pub fn targets(op: &dyn AnyOperator, document: &Document) -> Vec<Entry> {
    let collections = document
        .rig()
        .map(|rig| rig.armature.collections.as_slice());
    let listed = collections.unwrap_or_default().iter().enumerate();
    let mut entries: Vec<Entry> = listed
        .map(|(place, collection)| {
            let mut op = op.boxed_clone();
            if let Some(Value::Int(index)) = menus::value(op.as_mut(), place::INDEX) {
                *index = i32::try_from(place).unwrap_or(-1);
            }
            exact(op, &collection.name)
        })
        .collect();
    if !entries.is_empty() {
        entries.push(Entry::Line);
    }
    let mut op = op.boxed_clone();
    if let Some(Value::Text(name)) = menus::value(op.as_mut(), place::NEW_NAME) {
        NEW.clone_into(name);
    }
    entries.push(exact(op, "New Collection"));
    entries
}

fn exact(op: Box<dyn AnyOperator>, label: &str) -> Entry {
    Entry::Run(Box::new(Command {
        call: op.call_text(),
        op,
        label: label.to_owned(),
        mark: None,
        exact: true,
        doc: "",
    }))
}
