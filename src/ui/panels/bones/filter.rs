//! The filter of the bone list, and the chip beside the pointer while bones are dragged out of it.

use egui::{Align2, FontId, LayerId, Order, Rect, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};

use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::bones::row::BoneDrag;
use crate::ui::panels::bones::rows::Filter;
use crate::ui::theme::{self, RADIUS, ROW};
use crate::ui::widgets::{line_info, select_all, text};

/// The field that a part of a name is typed into; `focus`: it gets the keyboard now. Says whether it was
/// left with Enter.
pub fn field_ui(ui: &mut Ui, desk: &Desk, rect: Rect, filter: &mut Filter, focus: bool) -> bool {
    let theme = desk.theme;
    let hint = egui::RichText::new("Filter bones").color(*theme.text_off);
    let margin = egui::Margin {
        left: 26,
        right: 24,
        top: 0,
        bottom: 0,
    };
    let edit = TextEdit::singleline(&mut filter.text)
        .id_salt("filter")
        .hint_text(hint)
        .frame(egui::Frame::NONE.inner_margin(margin))
        .align(Align2::LEFT_CENTER);
    let fill = ui.painter().add(egui::Shape::Noop);
    let response = ui.put(rect, edit);
    if focus {
        response.request_focus();
        select_all(ui, response.id, &filter.text);
    }
    response.widget_info(|| line_info(ui, &filter.text, "Filter bones"));
    let focused = response.has_focus();
    let left_with = |key| response.lost_focus() && ui.input(|input| input.key_pressed(key));
    let entered = left_with(egui::Key::Enter);
    if left_with(egui::Key::Escape) {
        filter.text.clear();
    }
    let line = if focused { theme.accent } else { theme.line };
    let stroke = egui::Stroke::new(1.0, line);
    let kind = egui::StrokeKind::Inside;
    let shape = egui::epaint::RectShape::new(rect, RADIUS, theme.field_active, stroke, kind);
    ui.painter().set(fill, shape);
    let mark = Rect::from_min_size(rect.min, vec2(26.0, ROW));
    let (glass, font) = (icons::MAGNIFYING_GLASS, theme::icon(13.0));
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        glass,
        font,
        *theme.text_off,
    );
    if !filter.text.is_empty() {
        clear_ui(ui, desk, rect, filter);
    } else if !focused {
        paint_keys(ui, desk, rect);
    }
    entered
}

/// The cross that empties the field.
fn clear_ui(ui: &Ui, desk: &Desk, field: Rect, filter: &mut Filter) {
    let mark = field.with_min_x(field.right() - 22.0);
    let response = ui.interact(mark, ui.scope_id().with("clear filter"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Clear Filter"));
    let color = match response.hovered() {
        true => *desk.theme.text_strong,
        false => *desk.theme.text_2,
    };
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        icons::X,
        theme::icon(11.0),
        color,
    );
    if response.clicked() {
        filter.text.clear();
    }
    response.on_hover_ui(|ui| desk.tooltip(ui, "Clear Filter", "outliner.clear_filter()", ""));
}

/// The keys that lead here, at the right of the empty field.
fn paint_keys(ui: &Ui, desk: &Desk, field: Rect) {
    let Some(chord) = desk.keymap.chord_of("outliner.start_filter()") else {
        return;
    };
    let mut right = field.right() - 4.0;
    for cap in chord.caps().into_iter().rev() {
        let (font, color) = (theme::medium(10.5), *desk.theme.text);
        let galley = ui.painter().layout_no_wrap(cap.to_owned(), font, color);
        let size = vec2((galley.size().x + 8.0).max(16.0), 16.0);
        let rect = Rect::from_center_size(egui::pos2(right - size.x / 2.0, field.center().y), size);
        let stroke = egui::Stroke::new(1.0, desk.theme.line_strong);
        let kind = egui::StrokeKind::Inside;
        ui.painter().rect(rect, 3, *desk.theme.raised, stroke, kind);
        let at = rect.center() - galley.size() / 2.0;
        ui.painter().galley(at, galley, color);
        right = rect.left() - 4.0;
    }
}

/// What a drop would do, beside the pointer; `target` says it where the pointer is over one.
pub fn drag_chip(ui: &Ui, desk: &Desk, target: Option<&str>) {
    let ctx = ui.ctx();
    let Some(drag) = egui::DragAndDrop::payload::<BoneDrag>(ctx) else {
        return;
    };
    let Some(at) = ctx.pointer_latest_pos() else {
        return;
    };
    ctx.set_cursor_icon(egui::CursorIcon::Grabbing);
    let words = target.map_or_else(|| subject(desk, &drag), str::to_owned);
    let theme = desk.theme;
    let layer = LayerId::new(Order::Tooltip, egui::Id::unique("dragged bones"));
    let painter = ctx.layer_painter(layer);
    let font = FontId::proportional(12.0);
    let galley = painter.layout_no_wrap(words, font, *theme.text_strong);
    let size = galley.size() + vec2(16.0, 8.0);
    let screen = ctx.content_rect().shrink(4.0);
    let corner = (at + vec2(14.0, 12.0)).min(screen.max - size);
    let rect = Rect::from_min_size(corner, size);
    let stroke = egui::Stroke::new(1.0, theme.line_strong);
    painter.rect(rect, RADIUS, *theme.popup, stroke, egui::StrokeKind::Inside);
    painter.galley(rect.min + vec2(8.0, 4.0), galley, *theme.text_strong);
}

/// The bones that are dragged, in words.
pub fn subject(desk: &Desk, drag: &BoneDrag) -> String {
    let rig = desk.document.rigs.get(drag.rig.index());
    match (drag.bones.as_slice(), rig) {
        ([bone], Some(rig)) => rig.armature.name(*bone).to_owned(),
        (bones, _) => format!("{} bones", bones.len()),
    }
}
