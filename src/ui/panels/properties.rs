//! The properties of the active bone, and below them what is known of its rig.

use egui::{Align2, FontId, Rect, ScrollArea, Sense, Ui, vec2};

use crate::model::id::BoneId;
use crate::model::rig::Rig;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::properties_transform::transform_ui;
use crate::ui::theme;
use crate::ui::widgets::{clipped_text, section, separator, text};

/// What the panel remembers.
#[derive(Default)]
pub struct Properties {}

impl Properties {
    /// Shows the panel below its header.
    pub fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        properties_ui(ui, desk);
    }
}

fn properties_ui(ui: &mut Ui, desk: &mut Desk) {
    let theme = desk.theme;
    let Some(rig) = desk.document.rig().cloned() else {
        ui.add_space(12.0);
        ui.vertical_centered(|ui| {
            ui.label(egui::RichText::new("No rig yet").color(*theme.text_2));
        });
        return;
    };
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        match desk.active() {
            Some((_, bone)) => {
                title_ui(ui, desk, &rig, bone);
                if section(ui, theme, "Transform") {
                    transform_ui(ui, desk, &rig, bone);
                }
            }
            None => {
                ui.add_space(14.0);
                ui.vertical_centered(|ui| {
                    let hint = "Click a bone to see its values";
                    ui.label(egui::RichText::new(hint).color(*theme.text_2));
                });
                ui.add_space(14.0);
            }
        }
        ui.add_space(6.0);
        separator(ui, theme);
        if section(ui, theme, "Rig") {
            rig_ui(ui, desk, &rig);
        }
        ui.add_space(10.0);
    });
}

fn title_ui(ui: &mut Ui, desk: &Desk, rig: &Rig, bone: BoneId) {
    let theme = desk.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 42.0), Sense::hover());
    let name = rig.armature.name(bone);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, name));
    let row = Rect::from_min_max(rect.min + vec2(10.0, 6.0), rect.max - vec2(10.0, 8.0));
    let mark = row.with_max_x(row.left() + 18.0);
    let color = desk.bone_color(rig, bone);
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        icons::BONE,
        theme::icon(18.0),
        color,
    );
    let selected = desk.document.posed_rigs().into_iter();
    let selected = selected.filter_map(|id| desk.document.rigs.get(id.index()));
    let count: usize = selected.map(|rig| rig.selected_bones().len()).sum();
    let chip = match (rig.is_selected(bone), count) {
        (false, _) => "Not selected".to_owned(),
        (true, 1) => String::new(),
        (true, count) => format!("Active of {count}"),
    };
    let mut room = row.with_min_x(row.left() + 26.0);
    if !chip.is_empty() {
        let galley =
            ui.painter()
                .layout_no_wrap(chip, FontId::proportional(11.0), *theme.accent_hi);
        let size = vec2(galley.size().x + 14.0, 18.0);
        let at = Align2::RIGHT_CENTER.align_size_within_rect(size, row);
        ui.painter().rect_filled(at, 9, theme.accent_tint);
        ui.painter()
            .galley(at.center() - galley.size() / 2.0, galley, *theme.accent_hi);
        room.max.x = at.left() - 6.0;
    }
    clipped_text(ui, room, name, theme::semibold(13.0), *theme.text_strong);
}

fn rig_ui(ui: &mut Ui, desk: &Desk, rig: &Rig) {
    let (location, scale) = (rig.location, rig.scale);
    let rotation = rig.rotation_euler * (180.0 / std::f32::consts::PI);
    let three = |v: glam::Vec3, digits: usize| {
        let text = format!("{:.*}, {:.*}, {:.*}", digits, v.x, digits, v.y, digits, v.z);
        text.replace('-', "\u{2212}")
    };
    let triangles: usize = rig.meshes.iter().map(|mesh| mesh.triangles()).sum();
    let file = rig.model.as_ref().map(|model| model.file.path.as_path());
    let file = file
        .and_then(|path| path.file_name())
        .map(|name| name.to_string_lossy());
    let rows = [
        ("Name", rig.name.clone()),
        ("Bones", rig.armature.bones.len().to_string()),
        (
            "Meshes",
            format!("{} · {triangles} triangles", rig.meshes.len()),
        ),
        ("Location", three(location, 3)),
        ("Rotation", format!("{}°", three(rotation, 1))),
        ("Scale", three(scale, 3)),
        (
            "From",
            file.map_or_else(|| "—".to_owned(), std::borrow::Cow::into_owned),
        ),
    ];
    for (label, value) in rows {
        info_row(ui, desk, label, &value);
    }
}

fn info_row(ui: &mut Ui, desk: &Desk, label: &str, value: &str) {
    let theme = desk.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let name = rect.with_max_x(rect.left() + 80.0);
    let small = FontId::proportional(12.0);
    text(ui, name, Align2::RIGHT_CENTER, label, small, *theme.text_2);
    let room = Rect::from_min_max(rect.min + vec2(86.0, 0.0), rect.max - vec2(10.0, 0.0));
    clipped_text(ui, room, value, FontId::monospace(11.0), *theme.text);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{label}: {value}"))
    });
}
