//! The lines of a keymap file, read one by one and written back.
//!
//! `(in: "pose", key: "G", run: "transform.translate()")` gives a key a call, `modal: CONFIRM` in place of
//! `run` a meaning to the operator that follows the mouse, and `off: true` takes the key away.

use crate::io::settings_text::Faults;
use crate::model::choice::Choice;
use crate::ops::call;
use crate::ops::event::ModalKey;
use crate::ui::keymap::{Action, Binding};
use crate::ui::keys::Chord;

/// A line of a keymap.
#[derive(Clone)]
pub enum Line {
    /// A key does something.
    Set(Binding),
    /// A key does nothing any more.
    Off {
        /// Where.
        context: String,
        /// The key.
        chord: Chord,
        /// Where it stands in its file, from 1.
        line: usize,
    },
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
    off: bool,
    #[serde(default)]
    repeat: bool,
    #[serde(default)]
    hint: Option<String>,
}

/// The lines of a file; those that are wrong are left out and told.
pub fn lines(text: &str, faults: &mut Faults) -> Vec<Line> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let written = line.trim().trim_end_matches(',');
        if matches!(written, "" | "[" | "]") || written.starts_with("//") {
            continue;
        }
        match read(written, number + 1) {
            Ok(line) => found.push(line),
            Err(message) => faults.tell(number + 1, message),
        }
    }
    found
}

fn read(text: &str, line: usize) -> Result<Line, String> {
    let written: Written = call::options()
        .from_str(text)
        .map_err(|error| error.code.to_string().replace('\n', " "))?;
    let chord: Chord = written.key.parse()?;
    let context = written.r#in;
    let action = match (written.run, written.modal, written.off) {
        (Some(text), None, false) => {
            Action::Run(call::parse(&text).map_err(|error| error.message)?)
        }
        (None, Some(key), false) => Action::Modal(key),
        (None, None, true) => {
            return Ok(Line::Off {
                context,
                chord,
                line,
            });
        }
        _ => return Err("expected either `run` or `modal`, or `off: true`".to_owned()),
    };
    Ok(Line::Set(Binding {
        context,
        chord,
        action,
        repeat: written.repeat,
        hint: written.hint,
        line,
    }))
}

/// A binding as a line.
pub fn write(binding: &Binding) -> String {
    let action = match &binding.action {
        Action::Run(op) => format!("run: {:?}", op.call_text()),
        Action::Modal(key) => format!("modal: {}", key.id()),
    };
    let repeat = if binding.repeat { ", repeat: true" } else { "" };
    let hint = binding.hint.as_ref();
    let hint = hint
        .map(|hint| format!(", hint: {hint:?}"))
        .unwrap_or_default();
    let key = binding.chord.written();
    format!(
        "(in: {:?}, key: {key:?}, {action}{repeat}{hint}),",
        binding.context
    )
}

/// A key that is taken away, as a line.
pub fn write_off(context: &str, chord: Chord) -> String {
    format!("(in: {context:?}, key: {:?}, off: true),", chord.written())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::keymap::Keymap;

    #[test]
    fn every_line_of_the_bundled_keymap_is_written_as_it_is_read() {
        let (keymap, _) = Keymap::bundled();
        for binding in keymap.bindings() {
            let text = write(binding);
            let mut faults = Faults::of("f");
            let read = lines(&text, &mut faults);
            assert!(faults.list.is_empty(), "{:?}", faults.list);
            let Some(Line::Set(read)) = read.first() else {
                panic!("{text}");
            };
            assert_eq!(write(read), text);
            assert_eq!((read.chord, read.call()), (binding.chord, binding.call()));
        }
    }
}
