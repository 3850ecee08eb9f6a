//! The menu bar: mark and menus at the left, and at the right the document's name with its unsaved dot.

use egui::{Align, Layout, Rect, Role, Sense, Shape, Stroke, Ui, UiBuilder, WidgetInfo, vec2};

use crate::ui::auto_key::switch_ui;
use crate::ui::menu_ui::{MenuDesk, menu_button, shortened};
use crate::ui::menus::Menus;
use crate::ui::search::button::search_button_ui;
use crate::ui::theme::{self, Theme};

/// Least space between the sides and what stands in the middle.
const SIDE: f32 = 12.0;
/// Where there is less width the switch of automatic keying has no words.
const WORDED: f32 = 1100.0;

/// Shows the bar in all of the space there is. Gives the room that is left between its sides.
pub fn menu_bar_ui(
    ui: &mut Ui,
    desk: &mut MenuDesk,
    menus: &Menus,
    name: &str,
    unsaved: bool,
) -> Rect {
    let rect = ui.max_rect().shrink2(vec2(12.0, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(layout)
        .id_salt("document");
    let mut right = ui.new_child(builder);
    let layout = Layout::left_to_right(Align::Center);
    let mut left = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(layout)
            .id_salt("menus"),
    );
    left.spacing_mut().item_spacing.x = 2.0;
    mark_ui(&mut left, desk.theme);
    left.add_space(4.0);
    let bar = egui::MenuBar::new().style(|_: &mut egui::Style| {});
    let bar = bar.ui(&mut left, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (title, entries) in &menus.menus {
            menu_button(ui, desk, title, entries);
        }
        ui.cursor().left()
    });
    search_button_ui(&mut right, desk.theme, desk.keymap, desk.acts);
    right.add_space(6.0);
    let worded = rect.width() > WORDED;
    let on = desk.marks.auto_key;
    switch_ui(&mut right, desk.theme, on, worded, desk.acts);
    right.add_space(6.0);
    name_ui(&mut right, desk.theme, name, unsaved);
    let start = bar.inner + SIDE;
    let end = right.min_rect().left() - SIDE;
    rect.with_min_x(start).with_max_x(end.max(start))
}

/// The program's mark: a key's diamond around a bent limb.
fn mark_ui(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
    let at = |(x, y): (f32, f32)| rect.min + vec2(x, y);
    let diamond = [(10.0, 0.8), (19.2, 10.0), (10.0, 19.2), (0.8, 10.0)];
    let stroke = Stroke::new(1.6, theme.accent);
    let diamond = diamond.map(at).to_vec();
    ui.painter().add(Shape::closed_line(diamond, stroke));
    let limb = [(7.2, 13.2), (9.3, 8.9), (13.4, 6.8)].map(at).to_vec();
    let stroke = Stroke::new(1.6, theme.text_strong);
    ui.painter().add(Shape::line(limb, stroke));
    let joint = at((9.3, 8.9));
    ui.painter().circle_filled(joint, 1.9, theme.text_strong);
}

fn name_ui(ui: &mut Ui, theme: &Theme, name: &str, unsaved: bool) {
    ui.spacing_mut().item_spacing.x = 7.0;
    if unsaved {
        let (rect, response) = ui.allocate_exact_size(vec2(8.0, 8.0), Sense::hover());
        ui.painter().circle_filled(rect.center(), 4.0, theme.accent);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Unsaved changes"));
        response.on_hover_text("There are unsaved changes");
    }
    let shown = shortened(name);
    let label = ui.label(
        egui::RichText::new(&shown)
            .font(theme::medium(12.0))
            .color(*theme.text_strong),
    );
    if shown != name {
        label.on_hover_text(name);
    }
}
