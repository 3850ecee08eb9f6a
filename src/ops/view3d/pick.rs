//! Picking a bone with the pointer. The same click again goes to the next bone behind.

use glam::Vec2;

use crate::eval::evaluator::DocumentEvaluator;
use crate::eval::pick::Viewport;
use crate::model::id::{BoneId, RigId};
use crate::ops::context::{Context, LastPick, Picked};
use crate::ops::event::Event;
use crate::ops::object::find_empty;
use crate::ops::operator::{Exec, Info, Offer, Operator, Poll, Refusal, Start};
use crate::ops::registry;
use crate::ops::view3d::under;
use crate::props;

/// How far apart two clicks may be and still count as the same, points.
const SAME_CLICK: f32 = 4.0;

props! {
    /// Select the bone or the empty under the pointer.
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
        /// An empty instead, whatever is under the pointer.
        empty: String = String::new(), HINT.hidden().transient();
    }
}

impl Operator for Select {
    const INFO: Info = Info::new("view3d.select", "Select");

    fn poll(cx: &Context) -> Poll {
        cx.need_scene()
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
        if let Some(picked) = picked_at(cx, event.pointer, last.map(|last| last.picked)) {
            self.name(cx, picked);
        }
        Start::Exec
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let pointer = Vec2::new(self.location[0], cx.place.size.y - self.location[1]);
        let inside = self.location.iter().all(|&c| c >= 0.0);
        let found = if self.bone.is_empty() && self.empty.is_empty() {
            picked_at(cx, pointer, None).filter(|_| inside)
        } else {
            Some(self.named(cx)?)
        };
        match found {
            Some(picked) => {
                cx.scratch.last_pick = Some(LastPick { pointer, picked });
                match picked {
                    Picked::Bone(rig, bone) => self.pick(cx, (rig, bone)),
                    Picked::Empty(place) => self.pick_empty(cx, place),
                }
            }
            None if self.deselect_all && inside => {
                cx.doc.deselect_bones();
                cx.doc.select_empties(|_, _| false);
                Ok(())
            }
            None => Err(Refusal::Nothing),
        }
    }
}

impl Select {
    /// Names what was picked in the call.
    fn name(&mut self, cx: &Context, picked: Picked) {
        match picked {
            Picked::Bone(rig, bone) => {
                let Some(rig_data) = cx.doc.rigs.get(rig.index()) else {
                    return;
                };
                rig_data.armature.name(bone).clone_into(&mut self.bone);
                if Some(rig) != cx.doc.active_rig {
                    self.rig.clone_from(&rig_data.name);
                }
            }
            Picked::Empty(place) => {
                if let Some(empty) = cx.doc.empties.get(place) {
                    self.empty.clone_from(&empty.name);
                }
            }
        }
    }

    /// A call for everything at a point of the view, what a click takes first before the rest.
    fn offers(&self, cx: &Context, pointer: Vec2) -> Vec<Offer> {
        let offer = |picked: Picked| {
            let mut call = Self {
                enumerate: false,
                location: Self::default().location,
                ..self.clone()
            };
            call.name(cx, picked);
            let label = match (call.rig.as_str(), call.empty.as_str()) {
                ("", "") => call.bone.clone(),
                ("", empty) => format!("{empty} (Empty)"),
                (rig, _) => format!("{} ({rig})", call.bone),
            };
            let call = registry::boxed(call).call_text();
            Offer {
                label,
                call,
                on: None,
            }
        };
        all_at(cx, pointer).into_iter().map(offer).collect()
    }

    fn named(&self, cx: &Context) -> Result<Picked, Refusal> {
        if !self.empty.is_empty() {
            return find_empty(cx, &self.empty).map(Picked::Empty);
        }
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
        Ok(Picked::Bone(id, bone))
    }

    fn pick_empty(&self, cx: &mut Context, place: usize) -> Exec {
        let selected = cx.doc.empties.get(place).is_some_and(|empty| empty.select);
        let on = !(self.deselect || self.toggle && selected);
        let adds = self.extend || self.toggle || self.deselect;
        if !adds {
            cx.doc.deselect_bones();
        }
        cx.doc.select_empties(|other, empty| match other == place {
            true => on,
            false => adds && empty.select,
        });
        Ok(())
    }

    fn pick(&self, cx: &mut Context, (id, bone): (RigId, BoneId)) -> Exec {
        let was_active = cx.doc.active_rig == Some(id) && cx.rig()?.active_bone == Some(bone);
        let adds = self.extend || self.toggle || self.deselect;
        if !adds {
            cx.doc.deselect_bones();
            cx.doc.select_empties(|_, _| false);
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

/// Everything at a point of the view (points from its top left corner).
fn all_at(cx: &Context, pointer: Vec2) -> Vec<Picked> {
    let mut poses = DocumentEvaluator::default();
    poses.evaluate(cx.doc);
    under::all(cx.doc, &poses, &viewport(cx), pointer, cx.view.overlays)
}

/// What is at a point of the view; after `last`, the next one behind it, round and round.
fn picked_at(cx: &Context, pointer: Vec2, last: Option<Picked>) -> Option<Picked> {
    let all = all_at(cx, pointer);
    let place = all.iter().position(|&picked| Some(picked) == last);
    let next = place.and_then(|place| all.get(place + 1));
    next.or(all.first()).copied()
}

/// The bone at a point of the view that a click takes first.
pub(crate) fn bone_at(cx: &Context, pointer: Vec2) -> Option<(RigId, BoneId)> {
    let bone = |picked| match picked {
        Picked::Bone(rig, bone) => Some((rig, bone)),
        Picked::Empty(_) => None,
    };
    all_at(cx, pointer).into_iter().find_map(bone)
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
