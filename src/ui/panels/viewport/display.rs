//! The chip at the top right of the 3D view: axes and pivot of transforms, snapping, and how the scene is
//! shown. Where there is no room, names go first, then parts move into a menu of their own.

use egui::{Align2, FontId, Popup, PopupCloseBehavior, Rect, Response, Role, Sense, Ui};
use egui::{WidgetInfo, vec2};

use crate::model::choice::Choice;
use crate::ops::props::tooltip;
use crate::ops::registry;
use crate::ops::transform::settings::SnapSettings;
use crate::ui::acts::Act;
use crate::ui::desk::Desk;
use crate::ui::form;
use crate::ui::icons;
use crate::ui::panels::viewport::header::{EDGE, HEIGHT, chip_row};
use crate::ui::panels::viewport::parts::{CARET, PARTS, Part, SPACE, label, plan};
use crate::ui::panels::viewport::switches::{self as switches, rows_ui};
use crate::ui::theme::{self, RADIUS, ROW};
use crate::ui::widgets::{focus_ring, icon_button, text};

/// Width of the rows of a pop-up.
const ROWS: f32 = 216.0;
/// Toggles with a button of their own, or that belong elsewhere.
const OWN_BUTTON: [&str; 4] = [
    "view3d.toggle_overlays",
    "view3d.toggle_shading",
    "view3d.toggle_snap",
    "view3d.toggle_xray",
];

/// Shows the chip beside the left one, which ends at `taken`.
pub fn right_ui(ui: &mut Ui, desk: &mut Desk, rect: Rect, taken: f32, chips: &mut Vec<Rect>) {
    let known = |part: &Part| registry::find(part.id()).is_some();
    let parts: Vec<_> = PARTS.into_iter().filter(known).collect();
    let free = rect.right() - EDGE - (taken + EDGE).max(rect.left() + EDGE);
    let width = |part: Part, named: bool| part.width(ui, desk, named);
    let Some(plan) = plan(&parts, free, width) else {
        return;
    };
    let widths: Vec<_> = plan.shown.iter().map(|&(part, n)| width(part, n)).collect();
    let whole = widths.iter().map(|width| width + SPACE).sum::<f32>() + SPACE;
    let corner = rect.right_top() + vec2(-EDGE - whole, EDGE);
    let chip = Rect::from_min_size(corner, vec2(whole, HEIGHT));
    let mut row = chip_row(ui, desk, chip, "display");
    chips.push(chip);
    for (&(part, named), width) in plan.shown.iter().zip(widths) {
        part_ui(&mut row, desk, part, named.then_some(width), &plan.folded);
    }
}

fn part_ui(ui: &mut Ui, desk: &mut Desk, part: Part, named: Option<f32>, folded: &[Part]) {
    match part {
        Part::Orientation | Part::Pivot => {
            let response = setting_ui(ui, desk, part, named);
            popup(&response, part.title(), ui, |ui| {
                let rows = switches::of_choice(part.id());
                if rows_ui(ui, desk, &rows, ROWS) {
                    ui.close();
                }
            });
        }
        Part::Snap | Part::Overlays => {
            let on = match part {
                // Held Ctrl turns it round while an operator follows the mouse.
                Part::Snap => desk.view.snap.on != (desk.running.is_some() && desk.modifiers.ctrl),
                _ => desk.view.overlays,
            };
            button_ui(ui, desk, part, on);
            let response = caret_ui(ui, desk, &format!("{} Options", part.title()));
            popup(&response, part.title(), ui, |ui| {
                section_ui(ui, desk, part);
            });
        }
        Part::Shading => {
            let response = setting_ui(ui, desk, part, None);
            popup(&response, part.title(), ui, |ui| {
                let rows = switches::of_choice(part.id());
                if rows_ui(ui, desk, &rows, ROWS) {
                    ui.close();
                }
            });
        }
        Part::Xray => button_ui(ui, desk, part, desk.view.in_front),
        Part::FrameAll => button_ui(ui, desk, part, false),
        Part::More => {
            let response = icon_button(ui, desk.theme, part.icon(), "More", false);
            popup(&response, part.title(), ui, |ui| {
                for part in folded {
                    section_ui(ui, desk, *part);
                }
            });
            response.on_hover_text("Settings that there is no room for");
        }
    }
}

/// A pop-up below a button that stays open while things in it are clicked.
fn popup(response: &Response, title: &str, ui: &Ui, content: impl FnOnce(&mut Ui)) {
    let room = (ui.ctx().content_rect().height() - 120.0).max(80.0);
    Popup::menu(response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(title)
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(ROWS);
            egui::ScrollArea::vertical()
                .max_height(room)
                .show(ui, content);
        });
}

/// A button that runs its operator.
fn button_ui(ui: &mut Ui, desk: &mut Desk, part: Part, on: bool) {
    let (id, name) = (part.id(), label(part.id()));
    let call = format!("{id}()");
    let response = icon_button(ui, desk.theme, part.icon(), name, on);
    if response.clicked() {
        desk.acts.start(&call);
    }
    let doc = registry::find(id).map_or("", |entry| entry.doc);
    response.on_hover_ui(|ui| desk.tooltip(ui, name, &call, &tooltip(doc)));
}

/// A setting with its icon and, where there is room, the name of what is chosen.
fn setting_ui(ui: &mut Ui, desk: &Desk, part: Part, named: Option<f32>) -> Response {
    let theme = desk.theme;
    let choice = part.choice(desk).map_or("", Choice::label);
    let named = named.filter(|_| !choice.is_empty());
    let width = named.unwrap_or(ROW + CARET);
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
    let (id, name) = (part.id(), label(part.id()));
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, true, name);
        info.current_text_value = Some(choice.to_owned());
        info
    });
    let hot = response.hovered();
    let color = if hot { theme.text_strong } else { theme.text };
    if hot {
        ui.painter().rect_filled(rect, RADIUS, theme.field_hover);
    }
    let mark = rect.with_max_x(rect.left() + ROW);
    let (middle, font) = (Align2::CENTER_CENTER, theme::icon(15.0));
    text(ui, mark, middle, part.icon(), font, *theme.text_2);
    if named.is_some() {
        let place = rect.with_min_x(rect.left() + ROW + 2.0);
        let font = FontId::proportional(12.0);
        text(ui, place, Align2::LEFT_CENTER, choice, font, *color);
    }
    let caret = rect.with_min_x(rect.right() - CARET - 2.0);
    let font = theme::icon(10.0);
    text(ui, caret, middle, icons::CARET_DOWN, font, *theme.text_2);
    focus_ring(ui, theme, &response);
    let doc = registry::find(id).map_or("", |entry| entry.doc);
    let shown = response.clone();
    shown.on_hover_ui(|ui| {
        desk.tooltip(ui, name, &format!("{id}()"), &tooltip(doc));
        if named.is_none() && !choice.is_empty() {
            ui.label(choice);
        }
    });
    response
}

/// A narrow button that opens what belongs to the one before it.
fn caret_ui(ui: &mut Ui, desk: &Desk, name: &str) -> Response {
    let theme = desk.theme;
    let space = std::mem::replace(&mut ui.spacing_mut().item_spacing.x, 0.0);
    ui.add_space(-space);
    ui.spacing_mut().item_spacing.x = space;
    let (rect, response) = ui.allocate_exact_size(vec2(CARET, ROW), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.hovered() {
        ui.painter().rect_filled(rect, RADIUS, theme.field_hover);
    }
    let (middle, font) = (Align2::CENTER_CENTER, theme::icon(10.0));
    text(ui, rect, middle, icons::CARET_DOWN, font, *theme.text_2);
    focus_ring(ui, theme, &response);
    response.clone().on_hover_text(name);
    response
}

/// The title of rows.
fn title_ui(ui: &mut Ui, desk: &Desk, title: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ROWS, 24.0), Sense::hover());
    let place = rect.with_min_x(rect.left() + 8.0);
    let (font, color) = (theme::medium(12.0), *desk.theme.text_2);
    text(ui, place, Align2::LEFT_CENTER, title, font, color);
}

/// All that belongs to a part, under its title.
fn section_ui(ui: &mut Ui, desk: &mut Desk, part: Part) {
    title_ui(ui, desk, part.title());
    let own = || switches::of_call(&format!("{}()", part.id()));
    match part {
        Part::Orientation | Part::Pivot | Part::Shading => {
            rows_ui(ui, desk, &switches::of_choice(part.id()), ROWS);
        }
        Part::Snap => {
            rows_ui(ui, desk, &own().into_iter().collect::<Vec<_>>(), ROWS);
            snap_ui(ui, desk);
        }
        Part::Overlays => {
            let mut rows: Vec<_> = own().into_iter().collect();
            let others = ["view3d.toggle_", "view3d.show_"];
            rows.extend(switches::of_prefix(&others, &OWN_BUTTON));
            rows_ui(ui, desk, &rows, ROWS);
            title_ui(ui, desk, label("view3d.bone_style"));
            rows_ui(ui, desk, &switches::of_choice("view3d.bone_style"), ROWS);
        }
        Part::Xray => {
            rows_ui(ui, desk, &own().into_iter().collect::<Vec<_>>(), ROWS);
        }
        Part::FrameAll => {
            let (name, call) = (label(part.id()), format!("{}()", part.id()));
            let row = crate::ui::menu_ui::row_ui(ui, desk.theme, name, "", None, ROWS);
            if row.clicked() {
                desk.acts.start(&call);
            }
        }
        Part::More => {}
    }
}

/// The steps of snapping, as the form of the call that sets them.
fn snap_ui(ui: &mut Ui, desk: &mut Desk) {
    let mut op = registry::boxed(SnapSettings::of(&desk.view.snap));
    ui.add_space(2.0);
    if form::form_ui(ui, desk.theme, op.as_mut()) {
        desk.acts.push(Act::Run(op, String::new()));
    }
    ui.add_space(4.0);
}
