//! Operators on the bones of the posed rigs, under the ids of Blender's `pose` family.

pub mod clear;
pub mod clipboard;
pub mod rotation;
pub mod select;
pub mod select_mirror;
pub mod visibility;

use crate::ops::registry::{Entry, op};

/// The family, in the order of the reference.
pub const POSE: &[Entry] = &[
    op::<clipboard::Copy>(),
    op::<visibility::Hide>(),
    op::<clear::LocClear>(),
    op::<clipboard::Paste>(),
    op::<visibility::Reveal>(),
    op::<clear::RotClear>(),
    op::<rotation::RotationModeSet>(),
    op::<clear::ScaleClear>(),
    op::<select::SelectAll>(),
    op::<select::SelectHierarchy>(),
    op::<select_mirror::SelectMirror>(),
    op::<clear::TransformsClear>(),
];
