//! The title above the values of a bone: its name, which a click changes, and whether it is selected.

use egui::{Align2, FontId, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::acts::{BoneRef, quoted};
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::properties::subject::Subject;
use crate::ui::theme::{self, RADIUS, ROW};
use crate::ui::widgets::name_field::{Ended, NameField};
use crate::ui::widgets::{clipped_text, focus_ring, text};

/// A name that is typed in the title.
pub struct Renaming {
    of: BoneRef,
    field: NameField,
}

/// Shows the title.
pub fn title_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject, renaming: &mut Option<Renaming>) {
    let theme = desk.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 42.0), Sense::hover());
    let name = subject.name();
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, name));
    let row = Rect::from_min_max(rect.min + vec2(10.0, 6.0), rect.max - vec2(10.0, 8.0));
    let mark = row.with_max_x(row.left() + 18.0);
    let font = theme::icon(18.0);
    let (middle, icon) = (Align2::CENTER_CENTER, icons::BONE);
    text(ui, mark, middle, icon, font, *theme.text);
    let mut room = row.with_min_x(row.left() + 26.0);
    if let Some(left) = chip_ui(ui, desk, subject, row) {
        room.max.x = left - 6.0;
    }
    let field = Rect::from_center_size(room.center(), vec2(room.width() + 10.0, ROW));
    let own = (subject.id, subject.bone);
    if let Some(typed) = renaming.as_mut().filter(|renaming| renaming.of == own) {
        let Some(ended) = typed.field.ui(ui, theme, field, "Name of the bone") else {
            return;
        };
        let changed = typed.field.changed().filter(|_| ended != Ended::Unchanged);
        if let Some(new) = changed {
            let (rig, bone) = (subject.rig_argument(desk), quoted(name));
            let call = format!("bone.rename({rig}name: {}, bone: {bone})", quoted(new));
            desk.acts.run(&call, "");
        }
        *renaming = None;
        return;
    }
    name_ui(ui, desk, subject, (room, field), renaming);
}

/// The name, as a field under the pointer.
fn name_ui(
    ui: &Ui,
    desk: &Desk,
    subject: Subject,
    (room, field): (Rect, Rect),
    renaming: &mut Option<Renaming>,
) {
    let (theme, name) = (desk.theme, subject.name());
    let response = ui.interact(field, ui.scope_id().with("name"), Sense::click());
    let label = format!("Rename {name}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &label));
    if response.hovered() {
        ui.painter().rect_filled(field, RADIUS, *theme.field_hover);
        ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
    }
    clipped_text(ui, room, name, theme::semibold(13.0), *theme.text_strong);
    focus_ring(ui, theme, &response);
    if response.clicked() {
        *renaming = Some(Renaming {
            of: (subject.id, subject.bone),
            field: NameField::new(name),
        });
        ui.ctx().request_repaint();
    }
    response.on_hover_ui(|ui| desk.tooltip(ui, &label, "bone.rename()", ""));
}

/// What tells whether the bone is selected; gives where it begins.
fn chip_ui(ui: &Ui, desk: &Desk, subject: Subject, row: Rect) -> Option<f32> {
    let theme = desk.theme;
    let selected = desk.document.posed_rigs().into_iter();
    let selected = selected.filter_map(|id| desk.document.rigs.get(id.index()));
    let count: usize = selected.map(|rig| rig.selected_bones().len()).sum();
    let (held, idle) = (
        (theme.accent_tint, theme.accent_hi),
        (theme.raised, theme.text_2),
    );
    let (chip, (fill, color)) = match (subject.rig.is_selected(subject.bone), count) {
        (false, _) => ("Not selected".to_owned(), idle),
        (true, 1) => return None,
        (true, count) => (format!("Active of {count}"), held),
    };
    let painter = ui.painter();
    let galley = painter.layout_no_wrap(chip, FontId::proportional(11.0), *color);
    let size = vec2(galley.size().x + 14.0, 18.0);
    let at = Align2::RIGHT_CENTER.align_size_within_rect(size, row);
    painter.rect_filled(at, 9, fill);
    painter.galley(at.center() - galley.size() / 2.0, galley, *color);
    Some(at.left())
}
