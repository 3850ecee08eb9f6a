//! Bones: where they are, which state they show, and in which order they cover each other.

use bytemuck::Zeroable as _;
use glam::{Vec2, Vec3};

use crate::model::id::BoneId;
use crate::model::view::{BoneStyle, Shading};
use crate::render::bones::{
    BAR, BOX, BoneInstance, DASHED, HATCHED, RINGED, SHORT, TWO_TONE, WIRE,
};
use crate::render::camera;
use crate::render::colors::{self, Side, ViewportColors};
use crate::render::scene::marks::Marks;
use crate::render::scene::solid::{Eye, Span};
use crate::render::scene::{Posed, Scene, posed_rigs};
use crate::render::viewport::FrameInput;

/// Where joints begin to grow with their bone, and by how much they do at most: length in points, factor.
const JOINT_GROWTH: (f32, f32) = (200.0, 2.6);

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
        if !frame.view.shows_bones() {
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
    let world_from_bone = posed.world_from_armature * posed.posed.matrix(id)?;
    let head = world_from_bone.w_axis.truncate();
    let tail = posed
        .world_from_armature
        .transform_point3(posed.posed.tail(id)?);
    if !head.is_finite() || !tail.is_finite() {
        return None;
    }
    let hovered = frame.hovered == Some((posed.id, id));
    let state = state(frame, posed, id, hovered);
    // A silhouette is to be seen, not its bones; a rig without a mesh is nothing but bones.
    let is_figure = frame.view.shading == Shading::Silhouette && !posed.rig.meshes.is_empty();
    if is_figure && state == State::Normal {
        return None;
    }
    let setup = posed.rig.setup(id);
    let body_side = posed.skeleton.sides.get(id.index()).copied();
    let armature = posed.rig.armature.as_ref();
    let bone = armature.bone(id)?;
    let body_side = body_side.unwrap_or(Side::Middle);
    let fill = colors::fill(frame.theme, armature, id, setup, body_side);
    let marks = Marks::of(bone, setup, posed.rig.channel(id));
    let mut instance = look(state, marks, frame.theme, fill, hovered);
    let keyed = frame.keyed.and_then(|keyed| keyed.rig(posed.id));
    if keyed.is_some_and(|keyed| keyed.is_changed(id)) {
        mark_changed(&mut instance, state, frame.theme, hovered);
    }
    let span = Span::new(head, tail, world_from_bone.x_axis.truncate(), eye);
    place(&mut instance, &span, frame.view.bone_style, eye);
    Some(Ordered {
        state,
        depth: (frame.camera.eye() - span.head.midpoint(span.tail)).dot(frame.camera.backward()),
        instance,
    })
}

/// Gives a bone its place and its shape.
fn place(instance: &mut BoneInstance, span: &Span, style: BoneStyle, eye: &Eye) {
    instance.head = span.head.to_array();
    instance.tail = span.tail.to_array();
    let (solid, shape) = match style {
        _ if span.is_short() => (None, SHORT),
        BoneStyle::Octahedral => (Some(span.octahedron(eye)), 0),
        BoneStyle::BBone => (Some(span.block(eye)), BOX),
        BoneStyle::Stick => (None, BAR),
        BoneStyle::Wire => (None, BAR | WIRE),
    };
    instance.flags |= shape;
    if let Some(solid) = solid {
        instance.flags |= solid.facing;
        [instance.ring_x, instance.ring_y] = solid.ring.map(Vec3::into);
        instance.shades = solid.shades;
        let (length, most) = JOINT_GROWTH;
        instance.dot_radius *= (span.points_long() / length).clamp(1.0, most);
    }
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

/// What a bone is filled with where it is not selected, and how opaque: what is the matter with it counts
/// before its own colour.
fn plain_fill(marks: Marks, theme: &ViewportColors, own: [f32; 4]) -> ([f32; 4], f32) {
    match marks {
        Marks { locked: true, .. } => (theme.b_locked, 0.6),
        Marks {
            kinematic: true, ..
        } => (theme.b_ik, 0.7),
        Marks {
            constrained: true, ..
        } => (theme.b_con, 0.85),
        _ => (own, 0.78),
    }
}

/// Colours, widths and marks of a state; the place is left at the origin.
fn look(
    state: State,
    marks: Marks,
    theme: &ViewportColors,
    own: [f32; 4],
    hovered: bool,
) -> BoneInstance {
    let (plain, alpha) = plain_fill(marks, theme, own);
    // Fill, its opacity, rim, rim width, halo width, dots, their radius.
    let (fill, alpha, rim, rim_width, halo_width, dot_color, dot_radius) = match state {
        State::Normal if marks.kinematic => (plain, alpha, theme.b_ik, 1.75, 0.75, plain, 2.5),
        State::Normal => (plain, alpha, theme.b_edge, 1.0, 0.0, plain, 2.5),
        State::Hovered => (plain, 0.9, theme.b_hover_edge, 1.25, 0.0, plain, 2.5),
        State::Selected => {
            let (fill, edge) = (theme.b_sel, theme.b_sel_edge);
            (fill, 0.88, edge, 1.75, 1.75, edge, 3.25)
        }
        State::Marked => (plain, alpha, theme.b_active, 1.75, 1.75, plain, 2.5),
        State::Active => {
            let (fill, edge) = (theme.b_active, theme.b_active_edge);
            (fill, 0.95, edge, 2.5, 1.75, edge, 3.75)
        }
    };
    let [r, g, b, _] = fill;
    let over = hovered && state > State::Hovered;
    let flag = |on: bool, flag: u32| if on { flag } else { 0 };
    BoneInstance {
        rim_width: rim_width + theme.rim_more + if over { 0.5 } else { 0.0 },
        halo_width,
        dot_radius,
        flags: flag(marks.kinematic, DASHED)
            | flag(marks.kinematic && state > State::Normal, TWO_TONE)
            | flag(marks.constrained, RINGED)
            | flag(marks.locked, HATCHED),
        fill: bytes([r, g, b, alpha]),
        rim: bytes(rim),
        dot_color: bytes(dot_color),
        ..BoneInstance::zeroed()
    }
}

/// Marks a bone that was changed and has no key: by its rim, but by its dots where the rim tells that it is
/// the active one.
fn mark_changed(bone: &mut BoneInstance, state: State, theme: &ViewportColors, hovered: bool) {
    if matches!(state, State::Active | State::Marked) {
        bone.dot_color = bytes(theme.b_chg);
        return;
    }
    bone.rim = bytes(theme.b_chg);
    bone.rim_width = 2.0 + theme.rim_more + if hovered { 0.5 } else { 0.0 };
    bone.halo_width = 1.75;
    // Dashes would make it look like inverse kinematics, whose colour is near.
    bone.flags &= !(DASHED | TWO_TONE);
    if state < State::Selected {
        let [_, _, _, alpha] = &mut bone.fill;
        *alpha = (*alpha).max(217);
    }
}

/// A colour in bytes.
pub(super) fn bytes(color: [f32; 4]) -> [u8; 4] {
    color.map(|channel| (channel.clamp(0.0, 1.0) * 255.0).round() as u8)
}
