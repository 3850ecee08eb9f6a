//! Empties and constraints in the interface: adding by key and menu, picking, dragging, naming, deleting.

#[path = "common/ui.rs"]
mod harness;

use egui::accesskit::Role;
use egui::{Pos2, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use harness::{
    Ui, active, button, click, double_click, harness, mannequin, message, place_of, press, rig,
    steps,
};
use keypose::model::constraint_targets::Seen;
use keypose::model::empty::Empty;
use keypose::ops::runner::Session;

fn empties(ui: &Ui) -> &[Empty] {
    &ui.state().session.document.empties
}

fn run(ui: &mut Ui, call: &str) {
    ui.state_mut().session.run_text(call).unwrap();
    ui.run();
}

/// Where an empty appears.
fn place(ui: &Ui, empty: usize) -> Pos2 {
    let rect = ui.state().panels.viewport.rect;
    let size = glam::Vec2::new(rect.width(), rect.height());
    let location = empties(ui)[empty].location.into();
    let (at, _) = ui
        .state()
        .session
        .view
        .camera
        .project(location, size)
        .unwrap();
    rect.min + vec2(at.x, at.y)
}

fn hover(ui: &mut Ui, at: Pos2) {
    ui.event(egui::Event::PointerMoved(at));
    ui.run();
}

/// The names of the active bone's constraints and what each looks at.
fn stack(ui: &Ui) -> Vec<(String, Option<Seen>)> {
    let rig = rig(ui);
    let setup = rig.setup(rig.active_bone.unwrap()).unwrap();
    let pair = |c: &keypose::model::constraint::Constraint| (c.name.clone(), c.seen());
    setup.constraints.iter().map(pair).collect()
}

/// The character with a hand selected and the pointer over the view.
fn with_hand() -> Ui {
    let mut ui = mannequin();
    run(&mut ui, "view3d.select(bone: \"hand.L\")");
    let at = place_of(&ui, "hips") + vec2(0.0, 60.0);
    hover(&mut ui, at);
    ui
}

#[test]
fn a_constraint_is_added_with_a_key_and_a_menu_of_columns() {
    let mut ui = with_hand();
    press(&mut ui, "Ctrl+Shift+C");
    for heading in ["Motion Tracking", "Transform", "Tracking", "Relationship"] {
        assert!(ui.query_all_by_label(heading).next().is_some(), "{heading}");
    }
    ui.get_by_label("Child Of").click();
    ui.run();
    let looks = Seen::Object("Empty".to_owned());
    assert_eq!(stack(&ui), [("Child Of".to_owned(), Some(looks))]);
    assert_eq!((empties(&ui).len(), active(&ui).as_str()), (1, "hand.L"));
    assert!(rig(&ui).is_selected(harness::bone(&ui, "hand.L")));
    press(&mut ui, "Ctrl+Z");
    assert!(empties(&ui).is_empty() && stack(&ui).is_empty());
}

#[test]
fn inverse_kinematics_offers_targets_and_refuses_a_second_time() {
    let mut ui = with_hand();
    press(&mut ui, "Shift+I");
    ui.get_by_label("To New Empty Object");
    ui.get_by_label("Without Targets").click();
    ui.run();
    assert_eq!(stack(&ui), [("IK".to_owned(), None)]);
    let before = steps(&ui);
    press(&mut ui, "Shift+I");
    assert!(
        message(&ui).contains("inverse kinematics already"),
        "{}",
        message(&ui)
    );
    assert_eq!(steps(&ui), before);
    press(&mut ui, "Ctrl+Alt+I");
    assert!(stack(&ui).is_empty());
    run(&mut ui, "view3d.select(bone: \"head\", extend: true)");
    press(&mut ui, "Shift+I");
    ui.get_by_label("To Active Bone").click();
    ui.run();
    assert_eq!(
        stack(&ui),
        [("IK".to_owned(), Some(Seen::Bone("hand.L".to_owned())))]
    );
    press(&mut ui, "Ctrl+Alt+C");
    assert!(stack(&ui).is_empty());
}

#[test]
fn an_empty_is_hovered_clicked_dragged_and_deleted() {
    let mut ui = with_hand();
    run(&mut ui, "object.empty_add(location: (0.6, 0.0, 0.4))");
    run(&mut ui, "pose.select_all(action: DESELECT)");
    let at = place(&ui, 0);
    hover(&mut ui, at);
    assert_eq!(ui.state().hover_empty, Some(0));
    click(&mut ui, at);
    assert!(empties(&ui)[0].select && rig(&ui).selected_bones().is_empty());
    // A drag moves it across the screen, and one step is enough to undo it.
    let before = steps(&ui);
    button(&mut ui, at + vec2(8.0, 8.0), false);
    run(&mut ui, "view3d.toggle_gizmos()");
    button(&mut ui, at, true);
    hover(&mut ui, at + vec2(10.0, 0.0));
    hover(&mut ui, at + vec2(60.0, 20.0));
    button(&mut ui, at + vec2(60.0, 20.0), false);
    ui.run();
    let moved = place(&ui, 0);
    assert!(
        moved.distance(at + vec2(60.0, 20.0)) < 3.0,
        "{at} to {moved}"
    );
    assert_eq!(steps(&ui), before + 1);
    // G moves it, too; Escape puts it back.
    hover(&mut ui, moved + vec2(100.0, 0.0));
    press(&mut ui, "G");
    hover(&mut ui, moved + vec2(150.0, 0.0));
    assert!(place(&ui, 0).distance(moved) > 40.0);
    press(&mut ui, "Escape");
    assert!(place(&ui, 0).distance(moved) < 1e-3);
    // A click on a bone takes the selection over.
    let head = place_of(&ui, "head");
    click(&mut ui, head);
    assert!(!empties(&ui)[0].select);
    assert_eq!(active(&ui), "head");
    hover(&mut ui, moved);
    click(&mut ui, moved);
    press(&mut ui, "X");
    ui.get_by_label("Delete Empty").click();
    ui.run();
    assert!(empties(&ui).is_empty());
    press(&mut ui, "Ctrl+Z");
    assert_eq!(empties(&ui).len(), 1);
    hover(&mut ui, moved);
    press(&mut ui, "Delete");
    assert!(empties(&ui).is_empty());
}

#[test]
fn a_box_takes_bones_and_empties() {
    let mut ui = with_hand();
    run(&mut ui, "object.empty_add(location: (0.0, 0.0, 1.0))");
    run(&mut ui, "pose.select_all(action: DESELECT)");
    let rect = ui.state().panels.viewport.rect;
    let at = pos2(rect.left() + 60.0, rect.bottom() - 80.0);
    hover(&mut ui, at);
    press(&mut ui, "B");
    button(&mut ui, at, true);
    let to = pos2(rect.right() - 90.0, rect.top() + 60.0);
    hover(&mut ui, to);
    button(&mut ui, to, false);
    ui.run();
    assert!(empties(&ui)[0].select && !rig(&ui).selected_bones().is_empty());
    press(&mut ui, "Alt+A");
    assert!(!empties(&ui)[0].select && rig(&ui).selected_bones().is_empty());
}

#[test]
fn the_bone_list_shows_and_selects_empties_and_follows_their_names() {
    let mut ui = with_hand();
    assert!(ui.query_all_by_label("Empties").next().is_none());
    run(&mut ui, "pose.constraint_add_with_targets(type: CHILD_OF)");
    ui.get_by_role_and_label(Role::DisclosureTriangle, "Empties");
    ui.get_by_role_and_label(Role::ListBoxOption, "Empty")
        .click();
    ui.run();
    assert!(empties(&ui)[0].select && rig(&ui).selected_bones().is_empty());
    run(&mut ui, "object.empty_rename(name: \"grip\")");
    ui.get_by_role_and_label(Role::ListBoxOption, "grip");
    assert_eq!(empties(&ui)[0].name, "grip");
    let looks = Seen::Object("grip".to_owned());
    assert_eq!(stack(&ui), [("Child Of".to_owned(), Some(looks))]);
}

#[test]
fn the_properties_show_the_stack_and_change_it() {
    let mut ui = with_hand();
    for call in [
        "pose.constraint_add(type: COPY_ROTATION)",
        "pose.constraint_add(type: LIMIT_SCALE)",
        "object.empty_add(name: \"aim\")",
        "view3d.select(bone: \"hand.L\")",
    ] {
        run(&mut ui, call);
    }
    ui.get_by_label("Constraints are kept and saved, but do not move the bone yet");
    ui.get_by_label("Move down: Copy Rotation").click();
    ui.run();
    let names: Vec<String> = stack(&ui).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Limit Scale", "Copy Rotation"]);
    ui.get_by_label("Switch Copy Rotation off").click();
    ui.run();
    ui.get_by_label("Switch Copy Rotation on");
    assert!(ui.query_by_label("Target of Limit Scale").is_none());
    ui.get_by_label("Target of Copy Rotation").click();
    ui.run();
    ui.get_by_label("aim (Empty)").click();
    ui.run();
    assert_eq!(stack(&ui)[1].1, Some(Seen::Object("aim".to_owned())));
    ui.get_by_label("Delete: Limit Scale").click();
    ui.run();
    assert_eq!(stack(&ui).len(), 1);
    let before = steps(&ui);
    ui.get_by_label("Influence of Copy Rotation").click();
    ui.run();
    ui.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    ui.event(egui::Event::Text("0.25".to_owned()));
    ui.run();
    ui.key_press(egui::Key::Enter);
    ui.run();
    let bone = harness::bone(&ui, "hand.L");
    let setup = rig(&ui).setup(bone).unwrap();
    assert_eq!(setup.constraints[0].influence, 0.25);
    assert_eq!(steps(&ui), before + 1);
}

#[test]
fn a_document_of_empties_alone_can_be_worked_with() {
    let mut session = Session::default();
    session.run_text("object.empty_add()").unwrap();
    let mut ui = harness(session);
    ui.run();
    ui.get_by_role_and_label(Role::DisclosureTriangle, "Empties");
    let at = place(&ui, 0);
    hover(&mut ui, at);
    click(&mut ui, at);
    assert!(empties(&ui)[0].select);
    press(&mut ui, "F");
    assert_eq!(ui.state().session.view.camera.target, glam::Vec3::ZERO);
}

#[test]
fn a_double_click_in_the_list_takes_another_name() {
    let mut session = Session::default();
    for call in ["wm.read_homefile(mannequin: true)", "object.empty_add()"] {
        session.run_text(call).unwrap();
    }
    let mut ui = harness(session);
    ui.run();
    let row = ui.get_by_role_and_label(Role::ListBoxOption, "Empty");
    let row = row.rect().center();
    double_click(&mut ui, row);
    ui.get_by_label("Name of the empty");
    // The old name is selected: typing replaces it.
    ui.event(egui::Event::Text("Target".to_owned()));
    ui.run();
    ui.key_press(egui::Key::Enter);
    ui.run();
    let empties = &ui.state().session.document.empties;
    assert_eq!(empties[0].name, "Target");
}
