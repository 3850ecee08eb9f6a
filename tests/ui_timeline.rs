//! The timeline: scrubbing, keys, playing, and the row below, driven without a window.

#[path = "common/ui.rs"]
mod common;

use std::sync::Arc;

use common::{Ui, active, button, click, mannequin, steps};
use egui::accesskit::Role;
use egui::{Color32, Pos2, Shape, pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use keypose::model::action::Action;
use keypose::model::fcurve::{FCurve, Key, KeyKind};
use keypose::ui::panels::Pane;
use keypose::ui::panels::timeline::Places;

/// A curve of a bone with keys at these frames.
fn curve(bone: &str, index: u32, frames: impl Iterator<Item = f32>) -> Arc<FCurve> {
    let mut curve = FCurve::new(Some(bone), "location", index);
    curve.keys = Arc::new(frames.map(|frame| Key::new(frame, frame * 0.01)).collect());
    Arc::new(curve)
}

/// The mannequin with the actions `walk`, which it plays, and `run`.
fn animated() -> Ui {
    let mut ui = mannequin();
    let document = &mut ui.state_mut().session.document;
    let frames = || [1.0, 10.0, 24.0].into_iter();
    let mut arm = curve("upper_arm.L", 0, frames());
    let keys = &mut Arc::make_mut(&mut arm).keys;
    Arc::make_mut(keys)[1].kind = KeyKind::Extreme;
    let walk = Action {
        fcurves: vec![
            arm,
            curve("upper_arm.R", 0, frames()),
            curve("upper_arm.R", 1, [10.0].into_iter()),
        ],
        ..Action::default()
    };
    let actions = Arc::make_mut(&mut document.actions);
    actions.insert("walk".to_owned(), Arc::new(walk));
    actions.insert("run".to_owned(), Arc::default());
    let rig = document.rig_mut().unwrap();
    Arc::make_mut(&mut rig.animation).active_action = Some("walk".to_owned());
    ui.state_mut().session.view.timeline.only_selected = false;
    ui.run();
    ui
}

fn places(ui: &Ui) -> Places {
    *ui.state().panels.timeline.places().unwrap()
}

/// Where a frame is in the key area, at the height of a row.
fn at_frame(ui: &Ui, frame: f32, row: usize) -> Pos2 {
    let app = ui.state();
    let map = app.panels.timeline.map(&app.session.view.timeline).unwrap();
    let area = places(ui).area;
    pos2(
        area.left() + map.x(frame),
        area.top() + 11.0 + 22.0 * row as f32,
    )
}

fn on_ruler(ui: &Ui, frame: f32) -> Pos2 {
    pos2(at_frame(ui, frame, 0).x, places(ui).ruler.center().y)
}

fn frame(ui: &Ui) -> f32 {
    ui.state().session.document.scene.frame
}

/// Corners of this colour near a point.
fn corners(ui: &Ui, at: Pos2, color: Color32) -> usize {
    let shapes = ui.output().shapes.iter();
    let near = |shape: &Shape| match shape {
        Shape::Mesh(mesh) => {
            let here = |corner: &&egui::epaint::Vertex| {
                corner.color == color && corner.pos.distance(at) < 10.0
            };
            mesh.vertices.iter().filter(here).count()
        }
        _ => 0,
    };
    shapes.map(|clipped| near(&clipped.shape)).sum()
}

#[test]
fn a_drag_on_the_ruler_scrubs() {
    let mut ui = animated();
    let before = steps(&ui);
    let (from, to) = (on_ruler(&ui, 30.0), on_ruler(&ui, 44.0));
    button(&mut ui, from, true);
    assert_eq!(frame(&ui), 30.0);
    ui.event(egui::Event::PointerMoved(to));
    ui.step();
    assert_eq!(frame(&ui), 44.0);
    button(&mut ui, to, false);
    ui.run();
    assert_eq!(frame(&ui), 44.0);
    assert_eq!(steps(&ui), before + 1);
    // Beside the ruler nothing happens.
    let keys = at_frame(&ui, 12.0, 1);
    click(&mut ui, keys);
    assert_eq!(frame(&ui), 44.0);
}

#[test]
fn keys_are_drawn_where_they_are() {
    let ui = animated();
    let theme = ui.state().theme.clone();
    let names: Vec<String> = {
        let rows = ui.state().panels.timeline.rows();
        rows.all().iter().map(|row| row.name.to_string()).collect()
    };
    let row = |name: &str| names.iter().position(|other| other == name).unwrap();
    assert_eq!(names.len(), 3);
    let (left, right) = (row("upper_arm.L"), row("upper_arm.R"));
    assert!(corners(&ui, at_frame(&ui, 24.0, left), *theme.k_key) > 0);
    assert!(corners(&ui, at_frame(&ui, 10.0, left), *theme.k_extreme) > 0);
    assert_eq!(corners(&ui, at_frame(&ui, 17.0, left), *theme.k_key), 0);
    // One of two channels is keyed: the right half says so.
    assert!(corners(&ui, at_frame(&ui, 24.0, right), *theme.k_half) > 0);
    assert_eq!(corners(&ui, at_frame(&ui, 10.0, right), *theme.k_half), 0);
}

#[test]
fn selected_keys_are_golden() {
    let mut ui = animated();
    let document = &mut ui.state_mut().session.document;
    let action = Arc::make_mut(&mut document.actions)
        .get_mut("walk")
        .unwrap();
    let curve = &mut Arc::make_mut(action).fcurves[0];
    Arc::make_mut(curve).selection.keys.set(2, true);
    ui.run();
    let gold = *ui.state().theme.gold;
    assert!(
        corners(&ui, at_frame(&ui, 24.0, 0), gold) > 0,
        "in the summary"
    );
    assert_eq!(corners(&ui, at_frame(&ui, 10.0, 0), gold), 0);
}

#[test]
fn scrubbing_through_many_keys_gathers_none() {
    let mut ui = animated();
    let document = &mut ui.state_mut().session.document;
    let action = Arc::make_mut(&mut document.actions)
        .get_mut("walk")
        .unwrap();
    let keys = |index: u32| curve("hips", index, (0..10_000).map(|frame| frame as f32));
    Arc::make_mut(action).fcurves.extend((0..10).map(keys));
    ui.run();
    let rows = ui.state().panels.timeline.rows();
    assert_eq!(rows.all()[0].marks.len(), 10_000);
    let before = rows.generation();
    for target in [30.0, 60.0, 90.0] {
        let at = on_ruler(&ui, target);
        click(&mut ui, at);
        assert_eq!(frame(&ui), target);
    }
    assert_eq!(ui.state().panels.timeline.rows().generation(), before);
}

#[test]
fn a_click_on_a_name_selects_the_bone() {
    let mut ui = animated();
    let rows = ui.get_all_by_role_and_label(Role::ListItem, "upper_arm.R");
    let row = rows.into_iter().next().unwrap();
    row.click();
    ui.run();
    assert_eq!(active(&ui), "upper_arm.R");
}

#[test]
fn playing_keeps_time_and_stops_where_it_is() {
    let mut ui = animated();
    let before = steps(&ui);
    ui.get_by_role_and_label(Role::Button, "Play").click();
    ui.step();
    ui.step();
    assert!(ui.state().session.playing().is_some());
    let start = frame(&ui);
    // A step is a quarter of a second: six frames at 24 per second.
    ui.step();
    assert_eq!(frame(&ui), start + 6.0);
    ui.step();
    assert_eq!(frame(&ui), start + 12.0);
    assert_eq!(steps(&ui), before, "frames that are shown are no steps");
    ui.get_by_role_and_label(Role::Button, "Pause").click();
    ui.run();
    assert!(ui.state().session.playing().is_none());
    let there = frame(&ui);
    assert!(there >= start + 12.0);
    ui.run_steps(3);
    assert_eq!(frame(&ui), there);
    assert_eq!(steps(&ui), before + 1);
}

#[test]
fn a_drag_while_it_plays_goes_on_from_there() {
    let mut ui = animated();
    ui.state_mut().session.play(false);
    ui.step();
    let at = on_ruler(&ui, 60.0);
    button(&mut ui, at, true);
    assert!(ui.state().session.playing().is_none());
    ui.step();
    assert_eq!(frame(&ui), 60.0);
    button(&mut ui, at, false);
    ui.step();
    assert!(ui.state().session.playing().is_some());
    ui.step();
    ui.step();
    let now = frame(&ui);
    assert!(now > 60.0 && now < 85.0, "{now}");
    ui.state_mut().session.stop_playing(true);
    ui.run();
}

#[test]
fn without_a_loop_it_stops_at_the_end() {
    let mut ui = animated();
    let loop_switch = ui.get_by_role_and_label(Role::Button, "Loop");
    loop_switch.click();
    ui.run();
    assert!(!ui.state().session.view.looping);
    let session = &mut ui.state_mut().session;
    session.run_text("scene.set(frame_end: 20)").unwrap();
    session.play(false);
    // `run` ends once nothing asks for another frame.
    ui.run();
    assert_eq!(frame(&ui), 20.0);
    assert!(ui.state().session.playing().is_none());
}

fn set_number(ui: &mut Ui, name: &str, value: f64) {
    let node = ui.get_by_role_and_label(Role::SpinButton, name);
    let (id, tree) = node.accesskit_node().locate();
    ui.event(egui::Event::AccessKitActionRequest(
        egui::accesskit::ActionRequest {
            action: egui::accesskit::Action::SetValue,
            target_tree: tree,
            target_node: id,
            data: Some(egui::accesskit::ActionData::NumericValue(value)),
        },
    ));
    ui.run();
}

#[test]
fn the_fields_set_frame_range_and_speed() {
    let mut ui = animated();
    set_number(&mut ui, "Current frame", 33.0);
    set_number(&mut ui, "First frame", 5.0);
    set_number(&mut ui, "Last frame", 90.0);
    set_number(&mut ui, "Frames per second", 30.0);
    let scene = &ui.state().session.document.scene;
    assert_eq!(scene.frame, 33.0);
    assert_eq!((scene.frame_start, scene.frame_end), (5, 90));
    assert_eq!(scene.fps, 30.0);
}

#[test]
fn an_action_is_chosen_from_the_list() {
    let mut ui = animated();
    let playing = |ui: &Ui| {
        let rig = ui.state().session.document.rig().unwrap();
        rig.animation.active_action.clone()
    };
    for (label, name) in [("run", Some("run")), ("None", None), ("walk", Some("walk"))] {
        ui.get_by_role_and_label(Role::ComboBox, "Action").click();
        ui.run();
        ui.get_by_role_and_label(Role::MenuItemRadio, label).click();
        ui.run();
        assert_eq!(playing(&ui).as_deref(), name);
    }
}

#[test]
fn what_is_keyed_is_chosen_below() {
    let mut ui = animated();
    ui.get_by_role_and_label(Role::ComboBox, "New Key Type")
        .click();
    ui.run();
    ui.get_by_role_and_label(Role::MenuItemRadio, "Breakdown")
        .click();
    ui.run();
    ui.get_by_role_and_label(Role::Button, "Auto Keying")
        .click();
    ui.run();
    let scene = &ui.state().session.document.scene;
    assert_eq!(scene.key_type, KeyKind::Breakdown);
    assert!(scene.auto_key);
}

#[test]
fn operators_over_the_keys_see_frames() {
    let mut ui = animated();
    let view = |ui: &Ui| ui.state().session.view.timeline.clone();
    let before = view(&ui);
    let there = at_frame(&ui, 20.0, 1);
    ui.event(egui::Event::PointerMoved(there));
    ui.step();
    common::press(&mut ui, "Numpad0");
    let after = view(&ui);
    // The playhead is in the middle.
    assert_ne!(before, after);
    let middle = (after.first + after.last) / 2.0;
    assert!((middle - frame(&ui)).abs() < 1.0, "{middle}");
}

#[test]
fn the_wheel_zooms_about_the_pointer() {
    let mut ui = animated();
    let there = at_frame(&ui, 20.0, 1);
    let before = ui.state().session.view.timeline.clone();
    ui.event(egui::Event::PointerMoved(there));
    ui.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: egui::vec2(0.0, 2.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: egui::Modifiers::NONE,
    });
    ui.run();
    let after = &ui.state().session.view.timeline;
    assert!(after.last - after.first < before.last - before.first);
    let x = at_frame(&ui, 20.0, 1).x;
    assert!((x - there.x).abs() < 1.0, "{x} {}", there.x);
}

#[test]
fn the_panel_is_there_in_both_workspaces() {
    let mut ui = mannequin();
    assert!(ui.state().shows_panel(Pane::Timeline));
    let small = places(&ui).area.height();
    ui.get_by_role_and_label(Role::Tab, "Animate").click();
    ui.run();
    assert!(ui.state().shows_panel(Pane::Timeline));
    assert!(!ui.state().shows_panel(Pane::Bones));
    assert!(places(&ui).area.height() > small);
}

#[test]
fn a_marker_is_dragged_along_its_row() {
    let mut ui = animated();
    let session = &mut ui.state_mut().session;
    session.run_text("anim.change_frame(frame: 12)").unwrap();
    session.run_text("marker.add()").unwrap();
    ui.run();
    let row = places(&ui).markers.center().y;
    let (from, to) = (at_frame(&ui, 12.0, 0).x, at_frame(&ui, 20.0, 0).x);
    button(&mut ui, pos2(from, row), true);
    for x in [from + 6.0, (from + to) / 2.0, to] {
        ui.event(egui::Event::PointerMoved(pos2(x, row)));
        ui.step();
    }
    button(&mut ui, pos2(to, row), false);
    ui.run();
    let markers = &ui.state().session.document.scene.markers;
    assert_eq!(markers[0].frame, 20);
    assert_eq!(frame(&ui), 12.0);
}

#[test]
fn escape_stops_playing_and_goes_back() {
    let mut ui = animated();
    let (start, before) = (frame(&ui), steps(&ui));
    ui.state_mut().session.play(false);
    for _ in 0..3 {
        ui.step();
    }
    assert_ne!(frame(&ui), start);
    common::press(&mut ui, "Escape");
    assert!(ui.state().session.playing().is_none());
    assert_eq!(frame(&ui), start);
    assert_eq!(steps(&ui), before);
}

#[test]
fn a_small_window_has_room_for_what_plays() {
    let mut ui = animated();
    ui.set_size(egui::vec2(900.0, 600.0));
    ui.run();
    ui.run();
    let footer = places(&ui).footer;
    for name in ["Play", "Loop", "Auto Keying", "Jump to Start"] {
        let button = ui.get_by_role_and_label(Role::Button, name).rect();
        assert!(footer.contains_rect(button.shrink(1.0)), "{name} {button}");
    }
    let (play, field) = (
        ui.get_by_role_and_label(Role::Button, "Loop").rect(),
        ui.get_by_role_and_label(Role::SpinButton, "Current frame")
            .rect(),
    );
    assert!(play.right() < field.left(), "{play} {field}");
    assert!(places(&ui).area.height() > 44.0);
}
