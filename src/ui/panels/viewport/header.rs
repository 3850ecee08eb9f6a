//! The chip at the top left of the 3D view: the tools, or the operator that runs.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Pos2, Rect, Stroke, StrokeKind, Ui, UiBuilder, vec2};

use crate::model::choice::Choice;
use crate::model::tools::Tool;
use crate::ops::operator::{Header, Info};
use crate::ui::desk::Desk;
use crate::ui::gizmo::handle::plain_call;
use crate::ui::icons;
use crate::ui::panels::viewport::operator_icon;
use crate::ui::panels::viewport::slider::slider_ui;
use crate::ui::theme::{self, RADIUS, ROW, TILE_RADIUS};
use crate::ui::widgets::icon_button;

/// Height of a chip.
pub const HEIGHT: f32 = 26.0;
/// Space to the edges of the panel.
pub const EDGE: f32 = 8.0;

/// The chip at the left: tools, or the operator that runs. Gives the place that it takes.
pub fn left_ui(ui: &mut Ui, desk: &mut Desk, rect: Rect, chips: &mut Vec<Rect>) -> Rect {
    let at = rect.min + vec2(EDGE, EDGE);
    if let Some((info, header)) = desk.running.clone()
        && !info.view_only
    {
        return match &header.slider {
            Some(bar) => slider_ui(ui, desk, rect, info, &header, bar),
            None => running_ui(ui, desk, at, info, &header),
        };
    }
    if desk.document.rigs.is_empty() {
        return Rect::from_min_size(rect.min, vec2(0.0, EDGE + HEIGHT));
    }
    let tools = Tool::ALL;
    let width = tools.len() as f32 * (ROW + 2.0) + 2.0;
    let chip = Rect::from_min_size(at, vec2(width, HEIGHT));
    let mut row = chip_row(ui, desk, chip, "tools");
    chips.push(chip);
    for &tool in tools {
        let on = desk.view.tool == tool;
        let response = icon_button(&mut row, desk.theme, tool_icon(tool), tool.label(), on);
        if response.clicked() {
            let name = tool.name();
            desk.acts
                .start(&format!("wm.tool_set_by_id(name: {name:?})"));
        }
        // The key that does at once what the tool does with handles.
        let item = tool.items().get(tool.index());
        let doc = item.map_or("", |item| item.doc.trim());
        response.on_hover_ui(|ui| desk.tooltip(ui, tool.label(), plain_call(tool), doc));
    }
    chip
}

fn tool_icon(tool: Tool) -> &'static str {
    match tool {
        Tool::SelectBox => icons::CURSOR,
        Tool::Move => operator_icon("transform.translate"),
        Tool::Rotate => operator_icon("transform.rotate"),
        Tool::Scale => operator_icon("transform.resize"),
    }
}

/// A row of buttons in a chip.
pub fn chip_row(ui: &mut Ui, desk: &Desk, chip: Rect, salt: &str) -> Ui {
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
