//! Recorded results of `transform.translate`, `rotate`, `resize` and `trackball`, in the form of the other
//! cases: a setup, steps, and what the pose becomes.

use std::path::Path;

use keypose::io::scene;
use keypose::ops::runner::{Session, Status};
use serde_json::{Map, Value, json};

/// Cases that Keypose does not follow, and why.
const SKIPPED: &[(&str, &str)] = &[
    ("translate/cursor_orientation", "there is no 3D cursor"),
    ("rotate/pivot_cursor", "there is no 3D cursor"),
    ("resize/pivot_cursor", "there is no 3D cursor"),
    (
        "resize/default_value",
        "without a value Blender scales to nothing; ours is the default that its property list names",
    ),
];

#[test]
fn translate_gives_the_recorded_poses() {
    run_file("translate", 39);
}

#[test]
fn rotate_gives_the_recorded_poses() {
    run_file("rotate", 68);
}

#[test]
fn resize_gives_the_recorded_poses() {
    run_file("resize", 42);
}

#[test]
fn trackball_gives_the_recorded_poses() {
    run_file("trackball", 10);
}

#[test]
fn every_skipped_case_is_there() {
    for (name, _) in SKIPPED {
        let (operator, case) = name.split_once('/').unwrap();
        let cases = read(&format!("transform.{operator}"));
        assert!(
            cases.as_array().unwrap().iter().any(|c| c["case"] == case),
            "{name}"
        );
    }
}

fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/transform/{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn run_file(operator: &str, count: usize) {
    let setups = read("setups");
    let cases = read(&format!("transform.{operator}"));
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), count);
    let mut failures = Vec::new();
    for case in cases {
        let name = format!("{operator}/{}", case["case"].as_str().unwrap());
        if SKIPPED.iter().any(|(skipped, _)| *skipped == name) {
            continue;
        }
        let setup = match case["setup"].as_str() {
            Some(shared) => &setups[shared],
            None => &case["setup"],
        };
        for difference in run_case(setup, case) {
            failures.push(format!("{name}: {difference}"));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// The differences between what a case gives and what was recorded.
fn run_case(setup: &Value, case: &Value) -> Vec<String> {
    let document = scene::document_from_value(setup.clone()).unwrap();
    let mut expected = scene::scene_value(&document, None)["pose"].take();
    for (bone, fields) in case["expect"]["pose"].as_object().unwrap_or(&Map::new()) {
        for (field, value) in fields.as_object().unwrap() {
            expected[bone][field] = value.clone();
        }
    }
    let mut session = Session::with_document(document);
    if let Some(rotation) = case["view"]["rotation"].as_array() {
        let [w, x, y, z] = [0, 1, 2, 3].map(|i| rotation[i].as_f64().unwrap() as f32);
        session.view.camera.rotation = glam::Quat::from_xyzw(x, y, z, w);
    }
    let mut status = Status::Finished;
    for step in case["steps"].as_array().unwrap() {
        status = run_step(&mut session, step["op"].as_str().unwrap(), &step["args"]);
    }
    let mut differences = Vec::new();
    let wanted = match case["status"].as_str() {
        Some("FINISHED") => Status::Finished,
        _ => Status::Cancelled,
    };
    if status != wanted {
        differences.push(format!("ended as {status:?}"));
    }
    let found = scene::scene_value(&session.document, None)["pose"].take();
    compare(&expected, &found, "", &mut differences);
    differences
}

fn run_step(session: &mut Session, op: &str, args: &Value) -> Status {
    let outcome = match op {
        "scene.set" => {
            let pivot = json!({ "type": args["transform_pivot_point"] });
            session.run_json("view3d.pivot_point", &pivot)
        }
        _ => session.run_json(op, args),
    };
    outcome.unwrap().status
}

/// Equal numbers differ by less than 1e-4 of the larger one, or of one.
fn compare(expected: &Value, found: &Value, place: &str, differences: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => {
            for (name, value) in a {
                let place = format!("{place}/{name}");
                compare(
                    value,
                    b.get(name).unwrap_or(&Value::Null),
                    &place,
                    differences,
                );
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let start = differences.len();
            for (a, b) in a.iter().zip(b) {
                compare(a, b, place, differences);
            }
            if differences.len() > start {
                differences.truncate(start);
                differences.push(format!("{place}: {found} instead of {expected}"));
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            if (a - b).abs() > 1e-4 * a.abs().max(b.abs()).max(1.0) {
                differences.push(format!("{place}: {b} instead of {a}"));
            }
        }
        _ if expected == found => {}
        _ => differences.push(format!("{place}: {found} instead of {expected}")),
    }
}
