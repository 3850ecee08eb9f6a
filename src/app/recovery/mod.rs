//! When and how the work of a session is kept: calls at once, as lines of a journal; the whole state every
//! few minutes or calls, and wherever the calls alone would not lead there again.
//!
//! A call leads there again if it depends only on what a checkpoint holds. Files may be gone or changed, and
//! steps of history before the checkpoint are not in it: behind such a call a new checkpoint begins at once.
//! A state that was written fast the last time is written in place, else in a thread of its own. Until that
//! is done the state before counts, and where its journal does not lead further, the next call waits.

mod offers;
mod replay;
mod snapshot;
mod worker;

use std::path::Path;
use std::time::{Duration, Instant};

use crate::io::error::Error;
use crate::io::preferences::Preferences;
use crate::io::recovery::checkpoint::{self, Checkpoint};
use crate::io::recovery::hold::Hold;
use crate::io::recovery::journal::{self, Ended, Journal, Line, Note};
use crate::ops::context::PanelKind;
use crate::ops::registry;
use crate::ops::runner::log::{self, Called, How};
use crate::ops::runner::{Session, Status};

pub use offers::{Leftover, leftovers};
pub use replay::{Recovered, recover};
use worker::{Job, Worker};

/// A state that takes no longer than this is written between two frames.
const QUICK: Duration = Duration::from_millis(6);
/// Repeating: what it repeats stands in the log, too.
const REPEAT: &str = "screen.repeat_last";
/// Leaving changes nothing.
const QUIT: &str = "wm.quit_blender";

/// Why calls alone do not lead to the present state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// A file was read or written.
    File,
    /// A step of history was crossed, or a preview or a text of another program was looked at, that only the
    /// session knows.
    Step,
}

/// Keeps the work of a session.
pub struct Keeper {
    hold: Hold,
    began: u64,
    generation: u64,
    journal: Journal,
    worker: Worker,
    /// The line of the log that comes next.
    seen: u64,
    /// Steps of history with smaller numbers are not in the last checkpoint.
    floor: u64,
    /// Calls since the last checkpoint.
    calls: u32,
    since: Instant,
    /// How long the last state took; nothing while the first one is being written.
    took: Option<Duration>,
    /// The generation that must be whole before the journal goes on.
    awaited: Option<u64>,
    /// What was recovered, until that is saved or dropped.
    recovered: Vec<Hold>,
    /// Whether the journal may end in the middle of a line.
    torn: bool,
    /// Whether what goes wrong has been told.
    troubled: bool,
}

impl Keeper {
    /// Begins to keep a session below the folder of all of them.
    ///
    /// # Errors
    /// The folder and the reason.
    pub fn begin(root: &Path, session: &Session) -> Result<Self, Error> {
        let hold = Hold::begin(root)?;
        let journal = Journal::begin(&checkpoint::journal_path(hold.folder(), 1))?;
        let keeper = Self {
            worker: Worker::start(hold.folder().to_owned()),
            hold,
            began: snapshot::now(),
            generation: 1,
            journal,
            seen: session.log.next(),
            floor: session.history().next_number(),
            calls: 0,
            since: Instant::now(),
            took: None,
            awaited: Some(1),
            recovered: Vec::new(),
            torn: false,
            troubled: false,
        };
        let first = keeper.state(session);
        keeper.worker.send(Job::Write(Box::new(first)));
        Ok(keeper)
    }

    /// The folder that is written to.
    pub fn folder(&self) -> &Path {
        self.hold.folder()
    }

    /// Writes down what was done since the last time; says once what goes wrong with that.
    pub fn update(&mut self, session: &Session, preferences: &Preferences) -> Option<String> {
        let new = session.log.next() != self.seen;
        let mut trouble = self.hear(new);
        let gap = new.then(|| self.write_calls(session, &mut trouble));
        if let Some(gap) = gap.flatten() {
            self.checkpoint(session, Some(gap), &mut trouble);
            if !session.unsaved() {
                self.recovered.drain(..).for_each(Hold::remove);
            }
        } else if self.autosave_is_due(preferences) {
            if session.unsaved() {
                self.checkpoint(session, None, &mut trouble);
            } else {
                self.since = Instant::now();
            }
        }
        let Some(text) = trouble else {
            self.troubled &= self.torn;
            return None;
        };
        let first = !std::mem::replace(&mut self.troubled, true);
        first.then(|| format!("What you do is not kept for the case of a crash: {text}"))
    }

    /// When the next autosave is due, if anything was done since the last one.
    pub fn deadline(&self, preferences: &Preferences) -> Option<Instant> {
        let minutes = preferences.autosave_minutes;
        if minutes == 0 || self.calls == 0 {
            return None;
        }
        let wait = Duration::from_secs(u64::from(minutes) * 60);
        self.since.checked_add(wait)
    }

    /// What the thread has to say; waits for the state that the journal needs if `wait` is set.
    fn hear(&mut self, wait: bool) -> Option<String> {
        let mut trouble = None;
        loop {
            let wait = wait && self.awaited.is_some();
            match self.worker.result(wait) {
                Some(Ok((generation, took))) => {
                    self.took = Some(took);
                    self.awaited = self.awaited.filter(|&awaited| awaited > generation);
                }
                Some(Err(text)) => {
                    trouble = Some(text);
                    self.awaited = None;
                }
                None => return trouble,
            }
        }
    }

    fn autosave_is_due(&self, preferences: &Preferences) -> bool {
        let operations = preferences.autosave_operations;
        let many = operations > 0 && self.calls >= operations;
        let late = self.deadline(preferences);
        many || late.is_some_and(|time| time <= Instant::now())
    }

    /// Appends the new calls to the journal; tells if they alone do not lead to the present state.
    fn write_calls(&mut self, session: &Session, trouble: &mut Option<String>) -> Option<Gap> {
        let kept = session
            .log
            .lines()
            .next()
            .map_or(self.seen, |(first, _)| first);
        let mut gap = (kept > self.seen).then_some(Gap::Step);
        let mut text = match gap {
            Some(_) => journal::end("more calls than the log keeps"),
            None => String::new(),
        };
        for (number, line) in session.log.lines() {
            let log::Line::Call(called) = line else {
                continue;
            };
            // What a repeating call repeats stands there as a call of its own.
            if number < self.seen || gap.is_some() || called.id == REPEAT || is_vain(called) {
                continue;
            }
            gap = self.gap(called);
            if gap.is_some() {
                text.push_str(&journal::end(&called.text.replace('\n', " ")));
            } else {
                text.push_str(&line_of(called).text());
                text.push('\n');
                self.calls += 1;
            }
        }
        self.seen = session.log.next();
        if self.torn {
            return Some(Gap::Step);
        }
        if let Err(error) = self.journal.append(&text) {
            *trouble = Some(error.to_string());
            self.torn = true;
            return Some(Gap::Step);
        }
        if !text.is_empty() {
            self.worker.sync_soon(&self.journal);
        }
        gap
    }

    /// Why running the call again would not lead to the same state.
    fn gap(&self, called: &Called) -> Option<Gap> {
        if is_external(called) {
            return Some(Gap::File);
        }
        let before = called.crossed.is_some_and(|step| step < self.floor);
        (before || called.over_preview || called.outside).then_some(Gap::Step)
    }

    /// Begins a new generation with the present state.
    fn checkpoint(&mut self, session: &Session, gap: Option<Gap>, trouble: &mut Option<String>) {
        self.since = Instant::now();
        let generation = self.generation + 1;
        let path = checkpoint::journal_path(self.hold.folder(), generation);
        match Journal::begin(&path) {
            Ok(journal) => {
                self.journal = journal;
                self.torn = false;
            }
            Err(error) => {
                *trouble = Some(error.to_string());
                return;
            }
        }
        self.generation = generation;
        self.floor = session.history().next_number();
        self.calls = 0;
        let state = self.state(session);
        let quick = self.took.is_some_and(|took| took <= QUICK);
        // Files made the user wait already.
        if !quick && gap != Some(Gap::File) {
            self.awaited = gap.map(|_| generation).or(self.awaited);
            self.worker.send(Job::Write(Box::new(state)));
            return;
        }
        let start = Instant::now();
        match state.write(self.hold.folder(), false) {
            Ok(()) => self.worker.send(Job::Settle(generation)),
            Err(error) => *trouble = Some(error.to_string()),
        }
        self.awaited = None;
        self.took = Some(start.elapsed());
    }

    fn state(&self, session: &Session) -> Checkpoint {
        let follows = self.recovered.last().map(Hold::name);
        snapshot::of(session, self.generation, self.began, follows)
    }

    /// Goes on with a session that was recovered; its folder stays until that is saved or dropped.
    pub fn follow(&mut self, session: &Session, from: Hold) -> Option<String> {
        let mut trouble = None;
        self.seen = session.log.next();
        self.recovered.extend(ancestors(&from));
        self.recovered.push(from);
        self.checkpoint(session, Some(Gap::File), &mut trouble);
        trouble
    }

    /// Writes the last calls down after a failure that may have left the document half changed.
    pub fn rescue(&mut self, session: &Session) {
        let mut trouble = None;
        self.write_calls(session, &mut trouble);
    }

    /// Ends with the work kept: the next start offers it.
    pub fn keep(mut self, session: &Session) {
        let mut trouble = None;
        self.write_calls(session, &mut trouble);
        if session.unsaved() {
            self.checkpoint(session, Some(Gap::File), &mut trouble);
            self.worker.finish();
        } else {
            self.end();
        }
    }

    /// Ends because the user left: the work is saved, or was not wanted.
    pub fn end(mut self) {
        self.worker.finish();
        self.hold.remove();
        self.recovered.drain(..).for_each(Hold::remove);
    }
}

/// What the session of a folder was recovered from, and that one in turn.
fn ancestors(from: &Hold) -> Vec<Hold> {
    let mut found = Vec::new();
    let mut folder = from.folder().to_owned();
    loop {
        let last = checkpoint::whole(&folder).last().copied().unwrap_or(0);
        let meta = checkpoint::read_meta(&folder, last).ok();
        let name = meta.and_then(|meta| meta.follows).unwrap_or_default();
        // A damaged description must not lead out of the folder of all sessions.
        if Path::new(&name)
            .file_name()
            .is_none_or(|plain| plain != name.as_str())
        {
            return found;
        }
        folder.set_file_name(name);
        let Some(hold) = Hold::take(&folder) else {
            return found;
        };
        found.push(hold);
    }
}

/// Whether the call read or wrote files.
fn is_external(called: &Called) -> bool {
    registry::find(called.id).is_some_and(|entry| entry.info.external)
}

/// Whether the call left nothing behind and must not run again.
fn is_vain(called: &Called) -> bool {
    let interface = registry::find(called.id).is_some_and(|entry| entry.info.interface);
    let outside = is_external(called) || called.outside;
    let nothing = outside && called.status != Status::Finished;
    called.id == QUIT || interface && !is_external(called) || nothing
}

fn line_of(called: &Called) -> Line {
    Line {
        call: called.text.clone(),
        note: Note {
            size: called.place.size.to_array(),
            other: called.place.panel != PanelKind::View3d,
            merge: called.merge_key.clone(),
            adjust: called.how == How::Adjust,
            ended: ended(called.status),
        },
    }
}

fn ended(status: Status) -> Ended {
    match status {
        Status::Finished | Status::Running => Ended::Finished,
        Status::Cancelled => Ended::Cancelled,
        Status::PollFailed => Ended::PollFailed,
    }
}
