//! Posing, picking and editing on rigs of two sizes: 100 bones, as many characters have, and 300.
//!
//! The allocation counts matter as much as the times: a warm evaluator and a warm picker allocate nothing.

use std::sync::Arc;

use divan::{AllocProfiler, Bencher, black_box};
use glam::{Mat4, Vec2, Vec3};
use keypose::eval::evaluator::{DocumentEvaluator, RigEvaluator};
use keypose::eval::hierarchy::{PosedRig, evaluate_channels};
use keypose::eval::palette;
use keypose::eval::pick::{BonePicker, Viewport};
use keypose::eval::rest::RestPose;
use keypose::model::action::Action;
use keypose::model::armature::Armature;
use keypose::model::bone::{Bone, InheritScale};
use keypose::model::document::Document;
use keypose::model::fcurve::FCurve;
use keypose::model::id::{BoneId, RigId};
use keypose::model::mesh::Attachment;
use keypose::model::rig::Rig;
use keypose::model::view::{BoneStyle, Camera};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const BONES: [usize; 2] = [100, 300];

fn main() {
    divan::main();
}

/// Pseudo-random numbers, -1 to 1, the same on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f32 {
        const RANGE: u64 = 1 << 31;
        self.0 = (self.0 * 1_103_515_245 + 12_345) % RANGE;
        (self.0 as f64 / (RANGE - 1) as f64 * 2.0 - 1.0) as f32
    }
}

/// A binary tree of bones, in a pose in which every channel differs from rest.
fn rig(count: usize) -> Rig {
    let mut random = Random(12_345);
    let mut bones: Vec<Arc<Bone>> = Vec::new();
    for index in 0..count {
        let parent = index.checked_sub(1).map(|before| before / 2);
        let head = parent
            .and_then(|parent| bones.get(parent))
            .map_or(Vec3::ZERO, |parent| parent.tail);
        let aside = Vec3::new(0.1 * random.next(), 0.1 * random.next(), 0.3);
        bones.push(Arc::new(Bone {
            name: format!("bone.{index}").into(),
            parent: parent.map(BoneId::new),
            head,
            tail: head + aside,
            ..Bone::default()
        }));
    }
    let armature = Armature {
        bones,
        ..Armature::default()
    };
    let mut rig = Rig::new("Rig".to_owned(), armature);
    for channel in Arc::make_mut(&mut rig.pose.channels) {
        let mut number = || random.next() * 0.1;
        channel.location = Vec3::new(number(), number(), number());
        channel.quaternion = [1.0 + number(), number(), number(), number()];
        channel.scale = Vec3::new(1.0 + number(), 1.0 + number(), 1.0 + number());
    }
    rig
}

fn document(count: usize) -> (Document, DocumentEvaluator) {
    let mut document = Document::default();
    document.add_rig(rig(count));
    let mut poses = DocumentEvaluator::default();
    poses.evaluate(&document);
    (document, poses)
}

#[divan::bench(args = BONES)]
fn evaluate_whole(bencher: Bencher, count: usize) {
    let rig = rig(count);
    let rest = RestPose::new(&rig.armature);
    let mut posed = PosedRig::default();
    bencher.bench_local(|| evaluate_channels(&rest, black_box(&rig.pose.channels), &mut posed));
}

#[divan::bench(args = BONES)]
fn evaluate_whole_aligned_scale(bencher: Bencher, count: usize) {
    let mut rig = rig(count);
    for bone in &mut Arc::make_mut(&mut rig.armature).bones {
        Arc::make_mut(bone).inherit_scale = InheritScale::Aligned;
    }
    let rest = RestPose::new(&rig.armature);
    let mut posed = PosedRig::default();
    bencher.bench_local(|| evaluate_channels(&rest, black_box(&rig.pose.channels), &mut posed));
}

/// One bone half-way down the list moves; the evaluator has to find it.
#[divan::bench(args = BONES)]
fn evaluate_one_bone_changed(bencher: Bencher, count: usize) {
    let here = rig(count);
    let mut there = here.clone();
    if let Some(channel) = there.channel_mut(BoneId::new(count / 2)) {
        channel.location.x += 1.0;
    }
    let mut evaluator = RigEvaluator::default();
    evaluator.evaluate(&here);
    let mut flip = false;
    bencher.bench_local(|| {
        flip = !flip;
        evaluator
            .evaluate(if flip { &there } else { &here })
            .version
    });
}

#[divan::bench(args = BONES)]
fn evaluate_unchanged(bencher: Bencher, count: usize) {
    let (document, mut poses) = document(count);
    bencher.bench_local(|| poses.evaluate(black_box(&document)));
}

#[divan::bench(args = BONES)]
fn prepare_rest(bencher: Bencher, count: usize) {
    let rig = rig(count);
    let mut rest = RestPose::new(&rig.armature);
    bencher.bench_local(|| rest.prepare(black_box(&rig.armature)));
}

#[divan::bench(args = BONES)]
fn skin_palette(bencher: Bencher, count: usize) {
    let (document, poses) = document(count);
    let skin = Attachment::Skin {
        joints: (0..count).map(BoneId::new).collect(),
        joint_from_mesh: vec![Mat4::IDENTITY; count],
    };
    let mut matrices = Vec::with_capacity(count);
    bencher.bench_local(|| {
        matrices.clear();
        if let Some(posed) = poses.pose(RigId(0)) {
            let rig = (&*document.rigs[0].armature, posed);
            palette::append(Mat4::IDENTITY, rig, black_box(&skin), &mut matrices);
        }
    });
}

#[divan::bench(args = BONES)]
fn pick(bencher: Bencher, count: usize) {
    let (document, poses) = document(count);
    let camera = Camera::default();
    let size = Vec2::new(1600.0, 900.0);
    let viewport = Viewport {
        camera: &camera,
        size,
        pixels_per_point: 1.0,
        style: BoneStyle::Octahedral,
    };
    let mut picker = BonePicker::default();
    bencher.bench_local(|| {
        picker
            .at(&document, &poses, &viewport, black_box(size / 2.0), 30.0)
            .len()
    });
}

/// What every edit costs before it does anything: a snapshot, then one value written.
#[divan::bench]
fn snapshot_and_edit_one_value(bencher: Bencher) {
    let (mut document, _) = document(300);
    let curve = |index: u32| {
        let bone = format!("bone.{}", index / 2);
        Arc::new(FCurve::new(Some(&bone), "location", index % 2))
    };
    let action = Action {
        fcurves: (0..600).map(curve).collect(),
        ..Action::default()
    };
    Arc::make_mut(&mut document.actions).insert("Walk".to_owned(), Arc::new(action));
    bencher.bench_local(|| {
        let snapshot = document.clone();
        if let Some(channel) = document
            .rig_mut()
            .and_then(|rig| rig.channel_mut(BoneId(150)))
        {
            channel.location.x += 1.0;
        }
        snapshot
    });
}
