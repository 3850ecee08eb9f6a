//! What a script expects of frame, ranges, markers and the view of time.

use keypose::ops::runner::Session;
use serde::Deserialize;

/// What is left out is not looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SceneExpect {
    frame: Option<f32>,
    frame_start: Option<i32>,
    frame_end: Option<i32>,
    fps: Option<f32>,
    /// Empty: there is none.
    preview_range: Option<Vec<i32>>,
    /// Name, frame, and whether it is selected.
    markers: Option<Vec<(String, i32, bool)>>,
    auto_key: Option<bool>,
    action: Option<String>,
    /// First and last frame that the timeline shows.
    view: Option<(f32, f32)>,
}

impl SceneExpect {
    /// Compares.
    pub fn check(&self, session: &Session) {
        let scene = &session.document.scene;
        let same = |wanted: Option<f32>, found: f32, what: &str| {
            let close = wanted.is_none_or(|wanted| (wanted - found).abs() < 1e-3);
            assert!(close, "{what} is {found}, not {wanted:?}");
        };
        same(self.frame, scene.frame, "frame");
        same(self.fps, scene.fps, "fps");
        if let Some((first, last)) = self.view {
            same(
                Some(first),
                session.view.timeline.first,
                "first frame shown",
            );
            same(Some(last), session.view.timeline.last, "last frame shown");
        }
        if let Some(frame) = self.frame_start {
            assert_eq!(scene.frame_start, frame, "frame_start");
        }
        if let Some(frame) = self.frame_end {
            assert_eq!(scene.frame_end, frame, "frame_end");
        }
        if let Some(on) = self.auto_key {
            assert_eq!(scene.auto_key, on, "auto_key");
        }
        if let Some(wanted) = &self.preview_range {
            let found = scene.preview_range.map(|(first, last)| vec![first, last]);
            assert_eq!(&found.unwrap_or_default(), wanted, "preview range");
        }
        if let Some(wanted) = &self.markers {
            let markers = scene.markers.iter();
            let found = markers.map(|m| (m.name.clone(), m.frame, m.select));
            assert_eq!(&found.collect::<Vec<_>>(), wanted, "markers");
        }
        if let Some(wanted) = &self.action {
            let rig = session.document.rig().unwrap();
            assert_eq!(rig.animation.active_action.as_ref(), Some(wanted), "action");
        }
    }
}
