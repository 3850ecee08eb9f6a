//! Adding constraints to the active bone, copying and clearing those of selected bones.
//!
//! What constraints do to the pose is not calculated yet; they are stored, copied and saved whole.

pub mod add;
pub mod ik;
pub mod measure;
pub mod stack;
pub mod target;

use crate::model::id::{BoneId, RigId};
use crate::ops::context::Context;

/// The active bone of the active rig, where it is in a visible collection; it may be hidden by hand.
pub fn active_bone(cx: &Context) -> Option<(RigId, BoneId)> {
    let rig = cx.doc.rig()?;
    let bone = rig.active_bone?;
    rig.armature.bone(bone)?;
    let seen = rig.armature.collection_visible(bone);
    Some((cx.doc.active_rig?, bone)).filter(|_| seen)
}
