//! Scenes in JSON, one rig each: the exchange format with other programs and with the test cases.
//!
//! Reading fills in defaults and ignores unknown fields; writing names every field and every bone.
//! Numbers are written in the shortest form that reads back as the same 32-bit float.

mod pose;

use std::path::Path;
use std::sync::Arc;

use glam::Mat4;
use serde_json::{Map, Value};

use crate::io::error::Error;
use crate::io::form::{self, Detail, Named, RigForm};
use crate::io::tree;
use crate::model::action::Action;
use crate::model::constraint::{Constraint, ConstraintKind};
use crate::model::document::Document;
use crate::model::empty::Empty;
use crate::model::record::{Put, Written};
use crate::model::settings::SceneSettings;
use crate::record;

record! {
    /// What a document holds beside its rigs.
    pub struct Contents {
        /// By name.
        pub actions: Named<form::ActionForm> = Named::default();
        /// Pose assets.
        pub assets: Vec<form::AssetForm> = Vec::new();
        /// Name of the active asset.
        pub active_asset: Option<String> = None;
        /// Targets of constraints.
        pub empties: Vec<Empty> = Vec::new();
    }
}

/// Reads a scene.
///
/// # Errors
/// The file, and where in it what is wrong.
pub fn read_scene(path: &Path, text: &str) -> Result<Document, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = serde_json::from_str(text).map_err(|error| {
        let whole = error.to_string();
        let message = whole.split(" at line ").next().unwrap_or(&whole);
        Error::Text {
            path: path.to_owned(),
            line: error.line(),
            column: error.column(),
            message: message.to_owned(),
        }
    })?;
    document_from_value(value).map_err(|message| Error::content(path, message))
}

/// A document with the scene's rig, at the scene's frame; animated, where the scene has no `pose`.
///
/// # Errors
/// One line: the place in the scene and what is wrong there.
pub fn document_from_value(mut value: Value) -> Result<Document, String> {
    if !value.is_object() {
        return Err("a scene must be an object, `{…}`".to_owned());
    }
    prepare_constraints(&mut value);
    let scene: SceneSettings = tree::read(&value)?;
    check_settings(&scene)?;
    let mut document = Document {
        scene: Arc::new(scene),
        ..Document::default()
    };
    if value
        .get("armature")
        .is_some_and(|armature| !armature.is_null())
    {
        let form: RigForm = tree::read(&value)?;
        document.add_rig(form::build_rig(&form)?);
    }
    build_contents(&mut document, &tree::read(&value)?)?;
    pose::apply_animation(&mut document, &value);
    Ok(document)
}

/// Refuses settings of a scene that contradict each other.
///
/// # Errors
/// What is wrong.
pub fn check_settings(scene: &SceneSettings) -> Result<(), String> {
    if scene.fps <= 0.0 {
        return Err(format!("fps: {} is not above 0", scene.fps));
    }
    match scene.active_keying_set {
        Some(index) if index >= scene.keying_sets.len() => Err(format!(
            "active_keying_set: {index} is out of range, there are {} keying sets",
            scene.keying_sets.len()
        )),
        _ => Ok(()),
    }
}

/// Takes actions, assets and empties into the document.
///
/// # Errors
/// One line: the place and what is wrong there.
pub fn build_contents(document: &mut Document, contents: &Contents) -> Result<(), String> {
    let mut actions = std::collections::BTreeMap::new();
    for (name, form) in &contents.actions.0 {
        let action = form::build_action(form).map_err(|e| format!("actions {name:?}: {e}"))?;
        actions.insert(name.clone(), Arc::<Action>::new(action));
    }
    let mut assets = Vec::with_capacity(contents.assets.len());
    for (index, form) in contents.assets.iter().enumerate() {
        let asset =
            form::build_asset(form).map_err(|e| format!("assets[{index}] {:?}: {e}", form.name))?;
        assets.push(Arc::new(asset));
    }
    document.actions = Arc::new(actions);
    document.assets = Arc::new(assets);
    document.active_asset = contents.active_asset.clone();
    for (index, empty) in contents.empties.iter().enumerate() {
        check_empty(document, empty)
            .map_err(|e| format!("empties[{index}] {:?}: {e}", empty.name))?;
        document.add_empty(empty.clone());
    }
    Ok(())
}

fn check_empty(document: &Document, empty: &Empty) -> Result<(), String> {
    if document.has_object(&empty.name) {
        return Err("the name is taken by another empty or a rig".to_owned());
    }
    let numbers = [empty.location, empty.rotation_euler, empty.scale];
    match numbers.iter().flatten().all(|number| number.is_finite()) {
        true => Ok(()),
        false => Err("location, rotation and scale must be finite numbers".to_owned()),
    }
}

/// What a document holds beside its rigs, as files have it.
pub fn store_contents(document: &Document, detail: Detail) -> Contents {
    let actions = document.actions.iter();
    Contents {
        actions: actions
            .map(|(name, action)| (name.clone(), form::store_action(action, detail)))
            .collect(),
        ..store_without_actions(document, detail)
    }
}

/// What a document holds beside its rigs and actions, as files have it.
pub fn store_without_actions(document: &Document, detail: Detail) -> Contents {
    let assets = document.assets.iter();
    Contents {
        actions: Named::default(),
        assets: assets.map(|a| form::store_asset(a, detail)).collect(),
        active_asset: document.active_asset.clone(),
        empties: document.empties.to_vec(),
    }
}

/// Drops settings that a constraint does not have, and an inverse matrix that is yet to be computed
/// (a scene cannot say "none").
fn prepare_constraints(value: &mut Value) {
    let bones = value.get_mut("pose").and_then(Value::as_object_mut);
    let lists = bones
        .into_iter()
        .flat_map(|bones| bones.values_mut())
        .filter_map(|bone| bone.get_mut("constraints")?.as_array_mut());
    for fields in lists.flatten().filter_map(Value::as_object_mut) {
        let kind = fields.get("type").cloned().unwrap_or(Value::Null);
        let Ok(kind) = serde_json::from_value::<ConstraintKind>(kind) else {
            continue;
        };
        let rest = Constraint::new(kind);
        fields.retain(|name, _| rest.knows(name));
        let pending = fields.get("set_inverse_pending") != Some(&Value::Bool(false));
        if kind == ConstraintKind::ChildOf && pending && is_identity(fields.get("inverse_matrix")) {
            fields.remove("inverse_matrix");
        }
    }
}

fn is_identity(matrix: Option<&Value>) -> bool {
    let one = |row: usize, column: usize| f64::from(u8::from(row == column));
    let number = |row: usize, column: usize| matrix?.get(row)?.get(column)?.as_f64();
    (0..16).all(|i| number(i / 4, i % 4) == Some(one(i / 4, i % 4)))
}

/// The scene of the active rig: every field, every bone, and the evaluated matrix of every bone (armature
/// space) where `matrices`, along the bones, are given.
pub fn scene_value(document: &Document, matrices: Option<&[Mat4]>) -> Value {
    let mut scene = fields_of(document.scene.as_ref());
    if let Some(rig) = document.rig() {
        let mut fields = fields_of(&form::store_rig(rig, Detail::Whole));
        drop_own(&mut fields);
        let bones = rig.armature.bones.iter();
        for (bone, matrix) in bones.zip(matrices.unwrap_or_default()) {
            let pose = fields
                .get_mut("pose")
                .and_then(|p| p.get_mut(bone.name.as_ref()));
            if let Some(Value::Object(pose)) = pose {
                pose.insert("matrix".to_owned(), shortest(&form::rows(*matrix)));
            }
        }
        scene.append(&mut fields);
    }
    let mut contents = fields_of(&store_contents(document, Detail::Whole));
    let actions = contents.get_mut("actions").and_then(Value::as_object_mut);
    for action in actions.into_iter().flat_map(|actions| actions.values_mut()) {
        if let Some(fields) = action.as_object_mut() {
            fields.remove("source");
        }
    }
    contents.values_mut().for_each(drop_own_of_curves);
    scene.append(&mut contents);
    let mut scene = Value::Object(scene);
    drop_absent(&mut scene);
    scene
}

/// The text of [`scene_value`].
pub fn write_scene(document: &Document, matrices: Option<&[Mat4]>) -> String {
    let mut text = format!("{:#}", scene_value(document, matrices));
    text.push('\n');
    text
}

fn fields_of<T: Put>(value: &T) -> Map<String, Value> {
    match shortest(&Written {
        value,
        sparse: false,
    }) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// The tree of a value, by way of its text: a 32-bit float becomes its shortest decimal, not the nearest
/// 64-bit one.
fn shortest<T: serde::Serialize>(value: &T) -> Value {
    let text = serde_json::to_string(value).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

/// Removes what only documents hold of a rig.
fn drop_own(fields: &mut Map<String, Value>) {
    fields.remove("hide");
    fields.remove("model");
    let pose = fields.get_mut("pose").and_then(Value::as_object_mut);
    for bone in pose.into_iter().flat_map(|pose| pose.values_mut()) {
        if let Some(path) = bone.get_mut("motion_path").and_then(Value::as_object_mut) {
            path.remove("use_bone_head");
        }
    }
    let Some(armature) = fields.get_mut("armature").and_then(Value::as_object_mut) else {
        return;
    };
    armature.remove("active_collection");
    // Other programs know neither; a scene has them only where they say something.
    let silent = |value: &Value| value.is_null() || value.as_object().is_some_and(Map::is_empty);
    for name in ["mirror_kind", "mirror_partners"] {
        if armature.get(name).is_some_and(silent) {
            armature.remove(name);
        }
    }
    let bones = armature.get_mut("bones").and_then(Value::as_array_mut);
    for bone in bones.into_iter().flatten().filter_map(Value::as_object_mut) {
        bone.remove("matrix_bound");
        bone.remove("matrix_carried");
    }
    let collections = armature
        .get_mut("collections")
        .and_then(Value::as_array_mut);
    for collection in collections.into_iter().flatten() {
        if let Some(collection) = collection.as_object_mut() {
            collection.remove("is_solo");
            collection.remove("color");
        }
    }
}

/// Removes what only documents hold of curves.
fn drop_own_of_curves(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("int_values");
            fields.remove("discrete_values");
            fields.retain(|name, value| name != "spherical" || *value == Value::Bool(true));
            fields.values_mut().for_each(drop_own_of_curves);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_own_of_curves),
        _ => {}
    }
}

/// Removes the fields that a scene has only where they mean something.
fn drop_absent(value: &mut Value) {
    const OPTIONAL: [&str; 5] = [
        "matrix_local",
        "use_frame_range",
        "frame_start",
        "frame_end",
        "use_cyclic",
    ];
    match value {
        Value::Object(fields) => {
            fields.retain(|name, value| !(value.is_null() && OPTIONAL.contains(&name.as_str())));
            fields.values_mut().for_each(drop_absent);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_absent),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn bones(bones: Value) -> Result<Document, String> {
        document_from_value(json!({"armature": {"bones": bones}}))
    }

    #[test]
    fn bones_in_any_order_end_up_with_parents_first() {
        let document = bones(json!([
            {"name": "c", "parent": "b", "head": [0, 0, 0], "tail": [0, 1, 0]},
            {"name": "a", "head": [0, 0, 0], "tail": [0, 1, 0]},
            {"name": "d", "parent": "a", "head": [0, 0, 0], "tail": [0, 1, 0]},
            {"name": "b", "parent": "a", "head": [0, 0, 0], "tail": [0, 1, 0], "hide": true}
        ]))
        .unwrap();
        let rig = document.rig().unwrap();
        let names: Vec<&str> = rig.armature.bones.iter().map(|b| b.name.as_ref()).collect();
        assert_eq!(names, ["a", "d", "b", "c"]);
        assert_eq!(rig.hidden.iter().collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn errors_name_the_place() {
        let arm = json!({"name": "arm", "head": [0, 0, 0], "tail": [0, 1, 0]});
        let hand = json!({"name": "hand", "parent": "arn", "head": [0, 0, 0], "tail": [0, 1, 0]});
        assert_eq!(
            bones(json!([arm, hand])).unwrap_err(),
            r#"armature.bones[1] "hand": parent "arn" does not exist; did you mean "arm"?"#
        );
        assert_eq!(
            bones(json!([arm, arm])).unwrap_err(),
            r#"armature.bones[1] "arm": the name is taken by armature.bones[0]"#
        );
        let own = json!({"name": "a", "parent": "a", "head": [0, 0, 0], "tail": [0, 1, 0]});
        assert_eq!(
            bones(json!([own])).unwrap_err(),
            r#"armature.bones[0] "a": is its own ancestor"#
        );
        assert_eq!(
            bones(json!([{"name": "a", "head": [0, 0], "tail": [0, 1, 0]}])).unwrap_err(),
            r#"armature.bones[0] "a": head: invalid length 2, expected an array of length 3"#
        );
        assert_eq!(
            bones(json!([{"name": "a", "inherit_scale": "FULLL"}])).unwrap_err(),
            r#"armature.bones[0] "a": inherit_scale: `FULLL` is not known here; did you mean "FULL"?"#
        );
    }

    #[test]
    fn a_frame_of_its_own_is_written_and_rules() {
        let rows = json!([
            [0.0, 1.5, 0.0, 0.1],
            [2.0, 0.0, 0.0, 0.2],
            [0.0, 0.0, 1.0, 0.3],
            [0.0, 0.0, 0.0, 1.0]
        ]);
        let document = bones(json!([{"name": "a", "matrix_local": rows}])).unwrap();
        let value = scene_value(&document, Some(&[Mat4::IDENTITY]));
        assert_eq!(value["armature"]["bones"][0]["matrix_local"], rows);
        assert_eq!(value["pose"]["a"]["matrix"][0], json!([1.0, 0.0, 0.0, 0.0]));
        assert_eq!(document_from_value(value).unwrap(), document);
    }
}
