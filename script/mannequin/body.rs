//! The pieces of the figure: here the carved trunk and what all pieces are made with.
//!
//! Only the middle and the left side are made. A piece stands in its bone's own space, so that the
//! numbers read as distances from the joint; it ends short of a joint and leaves room for the ball.

use anyhow::{Context, Result};
use glam::DAffine3;

use crate::bones::{BONES, Bone};
use crate::limbs;
use crate::loft::{Holder, Piece, Ring, egg, oval, round};

/// All pieces of the middle and the left side.
pub fn pieces() -> Result<Vec<Piece>> {
    let mut made = trunk()?;
    made.extend(limbs::arm()?);
    made.extend(limbs::hand()?);
    made.extend(limbs::leg()?);
    made.extend(limbs::foot()?);
    Ok(made)
}

fn trunk() -> Result<Vec<Piece>> {
    Ok(vec![
        piece("pelvis", "hips", pelvis(), 40, 20)?,
        ball("ball.large", "spine", 0.079, 28, 9)?,
        piece("belly", "spine", belly(), 36, 14)?,
        ball("ball.large", "chest", 0.079, 28, 9)?,
        piece("ribs", "chest", ribs(), 40, 22)?,
        piece("neck", "neck", neck(), 24, 12)?,
        piece("skull", "head", skull(), 36, 20)?,
    ])
}

fn pelvis() -> Vec<Ring> {
    vec![
        egg(-0.102, 0.0, 0.0, 0.0),
        egg(-0.098, 0.032, 0.042, 0.044),
        egg(-0.074, 0.080, 0.076, 0.084),
        egg(-0.034, 0.130, 0.098, 0.109),
        egg(0.006, 0.156, 0.106, 0.118),
        egg(0.045, 0.156, 0.105, 0.111),
        egg(0.078, 0.138, 0.098, 0.100),
        egg(0.097, 0.118, 0.089, 0.089),
        oval(0.105, 0.104, 0.080),
        oval(0.105, 0.088, 0.070),
        oval(0.101, 0.050, 0.040),
        round(0.099, 0.0),
    ]
}

fn belly() -> Vec<Ring> {
    vec![
        round(0.008, 0.0),
        oval(0.009, 0.050, 0.044),
        oval(0.010, 0.080, 0.066),
        oval(0.013, 0.090, 0.075),
        egg(0.030, 0.0995, 0.084, 0.081),
        egg(0.066, 0.1030, 0.088, 0.083),
        egg(0.108, 0.0995, 0.086, 0.080),
        oval(0.128, 0.092, 0.077),
        oval(0.132, 0.082, 0.068),
        oval(0.133, 0.050, 0.044),
        round(0.134, 0.0),
    ]
}

fn ribs() -> Vec<Ring> {
    vec![
        round(0.014, 0.0),
        oval(0.013, 0.050, 0.044),
        oval(0.011, 0.084, 0.070),
        oval(0.014, 0.096, 0.079),
        egg(0.034, 0.1125, 0.093, 0.085),
        egg(0.090, 0.1390, 0.110, 0.100),
        egg(0.145, 0.1550, 0.116, 0.107),
        egg(0.190, 0.1520, 0.105, 0.103),
        egg(0.222, 0.1240, 0.083, 0.087),
        egg(0.243, 0.0820, 0.061, 0.065),
        egg(0.251, 0.0440, 0.036, 0.038),
        round(0.253, 0.0),
    ]
}

fn neck() -> Vec<Ring> {
    vec![
        round(-0.048, 0.0).dark(),
        round(-0.034, 0.034).dark(),
        round(0.0, 0.049).dark(),
        round(0.022, 0.046).dark(),
        round(0.040, 0.0405).dark(),
        round(0.066, 0.039).dark(),
        round(0.095, 0.041).dark(),
        round(0.120, 0.030).dark(),
        round(0.128, 0.0).dark(),
    ]
}

fn skull() -> Vec<Ring> {
    vec![
        egg(-0.030, 0.0, 0.0, 0.0).at(0.0, 0.020),
        egg(-0.027, 0.022, 0.024, 0.026).at(0.0, 0.021),
        egg(-0.012, 0.041, 0.044, 0.043).at(0.0, 0.017),
        egg(0.020, 0.0555, 0.062, 0.063).at(0.0, 0.009),
        egg(0.060, 0.0675, 0.076, 0.080).at(0.0, 0.002),
        egg(0.108, 0.0750, 0.086, 0.096).at(0.0, -0.002),
        egg(0.152, 0.0700, 0.082, 0.092).at(0.0, -0.003),
        egg(0.188, 0.0500, 0.060, 0.066).at(0.0, -0.004),
        egg(0.205, 0.0250, 0.030, 0.033).at(0.0, -0.004),
        egg(0.210, 0.0, 0.0, 0.0).at(0.0, -0.004),
    ]
}

/// A bone by its name.
pub fn bone(name: &str) -> Result<&'static Bone> {
    BONES
        .iter()
        .find(|bone| bone.name == name)
        .with_context(|| format!("no bone {name}"))
}

/// A piece in the space of the bone that holds it.
pub fn piece(
    wood: &'static str,
    holder: &str,
    rings: Vec<Ring>,
    columns: usize,
    rows: usize,
) -> Result<Piece> {
    Ok(Piece {
        wood,
        holder: Holder::Bone(holder.to_owned()),
        place: DAffine3::from_mat4(bone(holder)?.armature_from_bone()),
        rings,
        columns,
        rows,
        warp: |p| p,
    })
}

/// A dark ball around the head of a bone.
pub fn ball(
    wood: &'static str,
    holder: &str,
    radius: f64,
    columns: usize,
    rows: usize,
) -> Result<Piece> {
    let rings = (0..=8).map(|i| {
        let (sin, cos) = (std::f64::consts::PI * f64::from(i) / 8.0).sin_cos();
        round(-radius * cos, if i % 8 == 0 { 0.0 } else { radius * sin }).dark()
    });
    piece(wood, holder, rings.collect(), columns, rows)
}
