//! What was called and said, in order: read by the log panel, by search for recent calls, and by the journal.

use std::collections::VecDeque;

use crate::ops::context::{Place, Report};
use crate::ops::runner::Status;

/// Lines that are kept.
const KEPT: usize = 2000;

/// How a call came to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By itself.
    Run,
    /// In place of the call before it, with other parameters.
    Adjust,
}

/// A call that ran, or was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Called {
    /// How it came to run.
    pub how: How,
    /// The call as script text.
    pub text: String,
    /// The operator's name in scripts.
    pub id: &'static str,
    /// Steps with the same key become one.
    pub merge_key: String,
    /// Where it came from.
    pub place: Place,
    /// How it ended.
    pub status: Status,
    /// Whether another call ran it, as repeating does.
    pub nested: bool,
    /// The number of the step that undo or redo went over.
    pub crossed: Option<u64>,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// A call.
    Call(Called),
    /// What it had to say, or what the program said.
    Report(Report),
}

/// The last lines, numbered since the start.
#[derive(Clone, Debug, Default)]
pub struct Log {
    lines: VecDeque<Line>,
    dropped: u64,
}

impl Log {
    /// Adds a line.
    pub fn push(&mut self, line: Line) {
        self.lines.push_back(line);
        if self.lines.len() > KEPT {
            self.lines.pop_front();
            self.dropped += 1;
        }
    }

    /// The kept lines with their numbers, oldest first.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = (u64, &Line)> + ExactSizeIterator {
        let first = self.dropped;
        self.lines
            .iter()
            .enumerate()
            .map(move |(place, line)| (first + place as u64, line))
    }

    /// The number that the next line will get.
    pub fn next(&self) -> u64 {
        self.dropped + self.lines.len() as u64
    }
}
