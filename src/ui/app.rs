//! The program without its window: one object that a window, a test or a headless run drives.

use egui::{Pos2, Rect, Ui};

use crate::eval::evaluator::DocumentEvaluator;
use crate::eval::keyed::KeyedDocument;
use crate::io::folders::Folders;
use crate::io::preferences::Preferences;
use crate::model::view::View;
use crate::ops::context::{Level, Picked, Report};
use crate::ops::event::Modifiers;
use crate::ops::registry::AnyOperator;
use crate::ops::runner::Session;
use crate::ui::acts::{Acts, BoneRef};
use crate::ui::clipboard::Clipboard;
use crate::ui::dialogs::Dialog;
use crate::ui::dialogs::native::Waiting;
use crate::ui::dialogs::recover::Answer;
use crate::ui::fonts;
use crate::ui::frame::FrameState;
use crate::ui::glide::Glide;
use crate::ui::hints::Hints;
use crate::ui::keymap::Keymap;
use crate::ui::menu_ui::PointerMenu;
use crate::ui::menus::Menus;
use crate::ui::panels::adjust::AdjustPopup;
use crate::ui::panels::viewport::pick;
use crate::ui::panels::{Pane, Panels};
use crate::ui::playback::Clock;
use crate::ui::pointer::Press;
use crate::ui::preferences::PreferencesPanel;
use crate::ui::recent::RecentFiles;
use crate::ui::search::Search;
use crate::ui::settings::Settings;
use crate::ui::theme::Theme;
use crate::ui::toasts::Toasts;
use crate::ui::unkeyed::Unkeyed;
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
    /// Files that were used lately.
    pub recent: RecentFiles,
    /// Where the program keeps what belongs to the user; none in tests and pictures: nothing is kept then.
    pub folders: Option<Folders>,
    /// The way to the system clipboard.
    pub clipboard: Clipboard,
    /// The panels' states.
    pub panels: Panels,
    /// Messages at the bottom of the window.
    pub toasts: Toasts,
    /// The bone under the pointer, in whichever panel.
    pub hover: Option<BoneRef>,
    /// The empty under the pointer, by its place in the document's list.
    pub hover_empty: Option<usize>,
    /// Whether the program should end.
    pub quit: bool,
    pub(super) settings: Settings,
    pub(super) preferences_panel: PreferencesPanel,
    /// What becomes of work that was left behind; whoever keeps it takes the answers out.
    pub answers: Vec<Answer>,
    pub(super) menus: Menus,
    /// Workspaces with their panels.
    pub workspaces: Workspaces,
    /// The frame around the panels.
    pub frame: FrameState,
    pub(super) poses: DocumentEvaluator,
    pub(super) keyed: KeyedDocument,
    /// What was changed and not keyed when the frame changed.
    pub(super) unkeyed: Unkeyed,
    pub(super) message: Option<Report>,
    pub(super) dialog: Option<Dialog>,
    pub(super) waiting: Option<Waiting>,
    pub(super) after_save: Option<Box<dyn AnyOperator>>,
    pub(super) menu: Option<PointerMenu>,
    pub(super) search: Search,
    pub(super) adjust_popup: Option<AdjustPopup>,
    pub(super) hints: Hints,
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
    pub(super) glide: Glide,
    pub(super) clock: Clock,
}

impl App {
    /// A program that shows this session.
    ///
    /// # Errors
    /// Where the bundled theme is wrong.
    pub fn new(session: Session) -> Result<Self, String> {
        let (keymap, keymap_errors) = Keymap::bundled();
        let settings = Settings::new(&keymap);
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
            recent: RecentFiles::default(),
            folders: None,
            clipboard: Clipboard::default(),
            panels: Panels::default(),
            toasts: Toasts::default(),
            hover: None,
            hover_empty: None,
            quit: false,
            settings,
            preferences_panel: PreferencesPanel::default(),
            answers: Vec::new(),
            menus,
            workspaces: Workspaces::default(),
            frame: FrameState::default(),
            poses: DocumentEvaluator::default(),
            keyed: KeyedDocument::default(),
            unkeyed: Unkeyed::default(),
            message,
            dialog: None,
            waiting: None,
            after_save: None,
            menu: None,
            search: Search::default(),
            adjust_popup: None,
            hints: Hints::default(),
            acts: Acts::default(),
            pointer: None,
            modifiers: Modifiers::default(),
            press: None,
            held: Vec::new(),
            panes: Vec::new(),
            pane: None,
            gesture: 0,
            wheel: 0.0,
            glide: Glide::default(),
            clock: Clock::default(),
        })
    }

    /// Gives fonts and look to egui; before the first frame.
    pub fn install(&self, ctx: &egui::Context) {
        ctx.set_fonts(fonts::definitions());
        self.apply_look(ctx);
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

    /// The view as it is drawn: its camera may still be on its way.
    pub fn shown_view(&self) -> &View {
        self.glide.view().unwrap_or(&self.session.view)
    }

    /// Which channels are animated, keyed at the current frame or changed.
    pub fn keyed(&self) -> &KeyedDocument {
        &self.keyed
    }

    /// What is held on the keyboard.
    pub fn modifiers(&self) -> Modifiers {
        self.modifiers
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
        let part = self.pointer.filter(|_| self.pane == Some(Pane::Timeline));
        let (document, view) = (&self.session.document, &self.session.view.timeline);
        let part = part.and_then(|at| self.panels.timeline.part_at(document, view, at));
        match part {
            Some(part) => part.key_contexts(),
            None if self.pane == Some(Pane::Properties) => self.panels.properties.contexts(),
            None => self.pane.map_or(&["window"], Pane::contexts),
        }
    }

    /// One frame: input of the pointer, drawing, then what the panels asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        if ctx.current_pass_index() == 0 {
            self.apply_changes(&ctx);
            self.look_up_recent(&ctx);
            self.take_pointer(&ctx);
            // An operator that follows the mouse keeps the panel it began in.
            if !self.session.is_running() {
                self.pane = self.keyed_pane(&ctx).or_else(|| self.find_pane(&ctx));
                self.note_pane();
            }
            self.take_files(&ctx);
            self.take_chosen_file();
            let now = ctx.input(|input| input.time);
            self.follow_clock(&ctx);
            self.note_focus(&ctx);
            let still = self.preferences.reduce_motion;
            if self.glide.follow(&self.session, now, still) {
                ctx.request_repaint();
            }
        }
        self.poses.evaluate(&self.session.document);
        self.follow_keys();
        let before = (
            self.hover,
            self.hover_empty,
            self.panels.viewport.gizmo.hover,
        );
        self.find_hover(&ctx);
        self.draw(ui);
        if (
            self.hover,
            self.hover_empty,
            self.panels.viewport.gizmo.hover,
        ) != before
        {
            ctx.request_repaint();
        }
        self.do_acts(&ctx);
        self.follow_keys();
        self.offer_keys(&ctx);
        self.show_cursor(&ctx);
        self.keep_layout_soon(&ctx);
        // The first frame does not wait for the disk.
        if ctx.cumulative_frame_nr() > 0 {
            self.keep_recent();
        }
    }

    /// The bone or empty under the pointer in the 3D view; other panels set it while they draw.
    fn find_hover(&mut self, ctx: &egui::Context) {
        let rect = self.panels.viewport.rect;
        let at = self.pointer.filter(|at| self.view_is_under(ctx, *at));
        if !self.session.is_running() {
            // While a transform runs its handle stays.
            self.panels.viewport.gizmo.hover = at.and_then(|at| self.handle_at(at));
        }
        let at = at.filter(|_| self.panels.viewport.gizmo.hover.is_none());
        let at = at.filter(|_| !self.session.is_running());
        let picked = at.and_then(|at| {
            let (document, view) = (&self.session.document, self.shown_view());
            pick::picked_at(document, view, &self.poses, rect, at)
        });
        self.hover = match picked {
            Some(Picked::Bone(rig, bone)) if self.session.view.shows_bones() => Some((rig, bone)),
            _ => None,
        };
        self.hover_empty = match picked {
            Some(Picked::Empty(place)) => Some(place),
            _ => None,
        };
    }
}
