//! Moving, turning and scaling the selected bones, by numbers or by following the mouse.
//!
//! [`targets`] finds the bones and the pivot, [`orientation`] the axes, [`apply`] writes the results; each
//! operator is a few lines on top. None of these knows the mouse: [`drag`] and what it uses turn pointer,
//! typed numbers and axis keys into the operators' parameters.

pub mod aim;
pub mod apply;
pub mod constraint;
pub mod drag;
pub mod empties;
pub mod keyed;
pub mod locks;
pub mod orientation;
pub mod parameters;
pub mod pointer;
pub mod resize;
pub mod rotate;
pub mod settings;
pub mod targets;
pub mod trackball;
pub mod translate;

use crate::ops::registry::{Entry, modal, op};

/// The family, in the order of the reference.
pub const TRANSFORM: &[Entry] = &[
    modal::<resize::Resize>(),
    modal::<rotate::Rotate>(),
    modal::<trackball::Trackball>(),
    modal::<translate::Translate>(),
    op::<settings::SetOrientation>(),
    op::<settings::SetPivotPoint>(),
    op::<settings::SnapSettings>(),
    op::<settings::ToggleSnap>(),
];
