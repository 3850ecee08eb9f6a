//! Toasts: one sentence at the bottom of the window with at most two buttons, gone after a while.

use crate::ops::context::{Level, Report};
use crate::ui::acts::Act;

/// A message that asks for nothing, but may offer something.
pub struct Toast {
    /// What it says.
    pub report: Report,
    /// What it offers: the words and what they do; at most two.
    pub buttons: Vec<(String, Act)>,
    /// When it was first shown, seconds of the interface's clock.
    pub since: Option<f64>,
}

impl Toast {
    /// A toast without buttons.
    pub fn new(level: Level, text: impl Into<String>) -> Self {
        let report = Report {
            level,
            text: text.into(),
        };
        Self {
            report,
            buttons: Vec::new(),
            since: None,
        }
    }

    /// Offers something.
    #[must_use]
    pub fn offer(mut self, words: impl Into<String>, act: Act) -> Self {
        self.buttons.push((words.into(), act));
        self
    }
}

/// The toasts that wait or are shown, oldest first.
#[derive(Default)]
pub struct Toasts(pub Vec<Toast>);

impl Toasts {
    /// Adds a toast.
    pub fn push(&mut self, toast: Toast) {
        self.0.push(toast);
    }
}
