//! The chips at the top of the 3D view: tools or the running operator at the left, display at the right.

use std::sync::Arc;

use egui::{
    Align2, Color32, FontId, Galley, Pos2, Rect, Response, Stroke, StrokeKind, Ui, UiBuilder, vec2,
};

use crate::model::choice::Choice;
use crate::model::view::BoneStyle;
use crate::ops::operator::{Header, Info};
use crate::ops::props::tooltip;
use crate::ops::registry;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::viewport::operator_icon;
use crate::ui::theme::{self, RADIUS, ROW, TILE_RADIUS};
use crate::ui::widgets::{focus_ring, icon_button, text};

/// Height of a chip.
const HEIGHT: f32 = 26.0;
/// Space to the edges of the panel.
const EDGE: f32 = 8.0;

/// The chip at the left: tools, or the operator that runs. Gives the place where it ends.
pub fn left_ui(ui: &mut Ui, desk: &mut Desk, rect: Rect, chips: &mut Vec<Rect>) -> f32 {
    let at = rect.min + vec2(EDGE, EDGE);
    if let Some((info, header)) = desk.running.clone()
        && !info.view_only
    {
        return running_ui(ui, desk, at, info, &header).right();
    }
    if desk.document.rigs.is_empty() {
        return rect.left();
    }
    let tools = [
        "transform.translate()",
        "transform.rotate()",
        "transform.resize()",
    ];
    let tools: Vec<&str> = tools
        .into_iter()
        .filter(|call| entry(call).is_some())
        .collect();
    if tools.is_empty() {
        return rect.left();
    }
    let width = tools.len() as f32 * (ROW + 2.0) + 4.0;
    let chip = Rect::from_min_size(at, vec2(width, HEIGHT));
    let mut row = chip_row(ui, desk, chip, "tools");
    chips.push(chip);
    for call in tools {
        if tool(
            &mut row,
            desk,
            operator_icon(call.trim_end_matches("()")),
            call,
            false,
        )
        .clicked()
        {
            desk.acts.start(call);
        }
    }
    chip.right()
}

fn entry(call: &str) -> Option<&'static registry::Entry> {
    registry::find(call.split('(').next().unwrap_or(call))
}

/// An icon button for a call; name and text come from the registry.
fn tool(ui: &mut Ui, desk: &Desk, icon: &str, call: &str, on: bool) -> Response {
    let (label, doc) = entry(call).map_or(("", ""), |entry| (entry.info.label, entry.doc));
    let response = icon_button(ui, desk.theme, icon, label, on);
    response.on_hover_ui(|ui| desk.tooltip(ui, label, call, &tooltip(doc)))
}

fn chip_row(ui: &mut Ui, desk: &Desk, chip: Rect, salt: &str) -> Ui {
    ui.painter()
        .rect_filled(chip, TILE_RADIUS, desk.theme.vp_chip);
    let inner = chip.shrink(2.0);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut row = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(layout)
            .id_salt(salt),
    );
    row.spacing_mut().item_spacing.x = 2.0;
    row
}

/// The chip at the right: axes and pivot of transforms, and how the scene is shown. What has no room
/// beside the left chip, which ends at `taken`, is left out.
pub fn right_ui(ui: &mut Ui, desk: &mut Desk, rect: Rect, taken: f32, chips: &mut Vec<Rect>) {
    let view = desk.view;
    let solid = view.bone_style == BoneStyle::Octahedral;
    let style = BoneStyle::ALL
        .iter()
        .find(|style| **style != view.bone_style);
    let style = format!(
        "view3d.bone_style(type: {})",
        style.map_or("STICK", Choice::id)
    );
    let buttons = [
        (icons::BONE, style.as_str(), solid),
        (icons::INTERSECT, "view3d.toggle_xray()", view.in_front),
        (
            icons::CIRCLE_HALF,
            "view3d.toggle_overlays()",
            view.overlays,
        ),
        (
            icons::PERSPECTIVE,
            "view3d.view_persportho()",
            !view.camera.orthographic,
        ),
        (icons::FRAME_CORNERS, "view3d.view_all()", false),
    ];
    let settings: [(&str, &str, &dyn Choice); 2] = [
        (
            icons::CROSSHAIR_SIMPLE,
            "view3d.orientation",
            &view.orientation,
        ),
        (icons::TARGET, "view3d.pivot_point", &view.pivot_point),
    ];
    let buttons_width = buttons.len() as f32 * (ROW + 2.0);
    let widths = settings.map(|(_, _, choice)| setting_width(ui, choice.label()));
    let all = buttons_width + widths.iter().map(|width| width + 2.0).sum::<f32>() + 4.0;
    let narrow = rect.width() < all + 260.0 || rect.right() - all < taken + 2.0 * EDGE;
    let width = if narrow { buttons_width + 4.0 } else { all };
    let corner = rect.right_top() + vec2(-EDGE - width, EDGE);
    let chip = Rect::from_min_size(corner, vec2(width, HEIGHT));
    if chip.left() < taken + EDGE {
        return;
    }
    let mut row = chip_row(ui, desk, chip, "display");
    chips.push(chip);
    for ((icon, id, choice), width) in settings.into_iter().zip(widths).filter(|_| !narrow) {
        setting(&mut row, desk, icon, id, choice, width);
    }
    for (icon, call, on) in buttons {
        if tool(&mut row, desk, icon, call, on).clicked() {
            desk.acts.start(call);
        }
    }
}

fn setting_width(ui: &Ui, label: &str) -> f32 {
    let font = FontId::proportional(12.0);
    let galley = ui
        .painter()
        .layout_no_wrap(label.to_owned(), font, egui::Color32::WHITE);
    (galley.size().x + 44.0).round()
}

/// A setting of the view with its icon; a click opens its items.
fn setting(ui: &mut Ui, desk: &mut Desk, icon: &str, id: &str, choice: &dyn Choice, width: f32) {
    let theme = desk.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), egui::Sense::click());
    let (label, doc) = registry::find(id).map_or(("", ""), |entry| (entry.info.label, entry.doc));
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, label);
        info.current_text_value = Some(choice.label().to_owned());
        info
    });
    let hot = response.hovered();
    let color = if hot { theme.text_strong } else { theme.text };
    if hot {
        ui.painter().rect_filled(rect, RADIUS, theme.field_hover);
    }
    let mark = rect.with_max_x(rect.left() + 22.0);
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        icon,
        theme::icon(15.0),
        *theme.text_2,
    );
    let name = rect.with_min_x(rect.left() + 24.0);
    text(
        ui,
        name,
        Align2::LEFT_CENTER,
        choice.label(),
        FontId::proportional(12.0),
        *color,
    );
    let caret = rect.with_max_x(rect.right() - 6.0);
    text(
        ui,
        caret,
        Align2::RIGHT_CENTER,
        icons::CARET_DOWN,
        theme::icon(10.0),
        *theme.text_2,
    );
    focus_ring(ui, theme, &response);
    egui::Popup::menu(&response).show(|ui| {
        for item in choice.items() {
            let on = item.id == choice.id();
            let entry = ui.selectable_label(on, item.label);
            if entry.on_hover_text(item.doc.trim()).clicked() {
                desk.acts.run(&format!("{id}(type: {})", item.id), "");
                ui.close();
            }
        }
    });
    response.on_hover_ui(|ui| desk.tooltip(ui, label, &format!("{id}()"), &tooltip(doc)));
}

/// A piece of the running operator's chip.
struct Part {
    galley: Arc<Galley>,
    /// Space before it.
    before: f32,
    /// Whether it is a value, with room for a frame around it.
    value: bool,
}

impl Part {
    fn width(&self) -> f32 {
        let frame = if self.value { 16.0 } else { 0.0 };
        self.before + self.galley.size().x + frame
    }
}

/// Icon, name, value and the words on the constraint of the operator that runs.
fn running_parts(ui: &Ui, desk: &Desk, info: Info, header: &Header) -> Vec<Part> {
    let text = *desk.theme.vp_text;
    let axis = header.axis.map_or(text, |axis| desk.theme.axis(axis));
    let note = header.note.as_str();
    let (words, strong) = note.split_once(' ').unwrap_or((note, ""));
    let value = header.value.replace('-', "\u{2212}");
    let body = FontId::proportional(12.0);
    let parts = [
        (operator_icon(info.id), theme::icon(15.0), axis, 7.0),
        (info.label, theme::medium(12.0), text, 6.0),
        (value.as_str(), FontId::monospace(12.0), text, 8.0),
        (words, body, text.gamma_multiply(0.62), 8.0),
        (strong, theme::medium(12.0), axis, 4.0),
    ];
    let shown = parts
        .into_iter()
        .enumerate()
        .filter(|(_, part)| !part.0.is_empty());
    let part = |(place, (text, font, color, before)): (usize, (&str, FontId, Color32, f32))| Part {
        galley: ui.painter().layout_no_wrap(text.to_owned(), font, color),
        before,
        value: place == 2,
    };
    shown.map(part).collect()
}

fn running_ui(ui: &mut Ui, desk: &Desk, at: Pos2, info: Info, header: &Header) -> Rect {
    let theme = desk.theme;
    let parts = running_parts(ui, desk, info, header);
    let width: f32 = parts.iter().map(Part::width).sum();
    let chip = Rect::from_min_size(at, vec2(width + 8.0, HEIGHT));
    let painter = ui.painter();
    painter.rect_filled(chip, TILE_RADIUS, theme.vp_chip);
    let mut left = chip.left();
    for part in parts {
        let end = left + part.width();
        let rect = chip.with_min_x(left + part.before).with_max_x(end);
        if part.value && header.typing {
            let field = rect.shrink2(vec2(0.0, 3.0));
            painter.rect_filled(field, RADIUS, theme.field_active);
            let stroke = Stroke::new(1.0, theme.accent);
            painter.rect_stroke(field, RADIUS, stroke, StrokeKind::Inside);
        }
        let at = rect.center() - part.galley.size() / 2.0;
        painter.galley(at, part.galley, *theme.vp_text);
        left = end;
    }
    let response = ui.interact(chip, ui.scope_id().with("running"), egui::Sense::hover());
    response.widget_info(|| {
        let label = format!("{} {} {}", info.label, header.value, header.note);
        egui::WidgetInfo::labeled(egui::Role::Status, true, label.trim())
    });
    chip
}
