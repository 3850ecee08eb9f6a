//! Running without a window: script files, what a file holds, and the reference of every operator.

pub mod info;
pub mod reference;
pub mod run;
