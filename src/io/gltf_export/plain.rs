//! A new glTF of rigs that came from no model: a node per bone, without meshes.
//!
//! The first bones are the roots of the scene, turned to Y up. A rig that was moved gets a node of its own
//! above them.

use glam::Mat4;
use serde_json::{Value, json};

use crate::eval::inherit::Inherits;
use crate::eval::rest::RestPose;
use crate::io::axes::Y_UP;
use crate::io::gltf_clip::Rest;
use crate::io::gltf_export::clip::Figure;
use crate::io::gltf_export::plan::Member;
use crate::model::bone::{Bone, InheritScale};
use crate::model::document::Document;
use crate::model::rig::Rig;

/// A tree of nodes, and the rigs in it.
pub struct Plain<'a> {
    /// The tree.
    pub tree: Value,
    /// The rigs.
    pub members: Vec<Member<'a>>,
}

/// The rigs of a document that came from no model.
pub fn nodes(document: &Document) -> Plain<'_> {
    let mut nodes: Vec<Value> = Vec::new();
    let mut roots: Vec<usize> = Vec::new();
    let mut members = Vec::new();
    let rigs = document.rigs.iter().filter(|rig| rig.model.is_none());
    for (number, rig) in rigs.enumerate() {
        let moved = rig.world_from_armature();
        let holder = (moved != Mat4::IDENTITY).then_some(nodes.len());
        if holder.is_some() {
            let mut holder = node(&rig.name, &rest_of(Y_UP * moved));
            set(&mut holder, "children", json!([]));
            roots.push(nodes.len());
            nodes.push(holder);
        }
        let first = nodes.len();
        let above = if holder.is_some() {
            Mat4::IDENTITY
        } else {
            Y_UP
        };
        let rests = rests(rig, above);
        for (bone, rest) in rig.armature.bones.iter().zip(&rests) {
            let own = nodes.len();
            let parent = bone.parent.map(|parent| first + parent.index());
            match parent.or(holder).and_then(|parent| nodes.get_mut(parent)) {
                Some(parent) => add_child(parent, own),
                None => roots.push(own),
            }
            nodes.push(node(&bone.name, rest));
        }
        let numbers = first..first + rests.len();
        let numbers = numbers.filter_map(|node| u32::try_from(node).ok());
        members.push(Member {
            number,
            figure: Figure::new(rig, numbers.collect(), rests),
        });
    }
    for node in &mut nodes {
        let childless = node.get("children").and_then(Value::as_array);
        if childless.is_some_and(Vec::is_empty)
            && let Some(fields) = node.as_object_mut()
        {
            fields.shift_remove("children");
        }
    }
    let tree = json!({
        "asset": {"version": "2.0", "generator": concat!("Keypose ", env!("CARGO_PKG_VERSION"))},
        "scene": 0,
        "scenes": [{"nodes": roots}],
        "nodes": nodes,
    });
    Plain { tree, members }
}

/// Where the node of each bone rests.
fn rests(rig: &Rig, above: Mat4) -> Vec<Rest> {
    let rest = RestPose::new(&rig.armature);
    let bones = rest.bones.iter();
    let matrix = |bone: &crate::eval::rest::RestBone| match bone.parent {
        Some(_) => bone.parent_from_bone,
        None => above * bone.parent_from_bone,
    };
    bones.map(|bone| rest_of(matrix(bone))).collect()
}

fn rest_of(matrix: Mat4) -> Rest {
    Rest::from_matrix(&matrix.to_cols_array_2d())
}

/// A node at rest.
fn node(name: &str, rest: &Rest) -> Value {
    let mut node = json!({"name": name});
    for (field, value) in fields(rest) {
        set(&mut node, field, value);
    }
    node
}

/// The fields of a node at rest, as files have them; those that say nothing are left out.
pub fn fields(rest: &Rest) -> Vec<(&'static str, Value)> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "files hold numbers of 32 bits"
    )]
    let narrow = |numbers: &[f64]| json!(numbers.iter().map(|n| *n as f32).collect::<Vec<f32>>());
    let all = [
        (
            "translation",
            narrow(&rest.translation.to_array()),
            json!([0.0, 0.0, 0.0]),
        ),
        (
            "rotation",
            narrow(&rest.rotation.to_array()),
            json!([0.0, 0.0, 0.0, 1.0]),
        ),
        (
            "scale",
            narrow(&rest.scale.to_array()),
            json!([1.0, 1.0, 1.0]),
        ),
    ];
    let told = all.into_iter().filter(|(_, value, usual)| value != usual);
    told.map(|(field, value, _)| (field, value)).collect()
}

fn set(node: &mut Value, field: &str, value: Value) {
    if let Some(fields) = node.as_object_mut() {
        fields.insert(field.to_owned(), value);
    }
}

fn add_child(node: &mut Value, child: usize) {
    if let Some(fields) = node.as_object_mut() {
        let children = fields.entry("children").or_insert_with(|| json!([]));
        if let Some(children) = children.as_array_mut() {
            children.push(json!(child));
        }
    }
}

/// Whether a node can do what the bone does: take over all of its parent's transform.
pub fn follows_fully(bone: &Bone) -> bool {
    let usual = Inherits {
        rotation: true,
        scale: InheritScale::Full,
        local_location: true,
    };
    Inherits::of(bone) == usual
}
