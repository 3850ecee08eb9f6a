//! Names of bones, typed in the list and in the properties; menus at the pointer.

mod common;
#[path = "common/ui.rs"]
mod interface;

use common::documents;
use egui::accesskit::Role;
use egui::{Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use interface::{Ui, active, harness, mannequin, message, press, rig, steps};
use keypose::ops::context::Place;
use keypose::ops::registry;
use keypose::ops::runner::Session;
use keypose::ui::menus::{Entry, Menus};

fn arm() -> Ui {
    let mut ui = harness(Session::with_document(documents::selected_arm()));
    ui.run();
    ui
}

fn row(ui: &Ui, name: &str) -> Pos2 {
    ui.get_by_role_and_label(Role::TreeItem, name)
        .rect()
        .center()
}

fn names(ui: &Ui) -> Vec<String> {
    let bones = rig(ui).armature.bones.iter();
    bones.map(|bone| bone.name.to_string()).collect()
}

fn types(ui: &mut Ui, text: &str, key: egui::Key) {
    ui.event(egui::Event::Text(text.to_owned()));
    ui.run();
    ui.key_press(key);
    ui.run();
}

/// Whether something with this role and label can be seen.
fn shown(ui: &Ui, role: Role, label: &str) -> bool {
    let all = ui.root().children_recursive();
    all.into_iter().any(|node| {
        let data = node.accesskit_node();
        data.role() == role && data.label().as_deref() == Some(label)
    })
}

fn typing(ui: &Ui) -> bool {
    shown(ui, Role::TextInput, "Name of the bone")
}

#[test]
fn f2_over_the_list_types_a_name_in_its_row() {
    let mut ui = arm();
    let hand = row(&ui, "hand.L");
    ui.hover_at(hand);
    ui.run();
    press(&mut ui, "F2");
    ui.run();
    assert!(typing(&ui));
    // The whole name is selected: typing replaces it. What is typed is no command.
    press(&mut ui, "G");
    types(&mut ui, "wing.L", egui::Key::Enter);
    assert!(!typing(&ui));
    assert_eq!(names(&ui)[1], "wing.L");
    assert_eq!((active(&ui), steps(&ui)), ("wing.L".to_owned(), 1));
    press(&mut ui, "Ctrl+Z");
    assert_eq!(names(&ui)[1], "arm.L");
}

#[test]
fn escape_leaves_the_name_and_an_empty_one_is_told() {
    let mut ui = arm();
    let hand = row(&ui, "hand.L");
    ui.hover_at(hand);
    ui.run();
    press(&mut ui, "F2");
    ui.run();
    assert!(typing(&ui));
    types(&mut ui, "wing.L", egui::Key::Escape);
    assert_eq!((names(&ui)[1].as_str(), steps(&ui)), ("arm.L", 0));
    assert!(!typing(&ui));
    press(&mut ui, "F2");
    ui.run();
    types(&mut ui, " ", egui::Key::Enter);
    assert_eq!(names(&ui)[1], "arm.L");
    assert!(message(&ui).contains("needs a name"), "{}", message(&ui));
    press(&mut ui, "F2");
    ui.run();
    types(&mut ui, "hand.L", egui::Key::Enter);
    assert_eq!(names(&ui)[1], "hand.L.001");
    assert!(message(&ui).contains("hand.L is taken"), "{}", message(&ui));
}

#[test]
fn tab_goes_on_to_the_next_name() {
    let mut ui = arm();
    let hand = row(&ui, "hand.L");
    ui.hover_at(hand);
    ui.run();
    press(&mut ui, "F2");
    ui.run();
    assert!(typing(&ui));
    types(&mut ui, "one", egui::Key::Tab);
    ui.run();
    assert!(typing(&ui));
    types(&mut ui, "two", egui::Key::Enter);
    assert_eq!(names(&ui)[..3], ["trunk", "one", "two"]);
    assert_eq!(active(&ui), "two");
}

#[test]
fn f2_over_the_collections_names_a_collection() {
    let mut ui = mannequin();
    let before = names(&ui);
    let add = ui.get_by_role_and_label(Role::Button, "Add Bone Collection");
    add.click();
    ui.run();
    types(&mut ui, "Face", egui::Key::Enter);
    let place = ui
        .get_by_role_and_label(Role::ListBoxOption, "Face")
        .rect()
        .center();
    ui.hover_at(place);
    ui.run();
    press(&mut ui, "F2");
    ui.run();
    types(&mut ui, "Head", egui::Key::Enter);
    let last = rig(&ui).armature.collections.last().unwrap();
    assert_eq!(last.name, "Head");
    assert_eq!(names(&ui), before);
}

#[test]
fn f2_over_the_3d_view_asks_for_the_name() {
    let mut ui = arm();
    let middle = ui.state().panels.viewport.rect.center();
    ui.hover_at(middle);
    ui.run();
    press(&mut ui, "F2");
    ui.run();
    ui.run();
    ui.key_press_modifiers(Modifiers::COMMAND, egui::Key::A);
    types(&mut ui, "wing.L", egui::Key::Enter);
    ui.key_press(egui::Key::Enter);
    ui.run();
    assert_eq!(names(&ui)[1], "wing.L");
}

#[test]
fn a_click_on_the_title_of_the_properties_types_the_name() {
    let mut ui = arm();
    ui.get_by_role_and_label(Role::Button, "Rename arm.L")
        .click();
    ui.run();
    assert!(typing(&ui));
    types(&mut ui, "wing.L", egui::Key::Enter);
    assert_eq!(names(&ui)[1], "wing.L");
    ui.get_by_role_and_label(Role::Button, "Rename wing.L");
}

#[test]
fn a_rig_is_renamed_in_its_row() {
    let mut ui = harness(Session::with_document(documents::two_rigs()));
    ui.run();
    let place = row(&ui, "figure");
    interface::click(&mut ui, place);
    assert_eq!(active(&ui), "arm.L");
    press(&mut ui, "F2");
    ui.run();
    types(&mut ui, "hero", egui::Key::Enter);
    assert_eq!(ui.state().session.document.rigs[0].name, "hero");
}

fn right_click(ui: &mut Ui, at: Pos2) {
    for pressed in [true, false] {
        ui.event(egui::Event::PointerMoved(at));
        ui.event(egui::Event::PointerButton {
            pos: at,
            button: PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        ui.step();
    }
    ui.run();
}

#[test]
fn the_right_button_opens_the_menu_of_the_panel() {
    let mut ui = arm();
    let place = row(&ui, "hand.L");
    right_click(&mut ui, place);
    let entry = |ui: &Ui, label: &str| shown(ui, Role::MenuItem, label);
    assert!(entry(&ui, "Rename…") && entry(&ui, "Move to Collection…"));
    ui.get_by(|node| node.role() == Role::MenuItem && node.label().as_deref() == Some("Rename…"))
        .click();
    ui.run();
    assert!(typing(&ui));
    types(&mut ui, "paw.L", egui::Key::Enter);
    assert_eq!(names(&ui)[2], "paw.L");
    let middle = ui.state().panels.viewport.rect.center();
    right_click(&mut ui, middle);
    assert!(entry(&ui, "Rename Bone…") && entry(&ui, "Copy Pose"));
}

/// Every entry of the menus at the pointer is in the menu bar, too, or has a key.
#[test]
fn menus_at_the_pointer_hold_nothing_that_is_nowhere_else() {
    fn calls<'a>(entries: &'a [Entry], found: &mut Vec<&'a str>) {
        for entry in entries {
            match entry {
                Entry::Run(command) => found.push(command.op.info().id),
                Entry::Menu(_, entries) => calls(entries, found),
                _ => {}
            }
        }
    }
    let (menus, faults) = Menus::bundled();
    assert!(faults.is_empty(), "{faults:?}");
    assert!(menus.contexts.len() >= 2);
    let (keymap, _) = keypose::ui::keymap::Keymap::bundled();
    let in_bar = menus.calls();
    for (panel, entries) in &menus.contexts {
        let mut found = Vec::new();
        calls(entries, &mut found);
        assert!(found.len() > 8, "{panel}");
        for id in found {
            let known = in_bar.iter().any(|call| call.split('(').next() == Some(id));
            assert!(known || !keymap.keys_of(id).is_empty(), "{panel}: {id}");
        }
    }
}

/// The search lists every operator of the family, and in an empty document says of each why it cannot run.
#[test]
fn every_pose_operator_is_found_and_says_why_it_is_off() {
    let (menus, _) = Menus::bundled();
    let (keymap, _) = keypose::ui::keymap::Keymap::bundled();
    let items = keypose::ui::search::index::items(&menus, &keymap);
    let mut ui = harness(Session::default());
    ui.run();
    let pose = registry::entries().filter(|entry| entry.info.id.starts_with("pose."));
    let pose: Vec<_> = pose.filter(|entry| !entry.info.script_only).collect();
    assert!(pose.len() > 20);
    for entry in pose {
        let id = entry.info.id;
        let item = items.iter().find(|item| item.id() == id);
        let item = item.unwrap_or_else(|| panic!("{id} is not found"));
        let reason = ui
            .state_mut()
            .session
            .poll(entry.make().as_ref(), Place::default());
        let reason = reason.expect_err(id);
        assert!(
            reason.len() > 10 && !reason.ends_with('.'),
            "{id}: {reason}"
        );
        press(&mut ui, "F3");
        ui.event(egui::Event::Text(item.label.clone()));
        ui.run();
        let rows = ui.query_all_by_role(Role::ListBoxOption);
        let rows: Vec<_> = rows
            .map(|row| row.accesskit_node().data().label().map(str::to_owned))
            .collect();
        let wanted = Some(item.label.clone());
        assert!(rows.contains(&wanted), "{id}: {rows:?}");
        ui.key_press(egui::Key::Escape);
        ui.run();
    }
}
