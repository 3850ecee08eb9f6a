//! What the program is.

use egui::{Key, Ui};

use crate::ui::dialogs::unsaved::primary;
use crate::ui::theme::{self, Theme};

/// Shows it; says whether it was closed.
pub fn about_ui(ui: &mut Ui, theme: &Theme) -> bool {
    ui.set_width(320.0);
    let title = concat!("Keypose ", env!("CARGO_PKG_VERSION"));
    ui.label(
        egui::RichText::new(title)
            .font(theme::semibold(15.0))
            .color(*theme.text_strong),
    );
    ui.add_space(6.0);
    ui.label(egui::RichText::new(env!("CARGO_PKG_DESCRIPTION")).color(*theme.text));
    ui.add_space(6.0);
    let license = concat!("Licence: ", env!("CARGO_PKG_LICENSE"));
    ui.label(egui::RichText::new(license).color(*theme.text_2));
    let fonts = "Inter and JetBrains Mono: SIL OFL 1.1. Phosphor icons: MIT";
    ui.label(egui::RichText::new(fonts).color(*theme.text_2));
    ui.add_space(12.0);
    let closed = primary(ui, theme, "Close").clicked();
    closed || ui.input(|input| input.key_pressed(Key::Escape) || input.key_pressed(Key::Enter))
}
