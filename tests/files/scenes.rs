//! Scenes in JSON.

use std::path::Path;
use std::sync::Arc;

use keypose::model::document::Document;
use serde_json::{Value, json};

use crate::common::compare::{Differences, SECTIONS};
use crate::common::{cases, complete, hooks, merge};
use crate::rich;

/// A completed scene in the shape of files: objects by name become lists again.
fn as_file(completed: &Value) -> Value {
    let mut scene = completed.clone();
    let list = |value: &mut Value| {
        if let Value::Object(fields) = value {
            *value = fields.values().cloned().collect();
        }
    };
    list(&mut scene["armature"]["bones"]);
    list(&mut scene["assets"]);
    let actions = scene["actions"].as_object_mut().unwrap();
    actions
        .values_mut()
        .for_each(|action| list(&mut action["fcurves"]));
    for asset in scene["assets"].as_array_mut().unwrap() {
        list(&mut asset["fcurves"]);
    }
    scene
}

fn differences(expected: &Value, actual: &Value) -> Vec<String> {
    let mut actual = actual.clone();
    complete::scene(&mut actual);
    let mut found = Differences::new(1e-6);
    found.values("", expected, &actual);
    found.lines
}

fn curves_of_active_action(setup: &Value) -> impl Iterator<Item = &Value> {
    let name = setup["active_action"].as_str().unwrap_or_default();
    let curves = setup["actions"][name]["fcurves"].as_array();
    curves.into_iter().flatten()
}

#[test]
fn every_setup_survives_loading_and_dumping() {
    let all = cases::load();
    let inline = all.files.iter().flat_map(|file| &file.cases);
    let inline = inline
        .map(|case| &case["setup"])
        .filter(|setup| setup.is_object());
    let mut count = 0;
    for setup in all.setups.values().chain(inline) {
        let document = hooks::load(setup).unwrap();
        let mut expected = merge::expected(setup, &json!({}));
        let dumped = hooks::dump(&document);
        if setup["pose"].is_null() {
            // It starts as it is animated; the cases of `fcurve_eval` say how. All else is at rest.
            for curve in curves_of_active_action(setup) {
                if let (Some(bone), Some(property)) =
                    (curve["bone"].as_str(), curve["property"].as_str())
                {
                    let animated = dumped["pose"][bone][property].clone();
                    expected["pose"][bone][property] = animated;
                }
            }
        }
        assert_eq!(differences(&expected, &dumped), [""; 0], "{setup}");
        count += 1;
    }
    assert!(count > 500, "{count}");
}

#[test]
fn every_expected_result_survives_loading_and_dumping() {
    let all = cases::load();
    for file in &all.files {
        // Every eighth, for the time it takes.
        for case in file.cases.iter().step_by(8) {
            let expected = merge::expected(all.setup(case), &case["expect"]);
            let mut scene = as_file(&expected);
            for bone in scene["pose"].as_object_mut().unwrap().values_mut() {
                bone.as_object_mut()
                    .unwrap()
                    .retain(|name, _| !name.starts_with("matrix"));
            }
            let document = hooks::load(&scene).unwrap_or_else(|e| panic!("{}: {e}", case["case"]));
            let mut expected = scene.clone();
            complete::scene(&mut expected);
            expected.as_object_mut().unwrap().retain(|name, _| {
                SECTIONS
                    .iter()
                    .any(|(_, fields)| fields.contains(&name.as_str()))
            });
            let found = differences(&expected, &hooks::dump(&document));
            assert_eq!(found, [""; 0], "{}", case["case"]);
        }
    }
}

#[test]
fn a_scene_of_one_rig_survives() {
    let mut before = rich();
    before.rigs = Arc::new(vec![before.rigs[0].clone()]);
    before.active_rig = Some(keypose::model::id::RigId(0));
    let text = keypose::io::scene::write_scene(&before, None);
    let after = keypose::io::scene::read_scene(Path::new("s.json"), &text).unwrap();
    assert!(after == before, "{text}");
    assert!(
        text.contains("0.3333333333333333") && text.contains("1e-7"),
        "{text}"
    );
    assert_eq!(keypose::io::scene::write_scene(&after, None), text);
    let empty = Document::default();
    let value = keypose::io::scene::scene_value(&empty, None);
    assert!(keypose::io::scene::document_from_value(value).unwrap() == empty);
}

#[test]
fn scenes_with_broken_text_name_line_and_column() {
    let error = keypose::io::scene::read_scene(Path::new("s.json"), "{\n \"frame\": 1e999}");
    assert_eq!(
        error.unwrap_err().to_string(),
        "s.json:2:15: number out of range"
    );
    let error = keypose::io::scene::read_scene(Path::new("s.json"), r#"{"frame": "x"}"#);
    assert_eq!(
        error.unwrap_err().to_string(),
        r#"s.json: frame: expected a number, found "x""#
    );
}

#[test]
fn no_wrong_value_in_a_scene_panics() {
    let scene = keypose::io::scene::scene_value(&rich(), None);
    let wrong = [
        json!(null),
        json!(-1),
        json!("x"),
        json!([]),
        json!({}),
        json!(1e300),
        json!([[1]]),
    ];
    let mut refused = 0;
    for by in &wrong {
        let mut places = 0;
        while let Some(broken) = replaced(&scene, &mut places.clone(), by) {
            refused += usize::from(hooks::load(&broken).is_err());
            places += 7;
        }
    }
    assert!(refused > 500, "{refused}");
}

/// The value with its `place`th part replaced, counted in depth-first order.
fn replaced(value: &Value, place: &mut usize, by: &Value) -> Option<Value> {
    if *place == 0 {
        return Some(by.clone());
    }
    *place -= 1;
    match value {
        Value::Object(fields) => fields.iter().find_map(|(name, inner)| {
            let made = replaced(inner, place, by)?;
            let mut fields = fields.clone();
            fields.insert(name.clone(), made);
            Some(Value::Object(fields))
        }),
        Value::Array(items) => items.iter().enumerate().find_map(|(index, inner)| {
            let made = replaced(inner, place, by)?;
            let mut items = items.clone();
            items[index] = made;
            Some(Value::Array(items))
        }),
        _ => None,
    }
}
