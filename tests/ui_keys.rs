//! Keys set and taken away by hand and by themselves, driven as a user does.

#[path = "common/ui.rs"]
mod common;

use common::{Ui, bone, button, harness, message, press, rig, steps};
use egui::accesskit::Role;
use egui::{Pos2, vec2};
use egui_kittest::kittest::Queryable;
use keypose::model::armature::Armature;
use keypose::model::bone::Bone;
use keypose::model::id::BoneId;
use keypose::model::rig::Rig;
use keypose::ops::call;
use keypose::ops::context::Place;
use keypose::ops::runner::Session;

/// The mannequin with these bones selected, the last one active.
fn posing(bones: &[&str]) -> Ui {
    let mut session = Session::default();
    let names: Vec<String> = bones.iter().map(|bone| format!("{bone:?}")).collect();
    let active = names.last().unwrap();
    let select = format!(
        "pose.select_bones(names: [{}], active: {active})",
        names.join(", ")
    );
    for call in ["wm.read_homefile(mannequin: true)", &select] {
        session.run_text(call).unwrap();
    }
    let mut ui = harness(session);
    ui.set_size(vec2(1280.0, 1100.0));
    ui.run();
    ui
}

fn run_text(ui: &mut Ui, call: &str) {
    ui.state_mut().session.run_text(call).unwrap();
    ui.run();
}

/// Property, component, and frame and value of every key.
type Curve = (String, u32, Vec<(f32, f32)>);

/// The curves of a bone.
fn keys(ui: &Ui, bone: &str) -> Vec<Curve> {
    let document = &ui.state().session.document;
    let name = rig(ui).animation.active_action.as_ref();
    let action = name.and_then(|name| document.actions.get(name));
    let curves = action.into_iter().flat_map(|action| &action.fcurves);
    let own = curves.filter(|curve| curve.bone.as_deref() == Some(bone));
    let listed = own.map(|curve| {
        let keys = curve.keys.iter().map(|key| (key.frame(), key.value()));
        (curve.property.to_string(), curve.index, keys.collect())
    });
    listed.collect()
}

/// The properties with curves and how many components of each have one.
fn keyed(ui: &Ui, bone: &str) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for (property, ..) in keys(ui, bone) {
        match found.iter_mut().find(|(known, _)| *known == property) {
            Some((_, count)) => *count += 1,
            None => found.push((property, 1)),
        }
    }
    found
}

fn over_view(ui: &mut Ui) {
    let center = ui.state().panels.viewport.rect.center();
    point(ui, center);
}

fn point(ui: &mut Ui, at: Pos2) {
    ui.event(egui::Event::PointerMoved(at));
    ui.run_steps(3);
}

fn field(ui: &Ui, label: &str) -> Pos2 {
    let field = ui.get_by_role_and_label(Role::SpinButton, label);
    field.rect().center()
}

fn properties(expected: &[(&str, usize)]) -> Vec<(String, usize)> {
    let owned = expected
        .iter()
        .map(|&(property, count)| (property.to_owned(), count));
    owned.collect()
}

#[test]
fn i_keys_the_selected_bones_and_alt_i_takes_the_keys_away() {
    let mut ui = posing(&["hips", "head"]);
    over_view(&mut ui);
    let before = steps(&ui);
    press(&mut ui, "I");
    let all = properties(&[("location", 3), ("rotation_quaternion", 4), ("scale", 3)]);
    assert_eq!(keyed(&ui, "head"), all);
    assert_eq!(message(&ui), "Set 20 keys on 2 bones at frame 1");
    assert_eq!(steps(&ui), before + 1);
    run_text(&mut ui, "pose.select_bones(names: [\"head\"])");
    press(&mut ui, "Alt+I");
    assert_eq!(message(&ui), "Deleted 10 keys on 1 bone");
    assert_eq!((keyed(&ui, "head"), keyed(&ui, "hips")), (Vec::new(), all));
    press(&mut ui, "Alt+I");
    assert_eq!(message(&ui), "There is no key to delete at frame 1");
    assert_eq!(steps(&ui), before + 3);
}

#[test]
fn k_offers_the_sets_of_channels() {
    let mut ui = posing(&["hips"]);
    over_view(&mut ui);
    press(&mut ui, "K");
    ui.run_steps(3);
    ui.get_by_label("Location & Rotation").click();
    ui.run_steps(4);
    assert_eq!(
        keyed(&ui, "hips"),
        properties(&[("location", 3), ("rotation_quaternion", 4)])
    );
}

#[test]
fn a_transform_that_is_given_up_leaves_no_key_and_a_confirmed_one_is_one_step() {
    let mut ui = posing(&["hips"]);
    run_text(&mut ui, "scene.auto_key(enabled: true)");
    over_view(&mut ui);
    let before = steps(&ui);
    press(&mut ui, "G");
    let at = ui.state().panels.viewport.rect.center();
    point(&mut ui, at + vec2(60.0, 0.0));
    press(&mut ui, "Escape");
    assert!(keys(&ui, "hips").is_empty());
    assert_eq!(steps(&ui), before);
    press(&mut ui, "G");
    point(&mut ui, at + vec2(120.0, 0.0));
    press(&mut ui, "Enter");
    assert_eq!(keyed(&ui, "hips"), properties(&[("location", 3)]));
    let found = keys(&ui, "hips");
    let location = rig(&ui).channel(bone(&ui, "hips")).unwrap().location;
    assert_eq!(found[0].2, [(1.0, location.x)]);
    assert_eq!(steps(&ui), before + 1);
    press(&mut ui, "Ctrl+Z");
    assert!(keys(&ui, "hips").is_empty());
}

#[test]
fn a_value_that_is_dragged_keys_itself_where_automatic_keying_is_on() {
    let mut ui = posing(&["hips"]);
    let drag = |ui: &mut Ui| {
        let at = field(ui, "Location Y");
        point(ui, at);
        button(ui, at, true);
        for step in 1..5_u8 {
            point(ui, at + vec2(f32::from(step) * 10.0, 0.0));
        }
        at + vec2(40.0, 0.0)
    };
    let end = drag(&mut ui);
    button(&mut ui, end, false);
    ui.run_steps(3);
    assert!(keys(&ui, "hips").is_empty());
    run_text(&mut ui, "scene.auto_key(enabled: true)");
    let before = steps(&ui);
    let end = drag(&mut ui);
    button(&mut ui, end, false);
    ui.run_steps(3);
    let y = rig(&ui).channel(bone(&ui, "hips")).unwrap().location.y;
    assert!(y > 0.1);
    assert_eq!(
        keys(&ui, "hips"),
        [("location".to_owned(), 1, vec![(1.0, y)])]
    );
    assert_eq!(steps(&ui), before + 1);
    // Given up, it leaves everything as it was.
    let whole = ui.state().session.document.clone();
    drag(&mut ui);
    ui.key_press(egui::Key::Escape);
    ui.run_steps(3);
    button(&mut ui, end, false);
    ui.run_steps(3);
    assert!(ui.state().session.document == whole);
    assert_eq!(steps(&ui), before + 1);
}

#[test]
fn i_over_a_field_keys_what_the_field_shows() {
    let mut ui = posing(&["hips", "head"]);
    let at = field(&ui, "Scale X");
    point(&mut ui, at);
    press(&mut ui, "I");
    ui.run_steps(3);
    assert_eq!(keyed(&ui, "head"), properties(&[("scale", 3)]));
    assert!(keys(&ui, "hips").is_empty());
    run_text(&mut ui, "scene.frame_set(frame: 8.0)");
    press(&mut ui, "I");
    ui.run_steps(3);
    assert_eq!(keys(&ui, "head")[0].2, [(1.0, 1.0), (8.0, 1.0)]);
    press(&mut ui, "Alt+I");
    ui.run_steps(3);
    assert_eq!(keys(&ui, "head")[0].2, [(1.0, 1.0)]);
    press(&mut ui, "Shift+Alt+I");
    ui.run_steps(3);
    assert!(keys(&ui, "head").is_empty());
}

#[test]
fn values_dragged_on_two_rigs_at_once_stay_on_both() {
    let mut session = Session::default();
    for name in ["one", "two"] {
        let bone = std::sync::Arc::new(Bone::default());
        let armature = Armature {
            bones: vec![bone],
            ..Armature::default()
        };
        let mut rig = Rig::new(name.to_owned(), armature);
        rig.selected.set(0, true);
        session.document.add_rig(rig);
    }
    let name = session.document.rigs[0].armature.name(BoneId(0)).to_owned();
    session.run_text("scene.auto_key(enabled: true)").unwrap();
    for x in [1, 2] {
        for rig in ["one", "two"] {
            let set = format!(
                "pose.set(rig: {rig:?}, pose: {{{name:?}: (location: ({x}.0, 0.0, 0.0))}}, auto_key: true)"
            );
            let op = call::parse(&set).unwrap();
            session.run_merged(op, Place::default(), "drag");
        }
    }
    for rig in session.document.rigs.iter() {
        assert_eq!(rig.channel(BoneId(0)).unwrap().location.x, 2.0);
        let action = rig.animation.active_action.as_ref().unwrap();
        let keys = &session.document.actions[action].fcurves[0].keys;
        assert_eq!((keys.len(), keys[0].value()), (1, 2.0));
    }
    assert_eq!(session.history().behind().len(), 2);
}
