//! The timeline: ruler, a row of keys per bone, markers, and below them what plays and what is keyed.
//!
//! Clicks and drags over [`TimelinePanel::area`], the ruler and the markers go by the keymap to operators; what
//! has words or icons is made of widgets. Only rows that can be seen are laid out.

mod body;
mod chooser;
mod fields;
mod footer;
mod header;
mod keying;
pub mod rows;
mod strips;
mod transport;

use egui::{Pos2, Rect, Ui, pos2, vec2};

use crate::model::document::Document;
use crate::model::markers::Marker;
use crate::model::view::TimeView;
use crate::ops::context::TimeMap;
use crate::ui::desk::Desk;
use crate::ui::panels::timeline::body::Drawn;
use crate::ui::panels::timeline::rows::Rows;
use crate::ui::theme::ROW;
use crate::ui::time_axis::{self, ruler};

/// Height of the row with what plays.
pub const FOOTER: f32 = 30.0;
/// Height of the row of markers.
const MARKERS: f32 = 28.0;
/// Width of the names at most, and at least.
const NAMES: (f32, f32) = (236.0, 96.0);

/// How far from a marker the pointer may be, points.
const NEAR: f32 = 8.0;

/// A part of the timeline that takes the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimePart {
    /// The ruler.
    Ruler,
    /// The rows of keys.
    Keys,
    /// The row of markers.
    Markers,
    /// A marker.
    Marker,
}

impl TimePart {
    /// Its contexts in the keymap for keys, narrowest first.
    pub fn key_contexts(self) -> &'static [&'static str] {
        match self {
            Self::Ruler => &["ruler", "timeline", "window"],
            Self::Keys => &["timeline", "window"],
            Self::Markers => &["markers", "timeline", "window"],
            Self::Marker => &["markers.marker", "markers", "timeline", "window"],
        }
    }

    /// Its contexts in the keymap for buttons and the wheel, narrowest first.
    pub fn contexts(self) -> &'static [&'static str] {
        match self {
            Self::Ruler => &["ruler", "timeline"],
            Self::Keys => &["timeline"],
            Self::Markers => &["markers", "timeline"],
            Self::Marker => &["markers.marker", "markers", "timeline"],
        }
    }
}

/// Where the parts of the timeline are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Places {
    /// The names at the left of the keys.
    pub names: Rect,
    /// The ruler.
    pub ruler: Rect,
    /// The rows of keys.
    pub area: Rect,
    /// The markers.
    pub markers: Rect,
    /// What plays.
    pub footer: Rect,
}

impl Places {
    /// Divides a panel.
    pub fn of(rect: Rect) -> Self {
        let footer = rect.with_min_y((rect.bottom() - FOOTER).max(rect.top()));
        let body = rect.with_max_y(footer.top());
        let width = (body.width() * 0.2)
            .clamp(NAMES.1, NAMES.0)
            .min(body.width() / 2.0);
        let (left, right) = body.split_left_right_at_x((body.left() + width).round());
        let top = (body.top() + ruler::HEIGHT).min(body.bottom());
        // Two rows of keys are more than markers.
        let room = body.height() - ruler::HEIGHT - 2.0 * ROW >= MARKERS;
        let bottom = if room {
            body.bottom() - MARKERS
        } else {
            body.bottom()
        };
        let part = |from: f32, to: f32| {
            Rect::from_min_max(pos2(right.left(), from), pos2(right.right(), to))
        };
        Self {
            names: left.with_min_y(top).with_max_y(bottom),
            ruler: part(body.top(), top),
            area: part(top, bottom),
            markers: part(bottom, body.bottom()),
            footer,
        }
    }

    /// The part at a point.
    pub fn part_at(&self, at: Pos2) -> Option<TimePart> {
        let parts = [
            (self.ruler, TimePart::Ruler),
            (self.area, TimePart::Keys),
            (self.markers, TimePart::Markers),
        ];
        let found = parts.into_iter().find(|(rect, _)| rect.contains(at));
        found.map(|(_, part)| part)
    }
}

/// What the panel remembers.
#[derive(Default)]
pub struct TimelinePanel {
    /// Where its parts are; none while it is not shown.
    places: Option<Places>,
    rows: Rows,
    drawn: Option<Drawn>,
    /// How far the rows are to be scrolled, points.
    scroll: f32,
    /// What names of actions must contain to be listed.
    filter: String,
}

impl TimelinePanel {
    /// Shows the panel below its header.
    pub fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let places = Places::of(ui.max_rect());
        self.places = Some(places);
        self.rows
            .follow(desk.document, desk.view.timeline.only_selected);
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        self.body_ui(ui, desk, &places);
        footer::footer_ui(ui, desk, places.footer);
    }

    /// The panel is not shown until it is drawn again.
    pub fn hide(&mut self) {
        self.places = None;
    }

    /// Where its parts are, while it is shown.
    pub fn places(&self) -> Option<&Places> {
        self.places.as_ref()
    }

    /// The rows that are shown.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Scrolls the rows by this much, points; positive shows what is further down.
    pub fn scroll_by(&mut self, points: f32) {
        self.scroll += points;
    }

    /// The part at a point: a marker where it is near one.
    pub fn part_at(&self, document: &Document, view: &TimeView, at: Pos2) -> Option<TimePart> {
        let part = self.places?.part_at(at)?;
        if part != TimePart::Markers {
            return Some(part);
        }
        let (map, left) = (self.map(view)?, self.places?.area.left());
        let near = |marker: &Marker| (left + map.x(marker.frame as f32) - at.x).abs() <= NEAR;
        let any = document.scene.markers.iter().any(near);
        Some(if any { TimePart::Marker } else { part })
    }

    /// How points of the key area map to frames, while it is shown.
    pub fn map(&self, view: &TimeView) -> Option<TimeMap> {
        let places = self.places?;
        Some(time_axis::map(view, places.area.width()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_panel() {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(1600.0, 232.0));
        let places = Places::of(rect);
        assert_eq!(places.names.width(), 236.0);
        assert_eq!(places.ruler.height(), 22.0);
        assert_eq!(places.markers.height(), 28.0);
        assert_eq!(places.area.height(), 232.0 - 22.0 - 28.0 - 30.0);
        assert_eq!(places.part_at(pos2(700.0, 5.0)), Some(TimePart::Ruler));
        assert_eq!(places.part_at(pos2(100.0, 50.0)), None);
    }

    #[test]
    fn a_small_panel_does_without_markers() {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(300.0, 100.0));
        let places = Places::of(rect);
        assert_eq!(places.markers.height(), 0.0);
        assert_eq!(places.area.height(), 48.0);
        assert_eq!(places.names.width(), 96.0);
    }
}
