//! Time: the frame, ranges of frames, playing.

pub mod frame;

use crate::ops::registry::{Entry, modal};

/// The family, in the order of the reference.
pub const ANIM: &[Entry] = &[modal::<frame::ChangeFrame>()];
