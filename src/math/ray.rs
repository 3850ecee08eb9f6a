//! Rays, and distances on the screen that picking needs.

use glam::{Vec2, Vec3};

/// A half line in world space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ray {
    /// Where it starts.
    pub origin: Vec3,
    /// Its direction, of unit length.
    pub direction: Vec3,
}

impl Ray {
    /// Where it meets the plane through `point` with this `normal`; nothing where it runs along it.
    pub fn plane(&self, point: Vec3, normal: Vec3) -> Option<Vec3> {
        let slope = self.direction.dot(normal);
        if slope.abs() < 1e-6 {
            return None;
        }
        let distance = (point - self.origin).dot(normal) / slope;
        distance
            .is_finite()
            .then(|| self.origin + self.direction * distance)
    }

    /// How far along the line through `point` in `direction` (unit length) the ray passes nearest.
    pub fn along_line(&self, point: Vec3, direction: Vec3) -> Option<f32> {
        let between = point - self.origin;
        let cosine = self.direction.dot(direction);
        let divisor = 1.0 - cosine * cosine;
        if divisor < 1e-6 {
            return None;
        }
        Some((cosine * between.dot(self.direction) - between.dot(direction)) / divisor)
    }
}

/// Distance from `point` to the segment `a`–`b`, and how far along it the nearest point lies (0 to 1).
pub fn distance_to_segment(point: Vec2, a: Vec2, b: Vec2) -> (f32, f32) {
    let along = b - a;
    let length_squared = along.length_squared();
    let t = if length_squared > 0.0 {
        ((point - a).dot(along) / length_squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (point.distance(a + along * t), t)
}

/// Whether the segment `a`–`b` passes through the rectangle from `min` to `max`.
pub fn segment_meets_rect(a: Vec2, b: Vec2, min: Vec2, max: Vec2) -> bool {
    // Clip the segment's parameter range by each side (Liang and Barsky, 1984).
    let along = b - a;
    let (mut enter, mut leave) = (0.0f32, 1.0f32);
    for axis in 0..2 {
        if along[axis].abs() < f32::EPSILON {
            if a[axis] < min[axis] || a[axis] > max[axis] {
                return false;
            }
            continue;
        }
        let first = (min[axis] - a[axis]) / along[axis];
        let second = (max[axis] - a[axis]) / along[axis];
        enter = enter.max(first.min(second));
        leave = leave.min(first.max(second));
    }
    enter <= leave
}

/// Whether the segment `a`–`b` lies in the closed polygon at least in part; where the polygon crosses itself,
/// even and odd decide.
pub fn segment_meets_polygon(a: Vec2, b: Vec2, polygon: &[Vec2]) -> bool {
    let mut inside = false;
    let after = polygon.iter().cycle().skip(1);
    for (&from, &to) in polygon.iter().zip(after) {
        if segments_cross(a, b, from, to) {
            return true;
        }
        let above = |point: Vec2| point.y > a.y;
        if above(from) != above(to) {
            let t = (a.y - from.y) / (to.y - from.y);
            inside ^= a.x < from.x + (to.x - from.x) * t;
        }
    }
    inside
}

fn segments_cross(a: Vec2, b: Vec2, c: Vec2, d: Vec2) -> bool {
    let side = |from: Vec2, to: Vec2, point: Vec2| (to - from).perp_dot(point - from);
    let apart = |one: f32, other: f32| one < 0.0 && other > 0.0 || one > 0.0 && other < 0.0;
    apart(side(a, b, c), side(a, b, d)) && apart(side(c, d, a), side(c, d, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_point_of_a_segment_is_clamped_to_its_end() {
        let (distance, t) =
            distance_to_segment(Vec2::new(3.0, 4.0), Vec2::ZERO, Vec2::new(-1.0, 0.0));
        assert_eq!((distance, t), (5.0, 0.0));
    }

    #[test]
    fn a_segment_that_crosses_the_box_without_an_end_in_it_counts() {
        let (min, max) = (Vec2::ZERO, Vec2::ONE);
        assert!(segment_meets_rect(
            Vec2::new(-1.0, 0.5),
            Vec2::new(2.0, 0.5),
            min,
            max
        ));
        assert!(!segment_meets_rect(
            Vec2::new(-1.0, 1.5),
            Vec2::new(2.0, 1.5),
            min,
            max
        ));
    }

    #[test]
    fn a_polygon_takes_what_lies_in_it_or_crosses_it() {
        let [a, b] = [Vec2::ZERO, Vec2::new(4.0, 0.0)];
        let corner = [a, b, Vec2::new(4.0, 4.0), Vec2::new(3.0, 1.0)];
        let meets =
            |a: [f32; 2], b: [f32; 2]| segment_meets_polygon(Vec2::from(a), Vec2::from(b), &corner);
        assert!(meets([3.0, 0.5], [3.5, 0.5]));
        assert!(meets([3.5, -1.0], [3.5, 9.0]));
        // Within its bounds, but in the hollow.
        assert!(!meets([1.0, 3.0], [2.0, 2.0]));
        assert!(!segment_meets_polygon(a, b, &[]));
    }

    #[test]
    fn a_ray_straight_down_passes_a_line_at_its_foot() {
        let ray = Ray {
            origin: Vec3::new(2.0, 1.0, 5.0),
            direction: -Vec3::Z,
        };
        assert_eq!(ray.along_line(Vec3::ZERO, Vec3::X), Some(2.0));
        assert_eq!(
            ray.plane(Vec3::ZERO, Vec3::Z),
            Some(Vec3::new(2.0, 1.0, 0.0))
        );
    }
}
