//! A scene with every default filled in, in a shape that is easy to compare: bones, assets and curves become
//! objects by their name, and groups that are as groups start are left out.
//!
//! The defaults are written down once more here (`defaults.json`), from FORMAT.md and not from the program.

use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use super::cases;

fn defaults(kind: &str) -> &'static Map<String, Value> {
    static ALL: OnceLock<Value> = OnceLock::new();
    let all = ALL.get_or_init(|| serde_json::from_str(include_str!("defaults.json")).unwrap());
    all[kind].as_object().unwrap()
}

/// The constraints that `pose.constraint_add` makes: the defaults of every kind.
fn constraint_defaults(kind: &str) -> Map<String, Value> {
    static ALL: OnceLock<Map<String, Value>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let path = cases::folder().join("pose/pose.constraint_add.json");
        let text = std::fs::read_to_string(path).unwrap();
        let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
        let bones = cases.iter().filter_map(|c| c["expect"]["pose"].as_object());
        let lists = bones.flat_map(|b| b.values().filter_map(|p| p["constraints"].as_array()));
        let made = lists.filter_map(|list| list.last());
        made.map(|c| (c["type"].as_str().unwrap().to_owned(), c.clone()))
            .collect()
    });
    let mut fields = defaults("constraint").clone();
    for (name, value) in all
        .get(kind)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        if !["name", "target_bone", "pole_bone", "targets", "target_self"].contains(&name.as_str())
        {
            fields.insert(name.clone(), value.clone());
        }
    }
    fields
}

fn fill(value: &mut Value, defaults: &Map<String, Value>) {
    if let Value::Object(fields) = value {
        for (name, default) in defaults {
            if !fields.contains_key(name) {
                fields.insert(name.clone(), default.clone());
            }
        }
    }
}

fn items(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    let (list, fields) = match value {
        Value::Array(list) => (Some(list), None),
        Value::Object(fields) => (None, Some(fields)),
        _ => (None, None),
    };
    list.into_iter()
        .flatten()
        .chain(fields.into_iter().flat_map(|f| f.values_mut()))
}

/// A list as an object by the names of its items; what is an object already stays one.
pub fn keyed(list: &mut Value, key: impl Fn(&Value) -> String) {
    if let Value::Array(items) = list {
        let mut fields = Map::new();
        for item in items.drain(..) {
            let mut name = key(&item);
            while fields.contains_key(&name) {
                name.push_str(" (again)");
            }
            fields.insert(name, item);
        }
        *list = Value::Object(fields);
    }
}

/// The name of a bone or an asset.
pub fn name_key(item: &Value) -> String {
    item["name"].as_str().unwrap_or("?").to_owned()
}

/// What tells curves apart.
pub fn curve_key(curve: &Value) -> String {
    let index = curve["index"].as_i64().unwrap_or(0);
    format!(
        "{} {} {index}",
        curve["bone"].as_str().unwrap_or("-"),
        curve["property"].as_str().unwrap_or("?")
    )
}

/// Fills in a whole scene.
pub fn scene(value: &mut Value) {
    fill(value, defaults("scene"));
    items(&mut value["markers"]).for_each(|marker| fill(marker, defaults("marker")));
    armature(&mut value["armature"]);
    let bones: Vec<String> = value["armature"]["bones"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    for name in bones {
        let poses = value["pose"].as_object_mut().unwrap();
        poses.entry(name).or_insert_with(|| json!({}));
    }
    items(&mut value["pose"]).for_each(pose);
    items(&mut value["actions"]).for_each(action);
    keyed(&mut value["assets"], name_key);
    for asset in items(&mut value["assets"]) {
        fill(asset, defaults("asset"));
        action(asset);
    }
    for track in items(&mut value["nla"]) {
        fill(track, defaults("track"));
        items(&mut track["strips"]).for_each(|strip| fill(strip, defaults("strip")));
    }
}

fn armature(value: &mut Value) {
    fill(value, defaults("armature"));
    keyed(&mut value["bones"], name_key);
    for bone in items(&mut value["bones"]) {
        fill(bone, defaults("bone"));
        fill(&mut bone["bbone"], defaults("bone_bbone"));
    }
    items(&mut value["collections"]).for_each(|c| fill(c, defaults("collection")));
    items(&mut value["selection_sets"]).for_each(|set| fill(set, defaults("selection_set")));
    fill(&mut value["motion_paths"], defaults("motion_paths"));
}

fn pose(value: &mut Value) {
    fill(value, defaults("pose"));
    fill(&mut value["bbone"], defaults("pose_bbone"));
    fill(&mut value["ik"], defaults("ik"));
    for constraint in items(&mut value["constraints"]) {
        let kind = constraint["type"].as_str().unwrap_or_default().to_owned();
        fill(constraint, &constraint_defaults(&kind));
    }
}

/// Fills in an action.
pub fn action(value: &mut Value) {
    fill(value, defaults("action"));
    items(&mut value["pose_markers"]).for_each(|marker| fill(marker, defaults("marker")));
    keyed(&mut value["fcurves"], curve_key);
    for curve in items(&mut value["fcurves"]) {
        fill(curve, defaults("fcurve"));
        items(&mut curve["modifiers"]).for_each(|modifier| fill(modifier, defaults("modifier")));
        for key in items(&mut curve["keys"]) {
            fill(key, defaults("key"));
            for side in ["select_left", "select_right"] {
                if key[side].is_null() {
                    key[side] = key["select"].clone();
                }
            }
        }
    }
    items(&mut value["groups"]).for_each(|group| fill(group, defaults("group")));
    let start = Value::Object(defaults("group").clone());
    if let Value::Object(groups) = &mut value["groups"] {
        groups.retain(|_, group| *group != start);
    }
}
