//! What is under the pointer in the 3D view, found as a click would find it.

use egui::{Pos2, Rect};
use glam::Vec2;

use crate::eval::evaluator::DocumentEvaluator;
use crate::eval::pick::Viewport;
use crate::model::document::Document;
use crate::model::view::View;
use crate::ops::context::Picked;
use crate::ops::view3d::under;

/// The bone or empty that a click at a point of the panel takes.
pub fn picked_at(
    document: &Document,
    view: &View,
    poses: &DocumentEvaluator,
    panel: Rect,
    at: Pos2,
) -> Option<Picked> {
    let viewport = Viewport {
        camera: &view.camera,
        size: Vec2::new(panel.width(), panel.height()),
        pixels_per_point: 1.0,
        style: view.bone_style,
    };
    let pixel = Vec2::new(at.x - panel.left(), at.y - panel.top());
    under::nearest(document, poses, &viewport, pixel, view.overlays)
}
