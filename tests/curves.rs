//! Handles and inserted keys of random curves, against what Blender 4.5 gives for them (`tests/curves/blender.json`).
//!
//! `KEYPOSE_CURVES` names another file of the same form: `handles` and `inserts`, each a list of curves before
//! and after; a key is frame and value of centre, left and right handle, the two handle types, interpolation,
//! and whether its left handle is selected.

use std::sync::Arc;

use keypose::eval::handles;
use keypose::model::fcurve::{
    AutoSmoothing, Cycle, Extrapolation, FCurve, HandleType, Key, KeyKind, Modifier,
};
use keypose::ops::shared::keys::{self, Insert};
use serde_json::Value;

const TYPES: [HandleType; 5] = [
    HandleType::Free,
    HandleType::Aligned,
    HandleType::Vector,
    HandleType::Auto,
    HandleType::AutoClamped,
];

fn cases(name: &str) -> Vec<Value> {
    let text = match std::env::var_os("KEYPOSE_CURVES") {
        Some(path) => std::fs::read_to_string(path).unwrap(),
        None => include_str!("curves/blender.json").to_owned(),
    };
    let file: Value = serde_json::from_str(&text).unwrap();
    let cases = file[name].as_array().unwrap().clone();
    assert!(!cases.is_empty());
    cases
}

fn number(value: &Value) -> f32 {
    value.as_f64().unwrap() as f32
}

fn word<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

fn curve(case: &Value) -> FCurve {
    let mut curve = FCurve::new(None, "location", 0);
    curve.extrapolation = word::<Extrapolation>(&case["extrapolation"]);
    curve.auto_smoothing = word::<AutoSmoothing>(&case["auto_smoothing"]);
    if let Some(modes) = case["cycles"].as_array() {
        curve.modifiers.push(Modifier {
            mode_before: word::<Cycle>(&modes[0]),
            mode_after: word::<Cycle>(&modes[1]),
            ..Modifier::default()
        });
    }
    let rows = case["before"].as_array().unwrap();
    curve.keys = Arc::new(rows.iter().map(key).collect());
    for (place, row) in rows.iter().enumerate() {
        curve.selection.left.set(place, row[9] == 1);
    }
    curve
}

fn key(row: &Value) -> Key {
    let point = |at: usize| [number(&row[at]), number(&row[at + 1])];
    let kind = |at: usize| TYPES[row[at].as_u64().unwrap() as usize];
    Key {
        left: point(2),
        right: point(4),
        left_type: kind(6),
        right_type: kind(7),
        interpolation: word(&row[8]),
        ..Key::new(number(&row[0]), number(&row[1]))
    }
}

/// What is not as in `after`.
fn differences(curve: &FCurve, after: &Value) -> Vec<String> {
    let wanted: Vec<Key> = after.as_array().unwrap().iter().map(key).collect();
    if wanted.len() != curve.keys.len() {
        return vec![format!(
            "{} keys instead of {}",
            curve.keys.len(),
            wanted.len()
        )];
    }
    let mut found = Vec::new();
    for (place, (own, wanted)) in curve.keys.iter().zip(&wanted).enumerate() {
        let points = [
            ("co", own.co, wanted.co),
            ("left", own.left, wanted.left),
            ("right", own.right, wanted.right),
        ];
        for (name, own, wanted) in points {
            let far = |i: usize| (own[i] - wanted[i]).abs() > 1e-4 * wanted[i].abs().max(1.0);
            if far(0) || far(1) {
                found.push(format!("key {place} {name}: {own:?} instead of {wanted:?}"));
            }
        }
        let rest = |key: &Key| (key.left_type, key.right_type, key.interpolation);
        if rest(own) != rest(wanted) {
            found.push(format!(
                "key {place}: {:?} instead of {:?}",
                rest(own),
                rest(wanted)
            ));
        }
    }
    found
}

fn report(broken: Vec<String>, total: usize) {
    let shown: Vec<_> = broken.iter().take(8).cloned().collect();
    assert!(
        broken.is_empty(),
        "{} of {total}\n{}",
        broken.len(),
        shown.join("\n")
    );
}

#[test]
fn handles_are_where_blender_puts_them() {
    let cases = cases("handles");
    let mut broken = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        let mut curve = curve(case);
        handles::recalculate(&mut curve);
        let found = differences(&curve, &case["after"]);
        if !found.is_empty() {
            broken.push(format!("{place}: {}\n{case}", found.join("\n    ")));
        }
    }
    report(broken, cases.len());
}

#[test]
fn keys_are_inserted_as_in_blender() {
    let cases = cases("inserts");
    let mut broken = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        let mut curve = curve(case);
        let insert = Insert {
            needed: case["needed"] == true,
            replace: case["replace"] == true,
            cycle_aware: case["cycle_aware"] == true,
            kind: KeyKind::Keyframe,
            ..Insert::new(number(&case["frame"]), number(&case["value"]))
        };
        keys::insert(&mut curve, &insert);
        let mut found = differences(&curve, &case["after"]);
        for (place, selected) in case["selected"].as_array().unwrap().iter().enumerate() {
            if curve.selection.keys.contains(place) != (*selected == 1) {
                found.push(format!("key {place}: selected should be {selected}"));
            }
        }
        if !found.is_empty() {
            broken.push(format!("{place}: {}\n{case}", found.join("\n    ")));
        }
    }
    report(broken, cases.len());
}
