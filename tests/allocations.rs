//! Evaluating a pose that changed allocates nothing once its buffers are there, nor does a frame that is played.

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::Arc;

use keypose::eval::evaluator::DocumentEvaluator;
use keypose::eval::pick::{BonePicker, Viewport};
use keypose::eval::sampler::Animator;
use keypose::model::action::Action;
use keypose::model::id::{BoneId, RigId};
use keypose::model::view::Camera;
use keypose::ops::shared::keys::{self, Insert};

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// The only way to count allocations; it hands everything on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(work: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.with(Cell::get);
    work();
    ALLOCATIONS.with(Cell::get) - before
}

#[test]
fn a_warm_evaluation_and_pick_allocate_nothing() {
    let mut document = common::documents::two_rigs();
    let mut evaluator = DocumentEvaluator::default();
    let mut picker = BonePicker::default();
    let camera = Camera::default();
    let viewport = Viewport {
        camera: &camera,
        size: glam::Vec2::new(800.0, 600.0),
        pixels_per_point: 1.0,
        style: Default::default(),
    };
    assert!(allocations(|| evaluator.evaluate(&document)) > 0);
    let middle = glam::Vec2::new(400.0, 300.0);
    picker.at(&document, &evaluator, &viewport, middle, 1000.0);
    for step in 1..4u8 {
        // The change itself replaces the channels; what follows must not allocate.
        let rig = document.rig_at_mut(RigId(0)).unwrap();
        rig.channel_mut(BoneId(1)).unwrap().location.x = f32::from(step);
        let before = evaluator.pose(RigId(0)).unwrap().head(BoneId(2)).unwrap();
        let count = allocations(|| {
            evaluator.evaluate(&document);
            picker.at(&document, &evaluator, &viewport, middle, 1000.0);
        });
        assert_eq!(count, 0, "step {step}");
        assert_ne!(
            before,
            evaluator.pose(RigId(0)).unwrap().head(BoneId(2)).unwrap()
        );
    }
}

#[test]
fn a_warm_frame_of_playback_allocates_nothing() {
    let mut document = common::documents::two_rigs();
    let rig = document.rig_at_mut(RigId(0)).unwrap();
    let bone = rig.armature.name(BoneId(1)).to_owned();
    let animation = Arc::make_mut(&mut rig.animation);
    animation.active_action = Some("Act".to_owned());
    let mut action = Action::default();
    for index in 0..3 {
        let key = Insert::new(0.0, 1.0);
        let later = Insert::new(100.0, 5.0);
        keys::insert_in(&mut action, Some(&bone), "location", index, &key);
        keys::insert_in(&mut action, Some(&bone), "location", index, &later);
    }
    Arc::make_mut(&mut document.actions).insert("Act".to_owned(), Arc::new(action));
    let mut animator = Animator::default();
    let mut evaluator = DocumentEvaluator::default();
    let mut heads = Vec::with_capacity(20);
    for step in 0..20u8 {
        let count = allocations(|| {
            Arc::make_mut(&mut document.scene).frame = f32::from(step) * 5.0;
            animator.apply(&mut document);
            evaluator.evaluate(&document);
        });
        assert!(step < 4 || count == 0, "step {step}: {count}");
        heads.push(evaluator.pose(RigId(0)).unwrap().head(BoneId(1)).unwrap());
    }
    assert!(heads.windows(2).all(|pair| pair[0] != pair[1]));
}
