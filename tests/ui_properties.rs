//! The properties and their fields, driven by pointer and keys.

use egui::accesskit::Role;
use egui::{Event, Modifiers, OutputCommand, PointerButton, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use keypose::model::pose::{Channel, Custom};
use keypose::model::rig::Rig;
use keypose::ops::runner::Session;
use keypose::ui::app::App;
use keypose::ui::fonts;
use keypose::ui::input::KeyPress;
use keypose::ui::keys::{Chord, Key};
use keypose::ui::panels::properties::Tab;
use keypose::ui::theme::Theme;

type Ui = Harness<'static, App>;

/// The mannequin with these bones selected, the last one active.
fn posing(bones: &[&str]) -> Ui {
    let mut session = Session::default();
    let names: Vec<String> = bones.iter().map(|bone| format!("{bone:?}")).collect();
    let select = format!(
        "pose.select_bones(names: [{}], active: {})",
        names.join(", "),
        names.last().unwrap()
    );
    for call in ["wm.read_homefile(mannequin: true)", &select] {
        session.run_text(call).unwrap();
    }
    let mut ui = Harness::builder()
        .with_size(vec2(1280.0, 1336.0))
        .with_max_steps(30)
        .with_context_setup(|ctx| {
            ctx.set_fonts(fonts::definitions());
            Theme::bundled(true).unwrap().apply(ctx);
        })
        .build_ui_state(|ui, app: &mut App| app.ui(ui), App::new(session).unwrap());
    ui.run();
    ui
}

fn rig(ui: &Ui) -> &Rig {
    ui.state().session.document.rig().unwrap()
}

fn channel<'a>(ui: &'a Ui, bone: &str) -> &'a Channel {
    let rig = rig(ui);
    rig.channel(rig.armature.find(bone).unwrap()).unwrap()
}

fn custom(ui: &Ui, bone: &str) -> std::collections::BTreeMap<String, Custom> {
    let rig = rig(ui);
    let setup = rig.setup(rig.armature.find(bone).unwrap()).unwrap();
    setup.custom.clone()
}

fn steps(ui: &Ui) -> usize {
    ui.state().session.history().behind().len()
}

fn run_text(ui: &mut Ui, call: &str) {
    ui.state_mut().session.run_text(call).unwrap();
    ui.run();
}

/// Presses a key as the window does: the program sees it first, then egui, if it was not used up.
fn press(ui: &mut Ui, text: &str) {
    let chord: Chord = text.parse().unwrap();
    let ctx = ui.ctx.clone();
    let press = KeyPress {
        chord,
        typed: None,
        repeat: false,
    };
    if ui.state_mut().key(&ctx, press) {
        return ui.run_steps(3);
    }
    let name = match chord.key {
        Key::Named("Left") => "ArrowLeft",
        Key::Named("NumpadEnter") => "Enter",
        Key::Named(name) => name,
        other => panic!("{other} is not for egui"),
    };
    let key = egui::Key::from_name(name).unwrap();
    let modifiers = Modifiers {
        alt: chord.modifiers.alt,
        shift: chord.modifiers.shift,
        ctrl: chord.modifiers.ctrl,
        command: chord.modifiers.ctrl,
        ..Modifiers::NONE
    };
    ui.key_press_modifiers(modifiers, key);
    ui.run_steps(3);
}

fn type_text(ui: &mut Ui, text: &str) {
    ui.event(Event::Text(text.to_owned()));
    ui.run_steps(2);
}

fn click(ui: &mut Ui, role: Role, label: &str) {
    ui.get_by_role_and_label(role, label).click();
    ui.run_steps(4);
}

fn click_field(ui: &mut Ui, label: &str) {
    click(ui, Role::SpinButton, label);
}

fn edit(ui: &mut Ui, field: &str, text: &str) {
    click_field(ui, field);
    type_text(ui, text);
    press(ui, "Enter");
}

fn middle(ui: &Ui, field: &str) -> Pos2 {
    let field = ui.get_by_role_and_label(Role::SpinButton, field);
    field.rect().center()
}

fn hover(ui: &mut Ui, field: &str) {
    let at = middle(ui, field);
    ui.hover_at(at);
    ui.run_steps(3);
}

fn button(ui: &mut Ui, pos: Pos2, pressed: bool, modifiers: Modifiers) {
    ui.event(Event::PointerMoved(pos));
    ui.event(Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    });
    ui.step();
}

/// Drags a field by so many points, and leaves the button down.
fn pull(ui: &mut Ui, field: &str, by: f32, modifiers: Modifiers) -> Pos2 {
    let at = middle(ui, field);
    ui.event(Event::ModifiersChanged(modifiers));
    button(ui, at, true, modifiers);
    for share in [0.25, 0.5, 0.75, 1.0] {
        ui.event(Event::PointerMoved(at + vec2(by * share, 0.0)));
        ui.step();
    }
    at + vec2(by, 0.0)
}

fn drag(ui: &mut Ui, field: &str, by: f32, modifiers: Modifiers) {
    let end = pull(ui, field, by, modifiers);
    button(ui, end, false, modifiers);
    ui.event(Event::ModifiersChanged(Modifiers::NONE));
    ui.run_steps(3);
}

fn copied(ui: &Ui) -> String {
    let commands = &ui.output().platform_output.commands;
    let text = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    text.unwrap_or_default()
}

/// Presses a key and gives what it put on the clipboard.
fn press_and_copy(ui: &mut Ui, text: &str) -> String {
    let chord: Chord = text.parse().unwrap();
    let ctx = ui.ctx.clone();
    let press = KeyPress {
        chord,
        typed: None,
        repeat: false,
    };
    assert!(ui.state_mut().key(&ctx, press), "{text} was not used up");
    let mut found = String::new();
    for _ in 0..3 {
        ui.step();
        found += &copied(ui);
    }
    found
}

fn paste(ui: &mut Ui, key: &str, text: &str) {
    press(ui, key);
    ui.event(Event::Paste(text.to_owned()));
    ui.run_steps(3);
}

fn near(found: f32, wanted: f32) {
    assert!((found - wanted).abs() < 1e-5, "{found} is not {wanted}");
}

#[test]
fn sums_and_units_can_be_typed() {
    let mut ui = posing(&["hips"]);
    edit(&mut ui, "Location X", "10cm + 0.5/2");
    near(channel(&ui, "hips").location.x, 0.35);
    edit(&mut ui, "Location X", "\u{2212}1");
    near(channel(&ui, "hips").location.x, -1.0);
    run_text(&mut ui, "pose.rotation_mode_set(type: XYZ)");
    edit(&mut ui, "Rotation Y", "31.08+15d");
    near(channel(&ui, "hips").euler.y, 46.08_f32.to_radians());
}

#[test]
fn escape_brings_back_the_value() {
    let mut ui = posing(&["hips"]);
    let before = steps(&ui);
    click_field(&mut ui, "Location X");
    type_text(&mut ui, "7");
    press(&mut ui, "Escape");
    assert_eq!(channel(&ui, "hips").location.x, 0.0);
    assert_eq!(steps(&ui), before);
    ui.get_by_role_and_label(Role::SpinButton, "Location X");
}

#[test]
fn wrong_text_keeps_the_field_open_and_says_why() {
    let mut ui = posing(&["hips"]);
    edit(&mut ui, "Location X", "abc");
    ui.get_by_label_contains("is no number");
    ui.get_by_role_and_label(Role::TextInput, "Location X");
    assert_eq!(channel(&ui, "hips").location.x, 0.0);
    ui.key_press_modifiers(Modifiers::COMMAND, egui::Key::A);
    ui.run_steps(2);
    type_text(&mut ui, "2");
    press(&mut ui, "Enter");
    assert_eq!(channel(&ui, "hips").location.x, 2.0);
}

#[test]
fn a_drag_is_one_step_and_its_keys_make_it_fine_or_stepped() {
    let mut ui = posing(&["hips"]);
    let before = steps(&ui);
    drag(&mut ui, "Location X", 40.0, Modifiers::NONE);
    let coarse = channel(&ui, "hips").location.x;
    assert!(coarse > 0.1, "{coarse}");
    assert_eq!(steps(&ui), before + 1);
    drag(&mut ui, "Location Y", 40.0, Modifiers::SHIFT);
    let fine = channel(&ui, "hips").location.y;
    near(fine, coarse / 10.0);
    assert_eq!(steps(&ui), before + 2);
    drag(&mut ui, "Location Z", 43.0, Modifiers::COMMAND);
    near(channel(&ui, "hips").location.z, 0.2);
}

#[test]
fn escape_ends_a_drag_without_a_step() {
    let mut ui = posing(&["hips"]);
    let before = steps(&ui);
    let end = pull(&mut ui, "Location X", 40.0, Modifiers::NONE);
    assert!(channel(&ui, "hips").location.x > 0.1);
    press(&mut ui, "Escape");
    assert_eq!(channel(&ui, "hips").location.x, 0.0);
    button(&mut ui, end, false, Modifiers::NONE);
    ui.run_steps(3);
    assert_eq!(channel(&ui, "hips").location.x, 0.0);
    assert_eq!(steps(&ui), before);
}

#[test]
fn values_are_copied_and_pasted_over_a_field() {
    let mut ui = posing(&["hips"]);
    let set = "pose.set(pose: {\"hips\": (location: (0.25, -0.5, 1.0))})";
    run_text(&mut ui, set);
    hover(&mut ui, "Location Y");
    assert_eq!(press_and_copy(&mut ui, "Ctrl+C"), "-0.5");
    assert_eq!(press_and_copy(&mut ui, "Ctrl+Alt+C"), "[0.25, -0.5, 1]");
    let before = steps(&ui);
    paste(&mut ui, "Ctrl+V", "2+1");
    assert_eq!(channel(&ui, "hips").location.to_array(), [0.25, 3.0, 1.0]);
    paste(&mut ui, "Ctrl+Alt+V", "[1, 2, 3.5]");
    assert_eq!(channel(&ui, "hips").location.to_array(), [1.0, 2.0, 3.5]);
    assert_eq!(steps(&ui), before + 2);
    paste(&mut ui, "Ctrl+V", "hello");
    ui.get_by_label_contains("is no number");
    assert_eq!(channel(&ui, "hips").location.y, 2.0);
}

#[test]
fn backspace_resets_all_and_with_ctrl_one() {
    let mut ui = posing(&["hips"]);
    let set = "pose.set(pose: {\"hips\": (location: (1.0, 2.0, 3.0), scale: (2.0, 2.0, 2.0))})";
    run_text(&mut ui, set);
    hover(&mut ui, "Location Y");
    press(&mut ui, "Ctrl+Backspace");
    assert_eq!(channel(&ui, "hips").location.to_array(), [1.0, 0.0, 3.0]);
    press(&mut ui, "Backspace");
    assert_eq!(channel(&ui, "hips").location.to_array(), [0.0; 3]);
    hover(&mut ui, "Scale X");
    press(&mut ui, "Backspace");
    assert_eq!(channel(&ui, "hips").scale.to_array(), [1.0; 3]);
}

#[test]
fn with_alt_all_selected_bones_change() {
    let bones = ["upper_arm.L", "forearm.L", "hand.L"];
    let mut ui = posing(&bones);
    let set = "pose.set(pose: {\"forearm.L\": (scale: (2.0, 1.0, 1.0))})";
    run_text(&mut ui, set);
    let before = steps(&ui);
    drag(&mut ui, "Scale X", 40.0, Modifiers::ALT);
    let by = channel(&ui, "hand.L").scale.x - 1.0;
    assert!(by > 0.1, "{by}");
    near(channel(&ui, "upper_arm.L").scale.x, 1.0 + by);
    near(channel(&ui, "forearm.L").scale.x, 2.0 + by);
    assert_eq!(steps(&ui), before + 1);
    click_field(&mut ui, "Scale Y");
    type_text(&mut ui, "3");
    press(&mut ui, "Alt+Enter");
    for bone in bones {
        assert_eq!(channel(&ui, bone).scale.y, 3.0, "{bone}");
    }
    assert_eq!(steps(&ui), before + 2);
    hover(&mut ui, "Scale X");
    ui.event(Event::ModifiersChanged(Modifiers::ALT));
    ui.step();
    press(&mut ui, "Alt+Backspace");
    for bone in bones {
        assert_eq!(channel(&ui, bone).scale.to_array(), [1.0; 3], "{bone}");
    }
}

#[test]
fn with_alt_bones_of_other_rigs_change_too() {
    let mut ui = posing(&["hips"]);
    for call in [
        "import_scene.gltf(filepath: \"assets/mannequin.glb\")",
        "pose.select_bones(names: [\"head\"], active: \"head\")",
    ] {
        run_text(&mut ui, call);
    }
    assert_eq!(ui.state().session.document.rigs.len(), 2);
    let before = steps(&ui);
    click_field(&mut ui, "Scale Z");
    type_text(&mut ui, "1.5");
    press(&mut ui, "Alt+Enter");
    assert_eq!(channel(&ui, "head").scale.z, 1.5);
    let other = &ui.state().session.document.rigs[0];
    let hips = other.armature.find("hips").unwrap();
    assert_eq!(other.channel(hips).unwrap().scale.z, 1.5);
    assert_eq!(steps(&ui), before + 1);
}

#[test]
fn tab_goes_to_the_next_field_and_back() {
    let mut ui = posing(&["hips"]);
    click_field(&mut ui, "Location X");
    type_text(&mut ui, "1");
    press(&mut ui, "Tab");
    ui.get_by_role_and_label(Role::TextInput, "Location Y");
    type_text(&mut ui, "2");
    press(&mut ui, "Tab");
    type_text(&mut ui, "3");
    press(&mut ui, "Shift+Tab");
    ui.get_by_role_and_label(Role::TextInput, "Location Y");
    type_text(&mut ui, "5");
    press(&mut ui, "Enter");
    assert_eq!(channel(&ui, "hips").location.to_array(), [1.0, 5.0, 3.0]);
    let open = ui.query_by_role_and_label(Role::TextInput, "Location Y");
    assert!(open.is_none());
}

#[test]
fn the_keyboard_alone_is_enough() {
    let mut ui = posing(&["hips"]);
    ui.get_by_role_and_label(Role::SpinButton, "Location X")
        .focus();
    ui.run_steps(2);
    press(&mut ui, "Right");
    press(&mut ui, "Right");
    press(&mut ui, "Left");
    near(channel(&ui, "hips").location.x, 0.1);
    press(&mut ui, "Enter");
    type_text(&mut ui, "4");
    press(&mut ui, "Enter");
    assert_eq!(channel(&ui, "hips").location.x, 4.0);
    let field = ui.get_by_role_and_label(Role::SpinButton, "Location X");
    assert!(field.is_focused());
    press(&mut ui, "Backspace");
    assert_eq!(channel(&ui, "hips").location.x, 0.0);
}

#[test]
fn a_right_click_offers_the_call_and_a_lock() {
    let mut ui = posing(&["hips"]);
    let field = ui.get_by_role_and_label(Role::SpinButton, "Location X");
    field.click_secondary();
    ui.run_steps(3);
    ui.get_by_role_and_label(Role::MenuItem, "Copy Call")
        .click();
    let mut call = String::new();
    for _ in 0..4 {
        ui.step();
        call += &copied(&ui);
    }
    assert_eq!(
        call,
        "pose.set(pose: {\"hips\": (location: (0.0, 0.0, 0.0))})"
    );
    let field = ui.get_by_role_and_label(Role::SpinButton, "Location X");
    field.click_secondary();
    ui.run_steps(3);
    click(&mut ui, Role::MenuItem, "Lock");
    let hips = rig(&ui).armature.find("hips").unwrap();
    let locks = rig(&ui).setup(hips).unwrap().lock_location;
    assert_eq!(locks, [true, false, false]);
    click(&mut ui, Role::Button, "Lock Location X");
    let locks = rig(&ui).setup(hips).unwrap().lock_location;
    assert_eq!(locks, [false; 3]);
}

#[test]
fn a_custom_property_is_added_renamed_changed_and_removed() {
    let mut ui = posing(&["hips"]);
    click(&mut ui, Role::Button, "Add a property");
    assert_eq!(custom(&ui, "hips")["prop"], Custom::Float(1.0));
    edit(&mut ui, "prop", "0.25");
    assert_eq!(custom(&ui, "hips")["prop"], Custom::Float(0.25));
    click(&mut ui, Role::Button, "More for prop");
    click(&mut ui, Role::MenuItem, "Rename");
    ui.key_press_modifiers(Modifiers::COMMAND, egui::Key::A);
    ui.run_steps(2);
    type_text(&mut ui, "stretch");
    press(&mut ui, "Enter");
    assert_eq!(
        custom(&ui, "hips").keys().collect::<Vec<_>>(),
        [&"stretch".to_owned()]
    );
    click(&mut ui, Role::Button, "More for stretch");
    click(&mut ui, Role::MenuItemRadio, "Truth Value");
    assert_eq!(custom(&ui, "hips")["stretch"], Custom::Bool(true));
    click(&mut ui, Role::CheckBox, "stretch");
    assert_eq!(custom(&ui, "hips")["stretch"], Custom::Bool(false));
    click(&mut ui, Role::Button, "More for stretch");
    click(&mut ui, Role::MenuItemRadio, "Three Numbers");
    hover(&mut ui, "stretch 1");
    paste(&mut ui, "Ctrl+Alt+V", "1, 2, 3.5");
    let list = Custom::Numbers(vec![1.0, 2.0, 3.5]);
    assert_eq!(custom(&ui, "hips")["stretch"], list);
    let before = steps(&ui);
    click(&mut ui, Role::Button, "More for stretch");
    click(&mut ui, Role::MenuItem, "Remove");
    assert!(custom(&ui, "hips").is_empty());
    assert_eq!(steps(&ui), before + 1);
}

#[test]
fn bendy_bone_values_and_relations_can_be_set() {
    let mut ui = posing(&["forearm.L"]);
    click(&mut ui, Role::DisclosureTriangle, "Transform");
    ui.run();
    click(&mut ui, Role::DisclosureTriangle, "Bendy Bones");
    ui.run();
    edit(&mut ui, "Roll In", "90");
    edit(&mut ui, "Scale Out Y", "2");
    edit(&mut ui, "Curve In Z", "0.5");
    let forearm = rig(&ui).armature.find("forearm.L").unwrap();
    let bbone = rig(&ui).setup(forearm).unwrap().bbone.clone();
    near(bbone.bbone_rollin, std::f32::consts::FRAC_PI_2);
    assert_eq!(bbone.bbone_scaleout, [1.0, 2.0, 1.0]);
    near(bbone.bbone_curveinz, 0.5);
    click(&mut ui, Role::CheckBox, "Inherit Rotation");
    assert!(!rig(&ui).armature.bone(forearm).unwrap().inherit_rotation);
    click(&mut ui, Role::Button, "Parent: upper_arm.L");
    let active = rig(&ui).active_bone.unwrap();
    assert_eq!(rig(&ui).armature.name(active), "upper_arm.L");
}

#[test]
fn the_rig_has_a_name_and_a_place() {
    let mut ui = posing(&["hips"]);
    click(&mut ui, Role::Tab, "Rig");
    assert_eq!(ui.state().panels.properties.tab, Tab::Rig);
    click(&mut ui, Role::TextInput, "Rig Name");
    ui.key_press_modifiers(Modifiers::COMMAND, egui::Key::A);
    ui.run_steps(2);
    type_text(&mut ui, "hero");
    press(&mut ui, "Enter");
    assert_eq!(rig(&ui).name, "hero");
    edit(&mut ui, "Rotation Z", "180");
    near(rig(&ui).rotation_euler.z, std::f32::consts::PI);
    hover(&mut ui, "Rotation Z");
    press(&mut ui, "Backspace");
    assert_eq!(rig(&ui).rotation_euler.z, 0.0);
}

#[test]
fn the_file_tells_where_it_is_and_what_it_was_made_from() {
    let mut ui = posing(&["hips"]);
    click(&mut ui, Role::Tab, "File");
    ui.get_by_role_and_label(Role::Label, "Name: Not saved yet");
    ui.get_by_role_and_label(Role::Label, "State: Unsaved changes");
    ui.get_by_role_and_label(Role::Label, "Path: Bundled with the program");
    ui.get_by_role_and_label(Role::Label, "Frame Rate: 24 fps");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figure.keypose");
    let save = format!(
        "wm.save_as_mainfile(filepath: {:?})",
        path.to_str().unwrap()
    );
    run_text(&mut ui, &save);
    ui.get_by_role_and_label(Role::Label, "Name: figure.keypose");
    ui.get_by_role_and_label(Role::Label, "State: Saved");
    ui.get_by_role_and_label(Role::Button, "Copy the path");
}

/// Every widget at rest and off, one of them with the keyboard's focus.
fn sheet(ui: &mut egui::Ui) {
    use keypose::ui::widgets as w;
    let theme = Theme::bundled(true).unwrap();
    ui.painter().rect_filled(ui.max_rect(), 0, theme.panel);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        for on in [true, false] {
            ui.add_space(8.0);
            ui.add_enabled_ui(on, |ui| {
                ui.push_id(on, |ui| {
                    ui.vertical(|ui| {
                        ui.set_width(120.0);
                        let apply = w::button(ui, &theme, "Apply");
                        column(ui, &theme, apply);
                    })
                })
            });
        }
    });
}

fn column(ui: &mut egui::Ui, theme: &Theme, apply: egui::Response) {
    use keypose::ui::icons;
    use keypose::ui::widgets as w;
    use keypose::ui::widgets::field::NumberField;
    if ui.is_enabled() {
        apply.request_focus();
    }
    w::primary_button(ui, theme, "Save");
    ui.horizontal(|ui| {
        w::icon_button(ui, theme, icons::MAGNET_STRAIGHT, "Snap", false);
        w::icon_button(ui, theme, icons::MAGNET_STRAIGHT, "Snap to it", true);
    });
    w::dropdown(ui, theme, "Orientation", "Local", &[("Local", "")]);
    let axes = [("X", ""), ("Y", ""), ("Z", "")];
    w::segmented(ui, theme, "Axis", "X", &axes);
    ui.horizontal(|ui| {
        w::check_box(ui, theme, "Ticked", true);
        w::check_box(ui, theme, "Not ticked", false);
    });
    let number = NumberField {
        name: "Angle",
        label: "X",
        unit: "°",
        digits: 1,
        bar: Some(theme.axis(0)),
        ..NumberField::default()
    };
    number.show(ui, theme, -12.5);
    let locked = NumberField {
        name: "Locked",
        locked: true,
        ..number.clone()
    };
    locked.show(ui, theme, 0.0);
    let slider = NumberField {
        name: "Influence",
        label: "Influence",
        slider: Some((0.0, 1.0)),
        ..NumberField::default()
    };
    slider.show(ui, theme, 0.35);
    w::text_field(ui, theme, "Filter", "Filter", "");
}

#[test]
fn the_widgets_look_as_they_should() {
    let mut ui = Harness::builder()
        .with_size(vec2(290.0, 270.0))
        .with_context_setup(|ctx| {
            ctx.set_fonts(fonts::definitions());
            Theme::bundled(true).unwrap().apply(ctx);
        })
        .build_ui(sheet);
    ui.run_steps(3);
    ui.snapshot("widgets");
}

fn cut_texts(shape: &egui::Shape, found: &mut Vec<String>) {
    match shape {
        egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| cut_texts(shape, found)),
        egui::Shape::Text(text) if text.galley.elided => {
            found.push(text.galley.text().to_owned());
        }
        _ => {}
    }
}

#[test]
fn no_form_cuts_its_words() {
    use keypose::ops::registry;
    use keypose::ui::form;
    for entry in registry::entries() {
        let mut ui = Harness::builder()
            .with_size(vec2(252.0 + 16.0, 700.0))
            .with_context_setup(|ctx| {
                ctx.set_fonts(fonts::definitions());
                Theme::bundled(true).unwrap().apply(ctx);
            })
            .build_ui(move |ui| {
                ui.set_width(252.0);
                let theme = Theme::bundled(true).unwrap();
                form::form_ui(ui, &theme, entry.make().as_mut());
            });
        ui.run_steps(2);
        let mut found = Vec::new();
        let shapes = &ui.output().shapes;
        shapes
            .iter()
            .for_each(|shape| cut_texts(&shape.shape, &mut found));
        assert!(found.is_empty(), "{}: {found:?}", entry.info.id);
    }
}
