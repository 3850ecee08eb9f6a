//! The bone list: a tree to select in, with an eye per bone. Only the rows in sight are laid out.

use egui::{
    Align2, Color32, FontId, Rect, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use crate::model::id::{BoneId, RigId};
use crate::model::rig::Rig;
use crate::ui::acts::{BoneRef, quoted};
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::bone_rows::{self, Row, Shut};
use crate::ui::theme::{self, RADIUS, ROW};
use crate::ui::widgets::{clipped_text, focus_ring, text};

/// Width of one step of indentation.
const INDENT: f32 = 10.0;

/// What the panel remembers.
#[derive(Default)]
pub struct Bones {
    shut: Shut,
    filter: String,
    shown_active: Option<BoneRef>,
}

impl Bones {
    /// Shows the panel below its header.
    pub fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.filter_ui(ui, desk);
        if desk.document.rigs.is_empty() {
            ui.add_space(12.0);
            ui.vertical_centered(|ui| {
                ui.label(egui::RichText::new("No rig yet").color(*desk.theme.text_2));
            });
            return;
        }
        let scroll_to = self.newly_active(desk);
        if let Some(bone) = scroll_to {
            bone_rows::open_to(desk.document, bone, &mut self.shut);
        }
        let rows = bone_rows::rows(desk.document, &self.shut, &self.filter);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().auto_shrink(false);
        let wanted = scroll_to.and_then(|(rig, bone)| {
            rows.iter()
                .position(|row| row.rig == rig && row.bone == Some(bone))
        });
        if let Some(offset) = wanted.and_then(|place| self.offset_for(ui, place)) {
            area = area.vertical_scroll_offset(offset);
        }
        let id = ui.scope_id().with("sight");
        let output = area.show_rows(ui, ROW, rows.len(), |ui, range| {
            for (place, row) in rows.iter().enumerate().take(range.end).skip(range.start) {
                self.row_ui(ui, desk, &rows, place, *row);
            }
        });
        let sight = (
            output.state.unclamped_offset().y,
            output.inner_rect.height(),
        );
        ui.data_mut(|data| data.insert_temp(id, sight));
    }

    fn filter_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let theme = desk.theme;
        let (outer, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
        let rect = Rect::from_min_size(outer.min + vec2(8.0, 2.0), vec2(outer.width() - 16.0, ROW));
        let edit = TextEdit::singleline(&mut self.filter)
            .id_salt("filter")
            .hint_text(egui::RichText::new("Filter bones").color(*theme.text_off))
            .frame(egui::Frame::NONE.inner_margin(egui::Margin {
                left: 26,
                right: 6,
                top: 0,
                bottom: 0,
            }))
            .align(egui::Align2::LEFT_CENTER);
        let fill = ui.painter().add(egui::Shape::Noop);
        let response = ui.put(rect, edit);
        let line = if response.has_focus() {
            theme.accent
        } else {
            theme.line
        };
        let stroke = egui::Stroke::new(1.0, line);
        let kind = egui::StrokeKind::Inside;
        let shape = egui::epaint::RectShape::new(rect, RADIUS, theme.field_active, stroke, kind);
        ui.painter().set(fill, shape);
        let mark = Rect::from_min_size(rect.min, vec2(26.0, ROW));
        let glass = icons::MAGNIFYING_GLASS;
        text(
            ui,
            mark,
            Align2::CENTER_CENTER,
            glass,
            theme::icon(13.0),
            *theme.text_off,
        );
    }

    /// The active bone, if it is another one than last time.
    fn newly_active(&mut self, desk: &Desk) -> Option<BoneRef> {
        let active = active_bone(desk);
        let changed = active != self.shown_active;
        self.shown_active = active;
        active.filter(|_| changed)
    }

    /// Where to scroll so that a row comes into sight; nothing if it is.
    fn offset_for(&self, ui: &Ui, place: usize) -> Option<f32> {
        let id = ui.scope_id().with("sight");
        let (offset, height) = ui.data(|data| data.get_temp::<(f32, f32)>(id))?;
        let top = place as f32 * ROW;
        let outside = top < offset || top + ROW > offset + height;
        outside.then(|| (top - height / 2.0).max(0.0))
    }

    fn row_ui(&mut self, ui: &mut Ui, desk: &mut Desk, rows: &[Row], place: usize, row: Row) {
        let Some(rig) = desk.document.rigs.get(row.rig.index()).cloned() else {
            return;
        };
        let size = vec2(ui.available_width(), ROW);
        let (full, response) = ui.allocate_exact_size(size, Sense::click());
        let rect = full.shrink2(vec2(4.0, 0.0));
        let name = row
            .bone
            .map_or(rig.name.as_str(), |bone| rig.armature.name(bone))
            .to_owned();
        let selected = row.bone.is_some_and(|bone| rig.is_selected(bone));
        response
            .widget_info(|| WidgetInfo::selected(Role::TreeItem, ui.is_enabled(), selected, &name));
        let here = row.bone.map(|bone| (row.rig, bone));
        // The eye and the caret take the hover of the row below them.
        let under = ui.rect_contains_pointer(full);
        let hovered = under || here.is_some() && *desk.hover == here;
        paint_row(ui, desk, &rig, row, rect, hovered);
        if under && here.is_some() {
            *desk.hover = here;
        }
        self.caret_ui(ui, desk, row, rect, &name);
        if let Some(bone) = here {
            eye_ui(ui, desk, &rig, bone, rect, hovered);
        }
        if response.double_clicked() {
            desk.acts.start("view3d.view_selected()");
        } else if response.clicked() {
            select(ui, desk, rows, place, row);
        }
        focus_ring(ui, desk.theme, &response);
    }

    fn caret_ui(&mut self, ui: &Ui, desk: &Desk, row: Row, rect: Rect, name: &str) {
        let Some(open) = row.open else {
            return;
        };
        let left = rect.left() + 4.0 + row.depth as f32 * INDENT;
        let mark = Rect::from_min_size(pos2(left, rect.top()), vec2(14.0, ROW));
        let id = ui.scope_id().with(("caret", row.rig, row.bone));
        let response = ui.interact(mark, id, Sense::click());
        let verb = if open { "Close" } else { "Open" };
        response.widget_info(|| {
            let label = format!("{verb} {name}");
            WidgetInfo::selected(Role::DisclosureTriangle, true, open, label)
        });
        let caret = if open {
            icons::CARET_DOWN
        } else {
            icons::CARET_RIGHT
        };
        let color = if response.hovered() {
            desk.theme.text_strong
        } else {
            desk.theme.text_2
        };
        text(
            ui,
            mark,
            Align2::CENTER_CENTER,
            caret,
            theme::icon(10.0),
            *color,
        );
        if response.clicked() {
            let key = (row.rig, row.bone);
            if !self.shut.remove(&key) {
                self.shut.insert(key);
            }
        }
    }
}

fn active_bone(desk: &Desk) -> Option<BoneRef> {
    Some((desk.document.active_rig?, desk.document.rig()?.active_bone?))
}

fn paint_row(ui: &Ui, desk: &Desk, rig: &Rig, row: Row, rect: Rect, hovered: bool) {
    let theme = desk.theme;
    let here = row.bone.map(|bone| (row.rig, bone));
    let selected = row.bone.is_some_and(|bone| rig.is_selected(bone));
    let active = here.is_some() && here == active_bone(desk);
    let fill = match () {
        () if active && selected => *theme.accent_tint,
        () if selected => *theme.accent_tint_2,
        () if hovered => *theme.field_hover,
        () => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    let (name, visible) = match row.bone {
        Some(bone) => (rig.armature.name(bone), rig.visible(bone)),
        None => (rig.name.as_str(), true),
    };
    let strength = if visible { 1.0 } else { 0.45 };
    let left = paint_mark(ui, desk, rig, row, rect, strength);
    let eye = hovered
        || row
            .bone
            .is_some_and(|bone| rig.hidden.contains(bone.index()));
    let strong = selected || active || hovered;
    let color = if strong {
        *theme.text_strong
    } else {
        *theme.text
    };
    let room = Rect::from_min_max(
        pos2(left, rect.top()),
        rect.max - vec2(if eye { 26.0 } else { 4.0 }, 0.0),
    );
    let is_active_rig = row.bone.is_none() && desk.document.active_rig == Some(row.rig);
    let font = if is_active_rig {
        theme::medium(12.0)
    } else {
        FontId::proportional(12.0)
    };
    clipped_text(ui, room, name, font, color.gamma_multiply(strength));
}

/// The bar in the bone's colour, or the rig's icon; gives where the name begins.
fn paint_mark(ui: &Ui, desk: &Desk, rig: &Rig, row: Row, rect: Rect, strength: f32) -> f32 {
    let left = rect.left() + 22.0 + row.depth as f32 * INDENT;
    let Some(bone) = row.bone else {
        let mark = Rect::from_min_size(pos2(left, rect.top()), vec2(14.0, ROW));
        let (icon, font) = (icons::PERSON_SIMPLE, theme::icon(13.0));
        text(
            ui,
            mark,
            Align2::CENTER_CENTER,
            icon,
            font,
            *desk.theme.text_2,
        );
        return left + 19.0;
    };
    let bar = Rect::from_center_size(pos2(left + 1.5, rect.center().y), vec2(3.0, 12.0));
    let color = desk.bone_color(rig, bone).gamma_multiply(strength);
    ui.painter().rect_filled(bar, 1.5, color);
    left + 9.0
}

fn eye_ui(ui: &Ui, desk: &mut Desk, rig: &Rig, bone: BoneRef, rect: Rect, hovered: bool) {
    let hidden = rig.hidden.contains(bone.1.index());
    if !hidden && !hovered {
        return;
    }
    let mark = Rect::from_min_max(pos2(rect.right() - 24.0, rect.top()), rect.max);
    let response = ui.interact(mark, ui.scope_id().with(("eye", bone)), Sense::click());
    let name = rig.armature.name(bone.1);
    let verb = if hidden { "Show" } else { "Hide" };
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, true, hidden, format!("{verb} {name}")));
    let icon = if hidden { icons::EYE_SLASH } else { icons::EYE };
    let color = if response.hovered() {
        desk.theme.text_strong
    } else {
        desk.theme.text_off
    };
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        icon,
        theme::icon(13.0),
        *color,
    );
    if response.clicked() && desk.document.active_rig == Some(bone.0) {
        let call = format!("armature.set(hide: {{{}: {}}})", quoted(name), !hidden);
        desk.acts.run(&call, "");
    }
}

/// A click on a row: alone, with Ctrl added or taken away, with Shift everything between.
fn select(ui: &Ui, desk: &mut Desk, rows: &[Row], place: usize, row: Row) {
    let Some(rig) = desk.document.rigs.get(row.rig.index()) else {
        return;
    };
    let Some(bone) = row.bone.map(|bone| rig.armature.name(bone)) else {
        return;
    };
    let modifiers = ui.input(|input| input.modifiers);
    let active_rig = desk.document.active_rig == Some(row.rig);
    let call = if modifiers.shift && active_rig {
        let names = between(desk, rows, place, row.rig);
        let names: Vec<String> = names
            .into_iter()
            .map(|id| quoted(rig.armature.name(id)))
            .collect();
        let bone = quoted(bone);
        format!(
            "pose.select_bones(names: [{}], active: {bone})",
            names.join(", ")
        )
    } else {
        let toggle = modifiers.command || modifiers.shift;
        let rig = if active_rig {
            String::new()
        } else {
            rig.name.clone()
        };
        let (bone, rig) = (quoted(bone), quoted(&rig));
        format!("view3d.select(bone: {bone}, rig: {rig}, toggle: {toggle})")
    };
    desk.acts.run(&call, "");
}

/// The bones from the active row to this one.
fn between(desk: &Desk, rows: &[Row], place: usize, rig: RigId) -> Vec<BoneId> {
    let active = active_bone(desk)
        .filter(|(active, _)| *active == rig)
        .map(|(_, bone)| bone);
    let is_active = |row: &Row| row.rig == rig && active.is_some() && row.bone == active;
    let start = rows.iter().position(is_active).unwrap_or(place);
    let (first, last) = (start.min(place), start.max(place));
    let span = rows
        .iter()
        .take(last + 1)
        .skip(first)
        .filter(|row| row.rig == rig);
    span.filter_map(|row| row.bone).collect()
}
