//! The folders that the program keeps for a user: settings, own assets, state, and what can be made again.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// Puts all folders under one, for tests and portable use.
const HOME: &str = "KEYPOSE_HOME";

/// Where the program keeps what belongs to the user rather than to a document.
///
/// None of the folders need exist; who writes makes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Preferences, keymap and theme, as text.
    pub config: PathBuf,
    /// The user's own assets.
    pub data: PathBuf,
    /// Layout, recent files, log, autosaves.
    pub state: PathBuf,
    /// What can be made again at any time.
    pub cache: PathBuf,
}

impl Folders {
    /// The folders of this user: under `KEYPOSE_HOME` if that is set, else where the system wants them
    /// (on Linux the XDG base directories). Nothing where the system names no home.
    pub fn of_user() -> Option<Self> {
        if let Some(home) = std::env::var_os(HOME).filter(|home| !home.is_empty()) {
            let home = std::path::absolute(&home).unwrap_or_else(|_| PathBuf::from(home));
            return Some(Self::under(&home));
        }
        let dirs = ProjectDirs::from("io", "keypose", "keypose")?;
        Some(Self {
            config: dirs.config_dir().to_owned(),
            data: dirs.data_dir().to_owned(),
            state: dirs
                .state_dir()
                .map_or_else(|| dirs.data_local_dir().join("state"), Path::to_owned),
            cache: dirs.cache_dir().to_owned(),
        })
    }

    /// All four folders under one.
    pub fn under(home: &Path) -> Self {
        Self {
            config: home.join("config"),
            data: home.join("data"),
            state: home.join("state"),
            cache: home.join("cache"),
        }
    }
}
