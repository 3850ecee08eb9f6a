//! Keys as diamonds, all of them in one mesh: shape and mark tell what a key is for, colour tells it again.
//!
//! Edges are softened over a pixel by a ring that fades, as meshes have no smoothing of their own.

use egui::{Color32, Mesh, Pos2, Rect, Shape, vec2};

use crate::model::fcurve::KeyKind;
use crate::ui::time_axis::colors::TimeColors;

/// Width of the outline, points.
const EDGE: f32 = 1.0;
/// Width of the outline of a hollow key.
const HOLLOW: f32 = 1.5;
/// How much larger than its key a halo is.
const HALO: f32 = 3.5;
/// Half the diagonal of the mark on an extreme key.
const CENTER: f32 = 1.9;
/// A step across an edge that runs at 45°, along the diagonal.
const DIAGONAL: f32 = std::f32::consts::SQRT_2;

/// How a key looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// What it is for.
    pub kind: KeyKind,
    /// Whether it is selected.
    pub selected: bool,
    /// Whether every channel of its row has it.
    pub whole: bool,
}

/// How much of a key is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// With outline and mark.
    Full,
    /// The bare diamond.
    Plain,
}

/// Half the diagonal of a key, points.
pub fn radius(kind: KeyKind) -> f32 {
    match kind {
        KeyKind::Keyframe | KeyKind::MovingHold => 5.5,
        KeyKind::Breakdown => 4.25,
        KeyKind::Extreme => 7.0,
        KeyKind::Jitter => 3.25,
        KeyKind::Generated => 4.75,
    }
}

/// Gathers diamonds and boxes in one mesh.
#[derive(Clone, Debug)]
pub struct Diamonds {
    mesh: Mesh,
    colors: TimeColors,
    /// Width of a pixel, points.
    pixel: f32,
}

impl Diamonds {
    /// None yet; `scale` is pixels per point.
    pub fn new(colors: TimeColors, scale: f32) -> Self {
        Self {
            mesh: Mesh::default(),
            colors,
            pixel: 1.0 / scale.max(0.1),
        }
    }

    /// The colours it draws with.
    pub fn colors(&self) -> &TimeColors {
        &self.colors
    }

    /// A box of one colour.
    pub fn fill(&mut self, rect: Rect, color: Color32) {
        if rect.is_positive() {
            self.mesh.add_colored_rect(rect, color);
        }
    }

    /// The halo behind a key at the playhead.
    pub fn halo(&mut self, at: Pos2, kind: KeyKind) {
        let color = self.colors.halo;
        self.bare(at, radius(kind) + HALO, color);
    }

    /// A key.
    pub fn key(&mut self, at: Pos2, look: Look, detail: Detail) {
        let (color, radius) = (self.colors.key(look.kind, look.selected), radius(look.kind));
        let (edge, half) = (self.colors.edge, self.colors.half);
        let right = if look.whole { color } else { half };
        match (detail, look.kind) {
            (Detail::Plain, _) => self.bare(at, radius, color),
            (Detail::Full, KeyKind::Generated) => {
                let inside = self.colors.track;
                self.outlined(at, radius - 0.5, [inside, inside], color, HOLLOW);
            }
            (Detail::Full, kind) => {
                self.outlined(at, radius, [color, right], edge, EDGE);
                match kind {
                    KeyKind::MovingHold => {
                        let bar = Rect::from_center_size(at, vec2(5.0, 1.5));
                        self.fill(bar, edge);
                    }
                    KeyKind::Extreme if look.whole => self.bare(at, CENTER, edge),
                    _ => {}
                }
            }
        }
    }

    /// A diamond of one colour.
    fn bare(&mut self, at: Pos2, radius: f32, color: Color32) {
        let soft = self.pixel * DIAGONAL / 2.0;
        let inner = self.ring(at, (radius - soft).max(0.0), color);
        let outer = self.ring(at, radius + soft, Color32::TRANSPARENT);
        let [top, right, bottom, left] = inner;
        self.mesh.add_triangle(top, right, bottom);
        self.mesh.add_triangle(top, bottom, left);
        self.band(inner, outer);
    }

    /// A diamond with an outline; its left and its right half have a colour each.
    fn outlined(&mut self, at: Pos2, radius: f32, fill: [Color32; 2], edge: Color32, width: f32) {
        let (half, soft) = (width * DIAGONAL / 2.0, self.pixel * DIAGONAL / 2.0);
        let inside = (radius - half - soft).max(0.0);
        let sides = fill.map(|color| self.ring(at, inside, color));
        let [[top, _, bottom, left], [top_too, right, bottom_too, _]] = sides;
        self.mesh.add_triangle(top, bottom, left);
        self.mesh.add_triangle(top_too, right, bottom_too);
        let begin = (radius - half + soft).max(inside);
        let begins = self.ring(at, begin, edge);
        let [a, b, c, d] = begins;
        // Each side of the outline fades into the colour of its half.
        self.quad([top_too, right, b, a]);
        self.quad([right, bottom_too, c, b]);
        self.quad([bottom, left, d, c]);
        self.quad([left, top, a, d]);
        let ends = self.ring(at, (radius + half - soft).max(begin), edge);
        self.band(begins, ends);
        let outer = self.ring(at, radius + half + soft, Color32::TRANSPARENT);
        self.band(ends, outer);
    }

    /// The corners of a diamond: top, right, bottom, left.
    fn ring(&mut self, at: Pos2, radius: f32, color: Color32) -> [u32; 4] {
        let first = self.mesh.vertices.len() as u32;
        for way in [
            vec2(0.0, -1.0),
            vec2(1.0, 0.0),
            vec2(0.0, 1.0),
            vec2(-1.0, 0.0),
        ] {
            self.mesh.colored_vertex(at + way * radius, color);
        }
        [first, first + 1, first + 2, first + 3]
    }

    /// What lies between two diamonds.
    fn band(&mut self, [a, b, c, d]: [u32; 4], [e, f, g, h]: [u32; 4]) {
        self.quad([a, b, f, e]);
        self.quad([b, c, g, f]);
        self.quad([c, d, h, g]);
        self.quad([d, a, e, h]);
    }

    fn quad(&mut self, [a, b, c, d]: [u32; 4]) {
        self.mesh.add_triangle(a, b, c);
        self.mesh.add_triangle(a, c, d);
    }

    /// How many corners it has; what drawing costs.
    pub fn size(&self) -> usize {
        self.mesh.vertices.len()
    }

    /// All of it as one shape.
    pub fn shape(self) -> Shape {
        Shape::mesh(self.mesh)
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;
    use crate::ui::theme::Theme;

    fn look(kind: KeyKind) -> Look {
        Look {
            kind,
            selected: false,
            whole: true,
        }
    }

    fn drawn(look: Look, detail: Detail) -> Mesh {
        let theme = Theme::bundled(true).unwrap();
        let mut diamonds = Diamonds::new(TimeColors::of(&theme), 1.0);
        diamonds.key(pos2(50.0, 20.0), look, detail);
        diamonds.mesh
    }

    #[test]
    fn a_key_is_as_large_as_its_kind_and_its_outline() {
        let mesh = drawn(look(KeyKind::Keyframe), Detail::Full);
        assert!(mesh.is_valid());
        let reach = 5.5 + DIAGONAL;
        let bounds = mesh.calc_bounds();
        assert!((bounds.width() - 2.0 * reach).abs() < 1e-4, "{bounds:?}");
        assert_eq!(bounds.center(), pos2(50.0, 20.0));
    }

    #[test]
    fn a_key_that_only_some_channels_have_is_coloured_at_the_left() {
        let theme = Theme::bundled(true).unwrap();
        let partly = Look {
            whole: false,
            ..look(KeyKind::Keyframe)
        };
        let mesh = drawn(partly, Detail::Full);
        let colored = |color: Color32| {
            let points = mesh.vertices.iter().filter(move |v| v.color == color);
            points.map(|v| v.pos.x).fold(f32::NEG_INFINITY, f32::max)
        };
        assert!(colored(*theme.k_half) > 50.0);
        assert!(!mesh.vertices.iter().any(|v| v.color == *theme.gold));
    }

    #[test]
    fn kinds_differ_in_more_than_their_colour() {
        let all = [
            KeyKind::Keyframe,
            KeyKind::Breakdown,
            KeyKind::MovingHold,
            KeyKind::Extreme,
            KeyKind::Jitter,
            KeyKind::Generated,
        ];
        let shapes: Vec<_> = all
            .iter()
            .map(|kind| {
                let mesh = drawn(look(*kind), Detail::Full);
                let points: Vec<_> = mesh.vertices.iter().map(|v| v.pos).collect();
                points
            })
            .collect();
        for (place, shape) in shapes.iter().enumerate() {
            assert!(!shapes[..place].contains(shape), "{place}");
        }
    }
}
