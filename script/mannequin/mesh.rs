//! The figure's one skinned mesh: all pieces, mirrored to the right, with their weights.
//!
//! Everything here is in armature space; the file's axes are the business of `glb`.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use glam::{DVec2, DVec3};

use crate::bones::BONES;
use crate::loft::{Holder, Piece};
use crate::wood::Chart;

/// A corner of the mesh.
#[derive(Clone, Copy, Debug)]
pub struct Corner {
    pub position: DVec3,
    pub normal: DVec3,
    pub uv: DVec2,
    /// Indices into `BONES` and their shares of 255.
    pub joints: [u8; 4],
    pub weights: [u8; 4],
}

/// Corners and triangles, counterclockwise seen from outside.
#[derive(Default)]
pub struct Mesh {
    pub corners: Vec<Corner>,
    pub triangles: Vec<[usize; 3]>,
}

/// Joins all pieces to one mesh.
pub fn build(pieces: &[Piece], charts: &BTreeMap<&'static str, Chart>) -> Result<Mesh> {
    let mut mesh = Mesh::default();
    for piece in pieces {
        let chart = charts
            .get(piece.wood)
            .with_context(|| format!("no chart {}", piece.wood))?;
        let from = (mesh.corners.len(), mesh.triangles.len());
        add(&mut mesh, piece, chart)?;
        let paired = match &piece.holder {
            Holder::Bone(name) => name.ends_with(".L"),
            Holder::Palm => true,
        };
        if paired {
            mirror(&mut mesh, from)?;
        }
    }
    Ok(mesh)
}

fn add(mesh: &mut Mesh, piece: &Piece, chart: &Chart) -> Result<()> {
    let (grid, first) = (piece.grid(), mesh.corners.len());
    let volume: f64 = grid
        .triangles
        .iter()
        .map(|t| t.map(|i| grid.points[i]))
        .map(|[a, b, c]| a.dot(b.cross(c)) / 6.0)
        .sum();
    ensure!(volume > 0.0, "{} is inside out", piece.wood);
    ensure!(piece.is_closed(), "{} is open", piece.wood);
    for ((point, normal), uv) in grid.points.iter().zip(&grid.normals).zip(&grid.uvs) {
        let (joints, weights) = weights(&piece.holder, *point)?;
        mesh.corners.push(Corner {
            position: piece.place.transform_point3(*point),
            normal: piece.place.transform_vector3(*normal).normalize(),
            uv: chart.uv(*uv),
            joints,
            weights,
        });
    }
    mesh.triangles
        .extend(grid.triangles.iter().map(|t| t.map(|i| i + first)));
    Ok(())
}

/// Repeats what was added since `from` on the other side.
fn mirror(mesh: &mut Mesh, from: (usize, usize)) -> Result<()> {
    let made = mesh.corners.len() - from.0;
    for i in from.0..mesh.corners.len() {
        let mut corner = mesh.corners[i];
        corner.position.x = -corner.position.x;
        corner.normal.x = -corner.normal.x;
        for (joint, weight) in corner.joints.iter_mut().zip(corner.weights) {
            if weight > 0 {
                *joint = other_side(*joint)?;
            }
        }
        mesh.corners.push(corner);
    }
    for i in from.1..mesh.triangles.len() {
        let [a, b, c] = mesh.triangles[i].map(|corner| corner + made);
        mesh.triangles.push([a, c, b]);
    }
    Ok(())
}

fn other_side(joint: u8) -> Result<u8> {
    let name = BONES
        .get(usize::from(joint))
        .map_or("", |bone| bone.name.as_str());
    index(&name.replace(".L", ".R"))
}

fn index(name: &str) -> Result<u8> {
    let found = BONES.iter().position(|bone| bone.name == name);
    Ok(u8::try_from(
        found.with_context(|| format!("no bone {name}"))?,
    )?)
}

/// The middle line of each palm bone, across the hand in its bone's space, metres.
const PALM_LINES: [(&str, f64); 4] = [
    ("palm.01.L", -0.027),
    ("palm.02.L", -0.009),
    ("palm.03.L", 0.009),
    ("palm.04.L", 0.026),
];

fn weights(holder: &Holder, point: DVec3) -> Result<([u8; 4], [u8; 4])> {
    let name = match holder {
        Holder::Bone(name) => return Ok(([index(name)?, 0, 0, 0], [255, 0, 0, 0])),
        Holder::Palm => "hand.L",
    };
    let bent = ((point.y - 0.030) / 0.055).clamp(0.0, 1.0);
    let bent = bent * bent * (3.0 - 2.0 * bent);
    let next = PALM_LINES
        .iter()
        .position(|(_, x)| *x > point.x)
        .unwrap_or(3)
        .clamp(1, 3);
    let ((a, x0), (b, x1)) = (PALM_LINES[next - 1], PALM_LINES[next]);
    let t = ((point.x - x0) / (x1 - x0)).clamp(0.0, 1.0);
    let first = (255.0 * bent * (1.0 - t)).round() as u8;
    let second = ((255.0 * bent).round() as u8).saturating_sub(first);
    let weights = [255 - first - second, first, second, 0];
    let mut joints = [index(name)?, index(a)?, index(b)?, 0];
    for (joint, weight) in joints.iter_mut().zip(weights) {
        if weight == 0 {
            *joint = 0;
        }
    }
    Ok((joints, weights))
}
