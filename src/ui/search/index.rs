//! What can be searched: every entry of the menus, then every operator that no menu has.

use std::collections::{BTreeMap, BTreeSet};

use crate::ops::registry::{self, AnyOperator};
use crate::ui::icons;
use crate::ui::keymap::{Action, Keymap};
use crate::ui::menus::{Command, Entry, Menus};

/// A command that can be found.
pub struct Item {
    /// What is called; none where no operator is behind it.
    pub op: Option<Box<dyn AnyOperator>>,
    /// The call as script text.
    pub call: String,
    /// What the user reads.
    pub label: String,
    /// The menus it is in, `Pose / Clear Transform`.
    pub path: String,
    /// Its first key, a word for each keycap.
    pub keys: Vec<String>,
    /// Whether it runs as it is, without asking for anything.
    pub exact: bool,
    /// Whether a menu has it.
    pub in_menu: bool,
}

impl Item {
    /// The operator's name in scripts.
    pub fn id(&self) -> &'static str {
        self.op.as_ref().map_or("", |op| op.info().id)
    }

    /// The icon before its name: that of the kind of operator, else of the menu.
    pub fn icon(&self) -> &'static str {
        let family = self.id().split('.').next().unwrap_or_default();
        let menu = self.path.split(" / ").next().unwrap_or_default();
        match (family, menu) {
            ("transform", _) => icons::ARROWS_OUT_CARDINAL,
            (_, "File") => icons::FOLDER_OPEN,
            (_, "Edit") => icons::PENCIL_SIMPLE,
            (_, "View") => icons::PERSPECTIVE,
            (_, "Select") => icons::CURSOR,
            (_, "Pose") => icons::PERSON_SIMPLE,
            (_, "Window") => icons::LAYOUT,
            (_, "Help") => icons::QUESTION,
            ("view3d", _) => icons::PERSPECTIVE,
            _ => icons::COMMAND,
        }
    }
}

/// Everything that can be searched, in the order of the menus.
pub fn items(menus: &Menus, keymap: &Keymap) -> Vec<Item> {
    let mut index = Index {
        keys: keys(keymap),
        seen: BTreeSet::new(),
        items: Vec::new(),
    };
    for (title, entries) in &menus.menus {
        index.gather(title, entries);
    }
    let in_menus: BTreeSet<&str> = index.items.iter().map(Item::id).collect();
    let others: Vec<_> = registry::entries()
        .filter(|entry| !entry.info.script_only && !in_menus.contains(entry.info.id))
        .collect();
    for entry in others {
        let op = entry.make();
        let (call, label) = (op.call_text(), entry.info.label.to_owned());
        index.add(Some(op), call, label, "", false);
    }
    index.items
}

/// The first key of each call.
fn keys(keymap: &Keymap) -> BTreeMap<String, Vec<String>> {
    let mut keys = BTreeMap::new();
    for binding in keymap.bindings() {
        if let Action::Run(op) = &binding.action {
            let caps = || binding.chord.caps();
            keys.entry(op.call_text()).or_insert_with(caps);
        }
    }
    keys
}

struct Index {
    keys: BTreeMap<String, Vec<String>>,
    seen: BTreeSet<String>,
    items: Vec<Item>,
}

impl Index {
    fn gather(&mut self, path: &str, entries: &[Entry]) {
        for entry in entries {
            match entry {
                Entry::Run(command) => self.command(path, command),
                Entry::Menu(title, entries) => self.gather(&format!("{path} / {title}"), entries),
                Entry::Columns(columns) => {
                    for (title, entries) in columns {
                        self.gather(&format!("{path} / {title}"), entries);
                    }
                }
                Entry::About => {
                    self.add(None, String::new(), "About Keypose".to_owned(), path, false)
                }
                Entry::Line | Entry::Workspaces | Entry::Sets | Entry::Recent => {}
            }
        }
    }

    fn command(&mut self, path: &str, command: &Command) {
        let (op, call) = (Some(command.op.clone()), command.call.clone());
        self.add(op, call, command.label.clone(), path, command.exact);
    }

    fn add(
        &mut self,
        op: Option<Box<dyn AnyOperator>>,
        call: String,
        label: String,
        path: &str,
        exact: bool,
    ) {
        if !self.seen.insert(call.clone()) {
            return;
        }
        let keys = self.keys.get(&call).cloned().unwrap_or_default();
        self.items.push(Item {
            op,
            call,
            label,
            path: path.to_owned(),
            keys,
            exact,
            in_menu: !path.is_empty(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_menu_entry_and_every_other_operator_is_there_once() {
        let (menus, keymap) = (Menus::bundled().0, Keymap::bundled().0);
        let items = items(&menus, &keymap);
        let calls: BTreeSet<&str> = items.iter().map(|item| item.call.as_str()).collect();
        assert_eq!(calls.len(), items.len());
        assert!(menus.calls().iter().all(|call| calls.contains(call)));
        for entry in registry::entries() {
            let found = items.iter().any(|item| item.id() == entry.info.id);
            assert_eq!(found, !entry.info.script_only, "{}", entry.info.id);
        }
        let flipped = items
            .iter()
            .find(|item| item.call == "pose.paste(flipped: true)");
        let flipped = flipped.unwrap();
        assert_eq!(flipped.path, "Pose");
        assert_eq!(flipped.keys, ["Ctrl", "Shift", "V"]);
    }
}
