//! Selection sets as buttons in a grid: a click recalls the set of its number, Ctrl stores it.

use egui::{
    Align2, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::model::selection_set::SelectionSet;
use crate::ui::acts::Act;
use crate::ui::desk::Desk;
use crate::ui::panels::properties::grid::note;
use crate::ui::panels::selection_sets::{count_of, menu, options, recall, take_drop};
use crate::ui::theme::{RADIUS, ROW};
use crate::ui::widgets::{clipped_text, focus_ring, text, width};

/// Width that a button has at least.
const LEAST: f32 = 76.0;
/// Width that a button needs beside its name, for the number and the edges.
const BESIDE: f32 = 32.0;
/// Space between buttons.
const GAP: f32 = 4.0;
/// Space left and right of the grid.
const MARGIN: f32 = 8.0;

/// Shows the grid.
pub fn buttons_ui(ui: &mut Ui, desk: &mut Desk) {
    let Some(options) = options(desk) else {
        return;
    };
    let sets = &options.selection_sets;
    if sets.is_empty() {
        return note(
            ui,
            desk.theme,
            "None yet; the plus above makes one of the selected bones",
        );
    }
    let room = ui.available_width() - 2.0 * MARGIN;
    // Names are shown whole where the panel is wide enough for that.
    let widest = sets.iter().map(|set| width(ui, &set.name) + BESIDE);
    let least = widest.fold(LEAST, f32::max).min(room.max(LEAST));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "one to three"
    )]
    let columns = (((room + GAP) / (least + GAP)).floor() as usize).clamp(1, 3);
    let wide = (room - GAP * (columns as f32 - 1.0)) / columns as f32;
    let rows = sets.len().div_ceil(columns);
    let size = vec2(ui.available_width(), rows as f32 * (ROW + GAP) + GAP);
    let (_, whole) = ui.allocate_space(size);
    for (place, set) in sets.iter().enumerate() {
        let (column, row) = ((place % columns) as f32, (place / columns) as f32);
        let corner = vec2(MARGIN + column * (wide + GAP), row * (ROW + GAP));
        let rect = Rect::from_min_size(whole.min + corner, vec2(wide, ROW));
        if ui.is_rect_visible(rect) {
            let active = options.active_set() == Some(place);
            button_ui(ui, desk, rect, place, set, active);
        }
    }
}

fn button_ui(ui: &Ui, desk: &mut Desk, rect: Rect, place: usize, set: &SelectionSet, active: bool) {
    let theme = desk.theme;
    let id = ui.scope_id().with(("set", place));
    let response = ui.interact(rect, id, Sense::click());
    let number = place + 1;
    let label = format!("{}, set {number}", set.name);
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), active, &label));
    let fill = match () {
        () if response.is_pointer_button_down_on() => theme.button_press,
        () if response.hovered() => theme.button_hover,
        () if active => theme.accent_tint,
        () => theme.button,
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    let takes = take_drop(ui, desk, &response, place, &set.name);
    if active || takes {
        let line = if takes {
            desk.theme.accent
        } else {
            desk.theme.accent_line
        };
        let stroke = Stroke::new(1.0, line);
        ui.painter()
            .rect_stroke(rect, RADIUS, stroke, StrokeKind::Inside);
    }
    let inner = rect.shrink2(vec2(6.0, 0.0));
    let (font, weak) = (FontId::monospace(11.0), *desk.theme.text_2);
    let digits = text(
        ui,
        inner,
        Align2::RIGHT_CENTER,
        &number.to_string(),
        font,
        weak,
    );
    let words = Rect::from_min_max(
        inner.min,
        pos2((digits.left() - 4.0).max(inner.left()), inner.bottom()),
    );
    let strong = active || response.hovered();
    let color = if strong {
        desk.theme.text_strong
    } else {
        desk.theme.text
    };
    clipped_text(ui, words, &set.name, FontId::proportional(12.0), *color);
    focus_ring(ui, desk.theme, &response);
    touched(desk, &response, place, set);
    response.on_hover_ui(|ui| {
        let count = count_of(set.bones.len());
        let doc = format!(
            "Select its {count}; Shift: beside what is selected; Ctrl: store the selected bones"
        );
        desk.tooltip(ui, &set.name, &recall(place, false), &doc);
    });
}

fn touched(desk: &mut Desk, response: &Response, place: usize, set: &SelectionSet) {
    if response.clicked() {
        let held = desk.modifiers;
        match held.ctrl {
            true => desk.acts.start(&format!(
                "pose.selection_set_store(selection_set_index: {place})"
            )),
            false => desk.acts.run(&recall(place, held.shift), ""),
        }
    } else if response.secondary_clicked() {
        let activate = format!("armature.set(active_selection_set: {place})");
        desk.acts.run(&activate, "");
        desk.acts
            .push(Act::Menu(set.name.clone(), menu::of_set(place)));
    }
}
