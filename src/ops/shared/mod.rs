//! What several families need: keys set and taken out, side names, typed numbers.

pub mod auto_key;
pub mod channels;
pub mod decompose;
pub mod frames;
pub mod key_frames;
pub mod key_sets;
pub mod keyed_action;
pub mod keying;
pub mod keys;
pub mod mirror;
pub mod motion_paths;
pub mod numeric_input;
pub mod posed_curves;
pub mod side_names;
pub mod slider;
