//! The time axis that every time editor stands on: where a frame is across the panel, and what is drawn of
//! time itself and of keys.
//!
//! [`TimeAxis`] maps; [`ticks`] finds steps and labels; [`marks`] sums up the keys of many curves; the others
//! draw. Everything but text goes into a few meshes.

pub mod colors;
pub mod diamonds;
pub mod ground;
pub mod keys;
pub mod marks;
pub mod ruler;
pub mod ticks;

use egui::{Rect, pos2};

use crate::model::view::TimeView;
use crate::ops::context::TimeMap;

/// Fewest frames that an axis shows.
const LEAST: f32 = 0.01;
/// Frames farther from 0 than this cannot be told apart in `f32`.
const FARTHEST: f32 = 1e7;

/// Where frames are on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeAxis {
    /// The left edge, points of the screen.
    pub left: f32,
    /// The width, points.
    pub width: f32,
    /// How points from the left edge map to frames.
    pub map: TimeMap,
    /// Pixels per point, to put lines on whole pixels.
    pub scale: f32,
}

impl TimeAxis {
    /// An axis that shows what the view says in the width of `area`.
    pub fn new(view: &TimeView, area: Rect, scale: f32) -> Self {
        Self {
            left: area.left(),
            width: area.width().max(1.0),
            map: map(view, area.width()),
            scale,
        }
    }

    /// Where a frame is, points of the screen.
    pub fn x(&self, frame: f32) -> f32 {
        self.left + self.map.x(frame)
    }

    /// Where a frame is, on the edge between two pixels.
    pub fn edge(&self, frame: f32) -> f32 {
        (self.x(frame) * self.scale).round() / self.scale
    }

    /// Where a frame is, in the middle of a pixel, as lines of a pixel want it.
    pub fn middle(&self, frame: f32) -> f32 {
        self.edge(frame) + 0.5 / self.scale
    }

    /// The frame at a point of the screen.
    pub fn frame(&self, x: f32) -> f32 {
        self.map.frame(x - self.left)
    }

    /// First and last frame that can be seen, with `points` of room at either side.
    pub fn seen(&self, points: f32) -> (f32, f32) {
        let first = self.map.frame(-points);
        (first, self.map.frame(self.width + points))
    }

    /// Points between two frames.
    pub fn per_frame(&self) -> f32 {
        1.0 / self.map.per_point
    }

    /// The part of `area` from one frame to another.
    pub fn between(&self, area: Rect, first: f32, last: f32) -> Rect {
        let x = |frame: f32| self.edge(frame).clamp(area.left(), area.right());
        Rect::from_min_max(pos2(x(first), area.top()), pos2(x(last), area.bottom()))
    }
}

/// How points across a key area of this width map to frames. A view that makes no sense is put right.
pub fn map(view: &TimeView, width: f32) -> TimeMap {
    let finite = |frame: f32, other: f32| match frame.is_finite() {
        true => frame.clamp(-FARTHEST, FARTHEST),
        false => other,
    };
    let first = finite(view.first, 0.0);
    let last = finite(view.last, first + 100.0);
    TimeMap {
        first,
        per_point: (last - first).max(LEAST) / width.max(1.0),
    }
}

/// A frame as it is written: whole ones without fraction.
pub fn written(frame: f32) -> String {
    let rounded = (frame * 100.0).round() / 100.0;
    match rounded.fract() == 0.0 {
        true => format!("{rounded:.0}").replace('-', "−"),
        false => format!("{rounded:.2}").replace('-', "−"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_points_lead_to_each_other() {
        let view = TimeView {
            first: -10.0,
            last: 90.0,
            ..TimeView::default()
        };
        let area = Rect::from_min_max(pos2(200.0, 0.0), pos2(700.0, 10.0));
        let axis = TimeAxis::new(&view, area, 2.0);
        assert_eq!(axis.x(40.0), 450.0);
        assert_eq!(axis.frame(450.0), 40.0);
        assert_eq!(axis.per_frame(), 5.0);
        assert_eq!(axis.middle(40.01), 450.25);
        assert_eq!(axis.seen(10.0), (-12.0, 92.0));
        assert_eq!(axis.between(area, -50.0, 0.0).right(), 250.0);
    }

    #[test]
    fn a_view_without_sense_is_put_right() {
        let odd = |first: f32, last: f32| {
            let view = TimeView {
                first,
                last,
                ..TimeView::default()
            };
            map(&view, 100.0)
        };
        for (first, last) in [
            (f32::NAN, 3.0),
            (5.0, 5.0),
            (9.0, 1.0),
            (0.0, f32::INFINITY),
        ] {
            let map = odd(first, last);
            assert!(map.first.is_finite() && map.per_point > 0.0, "{map:?}");
        }
    }

    #[test]
    fn frames_are_written_without_noise() {
        assert_eq!(written(17.0), "17");
        assert_eq!(written(-2.0), "−2");
        assert_eq!(written(17.5), "17.50");
        assert_eq!(written(16.999_9), "17");
    }
}
