//! The rows of small menus that widgets open themselves.

use egui::{Align2, FontId, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::icons;
use crate::ui::theme::{self, RADIUS, ROW, Theme};
use crate::ui::widgets::{clipped_text, focus_ring, text};

/// A row of a menu: a tick where `on` is given and true, words, keys at the right.
pub fn menu_row(
    ui: &mut Ui,
    theme: &Theme,
    label: &str,
    keys: &str,
    on: Option<bool>,
    width: f32,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
    response.widget_info(|| match on {
        Some(on) => WidgetInfo::selected(Role::MenuItemRadio, ui.is_enabled(), on, label),
        None => WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), label),
    });
    let hot = ui.is_enabled() && (response.hovered() || response.has_focus());
    let (color, weak) = if hot {
        ui.painter().rect_filled(rect, RADIUS, theme.accent_fill);
        (*theme.accent_on, *theme.accent_on)
    } else {
        (*theme.text, *theme.text_2)
    };
    let inset = if on.is_some() { 24.0 } else { 10.0 };
    if on == Some(true) {
        let place = rect.with_max_x(rect.left() + inset);
        let font = theme::icon(12.0);
        text(ui, place, Align2::CENTER_CENTER, icons::CHECK, font, color);
    }
    let inner = Rect::from_min_max(rect.min + vec2(inset, 0.0), rect.max - vec2(10.0, 0.0));
    let font = FontId::proportional(12.0);
    let right = text(ui, inner, Align2::RIGHT_CENTER, keys, font.clone(), weak);
    let words = inner.with_max_x(right.left().max(inner.left()));
    clipped_text(ui, words, label, font, color);
    focus_ring(ui, theme, &response);
    response
}

/// A line between rows.
pub fn menu_line(ui: &mut Ui, theme: &Theme, width: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, 9.0), Sense::hover());
    let line = Rect::from_center_size(rect.center(), vec2(width, 1.0));
    ui.painter().rect_filled(line, 0, theme.line_strong);
}
