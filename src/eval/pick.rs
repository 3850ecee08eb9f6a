//! Which bones lie under the pointer or in a box on the screen.
//!
//! A bone counts as its drawn outline, so that a click inside of it has distance 0 and depth decides;
//! one that is partly behind the eye counts with its visible part. Bones that cannot be seen or cannot be
//! selected are left out. Pixels have their origin at the top left.

use glam::{Vec2, Vec3};

use crate::eval::evaluator::DocumentEvaluator;
use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};
use crate::model::view::{BoneStyle, Camera, Projection};

/// Where the ring of an octahedral bone lies between head and tail; as `bones.wgsl` draws it.
const RING_AT: f32 = 0.12;
/// Radius of the ring against the bone's length.
const RING_RADIUS: f32 = 0.1;
/// Limits of the ring's radius, points.
const RING_POINTS: (f32, f32) = (3.0, 16.0);
/// A bone that would be shorter than this on the screen, seen across, is drawn as a thin bar, points.
const SHORT_POINTS: f32 = 24.0;
/// Radius of a bar, points, and of that of a short bone.
const BAR_POINTS: (f32, f32) = (2.5, 1.5);
/// Radius of a wire, points.
const WIRE_POINTS: f32 = 0.75;
/// Half the width of a box against its length.
const BOX_WIDTH: f32 = 0.12;
/// Limits of half the width of a box, points.
const BOX_POINTS: (f32, f32) = (3.0, 7.0);

/// A picture of a document.
#[derive(Clone, Copy, Debug)]
pub struct Viewport<'a> {
    /// Where it is seen from.
    pub camera: &'a Camera,
    /// Width and height, pixels.
    pub size: Vec2,
    /// Pixels of the screen per point of the interface.
    pub pixels_per_point: f32,
    /// How bones are drawn.
    pub style: BoneStyle,
}

/// A bone that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its rig.
    pub rig: RigId,
    /// The bone.
    pub bone: BoneId,
    /// Pixels from its outline, 0 inside.
    pub distance: f32,
    /// Metres from the eye along the line of sight, at the nearest point.
    pub depth: f32,
}

impl Hit {
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let by_distance = self.distance.total_cmp(&other.distance);
        by_distance.then(self.depth.total_cmp(&other.depth))
    }
}

/// Finds bones; its memory serves the next search again.
#[derive(Clone, Debug, Default)]
pub struct BonePicker {
    hits: Vec<Hit>,
}

impl BonePicker {
    /// The bones within `radius` pixels of `pixel`, nearest on the screen first, then nearest to the eye.
    pub fn at(
        &mut self,
        document: &Document,
        poses: &DocumentEvaluator,
        viewport: &Viewport,
        pixel: Vec2,
        radius: f32,
    ) -> &[Hit] {
        self.hits.clear();
        visit(document, poses, viewport, |shape| {
            self.hits.extend(shape.hit(pixel, radius));
        });
        self.hits.sort_unstable_by(Hit::order);
        &self.hits
    }

    /// The bones whose line from head to tail, in pixels, is covered, in the document's order.
    pub fn covered(
        &mut self,
        document: &Document,
        poses: &DocumentEvaluator,
        viewport: &Viewport,
        covers: impl Fn(Vec2, Vec2) -> bool,
    ) -> &[Hit] {
        self.hits.clear();
        visit(document, poses, viewport, |shape| {
            let [head, _, tail] = shape.points;
            if covers(head.pixel, tail.pixel) {
                self.hits.push(Hit {
                    rig: shape.rig,
                    bone: shape.bone,
                    distance: 0.0,
                    depth: head.depth.min(tail.depth),
                });
            }
        });
        &self.hits
    }
}

/// The bone nearest to `pixel` within `radius` pixels: what a click without cycling takes.
pub fn nearest(
    document: &Document,
    poses: &DocumentEvaluator,
    viewport: &Viewport,
    pixel: Vec2,
    radius: f32,
) -> Option<Hit> {
    let mut best: Option<Hit> = None;
    visit(document, poses, viewport, |shape| {
        best = shape
            .hit(pixel, radius)
            .into_iter()
            .chain(best)
            .min_by(Hit::order);
    });
    best
}

/// The hit that follows the bone taken last, round and round; the first where that one is not among them.
pub fn cycle(hits: &[Hit], last: Option<(RigId, BoneId)>) -> Option<Hit> {
    let place = hits
        .iter()
        .position(|hit| Some((hit.rig, hit.bone)) == last);
    place
        .and_then(|place| hits.get(place + 1))
        .or(hits.first())
        .copied()
}

/// A point of a bone's outline: a circle on the screen.
#[derive(Clone, Copy, Debug)]
struct Circle {
    pixel: Vec2,
    radius: f32,
    depth: f32,
}

/// A bone on the screen: the outline around three circles, at its head, ring and tail.
struct Shape {
    rig: RigId,
    bone: BoneId,
    points: [Circle; 3],
}

impl Shape {
    fn hit(&self, pixel: Vec2, radius: f32) -> Option<Hit> {
        let [head, ring, tail] = self.points;
        let (a, b) = (taper(pixel, head, ring), taper(pixel, ring, tail));
        let (distance, depth) = if b.0 < a.0 { b } else { a };
        (distance <= radius).then_some(Hit {
            rig: self.rig,
            bone: self.bone,
            distance,
            depth,
        })
    }
}

/// Distance from the outline around two circles, 0 inside, and the depth at the nearest point.
fn taper(pixel: Vec2, a: Circle, b: Circle) -> (f32, f32) {
    let axis = b.pixel - a.pixel;
    let length = axis.length();
    let widening = b.radius - a.radius;
    if widening.abs() >= length {
        let larger = if widening > 0.0 { b } else { a };
        let distance = pixel.distance(larger.pixel) - larger.radius;
        return (distance.max(0.0), larger.depth);
    }
    // The nearest circle between the two is not the one abreast: the outline leans by the widening.
    let direction = axis / length;
    let from_a = pixel - a.pixel;
    let aside = from_a.perp_dot(direction).abs();
    let slope = widening / length;
    let lean = slope / (1.0 - slope * slope).sqrt() * aside;
    let t = ((from_a.dot(direction) + lean) / length).clamp(0.0, 1.0);
    let distance = pixel.distance(a.pixel + axis * t) - (a.radius + widening * t);
    (distance.max(0.0), a.depth + (b.depth - a.depth) * t)
}

/// Calls `found` with every bone that can be seen and selected and is at least partly before the eye.
fn visit(
    document: &Document,
    poses: &DocumentEvaluator,
    viewport: &Viewport,
    mut found: impl FnMut(Shape),
) {
    let screen = Screen::new(viewport);
    for (id, rig) in document.rig_ids().zip(document.rigs.iter()) {
        let Some(posed) = poses.pose(id) else {
            continue;
        };
        let world_from_armature = rig.world_from_armature();
        let bones = rig.armature.ids().filter(|&bone| rig.selectable(bone));
        for bone in bones {
            let Some((head, tail)) = posed.head(bone).zip(posed.tail(bone)) else {
                continue;
            };
            let points = screen.outline(
                world_from_armature.transform_point3(head),
                world_from_armature.transform_point3(tail),
            );
            if let Some(points) = points {
                found(Shape {
                    rig: id,
                    bone,
                    points,
                });
            }
        }
    }
}

/// A viewport, ready for many bones.
struct Screen {
    projection: Projection,
    eye: Vec3,
    forward: Vec3,
    near: f32,
    /// Pixels per metre at a depth of one metre, or at any depth of an orthographic camera.
    pixels_per_metre: f32,
    orthographic: bool,
    style: BoneStyle,
    pixels_per_point: f32,
}

impl Screen {
    fn new(viewport: &Viewport) -> Self {
        let Viewport { camera, size, .. } = *viewport;
        Self {
            projection: Projection::new(camera, size),
            eye: camera.eye(),
            forward: -camera.backward(),
            near: camera.depth_range().0,
            pixels_per_metre: camera
                .pixel_size(camera.eye() - camera.backward(), size)
                .recip(),
            orthographic: camera.orthographic,
            style: viewport.style,
            pixels_per_point: viewport.pixels_per_point,
        }
    }

    /// The circles of a bone between two world points, as far as it lies before the near plane.
    fn outline(&self, head: Vec3, tail: Vec3) -> Option<[Circle; 3]> {
        let (start, end) = self.visible_part(head, tail)?;
        let circle = |t: f32| {
            let (pixel, depth) = self.projection.point(head.lerp(tail, t))?;
            Some(Circle {
                pixel,
                radius: 0.0,
                depth,
            })
        };
        let middle = RING_AT.clamp(start, end);
        let (mut first, mut ring, mut last) = (circle(start)?, circle(middle)?, circle(end)?);
        // Not as foreshortened: as `bones.wgsl` judges it.
        let pixels_long = self.pixels(head.distance(tail), ring.depth);
        let points_long = pixels_long / self.pixels_per_point.max(1e-3);
        let even = match self.style {
            _ if points_long < SHORT_POINTS => Some(BAR_POINTS.1),
            BoneStyle::Stick => Some(BAR_POINTS.0),
            BoneStyle::Wire => Some(WIRE_POINTS),
            BoneStyle::BBone => Some((points_long * BOX_WIDTH).clamp(BOX_POINTS.0, BOX_POINTS.1)),
            BoneStyle::Octahedral => None,
        };
        if let Some(points) = even {
            for circle in [&mut first, &mut ring, &mut last] {
                circle.radius = points * self.pixels_per_point;
            }
        } else {
            let widest = self.ring_radius(head.distance(tail), ring.depth);
            // An end that the near plane cuts off is as wide as the bone is there.
            let width = |t: f32| widest * (t / RING_AT).min((1.0 - t) / (1.0 - RING_AT));
            (first.radius, ring.radius, last.radius) = (width(start), width(middle), width(end));
        }
        Some([first, ring, last])
    }

    /// From where to where, between 0 and 1, a bone lies before the near plane.
    fn visible_part(&self, head: Vec3, tail: Vec3) -> Option<(f32, f32)> {
        let depth = |point: Vec3| (point - self.eye).dot(self.forward);
        let (a, b) = (depth(head), depth(tail));
        // A hair's breadth further, against rounding.
        let near = self.near + self.near.abs() * 1e-3;
        let cut = (near - a) / (b - a);
        match (a >= near, b >= near) {
            (true, true) => Some((0.0, 1.0)),
            (false, true) => Some((cut, 1.0)),
            (true, false) => Some((0.0, cut)),
            (false, false) => None,
        }
    }

    /// A length across the line of sight, on the screen.
    fn pixels(&self, length: f32, depth: f32) -> f32 {
        let depth = if self.orthographic { 1.0 } else { depth };
        length * self.pixels_per_metre / depth.max(1e-6)
    }

    fn ring_radius(&self, length: f32, depth: f32) -> f32 {
        let pixels = self.pixels(length * RING_RADIUS, depth);
        let (least, most) = RING_POINTS;
        pixels.clamp(least * self.pixels_per_point, most * self.pixels_per_point)
    }
}

#[cfg(test)]
mod tests;
