//! Runs calls one after the other: from script files, one a line, and from the command line.

use std::path::Path;

use crate::io::open::read_text;
use crate::ops::context::{Level, Report};
use crate::ops::runner::{Outcome, Session, Status};

/// Why a run ended early: the place, and the reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct Stopped {
    /// File and line, or which `--op`.
    pub place: String,
    /// What was found and what was expected.
    pub reason: String,
}

/// Runs every call of a script file, `pose.rot_clear()`, one a line, with `#` comments.
///
/// Every call is read before the first one runs, so that a typing error changes nothing.
///
/// # Errors
/// File, line and reason: a call that cannot be understood, is not available or reports an error.
pub fn file(
    session: &mut Session,
    path: &Path,
    tell: &mut dyn FnMut(&Report),
) -> Result<(), Stopped> {
    let unreadable = |error: crate::io::error::Error| {
        let text = error.to_string();
        let place = path.display().to_string();
        let reason = text
            .strip_prefix(&format!("{place}: "))
            .unwrap_or(&text)
            .to_owned();
        Stopped { place, reason }
    };
    let text = read_text(path).map_err(unreadable)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut calls = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = without_comment(line);
        if line.trim().is_empty() {
            continue;
        }
        let place = |column: usize| format!("{}:{}:{column}", path.display(), number + 1);
        let op = crate::ops::call::parse(line).map_err(|error| Stopped {
            place: place(error.column),
            reason: error.message,
        })?;
        calls.push((format!("{}:{}", path.display(), number + 1), op));
    }
    for (place, op) in calls {
        let outcome = session.run(op, crate::ops::context::Place::default());
        check(outcome, place, tell)?;
    }
    Ok(())
}

/// Runs one call of the command line.
///
/// # Errors
/// The call and the reason.
pub fn call(
    session: &mut Session,
    text: &str,
    tell: &mut dyn FnMut(&Report),
) -> Result<(), Stopped> {
    let place = format!("--op '{text}'");
    let outcome = session.run_text(text).map_err(|error| Stopped {
        place: format!("{place}:{}", error.column),
        reason: error.message,
    })?;
    check(outcome, place, tell)
}

/// The line up to a `#` that stands outside of a text.
fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    let mut escaped = false;
    for (at, character) in line.char_indices() {
        match character {
            '\\' if quoted && !escaped => {
                escaped = true;
                continue;
            }
            '"' if !escaped => quoted = !quoted,
            '#' if !quoted => return line.get(..at).unwrap_or(line),
            _ => {}
        }
        escaped = false;
    }
    line
}

fn check(outcome: Outcome, place: String, tell: &mut dyn FnMut(&Report)) -> Result<(), Stopped> {
    for report in outcome
        .reports
        .iter()
        .filter(|report| report.level < Level::Error)
    {
        tell(report);
    }
    match outcome.error() {
        Some(reason) => Err(Stopped {
            place,
            reason: reason.to_owned(),
        }),
        None if outcome.status == Status::PollFailed => Err(Stopped {
            place,
            reason: "not available now".to_owned(),
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_ends_a_line_but_not_a_text() {
        assert_eq!(without_comment("pose.copy() # now"), "pose.copy() ");
        assert_eq!(
            without_comment(r##"a.b(c: "x#y\"#") # z"##),
            r##"a.b(c: "x#y\"#") "##
        );
    }
}
