//! Sections that fold: a title row with tools at the right, and below it what slides in and out.

use egui::{Align, Align2, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::ui::icons;
use crate::ui::theme::{self, Theme};
use crate::ui::widgets::{focus_ring, text};

/// Height of a title row.
const TITLE: f32 = 26.0;
/// How long a section takes to open, seconds.
const FOLD: f32 = 0.12;

/// The title of a section, which a click opens and closes. Says whether it is open.
pub fn section(ui: &mut Ui, theme: &Theme, title: &str) -> bool {
    title_ui(ui, theme, title, true, |_| {})
}

/// A section that slides open and shut and stays as it was left while the program runs. `lent` goes to the
/// tools in the title row, then to the body.
pub fn folding<T: ?Sized>(
    ui: &mut Ui,
    theme: &Theme,
    (title, open_at_first): (&str, bool),
    lent: &mut T,
    tools: impl FnOnce(&mut Ui, &mut T),
    body: impl FnOnce(&mut Ui, &mut T),
) {
    let open = title_ui(ui, theme, title, open_at_first, |ui| tools(ui, lent));
    let body = |ui: &mut Ui| body(ui, lent);
    let id = ui.scope_id().with(("fold", title));
    // "Reduce motion" sets the style's time to nothing.
    let time = if ui.style().animation_time > 0.0 {
        FOLD
    } else {
        0.0
    };
    let share = ui.ctx().animate_bool_with_time(id, open, time);
    if share <= 0.0 {
        return;
    }
    let whole: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(0.0);
    if share >= 1.0 || whole == 0.0 {
        let height = ui.scope(body).response.rect.height();
        ui.data_mut(|data| data.insert_temp(id, height));
        return;
    }
    let size = vec2(ui.available_width(), (whole * share).round());
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let full = Rect::from_min_size(
        pos2(rect.left(), rect.bottom() - whole),
        vec2(size.x, whole),
    );
    let mut child = ui.new_child(UiBuilder::new().max_rect(full).id_salt(title));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    body(&mut child);
}

fn title_ui(
    ui: &mut Ui,
    theme: &Theme,
    title: &str,
    open_at_first: bool,
    tools: impl FnOnce(&mut Ui),
) -> bool {
    let id = ui.scope_id().with(("section", title));
    let mut open = ui.data_mut(|data| *data.get_persisted_mut_or(id, open_at_first));
    let size = vec2(ui.available_width(), TITLE);
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
    let (color, font) = (*theme.text_2, theme::icon(11.0));
    text(ui, mark, Align2::CENTER_CENTER, caret, font, color);
    let words = rect.with_min_x(rect.left() + 22.0);
    let (color, font) = (*theme.text_strong, theme::medium(12.0));
    text(ui, words, Align2::LEFT_CENTER, title, font, color);
    focus_ring(ui, theme, &response);
    let room = Rect::from_min_max(rect.min + vec2(22.0, 2.0), rect.max - vec2(8.0, 2.0));
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new()
        .max_rect(room)
        .layout(layout)
        .id_salt("tools");
    let mut child = ui.new_child(builder);
    child.spacing_mut().item_spacing.x = 0.0;
    tools(&mut child);
    open
}

/// A line between sections.
pub fn separator(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().rect_filled(rect, 0, theme.line);
}
