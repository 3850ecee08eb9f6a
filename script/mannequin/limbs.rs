//! The pieces of the left arm, hand, leg and foot.
//!
//! Limbs are turned on the lathe and stand in their bone's own space; the foot stands on the floor.

use anyhow::Result;
use glam::{DAffine3, DMat3, DVec3};

use crate::body::{ball, bone, piece};
use crate::loft::{Holder, Piece, Ring, egg, oval, round};

pub fn arm() -> Result<Vec<Piece>> {
    let collar = vec![
        round(0.020, 0.0),
        round(0.024, 0.022),
        round(0.060, 0.036),
        round(0.110, 0.038),
        round(0.140, 0.033),
        round(0.150, 0.0),
    ];
    let upper = vec![
        round(0.030, 0.0),
        round(0.031, 0.022),
        round(0.034, 0.036),
        round(0.042, 0.0445),
        round(0.062, 0.0485),
        round(0.110, 0.0465),
        round(0.180, 0.0405),
        round(0.228, 0.0360),
        round(0.246, 0.0325),
        round(0.252, 0.0265),
        round(0.254, 0.016),
        round(0.254, 0.0),
    ];
    let fore = vec![
        round(0.026, 0.0),
        round(0.027, 0.016),
        round(0.029, 0.026),
        round(0.035, 0.0335),
        oval(0.062, 0.0410, 0.0405),
        oval(0.105, 0.0395, 0.0385),
        oval(0.170, 0.0310, 0.0325),
        oval(0.212, 0.0240, 0.0255),
        round(0.228, 0.0208),
        round(0.2330, 0.0160),
        round(0.2335, 0.009),
        round(0.2335, 0.0),
    ];
    Ok(vec![
        piece("collar", "shoulder.L", collar, 12, 7)?,
        ball("ball.large", "upper_arm.L", 0.056, 24, 13)?,
        piece("upper", "upper_arm.L", upper, 24, 16)?,
        ball("ball.small", "forearm.L", 0.040, 18, 11)?,
        piece("fore", "forearm.L", fore, 24, 16)?,
        ball("ball.small", "hand.L", 0.0245, 14, 9)?,
    ])
}

/// Pulls the little finger's side of the palm back, along the row of knuckles.
fn knuckle_row(p: DVec3) -> DVec3 {
    let share = ((p.y - 0.03) / 0.05).clamp(0.0, 1.0);
    let off = p.x + 0.009;
    p - DVec3::Y * (share * share * off * off * 6.5)
}

pub fn hand() -> Result<Vec<Piece>> {
    let palm = vec![
        round(0.014, 0.0).square(2.3, 2.3),
        oval(0.0145, 0.011, 0.007).square(2.3, 2.3),
        egg(0.017, 0.0195, 0.0125, 0.0115).square(2.3, 2.3),
        egg(0.024, 0.0260, 0.0160, 0.0140).square(2.4, 2.4),
        egg(0.045, 0.0345, 0.0175, 0.0150).square(2.6, 2.6),
        egg(0.070, 0.0385, 0.0150, 0.0135).square(2.8, 2.8),
        egg(0.086, 0.0385, 0.0120, 0.0115).square(2.8, 2.8),
        oval(0.0945, 0.0355, 0.0085).square(2.6, 2.6),
        oval(0.0970, 0.0280, 0.0045).square(2.3, 2.3),
        oval(0.0972, 0.0, 0.0).square(2.3, 2.3),
    ];
    let mut made = vec![Piece {
        holder: Holder::Palm,
        warp: knuckle_row,
        ..piece("palm", "hand.L", palm, 24, 14)?
    }];
    for (finger, girth) in [
        ("thumb", 1.14),
        ("index", 1.0),
        ("middle", 1.03),
        ("ring", 0.98),
        ("pinky", 0.86),
    ] {
        for (joint, wood) in ["joint.1", "joint.2", "joint.3"].into_iter().enumerate() {
            let name = format!("{finger}.{:02}.L", joint + 1);
            let length = bone(&name)?;
            let length = length.head.distance(length.tail);
            made.push(piece(
                wood,
                &name,
                finger_rings(joint, length, girth),
                10,
                11,
            )?);
        }
    }
    Ok(made)
}

/// A finger joint: its ball and its barrel are turned from one stick, the last one has a round tip.
fn finger_rings(joint: usize, length: f64, girth: f64) -> Vec<Ring> {
    let radius = |k: usize| girth * [0.0086, 0.0079, 0.0072, 0.0064][k.min(3)];
    let (r, next) = (radius(joint), radius(joint + 1));
    let mut rings = vec![
        round(-r, 0.0).dark(),
        round(-0.72 * r, 0.69 * r).dark(),
        round(0.0, r).dark(),
        round(0.50 * r, 0.84 * r).dark(),
        round(0.56 * r, 0.84 * r),
        round(0.95 * r, 1.00 * r),
    ];
    if joint < 2 {
        rings.extend([
            round(length - 1.15 * next, 0.99 * next),
            round(length - 0.72 * next, 0.86 * next),
            round(length - 0.62 * next, 0.60 * next),
            round(length - 0.60 * next, 0.0),
        ]);
    } else {
        rings.extend([
            round(length - 1.3 * next, 1.03 * next),
            round(length - 0.42 * next, 0.78 * next),
            round(length, 0.0),
        ]);
    }
    rings
}

pub fn leg() -> Result<Vec<Piece>> {
    let thigh = vec![
        round(0.032, 0.0),
        round(0.033, 0.030),
        round(0.037, 0.050),
        round(0.048, 0.0625),
        egg(0.085, 0.0750, 0.0740, 0.0770),
        egg(0.150, 0.0745, 0.0710, 0.0780),
        egg(0.240, 0.0650, 0.0620, 0.0680),
        egg(0.330, 0.0530, 0.0510, 0.0550),
        round(0.372, 0.0465),
        round(0.382, 0.0410),
        round(0.386, 0.031),
        round(0.387, 0.018),
        round(0.387, 0.0),
    ];
    let shin = vec![
        round(0.036, 0.0),
        round(0.036, 0.018),
        round(0.037, 0.030),
        round(0.041, 0.0390),
        egg(0.056, 0.0455, 0.0470, 0.0450),
        egg(0.115, 0.0515, 0.0600, 0.0470),
        egg(0.180, 0.0475, 0.0540, 0.0430),
        egg(0.270, 0.0375, 0.0395, 0.0360),
        round(0.350, 0.0300),
        round(0.380, 0.0280),
        round(0.388, 0.0245),
        round(0.391, 0.0175),
        round(0.391, 0.0),
    ];
    Ok(vec![
        ball("ball.large", "thigh.L", 0.071, 24, 13)?,
        piece("thigh", "thigh.L", thigh, 26, 17)?,
        ball("ball.small", "shin.L", 0.050, 20, 11)?,
        piece("shin", "shin.L", shin, 24, 17)?,
        ball("ball.small", "foot.L", 0.034, 16, 10)?,
    ])
}

/// A section of the foot between two heights above the floor.
fn sole(along: f64, half: f64, low: f64, high: f64, aside: f64) -> Ring {
    let middle = low + (high - low) * 0.38;
    egg(along, half, middle - low, high - middle)
        .at(aside, -middle)
        .square(3.2, 2.2)
}

/// The smooth curve may dip below the floor by a hair; Z points down here.
fn on_floor(p: DVec3) -> DVec3 {
    p.with_z(p.z.min(0.0))
}

pub fn foot() -> Result<Vec<Piece>> {
    let heel = vec![
        sole(-0.076, 0.0, 0.028, 0.028, 0.0),
        sole(-0.0745, 0.015, 0.012, 0.045, 0.0),
        sole(-0.066, 0.0275, 0.002, 0.060, 0.0),
        sole(-0.042, 0.0345, 0.0, 0.072, 0.0),
        sole(-0.008, 0.0360, 0.0, 0.0735, 0.0),
        sole(0.030, 0.0375, 0.0, 0.066, 0.0),
        sole(0.070, 0.0420, 0.0, 0.0515, 0.0005),
        sole(0.098, 0.0450, 0.0, 0.0430, 0.001),
        sole(0.1085, 0.0425, 0.003, 0.0400, 0.001),
        sole(0.111, 0.034, 0.009, 0.0350, 0.001),
        sole(0.111, 0.0, 0.022, 0.022, 0.001),
    ];
    let toes = vec![
        sole(0.120, 0.0, 0.021, 0.021, 0.001),
        sole(0.120, 0.034, 0.009, 0.0340, 0.001),
        sole(0.1225, 0.0425, 0.003, 0.0395, 0.001),
        sole(0.132, 0.0455, 0.0, 0.0405, 0.001),
        sole(0.156, 0.0445, 0.0, 0.0370, -0.001),
        sole(0.178, 0.0375, 0.0, 0.0300, -0.004),
        sole(0.191, 0.0250, 0.002, 0.0235, -0.007),
        sole(0.196, 0.0130, 0.006, 0.0165, -0.0085),
        sole(0.1975, 0.0, 0.011, 0.011, -0.009),
    ];
    let (ankle, knuckle) = (bone("foot.L")?.head, bone("toe.L")?.head);
    let ahead = DVec3::new(knuckle.x - ankle.x, knuckle.y - ankle.y, 0.0).normalize();
    let across = ahead.cross(DVec3::NEG_Z);
    let flat = |y: DVec3, x: DVec3, at: DVec3| {
        DAffine3::from_mat3_translation(DMat3::from_cols(x, y, x.cross(y)), at)
    };
    let ground = flat(ahead, across, ankle.with_z(0.0));
    Ok(vec![
        Piece {
            place: ground,
            warp: on_floor,
            ..piece("heel", "foot.L", heel, 24, 17)?
        },
        Piece {
            place: ground,
            warp: on_floor,
            ..piece("toes", "toe.L", toes, 24, 14)?
        },
        Piece {
            place: flat(across, DVec3::NEG_Z, knuckle),
            ..piece("pin", "toe.L", pin(), 14, 8)?
        },
    ])
}

/// The pin that the toes turn on.
fn pin() -> Vec<Ring> {
    [
        (-0.0360, 0.0),
        (-0.0360, 0.006),
        (-0.0340, 0.0100),
        (-0.0280, 0.0125),
        (0.0, 0.0135),
        (0.0280, 0.0125),
        (0.0340, 0.0100),
        (0.0360, 0.006),
        (0.0360, 0.0),
    ]
    .map(|(along, radius)| round(along, radius).dark())
    .to_vec()
}
