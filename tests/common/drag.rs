//! A rig, a pointer and keys: what the tests of transforms that follow the mouse need.

use std::path::Path;

use glam::{Quat, Vec2, Vec3};
use keypose::eval::hierarchy;
use keypose::io::scene;
use keypose::model::document::Document;
use keypose::ops::context::Place;
use keypose::ops::event::{Event, EventKind, ModalKey, Modifiers};
use keypose::ops::operator::Header;
use keypose::ops::registry;
use keypose::ops::runner::{Session, Status};

/// Shift held down.
pub const SHIFT: Modifiers = Modifiers {
    shift: true,
    ctrl: false,
    alt: false,
};
/// Control held down.
pub const CTRL: Modifiers = Modifiers {
    shift: false,
    ctrl: true,
    alt: false,
};

/// The rig of the recorded cases with these bones selected; the first is active.
pub fn session(selected: &[&str]) -> Session {
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

pub fn place() -> Place {
    Place {
        size: Vec2::new(800.0, 600.0),
        ..Place::default()
    }
}

/// Starts an operator with the pointer this far from where its centre appears.
pub fn start(session: &mut Session, id: &str, center: Vec3, offset: Vec2) -> Vec2 {
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

pub fn head(document: &Document, name: &str) -> Vec3 {
    let rig = document.rig().unwrap();
    let bone = rig.armature.find(name).unwrap();
    let armature = hierarchy::evaluate_once(rig).head(bone).unwrap();
    rig.world_from_armature().transform_point3(armature)
}

pub fn y_axis(document: &Document, name: &str) -> Vec3 {
    let rig = document.rig().unwrap();
    let bone = rig.armature.find(name).unwrap();
    let matrix = hierarchy::evaluate_once(rig).matrix(bone).unwrap();
    matrix.y_axis.truncate()
}

pub fn send(session: &mut Session, kind: EventKind, pointer: Vec2, modifiers: Modifiers) -> Status {
    let event = Event {
        kind,
        pointer,
        modifiers,
    };
    session
        .event(&event)
        .map_or(Status::Running, |outcome| outcome.status)
}

pub fn key(session: &mut Session, key: ModalKey) -> Status {
    send(
        session,
        EventKind::Key(key),
        Vec2::ZERO,
        Modifiers::default(),
    )
}

pub fn type_text(session: &mut Session, text: &str) {
    for character in text.chars() {
        let kind = EventKind::Character(character);
        send(session, kind, Vec2::ZERO, Modifiers::default());
    }
}

pub fn go(session: &mut Session, to: Vec2) {
    send(session, EventKind::Move, to, Modifiers::default());
}

pub fn header(session: &Session) -> Header {
    session.running().unwrap().1
}

pub fn running_call(session: &Session) -> String {
    session.running().unwrap().0.call_text()
}

/// Equal but for spaces.
pub fn assert_call(found: &str, expected: &str) {
    let bare = |text: &str| text.replace(' ', "");
    assert_eq!(bare(found), bare(expected));
}

/// Confirms, and checks that the call alone gives the same document from the same start, whatever the view.
pub fn confirm(session: &mut Session, before: &Document) -> String {
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
