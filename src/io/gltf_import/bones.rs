//! Armatures out of nodes: names, frames and tails of bones.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use glam::Mat3;

use crate::io::axes::Z_UP;
use crate::io::gltf_import::forest::Forest;
use crate::io::gltf_import::nodes::Tree;
use crate::io::gltf_import::place;
use crate::io::gltf_import::skins::Skin;
use crate::io::gltf_import::tails::{self, Joint};
use crate::model::armature::Armature;
use crate::model::bone::Bone;
use crate::model::document::unique_name;
use crate::model::id::BoneId;
use crate::model::mesh::{Attachment, Mesh};

/// The armature of a rig, its bones without length yet.
pub fn armature(tree: &Tree, forest: &Forest, rig: usize) -> Armature {
    let nodes = forest.rigs.get(rig).map_or(&[][..], Vec::as_slice);
    let mut names = Names::default();
    let mut bones: Vec<Bone> = Vec::with_capacity(nodes.len());
    for &index in nodes {
        let Some(node) = tree.node(index) else {
            continue;
        };
        let frame = Z_UP * node.scene_from_node;
        let parent = node.parent.and_then(|parent| forest.place(parent));
        let wanted = wanted_name(node.name.as_deref(), index);
        bones.push(Bone {
            name: Arc::from(names.unique(&wanted)),
            parent: parent.map(|place| BoneId::new(place.bone)),
            head: frame.w_axis.truncate(),
            frame: Some(frame),
            deform: forest.is_joint.get(index).copied().unwrap_or(false),
            ..Bone::default()
        });
    }
    Armature {
        bones: bones.into_iter().map(Arc::new).collect(),
        ..Armature::default()
    }
}

/// The names that the bones of a rig get by those of their nodes, with the numbers of the nodes.
pub(in crate::io) fn imported_names<'a>(
    nodes: impl Iterator<Item = (Option<&'a str>, u32)>,
) -> Vec<String> {
    let mut names = Names::default();
    let named = nodes.map(|(name, node)| names.unique(&wanted_name(place::name(name), node)));
    named.collect()
}

fn wanted_name(name: Option<&str>, node: impl std::fmt::Display) -> String {
    name.map_or_else(|| format!("node_{node}"), str::to_owned)
}

/// Gives bones their tails; the meshes help to guess how long they are.
pub fn set_tails(armature: &mut Armature, meshes: &[Arc<Mesh>]) {
    let joint = |bone: &Arc<Bone>| Joint {
        parent: bone.parent.map(BoneId::index),
        head: bone.head,
        frame: bone.frame.map_or(Mat3::IDENTITY, Mat3::from_mat4),
    };
    let joints: Vec<Joint> = armature.bones.iter().map(joint).collect();
    let size = meshes
        .iter()
        .filter_map(|mesh| mesh_size(mesh, &joints))
        .fold(0.0, f32::max);
    for (bone, tail) in armature.bones.iter_mut().zip(tails::tails(&joints, size)) {
        Arc::make_mut(bone).tail = tail;
    }
}

/// The longest side of a mesh, armature space, roughly.
fn mesh_size(mesh: &Mesh, joints: &[Joint]) -> Option<f32> {
    let (min, max) = mesh.bounds()?;
    let (bone, own) = match &mesh.attachment {
        Attachment::Skin {
            joints,
            joint_from_mesh,
        } => (*joints.first()?, *joint_from_mesh.first()?),
        Attachment::Bone {
            bone,
            bone_from_mesh,
        } => (*bone, *bone_from_mesh),
        Attachment::Armature { .. } => return None,
    };
    let frame = joints.get(bone.index())?.frame * Mat3::from_mat4(own);
    let size = (frame * (max - min)).abs().max_element();
    size.is_finite().then_some(size)
}

/// Names that are taken, and how far each was counted.
#[derive(Default)]
struct Names {
    taken: BTreeSet<String>,
    last: BTreeMap<String, String>,
}

impl Names {
    /// `wanted`, or with a number that is free. Counting goes on where it last stopped, so that
    /// thousands of equal names take no longer than others.
    fn unique(&mut self, wanted: &str) -> String {
        // Numbered names are shortened to this many bytes before their number.
        const ROOM: usize = 59;
        let numbered =
            |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        let base = match wanted.rsplit_once('.') {
            Some((base, digits)) if numbered(digits) => base,
            _ => wanted,
        };
        let base = base.get(..base.floor_char_boundary(ROOM)).unwrap_or(base);
        let free = unique_name(wanted, |_| false);
        let name = if self.taken.contains(&free) {
            let from = self.last.get(base).unwrap_or(&free);
            let name = unique_name(from, |name| self.taken.contains(name));
            self.last.insert(base.to_owned(), name.clone());
            name
        } else {
            free
        };
        self.taken.insert(name.clone());
        name
    }
}

/// What a rig is called: the node that holds its bones, its skin, or the file.
pub fn rig_name(tree: &Tree, forest: &Forest, skins: &[Skin], rig: usize, path: &Path) -> String {
    let first = forest.rigs.get(rig).and_then(|nodes| nodes.first());
    let is_joint = |node: &usize| forest.is_joint.get(*node) == Some(&true);
    let own_skin = |skin: &&Skin| {
        let joint = skin.joints.first().and_then(|&joint| forest.place(joint));
        skin.used && joint.is_some_and(|place| place.rig == rig)
    };
    // A parent that is a root of the scene is mostly called "root" or "Armature": the others know better.
    let holder = first
        .filter(|node| is_joint(node))
        .and_then(|&node| tree.node(tree.node(node)?.parent?))
        .filter(|holder| holder.parent.is_some())
        .and_then(|holder| holder.name.clone());
    holder
        .or_else(|| {
            skins
                .iter()
                .filter(own_skin)
                .find_map(|skin| skin.name.clone())
        })
        .or_else(|| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "Rig".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_counted_up() {
        let mut names = Names::default();
        let given = ["arm", "arm", "arm.001", "leg", "arm"].map(|name| names.unique(name));
        assert_eq!(given, ["arm", "arm.001", "arm.002", "leg", "arm.003"]);
    }

    #[test]
    fn thousands_of_equal_names_take_no_time() {
        let mut names = Names::default();
        for _ in 0..20_000 {
            names.unique("bone");
        }
        assert_eq!(names.unique("bone"), "bone.20000");
    }
}
