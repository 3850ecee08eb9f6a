//! What operators cannot do themselves and ask of the session: steps of history, repeating, what the window does.

use crate::ops::context::{Level, Report, Request};
use crate::ops::runner::Session;
use crate::ops::runner::outcome::{Outcome, Status};

impl Session {
    /// Does what an operator asked for.
    pub(super) fn grant(&mut self, request: Request, outcome: &mut Outcome) {
        match request {
            Request::Undo | Request::Redo => {
                self.below_playing(|session| session.step(request, outcome))
            }
            Request::Play(_) if self.playback.is_some() => self.stop_playing(false),
            Request::Play(reverse) => self.play(reverse),
            Request::StopPlaying(restore) => self.stop_playing(restore),
            Request::Opened | Request::New => {
                self.history.clear();
                self.last = None;
                (self.playback, self.left) = (None, None);
                self.saved = self.document.clone();
            }
            Request::Saved => {
                self.history.seal();
                self.saved = self.document.clone();
            }
            Request::Repeat => *outcome = self.repeat(),
            Request::Wish(wish) => self.wishes.push(wish),
            Request::FoundNothing => {
                outcome.status = Status::Cancelled;
                self.kept = true;
            }
            Request::ShowBefore(_) | Request::Snap(_) | Request::TurnBones => {}
        }
    }

    /// One step back or forward in history.
    fn step(&mut self, request: Request, outcome: &mut Outcome) {
        let back = request == Request::Undo;
        let label = if back {
            self.history.undo(&mut self.document)
        } else {
            self.history.redo(&mut self.document)
        };
        let word = if back { "undo" } else { "redo" };
        let over = if back {
            self.history.ahead().last()
        } else {
            self.history.behind().last()
        };
        match label {
            Some(label) => {
                self.crossed = over.map(|step| step.number);
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
}
