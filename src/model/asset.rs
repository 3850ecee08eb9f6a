//! Pose assets of the document: short actions that are applied as poses.

use std::sync::Arc;

use crate::model::action::Action;

/// A pose kept under a name, in a catalog of the library.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asset {
    /// Shown below its thumbnail.
    pub name: String,
    /// Path of its catalog; none: unassigned.
    pub catalog: Option<String>,
    /// A sentence for the tooltip.
    pub description: String,
    /// The pose, as the first frame of an action.
    pub action: Arc<Action>,
}
