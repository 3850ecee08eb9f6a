//! The wood itself: growth rings and fibres as a solid, and the picture of every piece cut from it.
//!
//! The colour is a function of the place inside the block, so rings run through a piece, widen to
//! arches where it is cut flat and close to circles on its ends, and no seam shows.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use glam::{DVec2, DVec3};
use image::RgbImage;

use crate::loft::{Piece, Surface};

/// Side of the square picture, pixels.
pub const SIDE: u32 = 1024;
/// Pixels around each chart that repeat its edge, against bleeding in smaller mip levels.
const MARGIN: u32 = 3;
/// sRGB, 0 to 255.
const LIGHT: [f64; 3] = [217.0, 178.0, 131.0];
const DARK: [f64; 3] = [171.0, 126.0, 82.0];

/// Where in the picture a piece's wood is, pixels.
#[derive(Clone, Copy, Debug)]
pub struct Chart {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

impl Chart {
    /// Picture coordinates, 0 to 1, of a share of the turn and of the length.
    pub fn uv(&self, within: DVec2) -> DVec2 {
        let corner = DVec2::new(f64::from(self.x), f64::from(self.y));
        let size = DVec2::new(f64::from(self.width), f64::from(self.height));
        (corner + within * size) / f64::from(SIDE)
    }
}

/// Lays out and paints the wood of all pieces.
pub fn paint(pieces: &[Piece]) -> Result<(RgbImage, BTreeMap<&'static str, Chart>)> {
    let mut kinds: BTreeMap<&'static str, Surface> = BTreeMap::new();
    for piece in pieces {
        kinds.entry(piece.wood).or_insert_with(|| piece.surface());
    }
    let charts = lay_out(&kinds)?;
    let mut picture = RgbImage::from_pixel(SIDE, SIDE, image::Rgb(shade(LIGHT, 1.0)));
    for (seed, (name, surface)) in kinds.iter().enumerate() {
        if let Some(chart) = charts.get(name) {
            paint_chart(&mut picture, chart, surface, seed as f64 * 1.7);
        }
    }
    Ok((picture, charts))
}

/// Finds the finest scale at which all charts fit, in rows of falling height.
fn lay_out(kinds: &BTreeMap<&'static str, Surface>) -> Result<BTreeMap<&'static str, Chart>> {
    let sizes: Vec<(&'static str, DVec2)> = kinds.iter().map(|(n, s)| (*n, s.size())).collect();
    for density in (300..1200).rev().step_by(5) {
        if let Some(charts) = shelves(&sizes, f64::from(density)) {
            return Ok(charts);
        }
    }
    bail!("the charts do not fit the picture");
}

fn shelves(sizes: &[(&'static str, DVec2)], density: f64) -> Option<BTreeMap<&'static str, Chart>> {
    let pixels = |v: f64| ((v * density).ceil() as u32).max(16);
    let mut boxes: Vec<_> = sizes
        .iter()
        .map(|(n, s)| (*n, pixels(s.x), pixels(s.y)))
        .collect();
    boxes.sort_by_key(|(name, width, height)| (std::cmp::Reverse((*height, *width)), *name));
    let mut charts = BTreeMap::new();
    // Each shelf: its top, its height and how far it is filled.
    let mut open: Vec<(u32, u32, u32)> = Vec::new();
    let mut top = 0;
    for (name, width, height) in boxes {
        let (w, h) = (width + 2 * MARGIN, height + 2 * MARGIN);
        let fits = |(_, tall, used): &&mut (u32, u32, u32)| h <= *tall && used + w <= SIDE;
        if open.iter_mut().find(fits).is_none() {
            open.push((top, h, 0));
            top += h;
        }
        if top > SIDE || w > SIDE {
            return None;
        }
        let (y, _, used) = open.iter_mut().find(fits)?;
        charts.insert(
            name,
            Chart {
                x: *used + MARGIN,
                y: *y + MARGIN,
                width,
                height,
            },
        );
        *used += w;
    }
    Some(charts)
}

fn paint_chart(picture: &mut RgbImage, chart: &Chart, surface: &Surface, seed: f64) {
    for y in 0..chart.height + 2 * MARGIN {
        let share = |y: f64| ((y - f64::from(MARGIN)) / f64::from(chart.height)).clamp(0.0, 1.0);
        let v = share(f64::from(y) + 0.5);
        let tone = surface.tone(v);
        for x in 0..chart.width + 2 * MARGIN {
            let u = (f64::from(x) + 0.5 - f64::from(MARGIN)) / f64::from(chart.width);
            let turn = u.rem_euclid(1.0);
            let slope = surface.point(turn, (v + 0.004).min(1.0))
                - surface.point(turn, (v - 0.004).max(0.0));
            let end_grain = 1.0 - slope.normalize_or(DVec3::Y).y.abs();
            let light = grain(surface.point(turn, v), seed, end_grain);
            let base: [f64; 3] = std::array::from_fn(|i| LIGHT[i] + (DARK[i] - LIGHT[i]) * tone);
            let at = (chart.x + x - MARGIN, chart.y + y - MARGIN);
            picture.put_pixel(at.0, at.1, image::Rgb(shade(base, light)));
        }
    }
}

/// How bright the wood is at a place in the block, about 1.
fn grain(p: DVec3, seed: f64, end_grain: f64) -> f64 {
    // The heart of the tree runs beside the piece and a little askew.
    let x = p.x + 0.050 + 0.10 * p.y;
    let z = p.z + 0.022 - 0.05 * p.y;
    let cloud = noise(x * 14.0 + seed, z * 14.0, p.y * 2.2);
    let ring = ((x.hypot(z) * 330.0 + cloud * 9.0 + seed).sin() * 0.5 + 0.5).powi(3);
    let fibre = noise(x * 160.0 + seed, z * 160.0, p.y * 9.0);
    let piece = 0.03 * (seed * 7.0).sin();
    1.0 - 0.15 * ring - 0.10 * (fibre - 0.5) + 0.10 * (cloud - 0.5) + piece - 0.10 * end_grain
}

/// A colour made darker or lighter; darker wood is also redder.
fn shade(base: [f64; 3], light: f64) -> [u8; 3] {
    let power = [0.92 / 2.2, 1.0 / 2.2, 1.12 / 2.2];
    std::array::from_fn(|i| {
        (base[i] * light.max(0.0).powf(power[i]))
            .round()
            .clamp(0.0, 255.0) as u8
    })
}

/// Smooth noise, 0 to 1.
fn noise(x: f64, y: f64, z: f64) -> f64 {
    let cell = DVec3::new(x, y, z).floor();
    let f = DVec3::new(x, y, z) - cell;
    let ease = f * f * (DVec3::splat(3.0) - 2.0 * f);
    let corner = |i: usize| {
        let step = DVec3::new((i & 1) as f64, (i >> 1 & 1) as f64, (i >> 2) as f64);
        let weight = step * ease + (DVec3::ONE - step) * (DVec3::ONE - ease);
        hash(cell + step) * weight.x * weight.y * weight.z
    };
    (0..8).map(corner).sum()
}

/// A fixed random number, 0 to 1, for a corner of the noise grid.
fn hash(cell: DVec3) -> f64 {
    let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
    for part in cell.to_array() {
        bits = (bits ^ (part as i64 as u64)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        bits ^= bits >> 32;
    }
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}
