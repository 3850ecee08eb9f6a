//! A row of the list of collections: colour, name, number of bones, solo star, eye.

use egui::{
    Align2, Color32, FontId, Rect, Response, Role, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use crate::model::armature::{Armature, BoneCollection};
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::bones::marks::slot;
use crate::ui::panels::bones::row::BoneDrag;
use crate::ui::panels::collections::colors;
use crate::ui::theme::{self, RADIUS, ROW};
use crate::ui::widgets::{clipped_text, focus_ring, select_all, text};

/// A name that is being typed.
pub struct Renaming {
    /// The collection.
    pub of: String,
    typed: String,
    begun: bool,
}

impl Renaming {
    /// Begins with the name that it has.
    pub fn new(name: &str) -> Self {
        Self {
            of: name.to_owned(),
            typed: name.to_owned(),
            begun: false,
        }
    }
}

/// What was done to a row.
pub struct Touched {
    /// The row itself.
    pub response: Response,
    /// Its colour.
    pub swatch: Response,
    /// Typing its name has ended.
    pub ended: bool,
}

/// Shows a row at the next place.
pub fn row_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    armature: &Armature,
    collection: &BoneCollection,
    renaming: Option<&mut Renaming>,
) -> Touched {
    let (_, full) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let name = collection.name.as_str();
    let id = ui.scope_id().with(("collection", name));
    let response = ui.interact(full, id, Sense::click_and_drag());
    let rect = full.shrink2(vec2(4.0, 0.0));
    let active = armature.active_collection.as_deref() == Some(name);
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), active, name));
    let hovered = ui.rect_contains_pointer(full);
    paint_back(ui, desk, &response, rect, (active, hovered));
    let shown = match armature.any_solo() {
        true => collection.is_solo,
        false => collection.is_visible,
    };
    let swatch = swatch_ui(ui, desk, collection, rect, shown);
    let room = Rect::from_min_max(
        pos2(rect.left() + 22.0, rect.top()),
        pos2(slot(rect, 1).left(), rect.bottom()),
    );
    let mut ended = false;
    if let Some(renaming) = renaming {
        let field = room.with_min_x(room.left() - 4.0).shrink2(vec2(0.0, 1.0));
        ended = rename_ui(ui, desk, field, renaming);
    } else {
        let color = match () {
            () if !shown => *desk.theme.text_off,
            () if active || hovered => *desk.theme.text_strong,
            () => *desk.theme.text,
        };
        let count = armature.members(name).count();
        paint_name(ui, desk, room, (name, color), count);
    }
    switches_ui(ui, desk, collection, rect);
    focus_ring(ui, desk.theme, &response);
    Touched {
        response,
        swatch,
        ended,
    }
}

fn paint_back(
    ui: &Ui,
    desk: &Desk,
    response: &Response,
    rect: Rect,
    (active, hovered): (bool, bool),
) {
    let fill = match () {
        () if active => *desk.theme.accent_tint,
        () if hovered => *desk.theme.field_hover,
        () => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    let drag = response.dnd_hover_payload::<BoneDrag>();
    if drag.is_some_and(|drag| desk.document.active_rig == Some(drag.rig)) {
        let stroke = egui::Stroke::new(1.5, desk.theme.accent);
        let kind = egui::StrokeKind::Inside;
        ui.painter().rect_stroke(rect, RADIUS, stroke, kind);
    }
}

fn paint_name(ui: &Ui, desk: &Desk, room: Rect, (name, color): (&str, Color32), count: usize) {
    let number = room.with_max_x(room.right() - 4.0);
    let (font, weak) = (FontId::monospace(11.0), *desk.theme.text_2);
    let count = count.to_string();
    let number = text(ui, number, Align2::RIGHT_CENTER, &count, font, weak);
    let room = room.with_max_x((number.left() - 6.0).max(room.left()));
    clipped_text(ui, room, name, FontId::proportional(12.0), color);
}

fn swatch_ui(
    ui: &Ui,
    desk: &Desk,
    collection: &BoneCollection,
    rect: Rect,
    shown: bool,
) -> Response {
    let middle = pos2(rect.left() + 11.0, rect.center().y);
    let mark = Rect::from_center_size(middle, vec2(18.0, ROW));
    let id = ui.scope_id().with(("swatch", collection.name.as_str()));
    let response = ui.interact(mark, id, Sense::click());
    let label = format!("Color of {}", collection.name);
    response.widget_info(|| WidgetInfo::labeled(Role::ColorWell, true, &label));
    let square = Rect::from_center_size(middle, vec2(10.0, 10.0));
    let strength = if shown { 1.0 } else { 0.45 };
    colors::paint(ui, desk, square, &collection.color, strength);
    if response.hovered() {
        let stroke = egui::Stroke::new(1.0, desk.theme.text_strong);
        let kind = egui::StrokeKind::Outside;
        ui.painter().rect_stroke(square, 3, stroke, kind);
    }
    focus_ring(ui, desk.theme, &response);
    response
        .clone()
        .on_hover_ui(|ui| desk.tooltip(ui, &label, "", ""));
    response
}

/// Solo star and eye.
fn switches_ui(ui: &Ui, desk: &mut Desk, collection: &BoneCollection, rect: Rect) {
    let name = collection.name.as_str();
    let (solo, visible) = (collection.is_solo, collection.is_visible);
    let star = (
        icons::STAR,
        format!("Solo {name}"),
        "Show only the bones of solo collections",
    );
    if switch_ui(ui, desk, slot(rect, 1), star, solo, solo) {
        set(desk, name, &format!("is_solo: {}", !solo));
    }
    let (icon, verb) = match visible {
        true => (icons::EYE, "Hide"),
        false => (icons::EYE_SLASH, "Show"),
    };
    let eye = (icon, format!("{verb} collection {name}"), "");
    if switch_ui(ui, desk, slot(rect, 0), eye, !visible, false) {
        set(desk, name, &format!("is_visible: {}", !visible));
    }
}

fn switch_ui(
    ui: &Ui,
    desk: &Desk,
    mark: Rect,
    (icon, label, doc): (&str, String, &str),
    on: bool,
    strong: bool,
) -> bool {
    let id = ui.scope_id().with(("switch", &label));
    let response = ui.interact(mark, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &label));
    let color = match response.hovered() || strong {
        true => *desk.theme.text_strong,
        false => *desk.theme.text_off,
    };
    let font = match strong {
        true => theme::icon_fill(13.0),
        false => theme::icon(13.0),
    };
    text(ui, mark, Align2::CENTER_CENTER, icon, font, color);
    focus_ring(ui, desk.theme, &response);
    let clicked = response.clicked();
    response.on_hover_ui(|ui| desk.tooltip(ui, &label, "", doc));
    clicked
}

/// The field for a name; says whether typing has ended.
fn rename_ui(ui: &mut Ui, desk: &mut Desk, field: Rect, renaming: &mut Renaming) -> bool {
    let fill = egui::Frame::NONE
        .fill(*desk.theme.field_active)
        .stroke(egui::Stroke::new(1.0, desk.theme.accent))
        .corner_radius(RADIUS)
        .inner_margin(egui::Margin::symmetric(4, 0));
    let edit = TextEdit::singleline(&mut renaming.typed)
        .id_salt("rename collection")
        .frame(fill)
        .align(Align2::LEFT_CENTER);
    let response = ui.put(field, edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Name of the collection"));
    if !renaming.begun {
        renaming.begun = true;
        response.request_focus();
        select_all(ui, response.id, &renaming.typed);
        return false;
    }
    if response.has_focus() {
        return false;
    }
    let given_up = ui.input(|input| input.key_pressed(egui::Key::Escape));
    let typed = renaming.typed.trim();
    if !given_up && !typed.is_empty() && typed != renaming.of {
        set(desk, &renaming.of, &format!("name: {}", quoted(typed)));
    }
    true
}

/// Sets a field of a collection of the active rig.
pub fn set(desk: &mut Desk, name: &str, field: &str) {
    let call = format!("armature.set(collections: {{{}: ({field})}})", quoted(name));
    desk.acts.run(&call, "");
}
