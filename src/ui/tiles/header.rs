//! The header of a tile: a pill per tab at the left, and at the right the menu that splits, adds and closes.

use egui::containers::menu::SubMenu;
use egui::{Align2, FontId, Id, Popup, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::icons;
use crate::ui::keymap::Keymap;
use crate::ui::menu_ui::{menu_style, row_ui};
use crate::ui::panels::Pane;
use crate::ui::theme::{self, RADIUS, ROW, Theme};
use crate::ui::tiles::arrange::Side;
use crate::ui::widgets::{focus_ring, icon_button, text};

/// Width of the menu's rows.
const WIDTH: f32 = 190.0;
/// Width and height of the chip over the 3D view.
pub const CHIP: f32 = ROW + 4.0;
/// The call that gives the window to one panel.
const MAXIMISE: &str = "screen.screen_full_area()";

/// What the menu of a tile asks for, by a panel of the tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Put another panel beside it.
    Split(Pane, Side, Pane),
    /// Put another panel into its tabs.
    Join(Pane, Pane),
    /// Give it the window, or take it back.
    Maximise(Pane),
    /// Close it.
    Close(Pane),
}

/// What the menu of a tile needs to know.
pub struct TileMenu<'a> {
    /// Colours.
    pub theme: &'a Theme,
    /// Keys to show.
    pub keymap: &'a Keymap,
    /// The panel that is shown.
    pub pane: Pane,
    /// All panels of the tile.
    pub tabs: Vec<Pane>,
    /// Whether there is no other panel.
    pub last: bool,
    /// Whether it has the whole window.
    pub maximised: bool,
}

impl TileMenu<'_> {
    /// The button with its menu.
    pub fn ui(&self, ui: &mut Ui, edits: &mut Vec<Edit>) -> Response {
        let label = format!("{} panel menu", self.pane.name());
        let response = icon_button(ui, self.theme, icons::DOTS_THREE, &label, false);
        Popup::menu(&response)
            .style(menu_style(self.theme))
            .accessible_name(label)
            .show(|ui| self.entries_ui(ui, edits));
        response.on_hover_text("Split, add a panel, maximise or close")
    }

    fn entries_ui(&self, ui: &mut Ui, edits: &mut Vec<Edit>) {
        let pane = self.pane;
        let row = |ui: &mut Ui, label: &str, right: &str, on: bool| {
            let shown = |ui: &mut Ui| row_ui(ui, self.theme, label, right, None, WIDTH);
            ui.add_enabled_ui(on, shown).inner
        };
        let alone = self.tabs.len() < 2;
        let beside = |other: &Pane| *other != pane || !alone;
        self.choice_ui(ui, "Split Right", beside, edits, &|other| {
            Edit::Split(pane, Side::Right, other)
        });
        self.choice_ui(ui, "Split Below", beside, edits, &|other| {
            Edit::Split(pane, Side::Below, other)
        });
        let new = |other: &Pane| !self.tabs.contains(other);
        self.choice_ui(ui, "Add as Tab", new, edits, &|other| {
            Edit::Join(pane, other)
        });
        let line = ui.allocate_exact_size(vec2(WIDTH, 9.0), Sense::hover()).0;
        let line = Rect::from_center_size(line.center(), vec2(WIDTH, 1.0));
        ui.painter().rect_filled(line, 0, self.theme.line_strong);
        let key = self
            .keymap
            .chord_of(MAXIMISE)
            .map(|chord| chord.to_string());
        let words = if self.maximised {
            "Restore"
        } else {
            "Maximize"
        };
        if row(ui, words, &key.unwrap_or_default(), true).clicked() {
            edits.push(Edit::Maximise(pane));
            ui.close();
        }
        let close = row(ui, "Close", "", !self.last);
        if close.clicked() {
            edits.push(Edit::Close(pane));
            ui.close();
        }
        close.on_disabled_hover_text("The last panel stays");
    }

    /// A menu with an entry for each panel that `fits`.
    fn choice_ui(
        &self,
        ui: &mut Ui,
        title: &str,
        fits: impl Fn(&Pane) -> bool,
        edits: &mut Vec<Edit>,
        edit: &dyn Fn(Pane) -> Edit,
    ) {
        let panes: Vec<Pane> = Pane::ALL.iter().copied().filter(fits).collect();
        let shown = |ui: &mut Ui| row_ui(ui, self.theme, title, icons::CARET_RIGHT, None, WIDTH);
        let response = ui.add_enabled_ui(!panes.is_empty(), shown).inner;
        SubMenu::new().show(ui, &response, |ui| {
            ui.set_min_width(WIDTH - 40.0);
            for pane in panes {
                if row_ui(ui, self.theme, pane.name(), "", None, WIDTH - 40.0).clicked() {
                    edits.push(edit(pane));
                    ui.close();
                }
            }
        });
    }
}

/// A tab: a pill with icon and name.
pub fn tab_ui(ui: &mut Ui, theme: &Theme, pane: Pane, active: bool, id: Id) -> Response {
    let title = pane.title();
    // The crate's place to drag the whole tile by.
    let bar = ui.scope_id().with("background");
    if ui.ctx().has_accesskit_node(bar) {
        ui.ctx().accesskit_node_builder(bar, |node| {
            node.set_role(egui::accesskit::Role::TitleBar);
            node.set_label(format!("{title} panel header"));
        });
    }
    let font = if active {
        theme::medium(12.0)
    } else {
        FontId::proportional(12.0)
    };
    let galley = ui
        .painter()
        .layout_no_wrap(title.to_owned(), font.clone(), *theme.text);
    let width = galley.size().x + 32.0;
    let (_, whole) = ui.allocate_space(vec2(width + 2.0, ui.available_height()));
    let pill = Rect::from_center_size(whole.center(), vec2(width, 20.0));
    let response = ui.interact(whole, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, active, title));
    if active {
        ui.painter().rect_filled(pill, RADIUS, theme.raised);
    }
    let (icon_color, color) = match (active, response.hovered()) {
        (true, _) => (theme.accent, theme.text_strong),
        (false, true) => (theme.text_strong, theme.text_strong),
        (false, false) => (theme.text_2, theme.text_2),
    };
    let mark = Rect::from_min_size(pill.min + vec2(6.0, 0.0), vec2(13.0, 20.0));
    let icon = theme::icon(13.0);
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        tab_icon(pane),
        icon,
        *icon_color,
    );
    let name = pill.with_min_x(pill.left() + 24.0);
    text(ui, name, Align2::LEFT_CENTER, title, font, *color);
    focus_ring(ui, theme, &response);
    response
}

/// A chip over the 3D view that holds the menu of its tile; dragging it moves the panel. Gives its place.
pub fn chip_ui(ui: &mut Ui, menu: &TileMenu, view: Rect, edits: &mut Vec<Edit>) -> (Rect, bool) {
    let size = vec2(CHIP, CHIP);
    let chip = Rect::from_min_size(view.right_top() + vec2(-8.0 - size.x, 8.0), size);
    ui.painter()
        .rect_filled(chip, theme::TILE_RADIUS, menu.theme.vp_chip);
    let builder = egui::UiBuilder::new()
        .max_rect(chip.shrink(2.0))
        .id_salt("tile");
    let mut inner = ui.new_child(builder);
    // Below the button, which takes the clicks; a mere drag would begin with the press.
    let id = inner.scope_id().with("drag");
    let drag = inner.interact(chip, id, Sense::CLICK | Sense::DRAG);
    menu.ui(&mut inner, edits);
    (chip, drag.drag_started())
}

fn tab_icon(pane: Pane) -> &'static str {
    match pane {
        Pane::Bones => icons::TREE_STRUCTURE,
        Pane::Viewport => icons::CUBE,
        Pane::Properties => icons::SLIDERS_HORIZONTAL,
        Pane::Timeline => icons::CLOCK_COUNTER_CLOCKWISE,
        Pane::Log => icons::TERMINAL_WINDOW,
    }
}
