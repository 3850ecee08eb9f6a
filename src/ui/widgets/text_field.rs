//! A line of text: Enter or a click elsewhere accepts it, Escape brings back what was there.

use egui::text::{CCursor, CCursorRange};
use egui::{
    Color32, FontId, Id, Key, Response, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, vec2,
};

use crate::ui::theme::{RADIUS, ROW, Theme};

/// Shows the field; gives the text once it was changed and accepted.
pub fn text_field(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    hint: &str,
    value: &str,
) -> (Response, Option<String>) {
    let size = vec2(ui.available_width(), ROW);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let id = ui.scope_id().with(("line of text", name));
    let typed: Option<String> = ui.data(|data| data.get_temp(id));
    let mut line = typed.clone().unwrap_or_else(|| value.to_owned());
    ui.painter().rect_filled(rect, RADIUS, theme.field_active);
    let margin = egui::Margin {
        left: 8,
        right: 8,
        top: 0,
        bottom: 0,
    };
    let edit = TextEdit::singleline(&mut line)
        .id(id)
        .font(FontId::proportional(12.0))
        .hint_text(egui::RichText::new(hint).color(*theme.text_off))
        .align(egui::Align2::LEFT_CENTER)
        .frame(egui::Frame::NONE.inner_margin(margin))
        .text_color(*theme.text_strong);
    let response = ui.put(rect, edit);
    response.widget_info(|| line_info(ui, &line, name));
    let border: Color32 = match () {
        () if response.has_focus() => *theme.accent,
        () if response.hovered() => *theme.line_strong,
        () => *theme.line,
    };
    ui.painter()
        .rect_stroke(rect, RADIUS, Stroke::new(1.0, border), StrokeKind::Inside);
    if response.lost_focus() {
        ui.data_mut(|data| data.remove_temp::<String>(id));
        let given_up = ui.input(|input| input.key_pressed(Key::Escape));
        let changed = !given_up && line != value;
        return (response, changed.then_some(line));
    }
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, line));
    }
    (response, None)
}

/// Selects the whole text of a line, so that typing replaces it.
pub fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    let all = CCursorRange::two(CCursor::default(), end);
    state.cursor.set_char_range(Some(all));
    TextEdit::store_state(ui.ctx(), id, state);
}

/// What a screen reader is told of a line of text.
pub fn line_info(ui: &Ui, line: &str, name: &str) -> WidgetInfo {
    let mut info = WidgetInfo::text_edit(ui.is_enabled(), line, line, "");
    info.label = Some(name.to_owned());
    info
}
