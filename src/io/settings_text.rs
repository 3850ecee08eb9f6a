//! Settings that users edit by hand: records that are read field by field.
//!
//! A wrong field is told with its line and passed over, so that it takes no other along. Whatever the text
//! holds, reading ends after one pass over it.

use std::path::Path;

/// Bytes that a settings file may have; more was never written by hand.
const LIMIT: u64 = 1 << 20;
/// Letters that a message may have.
const LONGEST: usize = 300;
/// Faults that are told of one file.
const TOLD: usize = 50;

/// What is wrong with a line of a settings file; the line is passed over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct Fault {
    /// The file's name.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What was found and what was expected.
    pub message: String,
}

/// The faults of a file, as far as they are told.
#[derive(Debug)]
pub struct Faults {
    file: String,
    /// What was found so far.
    pub list: Vec<Fault>,
}

impl Faults {
    /// No faults of this file yet.
    pub fn of(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            list: Vec::new(),
        }
    }

    /// Tells a fault; the same twice in a row is told once.
    pub fn tell(&mut self, line: usize, message: impl Into<String>) {
        let message = cut(&message.into(), LONGEST).replace(char::is_control, " ");
        let again = self.list.last().is_some_and(|last| last.message == message);
        if self.list.len() < TOLD && !again {
            self.list.push(Fault {
                file: self.file.clone(),
                line,
                message,
            });
        }
    }
}

/// What was found, as far as it fits into a line.
pub fn shown(value: &str) -> String {
    cut(value.lines().next().unwrap_or_default(), 30)
}

/// The beginning of a text, with a sign where the rest is left out.
fn cut(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A field of a record as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// The line of its name, from 1.
    pub line: usize,
    /// Its name.
    pub name: &'a str,
    /// Its value, not yet read.
    pub value: &'a str,
    /// The line on which the value begins.
    pub value_line: usize,
}

/// Reads a settings file; nothing where there is none.
///
/// # Errors
/// The reason, with line 1.
pub fn read(path: &Path) -> Result<Option<String>, Fault> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let fault = |message: String| Fault {
        file: name.to_string_lossy().into_owned(),
        line: 1,
        message,
    };
    let found = match std::fs::metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault(format!("cannot be read: {error}"))),
    };
    if !found.is_file() || found.len() > LIMIT {
        return Err(fault("expected a text file of at most 1 MiB".to_owned()));
    }
    let bytes = std::fs::read(path).map_err(|error| fault(format!("cannot be read: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| fault("expected text in UTF-8".to_owned()))?;
    Ok(Some(text))
}

/// Splits a record, `(name: value, …)`, into its fields; `line` is the one it begins on.
pub fn fields<'a>(text: &'a str, line: usize, faults: &mut Faults) -> Vec<Field<'a>> {
    let mut scan = Scan { rest: text, line };
    let mut fields: Vec<Field<'a>> = Vec::new();
    scan.skip_blank();
    if !scan.take('(') {
        faults.tell(scan.line, "expected `(` at the beginning");
    }
    loop {
        scan.skip_blank();
        while scan.take(',') {
            scan.skip_blank();
        }
        if scan.rest.is_empty() {
            faults.tell(scan.line, "the text ends in the middle; expected `)`");
            return fields;
        }
        if scan.take(')') {
            scan.skip_blank();
            if !scan.rest.is_empty() {
                faults.tell(scan.line, "nothing may follow the last `)`");
            }
            return fields;
        }
        let at = scan.line;
        match scan.field() {
            Ok(field) if fields.iter().any(|other| other.name == field.name) => {
                faults.tell(at, format!("`{}` is there twice", field.name));
            }
            Ok(field) => fields.push(field),
            Err(message) => {
                faults.tell(at, message);
                scan.skip_line();
            }
        }
    }
}

/// Goes once over a text and counts lines.
struct Scan<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Scan<'a> {
    /// Gives the first `bytes` of the rest and goes beyond them.
    fn advance(&mut self, bytes: usize) -> &'a str {
        let (head, tail) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.line += head.matches('\n').count();
        self.rest = tail;
        head
    }

    fn take(&mut self, sign: char) -> bool {
        let found = self.rest.starts_with(sign);
        if found {
            self.advance(sign.len_utf8());
        }
        found
    }

    fn skip_line(&mut self) {
        self.advance(self.rest.find('\n').unwrap_or(self.rest.len()));
    }

    /// Skips white space and comments.
    fn skip_blank(&mut self) {
        loop {
            let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
            self.advance(self.rest.len() - self.rest.trim_start_matches(blank).len());
            let end = match self.rest {
                rest if rest.starts_with("//") => rest.find('\n'),
                rest if rest.starts_with("/*") => rest.find("*/").map(|end| end + 2),
                _ => return,
            };
            self.advance(end.unwrap_or(self.rest.len()));
        }
    }

    fn field(&mut self) -> Result<Field<'a>, String> {
        let line = self.line;
        let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = self.rest.find(|c| !part(c)).unwrap_or(self.rest.len());
        if end == 0 {
            let found = self.rest.chars().next().unwrap_or(' ');
            return Err(format!("expected the name of a field, found `{found}`"));
        }
        let name = self.advance(end);
        self.skip_blank();
        if !self.take(':') {
            return Err(format!("expected `:` after `{name}`"));
        }
        self.skip_blank();
        let value_line = self.line;
        let value = self.value();
        if value.is_empty() {
            return Err(format!("expected a value after `{name}:`"));
        }
        Ok(Field {
            line,
            name,
            value,
            value_line,
        })
    }

    /// Up to the comma, bracket or line's end that closes the value.
    fn value(&mut self) -> &'a str {
        let whole = self.rest;
        let mut depth = 0_usize;
        while let Some(sign) = self.rest.chars().next() {
            let comment = self.rest.starts_with("//") || self.rest.starts_with("/*");
            match sign {
                ',' | ')' | ']' | '}' | '\n' if depth == 0 => break,
                '/' if comment && depth == 0 => break,
                '/' if comment => {
                    self.skip_blank();
                    continue;
                }
                '"' => {
                    self.advance(string_end(self.rest));
                    continue;
                }
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
            self.advance(sign.len_utf8());
        }
        let length = whole.len() - self.rest.len();
        whole.get(..length).unwrap_or(whole).trim_end()
    }
}

/// Where the string that the text begins with ends, at the latest with its line.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            '\n' => return at,
            '"' if !escaped => return at + 1,
            _ => escaped = sign == '\\' && !escaped,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> (Vec<(&str, &str)>, Vec<String>) {
        let mut faults = Faults::of("f");
        let found = fields(text, 1, &mut faults);
        let found = found
            .iter()
            .map(|field| (field.name, field.value))
            .collect();
        (found, faults.list.iter().map(Fault::to_string).collect())
    }

    #[test]
    fn fields_are_split_whatever_their_lines() {
        let text = "// c\n(a: 1, b: \"x, (y\", // c, )\n c: (d: [2, 3]), /* ) */ e: F)\n";
        let (found, faults) = split(text);
        let wanted = [
            ("a", "1"),
            ("b", "\"x, (y\""),
            ("c", "(d: [2, 3])"),
            ("e", "F"),
        ];
        assert_eq!(found, wanted);
        assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn a_wrong_line_takes_no_other_along() {
        let (found, faults) = split("(\n a: 1,\n b 2,\n c: \"open\n d: 4,\n = 5\n e: 6\n)");
        assert_eq!(found, [("a", "1"), ("c", "\"open"), ("d", "4"), ("e", "6")]);
        assert_eq!(
            faults,
            [
                "f:3: expected `:` after `b`",
                "f:6: expected the name of a field, found `=`"
            ]
        );
    }

    #[test]
    fn what_ends_in_the_middle_keeps_its_beginning() {
        let (found, faults) = split("(a: 1, b: (c");
        assert_eq!(found, [("a", "1"), ("b", "(c")]);
        assert_eq!(faults, ["f:1: the text ends in the middle; expected `)`"]);
    }
}
