//! The keymap: which key runs which call in which context, and which means what to a running operator.
//!
//! One binding a line. Contexts are names; the narrower one wins, and the caller gives the order. While an
//! operator follows the mouse its own id, its family and then `modal` are the contexts. Over the keys that
//! come with the program lie those of a preset, and over these the user's own: see [`edit`].

pub mod contexts;
pub mod edit;
pub mod line;

use crate::io::preferences::KeyPreset;
use crate::io::settings_text::{Fault, Faults};
use crate::model::choice::Choice;
use crate::ops::event::ModalKey;
use crate::ops::props::{Field, Value};
use crate::ops::registry::{self, AnyOperator};
use crate::ui::keymap::edit::KeymapEdit;
use crate::ui::keymap::line::{Line, lines};
use crate::ui::keys::{Chord, Key};

/// The keymap that comes with the program.
const BUNDLED: &str = include_str!("../../../assets/keymap.ron");
/// What a keyboard without a numeric keypad has in place of the keys that come with the program.
const LAPTOP: &str = include_str!("../../../assets/keymaps/laptop.ron");
/// What the right hand has in place of the keys that come with the program.
const LEFT_HANDED: &str = include_str!("../../../assets/keymaps/left-handed.ron");

/// The file's name, among the assets and in the user's folder of settings.
pub const FILE: &str = "keymap.ron";

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

impl Binding {
    /// Whether it is this key in this context.
    pub fn sits_on(&self, context: &str, chord: Chord) -> bool {
        self.context == context && self.chord == chord
    }

    /// Whether it does the same in the same context as another one, on whichever key.
    pub fn does_as(&self, other: &Self) -> bool {
        self.context == other.context && self.call() == other.call()
    }

    /// What it does, as the file writes it.
    pub fn call(&self) -> String {
        match &self.action {
            Action::Run(op) => op.call_text(),
            Action::Modal(key) => key.id().to_owned(),
        }
    }
}

/// All bindings, in the order of their file.
#[derive(Clone, Default)]
pub struct Keymap {
    bindings: Vec<Binding>,
    /// Whether the digits of the main keyboard count as those of the numeric keypad, too.
    pub emulate_numpad: bool,
}

impl Keymap {
    /// The keymap that comes with the program, and what is wrong with it.
    pub fn bundled() -> (Self, Vec<Fault>) {
        Self::parse(BUNDLED)
    }

    /// The keymap that comes with the program with a preset over it, and what is wrong with either.
    pub fn preset(preset: KeyPreset) -> (Self, Vec<Fault>) {
        let (bundled, mut faults) = Self::bundled();
        let (name, text) = match preset {
            KeyPreset::Standard => return (bundled, faults),
            KeyPreset::Laptop => ("laptop.ron", LAPTOP),
            KeyPreset::LeftHanded => ("left-handed.ron", LEFT_HANDED),
        };
        let mut edit = KeymapEdit::new(&bundled);
        faults.extend(edit.overlay(name, text));
        (edit.keymap(), faults)
    }

    /// Reads a keymap; lines that are wrong are left out and told.
    pub fn parse(text: &str) -> (Self, Vec<Fault>) {
        let mut keymap = Self::default();
        let mut faults = Faults::of(FILE);
        for line in lines(text, &mut faults) {
            match line {
                Line::Set(binding) => {
                    let place = binding.line;
                    if let Err(message) = keymap.add(binding) {
                        faults.tell(place, message);
                    }
                }
                Line::Off { line, .. } => {
                    faults.tell(line, "`off` has a meaning only in the user's own keymap");
                }
            }
        }
        // Lines that cannot be read are told before those that clash.
        faults.list.sort_by_key(|fault| fault.line);
        (keymap, faults.list)
    }

    fn add(&mut self, binding: Binding) -> Result<(), String> {
        let same = |other: &&Binding| other.sits_on(&binding.context, binding.chord);
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
        let keypad = chord.on_numpad().filter(|_| self.emulate_numpad);
        let found = keypad.and_then(|chord| self.find_exact(contexts, chord));
        found.or_else(|| self.find_exact(contexts, chord))
    }

    fn find_exact(&self, contexts: &[&str], chord: Chord) -> Option<&Binding> {
        contexts.iter().find_map(|context| {
            let mut bindings = self.bindings.iter();
            bindings.find(|binding| binding.sits_on(context, chord))
        })
    }

    /// What a key means to the operator of this id while it follows the mouse.
    pub fn modal_key(&self, id: &str, chord: Chord) -> Option<ModalKey> {
        let contexts = modal_contexts(id);
        let exact = self.modal_exactly(&contexts, chord);
        // Shift and Ctrl are held for precision and steps while other keys are pressed.
        let any = shared_keys(id).filter(|_| !chord.modifiers.alt);
        exact.or_else(|| self.modal_exactly(&[any?], Chord::plain(chord.key)))
    }

    fn modal_exactly(&self, contexts: &[&str], chord: Chord) -> Option<ModalKey> {
        contexts.iter().find_map(|context| {
            let mut bindings = self.bindings.iter();
            bindings.find_map(|binding| match binding.action {
                Action::Modal(key) if binding.sits_on(context, chord) => Some(key),
                _ => None,
            })
        })
    }

    /// The first key with this meaning to the operator of this id while it follows the mouse.
    pub fn chord_of_modal(&self, id: &str, key: ModalKey) -> Option<Chord> {
        let means = |context: &str, binding: &&Binding| {
            binding.context == context && matches!(binding.action, Action::Modal(own) if own == key)
        };
        let find = |context: &str| self.bindings.iter().find(|b| means(context, b));
        let found = modal_contexts(id).into_iter().find_map(find)?;
        Some(found.chord)
    }

    /// The first key of a call, given as script text.
    pub fn chord_of(&self, call: &str) -> Option<Chord> {
        let runs = |binding: &&Binding| match &binding.action {
            Action::Run(op) => op.call_text() == call,
            Action::Modal(_) => false,
        };
        let found = self.bindings.iter().find(runs)?;
        Some(self.pressed(found.chord))
    }

    /// The key as it is on the user's keyboard.
    fn pressed(&self, chord: Chord) -> Chord {
        match chord.key {
            Key::Numpad(sign) if self.emulate_numpad && sign.is_ascii_digit() => Chord {
                key: Key::Sign(sign),
                ..chord
            },
            _ => chord,
        }
    }

    /// Every key of an operator, whatever its parameters, as users write them.
    pub fn keys_of(&self, id: &str) -> Vec<String> {
        let runs = |binding: &&Binding| match &binding.action {
            Action::Run(op) => op.info().id == id,
            Action::Modal(_) => false,
        };
        let keys = self.bindings.iter().filter(runs);
        keys.map(|binding| self.pressed(binding.chord).to_string())
            .collect()
    }
}

/// The contexts of a running operator, narrowest first: its own, those it shares with its like, and all.
pub fn modal_contexts(id: &str) -> [&str; 3] {
    let family = || id.split_once('.').map_or(id, |(family, _)| family);
    [id, shared_keys(id).unwrap_or_else(family), "modal"]
}

/// The context that an operator shares with some of its family instead of all.
fn shared_keys(id: &str) -> Option<&'static str> {
    registry::find(id).and_then(|entry| entry.info.keys)
}

/// What a key does, in words.
pub fn describe(action: &Action) -> &'static str {
    match action {
        Action::Run(op) => op.info().label,
        Action::Modal(key) => key.label(),
    }
}

/// What a key does, in words, with the choices and switches that its call sets.
pub fn describe_whole(action: &Action) -> String {
    let Action::Run(op) = action else {
        return describe(action).to_owned();
    };
    let label = op.info().label;
    let set: Vec<&str> = op.changed().into_iter().map(|(name, _)| name).collect();
    if set.is_empty() {
        return label.to_owned();
    }
    let mut op = op.boxed_clone();
    let fields = op.fields();
    let word = |(field, value): (&Field, Value)| match value {
        _ if !set.contains(&field.name) => None,
        Value::Choice(choice) => Some(choice.label().to_owned()),
        Value::Bool(true) => Some(field.label()),
        _ => None,
    };
    let words: Vec<String> = fields.iter().zip(op.values()).filter_map(word).collect();
    match words.is_empty() {
        true => label.to_owned(),
        false => format!("{label}: {}", words.join(", ")),
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
        assert!(errors[0].to_string().starts_with("keymap.ron:4: "));
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
    #[test]
    fn digits_act_as_the_keypad_where_that_is_asked_for() {
        let text = "(in: \"view3d\", key: \"Numpad1\", run: \"view3d.view_all()\")\n\
                    (in: \"pose\", key: \"1\", run: \"pose.copy()\")";
        let (mut keymap, _) = Keymap::parse(text);
        let one = "1".parse().unwrap();
        let call = |keymap: &Keymap| keymap.find(&["pose", "view3d"], one).map(Binding::call);
        let shown = |keymap: &Keymap| keymap.chord_of("view3d.view_all()").unwrap().to_string();
        assert_eq!(call(&keymap).as_deref(), Some("pose.copy()"));
        assert_eq!(shown(&keymap), "Num 1");
        keymap.emulate_numpad = true;
        assert_eq!(call(&keymap).as_deref(), Some("view3d.view_all()"));
        assert_eq!(shown(&keymap), "1");
    }

    #[test]
    fn a_call_is_told_with_what_it_sets() {
        let told = |call| describe_whole(&Action::Run(crate::ops::call::parse(call).unwrap()));
        assert_eq!(told("ed.undo()"), "Undo");
        assert_eq!(
            told("pose.select_all(action: INVERT)"),
            "(De)select All: Invert"
        );
        assert_eq!(
            told("pose.hide(unselected: true)"),
            "Hide Selected: Unselected"
        );
        assert_eq!(told("view3d.zoom(delta: 1)"), "Zoom View");
    }

    #[test]
    fn presets_are_read_without_a_fault_and_lose_no_call() {
        let calls = |preset| -> std::collections::BTreeSet<String> {
            let (keymap, faults) = Keymap::preset(preset);
            assert!(faults.is_empty(), "{faults:?}");
            keymap.bindings().iter().map(Binding::call).collect()
        };
        let standard = calls(KeyPreset::Standard);
        assert!(standard.len() > 50);
        for preset in KeyPreset::ALL {
            let lost: Vec<_> = standard.difference(&calls(*preset)).cloned().collect();
            assert!(lost.is_empty(), "{preset:?} has no key for {lost:?}");
        }
    }
}
