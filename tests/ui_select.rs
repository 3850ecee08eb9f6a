//! Selecting in the window: chains, groups, gestures, colours and keying sets of bones, several rigs.

mod common;
#[path = "common/ui.rs"]
mod interface;

use egui::accesskit::Role;
use egui::{Event, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::Queryable;
use interface::{Ui, bone, harness, mannequin, message, place_of, press, rig, steps};
use keypose::ops::runner::Session;

fn names(ui: &Ui) -> Vec<&str> {
    let bones = rig(ui).selected_bones().into_iter();
    bones.map(|bone| rig(ui).armature.name(bone)).collect()
}

fn call(ui: &mut Ui, text: &str) {
    ui.state_mut().session.run_text(text).unwrap();
    ui.run();
}

fn point(ui: &mut Ui, at: Pos2) {
    ui.event(Event::PointerMoved(at));
    ui.run_steps(3);
}

fn button(ui: &mut Ui, at: Pos2, button: PointerButton, pressed: bool, modifiers: Modifiers) {
    ui.event(Event::PointerMoved(at));
    ui.event(Event::PointerButton {
        pos: at,
        button,
        pressed,
        modifiers,
    });
    ui.step();
}

fn hold(ui: &mut Ui, modifiers: Modifiers) {
    ui.event(Event::ModifiersChanged(modifiers));
    ui.step();
}

#[test]
fn l_takes_the_chain_below_the_pointer_in_the_view_and_in_the_list() {
    let mut ui = mannequin();
    call(&mut ui, "pose.select_all(action: DESELECT)");
    let at = place_of(&ui, "shin.R");
    point(&mut ui, at);
    press(&mut ui, "L");
    assert!(names(&ui).contains(&"shin.R") && names(&ui).contains(&"thigh.R"));
    let taken = names(&ui).len();
    // Over the list it is the row that counts, whatever is behind it.
    let row = ui.get_by_role_and_label(Role::TreeItem, "forearm.L");
    let at = row.rect().center();
    point(&mut ui, at);
    press(&mut ui, "L");
    assert!(names(&ui).contains(&"forearm.L") && names(&ui).len() > taken);
    let call = ui.state().session.last().unwrap().call_text();
    assert_eq!(call, "pose.select_linked_pick(bone: \"forearm.L\")");
}

#[test]
fn shift_g_offers_what_bones_may_have_in_common() {
    let mut ui = mannequin();
    call(
        &mut ui,
        "pose.select_bones(names: [\"forearm.L\"], active: \"forearm.L\")",
    );
    let at = place_of(&ui, "shin.R");
    point(&mut ui, at);
    press(&mut ui, "Shift+G");
    for label in [
        "Collection",
        "Color",
        "Keying Set",
        "Children",
        "Parents",
        "Siblings",
    ] {
        ui.get_by_role_and_label(Role::MenuItem, label);
    }
    ui.get_by_role_and_label(Role::MenuItem, "Parents").click();
    ui.run();
    assert_eq!(names(&ui), ["upper_arm.L"]);
    press(&mut ui, "Shift+P");
    assert_eq!(names(&ui), ["upper_arm.L"]);
    press(&mut ui, "Ctrl+L");
    assert!(names(&ui).contains(&"hand.L"));
    // Without a keying set it says what is missing.
    press(&mut ui, "Shift+G");
    ui.get_by_role_and_label(Role::MenuItem, "Keying Set")
        .click();
    ui.run();
    assert!(message(&ui).contains("No keying set is active"));
}

#[test]
fn c_paints_a_selection_and_the_right_button_ends_it() {
    let mut ui = mannequin();
    call(&mut ui, "pose.select_all(action: DESELECT)");
    let before = steps(&ui);
    let (shin, other) = (place_of(&ui, "shin.R"), place_of(&ui, "shin.L"));
    point(&mut ui, shin);
    press(&mut ui, "C");
    let circle = |ui: &Ui| {
        let outline = ui.state().session.running().unwrap().1.outline;
        let (first, opposite) = (outline[0], outline[outline.len() / 2]);
        first.distance(opposite)
    };
    assert!((circle(&ui) - 50.0).abs() < 0.01);
    ui.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: vec2(0.0, 3.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    ui.run_steps(2);
    assert!(circle(&ui) < 40.0);
    button(&mut ui, shin, PointerButton::Primary, true, Modifiers::NONE);
    button(
        &mut ui,
        shin,
        PointerButton::Primary,
        false,
        Modifiers::NONE,
    );
    assert!(names(&ui).contains(&"shin.R"));
    point(&mut ui, other);
    assert!(!names(&ui).contains(&"shin.L"));
    button(
        &mut ui,
        other,
        PointerButton::Primary,
        true,
        Modifiers::NONE,
    );
    button(
        &mut ui,
        other,
        PointerButton::Primary,
        false,
        Modifiers::NONE,
    );
    assert!(names(&ui).contains(&"shin.L"));
    button(&mut ui, other, PointerButton::Middle, true, Modifiers::NONE);
    button(
        &mut ui,
        other,
        PointerButton::Middle,
        false,
        Modifiers::NONE,
    );
    assert!(!names(&ui).contains(&"shin.L"));
    button(
        &mut ui,
        other,
        PointerButton::Secondary,
        true,
        Modifiers::NONE,
    );
    button(
        &mut ui,
        other,
        PointerButton::Secondary,
        false,
        Modifiers::NONE,
    );
    ui.run();
    assert!(ui.state().session.running().is_none());
    assert!(names(&ui).contains(&"shin.R"));
    assert_eq!(steps(&ui), before + 1);
}

#[test]
fn a_drag_with_ctrl_and_the_right_button_is_a_lasso() {
    let mut ui = mannequin();
    call(&mut ui, "pose.select_bones(names: [\"head\"])");
    let middle = place_of(&ui, "shin.R");
    let corners = [[-9.0, -9.0], [9.0, -9.0], [9.0, 9.0], [-9.0, 9.0]];
    let corners = corners.map(|[x, y]| middle + vec2(x, y));
    let held = Modifiers::COMMAND | Modifiers::CTRL;
    hold(&mut ui, held);
    button(&mut ui, corners[0], PointerButton::Secondary, true, held);
    for at in corners {
        ui.event(Event::PointerMoved(at));
        ui.step();
    }
    assert!(ui.state().session.running().unwrap().1.outline.len() > 2);
    button(&mut ui, corners[3], PointerButton::Secondary, false, held);
    hold(&mut ui, Modifiers::NONE);
    ui.run();
    assert!(names(&ui).contains(&"head") && names(&ui).contains(&"shin.R"));
}

#[test]
fn a_bone_gets_a_colour_and_its_likes_are_found() {
    let mut ui = mannequin();
    call(
        &mut ui,
        "pose.select_bones(names: [\"hips\", \"head\"], active: \"hips\")",
    );
    let choose = |ui: &mut Ui| {
        ui.get_by_role_and_label(Role::ColorWell, "Bone Color")
            .scroll_to_me();
        ui.run();
        ui.get_by_role_and_label(Role::ColorWell, "Bone Color")
            .click();
        ui.run();
        ui.get_by_role_and_label(Role::Button, "Color set 3")
            .click();
        ui.run();
    };
    let color = |ui: &Ui, name: &str| rig(ui).setup(bone(ui, name)).unwrap().color.clone();
    let before = steps(&ui);
    choose(&mut ui);
    assert_eq!(
        (color(&ui, "hips"), color(&ui, "head")),
        ("THEME03".into(), "DEFAULT".into())
    );
    assert_eq!(steps(&ui), before + 1);
    call(&mut ui, "pose.set(pose: {\"head\": (color: \"THEME03\")})");
    call(&mut ui, "pose.select_bones(names: [])");
    call(&mut ui, "pose.select_grouped(type: COLOR)");
    assert_eq!(names(&ui), ["hips", "head"]);
}

#[test]
fn a_keying_set_is_made_of_bones_chosen_and_removed() {
    let mut ui = mannequin();
    call(
        &mut ui,
        "pose.select_bones(names: [\"hips\"], active: \"hips\")",
    );
    let open = |ui: &mut Ui| {
        ui.get_by_role_and_label(Role::ComboBox, "Keying Set")
            .click();
        ui.run_steps(4);
    };
    open(&mut ui);
    ui.get_by_label_contains("New from Selected Bones").click();
    ui.run_steps(4);
    let active = |ui: &Ui| ui.state().session.document.scene.active_keying_set;
    assert_eq!(active(&ui), Some(0));
    assert_eq!(message(&ui), "`Keying Set` keys 3 channels");
    // Shift-K chooses; the first entry is none.
    let at = place_of(&ui, "head");
    point(&mut ui, at);
    press(&mut ui, "Shift+K");
    ui.run_steps(3);
    ui.get_by_label("All Channels").click();
    ui.run_steps(4);
    assert_eq!(active(&ui), None);
    press(&mut ui, "Shift+K");
    ui.run_steps(3);
    ui.get_by_role_and_label(Role::MenuItemCheckBox, "Keying Set")
        .click();
    ui.run_steps(4);
    assert_eq!(active(&ui), Some(0));
    open(&mut ui);
    ui.get_by_label_contains("Remove Keying Set").click();
    ui.run_steps(4);
    assert!(ui.state().session.document.scene.keying_sets.is_empty());
}

#[test]
fn a_click_on_a_bone_of_another_rig_makes_it_the_active_one() {
    let mut session = Session::default();
    let call_text = "wm.read_homefile(mannequin: true)";
    session.run_text(call_text).unwrap();
    let twin = session.document.rigs[0].clone();
    session
        .document
        .add_rig(keypose::model::rig::Rig::clone(&twin));
    session
        .run_text("object.set(location: (1.0, 0.0, 0.0))")
        .unwrap();
    session.run_text("view3d.view_all()").unwrap();
    let mut ui = harness(session);
    ui.run();
    let other = place_of(&ui, "shin.R");
    let first = ui.state().session.document.rigs[0].name.clone();
    call(
        &mut ui,
        &format!("armature.set(rig: {first:?}, active: true)"),
    );
    let own = place_of(&ui, "shin.L");
    interface::click(&mut ui, own);
    assert_eq!(ui.state().session.document.active_rig.unwrap().index(), 0);
    interface::click(&mut ui, other);
    assert_eq!(ui.state().session.document.active_rig.unwrap().index(), 1);
    assert_eq!(names(&ui), ["shin.R"]);
    assert!(ui.state().session.document.rigs[0].selected.is_empty());
    press(&mut ui, "Ctrl+Z");
    assert_eq!(ui.state().session.document.active_rig.unwrap().index(), 0);
    assert_eq!(names(&ui), ["shin.L"]);
}
