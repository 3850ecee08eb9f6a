//! The node tree of a file: checked to be a tree, with every node's transform in scene space.
//!
//! Nothing here is recursive: a chain of nodes may be as long as the file likes.

use glam::{Mat4, Quat, Vec3};

use crate::io::gltf_import::json::{At, Fault};
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
    pub fn read(root: &At, warnings: &mut Warnings) -> Result<Self, Fault> {
        let places = root.list("nodes", "node")?;
        if places.is_empty() {
            return Err("contains no scene nodes, so there is nothing to show".to_owned());
        }
        let meshes = root.list("meshes", "mesh")?.len();
        let skins = root.list("skins", "skin")?.len();
        let mut nodes = Vec::with_capacity(places.len());
        for at in &places {
            nodes.push(read_node(at, places.len(), meshes, skins)?);
        }
        set_parents(&mut nodes)?;
        let tops = scene_tops(root, &nodes, warnings)?;
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

fn read_node(at: &At, nodes: usize, meshes: usize, skins: usize) -> Result<Node, Fault> {
    Ok(Node {
        name: at.name().map(str::to_owned),
        parent: None,
        children: at.indices("children", "node", nodes)?,
        parent_from_node: transform(at)?,
        scene_from_node: Mat4::IDENTITY,
        mesh: at.index("mesh", "mesh", meshes)?,
        skin: at.index("skin", "skin", skins)?,
        weights: at.floats("weights")?,
    })
}

fn transform(at: &At) -> Result<Mat4, Fault> {
    if let Some(matrix) = at.array::<16>("matrix")? {
        return Ok(affine(&matrix));
    }
    let location = at.array("translation")?.map_or(Vec3::ZERO, Vec3::from);
    let rotation = at
        .array("rotation")?
        .map_or(Quat::IDENTITY, Quat::from_array);
    let scale = at.array("scale")?.map_or(Vec3::ONE, Vec3::from);
    let length = rotation.length();
    // Quantised or careless rotations are not of unit length, and one of all zeros means none.
    let rotation = if length.is_normal() {
        rotation / length
    } else {
        Quat::IDENTITY
    };
    Ok(Mat4::from_scale_rotation_translation(
        scale, rotation, location,
    ))
}

/// A matrix whose last row is what it must be, however the file rounded it.
pub fn affine(columns: &[f32; 16]) -> Mat4 {
    let matrix = Mat4::from_cols_array(columns);
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
fn scene_tops(root: &At, nodes: &[Node], warnings: &mut Warnings) -> Result<Vec<usize>, Fault> {
    let scenes = root.list("scenes", "scene")?;
    let main = match scenes.len() {
        0 => 0,
        count => root.index("scene", "scene", count)?.unwrap_or(0),
    };
    let listed = match scenes.get(main) {
        Some(scene) => scene.indices("nodes", "node", nodes.len())?,
        None => Vec::new(),
    };
    if !listed.is_empty() {
        return Ok(listed);
    }
    if !scenes.is_empty() {
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
