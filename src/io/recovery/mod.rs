//! What is kept so that no work is lost: for each running editor a folder of its own.
//!
//! A folder holds generations, `0001.*`, `0002.*`: a document that can be opened like any other
//! (`.keypose`), what the session needs beside it (`.ron`, written last: with it the generation is whole),
//! and the calls that ran since, a line each (`.kps`). The program that works in a folder holds a lock on
//! it, which the system drops when the program ends in whatever way.

pub mod checkpoint;
pub mod hold;
pub mod journal;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::io::recovery::hold::Hold;

/// Folders of ended sessions that are kept at most.
const KEPT: usize = 10;
/// How long a folder of an ended session is kept.
const KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The folder of all sessions' folders.
pub fn root(state: &Path) -> PathBuf {
    state.join("recovery")
}

/// The file of a generation with this ending.
pub fn file(folder: &Path, generation: u64, ending: &str) -> PathBuf {
    folder.join(format!("{generation:04}.{ending}"))
}

/// The generations of which a folder holds a file with this ending, oldest first.
pub fn generations(folder: &Path, ending: &str) -> Vec<u64> {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<u64> = names
        .filter_map(|entry| {
            let name = entry.file_name();
            let (number, found) = name.to_str()?.split_once('.')?;
            (found == ending).then(|| number.parse().ok()).flatten()
        })
        .collect();
    found.sort_unstable();
    found
}

/// When something was written into the folder last.
pub fn written(folder: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let times = entries.filter_map(|entry| entry.metadata().ok()?.modified().ok());
    times.max()
}

/// Folders whose program has ended, the newest first. Those beyond the last ten or older than 30 days go,
/// and so do those that hold nothing.
pub fn leftovers(root: &Path) -> Vec<Hold> {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    let holds = entries.filter_map(|entry| Hold::take(&entry.path()));
    let mut found: Vec<(Option<SystemTime>, Hold)> = Vec::new();
    for hold in holds {
        if generations(hold.folder(), "ron").is_empty() {
            hold.remove();
        } else {
            found.push((written(hold.folder()), hold));
        }
    }
    found.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
    let fresh = |time: &Option<SystemTime>| {
        let age = time.and_then(|time| time.elapsed().ok());
        age.is_none_or(|age| age < KEPT_FOR)
    };
    let mut kept = Vec::new();
    for (time, hold) in found {
        if kept.len() < KEPT && fresh(&time) {
            kept.push(hold);
        } else {
            hold.remove();
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(root: &Path, days: u64) -> PathBuf {
        let hold = Hold::begin(root).unwrap();
        let meta = file(hold.folder(), 1, "ron");
        fs::write(&meta, "()").unwrap();
        let time = SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
        for entry in fs::read_dir(hold.folder()).unwrap().flatten() {
            let file = fs::OpenOptions::new().write(true).open(entry.path());
            file.unwrap().set_modified(time).unwrap();
        }
        hold.folder().to_owned()
    }

    #[test]
    fn the_newest_ten_of_the_last_month_are_kept() {
        let home = tempfile::tempdir().unwrap();
        let old = left(home.path(), 31);
        let folders: Vec<PathBuf> = (1..13).map(|days| left(home.path(), days)).collect();
        let kept = leftovers(home.path());
        let names: Vec<&Path> = kept.iter().map(Hold::folder).collect();
        assert_eq!(names, folders.iter().take(10).collect::<Vec<_>>());
        assert!(!old.exists() && !folders[10].exists());
    }

    #[test]
    fn a_folder_in_use_is_left_alone_and_an_empty_one_goes() {
        let home = tempfile::tempdir().unwrap();
        let mine = Hold::begin(home.path()).unwrap();
        let empty = Hold::begin(home.path()).unwrap().folder().to_owned();
        assert!(leftovers(home.path()).is_empty());
        assert!(mine.folder().exists());
        assert!(!empty.exists());
    }

    #[test]
    fn generations_are_sorted_by_number() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["0002.ron", "0010.ron", "0001.kps", "x.ron", "0003.ron.tmp"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(generations(folder.path(), "ron"), [2, 10]);
    }
}
