//! Broken animations: a line for each fault, and everything else is there.

use keypose::io::gltf_import::Imported;
use serde_json::{Value, json};

use crate::animation_actions::{also, animate};
use crate::builder::{Builder, character};
use crate::opened;

/// A good channel of the hips, and one of the spine for the fault.
fn two(times: &[f32], numbers: &[f32]) -> Builder {
    let mut b = character();
    let clip = animate(
        &mut b,
        json!("Two"),
        (2, "translation"),
        "LINEAR",
        &[0., 1.],
        &[0., 1., 0., 0., 2., 0.],
    );
    also(&mut b, clip, (3, "translation"), times, numbers);
    b
}

fn good() -> Builder {
    two(&[0., 1.], &[0.; 6])
}

/// Passes if the hips still move and there is just this line.
fn only_the_spine_is_lost(imported: &Imported, line: &str) {
    assert_eq!(imported.warnings, [line]);
    let [(_, action)] = &imported.actions[..] else {
        panic!("one action: {line}");
    };
    let bones: Vec<&str> = action
        .fcurves
        .iter()
        .filter_map(|c| c.bone.as_deref())
        .collect();
    assert_eq!(bones, ["hips"; 3], "{line}");
}

#[test]
fn bad_times_cost_their_channel() {
    let numbers = [0.; 9];
    for (times, fault) in [
        (
            [0., 2., 1.],
            "times are not in order: key 2 is before key 1",
        ),
        (
            [0., f32::NAN, 1.],
            "the time of key 1 is not a finite number",
        ),
        (
            [0., 1., f32::INFINITY],
            "the time of key 2 is not a finite number",
        ),
        (
            [0., 1., 1e20],
            "the time 100000000000000000000 is too far out",
        ),
    ] {
        let line = format!("animation 0, sampler 1: accessor 5: {fault}; it is left out");
        only_the_spine_is_lost(&opened(&two(&times, &numbers)), &line);
    }
}

#[test]
fn repeated_and_early_times_are_read() {
    let imported = opened(&two(&[-1., 0., 0., 0., 2.], &[0.; 15]));
    assert_eq!(
        imported.warnings,
        [
            "accessor 5: has several keys at one time; the first and the last count",
            "accessor 5: has keys before time 0"
        ]
    );
    let keys = &imported.actions[0].1.fcurves[3].keys;
    let frames: Vec<f32> = keys.iter().map(|key| key.frame()).collect();
    assert_eq!((frames.len(), frames[0], frames[1]), (4, -24.0, 0.0));
    assert!(frames[2] > 0.0 && frames[2] < 1e-3, "{frames:?}");
}

#[test]
fn what_does_not_fit_costs_its_channel() {
    let faulty = |change: &dyn Fn(&mut Value), line: &str| {
        let mut b = good();
        change(&mut b.json);
        only_the_spine_is_lost(&opened(&b), line);
    };
    let sampler = "/animations/0/samplers/1";
    let set = |pointer: String, value: Value| {
        move |tree: &mut Value| *tree.pointer_mut(&pointer).unwrap() = value.clone()
    };
    let at = |field: &str| format!("{sampler}/{field}");
    faulty(
        &set(at("input"), json!(99)),
        "animation 0, sampler 1: accessor 99 does not exist; it is left out",
    );
    faulty(
        &set(at("output"), json!(99)),
        "animation 0, sampler 1: accessor 99: does not exist; it is left out",
    );
    faulty(
        &set(at("output"), json!(null)),
        "animation 0, sampler 1: has no output; it is left out",
    );
    faulty(
        &set(at("interpolation"), json!("BOUNCE")),
        "animation 0, sampler 1: its interpolation is none of LINEAR, STEP, CUBICSPLINE; it is left out",
    );
    faulty(
        &set(at("interpolation"), json!("CUBICSPLINE")),
        "animation 0, sampler 1: accessor 6: has 2 values where 6 are needed; it is left out",
    );
    let channel = "/animations/0/channels/1";
    faulty(
        &set(format!("{channel}/sampler"), json!(7)),
        "animation 0, channel 1: sampler 7 does not exist",
    );
    faulty(
        &set(format!("{channel}/target/node"), json!(70)),
        "animation 0, channel 1: node 70 does not exist",
    );
    faulty(
        &set(format!("{channel}/target/path"), json!("colour")),
        "animation 0, channel 1: \"colour\" is no path that can be animated",
    );
    faulty(
        &set(format!("{channel}/target/node"), json!(2)),
        "animation 0, channel 1: moves the translation of node 2 again; the first channel counts",
    );
}

#[test]
fn numbers_that_are_none_cost_their_channel() {
    only_the_spine_is_lost(
        &opened(&two(&[0., 1.], &[0., 0., 0., 0., f32::NAN, 0.])),
        "animation 0, sampler 1: accessor 6: value 1 is not a finite number; it is left out",
    );
}

#[test]
fn claimed_gigabytes_are_refused() {
    let mut b = good();
    for accessor in [5, 6] {
        b.json["accessors"][accessor]["count"] = json!(100_000_000);
        b.json["accessors"][accessor]
            .as_object_mut()
            .unwrap()
            .remove("bufferView");
    }
    let imported = opened(&b);
    assert_eq!(imported.warnings.len(), 1, "{:?}", imported.warnings);
    assert!(
        imported.warnings[0].contains("a count of 100000000"),
        "{:?}",
        imported.warnings
    );
    assert_eq!(imported.actions[0].1.fcurves.len(), 3);
}

#[test]
fn many_channels_of_one_big_sampler_have_a_limit() {
    let count = 20_000;
    let times: Vec<f32> = (0..count).map(|key| key as f32).collect();
    let mut b = character();
    for joint in 0..400 {
        b.node(json!({"name": format!("more {joint}")}));
        b.json["nodes"][2]["children"]
            .as_array_mut()
            .unwrap()
            .push(json!(6 + joint));
    }
    let clip = animate(
        &mut b,
        json!("Big"),
        (3, "scale"),
        "STEP",
        &times,
        &vec![1.0; count * 3],
    );
    let channels = b.json["animations"][clip]["channels"]
        .as_array_mut()
        .unwrap();
    for joint in 0..400 {
        channels.push(json!({"sampler": 0, "target": {"node": 6 + joint, "path": "scale"}}));
    }
    let imported = opened(&b);
    assert!(
        imported.warnings[0].contains("holds more than can be shown"),
        "{:?}",
        imported.warnings
    );
    let keys: usize = imported.actions[0]
        .1
        .fcurves
        .iter()
        .map(|c| c.keys.len())
        .sum();
    assert!(keys > count && keys * 44 < 600 << 20, "{keys}");
}

#[test]
fn an_animation_of_the_wrong_type_costs_itself() {
    let mut b = good();
    b.push("animations", json!({"name": "Odd", "channels": 5}));
    b.push("animations", json!(7));
    let imported = opened(&b);
    assert_eq!(
        imported.warnings,
        [
            "animation 1, channels: expected a list, found 5; it is left out",
            "animation 2: expected an object, found 7; it is left out"
        ]
    );
    assert_eq!(imported.actions.len(), 1);
    assert_eq!(imported.summary.animations[1], "Odd");
}

#[test]
fn an_uneven_rest_is_said_where_it_turns() {
    let mut b = good();
    b.json["nodes"][3]["scale"] = json!([1, 2, 1]);
    assert_eq!(opened(&b).warnings, Vec::<String>::new());
    also(&mut b, 0, (3, "rotation"), &[0.], &[0., 0., 0., 1.]);
    assert_eq!(
        opened(&b).warnings,
        ["scaled unevenly, sheared or flat at rest, so that animation is not exact: node 3"]
    );
}
