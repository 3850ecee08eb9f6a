//! Where the pointer leads a point of the world: in the plane of the view, along a line, within a plane.
//!
//! A line that points at the viewer, a plane seen edge-on, and aims beyond the horizon fall back to the
//! movement in the plane of the view, so that nothing ever jumps to the far end of the scene.

use glam::{Vec2, Vec3};

use crate::math::ray::Ray;
use crate::model::view::Camera;

/// Cosine of the angle to the line of sight within which a line points at the viewer (5°).
const END_ON: f32 = 0.996;
/// Sine of the angle to the line of sight within which a plane is seen edge-on (3°).
const EDGE_ON: f32 = 0.052;
/// The farthest that is still aimed at, in distances of the camera.
const HORIZON: f32 = 100.0;

/// A point that is dragged, seen by a camera in a picture of `size` points.
#[derive(Clone, Copy, Debug)]
pub struct Aim<'a> {
    /// The camera.
    pub camera: &'a Camera,
    /// The picture's size.
    pub size: Vec2,
    /// Where the point was, world space.
    pub from: Vec3,
}

impl Aim<'_> {
    /// Unit vector from the point to the viewer.
    pub fn to_viewer(&self) -> Vec3 {
        let backward = self.camera.backward();
        if self.camera.orthographic {
            return backward;
        }
        (self.camera.eye() - self.from).normalize_or(backward)
    }

    /// How far the point goes in the plane of the view when the pointer moves by `points`.
    pub fn free(&self, points: Vec2) -> Vec3 {
        // A point behind the eye moves as one at the target would.
        let seen = if self.in_front(self.from) {
            self.from
        } else {
            self.camera.target
        };
        let scale = self.camera.pixel_size(seen, self.size);
        (self.camera.right() * points.x - self.camera.up() * points.y) * scale
    }

    /// How far the point goes along a line of this direction (unit length).
    pub fn along(&self, points: Vec2, axis: Vec3) -> f32 {
        let free = self.free(points);
        let to_viewer = self.to_viewer();
        let cosine = axis.dot(to_viewer);
        if cosine.abs() > END_ON {
            // Up is away from the viewer.
            return -free.dot(self.camera.up()) * cosine.signum();
        }
        let across = axis - to_viewer * cosine;
        let flat = free.dot(across) / across.length_squared();
        let aimed = self.ray(free).along_line(self.from, axis);
        aimed
            .filter(|&way| self.reachable(self.from + axis * way))
            .unwrap_or(flat)
    }

    /// How far the point goes within the plane of this normal (unit length).
    pub fn within(&self, points: Vec2, normal: Vec3) -> Vec3 {
        let free = self.free(points);
        let flat = free - normal * normal.dot(free);
        if normal.dot(self.to_viewer()).abs() < EDGE_ON {
            return flat;
        }
        let aimed = self.ray(free).plane(self.from, normal);
        aimed
            .filter(|&point| self.reachable(point))
            .map_or(flat, |point| point - self.from)
    }

    fn ray(&self, free: Vec3) -> Ray {
        let through = self.from + free;
        let backward = self.camera.backward();
        if self.camera.orthographic {
            return Ray {
                origin: through + backward * self.camera.distance,
                direction: -backward,
            };
        }
        let eye = self.camera.eye();
        Ray {
            origin: eye,
            direction: (through - eye).normalize_or(-backward),
        }
    }

    fn in_front(&self, point: Vec3) -> bool {
        let depth = (self.camera.eye() - point).dot(self.camera.backward());
        self.camera.orthographic || depth > self.camera.distance * 0.01
    }

    fn reachable(&self, point: Vec3) -> bool {
        let far = self.camera.distance * HORIZON;
        self.in_front(point) && point.distance(self.from) < far
    }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::FRAC_PI_2;

    use glam::Quat;

    use super::*;

    const SIZE: Vec2 = Vec2::new(800.0, 600.0);

    /// A camera at (0, −4, 0) that looks along Y, right is X.
    fn front() -> Camera {
        Camera {
            target: Vec3::ZERO,
            rotation: Quat::from_rotation_x(FRAC_PI_2),
            ..Camera::default()
        }
    }

    fn aim(camera: &Camera) -> Aim<'_> {
        Aim {
            camera,
            size: SIZE,
            from: Vec3::ZERO,
        }
    }

    #[test]
    fn the_point_stays_under_the_pointer() {
        let camera = Camera::default();
        let from = camera.target + Vec3::new(0.2, 0.1, 0.3);
        let aim = Aim {
            from,
            ..aim(&camera)
        };
        let (start, _) = camera.project(from, SIZE).unwrap();
        let move_by = Vec2::new(60.0, -35.0);
        for to in [
            from + aim.free(move_by),
            from + aim.within(move_by, Vec3::Z),
        ] {
            let (end, _) = camera.project(to, SIZE).unwrap();
            assert!((end - start).distance(move_by) < 0.05, "{end} {start}");
        }
        assert!(aim.within(move_by, Vec3::Z).z.abs() < 1e-5);
    }

    #[test]
    fn a_line_across_the_view_follows_the_pointer() {
        let camera = front();
        let metre = 1.0 / camera.pixel_size(Vec3::ZERO, SIZE);
        let way = aim(&camera).along(Vec2::new(metre, 0.0), Vec3::X);
        assert!((way - 1.0).abs() < 1e-4, "{way}");
        let way = aim(&camera).along(Vec2::new(metre, 0.0), Vec3::NEG_X);
        assert!((way + 1.0).abs() < 1e-4, "{way}");
    }

    #[test]
    fn a_line_at_the_viewer_goes_away_when_the_pointer_goes_up() {
        let camera = front();
        let metre = 1.0 / camera.pixel_size(Vec3::ZERO, SIZE);
        let up = Vec2::new(0.0, -metre);
        assert!((aim(&camera).along(up, Vec3::Y) - 1.0).abs() < 1e-4);
        assert!((aim(&camera).along(up, Vec3::NEG_Y) + 1.0).abs() < 1e-4);
    }

    #[test]
    fn nothing_leads_beyond_the_horizon() {
        let camera = Camera {
            rotation: Quat::from_rotation_x(FRAC_PI_2 - 0.2),
            ..front()
        };
        for y in -40..40 {
            let points = Vec2::new(13.0, y as f32 * 25.0);
            let far = camera.distance * HORIZON;
            assert!(aim(&camera).along(points, Vec3::Y).abs() < far);
            assert!(aim(&camera).within(points, Vec3::Z).length() < far);
        }
    }
}
