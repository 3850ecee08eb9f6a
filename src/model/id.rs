//! Typed keys: places in a document's lists, instead of pointers between its parts.

use serde::{Deserialize, Serialize};

/// A bone of one armature: its place in the list, parents before children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BoneId(pub u32);

impl BoneId {
    /// The key of the bone at `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The place in the armature's list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A rig of one document: its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RigId(pub u32);

impl RigId {
    /// The key of the rig at `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The place in the document's list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
