//! What new keys are for, and which channels are keyed: the left of the row below the timeline.

use egui::{Align2, FontId, Popup, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::model::choice::Choice;
use crate::model::fcurve::KeyKind;
use crate::ops::anim::sets::NO_SET;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::timeline::footer::Room;
use crate::ui::theme::{self, RADIUS, ROW, Theme};
use crate::ui::time_axis::colors::TimeColors;
use crate::ui::time_axis::diamonds::{Detail, Diamonds, Look};
use crate::ui::widgets::{clipped_text, focus_ring, menu_line, menu_row, text, width};

/// Width of the menu of kinds.
const KINDS: f32 = 160.0;
/// Width of the menu of keying sets.
const SETS: f32 = 220.0;
/// The call that asks which channels to key now.
const INSERT: &str = "anim.keyframe_insert_menu()";
/// The calls that make a keying set of the selected bones, and remove the one that is used.
const ADD: &str = "anim.keying_set_add()";
const REMOVE: &str = "anim.keying_set_remove()";

/// Shows both menus.
pub(super) fn keying_ui(ui: &mut Ui, desk: &mut Desk, room: Room) {
    kinds_ui(ui, desk, room);
    sets_ui(ui, desk, room);
}

fn kinds_ui(ui: &mut Ui, desk: &mut Desk, room: Room) {
    let kind = desk.document.scene.key_type;
    let words = if room == Room::All { kind.label() } else { "" };
    let name = "New Key Type";
    let response = ghost_ui(ui, desk.theme, Some(""), words, name, kind.label());
    let at = pos2(response.rect.left() + 11.0, response.rect.center().y);
    key_icon(ui, desk.theme, at, kind);
    Popup::menu(&response).accessible_name(name).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for &item in KeyKind::ALL {
            let on = item == kind;
            let row = menu_row(ui, desk.theme, item.label(), "", Some(on), KINDS);
            let at = pos2(row.rect.right() - 14.0, row.rect.center().y);
            key_icon(ui, desk.theme, at, item);
            if row.clicked() {
                let id = item.id();
                desk.acts.run(&format!("scene.keying(key_type: {id})"), "");
                ui.close();
            }
        }
    });
    response.on_hover_ui(|ui| desk.tooltip(ui, name, "", "What new keys are for"));
}

fn sets_ui(ui: &mut Ui, desk: &mut Desk, room: Room) {
    let scene = &desk.document.scene;
    let sets = &scene.keying_sets;
    let active = scene.active_keying_set.and_then(|place| sets.get(place));
    let shown = active.map_or(NO_SET, |set| set.name.as_str());
    let words = if room == Room::All { shown } else { "" };
    let name = "Keying Set";
    let response = ghost_ui(ui, desk.theme, Some(icons::KEY), words, name, shown);
    let mut chosen = None;
    Popup::menu(&response).accessible_name(name).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if menu_row(ui, desk.theme, NO_SET, "", Some(active.is_none()), SETS).clicked() {
            chosen = Some("scene.keying_set_use()".to_owned());
            ui.close();
        }
        for (place, set) in sets.iter().enumerate() {
            let on = scene.active_keying_set == Some(place);
            if menu_row(ui, desk.theme, &set.name, "", Some(on), SETS).clicked() {
                let name = crate::ui::acts::quoted(&set.name);
                chosen = Some(format!("scene.keying_set_use(name: {name})"));
                ui.close();
            }
        }
        menu_line(ui, desk.theme, SETS);
        let removes = active.is_some().then_some((REMOVE, "Remove Keying Set"));
        let more = [
            (ADD, "New from Selected Bones"),
            (INSERT, "Insert Keyframe…"),
        ];
        for (call, label) in more.into_iter().chain(removes) {
            let keys = desk.keymap.chord_of(call);
            let keys = keys.map(|chord| chord.to_string()).unwrap_or_default();
            if menu_row(ui, desk.theme, label, &keys, Some(false), SETS).clicked() {
                desk.acts.start(call);
                ui.close();
            }
        }
    });
    if let Some(call) = chosen {
        desk.acts.run(&call, "");
    }
    let doc =
        "Which channels of the selected bones are keyed: those of a keying set, or all of them";
    response.on_hover_ui(|ui| desk.tooltip(ui, name, "", doc));
}

/// A key of this kind, as a sign beside words.
fn key_icon(ui: &Ui, theme: &Theme, at: Pos2, kind: KeyKind) {
    let scale = ui.pixels_per_point();
    let mut key = Diamonds::new(TimeColors::of(theme), scale);
    let look = Look {
        kind,
        selected: false,
        whole: true,
    };
    key.key(at, look, Detail::Full);
    ui.painter().add(key.shape());
}

/// A menu's button without a ground: an icon where there is one (an empty one leaves room), words where there
/// is room, a caret.
pub(super) fn ghost_ui(
    ui: &mut Ui,
    theme: &Theme,
    icon: Option<&str>,
    words: &str,
    name: &str,
    value: &str,
) -> Response {
    let before = if icon.is_some() { 22.0 } else { 6.0 };
    let words_wide = if words.is_empty() {
        0.0
    } else {
        width(ui, words).min(170.0) + 6.0
    };
    let size = vec2(before + words_wide + 18.0, ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), name);
        info.current_text_value = Some(value.to_owned());
        info
    });
    let color = match () {
        () if response.is_pointer_button_down_on() => {
            ui.painter().rect_filled(rect, RADIUS, theme.button_press);
            theme.text_strong
        }
        () if response.hovered() => {
            ui.painter().rect_filled(rect, RADIUS, theme.field_hover);
            theme.text_strong
        }
        () => theme.text,
    };
    let mark = rect.with_max_x(rect.left() + 22.0);
    let sign = icon.unwrap_or_default();
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        sign,
        theme::icon(13.0),
        *theme.text_2,
    );
    let room = Rect::from_min_max(
        pos2(rect.left() + before, rect.top()),
        pos2(rect.right() - 18.0, rect.bottom()),
    );
    if !words.is_empty() {
        clipped_text(ui, room, words, FontId::proportional(12.0), *color);
    }
    let caret = rect.with_min_x(rect.right() - 18.0);
    let (down, font) = (icons::CARET_DOWN, theme::icon(11.0));
    text(ui, caret, Align2::CENTER_CENTER, down, font, *theme.text_2);
    focus_ring(ui, theme, &response);
    response
}
