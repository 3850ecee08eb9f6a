//! The form of a new binding: where it applies, any call, a key.

use egui::{FontId, Role, Sense, TextEdit, Ui, UiBuilder, WidgetInfo, vec2};

use crate::ops::call;
use crate::ui::dialogs::unsaved::primary;
use crate::ui::icons;
use crate::ui::keymap::{Action, Binding, contexts};
use crate::ui::keys::Chord;
use crate::ui::preferences::key_row::{Wanted, key_field};
use crate::ui::preferences::rows::{edge, name_text};
use crate::ui::theme::{RADIUS, ROW, Theme};
use crate::ui::widgets::dropdown;

/// What the form holds.
#[derive(Default)]
pub(super) struct AddBinding {
    open: bool,
    context: usize,
    call: String,
    /// The key that was pressed for it.
    pub(super) chord: Option<Chord>,
}

impl AddBinding {
    /// Its height, closed or open.
    pub(super) fn height(&self) -> f32 {
        if self.open { 50.0 } else { ROW }
    }

    /// Closes it and forgets what it held.
    pub(super) fn close(&mut self) {
        *self = Self::default();
    }

    /// Shows the form; gives what it wants.
    pub(super) fn ui(&mut self, ui: &mut Ui, theme: &Theme, waits: bool) -> Option<Wanted> {
        if !self.open {
            let button = egui::Button::new("Add Binding…").min_size(vec2(110.0, ROW));
            let response = ui.add(button);
            if response.on_hover_text("A key for any call").clicked() {
                self.open = true;
            }
            return None;
        }
        let parsed = call::parse(&self.call);
        let mut wanted = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            self.context_ui(ui, theme);
            self.call_ui(ui, theme);
            wanted = self.key_ui(ui, theme, waits);
            let ready = parsed.is_ok() && self.chord.is_some();
            let add = ui
                .add_enabled_ui(ready, |ui| primary(ui, theme, "Add"))
                .inner;
            if let (Ok(op), Some(chord), true) = (&parsed, self.chord, add.clicked()) {
                let context = contexts::for_calls().nth(self.context);
                wanted = Some(Wanted::Binding(Box::new(Binding {
                    context: context.unwrap_or("window").to_owned(),
                    chord,
                    action: Action::Run(op.clone()),
                    repeat: false,
                    hint: None,
                    line: 0,
                })));
            }
            let close = super::icon_button(ui, theme, icons::X, "Add Nothing", false);
            if close.on_hover_text("Add nothing").clicked() {
                self.close();
            }
        });
        let (words, color) = match &parsed {
            _ if self.call.is_empty() => ("A call as in a script".to_owned(), theme.text_2),
            Ok(op) => (op.info().label.to_owned(), theme.text_2),
            Err(error) => (error.message.clone(), theme.orange),
        };
        let words = egui::RichText::new(words).small().color(*color);
        ui.add(egui::Label::new(words).truncate());
        wanted
    }

    fn context_ui(&mut self, ui: &mut Ui, theme: &Theme) {
        let titles: Vec<String> = contexts::for_calls().map(contexts::title).collect();
        let items: Vec<(&str, &str)> = titles.iter().map(|title| (title.as_str(), "")).collect();
        let current = items.get(self.context).map_or("", |(title, _)| *title);
        let (rect, _) = ui.allocate_exact_size(vec2(128.0, ROW), Sense::hover());
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("context"));
        if let Some(place) = dropdown(&mut child, theme, "Where It Applies", current, &items) {
            self.context = place;
        }
    }

    fn call_ui(&mut self, ui: &mut Ui, theme: &Theme) {
        let width = (ui.available_width() - 250.0).max(90.0);
        let hint = egui::RichText::new("pose.copy()").color(*theme.text_off);
        let edit = TextEdit::singleline(&mut self.call)
            .id_salt("call")
            .font(FontId::monospace(11.0))
            .hint_text(hint)
            .background_color(*theme.field_active)
            .margin(vec2(8.0, 4.0));
        let response = ui.add_sized(vec2(width, ROW), edit);
        edge(ui, theme, &response);
        name_text(&response, "Call", &self.call);
    }

    fn key_ui(&self, ui: &mut Ui, theme: &Theme, waits: bool) -> Option<Wanted> {
        let (rect, _) = ui.allocate_exact_size(vec2(130.0, ROW), Sense::hover());
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("new key"));
        child.painter().rect_filled(rect, RADIUS, theme.field);
        let response = key_field(&mut child, theme, rect, self.chord, waits);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Key of the New Binding"));
        let response = response.on_hover_text("Press the key for it");
        response.clicked().then_some(Wanted::Key)
    }
}
