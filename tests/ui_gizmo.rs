//! What one touches in the 3D view: tools, handles, the axes in the corner, snapping, the chips.

#[path = "common/ui.rs"]
mod common;

use common::{Ui, press};
use egui::accesskit::{Role, Toggled};
use egui::{Modifiers, PointerButton, Pos2, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use glam::{Quat, Vec3};
use keypose::model::id::BoneId;
use keypose::model::rig::Rig;
use keypose::model::tools::Tool;
use keypose::ops::runner::Session;
use keypose::ui::app::App;
use keypose::ui::fonts;
use keypose::ui::theme::Theme;

/// The bundled character with one bone selected.
fn posing(bone: &str, size: Vec2) -> Ui {
    let mut session = Session::default();
    let call = |session: &mut Session, text: &str| session.run_text(text).unwrap();
    call(&mut session, "wm.read_homefile(mannequin: true)");
    call(&mut session, "pose.select_all(action: DESELECT)");
    call(&mut session, &format!("view3d.select(bone: {bone:?})"));
    let mut ui = Harness::builder()
        .with_size(size)
        .with_max_steps(20)
        .with_context_setup(|ctx| {
            ctx.set_fonts(fonts::definitions());
            Theme::bundled(true).unwrap().apply(ctx);
        })
        .build_ui_state(|ui, app: &mut App| app.ui(ui), App::new(session).unwrap());
    ui.run();
    ui
}

fn with_tool(bone: &str, tool: &str) -> Ui {
    let mut ui = posing(bone, vec2(1280.0, 1036.0));
    ui.get_by_role_and_label(Role::Button, tool).click();
    ui.run();
    ui
}

fn run(ui: &mut Ui, text: &str) {
    ui.state_mut().session.run_text(text).unwrap();
    ui.run();
}

fn rig(ui: &Ui) -> &Rig {
    ui.state().session.document.rig().unwrap()
}

fn bone(ui: &Ui, name: &str) -> BoneId {
    rig(ui).armature.find(name).unwrap()
}

fn steps(ui: &Ui) -> usize {
    ui.state().session.history().behind().len()
}

fn button(ui: &mut Ui, pos: Pos2, pressed: bool, modifiers: Modifiers) {
    ui.event(egui::Event::PointerMoved(pos));
    ui.event(egui::Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    });
    ui.step();
}

/// Presses at a point and goes elsewhere in steps, without releasing.
fn pull(ui: &mut Ui, from: Pos2, by: Vec2) {
    ui.hover_at(from);
    ui.run();
    button(ui, from, true, Modifiers::NONE);
    for step in 1..=10 {
        let at = from + by * (step as f32 / 10.0);
        ui.event(egui::Event::PointerMoved(at));
        ui.step();
    }
}

fn drag(ui: &mut Ui, from: Pos2, by: Vec2) {
    pull(ui, from, by);
    button(ui, from + by, false, Modifiers::NONE);
    ui.run();
}

fn place(ui: &Ui, label: &str) -> Pos2 {
    ui.get_by_role_and_label(Role::Button, label)
        .rect()
        .center()
}

fn is_on(ui: &Ui, label: &str) -> bool {
    let node = ui.get_by_role_and_label(Role::Button, label);
    node.accesskit_node().toggled() == Some(Toggled::True)
}

/// The axis that a bone was turned about, in the world, and how far.
fn turn(ui: &Ui, name: &str, before: Quat) -> (Vec3, f32) {
    let (axis, angle) = (rotation(ui, name) * before.inverse()).to_axis_angle();
    (axis, angle)
}

/// The posed rotation of a bone in the world.
fn rotation(ui: &Ui, name: &str) -> Quat {
    let posed = keypose::eval::hierarchy::evaluate_once(rig(ui));
    let matrix = rig(ui).world_from_armature() * posed.matrix(bone(ui, name)).unwrap();
    matrix.to_scale_rotation_translation().1
}

#[test]
fn a_ring_turns_the_bone_about_its_axis_alone_in_one_step() {
    for (label, axis) in [
        ("Rotate X", Vec3::X),
        ("Rotate Y", Vec3::Y),
        ("Rotate Z", Vec3::Z),
    ] {
        let mut ui = with_tool("upper_arm.L", "Rotate");
        let (before, count) = (rotation(&ui, "upper_arm.L"), steps(&ui));
        let at = place(&ui, label);
        pull(&mut ui, at, vec2(60.0, 40.0));
        assert!(ui.state().session.is_running(), "{label}");
        let name = &label[label.len() - 1..];
        ui.get_by_label_contains(&format!("along Global {name}"));
        button(&mut ui, at + vec2(60.0, 40.0), false, Modifiers::NONE);
        ui.run();
        assert!(!ui.state().session.is_running());
        let (about, angle) = turn(&ui, "upper_arm.L", before);
        assert!(angle > 0.1, "{label}: {angle}");
        assert!(about.dot(axis).abs() > 0.9999, "{label}: {about}");
        assert_eq!(steps(&ui), count + 1);
        press(&mut ui, "Ctrl+Z");
        assert!(turn(&ui, "upper_arm.L", before).1 < 1e-3);
    }
}

#[test]
fn a_ring_seen_from_the_side_is_pushed_like_a_wheel() {
    let mut ui = with_tool("upper_arm.L", "Rotate");
    run(&mut ui, "view3d.view_axis(type: FRONT)");
    let before = rotation(&ui, "upper_arm.L");
    let at = place(&ui, "Rotate Z");
    drag(&mut ui, at, vec2(36.0, 3.0));
    let (about, angle) = turn(&ui, "upper_arm.L", before);
    assert!(about.dot(Vec3::Z) > 0.9999, "{about}");
    assert!((angle - 0.5).abs() < 0.01, "{angle}");
}

#[test]
fn the_point_of_a_ring_stays_under_the_pointer() {
    let mut ui = with_tool("upper_arm.L", "Rotate");
    for _ in 0..3 {
        run(&mut ui, "view3d.view_orbit(type: ORBITUP)");
    }
    let before = rotation(&ui, "upper_arm.L");
    let posed = keypose::eval::hierarchy::evaluate_once(rig(&ui));
    let center = posed.head(bone(&ui, "upper_arm.L")).unwrap();
    let camera = ui.state().session.view.camera.clone();
    let rect = ui.state().panels.viewport.rect;
    let size = glam::Vec2::new(rect.width(), rect.height());
    let at = place(&ui, "Rotate Z");
    let pixel = at - rect.min;
    let ray = camera.ray(glam::Vec2::new(pixel.x, pixel.y), size);
    let arm = ray.plane(center, Vec3::Z).unwrap() - center;
    let end = center + Quat::from_rotation_z(1.2) * arm;
    let (end, _) = camera.project(end, size).unwrap();
    let end = rect.min + vec2(end.x, end.y);
    drag(&mut ui, at, end - at);
    let (about, angle) = turn(&ui, "upper_arm.L", before);
    assert!(about.dot(Vec3::Z) > 0.9999, "{about}");
    assert!((angle - 1.2).abs() < 0.01, "{angle}");
}

#[test]
fn handles_go_by_the_orientation_of_the_view() {
    let mut ui = with_tool("upper_arm.L", "Rotate");
    run(&mut ui, "view3d.orientation(type: LOCAL)");
    let before = rotation(&ui, "upper_arm.L");
    let at = place(&ui, "Rotate Y");
    drag(&mut ui, at, vec2(30.0, 50.0));
    let (about, angle) = turn(&ui, "upper_arm.L", before);
    let axis = before * Vec3::Y;
    assert!(
        angle > 0.1 && about.dot(axis).abs() > 0.9999,
        "{about} {axis}"
    );
    let call = ui.state().session.last().unwrap().call_text();
    assert!(call.contains("orient_type: LOCAL"), "{call}");
}

#[test]
fn an_arrow_moves_along_its_axis_and_a_square_in_its_plane() {
    let mut ui = with_tool("hips", "Move");
    let head = |ui: &Ui| {
        let posed = keypose::eval::hierarchy::evaluate_once(rig(ui));
        posed.head(bone(ui, "hips")).unwrap()
    };
    let before = head(&ui);
    let at = place(&ui, "Move Z");
    drag(&mut ui, at, vec2(15.0, -60.0));
    let moved = head(&ui) - before;
    assert!(
        moved.z > 0.05 && moved.truncate().length() < 1e-4,
        "{moved}"
    );
    let before = head(&ui);
    let at = place(&ui, "Move X and Z");
    drag(&mut ui, at, vec2(40.0, 30.0));
    let moved = head(&ui) - before;
    assert!(moved.length() > 0.05 && moved.y.abs() < 1e-4, "{moved}");
}

#[test]
fn the_middle_goes_on_after_a_click() {
    let mut ui = with_tool("hips", "Move");
    let at = place(&ui, "Move in View");
    button(&mut ui, at, true, Modifiers::NONE);
    button(&mut ui, at, false, Modifiers::NONE);
    assert!(ui.state().session.is_running());
    ui.event(egui::Event::PointerMoved(at + vec2(30.0, 0.0)));
    ui.step();
    button(&mut ui, at + vec2(30.0, 0.0), true, Modifiers::NONE);
    button(&mut ui, at + vec2(30.0, 0.0), false, Modifiers::NONE);
    ui.run();
    assert!(!ui.state().session.is_running());
    let location = rig(&ui).channel(bone(&ui, "hips")).unwrap().location;
    assert!(location.length() > 0.01, "{location}");
}

#[test]
fn a_click_on_a_handle_changes_nothing() {
    let mut ui = with_tool("upper_arm.L", "Rotate");
    let before = *rig(&ui).channel(bone(&ui, "upper_arm.L")).unwrap();
    let at = place(&ui, "Rotate Z");
    button(&mut ui, at, true, Modifiers::NONE);
    button(&mut ui, at, false, Modifiers::NONE);
    ui.run();
    assert!(!ui.state().session.is_running());
    assert_eq!(*rig(&ui).channel(bone(&ui, "upper_arm.L")).unwrap(), before);
}

#[test]
fn a_scale_handle_scales_along_its_axis() {
    let mut ui = with_tool("upper_arm.L", "Scale");
    run(&mut ui, "view3d.orientation(type: LOCAL)");
    let handle = place(&ui, "Scale Y");
    let middle = place(&ui, "Scale All");
    drag(&mut ui, handle, handle - middle);
    let scale = rig(&ui).channel(bone(&ui, "upper_arm.L")).unwrap().scale;
    assert!(scale.y > 1.5, "{scale}");
    assert_eq!((scale.x, scale.z), (1.0, 1.0));
}

#[test]
fn handles_are_there_only_for_tools_and_selected_bones() {
    let mut ui = posing("upper_arm.L", vec2(1280.0, 800.0));
    let shown = |ui: &Ui| {
        ui.query_by_role_and_label(Role::Button, "Rotate X")
            .is_some()
    };
    assert!(!shown(&ui));
    run(&mut ui, "wm.tool_set_by_id(name: \"builtin.rotate\")");
    assert!(shown(&ui));
    run(&mut ui, "pose.select_all(action: DESELECT)");
    assert!(!shown(&ui));
    run(&mut ui, "view3d.select(bone: \"hips\")");
    run(&mut ui, "view3d.toggle_gizmos()");
    assert!(!shown(&ui));
    assert!(ui.query_by_label("Right (X)").is_none());
}

#[test]
fn tools_in_the_header_and_by_keys_agree() {
    let mut ui = posing("hips", vec2(1280.0, 800.0));
    assert!(is_on(&ui, "Select Box") && !is_on(&ui, "Rotate"));
    let count = steps(&ui);
    let center = ui.state().panels.viewport.rect.center();
    ui.hover_at(center);
    ui.run();
    press(&mut ui, "Shift+Space");
    ui.get_by_role_and_label(Role::MenuItem, "Rotate").click();
    ui.run();
    assert!(is_on(&ui, "Rotate") && !is_on(&ui, "Select Box"));
    assert_eq!(ui.state().session.view.tool, Tool::Rotate);
    ui.get_by_role_and_label(Role::Button, "Move").click();
    ui.run();
    assert!(is_on(&ui, "Move"));
    assert_eq!(steps(&ui), count, "tools are no part of undo");
}

#[test]
fn a_disc_looks_along_its_axis_and_again_from_the_other_side() {
    let mut ui = posing("hips", vec2(1280.0, 800.0));
    let backward = |ui: &Ui| ui.state().session.view.camera.backward();
    ui.get_by_role_and_label(Role::Button, "Right (X)").click();
    ui.run();
    assert!(backward(&ui).distance(Vec3::X) < 1e-4, "{}", backward(&ui));
    assert!(ui.state().session.view.camera.orthographic);
    ui.get_by_role_and_label(Role::Button, "Right (X)").click();
    ui.run();
    assert!(backward(&ui).distance(-Vec3::X) < 1e-4, "{}", backward(&ui));
    ui.get_by_role_and_label(Role::Button, "Top (Z)").click();
    ui.run();
    assert!(backward(&ui).distance(Vec3::Z) < 1e-4, "{}", backward(&ui));
    assert_eq!(rig(&ui).selected_bones().len(), 1);
}

#[test]
fn drags_of_the_axes_and_the_buttons_move_the_camera() {
    let mut ui = posing("hips", vec2(1280.0, 800.0));
    let camera = |ui: &Ui| ui.state().session.view.camera.clone();
    let before = camera(&ui);
    let at = place(&ui, "Top (Z)");
    drag(&mut ui, at, vec2(-30.0, 10.0));
    let turned = camera(&ui);
    assert!(turned.rotation != before.rotation && turned.target == before.target);
    let at = place(&ui, "Pan View");
    drag(&mut ui, at, vec2(-50.0, 10.0));
    let panned = camera(&ui);
    assert!(panned.rotation == turned.rotation && panned.target != turned.target);
    let at = place(&ui, "Zoom View");
    drag(&mut ui, at, vec2(0.0, -40.0));
    assert!(camera(&ui).distance < panned.distance);
    assert!(!ui.state().session.is_running());
}

#[test]
fn snapping_stays_in_the_view_and_gives_multiples() {
    let mut ui = with_tool("upper_arm.L", "Rotate");
    let center = ui.state().panels.viewport.rect.center();
    ui.hover_at(center);
    ui.run();
    assert!(!is_on(&ui, "Snap"));
    press(&mut ui, "Shift+Tab");
    assert!(is_on(&ui, "Snap"));
    let before = rotation(&ui, "upper_arm.L");
    let at = place(&ui, "Rotate Z");
    drag(&mut ui, at, vec2(43.0, 31.0));
    let degrees = turn(&ui, "upper_arm.L", before).1.to_degrees();
    let whole = (degrees / 5.0).round() * 5.0;
    assert!(whole > 1.0 && (degrees - whole).abs() < 0.01, "{degrees}");

    run(&mut ui, "view3d.snap_settings(angle: 0.5235988)");
    let before = rotation(&ui, "upper_arm.L");
    let at = place(&ui, "Rotate Z");
    drag(&mut ui, at, vec2(63.0, 61.0));
    let degrees = turn(&ui, "upper_arm.L", before).1.to_degrees();
    let whole = (degrees / 30.0).round() * 30.0;
    assert!(whole > 1.0 && (degrees - whole).abs() < 0.01, "{degrees}");

    // Shift-Tab while a transform runs is kept, too.
    press(&mut ui, "R");
    press(&mut ui, "Shift+Tab");
    assert!(ui.state().session.is_running());
    press(&mut ui, "Escape");
    assert!(!ui.state().session.view.snap.on && !is_on(&ui, "Snap"));
}

#[test]
fn the_pop_up_of_snapping_sets_steps() {
    let mut ui = posing("hips", vec2(1600.0, 900.0));
    ui.get_by_role_and_label(Role::Button, "Snapping Options")
        .click();
    ui.run();
    ui.get_by_role_and_label(Role::CheckBox, "Affect Rotate")
        .click();
    ui.run();
    let snap = &ui.state().session.view.snap;
    assert!(!snap.rotate && snap.translate && !snap.on);
    ui.get_by_role_and_label(Role::MenuItemCheckBox, "Snap")
        .click();
    ui.run();
    assert!(ui.state().session.view.snap.on);
    assert!(!ui.state().session.view.snap.rotate);
}

#[test]
fn the_pop_up_of_overlays_fills_itself() {
    let mut ui = posing("hips", vec2(1600.0, 900.0));
    ui.get_by_role_and_label(Role::Button, "Overlays Options")
        .click();
    ui.run();
    let on = |ui: &Ui, label: &str| {
        let row = ui.get_by_role_and_label(Role::MenuItemCheckBox, label);
        row.accesskit_node().toggled() == Some(Toggled::True)
    };
    assert!(on(&ui, "Show Gizmos") && on(&ui, "Octahedral") && !on(&ui, "Stick"));
    ui.get_by_role_and_label(Role::MenuItemCheckBox, "Stick")
        .click();
    ui.run();
    assert!(on(&ui, "Stick") && !on(&ui, "Octahedral"));
}

#[test]
fn a_narrow_view_keeps_every_setting_in_a_menu() {
    let mut ui = posing("hips", vec2(700.0, 600.0));
    assert!(
        ui.query_by_role_and_label(Role::Button, "Frame All")
            .is_none()
    );
    ui.get_by_role_and_label(Role::Button, "More").click();
    ui.run();
    ui.get_by_role_and_label(Role::MenuItem, "Frame All");
    ui.get_by_role_and_label(Role::MenuItemCheckBox, "Median Point");
}

#[test]
fn an_alt_click_lists_the_bones_under_the_pointer() {
    let mut ui = posing("hips", vec2(1280.0, 800.0));
    run(&mut ui, "view3d.view_axis(type: FRONT)");
    run(&mut ui, "view3d.view_all()");
    let posed = keypose::eval::hierarchy::evaluate_once(rig(&ui));
    let head = posed.tail(bone(&ui, "spine")).unwrap();
    let rect = ui.state().panels.viewport.rect;
    let size = glam::Vec2::new(rect.width(), rect.height());
    let (at, _) = ui.state().session.view.camera.project(head, size).unwrap();
    let at = rect.min + vec2(at.x, at.y);
    button(&mut ui, at, true, Modifiers::ALT);
    button(&mut ui, at, false, Modifiers::ALT);
    ui.run();
    ui.get_by_role_and_label(Role::MenuItem, "spine");
    ui.get_by_role_and_label(Role::MenuItem, "chest").click();
    ui.run();
    let active = rig(&ui).active_bone.unwrap();
    assert_eq!(rig(&ui).armature.name(active), "chest");
}

#[test]
fn the_accent_key_opens_the_views() {
    let mut ui = posing("hips", vec2(1280.0, 800.0));
    let center = ui.state().panels.viewport.rect.center();
    ui.hover_at(center);
    ui.run();
    press(&mut ui, "`");
    ui.get_by_role_and_label(Role::MenuItem, "Top").click();
    ui.run();
    let backward = ui.state().session.view.camera.backward();
    assert!(backward.distance(Vec3::Z) < 1e-4, "{backward}");
}

#[test]
fn a_drag_on_a_bone_does_what_the_tool_does() {
    let mut ui = with_tool("upper_arm.L", "Rotate");
    run(&mut ui, "view3d.toggle_gizmos()");
    let posed = keypose::eval::hierarchy::evaluate_once(rig(&ui));
    let arm = bone(&ui, "upper_arm.L");
    let middle = (posed.head(arm).unwrap() + posed.tail(arm).unwrap()) / 2.0;
    let rect = ui.state().panels.viewport.rect;
    let size = glam::Vec2::new(rect.width(), rect.height());
    let camera = ui.state().session.view.camera.clone();
    let (at, _) = camera.project(middle, size).unwrap();
    drag(&mut ui, rect.min + vec2(at.x, at.y), vec2(20.0, 40.0));
    let last = ui.state().session.last().unwrap();
    assert_eq!(last.info().id, "transform.rotate");
}
