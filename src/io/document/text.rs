//! From the text of a document to its records: the version first, then everything, strictly.

use std::path::Path;

use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use crate::io::document::VERSION;
use crate::io::error::Error;
use crate::io::form::did_you_mean;

/// The bytes of a file as text.
pub(super) fn decode<'a>(path: &Path, bytes: &'a [u8]) -> Result<&'a str, Error> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let good = String::from_utf8_lossy(good);
        let message = "this is not text, so it is no Keypose document".to_owned();
        at(path, &good, good.len(), message)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// An error at a byte of the text.
fn at(path: &Path, text: &str, offset: usize, message: String) -> Error {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Error::Text {
        path: path.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        message,
    }
}

/// Reads the records, if this program knows the version of the text.
pub(super) fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, Error> {
    let mut scan = Scan { text, offset: 0 };
    let Some((version, offset)) = scan.version() else {
        let message = "no Keypose document: it does not begin with `(version: 1, …`".to_owned();
        return Err(at(path, text, scan.offset, message));
    };
    if version > VERSION {
        let message = format!(
            "written by a newer Keypose (document version {version}, this program reads up to {VERSION}); \
             update Keypose to open it"
        );
        return Err(at(path, text, offset, message));
    }
    if version == 0 {
        return Err(at(path, text, offset, "there is no version 0".to_owned()));
    }
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str(text).map_err(|error| Error::Text {
        path: path.to_owned(),
        line: error.span.end.line,
        column: error.span.end.col,
        message: reason(&error.code),
    })
}

/// What `ron` found, in one line and without the names of our types.
fn reason(error: &ron::Error) -> String {
    use ron::Error as E;
    match error {
        E::Eof => "the text ends in the middle".to_owned(),
        E::NoSuchStructField {
            expected, found, ..
        } => format!(
            "unknown field `{found}`{}",
            did_you_mean(found, expected.iter().copied())
        ),
        E::NoSuchEnumVariant {
            expected, found, ..
        } => format!(
            "`{found}` is not known here{}",
            did_you_mean(found, expected.iter().copied())
        ),
        E::DuplicateStructField { field, .. } => format!("`{field}` is there twice"),
        E::InvalidValueForType { expected, found } => {
            format!("expected {expected}, found {found}")
        }
        other => other.to_string().replace('\n', " "),
    }
}

/// Looks for the version at the beginning of a text, whatever comes behind it.
struct Scan<'a> {
    text: &'a str,
    offset: usize,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    /// The version and where it stands.
    fn version(&mut self) -> Option<(u64, usize)> {
        self.skip_blank();
        self.take("(")?;
        self.take("version")?;
        self.take(":")?;
        let digits = self.rest();
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        let digits = digits.get(..end).filter(|digits| !digits.is_empty())?;
        Some((digits.parse().unwrap_or(u64::MAX), self.offset))
    }

    fn take(&mut self, word: &str) -> Option<()> {
        self.rest().strip_prefix(word)?;
        self.offset += word.len();
        self.skip_blank();
        Some(())
    }

    /// Skips white space, comments and `#![enable(…)]`.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.offset += rest.len() - trimmed.len();
            let end = match trimmed {
                t if t.starts_with("//") => t.find('\n'),
                t if t.starts_with("/*") => t.find("*/").map(|end| end + 1),
                t if t.starts_with("#!") => t.find(']'),
                _ => return,
            };
            match end {
                Some(end) => self.offset += end + 1,
                None => {
                    self.offset = self.text.len();
                    return;
                }
            }
        }
    }
}
