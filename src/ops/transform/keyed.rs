//! What automatic keying keys of bones that were moved, turned or scaled.

use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};
use crate::ops::shared::auto_key;
use crate::ops::shared::key_sets::KeySet;
use crate::ops::transform::targets::{Kind, Targets};

/// Keys bones of a rig after a transform. Where keys are set only if needed, what the transform cannot have
/// changed is left out, so that it gets no curves; else everything is keyed.
pub fn transformed(doc: &mut Document, id: RigId, bones: &[BoneId], targets: &Targets, kind: Kind) {
    if !auto_key::may_key(doc, id) {
        return;
    }
    let set = match kind {
        _ if !doc.scene.auto_key_needed => KeySet::LocRotScale,
        Kind::Translate => KeySet::Location,
        Kind::Rotate if wanders(targets) => KeySet::LocRot,
        Kind::Rotate => KeySet::Rotation,
        Kind::Resize if wanders(targets) => KeySet::LocScale,
        Kind::Resize => KeySet::Scaling,
    };
    let held = set.of(doc, id, bones);
    auto_key::key_held(doc, id, held);
}

/// Whether the bones go around a point that is not the head of each.
fn wanders(targets: &Targets) -> bool {
    let mut elsewhere = targets
        .bones
        .iter()
        .map(|target| targets.pivot_of(target) != target.head);
    match targets.bones.len() {
        1 => elsewhere.any(|elsewhere| elsewhere),
        _ => !targets.pivot_is(crate::model::transform_settings::PivotPoint::IndividualOrigins),
    }
}
