//! A rest pose that was changed after its model had been read: the nodes of bones, the bind matrices of skins,
//! and the nodes that bones carry.
//!
//! With `R` for a bone's rest in the scene and `L` for its node: the node above it is where `R · L⁻¹` of the
//! file says, carried along by the bone above.

use std::collections::{BTreeMap, BTreeSet};

use glam::{DMat4, Mat4};
use serde_json::{Map, Value, json};

use crate::io::gltf_check;
use crate::io::gltf_clip::Rest;
use crate::io::gltf_export::animation::File;
use crate::io::gltf_export::container::count;
use crate::io::gltf_export::data::Data;
use crate::io::gltf_export::json_text::JsonText;
use crate::io::gltf_export::plain;
use crate::io::gltf_export::plan::Member;
use crate::io::gltf_export::report::Report;
use crate::model::bone::{Bone, Rebound};
use crate::model::rig::Rig;

/// Whether the rest of any bone is another one than its file has.
pub fn is_changed(members: &[Member]) -> bool {
    let mut bones = members.iter().flat_map(|it| &it.figure.rig.armature.bones);
    bones.any(|bone| bone.rebound.is_some())
}

/// How the node of a bone rests; `node` is the node of its file.
pub fn of_bone(rig: &Rig, bone: usize, node: &Value) -> Rest {
    let bones = &rig.armature.bones;
    let own = bones.get(bone).filter(|bone| bone.rebound.is_some());
    match own {
        Some(own) => {
            let parent = own.parent.and_then(|parent| bones.get(parent.index()));
            let local = local(own, parent.map(AsRef::as_ref), node);
            Rest::from_matrix(&local.as_mat4().to_cols_array_2d())
        }
        None => Rest::of_node(node),
    }
}

fn local(bone: &Bone, parent: Option<&Bone>, node: &Value) -> DMat4 {
    let (now, before) = rests(bone);
    let mut above = before * matrix_of(node).inverse();
    if let Some(parent) = parent {
        let (now, before) = rests(parent);
        above = now * before.inverse() * above;
    }
    above.inverse() * now
}

/// The rest of a bone now, and as its file has it; armature from bone.
fn rests(bone: &Bone) -> (DMat4, DMat4) {
    let now = bone.armature_from_bone().as_dmat4();
    let bound = bone.rebound.as_deref().unwrap_or(&Rebound::NONE);
    (now, now * bound.bone_from_bound.as_dmat4())
}

/// The matrix of a node of a file.
fn matrix_of(node: &Value) -> DMat4 {
    let given = node.get("matrix").and_then(Value::as_array);
    let numbers: Option<Vec<f64>> =
        given.map(|list| list.iter().filter_map(Value::as_f64).collect());
    match numbers.as_deref().map(<[f64; 16]>::try_from) {
        Some(Ok(columns)) => DMat4::from_cols_array(&columns),
        _ => {
            let rest = Rest::of_node(node);
            DMat4::from_scale_rotation_translation(rest.scale, rest.rotation, rest.translation)
        }
    }
}

/// Writes the new rest into the text; gives the nodes that were written anew.
pub fn write(
    text: &mut JsonText,
    (file, members): (File, &[Member]),
    data: &mut Data,
    report: &mut Report,
) -> BTreeSet<u32> {
    let mut writer = Writer {
        file,
        bones: bones(members),
        written: BTreeMap::new(),
        added: Vec::new(),
    };
    for (&node, &(member, bone)) in &writer.bones.clone() {
        if let Some(member) = members.get(member) {
            writer.bone(node, member.figure.rig, bone, report);
        }
    }
    let Writer { written, added, .. } = writer;
    let list = text.member(&text.root(), "nodes");
    let spans = list.map(|list| text.items(&list.value)).unwrap_or_default();
    for (node, value) in &written {
        if let Some(span) = usize::try_from(*node).ok().and_then(|node| spans.get(node)) {
            text.replace(span.clone(), Value::Object(value.clone()).to_string());
        }
    }
    text.append("nodes", &added);
    skins(text, (file, members), data, report);
    written.into_keys().collect()
}

/// Member and bone of every node that is a bone.
fn bones(members: &[Member]) -> BTreeMap<u32, (usize, usize)> {
    let mut found = BTreeMap::new();
    for (place, member) in members.iter().enumerate() {
        for (bone, node) in member.figure.nodes.iter().enumerate() {
            found.insert(*node, (place, bone));
        }
    }
    found
}

struct Writer<'a> {
    file: File<'a>,
    bones: BTreeMap<u32, (usize, usize)>,
    written: BTreeMap<u32, Map<String, Value>>,
    added: Vec<String>,
}

impl Writer<'_> {
    fn node(&self, number: u32) -> Option<&Map<String, Value>> {
        let number = usize::try_from(number).ok()?;
        self.file.tree.get("nodes")?.get(number)?.as_object()
    }

    /// Writes the node of a bone, and those that it carries.
    fn bone(&mut self, number: u32, rig: &Rig, bone: usize, report: &mut Report) {
        let Some(own) = rig.armature.bones.get(bone) else {
            return;
        };
        let (Some(rebound), Some(node)) = (&own.rebound, self.node(number).cloned()) else {
            return;
        };
        let rest = of_bone(rig, bone, &Value::Object(node.clone()));
        if rest.sheared {
            report.warn(format!(
                "{} of {} is sheared at rest, which no node can be: it is a little out of shape in the file",
                own.name, rig.name
            ));
        }
        let mut node = placed(node, &rest);
        let carried = rebound.bone_from_carried.as_dmat4();
        let children = node.get("children").and_then(Value::as_array);
        let children: Vec<u32> = children
            .into_iter()
            .flatten()
            .filter_map(number_of)
            .collect();
        for child in children {
            self.carry(child, carried);
        }
        if node.contains_key("mesh") && !node.contains_key("skin") {
            self.part(&mut node, carried);
        }
        self.written.insert(number, node);
    }

    /// Keeps a node where it is that its bone carries; one with bones below goes along with its bone.
    fn carry(&mut self, number: u32, carried: DMat4) {
        let Some(node) = self.node(number).cloned() else {
            return;
        };
        if self.has_bone(number, 0) {
            return;
        }
        let local = carried * matrix_of(&Value::Object(node.clone()));
        let rest = Rest::from_matrix(&local.as_mat4().to_cols_array_2d());
        self.written.insert(number, placed(node, &rest));
    }

    fn has_bone(&self, number: u32, depth: usize) -> bool {
        let below = || {
            let children = self.node(number)?.get("children")?.as_array()?;
            let mut children = children.iter().filter_map(number_of);
            // Deeper than any sound file: no reason to go on.
            Some(depth < 256 && children.any(|child| self.has_bone(child, depth + 1)))
        };
        self.bones.contains_key(&number) || below().unwrap_or(false)
    }

    /// Gives the mesh of a bone's own node a node below it.
    fn part(&mut self, node: &mut Map<String, Value>, carried: DMat4) {
        let name = node.get("name").and_then(Value::as_str).unwrap_or("mesh");
        let mut own = Map::new();
        own.insert("name".to_owned(), json!(format!("{name} mesh")));
        for field in ["mesh", "weights"] {
            if let Some(value) = node.shift_remove(field) {
                own.insert(field.to_owned(), value);
            }
        }
        let rest = Rest::from_matrix(&carried.as_mat4().to_cols_array_2d());
        let index = count(self.file.tree, "nodes") + self.added.len();
        self.added
            .push(Value::Object(placed(own, &rest)).to_string());
        let children = node.entry("children").or_insert_with(|| json!([]));
        if let Some(children) = children.as_array_mut() {
            children.push(json!(index));
        }
    }
}

fn number_of(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

/// A node with another place.
fn placed(mut node: Map<String, Value>, rest: &Rest) -> Map<String, Value> {
    for field in ["matrix", "translation", "rotation", "scale"] {
        node.shift_remove(field);
    }
    for (field, value) in plain::fields(rest) {
        node.insert(field.to_owned(), value);
    }
    node
}

/// Gives skins bind matrices that fit the new rest.
fn skins(
    text: &mut JsonText,
    (file, members): (File, &[Member]),
    data: &mut Data,
    report: &mut Report,
) {
    let bones = bones(members);
    let bound = |node: u32| {
        let (member, bone) = bones.get(&node)?;
        let bones = &members.get(*member)?.figure.rig.armature.bones;
        Some(bones.get(*bone)?.rebound.as_ref()?.bone_from_bound)
    };
    let list = text.member(&text.root(), "skins");
    let spans = list.map(|list| text.items(&list.value)).unwrap_or_default();
    let entries = file.tree.get("skins").and_then(Value::as_array);
    for (span, skin) in spans.into_iter().zip(entries.into_iter().flatten()) {
        let joints = skin.get("joints").and_then(Value::as_array);
        let joints: Vec<u32> = joints.into_iter().flatten().filter_map(number_of).collect();
        if !joints.iter().any(|joint| bound(*joint).is_some()) {
            continue;
        }
        let Some(matrices) = bind_matrices(skin, file, joints.len()) else {
            report.warn("The bind matrices of a skin could not be read: it keeps those of the old rest pose");
            continue;
        };
        let rows = joints.iter().zip(matrices);
        let new = rows.flat_map(|(joint, matrix)| {
            let bound = bound(*joint).unwrap_or(Mat4::IDENTITY);
            affine(bound * matrix).to_cols_array()
        });
        let accessor = data.matrices(&new.collect::<Vec<f32>>());
        text.set(&span, "inverseBindMatrices", &accessor.to_string());
    }
}

/// The bottom row of a bind matrix is told exactly by the format.
fn affine(mut matrix: Mat4) -> Mat4 {
    matrix.x_axis.w = 0.0;
    matrix.y_axis.w = 0.0;
    matrix.z_axis.w = 0.0;
    matrix.w_axis.w = 1.0;
    matrix
}

/// The bind matrices of a skin of a file.
fn bind_matrices(skin: &Value, file: File, joints: usize) -> Option<Vec<Mat4>> {
    let Some(index) = skin.get("inverseBindMatrices") else {
        return Some(vec![Mat4::IDENTITY; joints]);
    };
    let index = usize::try_from(index.as_u64()?).ok()?;
    let accessor = file.tree.get("accessors")?.get(index)?;
    if accessor.get("componentType").and_then(Value::as_u64) != Some(5126) {
        return None;
    }
    let bytes = gltf_check::element_bytes(accessor, file.tree, file.buffers)?;
    let (words, _) = bytes.as_chunks::<4>();
    let numbers: Vec<f32> = words.iter().map(|word| f32::from_le_bytes(*word)).collect();
    let (matrices, _) = numbers.as_chunks::<16>();
    let matrices: Vec<Mat4> = matrices.iter().map(Mat4::from_cols_array).collect();
    (matrices.len() >= joints).then_some(matrices)
}
