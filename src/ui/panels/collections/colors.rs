//! The colours of a collection or a bone: the theme's own, the colour sets, or any other.

use egui::ecolor::Hsva;
use egui::{Color32, Mesh, Popup, Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

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
pub fn name_of(color: BoneColor) -> String {
    match color {
        BoneColor::Default => "No color: by the side of the body".to_owned(),
        BoneColor::Torso => "Torso".to_owned(),
        BoneColor::Left => "Left".to_owned(),
        BoneColor::Right => "Right".to_owned(),
        BoneColor::Set(number) => format!("Color set {number}"),
        BoneColor::Free(_) => color.to_string(),
    }
}

/// The colour that a text means; none where it means nothing.
pub fn parsed(color: &str) -> BoneColor {
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

/// A colour; none is an empty square.
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
        .show(|ui| chosen = chooser_ui(ui, desk, now));
    if let Some((color, merge_key)) = chosen {
        let (name, color) = (quoted(&collection.name), quoted(&color.to_string()));
        let call = format!("armature.set(collections: {{{name}: (color: {color})}})");
        desk.acts.run(&call, &merge_key);
    }
    open
}

/// All colours to choose from, for a popup; gives one that was chosen and is another than `now`, and a key to
/// merge calls by.
pub fn chooser_ui(ui: &mut Ui, desk: &Desk, now: BoneColor) -> Option<(BoneColor, String)> {
    let mut chosen = None;
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
    chosen.filter(|(color, _)| *color != now)
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

/// Any other colour: a field of saturation and value, and a strip of hues.
fn free_ui(ui: &mut Ui, desk: &Desk, now: BoneColor) -> Option<BoneColor> {
    let start = shown(desk, now).unwrap_or(*desk.theme.b_torso);
    // Grey has no hue, so the last one is kept while the palette is open.
    let id = ui.scope_id().with("hsv");
    let kept = ui.data(|data| data.get_temp::<Hsva>(id));
    let mut hsv = kept
        .filter(|hsv| Color32::from(*hsv) == start)
        .unwrap_or_else(|| Hsva::from(start));
    let before = hsv;
    if let Some(at) = plane_ui(ui, desk, hsv) {
        (hsv.s, hsv.v) = (at.x, 1.0 - at.y);
    }
    ui.add_space(4.0);
    if let Some(at) = hue_ui(ui, desk, hsv.h) {
        hsv.h = at.x.min(0.9999);
    }
    if hsv == before {
        return None;
    }
    ui.data_mut(|data| data.insert_temp(id, hsv));
    let [r, g, b, _] = Color32::from(hsv).to_array();
    Some(BoneColor::Free([r, g, b]))
}

fn plane_ui(ui: &mut Ui, desk: &Desk, hsv: Hsva) -> Option<Vec2> {
    let size = vec2((SIDE + 2.0) * ROW_OF as f32 - 2.0, 92.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let label = "Saturation and brightness";
    response.widget_info(|| WidgetInfo::labeled(Role::ColorWell, true, label));
    let color = |at: Vec2| Hsva::new(hsv.h, at.x, 1.0 - at.y, 1.0);
    ui.painter().add(gradient(rect, (8, 8), color));
    paint_mark(ui, desk, rect.lerp_inside(vec2(hsv.s, 1.0 - hsv.v)));
    picked(&response, rect)
}

fn hue_ui(ui: &mut Ui, desk: &Desk, hue: f32) -> Option<Vec2> {
    let size = vec2((SIDE + 2.0) * ROW_OF as f32 - 2.0, 14.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::ColorWell, true, "Hue"));
    let color = |at: Vec2| Hsva::new(at.x.min(0.9999), 1.0, 1.0, 1.0);
    ui.painter().add(gradient(rect, (36, 1), color));
    paint_mark(ui, desk, rect.lerp_inside(vec2(hue, 0.5)));
    picked(&response, rect)
}

/// A rectangle whose colour changes from place to place, in so many columns and rows.
fn gradient(rect: Rect, (columns, rows): (u16, u16), color: impl Fn(Vec2) -> Hsva) -> Mesh {
    let mut mesh = Mesh::default();
    for row in 0..=rows {
        for column in 0..=columns {
            let at = vec2(f32::from(column), f32::from(row));
            let at = at / vec2(f32::from(columns), f32::from(rows));
            mesh.colored_vertex(rect.lerp_inside(at), color(at).into());
        }
    }
    let (columns, rows) = (u32::from(columns), u32::from(rows));
    for corner in 0..rows * (columns + 1) {
        let below = corner + columns + 1;
        if corner % (columns + 1) < columns {
            mesh.add_triangle(corner, corner + 1, below);
            mesh.add_triangle(corner + 1, below, below + 1);
        }
    }
    mesh
}

fn paint_mark(ui: &Ui, desk: &Desk, at: Pos2) {
    let dark = egui::Stroke::new(3.0, desk.theme.b_edge);
    ui.painter().circle_stroke(at, 5.0, dark);
    let light = egui::Stroke::new(1.5, Color32::WHITE);
    ui.painter().circle_stroke(at, 5.0, light);
}

/// Where the pointer holds, 0 to 1 from the left top corner.
fn picked(response: &Response, rect: Rect) -> Option<Vec2> {
    let held = response.is_pointer_button_down_on() || response.clicked();
    let at = response.interact_pointer_pos().filter(|_| held)?;
    let part = (at - rect.min) / rect.size();
    Some(part.clamp(Vec2::ZERO, Vec2::splat(1.0)))
}
