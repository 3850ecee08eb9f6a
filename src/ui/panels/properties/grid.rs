//! The grid of the properties: a label at the left, a field, and room for a small button at the right.

use egui::{Align2, FontId, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::ops::props::tooltip;
use crate::ops::registry;
use crate::ui::acts::Act;
use crate::ui::desk::Desk;
use crate::ui::theme::{ROW, Theme};
use crate::ui::widgets::{clipped_text, icon_button, text, width};

/// Where the labels end, from the panel's left edge; less where the panel is narrow.
const LABEL: f32 = 80.0;
/// Space between label, field and small button.
const GAP: f32 = 6.0;
/// Where labels begin at the earliest that leave room before them.
const LEAD: f32 = 22.0;
/// Space at the panel's right edge.
const EDGE: f32 = 8.0;

/// The places of a row.
pub struct Places {
    /// For the field.
    pub field: Rect,
    /// For the small button.
    pub slot: Rect,
    /// Before the label, in rows that leave room there.
    pub lead: Rect,
    /// Whether the pointer is over the row.
    pub hot: bool,
}

/// Makes room for a row and shows its label.
pub fn row(ui: &mut Ui, theme: &Theme, label: &str) -> Places {
    places(ui, theme, label, 4.0)
}

/// A row with room for a small button before its label.
pub fn led_row(ui: &mut Ui, theme: &Theme, label: &str) -> Places {
    places(ui, theme, label, LEAD)
}

fn places(ui: &mut Ui, theme: &Theme, label: &str, indent: f32) -> Places {
    let size = vec2(ui.available_width(), ROW + 2.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let hot = ui.rect_contains_pointer(rect);
    let label_end = rect.left() + (rect.width() * 0.3).min(LABEL);
    let rect = rect.with_max_y(rect.top() + ROW);
    let name = rect.with_min_x(rect.left() + indent).with_max_x(label_end);
    let (font, color) = (FontId::proportional(12.0), *theme.text_2);
    if width(ui, label) <= name.width() {
        text(ui, name, Align2::RIGHT_CENTER, label, font, color);
    } else {
        clipped_text(ui, name, label, font, color);
        response.on_hover_text(label);
    }
    let right = rect.right() - EDGE;
    let slot = rect.with_min_x(right - ROW).with_max_x(right);
    let field = rect
        .with_min_x(label_end + GAP)
        .with_max_x(slot.left() - GAP);
    let lead = rect.with_min_x(rect.left() + 4.0);
    let lead = lead.with_max_x(rect.left() + LEAD);
    Places {
        field,
        slot,
        lead,
        hot,
    }
}

/// A part of the panel with a place and a name of its own.
pub fn child(ui: &mut Ui, rect: Rect, salt: impl std::hash::Hash + std::fmt::Debug) -> Ui {
    ui.new_child(UiBuilder::new().max_rect(rect).id_salt(salt))
}

/// A row that only tells something in words.
pub fn info_row(ui: &mut Ui, theme: &Theme, label: &str, value: &str) -> Response {
    told_row(ui, theme, label, (value, FontId::proportional(12.0)))
}

/// A row that only tells a number.
pub fn number_row(ui: &mut Ui, theme: &Theme, label: &str, value: &str) -> Response {
    told_row(ui, theme, label, (value, FontId::monospace(11.0)))
}

fn told_row(ui: &mut Ui, theme: &Theme, label: &str, told: (&str, FontId)) -> Response {
    let (value, font) = told;
    let places = row(ui, theme, label);
    let room = places.field.with_max_x(places.slot.right());
    let cut = clipped_text(ui, room, value, font, *theme.text);
    let id = ui.scope_id().with(("told", label));
    let response = ui.interact(room, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{label}: {value}")));
    if cut {
        response.clone().on_hover_text(value);
    }
    response
}

/// A sentence in weak letters, over the whole width.
pub fn note(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.add_space(2.0);
    let words = egui::RichText::new(words).color(*theme.text_2);
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 2));
    frame.show(ui, |ui| ui.add(egui::Label::new(words).wrap()));
    ui.add_space(2.0);
}

/// A small button for a call, with its name, key and explanation.
pub fn call_button(ui: &mut Ui, desk: &mut Desk, icon: &str, label: &str, call: &str) {
    let response = icon_button(ui, desk.theme, icon, label, false);
    if response.clicked() {
        desk.acts.start(call);
    }
    response.on_hover_ui(|ui| desk.tooltip(ui, label, call, &explained(call)));
}

/// What the operator of a call does.
pub(super) fn explained(call: &str) -> String {
    let id = call.split('(').next().unwrap_or_default();
    registry::find(id).map_or_else(String::new, |entry| tooltip(entry.doc))
}

/// A small button that copies a text.
pub fn copy_button(ui: &mut Ui, desk: &mut Desk, icon: &str, label: &str, copied: &str) {
    let response = icon_button(ui, desk.theme, icon, label, false).on_hover_text(label);
    if response.clicked() {
        ui.ctx().copy_text(copied.to_owned());
    }
}

/// Says on the status bar that something could not be done.
pub fn fail(desk: &mut Desk, words: String) {
    desk.acts.push(Act::Fail(words));
}
