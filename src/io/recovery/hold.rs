//! A folder that belongs to this program alone, as long as it runs.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::io::error::Error;

/// The file that is locked; it holds the number of the process, for people to read.
const LOCK: &str = "lock";
/// Marks a folder that the user did not want.
const DISCARDED: &str = "discarded";
/// How often a folder is tried to be made before giving up.
const TRIES: u32 = 32;

/// A folder with the lock on it.
#[derive(Debug)]
pub struct Hold {
    folder: PathBuf,
    lock: File,
}

impl Hold {
    /// Makes a folder of its own below `root`.
    ///
    /// # Errors
    /// The folder and the reason.
    pub fn begin(root: &Path) -> Result<Self, Error> {
        Self::make(root).map_err(|source| Error::Write {
            path: root.to_owned(),
            source,
        })
    }

    fn make(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let secs = now.map_or(0, |now| now.as_secs());
        let process = std::process::id();
        for number in 0..TRIES {
            let folder = root.join(format!("{secs}-{process}-{number}"));
            match fs::create_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                made => made?,
            }
            // Another program may have taken the empty folder for a leftover and removed it by now.
            let Ok(lock) = File::create(folder.join(LOCK)) else {
                continue;
            };
            match lock.try_lock() {
                Err(TryLockError::WouldBlock) => continue,
                // Where the system has no locks the folder is of use until it is left.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            if folder.join(LOCK).exists() {
                fs::write(folder.join(LOCK), process.to_string())?;
                return Ok(Self { folder, lock });
            }
        }
        Err(io::Error::other("no folder of its own could be made"))
    }

    /// Takes over a folder whose program has ended; nothing while that runs.
    pub fn take(folder: &Path) -> Option<Self> {
        if !folder.is_dir() {
            return None;
        }
        let mut options = fs::OpenOptions::new();
        let options = options.write(true).create(true).truncate(false);
        let lock = options.open(folder.join(LOCK)).ok()?;
        lock.try_lock().ok()?;
        Some(Self {
            folder: folder.to_owned(),
            lock,
        })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder's name.
    pub fn name(&self) -> String {
        let name = self.folder.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Removes the folder; what cannot be removed is tried again by the next program.
    pub fn remove(self) {
        // The lock goes last, so that nobody takes half a folder for a whole one.
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.file_name() != LOCK {
                let _ = fs::remove_file(entry.path());
            }
        }
        let _ = fs::remove_file(self.folder.join(LOCK));
        let _ = fs::remove_dir(&self.folder);
        drop(self.lock);
    }

    /// Remembers that the user does not want what the folder holds; it is kept for a while all the same.
    ///
    /// # Errors
    /// The file and the reason.
    pub fn discard(&self) -> Result<(), Error> {
        let path = self.folder.join(DISCARDED);
        fs::write(&path, "").map_err(|source| Error::Write { path, source })
    }

    /// Whether the user did not want what the folder holds.
    pub fn is_discarded(&self) -> bool {
        self.folder.join(DISCARDED).exists()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_taken_over_once_its_owner_is_gone() {
        let home = tempfile::tempdir().unwrap();
        let first = Hold::begin(home.path()).unwrap();
        let second = Hold::begin(home.path()).unwrap();
        let folder = first.folder().to_owned();
        assert_ne!(folder, second.folder());
        assert!(Hold::take(&folder).is_none());
        drop(first);
        let taken = Hold::take(&folder).unwrap();
        taken.remove();
        assert!(!folder.exists());
    }
}
