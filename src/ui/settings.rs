//! What belongs to the user and outlives the session: preferences, own keys and colours, files used lately.
//!
//! Everything is read before the first frame and applied at once when it changes. A file is written only
//! when the user changed something; where a line of it could not be read, it is kept beside as `.bad` first.

use std::path::{Path, PathBuf};

use crate::io::atomic;
use crate::io::error::Error;
use crate::io::preferences::{self, KeyPreset, Preferences};
use crate::io::settings_text::{Fault, read};
use crate::ops::context::{Level, Report};
use crate::ops::outliner::ListAct;
use crate::ops::runner::Wish;
use crate::ops::runner::log::Line;
use crate::ui::app::App;
use crate::ui::keymap::edit::KeymapEdit;
use crate::ui::keymap::{self, Binding, Keymap};
use crate::ui::keys::Chord;
use crate::ui::panels::Pane;
use crate::ui::panels::adjust::AdjustPopup;
use crate::ui::theme;
use crate::ui::toasts::Toast;

/// A step of the interface's size.
const ZOOM_STEP: f32 = 0.1;

/// What the settings are made of.
pub struct Settings {
    /// The keys, with what the user changed.
    pub keys: KeymapEdit,
    /// The user's own colours, as the text of their file.
    own_theme: Option<String>,
    /// Files in which a line could not be read.
    faulty: Vec<&'static str>,
    /// Whether egui does not know of the last change yet.
    stale: bool,
    /// Whether the file does not have the last change yet.
    unwritten: bool,
}

impl Settings {
    /// These keys, and nothing of the user's own.
    pub fn new(keys: &Keymap) -> Self {
        Self {
            keys: KeymapEdit::new(keys),
            own_theme: None,
            faulty: Vec::new(),
            stale: false,
            unwritten: false,
        }
    }
}

/// A change that the user makes to the settings.
pub enum Change {
    /// Other preferences.
    Preferences(Box<Preferences>),
    /// Another key for a slot, or none.
    Bind(usize, Option<Chord>),
    /// A new binding.
    Add(Box<Binding>),
    /// All keys as they come with the program.
    ResetKeys,
}

impl App {
    /// Reads what the user keeps; before the first frame. What cannot be read is told and keeps its default.
    pub fn load_settings(&mut self) {
        let Some(folders) = self.folders.clone() else {
            return;
        };
        if let Some(text) = self.setting(&folders.config, preferences::FILE) {
            let (preferences, faults) = Preferences::parse(&text);
            self.preferences = preferences;
            self.tell_faults(preferences::FILE, &faults);
        }
        self.settings.own_theme = self.setting(&folders.config, theme::file::FILE);
        if self.settings.own_theme.is_some() || self.preferences.look != self.theme.look {
            self.choose_theme(true);
        }
        if self.preferences.keys != KeyPreset::Standard {
            self.settings.keys = self.preset_keys();
        }
        if let Some(text) = self.setting(&folders.config, keymap::FILE) {
            let faults = self.settings.keys.overlay(keymap::FILE, &text);
            self.tell_faults(keymap::FILE, &faults);
        }
        self.use_keys();
        self.session
            .set_undo_budget(self.preferences.undo_megabytes);
        self.recent.load(&folders);
    }

    /// The text of a file of settings; why it cannot be read is told.
    fn setting(&mut self, folder: &Path, file: &'static str) -> Option<String> {
        match read(&folder.join(file)) {
            Ok(text) => text,
            Err(fault) => {
                self.tell_faults(file, &[fault]);
                None
            }
        }
    }

    /// One toast a file; the log has every line.
    fn tell_faults(&mut self, file: &'static str, faults: &[Fault]) {
        let Some(first) = faults.first() else {
            return;
        };
        self.settings.faulty.push(file);
        let report = |text| Report {
            level: Level::Warning,
            text,
        };
        let lines = faults
            .iter()
            .map(|fault| Line::Report(report(fault.to_string())));
        lines.for_each(|line| self.session.log.push(line));
        let more = match faults.len() - 1 {
            0 => String::new(),
            more => format!(" (and {more} more, see the log)"),
        };
        self.toasts
            .push(Toast::new(Level::Warning, format!("{first}{more}")));
    }

    /// Takes the colours of the preferred look.
    fn choose_theme(&mut self, tell: bool) {
        match theme::file::theme(self.preferences.look, self.settings.own_theme.as_deref()) {
            Ok((theme, faults)) => {
                self.theme = theme;
                if tell {
                    self.tell_faults(theme::file::FILE, &faults);
                }
            }
            Err(message) => self.tell(Level::Error, message),
        }
    }

    /// The preferred preset without the user's own keys.
    fn preset_keys(&self) -> KeymapEdit {
        KeymapEdit::new(&Keymap::preset(self.preferences.keys).0)
    }

    fn use_keys(&mut self) {
        self.keymap = self.settings.keys.keymap();
        self.keymap.emulate_numpad = self.preferences.emulate_numpad;
    }

    /// Gives look, size and motion to egui where they changed.
    pub(super) fn apply_changes(&mut self, ctx: &egui::Context) {
        if std::mem::take(&mut self.settings.stale) {
            self.apply_look(ctx);
            // What was drawn in this frame has the old look.
            ctx.request_repaint();
        }
        // A value that is dragged is written once, when it is let go.
        let held = ctx.input(|input| input.pointer.any_down());
        if self.settings.unwritten && !held {
            self.settings.unwritten = false;
            let text = self.preferences.text();
            self.keep_setting(preferences::FILE, &text);
        }
    }

    /// Gives look, size and motion to egui.
    pub(super) fn apply_look(&self, ctx: &egui::Context) {
        self.theme.apply(ctx);
        ctx.set_zoom_factor(self.preferences.zoom);
        if self.preferences.reduce_motion {
            ctx.all_styles_mut(|style| {
                style.animation_time = 0.0;
                style.scroll_animation = egui::style::ScrollAnimation::none();
            });
        }
    }

    /// Makes a change of the user and keeps it.
    pub fn change_setting(&mut self, change: Change) {
        match change {
            Change::Preferences(preferences) => self.prefer(*preferences),
            Change::Bind(slot, chord) => self.settings.keys.bind(slot, chord),
            Change::Add(binding) => self.settings.keys.add(*binding),
            Change::ResetKeys => self.settings.keys.reset(),
        }
    }

    /// The keys were changed: they count from now on.
    pub(super) fn keep_keys(&mut self) {
        self.settings.keys.sweep();
        self.use_keys();
        let text = self.settings.keys.text();
        self.keep_setting(keymap::FILE, &text);
    }

    /// Takes other preferences and keeps them.
    pub fn prefer(&mut self, preferences: Preferences) {
        let before = std::mem::replace(&mut self.preferences, preferences);
        let now = &self.preferences;
        if *now == before {
            return;
        }
        if now.look != before.look {
            self.choose_theme(false);
        }
        if self.preferences.keys != before.keys {
            let own = self.settings.keys.text();
            self.settings.keys = self.preset_keys();
            // The text was just written from keys that were read.
            let _ = self.settings.keys.overlay(keymap::FILE, &own);
        }
        self.use_keys();
        self.session
            .set_undo_budget(self.preferences.undo_megabytes);
        self.settings.stale = true;
        self.settings.unwritten = true;
    }

    /// Writes a file of settings; a file that could not be read whole is kept first.
    fn keep_setting(&mut self, file: &'static str, text: &str) {
        let Some(folders) = &self.folders else {
            return;
        };
        let path = folders.config.join(file);
        let kept = match self.settings.faulty.contains(&file) {
            true => keep_bad(&path),
            false => Ok(()),
        };
        match kept.and_then(|()| write(&path, text)) {
            Ok(()) => self.settings.faulty.retain(|faulty| *faulty != file),
            Err(error) => self
                .toasts
                .push(Toast::new(Level::Error, error.to_string())),
        }
    }

    /// Does what an operator asked of the window.
    pub(super) fn grant(&mut self, wish: Wish) {
        match wish {
            Wish::Quit => self.quit = true,
            Wish::List(ListAct::RenameSet) => {
                self.show_panel(Pane::Properties);
                self.panels.properties.rename_set();
            }
            Wish::List(act) => self.panels.bones.ask(act),
            Wish::Frame(wish) => self.frame_wish(wish),
            Wish::Search => self.open_search(),
            Wish::Adjust => self.adjust_popup = Some(AdjustPopup::at(self.pointer)),
            Wish::FirstSteps => self.hints.show_again(),
            Wish::Preferences => self.preferences_panel.toggle(),
            Wish::Recent => self.recent_menu(),
            Wish::ForgetRecent => self.forget_recent(),
            Wish::Zoom(steps) => {
                let mut preferences = self.preferences.clone();
                preferences.zoom = stepped(preferences.zoom, steps);
                self.prefer(preferences);
            }
        }
    }
}

/// The size of the interface after some steps, on whole tenths; no step: the usual one.
pub fn stepped(zoom: f32, steps: i32) -> f32 {
    if steps == 0 {
        return 1.0;
    }
    let (min, max) = preferences::ZOOM;
    let tenths = (zoom / ZOOM_STEP).round() + steps as f32;
    (tenths / 10.0).clamp(min, max)
}

/// Writes a file whole or not at all, with its folder.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|source| Error::Write {
        path: folder.to_owned(),
        source,
    })?;
    atomic::output(path, text.as_bytes())
}

/// Keeps a file with a line that could not be read as `.bad`, unless there is one from before.
fn keep_bad(path: &Path) -> Result<(), Error> {
    let mut bad = path.as_os_str().to_owned();
    bad.push(".bad");
    let bad = PathBuf::from(bad);
    if bad.exists() || !path.exists() {
        return Ok(());
    }
    std::fs::copy(path, &bad)
        .map(|_| ())
        .map_err(|source| Error::Write { path: bad, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_goes_by_tenths_within_its_limits() {
        assert_eq!(stepped(1.0, 1), 1.1);
        assert_eq!(stepped(1.27, -1), 1.2);
        assert_eq!(stepped(3.0, 1), 3.0);
        assert_eq!(stepped(0.5, -1), 0.5);
        assert_eq!(stepped(2.2, 0), 1.0);
    }
}
