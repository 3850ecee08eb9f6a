//! The log: every call as text that can be copied, with what it had to say below it, the newest at the bottom.
//!
//! Calls that others ran, and those that were adjusted, are not doubled. Lines are selected as in any list
//! and copied as script text.

use std::collections::BTreeSet;

use egui::{
    Align, Align2, Color32, Event, FontId, Key, Layout, Modifiers, Rect, Role, ScrollArea, Sense,
    Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::ops::context::Level;
use crate::ops::runner::Status;
use crate::ops::runner::log::{Line, Log};
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::theme::{self, RADIUS, ROW, Theme};
use crate::ui::widgets::{clipped_text, focus_ring, icon_button, segmented, text};

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Filter {
    #[default]
    All,
    Calls,
    Reports,
    Errors,
}

const FILTERS: [(Filter, &str); 4] = [
    (Filter::All, "All"),
    (Filter::Calls, "Calls"),
    (Filter::Reports, "Reports"),
    (Filter::Errors, "Errors"),
];

impl Filter {
    fn shows(self, line: &Line) -> bool {
        match (self, line) {
            (Self::All, _) | (Self::Calls, Line::Call(_)) | (Self::Reports, Line::Report(_)) => {
                true
            }
            (Self::Errors, Line::Report(report)) => report.level == Level::Error,
            (Self::Errors, Line::Call(called)) => called.status == Status::PollFailed,
            (Self::Calls, Line::Report(_)) | (Self::Reports, Line::Call(_)) => false,
        }
    }
}

/// What the panel remembers.
#[derive(Default)]
pub struct LogPanel {
    filter: Filter,
    /// Numbers of the lines that are shown, and what they were gathered from.
    rows: Vec<u64>,
    gathered: Option<(u64, Filter)>,
    selected: BTreeSet<u64>,
    /// Where a selection with Shift begins.
    anchor: Option<u64>,
}

impl LogPanel {
    /// Shows the panel below its header.
    pub fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let rect = ui.max_rect();
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        self.gather(desk.log);
        self.tools_ui(ui, desk);
        let theme = desk.theme;
        if self.rows.is_empty() {
            let room = ui.available_rect_before_wrap();
            let font = FontId::proportional(12.0);
            text(
                ui,
                room,
                Align2::CENTER_CENTER,
                "Nothing to show yet",
                font,
                *theme.text_2,
            );
            return;
        }
        let area = ScrollArea::vertical()
            .auto_shrink(false)
            .stick_to_bottom(true);
        area.show_rows(ui, ROW, self.rows.len(), |ui, range| {
            for place in range {
                if let Some(number) = self.rows.get(place).copied()
                    && let Some(line) = desk.log.line(number)
                {
                    self.row_ui(ui, theme, number, line);
                }
            }
        });
        let hovered = ui.input(|input| input.pointer.hover_pos());
        if hovered.is_some_and(|at| rect.contains(at)) && !ui.ctx().text_edit_focused() {
            self.keys(ui, desk.log);
        }
    }

    /// Gathers the lines to show, where something was added or the filter changed.
    fn gather(&mut self, log: &Log) {
        let state = (log.next(), self.filter);
        if self.gathered.replace(state) == Some(state) {
            return;
        }
        let lines = log.current().into_iter();
        let shown = lines.filter(|(_, line)| self.filter.shows(line));
        self.rows = shown.map(|(number, _)| number).collect();
        let kept: BTreeSet<u64> = self.rows.iter().copied().collect();
        self.selected.retain(|number| kept.contains(number));
    }

    fn tools_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let size = vec2(ui.available_width(), 30.0);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let inner = rect.shrink2(vec2(6.0, 4.0));
        let side = |ui: &mut Ui, layout: Layout, salt: &str| {
            ui.new_child(
                UiBuilder::new()
                    .max_rect(inner)
                    .layout(layout)
                    .id_salt(salt),
            )
        };
        let mut left = side(ui, Layout::left_to_right(Align::Center), "filter");
        left.set_max_width((inner.width() - 2.0 * ROW - 8.0).clamp(0.0, 248.0));
        let names = FILTERS.map(|(_, name)| (name, ""));
        let now = FILTERS.iter().find(|(filter, _)| *filter == self.filter);
        let now = now.map_or("", |(_, name)| name);
        let chosen = segmented(&mut left, desk.theme, "Show", now, &names);
        if let Some((filter, _)) = chosen.and_then(|place| FILTERS.get(place)) {
            self.filter = *filter;
            ui.ctx().request_repaint();
        }
        let mut right = side(ui, Layout::right_to_left(Align::Center), "tools");
        right.spacing_mut().item_spacing.x = 2.0;
        let theme = desk.theme;
        let save = icon_button(
            &mut right,
            theme,
            icons::FLOPPY_DISK,
            "Save as script",
            false,
        );
        if save
            .on_hover_text("Save as script: the selected calls, or all")
            .clicked()
        {
            let lines: Vec<String> = self.selected.iter().map(u64::to_string).collect();
            let lines = lines.join(", ");
            desk.acts
                .start(&format!("wm.save_script(lines: [{lines}])"));
        }
        let copy = icon_button(&mut right, theme, icons::COPY, "Copy as script", false);
        if copy
            .on_hover_text("Copy as script (Ctrl+C): the selected lines, or all")
            .clicked()
        {
            self.copy(ui, desk.log);
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, theme: &Theme, number: u64, line: &Line) {
        let size = vec2(ui.available_width(), ROW);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let selected = self.selected.contains(&number);
        let look = Look::of(theme, line);
        response.widget_info(|| {
            let name = format!("{}{}", look.spoken, look.text);
            WidgetInfo::selected(Role::ListItem, true, selected, name)
        });
        if response.clicked() {
            let modifiers = ui.input(|input| input.modifiers);
            self.select(number, modifiers);
        }
        let fill = match () {
            () if selected => *theme.accent_tint_2,
            () if response.hovered() => *theme.field_hover,
            () => Color32::TRANSPARENT,
        };
        let row = rect.shrink2(vec2(4.0, 0.0));
        ui.painter().rect_filled(row, RADIUS, fill);
        let mark = Rect::from_min_size(row.min + vec2(look.indent, 0.0), vec2(22.0, ROW));
        let font = theme::icon(13.0);
        text(ui, mark, Align2::CENTER_CENTER, look.icon, font, look.mark);
        let room = Rect::from_min_max(
            pos2(mark.right() + 2.0, row.top()),
            row.max - vec2(8.0, 0.0),
        );
        let cut = clipped_text(ui, room, look.text, look.font.clone(), look.color);
        focus_ring(ui, theme, &response);
        if cut {
            response.on_hover_text(egui::RichText::new(look.text).font(look.font));
        }
    }

    /// A click on a line: alone, with Ctrl added or taken away, with Shift everything between.
    fn select(&mut self, number: u64, modifiers: Modifiers) {
        if modifiers.shift
            && let Some(anchor) = self.anchor
        {
            let (first, last) = (anchor.min(number), anchor.max(number));
            let between = self.rows.iter().filter(|row| (first..=last).contains(*row));
            self.selected = between.copied().collect();
            return;
        }
        self.anchor = Some(number);
        if !modifiers.command {
            self.selected.clear();
        }
        if !self.selected.remove(&number) {
            self.selected.insert(number);
        }
    }

    fn keys(&mut self, ui: &Ui, log: &Log) {
        let all = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A));
        if all {
            self.selected = self.rows.iter().copied().collect();
        }
        let copy = ui.input(|input| {
            input
                .events
                .iter()
                .any(|event| matches!(event, Event::Copy))
        });
        if copy {
            self.copy(ui, log);
        }
    }

    /// Copies the selected lines as a script, or all that are shown.
    fn copy(&self, ui: &Ui, log: &Log) {
        let rows: BTreeSet<u64> = self.rows.iter().copied().collect();
        let wanted = if self.selected.is_empty() {
            &rows
        } else {
            &self.selected
        };
        ui.ctx()
            .copy_text(log.script(|number| wanted.contains(&number)));
    }
}

/// How a line looks.
struct Look<'a> {
    icon: &'static str,
    mark: Color32,
    text: &'a str,
    font: FontId,
    color: Color32,
    indent: f32,
    /// What a screen reader says before the text.
    spoken: &'static str,
}

impl<'a> Look<'a> {
    fn of(theme: &Theme, line: &'a Line) -> Self {
        let (icon, mark, color, indent, spoken) = match line {
            Line::Call(called) if called.finished() => {
                (icons::CARET_RIGHT, *theme.text_off, *theme.text, 0.0, "")
            }
            Line::Call(_) => (icons::X, *theme.text_2, *theme.text_2, 0.0, "Not run: "),
            Line::Report(report) => match report.level {
                Level::Info => (icons::INFO, *theme.text_2, *theme.text_2, 14.0, ""),
                Level::Warning => (
                    icons::WARNING,
                    *theme.orange,
                    *theme.orange,
                    14.0,
                    "Warning: ",
                ),
                Level::Error => (icons::X_CIRCLE, *theme.red, *theme.red, 14.0, "Error: "),
            },
        };
        let (text, font) = match line {
            Line::Call(called) => (called.text.as_str(), FontId::monospace(11.0)),
            Line::Report(report) => (report.text.as_str(), FontId::proportional(12.0)),
        };
        Self {
            icon,
            mark,
            text,
            font,
            color,
            indent,
            spoken,
        }
    }
}
