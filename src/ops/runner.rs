//! Runs operators: one path for keys, menus, forms, scripts and the command line.
//!
//! Every run starts from a snapshot. A refused operator leaves the snapshot in place; one that follows the
//! mouse is run anew from the snapshot at each change, so that errors never add up and Escape is exact.

use std::any::Any;
use std::cell::RefCell;

use crate::model::document::Document;
use crate::model::history::History;
use crate::model::view::View;
use crate::ops::call::{self, CallError};
use crate::ops::context::{Context, FileState, Level, Place, Report, Request, Scratch};
use crate::ops::event::{Event, EventKind};
use crate::ops::operator::{Exec, Flow, Header, Refusal, Start};
use crate::ops::registry::{self, AnyOperator};

/// Bytes of replaced data that undo keeps.
const UNDO_BUDGET: usize = 256 << 20;

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It ran.
    Finished,
    /// It did nothing and changed nothing.
    Cancelled,
    /// It is not available now.
    PollFailed,
    /// It follows the mouse.
    Running,
}

/// How a call ended, and what it has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// What it has to say, in order.
    pub reports: Vec<Report>,
}

impl Outcome {
    /// Nothing happened, without a word.
    pub const SILENT: Self = Self {
        status: Status::Cancelled,
        reports: Vec::new(),
    };

    /// The first error, if there is one.
    pub fn error(&self) -> Option<&str> {
        self.reports
            .iter()
            .find(|report| report.level == Level::Error)
            .map(|report| report.text.as_str())
    }

    fn failed(status: Status, text: String) -> Self {
        Self {
            status,
            reports: vec![Report {
                level: Level::Error,
                text,
            }],
        }
    }
}

/// The operator that ran last, and where it started.
struct Last {
    op: Box<dyn AnyOperator>,
    place: Place,
    before: Document,
    after: Document,
    recorded: bool,
}

/// An operator that follows the mouse.
struct Running {
    op: Box<dyn AnyOperator>,
    drag: Box<dyn Any>,
    place: Place,
    snapshot: Document,
    view: View,
    show_before: bool,
}

/// What the program asks of the window that runs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Leave the program.
    Quit,
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
    history: History,
    saved: Document,
    last: Option<Last>,
    running: Vec<Running>,
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
            history: History::new(UNDO_BUDGET),
            last: None,
            running: Vec::new(),
        }
    }

    /// Whether the document differs from what was last opened or saved.
    pub fn unsaved(&self) -> bool {
        let document = self
            .running
            .first()
            .map_or(&self.document, |running| &running.snapshot);
        !document.same_pointers(&self.saved) && *document != self.saved
    }

    /// What can be undone and redone.
    pub fn history(&self) -> &History {
        &self.history
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
        self.make_room(op.as_ref());
        if let Err(reason) = self.poll(op.as_ref(), place) {
            return Outcome::failed(Status::PollFailed, reason);
        }
        let before = self.document.clone();
        let view = self.view.clone();
        let (result, mut outcome, requests) = self.exec(op.as_ref(), place);
        if let Err(refusal) = result {
            self.document = before;
            self.view = view;
            outcome.status = Status::Cancelled;
            if let Refusal::Error(text) = refusal {
                outcome.reports.push(Report {
                    level: Level::Error,
                    text,
                });
            }
            return outcome;
        }
        if let Some(running) = self.running.last_mut() {
            // The operator that goes on from here sees the scene from where the user went.
            running.view = self.view.clone();
        }
        self.finish(op, place, before, merge_key);
        for request in requests {
            self.grant(request, &mut outcome);
        }
        outcome
    }

    /// Starts an operator that the user chose: at once, or following the mouse.
    ///
    /// What it needs first (a file, an item of a menu) comes back; ask the user, set the parameter and `run` it.
    pub fn invoke(
        &mut self,
        mut op: Box<dyn AnyOperator>,
        place: Place,
        event: &Event,
    ) -> Result<Outcome, Asked> {
        self.make_room(op.as_ref());
        let cx = self.context(place);
        if let Err(reason) = op.poll(&cx) {
            return Ok(Outcome::failed(Status::PollFailed, reason));
        }
        let start = op.invoke(&cx, event);
        match start {
            Start::Exec => {}
            Start::Run => return Ok(self.run(op, place)),
            _ => return Err(Asked { op, start }),
        }
        let Some(begun) = op.begin(&cx, event) else {
            return Ok(self.run(op, place));
        };
        match begun {
            Ok(drag) => {
                let (snapshot, view) = (self.document.clone(), self.view.clone());
                self.running.push(Running {
                    op,
                    drag,
                    place,
                    snapshot,
                    view,
                    show_before: false,
                });
                self.preview();
                Ok(Outcome {
                    status: Status::Running,
                    reports: Vec::new(),
                })
            }
            Err(Refusal::Nothing) => Ok(Outcome::SILENT),
            Err(Refusal::Error(text)) => Ok(Outcome::failed(Status::Cancelled, text)),
        }
    }

    /// Whether an operator follows the mouse.
    pub fn is_running(&self) -> bool {
        !self.running.is_empty()
    }

    /// The operator that follows the mouse and what its header shows.
    pub fn running(&self) -> Option<(&dyn AnyOperator, Header)> {
        let running = self.running.last()?;
        Some((
            running.op.as_ref(),
            running.op.header(running.drag.as_ref()),
        ))
    }

    /// Gives an event to the operator that follows the mouse; nothing if it is for others.
    pub fn event(&mut self, event: &Event) -> Option<Outcome> {
        let mut running = self.running.pop()?;
        // The operator reads the snapshot, not its own preview.
        let preview = std::mem::replace(&mut self.document, running.snapshot.clone());
        let shown = std::mem::replace(&mut self.view, running.view.clone());
        let cx = self.context(running.place);
        let flow = running.op.handle(running.drag.as_mut(), &cx, event);
        let requests = cx.requests.into_inner();
        if let Some(Request::ShowBefore(show)) = requests.last() {
            running.show_before = *show;
        }
        let waiting = Outcome { status: Status::Running, reports: Vec::new() };
        match flow {
            Flow::Idle | Flow::PassThrough => {
                (self.document, self.view) = (preview, shown);
                self.running.push(running);
                (flow == Flow::Idle).then_some(waiting)
            }
            Flow::Changed => {
                self.running.push(running);
                self.preview();
                Some(waiting)
            }
            Flow::Finish => Some(self.run(running.op, running.place)),
            Flow::Cancel => Some(Outcome::SILENT),
            Flow::Switch(id) => {
                let op = registry::find(id).map(registry::Entry::make)?;
                let start = Event { kind: EventKind::Start, ..*event };
                Some(self.invoke(op, running.place, &start).unwrap_or(Outcome::SILENT))
            }
        }
    }

    /// Ends whatever follows the mouse, as if Escape had been pressed.
    pub fn cancel(&mut self) {
        while let Some(running) = self.running.pop() {
            self.document = running.snapshot;
            self.view = running.view;
        }
    }

    /// Ends what cannot go on beside `op`: one that changes the view alone leaves others running.
    fn make_room(&mut self, op: &dyn AnyOperator) {
        if !op.info().view_only {
            self.cancel();
        } else if self.running.last().is_some_and(|running| running.op.info().view_only) {
            self.running.pop();
        }
    }

    fn preview(&mut self) {
        let Some(running) = self.running.pop() else { return };
        self.document = running.snapshot.clone();
        self.view = running.view.clone();
        if !running.show_before && self.exec(running.op.as_ref(), running.place).0.is_err() {
            self.document = running.snapshot.clone();
        }
        self.running.push(running);
    }

    /// The operator that ran last, to be shown with its parameters; nothing once something else happened.
    pub fn last(&self) -> Option<&dyn AnyOperator> {
        let last = self.last.as_ref()?;
        last.after
            .same_pointers(&self.document)
            .then_some(last.op.as_ref())
    }

    /// Runs the last operator anew from where it started, with other parameters.
    pub fn adjust(&mut self, op: Box<dyn AnyOperator>) -> Outcome {
        self.cancel();
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
        let outcome = self.run(op, last.place);
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
        Context {
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
        let mut cx = self.context(place);
        let result = op.exec(&mut cx);
        let outcome = Outcome {
            status: Status::Finished,
            reports: std::mem::take(&mut cx.reports),
        };
        (result, outcome, cx.requests.into_inner())
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
            self.history.record(
                info.label,
                &op.call_text(),
                merge_key,
                &before,
                &self.document,
            );
        }
        self.last = Some(Last {
            op,
            place,
            before,
            after: self.document.clone(),
            recorded: changed,
        });
    }

    fn grant(&mut self, request: Request, outcome: &mut Outcome) {
        match request {
            Request::Undo | Request::Redo => {
                let back = request == Request::Undo;
                let label = if back {
                    self.history.undo(&mut self.document)
                } else {
                    self.history.redo(&mut self.document)
                };
                let word = if back { "undo" } else { "redo" };
                match label {
                    Some(label) => {
                        let text = format!("{} {label}", if back { "Undid" } else { "Redid" });
                        outcome.reports.push(Report {
                            level: Level::Info,
                            text,
                        });
                    }
                    None => {
                        outcome.status = Status::Cancelled;
                        let text = format!("There is nothing to {word}");
                        outcome.reports.push(Report {
                            level: Level::Info,
                            text,
                        });
                    }
                }
            }
            Request::Opened | Request::New => {
                self.history.clear();
                self.last = None;
                self.saved = self.document.clone();
            }
            Request::Saved => {
                self.history.seal();
                self.saved = self.document.clone();
            }
            Request::Repeat => *outcome = self.repeat(),
            Request::Quit => self.wishes.push(Wish::Quit),
            Request::ShowBefore(_) => {}
        }
    }
}

/// An operator that needs something from the user before it can run.
pub struct Asked {
    /// The operator.
    pub op: Box<dyn AnyOperator>,
    /// What it needs.
    pub start: Start,
}
