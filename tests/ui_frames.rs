//! Keys that play and go to other frames, and a marker that gets its name in a dialog.

#[path = "common/documents.rs"]
#[allow(dead_code)]
mod documents;
#[path = "common/ui.rs"]
mod ui;

use egui::Key;
use egui_kittest::kittest::Queryable;
use keypose::ops::call;
use keypose::ops::runner::Session;
use keypose::ui::input::KeyPress;
use ui::{Ui, harness, message, place_of, steps};

fn waving() -> Ui {
    let mut ui = harness(Session::with_document(documents::wave()));
    ui.run();
    let at = place_of(&ui, "trunk");
    ui.event(egui::Event::PointerMoved(at));
    ui.step();
    ui
}

/// Presses a key; what plays goes on without an end.
fn press(ui: &mut Ui, chord: &str, repeat: bool) -> bool {
    let ctx = ui.ctx.clone();
    let press = KeyPress {
        chord: chord.parse().unwrap(),
        typed: None,
        repeat,
    };
    let used = ui.state_mut().key(&ctx, press);
    ui.step();
    used
}

fn frame(ui: &Ui) -> f32 {
    ui.state().session.document.scene.frame
}

#[test]
fn arrows_go_to_other_frames_and_repeat() {
    let mut ui = waving();
    press(&mut ui, "Right", false);
    press(&mut ui, "Right", true);
    assert_eq!(frame(&ui), 3.0);
    press(&mut ui, "Up", false);
    assert_eq!(frame(&ui), 4.0);
    press(&mut ui, "Shift+Right", false);
    assert_eq!(frame(&ui), 250.0);
    press(&mut ui, "Down", false);
    press(&mut ui, "Left", false);
    assert_eq!((frame(&ui), steps(&ui)), (10.0, 1));
}

#[test]
fn space_plays_and_escape_goes_back() {
    let mut ui = waving();
    press(&mut ui, "Right", false);
    press(&mut ui, "Space", false);
    assert!(ui.state().session.playing().is_some());
    ui.state_mut().session.show_frame(7.0);
    press(&mut ui, "Escape", false);
    assert!(ui.state().session.playing().is_none());
    assert_eq!((frame(&ui), steps(&ui)), (2.0, 1));
    press(&mut ui, "Ctrl+Shift+Space", false);
    assert!(
        ui.state()
            .session
            .playing()
            .is_some_and(|playing| playing.reverse)
    );
    press(&mut ui, "Space", false);
    assert!(ui.state().session.playing().is_none());
    // Where nothing plays, Escape is for others and says nothing.
    ui.run();
    assert!(!press(&mut ui, "Escape", false));
    assert_eq!(message(&ui), "");
}

#[test]
fn a_button_that_has_the_focus_gets_space_until_the_pointer_moves() {
    let mut ui = waving();
    ui.key_press(Key::Tab);
    ui.run();
    assert!(ui.ctx.memory(|memory| memory.focused().is_some()));
    assert!(!press(&mut ui, "Space", false) && !press(&mut ui, "Right", false));
    assert!(ui.state().session.playing().is_none() && frame(&ui) == 1.0);
    let at = place_of(&ui, "arm.L");
    ui.event(egui::Event::PointerMoved(at));
    ui.step();
    assert!(press(&mut ui, "Right", false));
    assert_eq!(frame(&ui), 2.0);
}

#[test]
fn a_marker_gets_its_name_in_a_dialog() {
    let mut ui = waving();
    ui.state_mut().session.run_text("marker.add()").unwrap();
    let rename = |ui: &mut Ui, typed: &str, end: Key| {
        let ctx = ui.ctx.clone();
        let op = call::parse("marker.rename()").unwrap();
        ui.state_mut().start(&ctx, op);
        ui.run();
        ui.get_by_label("Rename Marker");
        ui.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
        ui.event(egui::Event::Text(typed.to_owned()));
        ui.run();
        ui.key_press(end);
        ui.run();
        assert!(!ui.state().is_asking());
    };
    let name = |ui: &Ui| ui.state().session.document.scene.markers[0].name.clone();
    rename(&mut ui, "Hop", Key::Enter);
    assert_eq!(name(&ui), "Hop");
    rename(&mut ui, "Skip", Key::Escape);
    assert_eq!((name(&ui).as_str(), steps(&ui)), ("Hop", 2));
}
