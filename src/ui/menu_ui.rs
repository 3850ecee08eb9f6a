//! Menus on the screen: the menu bar's, those at the pointer, and their rows.

use egui::containers::menu::{MenuButton, MenuConfig, SubMenu};
use egui::{
    Align2, FontId, Id, Pos2, Rect, RectAlign, Response, Role, Sense, Tooltip, Ui, WidgetInfo, vec2,
};

use crate::io::recent::Recent;
use crate::model::choice::Choice;
use crate::model::view::View;
use crate::ops::operator::Poll;
use crate::ops::props::{Value, tooltip};
use crate::ops::registry::{self, AnyOperator};
use crate::ops::time::TimeSwitch;
use crate::ui::acts::{Act, Acts, quoted};
use crate::ui::icons;
use crate::ui::keymap::Keymap;
use crate::ui::menu_columns::columns_ui;
use crate::ui::menus::{self, Command, Entry, Mark};
use crate::ui::panels::Pane;
use crate::ui::theme::{self, RADIUS, ROW, Theme};
use crate::ui::widgets::{focus_ring, text};

/// Width of the names of files that were used lately.
const RECENT: f32 = 240.0;
/// Left of a row's text: room for a check mark.
const INSET: f32 = 24.0;

/// What menus need to show their entries.
pub struct MenuDesk<'a> {
    /// Colours.
    pub theme: &'a Theme,
    /// Keys to show.
    pub keymap: &'a Keymap,
    /// What check marks tell.
    pub view: View,
    /// What check marks tell of the frame around the panels.
    pub marks: FrameMarks,
    /// Whether a call could run now, else why not.
    pub poll: &'a mut dyn FnMut(&dyn AnyOperator) -> Poll,
    /// Files that were used lately, the newest first.
    pub recent: &'a [Recent],
    /// Whether the keyboard goes to the next menu that is shown.
    pub focus: bool,
    /// What was chosen.
    pub acts: &'a mut Acts,
}

/// A menu of the menu bar.
pub fn menu_button(ui: &mut Ui, desk: &mut MenuDesk, title: &str, entries: &[Entry]) {
    let button = egui::Button::new(title).frame_when_inactive(false);
    let focus = std::mem::take(&mut desk.focus);
    let theme = desk.theme;
    let (response, _) = MenuButton::from_button(button)
        .config(MenuConfig::new().style(menu_style(theme)))
        .ui(ui, |ui| entries_ui(ui, desk, entries));
    if focus {
        response.request_focus();
    }
    focus_ring(ui, theme, &response);
}

pub(super) fn menu_style(theme: &Theme) -> impl Fn(&mut egui::Style) + Send + Sync + 'static {
    let fill = *theme.popup;
    move |style| {
        style.spacing.item_spacing.y = 0.0;
        style.visuals.window_fill = fill;
    }
}

/// What check marks tell of the frame around the panels.
#[derive(Clone, Debug, Default)]
pub struct FrameMarks {
    /// The panels that can be seen.
    pub panes: Vec<Pane>,
    /// Whether changes of a pose are keyed.
    pub auto_key: bool,
    /// Whether one of them has the whole window.
    pub maximised: bool,
    /// Whether the window fills the screen.
    pub full_screen: bool,
    /// The names of the selection sets of the active rig.
    pub sets: Vec<String>,
    /// The names of the workspaces, and whether each is shown.
    pub workspaces: Vec<(String, bool)>,
}

/// A menu at the pointer.
pub struct PointerMenu {
    /// Where it was asked for.
    pub at: Pos2,
    /// What stands above the entries.
    pub title: String,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// Shows a menu at the pointer; says whether it stays open.
pub fn pointer_menu(ctx: &egui::Context, desk: &mut MenuDesk, menu: &PointerMenu) -> bool {
    let mut open = true;
    let layer = egui::LayerId::background();
    egui::Popup::new(Id::unique("menu at pointer"), ctx.clone(), menu.at, layer)
        .kind(egui::PopupKind::Menu)
        .style(menu_style(desk.theme))
        .accessible_name(menu.title.clone())
        .open_bool(&mut open)
        .show(|ui| {
            if !menu.title.is_empty() {
                let size = vec2(200.0, 24.0);
                let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
                let rect = rect.with_min_x(rect.left() + 8.0);
                let font = theme::medium(12.0);
                text(
                    ui,
                    rect,
                    Align2::LEFT_CENTER,
                    &menu.title,
                    font,
                    *desk.theme.text_2,
                );
            }
            entries_ui(ui, desk, &menu.entries);
        });
    open
}

/// The rows of a menu.
pub fn entries_ui(ui: &mut Ui, desk: &mut MenuDesk, entries: &[Entry]) {
    let width = width_of(ui, desk, entries);
    ui.set_min_width(width);
    for entry in entries {
        match entry {
            Entry::Run(command) => command_ui(ui, desk, command, width),
            Entry::Menu(title, entries) => {
                let response = row_ui(ui, desk.theme, title, icons::CARET_RIGHT, None, width);
                SubMenu::new().show(ui, &response, |ui| entries_ui(ui, desk, entries));
            }
            Entry::Columns(columns) => columns_ui(ui, desk, columns),
            Entry::Line => {
                let (rect, _) = ui.allocate_exact_size(vec2(width, 9.0), Sense::hover());
                let line = Rect::from_center_size(rect.center(), vec2(width, 1.0));
                ui.painter().rect_filled(line, 0, desk.theme.line_strong);
            }
            Entry::Workspaces => workspaces_ui(ui, desk, width),
            Entry::Sets => sets_ui(ui, desk, width),
            Entry::Recent => recent_ui(ui, desk, width),
            Entry::About => {
                if row_ui(ui, desk.theme, "About Keypose", "", None, width).clicked() {
                    desk.acts.push(Act::About);
                    ui.close();
                }
            }
        }
    }
}

fn shortcut(desk: &MenuDesk, command: &Command) -> String {
    let chord = desk.keymap.chord_of(&command.call);
    let chord = chord.filter(|_| !command.exact);
    chord.map(|chord| chord.to_string()).unwrap_or_default()
}

fn width_of(ui: &Ui, desk: &MenuDesk, entries: &[Entry]) -> f32 {
    let measure = |text: &str| {
        let font = FontId::proportional(12.0);
        ui.painter()
            .layout_no_wrap(text.to_owned(), font, egui::Color32::WHITE)
            .size()
            .x
    };
    let width = |entry: &Entry| match entry {
        Entry::Run(command) => measure(&command.label) + measure(&shortcut(desk, command)),
        Entry::Menu(title, _) => measure(title) + 16.0,
        Entry::Columns(_) => 0.0,
        Entry::Workspaces => {
            let names = desk.marks.workspaces.iter().map(|(name, _)| measure(name));
            names.fold(0.0, f32::max)
        }
        Entry::Sets => {
            let names = desk.marks.sets.iter().map(|name| measure(name));
            names.fold(0.0, f32::max)
        }
        Entry::Recent => RECENT,
        Entry::Line | Entry::About => 100.0,
    };
    let widest = entries.iter().map(width).fold(110.0, f32::max);
    (widest + INSET + 40.0).round()
}

fn command_ui(ui: &mut Ui, desk: &mut MenuDesk, command: &Command, width: f32) {
    let poll = (desk.poll)(command.op.as_ref());
    let keys = shortcut(desk, command);
    let mark = command.mark.map(|mark| marked(desk, mark, command));
    let shown = |ui: &mut Ui| row_ui(ui, desk.theme, &command.label, &keys, mark, width);
    let response = ui.add_enabled_ui(poll.is_ok(), shown).inner;
    match poll {
        Ok(()) => {
            let own = || registry::find(command.op.info().id).map_or("", |entry| entry.doc);
            let doc = Some(command.doc).filter(|doc| !doc.is_empty());
            row_tooltip(&response, &tooltip(doc.unwrap_or_else(own)));
            if response.clicked() {
                let op = command.op.clone();
                desk.acts.push(match command.exact {
                    true => Act::Run(op, String::new()),
                    false => Act::Start(op),
                });
                ui.close();
            }
        }
        Err(reason) => {
            row_tooltip(&response, &reason);
        }
    }
}

/// A tooltip at the side of a row, so that the rows below it can be read.
fn row_tooltip(response: &Response, text: &str) {
    if text.is_empty() {
        return;
    }
    let mut tip = match response.enabled() {
        true => Tooltip::for_enabled(response),
        false => Tooltip::for_disabled(response),
    };
    tip.popup = tip.popup.align(RectAlign::RIGHT_START);
    tip.gap(8.0).show(|ui| ui.label(text));
}

/// An entry per workspace, of which one is marked.
fn workspaces_ui(ui: &mut Ui, desk: &mut MenuDesk, width: f32) {
    for (place, (name, shown)) in desk.marks.workspaces.iter().enumerate() {
        let response = row_ui(ui, desk.theme, name, "", Some(*shown), width);
        if response.clicked() {
            desk.acts
                .start(&format!("screen.workspace_set(index: {place})"));
            ui.close();
        }
    }
}

/// An entry per selection set, which selects its bones beside those that are.
fn sets_ui(ui: &mut Ui, desk: &mut MenuDesk, width: f32) {
    if desk.marks.sets.is_empty() {
        let shown = |ui: &mut Ui| row_ui(ui, desk.theme, "No selection sets", "", None, width);
        ui.add_enabled_ui(false, shown);
    }
    for (place, name) in desk.marks.sets.iter().enumerate() {
        let name = shortened(name);
        if row_ui(ui, desk.theme, &name, "", None, width).clicked() {
            let call = format!("pose.selection_set_select(selection_set_index: {place})");
            desk.acts.run(&call, "");
            ui.close();
        }
    }
}

fn recent_ui(ui: &mut Ui, desk: &mut MenuDesk, width: f32) {
    if desk.recent.is_empty() {
        let shown = |ui: &mut Ui| row_ui(ui, desk.theme, "No recent files", "", None, width);
        ui.add_enabled_ui(false, shown);
    }
    for file in desk.recent {
        let name = shortened(&file.name());
        let shown = |ui: &mut Ui| row_ui(ui, desk.theme, &name, "", None, width);
        let response = ui.add_enabled_ui(file.trouble.is_none(), shown).inner;
        let path = file.path.to_string_lossy();
        match &file.trouble {
            Some(reason) => {
                row_tooltip(&response, &format!("{reason}\n{path}"));
            }
            None => {
                row_tooltip(&response, &path);
                if response.clicked() {
                    let path = quoted(&path);
                    desk.acts
                        .start(&format!("wm.open_mainfile(filepath: {path})"));
                    ui.close();
                }
            }
        }
    }
}

/// A name with its middle left out where it is long: how it begins and ends tells most.
pub(super) fn shortened(name: &str) -> String {
    let long = name.chars().count();
    if long <= 36 {
        return name.to_owned();
    }
    let head = name.chars().take(18);
    let tail = name.chars().skip(long - 16);
    head.chain(['…']).chain(tail).collect()
}

fn marked(desk: &MenuDesk, mark: Mark, command: &Command) -> bool {
    let view = &desk.view;
    match mark {
        Mark::Panel(panel) => desk.marks.panes.contains(&Pane::named(panel)),
        Mark::Maximised => desk.marks.maximised,
        Mark::FullScreen => desk.marks.full_screen,
        Mark::InFront => view.in_front,
        Mark::Overlays => view.overlays,
        Mark::Orthographic => view.camera.orthographic,
        Mark::Floor => view.floor,
        Mark::Bones => view.bones,
        Mark::Names => view.names,
        Mark::Text => view.text,
        Mark::BoneStyle => is_item(command, &view.bone_style),
        Mark::Shading => is_item(command, &view.shading),
        Mark::PivotPoint => is_item(command, &view.pivot_point),
        Mark::Orientation => is_item(command, &view.orientation),
        Mark::Gizmos => view.gizmos,
        Mark::Snap => view.snap.on,
        Mark::Time(TimeSwitch::Seconds) => view.timeline.seconds,
        Mark::Time(TimeSwitch::OnlySelected) => view.timeline.only_selected,
        Mark::Time(TimeSwitch::Loop) => view.looping,
        Mark::AutoKey => desk.marks.auto_key,
        Mark::Known(on) => on,
    }
}

/// Whether a command would choose what is chosen already.
fn is_item(command: &Command, chosen: &dyn Choice) -> bool {
    let mut op = command.op.clone();
    let value = menus::value(op.as_mut(), "type");
    matches!(value, Some(Value::Choice(choice)) if choice.id() == chosen.id())
}

/// A row of a menu: its label, keys or a caret at the right, and a check mark where it can have one.
pub fn row_ui(
    ui: &mut Ui,
    theme: &Theme,
    label: &str,
    right: &str,
    mark: Option<bool>,
    width: f32,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
    response.widget_info(|| match mark {
        Some(on) => WidgetInfo::selected(Role::MenuItemCheckBox, ui.is_enabled(), on, label),
        None => WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), label),
    });
    if right != icons::CARET_RIGHT && !right.is_empty() {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_keyboard_shortcut(right);
        });
    }
    let hot = ui.is_enabled() && (response.hovered() || response.has_focus());
    let (color, weak) = if hot {
        ui.painter().rect_filled(rect, RADIUS, theme.accent_fill);
        (*theme.accent_on, *theme.accent_on)
    } else {
        (*theme.text, *theme.text_2)
    };
    if mark == Some(true) {
        let place = rect.with_max_x(rect.left() + INSET);
        text(
            ui,
            place,
            Align2::CENTER_CENTER,
            icons::CHECK,
            theme::icon(12.0),
            color,
        );
    }
    let inner = Rect::from_min_max(rect.min + vec2(INSET, 0.0), rect.max - vec2(10.0, 0.0));
    text(
        ui,
        inner,
        Align2::LEFT_CENTER,
        label,
        FontId::proportional(12.0),
        color,
    );
    let font = if right == icons::CARET_RIGHT {
        theme::icon(11.0)
    } else {
        FontId::proportional(12.0)
    };
    text(ui, inner, Align2::RIGHT_CENTER, right, font, weak);
    focus_ring(ui, theme, &response);
    response
}
