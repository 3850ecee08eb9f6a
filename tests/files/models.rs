//! Models that documents name: found, missing, changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use glam::Mat4;
use keypose::io::document::{self, Loaded};
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::model::mesh::{Attachment, Mesh};
use keypose::model::rig::{ModelFile, ModelRef, Rig};
use keypose::model::view::View;
use serde_json::{Value, json};

use crate::common::hooks;
use crate::no_model;

fn loaded(rigs: Vec<Rig>) -> Loaded {
    Loaded {
        rigs,
        ..Loaded::default()
    }
}

fn knight(path: &Path, names: &[&str], sha256: &str) -> Vec<Rig> {
    let bones: Vec<Value> = names
        .iter()
        .map(|name| json!({"name": name, "head": [0, 0, 0], "tail": [0, 1, 0]}))
        .collect();
    let document = hooks::load(&json!({"armature": {"name": "Knight", "bones": bones}})).unwrap();
    let mut rig = Rig::clone(document.rig().unwrap());
    let mesh = |name: &str, joints: &[u32]| {
        Arc::new(Mesh {
            name: name.to_owned(),
            primitives: Vec::new(),
            attachment: Attachment::Skin {
                joints: joints.iter().map(|&joint| BoneId(joint)).collect(),
                joint_from_mesh: vec![Mat4::IDENTITY; joints.len()],
            },
        })
    };
    rig.meshes = Arc::new(vec![mesh("body", &[0, 1]), mesh("cape", &[2])]);
    rig.model = Some(ModelRef {
        file: Arc::new(ModelFile::new(
            path.to_owned(),
            sha256.to_owned(),
            br#"{"asset": {}}"#.to_vec(),
            0..13,
            Vec::new(),
        )),
        rig: 0,
        nodes: Arc::new((10..10 + names.len() as u32).collect()),
    });
    vec![rig]
}

/// A document in a folder, with two rigs of one model.
fn with_models(folder: &Path) -> (PathBuf, Document) {
    let rigs = knight(
        &folder.join("models/Knight.glb"),
        &["hip", "arm", "tip"],
        "aa",
    );
    std::fs::create_dir_all(folder.join("models")).unwrap();
    let mut document = Document::default();
    document.add_rig(rigs[0].clone());
    document.add_rig(rigs[0].clone());
    let path = folder.join("scene.keypose");
    document::save(&path, &document, &View::default()).unwrap();
    (path, document)
}

#[test]
fn models_come_back_and_are_loaded_once() {
    let folder = tempfile::tempdir().unwrap();
    let (path, before) = with_models(folder.path());
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(r#"path: "models/Knight.glb""#), "{text}");
    let loads = std::cell::Cell::new(0);
    let load = |path: &Path, _fps| {
        loads.set(loads.get() + 1);
        Ok(loaded(knight(path, &["hip", "arm", "tip"], "aa")))
    };
    let opened = document::open(&path, &load).unwrap();
    assert_eq!((loads.get(), opened.warnings.len()), (1, 0));
    let real = opened.document.rigs[0].model.clone().unwrap();
    assert!(real.file.is_loaded());
    assert!(Arc::ptr_eq(
        &opened.document.rigs[0].meshes,
        &opened.document.rigs[1].meshes
    ));
    assert!(opened.document.rigs[1].meshes == before.rigs[1].meshes);
    document::save(&path, &opened.document, &opened.view).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_missing_model_leaves_the_bones_and_the_reference() {
    let folder = tempfile::tempdir().unwrap();
    let (path, before) = with_models(folder.path());
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_dir_all(folder.path().join("models")).unwrap();
    let opened = document::open(&path, &no_model).unwrap();
    assert_eq!(opened.warnings.len(), 1, "{:?}", opened.warnings);
    assert!(opened.warnings[0].contains("Knight.glb: there is no such model"));
    let rig = &opened.document.rigs[0];
    assert!(rig.meshes.is_empty() && rig.armature == before.rigs[0].armature);
    assert!(!rig.model.as_ref().unwrap().file.is_loaded());
    document::save(&path, &opened.document, &opened.view).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_changed_model_is_matched_by_the_names_of_its_bones() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = with_models(folder.path());
    let opened = document::open(&path, &|path: &Path, _fps| {
        Ok(loaded(knight(path, &["arm", "hip", "feather"], "bb")))
    })
    .unwrap();
    let rig = &opened.document.rigs[0];
    assert_eq!(rig.meshes.len(), 1);
    let Attachment::Skin { joints, .. } = &rig.meshes[0].attachment else {
        panic!("no skin");
    };
    assert_eq!(joints, &[BoneId(1), BoneId(0)]);
    assert!(opened.warnings[0].contains("has changed since"));
    assert!(
        opened.warnings[0].ends_with("left out: cape"),
        "{:?}",
        opened.warnings
    );
    assert_eq!(rig.model.as_ref().unwrap().file.sha256, "aa");
    let reordered = document::open(&path, &|path: &Path, _fps| {
        Ok(loaded(knight(path, &["tip", "hip", "arm"], "cc")))
    })
    .unwrap();
    let model = reordered.document.rigs[1].model.clone().unwrap();
    assert_eq!(
        (model.file.sha256.as_str(), model.nodes.as_slice()),
        ("cc", &[11, 12, 10][..])
    );
}

#[test]
fn the_bundled_figure_comes_back_with_its_meshes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figure.keypose");
    let opened = keypose::io::open::mannequin().unwrap();
    assert!(opened.warnings.is_empty(), "{:?}", opened.warnings);
    let view = View::default();
    document::save(&path, &opened.document, &view).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(r#"path: "keypose:mannequin.glb""#));
    let again = keypose::io::open::open(&path).unwrap();
    assert!(again.warnings.is_empty() && again.document == opened.document);
    assert!(!again.document.rigs[0].meshes.is_empty());
    let base = folder.path();
    assert_eq!(document::to_text(&again.document, &view, base), Ok(text));
}
