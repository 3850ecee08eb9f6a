//! What the 3D view draws, as the interface chooses it: shadings, overlays, names, the camera's way.

use egui::accesskit::Role;
use egui::epaint::Shape;
use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use glam::Vec3;
use keypose::model::view::{BoneStyle, Camera, Shading, View};
use keypose::ops::runner::Session;
use keypose::ui::app::App;
use keypose::ui::fonts;
use keypose::ui::input::KeyPress;
use keypose::ui::keys::{Chord, Key};
use keypose::ui::theme::Theme;

type Ui = Harness<'static, App>;

/// The mannequin, at 50 frames a second.
fn mannequin() -> Ui {
    let mut session = Session::default();
    session
        .run_text("wm.read_homefile(mannequin: true)")
        .unwrap();
    let mut ui = Harness::builder()
        .with_size(vec2(1280.0, 1036.0))
        .with_step_dt(0.02)
        .with_max_steps(60)
        .with_context_setup(|ctx| {
            ctx.set_fonts(fonts::definitions());
            Theme::bundled(true).unwrap().apply(ctx);
        })
        .build_ui_state(|ui, app: &mut App| app.ui(ui), App::new(session).unwrap());
    ui.run();
    // Keys go to the panel under the pointer.
    hover_view(&mut ui);
    ui
}

/// Rests the pointer on the 3D view, beside the figure.
fn hover_view(ui: &mut Ui) {
    let middle = ui.state().panels.viewport.rect.center();
    ui.hover_at(middle + vec2(300.0, 200.0));
    ui.run();
}

/// Presses a key as the window would.
fn press(ui: &mut Ui, chord: &str) {
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
}

fn view(ui: &Ui) -> &View {
    &ui.state().session.view
}

/// Every text that is drawn.
fn texts(ui: &Ui) -> Vec<String> {
    fn collect(shape: &Shape, out: &mut Vec<String>) {
        match shape {
            Shape::Text(text) => out.push(text.galley.text().to_owned()),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    for clipped in &ui.output().shapes {
        collect(&clipped.shape, &mut out);
    }
    out
}

fn count(ui: &Ui, wanted: &str) -> usize {
    texts(ui).iter().filter(|text| *text == wanted).count()
}

#[test]
fn z_offers_the_shadings_and_shift_z_goes_to_wires_and_back() {
    let mut ui = mannequin();
    press(&mut ui, "Z");
    ui.run();
    ui.get_by_role_and_label(Role::MenuItemCheckBox, "Silhouette")
        .click();
    ui.run();
    assert_eq!(view(&ui).shading, Shading::Silhouette);
    hover_view(&mut ui);
    press(&mut ui, "Shift+Z");
    ui.run();
    assert_eq!(view(&ui).shading, Shading::Wireframe);
    press(&mut ui, "Shift+Z");
    ui.run();
    assert_eq!(view(&ui).shading, Shading::Silhouette);
    assert!(ui.state().session.history().behind().is_empty());
}

#[test]
fn the_view_menu_marks_what_is_chosen() {
    let mut ui = mannequin();
    ui.state_mut()
        .session
        .run_text("view3d.bone_style(type: BBONE)")
        .unwrap();
    ui.get_by_role_and_label(Role::Button, "View").click();
    ui.run();
    ui.get_by_role_and_label(Role::MenuItem, "Bone Style")
        .click();
    ui.run();
    let marked = |ui: &Ui, label: &str| {
        use egui_kittest::kittest::NodeT;
        let node = ui.get_by_role_and_label(Role::MenuItemCheckBox, label);
        let toggled = node.accesskit_node().data().toggled();
        toggled == Some(egui::accesskit::Toggled::True)
    };
    assert!(marked(&ui, "B-Bone") && !marked(&ui, "Stick"));
    ui.get_by_role_and_label(Role::MenuItemCheckBox, "Wire")
        .click();
    ui.run();
    assert_eq!(view(&ui).bone_style, BoneStyle::Wire);
}

#[test]
fn names_stand_beside_the_bones_once_with_a_halo() {
    let mut ui = mannequin();
    let without = count(&ui, "thigh.L");
    press(&mut ui, "A");
    ui.run();
    ui.state_mut()
        .session
        .run_text("view3d.toggle_overlay(type: NAMES)")
        .unwrap();
    ui.run();
    // The text, and four times its halo.
    assert_eq!(count(&ui, "thigh.L"), without + 5);
    press(&mut ui, "Shift+Alt+Z");
    ui.run();
    assert_eq!(count(&ui, "thigh.L"), without);
}

#[test]
fn the_lines_on_rig_and_frame_have_a_switch_of_their_own() {
    let mut ui = mannequin();
    assert_eq!(count(&ui, "Frame 1"), 1);
    ui.state_mut()
        .session
        .run_text("view3d.toggle_overlay(type: TEXT)")
        .unwrap();
    ui.run();
    assert_eq!(count(&ui, "Frame 1"), 0);
    assert!(view(&ui).overlays && view(&ui).bones);
}

#[test]
fn bones_that_are_not_drawn_are_not_found_under_the_pointer() {
    let mut ui = mannequin();
    let hover = |ui: &mut Ui| {
        let rect = ui.state().panels.viewport.rect;
        let document = &ui.state().session.document;
        let rig = document.rig().unwrap();
        let bone = rig.armature.find("chest").unwrap();
        let posed = keypose::eval::hierarchy::evaluate_once(rig);
        let middle = (posed.head(bone).unwrap() + posed.tail(bone).unwrap()) / 2.0;
        let size = glam::Vec2::new(rect.width(), rect.height());
        let (at, _) = view(ui).camera.project(middle, size).unwrap();
        ui.hover_at(rect.min + vec2(at.x, at.y));
        ui.run();
        ui.state().hover.is_some()
    };
    assert!(hover(&mut ui));
    let toggle = "view3d.toggle_overlay(type: BONES)";
    ui.state_mut().session.run_text(toggle).unwrap();
    assert!(!hover(&mut ui));
}

/// How far the drawn camera looks from straight down, radians.
fn from_above(camera: &Camera) -> f32 {
    camera.backward().angle_between(Vec3::Z)
}

#[test]
fn the_camera_goes_to_a_side_in_180_milliseconds_and_the_session_is_there_at_once() {
    let mut ui = mannequin();
    let start = from_above(&view(&ui).camera);
    press(&mut ui, "Numpad7");
    assert!(from_above(&view(&ui).camera) < 1e-3);
    let mut way = Vec::new();
    for _ in 0..12 {
        ui.step();
        way.push(from_above(&ui.state().shown_view().camera));
    }
    assert!((way[0] - start).abs() < 1e-3, "{way:?}");
    assert!(
        way.windows(2).all(|pair| pair[1] <= pair[0] + 1e-4),
        "{way:?}"
    );
    // Ease-out: more than half of the way in the first third of the time.
    assert!(way[3] < 0.5 * start && way[3] > 1e-3, "{way:?}");
    assert!(way[10] < 1e-3, "{way:?}");
    // Then nothing moves any more, and no frame is wanted.
    ui.run();
    assert!(ui.state().shown_view() == view(&ui));
}

#[test]
fn reduced_motion_is_there_at_once() {
    let mut ui = mannequin();
    ui.state_mut().preferences.reduce_motion = true;
    press(&mut ui, "Numpad7");
    ui.step();
    assert!(from_above(&ui.state().shown_view().camera) < 1e-3);
}
