//! Renamed bones: the joints of an export are called like them, and every clip still fits.

use std::path::Path;

use keypose::io::gltf_import;
use keypose::io::open;
use keypose::model::document::Document;
use keypose::model::view::View;
use keypose::ops::runner::{Session, Status};
use serde_json::Value;

use crate::model::{character, export};

fn rename(document: &Document, calls: &[&str]) -> Document {
    let mut session = Session::with_document(document.clone());
    for call in calls {
        let outcome = session.run_text(call).unwrap();
        assert_eq!(outcome.status, Status::Finished, "{call}");
    }
    session.document.clone()
}

fn node_names(bytes: &[u8]) -> Vec<Value> {
    let imported = gltf_import::import_bytes(Path::new("x.glb"), bytes.to_vec()).unwrap();
    let file = imported.rigs[0].model.as_ref().unwrap().file.clone();
    let nodes = file.json["nodes"].as_array().unwrap();
    nodes.iter().map(|node| node["name"].clone()).collect()
}

/// Which bone, property and component each curve of each action moves.
fn moved(document: &Document) -> Vec<(String, String, String, u32)> {
    let actions = document.actions.iter();
    let rows = actions.flat_map(|(name, action)| {
        action.fcurves.iter().map(move |curve| {
            let bone = curve.bone.as_deref().unwrap_or_default().to_owned();
            (name.clone(), bone, curve.property.to_string(), curve.index)
        })
    });
    rows.collect()
}

#[test]
fn joints_are_called_like_their_bones_and_clips_stay_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let before = character(1.0).open(folder.path());
    let calls = [
        "bone.rename(name: \"neck\", bone: \"spine\")",
        // What was taken is free now.
        "bone.rename(name: \"spine\", bone: \"hips\")",
    ];
    let after = rename(&before, &calls);
    assert!(
        moved(&after)
            .iter()
            .any(|(clip, bone, ..)| clip == "Walk" && bone == "neck")
    );
    let exported = export(&after, "renamed.glb");
    assert_eq!(exported.report.summary(), "3 clips as before");
    let names = node_names(&exported.bytes);
    assert_eq!(names[2..4], ["spine", "neck"]);
    assert_eq!(
        (&names[0], &names[4]),
        (&Value::from("Scene"), &Value::from("body"))
    );
    let path = folder.path().join("renamed.glb");
    std::fs::write(&path, &exported.bytes).unwrap();
    let again = open::open(&path).unwrap().document;
    let bones = |document: &Document| {
        let bones = &document.rig().unwrap().armature.bones;
        bones
            .iter()
            .map(|bone| bone.name.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(bones(&again), bones(&after));
    assert_eq!(moved(&again), moved(&after));
    // What was not renamed is written as it was, byte by byte.
    let back = rename(
        &after,
        &[
            "bone.rename(name: \"hips\", bone: \"spine\")",
            "bone.rename(name: \"spine\", bone: \"neck\")",
        ],
    );
    assert_eq!(
        export(&back, "back.glb").bytes,
        export(&before, "before.glb").bytes
    );
}

#[test]
fn what_keypose_wrote_beside_a_clip_follows_the_names() {
    let folder = tempfile::tempdir().unwrap();
    let mut document = character(1.0).open(folder.path());
    crate::edits::edit(&mut document, "Wave", |wave| {
        let curve = std::sync::Arc::make_mut(&mut wave.fcurves[0]);
        std::sync::Arc::make_mut(&mut curve.keys)[0].co[1] += 0.1;
    });
    let path = folder.path().join("edited.glb");
    std::fs::write(&path, &export(&document, "edited.glb").bytes).unwrap();
    let opened = open::open(&path).unwrap();
    let renamed = rename(
        &opened.document,
        &["bone.rename(name: \"neck\", bone: \"spine\")"],
    );
    let exported = export(&renamed, "edited_renamed.glb");
    assert_eq!(exported.report.summary(), "3 clips as before");
    std::fs::write(&path, &exported.bytes).unwrap();
    let again = open::open(&path).unwrap();
    assert_eq!(again.warnings, opened.warnings);
    let wave = |document: &Document| document.actions["Wave"].fcurves.clone();
    assert_eq!(wave(&again.document), wave(&renamed));
    assert!(
        wave(&renamed)
            .iter()
            .all(|curve| curve.bone.as_deref() == Some("neck"))
    );
}

#[test]
fn documents_find_the_clips_of_renamed_bones_again() {
    let folder = tempfile::tempdir().unwrap();
    let before = character(1.0).open(folder.path());
    let after = rename(
        &before,
        &[
            "bone.rename(name: \"neck\", bone: \"spine\")",
            "bone.rename(name: \"spine\", bone: \"hips\")",
        ],
    );
    let path = folder.path().join("named.keypose");
    keypose::io::document::save(&path, &after, &View::default()).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("fcurves"), "clips stay references: {text}");
    let opened = open::open(&path).unwrap();
    assert_eq!(opened.warnings, Vec::<String>::new());
    assert_eq!(moved(&opened.document), moved(&after));
    assert!(opened.document == after);
}
