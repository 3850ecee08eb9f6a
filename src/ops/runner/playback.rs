//! Playing: the document shows one frame after the other, and neither history nor log know of it.
//!
//! Below the frames that are shown lies the document that counts. An operator that runs meanwhile takes the
//! frame that is shown for the one it is meant for: that becomes a step of its own first, and playing goes on
//! from what it made. One that follows the mouse ends it, unless it moves the view alone.

use crate::eval::sampler::Animator;
use crate::model::document::Document;
use crate::ops::anim::frame::ChangeFrame;
use crate::ops::context::{Place, Request};
use crate::ops::operator::Info;
use crate::ops::registry;
use crate::ops::runner::log::{Called, How, Line};
use crate::ops::runner::{Session, Status};
use crate::ops::shared::frames;

/// How the animation plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playing {
    /// Whether it plays backwards.
    pub reverse: bool,
    /// The frame that it started from.
    pub start: f32,
}

/// An animation that plays, and what lies below the frames that are shown.
pub(super) struct Playback {
    playing: Playing,
    /// The document without them.
    pub(super) before: Document,
    animator: Animator,
}

impl Session {
    /// Starts to play; what follows the mouse and changes the document ends. What plays already only takes
    /// on the direction. The frames themselves come from [`show_frame`](Self::show_frame).
    pub fn play(&mut self, reverse: bool) {
        if self.changing().is_some() {
            self.cancel();
        }
        match &mut self.playback {
            Some(playback) => playback.playing.reverse = reverse,
            None => {
                let start = self.document.scene.frame;
                self.playback = Some(Playback {
                    playing: Playing { reverse, start },
                    before: self.document.clone(),
                    animator: Animator::default(),
                });
            }
        }
    }

    /// Whether the animation plays, and how.
    pub fn playing(&self) -> Option<Playing> {
        Some(self.playback.as_ref()?.playing)
    }

    /// Shows a frame while the animation plays; else, or where the frame is no number, nothing happens.
    ///
    /// An operator may have gone to another frame since the last one: the next frame follows from the
    /// document's.
    pub fn show_frame(&mut self, frame: f32) {
        let Some(playback) = self.playback.as_mut().filter(|_| frame.is_finite()) else {
            return;
        };
        frames::play_to(&mut self.document, frame, &mut playback.animator);
        self.share_below();
    }

    /// Stops playing: either everything is as it was at the frame that it started from, or the document goes
    /// to the frame that is shown, which is a step of history. A step that an operator made meanwhile stays.
    pub fn stop_playing(&mut self, restore: bool) {
        let Some(playback) = self.playback.take() else {
            return;
        };
        let shown = self.document.scene.frame;
        let (target, there) = if restore {
            let start = playback.playing.start;
            (start, playback.before.scene.frame == start)
        } else {
            (shown, playback.before.scene.frame == shown)
        };
        self.document = playback.before;
        if !there {
            self.go_to(target);
        }
        self.share_below();
    }

    /// The document that was left for another frame, once: to tell what the user loses who had not keyed it.
    pub fn take_left(&mut self) -> Option<Document> {
        self.left.take()
    }

    /// The document without the frames that are shown while it plays.
    pub(super) fn under_playing(&self) -> &Document {
        let below = self.playback.as_ref();
        below.map_or(&self.document, |playback| &playback.before)
    }

    /// Does something to the document that counts; playing then goes on from the frame that was shown.
    pub(super) fn below_playing<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        let Some(mut playback) = self.playback.take() else {
            return act(self);
        };
        let shown = std::mem::replace(&mut self.document, playback.before);
        let result = act(self);
        playback.before = self.document.clone();
        self.playback = Some(playback);
        self.show_frame(shown.scene.frame);
        result
    }

    /// Shows the frame as a change of frame would make it, for an operator that starts from it: what is played
    /// differs in the last digit, and what is done again after a crash must not.
    pub(super) fn show_exactly(&mut self, info: Info) {
        let Some(playback) = &self.playback else {
            return;
        };
        if info.view_only || info.interface {
            return;
        }
        let frame = self.document.scene.frame;
        self.document = playback.before.clone();
        if frame != self.document.scene.frame {
            frames::go_to(&mut self.document, frame);
        }
        self.share_below();
    }

    /// Makes the frame that is shown a step of its own before what an operator made of it is recorded;
    /// `shown` is the document that the operator started from. Whether it had to.
    pub(super) fn settle_frame(
        &mut self,
        info: Info,
        requests: &[Request],
        shown: &Document,
    ) -> bool {
        let history = |request: &Request| matches!(request, Request::Undo | Request::Redo);
        if info.view_only || info.interface || requests.iter().any(history) {
            return false;
        }
        let Some(playback) = &self.playback else {
            return false;
        };
        if !playback.before.same_pointers(shown) && playback.before != *shown {
            let before = playback.before.clone();
            let result = std::mem::replace(&mut self.document, shown.clone());
            self.step_to_frame(&before);
            self.document = result;
        }
        true
    }

    /// What an operator made is what counts from now on.
    pub(super) fn play_on(&mut self) {
        if let Some(playback) = &mut self.playback {
            playback.before = self.document.clone();
        }
    }

    /// Goes to a frame, as a step of history.
    fn go_to(&mut self, frame: f32) {
        let before = self.document.clone();
        frames::go_to(&mut self.document, frame);
        if self.document == before {
            self.document = before;
        } else {
            self.step_to_frame(&before);
        }
    }

    /// Records and writes down that the document came from `before` by a change of frame.
    fn step_to_frame(&mut self, before: &Document) {
        let op = registry::boxed(ChangeFrame::exactly(self.document.scene.frame));
        self.record(op.as_ref(), "", before);
        self.log.push(Line::Call(Called {
            how: How::Run,
            text: op.call_text(),
            id: op.info().id,
            merge_key: String::new(),
            place: Place::default(),
            status: Status::Finished,
            nested: false,
            crossed: None,
            kept: false,
            over_preview: false,
            outside: false,
        }));
    }

    /// What moves the view while it plays goes on above the document that is shown.
    fn share_below(&mut self) {
        for running in &mut self.running {
            running.snapshot = self.document.clone();
        }
    }
}
