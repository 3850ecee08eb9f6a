//! A character with clips of every kind, in a text that no program would write the same way.

use std::fs;
use std::path::{Path, PathBuf};

use keypose::io::gltf_export::{self, Exported};
use keypose::io::open;
use keypose::model::document::Document;
use serde_json::{Value, json};

use crate::builder::Builder;

/// Where files for the validator go.
pub fn kept(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gltf");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// A file in the making: the text of its tree, and its buffer.
pub struct Model {
    pub text: String,
    pub bin: Vec<u8>,
}

/// Times with their bounds.
fn times(b: &mut Builder, times: &[f32]) -> usize {
    let index = b.floats("SCALAR", times);
    b.json["accessors"][index]["min"] = json!([times.first()]);
    b.json["accessors"][index]["max"] = json!([times.last()]);
    index
}

fn sampler(input: usize, output: usize, mode: &str) -> Value {
    json!({"input": input, "output": output, "interpolation": mode})
}

fn channel(sampler: usize, node: usize, path: &str) -> Value {
    json!({"sampler": sampler, "target": {"node": node, "path": path}})
}

/// Nodes: 0 `Scene`, 1 `Hero`, 2 `hips` at (0, 1, 0), 3 `spine` 1 above and turned, 4 `body` (skinned, with a
/// morph target), 5 `sword`. Clips: `Walk` (every kind of channel), `Wave` (the spine turns), and one without a
/// name that moves the morph target alone. `size` is the factor of `Hero`, whose children are as much smaller.
pub fn character(size: f32) -> Model {
    let mut b = Builder::new(&[0]);
    let unit = 1.0 / size;
    let positions = b.floats(
        "VEC3",
        &[0., 0., 0., 1., 0., 0., 0., 1., 0.].map(|n| n * unit),
    );
    let bound = |v: [f32; 3]| json!(v.map(|n| n * unit));
    b.json["accessors"][positions]["min"] = bound([0.0; 3]);
    b.json["accessors"][positions]["max"] = bound([1.0, 1.0, 0.0]);
    let target = b.floats("VEC3", &[0.0; 9]);
    b.json["accessors"][target]["min"] = json!([0, 0, 0]);
    b.json["accessors"][target]["max"] = json!([0, 0, 0]);
    let joints = b.shorts("VEC4", &[0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
    let weights = b.floats("VEC4", &[1., 0., 0., 0., 1., 0., 0., 0., 1., 0., 0., 0.]);
    let body = b.push(
        "meshes",
        json!({"weights": [0], "primitives": [{"attributes":
        {"POSITION": positions, "JOINTS_0": joints, "WEIGHTS_0": weights},
        "targets": [{"POSITION": target}]}]}),
    );
    let sword = b.mesh(json!({"attributes": {"POSITION": positions}}));
    b.node(json!({"name": "Scene", "children": [1, 4]}));
    b.node(json!({"name": "Hero", "children": [2], "scale": [size, size, size]}));
    b.node(json!({"name": "hips", "children": [3], "translation": [0, unit, 0]}));
    b.node(
        json!({"name": "spine", "children": [5], "translation": [0, unit, 0],
        "rotation": [0.6, 0.0, 0.0, 0.8]}),
    );
    b.node(json!({"name": "body", "mesh": body, "skin": 0}));
    b.node(json!({"name": "sword", "mesh": sword, "translation": [0, 0, 2.0 * unit]}));
    b.push("skins", json!({"joints": [2, 3]}));
    clips(&mut b, unit);
    b.json["extensionsUsed"] = json!(["KHR_animation_pointer", "VENDOR_unknown"]);
    b.json["extensions"] = json!({"VENDOR_unknown": {"kept": [1, {"deep": "yes"}]}});
    b.json["extras"] = json!({"number": "@number@"});
    let empty = |list: &&str| b.json[*list].as_array().is_some_and(Vec::is_empty);
    let lists = ["materials", "textures", "images"];
    let empty: Vec<&str> = lists.into_iter().filter(|list| empty(list)).collect();
    for list in empty {
        b.json.as_object_mut().unwrap().shift_remove(list);
    }
    b.json["buffers"] = json!([{"byteLength": b.bin.len()}]);
    let text = serde_json::to_string_pretty(&b.json).unwrap();
    let text = text.replace("\"@number@\"", "1.50e0");
    Model { text, bin: b.bin }
}

fn clips(b: &mut Builder, unit: f32) {
    let (three, two) = (times(b, &[0.0, 0.5, 1.0]), times(b, &[0.0, 1.0]));
    let half = std::f32::consts::FRAC_1_SQRT_2;
    let turns = b.floats(
        "VEC4",
        &[0., 0., 0., 1., half, 0., 0., half, 0., 0., 0., 1.],
    );
    let places = [0., 1., 0., 0., 1.5, 0., 0., 1., 0.].map(|n| n * unit);
    let steps = b.floats("VEC3", &places);
    let arch = [
        [0.0; 3],
        [0.0, 1.0, 0.0],
        [1.0, 0.5, 0.0],
        [1.0, -0.5, 0.0],
        [0.5, 1.0, 0.0],
        [0.0; 3],
    ];
    let arch: Vec<f32> = arch.as_flattened().iter().map(|n| n * unit).collect();
    let arch = b.floats("VEC3", &arch);
    let morph = b.floats("SCALAR", &[0.0, 1.0, 0.25]);
    b.json["animations"] = json!([
        {
            "name": "Walk",
            "channels": [
                channel(0, 2, "rotation"), channel(1, 3, "translation"), channel(2, 2, "translation"),
                channel(3, 4, "weights"),
                {"sampler": 1, "target": {"path": "pointer", "extensions":
                    {"KHR_animation_pointer": {"pointer": "/nodes/5/translation"}}}},
            ],
            "samplers": [
                sampler(three, turns, "LINEAR"), sampler(three, steps, "STEP"),
                sampler(two, arch, "CUBICSPLINE"), sampler(three, morph, "LINEAR"),
            ],
            "extras": {"author": "somebody", "number": "@number@"},
        },
        {
            "samplers": [{"input": three, "output": turns, "extras": {"own": true}}],
            "channels": [channel(0, 3, "rotation")],
            "name": "Wave",
        },
        {"channels": [channel(0, 4, "weights")], "samplers": [sampler(three, morph, "STEP")]},
    ]);
}

impl Model {
    /// As a `.glb`, with a chunk of a kind that nobody knows.
    pub fn glb(&self) -> Vec<u8> {
        let mut bytes = b"glTF\x02\0\0\0\0\0\0\0".to_vec();
        let chunks = [
            (b"JSON", self.text.as_bytes(), b' '),
            (b"BIN\0", &self.bin[..], 0),
            (b"MINE", b"abc", 0),
        ];
        for (kind, chunk, padding) in chunks {
            let size = chunk.len().next_multiple_of(4);
            bytes.extend((size as u32).to_le_bytes());
            bytes.extend(kind);
            bytes.extend(chunk);
            bytes.resize(bytes.len() + size - chunk.len(), padding);
        }
        let length = (bytes.len() as u32).to_le_bytes();
        bytes[8..12].copy_from_slice(&length);
        bytes
    }

    /// As a `.gltf` whose buffer is this URI.
    pub fn gltf(&self, uri: &str) -> String {
        let length = format!("\"byteLength\": {}", self.bin.len());
        let with = format!("\"uri\": \"{uri}\", {length}");
        let at = self.text.rfind(&length).unwrap();
        let (before, after) = self.text.split_at(at);
        format!("{before}{with}{}", after.strip_prefix(&length).unwrap())
    }

    /// Written to a folder and opened.
    pub fn open(&self, folder: &Path) -> Document {
        let path = folder.join("hero.glb");
        fs::write(&path, self.glb()).unwrap();
        open::open(&path).unwrap().document
    }
}

/// Exports a document, and writes the file where the validator finds it.
pub fn export(document: &Document, name: &str) -> Exported {
    let exported = gltf_export::export(document, &kept(name)).unwrap();
    exported.save().unwrap();
    exported
}
