//! The ruler above a key area: marks, labels, the range of the preview, and the playhead's tab.

use egui::{Align2, Color32, FontId, Painter, Rect, pos2, vec2};

use crate::ui::theme::Theme;
use crate::ui::time_axis::TimeAxis;
use crate::ui::time_axis::diamonds::Diamonds;
use crate::ui::time_axis::ground::{PLAYHEAD, Times};
use crate::ui::time_axis::ticks::{Steps, Tick};

/// Height of the ruler.
pub const HEIGHT: f32 = 22.0;
/// Height of a mark with a label, and of one without.
const MARKS: (f32, f32) = (7.0, 4.0);
/// Height of the playhead's tab.
const TAB: f32 = 17.0;
/// Thickness of the bracket around the preview.
const BRACKET: f32 = 2.0;

/// What the numbers of a ruler are written in.
pub fn font() -> FontId {
    FontId::monospace(11.0)
}

/// The steps for an axis: of frames or of seconds.
pub fn steps(axis: &TimeAxis, seconds: bool, fps: f32) -> Steps {
    let (first, last) = axis.seen(0.0);
    // Long numbers need more room than the usual distance.
    let digits = first.abs().max(last.abs()).max(1.0).log10().floor() + 1.0;
    let apart = digits * 6.6 + 14.0;
    match seconds {
        true => Steps::seconds(axis.per_frame(), apart, fps),
        false => Steps::frames(axis.per_frame(), apart),
    }
}

/// Draws the marks and the preview's range.
pub fn ruler(
    painter: &Painter,
    theme: &Theme,
    axis: &TimeAxis,
    rect: Rect,
    ticks: &[Tick],
    times: &Times,
    mesh: Diamonds,
) {
    let mut mesh = mesh;
    let pixel = 1.0 / axis.scale;
    mesh.fill(rect, *theme.ruler);
    if let Some((first, last)) = times.preview {
        let band = axis.between(rect, first, last);
        mesh.fill(band, theme.preview.gamma_multiply(0.16));
        mesh.fill(band.with_max_y(band.top() + BRACKET), *theme.preview);
        if first >= axis.frame(rect.left()) {
            mesh.fill(band.with_max_x(band.left() + BRACKET), *theme.preview);
        }
        if last <= axis.frame(rect.right()) {
            mesh.fill(band.with_min_x(band.right() - BRACKET), *theme.preview);
        }
    }
    for tick in ticks {
        let (height, color) = match tick.label {
            Some(_) => (MARKS.0, *theme.text_off),
            None => (MARKS.1, *theme.tick),
        };
        let left = axis.edge(tick.frame);
        let mark = Rect::from_min_max(
            pos2(left, rect.bottom() - height),
            pos2(left + pixel, rect.bottom()),
        );
        mesh.fill(mark.intersect(rect), color);
    }
    painter.add(mesh.shape());
    for tick in ticks {
        let x = axis.middle(tick.frame);
        // Below the playhead's tab half a number would be read as another one.
        let covered = (x - axis.middle(times.frame)).abs() < TAB;
        let inside = !covered && x > rect.left() + 14.0 && x < rect.right() - 10.0;
        if let Some(label) = tick.label.as_ref().filter(|_| inside) {
            let at = pos2(x, rect.top() + 9.0);
            painter.text(at, Align2::CENTER_CENTER, label, font(), *theme.text_2);
        }
    }
}

/// Draws the playhead's tab; `rect` is the ruler.
pub fn playhead(
    painter: &Painter,
    theme: &Theme,
    axis: &TimeAxis,
    rect: Rect,
    frame: f32,
    label: String,
) {
    let x = axis.middle(frame);
    let galley = painter.layout_no_wrap(label, font(), Color32::PLACEHOLDER);
    let width = galley.size().x + 12.0;
    if x < rect.left() - width || x > rect.right() + width {
        return;
    }
    let stem = Rect::from_min_max(
        pos2(x - PLAYHEAD / 2.0, rect.top() + 18.0),
        pos2(x + PLAYHEAD / 2.0, rect.bottom()),
    );
    painter.rect_filled(stem, 0, theme.playhead);
    let tab = Rect::from_min_size(pos2(x - width / 2.0, rect.top() + 2.0), vec2(width, TAB));
    painter.rect_filled(tab, 4, theme.playhead);
    let at = tab.center() - galley.size() / 2.0;
    painter.galley(at, galley, *theme.playhead_on);
}
