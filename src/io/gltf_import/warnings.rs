//! What a reader should know of a file that opens all the same: a few lines, each said once.

use std::collections::BTreeSet;

/// Lines worth showing at most; a broken file could give thousands.
const MAX_LINES: usize = 20;

/// Gathers warnings.
#[derive(Debug, Default)]
pub struct Warnings {
    lines: Vec<String>,
    said: BTreeSet<String>,
    left_out: usize,
}

impl Warnings {
    /// Adds a line, unless it was said before.
    pub fn add(&mut self, line: impl Into<String>) {
        let line = line.into();
        if self.said.contains(&line) {
            return;
        }
        if self.lines.len() == MAX_LINES {
            self.left_out += 1;
            return;
        }
        self.said.insert(line.clone());
        self.lines.push(line);
    }

    /// The lines, the last one counting those left out.
    pub fn into_lines(mut self) -> Vec<String> {
        if self.left_out > 0 {
            self.lines
                .push(format!("and {} more like these", self.left_out));
        }
        self.lines
    }
}
