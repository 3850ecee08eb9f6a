//! Asks for the parameters of an operator before it runs: Enter runs it, Escape does not.

use egui::{FocusDirection, Key, Ui, vec2};

use crate::ops::props::Value;
use crate::ops::registry::AnyOperator;
use crate::ui::dialogs::unsaved::primary;
use crate::ui::form;
use crate::ui::theme::{self, ROW, Theme};

/// Width of the dialog.
const WIDTH: f32 = 300.0;

/// What the user wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Run it with these parameters.
    Run,
    /// Forget it.
    Cancel,
}

/// An operator and the form of its parameters.
pub struct FormDialog {
    /// The operator.
    pub op: Box<dyn AnyOperator>,
    /// How often it was shown: from the second time on its first field can have the keyboard.
    shown: u8,
}

impl FormDialog {
    /// Asks for the parameters of this operator.
    pub fn new(op: Box<dyn AnyOperator>) -> Self {
        Self { op, shown: 0 }
    }

    /// Whether the first field is a line of text.
    fn begins_with_text(&mut self) -> bool {
        let fields = self.op.fields();
        let values = self.op.values();
        let mut shown = fields.iter().zip(values).filter(|(f, _)| !f.hint.hidden);
        shown
            .next()
            .is_some_and(|(_, value)| matches!(value, Value::Text(_)))
    }

    /// Gives the keyboard to a text that comes first, to be typed at once. Says whether the button that runs it
    /// gets it instead, so that Enter runs it and does not open a list.
    fn focus_first(&mut self, ui: &Ui) -> bool {
        let text = self.begins_with_text();
        match self.shown {
            // What lies below can still have it while the dialog is shown for the first time.
            0 => ui.memory_mut(|memory| memory.stop_text_input()),
            1 if text => ui.memory_mut(|memory| memory.move_focus(FocusDirection::Next)),
            1 => {}
            _ => return false,
        }
        self.shown += 1;
        ui.ctx().request_repaint();
        self.shown == 2 && !text
    }

    /// Shows the form; nothing as long as it is open.
    pub fn ui(&mut self, ui: &mut Ui, theme: &Theme) -> Option<Choice> {
        ui.set_width(WIDTH);
        let title = egui::RichText::new(self.op.info().label);
        ui.label(title.font(theme::semibold(13.0)).color(*theme.text_strong));
        ui.add_space(8.0);
        let to_button = self.focus_first(ui);
        form::form_ui(ui, theme, self.op.as_mut());
        ui.add_space(14.0);
        let mut choice = None;
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.allocate_ui_with_layout(vec2(WIDTH, ROW), layout, |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let confirm = primary(ui, theme, self.op.info().confirm);
            if to_button {
                confirm.request_focus();
            }
            if confirm.clicked() {
                choice = Some(Choice::Run);
            }
            if ui.button("Cancel").clicked() {
                choice = Some(Choice::Cancel);
            }
        });
        let key = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
        match () {
            () if choice.is_some() => {}
            () if key(Key::Escape) => choice = Some(Choice::Cancel),
            () if ui.memory(|memory| memory.focused().is_none()) && key(Key::Enter) => {
                choice = Some(Choice::Run);
            }
            () => {}
        }
        choice
    }
}
