//! The window and the command line.

pub mod cli;
mod reference;
mod still;

use crate::ops::runner::Session;

/// Opens the editor.
///
/// # Errors
/// If there is no window to be had.
pub fn run(_session: Session) -> anyhow::Result<()> {
    anyhow::bail!("the window is not connected yet")
}
