//! Keypose: pose rigs, edit keyframes, drag pose assets on to a character.
//!
//! The map, lowest layer first; a module uses those above it in this list and never one below
//! (`tests/layers.rs` holds the order):
//!
//! - [`math`]: transforms, rotations, rays
//! - [`model`]: what a document is: plain data and its invariants
//! - [`eval`]: pure functions from a document to poses
//! - [`io`]: files: documents, glTF, scenes, preferences
//! - [`ops`]: what can be done: the registry of operators, undo, scripts' calls
//! - [`script`]: running without a window
//! - [`render`]: drawing a document with wgpu
//! - [`ui`]: panels, menus, keys
//! - [`app`]: the window and the command line
#![forbid(unsafe_code)]
#![warn(missing_docs, clippy::too_many_lines)]
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::todo
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

pub mod app;
pub mod eval;
pub mod io;
pub mod math;
pub mod model;
pub mod ops;
pub mod render;
pub mod script;
pub mod ui;
