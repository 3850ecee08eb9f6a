//! What is done with the keys of an action in a time editor.

pub mod view;

use crate::ops::registry::{Entry, op};

/// The family, in the order of the reference.
pub const ACTION: &[Entry] = &[
    op::<view::ViewAll>(),
    op::<view::ViewFrame>(),
    op::<view::ViewSelected>(),
];
