//! The field in the menu bar that opens the search.

use egui::{
    Align, Align2, FontId, Layout, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::ui::acts::Acts;
use crate::ui::icons;
use crate::ui::keymap::Keymap;
use crate::ui::theme::{self, RADIUS, ROW, Theme};
use crate::ui::widgets::{focus_ring, keycap, text};

/// The call behind the button.
const SEARCH: &str = "wm.search_menu()";
/// What it says.
const LABEL: &str = "Search commands";

/// Shows the button, 190 wide; a click opens the search.
pub fn search_button_ui(ui: &mut Ui, theme: &Theme, keymap: &Keymap, acts: &mut Acts) {
    let (rect, response) = ui.allocate_exact_size(vec2(190.0, ROW), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), LABEL));
    let hot = response.hovered();
    let edge = if hot { theme.line_strong } else { theme.line };
    let stroke = Stroke::new(1.0, edge);
    let painter = ui.painter();
    painter.rect(rect, RADIUS, theme.field_active, stroke, StrokeKind::Inside);
    let mark = rect.with_max_x(rect.left() + 26.0);
    let font = theme::icon(13.0);
    let color = *theme.text_2;
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        icons::MAGNIFYING_GLASS,
        font,
        color,
    );
    let words = rect.with_min_x(rect.left() + 27.0);
    let font = FontId::proportional(12.0);
    text(ui, words, Align2::LEFT_CENTER, LABEL, font, color);
    if let Some(chord) = keymap.chord_of(SEARCH) {
        let layout = Layout::right_to_left(Align::Center);
        let room = rect.shrink2(vec2(5.0, 0.0));
        let builder = UiBuilder::new()
            .max_rect(room)
            .layout(layout)
            .id_salt("key");
        let mut keys = ui.new_child(builder);
        keys.spacing_mut().item_spacing.x = 3.0;
        chord
            .caps()
            .iter()
            .rev()
            .for_each(|cap| keycap(&mut keys, theme, cap));
    }
    focus_ring(ui, theme, &response);
    let response = response.on_hover_text("Find any command by a few of its letters and run it");
    if response.clicked() {
        acts.start(SEARCH);
    }
}
