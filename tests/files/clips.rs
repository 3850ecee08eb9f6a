//! Actions of models in documents: those that were not edited are references, and nothing is ever lost.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use keypose::io::document;
use keypose::io::open;
use keypose::model::document::Document;
use keypose::model::view::View;
use serde_json::json;

use crate::builder::{Builder, character};

/// A character with two clips: the hips rise, the spine grows.
fn dancer() -> Builder {
    let mut b = character();
    let times = b.floats("SCALAR", &[0., 0.5, 1.]);
    let up = b.floats("VEC3", &[0., 1., 0., 0., 2., 0., 0., 3., 0.]);
    b.json["animations"] = json!([]);
    for (name, node, path) in [("Rise", 2, "translation"), ("Grow", 3, "scale")] {
        b.push(
            "animations",
            json!({"name": name,
            "channels": [{"sampler": 0, "target": {"node": node, "path": path}}],
            "samplers": [{"input": times, "output": up}]}),
        );
    }
    b
}

/// A folder with the model opened and saved as a document.
fn saved(folder: &Path) -> (PathBuf, Document) {
    std::fs::write(folder.join("dancer.glb"), dancer().glb()).unwrap();
    let document = open::open(&folder.join("dancer.glb")).unwrap().document;
    let path = folder.join("dance.keypose");
    document::save(&path, &document, &View::default()).unwrap();
    (path, document)
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// Opens, saves, and gives what was opened; the bytes must be the same as before.
fn again(path: &Path) -> open::Opened {
    let before = text(path);
    let opened = open::open(path).unwrap();
    let view = opened.view.clone().unwrap();
    document::save(path, &opened.document, &view).unwrap();
    assert_eq!(text(path), before);
    opened
}

#[test]
fn untouched_actions_are_references() {
    let folder = tempfile::tempdir().unwrap();
    let (path, before) = saved(folder.path());
    let text = text(&path);
    assert!(!text.contains("fcurves"), "{text}");
    assert!(text.contains("animation: 1"), "{text}");
    assert!(text.contains(r#"path: "dancer.glb""#), "{text}");
    let opened = again(&path);
    assert_eq!(opened.warnings, Vec::<String>::new());
    assert!(opened.document == before);
    let rise = &opened.document.actions["Rise"];
    let pristine = rise.source.as_ref().unwrap().curves.as_ref().unwrap();
    assert!(Arc::ptr_eq(&pristine[0], &rise.fcurves[0]));
}

/// Raises the last key of the first curve of an action.
fn edit(document: &mut Document, name: &str) {
    let actions = Arc::make_mut(&mut document.actions);
    let action = Arc::make_mut(actions.get_mut(name).unwrap());
    let curve = Arc::make_mut(&mut action.fcurves[0]);
    Arc::make_mut(&mut curve.keys)[2].co[1] = 9.5;
}

#[test]
fn edited_actions_are_saved_whole_and_keep_their_source() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut document) = saved(folder.path());
    edit(&mut document, "Rise");
    document::save(&path, &document, &View::default()).unwrap();
    assert!(text(&path).contains("edited: true"));
    let opened = again(&path);
    assert!(opened.document == document);
    let rise = &opened.document.actions["Rise"];
    let pristine = rise.source.as_ref().unwrap().curves.as_ref().unwrap();
    assert!(!Arc::ptr_eq(&pristine[0], &rise.fcurves[0]) && pristine[0] != rise.fcurves[0]);
    assert!(Arc::ptr_eq(&pristine[1], &rise.fcurves[1]));
}

#[test]
fn an_action_in_another_frame_rate_is_read_in_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut document) = saved(folder.path());
    let options = keypose::io::gltf_import::Options { fps: Some(60.0) };
    let more = open::import_model(&folder.path().join("dancer.glb"), options).unwrap();
    document = open::with_model(document, more);
    document::save(&path, &document, &View::default()).unwrap();
    let opened = again(&path);
    assert_eq!(opened.warnings, Vec::<String>::new());
    let range = |name: &str| opened.document.actions[name].key_range();
    assert_eq!(
        (range("Rise"), range("Rise.001")),
        (Some((0.0, 24.0)), Some((0.0, 60.0)))
    );
}

#[test]
fn without_the_model_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut document) = saved(folder.path());
    edit(&mut document, "Grow");
    document::save(&path, &document, &View::default()).unwrap();
    let (model, away) = (
        folder.path().join("dancer.glb"),
        folder.path().join("away.glb"),
    );
    std::fs::rename(&model, &away).unwrap();
    let opened = again(&path);
    assert_eq!(opened.warnings.len(), 2, "{:?}", opened.warnings);
    assert!(
        opened.warnings[1].ends_with("are back: Rise"),
        "{:?}",
        opened.warnings
    );
    assert!(opened.document.actions["Rise"].fcurves.is_empty());
    assert_eq!(opened.document.actions["Grow"].fcurves.len(), 3);
    std::fs::rename(&away, &model).unwrap();
    assert!(again(&path).document == document);
}

#[test]
fn a_changed_model_gives_its_actions_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut document) = saved(folder.path());
    edit(&mut document, "Grow");
    document::save(&path, &document, &View::default()).unwrap();
    let mut other = dancer();
    other.json["animations"][0]["name"] = json!("Fall");
    std::fs::write(folder.path().join("dancer.glb"), other.glb()).unwrap();
    let opened = open::open(&path).unwrap();
    assert!(opened.document.actions["Rise"].fcurves.is_empty());
    assert!(
        opened
            .warnings
            .iter()
            .any(|line| line.ends_with("are back: Rise"))
    );
    other.json["animations"][0]["name"] = json!("Rise");
    other.json["animations"][0]["channels"][0]["target"]["path"] = json!("scale");
    other.json["animations"].as_array_mut().unwrap().reverse();
    std::fs::write(folder.path().join("dancer.glb"), other.glb()).unwrap();
    let opened = open::open(&path).unwrap();
    assert!(
        opened
            .warnings
            .iter()
            .any(|line| line.ends_with("it has them now: Rise"))
    );
    let rise = &opened.document.actions["Rise"];
    assert_eq!(
        (
            &*rise.fcurves[0].property,
            rise.source.as_ref().unwrap().animation
        ),
        ("scale", 1)
    );
    assert!(opened.document.actions["Grow"].fcurves == document.actions["Grow"].fcurves);
}

#[test]
fn scenes_for_other_programs_do_not_tell_the_source() {
    let folder = tempfile::tempdir().unwrap();
    let (_, document) = saved(folder.path());
    let scene = keypose::io::scene::scene_value(&document, None);
    assert_eq!(scene["actions"]["Rise"].get("source"), None);
    assert_eq!(
        scene["actions"]["Rise"]["fcurves"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}
