//! The arrangement of panels: tiles with a header row each, on the base colour, with gaps between.

use egui::{
    Align2, CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};
use egui_tiles::{
    Behavior, Container, ResizeState, TabState, Tile, TileId, Tiles, Tree, UiResponse,
};

use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::{Pane, Panels};
use crate::ui::theme::{self, GAP, HEADER, RADIUS, TILE_RADIUS};
use crate::ui::widgets::{focus_ring, text};

/// Widths of the side panels at first, points.
const BONES_WIDTH: f32 = 236.0;
const PROPERTIES_WIDTH: f32 = 292.0;
/// Width of the 3D view below which the side panels give way, points.
const VIEW_WIDTH: f32 = 320.0;

/// The standard arrangement: bones, 3D view, properties.
pub fn standard() -> Tree<Pane> {
    let mut tiles = Tiles::default();
    let panes = [Pane::Bones, Pane::Viewport, Pane::Properties].map(|pane| {
        let tile = tiles.insert_pane(pane);
        // The 3D view has no header of its own: its chips float over the picture.
        if pane == Pane::Viewport {
            tile
        } else {
            tiles.insert_tab_tile(vec![tile])
        }
    });
    let root = tiles.insert_horizontal_tile(panes.to_vec());
    Tree::new(egui::Id::unique("workspace"), root, tiles)
}

/// Keeps the widths of the side panels when that of the whole changes. Where the 3D view would get too
/// narrow all give way, until there is room again.
#[derive(Clone, Copy, Debug)]
pub struct Fit {
    /// Width of all tiles in the last frame, points.
    whole: f32,
    /// Widths of the side panels that the user wants.
    wanted: [f32; 2],
    /// Widths that they were given.
    given: [f32; 2],
}

impl Default for Fit {
    fn default() -> Self {
        let standard = [BONES_WIDTH, PROPERTIES_WIDTH];
        Self {
            whole: 0.0,
            wanted: standard,
            given: standard,
        }
    }
}

impl Fit {
    /// Sets the shares of the standard arrangement for this width; other arrangements are left alone.
    pub fn apply(&mut self, tree: &mut Tree<Pane>, width: f32) {
        let Some(root) = tree.root() else {
            return;
        };
        let Some(Tile::Container(Container::Linear(linear))) = tree.tiles.get_mut(root) else {
            return;
        };
        let &[left, middle, right] = linear.children.as_slice() else {
            return;
        };
        if width < 1.0 || (self.whole - width).abs() < 0.5 {
            return;
        }
        let shares = &mut linear.shares;
        if shares.iter().next().is_some() {
            let sum: f32 = [left, middle, right].iter().map(|&tile| shares[tile]).sum();
            let points = |tile| shares[tile] / sum.max(f32::EPSILON) * (self.whole - 2.0 * GAP);
            let shown = [left, right].map(points);
            let moved = |(now, given): (f32, f32)| (now - given).abs() > 0.5;
            if shown.into_iter().zip(self.given).any(moved) {
                self.wanted = shown;
            }
        }
        let room = (width - 2.0 * GAP).max(1.0);
        let wanted: f32 = self.wanted.iter().sum();
        let squeeze = ((room - VIEW_WIDTH).max(room / 3.0) / wanted).min(1.0);
        self.given = self.wanted.map(|width| width * squeeze);
        self.whole = width;
        let [first, last] = self.given;
        shares.set_share(left, first);
        shares.set_share(middle, room - first - last);
        shares.set_share(right, last);
    }
}

/// Where each panel is, with its header.
pub fn rects(tree: &Tree<Pane>) -> Vec<(Pane, Rect)> {
    let mut rects = Vec::new();
    for id in tree.active_tiles() {
        let Some(pane) = tree.tiles.get_pane(&id) else {
            continue;
        };
        if let Some(rect) = tree.tiles.rect(whole(&tree.tiles, id)) {
            rects.push((*pane, rect));
        }
    }
    rects
}

/// The tab container around a panel, or the panel itself.
fn whole(tiles: &Tiles<Pane>, pane: TileId) -> TileId {
    let parent = tiles.parent_of(pane);
    let tabs = |id: &TileId| matches!(tiles.get_container(*id), Some(Container::Tabs(_)));
    parent.filter(tabs).unwrap_or(pane)
}

/// Draws the tiles.
pub struct TileBehavior<'a> {
    /// What panels read and write.
    pub desk: Desk<'a>,
    /// The panels' states.
    pub panels: &'a mut Panels,
    /// The panel that keys go to.
    pub hovered: Option<Pane>,
}

impl Behavior<Pane> for TileBehavior<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _tile: TileId, pane: &mut Pane) -> UiResponse {
        let rect = ui.max_rect();
        match pane {
            Pane::Viewport => self.panels.viewport.ui(ui, &mut self.desk),
            Pane::Bones | Pane::Properties | Pane::Log => {
                let corners = CornerRadius {
                    nw: 0,
                    ne: 0,
                    sw: TILE_RADIUS,
                    se: TILE_RADIUS,
                };
                ui.painter()
                    .rect_filled(rect, corners, self.desk.theme.panel);
                match pane {
                    Pane::Bones => self.panels.bones.ui(ui, &mut self.desk),
                    Pane::Log => self.panels.log.ui(ui, &mut self.desk),
                    _ => self.panels.properties.ui(ui, &mut self.desk),
                }
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
        id: egui::Id,
        tile: TileId,
        state: &TabState,
    ) -> Response {
        let theme = self.desk.theme;
        let (title, icon) = match tiles.get_pane(&tile) {
            Some(pane) => (pane.title(), tab_icon(*pane)),
            None => ("", ""),
        };
        let font = if state.active {
            theme::medium(12.0)
        } else {
            egui::FontId::proportional(12.0)
        };
        let galley = ui
            .painter()
            .layout_no_wrap(title.to_owned(), font.clone(), *theme.text);
        let width = galley.size().x + 32.0;
        let (_, whole) = ui.allocate_space(vec2(width + 2.0, ui.available_height()));
        let pill = Rect::from_center_size(whole.center(), vec2(width, 20.0));
        let response = ui.interact(whole, id, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, state.active, title));
        if state.active {
            ui.painter().rect_filled(pill, RADIUS, theme.raised);
        }
        let (icon_color, color) = match (state.active, response.hovered()) {
            (true, _) => (theme.accent, theme.text_strong),
            (false, true) => (theme.text_strong, theme.text_strong),
            (false, false) => (theme.text_2, theme.text_2),
        };
        let mark = Rect::from_min_size(pill.min + vec2(6.0, 0.0), vec2(13.0, 20.0));
        text(
            ui,
            mark,
            Align2::CENTER_CENTER,
            icon,
            theme::icon(13.0),
            *icon_color,
        );
        let name = pill.with_min_x(pill.left() + 24.0);
        text(ui, name, Align2::LEFT_CENTER, title, font, *color);
        focus_ring(ui, theme, &response);
        response
    }

    fn tab_bar_left_ui(
        &mut self,
        _tiles: &Tiles<Pane>,
        ui: &mut Ui,
        _tile: TileId,
        _tabs: &egui_tiles::Tabs,
    ) {
        // Over the square corners that the tab bar has.
        let bar = ui
            .clip_rect()
            .intersect(ui.max_rect().expand2(vec2(600.0, 0.0)));
        let corners = CornerRadius {
            nw: TILE_RADIUS,
            ne: TILE_RADIUS,
            sw: 0,
            se: 0,
        };
        ui.painter().rect_filled(bar, 0, self.desk.theme.base);
        ui.painter()
            .rect_filled(bar, corners, self.desk.theme.panel);
        ui.add_space(5.0);
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
        140.0
    }

    fn simplification_options(&self) -> egui_tiles::SimplificationOptions {
        egui_tiles::SimplificationOptions {
            prune_single_child_tabs: false,
            ..egui_tiles::SimplificationOptions::default()
        }
    }

    fn resize_stroke(&self, _style: &egui::Style, state: ResizeState) -> Stroke {
        match state {
            ResizeState::Idle => Stroke::NONE,
            ResizeState::Hovering => Stroke::new(2.0, self.desk.theme.line_strong),
            ResizeState::Dragging => Stroke::new(2.0, self.desk.theme.accent),
        }
    }
}

impl TileBehavior<'_> {
    /// The border of the panel that keys go to.
    pub fn hover_border(&self, ui: &Ui, tree: &Tree<Pane>) {
        let found = rects(tree)
            .into_iter()
            .find(|(pane, _)| Some(*pane) == self.hovered);
        if let Some((_, rect)) = found {
            let stroke = Stroke::new(1.0, self.desk.theme.hover_border);
            ui.painter()
                .rect_stroke(rect, TILE_RADIUS, stroke, StrokeKind::Inside);
        }
    }
}

fn tab_icon(pane: Pane) -> &'static str {
    match pane {
        Pane::Bones => icons::TREE_STRUCTURE,
        Pane::Viewport => icons::CUBE,
        Pane::Properties => icons::SLIDERS_HORIZONTAL,
        Pane::Log => icons::TERMINAL_WINDOW,
    }
}
