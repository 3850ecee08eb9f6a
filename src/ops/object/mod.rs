//! Empties: named transforms in the world that constraints may look at. Adding, naming, deleting.
//!
//! Moving, turning and scaling them is the work of the transform operators, selecting that of the 3D view.

pub mod delete;
pub mod empty;

use crate::ops::context::Context;
use crate::ops::operator::{Poll, Refusal};
use crate::ops::registry::{Entry, op};

/// The family, in the order of the reference.
pub const OBJECT: &[Entry] = &[
    op::<delete::Delete>(),
    op::<empty::EmptyAdd>(),
    op::<empty::EmptyRename>(),
];

/// Fails unless an empty is selected.
///
/// # Errors
/// What to do.
pub fn need_empty(cx: &Context) -> Poll {
    match cx.doc.selected_empties().next() {
        Some(_) => Ok(()),
        None => Err("No empty is selected; click one first".to_owned()),
    }
}

/// The place of the empty of this name.
///
/// # Errors
/// A refusal that names the nearest one.
pub fn find_empty(cx: &Context, name: &str) -> Result<usize, Refusal> {
    let unknown = || {
        let names = cx.doc.empties.iter().map(|empty| empty.name.as_str());
        let nearest = crate::ops::call::nearest(name, names);
        Refusal::Error(crate::ops::call::unknown("empty", name, nearest))
    };
    cx.doc.place_of_empty(name).ok_or_else(unknown)
}
