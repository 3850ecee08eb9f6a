//! Edited, new, renamed and removed clips: they change, and nothing else does.

use std::sync::Arc;

use keypose::model::action::Action;
use keypose::model::document::Document;
use keypose::model::fcurve::{FCurve, Interpolation, Key};
use keypose::model::pose::RotationMode;
use serde_json::Value;

use crate::model::{Model, character, export};
use crate::read::{self, apart, pose};

/// A curve through these keys, frame and value.
pub fn curve(
    bone: &str,
    property: &str,
    index: u32,
    interpolation: Interpolation,
    points: &[(f32, f32)],
) -> Arc<FCurve> {
    let key = |&(frame, value): &(f32, f32)| Key {
        interpolation,
        ..Key::new(frame, value)
    };
    let mut curve = FCurve {
        keys: Arc::new(points.iter().map(key).collect()),
        ..FCurve::new(Some(bone), property, index)
    };
    if interpolation == Interpolation::Bezier {
        keypose::eval::handles::recalculate(&mut curve);
    }
    Arc::new(curve)
}

/// An action of these curves.
pub fn action(fcurves: Vec<Arc<FCurve>>) -> Action {
    Action {
        fcurves,
        ..Action::default()
    }
}

/// Changes an action of a document.
pub fn edit(document: &mut Document, name: &str, change: impl FnOnce(&mut Action)) {
    let actions = Arc::make_mut(&mut document.actions);
    change(Arc::make_mut(actions.get_mut(name).unwrap()));
}

/// Adds an action to a document.
pub fn add(document: &mut Document, name: &str, action: Action) {
    Arc::make_mut(&mut document.actions).insert(name.to_owned(), Arc::new(action));
}

/// Turns the spine in `Walk` with one key of its own.
fn raise(document: &mut Document) {
    edit(document, "Walk", |walk| {
        let place = walk.find(Some("spine"), "location", 1).unwrap();
        let curve = Arc::make_mut(&mut walk.fcurves[place]);
        Arc::make_mut(&mut curve.keys)[1].co[1] = 0.25;
    });
}

fn opened() -> (Model, tempfile::TempDir, Document) {
    let folder = tempfile::tempdir().unwrap();
    let model = character(1.0);
    let document = model.open(folder.path());
    (model, folder, document)
}

/// The text of the tree of a `.glb`.
fn text_of(glb: &[u8]) -> String {
    let length = u32::from_le_bytes(glb[12..16].try_into().unwrap()) as usize;
    String::from_utf8(glb[20..20 + length].to_vec()).unwrap()
}

#[test]
fn one_edited_clip_changes_alone() {
    let (model, _folder, mut document) = opened();
    raise(&mut document);
    let exported = export(&document, "edited.glb");
    assert_eq!(
        exported.report.summary(),
        "1 clip written, 2 clips as before"
    );
    let text = text_of(&exported.bytes);
    let (before, _) = model.text.split_once("\"animations\"").unwrap();
    let views = before.find("\"bufferViews\"").unwrap();
    let lists = before.find("\"accessors\"").unwrap();
    let start = views.min(lists);
    assert_eq!(text[..start], before[..start]);
    let wave = model.text.find("\"Wave\"").unwrap();
    let (after, _) = model.text[wave..].split_once("\"buffers\"").unwrap();
    assert!(
        text.contains(after),
        "later clips and what follows are kept"
    );
    assert!(
        text.contains("\"number\": 1.50e0"),
        "numbers keep their form"
    );

    let file = read::file(&exported.path, &exported.bytes);
    assert_eq!(file.buffers[0][..model.bin.len()], model.bin);
    let given: Value = serde_json::from_str(&model.text).unwrap();
    for list in ["accessors", "bufferViews"] {
        let (old, new) = (
            given[list].as_array().unwrap(),
            file.json[list].as_array().unwrap(),
        );
        assert_eq!(old[..], new[..old.len()]);
        assert!(new.len() > old.len());
    }
    assert!(exported.bytes.ends_with(b"\x04\0\0\0MINEabc\0"));

    let (old, new) = (&given["animations"][0], read::animation(&file, "Walk"));
    for unchanged in [0, 2, 3, 4] {
        assert_eq!(old["channels"][unchanged], new["channels"][unchanged]);
        let sampler = old["channels"][unchanged]["sampler"].as_u64().unwrap() as usize;
        if unchanged != 4 {
            assert_eq!(old["samplers"][sampler], new["samplers"][sampler]);
        }
    }
    assert_eq!(new["extras"]["author"], "somebody");
    assert_eq!(new["extras"]["number"], 1.5);
    // The pointer shares the sampler of the edited channel and keeps it.
    assert_eq!(new["samplers"][1], old["samplers"][1]);
    let channel = read::channel(&file, "Walk", "spine", "translation").unwrap();
    assert_eq!(channel.mode, "STEP");
    assert_eq!(channel.times, [0.0, 0.5, 1.0]);
    // 0.25 along the own Y of the bone, which rests turned, beside the −0.48 along its Z that were there.
    let expected = [0.0, 1.5308, 0.1056];
    let found = channel.key(1);
    assert!(
        found
            .iter()
            .zip(expected)
            .all(|(a, b)| (a - b).abs() < 1e-6),
        "{found:?}"
    );
    assert_eq!(
        (channel.key(0), channel.key(2)),
        (&[0., 1., 0.][..], &[0., 1., 0.][..])
    );
}

#[test]
fn an_edited_clip_comes_back_as_it_moved() {
    let (_, _folder, mut document) = opened();
    raise(&mut document);
    edit(&mut document, "Walk", |walk| {
        let place = walk.find(Some("hips"), "rotation_quaternion", 3).unwrap();
        let mut keys = walk.fcurves[place].keys.to_vec();
        keys[1].co[1] = 0.4;
        Arc::make_mut(&mut walk.fcurves[place]).keys = Arc::new(keys);
    });
    let exported = export(&document, "poses.glb");
    let again = read::reopened(&exported.path, &exported.bytes);
    for step in 0..=40 {
        let secs = step as f32 * 0.0249;
        let (a, b) = (
            pose(&document, "Walk", 0.0, secs),
            pose(&again, "Walk", 0.0, secs),
        );
        assert!(apart(&a, &b, 2.0) < 1e-5, "{secs}");
    }
    let channel = |d: &Document, i: u32| {
        let walk = &d.actions["Walk"];
        walk.fcurves[walk.find(Some("hips"), "location", i).unwrap()]
            .keys
            .clone()
    };
    assert_eq!(channel(&document, 1), channel(&again, 1));
}

#[test]
fn what_other_programs_lack_travels_in_the_extras() {
    let (_, _folder, mut document) = opened();
    raise(&mut document);
    let exported = export(&document, "extras.glb");
    let file = read::file(&exported.path, &exported.bytes);
    let ours = &read::animation(&file, "Walk")["extras"]["keypose"];
    assert_eq!(
        (&ours["version"], &ours["start_frame"]),
        (&1.into(), &0.into())
    );
    let check = keypose::io::gltf_check::of_animation(&file.json, &file.buffers, 0).unwrap();
    assert_eq!(ours["check"], check.as_str());
    let curves = ours["action"]["fcurves"].as_array().unwrap();
    assert_eq!(curves.len(), document.actions["Walk"].fcurves.len());
    let raised = curves
        .iter()
        .find(|c| c["bone"] == "spine" && c["index"] == 1)
        .unwrap();
    assert_eq!(raised["keys"][1]["co"][1], 0.25);
    assert!(read::animation(&file, "Wave").get("extras").is_none());
}

#[test]
fn new_renamed_and_removed_clips() {
    let (model, _folder, mut document) = opened();
    let actions = Arc::make_mut(&mut document.actions);
    actions.remove("Walk");
    let wave = actions.remove("Wave").unwrap();
    actions.insert("Greeting".to_owned(), wave);
    let points = [(11.0, 0.0), (21.0, 1.0)];
    let nod = action(vec![curve(
        "spine",
        "location",
        0,
        Interpolation::Linear,
        &points,
    )]);
    add(&mut document, "Nod", nod);
    let stranger = action(vec![curve(
        "tail",
        "location",
        0,
        Interpolation::Linear,
        &points,
    )]);
    add(&mut document, "Wag", stranger);
    let exported = export(&document, "clips.glb");
    assert_eq!(
        exported.report.summary(),
        "1 clip written, 3 clips as before"
    );
    let file = read::file(&exported.path, &exported.bytes);
    let names: Vec<&Value> = file.json["animations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| &a["name"])
        .collect();
    // What `Walk` moves beside the bones is not ours to remove.
    assert_eq!(
        names,
        [
            &Value::from("Walk"),
            &"Greeting".into(),
            &Value::Null,
            &"Nod".into()
        ]
    );
    let rest = &file.json["animations"][0];
    assert_eq!(rest["channels"].as_array().unwrap().len(), 2);
    assert_eq!(rest["samplers"].as_array().unwrap().len(), 2);
    let channel = read::channel(&file, "Nod", "spine", "translation").unwrap();
    let seconds = (10.0 / 24.0) as f32;
    assert_eq!(
        (channel.mode.as_str(), &channel.times[..]),
        ("LINEAR", &[0.0, seconds][..])
    );
    let ours = &read::animation(&file, "Nod")["extras"]["keypose"];
    assert_eq!(
        (&ours["start_frame"], &ours["fps"]),
        (&11.into(), &24.into())
    );
    let given: Value = serde_json::from_str(&model.text).unwrap();
    assert_eq!(file.json["animations"][2], given["animations"][2]);
}

#[test]
fn a_copy_of_a_clip_is_one_more() {
    let (model, _folder, mut document) = opened();
    let walk = document.actions["Wave"].clone();
    Arc::make_mut(&mut document.actions).insert("Wave.001".to_owned(), walk);
    let exported = export(&document, "copy.glb");
    let file = read::file(&exported.path, &exported.bytes);
    let given: Value = serde_json::from_str(&model.text).unwrap();
    assert_eq!(file.json["animations"][1], given["animations"][1]);
    let original = read::channel(&file, "Wave", "spine", "rotation").unwrap();
    let copy = read::channel(&file, "Wave.001", "spine", "rotation").unwrap();
    assert_eq!((original.mode, original.times), (copy.mode, copy.times));
}

#[test]
fn all_clips_can_go() {
    let (_, _folder, mut document) = opened();
    edit(&mut document, "Walk", |walk| walk.fcurves.clear());
    edit(&mut document, "Wave", |wave| wave.fcurves.clear());
    let exported = export(&document, "still.glb");
    assert_eq!(exported.report.removed, 1);
    let file = read::file(&exported.path, &exported.bytes);
    assert_eq!(file.json["animations"].as_array().unwrap().len(), 2);
    assert!(read::channel(&file, "Walk", "hips", "rotation").is_none());
    assert!(read::channel(&file, "Walk", "body", "weights").is_some());
}

#[test]
fn a_text_file_takes_its_edits_along() {
    let folder = tempfile::tempdir().unwrap();
    let model = character(1.0);
    let path = folder.path().join("hero.gltf");
    std::fs::write(&path, model.gltf("hero.bin")).unwrap();
    std::fs::write(folder.path().join("hero.bin"), &model.bin).unwrap();
    let mut document = keypose::io::open::open(&path).unwrap().document;
    raise(&mut document);
    let _left_by_another_run = std::fs::remove_file(crate::model::kept("hero.bin"));
    for name in ["edited.gltf", "edited text.glb"] {
        let exported = export(&document, name);
        let again = keypose::io::open::open(&exported.path).unwrap().document;
        let file = &again.rigs[0].model.as_ref().unwrap().file;
        assert_eq!(file.buffers[0][..model.bin.len()], model.bin);
        let channel = read::channel(file, "Walk", "spine", "translation").unwrap();
        assert!((channel.key(1)[1] - 1.5308).abs() < 1e-6);
        let (a, b) = (
            pose(&document, "Walk", 0.0, 0.6),
            pose(&again, "Walk", 0.0, 0.6),
        );
        assert!(apart(&a, &b, 2.0) < 1e-5);
    }
    // As text the old buffer stays as it is and the new one is within the text.
    assert_eq!(
        std::fs::read(crate::model::kept("hero.bin")).unwrap(),
        model.bin
    );
}

#[test]
fn a_glb_becomes_text_with_its_edits_in_the_buffer_beside_it() {
    let (model, _folder, mut document) = opened();
    raise(&mut document);
    let exported = export(&document, "turned and edited.gltf");
    let buffer = std::fs::read(exported.path.with_extension("bin")).unwrap();
    assert_eq!(buffer[..model.bin.len()], model.bin);
    assert!(buffer.len() > model.bin.len());
    let again = keypose::io::open::open(&exported.path).unwrap().document;
    assert!(
        apart(
            &pose(&document, "Walk", 0.0, 0.7),
            &pose(&again, "Walk", 0.0, 0.7),
            2.0
        ) < 1e-5
    );
}

#[test]
fn what_was_written_comes_back_whole_and_goes_out_the_same() {
    let (_, folder, mut document) = opened();
    let points = [(11.0, 0.0), (21.0, 1.0), (31.0, -0.5)];
    let bend = action(vec![curve(
        "spine",
        "rotation_euler",
        0,
        Interpolation::Bounce,
        &points,
    )]);
    add(&mut document, "Bend", bend);
    let spine = document.rigs[0].armature.find("spine").unwrap();
    document.rig_mut().unwrap().channel_mut(spine).unwrap().mode = RotationMode::Yxz;
    let exported = export(&document, "whole.glb");
    let again = keypose::io::open::open(&exported.path).unwrap().document;
    assert_eq!(
        again.rigs[0].channel(spine).unwrap().mode,
        RotationMode::Yxz
    );
    let (ours, theirs) = (&document.actions["Bend"], &again.actions["Bend"]);
    let keys: Vec<Key> = ours.fcurves[0].keys.to_vec();
    let moved = keys.into_iter().map(|mut key| {
        key.shift(-11.0, 0.0);
        key
    });
    assert_eq!(theirs.fcurves[0].keys.to_vec(), moved.collect::<Vec<_>>());
    assert_eq!(*theirs.fcurves[0].property, *"rotation_euler");

    let to = folder.path().join("again.glb");
    let second = keypose::io::gltf_export::export(&again, &to).unwrap();
    assert_eq!(second.bytes, exported.bytes);
}
