//! What was called and said, in order: read by the log panel, by search for recent calls, and by the journal.

use std::collections::VecDeque;

use crate::ops::context::{Level, Place, Report};
use crate::ops::registry;
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
    /// Steps with the same key become one, and the last of their calls alone gives the same.
    pub merge_key: String,
    /// Where it came from.
    pub place: Place,
    /// How it ended.
    pub status: Status,
    /// Whether another call ran it, as repeating does.
    pub nested: bool,
    /// The number of the step that undo or redo went over.
    pub crossed: Option<u64>,
    /// Whether it left something behind although it counts as cancelled.
    pub kept: bool,
    /// Whether it read the preview of an operator that follows the mouse, as framing what one sees does.
    pub over_preview: bool,
    /// Whether it used a text that another program put on the system clipboard.
    pub outside: bool,
}

impl Called {
    /// Whether it did something.
    pub fn finished(&self) -> bool {
        self.status == Status::Finished
    }

    /// Whether it was about the window or the log alone.
    fn interface(&self) -> bool {
        registry::find(self.id).is_some_and(|entry| entry.info.interface)
    }

    /// Whether it took the place of the call `before`, with `between` saying whether others came between.
    fn replaces(&self, before: &Self, between: bool) -> bool {
        let same = self.id == before.id && self.finished() && before.finished();
        let merged = !self.merge_key.is_empty() && self.merge_key == before.merge_key;
        same && (self.how == How::Adjust || merged && !between)
    }
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

    /// The line of this number, if it is still kept.
    pub fn line(&self, number: u64) -> Option<&Line> {
        let place = number.checked_sub(self.dropped)?;
        self.lines.get(usize::try_from(place).ok()?)
    }

    /// The lines that tell how the document came about: without calls that others ran, and without those
    /// that a later one took the place of, with their reports.
    pub fn current(&self) -> Vec<(u64, &Line)> {
        let mut kept: Vec<(u64, &Line)> = Vec::with_capacity(self.lines.len());
        for (number, line) in self.lines() {
            if let Line::Call(called) = line {
                if called.nested {
                    continue;
                }
                take_back(&mut kept, called);
            }
            kept.push((number, line));
        }
        kept
    }

    /// The wanted lines as a script: calls that did something; all else as comments.
    pub fn script(&self, wanted: impl Fn(u64) -> bool) -> String {
        let lines = self.current();
        let lines = lines.iter().filter(|(number, _)| wanted(*number));
        lines.map(|(_, line)| script_line(line)).collect()
    }

    /// The number that the next line will get.
    pub fn next(&self) -> u64 {
        self.dropped + self.lines.len() as u64
    }
}

/// Takes out the call that this one takes the place of, and what that one said.
fn take_back(kept: &mut Vec<(u64, &Line)>, called: &Called) {
    let mut between = false;
    let replaced = |(_, line): &(u64, &Line)| match line {
        Line::Call(before) => called.replaces(before, std::mem::replace(&mut between, true)),
        Line::Report(_) => false,
    };
    // A call is adjusted soon or never: the last few lines are enough.
    let from = kept.len().saturating_sub(64);
    let tail = kept.get(from..).unwrap_or_default();
    let Some(place) = tail.iter().rev().position(replaced) else {
        return;
    };
    let place = kept.len() - 1 - place;
    let is_report = |line: &(u64, &Line)| matches!(line.1, Line::Report(_));
    let after = kept.get(place + 1..).unwrap_or_default();
    let said = after.iter().take_while(|line| is_report(line)).count();
    kept.drain(place..=place + said);
}

fn script_line(line: &Line) -> String {
    match line {
        Line::Call(called) if called.interface() => String::new(),
        Line::Call(called) if called.finished() || called.kept => format!("{}\n", called.text),
        Line::Call(called) => format!("# not run: {}\n", called.text),
        Line::Report(report) => {
            let word = match report.level {
                Level::Info => "",
                Level::Warning => "warning: ",
                Level::Error => "error: ",
            };
            let text = report.text.replace(['\n', '\r'], " ");
            format!("# {word}{text}\n")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(text: &str, how: How, merge_key: &str, nested: bool) -> Line {
        Line::Call(Called {
            how,
            text: text.to_owned(),
            id: "pose.paste",
            merge_key: merge_key.to_owned(),
            place: Place::default(),
            status: Status::Finished,
            crossed: None,
            kept: false,
            over_preview: false,
            outside: false,
            nested,
        })
    }

    #[test]
    fn a_script_has_what_stands_in_the_end_and_comments() {
        let mut log = Log::default();
        let said = |level, text: &str| {
            Line::Report(Report {
                level,
                text: text.to_owned(),
            })
        };
        log.push(call("a()", How::Run, "", false));
        log.push(said(Level::Info, "first"));
        log.push(call("b()", How::Adjust, "", false));
        log.push(said(Level::Warning, "two\nlines"));
        log.push(call("inner()", How::Run, "", true));
        log.push(call("c()", How::Run, "drag 1", false));
        log.push(call("d()", How::Run, "drag 1", false));
        log.push(call("e()", How::Run, "drag 2", false));
        let script = log.script(|_| true);
        assert_eq!(script, "b()\n# warning: two lines\nd()\ne()\n");
        assert_eq!(log.script(|number| number == 7), "e()\n");
    }

    #[test]
    fn a_refused_call_is_a_comment_and_replaces_nothing() {
        let mut log = Log::default();
        log.push(call("a()", How::Run, "", false));
        let Line::Call(mut called) = call("b()", How::Adjust, "", false) else {
            return;
        };
        called.status = Status::PollFailed;
        log.push(Line::Call(called));
        assert_eq!(log.script(|_| true), "a()\n# not run: b()\n");
    }
}
