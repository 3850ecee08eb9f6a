//! The calls since the last checkpoint, a line each, to be run again.
//!
//! A line is the call as script text, then in a comment where it came from: so that the journal is a script,
//! too. A line that was not written to its end is no line.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};

use crate::io::error::Error;

/// What separates a call from the rest of its line; texts in calls hold no tab, they write `\t`.
const SEPARATOR: &str = "\t# ";
/// Begins the line behind which only the next checkpoint goes on.
const END: &str = "# ends here: ";

/// How a call that is run again must end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ended {
    /// It ran.
    #[default]
    Finished,
    /// It did nothing.
    Cancelled,
    /// It was not available.
    PollFailed,
}

/// Where a call came from and how it ran.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Note {
    /// Size of the panel, points.
    pub size: [f32; 2],
    /// Whether the panel was another one than the 3D view.
    #[serde(skip_serializing_if = "is_default")]
    pub other: bool,
    /// Steps with the same key become one.
    #[serde(skip_serializing_if = "is_default")]
    pub merge: String,
    /// Whether it took the place of the call before it.
    #[serde(skip_serializing_if = "is_default")]
    pub adjust: bool,
    /// How it ended.
    #[serde(skip_serializing_if = "is_default")]
    pub ended: Ended,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A call with everything it takes to run it again.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The call as script text.
    pub call: String,
    /// Where it came from and how it ran.
    pub note: Note,
}

impl Line {
    /// The line, without its end.
    pub fn text(&self) -> String {
        let note = options().to_string(&self.note).unwrap_or_default();
        format!("{}{SEPARATOR}{note}", self.call)
    }

    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (call, note) = text
            .rsplit_once(SEPARATOR)
            .ok_or("it does not say where the call came from")?;
        let note = options().from_str(note).map_err(|error| {
            let reason = error.code.to_string();
            format!("{} behind the call", reason.replace('\n', " "))
        })?;
        let call = call.to_owned();
        Ok(Self { call, note })
    }
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    file: File,
}

impl Journal {
    /// Begins a new one.
    ///
    /// # Errors
    /// The file and the reason.
    pub fn begin(path: &Path) -> Result<Self, Error> {
        let open = || -> std::io::Result<File> {
            let mut options = OpenOptions::new();
            let mut file = options.append(true).create_new(true).open(path)?;
            file.write_all(b"# Keypose journal: what was done since the document beside it\n")?;
            Ok(file)
        };
        let file = open().map_err(|source| Error::Write {
            path: path.to_owned(),
            source,
        })?;
        Ok(Self { file })
    }

    /// Adds lines, each with its end; with that they outlive this program.
    ///
    /// # Errors
    /// What the system said.
    pub fn append(&mut self, lines: &str) -> std::io::Result<()> {
        self.file.write_all(lines.as_bytes())
    }

    /// The same file, to be brought to the disk by another thread.
    pub fn handle(&self) -> Option<File> {
        self.file.try_clone().ok()
    }
}

/// The line that says that what follows cannot be run again, and why.
pub fn end(reason: &str) -> String {
    format!("{END}{reason}\n")
}

/// A journal as it was left.
#[derive(Debug, Default)]
pub struct Contents {
    /// The lines with their numbers, from 1; where one is broken, what is wrong with it.
    pub lines: Vec<(usize, Result<Line, String>)>,
    /// Why only the next checkpoint goes on.
    pub end: Option<String>,
}

/// Reads a journal; one that is not there has no lines.
///
/// # Errors
/// The file and the reason.
pub fn read(path: &Path) -> Result<Contents, Error> {
    let bytes = match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        read => read.map_err(|source| Error::Read {
            path: path.to_owned(),
            source,
        })?,
    };
    Ok(contents(&String::from_utf8_lossy(&bytes)))
}

fn contents(text: &str) -> Contents {
    let mut contents = Contents::default();
    for (place, line) in text.split_inclusive('\n').enumerate() {
        let Some(line) = line.strip_suffix('\n') else {
            break;
        };
        if let Some(reason) = line.strip_prefix(END) {
            contents.end = Some(reason.to_owned());
            break;
        }
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        contents.lines.push((place + 1, Line::parse(line)));
    }
    contents
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        Line {
            call: r#"a.b(name: "tab \t # x", size: 1e-30)"#.to_owned(),
            note: Note {
                size: [812.5, 0.1],
                merge: "loc \t\"0\"".to_owned(),
                adjust: true,
                ended: Ended::Cancelled,
                other: false,
            },
        }
    }

    #[test]
    fn a_line_reads_back() {
        let text = line().text();
        assert_eq!(
            text,
            "a.b(name: \"tab \\t # x\", size: 1e-30)\t# (size:(812.5,0.1),merge:\"loc \\t\\\"0\\\"\",adjust:true,ended:Cancelled)"
        );
        assert_eq!(Line::parse(&text), Ok(line()));
        let plain = Line {
            note: Note::default(),
            ..line()
        };
        assert_eq!(Line::parse(&plain.text()), Ok(plain));
    }

    #[test]
    fn what_was_not_written_to_its_end_is_left_out() {
        let good = line().text();
        let text = format!("# note\n{good}\n{good}");
        let found = contents(&text);
        assert_eq!(found.lines, [(2, Ok(line()))]);
        assert!(found.end.is_none());
        let text = format!("{good}\n{}{good}\n", end("a file was opened"));
        let found = contents(&text);
        assert_eq!(found.lines.len(), 1);
        assert_eq!(found.end.as_deref(), Some("a file was opened"));
    }

    #[test]
    fn a_broken_line_says_what_is_wrong() {
        let found = contents("a.b()\na.b()\t# (sze: 1)\n\u{fffd}\n");
        let told: Vec<String> = found
            .lines
            .into_iter()
            .map(|(_, line)| line.unwrap_err())
            .collect();
        assert_eq!(told[0], "it does not say where the call came from");
        assert!(told[1].contains("sze"), "{}", told[1]);
    }
}
