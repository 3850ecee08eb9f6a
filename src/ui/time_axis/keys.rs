//! A row of keys in a mesh: what holds as bars, what goes straight as lines, then the diamonds.
//!
//! Only marks that can be seen are touched. Where keys stand close they lose outline and mark; those in one
//! column of pixels become one line.

use egui::{Rect, pos2, vec2};

use crate::ui::time_axis::TimeAxis;
use crate::ui::time_axis::diamonds::{Detail, Diamonds, Look};
use crate::ui::time_axis::marks::{self, After, Mark};

/// Points between keys from which on they are drawn in full.
const FULL: f32 = 8.0;
/// Points between keys below which they become lines.
const PLAIN: f32 = 3.0;
/// Width of such a line, points.
const COLUMN: f32 = 2.0;
/// How far a key reaches beyond its place, points.
const REACH: f32 = 12.0;

/// Draws the keys of a row whose middle is at `y`.
pub fn row(into: &mut Diamonds, axis: &TimeAxis, y: f32, marks: &[Mark]) {
    let (first, last) = axis.seen(REACH);
    let seen = marks::between(marks, first, last);
    spans(into, axis, y, seen);
    let per_frame = axis.per_frame();
    let mut before = f32::NEG_INFINITY;
    let mut places = seen.iter().peekable();
    while let Some(mark) = places.next() {
        let mut mark = *mark;
        // What falls on the same column is seen as one.
        let end = mark.frame + 1.0 / (per_frame * axis.scale);
        while let Some(next) = places.next_if(|next| next.frame < end) {
            mark.kind = marks::stronger(mark.kind, next.kind);
            mark.selected |= next.selected;
            mark.whole &= next.whole;
        }
        let after = places.peek().map_or(f32::INFINITY, |next| next.frame);
        let room = (mark.frame - before).min(after - mark.frame) * per_frame;
        before = mark.frame;
        let x = axis.edge(mark.frame);
        let look = Look {
            kind: mark.kind,
            selected: mark.selected,
            whole: mark.whole,
        };
        match room {
            room if room >= FULL => into.key(pos2(x, y), look, Detail::Full),
            room if room >= PLAIN => into.key(pos2(x, y), look, Detail::Plain),
            _ => {
                let line = Rect::from_center_size(pos2(x, y), vec2(COLUMN, 11.0));
                let color = into.colors().key(look.kind, look.selected);
                into.fill(line, color);
            }
        }
    }
}

/// Bars and lines between keys.
fn spans(into: &mut Diamonds, axis: &TimeAxis, y: f32, seen: &[Mark]) {
    let (left, right) = (axis.left - REACH, axis.left + axis.width + REACH);
    for (mark, next) in seen.iter().zip(seen.iter().skip(1)) {
        let (height, color) = match mark.after {
            After::Other => continue,
            After::Hold => (8.0, into.colors().bar),
            After::Straight => (1.5, into.colors().straight),
        };
        let (from, to) = (axis.edge(mark.frame), axis.edge(next.frame));
        let bar = Rect::from_min_max(
            pos2(from.max(left), y - height / 2.0),
            pos2(to.min(right), y + height / 2.0),
        );
        into.fill(bar, color);
    }
}

#[cfg(test)]
mod tests {
    use egui::Rect;

    use super::*;
    use crate::model::fcurve::KeyKind;
    use crate::model::view::TimeView;
    use crate::ui::theme::Theme;
    use crate::ui::time_axis::colors::TimeColors;

    fn mark(frame: f32) -> Mark {
        Mark {
            frame,
            kind: KeyKind::Keyframe,
            selected: false,
            whole: true,
            after: After::Other,
        }
    }

    fn corners(marks: &[Mark], first: f32, last: f32) -> usize {
        let theme = Theme::bundled(true).unwrap();
        let view = TimeView {
            first,
            last,
            ..TimeView::default()
        };
        let area = Rect::from_min_max(pos2(0.0, 0.0), pos2(1000.0, 22.0));
        let axis = TimeAxis::new(&view, area, 1.0);
        let mut diamonds = Diamonds::new(TimeColors::of(&theme), 1.0);
        row(&mut diamonds, &axis, 11.0, marks);
        diamonds.size()
    }

    #[test]
    fn keys_outside_of_the_view_cost_nothing() {
        let marks: Vec<Mark> = (0..100_000).map(|place| mark(place as f32)).collect();
        let here = corners(&marks, 500.0, 600.0);
        assert!(here < 110 * 24, "{here}");
        assert_eq!(
            corners(&marks, -500.0, -400.0),
            corners(&[mark(0.0)], -500.0, -400.0)
        );
    }

    #[test]
    fn keys_in_one_column_become_one_line() {
        let marks: Vec<Mark> = (0..100_000).map(|place| mark(place as f32)).collect();
        let all = corners(&marks, 0.0, 100_000.0);
        assert!(all <= 1030 * 4, "{all}");
        let alone = corners(&[mark(3.0)], 0.0, 100_000.0);
        assert!(
            alone > 4,
            "a key alone is a diamond however far one is away"
        );
    }
}
