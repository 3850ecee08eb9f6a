//! What the program does about the frame around the panels: one panel alone, keys to another panel, workspaces
//! and what is remembered of them.

use egui::{Context, CursorIcon, Id, Pos2, Rect};

use crate::ops::call;
use crate::ops::context::Level;
use crate::ops::frame::{Direction, FrameWish};
use crate::ui::acts::Act;
use crate::ui::app::App;
use crate::ui::endless::Endless;
use crate::ui::layout_file::{self, Layout, WindowPlace};
use crate::ui::menu_ui::FrameMarks;
use crate::ui::panels::Pane;
use crate::ui::tiles::{arrange, focus_id};
use crate::ui::toasts::Toast;
use crate::ui::workspaces::Workspace;

/// The call that brings back what was dropped.
const RESTORE: &str = "workspace.restore()";
/// Seconds without a change after which the layout is written.
const QUIET: f64 = 1.0;
/// The context of the keymap that comes first while one panel has the whole window.
pub(super) const ALONE: &str = "maximised";

/// One panel has the whole window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alone {
    pub(super) pane: Pane,
    hide_panels: bool,
}

/// The state of the frame around the panels.
#[derive(Default)]
pub struct FrameState {
    pub(super) alone: Option<Alone>,
    /// The panel that the keyboard chose, and where the pointer was then.
    keyed: Option<(Pane, Option<Pos2>)>,
    /// The widget that has the keyboard's focus, and where the pointer was when it got it.
    focused: (Option<Id>, Option<Pos2>),
    /// The panel that keys went to last.
    last: Option<Pane>,
    /// The panel that is to get the keyboard's focus.
    pub(super) focus: Option<Pane>,
    /// Whether the menu bar is to get it.
    pub(super) focus_menus: bool,
    /// The name that is being typed for the workspace.
    pub(super) renaming: Option<String>,
    /// The pointer while an operator follows it.
    pub(super) endless: Endless,
    /// Where the window is; the window says it.
    pub window: Option<WindowPlace>,
    /// Whether the window fills the screen; the window says it.
    pub full_screen: bool,
    /// Whether that is to change; the window takes it.
    pub toggle_full_screen: bool,
    /// What was there in the last frame, and what the file has.
    seen: Option<Layout>,
    kept: Option<Layout>,
    due: Option<f64>,
}

impl FrameState {
    /// Whether one panel has the whole window.
    pub fn is_maximised(&self) -> bool {
        self.alone.is_some()
    }

    /// Whether menu bar and status bar are left out.
    pub fn hides_bars(&self) -> bool {
        self.alone.is_some_and(|alone| alone.hide_panels)
    }
}

impl App {
    /// Does what an operator asked of the frame.
    pub(super) fn frame_wish(&mut self, wish: FrameWish) {
        match wish {
            FrameWish::Maximise { hide_panels } => {
                let pane = self.pane.or(self.frame.last).unwrap_or(Pane::Viewport);
                self.toggle_alone(pane, hide_panels);
            }
            FrameWish::TogglePanel(panel) => self.toggle_panel(Pane::named(panel)),
            FrameWish::CyclePanel(direction) => self.cycle_panel(direction),
            FrameWish::MenuBar => {
                if self.frame.hides_bars() {
                    self.show_all();
                }
                self.frame.focus_menus = true;
            }
            FrameWish::Workspace(place) => self.with_all_panels(|app| app.workspaces.go(place)),
            FrameWish::CycleWorkspace(direction) => {
                self.with_all_panels(|app| app.workspaces.cycle(direction));
            }
            FrameWish::DuplicateWorkspace => {
                self.with_all_panels(|app| app.workspaces.duplicate());
            }
            FrameWish::RenameWorkspace => {
                self.show_all();
                self.frame.renaming = Some(self.workspaces.current.name.clone());
            }
            FrameWish::DeleteWorkspace => self.with_all_panels(|app| {
                let name = app.workspaces.current.name.clone();
                if app.workspaces.delete() {
                    app.offer_restore(format!("Deleted the workspace {name}"));
                } else {
                    app.tell(Level::Info, "The last workspace stays");
                }
            }),
            FrameWish::ResetWorkspace => self.with_all_panels(|app| {
                let name = app.workspaces.current.name.clone();
                app.workspaces.reset();
                app.offer_restore(format!("Reset the layout of {name}"));
            }),
            FrameWish::RestoreWorkspace => self.with_all_panels(|app| app.workspaces.restore()),
            FrameWish::FullScreen => self.frame.toggle_full_screen = true,
        }
    }

    /// Tells what was dropped, and offers to bring it back.
    fn offer_restore(&mut self, text: String) {
        let mut toast = Toast::new(Level::Info, text);
        if let Ok(op) = call::parse(RESTORE) {
            toast = toast.offer("Undo", Act::Start(op));
        }
        self.toasts.push(toast);
    }

    /// What menus show check marks for.
    pub(super) fn marks(&self) -> FrameMarks {
        let shown = self.workspaces.shown();
        let named = |(place, one): (usize, &Workspace)| (one.name.clone(), place == shown);
        let rig = self.session.document.rig();
        let sets = rig.map(|rig| rig.options.selection_sets.as_slice());
        let sets = sets.unwrap_or_default().iter();
        FrameMarks {
            sets: sets.map(|set| set.name.clone()).collect(),
            auto_key: self.session.document.scene.auto_key,
            panes: self.panes.iter().map(|(pane, _)| *pane).collect(),
            maximised: self.frame.is_maximised(),
            full_screen: self.frame.full_screen,
            workspaces: self.workspaces.iter().enumerate().map(named).collect(),
        }
    }

    /// Shows a panel: brings its tab to the front, or opens it at its usual place.
    pub fn show_panel(&mut self, pane: Pane) {
        self.with_all_panels(|app| {
            let current = &mut app.workspaces.current;
            arrange::show(&mut current.tree, &mut current.fit, pane);
        });
    }

    /// Whether a panel can be seen now.
    pub fn shows_panel(&self, pane: Pane) -> bool {
        self.panes.iter().any(|(shown, _)| *shown == pane)
    }

    /// Shows a panel that cannot be seen, and closes one that can.
    fn toggle_panel(&mut self, pane: Pane) {
        if !self.shows_panel(pane) {
            self.show_panel(pane);
            return;
        }
        if arrange::panes(&self.workspaces.current.tree).len() < 2 {
            self.tell(Level::Info, "The last panel stays");
            return;
        }
        self.with_all_panels(|app| arrange::close(&mut app.workspaces.current.tree, pane));
    }

    pub(super) fn toggle_alone(&mut self, pane: Pane, hide_panels: bool) {
        if self.frame.is_maximised() {
            self.show_all();
            return;
        }
        let tree = &mut self.workspaces.current.tree;
        let there = arrange::panes(tree);
        let pane = Some(pane).filter(|pane| there.contains(pane));
        let Some(pane) = pane.or(there.first().copied()) else {
            return;
        };
        arrange::show_alone(tree, Some(pane));
        self.frame.alone = Some(Alone { pane, hide_panels });
    }

    /// Takes the window back from a panel that has it alone.
    pub(super) fn show_all(&mut self) {
        if self.frame.alone.take().is_some() {
            arrange::show_alone(&mut self.workspaces.current.tree, None);
        }
    }

    fn with_all_panels(&mut self, change: impl FnOnce(&mut Self)) {
        self.show_all();
        change(self);
    }

    /// Lets keys go to the next panel, from the keyboard.
    fn cycle_panel(&mut self, direction: Direction) {
        let panes: Vec<Pane> = self.panes.iter().map(|(pane, _)| *pane).collect();
        let now = self.pane.or(self.frame.last);
        let place = panes.iter().position(|pane| Some(*pane) == now);
        let last = panes.len().saturating_sub(1);
        let next = match (direction, place) {
            (Direction::Next, Some(place)) if place < last => place + 1,
            (Direction::Prev, Some(place)) if place > 0 => place - 1,
            (Direction::Next, _) => 0,
            (Direction::Prev, _) => last,
        };
        if let Some(pane) = panes.get(next) {
            self.frame.keyed = Some((*pane, self.pointer));
            self.frame.focus = Some(*pane);
            self.pane = Some(*pane);
        }
    }

    /// The panel that the keyboard chose, until the pointer moves.
    pub(super) fn keyed_pane(&mut self, ctx: &Context) -> Option<Pane> {
        let focused = ctx.memory(|memory| memory.focused());
        let panes = self.panes.iter().map(|(pane, _)| *pane);
        let by_tab = panes
            .into_iter()
            .find(|pane| focused == Some(focus_id(*pane)));
        if let Some(pane) = by_tab.filter(|_| self.frame.keyed.is_none()) {
            self.frame.keyed = Some((pane, self.pointer));
        }
        let (pane, at) = self.frame.keyed?;
        if at == self.pointer && self.shows_panel(pane) {
            return Some(pane);
        }
        self.frame.keyed = None;
        ctx.memory_mut(|memory| memory.surrender_focus(focus_id(pane)));
        None
    }

    /// Remembers which widget has the keyboard's focus.
    pub(super) fn note_focus(&mut self, ctx: &Context) {
        let focused = ctx.memory(|memory| memory.focused());
        if self.frame.focused.0 != focused {
            self.frame.focused = (focused, self.pointer);
        }
    }

    /// Whether the user goes around with the keyboard: a widget has its focus, and the pointer has not moved
    /// since it got it.
    pub(super) fn walks_widgets(&self, ctx: &Context) -> bool {
        let (known, at) = self.frame.focused;
        let focused = ctx.memory(|memory| memory.focused());
        focused.is_some() && (focused != known || at == self.pointer)
    }

    /// Remembers which panel keys go to.
    pub(super) fn note_pane(&mut self) {
        self.frame.last = self.pane.or(self.frame.last);
    }

    /// The area in which the pointer has no end now, if an operator wants that.
    pub(super) fn endless_area(&self, ctx: &Context) -> Option<Rect> {
        let (op, _) = self.session.running()?;
        let whole = ctx.content_rect();
        let view = self.pointed_area().intersect(whole);
        let area = if view.is_positive() { view } else { whole };
        Some(area).filter(|_| op.info().endless)
    }

    /// Where the window shall put the pointer, points.
    pub fn take_pointer_jump(&mut self) -> Option<Pos2> {
        self.frame.endless.take()
    }

    /// The system did not put the pointer there.
    pub fn refuse_pointer_jump(&mut self) {
        self.frame.endless.refuse();
    }

    /// The pointer's look and place around an operator that follows it.
    pub(super) fn show_cursor(&mut self, ctx: &Context) {
        match self.session.running() {
            Some((op, _)) => ctx.set_cursor_icon(cursor_of(op.info().id)),
            None => {
                if let Some(real) = self.frame.endless.end() {
                    self.pointer = Some(real);
                }
            }
        }
    }

    /// Takes the layout from the user's state; one that is no use is told.
    pub fn recall_layout(&mut self) {
        let Some(folders) = &self.folders else {
            return;
        };
        match layout_file::read(&layout_file::path(&folders.state)) {
            Ok(Some(layout)) => {
                self.workspaces = layout.workspaces();
                self.frame.window = layout.window;
                self.frame.kept = Some(layout);
            }
            Ok(None) => {}
            Err(error) => {
                let text = format!("{error}; the standard layout is used");
                self.toasts.push(Toast::new(Level::Warning, text));
            }
        }
    }

    /// Writes the layout a while after it changed.
    pub(super) fn keep_layout_soon(&mut self, ctx: &Context) {
        if self.folders.is_none() {
            return;
        }
        let now = ctx.input(|input| input.time);
        let layout = Layout::of(&self.workspaces, self.frame.window);
        if self.frame.seen.as_ref() != Some(&layout) {
            self.frame.due = Some(now + QUIET);
            self.frame.seen = Some(layout);
        }
        match self.frame.due {
            Some(due) if due <= now => self.keep_layout(),
            Some(due) => ctx.request_repaint_after_secs((due - now) as f32),
            None => {}
        }
    }

    /// Writes the layout if it differs from what the file has.
    pub fn keep_layout(&mut self) {
        self.frame.due = None;
        let Some(folders) = &self.folders else {
            return;
        };
        let layout = Layout::of(&self.workspaces, self.frame.window);
        if self.frame.kept.as_ref() == Some(&layout) {
            return;
        }
        if let Err(error) = layout_file::write(&layout_file::path(&folders.state), &layout) {
            let text = error.to_string();
            self.toasts.push(Toast::new(Level::Warning, text));
        }
        self.frame.kept = Some(layout);
    }
}

/// The pointer's look while an operator follows it.
fn cursor_of(id: &str) -> CursorIcon {
    match id {
        "transform.translate" => CursorIcon::Move,
        "transform.resize" => CursorIcon::ResizeNwSe,
        "view3d.rotate" | "view3d.move" => CursorIcon::Grabbing,
        "view3d.zoom" => CursorIcon::ResizeVertical,
        "view2d.pan" => CursorIcon::Grabbing,
        "view2d.zoom" | "marker.move" => CursorIcon::ResizeHorizontal,
        "anim.change_frame" | "marker.select_box" => CursorIcon::Default,
        "view3d.select_box" | "view3d.select_circle" | "view3d.select_lasso" => {
            CursorIcon::Crosshair
        }
        _ => CursorIcon::AllScroll,
    }
}
