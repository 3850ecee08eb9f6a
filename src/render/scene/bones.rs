//! Bones: where they are, which state they show, and in which order they cover each other.

use crate::model::id::{BoneId, RigId};
use crate::model::view::BoneStyle;
use crate::render::bones::BoneInstance;
use crate::render::colors::{self, ViewportColors};
use crate::render::scene::{Posed, Scene};
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
        for (index, skeleton) in self.skeletons.iter().enumerate() {
            let Some(posed) = Posed::new(frame, index, skeleton) else {
                continue;
            };
            let armature = &posed.rig.armature;
            let shown = armature.ids().filter(|&id| posed.rig.visible(id));
            let rig = RigId::new(index);
            let listed = shown.filter_map(|id| ordered(frame, &posed, rig, id));
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

fn ordered(frame: &FrameInput, posed: &Posed, rig: RigId, id: BoneId) -> Option<Ordered> {
    let rest = posed.skeleton.bones.get(id.index())?;
    let bone = posed.rig.armature.bone(id)?;
    let world_from_bone = posed.world_from_bone(id.index());
    let head = world_from_bone.w_axis.truncate();
    let tail = world_from_bone.transform_point3(rest.tail);
    if !head.is_finite() || !tail.is_finite() {
        return None;
    }
    let side = world_from_bone.x_axis.truncate();
    let state = state(frame, posed, rig, id);
    let setup = posed.rig.setup(id);
    let fill = colors::fill(frame.theme, bone, setup, rest.side);
    let mut instance = look(state, frame.theme, fill, hovered(frame, rig, id));
    instance.head = head.to_array();
    instance.tail = tail.to_array();
    instance.side = side.normalize_or_zero().to_array();
    instance.stick = u32::from(frame.view.bone_style == BoneStyle::Stick);
    let middle = (head + tail) * 0.5;
    Some(Ordered {
        state,
        depth: (frame.camera.eye() - middle).dot(frame.camera.backward()),
        instance,
    })
}

fn hovered(frame: &FrameInput, rig: RigId, id: BoneId) -> bool {
    frame.hovered == Some((rig, id))
}

fn state(frame: &FrameInput, posed: &Posed, rig: RigId, id: BoneId) -> State {
    let active = frame.document.active_rig == Some(rig) && posed.rig.active_bone == Some(id);
    match (active, posed.rig.is_selected(id)) {
        (true, true) => State::Active,
        (true, false) => State::Marked,
        (false, true) => State::Selected,
        (false, false) if hovered(frame, rig, id) => State::Hovered,
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
        head: [0.0; 3],
        rim_width: rim_width + if over { 0.5 } else { 0.0 },
        tail: [0.0; 3],
        halo_width,
        side: [0.0; 3],
        dot_radius,
        fill: bytes([r, g, b, alpha]),
        rim: bytes(rim),
        dot_color: bytes(dot_color),
        stick: 0,
    }
}

fn bytes(color: [f32; 4]) -> [u8; 4] {
    color.map(|channel| (channel.clamp(0.0, 1.0) * 255.0).round() as u8)
}
