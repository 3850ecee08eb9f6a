//! What some constraints measure once, as soon as they look at something: a distance, a length, an inverse.
//!
//! The pose counts as it is without constraints: what they do to it is not calculated yet.

use glam::Mat4;

use crate::eval::evaluator::RigEvaluator;
use crate::math::shear;
use crate::model::constraint::{Constraint, ConstraintKind};
use crate::model::constraint_targets::Seen;
use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};
use crate::model::pose::Custom;
use crate::model::rig::Rig;

/// Sets what a constraint of this bone has yet to measure; nothing where it looks at nothing.
pub fn measure(doc: &Document, id: RigId, bone: BoneId, constraint: &mut Constraint) {
    use ConstraintKind::{ChildOf, LimitDistance, StretchTo};
    if !matches!(constraint.kind, ChildOf | LimitDistance | StretchTo) {
        return;
    }
    let found = doc.rigs.get(id.index()).and_then(|rig| {
        let seen = constraint.seen()?;
        Some((
            rig,
            world_from_bone(rig, bone)?,
            world_from_seen(doc, rig, &seen)?,
        ))
    });
    let Some((rig, owner, target)) = found else {
        return;
    };
    let way = (owner.w_axis - target.w_axis).truncate().length();
    match constraint.kind {
        ChildOf if constraint.inverse_matrix.is_none() => {
            let armature_from_target = shear::affine_inverse(rig.world_from_armature()) * target;
            constraint.inverse_matrix = Some(rows(shear::affine_inverse(armature_from_target)));
            let pending = "set_inverse_pending".to_owned();
            constraint.settings.insert(pending, Custom::Bool(false));
        }
        LimitDistance => fill(constraint, "distance", way),
        // The length is that of a bone which is not scaled.
        StretchTo => fill(
            constraint,
            "rest_length",
            way / owner.y_axis.truncate().length(),
        ),
        _ => {}
    }
}

/// Sets a length that is still 0.
fn fill(constraint: &mut Constraint, setting: &str, length: f32) {
    if length.is_finite()
        && let Some(value) = constraint.settings.get_mut(setting)
        && *value == Custom::Float(0.0)
    {
        *value = Custom::Float(f64::from(length));
    }
}

fn world_from_bone(rig: &Rig, bone: BoneId) -> Option<Mat4> {
    let mut evaluator = RigEvaluator::default();
    let matrix = evaluator.evaluate(rig).matrix(bone)?;
    Some(rig.world_from_armature() * matrix)
}

/// Where what a constraint of `own` looks at is.
fn world_from_seen(doc: &Document, own: &Rig, seen: &Seen) -> Option<Mat4> {
    let rig = |name: &str| doc.rigs.iter().find(|rig| rig.name == name);
    match seen {
        Seen::Bone(bone) => world_from_bone(own, own.armature.find(bone)?),
        Seen::Other(name, bone) => {
            let rig = rig(name)?;
            world_from_bone(rig, rig.armature.find(bone)?)
        }
        Seen::Object(name) => match doc.place_of_empty(name) {
            Some(place) => Some(doc.empties.get(place)?.world_from_empty()),
            None => Some(rig(name)?.world_from_armature()),
        },
    }
}

/// The rows of a matrix, as constraints hold it.
fn rows(matrix: Mat4) -> [[f64; 4]; 4] {
    let columns = matrix.transpose().to_cols_array_2d();
    columns.map(|row| row.map(f64::from))
}
