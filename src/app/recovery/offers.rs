//! What ended programs left behind, in words for the user.

use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::io::recovery::checkpoint::{self, Checkpoint, Meta};
use crate::io::recovery::hold::Hold;
use crate::io::recovery::{self, journal};
use crate::ops::registry;

/// Unsaved work of a program that ended without saving it.
pub struct Leftover {
    /// Where it is.
    pub hold: Hold,
    /// Which document it is.
    pub title: String,
    /// When it was written last, and how much was done since the last autosave.
    pub detail: String,
}

/// The unsaved work that was left behind, newest first. Folders without any are removed.
pub fn leftovers(root: &Path) -> Vec<Leftover> {
    let mut found = Vec::new();
    let mut followed = Vec::new();
    let mut saved = Vec::new();
    // What a session was recovered from is older than what came of it, and comes behind it here.
    for hold in recovery::leftovers(root) {
        let folder = hold.folder();
        let last = checkpoint::whole(folder).last().copied().unwrap_or(0);
        let meta = checkpoint::read_meta(folder, last);
        let calls = calls_since(folder, last);
        let follows = meta.as_ref().ok().and_then(|meta| meta.follows.clone());
        let clean = meta.as_ref().is_ok_and(|meta| !meta.unsaved) && calls == 0;
        if clean || saved.contains(&hold.name()) {
            saved.extend(follows);
            hold.remove();
            continue;
        }
        followed.extend(follows);
        if hold.is_discarded() || followed.contains(&hold.name()) {
            continue;
        }
        found.push(Leftover {
            title: title(folder, last, meta.ok().as_ref()),
            detail: detail(folder, calls),
            hold,
        });
    }
    found
}

/// Calls since the last whole state that may have changed the document.
fn calls_since(folder: &Path, generation: u64) -> usize {
    let mut calls = 0;
    for generation in generation.. {
        let path = checkpoint::journal_path(folder, generation);
        if !path.exists() {
            break;
        }
        // A journal that cannot be read may hold anything.
        let Ok(contents) = journal::read(&path) else {
            return calls + 1;
        };
        let changing = contents.lines.iter().filter(|(_, line)| match line {
            Ok(line) => changes(&line.call),
            Err(_) => true,
        });
        calls += changing.count();
    }
    calls
}

fn changes(call: &str) -> bool {
    let id = call.split('(').next().unwrap_or_default();
    let entry = registry::find(id);
    entry.is_none_or(|entry| entry.info.undo || entry.info.id.starts_with("ed."))
}

fn title(folder: &Path, generation: u64, meta: Option<&Meta>) -> String {
    let Some(meta) = meta else {
        return "A document that cannot be read".to_owned();
    };
    let path = meta.path.as_ref().or(meta.suggested.as_ref());
    if let Some(name) = path.and_then(|path| path.file_name()) {
        return name.to_string_lossy().into_owned();
    }
    let state = Checkpoint::read(folder, generation);
    let rig = state.ok().and_then(|(state, _)| {
        let rig = state.document.rig()?;
        Some(rig.name.clone())
    });
    match rig {
        Some(rig) => format!("{rig}, never saved"),
        None => "Untitled, never saved".to_owned(),
    }
}

fn detail(folder: &Path, calls: usize) -> String {
    let when = recovery::written(folder).map_or_else(|| "some time ago".to_owned(), ago);
    match calls {
        0 => when,
        1 => format!("{when}, 1 operation after the last autosave"),
        calls => format!("{when}, {calls} operations after the last autosave"),
    }
}

fn ago(time: SystemTime) -> String {
    let age = time.elapsed().unwrap_or(Duration::ZERO);
    let minutes = age.as_secs() / 60;
    let several = |count: u64, unit: &str| match count {
        1 => format!("1 {unit} ago"),
        count => format!("{count} {unit}s ago"),
    };
    match minutes {
        0 => "just now".to_owned(),
        minutes @ 1..60 => several(minutes, "minute"),
        minutes @ 60..1440 => several(minutes / 60, "hour"),
        minutes => several(minutes / 1440, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_in_the_unit_that_fits() {
        let told = |secs| ago(SystemTime::now() - Duration::from_secs(secs));
        assert_eq!(told(30), "just now");
        assert_eq!(told(90), "1 minute ago");
        assert_eq!(told(7200), "2 hours ago");
        assert_eq!(told(86400 * 3), "3 days ago");
    }

    #[test]
    fn looking_around_changes_nothing() {
        assert!(!changes("view3d.rotate(drag: (1.0, 2.0))"));
        assert!(changes("pose.select_all(action: SELECT)"));
        assert!(changes("ed.undo()"));
    }
}
