//! The bone under the pointer, found as a click would find it.

use egui::{Pos2, Rect};
use glam::Vec2;

use crate::eval::evaluator::DocumentEvaluator;
use crate::eval::pick::{self, Viewport};
use crate::model::document::Document;
use crate::model::view::View;
use crate::ops::view3d::pick::PICK_RADIUS;
use crate::ui::acts::BoneRef;

/// The bone nearest to a point of the panel.
pub fn bone_at(
    document: &Document,
    view: &View,
    poses: &DocumentEvaluator,
    panel: Rect,
    at: Pos2,
) -> Option<BoneRef> {
    let viewport = Viewport {
        camera: &view.camera,
        size: Vec2::new(panel.width(), panel.height()),
        pixels_per_point: 1.0,
        style: view.bone_style,
    };
    let pixel = Vec2::new(at.x - panel.left(), at.y - panel.top());
    let hit = pick::nearest(document, poses, &viewport, pixel, PICK_RADIUS)?;
    Some((hit.rig, hit.bone))
}
