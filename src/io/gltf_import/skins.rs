//! Skins: which nodes are joints, and where meshes stood when they were bound to them.

use glam::Mat4;

use crate::io::gltf_import::accessor::{Accessors, Integers};
use crate::io::gltf_import::json::{At, Fault};
use crate::io::gltf_import::nodes::{Tree, affine};

/// A skin.
#[derive(Clone, Debug)]
pub struct Skin {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Nodes, in the order that vertices refer to.
    pub joints: Vec<usize>,
    /// Joint space from mesh space, one per joint.
    pub joint_from_mesh: Vec<Mat4>,
    /// Whether the shown scene uses it, by a mesh or by showing its joints.
    pub used: bool,
}

/// Reads all skins; only those that are used are checked in depth.
pub fn read(root: &At, accessors: &Accessors, tree: &Tree) -> Result<Vec<Skin>, Fault> {
    let places = root.list("skins", "skin")?;
    let mut used = vec![false; places.len()];
    for &index in &tree.order {
        let Some(node) = tree.node(index).filter(|_| tree.is_shown(index)) else {
            continue;
        };
        let skin = node.mesh.and(node.skin);
        if let Some(slot) = skin.and_then(|skin| used.get_mut(skin)) {
            *slot = true;
        }
    }
    let mut skins = Vec::with_capacity(places.len());
    for (at, used) in places.iter().zip(used) {
        let joints = at.indices("joints", "node", tree.nodes.len())?;
        let used = used || joints.iter().any(|&joint| tree.is_shown(joint));
        let joint_from_mesh = if used {
            bind_matrices(at, accessors, joints.len())?
        } else {
            Vec::new()
        };
        skins.push(Skin {
            name: at.name().map(str::to_owned),
            joints,
            joint_from_mesh,
            used,
        });
    }
    Ok(skins)
}

fn bind_matrices(at: &At, accessors: &Accessors, joints: usize) -> Result<Vec<Mat4>, Fault> {
    if joints == 0 {
        return Err(at.fault("has no joints"));
    }
    let Some(user) = at.get("inverseBindMatrices")? else {
        return Ok(vec![Mat4::IDENTITY; joints]);
    };
    let rows = accessors.floats::<16>(&user, Integers::AsFlagged)?;
    let Some(rows) = rows.get(..joints) else {
        return Err(user.fault(format_args!(
            "has {} matrices for {joints} joints",
            rows.len()
        )));
    };
    let matrices: Vec<Mat4> = rows.iter().map(affine).collect();
    if let Some(joint) = matrices.iter().position(|matrix| !matrix.is_finite()) {
        return Err(user.fault(format_args!("the matrix of joint {joint} is not finite")));
    }
    Ok(matrices)
}
