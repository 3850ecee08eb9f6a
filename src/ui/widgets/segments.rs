//! A row of words of which one is chosen.

use egui::{FontId, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{RADIUS, ROW, Theme};
use crate::ui::widgets::{focus_ring, text};

/// The least width that words need as segments.
pub fn segments_width(ui: &Ui, words: &[&str]) -> f32 {
    let measure = |word: &&str| {
        let font = FontId::proportional(12.0);
        let galley = ui
            .painter()
            .layout_no_wrap((*word).to_owned(), font, egui::Color32::WHITE);
        galley.size().x + 14.0
    };
    words.iter().map(measure).fold(0.0, f32::max) * words.len() as f32
}

/// Shows the words side by side; gives the place of the one that was clicked. `name` is for screen readers.
pub fn segments(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    words: &[&str],
    chosen: usize,
    width: f32,
) -> Option<usize> {
    let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    ui.painter().rect_filled(rect, RADIUS, theme.field);
    let each = width / words.len().max(1) as f32;
    let mut clicked = None;
    for (place, word) in words.iter().enumerate() {
        let left = rect.left() + each * place as f32;
        let area = Rect::from_min_max(pos2(left, rect.top()), pos2(left + each, rect.bottom()));
        let id = ui.scope_id().with((name, place));
        let response = ui.interact(area, id, Sense::click());
        let on = place == chosen;
        response.widget_info(|| {
            let label = format!("{name}: {word}");
            WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), on, label)
        });
        let hot = response.hovered() && ui.is_enabled();
        if on {
            ui.painter().rect_filled(area, RADIUS, theme.accent_tint);
            let stroke = Stroke::new(1.0, theme.accent_line);
            ui.painter()
                .rect_stroke(area, RADIUS, stroke, StrokeKind::Inside);
        } else if hot {
            ui.painter().rect_filled(area, RADIUS, theme.field_hover);
        }
        let color = if on || hot {
            *theme.text_strong
        } else {
            *theme.text_2
        };
        let font = FontId::proportional(12.0);
        text(ui, area, egui::Align2::CENTER_CENTER, word, font, color);
        focus_ring(ui, theme, &response);
        if response.clicked() && !on {
            clicked = Some(place);
        }
    }
    clicked
}
