//! What lies above and below the rows of the timeline: the ruler, the markers, and a box that is being drawn.

use egui::{Align2, FontId, Rect, Role, Sense, Shape, Ui, WidgetInfo, pos2, vec2};

use crate::ui::desk::Desk;
use crate::ui::panels::timeline::Places;
use crate::ui::panels::timeline::body::Scene;
use crate::ui::panels::viewport;
use crate::ui::theme::ROW;
use crate::ui::time_axis::colors::TimeColors;
use crate::ui::time_axis::diamonds::Diamonds;
use crate::ui::time_axis::{ground, ruler, ticks, written};
use crate::ui::widgets::text;

/// The call that sets keys.
const INSERT: &str = "anim.keyframe_insert()";

/// What stands in place of keys where there are none: how to set one.
pub(super) fn empty_ui(ui: &Ui, desk: &Desk, places: &Places) {
    let room = places.area.with_min_y(places.area.top() + ROW);
    if desk.document.rig().is_none() || room.height() < ROW {
        return;
    }
    let words = why_empty(desk);
    let font = FontId::proportional(12.0);
    text(
        ui,
        room,
        Align2::CENTER_CENTER,
        &words,
        font,
        *desk.theme.text_2,
    );
}

/// Why no key is shown, and what to do about it.
fn why_empty(desk: &Desk) -> String {
    let document = desk.document;
    let action = document.rig().and_then(|rig| {
        let name = rig.animation.active_action.as_ref()?;
        document.actions.get(name)
    });
    let keyed = action.is_some_and(|action| action.key_range().is_some());
    let selected = document
        .rig()
        .is_some_and(|rig| !rig.selected_bones().is_empty());
    if keyed && !selected {
        return "Select bones to see their keys".to_owned();
    }
    let Some(key) = desk.keymap.chord_of(INSERT) else {
        return "No keys yet".to_owned();
    };
    if keyed {
        format!("The selected bones have no keys yet: {key} keys them")
    } else if action.is_none() && !document.actions.is_empty() {
        format!("Choose an action above, or {key} keys the selected bones in a new one")
    } else {
        format!("No keys yet: {key} keys the selected bones")
    }
}

/// The ruler with the playhead's tab.
pub(super) fn ruler_ui(ui: &mut Ui, desk: &Desk, places: &Places, scene: &Scene) {
    let (theme, rect) = (desk.theme, places.ruler);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let mesh = Diamonds::new(TimeColors::of(theme), scene.axis.scale);
    let times = &scene.times;
    ruler::ruler(
        &painter,
        theme,
        &scene.axis,
        rect,
        &scene.ticks,
        times,
        mesh,
    );
    let now = match desk.view.timeline.seconds {
        true => ticks::timed(times.frame, desk.document.scene.fps),
        false => written(times.frame),
    };
    ruler::playhead(&painter, theme, &scene.axis, rect, times.frame, now);
    // The edge between names and keys.
    let edge = Rect::from_min_max(
        pos2(rect.left() - 1.0, rect.top()),
        pos2(rect.left(), places.footer.top()),
    );
    ui.painter().rect_filled(edge, 0, theme.base);
    let response = ui.interact(rect, ui.scope_id().with("ruler"), Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Slider, true, "Current frame");
        info.value = Some(f64::from(times.frame));
        info
    });
}

/// The box that is being drawn; it may reach over the markers.
pub(super) fn bands_ui(ui: &Ui, desk: &Desk, places: &Places) {
    let running = desk
        .running
        .as_ref()
        .filter(|(info, _)| viewport::of_time(info.id));
    if let Some(corners) = running.and_then(|(_, header)| header.band) {
        let whole = Rect::from_min_max(places.area.min, places.markers.max);
        viewport::band_ui(ui, desk.theme, whole, corners);
    }
}

/// The row of markers: a triangle and a name each.
pub(super) fn markers_ui(ui: &mut Ui, desk: &Desk, places: &Places, scene: &Scene) {
    let rect = places.markers;
    if rect.height() < 1.0 {
        return;
    }
    let theme = desk.theme;
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let mut mesh = Diamonds::new(TimeColors::of(theme), scene.axis.scale);
    let (axis, times) = (&scene.axis, &scene.times);
    ground::ground(&mut mesh, theme, axis, rect, &[], &scene.ticks, times);
    painter.add(mesh.shape());
    let left = Rect::from_x_y_ranges(places.names.x_range(), rect.y_range());
    let font = FontId::proportional(12.0);
    text(
        ui,
        left.shrink2(vec2(8.0, 0.0)),
        Align2::LEFT_CENTER,
        "Markers",
        font,
        *theme.text_2,
    );
    let (first, last) = axis.seen(300.0);
    for marker in &desk.document.scene.markers {
        let frame = marker.frame as f32;
        if !(first..=last).contains(&frame) {
            continue;
        }
        let (fill, color) = match marker.select {
            true => (*theme.gold, *theme.gold_text),
            false => (*theme.marker, *theme.text_2),
        };
        let at = pos2(axis.middle(frame), rect.center().y + 1.0);
        let corners = vec![
            at + vec2(0.0, -4.0),
            at + vec2(5.0, 4.0),
            at + vec2(-5.0, 4.0),
        ];
        painter.add(Shape::convex_polygon(corners, fill, egui::Stroke::NONE));
        let small = FontId::proportional(11.0);
        painter.text(
            at + vec2(9.0, 0.0),
            Align2::LEFT_CENTER,
            &marker.name,
            small,
            color,
        );
    }
    let response = ui.interact(rect, ui.scope_id().with("markers"), Sense::hover());
    let count = desk.document.scene.markers.len();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{count} markers")));
}
