//! The commands that were chosen last, kept over restarts where there is a folder for it.

use std::path::PathBuf;

use crate::io::atomic;
use crate::io::error::Error;
use crate::io::folders::Folders;
use crate::ops::call;
use crate::ops::registry;
use crate::ops::runner::log::{Line, Log};
use crate::ui::search::index::Item;

/// Calls that are kept.
const KEPT: usize = 12;
/// Commands that are shown as recent.
const SHOWN: usize = 5;

/// The calls that were chosen in the search, the last one first.
#[derive(Default)]
pub struct Recent {
    calls: Vec<String>,
    loaded: bool,
}

impl Recent {
    /// Reads what an earlier run kept, once; a file that cannot be read counts as none.
    pub fn load(&mut self, folders: Option<&Folders>) {
        if std::mem::replace(&mut self.loaded, true) {
            return;
        }
        let text = file(folders).and_then(|path| std::fs::read_to_string(path).ok());
        let calls: Option<Vec<String>> = text.and_then(|text| call::options().from_str(&text).ok());
        self.calls.extend(calls.unwrap_or_default());
        self.calls.truncate(KEPT);
    }

    /// Remembers that a call was chosen.
    ///
    /// # Errors
    /// The file that keeps the calls, and why it cannot be written.
    pub fn chosen(&mut self, call: &str, folders: Option<&Folders>) -> Result<(), Error> {
        self.calls.retain(|other| other != call);
        self.calls.insert(0, call.to_owned());
        self.calls.truncate(KEPT);
        let Some(path) = file(folders) else {
            return Ok(());
        };
        let lines = self.calls.iter().map(|call| format!("    {call:?},\n"));
        let text = format!("[\n{}]\n", lines.collect::<String>());
        atomic::state(&path, text.as_bytes())
    }

    /// The recent ones of these items: what was chosen here, then what ran from a menu or by a key.
    pub fn of(&self, items: &[Item], log: &Log) -> Vec<usize> {
        let place = |call: &str| items.iter().position(|item| item.call == call);
        let chosen = self.calls.iter().filter_map(|call| place(call));
        let ran = log.lines().rev().filter_map(|(_, line)| match line {
            Line::Call(called) if called.finished() && !called.nested => {
                ran(items, &called.text, called.id)
            }
            _ => None,
        });
        let mut recent = Vec::new();
        for item in chosen.chain(ran) {
            if recent.len() < SHOWN && !recent.contains(&item) {
                recent.push(item);
            }
        }
        recent
    }
}

/// The item that such a call came from: the very call, else its operator with other parameters. What only
/// moves the view or picks with the mouse is in no menu or makes no step, and does not count.
fn ran(items: &[Item], call: &str, id: &str) -> Option<usize> {
    if !registry::find(id)?.info.undo {
        return None;
    }
    let exact = items.iter().position(|item| item.call == call);
    let found = exact.or_else(|| items.iter().position(|item| item.id() == id));
    found.filter(|place| items.get(*place).is_some_and(|item| item.in_menu))
}

fn file(folders: Option<&Folders>) -> Option<PathBuf> {
    folders.map(|folders| folders.state.join("search.ron"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_comes_back_the_last_one_first() {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::under(home.path());
        let mut recent = Recent::default();
        recent.load(Some(&folders));
        for call in ["a()", "b(text: \"x\")", "a()"] {
            recent.chosen(call, Some(&folders)).unwrap();
        }
        let mut later = Recent::default();
        later.load(Some(&folders));
        assert_eq!(later.calls, ["a()", "b(text: \"x\")"]);
    }

    #[test]
    fn a_damaged_file_counts_as_none() {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::under(home.path());
        std::fs::create_dir_all(&folders.state).unwrap();
        std::fs::write(folders.state.join("search.ron"), "[(").unwrap();
        let mut recent = Recent::default();
        recent.load(Some(&folders));
        assert!(recent.calls.is_empty());
    }
}
