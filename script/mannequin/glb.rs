//! Writes the figure as one plain glTF 2.0 file: a skin, a mesh, a material and its picture.
//!
//! glTF is Y up and faces +Z, the editor is Z up and faces -Y. The nodes are written so that the one
//! constant turn of the importer, from the left, gives back the table's rest matrices.

use std::io::Cursor;

use anyhow::{Context, Result};
use glam::{DMat4, DVec3};
use image::{RgbImage, codecs::jpeg::JpegEncoder};
use serde_json::{Value, json};

use crate::bones::{BONES, Bone};
use crate::mesh::{Corner, Mesh};

const FLOAT: u32 = 5126;
const BYTE: u32 = 5121;
const SHORT: u32 = 5123;
const JPEG_QUALITY: u8 = 92;

/// glTF space from the editor's space: (x, y, z) becomes (x, z, -y).
fn y_up() -> DMat4 {
    DMat4::from_cols_array_2d(&[
        [1.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, -1.0, 0.0],
        [0.0, 1.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 1.0],
    ])
}

/// The binary chunk and the tables that point into it.
#[derive(Default)]
struct Buffers {
    bytes: Vec<u8>,
    views: Vec<Value>,
    accessors: Vec<Value>,
}

impl Buffers {
    /// Adds a view; returns its index.
    fn view(&mut self, bytes: &[u8], target: Option<u32>) -> usize {
        let mut view = json!({
            "buffer": 0, "byteOffset": self.bytes.len(), "byteLength": bytes.len()
        });
        if let Some(target) = target {
            view["target"] = json!(target);
        }
        self.bytes.extend_from_slice(bytes);
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        self.views.push(view);
        self.views.len() - 1
    }

    /// Adds an accessor over a view of its own; `more` is merged into it. Returns its index.
    fn accessor(&mut self, bytes: &[u8], target: Option<u32>, mut accessor: Value) -> usize {
        accessor["bufferView"] = json!(self.view(bytes, target));
        self.accessors.push(accessor);
        self.accessors.len() - 1
    }

    /// Adds one value for every corner. Returns the accessor's index.
    fn vertices<T: bytemuck::NoUninit>(&mut self, values: &[T], mut accessor: Value) -> usize {
        accessor["count"] = json!(values.len());
        self.accessor(bytemuck::cast_slice(values), Some(34962), accessor)
    }
}

/// The whole file.
pub fn write(mesh: &Mesh, picture: &RgbImage) -> Result<Vec<u8>> {
    let mut buffers = Buffers::default();
    let primitive = primitive(&mut buffers, mesh)?;
    let inverse: Vec<f32> = BONES
        .iter()
        .flat_map(|bone| {
            (y_up() * bone.armature_from_bone())
                .inverse()
                .as_mat4()
                .to_cols_array()
        })
        .collect();
    let inverse = buffers.accessor(
        bytemuck::cast_slice(&inverse),
        None,
        json!({ "componentType": FLOAT, "count": BONES.len(), "type": "MAT4" }),
    );
    let mut jpeg = Cursor::new(Vec::new());
    JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY).encode_image(picture)?;
    let image = buffers.view(&jpeg.into_inner(), None);
    let (nodes, joints, top) = nodes()?;
    let tree = json!({
        "asset": { "version": "2.0", "generator": "Keypose script/mannequin" },
        "scene": 0,
        "scenes": [{ "name": "Scene", "nodes": [top] }],
        "nodes": nodes,
        "meshes": [{ "name": "lay_figure_mesh", "primitives": [primitive] }],
        "skins": [{
            "name": "lay_figure",
            "skeleton": joints.first(),
            "joints": joints,
            "inverseBindMatrices": inverse,
        }],
        "materials": [material()],
        "textures": [{ "source": 0, "sampler": 0 }],
        "samplers": [{ "magFilter": 9729, "minFilter": 9987, "wrapS": 33071, "wrapT": 33071 }],
        "images": [{ "name": "wood", "mimeType": "image/jpeg", "bufferView": image }],
        "accessors": buffers.accessors,
        "bufferViews": buffers.views,
        "buffers": [{ "byteLength": buffers.bytes.len() }],
    });
    pack(&tree, &buffers.bytes)
}

/// Waxed wood, neither glossy nor chalky.
fn material() -> Value {
    json!({
        "name": "wood",
        "pbrMetallicRoughness": {
            "baseColorTexture": { "index": 0 },
            "metallicFactor": 0.0,
            "roughnessFactor": 0.55,
        },
    })
}

fn primitive(buffers: &mut Buffers, mesh: &Mesh) -> Result<Value> {
    let positions = turned(mesh, |corner| corner.position);
    let bound = |pick: fn(f32, f32) -> f32| {
        positions
            .iter()
            .copied()
            .reduce(|a, b| std::array::from_fn(|i| pick(a[i], b[i])))
    };
    let mut at = json!({ "componentType": FLOAT, "type": "VEC3" });
    let normal = buffers.vertices(&turned(mesh, |corner| corner.normal), at.clone());
    (at["min"], at["max"]) = (json!(bound(f32::min)), json!(bound(f32::max)));
    let position = buffers.vertices(&positions, at);
    let share = |v: f64| (v * 65535.0).round() as u16;
    let uvs: Vec<[u16; 2]> = mesh
        .corners
        .iter()
        .map(|corner| corner.uv.to_array().map(share))
        .collect();
    let uv = buffers.vertices(
        &uvs,
        json!({ "componentType": SHORT, "normalized": true, "type": "VEC2" }),
    );
    let joints: Vec<[u8; 4]> = mesh.corners.iter().map(|corner| corner.joints).collect();
    let joints = buffers.vertices(&joints, json!({ "componentType": BYTE, "type": "VEC4" }));
    let weights: Vec<[u8; 4]> = mesh.corners.iter().map(|corner| corner.weights).collect();
    let weights = buffers.vertices(
        &weights,
        json!({ "componentType": BYTE, "normalized": true, "type": "VEC4" }),
    );
    let indices = mesh.triangles.iter().flatten().map(|i| u16::try_from(*i));
    let indices = indices
        .collect::<Result<Vec<u16>, _>>()
        .context("too many corners")?;
    let corners = buffers.accessor(
        bytemuck::cast_slice(&indices),
        Some(34963),
        json!({ "componentType": SHORT, "count": indices.len(), "type": "SCALAR" }),
    );
    Ok(json!({
        "attributes": {
            "POSITION": position, "NORMAL": normal, "TEXCOORD_0": uv,
            "JOINTS_0": joints, "WEIGHTS_0": weights,
        },
        "indices": corners,
        "material": 0,
    }))
}

/// One vector of every corner, in the file's axes.
fn turned(mesh: &Mesh, pick: fn(&Corner) -> DVec3) -> Vec<[f32; 3]> {
    let turn = |corner| y_up().transform_vector3(pick(corner)).as_vec3().to_array();
    mesh.corners.iter().map(turn).collect()
}

/// All nodes, the joints in the table's order, and the node at the top.
fn nodes() -> Result<(Vec<Value>, Vec<usize>, usize)> {
    let (joints, top, body) = (
        (0..BONES.len()).collect::<Vec<_>>(),
        BONES.len(),
        BONES.len() + 1,
    );
    let children = |name: Option<&str>| -> Vec<usize> {
        let of = |(i, bone): (usize, &Bone)| (bone.parent.as_deref() == name).then_some(i);
        BONES.iter().enumerate().filter_map(of).collect()
    };
    let mut nodes = Vec::new();
    for bone in BONES.iter() {
        let above = match &bone.parent {
            Some(name) => BONES
                .iter()
                .find(|other| other.name == *name)
                .with_context(|| format!("{} has no parent {name}", bone.name))?
                .armature_from_bone(),
            None => y_up().inverse(),
        };
        let local = above.inverse() * bone.armature_from_bone();
        let (_, rotation, translation) = local.to_scale_rotation_translation();
        let mut node = json!({
            "name": bone.name,
            "translation": translation.as_vec3().to_array(),
            "rotation": rotation.normalize().as_quat().to_array(),
        });
        let below = children(Some(&bone.name));
        if !below.is_empty() {
            node["children"] = json!(below);
        }
        nodes.push(node);
    }
    let mut below = children(None);
    below.push(body);
    nodes.push(json!({ "name": "lay_figure", "children": below }));
    nodes.push(json!({ "name": "lay_figure_body", "mesh": 0, "skin": 0 }));
    Ok((nodes, joints, top))
}

/// The container: a header, then the tree and the binary data as chunks.
fn pack(tree: &Value, binary: &[u8]) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec(tree)?;
    text.resize(text.len().next_multiple_of(4), b' ');
    let total = 12 + 8 + text.len() + 8 + binary.len();
    let mut file = Vec::with_capacity(total);
    file.extend_from_slice(b"glTF");
    file.extend_from_slice(&2_u32.to_le_bytes());
    file.extend_from_slice(&u32::try_from(total)?.to_le_bytes());
    for (kind, bytes) in [(b"JSON", text.as_slice()), (b"BIN\0", binary)] {
        file.extend_from_slice(&u32::try_from(bytes.len())?.to_le_bytes());
        file.extend_from_slice(kind);
        file.extend_from_slice(bytes);
    }
    Ok(file)
}
