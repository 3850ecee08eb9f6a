//! Operators of the whole program: undo, repeat, files, preferences, leaving.

pub mod file;
pub mod history;
pub mod window;

use crate::ops::registry::{Entry, op};

/// The family, in the order of the reference.
pub const EDITOR: &[Entry] = &[
    op::<history::Redo>(),
    op::<history::Undo>(),
    op::<file::ImportGltf>(),
    op::<history::RepeatLast>(),
    op::<file::OpenMainfile>(),
    op::<file::QuitProgram>(),
    op::<file::ReadHomefile>(),
    op::<file::RevertMainfile>(),
    op::<file::SaveAsMainfile>(),
    op::<file::SaveMainfile>(),
    op::<window::UserprefShow>(),
    op::<window::OpenRecent>(),
    op::<window::ClearRecentFiles>(),
    op::<window::InterfaceZoom>(),
];
