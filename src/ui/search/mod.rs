//! Search: every command by a few letters of its name, with its key and why it cannot run.
//!
//! The palette takes a picture of all commands when it opens, with whether each can run; nothing in it can
//! change until it closes. It knows no operator.

pub mod button;
pub mod index;
mod list;
pub mod matching;
pub mod options;
pub mod palette;
pub mod recent;
mod row;

use crate::ops::context::Level;
use crate::ops::props::Value;
use crate::ops::registry::AnyOperator;
use crate::ui::acts::Act;
use crate::ui::app::App;
use crate::ui::menus;
use crate::ui::search::palette::{Answer, Palette};
use crate::ui::search::recent::Recent;

/// The search, open or closed.
#[derive(Default)]
pub struct Search {
    palette: Option<Palette>,
    recent: Recent,
}

impl Search {
    /// Whether the palette is shown and takes the keys.
    pub fn is_open(&self) -> bool {
        self.palette.is_some()
    }
}

impl App {
    /// Opens the palette with every command there is now.
    pub(super) fn open_search(&mut self) {
        let place = self.place();
        let items = index::items(&self.menus, &self.keymap);
        let poll = |item: &index::Item| {
            let op = item.op.as_ref()?;
            self.session.poll(op.as_ref(), place).err()
        };
        let refused = items.iter().map(poll).collect();
        self.search.recent.load(self.folders.as_ref());
        let recent = self.search.recent.of(&items, &self.session.log);
        self.search.palette = Some(Palette::new(items, refused, recent));
    }

    /// Shows the palette, if it is open.
    pub(super) fn search_ui(&mut self, ctx: &egui::Context) {
        let Some(mut palette) = self.search.palette.take() else {
            return;
        };
        match palette.ui(ctx, &self.theme) {
            Answer::Open => self.search.palette = Some(palette),
            Answer::Close => ctx.request_repaint(),
            Answer::Run { call, act } => {
                let kept = self.search.recent.chosen(&call, self.folders.as_ref());
                if let Err(error) = kept {
                    self.tell(Level::Warning, error.to_string());
                }
                self.acts.push(act);
            }
            Answer::Copied(call) => {
                self.tell(Level::Info, format!("Copied {call}"));
                self.search.palette = Some(palette);
            }
        }
    }
}

/// What choosing a command does: as a menu does it, so that it may follow the mouse or ask for a file.
fn chosen(item: &index::Item) -> Act {
    match &item.op {
        Some(op) if item.exact => Act::Run(op.clone(), String::new()),
        Some(op) => Act::Start(op.clone()),
        None => Act::About,
    }
}

/// What running a command with the parameters of its form does: it runs with these, except that a file is
/// asked for where none is named.
fn chosen_with(op: Box<dyn AnyOperator>) -> Act {
    let mut copy = op.clone();
    match menus::value(copy.as_mut(), "filepath") {
        Some(Value::Text(path)) if path.is_empty() => Act::Start(op),
        _ => Act::Run(op, String::new()),
    }
}
