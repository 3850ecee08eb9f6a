//! Good files with something changed at random, or by every kind of value in every place: no panic, no hang.

use std::path::Path;
use std::time::{Duration, Instant};

use keypose::io::gltf_import::import_bytes;
use serde_json::{Value, json};

use crate::builder::{Builder, character, png};

/// A small generator of numbers, the same ones every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

fn rich() -> Builder {
    let mut b = character();
    let bind = b.floats("MAT4", &glam::Mat4::IDENTITY.to_cols_array().repeat(2));
    b.json["skins"][0]["inverseBindMatrices"] = json!(bind);
    let view = b.view(&png(3, 3, [9; 4]));
    b.push("images", json!({"bufferView": view}));
    b.push("textures", json!({"source": 0}));
    b.push(
        "materials",
        json!({"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}),
    );
    let uvs = b.floats("VEC2", &[0.; 6]);
    let places = b.view(&[1]);
    let values = b.view(&[0; 8]);
    b.json["accessors"][uvs]["sparse"] = json!({"count": 1, "values": {"bufferView": values},
        "indices": {"bufferView": places, "componentType": 5121}});
    b.json["bufferViews"][0]["byteStride"] = json!(12);
    let indices = b.shorts("SCALAR", &[0, 1, 2]);
    let primitive = &mut b.json["meshes"][0]["primitives"][0];
    primitive["material"] = json!(0);
    primitive["indices"] = json!(indices);
    primitive["attributes"]["TEXCOORD_0"] = json!(uvs);
    primitive["targets"] = json!([{"POSITION": 0}]);
    b.json["meshes"][0]["weights"] = json!([0.5]);
    let times = b.floats("SCALAR", &[0., 0.25]);
    let (turns, moves) = (b.floats("VEC4", &[0.5; 8]), b.floats("VEC3", &[1.; 18]));
    b.json["animations"] = json!([{"name": "wave",
        "channels": [{"sampler": 0, "target": {"node": 2, "path": "rotation"}},
            {"sampler": 1, "target": {"node": 3, "path": "translation"}}],
        "samplers": [{"input": times, "output": turns},
            {"input": times, "output": moves, "interpolation": "CUBICSPLINE"}],
        "extras": {"keypose": {"version": 1, "fps": 24, "start_frame": 0, "check": "",
            "action": {"fcurves": []}}}}]);
    b
}

#[test]
fn mutated_files_open_or_are_refused_but_nothing_worse() {
    let good = rich().glb();
    let path = Path::new("mutated.glb");
    let (mut dice, start) = (Dice(0x9E37_79B9_7F4A_7C15), Instant::now());
    let (mut open, mut closed) = (0, 0);
    for _ in 0..4000 {
        let mut bytes = good.clone();
        for _ in 0..=dice.roll(4) {
            let place = dice.roll(bytes.len());
            match dice.roll(4) {
                0 => bytes[place] ^= 1 << dice.roll(8),
                1 => bytes[place] = b"0123456789[]{},:-\""[dice.roll(18)],
                2 => bytes[place] = dice.roll(256) as u8,
                _ if dice.roll(20) == 0 => bytes.truncate(place.max(1)),
                _ => bytes[place] = b'0' + dice.roll(10) as u8,
            }
        }
        match import_bytes(path, bytes) {
            Ok(imported) => {
                open += 1;
                assert!(!imported.rigs.is_empty());
            }
            Err(error) => {
                closed += 1;
                assert!(!error.to_string().contains('\n'));
            }
        }
    }
    assert!(
        open > 100 && closed > 100,
        "{open} opened, {closed} refused"
    );
    assert!(start.elapsed() < Duration::from_secs(120));
}

#[test]
fn values_of_any_kind_anywhere_in_the_tree_do_no_harm() {
    let good = rich();
    let mut pointers = Vec::new();
    collect(&good.json, String::new(), &mut pointers);
    let values = [
        json!(-1),
        json!(0),
        json!(u32::MAX),
        json!(4e9),
        json!(1e300),
        json!("x"),
        json!([]),
        json!({}),
        json!(true),
        json!(null),
        json!(u64::MAX),
    ];
    for pointer in pointers {
        for value in &values {
            let mut b = good.clone();
            *b.json.pointer_mut(&pointer).unwrap() = value.clone();
            let _ = import_bytes(Path::new("a.glb"), b.glb());
        }
    }
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                collect(value, format!("{pointer}/{name}"), pointers);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => {}
    }
    if !pointer.is_empty() {
        pointers.push(pointer);
    }
}
