//! Move, rotate, scale and trackball following the mouse: events in, parameters out.

use std::path::Path;

use glam::{Quat, Vec2, Vec3};
use keypose::eval::hierarchy;
use keypose::io::scene;
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::ops::context::Place;
use keypose::ops::event::{Event, EventKind, ModalKey, Modifiers};
use keypose::ops::operator::Header;
use keypose::ops::registry;
use keypose::ops::runner::{Session, Status};

const SHIFT: Modifiers = Modifiers {
    shift: true,
    ctrl: false,
    alt: false,
};
const CTRL: Modifiers = Modifiers {
    shift: false,
    ctrl: true,
    alt: false,
};

/// The rig of the recorded cases with these bones selected; the first is active.
fn session(selected: &[&str]) -> Session {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transform/setups.json");
    let setups: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut document = scene::document_from_value(setups["human"].clone()).unwrap();
    let rig = document.rig_mut().unwrap();
    rig.selected.clear();
    for name in selected {
        let bone = rig.armature.find(name).unwrap();
        rig.selected.set(bone.index(), true);
    }
    rig.active_bone = selected.first().and_then(|name| rig.armature.find(name));
    Session::with_document(document)
}

fn place() -> Place {
    Place {
        size: Vec2::new(800.0, 600.0),
        ..Place::default()
    }
}

/// Starts an operator with the pointer this far from where its centre appears.
fn start(session: &mut Session, id: &str, center: Vec3, offset: Vec2) -> Vec2 {
    let (pixel, _) = session
        .view
        .camera
        .project(center, place().size)
        .unwrap_or_default();
    let pointer = pixel + offset;
    let op = registry::find(id).unwrap().make();
    let event = Event::new(EventKind::Start, pointer);
    let outcome = session.invoke(op, place(), &event).ok().unwrap();
    assert_eq!(outcome.status, Status::Running, "{outcome:?}");
    pointer
}

fn head(document: &Document, name: &str) -> Vec3 {
    let rig = document.rig().unwrap();
    let bone = rig.armature.find(name).unwrap();
    let armature = hierarchy::evaluate_once(rig).head(bone).unwrap();
    rig.world_from_armature().transform_point3(armature)
}

fn y_axis(document: &Document, name: &str) -> Vec3 {
    let rig = document.rig().unwrap();
    let bone = rig.armature.find(name).unwrap();
    let matrix = hierarchy::evaluate_once(rig).matrix(bone).unwrap();
    matrix.y_axis.truncate()
}

fn send(session: &mut Session, kind: EventKind, pointer: Vec2, modifiers: Modifiers) -> Status {
    let event = Event {
        kind,
        pointer,
        modifiers,
    };
    session
        .event(&event)
        .map_or(Status::Running, |outcome| outcome.status)
}

fn key(session: &mut Session, key: ModalKey) -> Status {
    send(
        session,
        EventKind::Key(key),
        Vec2::ZERO,
        Modifiers::default(),
    )
}

fn type_text(session: &mut Session, text: &str) {
    for character in text.chars() {
        let kind = EventKind::Character(character);
        send(session, kind, Vec2::ZERO, Modifiers::default());
    }
}

fn go(session: &mut Session, to: Vec2) {
    send(session, EventKind::Move, to, Modifiers::default());
}

fn header(session: &Session) -> Header {
    session.running().unwrap().1
}

fn running_call(session: &Session) -> String {
    session.running().unwrap().0.call_text()
}

/// Equal but for spaces.
fn assert_call(found: &str, expected: &str) {
    let bare = |text: &str| text.replace(' ', "");
    assert_eq!(bare(found), bare(expected));
}

/// Confirms, and checks that the call alone gives the same document from the same start, whatever the view.
fn confirm(session: &mut Session, before: &Document) -> String {
    assert_eq!(key(session, ModalKey::Confirm), Status::Finished);
    let call = session.last().unwrap().call_text();
    let mut again = Session::with_document(before.clone());
    again.view.pivot_point = session.view.pivot_point;
    again.view.camera.rotation = Quat::from_rotation_z(1.0);
    let outcome = again.run_text(&call).unwrap();
    assert_eq!(outcome.status, Status::Finished, "{call}");
    assert!(again.document == session.document, "{call}");
    assert!(!session.is_running());
    call
}

#[test]
fn a_typed_angle_about_an_axis_is_exact() {
    let mut session = session(&["arm.L"]);
    let before = session.document.clone();
    start(&mut session, "transform.rotate", Vec3::Z, Vec2::X * 90.0);
    key(&mut session, ModalKey::AxisX);
    type_text(&mut session, "45");
    let shown = header(&session);
    assert_eq!((shown.value.as_str(), shown.typing), ("45°", true));
    assert_eq!(
        (shown.note.as_str(), shown.axis),
        ("along Global X", Some(0))
    );
    assert_call(
        &confirm(&mut session, &before),
        "transform.rotate(value: 0.7853982, constraint_axis: (true, false, false))",
    );
    let turn = Quat::from_rotation_x(45.0f32.to_radians());
    let expected = turn * y_axis(&before, "arm.L");
    assert!(y_axis(&session.document, "arm.L").distance(expected) < 1e-5);
    assert_eq!(session.history().behind().len(), 1);
}

#[test]
fn escape_leaves_nothing_behind() {
    for id in ["translate", "rotate", "resize", "trackball"] {
        let mut session = session(&["arm.L", "leg.L"]);
        let before = session.document.clone();
        let id = format!("transform.{id}");
        let pointer = start(&mut session, &id, Vec3::Z, Vec2::X * 90.0);
        go(&mut session, pointer + Vec2::new(30.0, 50.0));
        assert!(session.document != before, "{id}");
        assert_eq!(key(&mut session, ModalKey::Cancel), Status::Cancelled);
        assert!(session.document.same_pointers(&before), "{id}");
        assert!(session.last().is_none());
    }
}

#[test]
fn confirming_at_once_changes_nothing() {
    for id in ["translate", "rotate", "resize", "trackball"] {
        let mut session = session(&["arm.L", "leg.L"]);
        let before = session.document.clone();
        let id = format!("transform.{id}");
        start(&mut session, &id, Vec3::Z, Vec2::X * 90.0);
        confirm(&mut session, &before);
        assert!(session.document == before, "{id}");
        assert!(session.history().behind().is_empty());
    }
}

#[test]
fn typed_numbers_move_along_the_axes_in_order() {
    let mut session = session(&["arm.L"]);
    let before = session.document.clone();
    start(&mut session, "transform.translate", Vec3::Z, Vec2::ZERO);
    type_text(&mut session, "1");
    assert_eq!(header(&session).value, "D: X: 1");
    key(&mut session, ModalKey::NextNumber);
    type_text(&mut session, "2-");
    assert_eq!(header(&session).value, "D: X: 1, Y: \u{2212}2");
    let call = confirm(&mut session, &before);
    assert_call(&call, "transform.translate(value: (1.0, -2.0, 0.0))");
    let moved = head(&session.document, "arm.L") - head(&before, "arm.L");
    assert!(moved.distance(Vec3::new(1.0, -2.0, 0.0)) < 1e-5, "{moved}");
}

#[test]
fn a_typed_number_goes_along_the_constraint() {
    let mut session = session(&["arm.L"]);
    let before = session.document.clone();
    start(&mut session, "transform.translate", Vec3::Z, Vec2::ZERO);
    type_text(&mut session, "3");
    key(&mut session, ModalKey::AxisY);
    key(&mut session, ModalKey::AxisY);
    assert_eq!(header(&session).note, "along Local Y");
    let call = confirm(&mut session, &before);
    assert_call(
        &call,
        "transform.translate(value: (0.0, 3.0, 0.0), orient_type: LOCAL, \
         constraint_axis: (false, true, false))",
    );
    let moved = head(&session.document, "arm.L") - head(&before, "arm.L");
    let along = y_axis(&before, "arm.L").normalize() * 3.0;
    assert!(moved.distance(along) < 1e-4, "{moved}");
}

#[test]
fn one_typed_factor_scales_every_free_axis() {
    let mut session = session(&["arm.L"]);
    let before = session.document.clone();
    start(&mut session, "transform.resize", Vec3::Z, Vec2::X * 50.0);
    type_text(&mut session, "2");
    assert_eq!(header(&session).value, "Scale 2");
    assert_call(
        &running_call(&session),
        "transform.resize(value: (2.0, 2.0, 2.0))",
    );
    key(&mut session, ModalKey::PlaneZ);
    assert_eq!(header(&session).note, "locking Global Z");
    let call = confirm(&mut session, &before);
    assert_call(
        &call,
        "transform.resize(value: (2.0, 2.0, 1.0), constraint_axis: (true, true, false))",
    );
}

#[test]
fn erasing_all_that_was_typed_gives_the_mouse_back() {
    let mut session = session(&["arm.L"]);
    let center = head(&session.document, "arm.L");
    let pointer = start(&mut session, "transform.translate", center, Vec2::ZERO);
    go(&mut session, pointer + Vec2::new(40.0, 0.0));
    let by_mouse = running_call(&session);
    type_text(&mut session, "7");
    assert_ne!(running_call(&session), by_mouse);
    key(&mut session, ModalKey::Erase);
    key(&mut session, ModalKey::Erase);
    assert_eq!(running_call(&session), by_mouse);
}

#[test]
fn a_moved_bone_stays_under_the_pointer() {
    let mut session = session(&["arm.L"]);
    let before = session.document.clone();
    let center = head(&before, "arm.L");
    let pointer = start(
        &mut session,
        "transform.translate",
        center,
        Vec2::new(9.0, 5.0),
    );
    let by = Vec2::new(70.0, -40.0);
    go(&mut session, pointer + by);
    confirm(&mut session, &before);
    let camera = &session.view.camera;
    let (pixel, _) = camera
        .project(head(&session.document, "arm.L"), place().size)
        .unwrap();
    assert!((pixel - by - (pointer - Vec2::new(9.0, 5.0))).length() < 0.1);
}

#[test]
fn a_turn_follows_the_hand_from_either_side() {
    // From the front, and from behind: the axis that faces the viewer turns with the pointer.
    for yaw in [0.0f32, std::f32::consts::PI] {
        for constraint in [None, Some(ModalKey::AxisY)] {
            let mut session = session(&["leg.L"]);
            session.view.camera.rotation =
                Quat::from_rotation_z(yaw) * Quat::from_rotation_x(std::f32::consts::FRAC_PI_2);
            let before = session.document.clone();
            let center = head(&before, "leg.L");
            let pointer = start(&mut session, "transform.rotate", center, Vec2::X * 100.0);
            if let Some(constraint) = constraint {
                key(&mut session, constraint);
            }
            // A quarter counterclockwise on the screen.
            go(&mut session, pointer + Vec2::new(-100.0, -100.0));
            confirm(&mut session, &before);
            let camera = &session.view.camera;
            let turn = Quat::from_axis_angle(camera.backward(), std::f32::consts::FRAC_PI_2);
            let expected = turn * y_axis(&before, "leg.L");
            let found = y_axis(&session.document, "leg.L");
            assert!(
                found.distance(expected) < 1e-3,
                "{yaw} {constraint:?} {found}"
            );
        }
    }
}

#[test]
fn a_turn_about_an_axis_is_recorded_with_the_view_it_needs() {
    let mut session = session(&["arm.L", "arm.R", "leg.L"]);
    session.view.orientation = keypose::model::transform_settings::OrientType::View;
    let before = session.document.clone();
    let pointer = start(&mut session, "transform.rotate", Vec3::Z, Vec2::X * 80.0);
    key(&mut session, ModalKey::AxisX);
    go(&mut session, pointer + Vec2::new(-30.0, 70.0));
    assert_eq!(header(&session).note, "along View X");
    let call = confirm(&mut session, &before);
    assert!(call.contains("orient_type: VIEW") && call.contains("view_rotation: ("));
}

#[test]
fn every_way_of_dragging_can_be_repeated() {
    let keys: [&[ModalKey]; 5] = [
        &[],
        &[ModalKey::AxisX],
        &[ModalKey::AxisZ, ModalKey::AxisZ],
        &[ModalKey::PlaneY],
        &[ModalKey::PlaneX, ModalKey::PlaneX],
    ];
    for id in ["translate", "rotate", "resize", "trackball"] {
        for pivot in ["MEDIAN_POINT", "INDIVIDUAL_ORIGINS", "ACTIVE_ELEMENT"] {
            for keys in keys {
                let mut session = session(&["arm.L", "fore.L", "leg.L"]);
                let set = format!("view3d.pivot_point(type: {pivot})");
                session.run_text(&set).unwrap();
                let before = session.document.clone();
                let id = format!("transform.{id}");
                let pointer = start(&mut session, &id, Vec3::Z, Vec2::X * 90.0);
                keys.iter().for_each(|&pressed| {
                    key(&mut session, pressed);
                });
                go(&mut session, pointer + Vec2::new(35.0, 60.0));
                let shown = session.document.clone();
                assert!(shown != before, "{id} {keys:?}");
                confirm(&mut session, &before);
                assert!(session.document == shown, "{id} {keys:?}");
            }
        }
    }
}

#[test]
fn precision_counts_from_where_it_sets_in() {
    let value = |session: &Session| running_call(session);
    for id in ["translate", "rotate", "resize", "trackball"] {
        let mut session = session(&["arm.L"]);
        let center = head(&session.document, "arm.L");
        let id = format!("transform.{id}");
        let pointer = start(&mut session, &id, center, Vec2::X * 90.0);
        let there = pointer + Vec2::new(20.0, 50.0);
        go(&mut session, there);
        let before = value(&session);
        send(&mut session, EventKind::Move, there, SHIFT);
        assert_eq!(value(&session), before, "{id}");
        send(&mut session, EventKind::Move, there + Vec2::Y * 30.0, SHIFT);
        let slow = value(&session);
        assert_ne!(slow, before, "{id}");
        send(
            &mut session,
            EventKind::Move,
            there + Vec2::Y * 30.0,
            Modifiers::default(),
        );
        assert_eq!(value(&session), slow, "{id}");
    }
}

#[test]
fn values_snap_while_ctrl_is_held() {
    let mut session = session(&["leg.L"]);
    let center = head(&session.document, "leg.L");
    let pointer = start(&mut session, "transform.rotate", center, Vec2::X * 100.0);
    key(&mut session, ModalKey::AxisY);
    let to = pointer + Vec2::new(-27.0, -68.0);
    send(&mut session, EventKind::Move, to, CTRL);
    assert_eq!(header(&session).value.replace('\u{2212}', ""), "45.00°");
    key(&mut session, ModalKey::ToggleSnap);
    assert_ne!(header(&session).value.replace('\u{2212}', ""), "45.00°");

    key(&mut session, ModalKey::Resize);
    assert!(running_call(&session).starts_with("transform.resize("));
    key(&mut session, ModalKey::Cancel);
    let pointer = start(&mut session, "transform.resize", center, Vec2::X * 100.0);
    let to = pointer + Vec2::X * 23.4;
    send(&mut session, EventKind::Move, to, CTRL);
    assert_eq!(header(&session).value, "Scale 1.200");
    let fine = Modifiers {
        shift: true,
        ..CTRL
    };
    send(&mut session, EventKind::Move, to, fine);
    assert_eq!(header(&session).value, "Scale 1.230");

    key(&mut session, ModalKey::Cancel);
    let pointer = start(&mut session, "transform.translate", center, Vec2::X * 100.0);
    key(&mut session, ModalKey::AxisZ);
    send(
        &mut session,
        EventKind::Move,
        pointer - Vec2::Y * 60.0,
        CTRL,
    );
    let value = header(&session).value;
    assert!(value.ends_with("00 m") && value != "D: 0.000 m", "{value}");
}

#[test]
fn keys_switch_between_the_transforms() {
    let mut session = session(&["arm.L"]);
    let before = session.document.clone();
    start(&mut session, "transform.resize", Vec3::Z, Vec2::X * 50.0);
    type_text(&mut session, "3");
    key(&mut session, ModalKey::Resize);
    assert_call(
        &running_call(&session),
        "transform.resize(value: (3.0, 3.0, 3.0))",
    );
    for (pressed, id) in [
        (ModalKey::Rotate, "transform.rotate("),
        (ModalKey::Rotate, "transform.trackball("),
        (ModalKey::Rotate, "transform.rotate("),
        (ModalKey::Translate, "transform.translate("),
        (ModalKey::Resize, "transform.resize("),
    ] {
        key(&mut session, pressed);
        assert!(running_call(&session).starts_with(id), "{id}");
        assert!(session.document == before, "{id}");
    }
}

#[test]
fn letting_go_of_the_button_confirms_a_drag_but_not_a_click() {
    let mut session = session(&["arm.L"]);
    let pointer = start(&mut session, "transform.translate", Vec3::Z, Vec2::ZERO);
    go(&mut session, pointer + Vec2::X * 2.0);
    let release = EventKind::Release;
    let at = pointer + Vec2::X * 2.0;
    assert_eq!(
        send(&mut session, release, at, Modifiers::default()),
        Status::Running
    );
    go(&mut session, pointer + Vec2::X * 9.0);
    let at = pointer + Vec2::X * 9.0;
    assert_eq!(
        send(&mut session, release, at, Modifiers::default()),
        Status::Finished
    );
}

#[test]
fn what_cannot_be_transformed_is_said_in_a_sentence() {
    let event = Event::new(EventKind::Start, Vec2::ZERO);
    let complaint = |selected: &[&str], id: &str| {
        let mut session = session(selected);
        let op = registry::find(id).unwrap().make();
        let outcome = session.invoke(op, place(), &event).ok().unwrap();
        assert!(!session.is_running());
        outcome.error().unwrap_or_default().to_owned()
    };
    assert_eq!(
        complaint(&[], "transform.rotate"),
        "Select the bones to rotate first"
    );
    assert_eq!(
        complaint(&["fore.L"], "transform.translate"),
        "The selected bones cannot be moved: they are connected or locked"
    );
}

#[test]
fn undefined_calls_do_nothing() {
    let mut session = session(&["fore.L"]);
    for call in [
        "transform.translate(value: (1.0, 0.0, 0.0))",
        "transform.rotate(value: 1.0, constraint_axis: (true, true, true))",
    ] {
        let outcome = session.run_text(call).unwrap();
        assert_eq!(outcome.status, Status::Cancelled, "{call}");
        assert!(outcome.reports.is_empty());
    }
    let outcome = session
        .run_text("transform.resize(value: (2.0, 2.0, 2.0), center_override: (NaN, 0.0, 0.0))")
        .unwrap();
    assert!(outcome.error().unwrap().contains("center_override"));
}

#[test]
fn bones_of_several_rigs_turn_about_one_centre() {
    let mut session = session(&["hips"]);
    let mut other = session.document.rig().unwrap().as_ref().clone();
    other.location = Vec3::X * 2.0;
    session.document.add_rig(other);
    let before = session.document.clone();
    session
        .run_text("transform.rotate(value: 3.1415927, constraint_axis: (false, false, true))")
        .unwrap();
    let place_of = |document: &Document, rig: usize| {
        let rig = &document.rigs[rig];
        let armature = hierarchy::evaluate_once(rig).head(BoneId(0)).unwrap();
        rig.world_from_armature().transform_point3(armature)
    };
    for (rig, other) in [(0, 1), (1, 0)] {
        let distance = place_of(&session.document, rig).distance(place_of(&before, other));
        assert!(distance < 1e-4, "{distance}");
    }
}
