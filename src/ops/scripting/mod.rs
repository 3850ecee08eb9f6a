//! Steps that only set state, for scripts and checks: in no menu, but in the registry like any other.

pub mod armature;
pub mod pose;

use crate::ops::registry::{Entry, op};

/// The helper steps.
pub const SCRIPTING: &[Entry] = &[
    op::<armature::Set>(),
    op::<pose::SelectBones>(),
    op::<pose::Set>(),
];
