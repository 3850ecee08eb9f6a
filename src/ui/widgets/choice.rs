//! Widgets to choose with: the dropdown, the segmented control, the check box.

use egui::{
    Align2, Color32, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use crate::ui::icons;
use crate::ui::theme::{self, RADIUS, ROW, Theme};
use crate::ui::widgets::menu::menu_row;
use crate::ui::widgets::{clipped_text, focus_ring, text};

/// Most items that a segmented control shows.
const SEGMENTS: usize = 4;

/// A button that opens a list of items; gives the place of the item that was chosen.
pub fn dropdown(
    ui: &mut Ui,
    theme: &Theme,
    label: &str,
    current: &str,
    items: &[(&str, &str)],
) -> Option<usize> {
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), label);
        info.current_text_value = Some(current.to_owned());
        info
    });
    let (fill, color) = match () {
        () if response.is_pointer_button_down_on() => (theme.button_press, theme.text_strong),
        () if response.hovered() => (theme.button_hover, theme.text_strong),
        () => (theme.button, theme.text),
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    let inner = Rect::from_min_max(rect.min + vec2(8.0, 0.0), rect.max - vec2(6.0, 0.0));
    let words = inner.with_max_x(inner.right() - 16.0);
    let font = FontId::proportional(12.0);
    clipped_text(ui, words, current, font, *color);
    let (caret, font) = (icons::CARET_DOWN, theme::icon(11.0));
    text(ui, inner, Align2::RIGHT_CENTER, caret, font, *theme.text_2);
    focus_ring(ui, theme, &response);
    items_popup(theme, &response, current, items)
}

fn items_popup(
    theme: &Theme,
    response: &Response,
    current: &str,
    items: &[(&str, &str)],
) -> Option<usize> {
    let by_keys = response.clicked() && response.has_focus();
    let mut chosen = None;
    egui::Popup::menu(response)
        .width(response.rect.width())
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let width = items
                .iter()
                .map(|(item, _)| crate::ui::widgets::width(ui, item));
            let width = width.fold(response.rect.width() - 12.0, |a, b| f32::max(a, b + 40.0));
            for (place, (item, doc)) in items.iter().enumerate() {
                let on = *item == current;
                let mut entry = menu_row(ui, theme, item, "", Some(on), width);
                if on && by_keys {
                    entry.request_focus();
                }
                if !doc.is_empty() {
                    entry = entry.on_hover_text(*doc);
                }
                if entry.clicked() {
                    chosen = Some(place);
                    ui.close();
                }
            }
        });
    chosen
}

/// Whether so many items with these words fit side by side into the width.
pub fn fits_segments(ui: &Ui, items: &[(&str, &str)], width: f32) -> bool {
    let each = width / items.len().max(1) as f32;
    let fits = |(item, _): &(&str, &str)| crate::ui::widgets::width(ui, item) + 10.0 <= each;
    (2..=SEGMENTS).contains(&items.len()) && items.iter().all(fits)
}

/// A few items side by side, of which one is chosen; gives the place of the one that was clicked.
pub fn segmented(
    ui: &mut Ui,
    theme: &Theme,
    label: &str,
    current: &str,
    items: &[(&str, &str)],
) -> Option<usize> {
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    ui.painter().rect_filled(whole, RADIUS, theme.field);
    let each = whole.width() / items.len().max(1) as f32;
    let mut chosen = None;
    for (place, (item, doc)) in items.iter().enumerate() {
        let left = whole.left() + each * place as f32;
        let rect = Rect::from_min_size(pos2(left, whole.top()), vec2(each, ROW));
        let id = ui.scope_id().with((label, place));
        let mut response = ui.interact(rect, id, Sense::click());
        let on = *item == current;
        let name = format!("{label}: {item}");
        response
            .widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), on, &name));
        segment(ui, theme, rect, &response, on);
        let color = match () {
            () if on || response.hovered() => *theme.text_strong,
            () => *theme.text_2,
        };
        let font = FontId::proportional(12.0);
        text(ui, rect, Align2::CENTER_CENTER, item, font, color);
        focus_ring(ui, theme, &response);
        if !doc.is_empty() {
            response = response.on_hover_text(*doc);
        }
        if response.clicked() {
            chosen = Some(place);
        }
    }
    chosen
}

/// The ground of a segment or of a switch among several.
pub fn segment(ui: &Ui, theme: &Theme, rect: Rect, response: &Response, on: bool) {
    let fill = match () {
        () if on => *theme.accent_tint,
        () if response.is_pointer_button_down_on() => *theme.field_active,
        () if response.hovered() => *theme.field_hover,
        () => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    if on {
        let stroke = Stroke::new(1.0, theme.accent_line);
        ui.painter()
            .rect_stroke(rect, RADIUS, stroke, StrokeKind::Inside);
    }
}

/// A box with a tick.
pub fn check_box(ui: &mut Ui, theme: &Theme, label: &str, on: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ROW, ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, label));
    tick(ui, theme, rect, &response, on);
    response
}

/// A box with a tick and its words beside it, all of which can be clicked.
pub fn check_row(ui: &mut Ui, theme: &Theme, label: &str, on: bool) -> Response {
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, label));
    tick(ui, theme, rect, &response, on);
    let words = rect.with_min_x(rect.left() + 22.0);
    let color = match response.hovered() {
        true => theme.text_strong,
        false => theme.text,
    };
    clipped_text(ui, words, label, FontId::proportional(12.0), *color);
    response
}

fn tick(ui: &Ui, theme: &Theme, rect: Rect, response: &Response, on: bool) {
    let mark = Rect::from_center_size(pos2(rect.left() + 7.0, rect.center().y), vec2(14.0, 14.0));
    let rest = if on { *theme.accent_fill } else { *theme.check };
    let fill = match () {
        () if response.is_pointer_button_down_on() => rest.lerp_to_gamma(*theme.base, 0.25),
        () if response.hovered() => rest.lerp_to_gamma(*theme.text_strong, 0.12),
        () => rest,
    };
    ui.painter().rect_filled(mark, 3, fill);
    if on {
        let (check, font) = (icons::CHECK, theme::icon(11.0));
        text(
            ui,
            mark,
            Align2::CENTER_CENTER,
            check,
            font,
            *theme.accent_on,
        );
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.5, theme.accent);
        ui.painter()
            .rect_stroke(mark.expand(1.0), 4, stroke, StrokeKind::Outside);
    }
}
