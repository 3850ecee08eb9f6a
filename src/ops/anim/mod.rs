//! Time: the frame, ranges of frames, playing; and keys of the rigs' animation: set, deleted, cleared.

pub mod button;
pub mod delete;
pub mod frame;
pub mod insert;
pub mod jump;
pub mod play;
pub mod range;
pub mod sets;
pub mod values;

use crate::ops::context::Context;
use crate::ops::operator::Poll;
use crate::ops::registry::{Entry, modal, op};

/// The family, in the order of the reference.
pub const ANIM: &[Entry] = &[
    modal::<frame::ChangeFrame>(),
    modal::<range::PreviewrangeSet>(),
    op::<range::PreviewrangeClear>(),
    op::<range::StartFrameSet>(),
    op::<range::EndFrameSet>(),
    op::<button::KeyframeClearButton>(),
    op::<delete::KeyframeClearV3d>(),
    op::<button::KeyframeDeleteButton>(),
    op::<delete::KeyframeDelete>(),
    op::<delete::KeyframeDeleteV3d>(),
    op::<insert::KeyframeInsert>(),
    op::<button::KeyframeInsertButton>(),
    op::<insert::KeyframeInsertByName>(),
    op::<insert::KeyframeInsertMenu>(),
    op::<values::KeyframeInsertValues>(),
    op::<sets::KeyingSetActiveSet>(),
    op::<sets::KeyingSetAdd>(),
    op::<sets::KeyingSetRemove>(),
];

/// Fails unless bones are selected.
fn need_selection(cx: &Context) -> Poll {
    cx.need_rig()?;
    match cx.selected_bones().is_empty() {
        true => Err("No bone is selected; select the bones to key first".to_owned()),
        false => Ok(()),
    }
}

/// A frame as people read it: without a fraction where it has none.
fn shown(frame: f32) -> String {
    let rounded = (frame * 100.0).round() / 100.0;
    format!("{rounded}")
}
