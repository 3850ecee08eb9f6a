//! The keys before and after the current frame, for slide operators that are called by hand.

use crate::model::document::Document;
use crate::model::fcurve::SAME_FRAME;
use crate::ops::operator::Refusal;
use crate::ops::shared::frames;
use crate::ops::shared::keyed_action::scene_frame;
use crate::ops::shared::posed_curves::{columns, posed_curves};

/// The frames of the keys before and after the current one, of the bones that would slide. At a key they are
/// the keys on both sides of it; where there is none, the next frame takes its place.
///
/// # Errors
/// A refusal where these bones have no key.
pub fn around(doc: &Document) -> Result<(i32, i32), Refusal> {
    let now = doc.scene.frame.trunc();
    let scene = |rig, frame| scene_frame(doc, rig, frame);
    let columns = columns(&posed_curves(doc), scene, |_, _| true);
    if columns.is_empty() {
        return Err(Refusal::error(
            "There are no keys to slide between; key the pose at two frames first",
        ));
    }
    let here = |column: &f32| (column - now).abs() <= SAME_FRAME;
    let before = columns
        .iter()
        .rev()
        .find(|column| **column < now && !here(column));
    let after = columns
        .iter()
        .find(|column| **column > now && !here(column));
    let (before, after) = (
        before.copied().unwrap_or(now - 1.0),
        after.copied().unwrap_or(now + 1.0),
    );
    Ok((truncated(before), truncated(after)))
}

/// Without its fraction; a frame far away is brought near enough.
#[expect(clippy::cast_possible_truncation, reason = "clamped to whole frames")]
fn truncated(frame: f32) -> i32 {
    frame.clamp(-frames::LAST_FRAME, frames::LAST_FRAME).trunc() as i32
}
