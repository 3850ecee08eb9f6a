//! Search, the form of the last operation, the log, toasts and the first steps, driven without a window.

#[path = "common/ui.rs"]
mod common;

use common::{Ui, bone, button, click, harness, mannequin, message, place_of, press, rig, steps};
use egui::accesskit::Role;
use egui::{Key, Modifiers, OutputCommand, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use keypose::io::folders::Folders;
use keypose::ops::call;
use keypose::ops::context::Level;
use keypose::ops::runner::Session;
use keypose::ui::acts::Act;
use keypose::ui::toasts::Toast;

/// Types into what has the focus.
fn write(ui: &mut Ui, text: &str) {
    ui.event(egui::Event::Text(text.to_owned()));
    ui.run();
}

fn tap(ui: &mut Ui, key: Key) {
    ui.key_press(key);
    ui.run();
}

/// The names in the palette, as far as they are in view, from top to bottom.
fn found(ui: &Ui) -> Vec<String> {
    let rows = ui.query_all_by_role(Role::ListBoxOption);
    // Other lists are narrower than the palette.
    let mut rows: Vec<_> = rows.filter(|row| row.rect().width() > 400.0).collect();
    rows.sort_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    let name = |row: egui_kittest::Node| row.accesskit_node().data().label().map(str::to_owned);
    rows.into_iter().filter_map(name).collect()
}

fn is_open(ui: &Ui) -> bool {
    ui.query_by_role(Role::SearchInput).is_some()
}

/// What the step after this puts on the clipboard.
fn copied(ui: &mut Ui) -> Option<String> {
    ui.step();
    let commands = &ui.output().platform_output.commands;
    commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

fn log(ui: &mut Ui) {
    let ctx = ui.ctx.clone();
    ui.state_mut().session.run_text("ed.undo()").unwrap();
    ui.state_mut().tell(Level::Info, "Look at the log");
    ui.run();
    ui.get_by_role_and_label(Role::Status, "Look at the log")
        .click();
    ui.run();
    // Without the 3D view there is room for all of its lines.
    let close = keypose::ops::call::parse("screen.panel_toggle()").unwrap();
    ui.state_mut().start(&ctx, close);
    ui.run();
}

#[test]
fn a_few_letters_find_a_command_and_enter_runs_it() {
    let mut ui = mannequin();
    ui.state_mut()
        .session
        .run_text("pose.select_all(action: SELECT)")
        .unwrap();
    press(&mut ui, "F3");
    assert!(is_open(&ui));
    write(&mut ui, "sel inv");
    assert_eq!(found(&ui).first().map(String::as_str), Some("Invert"));
    assert!(ui.query_all_by_label_contains(" of ").next().is_some());
    tap(&mut ui, Key::Enter);
    assert!(!is_open(&ui));
    assert!(rig(&ui).selected_bones().is_empty());
    assert_eq!(
        ui.state().session.last().unwrap().info().id,
        "pose.select_all"
    );
}

#[test]
fn what_was_chosen_last_is_on_top_when_the_search_opens_again() {
    let mut ui = mannequin();
    for words in ["octahedral", "stick"] {
        press(&mut ui, "Ctrl+K");
        write(&mut ui, words);
        tap(&mut ui, Key::Enter);
    }
    press(&mut ui, "F3");
    ui.run();
    assert_eq!(found(&ui)[..2], ["Stick", "Octahedral"]);
    tap(&mut ui, Key::F3);
    assert!(!is_open(&ui));
}

#[test]
fn recent_commands_come_back_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let start = || {
        let mut ui = mannequin();
        ui.state_mut().folders = Some(Folders::under(home.path()));
        ui.run();
        ui
    };
    let mut ui = start();
    press(&mut ui, "F3");
    write(&mut ui, "stick");
    tap(&mut ui, Key::Enter);
    drop(ui);
    let mut ui = start();
    press(&mut ui, "F3");
    assert_eq!(found(&ui)[0], "Stick");
}

#[test]
fn a_command_that_ran_by_its_key_is_recent_too() {
    let mut ui = mannequin();
    ui.state_mut()
        .session
        .run_text("pose.select_all(action: SELECT)")
        .unwrap();
    let at = ui.state().panels.viewport.rect.center();
    ui.hover_at(at);
    ui.run();
    press(&mut ui, "Alt+S");
    press(&mut ui, "F3");
    assert_eq!(found(&ui)[0], "Scale");
}

#[test]
fn a_command_that_cannot_run_says_why_and_stays() {
    let mut ui = harness(Session::default());
    ui.run();
    press(&mut ui, "F3");
    write(&mut ui, "copy pose");
    let row = ui.get_by_role_and_label(Role::ListBoxOption, "Copy Pose");
    let node = row.accesskit_node();
    assert!(node.is_disabled());
    assert!(
        node.data()
            .description()
            .unwrap()
            .contains("There is no rig to pose")
    );
    tap(&mut ui, Key::Enter);
    assert!(is_open(&ui));
    assert_eq!(message(&ui), "");
    tap(&mut ui, Key::Escape);
    assert!(!is_open(&ui));
}

#[test]
fn arrows_choose_and_the_call_of_the_row_is_copied() {
    let mut ui = mannequin();
    press(&mut ui, "F3");
    write(&mut ui, "paste");
    assert_eq!(found(&ui)[..2], ["Paste Pose", "Paste Pose Flipped"]);
    ui.event(egui::Event::Copy);
    let first = copied(&mut ui).unwrap();
    tap(&mut ui, Key::ArrowDown);
    ui.event(egui::Event::Copy);
    let calls = [first, copied(&mut ui).unwrap()];
    // Nothing was copied, so that pasting cannot run; it can be read and copied all the same.
    assert_eq!(calls, ["pose.paste()", "pose.paste(flipped: true)"]);
    assert!(is_open(&ui));
}

#[test]
fn a_click_runs_a_row_and_one_beside_the_palette_closes_it() {
    let mut ui = mannequin();
    press(&mut ui, "F3");
    write(&mut ui, "stick");
    ui.get_by_role_and_label(Role::ListBoxOption, "Stick")
        .click();
    ui.run();
    assert_eq!(
        ui.state().session.view.bone_style,
        keypose::model::view::BoneStyle::Stick
    );
    press(&mut ui, "F3");
    click(&mut ui, egui::pos2(20.0, 700.0));
    assert!(!is_open(&ui));
}

#[test]
fn the_list_is_long_and_only_what_is_in_view_is_laid_out() {
    let mut ui = mannequin();
    press(&mut ui, "F3");
    let shown = found(&ui).len();
    assert!((6..30).contains(&shown), "{shown} rows");
    tap(&mut ui, Key::ArrowUp);
    tap(&mut ui, Key::Enter);
    assert!(!is_open(&ui) || found(&ui).len() < 30);
}

#[test]
fn options_are_set_before_a_command_runs() {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::TreeItem, "forearm.L")
        .click();
    ui.run();
    press(&mut ui, "F3");
    write(&mut ui, "transform rotate");
    assert_eq!(found(&ui)[0], "Rotate");
    tap(&mut ui, Key::Tab);
    ui.get_by_role_and_label(Role::SpinButton, "Angle").click();
    ui.run();
    write(&mut ui, "90");
    tap(&mut ui, Key::Enter);
    tap(&mut ui, Key::Enter);
    assert!(!is_open(&ui) && !ui.state().session.is_running());
    let turned = rig(&ui).channel(bone(&ui, "forearm.L")).unwrap().quaternion;
    assert!(
        (turned[0] - std::f32::consts::FRAC_PI_4.cos()).abs() < 1e-4,
        "{turned:?}"
    );
}

#[test]
fn the_field_in_the_menu_bar_opens_the_search() {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::Button, "Search commands")
        .click();
    ui.run();
    assert!(is_open(&ui));
    tap(&mut ui, Key::Escape);
    assert!(!is_open(&ui));
}

/// Turns a bone by 45 degrees with the keys.
fn turned() -> Ui {
    let mut ui = mannequin();
    let at = place_of(&ui, "upper_arm.L");
    click(&mut ui, at);
    for key in ["R", "X", "X", "4", "5", "Enter"] {
        press(&mut ui, key);
    }
    ui
}

fn angle(ui: &Ui) -> f32 {
    let [w, ..] = rig(ui).channel(bone(ui, "upper_arm.L")).unwrap().quaternion;
    (2.0 * w.clamp(-1.0, 1.0).acos()).to_degrees()
}

fn set_angle(ui: &mut Ui, text: &str) {
    ui.get_by_role_and_label(Role::SpinButton, "Angle").click();
    ui.run();
    write(ui, text);
    tap(ui, Key::Enter);
}

#[test]
fn the_last_operation_is_adjusted_and_repeated_with_its_new_value() {
    let mut ui = turned();
    let before = steps(&ui);
    ui.get_by_role_and_label(Role::DisclosureTriangle, "Adjust Rotate")
        .click();
    ui.run();
    set_angle(&mut ui, "30");
    assert!((angle(&ui) - 30.0).abs() < 0.01, "{}", angle(&ui));
    assert_eq!(steps(&ui), before);
    let at = ui.state().panels.viewport.rect.center();
    ui.hover_at(at);
    ui.run();
    press(&mut ui, "Shift+R");
    assert!((angle(&ui) - 60.0).abs() < 0.01, "{}", angle(&ui));
    assert_eq!(steps(&ui), before + 1);
}

#[test]
fn an_axis_that_a_constraint_overrules_is_off() {
    let mut ui = turned();
    ui.get_by_role_and_label(Role::DisclosureTriangle, "Adjust Rotate")
        .click();
    ui.run();
    let off = |ui: &Ui| {
        let axis = ui.get_by_role_and_label(Role::RadioButton, "Axis: Z");
        axis.accesskit_node().is_disabled()
    };
    assert!(off(&ui));
    ui.get_by_role_and_label(Role::Button, "Constraint Axis X")
        .click();
    ui.run();
    assert!(!off(&ui));
}

#[test]
fn small_choices_are_segments() {
    let mut ui = turned();
    ui.get_by_role_and_label(Role::DisclosureTriangle, "Adjust Rotate")
        .click();
    ui.run();
    ui.get_by_role_and_label(Role::Button, "Constraint Axis X")
        .click();
    ui.run();
    let y = ui.get_by_role_and_label(Role::RadioButton, "Axis: Y");
    y.click();
    ui.run();
    let chosen = ui.get_by_role_and_label(Role::RadioButton, "Axis: Y");
    assert_eq!(
        chosen.accesskit_node().data().toggled(),
        Some(egui::accesskit::Toggled::True)
    );
    assert!(
        ui.state()
            .session
            .last()
            .unwrap()
            .call_text()
            .contains("orient_axis")
    );
}

#[test]
fn the_form_shows_the_values_of_what_follows_the_mouse_and_lets_clicks_through() {
    let mut ui = turned();
    ui.get_by_role_and_label(Role::DisclosureTriangle, "Adjust Rotate")
        .click();
    ui.run();
    let value = |ui: &Ui| {
        let field = ui.get_by_role_and_label(Role::SpinButton, "Angle");
        (
            field.accesskit_node().data().numeric_value().unwrap(),
            field.rect().center(),
        )
    };
    let (before, place) = value(&ui);
    assert!((before - 45.0).abs() < 0.01);
    for key in ["R", "1", "2"] {
        press(&mut ui, key);
    }
    assert!((value(&ui).0 - 12.0).abs() < 0.01, "{}", value(&ui).0);
    click(&mut ui, place);
    assert!(!ui.state().session.is_running());
    assert!((value(&ui).0 - 12.0).abs() < 0.01);
}

#[test]
fn f9_shows_the_form_at_the_pointer_until_escape() {
    let mut ui = turned();
    press(&mut ui, "F9");
    set_angle(&mut ui, "10");
    assert!((angle(&ui) - 10.0).abs() < 0.01, "{}", angle(&ui));
    tap(&mut ui, Key::Escape);
    assert!(
        ui.query_by_role_and_label(Role::SpinButton, "Angle")
            .is_none()
    );
}

#[test]
fn repeat_and_adjust_are_off_with_a_reason_when_nothing_ran() {
    let mut ui = mannequin();
    for (key, reason) in [
        (
            "Shift+R",
            "There is nothing to repeat yet; run an operator first",
        ),
        ("F9", "There is nothing to adjust; run an operator first"),
    ] {
        press(&mut ui, key);
        assert_eq!(message(&ui), reason);
    }
    ui.get_by_role_and_label(Role::Button, "Edit").click();
    ui.run();
    for label in ["Repeat Last", "Adjust Last Operation\u{2026}"] {
        let entry = ui.get_by_role_and_label(Role::MenuItem, label);
        assert!(entry.accesskit_node().is_disabled(), "{label}");
    }
}

fn lines(ui: &Ui) -> Vec<String> {
    let mut rows: Vec<_> = ui.query_all_by_role(Role::ListItem).collect();
    rows.sort_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    let name = |row: egui_kittest::Node| row.accesskit_node().data().label().map(str::to_owned);
    rows.into_iter().filter_map(name).collect()
}

#[test]
fn the_log_shows_calls_with_what_they_said_and_copies_them() {
    let mut ui = mannequin();
    for call in [
        "pose.select_all(action: SELECT)",
        "pose.copy()",
        "pose.paste(flipped: true)",
        "wm.revert_mainfile()",
    ] {
        ui.state_mut().session.run_text(call).unwrap();
    }
    log(&mut ui);
    let shown = lines(&ui);
    assert!(
        shown.contains(&"pose.paste(flipped: true)".to_owned()),
        "{shown:?}"
    );
    assert!(
        shown.contains(&"Not run: wm.revert_mainfile()".to_owned()),
        "{shown:?}"
    );
    let error = shown
        .iter()
        .find(|line| line.starts_with("Error: "))
        .unwrap();
    assert!(error.contains("never been saved"), "{error}");
    ui.get_by_role_and_label(Role::ListItem, "pose.copy()")
        .click();
    ui.run();
    let last = ui.get_by_role_and_label(Role::ListItem, "pose.paste(flipped: true)");
    last.click_modifiers(Modifiers::SHIFT);
    ui.run();
    ui.event(egui::Event::Copy);
    let text = copied(&mut ui).unwrap();
    let calls: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(calls, ["pose.copy()", "pose.paste(flipped: true)"]);
    let row = ui.get_by_role_and_label(Role::ListItem, "pose.copy()");
    row.click_modifiers(Modifiers::COMMAND);
    ui.run();
    ui.event(egui::Event::Copy);
    let text = copied(&mut ui).unwrap();
    assert!(
        !text.contains("pose.copy()") && text.contains("pose.paste"),
        "{text}"
    );
    ui.key_press_modifiers(Modifiers::COMMAND, Key::A);
    ui.run();
    ui.event(egui::Event::Copy);
    let text = copied(&mut ui).unwrap();
    assert!(
        text.starts_with("wm.read_homefile(mannequin: true)\n"),
        "{text}"
    );
    assert!(text.contains("# not run: wm.revert_mainfile()"), "{text}");
}

#[test]
fn the_log_is_filtered() {
    let mut ui = mannequin();
    ui.state_mut()
        .session
        .run_text("wm.revert_mainfile()")
        .unwrap();
    log(&mut ui);
    ui.get_by_role_and_label(Role::RadioButton, "Show: Errors")
        .click();
    ui.run();
    let shown = lines(&ui);
    assert_eq!(shown.len(), 2, "{shown:?}");
    ui.get_by_role_and_label(Role::RadioButton, "Show: Calls")
        .click();
    ui.run();
    assert!(
        lines(&ui).iter().all(|line| line.contains('(')),
        "{:?}",
        lines(&ui)
    );
}

#[test]
fn a_repeated_and_an_adjusted_call_are_not_doubled() {
    let mut ui = turned();
    ui.get_by_role_and_label(Role::DisclosureTriangle, "Adjust Rotate")
        .click();
    ui.run();
    set_angle(&mut ui, "30");
    ui.state_mut()
        .session
        .run_text("screen.repeat_last()")
        .unwrap();
    log(&mut ui);
    let shown = lines(&ui);
    let turns = shown
        .iter()
        .filter(|line| line.contains("transform.rotate"));
    assert_eq!(turns.count(), 1, "{shown:?}");
    assert!(
        shown.contains(&"screen.repeat_last()".to_owned()),
        "{shown:?}"
    );
}

#[test]
fn a_long_log_lays_out_only_what_is_in_view() {
    let mut ui = mannequin();
    for _ in 0..2100 {
        ui.state_mut()
            .session
            .run_text("view3d.zoom(delta: 1)")
            .unwrap();
    }
    log(&mut ui);
    let shown = lines(&ui);
    assert!((5..60).contains(&shown.len()), "{}", shown.len());
    assert!(
        shown.contains(&"Not run: ed.undo()".to_owned()),
        "the newest line is in view: {shown:?}"
    );
}

#[test]
fn a_saved_script_does_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let (script, model) = (
        folder.path().join("turn.kps"),
        folder.path().join("a.keypose"),
    );
    let mut ui = turned();
    ui.get_by_role_and_label(Role::DisclosureTriangle, "Adjust Rotate")
        .click();
    ui.run();
    set_angle(&mut ui, "30");
    ui.state_mut()
        .session
        .run_text("wm.revert_mainfile()")
        .unwrap();
    press(&mut ui, "F3");
    tap(&mut ui, Key::Escape);
    log(&mut ui);
    ui.state_mut().session.run_text("ed.redo()").unwrap();
    ui.get_by_role_and_label(Role::Button, "Save as script")
        .click();
    ui.run();
    let path = ui.get_by_role_and_label(Role::TextInput, "Path");
    let suggested = path.accesskit_node().value().unwrap_or_default();
    assert!(suggested.ends_with("Untitled.kps"), "{suggested}");
    ui.key_press(Key::Escape);
    ui.run();
    let call = format!(
        "wm.save_script(filepath: {:?})",
        script.display().to_string()
    );
    ui.state_mut().session.run_text(&call).unwrap();
    let text = std::fs::read_to_string(&script).unwrap();
    assert_eq!(text.matches("transform.rotate").count(), 1, "{text}");
    assert!(!text.contains("wm.search_menu"), "{text}");

    let mut session = Session::default();
    session
        .run_text("wm.read_homefile(mannequin: true)")
        .unwrap();
    let save = format!(
        "wm.save_mainfile(filepath: {:?})",
        model.display().to_string()
    );
    session.run_text(&save).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_keypose"))
        .args([
            "run",
            model.to_str().unwrap(),
            "--script",
            script.to_str().unwrap(),
        ])
        .args(["--save", model.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let open = format!(
        "wm.open_mainfile(filepath: {:?})",
        model.display().to_string()
    );
    session.run_text(&open).unwrap();
    let arm = bone(&ui, "upper_arm.L");
    let again = session
        .document
        .rig()
        .unwrap()
        .channel(arm)
        .unwrap()
        .quaternion;
    let [w, ..] = again;
    assert!((w - 15.0_f32.to_radians().cos()).abs() < 1e-4, "{again:?}");
    assert_eq!(again, rig(&ui).channel(arm).unwrap().quaternion);
}

fn toast(level: Level, text: &str) -> Toast {
    Toast::new(level, text)
}

#[test]
fn a_toast_offers_something_and_goes_by_itself() {
    let mut ui = mannequin();
    let op = || call::parse("pose.select_all(action: SELECT)").unwrap();
    let offered = toast(Level::Info, "Three bones wait").offer("Select all", Act::Start(op()));
    ui.state_mut().toasts.push(offered);
    ui.state_mut().toasts.push(toast(Level::Warning, "Second"));
    ui.run();
    ui.get_by_role_and_label(Role::Status, "Three bones wait");
    ui.get_by_role_and_label(Role::Alert, "Second");
    ui.get_by_role_and_label(Role::Button, "Select all").click();
    ui.run();
    assert!(ui.query_by_label("Three bones wait").is_none());
    assert!(!rig(&ui).selected_bones().is_empty());
    // Each step of the harness is a quarter of a second.
    ui.run_steps(50);
    assert!(ui.query_by_label("Second").is_none());
}

#[test]
fn an_error_stays_until_it_is_closed_and_the_pointer_holds_the_others() {
    let mut ui = mannequin();
    ui.state_mut().toasts.push(toast(Level::Error, "Broken"));
    ui.state_mut().toasts.push(toast(Level::Info, "Held"));
    ui.run();
    let at = ui.get_by_label("Held").rect().center();
    ui.hover_at(at);
    ui.run_steps(60);
    ui.get_by_label("Held");
    ui.hover_at(egui::pos2(300.0, 300.0));
    ui.run_steps(60);
    assert!(ui.query_by_label("Held").is_none());
    ui.get_by_label("Broken");
    ui.get_by_role_and_label(Role::Button, "Close message")
        .click();
    ui.run();
    assert!(ui.query_by_label("Broken").is_none());
}

#[test]
fn three_toasts_are_shown_and_the_fourth_waits() {
    let mut ui = mannequin();
    for text in ["One", "Two", "Three", "Four"] {
        ui.state_mut().toasts.push(toast(Level::Error, text));
    }
    ui.run();
    assert!(ui.query_by_label("Four").is_none());
    let top = ui.get_by_label("One").rect().top();
    assert!(top < ui.get_by_label("Three").rect().top());
    let close = ui.query_all_by_role_and_label(Role::Button, "Close message");
    let close = close.min_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    close.unwrap().click();
    ui.run();
    assert!(ui.query_by_label("One").is_none());
    ui.get_by_label("Four");
}

/// The program in its first run, with a folder for what it keeps.
fn first_run(home: &std::path::Path) -> Ui {
    let mut ui = mannequin();
    ui.state_mut().folders = Some(Folders::under(home));
    ui.run();
    ui
}

fn ticked(ui: &Ui, step: &str) -> bool {
    let row = ui.get_by_role_and_label(Role::ListItem, step);
    row.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
}

#[test]
fn the_first_steps_tick_off_and_do_not_come_back() {
    let home = tempfile::tempdir().unwrap();
    let mut ui = first_run(home.path());
    ui.set_size(vec2(1700.0, 900.0));
    ui.run();
    let nothing = ui.state().panels.viewport.rect.left_center() + vec2(20.0, 0.0);
    click(&mut ui, nothing);
    assert!(!ticked(&ui, "Select a bone"), "the click hit no bone");
    let at = place_of(&ui, "upper_arm.L");
    click(&mut ui, at);
    assert!(ticked(&ui, "Select a bone") && !ticked(&ui, "Rotate it"));
    for key in ["R", "4", "5", "Enter"] {
        press(&mut ui, key);
    }
    assert!(ticked(&ui, "Rotate it"));
    let again = "Pose and key another frame";
    press(&mut ui, "Right");
    press(&mut ui, "I");
    assert!(ticked(&ui, "Key the pose") && !ticked(&ui, again));
    press(&mut ui, "I");
    assert!(!ticked(&ui, again), "it is the same frame");
    press(&mut ui, "Right");
    assert!(!ticked(&ui, again));
    press(&mut ui, "I");
    assert!(ticked(&ui, again) && !ticked(&ui, "Play"));
    ui.get_by_role_and_label(Role::Button, "Dismiss the first steps")
        .click();
    ui.run();
    assert!(ui.query_by_label("Rotate it").is_none());
    let mut ui = first_run(home.path());
    assert!(ui.query_by_label("First steps").is_none());
    ui.get_by_role_and_label(Role::Button, "Help").click();
    ui.run();
    ui.get_by_role_and_label(Role::MenuItem, "First Steps")
        .click();
    ui.run();
    ui.get_by_role_and_label(Role::ListItem, "Select a bone");
}

#[test]
fn the_first_steps_are_gone_once_all_are_done_and_in_other_documents() {
    let home = tempfile::tempdir().unwrap();
    let mut ui = first_run(home.path());
    ui.get_by_label("First steps");
    ui.state_mut()
        .session
        .run_text("wm.read_homefile()")
        .unwrap();
    ui.run();
    assert!(ui.query_by_label("First steps").is_none());
    let calls = [
        "wm.read_homefile(mannequin: true)",
        "pose.select_bones(names: [\"hips\"])",
        "transform.rotate(value: 0.5)",
        "anim.keyframe_insert()",
        "anim.change_frame(frame: 12)",
        "scene.auto_key(enabled: true)",
        "transform.rotate(value: 0.5)",
        "screen.animation_play()",
        "screen.animation_play()",
    ];
    for call in calls {
        ui.state_mut().session.run_text(call).unwrap();
    }
    ui.state_mut().session.wishes.clear();
    ui.run();
    ui.get_by_label("First steps");
    ui.run_steps(40);
    assert!(ui.query_by_label("First steps").is_none());
    let kept = std::fs::read_to_string(home.path().join("state/hints.ron")).unwrap();
    assert!(kept.contains("dismissed: true"));
}

#[test]
fn nothing_is_shown_to_those_whose_state_is_not_kept() {
    let ui = mannequin();
    assert!(ui.query_by_label("First steps").is_none());
}

#[test]
fn a_click_on_the_message_shows_the_log() {
    let mut ui = mannequin();
    press(&mut ui, "Ctrl+Z");
    let at = ui
        .get_by_role_and_label(Role::Status, "There is nothing to undo")
        .rect()
        .center();
    button(&mut ui, at, true);
    button(&mut ui, at, false);
    ui.run();
    assert!(
        lines(&ui).contains(&"Not run: ed.undo()".to_owned()),
        "{:?}",
        lines(&ui)
    );
}

#[test]
fn modifiers_swap_the_hints_of_what_follows_the_mouse() {
    let mut ui = turned();
    press(&mut ui, "R");
    ui.get_by_label("Confirm");
    ui.event(egui::Event::ModifiersChanged(Modifiers::SHIFT));
    ui.run_steps(2);
    assert!(ui.query_by_label("Confirm").is_none());
    ui.get_by_label("Plane");
    ui.event(egui::Event::ModifiersChanged(Modifiers::ALT));
    ui.run_steps(2);
    ui.get_by_label("Confirm");
}
