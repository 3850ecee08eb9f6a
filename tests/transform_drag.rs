//! Move, rotate, scale and trackball with the pointer: it leads, precision slows it down, Ctrl snaps.

mod common;

use glam::{Quat, Vec2, Vec3};
use keypose::eval::hierarchy;
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::model::transform_settings::OrientType;
use keypose::ops::event::{Event, EventKind, ModalKey, Modifiers};
use keypose::ops::runner::Status;

use common::drag::{
    CTRL, SHIFT, confirm, go, head, header, key, place, running_call, send, session, start, y_axis,
};

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
    session.view.orientation = OrientType::View;
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
    for id in ["translate", "rotate", "resize", "trackball"] {
        let mut session = session(&["arm.L"]);
        let center = head(&session.document, "arm.L");
        let id = format!("transform.{id}");
        let pointer = start(&mut session, &id, center, Vec2::X * 90.0);
        let there = pointer + Vec2::new(20.0, 50.0);
        go(&mut session, there);
        let before = running_call(&session);
        send(&mut session, EventKind::Move, there, SHIFT);
        assert_eq!(running_call(&session), before, "{id}");
        send(&mut session, EventKind::Move, there + Vec2::Y * 30.0, SHIFT);
        let slow = running_call(&session);
        assert_ne!(slow, before, "{id}");
        send(
            &mut session,
            EventKind::Move,
            there + Vec2::Y * 30.0,
            Modifiers::default(),
        );
        assert_eq!(running_call(&session), slow, "{id}");
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
    assert!(session.view.snap.on, "the view keeps it");
    key(&mut session, ModalKey::ToggleSnap);

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

#[test]
fn the_pointer_counts_for_nothing_while_it_navigates() {
    for id in ["translate", "rotate", "resize", "trackball"] {
        let mut session = session(&["arm.L"]);
        let center = head(&session.document, "arm.L");
        let id = format!("transform.{id}");
        let pointer = start(&mut session, &id, center, Vec2::X * 90.0);
        go(&mut session, pointer + Vec2::new(20.0, 50.0));
        let before = running_call(&session);
        let alt = Modifiers {
            alt: true,
            ..Modifiers::default()
        };
        let event = Event {
            kind: EventKind::Move,
            pointer: Vec2::new(5.0, 5.0),
            modifiers: alt,
        };
        assert!(session.event(&event).is_none());
        go(&mut session, Vec2::new(5.0, 5.0));
        assert_eq!(running_call(&session), before, "{id}");
    }
}
