//! Evaluating a pose that changed allocates nothing once its buffers are there.

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use keypose::eval::evaluator::DocumentEvaluator;
use keypose::eval::pick::{BonePicker, Viewport};
use keypose::model::id::{BoneId, RigId};
use keypose::model::view::Camera;

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
