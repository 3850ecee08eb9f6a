//! Skins: which nodes are joints, and where meshes stood when they were bound to them.

use glam::Mat4;
use gltf::Document;

use crate::io::gltf_import::accessor::{Accessors, Integers};
use crate::io::gltf_import::nodes::{Tree, affine};
use crate::io::gltf_import::place::{self, Fault, Within};

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
pub fn read(document: &Document, accessors: &Accessors, tree: &Tree) -> Result<Vec<Skin>, Fault> {
    let mut used = vec![false; document.skins().len()];
    for &index in &tree.order {
        let Some(node) = tree.node(index).filter(|_| tree.is_shown(index)) else {
            continue;
        };
        let skin = node.mesh.and(node.skin);
        if let Some(slot) = skin.and_then(|skin| used.get_mut(skin)) {
            *slot = true;
        }
    }
    let mut skins = Vec::with_capacity(used.len());
    for (skin, used) in document.skins().zip(used) {
        let joints: Vec<usize> = skin.joints().map(|joint| joint.index()).collect();
        let used = used || joints.iter().any(|&joint| tree.is_shown(joint));
        let joint_from_mesh = if used {
            bind_matrices(&skin, accessors, joints.len())?
        } else {
            Vec::new()
        };
        skins.push(Skin {
            name: place::name(skin.name()).map(str::to_owned),
            joints,
            joint_from_mesh,
            used,
        });
    }
    Ok(skins)
}

fn bind_matrices(
    skin: &gltf::Skin,
    accessors: &Accessors,
    joints: usize,
) -> Result<Vec<Mat4>, Fault> {
    if joints == 0 {
        return Err(format!("skin {}: has no joints", skin.index()));
    }
    let Some(accessor) = skin.inverse_bind_matrices() else {
        return Ok(vec![Mat4::IDENTITY; joints]);
    };
    let place = format!("skin {}, inverseBindMatrices", skin.index());
    let rows = accessors.floats::<16>(&accessor, Integers::AsFlagged);
    let rows = rows.within(&place)?;
    let Some(rows) = rows.get(..joints) else {
        let has = rows.len();
        return Err(format!("{place}: has {has} matrices for {joints} joints"));
    };
    let matrix = |row| affine(&Mat4::from_cols_array(row));
    let matrices: Vec<Mat4> = rows.iter().map(matrix).collect();
    match matrices.iter().position(|matrix| !matrix.is_finite()) {
        Some(joint) => Err(format!(
            "{place}: the matrix of joint {joint} is not finite"
        )),
        None => Ok(matrices),
    }
}
