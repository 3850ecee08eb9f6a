//! Files: documents, glTF models, scenes, preferences. Nothing here changes a document in place.

pub mod atomic;
pub mod document;
pub mod error;
pub mod form;
mod ron_text;
pub mod scene;
mod tree;
