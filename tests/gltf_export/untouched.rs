//! Without edits nothing changes, in any container.

use std::fs;
use std::path::{Path, PathBuf};

use keypose::io::gltf_export;
use keypose::io::open;
use serde_json::Value;

use crate::builder::data_uri;
use crate::model::{character, kept};
use crate::read;

/// Opens a file and exports it under another name, beside it.
fn exported(path: &Path, name: &str) -> (PathBuf, Vec<u8>) {
    let document = open::open(path).unwrap().document;
    let to = path.with_file_name(name);
    let exported = gltf_export::export(&document, &to).unwrap();
    assert_eq!(exported.report.written, 0);
    exported.save().unwrap();
    (to.clone(), fs::read(to).unwrap())
}

#[test]
fn a_glb_without_edits_is_the_very_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hero.glb");
    let bytes = character(1.0).glb();
    fs::write(&path, &bytes).unwrap();
    assert_eq!(exported(&path, "copy.glb").1, bytes);
}

#[test]
fn a_gltf_without_edits_is_the_very_same_and_its_buffer_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hero.gltf");
    let model = character(1.0);
    let text = format!("\u{feff}{}", model.gltf("hero%20data.bin"));
    fs::write(&path, &text).unwrap();
    fs::write(folder.path().join("hero data.bin"), &model.bin).unwrap();
    assert_eq!(exported(&path, "copy.gltf").1, text.as_bytes());

    // In another folder the buffer goes along, and another file of its name is not overwritten.
    let document = open::open(&path).unwrap().document;
    let other = folder.path().join("other");
    let result = gltf_export::export(&document, &other.join("hero.gltf")).unwrap();
    result.save().unwrap();
    assert_eq!(fs::read(other.join("hero.gltf")).unwrap(), text.as_bytes());
    assert_eq!(fs::read(other.join("hero data.bin")).unwrap(), model.bin);
    fs::write(other.join("hero data.bin"), "mine").unwrap();
    fs::write(other.join("hero.gltf"), "mine").unwrap();
    let refused = result.save().unwrap_err().to_string();
    assert!(
        refused.contains("hero data.bin: is another file"),
        "{refused}"
    );
    assert_eq!(fs::read(other.join("hero data.bin")).unwrap(), b"mine");
    assert_eq!(fs::read(other.join("hero.gltf")).unwrap(), b"mine");
}

/// The tree without what says where the first buffer is.
fn without_buffer(tree: &Value) -> Value {
    let mut tree = tree.clone();
    tree["buffers"][0].as_object_mut().unwrap().remove("uri");
    tree
}

#[test]
fn containers_can_be_changed_and_the_buffers_stay() {
    let folder = tempfile::tempdir().unwrap();
    let model = character(1.0);
    let glb = folder.path().join("hero.glb");
    fs::write(&glb, model.glb()).unwrap();
    let (gltf, text) = exported(&glb, "as text.gltf");
    assert_eq!(
        fs::read(folder.path().join("as text.bin")).unwrap(),
        model.bin
    );
    let tree: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(tree["buffers"][0]["uri"], "as%20text.bin");
    let given: Value = serde_json::from_str(&model.text).unwrap();
    assert_eq!(without_buffer(&tree), given);

    let (back, bytes) = exported(&gltf, "back.glb");
    let file = read::file(&back, &bytes);
    assert_eq!(file.buffers[0], model.bin);
    assert_eq!(file.json, given);
    assert_eq!(open::open(&back).unwrap().document.actions.len(), 2);

    let data = folder.path().join("data.gltf");
    fs::write(&data, model.gltf(&data_uri(&model.bin))).unwrap();
    let (path, bytes) = exported(&data, "from data.glb");
    assert_eq!(read::file(&path, &bytes).json, given);
}

#[test]
fn a_missing_model_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let document = character(1.0).open(folder.path());
    let saved = folder.path().join("hero.keypose");
    keypose::io::document::save(&saved, &document, &Default::default()).unwrap();
    fs::remove_file(folder.path().join("hero.glb")).unwrap();
    let document = open::open(&saved).unwrap().document;
    let error = gltf_export::export(&document, &folder.path().join("out.glb")).unwrap_err();
    let line = error.to_string();
    assert!(line.contains("hero.glb: the model is missing"), "{line}");
    assert!(!folder.path().join("out.glb").exists());
}

#[test]
fn a_saved_document_exports_the_very_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let model = character(1.0);
    let document = model.open(folder.path());
    let saved = folder.path().join("hero.keypose");
    keypose::io::document::save(&saved, &document, &Default::default()).unwrap();
    let document = open::open(&saved).unwrap().document;
    let exported = gltf_export::export(&document, &folder.path().join("out.glb")).unwrap();
    assert_eq!(exported.bytes, model.glb());
}

/// Every model of a folder and of the folders in it, but for the broken ones.
fn models(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("broken") {
            models(&path, found);
        } else if path.extension().is_some_and(|e| e == "glb" || e == "gltf") {
            found.push(path);
        }
    }
}

#[test]
fn models_of_others_stay_the_same() {
    let mut paths = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/mannequin.glb")];
    if let Some(folder) = std::env::var_os("KEYPOSE_RIGS") {
        models(Path::new(&folder), &mut paths);
    }
    for path in paths {
        let document = open::open(&path).unwrap().document;
        let name = path.file_name().unwrap().to_str().unwrap();
        let exported = gltf_export::export(&document, &kept(&format!("same {name}"))).unwrap();
        assert_eq!(
            exported.bytes,
            fs::read(&path).unwrap(),
            "{}",
            path.display()
        );
        exported.save().unwrap();
        let other = if name.ends_with(".glb") {
            "gltf"
        } else {
            "glb"
        };
        let turned = kept(&format!("turned {name}")).with_extension(other);
        let turned = gltf_export::export(&document, &turned).unwrap();
        turned.save().unwrap();
        let again = open::open(&turned.path).unwrap().document;
        assert_eq!(again.actions.len(), document.actions.len());
        let file = |d: &keypose::model::document::Document| {
            d.rigs[0].model.as_ref().unwrap().file.buffers.clone()
        };
        assert_eq!(file(&again), file(&document), "{}", path.display());
    }
}
