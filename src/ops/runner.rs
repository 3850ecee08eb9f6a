//! Runs operators: one path for keys, menus, forms, scripts and the command line.
//!
//! Every run starts from a snapshot. A refused operator leaves the snapshot in place; one that follows the
//! mouse is run anew from the snapshot at each change, so that errors never add up and Escape is exact.

use std::cell::RefCell;

use crate::model::document::Document;
use crate::model::history::History;
use crate::model::view::View;
use crate::ops::call::{self, CallError};
use crate::ops::context::{Context, FileState, Place, Request, Scratch};
use crate::ops::frame::FrameWish;
use crate::ops::operator::Exec;
use crate::ops::outliner::ListAct;
use crate::ops::registry::{self, AnyOperator};

mod follow;
pub mod log;
mod merged;
mod outcome;
mod playback;
mod requests;
mod resume;

use follow::Running;
use log::{Called, How, Line, Log};
use playback::Playback;

pub use follow::Asked;
pub use outcome::{Outcome, Status};
pub use playback::Playing;
pub use resume::LastCall;

/// Bytes of replaced data that undo keeps.
const UNDO_BUDGET: usize = 256 << 20;

/// Steps to other frames that follow each other become one.
const FRAME_CHANGE: &str = "frame change";

/// The operator that ran last, and where it started.
struct Last {
    op: Box<dyn AnyOperator>,
    place: Place,
    before: Document,
    after: Document,
    recorded: bool,
}

/// What the program asks of the window that runs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Leave the program.
    Quit,
    /// Something of the bone list.
    List(ListAct),
    /// Something about layout, workspaces or the window itself.
    Frame(FrameWish),
    /// Show the search for commands.
    Search,
    /// Show the form of the operator that ran last.
    Adjust,
    /// Show the first steps.
    FirstSteps,
    /// Show the preferences.
    Preferences,
    /// Offer the files that were used lately.
    Recent,
    /// Forget the files that were used lately.
    ForgetRecent,
    /// Make the interface larger or smaller by this many steps; 0: as the monitor asks.
    Zoom(i32),
}

/// A document with its history, ready to run calls.
pub struct Session {
    /// The document; while an operator follows the mouse, its preview.
    pub document: Document,
    /// What the user sees.
    pub view: View,
    /// Clipboards.
    pub scratch: Scratch,
    /// The document's file.
    pub file: FileState,
    /// What the operators asked of the window.
    pub wishes: Vec<Wish>,
    /// What was called and said.
    pub log: Log,
    /// How many calls are being run by others now.
    depth: usize,
    /// What runs at this moment, for the report of a crash.
    current: Option<Box<dyn AnyOperator>>,
    /// The step that undo or redo went over last.
    crossed: Option<u64>,
    /// Whether the call that runs counts as cancelled but left something behind.
    kept: bool,
    history: History,
    saved: Document,
    last: Option<Last>,
    running: Vec<Running>,
    playback: Option<Playback>,
    /// The document whose frame was left, until somebody asks for it.
    left: Option<Document>,
}

impl Default for Session {
    fn default() -> Self {
        Self::with_document(Document::default())
    }
}

impl Session {
    /// A session that begins with a document which counts as saved.
    pub fn with_document(document: Document) -> Self {
        Self {
            saved: document.clone(),
            document,
            view: View::default(),
            scratch: Scratch::default(),
            file: FileState::default(),
            wishes: Vec::new(),
            log: Log::default(),
            depth: 0,
            current: None,
            crossed: None,
            kept: false,
            history: History::new(UNDO_BUDGET),
            last: None,
            running: Vec::new(),
            playback: None,
            left: None,
        }
    }

    /// Whether the document differs from what was last opened or saved.
    pub fn unsaved(&self) -> bool {
        let (document, _) = self.settled();
        !document.same_pointers(&self.saved) && *document != self.saved
    }

    /// What can be undone and redone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Lets undo keep at most this many megabytes of replaced data.
    pub fn set_undo_budget(&mut self, megabytes: u32) {
        let megabytes = usize::try_from(megabytes).unwrap_or(usize::MAX);
        self.history.set_budget(megabytes.saturating_mul(1 << 20));
    }

    /// Runs a call given as script text.
    ///
    /// # Errors
    /// Where the text goes wrong and what was expected.
    pub fn run_text(&mut self, text: &str) -> Result<Outcome, CallError> {
        Ok(self.run(call::parse(text)?, Place::default()))
    }

    /// Runs a call given as an id and a JSON object of parameters.
    ///
    /// # Errors
    /// An unknown id, or what is wrong with which parameter.
    pub fn run_json(&mut self, id: &str, arguments: &serde_json::Value) -> Result<Outcome, String> {
        let entry = registry::find(id)
            .ok_or_else(|| call::unknown("operator", id, registry::nearest(id)))?;
        Ok(self.run(entry.parse_json(arguments)?, Place::default()))
    }

    /// Whether a call could run now, else why not.
    ///
    /// # Errors
    /// The reason.
    pub fn poll(&mut self, op: &dyn AnyOperator, place: Place) -> Result<(), String> {
        let cx = self.context(place);
        op.poll(&cx)
    }

    /// Runs a call with the parameters it has.
    pub fn run(&mut self, op: Box<dyn AnyOperator>, place: Place) -> Outcome {
        self.run_merged(op, place, "")
    }

    /// Runs a call; steps that follow each other with the same key become one.
    pub fn run_merged(
        &mut self,
        op: Box<dyn AnyOperator>,
        place: Place,
        merge_key: &str,
    ) -> Outcome {
        self.logged(How::Run, op, place, merge_key)
    }

    /// Runs a call and writes it down with what it had to say.
    fn logged(
        &mut self,
        how: How,
        op: Box<dyn AnyOperator>,
        place: Place,
        merge_key: &str,
    ) -> Outcome {
        let (text, id) = (op.call_text(), op.info().id);
        let over_preview = op.info().view_only && self.shows_preview();
        self.depth += 1;
        let outcome = self.attempt(op, place, merge_key);
        self.depth -= 1;
        let outside = self.scratch.take_used();
        self.log.push(Line::Call(Called {
            how,
            text,
            id,
            merge_key: merge_key.to_owned(),
            place,
            status: outcome.status,
            nested: self.depth > 0,
            crossed: self.crossed.take(),
            kept: std::mem::take(&mut self.kept),
            over_preview,
            outside,
        }));
        if self.depth == 0 {
            let said = outcome.reports.iter().cloned();
            said.for_each(|report| self.log.push(Line::Report(report)));
        }
        outcome
    }

    fn attempt(&mut self, op: Box<dyn AnyOperator>, place: Place, merge_key: &str) -> Outcome {
        self.make_room(op.as_ref());
        if let Err(reason) = self.poll(op.as_ref(), place) {
            return Outcome::failed(Status::PollFailed, reason);
        }
        self.show_exactly(op.info());
        let anew = self.start_anew(op.info(), merge_key);
        let before = self.document.clone();
        let view = self.view.clone();
        let (result, mut outcome, requests) = self.exec(op.as_ref(), place);
        if let Err(refusal) = result {
            self.document = anew.unwrap_or(before);
            self.view = view;
            outcome.status = Status::Cancelled;
            outcome.reports.extend(refusal.report());
            return outcome;
        }
        if let Some(running) = self.running.last_mut() {
            // The operator that goes on from here sees the scene from where the user went.
            running.keep_view(&self.view);
        }
        let settled = self.settle_frame(op.info(), &requests, &before);
        if anew.is_some() && self.document == before {
            self.record(op.as_ref(), merge_key, &before);
        }
        self.finish(op, place, before, merge_key);
        if settled {
            self.play_on();
        }
        for request in requests {
            self.grant(request, &mut outcome);
        }
        outcome
    }

    /// The operator that ran last, to be shown with its parameters; nothing once something else happened, or
    /// where it reads or writes files.
    pub fn last(&self) -> Option<&dyn AnyOperator> {
        let last = self.last.as_ref()?;
        if last.op.info().external {
            return None;
        }
        last.after
            .same_pointers(self.under_playing())
            .then_some(last.op.as_ref())
    }

    /// Runs the last operator anew from where it started, with other parameters.
    pub fn adjust(&mut self, op: Box<dyn AnyOperator>) -> Outcome {
        self.cancel();
        self.below_playing(|session| session.adjust_settled(op))
    }

    fn adjust_settled(&mut self, op: Box<dyn AnyOperator>) -> Outcome {
        let current = self
            .last()
            .is_some_and(|last| last.info().id == op.info().id);
        let Some(last) = self.last.take_if(|_| current) else {
            return Outcome::SILENT;
        };
        if last.recorded {
            self.history.undo(&mut self.document);
        }
        self.document = last.before.clone();
        let outcome = self.logged(How::Adjust, op, last.place, "");
        if outcome.status != Status::Finished {
            if last.recorded {
                self.history.redo(&mut self.document);
            }
            self.document = last.after.clone();
            self.last = Some(last);
        } else if last.recorded {
            self.history.forget_ahead();
        }
        outcome
    }

    /// Runs the last operator again on what is there now.
    pub fn repeat(&mut self) -> Outcome {
        match &self.last {
            Some(last) => {
                let (op, place) = (last.op.clone(), last.place);
                self.run(op, place)
            }
            None => Outcome::failed(
                Status::Cancelled,
                "There is nothing to repeat yet".to_owned(),
            ),
        }
    }

    fn context(&mut self, place: Place) -> Context<'_> {
        let (repeatable, adjustable) = (self.last.is_some(), self.last().is_some());
        Context {
            playing: self.playing(),
            log: &self.log,
            repeatable,
            adjustable,
            doc: &mut self.document,
            view: &mut self.view,
            scratch: &mut self.scratch,
            file: &mut self.file,
            place,
            reports: Vec::new(),
            requests: RefCell::default(),
        }
    }

    fn exec(&mut self, op: &dyn AnyOperator, place: Place) -> (Exec, Outcome, Vec<Request>) {
        self.current = Some(op.boxed_clone());
        let mut cx = self.context(place);
        let result = op.exec(&mut cx);
        let outcome = Outcome {
            status: Status::Finished,
            reports: std::mem::take(&mut cx.reports),
        };
        let requests = cx.requests.into_inner();
        self.current = None;
        (result, outcome, requests)
    }

    /// Makes a step of history from `before` to the present document.
    fn record(&mut self, op: &dyn AnyOperator, merge_key: &str, before: &Document) {
        let info = op.info();
        let merge_key = if info.frame_change {
            self.left.get_or_insert_with(|| before.clone());
            FRAME_CHANGE
        } else {
            merge_key
        };
        let (label, call) = (info.label, op.call_text());
        self.history
            .record(label, &call, merge_key, before, &self.document);
    }

    /// Records what an operator did and remembers it as the last one.
    fn finish(
        &mut self,
        op: Box<dyn AnyOperator>,
        place: Place,
        before: Document,
        merge_key: &str,
    ) {
        let info = op.info();
        let changed = !self.document.same_pointers(&before) && self.document != before;
        if !changed {
            self.document = before.clone();
        }
        if !info.undo {
            return;
        }
        if changed {
            self.record(op.as_ref(), merge_key, &before);
        }
        if info.frame_change {
            return;
        }
        self.last = Some(Last {
            op,
            place,
            before,
            after: self.document.clone(),
            recorded: changed,
        });
    }
}
