//! What several families need: side names, typed numbers.

pub mod numeric_input;
pub mod side_names;
