//! Automatic keying as the user sees it: a switch in the menu bar, and while it is on a red frame around the
//! 3D view with the corners of a viewfinder, so that it is a shape as well as a colour.

use egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind,
    Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::ops::props::tooltip;
use crate::ops::registry;
use crate::ui::acts::Acts;
use crate::ui::icons;
use crate::ui::theme::{self, ROW, Theme};
use crate::ui::widgets::{focus_ring, text};

/// The call behind the switch; begun by hand it turns to the other state.
pub const SWITCH: &str = "scene.auto_key()";
/// The call behind a right click.
const SETTINGS: &str = "scene.keying()";
/// What the switch says.
const LABEL: &str = "Auto Key";
/// From the view's edge to the frame.
const INSET: f32 = 3.5;
/// Corners of the frame.
const CORNER: f32 = 4.0;
/// Length of the viewfinder's corners.
const REACH: f32 = 22.0;
/// Their width.
const WIDTH: f32 = 2.5;

/// Shows the switch: a red pill while it is on, plain words with a hollow sign while it is off.
pub fn switch_ui(ui: &mut Ui, theme: &Theme, on: bool, worded: bool, acts: &mut Acts) {
    let color = if on { *theme.red } else { *theme.text_2 };
    let font = if on {
        theme::medium(12.0)
    } else {
        FontId::proportional(12.0)
    };
    let words = ui
        .painter()
        .layout_no_wrap(LABEL.to_owned(), font, Color32::PLACEHOLDER);
    let width = if worded { words.size().x + 34.0 } else { 26.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(width.round(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), on, LABEL));
    let hot = response.hovered();
    let painter = ui.painter();
    match (on, hot) {
        (true, _) => {
            let share = if hot { 0.24 } else { 0.16 };
            painter.rect_filled(rect, 11, theme.red.gamma_multiply(share));
        }
        (false, true) => {
            painter.rect_filled(rect, 11, theme.button_hover);
        }
        (false, false) => {}
    }
    let color = if hot && !on {
        *theme.text_strong
    } else {
        color
    };
    let sign = match on {
        true => theme::icon_fill(13.0),
        false => theme::icon(13.0),
    };
    let place = rect.with_max_x(rect.left() + 26.0);
    let center = Align2::CENTER_CENTER;
    text(ui, place, center, icons::RECORD, sign, color);
    if worded {
        let at = pos2(rect.left() + 25.0, rect.center().y - words.size().y / 2.0);
        ui.painter().galley(at, words, color);
    }
    focus_ring(ui, theme, &response);
    if response.clicked() {
        acts.start(SWITCH);
    }
    if response.secondary_clicked() {
        acts.start(SETTINGS);
    }
    hint(response, theme, on);
}

fn hint(response: Response, theme: &Theme, on: bool) {
    let state = if on { "on" } else { "off" };
    let doc = registry::find("scene.auto_key").map_or_else(String::new, |entry| tooltip(entry.doc));
    response.on_hover_ui(|ui| {
        let name = egui::RichText::new(format!("{LABEL} is {state}"));
        ui.label(name.font(theme::medium(12.0)).color(*theme.text_strong));
        let more = format!("{doc}; a right click shows its settings");
        ui.label(egui::RichText::new(more).color(*theme.text_2));
    });
}

/// Draws the frame around the 3D view.
pub fn frame_ui(painter: &Painter, theme: &Theme, view: Rect) {
    let frame = view.shrink(INSET);
    if frame.width() < 4.0 * REACH || frame.height() < 4.0 * REACH {
        return;
    }
    let line = Stroke::new(1.0, theme.red.gamma_multiply(0.55));
    painter.rect_stroke(frame, CORNER, line, StrokeKind::Middle);
    let corners = [
        (frame.left_top(), vec2(1.0, 1.0)),
        (frame.right_top(), vec2(-1.0, 1.0)),
        (frame.right_bottom(), vec2(-1.0, -1.0)),
        (frame.left_bottom(), vec2(1.0, -1.0)),
    ];
    for (corner, inwards) in corners {
        let line = bracket(corner, inwards);
        for end in [line.first(), line.last()].into_iter().flatten() {
            painter.circle_filled(*end, WIDTH / 2.0, theme.red);
        }
        painter.add(Shape::line(line, Stroke::new(WIDTH, theme.red)));
    }
}

/// A corner of the viewfinder: down one edge, round the corner, along the other.
fn bracket(corner: Pos2, inwards: Vec2) -> Vec<Pos2> {
    const STEPS: u8 = 6;
    let at = |across: f32, down: f32| corner + vec2(across, down) * inwards;
    let round = (0..=STEPS).map(|step| {
        let angle = f32::from(step) / f32::from(STEPS) * std::f32::consts::FRAC_PI_2;
        let (sin, cos) = angle.sin_cos();
        at(CORNER * (1.0 - cos), CORNER * (1.0 - sin))
    });
    let start = std::iter::once(at(0.0, REACH));
    let end = std::iter::once(at(REACH, 0.0));
    start.chain(round).chain(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_goes_round_its_corner() {
        let line = bracket(pos2(100.0, 50.0), vec2(-1.0, 1.0));
        assert_eq!(line.first(), Some(&pos2(100.0, 72.0)));
        assert_eq!(line.last(), Some(&pos2(78.0, 50.0)));
        // The middle of the round lies on its circle, 4 from (96, 54).
        let middle = line[line.len() / 2];
        assert!((middle.distance(pos2(96.0, 54.0)) - 4.0).abs() < 1e-4);
        assert!(middle.x > 96.0 && middle.y < 54.0);
    }
}
