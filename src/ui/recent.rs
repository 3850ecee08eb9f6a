//! The files that were used lately: remembered from the log of calls, so that operators need not know of it.

use std::path::{Path, PathBuf};

use crate::io::folders::Folders;
use crate::io::recent::{FILE, Recent, Recents};
use crate::io::settings_text::read;
use crate::ops::call;
use crate::ops::context::Level;
use crate::ops::props::Value;
use crate::ops::registry::AnyOperator;
use crate::ops::runner::Status;
use crate::ops::runner::log::{Called, Line};
use crate::ui::app::App;
use crate::ui::menu_ui::PointerMenu;
use crate::ui::menus;
use crate::ui::settings::write;
use crate::ui::toasts::Toast;

/// Seconds for which it is taken as known which of the files are there.
const LOOK_UP: f64 = 2.0;

/// The list, and how far it is up to date.
#[derive(Default)]
pub struct RecentFiles {
    list: Recents,
    /// The line of the log up to which files are remembered.
    seen: u64,
    /// When the files were looked up last, seconds of the interface's clock.
    looked: Option<f64>,
}

impl RecentFiles {
    /// The files, the newest first.
    pub fn files(&self) -> &[Recent] {
        self.list.files()
    }

    /// A name for a new document beside the newest file.
    pub fn beside_newest(&self) -> Option<PathBuf> {
        let newest = self.files().first()?;
        Some(newest.path.with_file_name("Untitled.keypose"))
    }

    /// Reads the list of the user.
    pub fn load(&mut self, folders: &Folders) {
        // A list that cannot be read is no loss that anybody needs to hear of.
        let text = read(&folders.state.join(FILE)).ok().flatten();
        self.list = Recents::parse(&text.unwrap_or_default()).0;
        self.looked = None;
    }
}

impl App {
    /// Remembers the files that were opened, imported or saved since the last frame.
    pub(super) fn keep_recent(&mut self) {
        let next = self.session.log.next();
        if next == self.recent.seen {
            return;
        }
        let seen = std::mem::replace(&mut self.recent.seen, next);
        let lines = self
            .session
            .log
            .lines()
            .filter(|(number, _)| *number >= seen);
        let called = lines.filter_map(|(_, line)| match line {
            Line::Call(called) if called.status == Status::Finished => used_file(called),
            _ => None,
        });
        let used: Vec<Used> = called.collect();
        let state = self.folders.as_ref().map(|folders| folders.state.clone());
        let own = |path: &Path| state.as_ref().is_some_and(|state| path.starts_with(state));
        let files = used.into_iter().filter_map(|used| match used {
            Used::Named(path) => std::path::absolute(path).ok(),
            Used::Document => self.session.file.path.clone(),
        });
        let files: Vec<PathBuf> = files.filter(|path| !own(path)).collect();
        if !files.is_empty() {
            // Another window of the program may have added some meanwhile.
            if let Some(folders) = &self.folders {
                self.recent.load(folders);
            }
            for path in &files {
                self.recent.list.add(path);
            }
            self.write_recent();
        }
    }

    fn write_recent(&mut self) {
        self.recent.looked = None;
        let Some(folders) = &self.folders else {
            return;
        };
        if let Err(error) = write(&folders.state.join(FILE), &self.recent.list.text()) {
            self.toasts
                .push(Toast::new(Level::Error, error.to_string()));
        }
    }

    /// Looks up which of the recent files are there, while they are shown.
    pub(super) fn look_up_recent(&mut self, ctx: &egui::Context) {
        let shown = self.session.document.rigs.is_empty() || egui::Popup::is_any_open(ctx);
        let now = ctx.input(|input| input.time);
        let known = self
            .recent
            .looked
            .is_some_and(|looked| now - looked < LOOK_UP);
        if shown && !known {
            self.recent.looked = Some(now);
            self.recent.list.look_up();
        }
    }

    /// Forgets all of them; the files stay.
    pub(super) fn forget_recent(&mut self) {
        self.recent.list.clear();
        self.write_recent();
    }

    /// The recent files, at the pointer.
    pub(super) fn recent_menu(&mut self) {
        let entries = self.menus.recent().to_vec();
        let at = self.pointer.unwrap_or(self.panels.viewport.rect.center());
        self.recent.looked = None;
        self.menu = Some(PointerMenu {
            at,
            title: "Open Recent".to_owned(),
            entries,
        });
    }
}

/// A file that a call used.
enum Used {
    /// The one it names.
    Named(String),
    /// That of the document.
    Document,
}

fn used_file(called: &Called) -> Option<Used> {
    match called.id {
        "wm.open_mainfile" | "import_scene.gltf" => {
            let mut op = call::parse(&called.text).ok()?;
            filepath(op.as_mut()).map(Used::Named)
        }
        "wm.save_mainfile" | "wm.save_as_mainfile" => Some(Used::Document),
        _ => None,
    }
}

fn filepath(op: &mut dyn AnyOperator) -> Option<String> {
    match menus::value(op, "filepath") {
        Some(Value::Text(path)) if !path.is_empty() => Some(path.clone()),
        _ => None,
    }
}
