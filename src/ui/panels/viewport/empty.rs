//! The 3D view of an empty scene: what can be opened, and the files that were used lately.

use egui::{Align2, FontId, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::io::recent::Recent;
use crate::ui::acts::{Act, quoted};
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::theme::{self, RADIUS, ROW};
use crate::ui::widgets::{clipped_text, focus_ring, text};

/// Files that are shown at most; the menu has them all.
const SHOWN: usize = 8;
/// Width of the list.
const WIDTH: f32 = 400.0;

/// Shows what one can do, in the middle; `chips` gets what takes clicks.
pub(super) fn empty_ui(ui: &mut Ui, desk: &mut Desk, rect: Rect, chips: &mut Vec<Rect>) {
    let theme = desk.theme;
    let area = Rect::from_center_size(rect.center(), vec2(252.0, 62.0));
    chips.push(area);
    let title = area.with_max_y(area.top() + 24.0);
    let font = theme::semibold(15.0);
    let hint = "Drop a .glb here";
    text(ui, title, Align2::CENTER_CENTER, hint, font, *theme.vp_text);
    let row = area.with_min_y(area.bottom() - 26.0);
    let open = ui.scope(|ui| {
        // A button's usual fill is that of the background here.
        ui.visuals_mut().widgets.inactive.weak_bg_fill = *theme.vp_chip;
        let open = egui::Button::new("Open…");
        ui.put(row.with_max_x(row.left() + 84.0), open)
    });
    if open.inner.clicked() {
        desk.acts.start("wm.open_mainfile()");
    }
    let label = egui::RichText::new("Open the mannequin");
    let label = label.font(theme::medium(12.0)).color(*theme.accent_on);
    let open = egui::Button::new(label).fill(*theme.accent_fill);
    if ui.put(row.with_min_x(row.left() + 92.0), open).clicked() {
        desk.acts.push(Act::OpenMannequin);
    }
    recent_ui(ui, desk, rect, area.bottom() + 26.0, chips);
}

/// The files that were used lately, below `top`, as many as there is room for.
fn recent_ui(ui: &mut Ui, desk: &mut Desk, rect: Rect, top: f32, chips: &mut Vec<Rect>) {
    let width = WIDTH.min(rect.width() - 32.0);
    let room = (rect.bottom() - 16.0 - top - ROW) / ROW;
    let shown = desk.recent.len().min(SHOWN);
    let shown = (1..=shown).rev().find(|rows| *rows as f32 <= room);
    let Some(shown) = shown.filter(|_| width > 120.0) else {
        return;
    };
    let theme = desk.theme;
    let left = rect.center().x - width / 2.0;
    let size = vec2(width, ROW * (shown + 1) as f32);
    let area = Rect::from_min_size(egui::pos2(left, top), size);
    chips.push(area);
    let title = Rect::from_min_size(area.min, vec2(width, ROW)).shrink2(vec2(8.0, 0.0));
    let color = theme.vp_text.gamma_multiply(0.62);
    let font = theme::medium(12.0);
    text(ui, title, Align2::LEFT_CENTER, "Recent", font, color);
    for (place, file) in desk.recent.iter().take(shown).enumerate() {
        let top = area.top() + ROW * (place + 1) as f32;
        let row = Rect::from_min_size(egui::pos2(left, top), vec2(width, ROW));
        let there = file.trouble.is_none();
        let mut child = ui.new_child(
            egui::UiBuilder::new()
                .max_rect(row)
                .id_salt(("recent", place)),
        );
        if !there {
            child.disable();
        }
        let response = file_ui(&mut child, desk, row, file);
        let path = file.path.to_string_lossy();
        match &file.trouble {
            Some(reason) => {
                response.on_disabled_hover_text(format!("{reason}\n{path}"));
            }
            None => {
                if response.on_hover_text(&*path).clicked() {
                    let path = quoted(&path);
                    let call = format!("wm.open_mainfile(filepath: {path})");
                    desk.acts.start(&call);
                }
            }
        }
    }
}

fn file_ui(ui: &mut Ui, desk: &Desk, row: Rect, file: &Recent) -> Response {
    let theme = desk.theme;
    let response = ui.allocate_rect(row, Sense::click());
    let name = file.name();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
    if ui.is_enabled() && (response.hovered() || response.has_focus()) {
        ui.painter().rect_filled(row, RADIUS, theme.vp_chip);
    }
    let model = !name.to_lowercase().ends_with(".keypose");
    let icon = if model {
        icons::PERSON_SIMPLE
    } else {
        icons::FILM_STRIP
    };
    let weak = theme.vp_text.gamma_multiply(0.62);
    let mark = row.with_max_x(row.left() + 30.0);
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        icon,
        theme::icon(14.0),
        weak,
    );
    let font = FontId::proportional(12.0);
    let half = row.left() + row.width() * 0.5;
    let label = Rect::from_min_max(row.min + vec2(30.0, 0.0), egui::pos2(half, row.bottom()));
    clipped_text(ui, label, &name, font, *theme.vp_text);
    let folder = row.with_min_x(half + 8.0).with_max_x(row.right() - 8.0);
    let font = FontId::proportional(11.0);
    clipped_text(ui, folder, &file.folder(), font, weak);
    focus_ring(ui, theme, &response);
    response
}
