//! Picking, box selection and navigating in the middle of a move, through the runner as the window does it.

mod common;

use common::documents::{self, rig};
use glam::{Quat, Vec2};
use keypose::model::document::Document;
use keypose::ops::context::Place;
use keypose::ops::event::{Event, EventKind, ModalKey};
use keypose::ops::registry;
use keypose::ops::runner::{Session, Status};

/// A session that looks at the front of a document from two metres away.
fn front(document: Document) -> Session {
    let mut session = Session::with_document(document);
    session.view.camera.rotation = Quat::from_rotation_x(std::f32::consts::FRAC_PI_2);
    session.view.camera.target = glam::Vec3::new(0.0, 0.0, 0.5);
    session
}

fn click(session: &mut Session, call: &str, pointer: Vec2) -> Status {
    let op = keypose::ops::call::parse(call).unwrap();
    let start = Event::new(EventKind::Start, pointer);
    session
        .invoke(op, Place::default(), &start)
        .map(|outcome| outcome.status)
        .unwrap_or(Status::Running)
}

fn active(session: &Session) -> String {
    let rig = session.document.rig().unwrap();
    rig.active_bone
        .map(|id| rig.armature.name(id).to_owned())
        .unwrap_or_default()
}

/// Two bones, one behind the other as seen from the front, and one aside.
fn behind_each_other() -> Document {
    let mut document = Document::default();
    document.add_rig(rig(
        "figure",
        &[
            ("front", None, [0.0, -0.1, 0.0], [0.0, -0.1, 1.0]),
            ("back", None, [0.0, 0.1, 0.0], [0.0, 0.1, 1.0]),
            ("aside", None, [0.8, 0.0, 0.0], [0.8, 0.0, 1.0]),
        ],
    ));
    document
}

#[test]
fn the_same_click_again_goes_to_the_bone_behind_and_round() {
    let mut session = front(behind_each_other());
    let middle = Vec2::new(640.0, 400.0);
    let mut seen = Vec::new();
    for _ in 0..3 {
        assert_eq!(
            click(&mut session, "view3d.select()", middle),
            Status::Finished
        );
        seen.push(active(&session));
    }
    assert_eq!(seen, ["front", "back", "front"]);
    // A click elsewhere begins anew.
    let (aside, _) = session
        .view
        .camera
        .project(glam::Vec3::new(0.8, 0.0, 0.5), Place::default().size)
        .unwrap();
    click(&mut session, "view3d.select()", aside);
    assert_eq!(active(&session), "aside");
    click(&mut session, "view3d.select()", middle);
    assert_eq!(active(&session), "front");
}

#[test]
fn a_recorded_pick_names_the_bone_and_runs_under_any_view() {
    let mut session = front(behind_each_other());
    click(&mut session, "view3d.select()", Vec2::new(640.0, 400.0));
    let call = session.last().unwrap().call_text();
    assert!(call.contains("bone: \"front\""), "{call}");
    let mut other = Session::with_document(behind_each_other());
    other.run_text(&call).unwrap();
    assert_eq!(other.document, session.document);
}

#[test]
fn a_click_beside_everything_deselects_only_if_asked() {
    let mut session = front(documents::selected_arm());
    let nowhere = Vec2::new(5.0, 5.0);
    assert_eq!(
        click(&mut session, "view3d.select()", nowhere),
        Status::Cancelled
    );
    assert!(!session.document.rig().unwrap().selected.is_empty());
    assert_eq!(
        click(&mut session, "view3d.select(deselect_all: true)", nowhere),
        Status::Finished
    );
    assert!(session.document.rig().unwrap().selected.is_empty());
}

#[test]
fn a_box_takes_the_bones_it_touches_when_the_button_is_released() {
    let mut session = front(documents::arm());
    let trunk = "pose.select_bones(names: [\"trunk\"])";
    session.run_text(trunk).unwrap();
    let start = Event::new(EventKind::Start, Vec2::new(20.0, 20.0));
    let op = keypose::ops::call::parse("view3d.select_box(wait_for_input: false)").unwrap();
    let outcome = session
        .invoke(op, Place::default(), &start)
        .unwrap_or_else(|_| panic!("asked for something"));
    assert_eq!(outcome.status, Status::Running);
    session.event(&Event::new(EventKind::Move, Vec2::new(600.0, 700.0)));
    assert_eq!(selected(&session), ["trunk"]);
    let (_, header) = session.running().unwrap();
    assert_eq!(
        header.band,
        Some([Vec2::new(20.0, 20.0), Vec2::new(600.0, 700.0)])
    );
    session.event(&Event::new(EventKind::Release, Vec2::new(600.0, 700.0)));
    let rig = session.document.rig().unwrap();
    // The character's right is on the left of the picture.
    let names: Vec<_> = rig
        .selected_bones()
        .iter()
        .map(|&id| rig.armature.name(id))
        .collect();
    assert_eq!(names, ["arm.R", "hand.R"]);
    assert_eq!(session.history().behind().len(), 2);
}

#[test]
fn one_can_navigate_in_the_middle_of_a_move() {
    let mut session = front(documents::selected_arm());
    let place = Place::default();
    let at = |kind, x: f32, y: f32| Event::new(kind, Vec2::new(x, y));
    let translate = registry::find("transform.translate").unwrap().make();
    let _ = session.invoke(translate, place, &at(EventKind::Start, 640.0, 400.0));
    session.event(&at(EventKind::Move, 700.0, 400.0));
    let preview = session.document.clone();
    let before = session.view.camera.rotation;
    let orbit = registry::find("view3d.rotate").unwrap().make();
    let _ = session.invoke(orbit, place, &at(EventKind::Start, 700.0, 400.0));
    session.event(&at(EventKind::Move, 760.0, 400.0));
    session.event(&at(EventKind::Release, 760.0, 400.0));
    assert!(session.is_running(), "the move goes on");
    assert_ne!(session.view.camera.rotation, before);
    assert_eq!(session.document, preview);
    session.event(&at(EventKind::Key(ModalKey::Cancel), 760.0, 400.0));
    assert!(!session.is_running());
    assert_ne!(
        session.view.camera.rotation, before,
        "the view stays where the user went"
    );
    assert_eq!(session.document, documents::selected_arm());
}

#[test]
fn adjusting_the_last_operation_is_as_if_it_had_been_run_so() {
    let mut session = Session::with_document(documents::selected_arm());
    session.run_text("pose.select_hierarchy()").unwrap();
    let wanted = {
        let mut other = Session::with_document(documents::selected_arm());
        other
            .run_text("pose.select_hierarchy(direction: CHILD, extend: true)")
            .unwrap();
        other.document
    };
    let op =
        keypose::ops::call::parse("pose.select_hierarchy(direction: CHILD, extend: true)").unwrap();
    assert_eq!(session.adjust(op).status, Status::Finished);
    assert_eq!(session.document, wanted);
    assert_eq!(session.history().behind().len(), 1);
    session.run_text("ed.undo()").unwrap();
    assert_eq!(session.document, documents::selected_arm());
}

/// Starts an operator with the pointer there; it must go on.
fn begin(session: &mut Session, text: &str, x: f32, y: f32) {
    let op = keypose::ops::call::parse(text).unwrap();
    let start = Event::new(EventKind::Start, Vec2::new(x, y));
    let outcome = session.invoke(op, Place::default(), &start);
    let outcome = outcome.unwrap_or_else(|_| panic!("asked for something"));
    assert_eq!(outcome.status, Status::Running);
}

/// Where the middle of a bone appears.
fn pixel_of(session: &Session, bone: &str) -> Vec2 {
    let rig = session.document.rig().unwrap();
    let bone = rig.armature.bone(rig.armature.find(bone).unwrap()).unwrap();
    let middle = (bone.head + bone.tail) / 2.0;
    let size = Place::default().size;
    session.view.camera.project(middle, size).unwrap().0
}

fn selected(session: &Session) -> Vec<&str> {
    let rig = session.document.rig().unwrap();
    let bones = rig.selected_bones().into_iter();
    bones.map(|bone| rig.armature.name(bone)).collect()
}

#[test]
fn a_circle_paints_the_selection_until_it_is_ended() {
    let mut session = front(documents::arm());
    let event = |session: &mut Session, kind, at: Vec2| {
        session.event(&Event::new(kind, at)).unwrap().status
    };
    let [left, right] = ["hand.L", "hand.R"].map(|bone| pixel_of(&session, bone));
    begin(
        &mut session,
        "view3d.select_circle(radius: 10)",
        left.x,
        left.y,
    );
    // Moving alone changes nothing; the circle follows.
    event(&mut session, EventKind::Move, left);
    assert!(selected(&session).is_empty());
    let outline = session.running().unwrap().1.outline;
    assert!(
        outline
            .iter()
            .all(|point| (point.distance(left) - 10.0).abs() < 0.01)
    );
    event(&mut session, EventKind::Key(ModalKey::Select), left);
    assert_eq!(selected(&session), ["hand.L"]);
    event(&mut session, EventKind::Move, right);
    event(&mut session, EventKind::Release, right);
    assert_eq!(selected(&session), ["hand.L", "hand.R"]);
    let trunk = pixel_of(&session, "trunk");
    event(&mut session, EventKind::Move, trunk);
    assert_eq!(selected(&session), ["hand.L", "hand.R"]);
    event(&mut session, EventKind::Key(ModalKey::Deselect), left);
    event(&mut session, EventKind::Release, left);
    for _ in 0..4 {
        event(&mut session, EventKind::Key(ModalKey::Grow), left);
    }
    // Cancelling keeps what was painted, too.
    let status = event(&mut session, EventKind::Key(ModalKey::Cancel), left);
    assert_eq!(
        (status, selected(&session)),
        (Status::Finished, vec!["hand.R"])
    );
    assert_eq!(session.history().behind().len(), 1);
    // The call holds what was painted and the size of the circle.
    let call = session.last().unwrap().call_text();
    assert!(call.contains("radius: 21"), "{call}");
    let mut other = front(documents::arm());
    other.run_text(&call).unwrap();
    assert_eq!(other.document, session.document);
    // One that paints nothing shows and leaves nothing else.
    begin(&mut session, "view3d.select_circle()", left.x, left.y);
    assert_eq!(selected(&session), ["hand.R"]);
    let status = event(&mut session, EventKind::Key(ModalKey::Confirm), left);
    assert_eq!(status, Status::Cancelled);
    assert_eq!(session.history().behind().len(), 1);
}

#[test]
fn a_circle_of_a_script_goes_by_its_mode() {
    let mut session = front(documents::arm());
    let at = pixel_of(&session, "hand.L");
    let call = |mode: &str| {
        let y = 800.0 - at.y;
        format!(
            "view3d.select_circle(x: {:.0}, y: {y:.0}, radius: 8, mode: {mode})",
            at.x
        )
    };
    session
        .run_text("pose.select_bones(names: [\"trunk\"])")
        .unwrap();
    session.run_text(&call("ADD")).unwrap();
    assert_eq!(selected(&session), ["trunk", "hand.L"]);
    session.run_text(&call("SET")).unwrap();
    assert_eq!(selected(&session), ["hand.L"]);
    session.run_text(&call("SUB")).unwrap();
    assert!(selected(&session).is_empty());
}

#[test]
fn a_lasso_takes_what_it_goes_around_or_crosses() {
    let mut session = front(documents::arm());
    let (hand, arm) = (pixel_of(&session, "hand.L"), pixel_of(&session, "arm.R"));
    session
        .run_text("pose.select_bones(names: [\"trunk\"])")
        .unwrap();
    let around = |session: &mut Session, middle: Vec2, call: &str| {
        let corners = [[-6.0, -6.0], [6.0, -6.0], [6.0, 6.0], [-6.0, 6.0]];
        let corners = corners.map(|corner| middle + Vec2::from(corner));
        begin(session, call, corners[0].x, corners[0].y);
        for corner in corners {
            session.event(&Event::new(EventKind::Move, corner));
        }
        assert_eq!(session.running().unwrap().1.outline.len(), 4);
        session.event(&Event::new(EventKind::Release, corners[3]));
    };
    let add = "view3d.select_lasso(wait_for_input: false, mode: ADD)";
    around(&mut session, hand, add);
    assert_eq!(selected(&session), ["trunk", "hand.L"]);
    // The middle of a bone whose ends lie outside.
    around(&mut session, arm, add);
    assert_eq!(selected(&session), ["trunk", "hand.L", "arm.R"]);
    let call = session.last().unwrap().call_text();
    around(
        &mut session,
        hand,
        "view3d.select_lasso(wait_for_input: false, mode: SUB)",
    );
    assert_eq!(selected(&session), ["trunk", "arm.R"]);
    session.run_text(&call).unwrap();
    assert_eq!(selected(&session), ["trunk", "arm.R"]);
    // A line that goes around nothing is none.
    let steps = session.history().behind().len();
    for path in ["[]", "[(1.0, 1.0), (2.0, 2.0)]"] {
        session
            .run_text(&format!("view3d.select_lasso(path: {path})"))
            .unwrap();
    }
    assert_eq!(session.history().behind().len(), steps);
}

#[test]
fn a_chain_is_picked_below_the_pointer_or_below_the_row_of_a_list() {
    let mut session = front(documents::three_rigs());
    session
        .run_text("armature.set(rig: \"twin\", hide_rig: true)")
        .unwrap();
    let hand = pixel_of(&session, "hand.L");
    let status = click(&mut session, "pose.select_linked_pick()", hand);
    assert_eq!(
        (status, selected(&session)),
        (Status::Finished, vec!["arm.L", "hand.L"])
    );
    let call = session.last().unwrap().call_text();
    assert_eq!(call, "pose.select_linked_pick(bone: \"hand.L\")");
    let steps = session.history().behind().len();
    let nowhere = Vec2::new(5.0, 5.0);
    let status = click(&mut session, "pose.select_linked_pick()", nowhere);
    assert_eq!(status, Status::Cancelled);
    // A bone beside the view is not below the pointer.
    let place = Place {
        size: Vec2::new(hand.x - 4.0, 800.0),
        ..Place::default()
    };
    let op = || keypose::ops::call::parse("pose.select_linked_pick()").unwrap();
    let beside = Event::new(EventKind::Start, Vec2::new(hand.x - 2.0, hand.y));
    let outcome = session.invoke(op(), place, &beside);
    assert_eq!(
        outcome.unwrap_or_else(|_| panic!()).status,
        Status::Cancelled
    );
    assert_eq!(session.history().behind().len(), steps);
    let rig = session.document.rigs[1].clone();
    let row = rig
        .armature
        .find("arm.R")
        .map(|bone| (keypose::model::id::RigId(1), bone));
    let place = Place {
        bone: row,
        ..Place::default()
    };
    let outcome = session.invoke(op(), place, &Event::new(EventKind::Start, nowhere));
    assert_eq!(
        outcome.unwrap_or_else(|_| panic!()).status,
        Status::Finished
    );
    let call = session.last().unwrap().call_text();
    assert_eq!(
        call,
        "pose.select_linked_pick(bone: \"arm.R\", rig: \"twin\")"
    );
}
