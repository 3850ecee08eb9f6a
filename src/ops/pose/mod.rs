//! Operators on the bones of the posed rigs, under the ids of Blender's `pose` family.

pub mod clear;
pub mod clipboard;
pub mod constraints;
pub mod names;
pub mod rotation;
pub mod select;
pub mod select_mirror;
pub mod visibility;

use crate::ops::registry::{Entry, op};

/// The family, in the order of the reference.
pub const POSE: &[Entry] = &[
    op::<constraints::add::ConstraintAdd>(),
    op::<constraints::add::ConstraintAddWithTargets>(),
    op::<constraints::stack::ConstraintsClear>(),
    op::<constraints::stack::ConstraintsCopy>(),
    op::<names::AutosideNames>(),
    op::<clipboard::Copy>(),
    op::<names::FlipNames>(),
    op::<visibility::Hide>(),
    op::<constraints::ik::IkAdd>(),
    op::<constraints::ik::IkClear>(),
    op::<clear::LocClear>(),
    op::<clipboard::Paste>(),
    op::<visibility::Reveal>(),
    op::<clear::RotClear>(),
    op::<rotation::RotationModeSet>(),
    op::<clear::ScaleClear>(),
    op::<select::SelectAll>(),
    op::<select::target::SelectConstraintTarget>(),
    op::<select::grouped::SelectGrouped>(),
    op::<select::SelectHierarchy>(),
    op::<select::linked::SelectLinked>(),
    op::<select::linked::SelectLinkedPick>(),
    op::<select_mirror::SelectMirror>(),
    op::<select::SelectParent>(),
    op::<clear::TransformsClear>(),
];
