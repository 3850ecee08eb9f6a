//! Buttons: with words, with an icon, and the primary one of a dialog.

use egui::{Align2, Color32, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::theme::{self, RADIUS, ROW, Theme};
use crate::ui::widgets::{focus_ring, text};

/// How a button stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    Plain,
    Primary,
}

/// A button with words.
pub fn button(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    labeled(ui, theme, "", label, Weight::Plain)
}

/// A button with an icon before its words.
pub fn icon_text_button(ui: &mut Ui, theme: &Theme, icon: &str, label: &str) -> Response {
    labeled(ui, theme, icon, label, Weight::Plain)
}

/// The button that does what a dialog is for.
pub fn primary_button(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    labeled(ui, theme, "", label, Weight::Primary)
}

fn labeled(ui: &mut Ui, theme: &Theme, icon: &str, label: &str, weight: Weight) -> Response {
    let font = match weight {
        Weight::Plain => egui::FontId::proportional(12.0),
        Weight::Primary => theme::medium(12.0),
    };
    let words = ui
        .painter()
        .layout_no_wrap(label.to_owned(), font, Color32::PLACEHOLDER);
    let room = if icon.is_empty() { 0.0 } else { 19.0 };
    let size = vec2(words.size().x + room + 20.0, ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    let (fill, color) = match weight {
        Weight::Plain => plain(theme, &response),
        Weight::Primary => primary(theme, &response),
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    if !icon.is_empty() {
        let mark = rect.with_min_x(rect.left() + 10.0);
        let mark = mark.with_max_x(mark.left() + 13.0);
        let font = theme::icon(13.0);
        text(ui, mark, Align2::CENTER_CENTER, icon, font, color);
    }
    let at = vec2(rect.left() + 10.0 + room, rect.center().y);
    let at = at - vec2(0.0, words.size().y / 2.0);
    ui.painter().galley(at.to_pos2(), words, color);
    focus_ring(ui, theme, &response);
    response
}

fn plain(theme: &Theme, response: &Response) -> (Color32, Color32) {
    match () {
        () if response.is_pointer_button_down_on() => (*theme.button_press, *theme.text_strong),
        () if response.hovered() => (*theme.button_hover, *theme.text_strong),
        () => (*theme.button, *theme.text),
    }
}

fn primary(theme: &Theme, response: &Response) -> (Color32, Color32) {
    let rest = *theme.accent_fill;
    let fill = match () {
        () if response.is_pointer_button_down_on() => rest.lerp_to_gamma(Color32::BLACK, 0.18),
        () if response.hovered() => rest.lerp_to_gamma(Color32::WHITE, 0.12),
        () => rest,
    };
    (fill, *theme.accent_on)
}

/// An icon that can be clicked, 22 × 22; `on` makes it a toggle that is on.
pub fn icon_button(ui: &mut Ui, theme: &Theme, icon: &str, label: &str, on: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ROW, ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), on, label));
    let down = response.is_pointer_button_down_on();
    let (fill, color) = match () {
        () if on => (*theme.accent_tint, *theme.accent_hi),
        () if down => (*theme.button_press, *theme.text_strong),
        () if response.hovered() => (*theme.field_hover, *theme.text_strong),
        () => (Color32::TRANSPARENT, *theme.text_2),
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    if on && response.hovered() && !down {
        let stroke = Stroke::new(1.0, theme.accent_line);
        ui.painter()
            .rect_stroke(rect, RADIUS, stroke, StrokeKind::Inside);
    }
    let font = if on {
        theme::icon_fill(15.0)
    } else {
        theme::icon(15.0)
    };
    text(ui, rect, Align2::CENTER_CENTER, icon, font, color);
    focus_ring(ui, theme, &response);
    response
}
