//! Operators on the bones of the posed rigs, under the ids of Blender's `pose` family.

pub mod apply;
pub mod clear;
pub mod clipboard;
pub mod paths;
pub mod rotation;
pub mod select;
pub mod user;
pub mod visibility;

use crate::ops::registry::{Entry, op};

/// The family, in the order of the reference.
pub const POSE: &[Entry] = &[
    op::<apply::ArmatureApply>(),
    op::<clipboard::Copy>(),
    op::<visibility::Hide>(),
    op::<clear::LocClear>(),
    op::<clipboard::Paste>(),
    op::<paths::PathsCalculate>(),
    op::<paths::PathsClear>(),
    op::<paths::PathsRangeUpdate>(),
    op::<paths::PathsUpdate>(),
    op::<rotation::QuaternionsFlip>(),
    op::<visibility::Reveal>(),
    op::<clear::RotClear>(),
    op::<rotation::RotationModeSet>(),
    op::<clear::ScaleClear>(),
    op::<select::SelectAll>(),
    op::<select::SelectHierarchy>(),
    op::<clear::TransformsClear>(),
    op::<user::UserTransformsClear>(),
    op::<apply::VisualTransformApply>(),
];
