//! Playing: what is shown, what counts, and what history, log and recovery know of it.

mod common;

use common::documents;
use glam::Vec2;
use keypose::app::recovery::{Keeper, recover};
use keypose::io::preferences::Preferences;
use keypose::ops::call;
use keypose::ops::context::{PanelKind, Place, TimeMap};
use keypose::ops::event::{Event, EventKind, ModalKey, Modifiers};
use keypose::ops::runner::log::Line;
use keypose::ops::runner::{Session, Status};

fn session() -> Session {
    Session::with_document(documents::wave())
}

fn run(session: &mut Session, text: &str) {
    let outcome = session.run_text(text).unwrap();
    assert_eq!(outcome.error(), None, "{text}");
}

/// Where `arm.L` is along X.
fn arm(session: &Session) -> f32 {
    let rig = session.document.rig().unwrap();
    let bone = rig.armature.find("arm.L").unwrap();
    rig.channel(bone).unwrap().location.x
}

fn steps(session: &Session) -> Vec<String> {
    let steps = session.history().behind().iter();
    steps.map(|step| step.call.clone()).collect()
}

fn calls(session: &Session) -> Vec<String> {
    let lines = session.log.lines().filter_map(|(_, line)| match line {
        Line::Call(called) => Some(called.text.clone()),
        Line::Report(_) => None,
    });
    lines.collect()
}

#[test]
fn frames_are_shown_and_nothing_is_written() {
    let mut session = session();
    session.show_frame(5.0);
    assert_eq!(session.document.scene.frame, 1.0);
    session.play(false);
    session.show_frame(3.5);
    assert_eq!((session.document.scene.frame, arm(&session)), (3.5, 2.5));
    session.show_frame(f32::NAN);
    session.show_frame(11.0);
    assert_eq!(arm(&session), 10.0);
    assert!(!session.unsaved() && steps(&session).is_empty() && calls(&session).is_empty());
    assert_eq!(session.settled().0.scene.frame, 1.0);
}

#[test]
fn stopping_keeps_the_frame_as_one_step() {
    let mut session = session();
    let start = session.document.clone();
    session.play(true);
    assert_eq!(
        session.playing().map(|p| (p.reverse, p.start)),
        Some((true, 1.0))
    );
    session.show_frame(3.0);
    session.show_frame(6.0);
    session.stop_playing(false);
    assert!(session.playing().is_none() && session.unsaved());
    assert_eq!((session.document.scene.frame, arm(&session)), (6.0, 5.0));
    assert_eq!(steps(&session), ["anim.change_frame(frame: 6.0)"]);
    assert_eq!(calls(&session), ["anim.change_frame(frame: 6.0)"]);
    run(&mut session, "ed.undo()");
    assert!(session.document.same_pointers(&start));
}

#[test]
fn going_back_leaves_the_very_document() {
    let mut session = session();
    run(
        &mut session,
        r#"pose.set(pose: {"arm.L": (location: (7.0, 0.0, 0.0))})"#,
    );
    let start = session.document.clone();
    session.play(false);
    session.show_frame(6.0);
    assert_eq!(arm(&session), 5.0);
    session.stop_playing(true);
    assert!(session.document.same_pointers(&start));
    assert_eq!((arm(&session), steps(&session).len()), (7.0, 1));
    // Stopped at once it makes no step, either, and adjusting goes on.
    session.play(false);
    session.stop_playing(false);
    assert_eq!(steps(&session).len(), 1);
    assert!(session.last().is_some());
}

#[test]
fn an_operator_gets_the_frame_that_is_shown_and_playing_goes_on() {
    let mut session = session();
    session.play(false);
    session.show_frame(6.0);
    run(
        &mut session,
        r#"pose.set(pose: {"trunk": (location: (1.0, 0.0, 0.0))})"#,
    );
    assert_eq!(steps(&session).len(), 2);
    assert_eq!(steps(&session)[0], "anim.change_frame(frame: 6.0)");
    assert!(session.playing().is_some());
    session.show_frame(9.0);
    session.stop_playing(true);
    // What was done stays; the frame goes back to where playing began.
    assert_eq!(session.document.scene.frame, 1.0);
    assert_eq!((arm(&session), steps(&session).len()), (0.0, 3));
    run(&mut session, "ed.undo()");
    assert_eq!((session.document.scene.frame, arm(&session)), (6.0, 5.0));
}

#[test]
fn a_refused_operator_changes_nothing_while_it_plays() {
    let mut session = session();
    session.play(false);
    session.show_frame(6.0);
    let outcome = session.run_text("pose.paste()").unwrap();
    assert_ne!(outcome.status, Status::Finished);
    assert!(steps(&session).is_empty() && session.playing().is_some());
    assert_eq!(session.document.scene.frame, 6.0);
}

#[test]
fn undo_and_redo_go_on_below() {
    let mut session = session();
    run(&mut session, "scene.set(frame_end: 20)");
    run(&mut session, "scene.set(frame_end: 30)");
    session.play(false);
    session.show_frame(6.0);
    run(&mut session, "ed.undo()");
    assert_eq!(
        (
            session.document.scene.frame,
            session.document.scene.frame_end
        ),
        (6.0, 20)
    );
    run(&mut session, "ed.redo()");
    assert_eq!(
        (
            session.document.scene.frame,
            session.document.scene.frame_end
        ),
        (6.0, 30)
    );
    assert_eq!(steps(&session).len(), 2);
    session.stop_playing(true);
    assert_eq!(session.document.scene.frame, 1.0);
}

#[test]
fn the_last_operator_is_adjusted_below() {
    let mut session = session();
    run(&mut session, r#"pose.select_bones(names: ["trunk"])"#);
    run(&mut session, "transform.translate(value: (1.0, 0.0, 0.0))");
    session.play(false);
    session.show_frame(6.0);
    assert!(session.last().is_some());
    let other = call::parse("transform.translate(value: (2.0, 0.0, 0.0))").unwrap();
    assert_eq!(session.adjust(other).status, Status::Finished);
    assert_eq!((session.document.scene.frame, arm(&session)), (6.0, 5.0));
    assert_eq!(steps(&session).len(), 2);
    session.stop_playing(true);
    assert_eq!(session.document.scene.frame, 1.0);
    assert!(steps(&session)[1].contains("2.0"));
}

fn start() -> Event {
    Event::new(EventKind::Start, Vec2::new(100.0, 50.0))
}

fn moved(x: f32) -> Event {
    Event::new(EventKind::Move, Vec2::new(x, 50.0))
}

#[test]
fn the_view_moves_while_it_plays_and_a_transform_ends_it() {
    let mut session = session();
    run(&mut session, r#"pose.select_bones(names: ["trunk"])"#);
    session.play(false);
    session.show_frame(4.0);
    let invoke = |session: &mut Session, text: &str| {
        let started = session.invoke(call::parse(text).unwrap(), Place::default(), &start());
        assert!(started.is_ok_and(|outcome| outcome.status == Status::Running));
    };
    invoke(&mut session, "view3d.rotate()");
    session.event(&moved(120.0));
    session.show_frame(6.0);
    session.event(&moved(140.0));
    assert_eq!(session.document.scene.frame, 6.0);
    session.event(&Event::new(EventKind::Release, Vec2::new(140.0, 50.0)));
    assert!(session.playing().is_some() && steps(&session).len() == 1);
    assert_eq!(session.document.scene.frame, 6.0);
    invoke(&mut session, "transform.translate()");
    assert!(session.playing().is_none());
    assert_eq!(steps(&session).len(), 2);
    session.play(false);
    assert!(!session.is_running());
}

#[test]
fn opening_ends_it_and_saving_takes_the_frame() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wave.keypose");
    let path = path.display();
    let mut session = session();
    session.play(false);
    session.show_frame(6.0);
    run(
        &mut session,
        &format!(
            "wm.save_as_mainfile(filepath: {path:?})",
            path = path.to_string()
        ),
    );
    assert!(!session.unsaved() && session.playing().is_some());
    session.show_frame(7.0);
    assert!(!session.unsaved());
    run(
        &mut session,
        &format!(
            "wm.open_mainfile(filepath: {path:?})",
            path = path.to_string()
        ),
    );
    assert!(session.playing().is_none());
    assert_eq!(session.document.scene.frame, 6.0);
}

#[test]
fn what_is_recovered_is_what_counts() {
    let home = tempfile::tempdir().unwrap();
    let mut session = session();
    let mut keeper = Keeper::begin(home.path(), &session).unwrap();
    let preferences = Preferences::default();
    run(&mut session, "screen.animation_play()");
    session.show_frame(6.25);
    run(
        &mut session,
        r#"pose.set(pose: {"trunk": (location: (1.0, 0.0, 0.0))})"#,
    );
    session.show_frame(8.0);
    run(&mut session, "ed.undo()");
    keeper.update(&session, &preferences);
    session.show_frame(9.0);
    let settled = session.settled().0.clone();
    assert_eq!(settled.scene.frame, 6.25);
    let folder = keeper.folder().to_owned();
    keeper.keep(&session);
    let recovered = recover(&folder).unwrap();
    assert!(recovered.warnings.is_empty(), "{:?}", recovered.warnings);
    assert!(recovered.session.document == settled);
}

/// The timeline: 10 points a frame, frame 0 at the left edge.
fn timeline() -> Place {
    Place {
        panel: PanelKind::Timeline,
        size: Vec2::new(1000.0, 200.0),
        time: Some(TimeMap {
            first: 0.0,
            per_point: 0.1,
        }),
        bone: None,
    }
}

fn invoke(session: &mut Session, text: &str, x: f32) -> Status {
    let event = Event::new(EventKind::Start, Vec2::new(x, 10.0));
    let started = session.invoke(call::parse(text).unwrap(), timeline(), &event);
    started.map_or(Status::Cancelled, |outcome| outcome.status)
}

fn release(session: &mut Session, x: f32) {
    session.event(&Event::new(EventKind::Release, Vec2::new(x, 10.0)));
}

#[test]
fn scrubbing_follows_the_pointer_and_is_one_step() {
    let mut session = session();
    assert_eq!(
        invoke(&mut session, "anim.change_frame()", 34.0),
        Status::Running
    );
    assert_eq!((session.document.scene.frame, arm(&session)), (3.0, 2.0));
    session.event(&moved(66.0));
    assert_eq!(session.document.scene.frame, 7.0);
    session.event(&moved(-500.0));
    assert_eq!(session.document.scene.frame, 0.0);
    // With Ctrl it goes to the nearest key, marker or second.
    let mut held = moved(69.0);
    held.modifiers = Modifiers {
        ctrl: true,
        ..Modifiers::default()
    };
    session.event(&held);
    assert_eq!(session.document.scene.frame, 6.5);
    release(&mut session, 69.0);
    assert_eq!(
        steps(&session),
        ["anim.change_frame(frame: 6.5, exact: true)"]
    );
    assert!(
        session
            .take_left()
            .is_some_and(|left| left.scene.frame == 1.0)
    );
    assert!(session.take_left().is_none());
    run(&mut session, "ed.undo()");
    assert_eq!(session.document.scene.frame, 1.0);
    // Outside of a time editor it goes to the frame that it is given.
    let op = call::parse("anim.change_frame(frame: 9.0)").unwrap();
    let outcome = session.invoke(op, Place::default(), &start());
    assert!(outcome.is_ok_and(|outcome| outcome.status == Status::Finished));
    assert_eq!(session.document.scene.frame, 9.0);
}

#[test]
fn a_preview_range_is_drawn_with_a_box() {
    let mut session = session();
    assert_eq!(
        invoke(&mut session, "anim.previewrange_set()", 10.0),
        Status::Running
    );
    assert!(session.document.scene.preview_range.is_none());
    let press = EventKind::Key(ModalKey::Confirm);
    session.event(&Event::new(press, Vec2::new(80.0, 10.0)));
    session.event(&moved(42.0));
    assert_eq!(session.document.scene.preview_range, Some((4, 8)));
    release(&mut session, 42.0);
    assert_eq!(session.document.scene.preview_range, Some((4, 8)));
    assert_eq!(
        steps(&session),
        ["anim.previewrange_set(frame_start: 4, frame_end: 8)"]
    );
}

#[test]
fn markers_are_dragged_and_typed() {
    let mut session = session();
    run(&mut session, "marker.add()");
    run(&mut session, "anim.change_frame(frame: 8.0)");
    run(&mut session, "marker.add()");
    let frames = |session: &Session| -> Vec<i32> {
        session
            .document
            .scene
            .markers
            .iter()
            .map(|m| m.frame)
            .collect()
    };
    // The marker below the pointer moves, though the other one is selected.
    invoke(&mut session, "marker.move(tweak: true)", 12.0);
    session.event(&moved(46.0));
    assert_eq!(frames(&session), [4, 8]);
    release(&mut session, 46.0);
    assert_eq!(frames(&session), [4, 8]);
    let selected: Vec<bool> = session
        .document
        .scene
        .markers
        .iter()
        .map(|m| m.select)
        .collect();
    assert_eq!(selected, [true, false]);
    invoke(&mut session, "marker.duplicate()", 500.0);
    for sign in ['1', '2', '-'] {
        session.event(&Event::new(EventKind::Character(sign), Vec2::ZERO));
    }
    let confirm = EventKind::Key(ModalKey::Confirm);
    session.event(&Event::new(confirm, Vec2::ZERO));
    assert_eq!(frames(&session), [-8, 4, 8]);
    // A click takes the marker near the pointer; beside them all none is selected.
    let event = Event::new(EventKind::Start, Vec2::new(84.0, 10.0));
    let op = call::parse("marker.select()").unwrap();
    assert!(session.invoke(op.clone(), timeline(), &event).is_ok());
    assert!(session.document.scene.markers[2].select);
    let event = Event::new(EventKind::Start, Vec2::new(300.0, 10.0));
    assert!(session.invoke(op, timeline(), &event).is_ok());
    assert!(session.document.scene.markers.iter().all(|m| !m.select));
}

#[test]
fn the_view_of_time_zooms_about_the_pointer() {
    let mut session = session();
    (session.view.timeline.first, session.view.timeline.last) = (0.0, 100.0);
    let event = Event::new(EventKind::Start, Vec2::new(250.0, 10.0));
    let op = call::parse("view2d.zoom_in()").unwrap();
    assert!(session.invoke(op, timeline(), &event).is_ok());
    let view = &session.view.timeline;
    let (span, frame) = (
        view.last - view.first,
        view.first + (view.last - view.first) * 0.25,
    );
    assert!((span - 100.0 / 1.2).abs() < 1e-3 && (frame - 25.0).abs() < 1e-3);
    assert_eq!(invoke(&mut session, "view2d.pan()", 100.0), Status::Running);
    let first = session.view.timeline.first;
    session.event(&moved(200.0));
    assert!((session.view.timeline.first - (first - span * 0.1)).abs() < 1e-3);
}
