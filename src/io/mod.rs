//! Files: documents, glTF models, scenes, preferences. Nothing here changes a document in place.

pub mod error;
pub mod form;
pub mod scene;
mod tree;
