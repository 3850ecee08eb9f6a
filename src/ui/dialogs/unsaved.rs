//! Asks what becomes of unsaved work: Enter saves, D drops it, Escape goes back.

use egui::{Key, Ui, vec2};

use crate::ui::theme::{self, ROW, Theme};

/// What the user wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Save, then go on.
    Save,
    /// Go on without.
    Drop,
    /// Go back.
    Cancel,
}

/// Shows the question; nothing as long as it is open.
pub fn unsaved_ui(ui: &mut Ui, theme: &Theme, name: &str) -> Option<Choice> {
    ui.set_width(360.0);
    let title = format!("Save changes to {name}?");
    ui.label(
        egui::RichText::new(title)
            .font(theme::semibold(13.0))
            .color(*theme.text_strong),
    );
    ui.add_space(4.0);
    let text = "What you did since it was last saved will be lost otherwise";
    ui.label(egui::RichText::new(text).color(*theme.text_2));
    ui.add_space(14.0);
    let mut choice = None;
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(360.0, ROW), layout, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if primary(ui, theme, "Save").clicked() {
            choice = Some(Choice::Save);
        }
        if ui.button("Don't Save").clicked() {
            choice = Some(Choice::Drop);
        }
        if ui.button("Cancel").clicked() {
            choice = Some(Choice::Cancel);
        }
    });
    let key = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    match () {
        () if choice.is_some() => {}
        () if key(Key::Escape) => choice = Some(Choice::Cancel),
        () if key(Key::D) => choice = Some(Choice::Drop),
        () if ui.memory(|memory| memory.focused().is_none()) && key(Key::Enter) => {
            choice = Some(Choice::Save);
        }
        () => {}
    }
    choice
}

/// The button that Enter presses.
pub fn primary(ui: &mut Ui, theme: &Theme, label: &str) -> egui::Response {
    let text = egui::RichText::new(label)
        .font(theme::medium(12.0))
        .color(*theme.accent_on);
    ui.add(
        egui::Button::new(text)
            .fill(*theme.accent_fill)
            .min_size(vec2(64.0, ROW)),
    )
}
