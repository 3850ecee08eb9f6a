//! The bones of a rig and their collections.
//!
//! Parents stand before their children; siblings keep the order of creation, depth first.

use std::sync::Arc;

use crate::model::bone::Bone;
use crate::model::id::BoneId;
use crate::record;

record! {
    /// A named group of bones that is shown or hidden together.
    pub struct BoneCollection {
        /// Unique in its armature.
        pub name: String = String::new();
        /// Whether its bones are shown.
        pub is_visible: bool = true;
    }
}

/// The bones of a rig and their collections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Armature {
    /// Parents before children.
    pub bones: Vec<Arc<Bone>>,
    /// In the order of the interface.
    pub collections: Vec<BoneCollection>,
}

impl Armature {
    /// The bone, if it exists.
    pub fn bone(&self, id: BoneId) -> Option<&Bone> {
        self.bones.get(id.index()).map(Arc::as_ref)
    }

    /// The bone of this name.
    pub fn find(&self, name: &str) -> Option<BoneId> {
        self.bones
            .iter()
            .position(|bone| bone.name.as_ref() == name)
            .map(BoneId::new)
    }

    /// Every bone's key, parents first.
    pub fn ids(&self) -> impl Iterator<Item = BoneId> + use<> {
        (0..self.bones.len()).map(BoneId::new)
    }

    /// The name of a bone, empty if it does not exist.
    pub fn name(&self, id: BoneId) -> &str {
        self.bone(id).map_or("", |bone| &bone.name)
    }

    /// The children of a bone, in the armature's order.
    pub fn children(&self, id: BoneId) -> impl Iterator<Item = BoneId> + '_ {
        self.ids()
            .filter(move |&child| self.bone(child).is_some_and(|bone| bone.parent == Some(id)))
    }

    /// Whether the bone is in no collection or in one that is shown.
    pub fn collection_visible(&self, id: BoneId) -> bool {
        let Some(bone) = self.bone(id) else {
            return false;
        };
        let known = |name: &String| self.collections.iter().find(|c| &c.name == name);
        let mut member = bone.collections.iter().filter_map(known).peekable();
        member.peek().is_none() || member.any(|collection| collection.is_visible)
    }
}
