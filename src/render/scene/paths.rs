//! Motion paths: their points in one list, made anew only where a path or its colour has changed, and which
//! part of each is shown.

use std::ops::Range;
use std::sync::{Arc, Weak};

use bytemuck::Zeroable as _;

use crate::model::id::BoneId;
use crate::model::motion_path::{MotionPath, MotionPathSettings, PathDisplay};
use crate::render::colors::{self, Side};
use crate::render::paths::PathPoint;
use crate::render::scene::{Posed, Scene, posed_rigs};
use crate::render::viewport::FrameInput;

/// How opaque paths are.
const ALPHA: u8 = 235;

/// A path and its colour.
type Known = (Weak<MotionPath>, [u8; 4]);

/// The motion paths of a frame.
#[derive(Debug, Default)]
pub struct Paths {
    /// Of all paths, and one more.
    pub points: Vec<PathPoint>,
    /// Another number whenever the points are others.
    pub version: u64,
    /// What is drawn, a range of points for each path.
    pub shown: Vec<Range<u32>>,
    known: Vec<Known>,
    found: Vec<Known>,
}

impl Scene {
    pub(super) fn list_paths(&mut self, frame: &FrameInput) {
        let paths = &mut self.paths;
        paths.shown.clear();
        paths.found.clear();
        if !frame.view.shows_motion_paths() {
            return;
        }
        let mut start = 0;
        for posed in posed_rigs(frame, &self.skeletons) {
            for (place, setup) in posed.rig.pose.setups.iter().enumerate() {
                let Some(path) = &setup.motion_path else {
                    continue;
                };
                let id = BoneId::new(place);
                if !posed.rig.visible(id) {
                    continue;
                }
                let color = color(frame, &posed, id);
                paths.found.push((Arc::downgrade(path), color));
                let settings = &posed.rig.options.motion_paths;
                let shown = part(path, settings, frame.document.scene.frame);
                let at = |place: usize| u32::try_from(start + place).unwrap_or(u32::MAX);
                paths.shown.push(at(shown.start)..at(shown.end));
                start += path.points.len();
            }
        }
        paths.follow();
    }
}

impl Paths {
    /// Makes the points anew where they are those of other paths.
    fn follow(&mut self) {
        let same = |(a, b): (&Known, &Known)| Weak::ptr_eq(&a.0, &b.0) && a.1 == b.1;
        let known = self.known.len() == self.found.len();
        if known && self.known.iter().zip(&self.found).all(same) {
            return;
        }
        std::mem::swap(&mut self.known, &mut self.found);
        self.version += 1;
        self.points.clear();
        for (path, color) in &self.known {
            let Some(path) = path.upgrade() else { continue };
            let points = (path.start..).zip(&path.points);
            #[expect(clippy::cast_precision_loss, reason = "frames are below 2^24")]
            let point = |(frame, position): (i32, &[f32; 3])| PathPoint {
                position: *position,
                frame: frame as f32,
                color: *color,
            };
            self.points.extend(points.map(point));
        }
        self.points.push(PathPoint::zeroed());
    }
}

fn color(frame: &FrameInput, posed: &Posed, id: BoneId) -> [u8; 4] {
    let side = posed.skeleton.sides.get(id.index()).copied();
    let fill = colors::fill(
        frame.theme,
        &posed.rig.armature,
        id,
        posed.rig.setup(id),
        side.unwrap_or(Side::Middle),
    );
    let [r, g, b, _] = fill.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8);
    [r, g, b, ALPHA]
}

/// Which points of a path are shown.
fn part(path: &MotionPath, settings: &MotionPathSettings, frame: f32) -> Range<usize> {
    let all = path.points.len();
    if settings.r#type == PathDisplay::Range {
        return 0..all;
    }
    #[expect(clippy::cast_possible_truncation, reason = "frames are whole numbers")]
    let here = i64::from(frame.floor() as i32) - i64::from(path.start);
    let place = |frame: i64| usize::try_from(frame).unwrap_or(0).min(all);
    let first = here - i64::from(settings.frame_before.max(0));
    let last = here + i64::from(settings.frame_after.max(0));
    place(first)..place(last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn around_the_frame_only_a_part_is_shown() {
        let path = MotionPath {
            start: 10,
            end: 110,
            points: vec![[0.0; 3]; 100],
            ..MotionPath::default()
        };
        let mut settings = MotionPathSettings::default();
        assert_eq!(part(&path, &settings, 50.0), 0..100);
        settings.r#type = PathDisplay::CurrentFrame;
        assert_eq!(part(&path, &settings, 50.5), 30..51);
        assert_eq!(part(&path, &settings, 12.0), 0..13);
        assert_eq!(part(&path, &settings, -900.0), 0..0);
        assert_eq!(part(&path, &settings, 9000.0), 100..100);
    }
}
