//! The empties of the document, between the bone list and the collections; not there where there are none.

use egui::{
    Align2, Color32, FontId, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo,
    vec2,
};

use crate::model::empty::Empty;
use crate::ui::acts::{Act, quoted};
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::menus;
use crate::ui::theme::{self, RADIUS, ROW};
use crate::ui::widgets::{clipped_text, focus_ring, select_all, text, text_field};

/// Height of the title.
const TITLE: f32 = 28.0;
/// Rows that are shown at most.
const ROWS: usize = 5;

/// What the section remembers.
#[derive(Default)]
pub struct Empties {
    shut: bool,
    /// The empty that is being named, and whether its field has the keyboard yet.
    renaming: Option<(String, bool)>,
}

impl Empties {
    /// The part of the panel that the section takes, at its bottom.
    pub(super) fn room(&self, desk: &Desk, whole: Rect) -> Rect {
        let count = desk.document.empties.len();
        let height = match (count, self.shut) {
            (0, _) => 0.0,
            (_, true) => TITLE,
            (count, false) => TITLE + ROW * count.min(ROWS) as f32 + 6.0,
        };
        let height = height.min(whole.height() * 0.5);
        whole.with_min_y((whole.bottom() - height).max(whole.top()).round())
    }

    /// Shows the section in all of its room.
    pub(super) fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let count = desk.document.empties.len();
        if count == 0 {
            return;
        }
        let rect = ui.max_rect();
        let line = Rect::from_min_size(rect.min, vec2(rect.width(), 1.0));
        ui.painter().rect_filled(line, 0, desk.theme.line);
        self.title_ui(ui, desk);
        if self.shut {
            return;
        }
        let list = UiBuilder::new()
            .max_rect(rect.with_min_y(rect.top() + TITLE))
            .id_salt("list")
            .accessibility_role(Role::ListBox)
            .accessibility_label("Empties");
        let mut list = ui.new_child(list);
        list.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().id_salt("empties").auto_shrink(false);
        let document = desk.document;
        area.show_rows(&mut list, ROW, count, |ui, range| {
            let shown = document.empties.iter().enumerate();
            for (place, empty) in shown.take(range.end).skip(range.start) {
                self.row_ui(ui, desk, place, empty);
            }
        });
    }

    fn title_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let rect = Rect::from_min_size(ui.max_rect().min, vec2(ui.available_width(), TITLE));
        let id = ui.scope_id().with("title");
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| {
            WidgetInfo::selected(Role::DisclosureTriangle, true, !self.shut, "Empties")
        });
        if response.clicked() {
            self.shut = !self.shut;
        }
        let caret = match self.shut {
            true => icons::CARET_RIGHT,
            false => icons::CARET_DOWN,
        };
        let mark = Rect::from_min_size(rect.min + vec2(6.0, 0.0), vec2(11.0, TITLE));
        let (font, color) = (theme::icon(11.0), *desk.theme.text_2);
        text(ui, mark, Align2::CENTER_CENTER, caret, font, color);
        let title = rect.with_min_x(rect.left() + 22.0);
        let (font, color) = (theme::medium(12.0), *desk.theme.text_strong);
        text(ui, title, Align2::LEFT_CENTER, "Empties", font, color);
        focus_ring(ui, desk.theme, &response);
    }

    fn row_ui(&mut self, ui: &mut Ui, desk: &mut Desk, place: usize, empty: &Empty) {
        let (_, full) = ui.allocate_space(vec2(ui.available_width(), ROW));
        let id = ui.scope_id().with(("empty", empty.name.as_str()));
        let response = ui.interact(full, id, Sense::click());
        let name = empty.name.as_str();
        response.widget_info(|| {
            WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), empty.select, name)
        });
        let under = ui.rect_contains_pointer(full);
        let rect = full.shrink2(vec2(4.0, 0.0));
        let room = paint(
            ui,
            desk,
            rect,
            empty,
            under || *desk.hover_empty == Some(place),
        );
        if under {
            *desk.hover_empty = Some(place);
        }
        let renaming = self.renaming.as_mut().filter(|(of, _)| of == name);
        if let Some((_, begun)) = renaming {
            let field = room.with_min_x(room.left() - 6.0);
            if rename_ui(ui, desk, field, name, begun) {
                self.renaming = None;
            }
        } else {
            focus_ring(ui, desk.theme, &response);
            self.touched(ui, desk, name, &response);
        }
    }

    fn touched(&mut self, ui: &Ui, desk: &mut Desk, name: &str, response: &Response) {
        let modifiers = ui.input(|input| input.modifiers);
        let adds = modifiers.command || modifiers.shift;
        let named = quoted(name);
        let alone = format!("view3d.select(empty: {named})");
        if response.double_clicked() {
            self.renaming = Some((name.to_owned(), false));
        } else if response.clicked() && adds {
            let toggle = format!("view3d.select(toggle: true, empty: {named})");
            desk.acts.run(&toggle, "");
        } else if response.clicked() {
            desk.acts.run(&alone, "");
        } else if response.secondary_clicked() {
            let empty = desk.document.empties.iter().find(|e| e.name == name);
            if !empty.is_some_and(|empty| empty.select) {
                desk.acts.run(&alone, "");
            }
            let rename = format!("object.empty_rename(empty: {named})");
            let entries = [
                menus::run("view3d.view_selected()", None),
                menus::run(&rename, Some("Rename…")),
                Some(menus::Entry::Line),
                menus::run("object.delete()", None),
            ];
            let entries = entries.into_iter().flatten().collect();
            desk.acts.push(Act::Menu(name.to_owned(), entries));
        }
    }
}

/// The back of a row, its mark and its name; gives the room of the name.
fn paint(ui: &Ui, desk: &Desk, rect: Rect, empty: &Empty, hovered: bool) -> Rect {
    let theme = desk.theme;
    let fill = match () {
        () if empty.select => *theme.accent_tint,
        () if hovered => *theme.field_hover,
        () => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    let mark = rect.with_max_x(rect.left() + 22.0);
    let (mark_color, color) = match empty.select {
        true => (*theme.accent, *theme.text_strong),
        false if hovered => (*theme.text_2, *theme.text_strong),
        false => (*theme.text_2, *theme.text),
    };
    let font = theme::icon(12.0);
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        icons::CROSSHAIR_SIMPLE,
        font,
        mark_color,
    );
    let room = rect.with_min_x(mark.right());
    clipped_text(ui, room, &empty.name, FontId::proportional(12.0), color);
    room
}

/// The field for another name; says whether typing has ended.
fn rename_ui(ui: &mut Ui, desk: &mut Desk, field: Rect, name: &str, begun: &mut bool) -> bool {
    let mut child = ui.new_child(UiBuilder::new().max_rect(field).id_salt("rename"));
    let (response, new) = text_field(&mut child, desk.theme, "Name of the empty", "", name);
    if !*begun {
        *begun = true;
        response.request_focus();
        select_all(ui, response.id, name);
        return false;
    }
    if let Some(new) = new {
        let call = format!(
            "object.empty_rename(empty: {}, name: {})",
            quoted(name),
            quoted(&new)
        );
        desk.acts.run(&call, "");
    }
    !response.has_focus()
}
