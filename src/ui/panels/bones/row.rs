//! A row of the bone list: caret, bar in the bone's colour, name, icons. It can be clicked and dragged.

use egui::{
    Align2, Color32, FontId, Id, Rect, Response, Role, Sense, Ui, WidgetInfo, accesskit, pos2, vec2,
};

use crate::model::id::{BoneId, RigId};
use crate::model::rig::Rig;
use crate::ui::acts::BoneRef;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::bones::marks::RowIcons;
use crate::ui::panels::bones::partner::Partners;
use crate::ui::panels::bones::rows::Row;
use crate::ui::theme::{self, RADIUS, ROW};
use crate::ui::widgets::{clipped_text, focus_ring, text};

/// Width of one step of indentation.
const INDENT: f32 = 10.0;
/// What indentation leaves to the name at least, with the caret before it and the icons behind.
const LEAST: f32 = 116.0;

/// Bones that are dragged from the list to something that takes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoneDrag {
    /// Their rig.
    pub rig: RigId,
    /// The bones, parents first.
    pub bones: Vec<BoneId>,
}

impl BoneDrag {
    /// What is dragged by a bone: all selected bones of its rig if it is one of them.
    pub fn by(rig: &Rig, (id, bone): BoneRef) -> Self {
        let bones = match rig.is_selected(bone) {
            true => rig.selected_bones(),
            false => vec![bone],
        };
        Self { rig: id, bones }
    }
}

/// What was done to a row.
pub struct Touched {
    /// The row itself.
    pub response: Response,
    /// Its caret was clicked, and whether with Shift.
    pub caret: Option<bool>,
    /// Where its name stands.
    pub name: Rect,
}

/// The id of a row's widget: the same wherever it scrolls to.
pub fn id_of(list: Id, row: &Row) -> Id {
    list.with(("row", row.rig, row.bone))
}

/// The active bone of the active rig.
pub fn active_bone(desk: &Desk) -> Option<BoneRef> {
    Some((desk.document.active_rig?, desk.document.rig()?.active_bone?))
}

/// Shows a row at the next place; `list` is the id of the list.
pub fn row_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    rig: &Rig,
    row: &Row,
    (list, partners): (Id, &mut Partners),
) -> Touched {
    let (_, full) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let response = ui.interact(full, id_of(list, row), Sense::click_and_drag());
    let rect = full.shrink2(vec2(4.0, 0.0));
    let name = row
        .bone
        .map_or(rig.name.as_str(), |bone| rig.armature.name(bone));
    let selected = row.bone.is_some_and(|bone| rig.is_selected(bone));
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, ui.is_enabled(), selected, name));
    describe(ui, row, selected, &response);
    let here = row.bone.map(|bone| (row.rig, bone));
    // The icons and the caret take the hover of the row below them.
    let under = ui.rect_contains_pointer(full);
    let hovered = under || here.is_some() && *desk.hover == here;
    let icons = RowIcons::new(rig, row, hovered, partners);
    let room = rect.right() - icons.width(row.bone.is_some());
    let name_room = paint(ui, desk, rig, row, rect, (hovered, room));
    if under && here.is_some() {
        *desk.hover = here;
    }
    if let Some(here) = here {
        response.dnd_set_drag_payload(BoneDrag::by(rig, here));
    }
    let caret = caret_ui(ui, desk, row, rect, name, list);
    icons.ui(ui, desk, rig, row, rect);
    focus_ring(ui, desk.theme, &response);
    Touched {
        response,
        caret,
        name: name_room,
    }
}

/// How far a row begins from the left: a long chain of bones does not leave the list.
fn indent(depth: usize, width: f32) -> f32 {
    (depth as f32 * INDENT).min((width - LEAST).max(0.0))
}

/// What a screen reader says of a row beside its name.
fn describe(ui: &Ui, row: &Row, selected: bool, response: &Response) {
    ui.ctx()
        .accesskit_node_builder(response.id, |node: &mut accesskit::Node| {
            node.set_level(row.depth + 1);
            node.set_selected(selected);
            if let Some(open) = row.open {
                node.set_expanded(open);
            }
        });
}

fn caret_ui(ui: &Ui, desk: &Desk, row: &Row, rect: Rect, name: &str, list: Id) -> Option<bool> {
    let open = row.open?;
    let left = rect.left() + 4.0 + indent(row.depth, rect.width());
    let mark = Rect::from_min_size(pos2(left, rect.top()), vec2(14.0, ROW));
    // Not a stop of the Tab key: the row itself opens and closes with the arrow keys.
    let sense = Sense::CLICK;
    let response = ui.interact(mark, list.with(("caret", row.rig, row.bone)), sense);
    let verb = if open { "Close" } else { "Open" };
    response.widget_info(|| {
        let label = format!("{verb} {name}");
        WidgetInfo::selected(Role::DisclosureTriangle, true, open, label)
    });
    let caret = match open {
        true => icons::CARET_DOWN,
        false => icons::CARET_RIGHT,
    };
    let color = match response.hovered() {
        true => *desk.theme.text_strong,
        false => *desk.theme.text_2,
    };
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        caret,
        theme::icon(10.0),
        color,
    );
    response.clicked().then_some(desk.modifiers.shift)
}

/// Paints the row; gives where its name stands.
fn paint(
    ui: &Ui,
    desk: &Desk,
    rig: &Rig,
    row: &Row,
    rect: Rect,
    (hovered, room): (bool, f32),
) -> Rect {
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
        None => (rig.name.as_str(), !rig.hide),
    };
    let strength = if visible { 1.0 } else { 0.45 };
    let left = paint_mark(ui, desk, rig, row, rect, strength);
    let color = match () {
        () if selected || active || hovered => *theme.text_strong,
        () if row.dim => *theme.text_off,
        () => *theme.text,
    };
    let room = Rect::from_min_max(pos2(left, rect.top()), pos2(room.max(left), rect.bottom()));
    let is_active_rig = row.bone.is_none() && desk.document.active_rig == Some(row.rig);
    let font = match is_active_rig {
        true => theme::medium(12.0),
        false => FontId::proportional(12.0),
    };
    clipped_text(ui, room, name, font, color.gamma_multiply(strength));
    room
}

/// The bar in the bone's colour, or the rig's icon; gives where the name begins.
fn paint_mark(ui: &Ui, desk: &Desk, rig: &Rig, row: &Row, rect: Rect, strength: f32) -> f32 {
    let left = rect.left() + 22.0 + indent(row.depth, rect.width());
    let Some(bone) = row.bone else {
        let mark = Rect::from_min_size(pos2(left, rect.top()), vec2(14.0, ROW));
        let active = desk.document.active_rig == Some(row.rig);
        let color = match active {
            true => *desk.theme.accent,
            false => *desk.theme.text_2,
        };
        let (icon, font) = (icons::PERSON_SIMPLE, theme::icon(13.0));
        text(
            ui,
            mark,
            Align2::CENTER_CENTER,
            icon,
            font,
            color.gamma_multiply(strength),
        );
        return left + 19.0;
    };
    let bar = Rect::from_center_size(pos2(left + 1.5, rect.center().y), vec2(3.0, 12.0));
    let dimmed = if row.dim { 0.45 } else { 1.0 };
    let color = desk.bone_color(rig, bone).gamma_multiply(strength * dimmed);
    ui.painter().rect_filled(bar, 1.5, color);
    left + 9.0
}
