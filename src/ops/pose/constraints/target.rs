//! What a new constraint looks at: the first other thing that is selected.
//!
//! The bones of the active rig come first, then other rigs with a selected bone, then empties, each in the
//! order of the document. Curves and meshes cannot be selected here: kinds that want one find nothing.

use glam::Vec3;

use crate::eval::evaluator::RigEvaluator;
use crate::model::constraint::{Constraint, ConstraintKind};
use crate::model::constraint_targets::Seen;
use crate::model::id::BoneId;
use crate::model::rig::Rig;
use crate::ops::context::Context;
use crate::ops::pose::constraints::active_bone;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Nothing to look at.
    Nothing,
    /// A bone or an empty that is selected.
    Seen(Seen),
    /// A new empty is to be made at this place, world space.
    New(Vec3),
}

/// Finds what a constraint of this kind on the active bone would look at.
pub fn find(cx: &Context, kind: ConstraintKind) -> Found {
    // Kinds without a target would leave an empty behind that nothing looks at.
    if !Constraint::new(kind).takes_target() {
        return Found::Nothing;
    }
    if let Some(seen) = selected(cx) {
        return Found::Seen(seen);
    }
    // An Armature constraint follows bones: no empty is made for it.
    if kind == ConstraintKind::Armature {
        return Found::Nothing;
    }
    let place = active_end(cx, kind == ConstraintKind::Ik);
    place.map_or(Found::Nothing, Found::New)
}

/// The first bone or empty that is selected beside the active bone.
fn selected(cx: &Context) -> Option<Seen> {
    let (id, active) = active_bone(cx)?;
    let rig = cx.doc.rigs.get(id.index())?;
    let mut beside = rig.selected_bones().into_iter();
    if let Some(bone) = beside.find(|&bone| bone != active) {
        return Some(Seen::Bone(rig.armature.name(bone).to_owned()));
    }
    let others = cx.doc.rig_ids().filter(|&other| other != id);
    let mut others = others.filter_map(|other| cx.doc.rigs.get(other.index()));
    let bone = others.find_map(|rig| Some((rig, active_or_first(rig)?)));
    if let Some((rig, bone)) = bone {
        let name = rig.armature.name(bone).to_owned();
        return Some(Seen::Other(rig.name.clone(), name));
    }
    let empty = cx.doc.empties.iter().find(|empty| empty.select)?;
    Some(Seen::Object(empty.name.clone()))
}

/// The active bone of a rig if it is selected, else the first one that is.
fn active_or_first(rig: &Rig) -> Option<BoneId> {
    let active = rig.active_bone.filter(|&bone| rig.is_selected(bone));
    active.or_else(|| rig.selected_bones().first().copied())
}

/// Where the active bone starts as it is posed, or where it ends; world space.
fn active_end(cx: &Context, tail: bool) -> Option<Vec3> {
    let (id, bone) = active_bone(cx)?;
    let rig = cx.doc.rigs.get(id.index())?;
    let mut evaluator = RigEvaluator::default();
    let posed = evaluator.evaluate(rig);
    let end = match tail {
        true => posed.tail(bone),
        false => posed.head(bone),
    };
    let place = rig.world_from_armature().transform_point3(end?);
    place.is_finite().then_some(place)
}
