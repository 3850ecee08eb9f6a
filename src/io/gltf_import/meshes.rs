//! Meshes: one for every node that shows one, with the way it follows its rig.

use std::sync::Arc;

use gltf::Document;

use crate::io::axes::Z_UP;
use crate::io::gltf_import::accessor::Accessors;
use crate::io::gltf_import::forest::Forest;
use crate::io::gltf_import::materials::Materials;
use crate::io::gltf_import::nodes::{Node, Tree};
use crate::io::gltf_import::place::{self, Fault};
use crate::io::gltf_import::primitive::Reader;
use crate::io::gltf_import::skins::Skin;
use crate::io::gltf_import::warnings::Warnings;
use crate::model::id::BoneId;
use crate::model::mesh::{Attachment, Mesh};

/// What an item of a list in the tree costs, compared with a number in a buffer.
pub const LISTED: usize = 16;

/// What meshes are read with.
pub struct Sources<'a, 'b> {
    /// Numbers.
    pub accessors: &'b Accessors<'a>,
    /// Looks.
    pub materials: Materials<'a>,
    /// Nodes.
    pub tree: &'b Tree,
    /// Bones.
    pub forest: &'b Forest,
    /// Bindings.
    pub skins: &'b [Skin],
}

/// The meshes of every rig, in the order in which the scene meets them.
pub fn read(
    document: &Document,
    mut sources: Sources,
    warnings: &mut Warnings,
) -> Result<Vec<Vec<Arc<Mesh>>>, Fault> {
    let mut meshes = vec![Vec::new(); sources.forest.rigs.len()];
    for &index in &sources.tree.order {
        let tree = sources.tree;
        let Some(node) = tree.node(index).filter(|_| tree.is_shown(index)) else {
            continue;
        };
        let Some(mesh) = node.mesh.and_then(|mesh| document.meshes().nth(mesh)) else {
            continue;
        };
        let skin = node.skin.and_then(|skin| sources.skins.get(skin));
        // Thousands of nodes may share one mesh and one skin, of which each gets its own copy.
        sources
            .accessors
            .charge(skin.map_or(0, |skin| skin.joints.len() * 16))?;
        let (rig, attachment) = attach(index, node, skin, sources.forest)?;
        let mesh = read_mesh(&mesh, node, skin, attachment, &mut sources, warnings)?;
        if let Some(list) = meshes.get_mut(rig).filter(|_| !mesh.primitives.is_empty()) {
            list.push(Arc::new(mesh));
        }
    }
    Ok(meshes)
}

/// Which rig a node's mesh belongs to, and how it follows it.
fn attach(
    index: usize,
    node: &Node,
    skin: Option<&Skin>,
    forest: &Forest,
) -> Result<(usize, Attachment), Fault> {
    if let Some(skin) = skin {
        let bone = |&joint: &usize| forest.place(joint);
        let places: Option<Vec<_>> = skin.joints.iter().map(bone).collect();
        let places =
            places.ok_or_else(|| format!("node {index}: a joint of its skin is no bone"))?;
        let attachment = Attachment::Skin {
            joints: places.iter().map(|place| BoneId::new(place.bone)).collect(),
            joint_from_mesh: skin.joint_from_mesh.clone(),
        };
        return Ok((places.first().map_or(0, |place| place.rig), attachment));
    }
    let attached = match forest.carrier(index) {
        Some((place, bone_from_mesh)) => {
            let bone = BoneId::new(place.bone);
            (
                place.rig,
                Attachment::Bone {
                    bone,
                    bone_from_mesh,
                },
            )
        }
        None => {
            let armature_from_mesh = Z_UP * node.scene_from_node;
            (0, Attachment::Armature { armature_from_mesh })
        }
    };
    Ok(attached)
}

fn read_mesh(
    mesh: &gltf::Mesh,
    node: &Node,
    skin: Option<&Skin>,
    attachment: Attachment,
    sources: &mut Sources,
    warnings: &mut Warnings,
) -> Result<Mesh, Fault> {
    let place = format!("mesh {}", mesh.index());
    let weights = match node.weights.as_slice() {
        [] => mesh.weights().unwrap_or_default(),
        own => own,
    };
    place::finite(format_args!("{place}, weights"), weights)?;
    let listed = mesh.primitives();
    sources
        .accessors
        .charge((weights.len() + listed.len()) * LISTED)?;
    let mut reader = Reader {
        accessors: sources.accessors,
        materials: &mut sources.materials,
        warnings,
        weights,
        joints: skin.map(|skin| skin.joints.len()),
    };
    let mut primitives = Vec::new();
    for primitive in listed {
        let place = format!("{place}, primitive {}", primitive.index());
        primitives.extend(reader.read(&primitive, &place)?);
    }
    let name = node.name.as_deref().or(place::name(mesh.name()));
    Ok(Mesh {
        name: name.map_or_else(|| format!("mesh_{}", mesh.index()), str::to_owned),
        primitives,
        attachment,
    })
}
