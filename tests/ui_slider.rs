//! Sliding a pose by hand: pointer, keys, typed percent, the bar in the header, and what remains of it.

#[path = "common/ui.rs"]
mod common;

use common::{Ui, bone, harness, mannequin, message, press, rig, steps};
use egui::accesskit::Role;
use egui::{Modifiers, PointerButton, Pos2, Rect, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use keypose::model::document::Document;
use keypose::ops::call;
use keypose::ops::context::Place;
use keypose::ops::operator::SliderBar;
use keypose::ops::runner::{Session, Status};

const ARM: &str = "upper_arm.L";
const FIVE: [(&str, &str); 5] = [
    ("Ctrl+E", "pose.push"),
    ("Alt+E", "pose.relax"),
    ("Shift+E", "pose.breakdown"),
    ("Shift+Alt+E", "pose.blend_to_neighbor"),
    ("V", "pose.blend_with_rest"),
];

/// The bundled character on frame 7 of its walk, with keys on 5 and 9; the pointer is over the 3D view.
fn walking() -> Ui {
    let mut session = Session::default();
    let select = format!("pose.select_bones(names: [{ARM:?}, \"hips\"], active: {ARM:?})");
    for call in [
        "wm.read_homefile(mannequin: true)",
        "action.activate(name: \"Walk\", reset: true)",
        "anim.change_frame(frame: 7)",
        &select,
        "pose.set(pose: {\"hips\": (location: (0.2, -0.1, 0.05))})",
    ] {
        let outcome = session.run_text(call).unwrap();
        assert_eq!(outcome.status, Status::Finished, "{call}: {outcome:?}");
    }
    let mut ui = harness(session);
    ui.run_steps(3);
    go(&mut ui, 0.0);
    ui
}

fn middle(ui: &Ui) -> Pos2 {
    ui.state().panels.viewport.rect.center()
}

/// Moves the pointer to so many points right of the middle.
fn go(ui: &mut Ui, x: f32) {
    let at = middle(ui) + vec2(x, 0.0);
    ui.event(egui::Event::PointerMoved(at));
    ui.run_steps(2);
}

fn hold(ui: &mut Ui, modifiers: Modifiers) {
    ui.event(egui::Event::ModifiersChanged(modifiers));
    ui.run_steps(2);
}

fn button(ui: &mut Ui, x: f32, button: PointerButton, pressed: bool) {
    let pos = middle(ui) + vec2(x, 0.0);
    ui.event(egui::Event::PointerMoved(pos));
    ui.event(egui::Event::PointerButton {
        pos,
        button,
        pressed,
        modifiers: Modifiers::NONE,
    });
    ui.run_steps(2);
}

fn click(ui: &mut Ui, x: f32, which: PointerButton) {
    button(ui, x, which, true);
    button(ui, x, which, false);
}

fn document(ui: &Ui) -> &Document {
    &ui.state().session.document
}

fn running(ui: &Ui) -> bool {
    ui.state().session.is_running()
}

fn bar(ui: &Ui) -> SliderBar {
    let (_, header) = ui.state().session.running().unwrap();
    header.slider.unwrap()
}

fn factor(ui: &Ui) -> f32 {
    bar(ui).value
}

fn shown_call(ui: &Ui) -> String {
    ui.state().session.running().unwrap().0.call_text()
}

fn last_call(ui: &Ui) -> String {
    ui.state().session.last().unwrap().call_text()
}

/// The bar, by what a screen reader says of it.
fn bar_node(ui: &Ui) -> Node<'_> {
    let mut all = ui.get_all_by_role(Role::Slider);
    let bar = all.find(|node| node.accesskit_node().label().as_deref() != Some("Current frame"));
    bar.unwrap()
}

fn bar_label(ui: &Ui) -> String {
    let label = bar_node(ui).accesskit_node().label();
    label.unwrap_or_default()
}

/// What a call makes of a document.
fn made_of(before: &Document, text: &str) -> Document {
    let mut session = Session::with_document(before.clone());
    let outcome = session.run_text(text).unwrap();
    assert_eq!(outcome.status, Status::Finished, "{text}");
    session.document
}

#[test]
fn each_of_the_five_follows_the_pointer_and_leaves_one_step_and_its_call() {
    for (chord, id) in FIVE {
        let mut ui = walking();
        let (before, history) = (document(&ui).clone(), steps(&ui));
        press(&mut ui, chord);
        let rest = id == "pose.blend_with_rest";
        let bounds = if rest { (-1.0, 1.0) } else { (0.0, 1.0) };
        assert_eq!(bar(&ui).bounds, bounds, "{id}");
        assert_eq!(factor(&ui), if rest { 0.0 } else { 0.5 }, "{id}");
        assert_eq!(*document(&ui) == before, rest, "{id} is applied at once");
        assert_eq!(*document(&ui), made_of(&before, &shown_call(&ui)), "{id}");
        go(&mut ui, 75.0);
        assert_eq!(factor(&ui), if rest { 0.5 } else { 0.75 }, "{id}");
        assert_eq!(*document(&ui), made_of(&before, &shown_call(&ui)), "{id}");
        assert_eq!(steps(&ui), history);
        button(&mut ui, 75.0, PointerButton::Primary, true);
        assert!(!running(&ui), "{id}: a press confirms");
        button(&mut ui, 75.0, PointerButton::Primary, false);
        assert_eq!(steps(&ui), history + 1);
        let call = last_call(&ui);
        assert!(call.starts_with(id), "{call}");
        assert!(
            call.contains("prev_frame: 5") && call.contains("next_frame: 9"),
            "{call}"
        );
        assert_eq!(*document(&ui), made_of(&before, &call), "{call}");
        press(&mut ui, "Ctrl+Z");
        assert!(document(&ui).same_pointers(&before));
    }
}

#[test]
fn leaving_it_leaves_no_trace() {
    let escape = |ui: &mut Ui| press(ui, "Escape");
    let right = |ui: &mut Ui| click(ui, 40.0, PointerButton::Secondary);
    let other = |ui: &mut Ui| {
        let op = call::parse("pose.copy()").unwrap();
        let ctx = ui.ctx.clone();
        ui.state_mut().start(&ctx, op);
        ui.run_steps(2);
    };
    let ways: [fn(&mut Ui); 3] = [escape, right, other];
    for (place, leave) in ways.into_iter().enumerate() {
        let mut ui = walking();
        let (before, view) = (document(&ui).clone(), ui.state().session.view.clone());
        let history = steps(&ui);
        press(&mut ui, "Shift+E");
        go(&mut ui, 40.0);
        for key in ["R", "X", "H", "E", "3"] {
            press(&mut ui, key);
        }
        assert!(*document(&ui) != before && ui.state().session.view != view);
        leave(&mut ui);
        assert!(!running(&ui), "{place}");
        assert!(document(&ui).same_pointers(&before), "{place}");
        assert!(ui.state().session.view == view, "{place}");
        assert_eq!(steps(&ui), history, "{place}");
    }
}

#[test]
fn enter_confirms_and_space_does_not() {
    let mut ui = walking();
    press(&mut ui, "Shift+E");
    press(&mut ui, "Space");
    assert!(running(&ui) && ui.state().session.playing().is_none());
    press(&mut ui, "NumpadEnter");
    assert!(!running(&ui));
    press(&mut ui, "Shift+E");
    press(&mut ui, "Enter");
    assert!(!running(&ui));
}

#[test]
fn shift_is_precise_and_ctrl_takes_steps_without_a_jump() {
    let mut ui = walking();
    press(&mut ui, "Shift+E");
    go(&mut ui, 30.0);
    hold(&mut ui, Modifiers::SHIFT);
    assert_eq!(factor(&ui), 0.6);
    go(&mut ui, 54.0);
    assert_eq!(factor(&ui), 0.61);
    assert!(bar_label(&ui).contains("61.0%"), "{}", bar_label(&ui));
    hold(&mut ui, Modifiers::NONE);
    assert_eq!(factor(&ui), 0.61);
    hold(&mut ui, Modifiers::COMMAND);
    assert_eq!(factor(&ui), 0.6);
    go(&mut ui, 75.0);
    assert_eq!(factor(&ui), 0.7);
    hold(&mut ui, Modifiers::NONE);
    assert_eq!(factor(&ui), 0.68);
    // Keys count whatever is held.
    hold(&mut ui, Modifiers::SHIFT);
    press(&mut ui, "Shift+R");
    assert!(shown_call(&ui).contains("channels: ROT"));
}

#[test]
fn typed_digits_are_percent() {
    let mut ui = walking();
    press(&mut ui, "Shift+E");
    for key in ["2", "5"] {
        press(&mut ui, key);
    }
    assert_eq!(factor(&ui), 0.25);
    assert!(bar_label(&ui).contains("25%"));
    go(&mut ui, 90.0);
    assert_eq!(factor(&ui), 0.25);
    press(&mut ui, "Numpad0");
    assert_eq!(factor(&ui), 1.0);
    press(&mut ui, "Shift+Backspace");
    assert_eq!(factor(&ui), 0.8);
    press(&mut ui, "Escape");
    press(&mut ui, "V");
    for key in ["-", "4", "0"] {
        press(&mut ui, key);
    }
    assert_eq!(factor(&ui), -0.4);
    for _ in 0..3 {
        press(&mut ui, "Backspace");
    }
    assert_eq!(factor(&ui), 0.0);
}

#[test]
fn letters_limit_the_channels_and_then_the_axis() {
    let mut ui = walking();
    press(&mut ui, "Shift+E");
    let has = |ui: &Ui, part: &str| shown_call(ui).contains(part);
    press(&mut ui, "X");
    assert!(!has(&ui, "axis_lock"));
    for (key, item) in [
        ("G", "channels: LOC"),
        ("R", "channels: ROT"),
        ("S", "channels: SIZE"),
        ("B", "channels: BBONE"),
        ("C", "channels: CUSTOM"),
    ] {
        press(&mut ui, key);
        assert!(has(&ui, item), "{key}");
        press(&mut ui, "Y");
        assert_eq!(has(&ui, "axis_lock: Y"), "GRS".contains(key), "{key}");
    }
    press(&mut ui, "C");
    assert!(!has(&ui, "channels"));
    press(&mut ui, "G");
    press(&mut ui, "Z");
    assert!(
        bar_label(&ui).ends_with("only Location Z"),
        "{}",
        bar_label(&ui)
    );
    press(&mut ui, "Z");
    assert!(!has(&ui, "axis_lock"));
    press(&mut ui, "Z");
    press(&mut ui, "X");
    assert!(has(&ui, "axis_lock: X"));
    press(&mut ui, "G");
    assert!(!has(&ui, "axis_lock") && !has(&ui, "channels"));
}

#[test]
fn only_what_it_is_limited_to_slides() {
    let mut ui = walking();
    let hips = bone(&ui, "hips");
    let before = *rig(&ui).channel(hips).unwrap();
    press(&mut ui, "Shift+E");
    press(&mut ui, "G");
    press(&mut ui, "Y");
    let now = *rig(&ui).channel(hips).unwrap();
    assert_eq!(now.quaternion, before.quaternion);
    assert_eq!(
        (now.location.x, now.location.z),
        (before.location.x, before.location.z)
    );
    assert!(now.location.y != before.location.y);
}

#[test]
fn bones_are_hidden_while_it_goes_on_and_come_back() {
    let shown = |ui: &Ui| ui.state().session.view.shows_bones();
    let mut ui = walking();
    press(&mut ui, "Shift+E");
    press(&mut ui, "H");
    assert!(!shown(&ui));
    go(&mut ui, 50.0);
    assert!(!shown(&ui));
    let distance = ui.state().session.view.camera.distance;
    press(&mut ui, "Ctrl+=");
    assert!(ui.state().session.view.camera.distance < distance && running(&ui));
    assert!(!shown(&ui));
    press(&mut ui, "H");
    assert!(shown(&ui));
    press(&mut ui, "H");
    press(&mut ui, "Enter");
    assert!(shown(&ui));
    assert!(ui.state().session.view.camera.distance < distance);
}

#[test]
fn the_view_is_turned_meanwhile_and_that_way_does_not_count() {
    let mut ui = walking();
    press(&mut ui, "Shift+E");
    go(&mut ui, 30.0);
    let turned = ui.state().session.view.camera.rotation;
    button(&mut ui, 30.0, PointerButton::Middle, true);
    go(&mut ui, 120.0);
    button(&mut ui, 120.0, PointerButton::Middle, false);
    assert!(ui.state().session.view.camera.rotation != turned && running(&ui));
    assert_eq!(factor(&ui), 0.6);
    go(&mut ui, 150.0);
    assert_eq!(factor(&ui), 0.7);
}

#[test]
fn overshoot_goes_beyond_and_the_call_that_remains_does_so_too() {
    let mut ui = walking();
    let before = document(&ui).clone();
    press(&mut ui, "Shift+E");
    go(&mut ui, 210.0);
    assert_eq!(factor(&ui), 1.0);
    press(&mut ui, "E");
    assert!(bar(&ui).overshoot);
    assert_eq!(factor(&ui), 1.2);
    press(&mut ui, "Enter");
    let (call, after) = (last_call(&ui), document(&ui).clone());
    assert!(
        call.contains("factor: 1.2") && call.contains("overshoot: true"),
        "{call}"
    );
    assert_eq!(made_of(&before, &call), after);
    // A script without the switch is clamped, as in Blender.
    let plain = call.replace(", overshoot: true", "");
    assert_eq!(
        made_of(&before, &plain),
        made_of(&before, &plain.replace("1.2", "1.0"))
    );
    assert!(made_of(&before, &plain) != after);
    // Adjusted in another parameter, the factor stays.
    let session = &mut ui.state_mut().session;
    let adjusted = call.replace("overshoot", "channels: ROT, overshoot");
    session.adjust(call::parse(&adjusted).unwrap());
    assert_eq!(session.document, made_of(&before, &adjusted));
    assert!(session.last().unwrap().call_text().contains("factor: 1.2"));
    // Repeating it does the same once more.
    session.adjust(call::parse(&call).unwrap());
    let twice = made_of(&session.document, &call);
    session.run_text("screen.repeat_last()").unwrap();
    assert_eq!(session.document, twice);
}

#[test]
fn what_is_adjusted_is_what_a_run_with_these_values_gives() {
    for (chord, id) in FIVE {
        let mut ui = walking();
        let before = document(&ui).clone();
        press(&mut ui, chord);
        go(&mut ui, -45.0);
        press(&mut ui, "Enter");
        for values in [
            "factor: 0.8, prev_frame: 5, next_frame: 9",
            "factor: 0.2, prev_frame: 1, next_frame: 33",
            "factor: 0.2, prev_frame: 1, next_frame: 33, channels: LOC, axis_lock: Y",
            "factor: 0.2, prev_frame: 1, next_frame: 33, channels: ROT",
        ] {
            let text = format!("{id}({values})");
            let session = &mut ui.state_mut().session;
            let history = session.history().behind().len();
            let outcome = session.adjust(call::parse(&text).unwrap());
            assert_eq!(outcome.status, Status::Finished, "{text}");
            assert_eq!(session.document, made_of(&before, &text), "{text}");
            assert!(session.history().behind().len() <= history.max(1), "{text}");
        }
    }
}

#[test]
fn the_panel_shows_what_the_hand_did() {
    let mut ui = walking();
    press(&mut ui, "V");
    go(&mut ui, -60.0);
    press(&mut ui, "G");
    click(&mut ui, -60.0, PointerButton::Primary);
    ui.get_by_role_and_label(Role::DisclosureTriangle, "Adjust Blend Pose with Rest Pose")
        .click();
    ui.run();
    let value = |ui: &Ui, name: &str| {
        let field = ui.get_by_role_and_label(Role::SpinButton, name);
        field.accesskit_node().numeric_value()
    };
    let percent = value(&ui, "Factor").unwrap();
    assert!((percent + 40.0).abs() < 1e-4, "{percent}");
    assert_eq!(value(&ui, "Previous Keyframe"), Some(5.0));
    assert_eq!(value(&ui, "Next Keyframe"), Some(9.0));
    ui.get_by_label("Axis Lock");
    assert!(ui.query_by_label("Overshoot").is_none());
}

#[test]
fn without_keys_it_says_so_and_does_not_begin() {
    let mut ui = mannequin();
    go(&mut ui, 0.0);
    for (chord, id) in FIVE {
        press(&mut ui, chord);
        assert!(!running(&ui), "{id}");
        assert!(message(&ui).contains("no keys"), "{id}: {}", message(&ui));
    }
}

#[test]
fn keys_are_set_when_it_is_confirmed_and_not_when_it_is_left() {
    let keyed = |document: &Document| {
        let action = document.actions.values().next().unwrap();
        let mut curves = action.fcurves.iter();
        curves.any(|curve| curve.key_at(7.0).is_some())
    };
    let mut ui = walking();
    ui.state_mut()
        .session
        .run_text("scene.auto_key(enabled: true)")
        .unwrap();
    let (before, history) = (document(&ui).clone(), steps(&ui));
    press(&mut ui, "Shift+E");
    go(&mut ui, 60.0);
    // Keying many curves takes longer than a frame: it waits for the end.
    assert!(!document(&ui).same_pointers(&before) && !keyed(document(&ui)));
    assert!(document(&ui).scene.auto_key);
    press(&mut ui, "Escape");
    assert!(document(&ui).same_pointers(&before) && !keyed(&before));
    press(&mut ui, "Shift+E");
    go(&mut ui, 0.0);
    press(&mut ui, "Enter");
    assert!(keyed(document(&ui)));
    assert_eq!(steps(&ui), history + 1);
    press(&mut ui, "Ctrl+Z");
    assert!(document(&ui).same_pointers(&before));
}

#[test]
fn without_automatic_keying_the_bones_are_marked_as_changed() {
    let mut ui = walking();
    press(&mut ui, "Alt+E");
    go(&mut ui, 60.0);
    press(&mut ui, "Enter");
    let arm = bone(&ui, ARM);
    let rig = document(&ui).active_rig.unwrap();
    let keyed = ui.state().keyed().rig(rig).unwrap();
    assert!(!keyed.has_key(arm));
    let state = keyed.state(bone(&ui, "hips"), "location", 0);
    assert_eq!(state, keypose::eval::keyed::Keyed::Changed);
}

#[test]
fn the_click_that_chose_it_in_the_menu_does_not_confirm_it() {
    let mut ui = walking();
    ui.get_by_role_and_label(Role::Button, "Pose").click();
    ui.run();
    ui.get_by_role_and_label(Role::MenuItem, "In-Betweens")
        .hover();
    for _ in 0..40 {
        ui.step();
    }
    ui.get_by_role_and_label(Role::MenuItem, "In-Betweens")
        .click();
    ui.run();
    ui.get_by_role_and_label(Role::MenuItem, "Pose Breakdowner")
        .click();
    ui.run();
    assert!(running(&ui));
    assert_eq!(factor(&ui), 0.5);
    let history = steps(&ui);
    button(&mut ui, 0.0, PointerButton::Primary, true);
    assert!(!running(&ui));
    assert_eq!(steps(&ui), history + 1);
}

#[test]
fn the_bar_keeps_to_the_panel_and_the_keys_to_the_status_bar() {
    for size in [(1600.0, 1000.0), (1280.0, 800.0), (900.0, 600.0)] {
        let mut ui = walking();
        ui.set_size(vec2(size.0, size.1));
        ui.run_steps(3);
        go(&mut ui, 0.0);
        press(&mut ui, "Shift+Alt+E");
        press(&mut ui, "R");
        press(&mut ui, "E");
        let (rect, panel): (Rect, Rect) = (bar_node(&ui).rect(), ui.state().panels.viewport.rect);
        assert!(panel.contains_rect(rect), "{size:?}: {rect} in {panel}");
        assert_eq!(rect.height(), 34.0);
        if size.0 > 1000.0 {
            for words in [
                "Confirm",
                "Cancel",
                "Channels",
                "Axis",
                "Overshoot",
                "Precise",
                "Percent",
            ] {
                ui.get_by_label(words);
            }
        }
    }
}

#[test]
fn hints_of_other_operators_fit_too() {
    for width in [1280.0, 1600.0] {
        let mut ui = walking();
        ui.set_size(vec2(width, 900.0));
        ui.run_steps(3);
        go(&mut ui, 0.0);
        for chord in ["G", "R", "S"] {
            press(&mut ui, chord);
            for words in ["Confirm", "Cancel", "Axis", "Precise", "Exact"] {
                ui.get_by_label(words);
            }
            press(&mut ui, "Escape");
        }
        press(&mut ui, "B");
        ui.get_by_role_and_label(Role::Label, "Select");
        ui.get_by_label("Deselect");
        ui.get_by_label("Cancel");
    }
}

#[test]
fn a_script_runs_with_the_values_it_has() {
    let mut ui = walking();
    let session = &mut ui.state_mut().session;
    let op = call::parse("pose.push(factor: 0.25, prev_frame: 5, next_frame: 9)").unwrap();
    let outcome = session.run(op, Place::default());
    assert_eq!(outcome.status, Status::Finished);
    assert!(!session.is_running());
}
