//! Operators on the bones of the posed rigs, under the ids of Blender's `pose` family.

pub mod clear;
pub mod clipboard;
pub mod rotation;
pub mod select;
pub mod selection_sets;
pub mod visibility;

use crate::ops::registry::{Entry, op};
use selection_sets::{list, members, recall, text};

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
    op::<list::SelectionSetAdd>(),
    op::<list::SelectionSetAddAndAssign>(),
    op::<members::SelectionSetAssign>(),
    op::<text::SelectionSetCopy>(),
    op::<list::SelectionSetDeleteAll>(),
    op::<recall::SelectionSetDeselect>(),
    op::<list::SelectionSetEdit>(),
    op::<recall::SelectionSetMenu>(),
    op::<list::SelectionSetMove>(),
    op::<text::SelectionSetPaste>(),
    op::<list::SelectionSetRemove>(),
    op::<members::SelectionSetRemoveBones>(),
    op::<list::SelectionSetRename>(),
    op::<recall::SelectionSetSelect>(),
    op::<members::SelectionSetStore>(),
    op::<members::SelectionSetUnassign>(),
    op::<clear::TransformsClear>(),
];
