//! Actions move bones as their files say: against a sampler written from the words of the glTF specification.

use std::path::PathBuf;

use glam::{DMat4, DQuat, DVec3, DVec4, Mat4};
use keypose::eval::animation;
use keypose::eval::hierarchy::evaluate_once;
use keypose::io::axes::Z_UP;
use keypose::io::gltf_import::{Imported, import};
use keypose::model::rig::{ModelFile, Rig};
use serde_json::{Value, json};

use crate::builder::Builder;

/// Radians: a hundredth of a degree.
const TURN: f64 = 1.745e-4;

/// The numbers of an accessor, element after element.
fn numbers(file: &ModelFile, accessor: &Value) -> Vec<f64> {
    let accessor = &file.json["accessors"][accessor.as_u64().unwrap() as usize];
    let view = &file.json["bufferViews"][accessor["bufferView"].as_u64().unwrap() as usize];
    let at = |value: &Value| value.as_u64().unwrap_or(0) as usize;
    let width = match accessor["type"].as_str().unwrap() {
        "SCALAR" => 1,
        "VEC3" => 3,
        _ => 4,
    };
    let buffer = &file.buffers[at(&view["buffer"])];
    let kind = at(&accessor["componentType"]);
    let size = match kind {
        5126 => 4,
        5122 => 2,
        other => panic!("component type {other}"),
    };
    let stride = view["byteStride"]
        .as_u64()
        .map_or(size * width, |s| s as usize);
    let start = at(&view["byteOffset"]) + at(&accessor["byteOffset"]);
    let mut numbers = Vec::new();
    for element in 0..at(&accessor["count"]) {
        for part in 0..width {
            let bytes = &buffer[start + element * stride + part * size..];
            numbers.push(match kind {
                5126 => f64::from(f32::from_le_bytes(bytes[..4].try_into().unwrap())),
                _ => {
                    let whole = i16::from_le_bytes(bytes[..2].try_into().unwrap());
                    (f64::from(whole) / 32767.0).max(-1.0)
                }
            });
        }
    }
    numbers
}

/// What a sampler gives at a time: specification, 3.11 and appendix C.
fn sample(file: &ModelFile, sampler: &Value, rotation: bool, time: f64) -> DVec4 {
    let times = numbers(file, &sampler["input"]);
    let values = numbers(file, &sampler["output"]);
    let width = if rotation { 4 } else { 3 };
    let cubic = sampler["interpolation"] == "CUBICSPLINE";
    let element = |place: usize| {
        let part = |i: usize| {
            if i < width {
                values[place * width + i]
            } else {
                0.0
            }
        };
        DVec4::new(part(0), part(1), part(2), part(3))
    };
    let value = |key: usize| element(if cubic { key * 3 + 1 } else { key });
    let unit = |v: DVec4| if rotation { v.normalize() } else { v };
    let last = times.len() - 1;
    if time <= times[0] {
        return unit(value(0));
    }
    if time >= times[last] {
        return unit(value(last));
    }
    let key = times.iter().rposition(|&t| t <= time).unwrap();
    let length = times[key + 1] - times[key];
    let t = (time - times[key]) / length;
    let (a, b) = (value(key), value(key + 1));
    match sampler["interpolation"].as_str().unwrap_or("LINEAR") {
        "STEP" => unit(a),
        "CUBICSPLINE" => {
            let (t2, t3) = (t * t, t * t * t);
            let (out, into) = (
                element(key * 3 + 2) * length,
                element((key + 1) * 3) * length,
            );
            unit(
                a * (2.0 * t3 - 3.0 * t2 + 1.0)
                    + out * (t3 - 2.0 * t2 + t)
                    + b * (-2.0 * t3 + 3.0 * t2)
                    + into * (t3 - t2),
            )
        }
        _ if rotation => {
            let (a, b) = (a.normalize(), b.normalize());
            let dot = a.dot(b);
            let angle = dot.abs().min(1.0).acos();
            if angle < 1e-9 {
                return a;
            }
            let side = if dot < 0.0 { -1.0 } else { 1.0 };
            (a * ((1.0 - t) * angle).sin() + b * (side * (t * angle).sin())) / angle.sin()
        }
        _ => a + (b - a) * t,
    }
}

fn triple(value: &Value, default: f64) -> DVec3 {
    let part = |i: usize| value[i].as_f64().unwrap_or(default);
    DVec3::new(part(0), part(1), part(2))
}

/// A node's own matrix at a time of an animation.
fn local(file: &ModelFile, node: usize, animation: usize, time: f64) -> DMat4 {
    let own = &file.json["nodes"][node];
    let mut translation = triple(&own["translation"], 0.0);
    let mut scale = triple(&own["scale"], 1.0);
    let turn = |i: usize| {
        own["rotation"][i]
            .as_f64()
            .unwrap_or(if i == 3 { 1.0 } else { 0.0 })
    };
    let mut rotation = DVec4::new(turn(0), turn(1), turn(2), turn(3));
    let clip = &file.json["animations"][animation];
    let channels = clip["channels"].as_array().unwrap().iter();
    let mut moved = false;
    for channel in channels.filter(|c| c["target"]["node"] == json!(node)) {
        let sampler = &clip["samplers"][channel["sampler"].as_u64().unwrap() as usize];
        let given = |turns| sample(file, sampler, turns, time);
        moved = true;
        match channel["target"]["path"].as_str().unwrap() {
            "translation" => translation = given(false).truncate(),
            "scale" => scale = given(false).truncate(),
            "rotation" => rotation = given(true),
            _ => {}
        }
    }
    if let (Some(matrix), false) = (own["matrix"].as_array(), moved) {
        let numbers: Vec<f64> = matrix.iter().map(|n| n.as_f64().unwrap()).collect();
        return DMat4::from_cols_slice(&numbers);
    }
    let rotation = DQuat::from_vec4(rotation.normalize());
    DMat4::from_scale_rotation_translation(scale, rotation, translation)
}

/// Where a node is, armature space.
fn expected(file: &ModelFile, node: usize, animation: usize, time: f64) -> DMat4 {
    let mut matrix = local(file, node, animation, time);
    let mut child = node;
    let nodes = file.json["nodes"].as_array().unwrap();
    while let Some(parent) = nodes.iter().position(|parent| {
        let children = parent["children"].as_array();
        children.is_some_and(|list| list.contains(&json!(child)))
    }) {
        matrix = local(file, parent, animation, time) * matrix;
        child = parent;
    }
    Z_UP.as_dmat4() * matrix
}

fn compare(rig: &Rig, posed: &[Mat4], want: &[DMat4], place: &str) {
    let size = want
        .iter()
        .map(|m| m.w_axis.truncate().length())
        .fold(0.0, f64::max);
    let bones = rig.armature.bones.iter();
    for ((bone, posed), want) in bones.zip(posed).zip(want) {
        let (posed, bone) = (posed.as_dmat4(), &bone.name);
        let off = (posed.w_axis - want.w_axis).length();
        assert!(
            off <= 1e-5 * size.max(1e-3),
            "{place}, {bone}: off by {off} of {size}"
        );
        for axis in 0..3 {
            let (a, b) = (posed.col(axis).truncate(), want.col(axis).truncate());
            let turned = (a - b).length() / b.length().max(1e-9);
            assert!(turned <= TURN, "{place}, {bone}: turned by {turned}");
        }
    }
}

/// Every action at keys, between them and outside of them. Gives how many poses were compared.
fn check(name: &str, imported: &Imported, samples: usize) -> usize {
    let mut count = 0;
    for (action_name, action) in &imported.actions {
        let source = action.source.as_ref().unwrap();
        let rig = &imported.rigs[source.rig];
        let file = &source.file;
        let clip = &file.json["animations"][source.animation];
        let samplers = clip["samplers"].as_array().unwrap();
        let mut times: Vec<f64> = samplers
            .iter()
            .flat_map(|s| numbers(file, &s["input"]))
            .collect();
        times.sort_by(f64::total_cmp);
        times.dedup();
        let gaps: Vec<(f64, f64)> = times.windows(2).map(|p| (p[0], p[1])).collect();
        let mut asked = vec![times[0] - 0.3, times[times.len() - 1] + 0.7];
        for (place, (a, b)) in gaps.iter().enumerate().filter(|(_, (a, b))| b - a > 1e-3) {
            if place % gaps.len().div_ceil(samples) == 0 {
                asked.extend([0.09, 0.5, 0.83].map(|share| a + (b - a) * share));
            }
        }
        for time in asked {
            let mut rig = rig.clone();
            animation::apply_action(&mut rig, action, (time * f64::from(source.fps)) as f32);
            let nodes = &rig.model.as_ref().unwrap().nodes;
            let of = |&node: &u32| expected(file, node as usize, source.animation, time);
            let want: Vec<DMat4> = nodes.iter().map(of).collect();
            let posed = evaluate_once(&rig).armature_from_bone;
            compare(
                &rig,
                &posed,
                &want,
                &format!("{name}, {action_name} at {time}"),
            );
            count += 1;
        }
    }
    count
}

#[test]
fn real_files_move_as_they_say() {
    let Some(folder) = std::env::var_os("KEYPOSE_RIGS").map(PathBuf::from) else {
        return;
    };
    for name in [
        "Knight.glb",
        "Fox.glb",
        "SimpleSkin.gltf",
        "roundtrip/03_skinned_cylinder.gltf",
        "roundtrip/03_all_animations.gltf",
        "roundtrip/07_nla-anim.gltf",
    ] {
        let imported = import(&folder.join(name)).unwrap();
        let samples = if imported.actions.len() > 9 { 1 } else { 30 };
        assert!(check(name, &imported, samples) > 3, "{name}");
    }
}

/// A small generator of numbers, the same ones every time.
struct Dice(u64);

impl Dice {
    /// From 0 to 1.
    fn share(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1u64 << 24) as f32
    }

    fn around(&mut self, middle: f32, reach: f32) -> f32 {
        middle + (self.share() * 2.0 - 1.0) * reach
    }

    fn roll(&mut self, sides: usize) -> usize {
        (self.share() * sides as f32) as usize % sides
    }

    fn numbers<const N: usize>(&mut self, middle: [f32; N], reach: f32) -> [f32; N] {
        middle.map(|middle| self.around(middle, reach))
    }
}

/// Three joints in a chain under a node of its own, with even scales at rest, some of them mirrored.
fn chain(dice: &mut Dice) -> Builder {
    let mut b = Builder::new(&[0]);
    b.node(json!({"name": "top", "children": [1], "scale": [2, 2, 2], "rotation": [0.5, 0.5, 0.5, 0.5]}));
    for joint in 1..4 {
        let size = 0.5 + dice.share();
        let side = |dice: &mut Dice| if dice.roll(4) == 0 { -size } else { size };
        let scale = [side(dice), side(dice), side(dice)];
        let mut node = json!({"name": format!("joint {joint}"), "scale": scale,
            "translation": dice.numbers([0.0, 1.0, 0.0], 1.0),
            "rotation": glam::Quat::from_array(dice.numbers([0.0; 4], 1.0)).normalize().to_array()});
        if joint < 3 {
            node["children"] = json!([joint + 1]);
        }
        b.node(node);
    }
    b.push("skins", json!({"joints": [1, 2, 3]}));
    b
}

/// A sampler of some keys for a path.
fn sampler(b: &mut Builder, dice: &mut Dice, path: &str) -> Value {
    let mode = ["LINEAR", "STEP", "CUBICSPLINE"][dice.roll(3)];
    let fps = [24.0f32, 30.0, 60.0][dice.roll(3)];
    let count = 1 + dice.roll(6);
    let count = if mode == "CUBICSPLINE" {
        count.max(2)
    } else {
        count
    };
    let (mut frame, mut times) = (0.0f32, Vec::new());
    for _ in 0..count {
        // Between frames at places that are not by chance next to a whole one of another rate.
        times.push((frame + [0.0, 0.0, 0.25, 0.5][dice.roll(4)]) / fps);
        frame += 1.0 + dice.roll(7) as f32;
    }
    let (mut values, rotation) = (Vec::new(), path == "rotation");
    let base = glam::Quat::from_array(dice.numbers([0.0; 4], 1.0))
        .normalize()
        .to_array();
    for _ in 0..count {
        let tangent = |dice: &mut Dice, values: &mut Vec<f32>| {
            if mode == "CUBICSPLINE" {
                values.extend(dice.numbers([0.0; 4], 0.5).iter().take(if rotation {
                    4
                } else {
                    3
                }));
            }
        };
        tangent(dice, &mut values);
        match (path, mode) {
            ("rotation", "CUBICSPLINE") => {
                let near = glam::Quat::from_array(dice.numbers(base, 0.3)).normalize();
                values.extend(near.to_array());
            }
            ("rotation", _) => {
                let free = glam::Quat::from_array(dice.numbers([0.0; 4], 1.0)).normalize();
                values.extend(free.to_array());
            }
            ("scale", _) => values.extend(dice.numbers([1.0; 3], 0.5)),
            _ => values.extend(dice.numbers([0.0; 3], 2.0)),
        }
        tangent(dice, &mut values);
    }
    let input = b.floats("SCALAR", &times);
    let output = if rotation && dice.roll(3) == 0 {
        let shorts: Vec<u16> = values
            .iter()
            .map(|v| (v * 32767.0).round() as i16 as u16)
            .collect();
        let output = b.shorts("VEC4", &shorts);
        b.json["accessors"][output]["componentType"] = json!(5122);
        b.json["accessors"][output]["normalized"] = json!(true);
        output
    } else {
        b.floats(if rotation { "VEC4" } else { "VEC3" }, &values)
    };
    json!({"input": input, "output": output, "interpolation": mode})
}

#[test]
fn files_of_any_kind_move_as_they_say() {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let mut count = 0;
    for round in 0..80 {
        let mut b = chain(&mut dice);
        b.json["animations"] = json!([{"name": "any", "channels": [], "samplers": []}]);
        for node in 1..4 {
            for path in ["translation", "rotation", "scale"] {
                if dice.roll(4) == 0 && node > 1 {
                    continue;
                }
                let sampler = sampler(&mut b, &mut dice, path);
                let clip = &mut b.json["animations"][0];
                let samplers = clip["samplers"].as_array_mut().unwrap();
                samplers.push(sampler);
                let number = samplers.len() - 1;
                let target = json!({"sampler": number, "target": {"node": node, "path": path}});
                clip["channels"].as_array_mut().unwrap().push(target);
            }
        }
        let imported = crate::opened(&b);
        assert_eq!(imported.warnings, Vec::<String>::new());
        count += check(&format!("round {round}"), &imported, 8);
    }
    assert!(count > 500, "{count}");
}
