//! Operators of the whole program: undo, repeat, files, search, preferences, leaving.

pub mod export;
pub mod file;
pub mod history;
pub mod interface;
pub mod script_file;
pub mod window;

use crate::ops::registry::{Entry, op};

/// The family, in the order of the reference.
pub const EDITOR: &[Entry] = &[
    op::<history::Redo>(),
    op::<history::Undo>(),
    op::<export::ExportGltf>(),
    op::<file::ImportGltf>(),
    op::<interface::RedoLast>(),
    op::<history::RepeatLast>(),
    op::<interface::FirstSteps>(),
    op::<file::OpenMainfile>(),
    op::<file::QuitProgram>(),
    op::<file::ReadHomefile>(),
    op::<file::RevertMainfile>(),
    op::<file::SaveAsMainfile>(),
    op::<file::SaveMainfile>(),
    op::<script_file::SaveScript>(),
    op::<interface::SearchMenu>(),
    op::<window::UserprefShow>(),
    op::<window::OpenRecent>(),
    op::<window::ClearRecentFiles>(),
    op::<window::InterfaceZoom>(),
];
