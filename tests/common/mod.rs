//! What the tests share: the conformance cases, and the comparison of scenes that FORMAT.md describes.
#![allow(dead_code)]

pub mod cases;
pub mod compare;
pub mod complete;
pub mod documents;
pub mod drag;
pub mod hooks;
pub mod merge;
pub mod objects;
pub mod run;
pub mod scene;
pub mod window;
