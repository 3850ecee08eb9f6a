//! What can be done: every change of a document is an operator of the registry below.
//!
//! An operator is a struct of parameters with `poll`, `exec` and, where it follows the mouse, an editor of
//! its own parameters. Menus, keys, scripts and the command line all give the same calls to the
//! [`Session`](runner::Session), which runs them, keeps the history and answers what happened.

pub mod action;
pub mod anim;
pub mod armature;
pub mod bone;
pub mod call;
pub mod clipboard;
pub mod constraint;
pub mod context;
pub mod editor;
pub mod event;
pub mod frame;
pub mod keying;
pub mod marker;
pub mod object;
pub mod operator;
pub mod outliner;
pub mod pose;
pub mod props;
pub mod registry;
pub mod runner;
pub mod screen;
pub mod scripting;
pub mod shared;
pub mod time;
pub mod transform;
pub mod view2d;
pub mod view3d;
