//! Steps that only set state, for scripts and checks: in no menu, but in the registry like any other.

pub mod action;
pub mod armature;
pub mod clipboard;
pub mod custom;
pub mod keying_set;
pub mod keys;
pub mod object;
pub mod pose;
pub mod scene;

use crate::ops::registry::{Entry, op};

/// The helper steps.
pub const SCRIPTING: &[Entry] = &[
    op::<armature::Set>(),
    op::<pose::SelectBones>(),
    op::<pose::Set>(),
    op::<custom::PropertyAdd>(),
    op::<custom::PropertyRemove>(),
    op::<custom::PropertyRename>(),
    op::<object::ObjectSet>(),
    op::<object::SetBones>(),
    op::<scene::FrameSet>(),
    op::<scene::Set>(),
    op::<scene::AutoKey>(),
    op::<keying_set::Make>(),
    op::<scene::SelectMarkers>(),
    op::<scene::ClearMarkers>(),
    op::<action::Activate>(),
    op::<keys::SelectKeys>(),
    op::<clipboard::Set>(),
];
