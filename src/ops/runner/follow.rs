//! Operators that follow the mouse: started, fed with events, ended.
//!
//! They form a stack: one that changes the view alone may run on top of another, so that one can navigate
//! in the middle of a move. Each is run anew from its snapshot at every change.

use std::any::Any;
use std::sync::Arc;

use crate::model::document::Document;
use crate::model::view::View;
use crate::ops::context::{Place, Request};
use crate::ops::event::{Event, EventKind};
use crate::ops::operator::{Flow, Header, Start};
use crate::ops::registry::{self, AnyOperator};
use crate::ops::runner::Session;
use crate::ops::runner::outcome::{Outcome, Status};

/// An operator that follows the mouse.
pub(super) struct Running {
    pub(super) op: Box<dyn AnyOperator>,
    drag: Box<dyn Any>,
    place: Place,
    pub(super) snapshot: Document,
    pub(super) view: View,
    show_before: bool,
    /// Whether bones are shown where they are hidden, and the other way round, until it ends.
    bones_turned: bool,
}

impl Running {
    /// The scene as the user sees it now, but for what lasts only until it ends.
    pub(super) fn keep_view(&mut self, shown: &View) {
        self.view = shown.clone();
        self.view.bones ^= self.bones_turned;
    }
}

/// An operator that needs something from the user before it can run.
pub struct Asked {
    /// The operator.
    pub op: Box<dyn AnyOperator>,
    /// What it needs.
    pub start: Start,
}

impl Session {
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
        if self.poll(op.as_ref(), place).is_err() {
            // Running it says why, and writes it down.
            return Ok(self.run(op, place));
        }
        let cx = self.context(place);
        let start = op.invoke(&cx, event);
        match start {
            Start::Exec => {}
            Start::Run => return Ok(self.run(op, place)),
            Start::Refuse(text) => return Ok(Outcome::failed(Status::Cancelled, text)),
            _ => return Err(Asked { op, start }),
        }
        let Some(begun) = op.begin(&cx, event) else {
            return Ok(self.run(op, place));
        };
        match begun {
            Ok(drag) => {
                if !op.info().view_only {
                    self.stop_playing(false);
                }
                let (snapshot, view) = (self.document.clone(), self.view.clone());
                self.running.push(Running {
                    op,
                    drag,
                    place,
                    snapshot,
                    view,
                    show_before: false,
                    bones_turned: false,
                });
                self.preview();
                Ok(Outcome {
                    status: Status::Running,
                    reports: Vec::new(),
                })
            }
            Err(refusal) => Ok(Outcome::refused(refusal)),
        }
    }

    /// Whether the document is the preview of an operator, and differs from where that began.
    pub(super) fn shows_preview(&self) -> bool {
        !self.settled().0.same_pointers(&self.document)
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

    /// The operator that changes the document while it follows the mouse, whoever navigates above it.
    pub fn changing(&self) -> Option<&dyn AnyOperator> {
        let mut changing = self.running.iter().rev().map(|running| running.op.as_ref());
        changing.find(|op| op.info().undo)
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
        match requests.last() {
            Some(Request::ShowBefore(show)) => running.show_before = *show,
            Some(Request::Snap(on)) => running.view.snap.on = *on,
            Some(Request::TurnBones) => running.bones_turned ^= true,
            _ => {}
        }
        let waiting = Outcome {
            status: Status::Running,
            reports: Vec::new(),
        };
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
            Flow::Finish => {
                let outcome = self.run(running.op, running.place);
                self.hand_back(event);
                Some(outcome)
            }
            Flow::Cancel => {
                self.hand_back(event);
                Some(Outcome::SILENT)
            }
            Flow::Switch(id) => {
                let op = registry::find(id).map(registry::Entry::make)?;
                let start = Event {
                    kind: EventKind::Start,
                    ..*event
                };
                Some(
                    self.invoke(op, running.place, &start)
                        .unwrap_or(Outcome::SILENT),
                )
            }
        }
    }

    /// Tells the operator below the one that ended where the pointer is now.
    fn hand_back(&mut self, event: &Event) {
        if self.is_running() {
            self.event(&Event {
                kind: EventKind::Start,
                ..*event
            });
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
    pub(super) fn make_room(&mut self, op: &dyn AnyOperator) {
        if !op.info().view_only {
            self.cancel();
        } else if self
            .running
            .last()
            .is_some_and(|running| running.op.info().view_only)
        {
            // It ends where it is, as a call of its own: what is shown stays, and it can be repeated.
            if let Some(running) = self.running.pop() {
                self.document = running.snapshot;
                self.view = running.view;
                self.run(running.op, running.place);
            }
        }
    }

    /// Runs an operator only to show what it does: automatic keying waits for the end, as keying many bones
    /// takes far longer than moving them. Whether it did anything.
    fn show(&mut self, op: &dyn AnyOperator, place: Place) -> bool {
        let scene = Arc::clone(&self.document.scene);
        if scene.auto_key {
            Arc::make_mut(&mut self.document.scene).auto_key = false;
        }
        let quiet = Arc::clone(&self.document.scene);
        let done = self.exec(op, place).0.is_ok();
        if Arc::ptr_eq(&self.document.scene, &quiet) {
            self.document.scene = scene;
        } else {
            Arc::make_mut(&mut self.document.scene).auto_key = scene.auto_key;
        }
        done
    }

    fn preview(&mut self) {
        let Some(running) = self.running.pop() else {
            return;
        };
        self.document = running.snapshot.clone();
        self.view = running.view.clone();
        if !running.show_before && !self.show(running.op.as_ref(), running.place) {
            self.document = running.snapshot.clone();
        }
        self.view.bones ^= running.bones_turned;
        self.running.push(running);
    }
}
