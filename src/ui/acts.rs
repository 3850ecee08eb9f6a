//! What panels ask for while they draw; it is done after drawing, so that panels only ever read.

use crate::model::id::{BoneId, RigId};
use crate::ops::call;
use crate::ops::registry::AnyOperator;
use crate::ui::menus::Entry;

/// Something to do after drawing.
pub enum Act {
    /// Start an operator as a key or a menu does: it may follow the mouse or ask for a file.
    Start(Box<dyn AnyOperator>),
    /// Run a call with the parameters it has; steps with the same merge key become one.
    Run(Box<dyn AnyOperator>, String),
    /// Run the last operator anew with other parameters.
    Adjust(Box<dyn AnyOperator>),
    /// Show a menu at the pointer: its title and its entries.
    Menu(String, Vec<Entry>),
    /// Show the menu at the pointer that this panel has: its title, the panel's name in `menus.ron`, and what
    /// else belongs to it.
    Context(String, &'static str, Vec<Entry>),
    /// Open the bundled character.
    OpenMannequin,
    /// These, one after the other.
    Several(Vec<Act>),
    /// Nothing: a button that only closes what it stands on.
    Nothing,
    /// Show what the program is.
    About,
    /// Show the log.
    ShowLog,
    /// A call that panels made could not be understood.
    Fail(String),
}

impl Act {
    /// A call given as script text.
    pub fn run(text: &str, merge_key: &str) -> Self {
        match call::parse(text) {
            Ok(op) => Self::Run(op, merge_key.to_owned()),
            Err(error) => Self::Fail(error.to_string()),
        }
    }
}

/// The list of acts.
#[derive(Default)]
pub struct Acts(Vec<Act>);

impl Acts {
    /// Adds an act.
    pub fn push(&mut self, act: Act) {
        self.0.push(act);
    }

    /// Starts a call given as script text.
    pub fn start(&mut self, text: &str) {
        self.0.push(match call::parse(text) {
            Ok(op) => Act::Start(op),
            Err(error) => Act::Fail(error.to_string()),
        });
    }

    /// Runs a call given as script text.
    pub fn run(&mut self, text: &str, merge_key: &str) {
        self.0.push(Act::run(text, merge_key));
    }

    /// Takes everything out.
    pub fn take(&mut self) -> Vec<Act> {
        std::mem::take(&mut self.0)
    }
}

/// A bone of a document.
pub type BoneRef = (RigId, BoneId);

/// A text as script text, in quotes.
pub fn quoted(text: &str) -> String {
    format!("{text:?}")
}
