//! The window's icon: the program's mark on a dark tile, drawn in code.

use glam::Vec2;
use winit::window::Icon;

/// Width and height, pixels.
const SIZE: u32 = 64;
/// The mark is laid out on a square of this side.
const GRID: f32 = 20.0;
/// The mark's size on the tile.
const SCALE: f32 = 0.72;
/// Colours: tile, diamond, limb.
const TILE: [u8; 3] = [0x18, 0x19, 0x1d];
const DIAMOND: [u8; 3] = [0x91, 0x8f, 0xff];
const LIMB: [u8; 3] = [0xf3, 0xf4, 0xf6];
/// Half the width of the mark's lines.
const HALF: f32 = 0.9;

/// The icon.
pub fn icon() -> Option<Icon> {
    Icon::from_rgba(pixels(), SIZE, SIZE).ok()
}

/// Rows of red, green, blue and opacity.
fn pixels() -> Vec<u8> {
    let mut pixels = Vec::with_capacity((SIZE * SIZE * 4) as usize);
    for y in 0..SIZE {
        for x in 0..SIZE {
            let pixel = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
            let at = (pixel / SIZE as f32 - 0.5) * GRID;
            pixels.extend(pixel_at(at));
        }
    }
    pixels
}

/// The colour at a place of the grid, whose middle is 0.
fn pixel_at(at: Vec2) -> [u8; 4] {
    // How much of a pixel lies within, by the distance from the edge.
    let pixel = GRID / SIZE as f32;
    let cover = |distance: f32, grain: f32| (0.5 - distance / grain).clamp(0.0, 1.0);
    let corner = (at.abs() - Vec2::splat(GRID / 2.0 - 4.4)).max(Vec2::ZERO);
    let tile = cover(corner.length() - 4.4, pixel);
    let on_mark = at / SCALE + GRID / 2.0;
    let grain = pixel / SCALE;
    let diamond = diamond(on_mark) - HALF;
    let joint = on_mark.distance(Vec2::new(9.3, 8.9)) - 2.1;
    let limb = [(7.2, 13.2), (9.3, 8.9), (13.4, 6.8)].map(|(x, y)| Vec2::new(x, y));
    let [foot, knee, hip] = limb;
    let limb = segment(on_mark, foot, knee).min(segment(on_mark, knee, hip)) - HALF;
    let mut color = TILE.map(f32::from);
    for (part, over) in [
        (cover(diamond, grain), DIAMOND),
        (cover(limb.min(joint), grain), LIMB),
    ] {
        for (channel, over) in color.iter_mut().zip(over) {
            *channel += (f32::from(over) - *channel) * part;
        }
    }
    let [red, green, blue] = color;
    [red, green, blue, tile * 255.0].map(byte)
}

/// Distance from the diamond's line.
fn diamond(at: Vec2) -> f32 {
    let from_middle = (at - GRID / 2.0).abs();
    ((from_middle.x + from_middle.y - 9.2) * std::f32::consts::FRAC_1_SQRT_2).abs()
}

/// Distance from a line between two points.
fn segment(at: Vec2, from: Vec2, to: Vec2) -> f32 {
    let way = to - from;
    let along = ((at - from).dot(way) / way.length_squared()).clamp(0.0, 1.0);
    at.distance(from + way * along)
}

fn byte(value: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 255"
    )]
    let byte = value.clamp(0.0, 255.0).round() as u8;
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_on_a_tile_with_round_corners() {
        let pixels = pixels();
        let at = |x: usize, y: usize| &pixels[(y * SIZE as usize + x) * 4..][..4];
        assert_eq!(at(0, 0)[3], 0);
        assert_eq!(at(32, 2), [0x18, 0x19, 0x1d, 255]);
        // The diamond's left corner and the joint of the limb.
        assert_eq!(at(11, 32), [0x91, 0x8f, 0xff, 255]);
        assert_eq!(at(30, 29), [0xf3, 0xf4, 0xf6, 255]);
    }
}
