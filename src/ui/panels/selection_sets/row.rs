//! A row of the list of selection sets: its number, name, number of bones, and whether copying takes it along.

use egui::{
    Align2, Color32, FontId, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use crate::model::selection_set::SelectionSet;
use crate::ui::acts::{Act, quoted};
use crate::ui::desk::Desk;
use crate::ui::panels::selection_sets::{count_of, menu, recall, take_drop};
use crate::ui::theme::RADIUS;
use crate::ui::widgets::{check_box, clipped_text, focus_ring, select_all, text, text_field};

/// A name that is being typed.
pub struct Renaming {
    /// The set's place in the list.
    pub place: usize,
    begun: bool,
}

impl Renaming {
    /// Begins with the name that it has.
    pub fn new(place: usize) -> Self {
        Self {
            place,
            begun: false,
        }
    }
}

/// What a row shows.
#[derive(Clone, Copy)]
pub struct RowOf<'a> {
    /// The set's place in the list.
    pub place: usize,
    /// The set.
    pub set: &'a SelectionSet,
    /// Whether it is the active one.
    pub active: bool,
}

fn rename_key() -> Id {
    Id::unique("selection set to rename")
}

/// The row that was double-clicked, to be given a name.
pub fn take_rename(ui: &Ui) -> Option<usize> {
    ui.data_mut(|data| data.remove_temp(rename_key()))
}

/// Shows a row; says whether typing its name has ended.
pub fn row_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    full: Rect,
    row: RowOf,
    renaming: Option<&mut Renaming>,
) -> bool {
    let RowOf { place, set, active } = row;
    let response = ui.interact(full, ui.scope_id().with(("row", place)), Sense::click());
    let label = format!("{}, {}", set.name, count_of(set.bones.len()));
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), active, &label));
    let rect = full.shrink2(vec2(4.0, 0.0));
    let hovered = ui.rect_contains_pointer(full);
    let fill = match () {
        () if active => *desk.theme.accent_tint,
        () if hovered => *desk.theme.field_hover,
        () => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    if take_drop(ui, desk, &response, place, &set.name) {
        let stroke = Stroke::new(1.5, desk.theme.accent);
        ui.painter()
            .rect_stroke(rect, RADIUS, stroke, StrokeKind::Inside);
    }
    number_ui(ui, desk, rect, place, &set.name);
    let tick = rect.with_min_x(rect.right() - 20.0);
    let room = Rect::from_min_max(
        pos2(rect.left() + 28.0, rect.top()),
        pos2(tick.left() - 6.0, rect.bottom()),
    );
    let mut ended = false;
    match renaming {
        Some(renaming) => ended = rename_ui(ui, desk, room, set, renaming),
        None => paint_name(ui, desk, room, set, active || hovered),
    }
    include_ui(ui, desk, tick, row);
    focus_ring(ui, desk.theme, &response);
    touched(ui, desk, &response, row);
    ended
}

fn touched(ui: &Ui, desk: &mut Desk, response: &Response, row: RowOf) {
    let RowOf { place, set, active } = row;
    let activate = format!("armature.set(active_selection_set: {place})");
    if response.double_clicked() {
        ui.data_mut(|data| data.insert_temp(rename_key(), place));
    } else if response.secondary_clicked() {
        desk.acts.run(&activate, "");
        desk.acts
            .push(Act::Menu(set.name.clone(), menu::of_set(place)));
    } else if response.clicked() && !active {
        desk.acts.run(&activate, "");
    }
}

/// The number, which recalls the set.
fn number_ui(ui: &Ui, desk: &mut Desk, rect: Rect, place: usize, name: &str) {
    let mark = Rect::from_min_size(rect.min + vec2(2.0, 2.0), vec2(22.0, rect.height() - 4.0));
    let response = ui.interact(mark, ui.scope_id().with(("number", place)), Sense::click());
    let label = format!("Recall {name}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &label));
    let (fill, color) = match response.hovered() {
        true => (*desk.theme.button_hover, *desk.theme.text_strong),
        false => (*desk.theme.button, *desk.theme.text_2),
    };
    ui.painter().rect_filled(mark, RADIUS, fill);
    let (digits, font) = ((place + 1).to_string(), FontId::monospace(11.0));
    text(ui, mark, Align2::CENTER_CENTER, &digits, font, color);
    focus_ring(ui, desk.theme, &response);
    if response.clicked() {
        desk.acts.run(&recall(place, desk.modifiers.shift), "");
    }
    response.on_hover_ui(|ui| {
        let doc = "Select its bones alone; Shift: beside what is selected";
        desk.tooltip(ui, &label, &recall(place, false), doc);
    });
}

fn paint_name(ui: &Ui, desk: &Desk, room: Rect, set: &SelectionSet, strong: bool) {
    let (font, weak) = (FontId::monospace(11.0), *desk.theme.text_2);
    let count = set.bones.len().to_string();
    let number = text(ui, room, Align2::RIGHT_CENTER, &count, font, weak);
    let room = room.with_max_x((number.left() - 6.0).max(room.left()));
    let color = match strong {
        true => *desk.theme.text_strong,
        false => *desk.theme.text,
    };
    clipped_text(ui, room, &set.name, FontId::proportional(12.0), color);
}

/// Whether copying takes the set along.
fn include_ui(ui: &mut Ui, desk: &mut Desk, tick: Rect, row: RowOf) {
    let RowOf { place, set, .. } = row;
    let builder = UiBuilder::new().max_rect(tick).id_salt(("include", place));
    let label = format!("Copy {} too", set.name);
    let response = check_box(
        &mut ui.new_child(builder),
        desk.theme,
        &label,
        set.is_selected,
    );
    if response.clicked() {
        let on = !set.is_selected;
        let call =
            format!("pose.selection_set_edit(selection_set_index: {place}, is_selected: {on})");
        desk.acts.run(&call, "");
    }
    response
        .on_hover_text("Whether copying takes this set along, even while another one is active");
}

/// The field for a name; says whether typing has ended.
fn rename_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    room: Rect,
    set: &SelectionSet,
    renaming: &mut Renaming,
) -> bool {
    let field = room.with_min_x(room.left() - 4.0);
    let builder = UiBuilder::new().max_rect(field).id_salt("rename set");
    let mut child = ui.new_child(builder);
    let label = "Name of the selection set";
    let (response, typed) = text_field(&mut child, desk.theme, label, "", &set.name);
    if !renaming.begun {
        renaming.begun = true;
        response.request_focus();
        select_all(ui, response.id, &set.name);
        return false;
    }
    if response.has_focus() {
        return false;
    }
    let typed = typed.map(|typed| typed.trim().to_owned());
    if let Some(name) = typed.filter(|name| !name.is_empty()) {
        let (place, name) = (renaming.place, quoted(&name));
        let call = format!("pose.selection_set_edit(selection_set_index: {place}, name: {name})");
        desk.acts.run(&call, "");
    }
    true
}
