//! Drawing a frame: bars, tiles, and what floats over them. Each part gets a desk lent from the program.

use egui::{Frame, Id, Panel, Ui};

use crate::ops::registry::AnyOperator;
use crate::ui::app::App;
use crate::ui::desk::Desk;
use crate::ui::frame::ALONE;
use crate::ui::input::PLAYING;
use crate::ui::menu_bar;
use crate::ui::menu_ui::{MenuDesk, pointer_menu};
use crate::ui::menus::Menus;
use crate::ui::panels::{Pane, Panels};
use crate::ui::status_bar::status_bar_ui;
use crate::ui::theme::{MENU_BAR, STATUS_BAR};

impl App {
    /// Draws everything; nothing of the document is changed.
    pub(super) fn draw(&mut self, ui: &mut Ui) {
        let base = Frame::new().fill(*self.theme.base);
        if !self.frame.hides_bars() {
            self.bars(ui, base);
        }
        let rest = base.inner_margin(egui::Margin::symmetric(4, 0));
        egui::CentralPanel::default()
            .frame(rest)
            .show(ui, |ui| self.tiles(ui));
        self.hints_ui(ui.ctx());
        self.preferences_ui(ui.ctx());
        self.pointer_menu(ui.ctx());
        self.adjust_popup_ui(ui.ctx());
        self.search_ui(ui.ctx());
        self.dialog_ui(ui.ctx());
        let still = self.preferences.reduce_motion;
        let strip = self.panels.viewport.strip();
        let toasts = &mut self.toasts;
        toasts.ui(ui.ctx(), &self.theme, strip, still, &mut self.acts);
        self.drop_hint(ui.ctx());
    }

    fn bars(&mut self, ui: &mut Ui, base: Frame) {
        let bar = Panel::top("menu bar").exact_size(MENU_BAR).resizable(false);
        bar.frame(base)
            .show_separator_line(false)
            .show(ui, |ui| self.menu_bar(ui));
        let bar = Panel::bottom("status bar")
            .exact_size(STATUS_BAR)
            .resizable(false);
        bar.frame(base)
            .show_separator_line(false)
            .show(ui, |ui| self.status_bar(ui));
    }

    /// What panels read and write, and the panels with their arrangement.
    pub(super) fn parts(&mut self) -> (Desk<'_>, &mut Panels, &mut egui_tiles::Tree<Pane>) {
        let running = self.session.running();
        let running = running.map(|(op, header)| (op.info(), header));
        let changing = self.session.changing();
        let changing = changing.filter(|op| !op.info().frame_change);
        let last = changing.or_else(|| self.session.last());
        let last = last.map(AnyOperator::boxed_clone);
        let playback = self.playback_shown();
        let desk = Desk {
            document: &self.session.document,
            view: self.glide.view().unwrap_or(&self.session.view),
            file: &self.session.file,
            unsaved: self.session.unsaved(),
            theme: &self.theme,
            preferences: &self.preferences,
            recent: self.recent.files(),
            log: &self.session.log,
            keymap: &self.keymap,
            poses: &self.poses,
            keyed: &self.keyed,
            running,
            last,
            playback,
            modifiers: self.modifiers,
            gesture: self.gesture,
            hover: &mut self.hover,
            hover_empty: &mut self.hover_empty,
            acts: &mut self.acts,
        };
        (desk, &mut self.panels, &mut self.workspaces.current.tree)
    }

    fn status_bar(&mut self, ui: &mut Ui) {
        let alone = self.frame.is_maximised().then_some(ALONE);
        // Without a rig there is nothing to pose: its keys are no help.
        let posing = !self.session.document.rigs.is_empty();
        let playing = self.session.playing().map(|_| PLAYING);
        let first = playing.into_iter().chain(alone);
        let contexts = first.chain(self.contexts().iter().copied());
        let contexts = contexts.filter(|context| posing || *context != "pose");
        let mut contexts: Vec<&str> = contexts.collect();
        if self.dialog.is_some() {
            // A dialog takes no keys but its own.
            contexts.clear();
        }
        let message = self.message.clone();
        let (mut desk, _, _) = self.parts();
        status_bar_ui(ui, &mut desk, &contexts, message.as_ref());
    }

    fn menu_bar(&mut self, ui: &mut Ui) {
        let (name, unsaved) = (self.document_name(), self.session.unsaved());
        let middle = ui.max_rect().center().x;
        let focus = std::mem::take(&mut self.frame.focus_menus);
        let room = self.with_menus(focus, |desk, menus| {
            menu_bar::menu_bar_ui(ui, desk, menus, &name, unsaved)
        });
        self.workspace_tabs(ui, room, middle);
    }

    fn pointer_menu(&mut self, ctx: &egui::Context) {
        let Some(menu) = self.menu.take() else {
            return;
        };
        if self.with_menus(false, |desk, _| pointer_menu(ctx, desk, &menu)) {
            self.menu = Some(menu);
        }
    }

    /// Shows menus with what they need; `focus` gives the keyboard to the menu bar.
    fn with_menus<R>(&mut self, focus: bool, show: impl FnOnce(&mut MenuDesk, &Menus) -> R) -> R {
        let (place, view) = (self.place(), self.session.view.clone());
        let marks = self.marks();
        let Self {
            session,
            theme,
            keymap,
            menus,
            recent,
            acts,
            ..
        } = self;
        let mut poll = |op: &dyn AnyOperator| session.poll(op, place);
        let mut desk = MenuDesk {
            theme,
            keymap,
            view,
            marks,
            poll: &mut poll,
            recent: recent.files(),
            focus,
            acts,
        };
        show(&mut desk, menus)
    }

    /// A frame around everything while files are held over the window.
    fn drop_hint(&self, ctx: &egui::Context) {
        if ctx.input(|input| input.raw.hovered_files.is_empty()) {
            return;
        }
        let layer = egui::LayerId::new(egui::Order::Foreground, Id::unique("drop hint"));
        let rect = ctx.content_rect().shrink(4.0);
        let stroke = egui::Stroke::new(2.0, self.theme.accent);
        let painter = ctx.layer_painter(layer);
        painter.rect_stroke(rect, 6, stroke, egui::StrokeKind::Inside);
    }
}
