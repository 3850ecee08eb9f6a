//! The collections of the active rig, below the bone list: one row each, with colour, count, solo and eye.
//!
//! Bones that are dropped on a row become members; rows are dragged to another place in the list.

pub mod colors;
pub mod menu;
pub mod row;

use egui::{Align2, CursorIcon, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::ops::outliner::{ListAct, RenameWhat};
use crate::ui::acts::{Act, quoted};
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::bones::filter::subject;
use crate::ui::panels::bones::row::BoneDrag;
use crate::ui::panels::collections::row::{Renaming, Touched};

use crate::ui::theme::{self, RADIUS, ROW};
use crate::ui::widgets::{focus_ring, icon_button, text};

/// Height of the title.
const TITLE: f32 = 28.0;
/// Rows that are shown at most as long as the user has not said otherwise.
const ROWS: usize = 8;
/// Height of the strip that changes the height.
const GRIP: f32 = 6.0;

/// A collection that is dragged to another place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectionDrag(pub String);

/// What the section remembers.
#[derive(Default)]
pub struct Collections {
    shut: bool,
    /// Its height, where the user has chosen one.
    height: Option<f32>,
    renaming: Option<Renaming>,
    /// The collection whose colours are offered.
    coloring: Option<String>,
    asked: Vec<ListAct>,
    /// A collection that was just added is to be named.
    name_new: Option<usize>,
}

impl Collections {
    /// Takes something that was asked of the active collection.
    pub(super) fn ask(&mut self, act: ListAct) {
        self.asked.push(act);
    }

    /// The part of the panel that the section takes.
    pub(super) fn room(&self, desk: &Desk, whole: Rect) -> Rect {
        let count = desk
            .document
            .rig()
            .map_or(0, |rig| rig.armature.collections.len());
        let natural = TITLE + ROW * count.clamp(1, ROWS) as f32 + 6.0;
        let most = (whole.height() * 0.75).max(TITLE);
        let height = match (self.shut, self.height) {
            (true, _) => TITLE,
            (false, Some(height)) => height.clamp(TITLE + ROW, most.max(TITLE + ROW)),
            (false, None) => natural.min(whole.height() * 0.45).max(TITLE),
        };
        whole.with_min_y((whole.bottom() - height).max(whole.top()).round())
    }

    /// Shows the section; says what a drop of the dragged bones would do.
    pub(super) fn ui(&mut self, ui: &mut Ui, desk: &mut Desk, whole: Rect) -> Option<String> {
        self.take_asked(desk);
        let rect = ui.max_rect();
        let line = Rect::from_min_size(rect.min, vec2(rect.width(), 1.0));
        ui.painter().rect_filled(line, 0, desk.theme.line);
        self.title_ui(ui, desk);
        let mut target = None;
        if !self.shut {
            let list = UiBuilder::new()
                .max_rect(rect.with_min_y(rect.top() + TITLE))
                .id_salt("list")
                .accessibility_role(Role::ListBox)
                .accessibility_label("Bone Collections");
            target = self.list_ui(&mut ui.new_child(list), desk);
            offer(ui, desk);
            self.grip_ui(ui, desk, whole);
        }
        target
    }

    fn take_asked(&mut self, desk: &Desk) {
        let armature = desk.document.rig().map(|rig| &rig.armature);
        let active = armature.and_then(|armature| armature.active_collection());
        let grown = armature.map_or(0, |armature| armature.collections.len());
        if self.name_new.take_if(|count| grown > *count).is_some() {
            self.asked.push(ListAct::Rename(RenameWhat::Collection));
        }
        for act in std::mem::take(&mut self.asked) {
            let Some(active) = active else {
                continue;
            };
            self.shut = false;
            match act {
                ListAct::Rename(_) => self.renaming = Some(Renaming::new(&active.name)),
                ListAct::Color => self.coloring = Some(active.name.clone()),
                _ => {}
            }
        }
    }

    fn title_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let size = vec2(ui.available_width(), TITLE);
        let rect = Rect::from_min_size(ui.max_rect().min, size);
        let id = ui.scope_id().with("title");
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| {
            let (role, label) = (Role::DisclosureTriangle, "Bone Collections");
            WidgetInfo::selected(role, true, !self.shut, label)
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
        text(ui, title, Align2::LEFT_CENTER, "Collections", font, color);
        focus_ring(ui, desk.theme, &response);
        let button = Rect::from_min_size(rect.right_top() + vec2(-ROW - 8.0, 3.0), vec2(ROW, ROW));
        let mut child = ui.new_child(UiBuilder::new().max_rect(button).id_salt("add"));
        let label = "Add Bone Collection";
        let response = icon_button(&mut child, desk.theme, icons::PLUS, label, false);
        if response.clicked() {
            let rig = desk.document.rig();
            self.name_new = rig.map(|rig| rig.armature.collections.len());
            desk.acts.run("armature.collection_add()", "");
        }
        let call = "armature.collection_add()";
        response.on_hover_ui(|ui| desk.tooltip(ui, label, call, "Below the active one"));
    }

    fn list_ui(&mut self, ui: &mut Ui, desk: &mut Desk) -> Option<String> {
        ui.spacing_mut().item_spacing.y = 0.0;
        let armature = desk.document.rig()?.armature.clone();
        let count = armature.collections.len();
        if count == 0 {
            let place = ui.max_rect().with_max_y(ui.max_rect().top() + ROW);
            let (font, color) = (egui::FontId::proportional(12.0), *desk.theme.text_2);
            let words = "None yet";
            text(ui, place, Align2::CENTER_CENTER, words, font, color);
            return None;
        }
        let mut target = None;
        let area = ScrollArea::vertical()
            .id_salt("collections")
            .auto_shrink(false);
        area.show_rows(ui, ROW, count, |ui, range| {
            let shown = armature.collections.iter().enumerate();
            for (place, collection) in shown.take(range.end).skip(range.start) {
                let mine = |name: &String| *name == collection.name;
                let renaming = self.renaming.as_mut().filter(|r| r.of == collection.name);
                let touched = row::row_ui(ui, desk, &armature, collection, renaming);
                let swatch = touched.swatch.clone();
                target = self
                    .touched(ui, desk, place, &collection.name, touched)
                    .or(target.take());
                if self.coloring.as_ref().is_some_and(mine) {
                    let open = colors::palette_ui(desk, collection, &swatch);
                    self.coloring.take_if(|_| !open);
                }
            }
        });
        target
    }

    fn touched(
        &mut self,
        ui: &Ui,
        desk: &mut Desk,
        place: usize,
        name: &str,
        touched: Touched,
    ) -> Option<String> {
        let Touched {
            response,
            swatch,
            ended,
        } = touched;
        if ended {
            self.renaming = None;
        }
        let activate = format!("armature.set(active_collection: {})", quoted(name));
        if swatch.clicked() {
            self.coloring = Some(name.to_owned());
        } else if response.double_clicked() {
            self.renaming = Some(Renaming::new(name));
        } else if response.clicked() {
            desk.acts.run(&activate, "");
        } else if response.secondary_clicked() {
            desk.acts.run(&activate, "");
            desk.acts
                .push(Act::Menu(name.to_owned(), menu::of_active()));
        }
        if response.drag_started() && self.renaming.is_none() {
            egui::DragAndDrop::set_payload(ui.ctx(), CollectionDrag(name.to_owned()));
        }
        self.reorder(ui, desk, place, &response);
        let drag = response.dnd_hover_payload::<BoneDrag>()?;
        let words = drop_words(desk, &drag, name);
        if response.dnd_release_payload::<BoneDrag>().is_some() {
            drop_bones(desk, &drag, place, name);
        }
        Some(words)
    }

    /// Shows where a dragged collection would go, and puts it there.
    fn reorder(&self, ui: &Ui, desk: &mut Desk, place: usize, response: &egui::Response) {
        let Some(dragged) = response.dnd_hover_payload::<CollectionDrag>() else {
            return;
        };
        let rig = desk.document.rig();
        let list = rig
            .map(|rig| rig.armature.collections.as_slice())
            .unwrap_or_default();
        let Some(from) = list
            .iter()
            .position(|collection| collection.name == dragged.0)
        else {
            return;
        };
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        if from == place {
            return;
        }
        let rect = response.rect;
        let y = if place < from {
            rect.top()
        } else {
            rect.bottom()
        };
        let stroke = egui::Stroke::new(2.0, desk.theme.accent);
        ui.painter().hline(rect.x_range().shrink(4.0), y, stroke);
        if response.dnd_release_payload::<CollectionDrag>().is_some() {
            let name = quoted(&dragged.0);
            desk.acts.run(
                &format!("armature.collection_move(name: {name}, index: {place})"),
                "",
            );
        }
    }

    /// The strip along the top that changes the height.
    fn grip_ui(&mut self, ui: &Ui, desk: &Desk, whole: Rect) {
        let top = ui.max_rect().top();
        let strip = Rect::from_x_y_ranges(
            whole.x_range(),
            egui::Rangef::new(top - GRIP / 2.0, top + GRIP / 2.0),
        );
        let id = ui.scope_id().with("grip");
        // The keyboard could do nothing with it.
        let response = ui.interact(strip, id, Sense::DRAG);
        if !response.hovered() && !response.dragged() {
            return;
        }
        ui.ctx().set_cursor_icon(CursorIcon::ResizeVertical);
        let color = match response.dragged() {
            true => *desk.theme.accent,
            false => *desk.theme.line_strong,
        };
        let stroke = egui::Stroke::new(2.0, color);
        ui.painter().hline(whole.x_range(), top, stroke);
        if let Some(at) = response
            .interact_pointer_pos()
            .filter(|_| response.dragged())
        {
            self.height = Some(whole.bottom() - at.y);
        }
    }
}

/// A frame around the list while bones are dragged that can be dropped there.
fn offer(ui: &Ui, desk: &Desk) {
    let drag = egui::DragAndDrop::payload::<BoneDrag>(ui.ctx());
    if drag.is_some_and(|drag| fits(desk, &drag)) {
        let rect = ui.max_rect();
        let rect = rect.with_min_y(rect.top() + TITLE).shrink2(vec2(2.0, 1.0));
        let stroke = egui::Stroke::new(1.0, desk.theme.accent_line);
        let kind = egui::StrokeKind::Inside;
        ui.painter().rect_stroke(rect, RADIUS, stroke, kind);
    }
}

/// Whether the bones can go into collections of the active rig.
fn fits(desk: &Desk, drag: &BoneDrag) -> bool {
    desk.document.active_rig == Some(drag.rig)
}

/// What a drop would do: bones are added; with Ctrl moved, out of all others; with Alt taken out.
fn drop_words(desk: &Desk, drag: &BoneDrag, name: &str) -> String {
    if !fits(desk, drag) {
        return "Bones of another rig".to_owned();
    }
    let subject = subject(desk, drag);
    match desk.modifiers {
        held if held.alt => format!("Remove {subject} from {name}"),
        held if held.ctrl => format!("Move {subject} to {name}"),
        _ => format!("Add {subject} to {name}  ·  Ctrl: move  ·  Alt: remove"),
    }
}

fn drop_bones(desk: &mut Desk, drag: &BoneDrag, place: usize, name: &str) {
    let Some(rig) = desk.document.rig().filter(|_| fits(desk, drag)) else {
        return;
    };
    let names = drag
        .bones
        .iter()
        .map(|&bone| quoted(rig.armature.name(bone)));
    let bones = names.collect::<Vec<_>>().join(", ");
    let name = quoted(name);
    let call = match desk.modifiers {
        held if held.alt => format!("armature.collection_unassign(name: {name}, bones: [{bones}])"),
        held if held.ctrl => {
            format!("armature.move_to_collection(collection_index: {place}, bones: [{bones}])")
        }
        _ => format!("armature.collection_assign(name: {name}, bones: [{bones}])"),
    };
    desk.acts.run(&call, "");
}
