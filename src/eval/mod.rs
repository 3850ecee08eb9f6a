//! Pure functions from a document to poses: nothing here changes a document.
//!
//! The way of the data: channels and [`rest::RestPose`] → [`hierarchy`] → [`hierarchy::PosedRig`]
//! (armature space) → [`palette`], [`pick`], [`bounds`] (world space and screen). [`evaluator`] keeps the
//! poses from one call to the next and calculates only what changed.

pub mod bounds;
pub mod evaluator;
pub mod hierarchy;
pub mod inherit;
pub mod palette;
pub mod pick;
pub mod rest;
