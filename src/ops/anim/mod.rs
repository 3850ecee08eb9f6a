//! Time: the frame, ranges of frames, playing.

pub mod frame;
pub mod jump;
pub mod play;
pub mod range;

use crate::ops::registry::{Entry, modal, op};

/// The family, in the order of the reference.
pub const ANIM: &[Entry] = &[
    modal::<frame::ChangeFrame>(),
    modal::<range::PreviewrangeSet>(),
    op::<range::PreviewrangeClear>(),
    op::<range::StartFrameSet>(),
    op::<range::EndFrameSet>(),
];
