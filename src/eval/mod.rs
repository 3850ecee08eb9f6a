//! Pure functions from a document to poses: nothing here changes a document.
//!
//! The way of the data: channels and [`rest::RestPose`] → [`hierarchy`] → [`hierarchy::PosedRig`]
//! (armature space). [`evaluator`] keeps the results from one call
//! to the next and calculates only what changed.

pub mod evaluator;
pub mod hierarchy;
pub mod inherit;
pub mod rest;
