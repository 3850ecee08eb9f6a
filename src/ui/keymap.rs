//! The keymap: which key runs which call in which context, and which means what to a running operator.
//!
//! One binding a line. Contexts are names; the narrower one wins, and the caller gives the order. While an
//! operator follows the mouse its own id, its family and then `modal` are the contexts.

use crate::model::choice::Choice;
use crate::ops::call;
use crate::ops::event::ModalKey;
use crate::ops::registry::AnyOperator;
use crate::ui::keys::Chord;

/// The keymap that comes with the program.
const BUNDLED: &str = include_str!("../../assets/keymap.ron");

/// What a key does.
#[derive(Clone)]
pub enum Action {
    /// Starts an operator.
    Run(Box<dyn AnyOperator>),
    /// Means this to the operator that follows the mouse.
    Modal(ModalKey),
}

/// A line of the keymap.
#[derive(Clone)]
pub struct Binding {
    /// Where it applies.
    pub context: String,
    /// The key.
    pub chord: Chord,
    /// What it does.
    pub action: Action,
    /// Whether holding the key runs it again and again.
    pub repeat: bool,
    /// What the status bar says of it; neighbours with the same words are shown as one.
    pub hint: Option<String>,
    /// Where it stands in its file, from 1.
    pub line: usize,
}

/// A line that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("keymap.ron:{line}: {message}")]
pub struct KeymapError {
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// A line as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    r#in: String,
    key: String,
    #[serde(default)]
    run: Option<String>,
    #[serde(default)]
    modal: Option<ModalKey>,
    #[serde(default)]
    repeat: bool,
    #[serde(default)]
    hint: Option<String>,
}

/// All bindings, in the order of their file.
#[derive(Clone, Default)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Keymap {
    /// The keymap that comes with the program, and what is wrong with it.
    pub fn bundled() -> (Self, Vec<KeymapError>) {
        Self::parse(BUNDLED)
    }

    /// Reads a keymap; lines that are wrong are left out and told.
    pub fn parse(text: &str) -> (Self, Vec<KeymapError>) {
        let mut keymap = Self::default();
        let mut errors = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let written = line.trim().trim_end_matches(',');
            if matches!(written, "" | "[" | "]") || written.starts_with("//") {
                continue;
            }
            let place = number + 1;
            match binding(written, place).and_then(|binding| keymap.add(binding)) {
                Ok(()) => {}
                Err(message) => errors.push(KeymapError {
                    line: place,
                    message,
                }),
            }
        }
        (keymap, errors)
    }

    fn add(&mut self, binding: Binding) -> Result<(), String> {
        let same =
            |other: &&Binding| other.context == binding.context && other.chord == binding.chord;
        if let Some(other) = self.bindings.iter().find(same) {
            let (chord, line) = (binding.chord, other.line);
            return Err(format!(
                "`{chord}` is taken in `{}` by line {line}",
                binding.context
            ));
        }
        self.bindings.push(binding);
        Ok(())
    }

    /// Every binding.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// What a key does in the first of these contexts that knows it.
    pub fn find(&self, contexts: &[&str], chord: Chord) -> Option<&Binding> {
        contexts.iter().find_map(|context| {
            self.bindings
                .iter()
                .find(|binding| binding.context == *context && binding.chord == chord)
        })
    }

    /// What a key means to the operator of this id while it follows the mouse.
    pub fn modal_key(&self, id: &str, chord: Chord) -> Option<ModalKey> {
        let meaning = |context: &&str| {
            self.bindings
                .iter()
                .find_map(|binding| match binding.action {
                    Action::Modal(key) if binding.context == *context && binding.chord == chord => {
                        Some(key)
                    }
                    _ => None,
                })
        };
        modal_contexts(id).iter().find_map(meaning)
    }

    /// The first key of a call, given as script text.
    pub fn chord_of(&self, call: &str) -> Option<Chord> {
        let runs = |binding: &&Binding| match &binding.action {
            Action::Run(op) => op.call_text() == call,
            Action::Modal(_) => false,
        };
        self.bindings.iter().find(runs).map(|binding| binding.chord)
    }

    /// Every key of an operator, whatever its parameters, as users write them.
    pub fn keys_of(&self, id: &str) -> Vec<String> {
        let runs = |binding: &&Binding| match &binding.action {
            Action::Run(op) => op.info().id == id,
            Action::Modal(_) => false,
        };
        let keys = self.bindings.iter().filter(runs);
        keys.map(|binding| binding.chord.to_string()).collect()
    }
}

/// The contexts of a running operator, narrowest first.
pub fn modal_contexts(id: &str) -> [&str; 3] {
    [
        id,
        id.split_once('.').map_or(id, |(family, _)| family),
        "modal",
    ]
}

fn binding(text: &str, line: usize) -> Result<Binding, String> {
    let written: Written = call::options()
        .from_str(text)
        .map_err(|error| error.code.to_string())?;
    let action = match (written.run, written.modal) {
        (Some(text), None) => Action::Run(call::parse(&text).map_err(|error| error.message)?),
        (None, Some(key)) => Action::Modal(key),
        _ => return Err("expected either `run` or `modal`".to_owned()),
    };
    Ok(Binding {
        context: written.r#in,
        chord: written.key.parse()?,
        action,
        repeat: written.repeat,
        hint: written.hint,
        line,
    })
}

/// What a key does, in words.
pub fn describe(action: &Action) -> &'static str {
    match action {
        Action::Run(op) => op.info().label,
        Action::Modal(key) => key.label(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_their_line_and_the_rest_is_kept() {
        let text = "[\n// a comment\n(in: \"modal\", key: \"Enter\", modal: CONFIRM),\n\
                    (in: \"modal\", key: \"Enter\", modal: CANCEL),\n(in: \"window\", key: \"Q\", run: \"no.such()\"),\n]";
        let (keymap, errors) = Keymap::parse(text);
        assert_eq!(keymap.bindings().len(), 1);
        let lines: Vec<usize> = errors.iter().map(|error| error.line).collect();
        assert_eq!(lines, [4, 5]);
        assert!(errors[1].message.contains("no.such"), "{}", errors[1]);
    }

    #[test]
    fn the_narrower_context_wins() {
        let text = "(in: \"modal\", key: \"X\", modal: CANCEL)\n(in: \"transform\", key: \"X\", modal: AXIS_X)";
        let (keymap, errors) = Keymap::parse(text);
        assert!(errors.is_empty(), "{errors:?}");
        let chord = "X".parse().unwrap();
        let meaning = |id| keymap.modal_key(id, chord);
        assert_eq!(meaning("transform.rotate"), Some(ModalKey::AxisX));
        assert_eq!(meaning("view3d.zoom"), Some(ModalKey::Cancel));
    }
}
