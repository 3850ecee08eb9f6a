//! The 3D view: shows the picture that is rendered beside the interface, and draws text, chips and the
//! rubber band over it.

pub mod display;
mod empty;
pub mod header;
pub mod names;
pub mod parts;
pub mod pick;
mod slider;
pub mod switches;

use egui::epaint::RectShape;
use egui::{
    Align2, Color32, FontId, Mesh, Pos2, Rect, Role, Sense, Stroke, StrokeKind, TextureId, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::ops::operator::{Header, Info};
use crate::ui::acts::BoneRef;
use crate::ui::auto_key;
use crate::ui::desk::Desk;
use crate::ui::gizmo::{Gizmo, buttons, corner};
use crate::ui::icons;
use crate::ui::panels::adjust::Adjust;
use crate::ui::panels::viewport::empty::empty_ui;

use crate::ui::theme::{self, RADIUS, TILE_RADIUS, Theme};

/// What the panel remembers, and what the window needs to render its picture.
pub struct Viewport {
    /// Where the panel was drawn, points.
    pub rect: Rect,
    /// The picture; the window registers it.
    pub texture: Option<TextureId>,
    /// Parts of the panel that take clicks of their own.
    pub chips: Vec<Rect>,
    /// The handles of the tool.
    pub gizmo: Gizmo,
    /// The middle of the axes in the corner.
    axes: Option<Pos2>,
    /// Buttons that move the camera while they are dragged, by these calls.
    drags: Vec<(Rect, &'static str)>,
    /// Width that the tile takes at the top right corner, points.
    pub corner: f32,
    /// Height at the bottom that something else is shown over.
    pub foot: f32,
    adjust: Adjust,
}

impl Default for Viewport {
    fn default() -> Self {
        Self {
            rect: Rect::NOTHING,
            texture: None,
            chips: Vec::new(),
            gizmo: Gizmo::default(),
            axes: None,
            drags: Vec::new(),
            corner: 0.0,
            foot: 0.0,
            adjust: Adjust::default(),
        }
    }
}

impl Viewport {
    /// The part at the bottom that something else is shown over; empty if nothing is.
    pub fn strip(&self) -> Rect {
        self.rect.with_min_y(self.rect.bottom() - self.foot)
    }

    /// Shows the panel in all of the space there is.
    pub fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let rect = snapped(ui, ui.max_rect());
        self.rect = rect;
        self.chips.clear();
        self.drags.clear();
        let response = ui.interact(rect, ui.scope_id().with("view"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "3D View"));
        self.picture(ui, desk, rect);
        if desk.document.rigs.is_empty() && desk.document.empties.is_empty() {
            empty_ui(ui, desk, rect, &mut self.chips);
        } else if desk.view.overlays {
            names::names_ui(ui, desk, rect);
        }
        if desk.document.scene.auto_key {
            auto_key::frame_ui(ui.painter(), desk.theme, rect);
        }
        self.gizmo.ui(ui, desk, rect);
        rubber_band(ui, desk, rect);
        let free = rect.with_max_x(rect.right() - self.corner);
        let taken = header::left_ui(ui, desk, free, &mut self.chips);
        let mut running = desk.running.iter();
        // A slider has the header for itself.
        if !running.any(|(_, header)| header.slider.is_some()) {
            display::right_ui(ui, desk, free, taken.right(), &mut self.chips);
        }
        if desk.view.shows_text() {
            overlay_text(ui, desk, rect, taken.bottom() + 10.0);
        }
        self.camera_ui(ui, desk, rect);
        if desk.view.overlays {
            hover_chip(ui, desk, rect, &self.chips);
        }
        self.adjust
            .ui(ui, desk, rect.left_bottom() + vec2(10.0, -10.0 - self.foot));
    }

    /// Whether a part of the panel takes clicks at this point itself.
    pub fn takes(&self, at: Pos2) -> bool {
        let corner = |center: Pos2| center.distance(at) < corner::REACH;
        self.chips.iter().any(|chip| chip.contains(at)) || self.axes.is_some_and(corner)
    }

    /// What a drag from this point calls, where a part of the panel moves the camera.
    pub fn camera_grip(&self, at: Pos2) -> Option<&'static str> {
        let drag = self.drags.iter().find(|(area, _)| area.contains(at));
        let corner = self
            .axes
            .filter(|center| center.distance(at) < corner::REACH);
        drag.map(|(_, call)| *call)
            .or_else(|| corner.map(|_| "view3d.rotate()"))
    }

    /// The axes in the corner and the buttons below them, where there is room.
    fn camera_ui(&mut self, ui: &mut Ui, desk: &mut Desk, rect: Rect) {
        let center = rect.right_top() + vec2(-48.0, 78.0);
        let room = rect.width() > 180.0 && rect.bottom() > center.y + corner::REACH;
        self.axes = (desk.view.gizmos && room).then_some(center);
        if self.axes.is_none() {
            return;
        }
        corner::corner_ui(ui, desk, center);
        let top = center + vec2(0.0, corner::REACH + 6.0);
        if rect.bottom() > top.y + buttons::size().y + 8.0 {
            let column = buttons::buttons_ui(ui, desk, top, &mut self.drags);
            self.chips.push(column);
        }
    }

    fn picture(&self, ui: &Ui, desk: &Desk, rect: Rect) {
        match self.texture {
            Some(texture) => {
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                let shape = RectShape::filled(rect, TILE_RADIUS, Color32::WHITE);
                ui.painter().add(shape.with_texture(texture, whole));
            }
            None => {
                let mut mesh = Mesh::default();
                let (top, bottom) = (*desk.theme.vp_top, *desk.theme.vp_bottom);
                mesh.colored_vertex(rect.left_top(), top);
                mesh.colored_vertex(rect.right_top(), top);
                mesh.colored_vertex(rect.right_bottom(), bottom);
                mesh.colored_vertex(rect.left_bottom(), bottom);
                mesh.add_triangle(0, 1, 2);
                mesh.add_triangle(0, 2, 3);
                ui.painter().add(mesh);
            }
        }
    }
}

/// A rectangle on whole pixels, so that the picture is shown pixel by pixel.
fn snapped(ui: &Ui, rect: Rect) -> Rect {
    let scale = ui.pixels_per_point();
    let snap = |at: Pos2| {
        pos2(
            (at.x * scale).round() / scale,
            (at.y * scale).round() / scale,
        )
    };
    Rect::from_min_max(snap(rect.min), snap(rect.max))
}

/// Rig and active bone, golden where it has a key on this frame; then action and frame.
fn overlay_text(ui: &Ui, desk: &Desk, rect: Rect, top: f32) {
    let theme = desk.theme;
    let Some(rig) = desk.document.rig() else {
        return;
    };
    let weak = theme.vp_text.gamma_multiply(0.62);
    let at = pos2(rect.left() + 14.0, top);
    let font = FontId::proportional(12.0);
    let painter = ui.painter().with_clip_rect(rect);
    let rigs = desk.document.active_rig.zip(rig.active_bone);
    let keyed = rigs.is_some_and(|(id, bone)| {
        let keyed = desk.keyed.rig(id);
        keyed.is_some_and(|keyed| keyed.has_key(bone))
    });
    let active = rig
        .active_bone
        .map(|bone| rig.armature.name(bone))
        .unwrap_or_default();
    let first = if active.is_empty() {
        rig.name.clone()
    } else {
        format!("{} · ", rig.name)
    };
    let drawn = painter.text(at, Align2::LEFT_TOP, first, font.clone(), weak);
    let after = pos2(drawn.right(), at.y);
    painter.text(
        after,
        Align2::LEFT_TOP,
        active,
        theme::medium(12.0),
        if keyed {
            *theme.gold_text
        } else {
            *theme.vp_text
        },
    );
    let frame = desk.document.scene.frame;
    let second = match &rig.animation.active_action {
        Some(action) => format!("{action} · frame {frame}"),
        None => format!("Frame {frame}"),
    };
    let line = at + vec2(0.0, 17.0);
    let drawn = painter.text(line, Align2::LEFT_TOP, second, font.clone(), weak);
    // Drawing cannot keep up with the animation.
    if let Some(rate) = desk
        .playback
        .rate
        .filter(|rate| *rate < desk.document.scene.fps * 0.95)
    {
        let after = pos2(drawn.right() + 10.0, line.y);
        let slow = format!("{rate:.0} fps");
        painter.text(after, Align2::LEFT_TOP, slow, font, *theme.red);
    }
}

/// The name of the bone or empty under the pointer, to its right; to its left where the right is `taken`.
fn hover_chip(ui: &Ui, desk: &Desk, rect: Rect, taken: &[Rect]) {
    let Some((middle, name)) = hovered(desk, rect) else {
        return;
    };
    let font = FontId::proportional(12.0);
    let galley = ui.painter().layout_no_wrap(name, font, *desk.theme.vp_text);
    let size = galley.size() + vec2(14.0, 4.0);
    let free = rect.shrink(8.0);
    let top = free.top() + 32.0;
    let top = (middle.y - 26.0).clamp(top, (free.bottom() - size.y).max(top));
    let most = (free.right() - size.x).max(free.left());
    let at = |left: f32| Rect::from_min_size(pos2(left.clamp(free.left(), most), top), size);
    let mut chip = at(middle.x + 26.0);
    if taken.iter().any(|other| other.intersects(chip)) {
        chip = at(middle.x - 26.0 - size.x);
    }
    ui.painter().rect_filled(chip, RADIUS, desk.theme.vp_chip);
    ui.painter()
        .galley(chip.min + vec2(7.0, 2.0), galley, *desk.theme.vp_text);
}

/// Where what is under the pointer appears, points, and its name.
fn hovered(desk: &Desk, rect: Rect) -> Option<(Pos2, String)> {
    if let Some(place) = *desk.hover_empty {
        let empty = desk.document.empties.get(place)?;
        let at = on_screen(desk, empty.location.into(), rect)?;
        return Some((at, empty.name.clone()));
    }
    let (rig, bone) = (*desk.hover)?;
    let middle = middle_of(desk, (rig, bone), rect)?;
    let rig = desk.document.rigs.get(rig.index())?;
    Some((middle, rig.armature.name(bone).to_owned()))
}

/// Where the middle of a bone appears, points.
fn middle_of(desk: &Desk, (rig, bone): BoneRef, rect: Rect) -> Option<Pos2> {
    let pose = desk.poses.pose(rig)?;
    let (head, tail) = (pose.head(bone)?, pose.tail(bone)?);
    let world_from_armature = desk.document.rigs.get(rig.index())?.world_from_armature();
    let middle = world_from_armature.transform_point3((head + tail) / 2.0);
    on_screen(desk, middle, rect)
}

/// Where a world point appears, points, if it is in the picture.
fn on_screen(desk: &Desk, point: glam::Vec3, rect: Rect) -> Option<Pos2> {
    let size = glam::Vec2::new(rect.width(), rect.height());
    let (at, _) = desk.view.camera.project(point, size)?;
    let at = rect.min + vec2(at.x, at.y);
    rect.contains(at).then_some(at)
}

/// The box or line that is being drawn.
fn rubber_band(ui: &Ui, desk: &Desk, rect: Rect) {
    let here = |(info, _): &&(Info, Header)| !of_time(info.id);
    let running = desk.running.as_ref().filter(here);
    if let Some(corners) = running.and_then(|(_, header)| header.band) {
        band_ui(ui, desk.theme, rect, corners);
    }
    let outline = running.map_or(&[][..], |(_, header)| &header.outline);
    if outline.len() > 1 {
        let point = |v: &glam::Vec2| rect.min + vec2(v.x, v.y);
        let stroke = Stroke::new(1.0, desk.theme.accent);
        let line = egui::Shape::closed_line(outline.iter().map(point).collect(), stroke);
        ui.painter().with_clip_rect(rect).add(line);
    }
}

/// Whether an operator of this id works on the timeline instead.
pub fn of_time(id: &str) -> bool {
    let family = id.split_once('.').map_or(id, |(family, _)| family);
    matches!(family, "marker" | "action" | "view2d")
}

/// A box that is being drawn over a panel; corners from its top left one.
pub fn band_ui(ui: &Ui, theme: &Theme, rect: Rect, [a, b]: [glam::Vec2; 2]) {
    let corner = |v: glam::Vec2| rect.min + vec2(v.x, v.y);
    let band = Rect::from_two_pos(corner(a), corner(b)).intersect(rect);
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(band, 2, theme.accent.gamma_multiply(0.12));
    let stroke = Stroke::new(1.0, theme.accent);
    painter.rect_stroke(band, 2, stroke, StrokeKind::Inside);
}

/// The icon of an operator that is shown in the header.
pub fn operator_icon(id: &str) -> &'static str {
    match id {
        "transform.translate" => icons::ARROWS_OUT_CARDINAL,
        "transform.rotate" | "transform.trackball" => icons::ARROW_CLOCKWISE,
        "transform.resize" => icons::RESIZE,
        "pose.push" => icons::ARROWS_LEFT_RIGHT,
        "pose.relax" => icons::WAVE_SINE,
        "pose.breakdown" => icons::SWAP,
        "pose.blend_to_neighbor" => icons::INTERSECT,
        "pose.blend_with_rest" => icons::MAGIC_WAND,
        _ => icons::CURSOR,
    }
}
