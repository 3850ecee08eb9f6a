//! Transforms, rotations and screen geometry, free of any document.
//!
//! Column vectors throughout: `a_from_b * b_from_c = a_from_c`. Angles are radians. Quaternions that a
//! document stores are `[w, x, y, z]`; glam's own [`glam::Quat`] is used for calculating.

pub mod ray;
pub mod rotation;
pub mod shear;
pub mod transform;
