//! What is in an exported file, as another program would find it.

use std::path::Path;

use keypose::eval::{animation, hierarchy};
use keypose::io::gltf_import;
use keypose::io::open;
use keypose::model::document::Document;
use keypose::model::rig::{ModelFile, Rig};
use serde_json::Value;

use std::sync::Arc;

/// The numbers of a channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    pub mode: String,
    pub times: Vec<f32>,
    pub values: Vec<f32>,
}

impl Channel {
    /// The values of a key.
    pub fn key(&self, key: usize) -> &[f32] {
        let width = self.values.len() / self.times.len();
        &self.values[key * width..(key + 1) * width]
    }
}

/// The tree and the buffers of a file.
pub fn file(path: &Path, bytes: &[u8]) -> Arc<ModelFile> {
    let imported = gltf_import::import_bytes(path, bytes.to_vec()).unwrap();
    imported.rigs[0].model.as_ref().unwrap().file.clone()
}

/// The animation of this name.
pub fn animation<'a>(file: &'a ModelFile, name: &str) -> &'a Value {
    let all = file.json["animations"].as_array().unwrap();
    let found = all.iter().find(|animation| animation["name"] == name);
    found.unwrap_or_else(|| panic!("no animation {name:?}"))
}

/// A channel of an animation, by the name of its node.
pub fn channel(file: &ModelFile, clip: &str, node: &str, path: &str) -> Option<Channel> {
    let entry = animation(file, clip);
    let nodes = file.json["nodes"].as_array().unwrap();
    let number = nodes.iter().position(|n| n["name"] == node).unwrap();
    let channels = entry["channels"].as_array().unwrap().iter();
    let mut own = channels.filter(|c| {
        c["target"]["path"] == path && c["target"]["node"].as_u64() == Some(number as u64)
    });
    let found = own.next()?;
    assert!(own.next().is_none(), "{node} {path} twice");
    let sampler = &entry["samplers"][found["sampler"].as_u64().unwrap() as usize];
    Some(Channel {
        mode: sampler["interpolation"]
            .as_str()
            .unwrap_or("LINEAR")
            .to_owned(),
        times: floats(file, &sampler["input"]),
        values: floats(file, &sampler["output"]),
    })
}

fn floats(file: &ModelFile, accessor: &Value) -> Vec<f32> {
    let number = |value: &Value| value.as_u64().unwrap_or(0) as usize;
    let accessor = &file.json["accessors"][number(accessor)];
    assert_eq!(accessor["componentType"], 5126);
    let view = &file.json["bufferViews"][number(&accessor["bufferView"])];
    let start = number(&view["byteOffset"]) + number(&accessor["byteOffset"]);
    let width = match accessor["type"].as_str().unwrap() {
        "SCALAR" => 1,
        "VEC3" => 3,
        _ => 4,
    };
    let length = number(&accessor["count"]) * width * 4;
    let bytes = &file.buffers[number(&view["buffer"])][start..start + length];
    let (words, _) = bytes.as_chunks::<4>();
    words.iter().map(|word| f32::from_le_bytes(*word)).collect()
}

/// An exported file opened again by its channels alone, as if another program had written it.
pub fn reopened(path: &Path, bytes: &[u8]) -> Document {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join(path.file_name().unwrap());
    // Of the same length, so that nothing else moves.
    let mark = b"\"keypose\":";
    let mut bytes = bytes.to_vec();
    let found: Vec<usize> = (0..bytes.len().saturating_sub(mark.len()))
        .filter(|&at| bytes[at..].starts_with(mark))
        .collect();
    for at in found {
        bytes[at + 1..at + 8].copy_from_slice(b"unknown");
    }
    std::fs::write(&copy, bytes).unwrap();
    open::open(&copy).unwrap().document
}

/// Where the bones of a rig are, at a second of an action whose second 0 is this frame.
pub fn pose(document: &Document, action: &str, start: f32, secs: f32) -> Vec<glam::Mat4> {
    let action = &document.actions[action];
    let fps = action.source.as_ref().map_or(document.scene.fps, |s| s.fps);
    let mut rig: Rig = document.rigs[0].as_ref().clone();
    animation::apply_action(&mut rig, action, start + secs * fps);
    hierarchy::evaluate_once(&rig).armature_from_bone
}

/// How far two poses are apart: of the axes, and of the places as a share of `size`.
pub fn apart(a: &[glam::Mat4], b: &[glam::Mat4], size: f32) -> f32 {
    assert_eq!(a.len(), b.len());
    let mut most = 0.0f32;
    for (a, b) in a.iter().zip(b) {
        for column in 0..3 {
            let (a, b) = (a.col(column).truncate(), b.col(column).truncate());
            most = most.max(a.distance(b) / a.length().max(1e-9));
        }
        most = most.max(a.w_axis.distance(b.w_axis) / size);
    }
    most
}
