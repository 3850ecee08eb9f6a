//! Running without a window: script files, and the reference of every operator.

pub mod reference;
