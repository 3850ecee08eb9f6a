//! The parameters of a command before it runs: its form in place of the list.

use egui::{Align2, FontId, Margin, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use crate::ops::props::tooltip;
use crate::ops::registry::{self, AnyOperator};
use crate::ui::form;
use crate::ui::search::row;
use crate::ui::theme::{self, Theme};
use crate::ui::widgets::{clipped_text, text};

/// Shows name, description, form and the call that will run.
pub fn options_ui(ui: &mut Ui, theme: &Theme, op: &mut dyn AnyOperator, room: f32) {
    let info = op.info();
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, 48.0), Sense::hover());
    let inner = rect.shrink2(vec2(16.0, 0.0));
    let font = theme::semibold(15.0);
    let name = text(
        ui,
        inner,
        Align2::LEFT_CENTER,
        info.label,
        font,
        *theme.text_strong,
    );
    let doc = registry::find(info.id).map_or(String::new(), |entry| tooltip(entry.doc));
    let words = inner.with_min_x(name.right() + 12.0);
    clipped_text(ui, words, &doc, FontId::proportional(12.0), *theme.text_2);
    let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 1.0), rect.max);
    ui.painter().rect_filled(line, 0, theme.line);
    let margin = Margin {
        left: 16,
        right: 8,
        top: 10,
        bottom: 6,
    };
    let area = ScrollArea::vertical()
        .max_height(room - 40.0)
        .auto_shrink([false, true]);
    area.show(ui, |ui| {
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            form::form_ui(ui, theme, op);
        });
    });
    let (call, _) = ui.allocate_exact_size(vec2(width, 34.0), Sense::hover());
    row::call_ui(ui, theme, call.shrink2(vec2(16.0, 0.0)), &op.call_text());
}
