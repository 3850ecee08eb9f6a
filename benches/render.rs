//! Frames of the viewport: the bundled character at 1280×800, drawn and waited for.
//!
//! `cargo bench --bench render`. On a machine without a graphics card this measures the software driver.

use divan::Bencher;
use glam::Vec3;
use keypose::eval::evaluator::DocumentEvaluator;
use keypose::io::open;
use keypose::model::id::{BoneId, RigId};
use keypose::render::colors::ViewportColors;
use keypose::render::gpu::Gpu;
use keypose::render::viewport::{FrameInput, Viewport};

fn main() {
    divan::main();
}

/// Draws a frame and waits for it, with another pose each time.
fn frames(bencher: Bencher, overlays: bool) {
    let gpu = Gpu::headless().unwrap();
    let opened = open::mannequin().unwrap();
    let mut document = opened.document;
    let mut view = opened.view.unwrap();
    view.overlays = overlays;
    let mut poses = DocumentEvaluator::default();
    let mut viewport = Viewport::new(&gpu);
    let theme = ViewportColors::default();
    let mut step = 0.0f32;
    bencher.bench_local(|| {
        step += 0.01;
        let rig = document.rig_at_mut(RigId(0)).unwrap();
        rig.channel_mut(BoneId(1)).unwrap().location = Vec3::X * step.sin() * 0.1;
        poses.evaluate(&document);
        let input = FrameInput {
            document: &document,
            poses: &poses,
            keyed: None,
            camera: &view.camera,
            view: &view,
            size: (1280, 800),
            pixels_per_point: 1.0,
            hovered: None,
            hovered_empty: None,
            theme: &theme,
        };
        viewport.draw(&gpu, &input);
        gpu.device
            .poll(wgpu::PollType::wait_indefinitely())
            .unwrap();
    });
}

#[divan::bench(sample_count = 60, sample_size = 1)]
fn mannequin_with_bones_and_floor(bencher: Bencher) {
    frames(bencher, true);
}

#[divan::bench(sample_count = 60, sample_size = 1)]
fn mannequin_alone(bencher: Bencher) {
    frames(bencher, false);
}
