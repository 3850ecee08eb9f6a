//! A name that is typed where it is shown: Enter or a click elsewhere accepts it, Escape gives up, Tab accepts
//! it and asks for the next one.

use egui::{Align2, Key, Modifiers, Rect, TextEdit, Ui};

use crate::ui::theme::{RADIUS, Theme};
use crate::ui::widgets::{line_info, select_all};

/// How typing a name ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The name is as it was, or the user gave up.
    Unchanged,
    /// With Enter or elsewhere.
    Accepted,
    /// Accepted, and the next name is to be typed; backwards: the one before.
    Next {
        /// With Shift.
        back: bool,
    },
}

/// A name that is being typed.
#[derive(Clone, Debug)]
pub struct NameField {
    before: String,
    /// What was typed so far.
    typed: String,
    begun: bool,
}

impl NameField {
    /// Begins with the name that it has.
    pub fn new(name: &str) -> Self {
        Self {
            before: name.to_owned(),
            typed: name.to_owned(),
            begun: false,
        }
    }

    /// The new name, where it is another one.
    pub fn changed(&self) -> Option<&str> {
        let typed = self.typed.trim();
        (typed != self.before).then_some(typed)
    }

    /// Shows the field; `label` is for screen readers. Says how typing ended once it has.
    pub fn ui(&mut self, ui: &mut Ui, theme: &Theme, field: Rect, label: &str) -> Option<Ended> {
        let id = ui.scope_id().with(("name", label));
        let had_focus = self.begun && ui.memory(|memory| memory.has_focus(id));
        let tab = had_focus.then(|| self.tab(ui)).flatten();
        let frame = egui::Frame::NONE
            .fill(*theme.field_active)
            .stroke(egui::Stroke::new(1.0, theme.accent))
            .corner_radius(RADIUS)
            .inner_margin(egui::Margin::symmetric(4, 0));
        let edit = TextEdit::singleline(&mut self.typed)
            .id(id)
            .frame(frame)
            .lock_focus(true)
            .text_color(*theme.text_strong)
            .align(Align2::LEFT_CENTER);
        let response = ui.put(field, edit);
        response.widget_info(|| line_info(ui, &self.typed, label));
        if !self.begun {
            self.begun = true;
            response.request_focus();
            select_all(ui, id, &self.typed);
            return None;
        }
        if let Some(back) = tab {
            ui.memory_mut(|memory| memory.surrender_focus(id));
            return Some(Ended::Next { back });
        }
        if response.has_focus() {
            return None;
        }
        let given_up = ui.input(|input| input.key_pressed(Key::Escape));
        Some(match given_up {
            true => Ended::Unchanged,
            false => Ended::Accepted,
        })
    }

    /// Whether Tab was pressed, and whether with Shift.
    fn tab(&self, ui: &Ui) -> Option<bool> {
        ui.input_mut(|input| {
            let back = input.consume_key(Modifiers::SHIFT, Key::Tab);
            (back || input.consume_key(Modifiers::NONE, Key::Tab)).then_some(back)
        })
    }
}
