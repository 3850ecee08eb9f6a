//! The system clipboard, between the window that has it and the operators that read it or write to it.
//!
//! An operator that reads it waits until the window has handed the text in, at once after a key and else at
//! the end of the frame. Whatever was asked for behind it waits too, so that the order stays.

use std::path::PathBuf;
use std::sync::Arc;

use crate::io::pose_text;
use crate::ops::context::Level;
use crate::ops::registry::AnyOperator;
use crate::ui::acts::Act;
use crate::ui::app::App;
use crate::ui::settings::write;
use crate::ui::toasts::Toast;

/// The file of the copied pose, in the folder of state.
const FILE: &str = "copied_pose.ron";

/// What goes between the window and operators.
#[derive(Default)]
pub struct Clipboard {
    /// Whether there is a window that hands the system's text in. Without one the text is the program's own.
    pub connected: bool,
    /// Whether the text was handed in just now.
    known: bool,
    waiting: Vec<Act>,
}

impl App {
    /// Whether the call must wait for the text of the system clipboard; then it is run later.
    pub(super) fn waits_for_text(&mut self, op: &dyn AnyOperator) -> bool {
        let waits = op.info().reads_clipboard && self.clipboard.connected && !self.clipboard.known;
        if waits {
            self.clipboard.waiting.push(Act::Start(op.boxed_clone()));
        }
        waits
    }

    /// Lets an act wait where another one waits already.
    pub(super) fn queued(&mut self, act: Act) -> Option<Act> {
        if self.clipboard.waiting.is_empty() {
            return Some(act);
        }
        self.clipboard.waiting.push(act);
        None
    }

    /// Whether an operator waits for the text of the system clipboard.
    pub fn wants_text(&self) -> bool {
        !self.clipboard.waiting.is_empty()
    }

    /// Takes in the text of the system clipboard, and runs what waited for it.
    pub fn take_text(&mut self, ctx: &egui::Context, text: Option<&str>) {
        self.session.scratch.receive(text.unwrap_or_default());
        self.clipboard.known = true;
        for act in std::mem::take(&mut self.clipboard.waiting) {
            self.do_act(ctx, act);
        }
        self.clipboard.known = false;
        ctx.request_repaint();
    }

    /// What operators put on the clipboard since the last time; a copied pose is kept for the next start, too.
    pub fn give_text(&mut self) -> Option<Arc<str>> {
        if !self.clipboard.connected {
            return None;
        }
        let given = self.session.scratch.give_out()?;
        if let Some(path) = self.pose_file().filter(|_| given.is_pose)
            && let Err(error) = write(&path, &given.text)
        {
            self.toasts
                .push(Toast::new(Level::Error, error.to_string()));
        }
        Some(given.text)
    }

    fn pose_file(&self) -> Option<PathBuf> {
        let folders = self.folders.as_ref()?;
        Some(folders.state.join(FILE))
    }

    /// Takes over the pose that was copied before the program ended.
    pub fn recall_pose(&mut self) {
        let Some(path) = self.pose_file() else {
            return;
        };
        let size = std::fs::metadata(&path).map_or(0, |data| data.len());
        let fits = usize::try_from(size).is_ok_and(|size| size <= pose_text::LARGEST);
        if !path.exists() || !fits {
            return;
        }
        let text = std::fs::read_to_string(&path);
        let taken = text.map_err(|error| error.to_string());
        let taken = taken.and_then(|text| self.session.scratch.restore_pose(&text));
        if let Err(reason) = taken {
            let text = format!(
                "{}: the pose that was copied last is lost: {reason}",
                path.display()
            );
            self.toasts.push(Toast::new(Level::Warning, text));
        }
    }
}
