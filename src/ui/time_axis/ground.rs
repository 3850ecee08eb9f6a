//! The ground of a key area: rows, grid, what lies outside of the range, and the playhead, below the keys.

use egui::{Color32, Rect, pos2};

use crate::model::settings::SceneSettings;
use crate::ui::theme::Theme;
use crate::ui::time_axis::TimeAxis;
use crate::ui::time_axis::diamonds::Diamonds;
use crate::ui::time_axis::ticks::Tick;

/// Width of the playhead, points.
pub const PLAYHEAD: f32 = 1.5;

/// The times that a time editor shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    /// Where the playhead is.
    pub frame: f32,
    /// First and last frame of the scene.
    pub scene: (f32, f32),
    /// First and last frame of the preview.
    pub preview: Option<(f32, f32)>,
}

impl Times {
    /// Those of a document.
    pub fn of(scene: &SceneSettings) -> Self {
        let range = |(first, last): (i32, i32)| (first as f32, last as f32);
        Self {
            frame: scene.frame,
            scene: range((scene.frame_start, scene.frame_end)),
            preview: scene.preview_range.map(range),
        }
    }
}

/// What a row is, for its ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// The sum of the others.
    Summary,
    /// A bone.
    Group,
    /// A bone that is selected.
    Selected,
}

/// The colour of a row, over the track.
pub fn row_color(theme: &Theme, kind: RowKind) -> Color32 {
    match kind {
        RowKind::Summary => theme.raised.gamma_multiply(0.55),
        RowKind::Group => theme.raised.gamma_multiply(0.28),
        RowKind::Selected => theme.accent.gamma_multiply(0.09),
    }
}

/// Draws the ground; `rows` are those that can be seen.
pub fn ground(
    into: &mut Diamonds,
    theme: &Theme,
    axis: &TimeAxis,
    area: Rect,
    rows: &[(Rect, RowKind)],
    ticks: &[Tick],
    times: &Times,
) {
    let pixel = 1.0 / axis.scale;
    into.fill(area, *theme.track);
    for (rect, kind) in rows {
        let row = Rect::from_x_y_ranges(area.x_range(), rect.y_range());
        into.fill(row, row_color(theme, *kind));
    }
    let column = |frame: f32, width: f32| {
        let left = axis.edge(frame);
        Rect::from_min_max(pos2(left, area.top()), pos2(left + width, area.bottom()))
    };
    for tick in ticks.iter().filter(|tick| tick.label.is_some()) {
        into.fill(
            column(tick.frame, pixel).intersect(area),
            theme.line.gamma_multiply(0.7),
        );
    }
    let (first, last) = times.scene;
    let outside = theme.outside.gamma_multiply(0.6);
    let far = f32::MAX;
    into.fill(axis.between(area, -far, first), outside);
    into.fill(axis.between(area, last, far), outside);
    if let Some((first, last)) = times.preview {
        for frame in [first, last] {
            let line = column(frame, pixel).intersect(area);
            into.fill(line, theme.preview.gamma_multiply(0.6));
        }
    }
    for (rect, _) in rows {
        let line = Rect::from_min_max(
            pos2(area.left(), rect.bottom() - pixel),
            pos2(area.right(), rect.bottom()),
        );
        into.fill(line, theme.base.gamma_multiply(0.45));
    }
    let line = Rect::from_center_size(
        pos2(axis.middle(times.frame), area.center().y),
        egui::vec2(PLAYHEAD, area.height()),
    );
    into.fill(line.intersect(area), *theme.playhead);
}
