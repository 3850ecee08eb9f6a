//! What several families need: keys set and taken out, side names, typed numbers.

pub mod keys;
pub mod numeric_input;
pub mod side_names;
