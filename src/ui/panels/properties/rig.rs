//! What is known of the rig: its name, its place, what it is made of, how its bones are drawn.

use egui::Ui;

use crate::io::open::MANNEQUIN_MODEL;
use crate::model::choice::Choice;
use crate::model::id::RigId;
use crate::model::rig::Rig;
use crate::model::settings::MirrorKind;
use crate::model::view::BoneStyle;
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::panels::properties::grid::{child, info_row, number_row, row};
use crate::ui::panels::properties::paths;
use crate::ui::panels::properties::values::{
    ANGLES, FACTORS, Group, LENGTHS, Shown, Wish, changed, group_ui, tuple,
};
use crate::ui::widgets::field::Offers;
use crate::ui::widgets::{
    check_row, dropdown, fits_segments, folding, segmented, separator, text_field,
};

/// Shows the tab.
pub fn rig_ui(ui: &mut Ui, desk: &mut Desk, id: RigId, rig: &Rig) {
    let theme = desk.theme;
    ui.add_space(6.0);
    name_ui(ui, desk, rig);
    numbers_ui(ui, desk, rig);
    ui.add_space(6.0);
    separator(ui, theme);
    folding(
        ui,
        theme,
        ("Transform", true),
        desk,
        |_, _| {},
        |ui, desk| {
            ui.push_id(id.index(), |ui| place_ui(ui, desk, rig));
        },
    );
    separator(ui, theme);
    folding(
        ui,
        theme,
        ("Pose Options", true),
        desk,
        |_, _| {},
        |ui, desk| options_ui(ui, desk, rig),
    );
    separator(ui, theme);
    folding(
        ui,
        theme,
        ("Motion Paths", false),
        desk,
        |_, _| {},
        |ui, desk| paths::paths_ui(ui, desk, rig),
    );
    separator(ui, theme);
    folding(
        ui,
        theme,
        ("Viewport Display", true),
        desk,
        |_, _| {},
        display_ui,
    );
}

fn name_ui(ui: &mut Ui, desk: &mut Desk, rig: &Rig) {
    let places = row(ui, desk.theme, "Name");
    let room = places.field.with_max_x(places.slot.right());
    let mut room = child(ui, room, "name");
    let (_, name) = text_field(&mut room, desk.theme, "Rig Name", "", &rig.name);
    if let Some(name) = name {
        let call = format!("object.set(name: {})", quoted(&name));
        desk.acts.run(&call, "");
    }
}

fn numbers_ui(ui: &mut Ui, desk: &Desk, rig: &Rig) {
    let theme = desk.theme;
    let bones = &rig.armature.bones;
    let deform = bones.iter().filter(|bone| bone.deform).count();
    let words = match deform == bones.len() {
        true => bones.len().to_string(),
        false => format!("{}, {deform} deform", bones.len()),
    };
    number_row(ui, theme, "Bones", &words);
    let triangles: usize = rig.meshes.iter().map(|mesh| mesh.triangles()).sum();
    number_row(ui, theme, "Meshes", &rig.meshes.len().to_string());
    number_row(ui, theme, "Triangles", &triangles.to_string());
    let file = rig.model.as_ref().map(|model| model.file.path.as_path());
    let name = file.and_then(|path| match path.to_string_lossy() == MANNEQUIN_MODEL {
        true => Some("Bundled mannequin".into()),
        false => path.file_name().map(|name| name.to_string_lossy()),
    });
    info_row(ui, theme, "Model", name.as_deref().unwrap_or("None"));
    let action = rig.animation.active_action.as_deref();
    info_row(ui, theme, "Action", action.unwrap_or("None"));
}

fn place_ui(ui: &mut Ui, desk: &mut Desk, rig: &Rig) {
    let groups = [
        ("Location", "location", LENGTHS, rig.location),
        ("Rotation", "rotation_euler", ANGLES, rig.rotation_euler),
        ("Scale", "scale", FACTORS, rig.scale),
    ];
    for (title, field, parts, values) in groups {
        let values = values.to_array();
        let group = Group { title, parts };
        let offers = Offers {
            call: true,
            ..Offers::default()
        };
        let shown = Shown {
            group: &group,
            values: &values,
            locks: &[],
            keyed: &[],
            offers,
            off: None,
        };
        let wish = group_ui(ui, desk.theme, desk.gesture, shown, |_, _, _| {});
        let call = |values: &[f32]| format!("object.set({field}: {})", tuple(values));
        match wish {
            Some(Wish::CopyCall) => ui.ctx().copy_text(call(&values)),
            Some(Wish::Set {
                values: wanted,
                relative,
                merge,
                ..
            }) => {
                let new = changed(&values, &wanted, relative);
                desk.acts.run(&call(&new), &format!("{merge}/rig"));
            }
            Some(Wish::Lock(..) | Wish::Key(..)) | None => {}
        }
    }
}

/// What the mirror image of a pose is.
fn mirror_ui(ui: &mut Ui, desk: &mut Desk, rig: &Rig) {
    let places = row(ui, desk.theme, "Mirror");
    let kind = rig.options.mirror_kind;
    let items: Vec<(&str, &str)> = kind
        .items()
        .iter()
        .map(|item| (item.label, item.doc.trim()))
        .collect();
    let (theme, label) = (desk.theme, kind.label());
    let mut room = child(ui, places.field, "mirror");
    let chosen = if fits_segments(ui, &items, room.available_width()) {
        segmented(&mut room, theme, "Mirror", label, &items)
    } else {
        dropdown(&mut room, theme, "Mirror", label, &items)
    };
    if let Some(kind) = chosen.and_then(|place| MirrorKind::ALL.get(place)) {
        let call = format!("armature.mirror_kind(type: {})", kind.id());
        desk.acts.run(&call, "");
    }
    let chosen = rig.options.mirror_partners.len();
    if chosen > 0 {
        number_row(ui, theme, "Chosen Partners", &chosen.to_string());
    }
}

fn options_ui(ui: &mut Ui, desk: &mut Desk, rig: &Rig) {
    mirror_ui(ui, desk, rig);
    let options = &rig.options;
    let rows = [
        (
            "X-Axis Mirror",
            "use_mirror_x",
            options.use_mirror_x,
            "Changes of a bone go to its mirror image too",
        ),
        (
            "Relative Mirror",
            "use_mirror_relative",
            options.use_mirror_relative,
            "Mirrored changes start from the mirror bone's own pose",
        ),
    ];
    for (label, field, on, doc) in rows {
        let places = row(ui, desk.theme, "");
        let mut room = child(ui, places.field, label);
        let enabled = field == "use_mirror_x" || options.use_mirror_x;
        room.add_enabled_ui(enabled, |ui| {
            let check = check_row(ui, desk.theme, label, on).on_hover_text(doc);
            if check.clicked() {
                let call = format!("armature.set({field}: {})", !on);
                desk.acts.run(&call, "");
            }
        });
    }
    ui.add_space(6.0);
}

fn display_ui(ui: &mut Ui, desk: &mut Desk) {
    let places = row(ui, desk.theme, "Display As");
    let mut room = child(ui, places.field, "style");
    let style = desk.view.bone_style;
    let items: Vec<(&str, &str)> = style
        .items()
        .iter()
        .map(|item| (item.label, item.doc.trim()))
        .collect();
    let theme = desk.theme;
    let label = style.label();
    let chosen = if fits_segments(ui, &items, room.available_width()) {
        segmented(&mut room, theme, "Bone Style", label, &items)
    } else {
        dropdown(&mut room, theme, "Bone Style", label, &items)
    };
    if let Some(style) = chosen.and_then(|place| BoneStyle::ALL.get(place)) {
        let call = format!("view3d.bone_style(type: {})", style.id());
        desk.acts.start(&call);
    }
    let rows = [
        ("In Front", desk.view.in_front, "view3d.toggle_xray()"),
        (
            "Show Overlays",
            desk.view.overlays,
            "view3d.toggle_overlays()",
        ),
    ];
    for (label, on, call) in rows {
        let places = row(ui, theme, "");
        let mut room = child(ui, places.field, label);
        if check_row(&mut room, theme, label, on).clicked() {
            desk.acts.start(call);
        }
    }
    ui.add_space(6.0);
}
