//! Driving the interface without a window: the program in a harness, keys, clicks, and what to look at.
#![allow(dead_code)]

use egui::{Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::Harness;
use keypose::model::id::BoneId;
use keypose::model::rig::Rig;
use keypose::ops::runner::Session;
use keypose::ui::app::App;
use keypose::ui::fonts;
use keypose::ui::input::KeyPress;
use keypose::ui::keys::{Chord, Key};
use keypose::ui::theme::Theme;

/// The program in a harness.
pub type Ui = Harness<'static, App>;

/// The program with this session, in a window of 1280 by 1036: the panels above the timeline have 800 of it.
pub fn harness(session: Session) -> Ui {
    Harness::builder()
        .with_size(vec2(1280.0, 1036.0))
        .with_max_steps(20)
        .with_context_setup(|ctx| {
            ctx.set_fonts(fonts::definitions());
            Theme::bundled(true).unwrap().apply(ctx);
        })
        .build_ui_state(|ui, app: &mut App| app.ui(ui), App::new(session).unwrap())
}

/// The program with the bundled character, drawn once.
pub fn mannequin() -> Ui {
    let mut session = Session::default();
    session
        .run_text("wm.read_homefile(mannequin: true)")
        .unwrap();
    let mut ui = harness(session);
    ui.run();
    ui
}

/// The active rig.
pub fn rig(ui: &Ui) -> &Rig {
    ui.state().session.document.rig().unwrap()
}

/// The bone of this name.
pub fn bone(ui: &Ui, name: &str) -> BoneId {
    rig(ui).armature.find(name).unwrap()
}

/// The name of the active bone.
pub fn active(ui: &Ui) -> String {
    let rig = rig(ui);
    let active = rig.active_bone.map(|bone| rig.armature.name(bone));
    active.unwrap_or_default().to_owned()
}

/// How many steps can be undone.
pub fn steps(ui: &Ui) -> usize {
    ui.state().session.history().behind().len()
}

/// What was last said to the user.
pub fn message(ui: &Ui) -> String {
    let message = ui.state().message();
    message
        .map(|report| report.text.clone())
        .unwrap_or_default()
}

/// Presses a key as the window would: the program sees it before egui does.
pub fn press(ui: &mut Ui, chord: &str) {
    let chord: Chord = chord.parse().unwrap();
    let typed = match chord.key {
        Key::Sign(sign) => Some(sign.to_ascii_lowercase()),
        _ => None,
    };
    let ctx = ui.ctx.clone();
    let press = KeyPress {
        chord,
        typed,
        repeat: false,
    };
    ui.state_mut().key(&ctx, press);
    ui.run();
}

/// Where the middle of a bone appears.
pub fn place_of(ui: &Ui, name: &str) -> Pos2 {
    let (rig, rect) = (rig(ui), ui.state().panels.viewport.rect);
    let bone = bone(ui, name);
    let posed = keypose::eval::hierarchy::evaluate_once(rig);
    let middle = (posed.head(bone).unwrap() + posed.tail(bone).unwrap()) / 2.0;
    let world = rig.world_from_armature().transform_point3(middle);
    let size = glam::Vec2::new(rect.width(), rect.height());
    let view = &ui.state().session.view;
    let (at, _) = view.camera.project(world, size).unwrap();
    rect.min + vec2(at.x, at.y)
}

/// Presses and releases the left button.
pub fn click(ui: &mut Ui, at: Pos2) {
    button(ui, at, true);
    button(ui, at, false);
    ui.run();
}

/// Clicks twice. A step of the harness takes longer than a hand does, so that the time for it is longer.
pub fn double_click(ui: &mut Ui, at: Pos2) {
    ui.ctx
        .options_mut(|options| options.input_options.max_double_click_delay = 2.0);
    for _ in 0..2 {
        button(ui, at, true);
        button(ui, at, false);
    }
    ui.run();
}

/// Moves the pointer and presses or releases the left button.
pub fn button(ui: &mut Ui, pos: Pos2, pressed: bool) {
    ui.event(egui::Event::PointerMoved(pos));
    ui.event(egui::Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    });
    ui.step();
}
