//! The header of the 3D view while an operator has a factor that follows the pointer: its name, a rail with
//! ticks and a diamond, the percent, and the keys that limit it.
//!
//! Where there is room, the range is as long as the way that the pointer goes for it. A factor beyond its
//! range is drawn on a thin rail between two arrows.

use std::sync::Arc;

use egui::{
    Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use crate::ops::operator::{Header, Info, Mark, SliderBar};
use crate::ops::shared::slider::TRAVEL;
use crate::ui::desk::Desk;
use crate::ui::panels::viewport::header::{EDGE, HEIGHT};
use crate::ui::panels::viewport::operator_icon;
use crate::ui::theme::{self, RADIUS, TILE_RADIUS, Theme};
use crate::ui::widgets::{clipped_text, text};

/// Height of the bar.
const BAR: f32 = 34.0;
/// Space before the icon, and after the last part.
const PAD: (f32, f32) = (10.0, 8.0);
/// Icon with the space after it.
const ICON: f32 = 23.0;
/// Space around the rail: the thumb goes beyond its ends, and arrows where there are some.
const AROUND: (f32, f32) = (16.0, 24.0);
/// Width of the percent.
const PERCENT: f32 = 54.0;
/// Between the arrows and the ends of the range.
const BEYOND: f32 = 48.0;
/// The shortest rail that has the keys beside it, and the shortest of all.
const LEAST: (f32, f32) = (160.0, 72.0);
/// Half the thumb's diagonal.
const THUMB: f32 = 8.0;
/// Size of a key.
const KEY: f32 = 18.0;

/// What fits beside what.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Plan {
    title: f32,
    rail: f32,
    /// Whether the keys are in a row of their own below.
    below: bool,
}

/// What is always there, apart from the rail.
fn fixed(around: f32) -> f32 {
    PAD.0 + ICON + around * 2.0 + PERCENT + PAD.1
}

/// Divides `free` points, for a title and keys of these widths and a rail of at most `most`.
fn plan(free: f32, title: f32, marks: f32, most: f32) -> Plan {
    let beside = free - title - marks;
    let (below, rail) = match beside >= LEAST.0 {
        true => (false, beside),
        false => (marks > 0.0, beside + marks),
    };
    // The name is cut before the rail is of no use.
    let title = (title + (rail - LEAST.1).min(0.0)).max(0.0);
    Plan {
        title,
        rail: rail.clamp(LEAST.1, most),
        below,
    }
}

/// Shows the bar at the top left of `rect`; gives the place that it takes.
pub fn slider_ui(
    ui: &Ui,
    desk: &Desk,
    rect: Rect,
    info: Info,
    header: &Header,
    bar: &SliderBar,
) -> Rect {
    let theme = desk.theme;
    let painter = ui.painter();
    let title = painter.layout_no_wrap(bar.title.clone(), theme::medium(12.0), Color32::WHITE);
    let marks = marks_of(ui, desk, info, header);
    let marks_width = marks_width(&marks);
    let (beyond, around) = match bar.overshoot {
        true => (BEYOND * 2.0, AROUND.1),
        false => (0.0, AROUND.0),
    };
    let free = rect.width() - EDGE * 2.0 - fixed(around);
    let title_width = title.size().x.ceil();
    let plan = plan(free, title_width, marks_width, TRAVEL + beyond);
    let beside = if plan.below { 0.0 } else { marks_width };
    let width = fixed(around) + plan.title + plan.rail + beside;
    let chip = Rect::from_min_size(rect.min + vec2(EDGE, EDGE), vec2(width, BAR));
    painter.rect_filled(chip, TILE_RADIUS, theme.vp_chip);
    let mut at = chip.left() + PAD.0;
    let icon = Rect::from_min_size(pos2(at, chip.top()), vec2(15.0, BAR));
    let font = theme::icon(15.0);
    let sign = operator_icon(info.id);
    text(ui, icon, Align2::CENTER_CENTER, sign, font, *theme.accent);
    at += ICON;
    let name = chip.with_min_x(at).with_max_x(at + plan.title + 1.0);
    let font = theme::medium(12.0);
    clipped_text(ui, name, &bar.title, font, *theme.text_strong);
    at += plan.title + around;
    let span = pos2(at, chip.top())..=pos2(at + plan.rail, chip.top());
    rail_ui(painter, theme, bar, (span.start().x, span.end().x), chip);
    at += plan.rail + around;
    let number = chip.with_min_x(at).with_max_x(at + PERCENT - 4.0);
    number_ui(ui, theme, number, header);
    let mut taken = chip;
    if plan.below {
        let size = vec2(marks_width + PAD.1, HEIGHT);
        let row = Rect::from_min_size(chip.left_bottom() + vec2(0.0, 4.0), size);
        painter.rect_filled(row, TILE_RADIUS, theme.vp_chip);
        marks_ui(ui, theme, row, &marks);
        taken = taken.union(row);
    } else {
        marks_ui(ui, theme, chip.with_min_x(at + PERCENT), &marks);
    }
    announce(ui, info, header, bar, chip);
    taken
}

/// What a screen reader says.
fn announce(ui: &Ui, info: Info, header: &Header, bar: &SliderBar, chip: Rect) {
    let response = ui.interact(chip, ui.scope_id().with("running"), Sense::hover());
    response.widget_info(|| {
        let label = format!("{} {} {}", info.label, header.value, header.note);
        let mut words = WidgetInfo::labeled(Role::Slider, true, label.trim());
        words.value = Some(f64::from(bar.value));
        words
    });
}

/// The percent; in a field while it is typed.
fn number_ui(ui: &Ui, theme: &Theme, rect: Rect, header: &Header) {
    if header.typing {
        let field = rect.expand2(vec2(4.0, 0.0)).shrink2(vec2(0.0, 6.0));
        ui.painter().rect_filled(field, RADIUS, theme.field_active);
        let stroke = Stroke::new(1.0, theme.accent);
        let inside = StrokeKind::Inside;
        ui.painter().rect_stroke(field, RADIUS, stroke, inside);
    }
    // Long numbers get smaller rather than cut.
    let size = match header.value.chars().count() {
        0..=5 => 14.0,
        6 | 7 => 11.0,
        _ => 9.0,
    };
    let font = theme::mono_medium(size);
    let color = *theme.text_strong;
    text(ui, rect, Align2::RIGHT_CENTER, &header.value, font, color);
}

/// Where factors are along the rail.
struct Scale {
    bounds: (f32, f32),
    /// The ends of the range.
    range: (f32, f32),
    /// The ends of what is shown.
    ends: (f32, f32),
}

impl Scale {
    fn new(bar: &SliderBar, ends: (f32, f32)) -> Self {
        let beyond = match bar.overshoot {
            true => BEYOND.min((ends.1 - ends.0) / 5.0),
            false => 0.0,
        };
        Self {
            bounds: bar.bounds,
            range: (ends.0 + beyond, ends.1 - beyond),
            ends,
        }
    }

    /// Where a factor is; at the end where it is farther out.
    fn x(&self, factor: f32) -> f32 {
        let (min, max) = self.bounds;
        let share = (factor - min) / (max - min).max(f32::MIN_POSITIVE);
        let at = self.range.0 + share * (self.range.1 - self.range.0);
        at.clamp(self.ends.0, self.ends.1)
    }

    fn tenths(&self) -> impl Iterator<Item = i16> {
        let (min, max) = self.bounds;
        #[expect(clippy::cast_possible_truncation, reason = "small whole numbers")]
        let (first, last) = ((min * 10.0).round() as i16, (max * 10.0).round() as i16);
        first..=last
    }
}

fn rail_ui(painter: &Painter, theme: &Theme, bar: &SliderBar, ends: (f32, f32), chip: Rect) {
    let scale = Scale::new(bar, ends);
    let middle = chip.top() + 16.0;
    let band = |from: f32, to: f32, half: f32| {
        let (left, right) = (from.min(to), from.max(to));
        Rect::from_min_max(pos2(left, middle - half), pos2(right, middle + half))
    };
    let (left, right) = scale.range;
    if bar.overshoot {
        painter.rect_filled(band(ends.0, ends.1, 1.0), 1, theme.line_strong);
        arrows(painter, theme, bar, &scale, middle);
    }
    painter.rect_filled(band(left, right, 3.0), 3, theme.field);
    let (zero, at) = (scale.x(0.0), scale.x(bar.value));
    painter.rect_filled(band(zero, at, 1.0), 0, theme.accent);
    painter.rect_filled(band(zero, at.clamp(left, right), 3.0), 0, theme.accent);
    for tenth in scale.tenths() {
        let x = scale.x(f32::from(tenth) / 10.0);
        let (from, to, color) = match tenth % 5 {
            0 => (21.0, 27.0, *theme.text_2),
            _ => (22.0, 25.0, *theme.tick),
        };
        line(painter, x, chip.top() + from, chip.top() + to, 1.0, color);
    }
    let top = chip.top();
    line(
        painter,
        zero,
        top + 10.0,
        top + 22.0,
        1.5,
        *theme.text_strong,
    );
    let thumb = diamond(pos2(at, middle), THUMB);
    let edge = Stroke::new(2.0, theme.popup);
    painter.add(Shape::convex_polygon(thumb, *theme.text_strong, edge));
}

fn line(painter: &Painter, x: f32, from: f32, to: f32, width: f32, color: Color32) {
    painter.vline(x, from..=to, Stroke::new(width, color));
}

fn diamond(center: Pos2, half: f32) -> Vec<Pos2> {
    let corners = [(0.0, -half), (half, 0.0), (0.0, half), (-half, 0.0)];
    corners.map(|(x, y)| center + vec2(x, y)).to_vec()
}

/// Arrows at both ends; filled on the side where the factor is farther out than the rail shows.
fn arrows(painter: &Painter, theme: &Theme, bar: &SliderBar, scale: &Scale, middle: f32) {
    for (end, way) in [(scale.ends.0, -1.0), (scale.ends.1, 1.0)] {
        let out = match way < 0.0 {
            true => bar.value < bar.bounds.0,
            false => bar.value > bar.bounds.1,
        };
        let tip = [(16.0, 0.0), (10.0, -5.0), (10.0, 5.0)];
        let corners = tip.map(|(x, y)| pos2(end + x * way, middle + y)).to_vec();
        let color = if out { *theme.accent } else { *theme.text_2 };
        painter.add(match out {
            true => Shape::convex_polygon(corners, color, Stroke::NONE),
            false => Shape::closed_line(corners, Stroke::new(1.25, color)),
        });
    }
}

/// A key with its letter.
struct Letter {
    mark: Mark,
    galley: Arc<Galley>,
    color: Color32,
    width: f32,
    /// Space before it.
    before: f32,
}

fn marks_of(ui: &Ui, desk: &Desk, info: Info, header: &Header) -> Vec<Letter> {
    let theme = desk.theme;
    let mut axes = false;
    let letter = |(place, mark): (usize, &Mark)| {
        let chord = desk.keymap.chord_of_modal(info.id, mark.key)?;
        let plain = match mark.axis {
            Some(axis) => theme.axis(axis),
            None => *theme.text_2,
        };
        let color = match mark.axis {
            None if mark.on => *theme.accent_hi,
            _ => plain,
        };
        let font = match mark.on {
            true => theme::semibold(11.0),
            false => FontId::proportional(11.0),
        };
        let name = chord.to_string();
        let galley = ui.painter().layout_no_wrap(name, font, color);
        let first_axis = mark.axis.is_some() && !std::mem::replace(&mut axes, mark.axis.is_some());
        Some(Letter {
            mark: *mark,
            width: (galley.size().x + 8.0).max(KEY).round(),
            galley,
            color,
            before: if place == 0 || first_axis { PAD.1 } else { 2.0 },
        })
    };
    header.marks.iter().enumerate().filter_map(letter).collect()
}

fn marks_width(marks: &[Letter]) -> f32 {
    marks.iter().map(|mark| mark.before + mark.width).sum()
}

/// The keys in a row; those that are on have a fill and a wider rim.
fn marks_ui(ui: &Ui, theme: &Theme, row: Rect, marks: &[Letter]) {
    let mut left = row.left();
    for letter in marks {
        left += letter.before;
        let center = pos2(left + letter.width / 2.0, row.center().y);
        let key = Rect::from_center_size(center, vec2(letter.width, KEY));
        let (fill, rim, width) = match (letter.mark.on, letter.mark.axis) {
            (false, _) => (*theme.raised, *theme.line_strong, 1.0),
            (true, None) => (*theme.accent_tint, *theme.accent_line, 1.5),
            (true, Some(_)) => (letter.color.gamma_multiply(0.25), letter.color, 1.5),
        };
        let rim = Stroke::new(width, rim);
        ui.painter()
            .rect(key, RADIUS, fill, rim, StrokeKind::Inside);
        let at = key.center() - letter.galley.size() / 2.0;
        ui.painter().galley(at, letter.galley.clone(), letter.color);
        left += letter.width;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_is_as_long_as_the_way_of_the_pointer_where_there_is_room() {
        let plan = plan(700.0, 80.0, 120.0, TRAVEL);
        let wanted = Plan {
            title: 80.0,
            rail: 300.0,
            below: false,
        };
        assert_eq!(plan, wanted);
    }

    #[test]
    fn without_room_the_keys_go_below_then_the_name_is_cut() {
        let at = |free: f32| plan(free, 80.0, 120.0, TRAVEL);
        assert_eq!((at(400.0).rail, at(400.0).below), (200.0, false));
        assert_eq!((at(300.0).rail, at(300.0).below), (220.0, true));
        assert_eq!((at(120.0).rail, at(120.0).title), (72.0, 48.0));
        assert_eq!((at(20.0).rail, at(20.0).title), (72.0, 0.0));
    }

    #[test]
    fn beyond_its_range_a_factor_stays_on_the_rail() {
        let bar = SliderBar {
            bounds: (-1.0, 1.0),
            overshoot: true,
            ..SliderBar::default()
        };
        let scale = Scale::new(&bar, (0.0, 396.0));
        assert_eq!(
            (scale.x(-1.0), scale.x(0.0), scale.x(1.0)),
            (48.0, 198.0, 348.0)
        );
        assert_eq!(scale.x(1.2), 378.0);
        assert_eq!((scale.x(9.0), scale.x(-9.0)), (396.0, 0.0));
        assert_eq!(scale.tenths().count(), 21);
    }
}
