//! The bone list: a filter, the trees of all rigs, below them the empties and the collections of the active rig.
//!
//! Only the rows in sight are laid out. What is open and where the keyboard stands is the panel's own;
//! operators ask for it through [`Bones::ask`].

pub mod empties;
pub mod filter;
pub mod marks;
pub mod partner;
pub mod rename;
pub mod row;
pub mod rows;
pub mod walk;

use egui::{Align2, EventFilter, Key, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, vec2};

use crate::ops::outliner::ListAct;
use crate::ui::acts::{Act, BoneRef};
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::menus;
use crate::ui::panels::bones::empties::Empties;
use crate::ui::panels::bones::partner::Partners;
use crate::ui::panels::bones::rename::Renaming;
use crate::ui::panels::bones::row::{BoneDrag, Touched, active_bone};
use crate::ui::panels::bones::rows::{Filter, Node, Row, Rows, Shut};
use crate::ui::panels::collections::Collections;
use crate::ui::theme::ROW;
use crate::ui::widgets::icon_button;

/// What the panel remembers.
#[derive(Default)]
pub struct Bones {
    pub(super) shut: Shut,
    pub(super) filter: Filter,
    pub(super) rows: Rows,
    /// The row that walking goes on from.
    pub(super) cursor: Option<Node>,
    /// Where a range of rows begins.
    pub(super) anchor: Option<Node>,
    /// A row to bring into sight.
    pub(super) scroll_to: Option<Node>,
    /// Whether the keyboard follows the cursor, where a row has it.
    pub(super) move_focus: bool,
    pub(super) focus_filter: bool,
    /// Rows that fit into sight.
    pub(super) page: usize,
    pub(super) collections: Collections,
    partners: Partners,
    empties: Empties,
    /// Whether the pointer is over the collections.
    pub(super) on_collections: bool,
    /// A name that is being typed in its row.
    pub(super) renaming: Option<Renaming>,
    asked: Vec<ListAct>,
    shown_active: Option<BoneRef>,
    /// Whether a row has the keyboard.
    focused: bool,
}

impl Bones {
    /// Takes something that was asked of the list; it is done with the next frame.
    pub fn ask(&mut self, act: ListAct) {
        self.asked.push(act);
    }

    /// Shows the panel below its header.
    pub fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.top_ui(ui, desk);
        if desk.document.rigs.is_empty() {
            self.asked.clear();
            ui.add_space(12.0);
            ui.vertical_centered(|ui| {
                ui.label(egui::RichText::new("No rig yet").color(*desk.theme.text_2));
            });
            let whole = ui.available_rect_before_wrap();
            self.empties_ui(ui, desk, whole);
            return;
        }
        self.follow_active(desk);
        self.rows.follow(desk.document, &self.shut, &self.filter);
        if self.focused {
            self.asked.extend(walk::keys(ui));
        }
        for act in std::mem::take(&mut self.asked) {
            self.act(desk, act);
            self.rows.follow(desk.document, &self.shut, &self.filter);
        }
        let whole = ui.available_rect_before_wrap();
        let lower = self.collections.room(desk, whole);
        self.on_collections = ui.rect_contains_pointer(lower);
        let upper = whole.with_max_y(lower.top());
        let upper = self.empties_ui(ui, desk, upper);
        let builder = UiBuilder::new()
            .max_rect(upper)
            .id_salt("tree")
            .accessibility_role(Role::Tree)
            .accessibility_label("Bones");
        self.tree_ui(&mut ui.new_child(builder), desk);
        let builder = UiBuilder::new().max_rect(lower).id_salt("collections");
        let target = self.collections.ui(&mut ui.new_child(builder), desk, whole);
        ui.advance_cursor_after_rect(whole);
        if egui::DragAndDrop::has_payload_of_type::<BoneDrag>(ui.ctx()) {
            filter::drag_chip(ui, desk, target.as_deref());
        }
    }

    /// The empties at the bottom of `whole`; gives what they leave of it.
    fn empties_ui(&mut self, ui: &mut Ui, desk: &mut Desk, whole: Rect) -> Rect {
        let room = self.empties.room(desk, whole);
        let builder = UiBuilder::new().max_rect(room).id_salt("empties");
        self.empties.ui(&mut ui.new_child(builder), desk);
        whole.with_max_y(room.top())
    }

    /// The filter and the menu of the list.
    fn top_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let (outer, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
        let right = outer.right() - 8.0;
        let field = Rect::from_min_max(
            outer.min + vec2(8.0, 2.0),
            egui::pos2(right - ROW - 4.0, outer.top() + 2.0 + ROW),
        );
        let focus = std::mem::take(&mut self.focus_filter);
        if filter::field_ui(ui, desk, field, &mut self.filter, focus) {
            self.select_match(desk);
        }
        let button = Rect::from_min_size(field.right_top() + vec2(4.0, 0.0), vec2(ROW, ROW));
        let mut child = ui.new_child(UiBuilder::new().max_rect(button).id_salt("menu"));
        let on = self.filter.only_selected;
        let label = "Options of the bone list";
        let response = icon_button(&mut child, desk.theme, icons::DOTS_THREE, label, on);
        if response.clicked() {
            let only = match on {
                true => "Show All Bones",
                false => "Show Only Selected",
            };
            let entries = [
                menus::run("outliner.expand_all()", None),
                menus::run("outliner.expand_all(open: false)", Some("Collapse All")),
                Some(menus::Entry::Line),
                menus::run("outliner.show_active()", None),
                menus::run("outliner.only_selected()", Some(only)),
            ];
            let entries = entries.into_iter().flatten().collect();
            desk.acts.push(Act::Menu("Bone List".to_owned(), entries));
        }
        response.on_hover_text(label);
    }

    /// Selects the first bone that fits the filter.
    fn select_match(&mut self, desk: &mut Desk) {
        let fits = |row: &&Row| row.bone.is_some() && !row.dim;
        let found = self.rows.all().iter().find(fits).copied();
        if let Some(row) = found.filter(|_| !self.filter.is_empty()) {
            self.cursor = Some(row.node());
            self.anchor = self.cursor;
            walk::select_row(desk, row, "");
        }
    }

    /// Brings the active bone into sight where it is another one than last time.
    fn follow_active(&mut self, desk: &Desk) {
        let active = active_bone(desk);
        if active == self.shown_active {
            return;
        }
        self.shown_active = active;
        let Some(bone) = active else {
            return;
        };
        rows::open_to(desk.document, bone, &mut self.shut);
        // A click on a rig has made another bone the active one: the row of the rig stays.
        if self.cursor != Some((bone.0, None)) {
            self.cursor = Some((bone.0, Some(bone.1)));
            self.scroll_to = self.cursor;
        }
    }

    fn tree_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let list = ui.scope_id().with("rows");
        let mut area = ScrollArea::vertical().id_salt("tree").auto_shrink(false);
        let wanted = self
            .scroll_to
            .take()
            .and_then(|node| self.rows.place_of(node));
        if let Some(offset) = wanted.and_then(|place| offset_for(ui, place)) {
            area = area.vertical_scroll_offset(offset);
        }
        let (rows, partners) = (&self.rows, &mut self.partners);
        let mut touched = Vec::new();
        let mut renaming = self.renaming.take();
        let mut renamed = None;
        let id = ui.scope_id().with("sight");
        let output = area.show_rows(ui, ROW, rows.all().len(), |ui, range| {
            for row in rows.all().get(range).unwrap_or_default() {
                let Some(rig) = desk.document.rigs.get(row.rig.index()).cloned() else {
                    continue;
                };
                let done = row::row_ui(ui, desk, &rig, row, (list, &mut *partners));
                let field = done.name.translate(vec2(-5.0, 0.0)).shrink2(vec2(0.0, 1.0));
                if let Some(done) = rename::field_ui(ui, desk, &mut renaming, row, field) {
                    renamed = Some((row::id_of(list, row), done));
                }
                touched.push((*row, done));
            }
        });
        self.renaming = renaming;
        self.focused = false;
        for (row, touched) in touched {
            self.touched(ui, desk, &row, touched);
        }
        let sight = (
            output.state.unclamped_offset().y,
            output.inner_rect.height(),
        );
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred rows"
        )]
        let page = (sight.1 / ROW).floor().max(2.0) as usize - 1;
        self.page = page;
        ui.data_mut(|data| data.insert_temp(id, sight));
        self.follow_focus(ui, list);
        if let Some((id, done)) = renamed {
            // Arrow keys go on from the row.
            let keys = [Key::Enter, Key::Escape];
            if ui.input(|input| keys.iter().any(|key| input.key_pressed(*key))) {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            self.renamed(desk, done);
        }
        if self.rows.all().is_empty() {
            let (font, color) = (egui::FontId::proportional(12.0), *desk.theme.text_2);
            let place = ui.max_rect().with_max_y(ui.max_rect().top() + 2.0 * ROW);
            let words = "No bone fits the filter";
            crate::ui::widgets::text(ui, place, Align2::CENTER_CENTER, words, font, color);
        }
    }

    /// Gives the keyboard to the cursor's row where another row had it.
    fn follow_focus(&mut self, ui: &Ui, list: egui::Id) {
        let moved = std::mem::take(&mut self.move_focus) && self.focused;
        let cursor = self.cursor.filter(|_| moved);
        let place = cursor.and_then(|node| self.rows.place_of(node));
        if let Some(row) = place.and_then(|place| self.rows.all().get(place)) {
            let id = row::id_of(list, row);
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }

    fn touched(&mut self, ui: &Ui, desk: &mut Desk, row: &Row, touched: Touched) {
        let Touched {
            response, caret, ..
        } = touched;
        if response.has_focus() {
            self.focused = true;
            if response.gained_focus() {
                self.cursor = Some(row.node());
            }
            let filter = EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
        if let (Some(all), Some(open)) = (caret, row.open)
            && self.filter.is_empty()
        {
            self.set_open(desk, row.node(), !open, all);
        }
        if response.double_clicked() && row.bone.is_some() {
            desk.acts.start("view3d.view_selected()");
        } else if response.clicked() {
            self.click(ui, desk, *row);
        } else if response.secondary_clicked() {
            self.context_menu(desk, *row);
        }
    }

    /// What can be done with the selected bones; the row's bone is one of them.
    fn context_menu(&mut self, desk: &mut Desk, row: Row) {
        let rig = desk.document.rigs.get(row.rig.index());
        let Some((rig, bone)) = rig.zip(row.bone) else {
            return;
        };
        let title = rig.armature.name(bone).to_owned();
        if !rig.is_selected(bone) || desk.document.active_rig != Some(row.rig) {
            self.cursor = Some(row.node());
            self.anchor = self.cursor;
            walk::select_row(desk, row, "");
        } else if rig.active_bone != Some(bone) {
            walk::select_row(desk, row, ", extend: true");
        }
        let partner = self.partners.words(row.rig, rig, bone);
        let label = format!("Mirror Partner: {partner}");
        let own = vec![
            menus::Entry::Line,
            menus::Entry::Menu(label, partner::entries(rig, bone, true)),
        ];
        desk.acts.push(Act::Context(title, "Bone List", own));
    }

    /// A click on a row: alone, with Ctrl added or taken away, with Shift everything between.
    fn click(&mut self, ui: &Ui, desk: &mut Desk, row: Row) {
        let modifiers = ui.input(|input| input.modifiers);
        self.cursor = Some(row.node());
        if modifiers.shift {
            self.select_range(desk, row, modifiers.command);
            return;
        }
        self.anchor = self.cursor;
        let toggle = modifiers.command && row.bone.is_some();
        walk::select_row(desk, row, if toggle { ", toggle: true" } else { "" });
    }
}

/// Where to scroll so that a row comes into sight; nothing if it is.
fn offset_for(ui: &Ui, place: usize) -> Option<f32> {
    let id = ui.scope_id().with("sight");
    let (offset, height) = ui.data(|data| data.get_temp::<(f32, f32)>(id))?;
    let top = place as f32 * ROW;
    if top < offset {
        // A step at a time while walking, the middle after a jump.
        return Some(if top + 3.0 * ROW > offset {
            top
        } else {
            (top - height / 2.0).max(0.0)
        });
    }
    let below = top + ROW - (offset + height);
    (below > 0.0).then(|| {
        let step = offset + below;
        if below < 3.0 * ROW {
            step
        } else {
            (top - height / 2.0).max(0.0)
        }
    })
}
