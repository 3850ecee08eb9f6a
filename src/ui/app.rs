//! The program without its window: one object that a window, a test or a headless run drives.

use egui::{Frame, Id, Panel, Pos2, Rect, Ui};

use crate::eval::evaluator::DocumentEvaluator;
use crate::io::folders::Folders;
use crate::io::preferences::Preferences;
use crate::ops::context::{Level, PanelKind, Place, Report};
use crate::ops::event::Modifiers;
use crate::ops::registry::AnyOperator;
use crate::ops::runner::Session;
use crate::ui::acts::{Acts, BoneRef};
use crate::ui::desk::Desk;
use crate::ui::dialogs::Dialog;
use crate::ui::dialogs::native::Waiting;
use crate::ui::fonts;
use crate::ui::frame::{ALONE, FrameState};
use crate::ui::keymap::Keymap;
use crate::ui::menu_bar;
use crate::ui::menu_ui::{MenuDesk, PointerMenu, pointer_menu};
use crate::ui::menus::Menus;
use crate::ui::panels::{Pane, Panels, viewport_pick};
use crate::ui::pointer::Press;
use crate::ui::status_bar::status_bar_ui;
use crate::ui::theme::{MENU_BAR, STATUS_BAR, Theme};
use crate::ui::toasts::Toasts;
use crate::ui::workspaces::Workspaces;

/// The program: a session and everything that shows it.
pub struct App {
    /// The document with its history.
    pub session: Session,
    /// Colours.
    pub theme: Theme,
    /// What keys do.
    pub keymap: Keymap,
    /// What the user prefers.
    pub preferences: Preferences,
    /// Where the program keeps what belongs to the user; none in tests and pictures: nothing is kept then.
    pub folders: Option<Folders>,
    /// The panels' states.
    pub panels: Panels,
    /// Messages at the bottom of the window.
    pub toasts: Toasts,
    /// The bone under the pointer, in whichever panel.
    pub hover: Option<BoneRef>,
    /// Whether the program should end.
    pub quit: bool,
    pub(super) menus: Menus,
    /// Workspaces with their panels.
    pub workspaces: Workspaces,
    /// The frame around the panels.
    pub frame: FrameState,
    pub(super) poses: DocumentEvaluator,
    pub(super) message: Option<Report>,
    pub(super) dialog: Option<Dialog>,
    pub(super) waiting: Option<Waiting>,
    pub(super) after_save: Option<Box<dyn AnyOperator>>,
    pub(super) menu: Option<PointerMenu>,
    pub(super) acts: Acts,
    pub(super) pointer: Option<Pos2>,
    pub(super) modifiers: Modifiers,
    pub(super) press: Option<Press>,
    /// The button that started each operator that follows the mouse, the innermost last.
    pub(super) held: Vec<Option<crate::ui::keys::Button>>,
    pub(super) panes: Vec<(Pane, Rect)>,
    /// The panel that keys go to.
    pub(super) pane: Option<Pane>,
    pub(super) gesture: u64,
    pub(super) wheel: f32,
}

impl App {
    /// A program that shows this session.
    ///
    /// # Errors
    /// Where the bundled theme is wrong.
    pub fn new(session: Session) -> Result<Self, String> {
        let (keymap, keymap_errors) = Keymap::bundled();
        let (menus, menu_errors) = Menus::bundled();
        let errors = keymap_errors
            .iter()
            .map(ToString::to_string)
            .chain(menu_errors);
        let message = errors
            .map(|text| Report {
                level: Level::Error,
                text,
            })
            .next();
        Ok(Self {
            session,
            theme: Theme::bundled(true)?,
            keymap,
            preferences: Preferences::default(),
            folders: None,
            panels: Panels::default(),
            toasts: Toasts::default(),
            hover: None,
            quit: false,
            menus,
            workspaces: Workspaces::default(),
            frame: FrameState::default(),
            poses: DocumentEvaluator::default(),
            message,
            dialog: None,
            waiting: None,
            after_save: None,
            menu: None,
            acts: Acts::default(),
            pointer: None,
            modifiers: Modifiers::default(),
            press: None,
            held: Vec::new(),
            panes: Vec::new(),
            pane: None,
            gesture: 0,
            wheel: 0.0,
        })
    }

    /// Gives fonts and look to egui; before the first frame.
    pub fn install(&self, ctx: &egui::Context) {
        ctx.set_fonts(fonts::definitions());
        self.theme.apply(ctx);
    }

    /// What the window's title says.
    pub fn title(&self) -> String {
        let mark = if self.session.unsaved() { "*" } else { "" };
        format!("{}{mark} — Keypose", self.document_name())
    }

    /// The name of the document's file, or what it will be called.
    pub fn document_name(&self) -> String {
        let file = &self.session.file;
        let path = file.path.as_ref().or(file.suggested.as_ref());
        let name = path.and_then(|path| path.file_name());
        name.map_or_else(
            || "Untitled".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    /// The last thing that was said to the user.
    pub fn message(&self) -> Option<&Report> {
        self.message.as_ref()
    }

    /// What is held on the keyboard.
    pub fn modifiers(&self) -> Modifiers {
        self.modifiers
    }

    /// The place that calls come from: the 3D view, wherever they were made.
    pub(super) fn place(&self) -> Place {
        let rect = self.panels.viewport.rect;
        if !rect.is_positive() {
            return Place::default();
        }
        let size = glam::Vec2::new(rect.width(), rect.height());
        Place {
            panel: PanelKind::View3d,
            size,
        }
    }

    /// The panel under the pointer; none where a menu or a dialog is over it.
    fn find_pane(&self, ctx: &egui::Context) -> Option<Pane> {
        let at = self.pointer?;
        let layer = ctx.layer_id_at(at);
        let covered = layer.is_some_and(|layer| layer.order > egui::Order::Middle);
        let mut panes = self
            .panes
            .iter()
            .filter(|_| !covered && self.dialog.is_none());
        let found = panes.find(|(_, rect)| rect.contains(at));
        found.map(|(pane, _)| *pane)
    }

    /// The contexts of the keymap that keys go to now, narrowest first.
    pub(super) fn contexts(&self) -> &'static [&'static str] {
        self.pane.map_or(&["window"], Pane::contexts)
    }

    /// One frame: input of the pointer, drawing, then what the panels asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        if ctx.current_pass_index() == 0 {
            self.take_pointer(&ctx);
            // An operator that follows the mouse keeps the panel it began in.
            if !self.session.is_running() {
                self.pane = self.keyed_pane(&ctx).or_else(|| self.find_pane(&ctx));
                self.note_pane();
            }
            self.take_files(&ctx);
            self.take_chosen_file();
        }
        self.poses.evaluate(&self.session.document);
        let before = self.hover;
        self.find_hover(&ctx);
        self.draw(ui);
        if self.hover != before {
            ctx.request_repaint();
        }
        self.do_acts(&ctx);
        self.show_cursor(&ctx);
        self.keep_layout_soon(&ctx);
    }

    /// The bone under the pointer in the 3D view; other panels set it while they draw.
    fn find_hover(&mut self, ctx: &egui::Context) {
        let rect = self.panels.viewport.rect;
        let at = self.pointer.filter(|at| self.view_is_under(ctx, *at));
        let at = at.filter(|_| !self.session.is_running() && self.session.view.overlays);
        self.hover = at.and_then(|at| {
            let (document, view) = (&self.session.document, &self.session.view);
            viewport_pick::bone_at(document, view, &self.poses, rect, at)
        });
    }

    fn draw(&mut self, ui: &mut Ui) {
        let base = Frame::new().fill(*self.theme.base);
        if !self.frame.hides_bars() {
            self.bars(ui, base);
        }
        let rest = base.inner_margin(egui::Margin::symmetric(4, 0));
        egui::CentralPanel::default()
            .frame(rest)
            .show(ui, |ui| self.tiles(ui));
        self.pointer_menu(ui.ctx());
        self.dialog_ui(ui.ctx());
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
        let last = self.session.last().map(AnyOperator::boxed_clone);
        let desk = Desk {
            document: &self.session.document,
            view: &self.session.view,
            file: &self.session.file,
            theme: &self.theme,
            preferences: &self.preferences,
            log: &self.session.log,
            keymap: &self.keymap,
            poses: &self.poses,
            running,
            last,
            modifiers: self.modifiers,
            gesture: self.gesture,
            hover: &mut self.hover,
            acts: &mut self.acts,
        };
        (desk, &mut self.panels, &mut self.workspaces.current.tree)
    }

    fn status_bar(&mut self, ui: &mut Ui) {
        let alone = self.frame.is_maximised().then_some(ALONE);
        let contexts = alone.iter().chain(self.contexts()).copied();
        let contexts: Vec<&str> = contexts.collect();
        let message = self.message.clone();
        let (desk, _, _) = self.parts();
        status_bar_ui(ui, &desk, &contexts, message.as_ref());
    }

    fn menu_bar(&mut self, ui: &mut Ui) {
        let name = self.document_name();
        let (place, unsaved, view) = (
            self.place(),
            self.session.unsaved(),
            self.session.view.clone(),
        );
        let marks = self.marks();
        let Self {
            session,
            theme,
            keymap,
            menus,
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
            acts,
        };
        let middle = ui.max_rect().center().x;
        let room = menu_bar::menu_bar_ui(ui, &mut desk, menus, &name, unsaved);
        self.workspace_tabs(ui, room, middle);
    }

    fn pointer_menu(&mut self, ctx: &egui::Context) {
        let Some(menu) = self.menu.take() else {
            return;
        };
        let (place, view) = (self.place(), self.session.view.clone());
        let marks = self.marks();
        let Self {
            session,
            theme,
            keymap,
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
            acts,
        };
        if pointer_menu(ctx, &mut desk, &menu) {
            self.menu = Some(menu);
        }
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
