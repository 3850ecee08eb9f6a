//! Selection sets and the clipboards in the interface, driven without a window.

mod common;
#[path = "common/ui.rs"]
mod interface;

use common::documents;
use egui::accesskit::Role;
use egui::{Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::Queryable;
use interface::{
    Ui, active, button, double_click, harness, mannequin, message, place_of, press, rig, steps,
};
use keypose::io::folders::Folders;
use keypose::model::id::BoneId;
use keypose::ops::runner::Session;
use keypose::ui::panels::properties::Tab;

fn call(ui: &mut Ui, text: &str) {
    let outcome = ui.state_mut().session.run_text(text).unwrap();
    assert_eq!(outcome.error(), None, "{text}");
    ui.run();
}

fn over_the_view(ui: &mut Ui) {
    let at = ui.state().panels.viewport.rect.center();
    ui.event(egui::Event::PointerMoved(at));
    ui.run();
}

fn selected(ui: &Ui) -> Vec<String> {
    let rig = rig(ui);
    let names = rig
        .selected
        .iter()
        .map(|place| rig.armature.name(BoneId::new(place)));
    names.map(str::to_owned).collect()
}

fn sets(ui: &Ui) -> Vec<(String, Vec<String>)> {
    let sets = rig(ui).options.selection_sets.iter();
    sets.map(|set| (set.name.clone(), set.bones.clone()))
        .collect()
}

fn named(name: &str, bones: &[&str]) -> (String, Vec<String>) {
    let bones = bones.iter().map(|bone| (*bone).to_owned());
    (name.to_owned(), bones.collect())
}

fn select(ui: &mut Ui, names: &[&str]) {
    call(ui, &format!("pose.select_bones(names: {names:?})"));
}

fn click(ui: &mut Ui, at: Pos2, held: Modifiers) {
    click_with(ui, at, PointerButton::Primary, held);
}

fn click_with(ui: &mut Ui, pos: Pos2, button: PointerButton, modifiers: Modifiers) {
    ui.event(egui::Event::ModifiersChanged(modifiers));
    ui.event(egui::Event::PointerMoved(pos));
    for pressed in [true, false] {
        ui.event(egui::Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers,
        });
        ui.step();
    }
    ui.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    ui.run();
}

fn at(ui: &Ui, role: Role, label: &str) -> Pos2 {
    // A menu of the menu bar may have the same name; it stands above.
    let found =
        ui.query_all_by(|node| node.role() == role && node.label().as_deref() == Some(label));
    let places = found.map(|node| node.rect().center());
    places
        .max_by(|a, b| a.y.total_cmp(&b.y))
        .unwrap_or_else(|| panic!("no {label}"))
}

/// Clicks what has this role and label.
fn hit(ui: &mut Ui, role: Role, label: &str, held: Modifiers) {
    let at = at(ui, role, label);
    click(ui, at, held);
}

/// The figure with its sets in the tab of the properties.
fn with_tab(names: &[(&str, &[&str])]) -> Ui {
    let mut ui = harness(Session::with_document(documents::arm()));
    ui.run();
    for (name, bones) in names {
        select(&mut ui, bones);
        call(&mut ui, "pose.selection_set_add_and_assign()");
        call(&mut ui, &format!("pose.selection_set_edit(name: {name:?})"));
    }
    ui.state_mut().panels.properties.tab = Tab::Sets;
    ui.run();
    ui
}

const TWO: &[(&str, &[&str])] = &[("Left", &["arm.L", "hand.L"]), ("Right", &["arm.R"])];

#[test]
fn digits_store_and_recall_over_the_view() {
    let mut ui = mannequin();
    select(&mut ui, &["hand.L", "hand.R"]);
    over_the_view(&mut ui);
    press(&mut ui, "Ctrl+1");
    select(&mut ui, &["head"]);
    over_the_view(&mut ui);
    press(&mut ui, "Ctrl+5");
    assert_eq!(sets(&ui)[1], named("SelectionSet.001", &["head"]));
    assert_eq!(message(&ui), "Stored 1 bone as set 2, SelectionSet.001");
    press(&mut ui, "1");
    assert_eq!(selected(&ui), ["hand.L", "hand.R"]);
    press(&mut ui, "Shift+2");
    assert!(selected(&ui).contains(&"head".to_owned()));
    assert_eq!(selected(&ui).len(), 3);
    press(&mut ui, "2");
    assert_eq!(selected(&ui), ["head"]);
    press(&mut ui, "7");
    assert_eq!(
        message(&ui),
        "There is no selection set 7 (index 6); the rig has 2"
    );
    select(&mut ui, &[]);
    over_the_view(&mut ui);
    press(&mut ui, "Ctrl+1");
    assert_eq!(message(&ui), "No bones are selected");
    assert_eq!(sets(&ui)[0].1, ["hand.L", "hand.R"]);
}

#[test]
fn the_list_adds_renames_moves_ticks_and_removes() {
    let mut ui = with_tab(TWO);
    let before = steps(&ui);
    hit(
        &mut ui,
        Role::ListBoxOption,
        "Left, 2 bones",
        Modifiers::NONE,
    );
    assert_eq!(rig(&ui).options.active_selection_set, 0);
    // F2 over the panel: type a name, Enter.
    press(&mut ui, "F2");
    ui.run();
    ui.get_by_role_and_label(Role::TextInput, "Name of the selection set");
    ui.event(egui::Event::Text("Links".to_owned()));
    ui.step();
    ui.key_press(egui::Key::Enter);
    ui.run();
    assert_eq!(sets(&ui)[0].0, "Links");
    hit(&mut ui, Role::Button, "Move Set Down", Modifiers::NONE);
    assert_eq!(sets(&ui)[1].0, "Links");
    assert_eq!(rig(&ui).options.active_selection_set, 1);
    hit(&mut ui, Role::CheckBox, "Copy Right too", Modifiers::NONE);
    assert!(rig(&ui).options.selection_sets[0].is_selected);
    select(&mut ui, &["trunk"]);
    hit(&mut ui, Role::Button, "Assign", Modifiers::NONE);
    assert_eq!(sets(&ui)[1], named("Links", &["arm.L", "hand.L", "trunk"]));
    hit(&mut ui, Role::Button, "Remove", Modifiers::NONE);
    assert_eq!(sets(&ui)[1], named("Links", &["arm.L", "hand.L"]));
    hit(&mut ui, Role::Button, "Select", Modifiers::NONE);
    assert_eq!(selected(&ui), ["trunk", "arm.L", "hand.L"]);
    hit(&mut ui, Role::Button, "Deselect", Modifiers::NONE);
    assert_eq!(selected(&ui), ["trunk"]);
    hit(&mut ui, Role::Button, "Recall Right", Modifiers::NONE);
    assert_eq!(selected(&ui), ["arm.R"]);
    hit(
        &mut ui,
        Role::Button,
        "New Set of the Selected Bones",
        Modifiers::NONE,
    );
    assert_eq!(sets(&ui)[2], named("SelectionSet", &["arm.R"]));
    hit(
        &mut ui,
        Role::Button,
        "Delete Selection Set",
        Modifiers::NONE,
    );
    assert_eq!(sets(&ui).len(), 2);
    while steps(&ui) > before {
        call(&mut ui, "ed.undo()");
    }
    assert_eq!(
        sets(&ui),
        [
            named("Left", &["arm.L", "hand.L"]),
            named("Right", &["arm.R"])
        ]
    );
}

#[test]
fn a_double_click_names_and_escape_leaves_the_name() {
    let mut ui = with_tab(TWO);
    let row = at(&ui, Role::ListBoxOption, "Left, 2 bones");
    double_click(&mut ui, row);
    ui.get_by_label("Name of the selection set");
    ui.event(egui::Event::Text("nothing".to_owned()));
    ui.step();
    ui.key_press(egui::Key::Escape);
    ui.run();
    assert_eq!(sets(&ui)[0].0, "Left");
    assert!(ui.query_by_label("Name of the selection set").is_none());
}

#[test]
fn buttons_recall_add_and_store() {
    let mut ui = with_tab(TWO);
    ui.state_mut().panels.properties.tab = Tab::Bone;
    call(
        &mut ui,
        "pose.select_bones(names: [\"trunk\"], active: \"trunk\")",
    );
    let first = "Left, set 1";
    ui.get_by_role_and_label(Role::Button, first).scroll_to_me();
    ui.run();
    hit(&mut ui, Role::Button, first, Modifiers::NONE);
    assert_eq!(selected(&ui), ["arm.L", "hand.L"]);
    assert_eq!(active(&ui), "trunk");
    hit(&mut ui, Role::Button, "Right, set 2", Modifiers::SHIFT);
    assert_eq!(selected(&ui), ["arm.L", "hand.L", "arm.R"]);
    hit(
        &mut ui,
        Role::Button,
        "Right, set 2",
        Modifiers::CTRL | Modifiers::COMMAND,
    );
    assert_eq!(sets(&ui)[1], named("Right", &["arm.L", "hand.L", "arm.R"]));
    assert_eq!(rig(&ui).options.active_selection_set, 1);
}

#[test]
fn bones_are_dropped_on_a_set() {
    let mut ui = with_tab(TWO);
    select(&mut ui, &[]);
    let from = at(&ui, Role::TreeItem, "trunk");
    let to = at(&ui, Role::ListBoxOption, "Right, 1 bone");
    let drag = |ui: &mut Ui, held: Modifiers| {
        button(ui, from, true);
        for step in 1..=6 {
            let at = from + (to - from) * (step as f32 / 6.0);
            ui.event(egui::Event::PointerMoved(at));
            ui.step();
        }
        ui.event(egui::Event::ModifiersChanged(held));
        ui.step();
        ui.event(egui::Event::PointerButton {
            pos: to,
            button: PointerButton::Primary,
            pressed: false,
            modifiers: held,
        });
        ui.step();
        ui.event(egui::Event::ModifiersChanged(Modifiers::NONE));
        ui.run();
    };
    drag(&mut ui, Modifiers::NONE);
    assert_eq!(sets(&ui)[1], named("Right", &["arm.R", "trunk"]));
    drag(&mut ui, Modifiers::ALT);
    assert_eq!(sets(&ui)[1], named("Right", &["arm.R"]));
}

#[test]
fn the_menus_list_the_sets() {
    let mut ui = with_tab(TWO);
    select(&mut ui, &[]);
    over_the_view(&mut ui);
    press(&mut ui, "Shift+Alt+W");
    hit(&mut ui, Role::MenuItem, "Right", Modifiers::NONE);
    assert_eq!(selected(&ui), ["arm.R"]);
    let set = at(&ui, Role::ListBoxOption, "Left, 2 bones");
    click_with(&mut ui, set, PointerButton::Secondary, Modifiers::NONE);
    hit(&mut ui, Role::MenuItem, "Recall", Modifiers::NONE);
    assert_eq!(selected(&ui), ["arm.L", "hand.L"]);
}

/// What a window does between two frames; `system` is the system's clipboard.
fn exchange(ui: &mut Ui, system: &mut String) {
    let ctx = ui.ctx.clone();
    if ui.state().wants_text() {
        ui.state_mut().take_text(&ctx, Some(system));
    }
    if let Some(text) = ui.state_mut().give_text() {
        *system = text.to_string();
    }
    ui.run();
}

fn key(ui: &mut Ui, chord: &str, system: &mut String) {
    over_the_view(ui);
    press(ui, chord);
    exchange(ui, system);
}

/// A window with the figure, at the system's clipboard.
fn window() -> Ui {
    let mut ui = harness(Session::with_document(documents::selected_arm()));
    ui.state_mut().clipboard.connected = true;
    ui.run();
    ui
}

fn location(ui: &Ui, name: &str) -> f32 {
    let rig = rig(ui);
    let bone = rig.armature.find(name).unwrap();
    rig.channel(bone).unwrap().location.x
}

fn moved(ui: &mut Ui, x: f32) {
    call(
        ui,
        &format!("pose.set(pose: {{\"arm.L\": (location: ({x:?}, 0.0, 0.0))}})"),
    );
}

#[test]
fn two_windows_exchange_a_pose_by_the_clipboard() {
    let (mut one, mut two, mut system) = (window(), window(), String::new());
    moved(&mut one, 4.0);
    key(&mut one, "Ctrl+C", &mut system);
    assert!(system.starts_with("// Keypose pose 1\n"), "{system}");
    key(&mut two, "Ctrl+V", &mut system);
    assert_eq!(location(&two, "arm.L"), 4.0);
    key(&mut two, "Ctrl+Shift+V", &mut system);
    assert_eq!(location(&two, "arm.R"), -4.0);
    // The newer copy counts, wherever it was made.
    moved(&mut two, 5.0);
    key(&mut two, "Ctrl+C", &mut system);
    key(&mut one, "Ctrl+V", &mut system);
    assert_eq!(location(&one, "arm.L"), 5.0);
    moved(&mut one, 6.0);
    key(&mut one, "Ctrl+C", &mut system);
    moved(&mut one, 0.0);
    key(&mut one, "Ctrl+V", &mut system);
    assert_eq!(location(&one, "arm.L"), 6.0);
    // Any other text is not ours: the own copy stays.
    system = "a line of mail".to_owned();
    moved(&mut one, 0.0);
    key(&mut one, "Ctrl+V", &mut system);
    assert_eq!(location(&one, "arm.L"), 6.0);
    // A pose that was harmed is told, and nothing is pasted.
    system = "// Keypose pose 1\n(pose: {\"arm.L\": (location: (1.0,".to_owned();
    let before = one.state().session.document.clone();
    for _ in 0..2 {
        key(&mut one, "Ctrl+V", &mut system);
        let said = message(&one);
        assert!(
            said.starts_with("The pose on the clipboard cannot be read"),
            "{said}"
        );
    }
    assert!(one.state().session.document.same_pointers(&before));
    system.clear();
    moved(&mut one, 0.0);
    key(&mut one, "Ctrl+V", &mut system);
    assert_eq!(location(&one, "arm.L"), 6.0);
}

#[test]
fn sets_go_to_another_window_and_its_undo_leaves_the_clipboard() {
    let (mut one, mut two, mut system) = (window(), window(), String::new());
    call(&mut one, "pose.selection_set_add_and_assign()");
    call(&mut one, "pose.selection_set_copy()");
    exchange(&mut one, &mut system);
    assert_eq!(system, "{\"SelectionSet\":[\"arm.L\",\"hand.L\"]}");
    two.state_mut().panels.properties.tab = Tab::Sets;
    two.run();
    hit(
        &mut two,
        Role::Button,
        "Paste Selection Set(s)",
        Modifiers::NONE,
    );
    exchange(&mut two, &mut system);
    assert_eq!(sets(&two), [named("SelectionSet", &["arm.L", "hand.L"])]);
    call(&mut two, "ed.undo()");
    exchange(&mut two, &mut system);
    assert_eq!(system, "{\"SelectionSet\":[\"arm.L\",\"hand.L\"]}");
    assert_eq!(sets(&two), []);
}

#[test]
fn the_copied_pose_survives_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let folders = Folders::under(home.path());
    let (mut one, mut system) = (window(), String::new());
    one.state_mut().folders = Some(folders.clone());
    moved(&mut one, 3.0);
    key(&mut one, "Ctrl+C", &mut system);
    drop(one);
    // The system's clipboard ends with the program that filled it.
    let (mut two, mut system) = (window(), String::new());
    two.state_mut().folders = Some(folders.clone());
    two.state_mut().recall_pose();
    key(&mut two, "Ctrl+V", &mut system);
    assert_eq!(location(&two, "arm.L"), 3.0);
    // A file that was harmed costs the copy, not the start.
    let file = folders.state.join("copied_pose.ron");
    std::fs::write(&file, "// Keypose pose 1\n(pose").unwrap();
    let mut three = window();
    three.state_mut().folders = Some(folders);
    three.state_mut().recall_pose();
    key(&mut three, "Ctrl+V", &mut system);
    assert_eq!(message(&three), "No pose has been copied yet");
}

#[test]
fn a_bone_that_the_view_shows_can_be_clicked_after_a_recall() {
    let mut ui = mannequin();
    select(&mut ui, &["hand.L"]);
    over_the_view(&mut ui);
    press(&mut ui, "Ctrl+1");
    let chest = place_of(&ui, "chest");
    click(&mut ui, chest, Modifiers::NONE);
    assert_eq!(selected(&ui), ["chest"]);
    press(&mut ui, "1");
    assert_eq!(selected(&ui), ["hand.L"]);
}
