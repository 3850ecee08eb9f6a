//! The window and the command line.

pub mod cli;
mod frame;
mod input;
mod picture;
mod reference;
mod still;
mod window;

use std::time::Instant;

use anyhow::anyhow;

use crate::ops::runner::Session;
use crate::ui::app::App;

/// Opens the editor; `began` is when the program started.
///
/// # Errors
/// If there is no display, or no graphics driver.
pub fn run(session: Session, began: Instant) -> anyhow::Result<()> {
    let app = App::new(session).map_err(|error| anyhow!(error))?;
    window::run(app, began)
}
