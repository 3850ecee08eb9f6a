//! Operators on the bones of the posed rigs, under the ids of Blender's `pose` family.

pub mod clear;
pub mod clipboard;
pub mod rotation;
pub mod select;
pub mod slide;
pub mod visibility;

use crate::ops::registry::{Entry, modal, op};

/// The family, in the order of the reference.
pub const POSE: &[Entry] = &[
    modal::<slide::BlendToNeighbor>(),
    modal::<slide::BlendWithRest>(),
    modal::<slide::Breakdown>(),
    op::<clipboard::Copy>(),
    op::<visibility::Hide>(),
    op::<clear::LocClear>(),
    op::<clipboard::Paste>(),
    modal::<slide::Push>(),
    modal::<slide::Relax>(),
    op::<visibility::Reveal>(),
    op::<clear::RotClear>(),
    op::<rotation::RotationModeSet>(),
    op::<clear::ScaleClear>(),
    op::<select::SelectAll>(),
    op::<select::SelectHierarchy>(),
    op::<clear::TransformsClear>(),
];
