//! Dialogs: before unsaved work is dropped, for a file where the desktop offers none, and about the program.

pub mod about;
pub mod files;
pub mod form;
pub mod native;
pub mod recover;
pub mod unsaved;

use egui::{Frame, Id, Modal, Ui};

use crate::ops::registry::AnyOperator;
use crate::ui::acts::Act;
use crate::ui::app::App;
use crate::ui::dialogs::files::{Answer, FileDialog};
use crate::ui::dialogs::form::FormDialog;
use crate::ui::dialogs::unsaved::Choice;

/// What is asked of the user.
pub enum Dialog {
    /// The operator would drop unsaved work.
    Unsaved(Box<dyn AnyOperator>),
    /// An operator needs a file.
    File(Box<FileDialog>),
    /// An operator needs parameters.
    Form(Box<FormDialog>),
    /// What the program is.
    About,
    /// Work that was left behind when the program ended without saving it.
    Recover(Vec<recover::Offer>),
}

impl App {
    /// Shows the dialog that is open, if one is.
    pub(in crate::ui) fn dialog_ui(&mut self, ctx: &egui::Context) {
        let Some(dialog) = self.dialog.take() else {
            return;
        };
        match dialog {
            Dialog::Unsaved(op) => self.unsaved_dialog(ctx, op),
            Dialog::File(dialog) => self.file_dialog(ctx, dialog),
            Dialog::Form(dialog) => self.form_dialog(ctx, dialog),
            Dialog::Recover(offers) => self.recover_dialog(ctx, offers),
            Dialog::About => {
                let done = framed(ctx, "about", |ui| about::about_ui(ui, &self.theme));
                if !done {
                    self.dialog = Some(Dialog::About);
                }
            }
        }
    }

    fn unsaved_dialog(&mut self, ctx: &egui::Context, op: Box<dyn AnyOperator>) {
        let name = self.document_name();
        let choice = framed(ctx, "unsaved", |ui| {
            unsaved::unsaved_ui(ui, &self.theme, &name)
        });
        match choice {
            None => self.dialog = Some(Dialog::Unsaved(op)),
            Some(Choice::Cancel) => {}
            Some(Choice::Save) => self.save_then(ctx, op),
            Some(Choice::Drop) => self.drop_and(ctx, op),
        }
        if choice.is_some() {
            ctx.request_repaint();
        }
    }

    fn form_dialog(&mut self, ctx: &egui::Context, mut dialog: Box<FormDialog>) {
        let choice = framed(ctx, "form", |ui| dialog.ui(ui, &self.theme));
        match choice {
            None => self.dialog = Some(Dialog::Form(dialog)),
            Some(form::Choice::Cancel) => ctx.request_repaint(),
            Some(form::Choice::Run) => {
                self.acts.push(Act::Run(dialog.op, String::new()));
                ctx.request_repaint();
            }
        }
    }

    fn file_dialog(&mut self, ctx: &egui::Context, mut dialog: Box<FileDialog>) {
        let answer = framed(ctx, "file", |ui| dialog.ui(ui, &self.theme));
        match answer {
            Answer::Open => self.dialog = Some(Dialog::File(dialog)),
            Answer::Cancel => self.after_save = None,
            Answer::File(path) => {
                self.run_with_file(dialog.op, &path);
                ctx.request_repaint();
            }
        }
    }
}

/// A dialog in the middle of the window, with everything else dimmed.
fn framed<T>(ctx: &egui::Context, name: &str, content: impl FnOnce(&mut Ui) -> T) -> T {
    let frame = Frame::popup(&ctx.global_style()).inner_margin(egui::Margin::same(16));
    Modal::new(Id::unique(("dialog", name)))
        .frame(frame)
        .backdrop_color(egui::Color32::from_black_alpha(102))
        .show(ctx, content)
        .inner
}
