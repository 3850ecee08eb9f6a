//! Workspaces as tabs in the middle of the menu bar, with a plus that copies the one that is shown.

use egui::{
    Align2, FontId, Id, Key, Popup, Rect, Response, Role, Sense, TextEdit, Ui, WidgetInfo, vec2,
};

use crate::ui::acts::Acts;
use crate::ui::app::App;
use crate::ui::icons;
use crate::ui::keymap::Keymap;
use crate::ui::menu_ui::{menu_style, row_ui};
use crate::ui::theme::{self, Theme};
use crate::ui::widgets::{focus_ring, select_all, text};
use crate::ui::workspaces::{LONGEST, Workspaces};

/// Height of a tab.
const HEIGHT: f32 = 24.0;
/// Space at the left and right of a name.
const INSET: f32 = 12.0;
/// Space between tabs.
const SPACE: f32 = 2.0;
/// Width of the plus.
const PLUS: f32 = 25.0;
/// Corners of tabs.
const RADIUS: u8 = 5;
/// Width of the menu's rows.
const MENU: f32 = 170.0;
/// The call that copies a workspace.
const COPY: &str = "workspace.duplicate()";

/// What the tabs read and write.
struct TabsDesk<'a> {
    /// Colours.
    theme: &'a Theme,
    /// Keys to show.
    keymap: &'a Keymap,
    /// The workspaces.
    workspaces: &'a Workspaces,
    /// The name that is being typed for the one that is shown.
    renaming: &'a mut Option<String>,
    /// What was chosen.
    acts: &'a mut Acts,
}

impl App {
    /// Shows the tabs in the middle of the window, or where there is room.
    pub(super) fn workspace_tabs(&mut self, ui: &mut Ui, room: Rect, middle: f32) {
        let mut desk = TabsDesk {
            theme: &self.theme,
            keymap: &self.keymap,
            workspaces: &self.workspaces,
            renaming: &mut self.frame.renaming,
            acts: &mut self.acts,
        };
        if let Some(name) = tabs_ui(ui, &mut desk, room, middle) {
            self.workspaces.rename(&name);
        }
    }
}

/// Shows the tabs; gives the name that was typed.
fn tabs_ui(ui: &mut Ui, desk: &mut TabsDesk, room: Rect, middle: f32) -> Option<String> {
    let names: Vec<&str> = desk
        .workspaces
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    let shown = desk.workspaces.shown();
    let width = |name: &&str, place: usize| {
        let font = font(place == shown);
        let galley = ui
            .painter()
            .layout_no_wrap((*name).to_owned(), font, *desk.theme.text);
        (galley.size().x + 2.0 * INSET).round()
    };
    let mut tabs: Vec<(usize, f32)> = names
        .iter()
        .enumerate()
        .map(|(i, n)| (i, width(n, i)))
        .collect();
    let length = |tabs: &[(usize, f32)]| tabs.iter().map(|tab| tab.1 + SPACE).sum::<f32>() + PLUS;
    if length(&tabs) > room.width() {
        // The others are in the Window menu.
        tabs.retain(|(place, _)| *place == shown);
    }
    let length = length(&tabs);
    if length > room.width() {
        *desk.renaming = None;
        return None;
    }
    let left = (middle - length / 2.0).clamp(room.left(), room.right() - length);
    let mut left = left.round();
    let mut typed = None;
    for (place, width) in tabs {
        let min = egui::pos2(left, room.center().y - HEIGHT / 2.0);
        let rect = Rect::from_min_size(min, vec2(width, HEIGHT));
        let name = names.get(place).copied().unwrap_or_default();
        if place == shown && desk.renaming.is_some() {
            typed = rename_ui(ui, desk, rect);
        } else {
            tab_ui(ui, desk, rect, (place, name));
        }
        left += width + SPACE;
    }
    let min = egui::pos2(left, room.center().y - HEIGHT / 2.0);
    plus_ui(ui, desk, Rect::from_min_size(min, vec2(PLUS, HEIGHT)));
    typed
}

fn font(shown: bool) -> FontId {
    if shown {
        theme::medium(12.0)
    } else {
        FontId::proportional(12.0)
    }
}

fn tab_ui(ui: &mut Ui, desk: &mut TabsDesk, rect: Rect, (place, name): (usize, &str)) {
    let theme = desk.theme;
    let shown = place == desk.workspaces.shown();
    let id = ui.scope_id().with(("workspace", place));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, shown, name));
    let hot = response.hovered();
    if shown {
        ui.painter().rect_filled(rect, RADIUS, theme.raised);
    }
    let color = if shown || hot {
        theme.text_strong
    } else {
        theme.text_2
    };
    text(ui, rect, Align2::CENTER_CENTER, name, font(shown), *color);
    focus_ring(ui, theme, &response);
    let set = format!("screen.workspace_set(index: {place})");
    let wants_name = hot || response.has_focus();
    let f2 = wants_name && ui.input(|input| input.key_pressed(Key::F2));
    if response.double_clicked() || f2 {
        desk.acts.start(&set);
        desk.acts.start("workspace.rename()");
    } else if response.clicked() && !shown {
        desk.acts.start(&set);
    }
    Popup::context_menu(&response)
        .style(menu_style(theme))
        .accessible_name(format!("Workspace {name}"))
        .show(|ui| menu_entries_ui(ui, desk, &set));
}

fn menu_entries_ui(ui: &mut Ui, desk: &mut TabsDesk, set: &str) {
    let last = desk.workspaces.count() < 2;
    let entries = [
        ("Rename", "workspace.rename()", "F2", true),
        ("Duplicate", COPY, "", true),
        ("Reset Layout", "workspace.reset()", "", true),
        ("Delete", "workspace.delete()", "", !last),
    ];
    for (label, call, key, on) in entries {
        let shown = |ui: &mut Ui| row_ui(ui, desk.theme, label, key, None, MENU);
        let response = ui.add_enabled_ui(on, shown).inner;
        if response.clicked() {
            desk.acts.start(set);
            desk.acts.start(call);
            ui.close();
        }
        response.on_disabled_hover_text("The last workspace stays");
    }
}

/// The field in place of a tab; gives the name once it is typed.
fn rename_ui(ui: &mut Ui, desk: &mut TabsDesk, rect: Rect) -> Option<String> {
    let name = desk.renaming.as_mut()?;
    let id = Id::unique("workspace name");
    let rect = rect.expand2(vec2(8.0, 0.0));
    ui.painter()
        .rect_filled(rect, RADIUS, desk.theme.field_active);
    let stroke = egui::Stroke::new(1.0, desk.theme.accent);
    ui.painter()
        .rect_stroke(rect, RADIUS, stroke, egui::StrokeKind::Inside);
    let edit = TextEdit::singleline(name)
        .id(id)
        .char_limit(LONGEST)
        .frame(egui::Frame::NONE.inner_margin(egui::Margin::symmetric(6, 0)))
        .align(Align2::CENTER_CENTER);
    let response = ui.put(rect, edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Workspace name"));
    if response.lost_focus() {
        let name = desk.renaming.take();
        let escaped = ui.input(|input| input.key_pressed(Key::Escape));
        return name.filter(|_| !escaped);
    }
    if !response.has_focus() {
        response.request_focus();
        select_all(ui, id, name);
    }
    None
}

fn plus_ui(ui: &mut Ui, desk: &mut TabsDesk, rect: Rect) -> Response {
    let theme = desk.theme;
    let response = ui.interact(rect, ui.scope_id().with("new workspace"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "New Workspace"));
    let hot = response.hovered();
    if hot {
        ui.painter().rect_filled(rect, RADIUS, theme.field_hover);
    }
    let color = if hot { theme.text_strong } else { theme.text_2 };
    text(
        ui,
        rect,
        Align2::CENTER_CENTER,
        icons::PLUS,
        theme::icon(13.0),
        *color,
    );
    focus_ring(ui, theme, &response);
    if response.clicked() {
        desk.acts.start(COPY);
    }
    let key = desk
        .keymap
        .chord_of(COPY)
        .map(|chord| format!(" ({chord})"));
    let tip = format!(
        "New workspace, a copy of this one{}",
        key.unwrap_or_default()
    );
    response.on_hover_text(tip)
}
