//! The interface's own code for one frame at 1600×1000: layout and shapes, without the graphics card.
//!
//! `cargo bench --bench interface`. A rig of 300 bones stands beside the bundled character, or beside
//! Knight.glb where `KEYPOSE_RIGS` names the folder that holds it. The median is what a frame costs.

use std::path::PathBuf;
use std::sync::Arc;

use divan::Bencher;
use egui::{Event, Pos2, RawInput, Rect, pos2};
use glam::Vec3;
use keypose::model::action::Action;
use keypose::model::armature::Armature;
use keypose::model::bone::Bone;
use keypose::model::fcurve::{FCurve, Key};
use keypose::model::id::BoneId;
use keypose::model::rig::Rig;
use keypose::ops::runner::Session;
use keypose::ui::app::App;

/// Bones of the rig that fills the list.
const BONES: usize = 300;

fn main() {
    divan::main();
}

/// A chain of bones, every one named and open in the list.
fn chain() -> Rig {
    let bone = |place: usize| {
        let foot = Vec3::new(1.0, 0.0, place as f32 * 0.01);
        Arc::new(Bone {
            name: format!("bone.{place:03}").into(),
            parent: place.checked_sub(1).map(BoneId::new),
            head: foot,
            tail: foot + Vec3::Z * 0.01,
            ..Bone::default()
        })
    };
    let armature = Armature {
        bones: (0..BONES).map(bone).collect(),
        ..Armature::default()
    };
    Rig::new("chain".to_owned(), armature)
}

/// Keys of the action that fills the timeline.
const KEYS: usize = 100_000;

/// An action with a hundred curves of a thousand keys each.
fn action() -> Action {
    let curves = KEYS / 1000;
    let curve = |place: usize| {
        let mut curve = FCurve::new(Some(&format!("bone.{:03}", place / 3)), "location", 0);
        curve.index = (place % 3) as u32;
        let keys = (0..1000).map(|frame| Key::new(frame as f32, (frame * place) as f32));
        curve.keys = Arc::new(keys.collect());
        Arc::new(curve)
    };
    Action {
        fcurves: (0..curves).map(curve).collect(),
        ..Action::default()
    }
}

/// The program with a chain that plays the action, in the workspace with the large timeline.
fn animated() -> (App, egui::Context) {
    let (mut app, ctx) = program();
    let document = &mut app.session.document;
    Arc::make_mut(&mut document.actions).insert("all".to_owned(), Arc::new(action()));
    let rig = document.rig_mut().unwrap();
    Arc::make_mut(&mut rig.animation).active_action = Some("all".to_owned());
    app.workspaces.go(1);
    for _ in 0..10 {
        frame(&mut app, &ctx, Vec::new());
    }
    (app, ctx)
}

/// Frames in which the playhead is dragged through 100,000 keys.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn many_keys_scrub(bencher: Bencher) {
    let (mut app, ctx) = animated();
    let mut step = 0.0f32;
    bencher.bench_local(|| {
        step += 1.0;
        Arc::make_mut(&mut app.session.document.scene).frame = step % 100.0;
        frame(&mut app, &ctx, Vec::new());
    });
}

/// Frames in which the view slides along 100,000 keys.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn many_keys_slide(bencher: Bencher) {
    let (mut app, ctx) = animated();
    let mut step = 0.0f32;
    bencher.bench_local(|| {
        step += 1.0;
        let view = &mut app.session.view.timeline;
        (view.first, view.last) = (step % 200.0, step % 200.0 + 400.0);
        frame(&mut app, &ctx, Vec::new());
    });
}

/// Frames in which one of the curves changes.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn many_keys_change(bencher: Bencher) {
    let (mut app, ctx) = animated();
    bencher.bench_local(|| {
        let actions = Arc::make_mut(&mut app.session.document.actions);
        if let Some(curve) = actions
            .get_mut("all")
            .and_then(|action| Arc::make_mut(action).fcurves.first_mut())
        {
            let keys = &mut Arc::make_mut(curve).keys;
            if let Some(key) = Arc::make_mut(keys).first_mut() {
                key.shift(0.0, 0.1);
            }
        }
        frame(&mut app, &ctx, Vec::new());
    });
}

/// The program with both rigs, every bone selected, and its context of egui.
fn program() -> (App, egui::Context) {
    let mut session = Session::default();
    let knight =
        std::env::var_os("KEYPOSE_RIGS").map(|rigs| PathBuf::from(rigs).join("Knight.glb"));
    let call = match knight.filter(|file| file.is_file()) {
        Some(file) => format!(
            "wm.open_mainfile(filepath: {:?})",
            file.display().to_string()
        ),
        None => "wm.read_homefile(mannequin: true)".to_owned(),
    };
    let opened = session.run_text(&call).unwrap();
    assert_eq!(opened.error(), None);
    session.document.add_rig(chain());
    session.run_text("pose.select_all(action: SELECT)").unwrap();
    let app = App::new(session).unwrap();
    let ctx = egui::Context::default();
    app.install(&ctx);
    (app, ctx)
}

fn frame(app: &mut App, ctx: &egui::Context, events: Vec<Event>) {
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, egui::vec2(1600.0, 1000.0))),
        events,
        ..RawInput::default()
    };
    let output = ctx.run_ui(input, |ui| app.ui(ui));
    let (shapes, scale) = (output.shapes.clone(), output.pixels_per_point);
    output.drop_without_applying_deltas();
    divan::black_box(ctx.tessellate(shapes, scale));
}

/// Frames in which the pointer stands still.
#[divan::bench(sample_count = 300, sample_size = 1)]
fn at_rest(bencher: Bencher) {
    let (mut app, ctx) = program();
    for _ in 0..10 {
        frame(&mut app, &ctx, Vec::new());
    }
    bencher.bench_local(|| frame(&mut app, &ctx, Vec::new()));
}

/// Frames in which the pointer moves over the 3D view and looks for bones.
#[divan::bench(sample_count = 300, sample_size = 1)]
fn pointer_over_the_view(bencher: Bencher) {
    let (mut app, ctx) = program();
    let mut step = 0.0f32;
    bencher.bench_local(|| {
        step += 0.1;
        let at = pos2(750.0 + 200.0 * step.sin(), 500.0 + 300.0 * step.cos());
        frame(&mut app, &ctx, vec![Event::PointerMoved(at)]);
    });
}

/// Frames in which the bone list scrolls.
#[divan::bench(sample_count = 300, sample_size = 1)]
fn list_scrolls(bencher: Bencher) {
    let (mut app, ctx) = program();
    let mut step = 0u32;
    bencher.bench_local(|| {
        step += 1;
        let up = if (step / 40).is_multiple_of(2) {
            -40.0
        } else {
            40.0
        };
        let wheel = Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, up),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: egui::Modifiers::NONE,
        };
        let at = Event::PointerMoved(pos2(120.0, 500.0));
        frame(&mut app, &ctx, vec![at, wheel]);
    });
}
