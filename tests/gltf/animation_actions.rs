//! Animations become actions: names, curves, frames, and what is done on opening.

use std::sync::Arc;

use keypose::io::gltf_import::{Imported, Options, import_bytes_with};
use keypose::io::open;
use keypose::model::action::Action;
use keypose::model::document::Document;
use keypose::model::fcurve::{AutoSmoothing, FCurve, HandleType, Interpolation};
use serde_json::{Value, json};

use crate::builder::{Builder, character};
use crate::{names, opened};

/// Adds an animation of one channel: a path of a node, by times and numbers.
pub fn animate(
    b: &mut Builder,
    name: Value,
    (node, path): (usize, &str),
    mode: &str,
    times: &[f32],
    numbers: &[f32],
) -> usize {
    let input = b.floats("SCALAR", times);
    let kind = match path {
        "rotation" => "VEC4",
        "weights" => "SCALAR",
        _ => "VEC3",
    };
    let output = b.floats(kind, numbers);
    if b.json.get("animations").is_none() {
        b.json["animations"] = json!([]);
    }
    let mut clip = json!({
        "channels": [{"sampler": 0, "target": {"node": node, "path": path}}],
        "samplers": [{"input": input, "output": output, "interpolation": mode}]});
    if !name.is_null() {
        clip["name"] = name;
    }
    b.push("animations", clip)
}

/// Adds a channel to an animation, of a sampler of its own.
pub fn also(
    b: &mut Builder,
    clip: usize,
    (node, path): (usize, &str),
    times: &[f32],
    numbers: &[f32],
) {
    let other = animate(b, Value::Null, (node, path), "LINEAR", times, numbers);
    let other = b.json["animations"].as_array_mut().unwrap().remove(other);
    let clip = &mut b.json["animations"][clip];
    let samplers = clip["samplers"].as_array_mut().unwrap();
    samplers.push(other["samplers"][0].clone());
    let mut channel = other["channels"][0].clone();
    channel["sampler"] = json!(samplers.len() - 1);
    clip["channels"].as_array_mut().unwrap().push(channel);
}

const QUARTER: [f32; 8] = [
    0.,
    0.,
    0.,
    1.,
    0.,
    0.,
    std::f32::consts::FRAC_1_SQRT_2,
    std::f32::consts::FRAC_1_SQRT_2,
];

fn walking() -> Builder {
    let mut b = character();
    let walk = animate(
        &mut b,
        json!("Walk"),
        (3, "rotation"),
        "LINEAR",
        &[0., 1.],
        &QUARTER,
    );
    also(
        &mut b,
        walk,
        (2, "translation"),
        &[0., 0.5],
        &[0., 2., 0., 0., 3., 0.],
    );
    b
}

fn action<'a>(imported: &'a Imported, name: &str) -> &'a Action {
    let found = imported.actions.iter().find(|(own, _)| own == name);
    &found.unwrap_or_else(|| panic!("no {name}")).1
}

fn curve<'a>(action: &'a Action, bone: &str, property: &str, index: u32) -> &'a FCurve {
    &action.fcurves[action.find(Some(bone), property, index).unwrap()]
}

#[test]
fn curves_stand_in_the_order_of_bones_in_groups() {
    let imported = opened(&walking());
    assert_eq!(imported.warnings, Vec::<String>::new());
    assert_eq!(imported.fps, Some(24.0));
    let walk = action(&imported, "Walk");
    let rows: Vec<(&str, &str, u32)> = walk
        .fcurves
        .iter()
        .map(|c| (c.bone.as_deref().unwrap(), &*c.property, c.index))
        .collect();
    assert_eq!(rows[0], ("hips", "location", 0));
    assert_eq!(
        rows[2..4],
        [("hips", "location", 2), ("spine", "rotation_quaternion", 0)]
    );
    assert_eq!(rows.len(), 7);
    let groups: Vec<&str> = walk.groups.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(groups, ["hips", "spine"]);
    let up = curve(walk, "hips", "location", 1);
    assert_eq!(
        (up.select, up.auto_smoothing, up.spherical),
        (false, AutoSmoothing::None, false)
    );
    assert_eq!(up.group.as_deref(), Some("hips"));
    // The hips stand at 1 at rest.
    let keys: Vec<[f32; 2]> = up.keys.iter().map(|key| key.co).collect();
    assert_eq!(keys, [[0.0, 1.0], [12.0, 2.0]]);
    let turn = curve(walk, "spine", "rotation_quaternion", 3);
    assert!(turn.spherical);
    assert_eq!(turn.keys[1].interpolation, Interpolation::Linear);
    assert!((turn.keys[1].value() - std::f32::consts::FRAC_1_SQRT_2).abs() < 1e-6);
    assert_eq!(turn.keys[1].frame(), 24.0);
}

#[test]
fn the_source_shares_the_curves() {
    let imported = opened(&walking());
    let walk = action(&imported, "Walk");
    let source = walk.source.as_ref().unwrap();
    assert_eq!((source.animation, source.rig, source.fps), (0, 0, 24.0));
    assert!(Arc::ptr_eq(
        &source.file,
        &imported.rigs[0].model.as_ref().unwrap().file
    ));
    let pristine = source.curves.as_ref().unwrap();
    assert!(
        pristine
            .iter()
            .zip(&walk.fcurves)
            .all(|(a, b)| Arc::ptr_eq(a, b))
    );
    assert_eq!(pristine.len(), walk.fcurves.len());
}

#[test]
fn steps_hold_and_splines_have_handles_at_a_third() {
    let mut b = character();
    animate(
        &mut b,
        json!("Hold"),
        (3, "scale"),
        "STEP",
        &[0., 1.],
        &[1., 1., 1., 2., 2., 2.],
    );
    let spline = [
        0., 0., 0., 0., 1., 0., 3., 0., 0., -6., 0., 0., 1., 1., 0., 0., 0., 0.,
    ];
    animate(
        &mut b,
        json!("Ease"),
        (3, "translation"),
        "CUBICSPLINE",
        &[0., 0.5],
        &spline,
    );
    animate(
        &mut b,
        json!("Pose"),
        (3, "translation"),
        "LINEAR",
        &[0.],
        &[0., 5., 0.],
    );
    let imported = opened(&b);
    let hold = curve(action(&imported, "Hold"), "spine", "scale", 2);
    assert_eq!(hold.keys[0].interpolation, Interpolation::Constant);
    let ease = curve(action(&imported, "Ease"), "spine", "location", 0);
    let [first, last] = ease.keys[..] else {
        panic!("two keys");
    };
    assert_eq!(
        (first.right_type, first.interpolation),
        (HandleType::Free, Interpolation::Bezier)
    );
    assert_eq!((first.right, first.left), ([4.0, 0.5], [-4.0, -0.5]));
    assert_eq!((last.left, last.right), ([8.0, 2.0], [16.0, 0.0]));
    let pose = curve(action(&imported, "Pose"), "spine", "location", 1);
    assert_eq!((pose.keys.len(), pose.keys[0].co), (1, [0.0, 4.0]));
}

#[test]
fn names_are_unique_and_never_missing() {
    let mut b = character();
    for name in [json!("Run"), json!("Run"), Value::Null, json!("")] {
        animate(&mut b, name, (3, "scale"), "LINEAR", &[0.], &[1., 1., 1.]);
    }
    let imported = opened(&b);
    let names: Vec<&str> = imported
        .actions
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["Run", "Run.001", "animation_2", "animation_3"]);
}

#[test]
fn an_animation_of_two_rigs_becomes_an_action_for_each() {
    let mut b = character();
    b.json["nodes"][0]["children"] = json!([1, 6]);
    b.node(json!({"name": "tail"}));
    b.push("skins", json!({"joints": [6], "name": "Pet"}));
    let both = animate(
        &mut b,
        json!("Both"),
        (3, "scale"),
        "LINEAR",
        &[0.],
        &[1., 1., 1.],
    );
    also(&mut b, both, (6, "translation"), &[0.], &[0., 0., 1.]);
    let imported = opened(&b);
    let rigs: Vec<&str> = imported.rigs.iter().map(|rig| rig.name.as_str()).collect();
    assert_eq!(rigs, ["Hero", "Pet"]);
    assert_eq!(action(&imported, "Both (Hero)").fcurves.len(), 3);
    assert_eq!(
        action(&imported, "Both (Pet)").source.as_ref().unwrap().rig,
        1
    );
}

#[test]
fn what_is_no_bone_is_counted_in_one_line() {
    let mut b = character();
    b.json["nodes"][0]["children"] = json!([1, 6]);
    b.node(json!({"name": "Camera"}));
    let walk = animate(
        &mut b,
        json!("Walk"),
        (3, "scale"),
        "LINEAR",
        &[0.],
        &[1., 1., 1.],
    );
    also(&mut b, walk, (6, "translation"), &[0.], &[0., 0., 1.]);
    also(&mut b, walk, (5, "weights"), &[0.], &[0.5]);
    let channels = b.json["animations"][walk]["channels"]
        .as_array_mut()
        .unwrap();
    channels.push(json!({"sampler": 0, "target": {"path": "pointer",
        "extensions": {"KHR_animation_pointer": {"pointer": "/materials/0/alphaCutoff"}}}}));
    let imported = opened(&b);
    assert_eq!(
        imported.warnings,
        [
            "animation channels that are kept but not shown: 1 of morph weights, 1 of other properties, \
          1 of nodes that are no bones (node 6)"
        ]
    );
    assert_eq!(action(&imported, "Walk").fcurves.len(), 3);
}

#[test]
fn animated_nodes_around_joints_become_bones() {
    let mut b = character();
    let move_all = animate(
        &mut b,
        json!("Move"),
        (0, "translation"),
        "LINEAR",
        &[0.],
        &[7., 0., 0.],
    );
    also(&mut b, move_all, (5, "scale"), &[0.], &[2., 2., 2.]);
    let imported = opened(&b);
    assert_eq!(imported.warnings, Vec::<String>::new());
    assert_eq!(
        names(&imported.rigs[0]),
        ["Scene", "Hero", "hips", "spine", "sword"]
    );
    // Only joints deform.
    let deform: Vec<bool> = imported.rigs[0]
        .armature
        .bones
        .iter()
        .map(|b| b.deform)
        .collect();
    assert_eq!(deform, [false, false, true, true, false]);
    assert_eq!(action(&imported, "Move").fcurves.len(), 6);
}

#[test]
fn opening_shows_the_first_action_from_second_zero() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("walk.glb");
    let mut b = walking();
    for clip in 0..12u8 {
        let times: Vec<f32> = (0..=clip).map(|key| f32::from(key) / 30.0).collect();
        let numbers: Vec<f32> = times.iter().flat_map(|_| [0., 1., 0.]).collect();
        animate(
            &mut b,
            json!(format!("Clip {clip}")),
            (3, "translation"),
            "LINEAR",
            &times,
            &numbers,
        );
    }
    std::fs::write(&path, b.glb()).unwrap();
    let document = open::open(&path).unwrap().document;
    let scene = &document.scene;
    assert_eq!(
        (scene.fps, scene.frame, scene.frame_start, scene.frame_end),
        (30.0, 0.0, 0, 30)
    );
    let rig = document.rig().unwrap();
    assert_eq!(rig.animation.active_action.as_deref(), Some("Walk"));
    // The first key of the walk lifts the hips by one.
    let hips = rig.channel(rig.armature.find("hips").unwrap()).unwrap();
    assert_eq!(hips.location.to_array(), [0.0, 1.0, 0.0]);
    assert_eq!(document.actions.len(), 13);
    let still = folder.path().join("still.glb");
    std::fs::write(&still, character().glb()).unwrap();
    let still = open::open(&still).unwrap().document;
    assert_eq!(still.scene, Document::default().scene);
    assert_eq!(still.rig().unwrap().animation.active_action, None);
}

#[test]
fn a_model_joins_a_document_in_its_frame_rate_under_free_names() {
    let bytes = walking().glb();
    let path = std::path::Path::new("walk.glb");
    let read = |fps| import_bytes_with(path, bytes.clone(), Options { fps }).unwrap();
    let first = open::with_model(Document::default(), read(None));
    let scene = Arc::clone(&first.scene);
    let both = open::with_model(first, read(Some(50.0)));
    assert_eq!(both.scene, scene);
    let names: Vec<&str> = both.actions.keys().map(String::as_str).collect();
    assert_eq!(names, ["Walk", "Walk.001"]);
    let active = |rig: usize| both.rigs[rig].animation.active_action.as_deref();
    assert_eq!((active(0), active(1)), (Some("Walk"), Some("Walk.001")));
    assert_eq!(both.actions["Walk.001"].key_range(), Some((0.0, 50.0)));
}
