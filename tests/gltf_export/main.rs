//! glTF export: what was not edited stays byte by byte, and what is written moves as the curves do.
//!
//! The files are kept in the target folder under `tmp/gltf`, where `script/validate-gltf` finds them. With
//! `KEYPOSE_RIGS` set to a folder, its models are exported too.

#[path = "../common/gltf.rs"]
#[expect(dead_code, reason = "only some of its parts are needed here")]
mod builder;
mod curves;
#[path = "../common/documents.rs"]
#[expect(dead_code, reason = "only some of its parts are needed here")]
mod documents;
mod edits;
mod model;
mod names;
mod pains;
mod plain;
mod read;
mod rests;
mod untouched;
