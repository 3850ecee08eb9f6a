//! The widgets of the design. None grows when it is hovered or pressed; the keyboard's place has a ring.
//!
//! Where a part of the interface is off, egui fades what it paints to 45 %: widgets do not do so again.

pub mod arithmetic;
mod button;
mod choice;
pub mod diamond;
pub mod field;
mod field_edit;
pub mod field_keys;
mod field_menu;
mod field_paint;
mod menu;
pub mod name_field;
mod section;
mod text_field;

use egui::{
    Align2, Color32, CornerRadius, FontId, Rect, Response, Sense, Stroke, StrokeKind, Ui, pos2,
    vec2,
};

use crate::ui::theme::{self, RADIUS, Theme};

pub use button::{button, icon_button, icon_text_button, primary_button};
pub use choice::{check_box, check_row, dropdown, fits_segments, segment, segmented};
pub use menu::{menu_line, menu_row};
pub use section::{folding, section, separator};
pub use text_field::{line_info, select_all, text_field};

/// Text in a rectangle; nothing is allocated.
pub fn text(ui: &Ui, rect: Rect, align: Align2, text: &str, font: FontId, color: Color32) -> Rect {
    let pos = align.pos_in_rect(&rect);
    ui.painter().text(pos, align, text, font, color)
}

/// Text in a rectangle, cut with an ellipsis where it does not fit; says whether it was cut.
pub fn clipped_text(ui: &Ui, rect: Rect, text: &str, font: FontId, color: Color32) -> bool {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width());
    let galley = ui.painter().layout_job(job);
    let pos = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    let cut = galley.elided;
    ui.painter().galley(pos, galley, color);
    cut
}

/// How wide a text of the body's font is.
pub fn width(ui: &Ui, text: &str) -> f32 {
    let font = FontId::proportional(12.0);
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    galley.size().x
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

/// How wide a keycap is.
pub fn keycap_width(ui: &Ui, cap: &str) -> f32 {
    let galley =
        ui.painter()
            .layout_no_wrap(cap.to_owned(), theme::medium(10.5), Color32::PLACEHOLDER);
    (galley.size().x + 8.0).max(16.0)
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
