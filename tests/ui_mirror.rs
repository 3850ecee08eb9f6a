//! How a rig mirrors, in the panels: the kind of mirror, partners in the bone list, selecting the other side.

mod common;
#[path = "common/ui.rs"]
mod interface;
#[path = "mirror/rigs.rs"]
mod rigs;

use common::documents;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use glam::{Mat4, Vec3};
use interface::{Ui, bone, harness, message, press, rig, steps};
use keypose::model::document::Document;
use keypose::model::settings::MirrorKind;
use keypose::ops::runner::Session;

fn showing(document: Document) -> Ui {
    let mut ui = harness(Session::with_document(document));
    ui.run();
    ui
}

/// An imported figure: joints with frames, arms by name, eyes by place.
fn imported() -> Ui {
    let at = |x: f32, z: f32| Mat4::from_translation(Vec3::new(x, 0.0, z));
    let figure = rigs::joints(&[
        ("chest", None, at(0.0, 1.0)),
        ("b_LeftArm_01", Some(0), at(0.3, 1.2)),
        ("b_RightArm_02", Some(0), at(-0.3, 1.2)),
        ("eyeA", Some(0), at(0.05, 1.6)),
        ("eyeB", Some(0), at(-0.05, 1.6)),
        ("plume", Some(0), at(0.2, 1.7)),
    ]);
    let mut document = Document::default();
    document.active_rig = Some(document.add_rig(figure));
    showing(document)
}

fn hover(ui: &mut Ui, name: &str) {
    let row = ui.get_by_role_and_label(Role::TreeItem, name);
    let at = row.rect().center();
    ui.hover_at(at);
    ui.run();
}

fn click(ui: &mut Ui, role: Role, label: &str) {
    ui.get_by_role_and_label(role, label).click();
    ui.run();
}

fn shown(ui: &Ui, role: Role, label: &str) -> bool {
    ui.query_by_role_and_label(role, label).is_some()
}

#[test]
fn the_bone_list_tells_partners_and_why() {
    let mut ui = imported();
    for (name, words) in [
        ("b_LeftArm_01", "b_RightArm_02 (by name)"),
        ("eyeB", "eyeA (by place)"),
        ("chest", "itself (by place)"),
        ("plume", "none found"),
    ] {
        hover(&mut ui, name);
        let label = format!("Mirror partner of {name}: {words}");
        assert!(shown(&ui, Role::Button, &label), "{label}");
    }
}

#[test]
fn a_partner_is_chosen_from_the_row_and_taken_back() {
    let mut ui = imported();
    hover(&mut ui, "plume");
    click(&mut ui, Role::Button, "Mirror partner of plume: none found");
    assert!(shown(&ui, Role::MenuItemCheckBox, "Automatic: none found"));
    click(&mut ui, Role::MenuItemCheckBox, "Itself");
    let chosen = |ui: &Ui| rig(ui).options.mirror_partners.get("plume").cloned();
    assert_eq!(chosen(&ui), Some(Some("plume".to_owned())));
    assert_eq!(steps(&ui), 1);
    // What was chosen is to be seen without the pointer.
    hover(&mut ui, "chest");
    assert!(shown(
        &ui,
        Role::Button,
        "Mirror partner of plume: itself (chosen)"
    ));
    press(&mut ui, "Ctrl+Z");
    assert_eq!(chosen(&ui), None);
    hover(&mut ui, "chest");
    assert!(!shown(
        &ui,
        Role::Button,
        "Mirror partner of plume: none found"
    ));
}

#[test]
fn the_rows_menu_offers_partners() {
    let mut ui = imported();
    ui.get_by_role_and_label(Role::TreeItem, "eyeA")
        .click_secondary();
    ui.run();
    click(&mut ui, Role::MenuItem, "Mirror Partner: eyeB (by place)");
    click(&mut ui, Role::MenuItemCheckBox, "None");
    assert_eq!(rig(&ui).options.mirror_partners.get("eyeA"), Some(&None));
    assert_eq!(message(&ui), "Mirror partner of eyeA: none (chosen)");
}

#[test]
fn the_rig_tab_shows_and_changes_the_kind_of_mirror() {
    let mut ui = imported();
    assert_eq!(rig(&ui).options.mirror_kind, MirrorKind::Geometric);
    click(&mut ui, Role::Tab, "Rig");
    let shown = |ui: &Ui| {
        let choice = ui.get_by_role_and_label(Role::ComboBox, "Mirror");
        choice.accesskit_node().value()
    };
    assert_eq!(shown(&ui).as_deref(), Some("Geometric"));
    click(&mut ui, Role::ComboBox, "Mirror");
    ui.get_by_label("Channel Values").click();
    ui.run();
    assert_eq!(rig(&ui).options.mirror_kind, MirrorKind::Channels);
    assert_eq!(shown(&ui).as_deref(), Some("Channel Values"));
    press(&mut ui, "Ctrl+Z");
    assert_eq!(rig(&ui).options.mirror_kind, MirrorKind::Geometric);
}

#[test]
fn the_key_selects_the_other_side() {
    let mut document = documents::selected_arm();
    document.rig_mut().unwrap().hidden.set(4, false);
    let mut ui = showing(document);
    let center = ui.state().panels.viewport.rect.center();
    ui.hover_at(center);
    ui.run();
    press(&mut ui, "Ctrl+Shift+M");
    let selected = rig(&ui).selected_bones();
    assert_eq!(selected, [bone(&ui, "arm.R"), bone(&ui, "hand.R")]);
    assert_eq!(rig(&ui).active_bone, Some(bone(&ui, "arm.R")));
}
