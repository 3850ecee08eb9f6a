//! A model file read and written.

use std::path::Path;

use keypose::eval::evaluator::DocumentEvaluator;
use keypose::io::{gltf_export, open};
use keypose::model::document::Document;

use crate::Bench;

/// Reading and writing, where a model was named.
pub fn run(bench: &mut Bench) {
    let Some(path) = bench.arguments.gltf.clone() else {
        return;
    };
    bench.measure("gltf_import", || (), |()| read(&path));
    if !bench.wants("gltf_export") {
        return;
    }
    let (document, _) = read(&path);
    bench.measure(
        "gltf_export",
        || tempfile::tempdir().expect("a temporary folder"),
        |folder| write(&document, &folder.path().join("out.glb")),
    );
    bench.measure(
        "gltf_export_all_edited",
        || {
            let folder = tempfile::tempdir().expect("a temporary folder");
            (folder, edited(&document))
        },
        |(folder, document)| write(document, &folder.path().join("out.glb")),
    );
}

/// From the file to poses that can be shown.
fn read(path: &Path) -> (Document, DocumentEvaluator) {
    let document = open::open(path).expect("the model can be read").document;
    let mut poses = DocumentEvaluator::default();
    poses.evaluate(&document);
    (document, poses)
}

fn write(document: &Document, path: &Path) {
    let exported = gltf_export::export(document, path).expect("the model can be exported");
    exported.save().expect("the model can be written");
}

/// The document with every curve a little higher, so that no clip can be copied.
fn edited(document: &Document) -> Document {
    let mut document = document.clone();
    let actions = std::sync::Arc::make_mut(&mut document.actions);
    for action in actions.values_mut().map(std::sync::Arc::make_mut) {
        for curve in action.fcurves.iter_mut().map(std::sync::Arc::make_mut) {
            for key in std::sync::Arc::make_mut(&mut curve.keys) {
                key.shift(0.0, 0.001);
            }
        }
    }
    document
}
