//! The node tree of a file: checked to be a tree, with every node's transform in scene space.
//!
//! Nothing here is recursive: a chain of nodes may be as long as the file likes.

use glam::{Mat4, Quat};
use gltf::Document;
use gltf::scene::Transform;

use crate::io::gltf_clip::Rest;
use crate::io::gltf_import::place::{self, Fault};
use crate::io::gltf_import::warnings::Warnings;

/// A node.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// The node whose child it is.
    pub parent: Option<usize>,
    /// In the order of the file.
    pub children: Vec<usize>,
    /// Parent space from node space.
    pub parent_from_node: Mat4,
    /// Its own translation, rotation and scale.
    pub rest: Rest,
    /// glTF scene space from node space.
    pub scene_from_node: Mat4,
    /// The mesh that it carries.
    pub mesh: Option<usize>,
    /// The skin that deforms this mesh.
    pub skin: Option<usize>,
    /// Weights of the mesh's morph targets, instead of the mesh's own; empty: none given.
    pub weights: Vec<f32>,
}

/// All nodes of a file.
#[derive(Clone, Debug)]
pub struct Tree {
    /// By their index in the file.
    pub nodes: Vec<Node>,
    /// Every node, parents before children, depth first, those of the shown scene before others.
    pub order: Vec<usize>,
    /// Whether the node belongs to the shown scene.
    pub shown: Vec<bool>,
}

impl Tree {
    /// Reads and checks the nodes of a tree.
    pub fn read(document: &Document, warnings: &mut Warnings) -> Result<Self, Fault> {
        let mut nodes = Vec::with_capacity(document.nodes().len());
        for node in document.nodes() {
            nodes.push(read_node(&node)?);
        }
        set_parents(&mut nodes)?;
        let tops = scene_tops(document, &nodes, warnings)?;
        let order = depth_first(&nodes, &tops)?;
        set_scene_transforms(&mut nodes, &order)?;
        let shown = mark_shown(&nodes, &order, &tops);
        let left_out = shown.iter().filter(|&&shown| !shown).count();
        if left_out > 0 {
            warnings.add(format!(
                "{left_out} nodes that are not in the main scene are left out"
            ));
        }
        Ok(Self {
            nodes,
            order,
            shown,
        })
    }

    /// The node, if it exists.
    pub fn node(&self, index: usize) -> Option<&Node> {
        self.nodes.get(index)
    }

    /// Whether the node belongs to the shown scene.
    pub fn is_shown(&self, index: usize) -> bool {
        self.shown.get(index).copied().unwrap_or(false)
    }
}

fn read_node(node: &gltf::Node) -> Result<Node, Fault> {
    let weights = node.weights().unwrap_or_default();
    let place = format!("node {}", node.index());
    place::finite(format_args!("{place}, weights"), weights)?;
    Ok(Node {
        name: place::name(node.name()).map(str::to_owned),
        parent: None,
        children: node.children().map(|child| child.index()).collect(),
        parent_from_node: transform(&place, node.transform())?,
        rest: rest(node.transform()),
        scene_from_node: Mat4::IDENTITY,
        mesh: node.mesh().map(|mesh| mesh.index()),
        skin: node.skin().map(|skin| skin.index()),
        weights: weights.to_vec(),
    })
}

fn transform(place: &str, transform: Transform) -> Result<Mat4, Fault> {
    let (translation, rotation, scale) = match transform {
        Transform::Matrix { matrix } => {
            place::finite(format_args!("{place}, matrix"), matrix.as_flattened())?;
            return Ok(affine(&Mat4::from_cols_array_2d(&matrix)));
        }
        Transform::Decomposed {
            translation,
            rotation,
            scale,
        } => (translation, rotation, scale),
    };
    place::finite(format_args!("{place}, translation"), &translation)?;
    place::finite(format_args!("{place}, rotation"), &rotation)?;
    place::finite(format_args!("{place}, scale"), &scale)?;
    let rotation = Quat::from_array(rotation);
    let length = rotation.length();
    // Quantised or careless rotations are not of unit length, and one of all zeros means none.
    let rotation = if length.is_normal() {
        rotation / length
    } else {
        Quat::IDENTITY
    };
    Ok(Mat4::from_scale_rotation_translation(
        scale.into(),
        rotation,
        translation.into(),
    ))
}

fn rest(transform: Transform) -> Rest {
    match transform {
        Transform::Matrix { matrix } => Rest::from_matrix(&matrix),
        Transform::Decomposed {
            translation,
            rotation,
            scale,
        } => Rest::new(translation, rotation, scale),
    }
}

/// A matrix whose last row is what it must be, however the file rounded it.
pub fn affine(matrix: &Mat4) -> Mat4 {
    Mat4::from_cols(
        matrix.x_axis.truncate().extend(0.0),
        matrix.y_axis.truncate().extend(0.0),
        matrix.z_axis.truncate().extend(0.0),
        matrix.w_axis.truncate().extend(1.0),
    )
}

fn set_parents(nodes: &mut [Node]) -> Result<(), Fault> {
    let links: Vec<(usize, usize)> = nodes
        .iter()
        .enumerate()
        .flat_map(|(parent, node)| node.children.iter().map(move |&child| (parent, child)))
        .collect();
    for (parent, child) in links {
        let Some(node) = nodes.get_mut(child) else {
            continue;
        };
        if let Some(other) = node.parent.replace(parent) {
            return Err(format!(
                "node {child}: is a child of node {other} and again of node {parent}"
            ));
        }
    }
    Ok(())
}

/// The nodes that the main scene lists; all nodes without a parent if there is no scene, or an empty one.
fn scene_tops(
    document: &Document,
    nodes: &[Node],
    warnings: &mut Warnings,
) -> Result<Vec<usize>, Fault> {
    // The crate's default scene must exist; that of a file without scenes may be any number.
    let main = document.as_json().scene.map_or(0, |scene| scene.value());
    let scene = document.scenes().nth(main);
    let listed: Vec<usize> = scene
        .iter()
        .flat_map(|scene| scene.nodes().map(|node| node.index()))
        .collect();
    if !listed.is_empty() {
        return Ok(listed);
    }
    if scene.is_some() {
        warnings.add(format!(
            "scene {main} is empty; all nodes of the file are shown"
        ));
    }
    let without_parent = |(index, node): (usize, &Node)| node.parent.is_none().then_some(index);
    Ok(nodes
        .iter()
        .enumerate()
        .filter_map(without_parent)
        .collect())
}

/// Every node, parents first, beginning with the trees that the scene lists.
fn depth_first(nodes: &[Node], tops: &[usize]) -> Result<Vec<usize>, Fault> {
    let mut order = Vec::with_capacity(nodes.len());
    let mut visited = vec![false; nodes.len()];
    for start in tops.iter().copied().chain(0..nodes.len()) {
        if nodes.get(start).is_none_or(|node| node.parent.is_some()) {
            continue;
        }
        let mut stack = vec![start];
        while let Some(index) = stack.pop() {
            let (Some(node), Some(seen)) = (nodes.get(index), visited.get_mut(index)) else {
                continue;
            };
            if std::mem::replace(seen, true) {
                continue;
            }
            order.push(index);
            stack.extend(node.children.iter().rev());
        }
    }
    // With one parent each, a node that no top leads to is in a ring.
    match visited.iter().position(|&seen| !seen) {
        Some(index) => Err(format!(
            "node {index}: is among its own children's children"
        )),
        None => Ok(order),
    }
}

fn set_scene_transforms(nodes: &mut [Node], order: &[usize]) -> Result<(), Fault> {
    for &index in order {
        let Some((parent, local)) = nodes
            .get(index)
            .map(|node| (node.parent, node.parent_from_node))
        else {
            continue;
        };
        let above = parent
            .and_then(|parent| nodes.get(parent))
            .map_or(Mat4::IDENTITY, |node| node.scene_from_node);
        let scene_from_node = above * local;
        if !scene_from_node.is_finite() {
            return Err(format!(
                "node {index}: its transform is too large to compute with"
            ));
        }
        if let Some(node) = nodes.get_mut(index) {
            node.scene_from_node = scene_from_node;
        }
    }
    Ok(())
}

fn mark_shown(nodes: &[Node], order: &[usize], tops: &[usize]) -> Vec<bool> {
    let mut shown = vec![false; nodes.len()];
    for &top in tops {
        if let Some(slot) = shown.get_mut(top) {
            *slot = true;
        }
    }
    for &index in order {
        let parent = nodes.get(index).and_then(|node| node.parent);
        let inherited = parent.and_then(|parent| shown.get(parent)).copied();
        if let Some(slot) = shown.get_mut(index) {
            *slot |= inherited.unwrap_or(false);
        }
    }
    shown
}
