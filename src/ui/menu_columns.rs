//! Columns of a menu: groups of many items beside each other, each below its heading.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::menu_ui::{MenuDesk, entries_ui};
use crate::ui::menus::Entry;
use crate::ui::theme;
use crate::ui::widgets::text;

/// Height of a heading.
const HEADING: f32 = 26.0;

/// Shows groups beside each other.
pub fn columns_ui(ui: &mut Ui, desk: &mut MenuDesk, columns: &[(String, Vec<Entry>)]) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (title, entries) in columns {
            ui.vertical(|ui| {
                heading_ui(ui, desk, title);
                entries_ui(ui, desk, entries);
            });
        }
    });
}

fn heading_ui(ui: &mut Ui, desk: &MenuDesk, title: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(120.0, HEADING), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
    let words = rect.with_min_x(rect.left() + 24.0);
    let (font, color) = (theme::medium(12.0), *desk.theme.text_2);
    text(ui, words, Align2::LEFT_CENTER, title, font, color);
    let line = egui::Rect::from_min_max(
        rect.left_bottom() - vec2(-24.0, 3.0),
        rect.right_bottom() - vec2(0.0, 2.0),
    );
    ui.painter().rect_filled(line, 0, desk.theme.line_strong);
}
