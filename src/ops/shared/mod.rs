//! What several families need: keys set and taken out, side names, typed numbers.

pub mod frames;
pub mod key_frames;
pub mod keys;
pub mod numeric_input;
pub mod side_names;
