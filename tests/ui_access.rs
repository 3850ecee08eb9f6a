//! The interface as a screen reader and a keyboard meet it: names, places in the order of Tab, and keys that
//! belong to a text field while one is typed into.

#[path = "common/ui.rs"]
mod common;

use std::collections::BTreeSet;
use std::sync::Arc;

use common::{Ui, harness, mannequin, press};
use egui::accesskit::{Action, Role};
use egui::{Key, Modifiers, Shape};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use keypose::model::armature::Armature;
use keypose::model::bone::Bone;
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::model::rig::Rig;
use keypose::ops::call;
use keypose::ops::runner::Session;
use keypose::ui::dialogs::recover::Offer;

/// Runs a call as a key or a menu does.
fn start(ui: &mut Ui, text: &str) {
    let ctx = ui.ctx.clone();
    ui.state_mut().start(&ctx, call::parse(text).unwrap());
    ui.run_steps(3);
}

/// The mannequin with an arm bone that was turned.
fn posed() -> Ui {
    let mut ui = mannequin();
    for text in [
        "pose.select_bones(names: [\"forearm.L\"], active: \"forearm.L\")",
        "transform.rotate(value: 0.5)",
    ] {
        ui.state_mut().session.run_text(text).unwrap();
    }
    ui.run_steps(3);
    ui
}

fn click(ui: &mut Ui, role: Role, label: &str) {
    ui.get_by_role_and_label(role, label).click();
    ui.run_steps(3);
}

/// A state of the interface and how to come to it.
type State = (&'static str, fn() -> Ui);

fn with(make: impl FnOnce(&mut Ui)) -> Ui {
    let mut ui = posed();
    make(&mut ui);
    ui
}

fn preferences(section: &str) -> Ui {
    with(|ui| {
        start(ui, "screen.userpref_show()");
        click(ui, Role::Tab, section);
    })
}

fn tab(name: &str) -> Ui {
    with(|ui| click(ui, Role::Tab, name))
}

const STATES: &[State] = &[
    ("bone", posed),
    ("empty", || {
        let mut ui = harness(Session::default());
        ui.run();
        ui
    }),
    ("search", || with(|ui| start(ui, "wm.search_menu()"))),
    ("adjust", || with(|ui| start(ui, "screen.redo_last()"))),
    ("log", || {
        with(|ui| start(ui, "screen.panel_toggle(type: LOG)"))
    }),
    ("collections", || tab("Collections")),
    ("rig", || tab("Rig")),
    ("file", || tab("File")),
    ("interface", || preferences("Interface")),
    ("keymap", || preferences("Keymap")),
    ("saving", || preferences("Editing & Saving")),
    ("file menu", || with(|ui| click(ui, Role::Button, "File"))),
    ("pose menu", || with(|ui| click(ui, Role::Button, "Pose"))),
    ("panel menu", || {
        with(|ui| click(ui, Role::Button, "Bones panel menu"))
    }),
    ("rotation modes", || {
        with(|ui| start(ui, "pose.rotation_mode_set()"))
    }),
    ("rename workspace", || {
        with(|ui| start(ui, "workspace.rename()"))
    }),
    ("unsaved", || with(|ui| start(ui, "wm.read_homefile()"))),
    ("save as", || with(|ui| start(ui, "wm.save_as_mainfile()"))),
    ("recover", || {
        with(|ui| {
            let offer = |key: &str| Offer {
                key: key.to_owned(),
                title: format!("{key}.keypose"),
                detail: "4 minutes ago".to_owned(),
            };
            ui.state_mut().offer(vec![offer("walk"), offer("run")]);
            ui.run_steps(3);
        })
    }),
    ("about", || {
        with(|ui| {
            click(ui, Role::Button, "Help");
            click(ui, Role::MenuItem, "About Keypose");
        })
    }),
];

fn can(node: &Node, action: Action) -> bool {
    node.accesskit_node().data().supports_action(action)
}

/// What a screen reader calls it.
fn name(node: &Node) -> String {
    node.accesskit_node().label().unwrap_or_default()
}

/// What can be clicked or get the keyboard; scroll bars belong to what they scroll.
fn active(ui: &Ui) -> Vec<Node<'_>> {
    let nodes = ui.root().children_recursive();
    nodes
        .filter(|node| can(node, Action::Focus) || can(node, Action::Click))
        .filter(|node| {
            !matches!(
                node.accesskit_node().role(),
                Role::Window | Role::ScrollView | Role::ScrollBar
            )
        })
        .collect()
}

/// The nearest thing around it that has a name of its own.
fn within(node: &Node) -> String {
    let mut around = node.parent();
    while let Some(parent) = around {
        let named = name(&parent);
        if !named.is_empty() {
            return named;
        }
        around = parent.parent();
    }
    String::new()
}

#[test]
fn everything_that_can_be_used_has_a_name_of_its_own() {
    let mut wrong = Vec::new();
    for (state, make) in STATES {
        let ui = make();
        let mut seen = BTreeSet::new();
        let nodes = active(&ui);
        assert!(nodes.len() > 2, "{state}: nothing is there");
        for node in nodes {
            let role = node.accesskit_node().role();
            let name = name(&node);
            if name.trim().is_empty() {
                wrong.push(format!(
                    "{state}: {role:?} at {:?} has no name",
                    node.rect()
                ));
            }
            // Rows of a list and edges may look alike; what a button does must be told.
            let told = (within(&node), name, node.value());
            if role == Role::Button && !seen.insert(told.clone()) {
                wrong.push(format!("{state}: two buttons are called {told:?}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// What has the keyboard's focus, as role and name.
fn focused(ui: &Ui) -> String {
    let found = ui
        .root()
        .children_recursive()
        .find(|node| node.is_focused());
    found.map_or_else(String::new, |node| {
        format!("{:?} {}", node.accesskit_node().role(), name(&node))
    })
}

/// The places that Tab goes to, from where the focus is until it comes around.
fn tour(ui: &mut Ui, key: Modifiers) -> Vec<String> {
    let mut places: Vec<(String, String)> = Vec::new();
    for _ in 0..400 {
        ui.key_press_modifiers(key, Key::Tab);
        ui.run_steps(2);
        let found = ui
            .root()
            .children_recursive()
            .find(|node| node.is_focused());
        let at = found.map_or_else(String::new, |node| format!("{:?}", node.rect()));
        let place = (focused(ui), at);
        if places.first() == Some(&place) {
            return places.into_iter().map(|(name, _)| name).collect();
        }
        places.push(place);
    }
    panic!("Tab does not come around: {places:?}");
}

#[test]
fn tab_goes_through_the_whole_window_and_comes_around() {
    let mut ui = posed();
    let places = tour(&mut ui, Modifiers::NONE);
    assert_eq!(places.first().unwrap(), "Button File");
    for place in [
        "Button Help",
        "Tab Pose",
        "Button New Workspace",
        "Button Search commands",
        "Button Bones panel menu",
        "TextInput Filter bones",
        "TreeItem root",
        "TreeItem forearm.L",
        "Button Hide forearm.L",
        "ListBoxOption Torso",
        "ColorWell Color of Torso",
        "Button Solo Torso",
        "Canvas 3D View",
        "Button Move",
        "ComboBox Transform Orientation",
        "Button Overlays Options",
        "Button Frame All",
        "Button Top (Z)",
        "Button Pan View",
        "DisclosureTriangle Adjust Rotate",
        "Tab Properties",
        "Tab Rig",
        "DisclosureTriangle Transform",
        "Button Lock Location X",
        "SpinButton Rotation X",
        "ComboBox Rotation Mode",
        "CheckBox Inherit Rotation",
    ] {
        assert!(
            places.contains(&place.to_owned()),
            "{place} is not in {places:?}"
        );
    }
    let back = tour(&mut ui, Modifiers::SHIFT);
    assert!(
        back.len() + 2 >= places.len(),
        "{} of {} on the way back",
        back.len(),
        places.len()
    );
}

#[test]
fn dialogs_keep_tab_within() {
    for (state, least) in [("unsaved", 3), ("save as", 3), ("recover", 5), ("about", 1)] {
        let (_, make) = STATES.iter().find(|(name, _)| *name == state).unwrap();
        let mut ui = make();
        let places = tour(&mut ui, Modifiers::NONE);
        assert!(places.len() >= least, "{state}: {places:?}");
        assert!(
            !places.contains(&"Button File".to_owned()),
            "{state}: {places:?}"
        );
    }
}

#[test]
fn f10_opens_the_menus_without_the_mouse() {
    let mut ui = posed();
    press(&mut ui, "F10");
    ui.run_steps(2);
    assert_eq!(focused(&ui), "Button File");
    ui.key_press(Key::ArrowRight);
    ui.run_steps(3);
    assert_eq!(focused(&ui), "Button Edit");
    ui.key_press(Key::Enter);
    ui.run_steps(3);
    ui.key_press(Key::ArrowDown);
    ui.run_steps(3);
    assert_eq!(focused(&ui), "MenuItem Undo");
    let steps = common::steps(&ui);
    ui.key_press(Key::Enter);
    ui.run_steps(3);
    assert_eq!(common::steps(&ui), steps - 1);
    assert!(ui.query_by_role_and_label(Role::MenuItem, "Undo").is_none());
}

#[test]
fn escape_leaves_a_menu_at_once() {
    let mut ui = posed();
    press(&mut ui, "F10");
    ui.key_press(Key::Enter);
    ui.run_steps(3);
    ui.key_press(Key::ArrowDown);
    ui.run_steps(3);
    ui.key_press(Key::Escape);
    ui.run_steps(3);
    assert!(ui.query_by_role_and_label(Role::MenuItem, "New").is_none());
}

#[test]
fn f6_goes_through_the_panels_and_back() {
    let mut ui = posed();
    let mut panels = Vec::new();
    for _ in 0..3 {
        press(&mut ui, "F6");
        ui.run_steps(2);
        panels.push(focused(&ui));
    }
    panels.sort();
    let all = ["3D View", "Bones", "Properties"].map(|name| format!("Region {name} panel"));
    assert_eq!(panels, all);
    press(&mut ui, "Shift+F6");
    ui.run_steps(2);
    let before = focused(&ui);
    press(&mut ui, "F6");
    ui.run_steps(2);
    assert_ne!(focused(&ui), before);
}

/// The lines that are drawn around something.
fn rings(ui: &Ui) -> usize {
    fn count(shape: &Shape) -> usize {
        match shape {
            Shape::Vec(shapes) => shapes.iter().map(count).sum(),
            Shape::Rect(rect) => usize::from(rect.stroke.width > 1.4),
            _ => 0,
        }
    }
    let shapes = &ui.output().shapes;
    shapes.iter().map(|clipped| count(&clipped.shape)).sum()
}

#[test]
fn what_has_the_focus_has_a_ring() {
    let mut ui = posed();
    let without = rings(&ui);
    for (role, label) in [
        (Role::Button, "File"),
        (Role::Button, "Search commands"),
        (Role::Tab, "Pose"),
        (Role::Tab, "Bones"),
        (Role::TreeItem, "root"),
        (Role::Button, "Hide forearm.L"),
        (Role::ListBoxOption, "Torso"),
        (Role::ColorWell, "Color of Torso"),
        (Role::Button, "Move"),
        (Role::ComboBox, "Transform Orientation"),
        (Role::Button, "Top (Z)"),
        (Role::Button, "Pan View"),
        (Role::DisclosureTriangle, "Adjust Rotate"),
        (Role::DisclosureTriangle, "Transform"),
        (Role::SpinButton, "Rotation X"),
        (Role::ComboBox, "Rotation Mode"),
        (Role::CheckBox, "Inherit Rotation"),
    ] {
        ui.get_by_role_and_label(role, label).focus();
        ui.run_steps(3);
        assert_eq!(focused(&ui), format!("{role:?} {label}"));
        assert!(rings(&ui) > without, "{role:?} {label} has no ring");
    }
}

/// Types a letter as the window does: the program sees the key first, then egui.
fn type_letter(ui: &mut Ui, letter: char) {
    press(ui, &letter.to_ascii_uppercase().to_string());
    if !ui.state().session.is_running() {
        ui.event(egui::Event::Text(letter.to_string()));
        ui.run_steps(2);
    }
}

#[test]
fn letters_belong_to_a_text_field_while_it_is_typed_into() {
    type Enter = fn(&mut Ui);
    let fields: [(&str, Enter); 5] = [
        ("filter", |ui| {
            ui.get_by_role_and_label(Role::TextInput, "Filter bones")
                .click()
        }),
        ("search", |ui| start(ui, "wm.search_menu()")),
        ("workspace", |ui| start(ui, "workspace.rename()")),
        ("number", |ui| {
            ui.get_by_role_and_label(Role::SpinButton, "Rotation X")
                .click();
        }),
        ("path", |ui| start(ui, "wm.save_as_mainfile()")),
    ];
    for (field, enter) in fields {
        let mut ui = posed();
        let at = common::place_of(&ui, "head");
        ui.event(egui::Event::PointerMoved(at));
        enter(&mut ui);
        ui.run_steps(3);
        let before = (common::steps(&ui), ui.state().session.document.clone());
        for letter in ['r', 'h', 'a', 'g'] {
            type_letter(&mut ui, letter);
            assert!(
                !ui.state().session.is_running(),
                "{letter} in {field} began something"
            );
        }
        assert_eq!(before.0, common::steps(&ui), "{field}");
        assert!(before.1 == ui.state().session.document, "{field}");
        for _ in 0..2 {
            ui.key_press(Key::Escape);
            ui.run_steps(3);
        }
        ui.event(egui::Event::PointerMoved(at + egui::vec2(2.0, 0.0)));
        ui.run_steps(2);
        press(&mut ui, "R");
        assert!(ui.state().session.is_running(), "R is dead after {field}");
    }
}

#[test]
fn a_number_field_that_is_not_typed_into_leaves_letters_to_the_panel_below_the_pointer() {
    let mut ui = posed();
    let at = common::place_of(&ui, "head");
    ui.event(egui::Event::PointerMoved(at));
    ui.get_by_role_and_label(Role::SpinButton, "Rotation X")
        .focus();
    ui.run_steps(3);
    press(&mut ui, "R");
    assert!(ui.state().session.is_running());
    press(&mut ui, "Escape");
    assert!(!ui.state().session.is_running());
}

#[test]
fn every_icon_button_tells_what_it_is_and_its_key() {
    let mut ui = posed();
    let square = |node: &Node| {
        let size = node.rect().size();
        size.x < 28.0 && size.y < 28.0
    };
    let buttons: Vec<(String, egui::Pos2)> = active(&ui)
        .iter()
        .filter(|node| node.accesskit_node().role() == Role::Button && square(node))
        .map(|node| (name(node), node.rect().center()))
        .collect();
    assert!(buttons.len() > 25, "{buttons:?}");
    let texts = |ui: &Ui| common_texts(ui);
    let mut silent = Vec::new();
    for (name, at) in buttons {
        ui.event(egui::Event::PointerMoved(egui::pos2(640.0, 1031.0)));
        ui.run_steps(2);
        let before = texts(&ui).len();
        ui.event(egui::Event::PointerMoved(at));
        ui.run_steps(60);
        if texts(&ui).len() <= before {
            silent.push(name);
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}

/// All texts that are drawn.
fn common_texts(ui: &Ui) -> Vec<String> {
    fn collect(shape: &Shape, out: &mut Vec<String>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, out)),
            Shape::Text(text) => out.push(text.galley.text().to_owned()),
            _ => {}
        }
    }
    let mut out = Vec::new();
    for clipped in &ui.output().shapes {
        collect(&clipped.shape, &mut out);
    }
    out
}

/// A chain of so many bones, one in the other.
fn chain(bones: u32) -> Document {
    let bone = |place: u32| {
        Arc::new(Bone {
            name: format!("bone.{place:03}").into(),
            parent: place.checked_sub(1).map(BoneId),
            ..Bone::default()
        })
    };
    let armature = Armature {
        bones: (0..bones).map(bone).collect(),
        ..Armature::default()
    };
    let mut document = Document::default();
    document.add_rig(Rig::new("chain".to_owned(), armature));
    document
}

#[test]
fn a_long_chain_of_bones_stays_in_the_list() {
    let mut ui = harness(Session::with_document(chain(320)));
    ui.run();
    let list = ui.get_by_role_and_label(Role::TreeItem, "bone.000").rect();
    let mut deepest = 0;
    for node in ui.query_all_by_role(Role::DisclosureTriangle) {
        let Some(place) = name(&node)
            .strip_prefix("Close bone.")
            .and_then(|n| n.parse().ok())
        else {
            continue;
        };
        deepest = deepest.max(place);
        let room = list.right() - node.rect().right();
        assert!(room > 100.0, "{room} are left for the name of bone {place}");
    }
    assert!(deepest > 20, "only {deepest} bones are in sight");
    // Far below it goes on.
    let at = list.center();
    ui.event(egui::Event::PointerMoved(at));
    ui.run_steps(2);
    press(&mut ui, "End");
    ui.run_steps(3);
    assert_eq!(common::active(&ui), "bone.319");
    ui.get_by_role_and_label(Role::TreeItem, "bone.319");
}

#[test]
fn a_long_name_of_the_file_leaves_room_for_the_menus() {
    let mut ui = posed();
    let long = format!("/tmp/{}.keypose", "a_long_name_".repeat(20));
    ui.state_mut().session.file.path = Some(long.into());
    ui.run_steps(3);
    let help = ui.get_by_role_and_label(Role::Button, "Help").rect();
    let tab = ui.get_by_role_and_label(Role::Tab, "Pose").rect();
    let name = ui.get_by_label_contains("a_long_name_a").rect();
    assert!(
        help.right() < tab.left() && tab.right() < name.left(),
        "{tab:?} {name:?}"
    );
}

#[test]
fn a_path_typed_behind_the_folder_and_a_dialog_without_keys_of_panels() {
    let mut ui = posed();
    let has_search = |ui: &Ui| {
        common_texts(ui)
            .iter()
            .filter(|text| *text == "Box select")
            .count()
    };
    let at = common::place_of(&ui, "head");
    ui.event(egui::Event::PointerMoved(at));
    ui.run_steps(3);
    assert_eq!(has_search(&ui), 1);
    start(&mut ui, "wm.save_as_mainfile()");
    assert_eq!(has_search(&ui), 0);
    ui.event(egui::Event::Text("//tmp/x.keypose".to_owned()));
    ui.run_steps(3);
    let path = ui.get_by_role_and_label(Role::TextInput, "Path").value();
    assert_eq!(path.as_deref(), Some("/tmp/x.keypose"));
}

#[test]
fn what_only_changes_the_view_leaves_the_document_saved() {
    let mut ui = mannequin();
    let at = common::place_of(&ui, "head") + egui::vec2(-200.0, 0.0);
    ui.event(egui::Event::PointerMoved(at));
    ui.run_steps(2);
    let camera = ui.state().session.view.camera.clone();
    for key in [
        "Numpad1",
        "NumpadPlus",
        "Numpad5",
        "Alt+Z",
        "Shift+Alt+Z",
        "Shift+Tab",
        "Ctrl+Space",
        "Ctrl+Space",
        "Home",
        "F6",
        "F10",
    ] {
        press(&mut ui, key);
        ui.run_steps(2);
        assert!(!ui.state().title().contains('*'), "{key} counts as work");
    }
    assert!(ui.state().session.view.camera != camera);
    start(&mut ui, "screen.panel_toggle(type: LOG)");
    start(&mut ui, "workspace.duplicate()");
    assert!(!ui.state().title().contains('*'));
    start(&mut ui, "pose.select_all(action: SELECT)");
    assert!(ui.state().title().contains('*'));
}

#[test]
fn a_double_click_and_quick_clicks_do_no_more_than_one_each() {
    let mut ui = posed();
    let on = ui.state().session.view.overlays;
    let at = ui
        .get_by_role_and_label(Role::Button, "Show Overlays")
        .rect()
        .center();
    for _ in 0..5 {
        common::button(&mut ui, at, true);
        common::button(&mut ui, at, false);
    }
    ui.run_steps(3);
    assert!(ui.state().session.view.overlays != on);
    // The camera is still on its way when the next view is asked for.
    for view in ["Top (Z)", "Right (X)", "Front (−Y)"] {
        let at = ui.get_by_role_and_label(Role::Button, view).rect().center();
        common::button(&mut ui, at, true);
        common::button(&mut ui, at, false);
    }
    let steps = common::steps(&ui);
    ui.run();
    assert_eq!(common::steps(&ui), steps);
    assert!(ui.state().session.view.camera.orthographic);
}
