//! The interface driven without a window: the same object that the window shows.

#[path = "common/ui.rs"]
mod common;

use common::{
    Ui, active, bone, button, click, harness, mannequin, message, place_of, press, rig, steps,
};
use egui::accesskit::Role;
use egui::{Modifiers, PointerButton, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use glam::Vec3;
use keypose::ops::runner::Session;

#[test]
fn menus_open_and_show_the_keys_of_their_entries() {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::Button, "Edit").click();
    ui.run();
    let undo = ui.get_by_role_and_label(Role::MenuItem, "Undo");
    assert_eq!(
        undo.accesskit_node().data().keyboard_shortcut(),
        Some("Ctrl+Z")
    );
}

#[test]
fn an_entry_that_cannot_run_is_off_and_says_why() {
    let mut ui = harness(Session::default());
    ui.run();
    ui.get_by_role_and_label(Role::Button, "Pose").click();
    ui.run();
    let copy = ui.get_by_role_and_label(Role::MenuItem, "Copy Pose");
    assert!(copy.accesskit_node().is_disabled());
    copy.hover();
    for _ in 0..40 {
        ui.step();
    }
    ui.get_by_label_contains("There is no rig to pose");
}

#[test]
fn a_click_on_a_row_selects_the_bone() {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::TreeItem, "forearm.L")
        .click();
    ui.run();
    assert_eq!(active(&ui), "forearm.L");
    assert_eq!(rig(&ui).selected_bones().len(), 1);
    let row = ui.get_by_role_and_label(Role::TreeItem, "hand.L");
    row.click_modifiers(Modifiers::COMMAND);
    ui.run();
    assert_eq!(active(&ui), "hand.L");
    assert_eq!(rig(&ui).selected_bones().len(), 2);
    let row = ui.get_by_role_and_label(Role::TreeItem, "shoulder.L");
    row.click_modifiers(Modifiers::SHIFT);
    ui.run();
    assert_eq!(rig(&ui).selected_bones().len(), 4);
}

#[test]
fn the_list_shows_the_bone_that_was_picked_elsewhere() {
    let mut ui = mannequin();
    assert!(
        ui.query_by_role_and_label(Role::TreeItem, "foot.R")
            .is_none()
    );
    let at = place_of(&ui, "shin.R");
    click(&mut ui, at);
    assert_eq!(active(&ui), "shin.R");
    ui.get_by_role_and_label(Role::TreeItem, "shin.R");
}

#[test]
fn a_typed_location_is_one_step_that_can_be_undone() {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::TreeItem, "hips").click();
    ui.run();
    let before = steps(&ui);
    ui.get_by_role_and_label(Role::SpinButton, "Location X")
        .click();
    ui.run();
    ui.event(egui::Event::Text("0.5/2".to_owned()));
    ui.run();
    ui.key_press(egui::Key::Enter);
    ui.run();
    let hips = bone(&ui, "hips");
    assert_eq!(rig(&ui).channel(hips).unwrap().location, Vec3::X * 0.25);
    assert_eq!(steps(&ui), before + 1);
    press(&mut ui, "Ctrl+Z");
    assert_eq!(rig(&ui).channel(hips).unwrap().location, Vec3::ZERO);
    assert_eq!(message(&ui), "Undid Set Pose");
}

#[test]
fn the_location_of_a_connected_bone_cannot_be_set() {
    let mut ui = mannequin();
    let shown = |ui: &Ui| {
        let field = ui.get_by_role_and_label(Role::SpinButton, "Location X");
        !field.accesskit_node().is_disabled()
    };
    ui.get_by_role_and_label(Role::TreeItem, "hips").click();
    ui.run();
    assert!(shown(&ui));
    ui.get_by_role_and_label(Role::TreeItem, "forearm.L")
        .click();
    ui.run();
    assert!(!shown(&ui));
}

#[test]
fn a_dragged_value_is_one_step() {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::TreeItem, "forearm.L")
        .click();
    ui.run();
    let before = steps(&ui);
    let at = ui
        .get_by_role_and_label(Role::SpinButton, "Scale Z")
        .rect()
        .center();
    button(&mut ui, at, true);
    for step in 1..=10 {
        ui.event(egui::Event::PointerMoved(at + vec2(4.0 * step as f32, 0.0)));
        ui.step();
    }
    button(&mut ui, at + vec2(40.0, 0.0), false);
    ui.run();
    let scale = rig(&ui).channel(bone(&ui, "forearm.L")).unwrap().scale;
    assert!(scale.z > 1.1, "{scale}");
    assert_eq!(steps(&ui), before + 1);
}

#[test]
fn another_rotation_mode_keeps_the_rotation() {
    let mut ui = mannequin();
    let call = "pose.set(pose: {\"forearm.L\": (rotation_quaternion: (0.8, 0.0, 0.6, 0.0))})";
    ui.state_mut().session.run_text(call).unwrap();
    ui.run();
    ui.get_by_role_and_label(Role::TreeItem, "forearm.L")
        .click();
    ui.run();
    ui.get_by_role_and_label(Role::ComboBox, "Rotation Mode")
        .click();
    ui.run();
    ui.get_by_label("XYZ Euler").click();
    ui.run();
    let euler = rig(&ui).channel(bone(&ui, "forearm.L")).unwrap().euler;
    let angle = 2.0 * 0.6_f32.atan2(0.8);
    assert!(
        (euler - Vec3::new(0.0, angle, 0.0)).length() < 1e-5,
        "{euler}"
    );
    ui.get_by_role_and_label(Role::SpinButton, "Rotation Y");
}

#[test]
fn a_key_opens_a_menu_of_items_and_one_of_them_runs() {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::TreeItem, "forearm.L")
        .click();
    ui.run();
    let at = ui.state().panels.viewport.rect.center();
    ui.hover_at(at);
    ui.run();
    press(&mut ui, "Ctrl+R");
    ui.get_by_role_and_label(Role::MenuItem, "YZX Euler")
        .click();
    ui.run();
    assert!(
        ui.query_by_role_and_label(Role::MenuItem, "YZX Euler")
            .is_none()
    );
    let mode = rig(&ui).channel(bone(&ui, "forearm.L")).unwrap().mode;
    assert_eq!(mode, keypose::model::pose::RotationMode::Yzx);
    assert!(ui.state().session.last().is_some());
}

#[test]
fn an_eye_hides_its_bone() {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::TreeItem, "head").hover();
    ui.run();
    ui.get_by_role_and_label(Role::Button, "Hide head").click();
    ui.run();
    let head = bone(&ui, "head");
    assert!(!rig(&ui).visible(head));
    ui.get_by_role_and_label(Role::Button, "Show head").click();
    ui.run();
    assert!(rig(&ui).visible(head));
}

#[test]
fn keys_rotate_a_bone_that_was_clicked_in_the_view() {
    let mut ui = mannequin();
    let at = place_of(&ui, "upper_arm.L");
    click(&mut ui, at);
    assert_eq!(active(&ui), "upper_arm.L");
    let arm = bone(&ui, "upper_arm.L");
    let before = *rig(&ui).channel(arm).unwrap();
    for key in ["R", "X", "X", "4", "5"] {
        press(&mut ui, key);
    }
    assert!(
        ui.query_by_label_contains("Rotate 45° along Local X")
            .is_some()
    );
    press(&mut ui, "Escape");
    assert_eq!(*rig(&ui).channel(arm).unwrap(), before);
    for key in ["R", "X", "X", "4", "5", "Enter"] {
        press(&mut ui, key);
    }
    let turned = rig(&ui).channel(arm).unwrap().quaternion;
    let half = std::f32::consts::FRAC_PI_8;
    assert!((turned[0] - half.cos()).abs() < 1e-5 && (turned[1] - half.sin()).abs() < 1e-5);
    assert_eq!(
        ui.state().session.last().unwrap().info().id,
        "transform.rotate"
    );
}

#[test]
fn a_drag_on_empty_space_selects_with_a_box() {
    let mut ui = mannequin();
    let rect = ui.state().panels.viewport.rect;
    let (start, end) = (rect.min + vec2(30.0, 100.0), rect.max - vec2(30.0, 30.0));
    button(&mut ui, start, true);
    ui.event(egui::Event::PointerMoved(start + vec2(20.0, 20.0)));
    ui.step();
    ui.event(egui::Event::PointerMoved(end));
    ui.step();
    assert!(ui.state().session.is_running());
    button(&mut ui, end, false);
    ui.run();
    assert!(!ui.state().session.is_running());
    assert_eq!(
        rig(&ui).selected_bones().len(),
        rig(&ui).armature.bones.len()
    );
}

#[test]
fn the_wheel_and_the_middle_button_move_the_view() {
    let mut ui = mannequin();
    let at = ui.state().panels.viewport.rect.center() + vec2(200.0, 0.0);
    let before = ui.state().session.view.camera.clone();
    ui.hover_at(at);
    ui.run();
    ui.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: vec2(0.0, 1.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    ui.run();
    let zoomed = ui.state().session.view.camera.clone();
    assert!(zoomed.distance < before.distance);
    for (pos, pressed) in [(at, true), (at + vec2(60.0, 0.0), false)] {
        ui.event(egui::Event::PointerMoved(pos));
        ui.event(egui::Event::PointerButton {
            pos,
            button: PointerButton::Middle,
            pressed,
            modifiers: Modifiers::NONE,
        });
        ui.step();
    }
    ui.run();
    assert!(ui.state().session.view.camera.rotation != zoomed.rotation);
    assert!(!ui.state().session.is_running());
    assert_eq!(steps(&ui), 0);
}

#[test]
fn unsaved_work_is_asked_about_before_it_is_dropped() {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::TreeItem, "head").click();
    ui.run();
    assert!(
        ui.state().title().starts_with("Untitled* — "),
        "{}",
        ui.state().title()
    );
    press(&mut ui, "Ctrl+N");
    ui.get_by_label_contains("Save changes to");
    ui.key_press(egui::Key::Escape);
    ui.run();
    assert!(ui.query_by_label_contains("Save changes to").is_none());
    assert_eq!(active(&ui), "head");
    press(&mut ui, "Ctrl+N");
    ui.get_by_role_and_label(Role::Button, "Don't Save").click();
    ui.run();
    assert!(ui.state().session.document.rigs.is_empty());
    assert!(!ui.state().session.unsaved());
    ui.get_by_role_and_label(Role::Button, "Open the mannequin")
        .click();
    ui.run();
    assert_eq!(ui.state().session.document.rigs.len(), 1);
}

#[test]
fn closing_the_window_asks_too() {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::TreeItem, "head").click();
    ui.run();
    let ctx = ui.ctx.clone();
    ui.state_mut().close_requested(&ctx);
    ui.run();
    assert!(!ui.state().quit);
    ui.key_press(egui::Key::D);
    ui.run();
    assert!(ui.state().quit);
}

#[test]
fn messages_appear_in_the_status_bar() {
    let mut ui = mannequin();
    press(&mut ui, "Ctrl+Z");
    ui.get_by_role_and_label(Role::Status, "There is nothing to undo");
}

#[test]
fn a_dropped_file_that_is_broken_is_told() {
    let mut ui = mannequin();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.glb");
    std::fs::write(&path, "not a model").unwrap();
    let ctx = ui.ctx.clone();
    ui.state_mut().open(&ctx, &path);
    ui.run();
    assert!(message(&ui).contains("broken.glb"), "{}", message(&ui));
}

#[test]
fn modifiers_that_are_held_show_their_keys() {
    let mut ui = mannequin();
    let at = ui.state().panels.viewport.rect.center();
    ui.hover_at(at);
    ui.run();
    ui.get_by_label("Box select");
    ui.event(egui::Event::ModifiersChanged(Modifiers::ALT));
    ui.step();
    ui.step();
    assert!(ui.query_by_label("Box select").is_none());
    ui.get_by_label("Clear Pose Location");
}

#[test]
fn the_start_looks_as_it_should() {
    let mut ui = harness(Session::default());
    ui.run();
    ui.snapshot("empty_scene");
}

#[test]
fn two_fingers_go_around_and_pan_with_shift() {
    let mut ui = mannequin();
    let at = ui.state().panels.viewport.rect.center() + vec2(200.0, 0.0);
    ui.hover_at(at);
    ui.run();
    let mut slide = |modifiers| {
        let before = ui.state().session.view.camera.clone();
        ui.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(40.0, 10.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers,
        });
        ui.run();
        (before, ui.state().session.view.camera.clone())
    };
    let (before, after) = slide(Modifiers::NONE);
    assert!(before.rotation != after.rotation);
    assert_eq!(before.distance, after.distance);
    let (before, after) = slide(Modifiers::SHIFT);
    assert_eq!(before.rotation, after.rotation);
    assert!(before.target != after.target);
}

#[test]
fn the_panels_beside_the_view_keep_their_widths_where_there_is_room() {
    let mut ui = mannequin();
    ui.run();
    let width = |ui: &Ui| ui.state().panels.viewport.rect.width();
    let at_first = width(&ui);
    ui.set_size(vec2(1600.0, 800.0));
    ui.run();
    assert!(
        (width(&ui) - at_first - 320.0).abs() < 2.0,
        "{}",
        width(&ui)
    );
    ui.set_size(vec2(720.0, 480.0));
    ui.run();
    assert!((width(&ui) - 320.0).abs() < 2.0, "{}", width(&ui));
    ui.set_size(vec2(1280.0, 800.0));
    ui.run();
    assert!((width(&ui) - at_first).abs() < 2.0, "{}", width(&ui));
}
