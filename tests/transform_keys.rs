//! Move, rotate, scale and trackball with keys: axes, typed numbers, switching; and what is refused.

mod common;

use glam::{Quat, Vec2, Vec3};
use keypose::ops::event::{Event, EventKind, ModalKey};
use keypose::ops::registry;
use keypose::ops::runner::Status;

use common::drag::{
    assert_call, confirm, go, head, header, key, place, running_call, session, start, type_text,
    y_axis,
};

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
fn an_axis_key_means_the_orientation_of_the_view_first() {
    let mut session = session(&["arm.L"]);
    session.run_text("view3d.orientation(type: LOCAL)").unwrap();
    start(&mut session, "transform.resize", Vec3::Z, Vec2::X * 50.0);
    for note in ["along Local Z", "along Global Z", "", "along Local Z"] {
        key(&mut session, ModalKey::AxisZ);
        assert_eq!(header(&session).note, note);
    }
    key(&mut session, ModalKey::Free);
    assert_eq!(header(&session).note, "");
}
