//! The desktop's own file dialog, waited for in a thread. Where there is none, the one inside the window.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use crate::ui::app::App;
use crate::ui::dialogs::Dialog;
use crate::ui::dialogs::files::FileDialog;

/// Nobody cancels a dialog this fast: an answer of nothing means that the desktop has none.
const TOO_FAST: Duration = Duration::from_millis(300);

/// A dialog of the desktop that is open.
pub struct Waiting {
    dialog: FileDialog,
    answer: Receiver<Option<PathBuf>>,
    since: Instant,
}

impl App {
    /// Asks with the desktop's dialog where there may be one, else inside the window.
    pub(in crate::ui) fn ask_with(&mut self, ctx: &egui::Context, dialog: FileDialog) {
        if !desktop_has_dialogs() {
            self.dialog = Some(Dialog::File(Box::new(dialog)));
            return;
        }
        let mut native = rfd::AsyncFileDialog::new()
            .set_title(dialog.op.info().label)
            .add_filter(dialog.extensions.join(", "), dialog.extensions)
            .set_directory(dialog.folder());
        if let Some(name) = Path::new(&dialog.typed).file_name().filter(|_| dialog.save) {
            native = native.set_file_name(name.to_string_lossy());
        }
        let (sender, answer) = channel();
        let ctx = ctx.clone();
        let save = dialog.save;
        std::thread::spawn(move || {
            let chosen = if save {
                pollster::block_on(native.save_file())
            } else {
                pollster::block_on(native.pick_file())
            };
            // Nobody listens any more if the window was closed meanwhile.
            let _ = sender.send(chosen.map(|file| file.path().to_owned()));
            ctx.request_repaint();
        });
        self.waiting = Some(Waiting {
            dialog,
            answer,
            since: Instant::now(),
        });
    }

    /// Takes the file that was chosen in the desktop's dialog.
    pub(in crate::ui) fn take_chosen_file(&mut self) {
        let Some(waiting) = self.waiting.take() else {
            return;
        };
        match waiting.answer.try_recv() {
            Ok(Some(path)) => self.run_with_file(waiting.dialog.op, &path),
            Ok(None) if waiting.since.elapsed() < TOO_FAST => {
                self.dialog = Some(Dialog::File(Box::new(waiting.dialog)));
            }
            Ok(None) | Err(TryRecvError::Disconnected) => self.after_save = None,
            Err(TryRecvError::Empty) => self.waiting = Some(waiting),
        }
    }
}

/// Whether a desktop that shows dialogs can be reached at all.
fn desktop_has_dialogs() -> bool {
    if cfg!(not(target_os = "linux")) {
        return true;
    }
    std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty())
        || std::env::var_os("XDG_RUNTIME_DIR")
            .is_some_and(|folder| Path::new(&folder).join("bus").exists())
}
