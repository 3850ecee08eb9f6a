//! Frames and ranges of the scene, kept within what a document allows.

use std::sync::Arc;

use crate::eval::animation;
use crate::eval::sampler::Animator;
use crate::model::document::Document;
use crate::model::settings::SceneSettings;

/// Frames beyond this, in either direction, are not used.
pub const LAST: i32 = 1_048_574;

/// The same as a number with a fraction.
pub const LAST_FRAME: f32 = 1_048_574.0;

/// The least and the greatest number of frames per second.
pub const FPS: (f32, f32) = (1.0, 32_767.0);

/// Goes to a frame and brings every rig to what its active action gives there.
pub fn go_to(document: &mut Document, frame: f32) {
    set_frame(document, frame);
    animation::apply(document);
}

/// [`go_to`] for one frame after the other.
pub fn play_to(document: &mut Document, frame: f32, animator: &mut Animator) {
    set_frame(document, frame);
    animator.apply(document);
}

fn set_frame(document: &mut Document, frame: f32) {
    let frame = frame.clamp(-LAST_FRAME, LAST_FRAME);
    if frame != document.scene.frame {
        Arc::make_mut(&mut document.scene).frame = frame;
    }
}

/// The whole frame that a frame lies nearest to; from the middle it goes up.
#[expect(clippy::cast_possible_truncation, reason = "clamped to whole frames")]
pub fn whole(frame: f32) -> i32 {
    (frame.clamp(-LAST_FRAME, LAST_FRAME) + 0.5).floor() as i32
}

/// A whole frame as a number with a fraction.
#[expect(clippy::cast_precision_loss, reason = "frames are below 2^24")]
pub fn exact(frame: i32) -> f32 {
    frame.clamp(-LAST, LAST) as f32
}

/// Where the second begins that a frame lies nearest to; it may lie between two frames.
pub fn nearest_second(scene: &SceneSettings, frame: f32) -> f32 {
    (frame / scene.fps).round() * scene.fps
}

/// First and last frame of what is played: the preview range where there is one.
pub fn played_range(scene: &SceneSettings) -> (i32, i32) {
    let (first, last) = scene
        .preview_range
        .unwrap_or((scene.frame_start, scene.frame_end));
    (first, last.max(first))
}

/// Sets the first frame; the last one is never before it.
pub fn set_start(scene: &mut SceneSettings, frame: i32) {
    scene.frame_start = frame.clamp(0, LAST);
    scene.frame_end = scene.frame_end.max(scene.frame_start);
}

/// Sets the last frame; the first one is never after it.
pub fn set_end(scene: &mut SceneSettings, frame: i32) {
    scene.frame_end = frame.clamp(0, LAST);
    scene.frame_start = scene.frame_start.min(scene.frame_end);
}

/// A preview range: its first frame is never after its last one.
pub fn preview((first, last): (i32, i32)) -> (i32, i32) {
    let (first, last) = (first.clamp(-LAST, LAST), last.clamp(-LAST, LAST));
    (first.min(last), last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_pushes_its_other_end_along() {
        let mut scene = SceneSettings::default();
        set_start(&mut scene, 300);
        assert_eq!((scene.frame_start, scene.frame_end), (300, 300));
        set_end(&mut scene, 20);
        assert_eq!((scene.frame_start, scene.frame_end), (20, 20));
        set_end(&mut scene, -3);
        assert_eq!((scene.frame_start, scene.frame_end), (0, 0));
        assert_eq!(preview((50, 20)), (20, 20));
        assert_eq!(preview((-80, -50)), (-80, -50));
    }

    #[test]
    fn the_preview_range_is_what_is_played() {
        let mut scene = SceneSettings::default();
        assert_eq!(played_range(&scene), (1, 250));
        scene.preview_range = Some((-4, 9));
        assert_eq!(played_range(&scene), (-4, 9));
    }

    #[test]
    fn frames_far_away_are_kept_within_bounds() {
        let mut document = Document::default();
        go_to(&mut document, 3e9);
        assert_eq!(document.scene.frame, LAST_FRAME);
        assert_eq!((whole(2.5), whole(-2.5), whole(-1e12)), (3, -2, -LAST));
    }
}
