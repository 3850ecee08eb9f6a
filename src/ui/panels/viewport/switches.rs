//! Rows of operators that set what the 3D view shows, as pop-ups list them. They know no operator: what the
//! registry lacks is left out, and whether a row is on is found by trying it on a copy of the view.

use egui::Ui;
use serde_json::Value;

use crate::model::record::Written;
use crate::model::view::View;
use crate::ops::call;
use crate::ops::context::Place;
use crate::ops::props::tooltip;
use crate::ops::registry::{self, AnyOperator};
use crate::ops::runner::{Session, Status};
use crate::ui::acts::Act;
use crate::ui::desk::Desk;
use crate::ui::menu_ui::row_ui;
use crate::ui::menus::{self, Entry};

/// A row: what it says, and its call.
pub struct Switch {
    /// What the user reads.
    pub label: String,
    /// What explains it.
    pub doc: String,
    /// The call.
    pub op: Box<dyn AnyOperator>,
    /// The call whose key is shown.
    key: Option<String>,
}

/// The row of a call; none where the call is unknown.
pub fn of_call(text: &str) -> Option<Switch> {
    let op = call::parse(text).ok()?;
    let entry = registry::find(op.info().id)?;
    Some(Switch {
        label: op.info().label.to_owned(),
        doc: tooltip(entry.doc),
        key: Some(op.call_text()),
        op,
    })
}

/// A row for each item that an operator chooses from; none where the operator is unknown.
pub fn of_choice(id: &str) -> Vec<Switch> {
    let Some(op) = registry::find(id).map(registry::Entry::make) else {
        return Vec::new();
    };
    let choices = op.fields().iter().map(|field| field.name);
    let found = choices.map(|name| (name, menus::items(op.as_ref(), name)));
    let Some((name, items)) = found.into_iter().find(|(_, items)| !items.is_empty()) else {
        return Vec::new();
    };
    let entries = menus::each(op.as_ref(), name).into_iter();
    // The call without an item asks which one.
    let bare = op.call_text();
    let row = |(entry, item): (Entry, &crate::model::choice::Item)| match entry {
        Entry::Run(command) => Some(Switch {
            label: command.label,
            doc: item.doc.trim().to_owned(),
            key: Some(command.call).filter(|call| *call != bare),
            op: command.op,
        }),
        _ => None,
    };
    entries.zip(items).filter_map(row).collect()
}

/// Rows for all operators whose id begins with one of these words, but for those that are left out; one
/// that chooses among items has a row for each.
pub fn of_prefix(prefixes: &[&str], without: &[&str]) -> Vec<Switch> {
    let wanted =
        |id: &&str| prefixes.iter().any(|prefix| id.starts_with(prefix)) && !without.contains(id);
    let ids = registry::entries().map(|entry| entry.info.id);
    let rows = |id: &str| {
        let items = of_choice(id);
        if items.is_empty() {
            of_call(&format!("{id}()")).into_iter().collect()
        } else {
            items
        }
    };
    ids.filter(wanted).flat_map(rows).collect()
}

/// Shows rows with their check marks; a click runs the call. Says whether one was clicked.
pub fn rows_ui(ui: &mut Ui, desk: &mut Desk, switches: &[Switch], width: f32) -> bool {
    let mut clicked = false;
    for switch in switches {
        let key = switch.key.as_ref();
        let keys = key.and_then(|call| desk.keymap.chord_of(call));
        let keys = keys.map(|chord| chord.to_string()).unwrap_or_default();
        let on = state(desk, switch.op.as_ref());
        let response = row_ui(ui, desk.theme, &switch.label, &keys, Some(on), width);
        let response = if switch.doc.is_empty() {
            response
        } else {
            response.on_hover_text(&switch.doc)
        };
        if response.clicked() {
            let op = switch.op.boxed_clone();
            desk.acts.push(Act::Run(op, String::new()));
            clicked = true;
        }
    }
    clicked
}

/// Whether a call has nothing left to do, or, for one that turns something round, whether that is on.
pub fn state(desk: &Desk, op: &dyn AnyOperator) -> bool {
    let mut trial = Session::with_document(desk.document.clone());
    trial.view = desk.view.clone();
    let outcome = trial.run(op.boxed_clone(), Place::default());
    if outcome.status != Status::Finished {
        return false;
    }
    let view = trial.view;
    if view == *desk.view {
        return true;
    }
    let tree = |view: &View| {
        let sparse = false;
        let written = Written {
            value: view,
            sparse,
        };
        serde_json::to_value(written).unwrap_or_default()
    };
    turned(&tree(desk.view), &tree(&view)).unwrap_or(false)
}

/// What the first switch says that differs between two trees, in the first of them.
fn turned(before: &Value, after: &Value) -> Option<bool> {
    match (before, after) {
        (Value::Bool(on), Value::Bool(other)) => (on != other).then_some(*on),
        (Value::Object(before), Value::Object(after)) => before
            .iter()
            .find_map(|(name, value)| turned(value, after.get(name)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_from_the_registry_alone() {
        assert!(of_call("view3d.no_such_thing()").is_none());
        assert!(of_choice("view3d.no_such_thing").is_empty());
        let styles = of_choice("view3d.bone_style");
        assert!(styles.iter().any(|row| row.label == "Stick"));
        let toggles = of_prefix(&["view3d.toggle_"], &["view3d.toggle_xray"]);
        let ids: Vec<_> = toggles.iter().map(|row| row.op.info().id).collect();
        assert!(ids.contains(&"view3d.toggle_overlays") && !ids.contains(&"view3d.toggle_xray"));
    }

    #[test]
    fn a_switch_that_differs_tells_what_it_was() {
        let tree = |on: bool| serde_json::json!({"a": 1, "b": {"c": on}});
        assert_eq!(turned(&tree(true), &tree(false)), Some(true));
        assert_eq!(turned(&tree(false), &tree(true)), Some(false));
        assert_eq!(turned(&tree(true), &tree(true)), None);
    }
}
