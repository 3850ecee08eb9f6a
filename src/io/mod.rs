//! Files: documents, glTF models, scenes, preferences. Nothing here changes a document in place.

pub mod axes;
pub mod error;
pub mod form;
pub mod gltf_import;
pub mod scene;
mod tree;
