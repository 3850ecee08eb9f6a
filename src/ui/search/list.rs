//! The list of the palette: groups and rows, of which only those in view are laid out.

use egui::style::ScrollAnimation;
use egui::{Align2, FontId, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use crate::ui::search::palette::{Palette, WIDTH};
use crate::ui::search::row;
use crate::ui::theme::Theme;
use crate::ui::widgets::text;

/// Height of a group's title.
const TITLE: f32 = 28.0;

/// A title or a row, with its place in the list.
struct Slot {
    top: f32,
    bottom: f32,
    what: What,
}

enum What {
    Title(&'static str),
    Hit(usize),
}

impl Palette {
    /// Shows the rows that are in view; gives the one that was clicked.
    pub(super) fn rows_ui(&mut self, ui: &mut Ui, theme: &Theme, room: f32) -> Option<usize> {
        if self.hits.is_empty() {
            let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, 60.0), Sense::hover());
            let words = format!(
                "No command has the letters of \u{201c}{}\u{201d}",
                self.query.trim()
            );
            let font = FontId::proportional(12.0);
            text(ui, rect, Align2::CENTER_CENTER, &words, font, *theme.text_2);
            return None;
        }
        let layout = self.layout();
        let height = layout.last().map_or(0.0, |slot| slot.bottom) + 8.0;
        let mut clicked = None;
        let mut area = ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, true]);
        if self.to_top {
            area = area.vertical_scroll_offset(0.0);
            // The first frame only measures.
            self.to_top = ui.is_sizing_pass();
        }
        area.show_viewport(ui, |ui, view| {
            ui.set_height(height);
            ui.set_width(WIDTH);
            let origin = ui.min_rect().min;
            for slot in &layout {
                let area = Rect::from_min_max(
                    pos2(origin.x, origin.y + slot.top),
                    pos2(origin.x + WIDTH, origin.y + slot.bottom),
                );
                let in_view = slot.bottom > view.top() && slot.top < view.bottom();
                match slot.what {
                    What::Title(title) if in_view => title_ui(ui, theme, area, title),
                    What::Hit(place) => {
                        if place == self.chosen && std::mem::take(&mut self.reveal) {
                            let area = area.expand2(vec2(0.0, TITLE));
                            ui.scroll_to_rect_animation(area, None, ScrollAnimation::none());
                        }
                        if in_view && self.row_ui(ui, theme, area, place) {
                            clicked = Some(place);
                        }
                    }
                    What::Title(_) => {}
                }
            }
        });
        clicked
    }

    fn row_ui(&mut self, ui: &mut Ui, theme: &Theme, area: Rect, place: usize) -> bool {
        let area = area.shrink2(vec2(6.0, 0.0));
        let Some(hit) = self.hits.get(place) else {
            return false;
        };
        let Some(item) = self.items.get(hit.item) else {
            return false;
        };
        let is_chosen = place == self.chosen;
        let response = row::row_ui(ui, theme, area, item, hit, self.why_not(hit), is_chosen);
        // Only a pointer that moves chooses: else the list could not be walked by keys below it.
        let moved = ui.input(|input| input.pointer.delta() != egui::Vec2::ZERO);
        if response.hovered() && moved && !is_chosen {
            self.chosen = place;
            ui.ctx().request_repaint();
        }
        response.clicked()
    }

    /// Where titles and rows are, from the top of the list.
    fn layout(&self) -> Vec<Slot> {
        let mut slots = Vec::with_capacity(self.hits.len() + 2);
        let mut top = 2.0;
        let mut add = |height: f32, what: What| {
            slots.push(Slot {
                top,
                bottom: top + height,
                what,
            });
            top += height;
        };
        for place in 0..self.hits.len() {
            if place == 0 && self.others > 0 {
                add(TITLE, What::Title("Recent"));
            }
            if place == self.others {
                add(TITLE, What::Title("Commands"));
            }
            let height = match self.item(place) {
                Some((_, Some(_))) => row::REFUSED,
                Some((item, None)) if place == self.chosen && !item.call.is_empty() => row::CHOSEN,
                _ => row::PLAIN,
            };
            add(height, What::Hit(place));
        }
        slots
    }
}

fn title_ui(ui: &Ui, theme: &Theme, area: Rect, title: &str) {
    let area = Rect::from_min_max(area.min + vec2(16.0, 8.0), area.max - vec2(0.0, 4.0));
    let font = FontId::proportional(11.0);
    text(ui, area, Align2::LEFT_CENTER, title, font, *theme.text_2);
}
