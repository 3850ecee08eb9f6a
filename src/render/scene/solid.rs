//! The solid that stands for a bone: an octahedron, or a box. Which of its faces are seen, and how bright
//! they are, is found here once per bone rather than once per vertex.

use glam::{Vec2, Vec3};

use crate::model::view::Camera;

/// Where the ring of an octahedron lies between head and tail.
const RING_AT: f32 = 0.12;
/// Radius of the ring against the bone's length.
const RING_RADIUS: f32 = 0.1;
/// Limits of the ring's radius, points.
const RING_POINTS: (f32, f32) = (3.0, 16.0);
/// Half the width of a box against the bone's length.
const BOX_WIDTH: f32 = 0.12;
/// Limits of half the width of a box, points.
const BOX_POINTS: (f32, f32) = (3.0, 7.0);
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
    pub picture: Vec2,
}

impl Eye<'_> {
    /// Whether a face through `point` with this normal is seen.
    fn sees(&self, point: Vec3, normal: Vec3) -> bool {
        let towards = match self.camera.orthographic {
            true => self.camera.backward(),
            false => self.camera.eye() - point,
        };
        normal.dot(towards) > 0.0
    }

    /// How bright a face with this normal is.
    fn shade(&self, normal: Vec3) -> u8 {
        let bright = 0.74 + 0.38 * normal.normalize_or_zero().dot(self.light);
        (bright.clamp(0.0, 1.0) * 255.0) as u8
    }
}

/// A bone between two world points, and the direction of its own X axis.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Where it starts.
    pub head: Vec3,
    /// Where it ends.
    pub tail: Vec3,
    /// Its X axis, of any length.
    pub side: Vec3,
    /// Metres per point in its middle.
    point: f32,
}

/// A bone's solid, world space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Solid {
    /// From its middle to its first and second corner; the others lie opposite.
    pub ring: [Vec3; 2],
    /// A bit for each face that faces the eye, in groups of four: of an octahedron those at the head and
    /// those at the tail; of a box the head's end, the sides, the tail's end.
    pub facing: u32,
    /// How bright each face is: of an octahedron those two groups; of a box its two ends, and its sides.
    pub shades: [[u8; 4]; 2],
}

impl Span {
    /// Measures a bone on the screen.
    pub fn new(head: Vec3, tail: Vec3, side: Vec3, eye: &Eye) -> Self {
        Self {
            head,
            tail,
            side,
            point: eye.camera.pixel_size(head.lerp(tail, RING_AT), eye.picture),
        }
    }

    /// How long it would be on the screen, seen across, points.
    pub fn points_long(&self) -> f32 {
        self.head.distance(self.tail) / self.point
    }

    /// Whether it is too small to be more than a line.
    pub fn is_short(&self) -> bool {
        self.points_long() < SHORT_POINTS
    }

    /// A part of the length, kept within limits in points.
    fn width(&self, part: f32, (least, most): (f32, f32)) -> f32 {
        let length = self.head.distance(self.tail);
        (length * part).clamp(least * self.point, most * self.point)
    }

    /// Unit length: along the bone, and two directions across.
    fn axes(&self) -> [Vec3; 3] {
        let along = (self.tail - self.head).normalize_or(Vec3::Y);
        let x = self.side.normalize_or_zero().reject_from_normalized(along);
        let x = x.normalize_or(along.any_orthonormal_vector());
        [along, x, along.cross(x)]
    }

    /// An octahedron with a corner of its ring towards the bone's X axis.
    pub fn octahedron(&self, eye: &Eye) -> Solid {
        let Self { head, tail, .. } = *self;
        let [_, x, y] = self.axes();
        let radius = self.width(RING_RADIUS, RING_POINTS);
        let (x, y) = (x * radius, y * radius);
        let middle = head.lerp(tail, RING_AT);
        let corners = [middle + x, middle + y, middle - x, middle - y];
        let next = corners.iter().cycle().skip(1);
        let mut solid = Solid::unseen([x, y]);
        for (number, (&a, &b)) in corners.iter().zip(next).enumerate() {
            let normals = [(head - a).cross(b - a), (b - a).cross(tail - a)];
            for (end, normal) in normals.into_iter().enumerate() {
                solid.see(eye, a, normal, (end, number), (end, number));
            }
        }
        solid
    }

    /// A box with its sides square to the bone's own axes.
    pub fn block(&self, eye: &Eye) -> Solid {
        let Self { head, tail, .. } = *self;
        let [along, x, y] = self.axes();
        let half = self.width(BOX_WIDTH, BOX_POINTS);
        let corners = [(x + y) * half, (y - x) * half];
        let mut solid = Solid::unseen(corners);
        for (number, normal) in [y, -x, -y, x].into_iter().enumerate() {
            solid.see(eye, head + normal * half, normal, (1, number), (1, number));
        }
        for number in 0..4 {
            solid.see(eye, head, -along, (0, number), (0, 0));
            solid.see(eye, tail, along, (2, number), (0, 1));
        }
        solid
    }
}

impl Solid {
    fn unseen(ring: [Vec3; 2]) -> Self {
        Self {
            ring,
            facing: 0,
            shades: [[255; 4]; 2],
        }
    }

    /// Takes in a face, with the place of its bit and that of its shade.
    fn see(
        &mut self,
        eye: &Eye,
        point: Vec3,
        normal: Vec3,
        (group, number): (usize, usize),
        (row, column): (usize, usize),
    ) {
        if eye.sees(point, normal) {
            self.facing |= 1 << (group * 4 + number);
        }
        if let Some(shade) = self.shades.get_mut(row).and_then(|row| row.get_mut(column)) {
            *shade = eye.shade(normal);
        }
    }
}

#[cfg(test)]
mod tests {
    use glam::Quat;

    use super::*;

    /// Seen from the front, upright, a metre from head to tail.
    fn seen_from<T>(distance: f32, look: impl Fn(&Span, &Eye) -> T) -> T {
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
        look(
            &Span::new(Vec3::Z * -0.5, Vec3::Z * 0.5, Vec3::X, &eye),
            &eye,
        )
    }

    #[test]
    fn the_faces_towards_the_camera_are_seen() {
        // The ring's corners are +X, +Y, -X, -Y: the faces 2 and 3 look towards -Y.
        assert_eq!(seen_from(4.0, Span::octahedron).facing, 0b1100_1100);
    }

    #[test]
    fn of_a_box_one_side_is_seen_straight_on() {
        // The sides look towards +Y, -X, -Y, +X; the ends are seen from neither above nor below.
        assert_eq!(seen_from(4.0, Span::block).facing, 0b0000_0100_0000);
    }

    #[test]
    fn the_head_is_darker_than_the_tail_in_light_from_above() {
        let [head, tail] = seen_from(4.0, Span::octahedron).shades;
        assert!(head[0] < tail[0]);
    }

    #[test]
    fn solids_keep_within_their_limits_on_the_screen() {
        // 600 pixels high at 0.65 radians: 2 · 4 · tan(0.325) / 600 metres per pixel.
        let pixel = 2.0 * 4.0 * 0.325f32.tan() / 600.0;
        let ring = seen_from(4.0, Span::octahedron).ring[0].length();
        assert!((ring - 16.0 * pixel).abs() < 1e-3);
        let corner = seen_from(4.0, Span::block).ring[0].length();
        assert!((corner - 7.0 * 2f32.sqrt() * pixel).abs() < 1e-3);
        assert!(!seen_from(4.0, |span, _| span.is_short()));
        assert!(seen_from(100.0, |span, _| span.is_short()));
    }
}
