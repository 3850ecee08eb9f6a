//! The bone list and its collections, driven without a window.

mod common;
#[path = "common/ui.rs"]
mod interface;

use std::sync::Arc;

use common::documents;
use egui::accesskit::Role;
use egui::{Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use interface::{Ui, press};
use keypose::model::armature::Armature;
use keypose::model::bone::Bone;
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::model::rig::Rig;
use keypose::ops::runner::Session;
use keypose::ui::app::App;
use keypose::ui::fonts;
use keypose::ui::theme::Theme;

fn harness(session: Session) -> Ui {
    let mut ui = Harness::builder()
        .with_size(vec2(1280.0, 1036.0))
        .with_max_steps(20)
        .with_context_setup(|ctx| {
            ctx.set_fonts(fonts::definitions());
            Theme::bundled(true).unwrap().apply(ctx);
        })
        .build_ui_state(|ui, app: &mut App| app.ui(ui), App::new(session).unwrap());
    ui.run();
    ui
}

fn showing(document: Document) -> Ui {
    harness(Session::with_document(document))
}

fn mannequin() -> Ui {
    let mut session = Session::default();
    let call = "wm.read_homefile(mannequin: true)";
    session.run_text(call).unwrap();
    harness(session)
}

fn call(ui: &mut Ui, text: &str) {
    ui.state_mut().session.run_text(text).unwrap();
    ui.run();
}

fn rig(ui: &Ui) -> &Rig {
    ui.state().session.document.rig().unwrap()
}

fn rig_at(ui: &Ui, place: usize) -> &Rig {
    &ui.state().session.document.rigs[place]
}

fn names(rig: &Rig) -> Vec<&str> {
    let bones = rig.selected_bones();
    bones
        .into_iter()
        .map(|bone| rig.armature.name(bone))
        .collect()
}

fn active(ui: &Ui) -> &str {
    let rig = rig(ui);
    rig.armature.name(rig.active_bone.unwrap())
}

fn collections<'a>(ui: &'a Ui, bone: &str) -> &'a [String] {
    let armature = &rig(ui).armature;
    let bone = armature.find(bone).unwrap();
    &armature.bone(bone).unwrap().collections
}

fn steps(ui: &Ui) -> usize {
    ui.state().session.history().behind().len()
}

fn row(ui: &Ui, name: &str) -> Pos2 {
    let row = ui.get_by_role_and_label(Role::TreeItem, name);
    row.rect().center()
}

fn listed(ui: &Ui, name: &str) -> bool {
    ui.query_by_role_and_label(Role::TreeItem, name).is_some()
}

/// Lets keys go to the bone list.
fn hover_list(ui: &mut Ui) {
    let row = ui.query_all_by_role(Role::TreeItem).next().unwrap();
    let at = row.rect().center();
    ui.hover_at(at);
    ui.run();
}

fn click_row(ui: &mut Ui, name: &str, modifiers: Modifiers) {
    ui.get_by_role_and_label(Role::TreeItem, name)
        .click_modifiers(modifiers);
    ui.run();
}

fn button(ui: &mut Ui, pos: Pos2, pressed: bool, button: PointerButton) {
    ui.event(egui::Event::PointerMoved(pos));
    ui.event(egui::Event::PointerButton {
        pos,
        button,
        pressed,
        modifiers: Modifiers::NONE,
    });
    ui.step();
}

/// Drags from one point to another, with keys that are held when the button is released.
fn drag(ui: &mut Ui, from: Pos2, to: Pos2, held: Modifiers) {
    button(ui, from, true, PointerButton::Primary);
    for step in 1..=5 {
        let at = from + (to - from) * (step as f32 / 5.0);
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
}

fn option(ui: &Ui, name: &str) -> Pos2 {
    let option = ui.get_by_role_and_label(Role::ListBoxOption, name);
    option.rect().center()
}

#[test]
fn a_bone_that_is_dropped_on_a_collection_becomes_a_member() {
    let mut ui = mannequin();
    let (from, to) = (row(&ui, "hips"), option(&ui, "Left"));
    drag(&mut ui, from, to, Modifiers::NONE);
    assert_eq!(collections(&ui, "hips"), ["Torso", "Left"]);
    assert_eq!(steps(&ui), 1);
    drag(&mut ui, from, to, Modifiers::ALT);
    assert_eq!(collections(&ui, "hips"), ["Torso"]);
    drag(&mut ui, from, to, Modifiers::COMMAND | Modifiers::CTRL);
    assert_eq!(collections(&ui, "hips"), ["Left"]);
}

#[test]
fn a_selected_bone_takes_all_selected_ones_along() {
    let mut ui = mannequin();
    click_row(&mut ui, "hips", Modifiers::NONE);
    click_row(&mut ui, "chest", Modifiers::COMMAND);
    let (from, to) = (row(&ui, "hips"), option(&ui, "Right"));
    let before = steps(&ui);
    drag(&mut ui, from, to, Modifiers::NONE);
    for bone in ["hips", "chest"] {
        assert_eq!(collections(&ui, bone), ["Torso", "Right"]);
    }
    assert_eq!(steps(&ui), before + 1);
    // A drop beside the list changes nothing, and neither does a drag of another rig's bone.
    let beside = ui.state().panels.viewport.rect.center();
    drag(&mut ui, from, beside, Modifiers::NONE);
    assert_eq!(steps(&ui), before + 1);
}

#[test]
fn a_bone_of_another_rig_cannot_be_dropped() {
    let mut ui = showing(documents::two_rigs());
    call(&mut ui, "armature.collection_add(name: \"Own\")");
    let before = steps(&ui);
    let (from, to) = (row(&ui, "arm.L"), option(&ui, "Own"));
    drag(&mut ui, from, to, Modifiers::NONE);
    assert_eq!(steps(&ui), before);
    let from = row(&ui, "root");
    drag(&mut ui, from, to, Modifiers::NONE);
    assert_eq!(collections(&ui, "root"), ["Own"]);
}

#[test]
fn a_range_goes_across_rigs() {
    let mut ui = showing(documents::two_rigs());
    click_row(&mut ui, "hand.L", Modifiers::NONE);
    assert_eq!(rig(&ui).name, "figure");
    let before = steps(&ui);
    click_row(&mut ui, "root", Modifiers::SHIFT);
    assert_eq!(names(rig_at(&ui, 0)), ["hand.L", "arm.R"]);
    assert_eq!(names(rig_at(&ui, 1)), ["root"]);
    assert_eq!(rig(&ui).name, "other");
    assert_eq!(steps(&ui), before + 1);
    // The range begins where it did, and what it leaves is deselected.
    click_row(&mut ui, "arm.L", Modifiers::SHIFT);
    assert_eq!(names(rig_at(&ui, 0)), ["arm.L", "hand.L"]);
    assert!(names(rig_at(&ui, 1)).is_empty());
    assert_eq!(active(&ui), "arm.L");
}

#[test]
fn eyes_and_locks_work_in_a_rig_that_is_not_active() {
    let mut ui = showing(documents::two_rigs());
    assert_eq!(rig(&ui).name, "other");
    ui.hover_at(row(&ui, "trunk"));
    ui.run();
    ui.get_by_role_and_label(Role::Button, "Hide trunk").click();
    ui.run();
    assert!(!rig_at(&ui, 0).visible(BoneId(0)));
    ui.get_by_role_and_label(Role::Button, "Lock trunk").click();
    ui.run();
    assert!(rig_at(&ui, 0).setup(BoneId(0)).unwrap().all_locked());
    ui.hover_at(row(&ui, "figure"));
    ui.run();
    ui.get_by_role_and_label(Role::Button, "Hide figure")
        .click();
    ui.run();
    assert!(rig_at(&ui, 0).hide);
    assert!(!rig_at(&ui, 0).visible(BoneId(1)));
    assert_eq!(rig(&ui).name, "other");
    // Framing everything leaves it out: the other one stands at 2 metres.
    let document = &ui.state().session.document;
    let mut poses = keypose::eval::evaluator::DocumentEvaluator::default();
    poses.evaluate(document);
    let bounds = keypose::eval::bounds::of_document(document, &poses).unwrap();
    assert_eq!(bounds.min.x, 2.0);
}

#[test]
fn the_eye_of_a_selected_bone_goes_for_all_as_one_step() {
    let mut ui = showing(documents::two_rigs());
    // arm.L and hand.L of one rig and the root of the other one are selected.
    ui.hover_at(row(&ui, "arm.L"));
    ui.run();
    let before = steps(&ui);
    ui.get_by_role_and_label(Role::Button, "Hide arm.L").click();
    ui.run();
    let hidden = |ui: &Ui, place: usize| rig_at(ui, place).hidden.iter().collect::<Vec<_>>();
    assert_eq!((hidden(&ui, 0), hidden(&ui, 1)), (vec![1, 2, 4], vec![0]));
    assert_eq!(steps(&ui), before + 1);
    press(&mut ui, "Ctrl+Z");
    assert_eq!((hidden(&ui, 0), hidden(&ui, 1)), (vec![4], vec![]));
}

#[test]
fn a_click_on_a_rig_makes_it_the_active_one() {
    let mut ui = showing(documents::two_rigs());
    click_row(&mut ui, "figure", Modifiers::NONE);
    assert_eq!(rig(&ui).name, "figure");
    assert_eq!(names(rig_at(&ui, 1)), ["root"]);
}

#[test]
fn keys_walk_open_and_close() {
    let mut ui = showing(documents::arm());
    hover_list(&mut ui);
    press(&mut ui, "Down");
    assert_eq!(active(&ui), "trunk");
    press(&mut ui, "Down");
    press(&mut ui, "Down");
    assert_eq!(active(&ui), "hand.L");
    press(&mut ui, "Left");
    assert_eq!(active(&ui), "arm.L");
    press(&mut ui, "Left");
    assert!(!listed(&ui, "hand.L"));
    press(&mut ui, "Down");
    assert_eq!(active(&ui), "arm.R");
    press(&mut ui, "Shift+Up");
    assert_eq!(names(rig(&ui)), ["arm.L", "arm.R"]);
    press(&mut ui, "Home");
    assert_eq!(names(rig(&ui)), ["trunk"]);
    press(&mut ui, "Shift+Right");
    assert!(listed(&ui, "hand.L"));
    press(&mut ui, "Shift+End");
    assert_eq!(names(rig(&ui)).len(), 5);
    press(&mut ui, "End");
    assert_eq!(names(rig(&ui)), ["hand.R"]);
    press(&mut ui, "Home");
    press(&mut ui, "NumpadMinus");
    assert!(listed(&ui, "arm.L") && !listed(&ui, "hand.L"));
    press(&mut ui, "NumpadMinus");
    assert!(!listed(&ui, "arm.L"));
    press(&mut ui, "Shift+A");
    assert!(listed(&ui, "hand.R"));
}

#[test]
fn a_row_with_the_keyboard_walks_wherever_the_pointer_is() {
    let mut ui = showing(documents::arm());
    ui.hover_at(ui.state().panels.viewport.rect.center());
    ui.get_by_role_and_label(Role::TreeItem, "arm.L").focus();
    ui.run();
    ui.key_press(egui::Key::ArrowDown);
    ui.run();
    assert_eq!(active(&ui), "hand.L");
    assert!(
        ui.get_by_role_and_label(Role::TreeItem, "hand.L")
            .is_focused()
    );
    ui.key_press(egui::Key::ArrowDown);
    ui.run();
    assert_eq!(active(&ui), "arm.R");
    ui.get_by_role_and_label(Role::TreeItem, "trunk").focus();
    ui.run();
    ui.key_press(egui::Key::Space);
    ui.run();
    assert_eq!(active(&ui), "trunk");
}

#[test]
fn the_filter_dims_what_is_above_and_escape_clears_it() {
    let mut ui = mannequin();
    hover_list(&mut ui);
    press(&mut ui, "Ctrl+F");
    ui.event(egui::Event::Text("OOT.l".to_owned()));
    ui.run();
    assert!(listed(&ui, "foot.L") && listed(&ui, "shin.L"));
    assert!(!listed(&ui, "foot.R") && !listed(&ui, "head"));
    // What is typed is no command.
    press(&mut ui, "H");
    assert_eq!(steps(&ui), 0);
    ui.key_press(egui::Key::Enter);
    ui.run();
    assert_eq!(active(&ui), "foot.L");
    press(&mut ui, "Ctrl+F");
    ui.key_press(egui::Key::Escape);
    ui.run();
    assert!(listed(&ui, "head"));
    press(&mut ui, "Ctrl+F");
    ui.event(egui::Event::Text("nothing like it".to_owned()));
    ui.run();
    assert!(!listed(&ui, "root"));
    ui.get_by_role_and_label(Role::Button, "Clear Filter")
        .click();
    ui.run();
    assert!(listed(&ui, "root"));
}

#[test]
fn the_menu_of_the_list_closes_everything_and_shows_only_selected_bones() {
    let mut ui = mannequin();
    let choose = |ui: &mut Ui, entry: &str| {
        ui.get_by_label("Options of the bone list").click();
        ui.run();
        ui.get_by_role_and_label(Role::MenuItem, entry).click();
        ui.run();
    };
    choose(&mut ui, "Collapse All");
    assert!(listed(&ui, "root") && !listed(&ui, "hips"));
    choose(&mut ui, "Expand All");
    assert!(listed(&ui, "hips"));
    click_row(&mut ui, "hips", Modifiers::NONE);
    choose(&mut ui, "Show Only Selected");
    assert!(listed(&ui, "root") && listed(&ui, "hips") && !listed(&ui, "chest"));
    choose(&mut ui, "Show All Bones");
    assert!(listed(&ui, "chest"));
}

#[test]
fn rows_tell_a_screen_reader_where_they_stand() {
    let ui = showing(documents::arm());
    let data = |name: &str| {
        let row = ui.get_by_role_and_label(Role::TreeItem, name);
        let data = row.accesskit_node().data();
        (data.level(), data.is_expanded())
    };
    assert_eq!(data("trunk"), (Some(1), Some(true)));
    assert_eq!(data("hand.L"), (Some(3), None));
}

#[test]
fn collections_are_added_named_and_moved() {
    let mut ui = mannequin();
    let list = |ui: &Ui| {
        let collections = rig(ui).armature.collections.iter();
        collections.map(|c| c.name.clone()).collect::<Vec<_>>()
    };
    let before = list(&ui);
    ui.get_by_role_and_label(Role::Button, "Add Bone Collection")
        .click();
    ui.run();
    ui.event(egui::Event::Text("Face".to_owned()));
    ui.key_press(egui::Key::Enter);
    ui.run();
    assert_eq!(list(&ui).last().unwrap(), "Face");
    let place = option(&ui, "Face");
    ui.hover_at(place);
    ui.run();
    press(&mut ui, "F2");
    ui.event(egui::Event::Text("Other".to_owned()));
    ui.key_press(egui::Key::Escape);
    ui.run();
    assert_eq!(list(&ui).last().unwrap(), "Face");
    let (from, to) = (option(&ui, "Face"), option(&ui, &before[0]));
    drag(&mut ui, from, to, Modifiers::NONE);
    assert_eq!(list(&ui)[0], "Face");
    assert_eq!(list(&ui)[1..], before);
}

#[test]
fn stars_and_eyes_of_collections_show_and_hide_their_bones() {
    let mut ui = mannequin();
    let shown = |ui: &Ui, name: &str| {
        let rig = rig(ui);
        rig.visible(rig.armature.find(name).unwrap())
    };
    let push = |ui: &mut Ui, label: &str| {
        ui.get_by_role_and_label(Role::Button, label).click();
        ui.run();
    };
    push(&mut ui, "Hide collection Left");
    assert!(!shown(&ui, "hand.L") && shown(&ui, "hand.R"));
    push(&mut ui, "Solo Left");
    assert!(shown(&ui, "hand.L") && !shown(&ui, "hand.R"));
    push(&mut ui, "Solo Left");
    push(&mut ui, "Show collection Left");
    assert!(shown(&ui, "hand.L") && shown(&ui, "hand.R"));
    assert_eq!(steps(&ui), 4);
}

#[test]
fn the_menu_of_a_collection_selects_its_bones() {
    let mut ui = mannequin();
    let at = option(&ui, "Fingers L");
    for pressed in [true, false] {
        button(&mut ui, at, pressed, PointerButton::Secondary);
    }
    ui.run();
    ui.get_by_role_and_label(Role::MenuItem, "Select Bones")
        .click();
    ui.run();
    let rig = rig(&ui);
    assert_eq!(rig.armature.active_collection.as_deref(), Some("Fingers L"));
    assert_eq!(names(rig).len(), rig.armature.members("Fingers L").count());
    assert!(names(rig).len() > 5);
}

#[test]
fn a_colour_of_the_palette_goes_to_the_list_and_to_the_view() {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::ColorWell, "Color of Left")
        .click();
    ui.run();
    ui.get_by_role_and_label(Role::Button, "Color set 3")
        .click();
    ui.run();
    let armature = &rig(&ui).armature;
    assert_eq!(armature.collection("Left").unwrap().color, "THEME03");
    let colors = Theme::bundled(true).unwrap().viewport();
    let (left, right) = (
        armature.find("hand.L").unwrap(),
        armature.find("hand.R").unwrap(),
    );
    let fill = |bone| {
        let side = keypose::render::colors::Side::Middle;
        keypose::render::colors::fill(&colors, armature, bone, None, side)
    };
    assert_eq!(fill(left), keypose::render::colors::rgb(0xd9b54a));
    assert_eq!(fill(right), colors.b_right);
    // Any other colour: the corner of the field is as light and strong as its hue can be.
    ui.get_by_role_and_label(Role::ColorWell, "Color of Left")
        .click();
    ui.run();
    let plane = ui.get_by_role_and_label(Role::ColorWell, "Saturation and brightness");
    let (from, to) = (plane.rect().center(), plane.rect().right_top());
    let before = steps(&ui);
    drag(&mut ui, from, to + vec2(30.0, -30.0), Modifiers::NONE);
    let color = &rig(&ui).armature.collection("Left").unwrap().color;
    assert!(color.starts_with("#ff") && color.ends_with("00"), "{color}");
    assert_eq!(steps(&ui), before + 1);
}

#[test]
fn a_key_offers_the_collections_and_a_new_one() {
    let mut ui = mannequin();
    click_row(&mut ui, "hips", Modifiers::NONE);
    ui.hover_at(ui.state().panels.viewport.rect.center());
    ui.run();
    press(&mut ui, "M");
    ui.get_by_role_and_label(Role::MenuItem, "Right").click();
    ui.run();
    assert_eq!(collections(&ui, "hips"), ["Right"]);
    press(&mut ui, "Shift+M");
    ui.get_by_role_and_label(Role::MenuItem, "New Collection")
        .click();
    ui.run();
    assert_eq!(collections(&ui, "hips"), ["Right", "Bones"]);
}

/// A rig of so many bones, four to a chain.
fn many(count: u32) -> Document {
    let bone = |place: u32| {
        Arc::new(Bone {
            name: format!("bone.{place:04}").into(),
            parent: (!place.is_multiple_of(4)).then(|| BoneId(place - 1)),
            ..Bone::default()
        })
    };
    let armature = Armature {
        bones: (0..count).map(bone).collect(),
        ..Armature::default()
    };
    let mut document = Document::default();
    document.add_rig(Rig::new("many".to_owned(), armature));
    document
}

#[test]
fn of_a_thousand_bones_only_the_rows_in_sight_are_laid_out() {
    let mut ui = showing(many(1000));
    let rows = ui.query_all_by_role(Role::TreeItem).count();
    assert!((10..60).contains(&rows), "{rows} rows");
    hover_list(&mut ui);
    press(&mut ui, "End");
    assert_eq!(active(&ui), "bone.0999");
    assert!(listed(&ui, "bone.0999") && !listed(&ui, "bone.0000"));
    press(&mut ui, "PageUp");
    assert!(active(&ui) < "bone.0990" && active(&ui) > "bone.0950");
}

#[test]
fn the_menu_of_a_row_goes_for_the_selected_bones() {
    let mut ui = mannequin();
    click_row(&mut ui, "hips", Modifiers::NONE);
    let at = row(&ui, "chest");
    for pressed in [true, false] {
        button(&mut ui, at, pressed, PointerButton::Secondary);
    }
    ui.run();
    assert_eq!(names(rig(&ui)), ["chest"]);
    ui.get_by_role_and_label(Role::MenuItem, "Hide Unselected")
        .click();
    ui.run();
    let rig = rig(&ui);
    let shown = rig.armature.ids().filter(|&bone| rig.visible(bone));
    assert_eq!(shown.count(), 1);
}
