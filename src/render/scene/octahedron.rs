//! The solid that stands for a bone: a ring of four corners between head and tail. Which of its faces are
//! seen, and how bright they are, is found here once per bone rather than once per vertex.

use glam::Vec3;

use crate::model::view::Camera;

/// Where the ring lies between head and tail.
const RING_AT: f32 = 0.12;
/// Radius of the ring against the bone's length.
const RING_RADIUS: f32 = 0.1;
/// Limits of the ring's radius, points.
const RING_POINTS: (f32, f32) = (3.0, 16.0);
/// A bone that would be shorter than this on the screen, seen across, is drawn as a thin bar, points.
const SHORT_POINTS: f32 = 24.0;

/// From where bones are seen.
#[derive(Clone, Copy, Debug)]
pub struct Eye<'a> {
    /// The camera.
    pub camera: &'a Camera,
    /// Unit length, towards the light.
    pub light: Vec3,
    /// Width and height of the picture, points.
    pub picture: glam::Vec2,
}

/// A bone's solid, world space. Faces are numbered 0 to 3 around the head, 4 to 7 around the tail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Octahedron {
    /// From the ring's middle to its first and third corner; the others lie opposite.
    pub ring: [Vec3; 2],
    /// A bit for each face that faces the eye.
    pub facing: u32,
    /// How bright each face is.
    pub shades: [[u8; 4]; 2],
    /// Whether it is too small to be more than a line.
    pub short: bool,
}

impl Octahedron {
    /// The solid between two world points, with a corner of its ring towards `side`.
    pub fn new(head: Vec3, tail: Vec3, side: Vec3, eye: &Eye) -> Self {
        let axis = tail - head;
        let middle = head + axis * RING_AT;
        let point = eye.camera.pixel_size(middle, eye.picture);
        let (least, most) = RING_POINTS;
        let radius = (axis.length() * RING_RADIUS).clamp(least * point, most * point);
        let along = axis.normalize_or(Vec3::Y);
        let x = side.reject_from_normalized(along);
        let x = x.normalize_or(along.any_orthonormal_vector()) * radius;
        let y = along.cross(x);
        let mut solid = Self {
            ring: [x, y],
            facing: 0,
            shades: [[255; 4]; 2],
            short: axis.length() < SHORT_POINTS * point,
        };
        let corners = [middle + x, middle + y, middle - x, middle - y];
        let next = corners.iter().cycle().skip(1);
        for (number, (&a, &b)) in corners.iter().zip(next).enumerate() {
            let towards_eye = match eye.camera.orthographic {
                true => eye.camera.backward(),
                false => eye.camera.eye() - a,
            };
            let normals = [(head - a).cross(b - a), (b - a).cross(tail - a)];
            for (end, (normal, shades)) in normals.into_iter().zip(&mut solid.shades).enumerate() {
                if normal.dot(towards_eye) > 0.0 {
                    solid.facing |= 1 << (end * 4 + number);
                }
                let bright = 0.74 + 0.38 * normal.normalize_or_zero().dot(eye.light);
                if let Some(shade) = shades.get_mut(number) {
                    *shade = (bright.clamp(0.0, 1.0) * 255.0) as u8;
                }
            }
        }
        solid
    }
}

#[cfg(test)]
mod tests {
    use glam::{Quat, Vec2};

    use super::*;

    /// Seen from the front, upright, a metre from head to tail.
    fn seen_from(distance: f32) -> Octahedron {
        let camera = Camera {
            target: Vec3::ZERO,
            rotation: Quat::from_rotation_x(std::f32::consts::FRAC_PI_2),
            distance,
            ..Camera::default()
        };
        let eye = Eye {
            camera: &camera,
            light: Vec3::Z,
            picture: Vec2::new(800.0, 600.0),
        };
        Octahedron::new(Vec3::Z * -0.5, Vec3::Z * 0.5, Vec3::X, &eye)
    }

    #[test]
    fn the_faces_towards_the_camera_are_seen() {
        // The ring's corners are +X, +Y, -X, -Y: the faces 2 and 3 look towards -Y.
        assert_eq!(seen_from(4.0).facing, 0b1100_1100);
    }

    #[test]
    fn the_head_is_darker_than_the_tail_in_light_from_above() {
        let [head, tail] = seen_from(4.0).shades;
        assert!(head[0] < tail[0]);
    }

    #[test]
    fn the_ring_keeps_within_its_limits_on_the_screen() {
        // 600 pixels high at 0.65 radians: 2 · 4 · tan(0.325) / 600 metres per pixel.
        let pixel = 2.0 * 4.0 * 0.325f32.tan() / 600.0;
        assert!((seen_from(4.0).ring[0].length() - 16.0 * pixel).abs() < 1e-3);
        assert!(!seen_from(4.0).short && seen_from(100.0).short);
    }
}
