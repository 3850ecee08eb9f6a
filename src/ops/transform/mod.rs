//! Moving, turning and scaling the selected bones, by numbers or by following the mouse.
//!
//! [`targets`] finds the bones and the pivot, [`orientation`] the axes, [`apply`] writes the results; each
//! operator is a few lines on top. None of them knows the mouse: what a drag turns into parameters is in
//! `drag`.

pub mod apply;
pub mod locks;
pub mod orientation;
pub mod parameters;
pub mod resize;
pub mod rotate;
pub mod settings;
pub mod targets;
pub mod trackball;
pub mod translate;

use crate::ops::registry::{Entry, op};

/// The family, in the order of the reference.
pub const TRANSFORM: &[Entry] = &[
    op::<resize::Resize>(),
    op::<rotate::Rotate>(),
    op::<trackball::Trackball>(),
    op::<translate::Translate>(),
    op::<settings::SetOrientation>(),
    op::<settings::SetPivotPoint>(),
];
