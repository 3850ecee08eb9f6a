//! Operators on the bones of the posed rigs, under the ids of Blender's `pose` family.

pub mod apply;
pub mod clear;
pub mod clipboard;
pub mod constraints;
pub mod names;
pub mod paths;
pub mod propagate;
pub mod rotation;
pub mod select;
pub mod selection_sets;
pub mod slide;
pub mod user;
pub mod visibility;

use selection_sets::{list, members, recall, text};

use crate::ops::registry::{Entry, modal, op};

/// The family, in the order of the reference.
pub const POSE: &[Entry] = &[
    op::<apply::ArmatureApply>(),
    op::<names::AutosideNames>(),
    modal::<slide::BlendToNeighbor>(),
    modal::<slide::BlendWithRest>(),
    modal::<slide::Breakdown>(),
    op::<constraints::add::ConstraintAdd>(),
    op::<constraints::add::ConstraintAddWithTargets>(),
    op::<constraints::stack::ConstraintsClear>(),
    op::<constraints::stack::ConstraintsCopy>(),
    op::<clipboard::Copy>(),
    op::<names::FlipNames>(),
    op::<visibility::Hide>(),
    op::<constraints::ik::IkAdd>(),
    op::<constraints::ik::IkClear>(),
    op::<clear::LocClear>(),
    op::<clipboard::Paste>(),
    op::<paths::PathsCalculate>(),
    op::<paths::PathsClear>(),
    op::<paths::PathsRangeUpdate>(),
    op::<paths::PathsUpdate>(),
    op::<propagate::Propagate>(),
    modal::<slide::Push>(),
    op::<rotation::QuaternionsFlip>(),
    modal::<slide::Relax>(),
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
    op::<select::mirror::SelectMirror>(),
    op::<select::SelectParent>(),
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
    op::<user::UserTransformsClear>(),
    op::<apply::VisualTransformApply>(),
];
