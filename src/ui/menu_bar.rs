//! The menu bar: mark, menus, and at the right the document's name with its unsaved dot.

use egui::{Align, Layout, Role, Sense, Shape, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::ui::menu_ui::{MenuDesk, menu_button};
use crate::ui::menus::Menus;
use crate::ui::search::button::search_button_ui;
use crate::ui::theme::{self, Theme};

/// Shows the bar in all of the space there is.
pub fn menu_bar_ui(ui: &mut Ui, desk: &mut MenuDesk, menus: &Menus, name: &str, unsaved: bool) {
    let rect = ui.max_rect().shrink2(vec2(12.0, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(layout)
        .id_salt("document");
    let mut right = ui.new_child(builder);
    search_button_ui(&mut right, desk.theme, desk.keymap, desk.acts);
    right.add_space(8.0);
    name_ui(&mut right, desk.theme, name, unsaved);
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
    egui::MenuBar::new()
        .style(|_: &mut egui::Style| {})
        .ui(&mut left, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            for (title, entries) in &menus.menus {
                menu_button(ui, desk, title, entries);
            }
        });
}

/// The program's mark: a key's diamond with a bone's line.
fn mark_ui(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
    let c = rect.center();
    let diamond = |r: f32| {
        vec![
            c + vec2(0.0, -r),
            c + vec2(r, 0.0),
            c + vec2(0.0, r),
            c + vec2(-r, 0.0),
        ]
    };
    let stroke = Stroke::new(1.75, theme.accent);
    ui.painter().add(Shape::closed_line(diamond(8.0), stroke));
    let line = Stroke::new(1.75, theme.accent_hi);
    ui.painter().line_segment(
        [pos2(c.x - 2.5, c.y + 2.5), pos2(c.x + 2.0, c.y - 2.0)],
        line,
    );
    ui.painter()
        .circle_filled(pos2(c.x + 2.5, c.y - 2.5), 1.75, theme.accent_hi);
}

fn name_ui(ui: &mut Ui, theme: &Theme, name: &str, unsaved: bool) {
    ui.spacing_mut().item_spacing.x = 7.0;
    if unsaved {
        let (rect, response) = ui.allocate_exact_size(vec2(8.0, 8.0), Sense::hover());
        ui.painter().circle_filled(rect.center(), 4.0, theme.accent);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Unsaved changes"));
        response.on_hover_text("There are unsaved changes");
    }
    ui.label(
        egui::RichText::new(name)
            .font(theme::medium(12.0))
            .color(*theme.text_strong),
    );
}
