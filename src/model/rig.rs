//! A rig: armature, pose, meshes and what animates it.
//!
//! The lists of armature and pose have one length; selection and hiding are bits apart from the values.

use std::ops::{Deref, Range};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use glam::{Mat4, Vec3};
use serde_json::Value;

use crate::math::rotation::{self, EulerOrder};
use crate::model::armature::Armature;
use crate::model::bits::BitSet;
use crate::model::id::BoneId;
use crate::model::mesh::Mesh;
use crate::model::pose::{BoneSetup, Channel, Pose};
use crate::model::settings::{Animation, RigOptions};

/// The file that a rig was imported from, kept whole for a loss-less export.
#[derive(Debug)]
pub struct ModelFile {
    /// Where it was read from; the bundled character has a path of its own (`keypose:`).
    pub path: PathBuf,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
    /// The file itself, byte by byte; empty if it could not be read.
    pub bytes: Arc<Vec<u8>>,
    /// The glTF tree, with everything unknown to us and its order; null if the file could not be read.
    pub json: ModelTree,
    /// The buffers, in the order of the tree.
    pub buffers: Vec<Vec<u8>>,
}

impl ModelFile {
    /// A file of which only path and hash are known.
    pub fn reference(path: PathBuf, sha256: String) -> Self {
        Self::new(path, sha256, Vec::new(), 0..0, Vec::new())
    }

    /// A file that was read; `text` says where in its bytes the tree is.
    pub fn new(
        path: PathBuf,
        sha256: String,
        bytes: Vec<u8>,
        text: Range<usize>,
        buffers: Vec<Vec<u8>>,
    ) -> Self {
        let bytes = Arc::new(bytes);
        Self {
            path,
            sha256,
            json: ModelTree {
                bytes: Arc::clone(&bytes),
                text,
                tree: OnceLock::new(),
            },
            bytes,
            buffers,
        }
    }

    /// Whether the file was there when the document was opened; if not, only its path and hash are known.
    pub fn is_loaded(&self) -> bool {
        !self.bytes.is_empty()
    }
}

/// The glTF tree of a file. It is made when it is first looked at: that takes longer than everything that
/// opening a file needs.
#[derive(Debug)]
pub struct ModelTree {
    bytes: Arc<Vec<u8>>,
    /// Where in the bytes its text is.
    text: Range<usize>,
    tree: OnceLock<Value>,
}

impl Deref for ModelTree {
    type Target = Value;

    fn deref(&self) -> &Value {
        self.tree.get_or_init(|| {
            let text = self.bytes.get(self.text.clone()).unwrap_or_default();
            serde_json::from_slice(text).unwrap_or_default()
        })
    }
}

impl PartialEq<Value> for ModelTree {
    fn eq(&self, other: &Value) -> bool {
        **self == *other
    }
}

/// Which part of which file a rig came from.
#[derive(Clone, Debug)]
pub struct ModelRef {
    /// The file.
    pub file: Arc<ModelFile>,
    /// Which of the rigs that the file gives.
    pub rig: usize,
    /// The glTF node of each bone.
    pub nodes: Arc<Vec<u32>>,
}

impl PartialEq for ModelRef {
    fn eq(&self, other: &Self) -> bool {
        self.rig == other.rig
            && self.file.sha256 == other.file.sha256
            && self.file.path == other.file.path
    }
}

/// A rig.
#[derive(Clone, Debug, Default)]
pub struct Rig {
    /// Unique in its document.
    pub name: String,
    /// The rig's own place, world space, metres.
    pub location: Vec3,
    /// Radians, X first.
    pub rotation_euler: Vec3,
    /// Factors along its axes; all ones is the default.
    pub scale: Vec3,
    /// Bones and collections.
    pub armature: Arc<Armature>,
    /// What the bones' channels hold.
    pub pose: Pose,
    /// Bones with their select flag on; those that cannot be seen keep it.
    pub selected: BitSet,
    /// Bones hidden by hand.
    pub hidden: BitSet,
    /// Whether the whole rig is hidden.
    pub hide: bool,
    /// The bone that operators on one bone act on; need not be selected.
    pub active_bone: Option<BoneId>,
    /// Mirroring, selection sets, motion paths.
    pub options: Arc<RigOptions>,
    /// Action and NLA.
    pub animation: Arc<Animation>,
    /// What it deforms or carries.
    pub meshes: Arc<Vec<Arc<Mesh>>>,
    /// Where it was imported from.
    pub model: Option<ModelRef>,
}

impl Rig {
    /// A rig at rest.
    pub fn new(name: String, armature: Armature) -> Self {
        let pose = Pose::rest(armature.bones.len());
        Self {
            name,
            scale: Vec3::ONE,
            armature: Arc::new(armature),
            pose,
            ..Self::default()
        }
    }

    /// The rig's own transform.
    pub fn world_from_armature(&self) -> Mat4 {
        let rotation = rotation::quat_from_euler(self.rotation_euler, EulerOrder::Xyz);
        Mat4::from_scale_rotation_translation(self.scale, rotation, self.location)
    }

    /// Whether the bone can be seen: neither it nor its rig is hidden, and it is in no collection or in a
    /// shown one.
    pub fn visible(&self, id: BoneId) -> bool {
        !self.hide && !self.hidden.contains(id.index()) && self.armature.collection_visible(id)
    }

    /// Whether the bone can be seen and may be selected.
    pub fn selectable(&self, id: BoneId) -> bool {
        self.visible(id) && self.armature.bone(id).is_some_and(|bone| bone.selectable)
    }

    /// Whether the bone is selected for operators: select flag on, and it can be seen.
    pub fn is_selected(&self, id: BoneId) -> bool {
        self.selected.contains(id.index()) && self.visible(id)
    }

    /// The selected bones that can be seen, parents first.
    pub fn selected_bones(&self) -> Vec<BoneId> {
        self.selected
            .iter()
            .map(BoneId::new)
            .filter(|&id| self.visible(id))
            .collect()
    }

    /// A bone's transform channels.
    pub fn channel(&self, id: BoneId) -> Option<&Channel> {
        self.pose.channels.get(id.index())
    }

    /// A bone's transform channels, to change.
    pub fn channel_mut(&mut self, id: BoneId) -> Option<&mut Channel> {
        Arc::make_mut(&mut self.pose.channels).get_mut(id.index())
    }

    /// A bone's locks, custom properties and the like.
    pub fn setup(&self, id: BoneId) -> Option<&BoneSetup> {
        self.pose.setups.get(id.index()).map(Arc::as_ref)
    }

    /// A bone's locks, custom properties and the like, to change.
    pub fn setup_mut(&mut self, id: BoneId) -> Option<&mut BoneSetup> {
        Arc::make_mut(&mut self.pose.setups)
            .get_mut(id.index())
            .map(Arc::make_mut)
    }

    /// A bone at rest, to change.
    pub fn bone_mut(&mut self, id: BoneId) -> Option<&mut crate::model::bone::Bone> {
        Arc::make_mut(&mut self.armature)
            .bones
            .get_mut(id.index())
            .map(Arc::make_mut)
    }
}

fn same<T: PartialEq>(a: &Arc<T>, b: &Arc<T>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

impl PartialEq for Rig {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && (self.location, self.rotation_euler, self.scale)
                == (other.location, other.rotation_euler, other.scale)
            && (&self.selected, &self.hidden, self.hide, self.active_bone)
                == (
                    &other.selected,
                    &other.hidden,
                    other.hide,
                    other.active_bone,
                )
            && same(&self.armature, &other.armature)
            && self.pose == other.pose
            && same(&self.options, &other.options)
            && same(&self.animation, &other.animation)
            && (Arc::ptr_eq(&self.meshes, &other.meshes)
                || self.meshes.len() == other.meshes.len()
                    && self
                        .meshes
                        .iter()
                        .zip(other.meshes.iter())
                        .all(|(a, b)| same(a, b)))
            && self.model == other.model
    }
}
