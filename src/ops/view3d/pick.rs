//! Picking a bone with the pointer. The same click again goes to the next bone behind.

use glam::Vec2;

use crate::eval::evaluator::DocumentEvaluator;
use crate::eval::pick::{self, BonePicker, Hit, Viewport};
use crate::model::id::{BoneId, RigId};
use crate::ops::context::{Context, LastPick};
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Offer, Operator, Poll, Refusal, Start};
use crate::ops::registry;
use crate::props;

/// How far from a bone a click may miss it, points.
pub const PICK_RADIUS: f32 = 12.0;
/// How far apart two clicks may be and still count as the same, points.
const SAME_CLICK: f32 = 4.0;

props! {
    /// Select the bone under the pointer.
    pub struct Select {
        /// Keep what is selected.
        extend: bool = false, HINT.transient();
        /// Deselect the bone.
        deselect: bool = false, HINT.transient();
        /// Deselect the bone if it is the active one, else select it beside the others.
        toggle: bool = false, HINT.transient();
        /// Deselect everything where there is no bone.
        deselect_all: bool = false, HINT.transient();
        /// List all bones under the pointer, to choose one.
        enumerate: bool = false, HINT.transient();
        /// The point of the view, points from its lower left corner.
        location: [f32; 2] = [-1.0; 2], HINT.hidden().transient();
        /// The bone itself, whatever is under the pointer.
        bone: String = String::new(), HINT.hidden().transient();
        /// The rig of the bone; left out, the active one.
        rig: String = String::new(), HINT.hidden().transient();
    }
}

impl Operator for Select {
    const INFO: Info = Info::new("view3d.select", "Select");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, cx: &Context, event: &Event) -> Start {
        self.location = [event.pointer.x, cx.place.size.y - event.pointer.y];
        if self.enumerate {
            let offers = self.offers(cx, event.pointer);
            if offers.len() > 1 {
                return Start::Offer(offers);
            }
        }
        let last = cx
            .scratch
            .last_pick
            .filter(|last| last.pointer.distance(event.pointer) <= SAME_CLICK);
        if let Some((rig, bone)) = bone_at(cx, event.pointer, last.map(|last| last.bone))
            && let Some(rig_data) = cx.doc.rigs.get(rig.index())
        {
            rig_data.armature.name(bone).clone_into(&mut self.bone);
            if Some(rig) != cx.doc.active_rig {
                self.rig.clone_from(&rig_data.name);
            }
        }
        Start::Exec
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let pointer = Vec2::new(self.location[0], cx.place.size.y - self.location[1]);
        let inside = self.location.iter().all(|&c| c >= 0.0);
        let found = if self.bone.is_empty() {
            bone_at(cx, pointer, None).filter(|_| inside)
        } else {
            Some(self.named(cx)?)
        };
        match found {
            Some(picked) => {
                cx.scratch.last_pick = Some(LastPick {
                    pointer,
                    bone: picked,
                });
                self.pick(cx, picked)
            }
            None if self.deselect_all && inside => {
                deselect_shown(cx);
                Ok(())
            }
            None => Err(Refusal::Nothing),
        }
    }
}

impl Select {
    /// A call for every bone at a point of the view, the one that a click takes first.
    fn offers(&self, cx: &Context, pointer: Vec2) -> Vec<Offer> {
        let mut poses = DocumentEvaluator::default();
        poses.evaluate(cx.doc);
        let mut picker = BonePicker::default();
        let hits = picker.at(cx.doc, &poses, &viewport(cx), pointer, PICK_RADIUS);
        let offer = |hit: &Hit| {
            let rig = cx.doc.rigs.get(hit.rig.index())?;
            let other = Some(hit.rig) != cx.doc.active_rig;
            let bone = rig.armature.name(hit.bone);
            let call = Self {
                bone: bone.to_owned(),
                rig: if other {
                    rig.name.clone()
                } else {
                    String::new()
                },
                enumerate: false,
                location: Self::default().location,
                ..self.clone()
            };
            let label = if other {
                format!("{bone} ({})", rig.name)
            } else {
                bone.to_owned()
            };
            let call = registry::boxed(call).call_text();
            Some(Offer {
                label,
                call,
                on: None,
            })
        };
        hits.iter().filter_map(offer).collect()
    }

    fn named(&self, cx: &Context) -> Result<(RigId, BoneId), Refusal> {
        let id = if self.rig.is_empty() {
            cx.doc.active_rig
        } else {
            cx.doc
                .rigs
                .iter()
                .position(|rig| rig.name == self.rig)
                .map(RigId::new)
        };
        let rig = id.and_then(|id| Some((id, cx.doc.rigs.get(id.index())?)));
        let (id, rig) = rig.ok_or_else(|| Refusal::Error(format!("no rig `{}`", self.rig)))?;
        let bone = crate::ops::scripting::pose::find(rig, &self.bone)?;
        Ok((id, bone))
    }

    fn pick(&self, cx: &mut Context, (id, bone): (RigId, BoneId)) -> Exec {
        let was_active = cx.doc.active_rig == Some(id) && cx.rig()?.active_bone == Some(bone);
        let adds = self.extend || self.toggle || self.deselect;
        if !adds {
            deselect_shown(cx);
        }
        let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
        if !rig.selectable(bone) {
            return Err(Refusal::Nothing);
        }
        let selected = rig.selected.contains(bone.index());
        if self.deselect || self.toggle && selected && was_active {
            rig.selected.set(bone.index(), false);
        } else {
            rig.selected.set(bone.index(), true);
            rig.active_bone = Some(bone);
            cx.doc.active_rig = Some(id);
        }
        Ok(())
    }
}

/// Deselects everything but the bones of rigs that are hidden as a whole.
fn deselect_shown(cx: &mut Context) {
    for id in cx.doc.rig_ids() {
        let rig = cx.doc.rigs.get(id.index());
        if rig.is_none_or(|rig| rig.hide || rig.selected.is_empty()) {
            continue;
        }
        if let Some(rig) = cx.doc.rig_at_mut(id) {
            rig.selected.clear();
        }
    }
}

/// The bone at a point of the view (points from its top left corner); after `last`, the one behind it.
pub(crate) fn bone_at(
    cx: &Context,
    pointer: Vec2,
    last: Option<(RigId, BoneId)>,
) -> Option<(RigId, BoneId)> {
    let mut poses = DocumentEvaluator::default();
    poses.evaluate(cx.doc);
    let mut picker = BonePicker::default();
    let hits = picker.at(cx.doc, &poses, &viewport(cx), pointer, PICK_RADIUS);
    pick::cycle(hits, last).map(|hit| (hit.rig, hit.bone))
}

/// The view as picking sees it, in points.
pub(super) fn viewport<'a>(cx: &'a Context) -> Viewport<'a> {
    Viewport {
        camera: &cx.view.camera,
        size: cx.place.size,
        pixels_per_point: 1.0,
        style: cx.view.bone_style,
    }
}
