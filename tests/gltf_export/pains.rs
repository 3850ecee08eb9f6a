//! What goes wrong elsewhere: mixed modes, steps, one key, centimetres, whole turns, keys before the start.

use std::f32::consts::PI;
use std::sync::Arc;

use keypose::io::open;
use keypose::model::document::Document;
use keypose::model::fcurve::{FCurve, Interpolation, Key};
use keypose::model::pose::RotationMode;
use serde_json::{Value, json};

use crate::curves::{compared, with_clip};
use crate::edits::{action, add, curve, edit};
use crate::model::{character, export};
use crate::read::{self, Channel, apart, pose};

fn channel(document: &Document, name: &str, node: &str, path: &str) -> Channel {
    let exported = export(document, name);
    let file = read::file(&exported.path, &exported.bytes);
    read::channel(&file, "New", node, path).unwrap()
}

/// The largest turn between two keys, degrees.
fn widest(channel: &Channel) -> f32 {
    let stride = if channel.mode == "CUBICSPLINE" { 3 } else { 1 };
    let values: Vec<&[f32]> = (0..channel.times.len())
        .map(|key| channel.key(key))
        .map(|key| if stride == 3 { &key[4..8] } else { key })
        .collect();
    let turn = |pair: &[&[f32]]| {
        let dot: f32 = pair[0].iter().zip(pair[1]).map(|(a, b)| a * b).sum();
        2.0 * dot.clamp(-1.0, 1.0).acos().to_degrees()
    };
    values.windows(2).map(turn).fold(0.0, f32::max)
}

#[test]
fn mixed_modes_in_one_curve_keep_their_jumps_and_shapes() {
    let key = |frame, value, interpolation| Key {
        interpolation,
        ..Key::new(frame, value)
    };
    let mut mixed = FCurve {
        keys: Arc::new(vec![
            key(0.0, 0.0, Interpolation::Constant),
            key(10.0, 1.0, Interpolation::Linear),
            key(20.0, 0.5, Interpolation::Bezier),
            key(30.0, 0.0, Interpolation::Constant),
            key(40.0, 0.7, Interpolation::Bezier),
        ]),
        ..FCurve::new(Some("hips"), "location", 0)
    };
    keypose::eval::handles::recalculate(&mut mixed);
    let document = with_clip(vec![Arc::new(mixed)]);
    let exported = compared(&document, "mixed.glb", 1e-3);
    let file = read::file(&exported.path, &exported.bytes);
    let found = read::channel(&file, "New", "hips", "translation").unwrap();
    assert!(found.times.len() <= 16, "{}", found.times.len());
    let jumps: Vec<f32> = found
        .times
        .windows(2)
        .filter(|pair| pair[1] - pair[0] < 2e-4)
        .map(|pair| pair[1] * 24.0)
        .collect();
    assert_eq!(jumps, [10.0, 40.0]);
}

#[test]
fn steps_stay_steps() {
    let steps = |property: &str, index, points: &[(f32, f32)]| {
        curve("spine", property, index, Interpolation::Constant, points)
    };
    let document = with_clip(vec![
        steps("location", 0, &[(0., 0.), (6., 1.), (12., 0.)]),
        steps("location", 2, &[(0., 0.), (9., 1.)]),
        steps("scale", 1, &[(3., 2.), (6., 1.)]),
    ]);
    let found = channel(&document, "steps.glb", "spine", "translation");
    assert_eq!(
        (found.mode.as_str(), &found.times[..]),
        ("STEP", &[0.0, 0.25, 0.375, 0.5][..])
    );
    let found = channel(&document, "steps.glb", "spine", "scale");
    assert_eq!(
        (found.mode.as_str(), &found.times[..]),
        ("STEP", &[0.125, 0.25][..])
    );
    compared(&document, "steps.glb", 1e-5);
}

#[test]
fn a_clip_of_one_key_is_no_cubic() {
    for (interpolation, mode) in [
        (Interpolation::Bezier, "LINEAR"),
        (Interpolation::Linear, "LINEAR"),
        (Interpolation::Constant, "STEP"),
    ] {
        let one =
            |property: &str, index| curve("spine", property, index, interpolation, &[(5.0, 0.5)]);
        let document = with_clip(vec![one("location", 1), one("rotation_quaternion", 2)]);
        let name = format!("one key {interpolation:?}.glb");
        for path in ["translation", "rotation"] {
            let found = channel(&document, &name, "spine", path);
            assert_eq!((found.mode.as_str(), &found.times[..]), (mode, &[0.0][..]));
        }
        let turn = channel(&document, &name, "spine", "rotation").values;
        let length: f32 = turn.iter().map(|n| n * n).sum();
        assert!((length - 1.0).abs() < 1e-6, "keys are of unit length");
    }
}

#[test]
fn an_edited_channel_keeps_its_times_and_tangents() {
    let folder = tempfile::tempdir().unwrap();
    let mut document = character(1.0).open(folder.path());
    edit(&mut document, "Walk", |walk| {
        for name in ["location", "rotation_quaternion"] {
            let place = walk.find(Some("hips"), name, 1).unwrap();
            let mut curve = walk.fcurves[place].as_ref().clone();
            let mut keys = curve.keys.to_vec();
            keys.last_mut().unwrap().co[1] += 0.125;
            curve.keys = Arc::new(keys);
            walk.fcurves[place] = Arc::new(curve);
        }
    });
    let before = document.rigs[0].model.as_ref().unwrap().file.clone();
    let exported = export(&document, "times.glb");
    let after = read::file(&exported.path, &exported.bytes);
    for path in ["translation", "rotation"] {
        let [a, b] = [&before, &after].map(|f| read::channel(f, "Walk", "hips", path).unwrap());
        assert_eq!((&a.times, &a.mode), (&b.times, &b.mode));
        let first = a.key(0).iter().zip(b.key(0));
        // The outer tangents mean nothing and are zero, as they were.
        assert!(
            first.into_iter().all(|(a, b)| (a - b).abs() < 1e-5),
            "{:?} {:?}",
            a.key(0),
            b.key(0)
        );
    }
}

#[test]
fn a_rig_of_any_size_gets_the_same_keys() {
    let mut counts = Vec::new();
    for size in [1.0, 100.0, 0.01] {
        let folder = tempfile::tempdir().unwrap();
        let mut document = character(size).open(folder.path());
        let unit = 1.0 / size;
        let points = [
            (0.0, 0.0),
            (12.0, 0.5 * unit),
            (30.0, -0.25 * unit),
            (36.0, 0.0),
        ];
        let clip = action(vec![
            curve("hips", "location", 0, Interpolation::Bezier, &points),
            curve("spine", "location", 2, Interpolation::Sine, &points),
        ]);
        add(&mut document, "New", clip);
        let exported = compared(&document, &format!("size {size}.glb"), 1e-3);
        let file = read::file(&exported.path, &exported.bytes);
        let keys = |node| {
            read::channel(&file, "New", node, "translation")
                .unwrap()
                .times
                .len()
        };
        counts.push((keys("hips"), keys("spine")));
        assert!(exported.report.deviation.shift <= 1.1e-4);
    }
    assert_eq!(counts[0], counts[1]);
    assert_eq!(counts[0], counts[2]);
}

#[test]
fn no_step_turns_further_than_readers_agree_on() {
    for (turn, interpolation) in [
        (359.0, Interpolation::Linear),
        (720.0, Interpolation::Linear),
        (-359.0, Interpolation::Bezier),
    ] {
        let points = [(0.0, 0.0), (24.0, turn / 180.0 * PI)];
        let mut document = with_clip(vec![curve(
            "spine",
            "rotation_euler",
            2,
            interpolation,
            &points,
        )]);
        let rig = document.rig_mut().unwrap();
        let spine = rig.armature.find("spine").unwrap();
        rig.channel_mut(spine).unwrap().mode = RotationMode::Xyz;
        let name = format!("turn {turn}.glb");
        compared(&document, &name, 2e-3);
        let found = channel(&document, &name, "spine", "rotation");
        let widest = widest(&found);
        assert!(widest <= 120.1, "{turn}: {widest}");
        if interpolation == Interpolation::Linear {
            assert_eq!(
                found.mode, "LINEAR",
                "an even turn about one axis needs no cubic"
            );
            assert!(found.times.len() <= 9, "{}", found.times.len());
        }
    }
}

#[test]
fn even_turns_of_quaternions_stay_even_and_on_one_side() {
    let half = (75.0f32).to_radians();
    let values = [
        [1.0, 0.0],
        [half.cos(), half.sin()],
        [-half.cos(), -half.sin()],
        [1.0, 0.0],
    ];
    let curves: Vec<Arc<FCurve>> = (0..4)
        .map(|index| {
            let part = |frame: usize| match index {
                0 => values[frame][0],
                1 => values[frame][1],
                _ => 0.0,
            };
            let points: Vec<(f32, f32)> = (0..4).map(|k| (k as f32 * 10.0, part(k))).collect();
            let mut made = curve(
                "spine",
                "rotation_quaternion",
                index,
                Interpolation::Linear,
                &points,
            );
            Arc::make_mut(&mut made).spherical = true;
            made
        })
        .collect();
    let document = with_clip(curves);
    compared(&document, "even.glb", 1e-4);
    let found = channel(&document, "even.glb", "spine", "rotation");
    assert_eq!(found.mode, "LINEAR");
    // Two steps of 150° in two pieces each, and one where nothing turns.
    assert_eq!(found.times.len(), 6);
    assert!(widest(&found) <= 120.0, "signs continue");
}

#[test]
fn keys_before_the_start_move_the_whole_clip() {
    let folder = tempfile::tempdir().unwrap();
    let mut document = character(1.0).open(folder.path());
    edit(&mut document, "Walk", |walk| {
        let place = walk.find(Some("spine"), "location", 0).unwrap();
        let curve = Arc::make_mut(&mut walk.fcurves[place]);
        Arc::make_mut(&mut curve.keys)[0].shift(-6.0, 0.5);
    });
    let exported = export(&document, "early.glb");
    let told = exported.report.notes.join(" ");
    assert!(
        told.contains("Walk: starts before frame 0, so all of it is 6 frames later"),
        "{told}"
    );
    let file = read::file(&exported.path, &exported.bytes);
    let spine = read::channel(&file, "Walk", "spine", "translation").unwrap();
    assert_eq!(spine.times, [0.0, 0.25, 0.75, 1.25]);
    for (node, path) in [("hips", "rotation"), ("body", "weights")] {
        let times = read::channel(&file, "Walk", node, path).unwrap().times;
        assert_eq!(times, [0.25, 0.75, 1.25]);
    }
    let wave = read::channel(&file, "Wave", "spine", "rotation").unwrap();
    assert_eq!(wave.times, [0.0, 0.5, 1.0]);
    let again = read::reopened(&exported.path, &exported.bytes);
    for secs in [0.1, 0.3, 0.6, 1.2] {
        let (a, b) = (
            pose(&document, "Walk", -6.0, secs),
            pose(&again, "Walk", 0.0, secs),
        );
        assert!(apart(&a, &b, 2.0) < 1e-5);
    }
    let check = keypose::io::gltf_check::of_animation(&file.json, &file.buffers, 0).unwrap();
    let ours = &read::animation(&file, "Walk")["extras"]["keypose"];
    assert_eq!(
        (&ours["check"], &ours["start_frame"]),
        (&check.into(), &json!(-6))
    );
}

#[test]
fn an_animated_node_is_given_by_its_parts() {
    let folder = tempfile::tempdir().unwrap();
    let mut model = character(1.0);
    let mut tree: Value = serde_json::from_str(&model.text).unwrap();
    let hips = tree["nodes"][2].as_object_mut().unwrap();
    hips.remove("translation");
    let matrix = [
        0., 0., -2., 0., 0., 2., 0., 0., 2., 0., 0., 0., 5., 1., 0., 1.,
    ];
    hips.insert("matrix".to_owned(), json!(matrix));
    // What animates it must go: a node with a matrix must not be animated.
    tree.as_object_mut().unwrap().remove("animations");
    tree["extensionsUsed"] = json!(["VENDOR_unknown"]);
    model.text = serde_json::to_string_pretty(&tree).unwrap();
    let mut document = model.open(folder.path());
    let points = [(0.0, 0.0), (24.0, 1.0)];
    add(
        &mut document,
        "New",
        action(vec![curve(
            "hips",
            "location",
            1,
            Interpolation::Linear,
            &points,
        )]),
    );
    let exported = compared(&document, "matrix.glb", 1e-5);
    let file = read::file(&exported.path, &exported.bytes);
    let node = &file.json["nodes"][2];
    assert!(node.get("matrix").is_none());
    assert_eq!(node["translation"], json!([5.0, 1.0, 0.0]));
    let found = read::channel(&file, "New", "hips", "translation").unwrap();
    assert!((found.key(1)[1] - 3.0).abs() < 1e-5);
}

#[test]
fn muted_curves_are_not_written_and_other_channels_are_told() {
    let points = [(0.0, 0.0), (24.0, 1.0)];
    let mut muted = curve("hips", "location", 1, Interpolation::Linear, &points);
    Arc::make_mut(&mut muted).mute = true;
    let document = with_clip(vec![
        muted,
        curve("hips", "scale", 1, Interpolation::Linear, &points),
        curve("hips", "bbone_rollin", 0, Interpolation::Linear, &points),
    ]);
    let exported = export(&document, "muted.glb");
    let file = read::file(&exported.path, &exported.bytes);
    assert!(read::channel(&file, "New", "hips", "translation").is_none());
    assert!(read::channel(&file, "New", "hips", "scale").is_some());
    let told = exported.report.notes.join(" ");
    assert!(
        told.contains("New: 1 channels that glTF has no place for"),
        "{told}"
    );
    assert!(open::open(&exported.path).is_ok());
}
