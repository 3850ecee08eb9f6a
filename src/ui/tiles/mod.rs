//! The arrangement of panels: tiles with a header row each, on the base colour, with gaps between.

pub mod arrange;
pub mod fit;
mod header;
pub mod plan;
mod show;

use egui::{CornerRadius, Id, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};
use egui_tiles::{Behavior, ResizeState, TabState, Tabs, TileId, Tiles, Tree, UiResponse};

use crate::ui::desk::Desk;
use crate::ui::panels::timeline::TimelinePanel;
use crate::ui::panels::{Pane, Panels};
use crate::ui::theme::{GAP, HEADER, TILE_RADIUS};

pub use header::Edit;
use header::TileMenu;

/// Smallest width and height of a panel that a drag leaves, points.
const LEAST: f32 = 100.0;
/// How long the border of the panel that keys go to takes to appear, seconds.
const FADE: f32 = 0.08;

/// Draws the tiles.
pub struct TileBehavior<'a> {
    /// What panels read and write.
    pub desk: Desk<'a>,
    /// The panels' states.
    pub panels: &'a mut Panels,
    /// The panel that keys go to.
    pub hovered: Option<Pane>,
    /// The panel that the keyboard's focus is wanted for.
    pub focus: Option<Pane>,
    /// Whether one panel has the whole window.
    pub maximised: bool,
    /// The tile of the 3D view where it stands alone.
    pub bare: Option<TileId>,
    /// How many panels there are.
    pub count: usize,
    /// What menus of tiles asked for.
    pub edits: Vec<Edit>,
}

/// What the keyboard's focus is on while it is on a panel as a whole.
pub fn focus_id(pane: Pane) -> Id {
    Id::unique(("panel", pane.name()))
}

impl Behavior<Pane> for TileBehavior<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, tile: TileId, pane: &mut Pane) -> UiResponse {
        let rect = ui.max_rect();
        let whole = ui.interact(rect, focus_id(*pane), Sense::focusable_noninteractive());
        whole.widget_info(|| {
            WidgetInfo::labeled(Role::Region, true, format!("{} panel", pane.name()))
        });
        if self.focus.take_if(|wanted| wanted == pane).is_some() {
            whole.request_focus();
        }
        // What a panel remembers of its rows must not depend on where it stands.
        let id = focus_id(*pane).with("content");
        let builder = egui::UiBuilder::new()
            .max_rect(rect)
            .scope_id(id)
            .accessibility_parent(whole.id);
        let mut inner = ui.new_child(builder);
        if *pane == Pane::Viewport {
            return self.view_ui(&mut inner, tile);
        }
        let corners = CornerRadius {
            nw: 0,
            ne: 0,
            sw: TILE_RADIUS,
            se: TILE_RADIUS,
        };
        ui.painter()
            .rect_filled(rect, corners, self.desk.theme.panel);
        match pane {
            Pane::Bones => self.panels.bones.ui(&mut inner, &mut self.desk),
            Pane::Log => self.panels.log.ui(&mut inner, &mut self.desk),
            Pane::Timeline => self.panels.timeline.ui(&mut inner, &mut self.desk),
            Pane::Properties | Pane::Viewport => {
                self.panels.properties.ui(&mut inner, &mut self.desk);
            }
        }
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> egui::WidgetText {
        pane.title().into()
    }

    fn tab_ui(
        &mut self,
        tiles: &mut Tiles<Pane>,
        ui: &mut Ui,
        id: Id,
        tile: TileId,
        state: &TabState,
    ) -> Response {
        // Every tab is a panel; what a drag leaves else is put right before it is drawn.
        let pane = tiles.get_pane(&tile).copied().unwrap_or(Pane::Viewport);
        header::tab_ui(ui, self.desk.theme, pane, state.active, id)
    }

    fn top_bar_right_ui(
        &mut self,
        tiles: &Tiles<Pane>,
        ui: &mut Ui,
        _tile: TileId,
        tabs: &Tabs,
        _scroll_offset: &mut f32,
    ) {
        // Over the square corners that the tab bar has.
        let bar = ui.max_rect();
        let corners = CornerRadius {
            nw: TILE_RADIUS,
            ne: TILE_RADIUS,
            sw: 0,
            se: 0,
        };
        ui.painter().rect_filled(bar, 0, self.desk.theme.base);
        ui.painter()
            .rect_filled(bar, corners, self.desk.theme.panel);
        let active = tabs.active.and_then(|tile| tiles.get_pane(&tile));
        let Some(pane) = active.copied() else {
            return;
        };
        let panes = tabs.children.iter().filter_map(|tile| tiles.get_pane(tile));
        let menu = self.menu(pane, panes.copied().collect());
        ui.add_space(4.0);
        menu.ui(ui, &mut self.edits);
        if pane == Pane::Timeline {
            TimelinePanel::header_right_ui(ui, &mut self.desk);
        }
    }

    fn tab_bar_trailing_ui(&mut self, tiles: &Tiles<Pane>, ui: &mut Ui, _: TileId, tabs: &Tabs) {
        let active = tabs.active.and_then(|tile| tiles.get_pane(&tile));
        if active == Some(&Pane::Timeline) {
            let timeline = &mut self.panels.timeline;
            timeline.header_left_ui(ui, &mut self.desk);
        }
    }

    fn tab_bar_left_ui(&mut self, _: &Tiles<Pane>, ui: &mut Ui, _: TileId, _: &Tabs) {
        ui.add_space(5.0);
    }

    fn is_tab_bar_visible(&self, _tile: TileId, tabs: &Tabs) -> bool {
        // The 3D view alone has no header of its own: its chips float over the picture.
        !(tabs.children.len() == 1 && tabs.children.first().copied() == self.bare)
    }

    fn is_tile_draggable(&self, _: &Tiles<Pane>, _: TileId) -> bool {
        !self.maximised
    }

    fn tab_bar_height(&self, _style: &egui::Style) -> f32 {
        HEADER
    }

    fn tab_bar_color(&self, _visuals: &egui::Visuals) -> egui::Color32 {
        *self.desk.theme.panel
    }

    fn tab_bar_hline_stroke(&self, _visuals: &egui::Visuals) -> Stroke {
        Stroke::NONE
    }

    fn gap_width(&self, _style: &egui::Style) -> f32 {
        GAP
    }

    fn min_size(&self) -> f32 {
        LEAST
    }

    fn cycle_tabs_with_keyboard(&self) -> bool {
        false
    }

    fn simplification_options(&self) -> egui_tiles::SimplificationOptions {
        arrange::TIDY
    }

    fn drag_preview_stroke(&self, _visuals: &egui::Visuals) -> Stroke {
        Stroke::new(1.0, self.desk.theme.accent)
    }

    fn drag_preview_color(&self, _visuals: &egui::Visuals) -> egui::Color32 {
        self.desk.theme.accent.gamma_multiply(0.16)
    }

    fn resize_stroke(&self, _style: &egui::Style, state: ResizeState) -> Stroke {
        match state {
            ResizeState::Idle => Stroke::NONE,
            ResizeState::Hovering => Stroke::new(2.0, self.desk.theme.line_strong),
            ResizeState::Dragging => Stroke::new(2.0, self.desk.theme.accent),
        }
    }
}

impl<'a> TileBehavior<'a> {
    fn menu(&self, pane: Pane, tabs: Vec<Pane>) -> TileMenu<'a> {
        TileMenu {
            theme: self.desk.theme,
            keymap: self.desk.keymap,
            pane,
            last: self.count < 2,
            maximised: self.maximised,
            tabs,
        }
    }

    /// The 3D view; alone in its tile it carries the tile's menu itself.
    fn view_ui(&mut self, ui: &mut Ui, tile: TileId) -> UiResponse {
        let bare = self.bare == Some(tile);
        self.panels.viewport.corner = if bare { header::CHIP + 4.0 } else { 0.0 };
        self.panels.viewport.ui(ui, &mut self.desk);
        if !bare {
            return UiResponse::None;
        }
        let menu = self.menu(Pane::Viewport, vec![Pane::Viewport]);
        let (chip, dragged) = header::chip_ui(ui, &menu, ui.max_rect(), &mut self.edits);
        self.panels.viewport.chips.push(chip);
        if dragged {
            UiResponse::DragStarted
        } else {
            UiResponse::None
        }
    }

    /// The border of the panel that keys go to.
    pub fn hover_border(&self, ui: &Ui, tree: &Tree<Pane>) {
        let still = self.desk.preferences.reduce_motion;
        let time = if still { 0.0 } else { FADE };
        for (pane, rect) in arrange::rects(tree) {
            let on = Some(pane) == self.hovered;
            let id = focus_id(pane).with("border");
            let light = ui.ctx().animate_bool_with_time(id, on, time);
            if light > 0.0 {
                let color = self.desk.theme.hover_border.gamma_multiply(light);
                let stroke = Stroke::new(1.0, color);
                ui.painter()
                    .rect_stroke(rect, TILE_RADIUS, stroke, StrokeKind::Inside);
            }
        }
    }
}
