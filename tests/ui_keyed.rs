//! What an animator sees of keys while posing: fields, diamonds, the switch of automatic keying, and what is
//! offered where a new frame wiped changes out.

#[path = "common/ui.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod common;

use std::sync::Arc;

use common::{Ui, button, harness, press, steps};
use egui::accesskit::Role;
use egui::pos2;
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use keypose::eval::animation;
use keypose::eval::keyed::Keyed;
use keypose::model::action::Action;
use keypose::model::fcurve::{FCurve, Key};
use keypose::model::id::RigId;
use keypose::ops::runner::Session;
use keypose::ui::theme::Theme;

const ARM: &str = "upper_arm.L";

/// The bundled character on frame 1; its left upper arm has curves: rotation with keys on 1 and 11, the X
/// scale with one on 11.
fn animated() -> Ui {
    let mut session = Session::default();
    let select = format!("pose.select_bones(names: [{ARM:?}], active: {ARM:?})");
    for call in ["wm.read_homefile(mannequin: true)", &select] {
        session.run_text(call).unwrap();
    }
    let curve = |property: &str, index: u32, keys: &[(f32, f32)]| {
        let mut curve = FCurve::new(Some(ARM), property, index);
        let keys = keys.iter().map(|(frame, value)| Key::new(*frame, *value));
        curve.keys = Arc::new(keys.collect());
        Arc::new(curve)
    };
    let turned = (0..4).map(|index| {
        let rest = if index == 0 { 1.0 } else { 0.0 };
        curve("rotation_quaternion", index, &[(1.0, rest), (11.0, 0.5)])
    });
    let action = Action {
        fcurves: turned.chain([curve("scale", 0, &[(11.0, 1.0)])]).collect(),
        ..Action::default()
    };
    let document = &mut session.document;
    Arc::make_mut(&mut document.actions).insert("wave".to_owned(), Arc::new(action));
    let rig = document.rig_mut().unwrap();
    Arc::make_mut(&mut rig.animation).active_action = Some("wave".to_owned());
    animation::apply(document);
    let mut ui = harness(session);
    ui.run_steps(3);
    ui
}

fn run(ui: &mut Ui, call: &str) {
    let ctx = ui.ctx.clone();
    let op = keypose::ops::call::parse(call).unwrap();
    ui.state_mut().start(&ctx, op);
    ui.run_steps(4);
}

/// Goes to a frame at once: begun over a time editor it would follow the pointer.
fn go(ui: &mut Ui, frame: i32) {
    let call = format!("anim.change_frame(frame: {frame})");
    ui.state_mut().session.run_text(&call).unwrap();
    ui.run_steps(4);
}

/// Turns the arm by its quaternion's X.
fn turn(ui: &mut Ui, x: f32) {
    let set = format!("pose.set(pose: {{{ARM:?}: (rotation_quaternion: (0.5, {x:?}, 0.5, 0.5))}})");
    run(ui, &set);
}

fn state(ui: &Ui, property: &str, index: u32) -> Keyed {
    let bone = common::bone(ui, ARM);
    let keyed = ui.state().keyed().rig(RigId(0)).unwrap();
    keyed.state(bone, property, index)
}

fn diamond<'a>(ui: &'a Ui, label: &'a str) -> Node<'a> {
    ui.get_by_role_and_label(Role::Button, label)
}

fn toasts(ui: &Ui) -> Vec<&str> {
    let toasts = ui.state().toasts.0.iter();
    toasts.map(|toast| toast.report.text.as_str()).collect()
}

fn auto_key(ui: &Ui) -> bool {
    ui.state().session.document.scene.auto_key
}

#[test]
fn fields_and_diamonds_tell_what_is_animated_keyed_and_changed() {
    let mut ui = animated();
    diamond(&ui, "Rotation W, keyed here");
    diamond(&ui, "Scale X, animated");
    diamond(&ui, "Scale Y, not animated");
    let field = ui.get_by_role_and_label(Role::SpinButton, "Rotation W");
    let told = field.accesskit_node().description();
    assert_eq!(told.as_deref(), Some("keyed here"));
    go(&mut ui, 6);
    diamond(&ui, "Rotation X, animated");
    let frame = ui.state().session.document.scene.frame;
    assert_eq!(frame, 6.0);
    turn(&mut ui, 0.9);
    diamond(&ui, "Rotation X, changed");
    let bone = common::bone(&ui, ARM);
    let keyed = ui.state().keyed().rig(RigId(0)).unwrap();
    assert!(keyed.is_changed(bone) && keyed.changed().count() == 1);
}

#[test]
fn a_tinted_field_has_the_colour_of_its_state() {
    let mut ui = animated();
    let theme = Theme::bundled(true).unwrap();
    let fill = |ui: &mut Ui, label: &str| {
        let rect = ui.get_by_role_and_label(Role::SpinButton, label).rect();
        let shapes = ui.output().shapes.iter();
        let filled = shapes.filter_map(|shape| match &shape.shape {
            egui::Shape::Rect(shape) if shape.rect == rect => Some(shape.fill),
            _ => None,
        });
        filled.collect::<Vec<_>>()
    };
    assert!(fill(&mut ui, "Rotation Y").contains(&*theme.f_key));
    assert!(fill(&mut ui, "Scale X").contains(&*theme.f_anim));
    assert!(fill(&mut ui, "Scale Y").contains(&*theme.field));
    turn(&mut ui, 0.25);
    assert!(fill(&mut ui, "Rotation X").contains(&*theme.f_changed));
}

#[test]
fn the_switch_in_the_menu_bar_turns_automatic_keying_on_and_off() {
    let mut ui = animated();
    assert!(!auto_key(&ui));
    ui.get_by_role_and_label(Role::Switch, "Auto Key").click();
    ui.run_steps(3);
    assert!(auto_key(&ui) && steps(&ui) == 2);
    let switch = ui.get_by_role_and_label(Role::Switch, "Auto Key");
    assert_eq!(
        switch.accesskit_node().toggled(),
        Some(egui::accesskit::Toggled::True)
    );
    switch.click();
    ui.run_steps(3);
    assert!(!auto_key(&ui));
}

#[test]
fn a_right_click_on_the_switch_chooses_how_keys_are_set() {
    let mut ui = animated();
    let switch = ui.get_by_role_and_label(Role::Switch, "Auto Key");
    switch.click_secondary();
    ui.run_steps(4);
    let item = |ui: &Ui, label: &str| {
        let item = ui.get_by_role_and_label(Role::MenuItemCheckBox, label);
        item.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    };
    assert!(item(&ui, "Add & Replace") && !item(&ui, "Replace"));
    assert!(item(&ui, "Only Insert Needed") && !item(&ui, "Only Insert Available"));
    ui.get_by_role_and_label(Role::MenuItemCheckBox, "Only Insert Available")
        .click();
    ui.run_steps(4);
    let scene = &ui.state().session.document.scene;
    assert!(scene.auto_key_available && scene.auto_key_needed);
}

#[test]
fn changes_that_a_new_frame_wipes_out_are_offered_to_be_keyed() {
    let mut ui = animated();
    go(&mut ui, 6);
    assert!(toasts(&ui).is_empty(), "nothing was changed");
    turn(&mut ui, 0.9);
    go(&mut ui, 7);
    assert_eq!(toasts(&ui), ["1 changed bone has no key on frame 6"]);
    // Going on loses nothing more, and the offer stays.
    go(&mut ui, 8);
    assert_eq!(toasts(&ui).len(), 1);
    ui.get_by_role_and_label(Role::Button, "Discard").click();
    ui.run_steps(3);
    assert!(toasts(&ui).is_empty());
    go(&mut ui, 9);
    assert!(toasts(&ui).is_empty());
}

#[test]
fn undo_brings_changes_back_and_takes_the_offer_away() {
    let mut ui = animated();
    go(&mut ui, 6);
    turn(&mut ui, 0.9);
    go(&mut ui, 7);
    assert_eq!(toasts(&ui).len(), 1);
    press(&mut ui, "Ctrl+Z");
    assert!(toasts(&ui).is_empty());
    assert_eq!(state(&ui, "rotation_quaternion", 1), Keyed::Changed);
}

#[test]
fn what_has_no_curve_is_kept_and_automatic_keying_asks_nothing() {
    let mut ui = animated();
    run(
        &mut ui,
        "pose.set(pose: {\"head\": (location: (0.1, 0.0, 0.0))})",
    );
    go(&mut ui, 6);
    assert!(toasts(&ui).is_empty(), "the head has no curves");
    turn(&mut ui, 0.9);
    run(&mut ui, "scene.auto_key()");
    assert!(auto_key(&ui));
    go(&mut ui, 7);
    assert!(toasts(&ui).is_empty());
}

#[test]
fn scrubbing_asks_once_when_the_button_is_released() {
    let mut ui = animated();
    turn(&mut ui, 0.9);
    let at = pos2(640.0, 790.0);
    button(&mut ui, at, true);
    for frame in [2, 3, 4] {
        go(&mut ui, frame);
        assert!(toasts(&ui).is_empty());
    }
    button(&mut ui, at, false);
    ui.run_steps(3);
    assert_eq!(toasts(&ui), ["1 changed bone has no key on frame 1"]);
}

#[test]
fn opening_another_document_takes_the_offer_away() {
    let mut ui = animated();
    turn(&mut ui, 0.9);
    go(&mut ui, 6);
    assert_eq!(toasts(&ui).len(), 1);
    let session = &mut ui.state_mut().session;
    session
        .run_text("wm.read_homefile(mannequin: true)")
        .unwrap();
    ui.run_steps(3);
    assert!(toasts(&ui).is_empty());
}

#[test]
fn a_diamond_sets_the_key_of_its_value_and_takes_it_away() {
    let mut ui = animated();
    diamond(&ui, "Scale X, animated").click();
    ui.run_steps(4);
    assert_eq!(state(&ui, "scale", 0), Keyed::Here);
    assert_eq!(state(&ui, "scale", 1), Keyed::Free, "that component alone");
    diamond(&ui, "Scale X, keyed here").click();
    ui.run_steps(4);
    assert_eq!(state(&ui, "scale", 0), Keyed::Animated);
    diamond(&ui, "Scale Z, not animated").click();
    ui.run_steps(4);
    assert_eq!(state(&ui, "scale", 2), Keyed::Here);
    // What was changed is kept rather than its key deleted.
    turn(&mut ui, 0.25);
    diamond(&ui, "Rotation X, changed").click();
    ui.run_steps(4);
    assert_eq!(state(&ui, "rotation_quaternion", 1), Keyed::Here);
}

#[test]
fn the_key_for_keys_over_a_field_means_its_row() {
    let mut ui = animated();
    let point = |ui: &mut Ui, label: &str| {
        let rect = ui.get_by_role_and_label(Role::SpinButton, label).rect();
        ui.event(egui::Event::PointerMoved(rect.center()));
        ui.run_steps(3);
    };
    point(&mut ui, "Scale Y");
    press(&mut ui, "I");
    let row = |ui: &Ui| [0, 1, 2].map(|index| state(ui, "scale", index));
    assert_eq!(row(&ui), [Keyed::Here; 3]);
    press(&mut ui, "Alt+I");
    assert_eq!(
        row(&ui),
        [Keyed::Animated, Keyed::Free, Keyed::Free],
        "curves without keys go"
    );
    press(&mut ui, "Shift+Alt+I");
    assert_eq!(row(&ui), [Keyed::Free; 3]);
}

#[test]
fn custom_properties_have_diamonds_for_each_of_their_numbers() {
    let mut ui = animated();
    let add = format!("pose.property_add(bone: {ARM:?}, name: \"sway\", value: [1.0, 2.0])");
    run(&mut ui, &add);
    diamond(&ui, "sway 1, not animated").click();
    ui.run_steps(4);
    assert_eq!(state(&ui, "[\"sway\"]", 1), Keyed::Here);
    assert_eq!(state(&ui, "[\"sway\"]", 0), Keyed::Free);
}

#[test]
fn keying_what_was_lost_puts_it_on_its_frame_and_leaves_the_pose() {
    let mut ui = animated();
    go(&mut ui, 6);
    turn(&mut ui, 0.9);
    go(&mut ui, 11);
    let before = steps(&ui);
    ui.get_by_role_and_label(Role::Button, "Key them").click();
    ui.run_steps(4);
    assert!(toasts(&ui).is_empty());
    assert_eq!(steps(&ui), before + 1);
    let bone = common::bone(&ui, ARM);
    let quaternion = |ui: &Ui| common::rig(ui).channel(bone).unwrap().quaternion;
    assert_eq!(quaternion(&ui), [0.5; 4], "frame 11 is as it was");
    assert!(!ui.state().keyed().rig(RigId(0)).unwrap().is_changed(bone));
    go(&mut ui, 6);
    assert_eq!(quaternion(&ui)[1], 0.9);
    assert_eq!(state(&ui, "rotation_quaternion", 1), Keyed::Here);
}
