//! Result = setup + `expect`. Both are in the shape of `complete.rs`; so is the result.

use serde_json::{Map, Value, json};

use super::complete::{self, curve_key, keyed, name_key};

/// The scene that a case expects.
pub fn expected(setup: &Value, expect: &Value) -> Value {
    let mut result = setup.clone();
    complete::scene(&mut result);
    let fields = expect.as_object().into_iter().flatten();
    for (name, change) in fields {
        match name.as_str() {
            "pose" => poses(&mut result["pose"], change),
            "armature" => armature(&mut result["armature"], change),
            "actions" => named(&mut result["actions"], change, action),
            "assets" => {
                let mut change = change.clone();
                keyed(&mut change, name_key);
                named(&mut result["assets"], &change, action);
            }
            _ => result[name] = change.clone(),
        }
    }
    complete::scene(&mut result);
    result
}

/// Changes the entries of an object: `null` and `removed` take one away, `new` replaces it.
fn named(target: &mut Value, change: &Value, merge: fn(&mut Value, &Value)) {
    let target = target.as_object_mut().unwrap();
    for (name, change) in change.as_object().unwrap() {
        if change.is_null() || change["removed"] == true {
            target.shift_remove(name);
            continue;
        }
        if change["new"] == true {
            target.insert(name.clone(), json!({}));
        }
        merge(
            target.entry(name.clone()).or_insert_with(|| json!({})),
            change,
        );
    }
}

fn plain(target: &mut Value, change: &Value) {
    let target = target.as_object_mut().unwrap();
    for (name, value) in change.as_object().unwrap() {
        match value {
            Value::Null if name != "parent" && name != "group" => {
                target.insert(name.clone(), Value::Null)
            }
            _ => target.insert(name.clone(), value.clone()),
        };
    }
}

/// Merges the fields of an object; those in `inner` are objects that are merged too.
fn fields(target: &mut Value, change: &Value, inner: &[&str]) {
    for (name, value) in change.as_object().unwrap() {
        match (inner.contains(&name.as_str()), &mut target[name]) {
            (true, object @ Value::Object(_)) => plain(object, value),
            (_, field) => *field = value.clone(),
        }
    }
}

fn poses(target: &mut Value, change: &Value) {
    named(target, change, |pose, change| {
        fields(pose, change, &["bbone", "ik", "custom"]);
        if let Some(Value::Object(custom)) = pose.get_mut("custom") {
            custom.retain(|_, value| !value.is_null());
        }
    });
}

fn armature(target: &mut Value, change: &Value) {
    let mut change = change.clone();
    let bones = change.as_object_mut().unwrap().shift_remove("bones");
    fields(target, &change, &["motion_paths"]);
    if let Some(mut bones) = bones {
        keyed(&mut bones, name_key);
        named(&mut target["bones"], &bones, |bone, change| {
            fields(bone, change, &["bbone"]);
        });
    }
}

fn action(target: &mut Value, change: &Value) {
    let mut change: Map<String, Value> = change.as_object().unwrap().clone();
    change.shift_remove("new");
    let curves = change.shift_remove("fcurves");
    fields(target, &Value::Object(change), &[]);
    if let Some(mut curves) = curves {
        keyed(&mut curves, curve_key);
        complete::keyed(&mut target["fcurves"], curve_key);
        if target["fcurves"].is_null() {
            target["fcurves"] = json!({});
        }
        named(&mut target["fcurves"], &curves, curve);
    }
}

fn curve(target: &mut Value, change: &Value) {
    let mut change: Map<String, Value> = change.as_object().unwrap().clone();
    let keys = change.shift_remove("keys_changed");
    fields(target, &Value::Object(change), &[]);
    for pair in keys.iter().flat_map(|keys| keys.as_array().unwrap()) {
        let place = pair[0].as_u64().unwrap() as usize;
        match target["keys"].get_mut(place) {
            Some(key) => fields(key, &pair[1], &[]),
            None => target["keys"] = json!("the setup has fewer keys"),
        }
    }
}
