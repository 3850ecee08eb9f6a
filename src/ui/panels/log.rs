//! The log: every call as text that can be copied, and what it had to say.

use egui::{RichText, ScrollArea, Ui};

use crate::ops::context::Level;
use crate::ops::runner::log::Line;
use crate::ui::desk::Desk;

/// What the panel remembers.
#[derive(Default)]
pub struct LogPanel {}

impl LogPanel {
    /// Shows the panel below its header.
    pub fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let theme = desk.theme;
        let lines: Vec<&Line> = desk.log.lines().map(|(_, line)| line).collect();
        let area = ScrollArea::vertical()
            .auto_shrink(false)
            .stick_to_bottom(true);
        area.show_rows(ui, 18.0, lines.len(), |ui, range| {
            for line in lines.get(range).unwrap_or_default() {
                let (text, color) = match line {
                    Line::Call(called) => (called.text.as_str(), *theme.text),
                    Line::Report(report) if report.level == Level::Error => {
                        (report.text.as_str(), *theme.red)
                    }
                    Line::Report(report) => (report.text.as_str(), *theme.text_2),
                };
                ui.label(RichText::new(text).monospace().color(color));
            }
        });
    }
}
