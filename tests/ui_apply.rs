//! Motion paths and applied poses, driven through the interface.

mod common;

use common::ui::{harness, mannequin, message, press, rig, steps};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use keypose::model::motion_path::{PathDisplay, PathRange};
use keypose::ops::runner::Session;
use keypose::ui::panels::properties::Tab;

/// The mannequin with these bones selected.
fn posing(names: &str) -> common::ui::Ui {
    let mut session = Session::default();
    let select = format!("pose.select_bones(names: {names})");
    for call in ["wm.read_homefile(mannequin: true)", &select] {
        session.run_text(call).unwrap();
    }
    let mut ui = harness(session);
    ui.run();
    ui
}

fn click(ui: &mut common::ui::Ui, role: Role, label: &str) {
    let at = ui.get_by_role_and_label(role, label).rect().center();
    common::ui::click(ui, at);
}

fn paths(ui: &common::ui::Ui) -> usize {
    let setups = rig(ui).pose.setups.iter();
    setups.filter(|setup| setup.motion_path.is_some()).count()
}

#[test]
fn paths_are_calculated_from_the_rigs_properties() {
    let mut ui = posing("[\"hand.L\", \"foot.R\"]");
    ui.state_mut().panels.properties.tab = Tab::Rig;
    ui.run();
    click(&mut ui, Role::DisclosureTriangle, "Motion Paths");
    let off = ui
        .get_by_role_and_label(Role::Button, "Update")
        .is_disabled();
    assert!(off, "there is nothing to update");
    click(&mut ui, Role::Button, "Calculate…");
    assert_eq!(paths(&ui), 0, "the form asks first");
    click(&mut ui, Role::Button, "OK");
    assert_eq!((paths(&ui), steps(&ui)), (2, 2));
    assert!(
        !ui.get_by_role_and_label(Role::Button, "Update")
            .is_disabled()
    );

    click(&mut ui, Role::ComboBox, "Type");
    click(&mut ui, Role::MenuItemRadio, "Around Frame");
    assert_eq!(
        rig(&ui).options.motion_paths.r#type,
        PathDisplay::CurrentFrame
    );
    ui.get_by_label("Before");
    click(&mut ui, Role::Button, "Clear");
    assert_eq!(paths(&ui), 0);
}

#[test]
fn the_form_starts_from_the_stored_settings() {
    let mut ui = posing("[\"hand.L\"]");
    let call = "armature.set(motion_paths: {\"range\": \"KEYS_ALL\"})";
    ui.state_mut().session.run_text(call).unwrap();
    ui.state_mut().panels.properties.tab = Tab::Rig;
    ui.run();
    click(&mut ui, Role::DisclosureTriangle, "Motion Paths");
    click(&mut ui, Role::Button, "Calculate…");
    click(&mut ui, Role::Button, "OK");
    assert_eq!(rig(&ui).options.motion_paths.range, PathRange::KeysAll);
    assert_eq!(rig(&ui).options.motion_paths.frame_end, 33);
}

#[test]
fn the_apply_menu_opens_at_the_pointer_and_asks_once() {
    let mut ui = posing("[\"upper_arm.L\"]");
    let pointer = ui.state().panels.viewport.rect.center();
    ui.event(egui::Event::PointerMoved(pointer));
    ui.run();
    let before = rig(&ui).armature.clone();
    press(&mut ui, "Ctrl+A");
    click(&mut ui, Role::MenuItem, "Apply Pose as Rest Pose…");
    assert_eq!(rig(&ui).armature, before, "the form asks first");
    click(&mut ui, Role::Button, "OK");
    assert_ne!(rig(&ui).armature, before);
    assert!(message(&ui).contains("old rest pose"), "{}", message(&ui));
    press(&mut ui, "Ctrl+Z");
    assert_eq!(rig(&ui).armature, before);
    press(&mut ui, "Alt+F");
    assert_eq!(steps(&ui), 2);
}

#[test]
fn nothing_is_drawn_again_while_paths_are_shown() {
    let mut ui = mannequin();
    ui.state_mut()
        .session
        .run_text("pose.paths_calculate()")
        .unwrap();
    ui.run();
    assert!(!ui.ctx.has_requested_repaint());
}
