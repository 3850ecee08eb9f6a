//! Bones: where they are, which state they show, and in which order they cover each other.

use bytemuck::Zeroable as _;
use glam::Vec2;

use crate::model::id::BoneId;
use crate::model::view::BoneStyle;
use crate::render::bones::{BAR, BoneInstance, SHORT};
use crate::render::camera;
use crate::render::colors::{self, Side, ViewportColors};
use crate::render::scene::octahedron::{Eye, Octahedron};
use crate::render::scene::{Posed, Scene, posed_rigs};
use crate::render::viewport::FrameInput;

/// A bone, and what decides when it is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ordered {
    state: State,
    /// From the eye along the line of sight.
    depth: f32,
    instance: BoneInstance,
}

/// What a bone shows of itself; later ones are drawn over earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Normal,
    Hovered,
    Selected,
    /// The active bone where it is not selected.
    Marked,
    Active,
}

impl Scene {
    pub(super) fn list_bones(&mut self, frame: &FrameInput) {
        self.ordered_bones.clear();
        self.bones.clear();
        if !frame.view.overlays {
            return;
        }
        let eye = eye(frame);
        for posed in posed_rigs(frame, &self.skeletons) {
            let ids = posed.rig.armature.ids();
            let shown = ids.filter(|&id| posed.rig.visible(id));
            let listed = shown.filter_map(|id| ordered(frame, &eye, &posed, id));
            self.ordered_bones.extend(listed);
        }
        self.ordered_bones.sort_unstable_by(|a, b| {
            let far_first = b.depth.total_cmp(&a.depth);
            a.state.cmp(&b.state).then(far_first)
        });
        self.bones
            .extend(self.ordered_bones.iter().map(|bone| bone.instance));
    }
}

fn eye<'a>(frame: &FrameInput<'a>) -> Eye<'a> {
    let (width, height) = frame.size;
    let [light, _, _] = camera::lights(frame.camera);
    Eye {
        camera: frame.camera,
        light,
        picture: Vec2::new(width as f32, height as f32) / frame.pixels_per_point.max(0.1),
    }
}

fn ordered(frame: &FrameInput, eye: &Eye, posed: &Posed, id: BoneId) -> Option<Ordered> {
    let bone = posed.rig.armature.bone(id)?;
    let world_from_bone = posed.world_from_armature * posed.posed.matrix(id)?;
    let head = world_from_bone.w_axis.truncate();
    let tail = posed
        .world_from_armature
        .transform_point3(posed.posed.tail(id)?);
    if !head.is_finite() || !tail.is_finite() {
        return None;
    }
    let side = world_from_bone.x_axis.truncate();
    let hovered = frame.hovered == Some((posed.id, id));
    let state = state(frame, posed, id, hovered);
    let body_side = posed.skeleton.sides.get(id.index()).copied();
    let body_side = body_side.unwrap_or(Side::Middle);
    let fill = colors::fill(frame.theme, bone, posed.rig.setup(id), body_side);
    let mut instance = look(state, frame.theme, fill, hovered);
    instance.head = head.to_array();
    instance.tail = tail.to_array();
    let solid = Octahedron::new(head, tail, side.normalize_or_zero(), eye);
    let [ring_x, ring_y] = solid.ring.map(|corner| corner.to_array());
    (instance.ring_x, instance.ring_y, instance.shades) = (ring_x, ring_y, solid.shades);
    let flag = |on: bool, flag: u32| if on { flag } else { 0 };
    let stick = frame.view.bone_style == BoneStyle::Stick;
    instance.flags = solid.facing | flag(stick, BAR) | flag(solid.short, SHORT);
    let middle = (head + tail) * 0.5;
    Some(Ordered {
        state,
        depth: (frame.camera.eye() - middle).dot(frame.camera.backward()),
        instance,
    })
}

fn state(frame: &FrameInput, posed: &Posed, id: BoneId, hovered: bool) -> State {
    let is_active_rig = frame.document.active_rig == Some(posed.id);
    let active = is_active_rig && posed.rig.active_bone == Some(id);
    match (active, posed.rig.is_selected(id)) {
        (true, true) => State::Active,
        (true, false) => State::Marked,
        (false, true) => State::Selected,
        (false, false) if hovered => State::Hovered,
        (false, false) => State::Normal,
    }
}

/// Colours and widths of a state; the place is left at the origin.
fn look(state: State, theme: &ViewportColors, fill: [f32; 4], hovered: bool) -> BoneInstance {
    // Fill, its opacity, rim, rim width, halo width, dots, their radius.
    let (fill, alpha, rim, rim_width, halo_width, dot_color, dot_radius) = match state {
        State::Normal => (fill, 0.78, theme.b_edge, 1.0, 0.0, fill, 2.5),
        State::Hovered => (fill, 0.9, theme.b_hover_edge, 1.25, 0.0, fill, 2.5),
        State::Selected => {
            let (fill, edge) = (theme.b_sel, theme.b_sel_edge);
            (fill, 0.88, edge, 1.75, 1.75, edge, 3.25)
        }
        State::Marked => (fill, 0.78, theme.b_active, 1.75, 1.75, fill, 2.5),
        State::Active => {
            let (fill, edge) = (theme.b_active, theme.b_active_edge);
            (fill, 0.95, edge, 2.5, 1.75, edge, 3.75)
        }
    };
    let [r, g, b, _] = fill;
    let over = hovered && state > State::Hovered;
    BoneInstance {
        rim_width: rim_width + theme.rim_more + if over { 0.5 } else { 0.0 },
        halo_width,
        dot_radius,
        fill: bytes([r, g, b, alpha]),
        rim: bytes(rim),
        dot_color: bytes(dot_color),
        ..BoneInstance::zeroed()
    }
}

fn bytes(color: [f32; 4]) -> [u8; 4] {
    color.map(|channel| (channel.clamp(0.0, 1.0) * 255.0).round() as u8)
}
