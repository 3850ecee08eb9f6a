//! glTF import, proven on small files made by code; with `KEYPOSE_RIGS` set to a folder, on real ones too.

#[path = "gltf/animation_actions.rs"]
mod animation_actions;
#[path = "gltf/animation_faults.rs"]
mod animation_faults;
#[path = "gltf/animation_own.rs"]
mod animation_own;
#[path = "gltf/animation_sampling.rs"]
mod animation_sampling;
#[path = "gltf/bones.rs"]
mod bones;
#[path = "common/gltf.rs"]
mod builder;
#[path = "gltf/faults.rs"]
mod faults;
#[path = "gltf/files.rs"]
mod files;
#[path = "gltf/looks.rs"]
mod looks;
#[path = "gltf/meshes.rs"]
mod meshes;
#[path = "gltf/mutations.rs"]
mod mutations;

use std::path::Path;

use keypose::io::gltf_import::{Imported, import_bytes};
use keypose::model::rig::Rig;

/// Imports what must open.
fn opened(builder: &builder::Builder) -> Imported {
    import_bytes(Path::new("test.glb"), builder.glb()).unwrap()
}

/// The error line of what must not open.
fn refused(bytes: Vec<u8>) -> String {
    import_bytes(Path::new("test.glb"), bytes)
        .unwrap_err()
        .to_string()
}

/// Imports what must open as one rig without a warning.
fn rig(builder: &builder::Builder) -> Rig {
    let mut imported = opened(builder);
    assert_eq!(imported.warnings, Vec::<String>::new());
    assert_eq!(imported.rigs.len(), 1);
    imported.rigs.remove(0)
}

/// The names of a rig's bones.
fn names(rig: &Rig) -> Vec<&str> {
    rig.armature.bones.iter().map(|bone| &*bone.name).collect()
}
