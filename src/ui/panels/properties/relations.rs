//! What a bone is to others: its parent and children, and what it takes over from the parent.

use egui::{Align2, FontId, Role, Sense, Ui, WidgetInfo, vec2};

use crate::model::bone::{Bone, InheritScale};
use crate::model::choice::Choice;
use crate::model::id::BoneId;
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::properties::grid::{child, info_row, number_row, row};
use crate::ui::panels::properties::subject::Subject;
use crate::ui::theme::{self, RADIUS};
use crate::ui::widgets::{check_row, clipped_text, dropdown, focus_ring, text};

/// Shows the section.
pub fn relations_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject) {
    let armature = &subject.rig.armature;
    let Some(bone) = armature.bone(subject.bone) else {
        return;
    };
    let theme = desk.theme;
    match bone.parent {
        Some(parent) => bone_row(ui, desk, subject, "Parent", parent),
        None => {
            info_row(ui, theme, "Parent", "None");
        }
    }
    let children: Vec<BoneId> = armature.children(subject.bone).collect();
    match children.as_slice() {
        [] => {
            info_row(ui, theme, "Children", "None");
        }
        [only] => bone_row(ui, desk, subject, "Children", *only),
        many => {
            let names: Vec<&str> = many.iter().map(|bone| armature.name(*bone)).collect();
            let words = format!("{}: {}", names.len(), names.join(", "));
            info_row(ui, theme, "Children", &words);
        }
    }
    let connected = if bone.connected { "Yes" } else { "No" };
    info_row(ui, theme, "Connected", connected);
    number_row(ui, theme, "Length", &format!("{:.3} m", bone.length()));
    inheritance_ui(ui, desk, subject, bone);
    ui.add_space(6.0);
}

fn inheritance_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject, bone: &Bone) {
    let checks = [
        ("Local Location", "use_local_location", bone.local_location),
        (
            "Inherit Rotation",
            "inherit_rotation",
            bone.inherit_rotation,
        ),
    ];
    for (label, field, on) in checks {
        let places = row(ui, desk.theme, "");
        let mut room = child(ui, places.field, label);
        if check_row(&mut room, desk.theme, label, on).clicked() {
            set(desk, subject, &format!("{field}: {}", !on));
        }
    }
    let places = row(ui, desk.theme, "Scale");
    let mut room = child(ui, places.field, "inherit scale");
    let current = bone.inherit_scale;
    let items: Vec<(&str, &str)> = current
        .items()
        .iter()
        .map(|item| (item.label, item.doc.trim()))
        .collect();
    let label = current.label();
    let chosen = dropdown(&mut room, desk.theme, "Inherit Scale", label, &items);
    if let Some(scale) = chosen.and_then(|place| InheritScale::ALL.get(place)) {
        set(desk, subject, &format!("inherit_scale: {}", scale.id()));
    }
}

fn set(desk: &mut Desk, subject: Subject, fields: &str) {
    let (rig, bone) = (subject.rig_argument(desk), quoted(subject.name()));
    let call = format!("armature.set_bones({rig}bones: {{{bone}: ({fields})}})");
    desk.acts.run(&call, "");
}

/// A row with another bone, which a click makes the active one.
fn bone_row(ui: &mut Ui, desk: &mut Desk, subject: Subject, label: &str, bone: BoneId) {
    let theme = desk.theme;
    let places = row(ui, theme, label);
    let name = subject.rig.armature.name(bone);
    let id = ui.scope_id().with(("bone", label));
    let response = ui.interact(places.field, id, Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, ui.is_enabled(), format!("{label}: {name}"))
    });
    let fill = match () {
        () if response.is_pointer_button_down_on() => theme.button_press,
        () if response.hovered() => theme.field_hover,
        () => theme.field,
    };
    ui.painter().rect_filled(places.field, RADIUS, fill);
    let bar = places.field.with_max_x(places.field.left() + 3.0);
    let bar = bar.translate(vec2(8.0, 0.0)).shrink2(vec2(0.0, 5.0));
    ui.painter()
        .rect_filled(bar, 1, desk.bone_color(subject.rig, bone));
    let words = places.field.with_min_x(places.field.left() + 17.0);
    let words = words.with_max_x(places.field.right() - 22.0);
    let (font, color) = (FontId::proportional(12.0), *theme.text_strong);
    clipped_text(ui, words, name, font, color);
    let mark = places.field.with_min_x(places.field.right() - 20.0);
    let (go, font) = (icons::CARET_RIGHT, theme::icon(11.0));
    text(ui, mark, Align2::CENTER_CENTER, go, font, *theme.text_2);
    focus_ring(ui, theme, &response);
    if response.hovered() {
        *desk.hover = Some((subject.id, bone));
    }
    if response.on_hover_text("Select this bone").clicked() {
        let name = quoted(name);
        let call = format!("pose.select_bones(names: [{name}], active: {name})");
        desk.acts.run(&call, "");
    }
}
