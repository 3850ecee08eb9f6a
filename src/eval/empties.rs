//! Empties on the screen: three crossed lines of a fixed size in points, and which of them lie under the
//! pointer or in a box. Pixels have their origin at the top left.

use glam::{Vec2, Vec3};

use crate::eval::pick::Viewport;
use crate::model::document::Document;
use crate::model::empty::Empty;
use crate::model::view::{Camera, Projection};

/// Half the length of a line, points, where the empty is not scaled.
const ARM: f32 = 15.0;
/// The factors between which a line shows the scale.
const SHOWN_SCALE: (f32, f32) = (0.35, 4.0);

/// An empty that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EmptyHit {
    /// Its place in the document's list.
    pub place: usize,
    /// Pixels from its lines.
    pub distance: f32,
    /// Metres from the eye along the line of sight.
    pub depth: f32,
}

/// The two ends of each of its lines, world space; `size` is that of the picture, points.
pub fn lines(empty: &Empty, camera: &Camera, size: Vec2) -> [[Vec3; 2]; 3] {
    let origin = Vec3::from(empty.location);
    let point = camera.pixel_size(origin, size);
    let axes = empty.axes();
    let (least, most) = SHOWN_SCALE;
    [0, 1, 2].map(|axis| {
        let scale = empty.scale.get(axis).map_or(1.0, |scale| scale.abs());
        let arm = axes.col(axis) * (ARM * point * scale.clamp(least, most));
        [origin - arm, origin + arm]
    })
}

/// The empties within `radius` pixels of `pixel`, in their order in the document.
pub fn at<'a>(
    document: &'a Document,
    viewport: &Viewport<'a>,
    pixel: Vec2,
    radius: f32,
) -> impl Iterator<Item = EmptyHit> + use<'a> {
    on_screen(document, viewport).filter_map(move |(place, lines, depth)| {
        let distances = lines.map(|[a, b]| distance(pixel, a, b));
        let distance = distances.into_iter().fold(f32::INFINITY, f32::min);
        (distance <= radius).then_some(EmptyHit {
            place,
            distance,
            depth,
        })
    })
}

/// The places of the empties of which a line, in pixels, is covered.
pub fn covered(
    document: &Document,
    viewport: &Viewport,
    covers: impl Fn(Vec2, Vec2) -> bool,
) -> Vec<usize> {
    let touched = on_screen(document, viewport);
    let touched = touched.filter(|(_, lines, _)| lines.iter().any(|&[a, b]| covers(a, b)));
    touched.map(|(place, ..)| place).collect()
}

/// The lines of every empty before the eye as they appear, and how far from the eye it is.
fn on_screen<'a>(
    document: &'a Document,
    viewport: &Viewport<'a>,
) -> impl Iterator<Item = (usize, [[Vec2; 2]; 3], f32)> + use<'a> {
    let Viewport { camera, size, .. } = *viewport;
    let points = size / viewport.pixels_per_point.max(1e-3);
    let projection = Projection::new(camera, size);
    let empties = document.empties.iter().enumerate();
    empties.filter_map(move |(place, empty)| {
        let (origin, depth) = projection.point(empty.location.into())?;
        let pixel = |point: Vec3| projection.point(point).map_or(origin, |(pixel, _)| pixel);
        let lines = lines(empty, camera, points).map(|ends| ends.map(pixel));
        (depth > 0.0).then_some((place, lines, depth))
    })
}

/// How far a point is from a segment.
fn distance(point: Vec2, a: Vec2, b: Vec2) -> f32 {
    let along = b - a;
    let t = (point - a).dot(along) / along.length_squared().max(1e-12);
    point.distance(a + along * t.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::ray;
    use crate::model::view::BoneStyle;

    #[test]
    fn an_empty_is_as_large_on_the_screen_from_near_and_far() {
        let size = Vec2::new(800.0, 600.0);
        let mut document = Document::default();
        document.add_empty(Empty::default());
        for distance in [0.5, 50.0] {
            let camera = Camera {
                target: Vec3::ZERO,
                distance,
                ..Camera::default()
            };
            let viewport = Viewport {
                camera: &camera,
                size,
                pixels_per_point: 1.0,
                style: BoneStyle::Octahedral,
            };
            let middle = size / 2.0;
            let found: Vec<_> = at(&document, &viewport, middle + Vec2::X * 5.0, 6.0).collect();
            assert_eq!(found.len(), 1, "from {distance} m");
            assert_eq!(
                at(&document, &viewport, middle + Vec2::Y * 60.0, 6.0).count(),
                0
            );
            let crosses = |at: Vec2| {
                covered(&document, &viewport, |a, b| {
                    ray::segment_meets_rect(a, b, at - Vec2::splat(3.0), at + Vec2::splat(3.0))
                })
            };
            assert_eq!(crosses(middle), [0]);
            assert!(crosses(Vec2::splat(50.0)).is_empty());
        }
    }

    #[test]
    fn an_empty_behind_the_eye_is_not_found() {
        let mut document = Document::default();
        let camera = Camera::default();
        document.add_empty(Empty {
            location: (camera.eye() + camera.backward()).to_array(),
            ..Empty::default()
        });
        let size = Vec2::new(800.0, 600.0);
        let viewport = Viewport {
            camera: &camera,
            size,
            pixels_per_point: 1.0,
            style: BoneStyle::Octahedral,
        };
        assert_eq!(at(&document, &viewport, size / 2.0, 1e4).count(), 0);
    }
}
