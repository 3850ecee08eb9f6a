//! The column of buttons below the axes: pan, zoom, frame, perspective. With them everything works without
//! a middle button, a wheel or a numeric keypad.

use egui::{Pos2, Rect, Ui, UiBuilder, vec2};

use crate::ops::props::tooltip;
use crate::ops::registry;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::theme::{ROW, TILE_RADIUS};
use crate::ui::widgets::icon_button;

/// Space between buttons, points.
const SPACE: f32 = 2.0;

/// A button: its icon, what a click calls, what a drag calls.
struct Button {
    icon: &'static str,
    label: &'static str,
    click: &'static str,
    drag: Option<&'static str>,
}

const BUTTONS: [Button; 4] = [
    Button {
        icon: icons::HAND_PALM,
        label: "Pan View",
        click: "view3d.move()",
        drag: Some("view3d.move()"),
    },
    Button {
        icon: icons::MAGNIFYING_GLASS,
        label: "Zoom View",
        click: "view3d.zoom(delta: 1)",
        drag: Some("view3d.zoom()"),
    },
    Button {
        icon: icons::FRAME_CORNERS,
        label: "Frame Selected",
        click: "view3d.view_selected()",
        drag: None,
    },
    Button {
        icon: icons::PERSPECTIVE,
        label: "Perspective/Orthographic",
        click: "view3d.view_persportho()",
        drag: None,
    },
];

/// Width and height of the column.
pub fn size() -> egui::Vec2 {
    let count = BUTTONS.len() as f32;
    vec2(ROW + 4.0, count * ROW + (count - 1.0) * SPACE + 4.0)
}

/// Shows the column with the middle of its top at a point; adds what drags of its buttons call.
pub fn buttons_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    top: Pos2,
    drags: &mut Vec<(Rect, &'static str)>,
) -> Rect {
    let column = Rect::from_min_size(top - vec2(size().x / 2.0, 0.0), size());
    ui.painter()
        .rect_filled(column, TILE_RADIUS, desk.theme.vp_chip);
    let layout = egui::Layout::top_down(egui::Align::Center);
    let inside = UiBuilder::new()
        .max_rect(column.shrink(2.0))
        .layout(layout)
        .id_salt("navigation");
    let mut row = ui.new_child(inside);
    row.spacing_mut().item_spacing.y = SPACE;
    for button in &BUTTONS {
        let on = button.icon == icons::PERSPECTIVE && desk.view.camera.orthographic;
        let response = icon_button(&mut row, desk.theme, button.icon, button.label, on);
        if let Some(call) = button.drag {
            drags.push((response.rect, call));
        }
        let response = match button.drag {
            Some(_) => response.on_hover_cursor(egui::CursorIcon::Grab),
            None => response,
        };
        if response.clicked() {
            desk.acts.start(button.click);
        }
        response.on_hover_ui(|ui| {
            // The key of the drag where there is one: it is what the button is for.
            let call = button.drag.unwrap_or(button.click);
            let id = call.split('(').next().unwrap_or(call);
            let doc = tooltip(registry::find(id).map_or("", |entry| entry.doc));
            let doc = match button.drag {
                Some(_) => format!("{doc}: drag from here"),
                None => doc,
            };
            desk.tooltip(ui, button.label, call, &doc);
        });
    }
    column
}
