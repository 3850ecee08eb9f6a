//! What a document is: plain data and its invariants, nothing that acts.
//!
//! Spaces, named in every matrix and function:
//!
//! - *bone*: relative to the bone's rest pose; what the channels of a pose hold
//! - *parent*: the posed space of the bone's parent
//! - *armature*: the space of the rig, Z up; rest matrices live here
//! - *world*: Z up, −Y front, metres; `world_from_armature` is the rig's own transform
//!
//! Everything is shared through `Arc` and replaced, never changed in place: a snapshot is a clone of
//! [`Document`](document::Document), and pointer equality tells what changed.

pub mod action;
pub mod armature;
pub mod asset;
pub mod bits;
pub mod bone;
pub mod choice;
pub mod constraint;
mod constraint_defaults;
pub mod constraint_targets;
pub mod document;
pub mod empty;
pub mod fcurve;
pub mod history;
pub mod id;
pub mod keying_set;
pub mod markers;
pub mod mesh;
pub mod motion_path;
pub mod nla;
pub mod objects;
pub mod pose;
pub mod record;
pub mod rename;
pub mod rig;
pub mod selection_set;
pub mod settings;
pub mod tools;
pub mod transform_settings;
pub mod view;
