//! A rig in a file: its bones, its pose and what animates it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::io::form::Named;
use crate::model::armature::BoneCollection;
use crate::model::bone::{BBoneRest, InheritScale};
use crate::model::constraint::Constraint;
use crate::model::motion_path::{MotionPath, MotionPathSettings};
use crate::model::nla::Track;
use crate::model::pose::{BBonePose, Custom, IkSettings, RotationMode};
use crate::model::selection_set::SelectionSet;
use crate::model::settings::MirrorKind;
use crate::record;

record! {
    /// A bone at rest.
    pub struct BoneForm {
        /// Unique in its armature.
        pub name: String = String::new();
        /// Name of the parent.
        pub parent: Option<String> = None;
        /// Armature space; needed unless `matrix_local` is given.
        pub head: Option<[f32; 3]> = None;
        /// Armature space; needed unless `matrix_local` is given.
        pub tail: Option<[f32; 3]> = None;
        /// Radians.
        pub roll: f32 = 0.0;
        /// Rows of the rest matrix in armature space, where head, tail and roll cannot express it.
        pub matrix_local: Option<[[f32; 4]; 4]> = None;
        /// Whether the head sticks to the parent's tail.
        pub use_connect: bool = false;
        /// Whether location follows the bone's own axes.
        pub use_local_location: bool = true;
        /// Whether the parent's rotation is taken over.
        pub inherit_rotation: bool = true;
        /// How much of the parent's scale is taken over.
        pub inherit_scale: InheritScale = InheritScale::Full;
        /// Whether it deforms meshes.
        pub use_deform: bool = true;
        /// Whether it is hidden by hand.
        pub hide: bool = false;
        /// Whether it cannot be selected.
        pub hide_select: bool = false;
        /// Names of its collections.
        pub collections: Vec<String> = Vec::new();
        /// `DEFAULT` or the name of a colour set.
        pub color: String = "DEFAULT".to_owned();
        /// See the model.
        pub use_relative_parent: bool = false;
        /// Bendy-bone values at rest.
        pub bbone: BBoneRest = BBoneRest::default();
        /// Rows of the matrix from the space it had when skins were bound to it; documents only.
        pub matrix_bound: Option<[[f32; 4]; 4]> = None;
        /// Rows of the matrix from the space it had when meshes were put on it; documents only.
        pub matrix_carried: Option<[[f32; 4]; 4]> = None;
    }
}

record! {
    /// A bone's pose.
    pub struct PoseForm {
        /// Bone space.
        pub location: [f32; 3] = [0.0; 3];
        /// Which rotation counts.
        pub rotation_mode: RotationMode = RotationMode::Quaternion;
        /// `[w, x, y, z]`.
        pub rotation_quaternion: [f32; 4] = [1.0, 0.0, 0.0, 0.0];
        /// Radians.
        pub rotation_euler: [f32; 3] = [0.0; 3];
        /// `[angle, x, y, z]`.
        pub rotation_axis_angle: [f32; 4] = [0.0, 0.0, 1.0, 0.0];
        /// Factors.
        pub scale: [f32; 3] = [1.0; 3];
        /// Whether the bone is selected.
        pub select: bool = false;
        /// Locked components.
        pub lock_location: [bool; 3] = [false; 3];
        /// Locked components.
        pub lock_rotation: [bool; 3] = [false; 3];
        /// Whether W or the angle is locked.
        pub lock_rotation_w: bool = false;
        /// Whether four-component rotations are locked one by one.
        pub lock_rotations_4d: bool = true;
        /// Locked components.
        pub lock_scale: [bool; 3] = [false; 3];
        /// Custom properties.
        pub custom: BTreeMap<String, Custom> = BTreeMap::new();
        /// Bendy-bone values.
        pub bbone: BBonePose = BBonePose::default();
        /// Behaviour in an inverse-kinematics chain.
        pub ik: IkSettings = IkSettings::default();
        /// In stack order.
        pub constraints: Vec<Constraint> = Vec::new();
        /// `DEFAULT` or the name of a colour set.
        pub color: String = "DEFAULT".to_owned();
        /// The computed path.
        pub motion_path: Option<Arc<MotionPath>> = None;
    }
}

record! {
    /// Bones, their collections, and the settings of the rig.
    pub struct ArmatureForm {
        /// Name of the rig.
        pub name: String = "Armature".to_owned();
        /// Parents before children.
        pub bones: Vec<BoneForm> = Vec::new();
        /// In the order of the interface.
        pub collections: Vec<BoneCollection> = Vec::new();
        /// Name of the active collection; documents only.
        pub active_collection: Option<String> = None;
        /// Name of the active bone.
        pub active_bone: Option<String> = None;
        /// Mirrored editing.
        pub use_mirror_x: bool = false;
        /// Moving a bone bends the chain above it.
        pub use_auto_ik: bool = false;
        /// Mirrored changes are relative.
        pub use_mirror_relative: bool = false;
        /// What the mirror image of a pose is; left out, as its bones are made: geometric where they have a
        /// `matrix_local`.
        pub mirror_kind: Option<MirrorKind> = None;
        /// Corrected pairs; see the model.
        pub mirror_partners: BTreeMap<String, Option<String>> = BTreeMap::new();
        /// Named sets of bones.
        pub selection_sets: Vec<SelectionSet> = Vec::new();
        /// Which of them operators act on.
        pub active_selection_set: i32 = 0;
        /// How motion paths are computed.
        pub motion_paths: MotionPathSettings = MotionPathSettings::default();
        /// Of the rig, world space.
        pub location: [f32; 3] = [0.0; 3];
        /// Of the rig, radians.
        pub rotation_euler: [f32; 3] = [0.0; 3];
        /// Of the rig.
        pub scale: [f32; 3] = [1.0; 3];
    }
}

record! {
    /// The file that a rig was imported from.
    pub struct ModelForm {
        /// Relative to the document's folder where possible, with forward slashes.
        pub path: String = String::new();
        /// Of the file, lower-case hexadecimal.
        pub sha256: String = String::new();
        /// Which of the rigs that the file gives.
        pub rig: usize = 0;
        /// The glTF node of each bone.
        pub nodes: Vec<u32> = Vec::new();
    }
}

record! {
    /// A rig.
    pub struct RigForm {
        /// Bones and settings.
        pub armature: ArmatureForm = ArmatureForm::default();
        /// By bone; bones that are missing are at rest.
        pub pose: Named<PoseForm> = Named::default();
        /// The action that is edited.
        pub active_action: Option<String> = None;
        /// From bottom to top.
        pub nla: Vec<Track> = Vec::new();
        /// Whether the active action is that of a strip.
        pub use_tweak_mode: bool = false;
        /// The action that was active before a pose asset was made.
        pub previous_action: Option<String> = None;
        /// The legacy pose library of the rig.
        pub pose_library: Option<String> = None;
        /// Whether it is hidden; documents only.
        pub hide: bool = false;
        /// Where it was imported from; documents only.
        pub model: Option<ModelForm> = None;
    }
}
