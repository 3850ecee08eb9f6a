//! How the program runs operators: it asks before unsaved work is dropped, asks for files and menu items,
//! and tells what came of it.

use std::path::Path;

use crate::ops::armature::place;
use crate::ops::call;
use crate::ops::context::{Level, Report};
use crate::ops::event::EventKind;
use crate::ops::operator::Start;
use crate::ops::props::Value;
use crate::ops::registry::{self, AnyOperator};
use crate::ops::runner::log::Line;
use crate::ops::runner::{Asked, Outcome, Status};
use crate::ui::acts::{Act, quoted};
use crate::ui::app::App;
use crate::ui::dialogs::Dialog;
use crate::ui::dialogs::files::FileDialog;
use crate::ui::dialogs::form::FormDialog;
use crate::ui::keys::Button;
use crate::ui::menu_ui::PointerMenu;
use crate::ui::menus;
use crate::ui::panels::Pane;
use crate::ui::panels::collections::menu;

/// The call that ends the program.
const QUIT: &str = "wm.quit_blender";
/// The call that saves.
const SAVE: &str = "wm.save_mainfile";
/// The call that opens the bundled character.
const MANNEQUIN: &str = "wm.read_homefile(mannequin: true)";

impl App {
    /// Starts an operator as a key or a menu does.
    pub fn start(&mut self, ctx: &egui::Context, op: Box<dyn AnyOperator>) {
        self.start_held(ctx, op, None);
    }

    /// Starts an operator whose button is held down.
    pub(super) fn start_held(
        &mut self,
        ctx: &egui::Context,
        op: Box<dyn AnyOperator>,
        button: Option<Button>,
    ) {
        if self.waits_for_text(op.as_ref()) {
            return;
        }
        if op.info().discards && self.session.unsaved() {
            self.session.cancel();
            self.held.clear();
            self.dialog = Some(Dialog::Unsaved(op));
            return;
        }
        let event = self.event(EventKind::Start);
        let playing = self.session.playing().filter(|_| op.info().frame_change);
        match self.session.invoke(op, self.place(), &event) {
            Ok(outcome) => {
                if outcome.status == Status::Running {
                    self.held.push(button);
                    self.clock.go_on = playing.map(|playing| playing.reverse);
                }
                self.settle(outcome);
            }
            Err(asked) => self.ask(ctx, asked),
        }
        if !self.session.is_running() {
            self.held.clear();
        }
    }

    /// Asks for what an operator needs before it can run.
    fn ask(&mut self, ctx: &egui::Context, Asked { op, start }: Asked) {
        match start {
            Start::Exec | Start::Run => {
                let outcome = self.session.run(op, self.place());
                self.settle(outcome);
            }
            Start::OpenFile(extensions) => self.ask_file(ctx, op, false, extensions),
            Start::SaveFile(extensions) => self.ask_file(ctx, op, true, extensions),
            Start::Form => self.dialog = Some(Dialog::Form(Box::new(FormDialog::new(op)))),
            Start::Menu(parameter) => {
                let at = self.pointer.unwrap_or(self.panels.viewport.rect.center());
                let title = op.info().label.to_owned();
                let entries = match parameter {
                    place::INDEX => menu::targets(op.as_ref(), &self.session.document),
                    _ => menus::each(op.as_ref(), parameter),
                };
                self.menu = Some(PointerMenu { at, title, entries });
            }
            Start::Offer(offers) => {
                let at = self.pointer.unwrap_or(self.panels.viewport.rect.center());
                let title = op.info().label.to_owned();
                let entries = offers.iter().filter_map(menus::offered).collect();
                self.menu = Some(PointerMenu { at, title, entries });
            }
            Start::Refuse(text) => self.tell(Level::Error, text),
        }
    }

    fn ask_file(
        &mut self,
        ctx: &egui::Context,
        op: Box<dyn AnyOperator>,
        save: bool,
        extensions: &'static [&'static str],
    ) {
        let file = &self.session.file;
        let suggested = file.path.as_ref().or(file.suggested.as_ref()).cloned();
        // A document without a file goes where the user worked last.
        let suggested = suggested.or_else(|| self.recent.beside_newest());
        let dialog = FileDialog::new(op, save, extensions, suggested);
        self.ask_with(ctx, dialog);
    }

    /// Runs an operator with the file that was chosen.
    pub(super) fn run_with_file(&mut self, mut op: Box<dyn AnyOperator>, path: &Path) {
        if let Some(Value::Text(text)) = menus::value(op.as_mut(), "filepath") {
            *text = path.to_string_lossy().into_owned();
        }
        let outcome = self.session.run(op, self.place());
        self.settle(outcome);
    }

    /// Gives an event to the operator that follows the mouse.
    pub(super) fn send(&mut self, ctx: &egui::Context, kind: EventKind) {
        let event = self.event(kind);
        let Some(outcome) = self.session.event(&event) else {
            return;
        };
        ctx.request_repaint();
        if outcome.status != Status::Running {
            self.held.pop();
        }
        if !self.session.is_running() {
            self.held.clear();
        }
        self.settle(outcome);
    }

    /// Tells what came of a call and does what it asked of the window.
    fn settle(&mut self, outcome: Outcome) {
        self.follow_keys();
        let worst = outcome
            .reports
            .into_iter()
            .max_by_key(|report| report.level);
        if let Some(report) = worst {
            self.message = Some(report);
        } else if outcome.status == Status::Finished {
            self.message = None;
        }
        for wish in std::mem::take(&mut self.session.wishes) {
            self.grant(wish);
        }
        let saved = outcome.status == Status::Finished && !self.session.unsaved();
        if saved && let Some(op) = self.after_save.take() {
            let outcome = self
                .session
                .invoke(op, self.place(), &self.event(EventKind::Start));
            match outcome {
                Ok(outcome) => self.settle(outcome),
                Err(asked) => self.dialog = asked_dialog(asked, self.session.file.path.clone()),
            }
        }
    }

    /// Shows a message.
    pub fn tell(&mut self, level: Level, text: impl Into<String>) {
        let report = Report {
            level,
            text: text.into(),
        };
        let log = &mut self.session.log;
        // What a call had to say is in the log already.
        let last = log.lines().next_back().map(|(_, line)| line.clone());
        let line = Line::Report(report.clone());
        if last.as_ref() != Some(&line) {
            log.push(line);
        }
        self.message = Some(report);
    }

    /// Saves first, then goes on with what would have dropped the document.
    pub(super) fn save_then(&mut self, ctx: &egui::Context, op: Box<dyn AnyOperator>) {
        self.after_save = Some(op);
        match registry::find(SAVE) {
            Some(entry) => self.start(ctx, entry.make()),
            None => self.tell(Level::Error, "Saving is not available"),
        }
    }

    /// Goes on although the document is dropped.
    pub(super) fn drop_and(&mut self, ctx: &egui::Context, op: Box<dyn AnyOperator>) {
        let event = self.event(EventKind::Start);
        match self.session.invoke(op, self.place(), &event) {
            Ok(outcome) => self.settle(outcome),
            Err(asked) => self.ask(ctx, asked),
        }
    }

    /// The window is to be closed.
    pub fn close_requested(&mut self, ctx: &egui::Context) {
        match registry::find(QUIT) {
            Some(entry) => self.start(ctx, entry.make()),
            None => self.quit = true,
        }
    }

    /// Does what the panels asked for while they drew.
    pub(super) fn do_acts(&mut self, ctx: &egui::Context) {
        let acts = self.acts.take();
        if acts.is_empty() {
            return;
        }
        ctx.request_repaint();
        for act in acts {
            if let Some(act) = self.queued(act) {
                self.do_act(ctx, act);
            }
        }
    }

    pub(super) fn do_act(&mut self, ctx: &egui::Context, act: Act) {
        match act {
            Act::Several(acts) => acts.into_iter().for_each(|act| self.do_act(ctx, act)),
            Act::Start(op) => self.start(ctx, op),
            Act::Run(op, merge_key) => {
                if self.waits_for_text(op.as_ref()) {
                    return;
                }
                let outcome = self.session.run_merged(op, self.place(), &merge_key);
                self.settle(outcome);
            }
            Act::Adjust(op) => {
                let outcome = self.session.adjust(op);
                self.settle(outcome);
            }
            Act::OpenMannequin => match call::parse(MANNEQUIN) {
                Ok(op) => self.start(ctx, op),
                Err(error) => self.tell(Level::Error, error.to_string()),
            },
            Act::Menu(title, entries) => {
                let at = self.pointer.unwrap_or(self.panels.viewport.rect.center());
                self.menu = Some(PointerMenu { at, title, entries });
            }
            Act::Context(title, panel, more) => self.open_context(title, panel, more),
            Act::Nothing => {}
            Act::About => self.dialog = Some(Dialog::About),
            Act::ShowLog => self.show_panel(Pane::Log),
            Act::Fail(text) => self.tell(Level::Error, text),
        }
    }

    /// Opens the menu at the pointer that a panel has.
    pub(super) fn open_context(&mut self, title: String, panel: &str, more: Vec<menus::Entry>) {
        let mut entries = self.menus.context(panel).to_vec();
        entries.extend(more);
        if let Some(at) = self.pointer.filter(|_| !entries.is_empty()) {
            self.menu = Some(PointerMenu { at, title, entries });
        }
    }

    /// Takes files that were dropped on to the window.
    pub(super) fn take_files(&mut self, ctx: &egui::Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        for file in dropped {
            self.open(ctx, file.path());
        }
    }

    /// Opens a document, or brings in a model: in place of an untouched scene without a file of its own,
    /// else beside what is there.
    pub fn open(&mut self, ctx: &egui::Context, path: &Path) {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let model = matches!(extension.as_deref(), Some("glb" | "gltf"));
        let text = quoted(&path.to_string_lossy());
        let untouched = !self.session.unsaved() && self.session.file.path.is_none();
        if model && untouched && !self.session.document.rigs.is_empty() {
            self.run_text("wm.read_homefile()");
        }
        let call = if model {
            format!("import_scene.gltf(filepath: {text})")
        } else {
            format!("wm.open_mainfile(filepath: {text})")
        };
        match call::parse(&call) {
            Ok(op) if op.info().discards && self.session.unsaved() => {
                self.dialog = Some(Dialog::Unsaved(op));
            }
            Ok(op) => {
                let outcome = self.session.run(op, self.place());
                self.settle(outcome);
            }
            Err(error) => self.tell(Level::Error, error.to_string()),
        }
        ctx.request_repaint();
    }

    fn run_text(&mut self, text: &str) {
        if let Ok(op) = call::parse(text) {
            let outcome = self.session.run(op, self.place());
            self.settle(outcome);
        }
    }
}

/// The dialog that asks for a file; without the desktop's own, as another dialog was just closed.
fn asked_dialog(asked: Asked, suggested: Option<std::path::PathBuf>) -> Option<Dialog> {
    let (save, extensions) = match asked.start {
        Start::OpenFile(extensions) => (false, extensions),
        Start::SaveFile(extensions) => (true, extensions),
        Start::Exec
        | Start::Run
        | Start::Menu(_)
        | Start::Offer(_)
        | Start::Form
        | Start::Refuse(_) => {
            return None;
        }
    };
    Some(Dialog::File(Box::new(FileDialog::new(
        asked.op, save, extensions, suggested,
    ))))
}
