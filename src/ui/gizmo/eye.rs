//! From the scene to points of the window and back, and lines and rings as they appear there.

use std::f32::consts::TAU;

use egui::{Pos2, Rect, pos2, vec2};
use glam::{Vec2, Vec3};

use crate::math::ray::{self, Ray};
use crate::model::view::{Camera, Projection};

/// Pieces of a ring.
const PIECES: usize = 72;
/// A ring goes behind its centre where it is farther than this part of its radius.
const BEHIND: f32 = 0.06;

/// A camera and the part of the window that shows its picture.
pub struct Eye<'a> {
    /// The camera.
    pub camera: &'a Camera,
    /// The part of the window, points.
    pub rect: Rect,
    projection: Projection,
}

impl<'a> Eye<'a> {
    /// A camera that fills a part of the window.
    pub fn new(camera: &'a Camera, rect: Rect) -> Self {
        Self {
            camera,
            rect,
            projection: Projection::new(camera, size(rect)),
        }
    }

    /// Where a point of the world appears; nothing behind the eye.
    pub fn at(&self, world: Vec3) -> Option<Pos2> {
        let (at, _) = self.projection.point(world)?;
        Some(self.rect.min + vec2(at.x, at.y))
    }

    /// Metres for a length on the screen at a point of the world.
    pub fn metres(&self, at: Vec3, points: f32) -> f32 {
        self.camera.pixel_size(at, size(self.rect)) * points
    }

    /// Unit vector from a point of the world to the viewer.
    pub fn toward(&self, from: Vec3) -> Vec3 {
        let backward = self.camera.backward();
        if self.camera.orthographic {
            return backward;
        }
        (self.camera.eye() - from).normalize_or(backward)
    }

    /// The ray through a point of the picture, from its top left corner.
    pub fn ray(&self, point: Vec2) -> Ray {
        self.camera.ray(point, size(self.rect))
    }

    /// The part of a line through `center` that lies before the eye, as long as the view is wide.
    pub fn line(&self, center: Vec3, axis: Vec3) -> Option<[Pos2; 2]> {
        let end = |sign: f32| {
            let mut reach = self.camera.distance * 3.0;
            for _ in 0..6 {
                if let Some(at) = self.at(center + axis * reach * sign) {
                    return Some(at);
                }
                reach *= 0.5;
            }
            None
        };
        Some([end(-1.0)?, end(1.0)?])
    }
}

fn size(rect: Rect) -> Vec2 {
    Vec2::new(rect.width(), rect.height())
}

/// A circle in the world.
#[derive(Clone, Copy, Debug)]
pub struct Ring {
    center: Vec3,
    across: [Vec3; 2],
    radius: f32,
}

impl Ring {
    /// A circle around an axis of unit length.
    pub fn new(center: Vec3, axis: Vec3, radius: f32) -> Self {
        let first = axis.any_orthonormal_vector();
        Self {
            center,
            across: [first, axis.cross(first)],
            radius,
        }
    }

    /// The point at an angle, at a part of the radius.
    pub fn point(&self, angle: f32, part: f32) -> Vec3 {
        let [x, y] = self.across;
        self.center + (x * angle.cos() + y * angle.sin()) * (self.radius * part)
    }

    /// The angle of a direction from the centre; nothing for one along the axis.
    pub fn angle(&self, direction: Vec3) -> Option<f32> {
        let [x, y] = self.across.map(|across| across.dot(direction));
        (x.hypot(y) > direction.length() * 1e-3).then(|| y.atan2(x))
    }

    /// The ring as it appears: the lines before its centre, then those behind it.
    pub fn lines(&self, eye: &Eye) -> (Vec<Vec<Pos2>>, Vec<Vec<Pos2>>) {
        let toward = eye.toward(self.center);
        let (mut front, mut back) = (Vec::new(), Vec::new());
        let mut run: Vec<Pos2> = Vec::new();
        let mut before = true;
        for piece in 0..=PIECES {
            let world = self.point(piece as f32 / PIECES as f32 * TAU, 1.0);
            let Some(at) = eye.at(world) else {
                return (Vec::new(), Vec::new());
            };
            let near = (world - self.center).dot(toward) > -self.radius * BEHIND;
            if near != before && !run.is_empty() {
                run.push(at);
                let side = if before { &mut front } else { &mut back };
                side.push(std::mem::take(&mut run));
            }
            before = near;
            run.push(at);
        }
        if before { &mut front } else { &mut back }.push(run);
        (front, back)
    }

    /// The points of an arc.
    pub fn arc(&self, eye: &Eye, from: f32, by: f32) -> Vec<Pos2> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small whole number"
        )]
        let pieces = (by.abs() / TAU * PIECES as f32).ceil().clamp(2.0, 200.0) as usize;
        let angles = (0..=pieces).map(|piece| from + by * piece as f32 / pieces as f32);
        angles
            .filter_map(|angle| eye.at(self.point(angle, 1.0)))
            .collect()
    }
}

/// How far a point is from lines, points of the window.
pub fn distance(lines: &[Vec<Pos2>], at: Pos2) -> f32 {
    let flat = |point: Pos2| Vec2::new(point.x, point.y);
    let pairs = lines
        .iter()
        .flat_map(|line| line.iter().zip(line.iter().skip(1)));
    let far = |(a, b): (&Pos2, &Pos2)| ray::distance_to_segment(flat(at), flat(*a), flat(*b)).0;
    pairs.map(far).fold(f32::INFINITY, f32::min)
}

/// The point of `lines` that is farthest from all the `others`: there it is named.
pub fn clearest(lines: &[Vec<Pos2>], others: &[&[Vec<Pos2>]]) -> Option<Pos2> {
    let clearance = |at: &Pos2| {
        let distances = others.iter().map(|other| distance(other, *at));
        distances.fold(f32::INFINITY, f32::min)
    };
    let points = lines
        .iter()
        .flat_map(|line| line.iter().step_by(3).copied());
    points.max_by(|a, b| clearance(a).total_cmp(&clearance(b)))
}

/// A point of the window from a vector.
pub fn point(at: Vec2) -> Pos2 {
    pos2(at.x, at.y)
}

#[cfg(test)]
mod tests {
    use std::f32::consts::FRAC_PI_2;

    use glam::Quat;

    use super::*;

    fn front() -> Camera {
        Camera {
            target: Vec3::ZERO,
            rotation: Quat::from_rotation_x(FRAC_PI_2),
            ..Camera::default()
        }
    }

    fn rect() -> Rect {
        Rect::from_min_size(pos2(100.0, 50.0), vec2(800.0, 600.0))
    }

    #[test]
    fn lengths_on_the_screen_stay_the_same_at_any_distance() {
        for distance in [0.5, 4.0, 90.0] {
            let camera = Camera {
                distance,
                ..front()
            };
            let eye = Eye::new(&camera, rect());
            let to = eye.at(Vec3::X * eye.metres(Vec3::ZERO, 72.0)).unwrap();
            let way = to - eye.at(Vec3::ZERO).unwrap();
            assert!((way.x - 72.0).abs() < 0.01 && way.y.abs() < 0.01, "{way}");
        }
    }

    #[test]
    fn a_ring_that_faces_the_viewer_has_no_back() {
        let camera = front();
        let eye = Eye::new(&camera, rect());
        let (before, behind) = Ring::new(Vec3::ZERO, Vec3::Y, 0.5).lines(&eye);
        assert_eq!((before.len(), behind.len()), (1, 0));
        let (before, behind) = Ring::new(Vec3::ZERO, Vec3::Z, 0.5).lines(&eye);
        assert!(!before.is_empty() && !behind.is_empty());
    }

    #[test]
    fn angles_on_a_ring_lead_back_to_its_points() {
        let ring = Ring::new(Vec3::ONE, Vec3::Z, 2.0);
        let angle = ring.angle(ring.point(1.25, 0.5) - Vec3::ONE).unwrap();
        assert!((angle - 1.25).abs() < 1e-5);
        assert_eq!(ring.angle(Vec3::Z), None);
    }
}
