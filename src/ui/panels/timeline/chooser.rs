//! The chooser of actions beside the timeline's tab: the one that the active rig plays, and a list of all.

use egui::{Align2, FontId, Popup, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::timeline::TimelinePanel;
use crate::ui::theme::{self, HEADER, RADIUS, ROW, Theme};
use crate::ui::widgets::{clipped_text, focus_ring, menu_row, text, text_field, width};

/// Actions from which on names can be filtered.
const MANY: usize = 9;
/// Width of the chooser at most.
const WIDEST: f32 = 220.0;
/// Width of the list.
const LIST: f32 = 230.0;

impl TimelinePanel {
    /// Shows the chooser at the next place of the header.
    pub(super) fn chooser_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let rig = desk.document.rig();
        let active = rig.and_then(|rig| rig.animation.active_action.clone());
        let shown = active.as_deref().unwrap_or("No action");
        let theme = desk.theme;
        let (line, _) = ui.allocate_exact_size(vec2(9.0, HEADER), Sense::hover());
        let line = Rect::from_center_size(line.center(), vec2(1.0, 14.0));
        ui.painter().rect_filled(line, 0, theme.line);
        let wide = (width(ui, shown) + 54.0).min(WIDEST);
        ui.add_enabled_ui(rig.is_some(), |ui| {
            let response = button_ui(ui, theme, shown, wide);
            let response = response.on_disabled_hover_text("There is no rig to animate");
            Popup::menu(&response)
                .accessible_name("Actions")
                .show(|ui| self.list_ui(ui, desk, active.as_deref()));
            response.on_hover_ui(|ui| {
                desk.tooltip(ui, "Action", "", "The action that the rig plays");
            });
        });
    }

    fn list_ui(&mut self, ui: &mut Ui, desk: &mut Desk, active: Option<&str>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_width(LIST);
        let actions = &desk.document.actions;
        if actions.len() >= MANY {
            // Typing goes there at once; what is typed counts at once.
            let id = ui.scope_id().with(("line of text", FILTER));
            let (response, new) = text_field(ui, desk.theme, FILTER, FILTER, &self.filter);
            let typed: Option<String> = ui.data(|data| data.get_temp(id));
            if let Some(filter) = new.or(typed) {
                self.filter = filter;
            }
            if ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            ui.add_space(4.0);
        } else {
            self.filter.clear();
        }
        let wanted = self.filter.to_lowercase();
        let fits = |name: &&String| wanted.is_empty() || name.to_lowercase().contains(&wanted);
        let names: Vec<&String> = actions.keys().filter(fits).collect();
        let mut chosen = None;
        if menu_row(ui, desk.theme, "None", "", Some(active.is_none()), LIST).clicked() {
            chosen = Some("action.activate(reset: true)".to_owned());
        }
        let room = 12.0 * ROW;
        ScrollArea::vertical()
            .max_height(room)
            .show_rows(ui, ROW, names.len(), |ui, range| {
                for name in names.get(range).unwrap_or_default() {
                    let on = active == Some(name.as_str());
                    if menu_row(ui, desk.theme, name, "", Some(on), LIST).clicked() {
                        let name = quoted(name);
                        chosen = Some(format!("action.activate(name: {name}, reset: true)"));
                    }
                }
            });
        if names.is_empty() && !wanted.is_empty() {
            ui.label(egui::RichText::new("No action of that name").color(*desk.theme.text_2));
        }
        if let Some(call) = chosen {
            desk.acts.run(&call, "");
            self.filter.clear();
            ui.close();
        }
    }
}

/// What stands in the field that filters.
const FILTER: &str = "Filter actions";

fn button_ui(ui: &mut Ui, theme: &Theme, shown: &str, wide: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(wide, ROW), Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), "Action");
        info.current_text_value = Some(shown.to_owned());
        info
    });
    let color = match response.hovered() {
        true => {
            ui.painter().rect_filled(rect, RADIUS, theme.field_hover);
            theme.text_strong
        }
        false => theme.text,
    };
    let mark = rect.with_max_x(rect.left() + 24.0);
    let (film, font) = (icons::FILM_STRIP, theme::icon(13.0));
    text(ui, mark, Align2::CENTER_CENTER, film, font, *theme.text_2);
    let words = Rect::from_min_max(rect.min + vec2(26.0, 0.0), rect.max - vec2(22.0, 0.0));
    clipped_text(ui, words, shown, FontId::proportional(12.0), *color);
    let caret = rect.with_min_x(rect.right() - 20.0);
    let (down, font) = (icons::CARET_DOWN, theme::icon(11.0));
    text(ui, caret, Align2::CENTER_CENTER, down, font, *theme.text_2);
    focus_ring(ui, theme, &response);
    response
}
