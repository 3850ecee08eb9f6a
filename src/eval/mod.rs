//! From a document to poses: nothing here decides anything, and only [`animation`] writes to a rig, what its
//! action says ([`sampler`] does the same faster, for playback).
//!
//! The way of the data: [`fcurve`] → [`animation`] → channels and [`rest::RestPose`] → [`hierarchy`] → [`hierarchy::PosedRig`]
//! (armature space) → [`palette`], [`pick`], [`bounds`] (world space and screen). [`evaluator`] keeps the
//! poses from one call to the next and calculates only what changed.

pub mod animation;
pub mod bounds;
pub mod empties;
pub mod evaluator;
pub mod fcurve;
pub mod handles;
pub mod hierarchy;
pub mod inherit;
pub mod keyed;
pub mod palette;
pub mod paths;
pub mod pick;
pub mod rest;
pub mod sampler;
