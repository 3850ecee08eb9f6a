//! Small widgets of the design: icon buttons, keycaps, section titles, rows.

pub mod arithmetic;
pub mod field;

use egui::{
    Align2, Color32, CornerRadius, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::ui::icons;
use crate::ui::theme::{self, RADIUS, ROW, Theme};

/// An icon that can be clicked, 22 × 22.
pub fn icon_button(ui: &mut Ui, theme: &Theme, icon: &str, label: &str, on: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ROW, ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), on, label));
    let hot = response.hovered() && ui.is_enabled();
    let fill = match () {
        () if on => *theme.accent_tint,
        () if response.is_pointer_button_down_on() => *theme.button_press,
        () if hot => *theme.field_hover,
        () => Color32::TRANSPARENT,
    };
    let color = match () {
        () if on => *theme.accent_hi,
        () if hot => *theme.text_strong,
        () => *theme.text_2,
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    let font = if on {
        theme::icon_fill(15.0)
    } else {
        theme::icon(15.0)
    };
    text(ui, rect, Align2::CENTER_CENTER, icon, font, color);
    focus_ring(ui, theme, &response);
    response
}

/// Text in a rectangle; nothing is allocated.
pub fn text(ui: &Ui, rect: Rect, align: Align2, text: &str, font: FontId, color: Color32) -> Rect {
    let pos = align.pos_in_rect(&rect);
    ui.painter().text(pos, align, text, font, color)
}

/// Text in a rectangle, cut with an ellipsis where it does not fit.
pub fn clipped_text(ui: &Ui, rect: Rect, text: &str, font: FontId, color: Color32) {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width());
    let galley = ui.painter().layout_job(job);
    let pos = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(pos, galley, color);
}

/// A ring around what the keyboard has chosen.
pub fn focus_ring(ui: &Ui, theme: &Theme, response: &Response) {
    if response.has_focus() {
        let ring = response.rect.expand(1.0);
        let stroke = Stroke::new(1.5, theme.accent);
        ui.painter()
            .rect_stroke(ring, RADIUS + 1, stroke, StrokeKind::Outside);
    }
}

/// A key as it stands on the keyboard.
pub fn keycap(ui: &mut Ui, theme: &Theme, cap: &str) {
    let galley = ui
        .painter()
        .layout_no_wrap(cap.to_owned(), theme::medium(10.5), *theme.text);
    let size = vec2((galley.size().x + 8.0).max(16.0), 16.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let stroke = Stroke::new(1.0, theme.line_strong);
    ui.painter().rect(
        rect,
        CornerRadius::same(3),
        theme.raised,
        stroke,
        StrokeKind::Inside,
    );
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, *theme.text);
}

/// An icon without a function.
pub fn icon_label(ui: &mut Ui, icon: &str, size: f32, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(size + 2.0, 16.0), Sense::hover());
    text(
        ui,
        rect,
        Align2::CENTER_CENTER,
        icon,
        theme::icon(size),
        color,
    );
}

/// The title of a section, which a click opens and closes. Says whether it is open.
pub fn section(ui: &mut Ui, theme: &Theme, title: &str) -> bool {
    let id = ui.scope_id().with(("section", title));
    let mut open = ui.data_mut(|data| *data.get_persisted_mut_or(id, true));
    let size = vec2(ui.available_width(), 26.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(Role::DisclosureTriangle, ui.is_enabled(), open, title)
    });
    if response.clicked() {
        open = !open;
        ui.data_mut(|data| data.insert_persisted(id, open));
    }
    let caret = if open {
        icons::CARET_DOWN
    } else {
        icons::CARET_RIGHT
    };
    let mark = Rect::from_min_size(rect.min + vec2(6.0, 0.0), vec2(11.0, rect.height()));
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        caret,
        theme::icon(11.0),
        *theme.text_2,
    );
    let title_rect = rect.with_min_x(rect.left() + 22.0);
    let font = theme::medium(12.0);
    text(
        ui,
        title_rect,
        Align2::LEFT_CENTER,
        title,
        font,
        *theme.text_strong,
    );
    focus_ring(ui, theme, &response);
    open
}

/// A line between sections.
pub fn separator(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().rect_filled(rect, 0, theme.line);
}

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
    let hot = response.hovered();
    let fill = if hot {
        theme.button_hover
    } else {
        theme.button
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    let color = if hot { *theme.text_strong } else { *theme.text };
    let inner = rect.shrink2(vec2(8.0, 0.0));
    clipped_text(
        ui,
        inner.with_max_x(inner.right() - 14.0),
        current,
        FontId::proportional(12.0),
        color,
    );
    let caret = icons::CARET_DOWN;
    text(
        ui,
        inner,
        Align2::RIGHT_CENTER,
        caret,
        theme::icon(11.0),
        *theme.text_2,
    );
    focus_ring(ui, theme, &response);
    let mut chosen = None;
    egui::Popup::menu(&response).width(rect.width()).show(|ui| {
        ui.set_min_width(rect.width() - 12.0);
        for (place, (item, doc)) in items.iter().enumerate() {
            let mut entry = ui.selectable_label(*item == current, *item);
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

/// A box with a tick.
pub fn check_box(ui: &mut Ui, theme: &Theme, label: &str, on: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ROW, ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, label));
    let mark = Rect::from_center_size(pos2(rect.left() + 7.0, rect.center().y), vec2(14.0, 14.0));
    let fill = if on { theme.accent_fill } else { theme.check };
    ui.painter().rect_filled(mark, 3, fill);
    if on {
        let font = theme::icon(10.0);
        text(
            ui,
            mark,
            Align2::CENTER_CENTER,
            icons::CHECK,
            font,
            *theme.accent_on,
        );
    }
    focus_ring(ui, theme, &response);
    response
}
