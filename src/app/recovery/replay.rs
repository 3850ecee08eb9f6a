//! Recovering: the newest state that can be opened, and then the calls of the journals, as they ran.

use std::path::Path;

use crate::app::recovery::{ended, snapshot};
use crate::io::error::Error;
use crate::io::recovery::checkpoint::{self, Checkpoint};
use crate::io::recovery::journal::{self, Line};
use crate::ops::call;
use crate::ops::runner::{Outcome, Session};

/// What was recovered.
pub struct Recovered {
    /// The session; its document counts as unsaved.
    pub session: Session,
    /// How many calls were run again.
    pub calls: usize,
    /// What is missing, a line each.
    pub warnings: Vec<String>,
}

/// Recovers what a folder holds, as far as it goes.
///
/// # Errors
/// Why nothing of it can be opened.
pub fn recover(folder: &Path) -> Result<Recovered, Error> {
    let whole = checkpoint::whole(folder);
    let mut problem = None;
    for &generation in whole.iter().rev() {
        match Checkpoint::read(folder, generation) {
            Ok((state, warnings)) => return go_on(folder, state, warnings),
            Err(error) => problem = problem.or(Some(error)),
        }
    }
    Err(problem.unwrap_or_else(|| Error::content(folder, "there is nothing to recover")))
}

fn go_on(folder: &Path, state: Checkpoint, mut warnings: Vec<String>) -> Result<Recovered, Error> {
    let first = state.generation;
    let session = snapshot::resume(state)
        .map_err(|error| Error::content(folder, format!("the last call: {error}")))?;
    let mut recovered = Recovered {
        session,
        calls: 0,
        warnings: Vec::new(),
    };
    for generation in first.. {
        let path = checkpoint::journal_path(folder, generation);
        if !path.exists() {
            break;
        }
        match recovered.play(&path) {
            Ok(None) => {}
            Ok(Some(stop)) => {
                warnings.push(stop);
                break;
            }
            Err(error) => {
                warnings.push(error.to_string());
                break;
            }
        }
    }
    recovered.warnings.append(&mut warnings);
    recovered.session.wishes.clear();
    Ok(recovered)
}

impl Recovered {
    /// Runs the calls of a journal; says where and why it had to stop.
    fn play(&mut self, path: &Path) -> Result<Option<String>, Error> {
        let contents = journal::read(path)?;
        for (number, line) in contents.lines {
            let ran =
                line.and_then(|line| self.line(&line).map_err(|e| format!("{}: {e}", line.call)));
            if let Err(reason) = ran {
                let path = path.display();
                let text = format!("Recovered up to {path}:{number}; not run again: {reason}");
                return Ok(Some(text));
            }
            self.calls += 1;
        }
        Ok(contents
            .end
            .map(|call| format!("Recovered up to the moment before {call}")))
    }

    fn line(&mut self, line: &Line) -> Result<(), String> {
        let session = &mut self.session;
        let before = (session.document.clone(), session.view.clone());
        let op = call::parse_exact(&line.call).map_err(|error| error.message)?;
        let note = &line.note;
        let outcome = if note.adjust {
            session.adjust(op)
        } else {
            let place = snapshot::place(note.size, note.other);
            session.run_merged(op, place, &note.merge)
        };
        if ended(outcome.status) == note.ended {
            return Ok(());
        }
        (session.document, session.view) = before;
        Err(reason(&outcome))
    }
}

fn reason(outcome: &Outcome) -> String {
    let error = outcome.error();
    error.unwrap_or("it does something else now").to_owned()
}
