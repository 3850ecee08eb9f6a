//! Markers: named frames of the scene.

pub mod list;
pub mod pick;
pub mod shift;

use crate::ops::registry::{Entry, modal, op};

/// The family, in the order of the reference.
pub const MARKER: &[Entry] = &[
    op::<list::Add>(),
    modal::<shift::Move>(),
    modal::<shift::Duplicate>(),
    op::<list::Delete>(),
    op::<pick::Select>(),
    modal::<pick::SelectBox>(),
    op::<pick::SelectAll>(),
    op::<list::Rename>(),
];
