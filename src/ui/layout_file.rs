//! The file that remembers workspaces and the window, `layout.ron` among the user's state.
//!
//! Whatever it holds, reading gives a usable layout or a reason; a file that is no use is kept aside.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::io::atomic;
use crate::io::error::Error;
use crate::ui::tiles::plan::Plan;
use crate::ui::workspaces::{LONGEST, Workspace, Workspaces};

/// The version that this program writes, and the last it reads.
const VERSION: u32 = 1;
/// The file's name.
const NAME: &str = "layout.ron";
/// Bytes that a layout can have; the usual one has less than a thousand.
const LARGEST: u64 = 256 << 10;
/// How many workspaces can be remembered.
const MOST: usize = 100;
/// How deep the text is broken into lines: a part of a workspace stands on one.
const LINES: usize = 4;
/// How deep the text may nest.
const NESTING: usize = 64;

/// Where the window was.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowPlace {
    /// Width and height of the inside, points.
    pub size: (f32, f32),
    /// Left and top of the frame, pixels of the desktop, where the system tells.
    pub position: Option<(i32, i32)>,
    /// Whether it fills the desktop.
    pub maximised: bool,
}

/// A workspace as the file has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    holds: Plan,
}

/// What the file holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    version: u32,
    /// Where the window was.
    pub window: Option<WindowPlace>,
    shown: usize,
    workspaces: Vec<Named>,
}

/// The version alone, whatever stands beside it.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

impl Layout {
    /// What is shown now.
    pub fn of(workspaces: &Workspaces, window: Option<WindowPlace>) -> Self {
        let named = |workspace: &Workspace| Named {
            name: workspace.name.clone(),
            holds: workspace.plan(),
        };
        Self {
            version: VERSION,
            window,
            shown: workspaces.shown(),
            workspaces: workspaces.iter().map(named).collect(),
        }
    }

    /// The workspaces.
    pub fn workspaces(&self) -> Workspaces {
        let built = |named: &Named| Workspace::new(named.name.clone(), &named.holds);
        let all = self.workspaces.iter().map(built).collect();
        Workspaces::of(all, self.shown).unwrap_or_default()
    }

    /// The file's text.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn text(&self) -> Result<String, String> {
        let pretty = ron::ser::PrettyConfig::new()
            .indentor("  ")
            .depth_limit(LINES);
        let text = ron::ser::to_string_pretty(self, pretty).map_err(|error| error.to_string())?;
        Ok(format!("// Keypose: workspaces and window.\n{text}\n"))
    }

    /// Reads the file's text.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let options = ron::Options::default().with_recursion_limit(NESTING);
        let read: Result<Self, _> = options.from_str(text);
        let layout = match read {
            Ok(layout) => layout,
            Err(error) => {
                let newer = options.from_str::<Version>(text);
                return Err(match newer {
                    Ok(Version { version }) if version > VERSION => newer_version(version),
                    _ => error.to_string().replace('\n', " "),
                });
            }
        };
        layout.check()?;
        Ok(layout)
    }

    fn check(&self) -> Result<(), String> {
        if self.version != VERSION {
            return Err(newer_version(self.version));
        }
        if let Some(window) = self.window {
            let sane = |size: f32| (1.0..=100_000.0).contains(&size);
            let near = |at: i32| (-100_000..=100_000).contains(&at);
            let (width, height) = window.size;
            if !sane(width) || !sane(height) {
                return Err(format!("{width} × {height} is no size of a window"));
            }
            if window.position.is_some_and(|(x, y)| !near(x) || !near(y)) {
                return Err("the window is far outside of any desktop".to_owned());
            }
        }
        if self.workspaces.len() > MOST || self.shown >= self.workspaces.len() {
            let count = self.workspaces.len();
            return Err(format!("workspace {} is shown of {count}", self.shown));
        }
        self.workspaces.iter().try_for_each(|named| {
            let length = named.name.chars().count();
            if named.name.trim().is_empty() || length > LONGEST + 10 {
                return Err(format!("{:?} is no name of a workspace", named.name));
            }
            named.holds.check()
        })
    }
}

fn newer_version(version: u32) -> String {
    format!("written by another Keypose (layout version {version}, this program reads {VERSION})")
}

/// The file in a folder of the user's state.
pub fn path(state: &Path) -> PathBuf {
    state.join(NAME)
}

/// Reads the file; nothing if there is none. One that is no use is renamed, so that it is not overwritten.
///
/// # Errors
/// The file and the reason.
pub fn read(path: &Path) -> Result<Option<Layout>, Error> {
    let bytes = match std::fs::metadata(path) {
        Ok(found) if found.len() > LARGEST => Err(format!("it has {} bytes", found.len())),
        Ok(_) => std::fs::read(path)
            .map_err(|source| Error::Read {
                path: path.to_owned(),
                source,
            })
            .map(Ok)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            return Err(Error::Read {
                path: path.to_owned(),
                source,
            });
        }
    };
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).map_err(|e| e.to_string()));
    match text.and_then(|text| Layout::parse(&text)) {
        Ok(layout) => Ok(Some(layout)),
        Err(message) => {
            let aside = path.with_added_extension("bad");
            let kept = match std::fs::rename(path, &aside) {
                Ok(()) => format!("it is kept as {}", aside.display()),
                Err(error) => format!("it cannot be kept aside: {error}"),
            };
            Err(Error::content(path, format!("{message}; {kept}")))
        }
    }
}

/// Writes the file.
///
/// # Errors
/// The file and the reason.
pub fn write(path: &Path, layout: &Layout) -> Result<(), Error> {
    let text = layout
        .text()
        .map_err(|message| Error::content(path, message))?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|source| Error::Write {
            path: path.to_owned(),
            source,
        })?;
    }
    atomic::output(path, text.as_bytes())
}
