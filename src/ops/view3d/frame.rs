//! Moving the camera so that the selected bones, or everything, fills the view.

use glam::Vec3;

use crate::eval::bounds;
use crate::eval::evaluator::DocumentEvaluator;
use crate::model::view::Camera;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Refusal};
use crate::props;

/// How much more than everything the view shows.
const MARGIN: f32 = 1.12;
/// How much more than the selected bones: what is around them matters to their pose.
const MARGIN_AROUND_BONES: f32 = 1.5;

props! {
    /// Move the camera so that everything fills the view.
    pub struct ViewAll {
        /// Look at the middle of the world.
        center: bool = false;
    }
}

impl Operator for ViewAll {
    const INFO: Info = Info::new("view3d.view_all", "Frame All").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let mut points = bounds::points_of_document(cx.doc, &evaluated(cx));
        if self.center && !points.is_empty() {
            points.push(Vec3::ZERO);
        }
        let aspect = cx.place.size.x / cx.place.size.y.max(1.0);
        frame(&mut cx.view.camera, &points, aspect, MARGIN)
    }
}

props! {
    /// Move the camera so that the selected bones fill the view.
    pub struct ViewSelected {}
}

impl Operator for ViewSelected {
    const INFO: Info = Info::new("view3d.view_selected", "Frame Selected").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let points = bounds::points_of_selected(cx.doc, &evaluated(cx));
        if points.is_empty() {
            return ViewAll::default().exec(cx);
        }
        let aspect = cx.place.size.x / cx.place.size.y.max(1.0);
        frame(&mut cx.view.camera, &points, aspect, MARGIN_AROUND_BONES)
    }
}

/// The poses of all rigs.
fn evaluated(cx: &Context) -> DocumentEvaluator {
    let mut poses = DocumentEvaluator::default();
    poses.evaluate(cx.doc);
    poses
}

/// Puts the camera before the points so that all are seen, with a margin.
fn frame(camera: &mut Camera, points: &[Vec3], aspect: f32, margin: f32) -> Exec {
    let points: Vec<Vec3> = points
        .iter()
        .copied()
        .filter(|point| point.is_finite())
        .collect();
    if points.is_empty() {
        return Err(Refusal::Nothing);
    }
    // In the camera's own axes: tighter than a sphere for tall characters.
    let axes = [camera.right(), camera.up(), camera.backward()];
    let seen = |point: &Vec3| Vec3::from_array(axes.map(|axis| axis.dot(*point)));
    let (mut min, mut max) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
    for point in points.iter().map(seen) {
        (min, max) = (min.min(point), max.max(point));
    }
    let middle = (min + max) * 0.5;
    // What is seen from its end has hardly any width: without this the camera would go right up to it.
    let least = 0.25 * (max - min).length();
    let tangent = (camera.fov * 0.5).tan();
    let needed = |point: Vec3| {
        let aside = (point - middle).abs().max(Vec3::splat(least));
        let nearer = if camera.orthographic {
            0.0
        } else {
            point.z - middle.z
        };
        margin * (aside.y / tangent).max(aside.x / (tangent * aspect.max(0.1))) + nearer
    };
    let distance = points.iter().map(seen).map(needed).fold(0.0, f32::max);
    let [right, up, backward] = axes;
    camera.target = right * middle.x + up * middle.y + backward * middle.z;
    if distance > 1e-6 {
        camera.distance = distance.clamp(1e-4, 1e7);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use glam::Vec2;

    use super::*;

    #[test]
    fn framed_points_are_in_the_picture_at_any_scale() {
        for scale in [0.0005, 0.01, 1.0, 300.0, 20_000.0] {
            let mut camera = Camera::default();
            let points = [
                Vec3::new(-1.0, 0.0, 0.0) * scale,
                Vec3::new(1.0, 0.5, 2.0) * scale,
            ];
            assert!(frame(&mut camera, &points, 4.0 / 3.0, MARGIN).is_ok());
            for point in points {
                let (pixel, _) = camera
                    .project(point, Vec2::new(800.0, 600.0))
                    .unwrap_or_default();
                assert!(
                    pixel.cmpgt(Vec2::ZERO).all() && pixel.x < 800.0 && pixel.y < 600.0,
                    "{pixel}"
                );
            }
        }
    }

    #[test]
    fn a_bone_seen_from_its_end_is_not_right_before_the_eye() {
        let mut camera = Camera::default();
        let along = camera.backward();
        assert!(frame(&mut camera, &[Vec3::ZERO, along], 1.5, MARGIN).is_ok());
        // Half of the bone is before its middle; the eye stays as far again from its end.
        assert!(camera.distance > 1.0, "{}", camera.distance);
    }
}
