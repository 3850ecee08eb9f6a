//! Rows of the preferences: a label at the left, a field at the right.

use egui::{Align2, CornerRadius, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui};
use egui::{UiBuilder, WidgetInfo, vec2};

use crate::model::choice::Choice;
use crate::ui::theme::{self, RADIUS, ROW, Theme};
use crate::ui::widgets::{focus_ring, text};

/// Width of the labels.
const LABEL: f32 = 150.0;
/// Width of the fields.
const FIELD: f32 = 300.0;

/// The title of a section, with a button at the right that brings its defaults back.
pub(super) fn title_ui(ui: &mut Ui, theme: &Theme, title: &str, changed: bool) -> bool {
    let size = vec2(ui.available_width(), 30.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let font = theme::semibold(13.0);
    text(
        ui,
        rect,
        Align2::LEFT_CENTER,
        title,
        font,
        *theme.text_strong,
    );
    let place = Rect::from_min_max(
        rect.right_top() + vec2(-72.0, 4.0),
        rect.right_bottom() - vec2(0.0, 4.0),
    );
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("reset", title)));
    let button = egui::Button::new("Reset").min_size(vec2(72.0, ROW));
    let response = child.add_enabled(changed, button);
    let name = format!("Reset {title}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, changed, &name));
    response
        .on_hover_text("Bring the defaults of this section back")
        .on_disabled_hover_text("Everything here is as it comes with the program")
        .clicked()
}

/// A row: its label, then room for the field.
pub(super) fn row(ui: &mut Ui, theme: &Theme, label: &str, doc: &str) -> Ui {
    let size = vec2(ui.available_width(), ROW + 6.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let rect = rect.with_max_y(rect.top() + ROW);
    let name = rect.with_max_x(rect.left() + LABEL);
    let font = FontId::proportional(12.0);
    text(ui, name, Align2::RIGHT_CENTER, label, font, *theme.text_2);
    response.on_hover_text(doc);
    let left = name.right() + 8.0;
    let room = rect
        .with_min_x(left)
        .with_max_x((left + FIELD).min(rect.right()));
    ui.new_child(UiBuilder::new().max_rect(room).id_salt(label))
}

/// A line of small text below a row.
pub(super) fn note(ui: &mut Ui, theme: &Theme, words: &str) {
    let words = egui::RichText::new(words).small().color(*theme.text_2);
    ui.add(egui::Label::new(words).wrap());
}

/// Tells screen readers what a text field is for.
pub(super) fn name_text(response: &Response, name: &str, words: &str) {
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::TextInput, true, name);
        info.current_text_value = Some(words.to_owned());
        info
    });
}

/// The edge of a text field.
pub(super) fn edge(ui: &Ui, theme: &Theme, response: &Response) {
    let color = match response.has_focus() {
        true => theme.accent,
        false => theme.line,
    };
    let stroke = Stroke::new(1.0, color);
    let rect = response.rect;
    ui.painter()
        .rect_stroke(rect, RADIUS, stroke, StrokeKind::Inside);
}

/// The items of a choice side by side; gives the one that was clicked.
pub(super) fn segmented<C: Choice + Clone>(
    ui: &mut Ui,
    theme: &Theme,
    label: &str,
    chosen: &C,
) -> Option<C> {
    let items = chosen.items();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    ui.painter().rect_filled(rect, RADIUS, theme.field);
    let width = rect.width() / items.len().max(1) as f32;
    let mut clicked = None;
    for (place, item) in items.iter().enumerate() {
        let left = rect.left() + width * place as f32;
        let part = Rect::from_min_size(egui::pos2(left, rect.top()), vec2(width, ROW));
        let id = ui.scope_id().with((label, place));
        let response = ui.interact(part, id, Sense::click());
        let on = place == chosen.index();
        let name = format!("{label}: {}", item.label);
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &name));
        let color = match () {
            () if on => theme.text_strong,
            () if response.hovered() => theme.text_strong,
            () => theme.text_2,
        };
        if on {
            let stroke = Stroke::new(1.0, theme.accent_line);
            let corners = CornerRadius::same(RADIUS);
            let painter = ui.painter();
            painter.rect(part, corners, theme.accent_tint, stroke, StrokeKind::Inside);
        } else if response.hovered() {
            ui.painter().rect_filled(part, RADIUS, theme.field_hover);
        }
        let font = FontId::proportional(12.0);
        text(ui, part, Align2::CENTER_CENTER, item.label, font, *color);
        focus_ring(ui, theme, &response);
        if response.on_hover_text(item.doc.trim()).clicked() && !on {
            let mut choice = chosen.clone();
            choice.set_index(place);
            clicked = Some(choice);
        }
    }
    clicked
}
