//! What must hold for every version of the figure, checked before it is written.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use glam::{DMat4, DVec3};

use crate::bones::{BONES, Bone};
use crate::mesh::{Corner, Mesh};

/// Metres, and also lengths of unit axes.
const NEAR: f64 = 1e-9;

/// The table is a tree in order, connected bones touch, and the sides are mirror images.
pub fn skeleton() -> Result<()> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for bone in BONES.iter() {
        ensure!(seen.insert(&bone.name), "{} is there twice", bone.name);
        ensure!(
            bone.parent.as_deref().is_none_or(|p| seen.contains(p)),
            "{} is early",
            bone.name
        );
        if bone.connected {
            let parent = named(bone.parent.as_deref().unwrap_or_default())?;
            ensure!(
                parent.tail.distance(bone.head) < NEAR,
                "{} is not connected",
                bone.name
            );
        }
        let across = DVec3::new(-1.0, 1.0, 1.0);
        let other = named(&bone.name.replace(".L", ".R"))?;
        if bone.name.ends_with(".L") {
            // Mirrored in space and in the bone's own X: the same channels give the mirror image.
            let mirror = DMat4::from_scale(across);
            let want = mirror * bone.armature_from_bone() * mirror;
            ensure!(
                other.armature_from_bone().abs_diff_eq(want, NEAR),
                "{} differs",
                other.name
            );
        } else if other.name == bone.name && !bone.name.ends_with(".R") {
            ensure!(
                bone.head.x == 0.0 && bone.tail.x == 0.0,
                "{} is aside",
                bone.name
            );
        }
    }
    Ok(())
}

/// Every corner has a mirror image with the same normal and the same weights on the other side.
pub fn mirrored(mesh: &Mesh) -> Result<()> {
    let mut cells: BTreeMap<[i64; 3], Vec<&Corner>> = BTreeMap::new();
    for corner in &mesh.corners {
        cells
            .entry(cell(corner.position, DVec3::ZERO))
            .or_default()
            .push(corner);
    }
    let steps = [-0.5, 0.5];
    let around: Vec<DVec3> = steps
        .iter()
        .flat_map(|x| {
            steps
                .iter()
                .flat_map(move |y| steps.map(|z| DVec3::new(*x, *y, z)))
        })
        .collect();
    for corner in &mesh.corners {
        let image = flipped(corner);
        let near = around
            .iter()
            .filter_map(|step| cells.get(&cell(image.position, *step)));
        ensure!(
            near.flatten().any(|other| alike(&image, other)),
            "no mirror image at {}",
            corner.position
        );
        let sum: u32 = corner.weights.iter().map(|w| u32::from(*w)).sum();
        ensure!(
            sum == 255 && corner.normal.is_normalized(),
            "a corner is held badly"
        );
        ensure!(corner.position.z > -1e-4, "a corner is below the floor");
    }
    Ok(())
}

/// The cell of a grid of tenths of millimetres, `step` cells aside.
fn cell(p: DVec3, step: DVec3) -> [i64; 3] {
    (p * 1e4 + step).floor().to_array().map(|v| v as i64)
}

fn flipped(corner: &Corner) -> Corner {
    let across = DVec3::new(-1.0, 1.0, 1.0);
    Corner {
        position: corner.position * across,
        normal: corner.normal * across,
        ..*corner
    }
}

fn alike(image: &Corner, other: &Corner) -> bool {
    let held = |corner: &Corner, swap: bool| -> Vec<(String, u8)> {
        let names = corner.joints.iter().map(|joint| {
            let name = BONES
                .get(usize::from(*joint))
                .map_or("", |bone| bone.name.as_str());
            if swap {
                other_side(name)
            } else {
                name.to_owned()
            }
        });
        names
            .zip(corner.weights)
            .filter(|(_, weight)| *weight > 0)
            .collect()
    };
    image.position.distance(other.position) < 1e-7
        && image.normal.distance(other.normal) < 1e-5
        && held(image, true) == held(other, false)
}

fn other_side(name: &str) -> String {
    match (name.strip_suffix(".L"), name.strip_suffix(".R")) {
        (Some(stem), _) => format!("{stem}.R"),
        (_, Some(stem)) => format!("{stem}.L"),
        _ => name.to_owned(),
    }
}

fn named(name: &str) -> Result<&'static Bone> {
    BONES
        .iter()
        .find(|bone| bone.name == name)
        .with_context(|| format!("no bone {name}"))
}
