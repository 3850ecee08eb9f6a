//! The colours of a collection: the theme's own, the colour sets, or any other.

use egui::{Color32, Popup, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::model::armature::{BoneCollection, BoneColor};
use crate::render::colors;
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::theme;
use crate::ui::widgets::{focus_ring, text};

/// The side of a colour that can be clicked.
const SIDE: f32 = 20.0;
/// Colours in a row.
const ROW_OF: usize = 8;

/// What a colour is called.
fn name_of(color: BoneColor) -> String {
    match color {
        BoneColor::Default => "No color: by the side of the body".to_owned(),
        BoneColor::Torso => "Torso".to_owned(),
        BoneColor::Left => "Left".to_owned(),
        BoneColor::Right => "Right".to_owned(),
        BoneColor::Set(number) => format!("Color set {number}"),
        BoneColor::Free(_) => color.to_string(),
    }
}

fn parsed(color: &str) -> BoneColor {
    BoneColor::parse(color).unwrap_or(BoneColor::Default)
}

fn shown(desk: &Desk, color: BoneColor) -> Option<Color32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 255"
    )]
    let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    let [r, g, b, _] = colors::color(&desk.theme.viewport(), color)?;
    Some(Color32::from_rgb(byte(r), byte(g), byte(b)))
}

/// A collection's colour; none is an empty square.
pub fn paint(ui: &Ui, desk: &Desk, square: Rect, color: &str, strength: f32) {
    match shown(desk, parsed(color)) {
        Some(color) => {
            ui.painter()
                .rect_filled(square, 3, color.gamma_multiply(strength));
        }
        None => {
            let line = desk.theme.text_off.gamma_multiply(strength);
            let stroke = egui::Stroke::new(1.0, line);
            ui.painter()
                .rect_stroke(square, 3, stroke, egui::StrokeKind::Inside);
        }
    }
}

/// Offers colours below the swatch; says whether it stays open.
pub fn palette_ui(desk: &mut Desk, collection: &BoneCollection, swatch: &Response) -> bool {
    let mut open = true;
    let now = parsed(&collection.color);
    let mut chosen = None;
    Popup::from_response(swatch)
        .id(swatch.id.with("palette"))
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .open_bool(&mut open)
        .show(|ui| {
            ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
            let own = [
                BoneColor::Default,
                BoneColor::Torso,
                BoneColor::Left,
                BoneColor::Right,
            ];
            let sets = (1..=BoneColor::SETS).map(BoneColor::Set);
            let all: Vec<_> = own.into_iter().chain(sets).collect();
            for row in all.chunks(ROW_OF) {
                ui.horizontal(|ui| {
                    for &color in row {
                        if color_ui(ui, desk, color, color == now).clicked() {
                            chosen = Some((color, String::new()));
                            ui.close();
                        }
                    }
                });
            }
            ui.add_space(6.0);
            if let Some(color) = free_ui(ui, desk, now) {
                // All of one press of the mouse is one step.
                chosen = Some((color, format!("color {}", desk.gesture)));
            }
        });
    if let Some((color, merge_key)) = chosen.filter(|(color, _)| *color != now) {
        let (name, color) = (quoted(&collection.name), quoted(&color.to_string()));
        let call = format!("armature.set(collections: {{{name}: (color: {color})}})");
        desk.acts.run(&call, &merge_key);
    }
    open
}

fn color_ui(ui: &mut Ui, desk: &Desk, color: BoneColor, on: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(SIDE, SIDE), Sense::click());
    let label = name_of(color);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &label));
    let square = rect.shrink(2.0);
    paint(ui, desk, square, &color.to_string(), 1.0);
    if color == BoneColor::Default {
        let (icon, font, ink) = (icons::X, theme::icon(10.0), *desk.theme.text_2);
        text(ui, square, egui::Align2::CENTER_CENTER, icon, font, ink);
    }
    if on || response.hovered() {
        let width = if on { 2.0 } else { 1.0 };
        let stroke = egui::Stroke::new(width, desk.theme.text_strong);
        ui.painter()
            .rect_stroke(rect, 4, stroke, egui::StrokeKind::Inside);
    }
    focus_ring(ui, desk.theme, &response);
    response.on_hover_text(label)
}

/// Any other colour.
fn free_ui(ui: &mut Ui, desk: &Desk, now: BoneColor) -> Option<BoneColor> {
    let start = shown(desk, now).unwrap_or(*desk.theme.b_torso);
    let mut color = start;
    let alpha = egui::color_picker::Alpha::Opaque;
    egui::color_picker::color_picker_color32(ui, &mut color, alpha);
    let [r, g, b, _] = color.to_array();
    (color != start).then_some(BoneColor::Free([r, g, b]))
}
