//! Curves and what becomes of them: exact forms stay exact, all others keep to the tolerance with few keys.

use std::sync::Arc;

use keypose::eval::fcurve;
use keypose::io::gltf_export::Exported;
use keypose::model::document::Document;
use keypose::model::fcurve::{Cycle, Easing, Extrapolation, FCurve, Interpolation, Key, Modifier};
use keypose::model::pose::RotationMode;

use crate::edits::{action, add, curve};
use crate::model::{character, export};
use crate::read::{self, Channel, apart, pose};

/// A character whose only new clip has these curves.
pub fn with_clip(curves: Vec<Arc<FCurve>>) -> Document {
    let folder = tempfile::tempdir().unwrap();
    let mut document = character(1.0).open(folder.path());
    add(&mut document, "New", action(curves));
    document
}

/// Exports it and compares every moment of the clip with what another program finds.
pub fn compared(document: &Document, name: &str, tolerance: f32) -> Exported {
    let exported = export(document, name);
    let again = read::reopened(&exported.path, &exported.bytes);
    let (first, last) = document.actions["New"].key_range().unwrap();
    let fps = document.scene.fps;
    let steps = 400;
    for step in 0..steps {
        let secs = (last - first) / fps * (step as f32 + 0.37) / steps as f32;
        let (a, b) = (
            pose(document, "New", first, secs),
            pose(&again, "New", 0.0, secs),
        );
        let off = apart(&a, &b, 2.0);
        assert!(off < tolerance, "{name}: {off} off at {secs} s");
    }
    exported
}

fn channel(exported: &Exported, node: &str, path: &str) -> Channel {
    let file = read::file(&exported.path, &exported.bytes);
    read::channel(&file, "New", node, path).unwrap()
}

/// A cubic of time, x³ − 2x with x in seconds, by its Bézier handles.
fn cubic(bone: &str, property: &str, index: u32, scale: f32) -> Arc<FCurve> {
    let value = |x: f32| scale * (x * x * x - 2.0 * x);
    let slope = |x: f32| scale * (3.0 * x * x - 2.0);
    let at = |x: f32| {
        let (frame, third) = (x * 24.0, 1.0 / 3.0);
        Key {
            left: [frame - 24.0 * third, value(x) - slope(x) * third],
            right: [frame + 24.0 * third, value(x) + slope(x) * third],
            ..Key::new(frame, value(x))
        }
    };
    Arc::new(FCurve {
        keys: Arc::new(vec![at(0.0), at(1.0), at(2.0)]),
        ..FCurve::new(Some(bone), property, index)
    })
}

#[test]
fn cubics_of_time_are_exact_and_their_tangents_are_per_second() {
    let curves = (0..3)
        .map(|i| cubic("hips", "location", i, 1.0 + i as f32))
        .collect();
    let document = with_clip(curves);
    let exported = compared(&document, "cubic.glb", 1e-5);
    assert_eq!(exported.report.sampled, 0);
    let found = channel(&exported, "hips", "translation");
    assert_eq!(
        (found.mode.as_str(), &found.times[..]),
        ("CUBICSPLINE", &[0.0, 1.0, 2.0][..])
    );
    let near = |a: &[f32], b: [f32; 3]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-4);
    // In-tangent, value, out-tangent; the node rests at (0, 1, 0). The slope of x³ − 2x at 1 is 1.
    assert!(
        near(&found.key(1)[..3], [1.0, 2.0, 3.0]),
        "{:?}",
        found.key(1)
    );
    assert!(near(&found.key(1)[3..6], [-1.0, -1.0, -3.0]));
    assert!(near(&found.key(1)[6..], [1.0, 2.0, 3.0]));
    assert!(near(&found.key(0)[..3], [0.0; 3]) && near(&found.key(2)[6..], [0.0; 3]));
    assert!(near(&found.key(0)[6..], [-2.0, -4.0, -6.0]));
}

#[test]
fn components_with_keys_at_different_times_stay_exact() {
    let linear = curve(
        "hips",
        "location",
        0,
        Interpolation::Linear,
        &[(0., 0.), (31., 1.), (48., 0.)],
    );
    let document = with_clip(vec![linear, cubic("hips", "location", 1, 0.3)]);
    let exported = compared(&document, "merged.glb", 1e-5);
    assert_eq!(exported.report.sampled, 0);
    assert_eq!(channel(&exported, "hips", "translation").times.len(), 4);
}

#[test]
fn smooth_curves_leave_with_few_keys() {
    let points = [(1.0, 0.0), (13.0, 0.6), (25.0, -0.4), (49.0, 0.0)];
    let curves = (0..3)
        .map(|i| curve("spine", "rotation_euler", i, Interpolation::Bezier, &points))
        .collect();
    let mut document = with_clip(curves);
    let rig = document.rig_mut().unwrap();
    let spine = rig.armature.find("spine").unwrap();
    rig.channel_mut(spine).unwrap().mode = RotationMode::Xyz;
    let exported = compared(&document, "smooth.glb", 1e-3);
    let found = channel(&exported, "spine", "rotation");
    assert_eq!(found.mode, "CUBICSPLINE");
    assert!(
        found.times.len() <= 20,
        "{} keys for 49 frames",
        found.times.len()
    );
    assert_eq!(exported.report.sampled, 1);
    let turn = exported.report.deviation.turn.to_degrees();
    assert!(turn > 0.001 && turn <= 0.06, "{turn}");
    let said = exported.report.summary();
    assert!(
        said.starts_with("1 clip written, 1 sampled, at most 0.0"),
        "{said}"
    );
    let file = read::file(&exported.path, &exported.bytes);
    let ours = &read::animation(&file, "New")["extras"]["keypose"];
    assert_eq!(ours["rotation_modes"]["spine"], "XYZ");
}

#[test]
fn every_kind_of_key_leaves() {
    for &interpolation in Interpolation::ALL {
        for &easing in Easing::ALL {
            let eased = |bone: &str, property: &str, index| {
                // Nothing is ever scaled to nothing: that could not be compared.
                let base = if property == "scale" { 1.0 } else { 0.0 };
                let points = [(0.0, base), (20.0, base + 0.7), (30.0, base + 0.2)];
                let mut made = curve(bone, property, index, interpolation, &points);
                let made_mut = Arc::make_mut(&mut made);
                for key in Arc::make_mut(&mut made_mut.keys) {
                    key.easing = easing;
                }
                made
            };
            let mut document = with_clip(vec![
                eased("hips", "location", 0),
                eased("hips", "location", 2),
                eased("spine", "rotation_euler", 1),
                eased("spine", "scale", 1),
            ]);
            let rig = document.rig_mut().unwrap();
            let spine = rig.armature.find("spine").unwrap();
            rig.channel_mut(spine).unwrap().mode = RotationMode::Zyx;
            let name = format!("kind {interpolation:?} {easing:?}.glb");
            let exported = compared(&document, &name, 3e-3);
            let keys = channel(&exported, "hips", "translation").times.len();
            let exact = matches!(
                interpolation,
                Interpolation::Constant
                    | Interpolation::Linear
                    | Interpolation::Quad
                    | Interpolation::Cubic
                    | Interpolation::Back
                    | Interpolation::Bounce
            );
            let most = match interpolation {
                Interpolation::Elastic => 300,
                // Where a circle is upright no cubic comes close for long.
                Interpolation::Circ => 80,
                _ => 60,
            };
            assert!(keys <= if exact { 20 } else { most }, "{name}: {keys} keys");
        }
    }
}

#[test]
fn repetitions_and_slopes_within_the_clip_are_written() {
    let points = [(0.0, 0.0), (4.0, 0.5), (10.0, 0.1)];
    for mode in [Cycle::Repeat, Cycle::RepeatOffset, Cycle::Mirror] {
        let mut cycled = curve("hips", "location", 0, Interpolation::Linear, &points);
        Arc::make_mut(&mut cycled).modifiers = vec![Modifier {
            mode_after: mode,
            ..Modifier::default()
        }];
        let long = curve(
            "hips",
            "location",
            1,
            Interpolation::Linear,
            &[(0.0, 0.0), (45.0, 1.0)],
        );
        let document = with_clip(vec![cycled.clone(), long]);
        let exported = export(&document, &format!("cycles {mode:?}.glb"));
        let found = channel(&exported, "hips", "translation");
        // A repetition jumps where its ends differ; everywhere else it is straight.
        for (key, time) in found.times.iter().enumerate() {
            let frame = time * 24.0;
            let near =
                |frame: f32| (fcurve::value(&cycled, frame) - found.key(key)[0]).abs() < 1e-3;
            assert!(
                near(frame) || near(frame - 0.004) || near(frame + 0.004),
                "{mode:?} {frame}"
            );
        }
        assert!(*found.times.last().unwrap() > 1.8);
        assert_eq!(exported.report.sampled, 0, "{mode:?}");
    }
    let mut sloped = curve("hips", "location", 0, Interpolation::Linear, &points);
    Arc::make_mut(&mut sloped).extrapolation = Extrapolation::Linear;
    let long = curve(
        "hips",
        "location",
        1,
        Interpolation::Linear,
        &[(0.0, 0.0), (45.0, 1.0)],
    );
    let exported = compared(&with_clip(vec![sloped, long]), "slopes.glb", 1e-5);
    assert_eq!(exported.report.sampled, 0);
}

#[test]
fn angle_and_axis_turn_as_they_do_here() {
    let mut document = with_clip(vec![
        curve(
            "spine",
            "rotation_axis_angle",
            0,
            Interpolation::Bezier,
            &[(0., 0.), (20., 5.), (40., -1.)],
        ),
        curve(
            "spine",
            "rotation_axis_angle",
            1,
            Interpolation::Bezier,
            &[(0., 0.2), (40., 1.)],
        ),
        curve(
            "spine",
            "rotation_axis_angle",
            2,
            Interpolation::Linear,
            &[(0., 1.), (40., 0.5)],
        ),
    ]);
    let rig = document.rig_mut().unwrap();
    let spine = rig.armature.find("spine").unwrap();
    rig.channel_mut(spine).unwrap().mode = RotationMode::AxisAngle;
    // The third component of the axis has no curve and stays at rest, like the channel of the file.
    rig.channel_mut(spine).unwrap().axis_angle = [0.0, 0.0, 1.0, 0.0];
    compared(&document, "axis.glb", 2e-3);
}
