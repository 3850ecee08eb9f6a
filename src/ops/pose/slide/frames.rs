//! The keys before and after the current frame, for slide operators that are called by hand.

use crate::model::document::Document;
use crate::model::fcurve::SAME_FRAME;
use crate::ops::operator::Refusal;
use crate::ops::shared::frames;
use crate::ops::shared::keyed_action::scene_frame;
use crate::ops::shared::posed_curves::{PosedRig, posed_curves};

/// The frames of the keys before and after the current one, of the bones that would slide. At a key they are
/// the keys on both sides of it; where there is none, the next frame takes its place.
///
/// # Errors
/// A refusal where these bones have no key.
pub fn around(doc: &Document) -> Result<(i32, i32), Refusal> {
    let now = doc.scene.frame.floor();
    let columns = columns(doc, &posed_curves(doc));
    if columns.is_empty() {
        return Err(Refusal::error(
            "There are no keys to slide between; key the pose at two frames first",
        ));
    }
    let here = |column: &f32| (column - now).abs() < SAME_FRAME;
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

/// The frames of the scene at which any curve has a key, ascending; nearer ones than [`SAME_FRAME`] are one.
pub fn columns(doc: &Document, rigs: &[PosedRig]) -> Vec<f32> {
    let of_rig = |posed: &PosedRig| {
        let keys = posed.curves().flat_map(|(_, curve)| curve.keys.iter());
        let mut frames: Vec<f32> = keys.map(|key| key.frame()).collect();
        frames.sort_by(f32::total_cmp);
        frames.dedup();
        let scene = frames
            .iter()
            .map(|&frame| scene_frame(doc, posed.rig, frame));
        scene.collect::<Vec<_>>()
    };
    let mut frames: Vec<f32> = rigs.iter().flat_map(of_rig).collect();
    frames.sort_by(f32::total_cmp);
    frames.dedup_by(|frame, kept| (*frame - *kept).abs() < SAME_FRAME);
    frames
}

/// Without its fraction; a frame far away is brought near enough.
#[expect(clippy::cast_possible_truncation, reason = "clamped to whole frames")]
fn truncated(frame: f32) -> i32 {
    frame.clamp(-frames::LAST_FRAME, frames::LAST_FRAME).trunc() as i32
}
