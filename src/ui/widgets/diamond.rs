//! The small diamond beside a value: whether it is animated, keyed at this frame or changed. Its shape tells
//! as much as its colour.

use egui::{Id, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, vec2};

use crate::eval::keyed::Keyed;
use crate::ui::theme::{RADIUS, Theme};
use crate::ui::widgets::focus_ring;

/// From its middle to its corners.
const HALF: f32 = 4.0;
/// Radius of the dot.
const DOT: f32 = 1.5;

/// A state in words.
pub fn words(keyed: Keyed) -> &'static str {
    match keyed {
        Keyed::Free => "not animated",
        Keyed::Animated => "animated",
        Keyed::Here => "keyed here",
        Keyed::Changed => "changed",
    }
}

/// Shows the diamond as a button in the middle of `rect`; `name` is that of the value.
pub fn diamond_ui(
    ui: &Ui,
    theme: &Theme,
    rect: Rect,
    id: Id,
    name: &str,
    keyed: Keyed,
) -> Response {
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| {
        let label = format!("{name}, {}", words(keyed));
        WidgetInfo::labeled(Role::Button, ui.is_enabled(), label)
    });
    if response.hovered() {
        ui.painter()
            .rect_filled(rect.shrink(2.0), RADIUS, theme.field_hover);
    }
    paint(ui, theme, rect, keyed, response.hovered());
    focus_ring(ui, theme, &response);
    response
}

fn paint(ui: &Ui, theme: &Theme, rect: Rect, keyed: Keyed, hot: bool) {
    let center = rect.center();
    let corners = [(0.0, -HALF), (HALF, 0.0), (0.0, HALF), (-HALF, 0.0)];
    let corners = corners.map(|(x, y)| center + vec2(x, y)).to_vec();
    let painter = ui.painter();
    let hollow = |corners, color| {
        painter.add(Shape::closed_line(corners, Stroke::new(1.5, color)));
    };
    match keyed {
        // Under the pointer it shows what a click would make of it.
        Keyed::Free if hot => hollow(corners, *theme.text_2),
        Keyed::Free => {
            painter.circle_filled(center, DOT, theme.text_off);
        }
        Keyed::Animated => hollow(corners, *theme.green),
        Keyed::Here => {
            let edge = Stroke::new(1.0, theme.gold_text);
            painter.add(Shape::convex_polygon(corners, *theme.gold, edge));
        }
        Keyed::Changed => {
            hollow(corners, *theme.orange);
            painter.circle_filled(center, DOT, theme.orange);
        }
    }
}
