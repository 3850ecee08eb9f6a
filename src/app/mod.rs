//! The window and the command line.

pub mod cli;
mod frame;
mod frames;
mod icon;
mod input;
mod keeping;
pub mod panic;
mod picture;
mod place;
mod progress;
pub mod recovery;
mod reference;
mod reference_table;
mod render;
mod shapes;
mod still;
mod window;

use std::time::Instant;

use anyhow::anyhow;

use crate::io::folders::Folders;
use crate::ops::context::{Level, Report};
use crate::ops::runner::Session;
use crate::ui::app::App;

/// Opens the editor; `said` is what opening the file had to say, `began` when the program started.
///
/// # Errors
/// If there is no display, or no graphics driver.
pub fn run(session: Session, said: Vec<Report>, began: Instant) -> anyhow::Result<()> {
    let mut app = App::new(session).map_err(|error| anyhow!(error))?;
    app.folders = Folders::of_user();
    app.load_settings();
    app.recall_layout();
    app.recall_pose();
    if let Some(warning) = said.into_iter().find(|report| report.level > Level::Info) {
        app.tell(warning.level, warning.text);
    }
    window::run(app, began)
}
