//! The files that were opened, imported or saved lately, the newest first.

use std::path::{Path, PathBuf};

use crate::io::settings_text::{Fault, Faults};

/// The file's name in the folder of state.
pub const FILE: &str = "recent.ron";
/// Files that are kept.
const KEPT: usize = 20;

/// A file of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// Where it is, from the root.
    pub path: PathBuf,
    /// Why it cannot be opened now, as far as that was looked up.
    pub trouble: Option<String>,
}

impl Recent {
    /// The file's own name.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or(self.path.as_os_str());
        name.to_string_lossy().into_owned()
    }

    /// The folder it is in.
    pub fn folder(&self) -> String {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        folder.to_string_lossy().into_owned()
    }
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recents {
    files: Vec<Recent>,
}

impl Recents {
    /// Reads the list, a path a line; lines that are wrong are left out and told.
    pub fn parse(text: &str) -> (Self, Vec<Fault>) {
        let mut recents = Self::default();
        let mut faults = Faults::of(FILE);
        for (number, line) in text.lines().enumerate() {
            let written = line.trim().trim_end_matches(',');
            if matches!(written, "" | "[" | "]") || written.starts_with("//") {
                continue;
            }
            match ron::from_str::<String>(written).map(PathBuf::from) {
                Ok(path) if path.is_absolute() => recents.push(path),
                _ => faults.tell(number + 1, "expected a path from the root, in quotes"),
            }
        }
        (recents, faults.list)
    }

    /// The text that is read back.
    pub fn text(&self) -> String {
        let mut text =
            "// Files opened, imported or saved lately, the newest first.\n[\n".to_owned();
        for path in self.files.iter().filter_map(|file| file.path.to_str()) {
            text.push_str(&ron::to_string(path).unwrap_or_default());
            text.push_str(",\n");
        }
        text.push_str("]\n");
        text
    }

    fn push(&mut self, path: PathBuf) {
        let known = self.files.iter().any(|file| file.path == path);
        if !known && self.files.len() < KEPT {
            self.files.push(Recent {
                path,
                trouble: None,
            });
        }
    }

    /// Puts a file at the top. A path that is no text is left out: no call could name it.
    pub fn add(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if path.to_str().is_none() {
            return;
        }
        self.files.retain(|file| file.path != path);
        self.files.truncate(KEPT - 1);
        self.files.insert(
            0,
            Recent {
                path,
                trouble: None,
            },
        );
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.files.clear();
    }

    /// The files, the newest first.
    pub fn files(&self) -> &[Recent] {
        &self.files
    }

    /// Looks up which of the files are there.
    pub fn look_up(&mut self) {
        for file in &mut self.files {
            file.trouble = match std::fs::metadata(&file.path) {
                Ok(found) if found.is_file() => None,
                Ok(_) => Some("This is no file any more".to_owned()),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    Some("The file was moved or deleted".to_owned())
                }
                Err(error) => Some(format!("The file cannot be reached: {error}")),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(recents: &Recents) -> Vec<&str> {
        let paths = recents.files().iter();
        paths.filter_map(|file| file.path.to_str()).collect()
    }

    #[test]
    fn the_newest_comes_first_and_none_twice() {
        let mut recents = Recents::default();
        for path in ["/a", "/b", "/a"] {
            recents.add(Path::new(path));
        }
        assert_eq!(paths(&recents), ["/a", "/b"]);
        for number in 0..30 {
            recents.add(Path::new(&format!("/{number}")));
        }
        assert_eq!(recents.files().len(), KEPT);
        assert_eq!(paths(&recents)[0], "/29");
    }

    #[test]
    fn what_is_written_is_read_back_and_wrong_lines_are_told() {
        let mut recents = Recents::default();
        recents.add(Path::new("/a \"b\"\\c.keypose"));
        assert_eq!(Recents::parse(&recents.text()), (recents, Vec::new()));
        let (recents, faults) = Recents::parse("[\n\"/a\",\n\"b\",\n7\n\"/c");
        assert_eq!(paths(&recents), ["/a"]);
        assert_eq!(
            faults[0].to_string(),
            "recent.ron:3: expected a path from the root, in quotes"
        );
    }
}
