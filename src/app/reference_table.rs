//! The reference of one family as a page of the documentation: what each operator is called, its keys and menus,
//! its call, and what its parameters mean.

use anyhow::anyhow;
use serde_json::Value as Json;

use crate::script::reference;
use crate::ui::keymap::Keymap;
use crate::ui::menus::{Entry, Menus};

/// The page of a family.
///
/// # Errors
/// If there is no such family.
pub fn page(family: &str) -> anyhow::Result<String> {
    let (keymap, _) = Keymap::bundled();
    let (menus, _) = Menus::bundled();
    let prefix = format!("{family}.");
    let operators = reference::operators();
    let own: Vec<(&String, &Json)> = operators
        .iter()
        .filter(|(id, _)| id.starts_with(&prefix))
        .collect();
    if own.is_empty() {
        return Err(anyhow!(
            "there are no operators `{prefix}…`; `keypose operators` lists them all"
        ));
    }
    let mut page = format!(
        "# The `{family}` operators\n\n\
         Written by `keypose operators --markdown {family}`; a test compares the two. Keys count over the 3D view,\n\
         some over the bone list too. A call may leave parameters out; the values below are those it has then,\n\
         but for those that are given as `…`.\n\n\
         | Operator | Key | Menu | Call |\n|---|---|---|---|\n"
    );
    for (id, operator) in &own {
        let cells = [
            text(operator, "label"),
            keys(&keymap, id),
            menu_paths(&menus, id),
            format!("`{}`", call(id, operator)),
        ];
        page += &row(&cells);
    }
    page += "\n## What they do\n\n| Call | Meaning |\n|---|---|\n";
    for (id, operator) in &own {
        page += &row(&[format!("`{id}`"), text(operator, "description")]);
    }
    page += "\n## Parameters\n\n| Parameter | Values | Default | Meaning |\n|---|---|---|---|\n";
    for (id, operator) in &own {
        for (name, param) in shown_params(operator) {
            let cells = [
                format!("`{id}` {name}"),
                values(param),
                format!("`{}`", default(param)),
                text(param, "description"),
            ];
            page += &row(&cells);
        }
    }
    Ok(page)
}

fn row(cells: &[String]) -> String {
    let cells = cells.iter().map(|cell| cell.replace('|', "\\|"));
    let cells: Vec<String> = cells.collect();
    format!("| {} |\n", cells.join(" | "))
}

fn text(of: &Json, field: &str) -> String {
    of.get(field)
        .and_then(Json::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// The parameters that forms show; the others are for scripts that need them.
fn shown_params(operator: &Json) -> impl Iterator<Item = (&String, &Json)> {
    let params = operator.get("params").and_then(Json::as_object);
    let shown = |(_, param): &(&String, &Json)| param.get("type") != Some(&Json::from("data"));
    params.into_iter().flatten().filter(shown)
}

fn call(id: &str, operator: &Json) -> String {
    let arguments =
        shown_params(operator).map(|(name, param)| format!("{name}: {}", default(param)));
    let arguments: Vec<String> = arguments.collect();
    format!("{id}({})", arguments.join(", "))
}

/// The default as a script writes it.
fn default(param: &Json) -> String {
    let value = param.get("default").unwrap_or(&Json::Null);
    match value {
        // A parameter that must be given.
        Json::Null => "…".to_owned(),
        Json::String(item) if text(param, "type") == "enum" => item.clone(),
        Json::Array(values) => {
            let values: Vec<String> = values.iter().map(Json::to_string).collect();
            format!("({})", values.join(", "))
        }
        value => value.to_string(),
    }
}

/// What a parameter can be.
fn values(param: &Json) -> String {
    let items = param.get("items").and_then(Json::as_array);
    if let Some(items) = items {
        let items: Vec<String> = items
            .iter()
            .map(|item| format!("`{}`", text(item, "id")))
            .collect();
        return items.join(" ");
    }
    let limit = |name: &str| param.get(name).filter(|limit| !limit.is_null());
    match (text(param, "type").as_str(), limit("min"), limit("max")) {
        ("boolean", ..) => "`true` `false`".to_owned(),
        ("string", ..) => "a text".to_owned(),
        (_, Some(min), Some(max)) => format!("{min} to {max}"),
        (_, Some(min), None) => format!("from {min}"),
        (_, None, Some(max)) => format!("up to {max}"),
        ("int", ..) => "a whole number".to_owned(),
        _ => "a number".to_owned(),
    }
}

/// Every key once.
fn keys(keymap: &Keymap, id: &str) -> String {
    let mut keys: Vec<String> = Vec::new();
    for key in keymap.keys_of(id) {
        let key = format!("`{key}`");
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.join(" ")
}

/// Where the menu bar has the operator: `Select ▸ All, None`; of a menu with an entry per item its title alone.
fn menu_paths(menus: &Menus, id: &str) -> String {
    let mut paths = Vec::new();
    for (title, entries) in &menus.menus {
        gather(title, entries, id, &mut paths);
    }
    paths.join("; ")
}

fn gather(path: &str, entries: &[Entry], id: &str, paths: &mut Vec<String>) {
    let is_own = |entry: &Entry| matches!(entry, Entry::Run(command) if command.op.info().id == id);
    if entries.len() > 1 && entries.iter().all(is_own) {
        paths.push(path.to_owned());
        return;
    }
    let own = entries.iter().filter_map(|entry| match entry {
        Entry::Run(command) if command.op.info().id == id => Some(command.label.as_str()),
        _ => None,
    });
    let own: Vec<&str> = own.collect();
    if !own.is_empty() {
        paths.push(format!("{path} ▸ {}", own.join(", ")));
    }
    for entry in entries {
        match entry {
            Entry::Menu(title, entries) => {
                gather(&format!("{path} ▸ {title}"), entries, id, paths);
            }
            Entry::Columns(columns) => {
                let all: Vec<Entry> = columns.iter().flat_map(|(_, list)| list.clone()).collect();
                gather(path, &all, id, paths);
            }
            _ => {}
        }
    }
}
