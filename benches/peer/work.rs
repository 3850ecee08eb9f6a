//! Workloads on the shared data.

use std::sync::Arc;
use std::time::Instant;

use keypose::eval::evaluator::DocumentEvaluator;
use keypose::eval::fcurve;
use keypose::eval::sampler::Animator;
use keypose::model::document::Document;
use keypose::ops::pose::slide::{Mode, Slide, engine};
use keypose::ops::runner::{Session, Status};

use crate::{Bench, data, median};

/// Frames that are visited in the playback.
const FRAMES: usize = 200;

/// All of them.
pub fn run(bench: &mut Bench) {
    let arguments = bench.arguments.clone();
    let document = data::document(&arguments);
    let length = 10 * arguments.keys - 10;
    let frame = |step: usize| (1 + step * 37 % length) as f32;
    bench.measure(
        "playback_200_frames",
        || Desk::new(&document),
        |desk| {
            desk.session.play(false);
            for step in 1..=FRAMES {
                desk.session.show_frame(frame(step));
                desk.poses.evaluate(&desk.session.document);
            }
        },
    );
    bench.measure(
        "fcurve_evaluate_200_per_curve_python_loop",
        || document.clone(),
        |document| {
            let mut sum = 0.0;
            for curve in &document.actions["act"].fcurves {
                for step in 0..200 {
                    sum += fcurve::value(curve, 1.0 + step as f32 * 4.7);
                }
            }
            sum
        },
    );
    let push = "pose.push(factor: 0.3, prev_frame: 1, next_frame: 11)";
    operator(bench, &document, "pose.push", 6.0, &[push]);
    let propagate = "pose.propagate(mode: BEFORE_END)";
    operator(
        bench,
        &document,
        "pose.propagate_before_end",
        1.0,
        &[propagate],
    );
    let paste = ["pose.copy()", "pose.paste(flipped: true)"];
    operator(bench, &document, "pose.copy_paste_flipped", 6.0, &paste);
    let paths = "pose.paths_calculate_scene_range";
    operator(bench, &document, paths, 6.0, &["pose.paths_calculate()"]);
    slide_step(bench, &document);
    joints(bench, &document, frame);
}

/// A session with what shows it.
struct Desk {
    session: Session,
    poses: DocumentEvaluator,
}

impl Desk {
    fn new(document: &Document) -> Self {
        Self {
            session: Session::with_document(document.clone()),
            poses: DocumentEvaluator::default(),
        }
    }

    /// At a frame, and shown.
    fn at(document: &Document, frame: f32) -> Self {
        let mut desk = Self::new(document);
        Arc::make_mut(&mut desk.session.document.scene).frame = frame;
        Animator::default().apply(&mut desk.session.document);
        desk.poses.evaluate(&desk.session.document);
        desk
    }

    fn run(&mut self, calls: &[&str]) {
        for call in calls {
            let outcome = self
                .session
                .run_text(call)
                .expect("the call is well-formed");
            assert_eq!(
                outcome.status,
                Status::Finished,
                "{call}: {:?}",
                outcome.error()
            );
        }
        self.poses.evaluate(&self.session.document);
    }
}

/// Calls at a frame, then their undo and redo.
fn operator(bench: &mut Bench, document: &Document, name: &str, frame: f32, calls: &[&str]) {
    let ready = || Desk::at(document, frame);
    bench.measure(name, ready, |desk| desk.run(calls));
    let done = || {
        let mut desk = ready();
        desk.run(calls);
        desk
    };
    let undo = |desk: &mut Desk| desk.run(&["ed.undo()"]);
    bench.measure(&format!("{name}.undo"), done, undo);
    let undone = || {
        let mut desk = done();
        desk.run(&["ed.undo()"]);
        desk
    };
    let redo = |desk: &mut Desk| desk.run(&["ed.redo()"]);
    bench.measure(&format!("{name}.redo"), undone, redo);
}

/// One step of a slide that follows the mouse: back to the pose before, slid anew, shown.
fn slide_step(bench: &mut Bench, document: &Document) {
    let ready = || Desk::at(document, 6.0);
    bench.measure("pose.push.200_steps", ready, |desk| {
        let before = desk.session.document.clone();
        for step in 0..FRAMES {
            let slide = Slide {
                factor: step as f32 / FRAMES as f32,
                prev_frame: 1,
                next_frame: 11,
                ..Slide::default()
            };
            desk.session.document = before.clone();
            engine::apply(&mut desk.session.document, Mode::Push, &slide);
            desk.poses.evaluate(&desk.session.document);
        }
    });
}

/// Nanoseconds per joint of one frame, everything warm: sampling and model matrices.
fn joints(bench: &mut Bench, document: &Document, frame: impl Fn(usize) -> f32) {
    let (name, sampling) = ("ns_per_joint_sampled_and_posed", "ns_per_joint_sampled");
    if !bench.wants(name) && !bench.wants(sampling) {
        return;
    }
    let mut document = document.clone();
    let mut animator = Animator::default();
    let mut poses = DocumentEvaluator::default();
    let mut turn = |posed: bool| {
        let start = Instant::now();
        for step in 1..=FRAMES {
            Arc::make_mut(&mut document.scene).frame = frame(step);
            animator.apply(&mut document);
            if posed {
                poses.evaluate(&document);
            }
        }
        start.elapsed()
    };
    for (name, posed) in [(name, true), (sampling, false)] {
        turn(posed);
        let times = (0..bench.arguments.repeat.max(9))
            .map(|_| turn(posed))
            .collect();
        let joints = (FRAMES * bench.arguments.bones) as f64;
        bench.note(name, median(times).as_secs_f64() * 1e9 / joints);
    }
}
