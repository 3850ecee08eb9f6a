//! Which bone is the mirror image of which, and what a bone's motion looks like on the other side.
//!
//! Which bones belong together is [`pairing`]; how channels are mirrored follows from the rig's
//! [`MirrorKind`](crate::model::settings::MirrorKind), never from the bone.

pub mod across;
pub mod image;
mod names;
pub mod pairing;
pub mod posed;
pub mod rests;
