//! Preferences, themes, own keys and recent files: kept in files, shown in the preferences, proof against
//! damaged files.

use std::path::Path;

use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use keypose::io::folders::Folders;
use keypose::io::preferences::{KeyPreset, Look, Preferences};
use keypose::io::recent::Recents;
use keypose::ops::runner::Session;
use keypose::ui::app::App;
use keypose::ui::fonts;
use keypose::ui::input::KeyPress;
use keypose::ui::keymap::Keymap;
use keypose::ui::keymap::edit::KeymapEdit;
use keypose::ui::keys::{Chord, Key};
use keypose::ui::theme::Theme;
use keypose::ui::theme::file;
use proptest::prelude::*;
use tempfile::TempDir;

type Ui = Harness<'static, App>;

/// The program as it starts with these folders.
fn started(session: Session, home: Option<&Path>) -> Ui {
    let mut app = App::new(session).unwrap();
    app.folders = home.map(Folders::under);
    app.load_settings();
    let mut ui = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_max_steps(30)
        .with_context_setup(|ctx| {
            ctx.set_fonts(fonts::definitions());
            Theme::bundled(true).unwrap().apply(ctx);
        })
        .build_ui_state(|ui, app: &mut App| app.ui(ui), app);
    ui.run();
    ui
}

fn mannequin(home: Option<&Path>) -> Ui {
    let mut session = Session::default();
    session
        .run_text("wm.read_homefile(mannequin: true)")
        .unwrap();
    started(session, home)
}

/// A home with a file of settings.
fn home_with(file: &str, text: &str) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join(file), text).unwrap();
    home
}

fn stored(home: &TempDir, file: &str) -> String {
    std::fs::read_to_string(home.path().join("config").join(file)).unwrap_or_default()
}

fn press(ui: &mut Ui, chord: &str) -> bool {
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
    let used = ui.state_mut().key(&ctx, press);
    ui.run();
    used
}

fn click(ui: &mut Ui, role: Role, label: &str) {
    ui.get_by_role_and_label(role, label).click();
    ui.run();
}

fn has(ui: &Ui, role: Role, label: &str) -> bool {
    ui.query_by_role_and_label(role, label).is_some()
}

/// Opens the section of keys with only those rows that these words find.
fn search_keys(ui: &mut Ui, words: &str) {
    press(ui, "Ctrl+,");
    click(ui, Role::Tab, "Keymap");
    click(ui, Role::TextInput, "Search Keys");
    ui.event(egui::Event::Text(words.to_owned()));
    ui.run();
}

fn toast(ui: &Ui) -> String {
    let toasts = &ui.state().toasts.0;
    let text = toasts.iter().map(|toast| toast.report.text.clone());
    text.collect::<Vec<_>>().join("\n")
}

fn chord_of(ui: &Ui, call: &str) -> String {
    let chord = ui.state().keymap.chord_of(call);
    chord.map(|chord| chord.to_string()).unwrap_or_default()
}

#[test]
fn a_theme_that_is_chosen_counts_at_once_and_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let mut ui = started(Session::default(), Some(home.path()));
    assert!(!home.path().join("config").exists(), "nothing was changed");
    let dark = ui.ctx.global_style().visuals.panel_fill;
    press(&mut ui, "Ctrl+,");
    click(&mut ui, Role::RadioButton, "Theme: Light");
    assert_ne!(ui.ctx.global_style().visuals.panel_fill, dark);
    assert_eq!(ui.state().theme.look, Look::Light);
    assert!(stored(&home, "preferences.ron").contains("look: LIGHT,"));
    let again = started(Session::default(), Some(home.path()));
    assert_eq!(again.state().theme.look, Look::Light);
    click(&mut ui, Role::Button, "Reset Interface");
    assert_eq!(ui.state().theme.look, Look::Dark);
}

#[test]
fn the_preferences_leave_the_panels_below_usable() {
    let mut ui = mannequin(None);
    press(&mut ui, "Ctrl+,");
    assert!(has(&ui, Role::Tab, "Interface"));
    let row = ui.get_by_role_and_label(Role::TreeItem, "root");
    row.click();
    ui.run();
    let rig = ui.state().session.document.rig().unwrap();
    assert_eq!(rig.selected_bones().len(), 1);
    ui.hover_at(
        ui.get_by_role_and_label(Role::Tab, "Interface")
            .rect()
            .center(),
    );
    ui.run();
    assert!(!press(&mut ui, "A"), "the 3D view below took the key");
    press(&mut ui, "Ctrl+,");
    assert!(!has(&ui, Role::Tab, "Interface"));
}

#[test]
fn zoom_undo_and_motion_reach_the_running_program() {
    let home = tempfile::tempdir().unwrap();
    let mut ui = mannequin(Some(home.path()));
    press(&mut ui, "Ctrl+Shift+=");
    press(&mut ui, "Ctrl+Shift+=");
    assert!((ui.ctx.zoom_factor() - 1.2).abs() < 1e-6);
    assert!(stored(&home, "preferences.ron").contains("zoom: 1.2,"));
    press(&mut ui, "Ctrl+Shift+-");
    assert!((ui.ctx.zoom_factor() - 1.1).abs() < 1e-6);
    press(&mut ui, "Ctrl+,");
    click(&mut ui, Role::CheckBox, "Reduce Motion");
    assert_eq!(ui.ctx.global_style().animation_time, 0.0);
    click(&mut ui, Role::Tab, "Editing & Saving");
    click(&mut ui, Role::SpinButton, "Autosave Minutes");
    ui.event(egui::Event::Text("7".to_owned()));
    ui.run();
    ui.key_press(egui::Key::Enter);
    ui.run();
    assert_eq!(ui.state().preferences.autosave_minutes, 7);
    assert!(stored(&home, "preferences.ron").contains("autosave_minutes: 7,"));
}

#[test]
fn wrong_preferences_are_told_and_never_lost() {
    let text = "(\n    look: PINK,\n    zoom: 1.5,\n    sound: true,\n)";
    let home = home_with("preferences.ron", text);
    let mut ui = started(Session::default(), Some(home.path()));
    assert_eq!(ui.state().preferences.zoom, 1.5);
    let said = toast(&ui);
    assert!(
        said.starts_with("preferences.ron:2: `look`: expected DARK"),
        "{said}"
    );
    assert!(said.contains("(and 1 more, see the log)"), "{said}");
    assert_eq!(stored(&home, "preferences.ron"), text);
    press(&mut ui, "Ctrl+Shift+=");
    assert_eq!(stored(&home, "preferences.ron.bad"), text);
    assert!(stored(&home, "preferences.ron").contains("zoom: 1.6,"));
}

#[test]
fn own_colours_lie_over_the_bundled_ones() {
    let home = home_with("theme.ron", "(dark: (base: \"#102030\", bose: \"#fff\"))");
    let ui = started(Session::default(), Some(home.path()));
    assert_eq!(ui.state().theme.base.r(), 0x10);
    let said = toast(&ui);
    assert_eq!(said, "theme.ron:1: no colour `bose`; did you mean `base`?");
}

#[test]
fn a_key_is_changed_by_pressing_another_one() {
    let home = tempfile::tempdir().unwrap();
    let mut ui = mannequin(Some(home.path()));
    search_keys(&mut ui, "repeat_last");
    assert!(!has(&ui, Role::Button, "Key of Undo"));
    click(&mut ui, Role::Button, "Key of Repeat Last");
    assert!(press(&mut ui, "Ctrl+Shift+K"), "the key was not taken");
    assert_eq!(chord_of(&ui, "screen.repeat_last()"), "Ctrl+Shift+K");
    let text = stored(&home, "keymap.ron");
    assert!(
        text.contains("(in: \"window\", key: \"Shift+R\", off: true),"),
        "{text}"
    );
    let again = started(Session::default(), Some(home.path()));
    assert_eq!(chord_of(&again, "screen.repeat_last()"), "Ctrl+Shift+K");
    click(&mut ui, Role::Button, "Reset Repeat Last");
    assert_eq!(chord_of(&ui, "screen.repeat_last()"), "Shift+R");
    assert!(!stored(&home, "keymap.ron").contains("key:"));
}

#[test]
fn escape_gives_up_and_backspace_takes_the_key_away() {
    let mut ui = mannequin(None);
    search_keys(&mut ui, "repeat_last");
    click(&mut ui, Role::Button, "Key of Repeat Last");
    assert!(press(&mut ui, "Escape"));
    assert_eq!(chord_of(&ui, "screen.repeat_last()"), "Shift+R");
    click(&mut ui, Role::Button, "Key of Repeat Last");
    press(&mut ui, "Backspace");
    assert_eq!(chord_of(&ui, "screen.repeat_last()"), "");
    assert!(has(&ui, Role::Button, "Reset Repeat Last"));
}

#[test]
fn a_mouse_button_is_taken_over_the_key() {
    let mut ui = mannequin(None);
    search_keys(&mut ui, "view_persportho");
    let label = keypose::ops::registry::find("view3d.view_persportho")
        .unwrap()
        .info
        .label;
    let name = format!("Key of {label}");
    click(&mut ui, Role::Button, &name);
    let pos = ui
        .get_by_role_and_label(Role::Button, &name)
        .rect()
        .center();
    for pressed in [true, false] {
        ui.event(egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Middle,
            pressed,
            modifiers: egui::Modifiers::ALT | egui::Modifiers::SHIFT,
        });
        ui.step();
    }
    ui.run();
    assert_eq!(chord_of(&ui, "view3d.view_persportho()"), "Shift+Alt+MMB");
}

#[test]
fn a_key_that_others_have_is_asked_about() {
    let mut ui = mannequin(None);
    search_keys(&mut ui, "repeat_last");
    let clash = |ui: &mut Ui, answer: &str| {
        click(ui, Role::Button, "Key of Repeat Last");
        press(ui, "Ctrl+I");
        let words = ui.get_by_role(Role::Alert);
        let words = words.accesskit_node().label().unwrap_or_default();
        assert!(
            words.starts_with("Ctrl+I is (De)select All: Invert (3D View, Pose)")
                && words.contains("wanted for Repeat Last (Everywhere)"),
            "{words}"
        );
        click(ui, Role::Button, answer);
    };
    let invert = "pose.select_all(action: INVERT)";
    clash(&mut ui, "Cancel");
    assert_eq!(chord_of(&ui, invert), "Ctrl+I");
    assert_eq!(chord_of(&ui, "screen.repeat_last()"), "Shift+R");
    clash(&mut ui, "Replace");
    assert_eq!(chord_of(&ui, invert), "");
    assert_eq!(chord_of(&ui, "screen.repeat_last()"), "Ctrl+I");
    click(&mut ui, Role::Button, "Reset Keymap");
    assert_eq!(chord_of(&ui, invert), "Ctrl+I");
    clash(&mut ui, "Keep Both Off");
    assert_eq!(chord_of(&ui, invert), "");
    assert_eq!(chord_of(&ui, "screen.repeat_last()"), "");
}

#[test]
fn keys_are_found_by_pressing_them() {
    let mut ui = mannequin(None);
    press(&mut ui, "Ctrl+,");
    click(&mut ui, Role::Tab, "Keymap");
    click(&mut ui, Role::Button, "Search by Key");
    press(&mut ui, "Shift+R");
    assert!(has(&ui, Role::Button, "Key of Repeat Last"));
    assert!(!has(&ui, Role::Button, "Key of Undo"));
    assert!(ui.state().session.last().is_none(), "the key ran something");
    click(&mut ui, Role::Button, "Search for No Key");
    assert!(has(&ui, Role::Button, "Key of Undo"));
}

#[test]
fn any_call_can_be_given_a_key() {
    let home = tempfile::tempdir().unwrap();
    let mut ui = mannequin(Some(home.path()));
    press(&mut ui, "Ctrl+,");
    click(&mut ui, Role::Tab, "Keymap");
    click(&mut ui, Role::Button, "Add Binding…");
    click(&mut ui, Role::TextInput, "Call");
    // While a text is typed, keys go to it.
    assert!(!press(&mut ui, "Shift+R"));
    ui.event(egui::Event::Text(
        "pose.select_all(action: INVERT)".to_owned(),
    ));
    ui.run();
    click(&mut ui, Role::Button, "Key of the New Binding");
    press(&mut ui, "Ctrl+Alt+J");
    click(&mut ui, Role::Button, "Add");
    press(&mut ui, "Ctrl+,");
    let before = ui
        .state()
        .session
        .document
        .rig()
        .unwrap()
        .selected_bones()
        .len();
    assert!(press(&mut ui, "Ctrl+Alt+J"));
    let rig = ui.state().session.document.rig().unwrap();
    assert_ne!(rig.selected_bones().len(), before);
    let line = "(in: \"window\", key: \"Ctrl+Alt+J\", run: \"pose.select_all(action: INVERT)\"),";
    assert!(stored(&home, "keymap.ron").contains(line));
}

#[test]
fn wrong_lines_of_the_own_keymap_are_told_and_the_rest_counts() {
    let text = "[\n(in: \"window\", key: \"F8\", run: \"ed.undo()\"),\n(in: \"pose\", key: \"Hyper+K\", off: true),\n]\n";
    let home = home_with("keymap.ron", text);
    let mut ui = started(Session::default(), Some(home.path()));
    assert_eq!(chord_of(&ui, "ed.undo()"), "F8");
    let said = toast(&ui);
    assert!(
        said.starts_with("keymap.ron:3: no modifier `Hyper`"),
        "{said}"
    );
    search_keys(&mut ui, "F8");
    click(&mut ui, Role::Button, "Remove Undo");
    assert_eq!(chord_of(&ui, "ed.undo()"), "Ctrl+Z");
    assert_eq!(stored(&home, "keymap.ron.bad"), text);
}

#[test]
fn presets_and_the_numpad_change_what_menus_show() {
    let mut ui = mannequin(None);
    let front = "view3d.view_axis(type: FRONT)";
    assert_eq!(chord_of(&ui, front), "Num 1");
    press(&mut ui, "Ctrl+,");
    click(&mut ui, Role::Tab, "Keymap");
    click(&mut ui, Role::CheckBox, "Emulate Numpad");
    assert_eq!(chord_of(&ui, front), "1");
    click(&mut ui, Role::CheckBox, "Emulate Numpad");
    click(&mut ui, Role::RadioButton, "Preset: Left-Handed");
    assert_eq!(ui.state().preferences.keys, KeyPreset::LeftHanded);
    assert_eq!(chord_of(&ui, "transform.rotate()"), "U");
    click(&mut ui, Role::RadioButton, "Preset: Laptop");
    assert_eq!(chord_of(&ui, front), "1");
    assert_eq!(chord_of(&ui, "transform.rotate()"), "R");
}

#[test]
fn files_that_were_used_are_offered_again() {
    let home = tempfile::tempdir().unwrap();
    let document = home.path().join("hero.keypose");
    let mut ui = mannequin(Some(home.path()));
    let call = format!("wm.save_mainfile(filepath: {document:?})");
    ui.state_mut().session.run_text(&call).unwrap();
    ui.run();
    let gone = home.path().join("gone.keypose");
    let call = format!("wm.save_as_mainfile(filepath: {gone:?})");
    ui.state_mut().session.run_text(&call).unwrap();
    ui.run();
    std::fs::remove_file(&gone).unwrap();
    let list = std::fs::read_to_string(home.path().join("state/recent.ron")).unwrap();
    assert!(
        list.find("gone.keypose") < list.find("hero.keypose"),
        "{list}"
    );

    let mut ui = started(Session::default(), Some(home.path()));
    let lost = ui.get_by_role_and_label(Role::Button, "gone.keypose");
    assert!(lost.accesskit_node().is_disabled());
    click(&mut ui, Role::Button, "hero.keypose");
    assert_eq!(
        ui.state().session.file.path.as_deref(),
        Some(document.as_path())
    );
    let first = &ui.state().recent.files()[0];
    assert_eq!(first.path, document);

    press(&mut ui, "Ctrl+Shift+O");
    assert!(has(&ui, Role::MenuItem, "hero.keypose"));
    click(&mut ui, Role::MenuItem, "Clear Recent");
    assert!(ui.state().recent.files().is_empty());
    let list = std::fs::read_to_string(home.path().join("state/recent.ron")).unwrap();
    assert!(!list.contains("hero"), "{list}");
}

#[test]
fn a_recent_file_does_not_drop_unsaved_work_unasked() {
    let home = tempfile::tempdir().unwrap();
    let document = home.path().join("hero.keypose");
    let mut ui = mannequin(Some(home.path()));
    let call = format!("wm.save_mainfile(filepath: {document:?})");
    ui.state_mut().session.run_text(&call).unwrap();
    ui.run();
    click(&mut ui, Role::TreeItem, "hips");
    press(&mut ui, "Ctrl+Shift+O");
    click(&mut ui, Role::MenuItem, "hero.keypose");
    ui.get_by_label_contains("Save changes to");
}

/// Damage that hands and disks do to a text: cut off, bytes changed, lines lost or doubled.
fn damaged(text: &'static str) -> impl Strategy<Value = String> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<char>()), 0..6);
    (any::<prop::sample::Index>(), any::<bool>(), edits).prop_map(move |(cut, whole, edits)| {
        let mut signs: Vec<char> = text.chars().collect();
        if !whole {
            signs.truncate(cut.index(signs.len()));
        }
        for (place, sign) in edits {
            if !signs.is_empty() {
                let place = place.index(signs.len());
                signs[place] = sign;
            }
        }
        signs.into_iter().collect()
    })
}

/// Reads a text as every file of settings; what is told is one line each.
fn read_all(text: &str) {
    let one_line = |told: String| assert!(told.lines().count() == 1 && told.len() < 1000, "{told}");
    let (preferences, faults) = Preferences::parse(text);
    assert!((0.5..=3.0).contains(&preferences.zoom));
    faults.iter().for_each(|fault| one_line(fault.to_string()));
    for look in Look::ALL {
        let (_, faults) = file::theme(*look, Some(text)).unwrap();
        faults.iter().for_each(|fault| one_line(fault.to_string()));
    }
    let mut edit = KeymapEdit::new(&Keymap::bundled().0);
    let faults = edit.overlay("keymap.ron", text);
    faults.iter().for_each(|fault| one_line(fault.to_string()));
    let mut again = KeymapEdit::new(&Keymap::bundled().0);
    again.overlay("keymap.ron", &edit.text());
    assert_eq!(again.text(), edit.text());
    let (recents, faults) = Recents::parse(text);
    assert!(recents.files().len() <= 20 && faults.len() <= 50);
    faults.iter().for_each(|fault| one_line(fault.to_string()));
}

const KEYS: &str = include_str!("../assets/keymap.ron");
const THEME: &str = include_str!("../assets/theme.ron");
const PREFERENCES: &str =
    "// c\n(\n    look: LIGHT,\n    zoom: 1.5,\n    keys: LAPTOP,\n    undo_megabytes: 64,\n)\n";
const RECENT: &str = "[\n\"/a/b.keypose\",\n\"/c \\\"d\\\".glb\",\n]\n";

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_keys_are_survived(text in damaged(KEYS)) {
        read_all(&text);
    }

    #[test]
    fn damaged_colours_are_survived(text in damaged(THEME)) {
        read_all(&text);
    }

    #[test]
    fn damaged_preferences_are_survived(text in damaged(PREFERENCES)) {
        read_all(&text);
    }

    #[test]
    fn damaged_recent_files_are_survived(text in damaged(RECENT)) {
        read_all(&text);
    }

    #[test]
    fn any_text_is_survived(text in "[\\PC\n]{0,400}") {
        read_all(&text);
    }
}

#[test]
fn deep_and_huge_files_are_survived() {
    read_all(&"(a: ".repeat(20_000));
    read_all(&"[".repeat(50_000));
    let line = format!(
        "(in: \"pose\", key: \"{}\", run: \"{}\")",
        "+".repeat(9_000),
        "(".repeat(9_000)
    );
    read_all(&line);
    let home = home_with("preferences.ron", "");
    let path = home.path().join("config/preferences.ron");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(1 << 40).unwrap();
    let ui = started(Session::default(), Some(home.path()));
    assert_eq!(
        toast(&ui),
        "preferences.ron:1: expected a text file of at most 1 MiB"
    );
}

/// The RON examples of a page, in their order.
fn examples(page: &str) -> Vec<&str> {
    let parts = page.split("```ron\n").skip(1);
    parts.filter_map(|part| part.split("```").next()).collect()
}

#[test]
fn the_examples_of_the_page_on_settings_are_read_without_a_fault() {
    let examples = examples(include_str!("../docs/settings.md"));
    let [keys, colours] = examples.as_slice() else {
        panic!("{examples:?}");
    };
    let mut edit = KeymapEdit::new(&Keymap::bundled().0);
    assert!(edit.overlay("keymap.ron", keys).is_empty());
    let moved = edit.keymap().chord_of("transform.translate()").unwrap();
    assert_eq!(moved.to_string(), "Ctrl+Alt+G");
    for look in Look::ALL {
        let (theme, faults) = file::theme(*look, Some(colours)).unwrap();
        assert!(faults.is_empty(), "{faults:?}");
        let bundled = file::theme(*look, None).unwrap().0;
        assert_ne!(theme, bundled);
    }
}
