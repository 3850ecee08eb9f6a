//! Files: documents, glTF models, scenes, preferences. Nothing here changes a document in place.

pub mod atomic;
pub mod axes;
pub mod document;
pub mod error;
pub mod folders;
pub mod form;
pub mod gltf_check;
pub mod gltf_clip;
pub mod gltf_export;
pub mod gltf_import;
pub mod open;
pub mod pose_text;
pub mod preferences;
pub mod recent;
pub mod recovery;
mod ron_text;
pub mod scene;
pub mod settings_text;
mod tree;
