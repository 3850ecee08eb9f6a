//! Keys, mouse buttons and the wheel as the keymap names them, free of any window system.
//!
//! A chord is one of them with the modifiers held: `Ctrl+Shift+V`, `Numpad1`, `Shift+MMB`, `LMB-drag`.

use std::fmt;
use std::str::FromStr;

use crate::ops::event::Modifiers;

/// A key, a button or a turn of the wheel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A key by what it types without modifiers: a capital letter, a digit or a sign.
    Sign(char),
    /// A key of the numeric keypad by what it types.
    Numpad(char),
    /// A key by its name, one of [`NAMES`].
    Named(&'static str),
    /// A function key.
    Function(u8),
    /// A mouse button that is pressed, or clicked where a drag of it means something else.
    Button(Button),
    /// A mouse button that is pressed and then moved.
    Drag(Button),
    /// The wheel, turned away from the user.
    WheelUp,
    /// The wheel, turned towards the user.
    WheelDown,
    /// Two fingers that slide on a trackpad.
    Trackpad,
}

/// A mouse button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Button {
    /// The left one.
    Left,
    /// The middle one.
    Middle,
    /// The right one.
    Right,
}

/// Keys that have a name, as the keymap spells it, and as the interface shows it.
pub const NAMES: &[(&str, &str)] = &[
    ("Enter", "Enter"),
    ("NumpadEnter", "Num Enter"),
    ("Escape", "Esc"),
    ("Tab", "Tab"),
    ("Space", "Space"),
    ("Backspace", "Backspace"),
    ("Delete", "Del"),
    ("Insert", "Ins"),
    ("Home", "Home"),
    ("End", "End"),
    ("PageUp", "Page Up"),
    ("PageDown", "Page Down"),
    ("Left", "Left"),
    ("Right", "Right"),
    ("Up", "Up"),
    ("Down", "Down"),
];

const NUMPAD: &[(&str, char)] = &[
    ("NumpadPeriod", '.'),
    ("NumpadPlus", '+'),
    ("NumpadMinus", '-'),
    ("NumpadMultiply", '*'),
    ("NumpadDivide", '/'),
];

const BUTTONS: &[(&str, Button)] = &[
    ("LMB", Button::Left),
    ("MMB", Button::Middle),
    ("RMB", Button::Right),
];

impl Key {
    /// The key of this name, if it is one of [`NAMES`].
    pub fn named(name: &str) -> Option<Self> {
        let found = NAMES.iter().find(|(known, _)| *known == name)?;
        Some(Self::Named(found.0))
    }

    /// What the key types as part of a number while an operator follows the mouse.
    pub fn number_sign(self) -> Option<char> {
        match self {
            Self::Sign(sign) | Self::Numpad(sign) => {
                (sign.is_ascii_digit() || "+-.*/".contains(sign)).then_some(sign)
            }
            _ => None,
        }
    }

    /// The name in the keymap's file.
    pub fn written(self) -> String {
        match self {
            Self::Named(name) => name.to_owned(),
            Self::Numpad(sign) => {
                let found = NUMPAD.iter().find(|(_, known)| *known == sign);
                found.map_or_else(|| format!("Numpad{sign}"), |(name, _)| (*name).to_owned())
            }
            Self::Drag(_) => self.to_string().replace(' ', "-"),
            Self::WheelUp => "WheelUp".to_owned(),
            Self::WheelDown => "WheelDown".to_owned(),
            other => other.to_string(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if let Some(key) = Self::named(text) {
            return Some(key);
        }
        if let Some((_, sign)) = NUMPAD.iter().find(|(name, _)| *name == text) {
            return Some(Self::Numpad(*sign));
        }
        let (button, drag) = match text.strip_suffix("-drag") {
            Some(button) => (button, true),
            None => (text, false),
        };
        if let Some((_, button)) = BUTTONS.iter().find(|(name, _)| *name == button) {
            return Some(if drag {
                Self::Drag(*button)
            } else {
                Self::Button(*button)
            });
        }
        match text {
            "WheelUp" => return Some(Self::WheelUp),
            "WheelDown" => return Some(Self::WheelDown),
            "Trackpad" => return Some(Self::Trackpad),
            _ => {}
        }
        if let Some(digit) = text.strip_prefix("Numpad") {
            return one(digit).filter(char::is_ascii_digit).map(Self::Numpad);
        }
        if let Some(number) = text.strip_prefix('F').and_then(|n| n.parse().ok()) {
            return Some(Self::Function(number));
        }
        one(text).map(|sign| Self::Sign(sign.to_ascii_uppercase()))
    }
}

fn one(text: &str) -> Option<char> {
    let mut signs = text.chars();
    signs.next().filter(|_| signs.next().is_none())
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let button = |button: &Button| {
            let found = BUTTONS.iter().find(|(_, known)| known == button);
            found.map_or("", |(name, _)| name)
        };
        match self {
            Self::Sign(sign) => write!(f, "{sign}"),
            Self::Numpad(sign) => write!(f, "Num {sign}"),
            Self::Named(name) => {
                let shown = NAMES.iter().find(|(known, _)| known == name);
                f.write_str(shown.map_or(name, |(_, shown)| shown))
            }
            Self::Function(number) => write!(f, "F{number}"),
            Self::Button(which) => f.write_str(button(which)),
            Self::Drag(which) => write!(f, "{} drag", button(which)),
            Self::WheelUp => f.write_str("Wheel up"),
            Self::WheelDown => f.write_str("Wheel down"),
            Self::Trackpad => f.write_str("Trackpad"),
        }
    }
}

/// A key with the modifiers held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    /// What is held; Command counts as Ctrl on a Mac.
    pub modifiers: Modifiers,
    /// What is pressed.
    pub key: Key,
}

impl Chord {
    /// A key without modifiers.
    pub fn plain(key: Key) -> Self {
        Self {
            modifiers: Modifiers::default(),
            key,
        }
    }

    /// The same key of the numeric keypad, for a digit or a sign that stands there, too.
    pub fn on_numpad(self) -> Option<Self> {
        let sign = match self.key {
            Key::Sign(sign) if sign.is_ascii_digit() || sign == '-' => sign,
            Key::Sign('=') => '+',
            Key::Sign('\\') => '/',
            _ => return None,
        };
        let key = Key::Numpad(sign);
        Some(Self { key, ..self })
    }

    /// The name in the keymap's file.
    pub fn written(&self) -> String {
        let mut words = self.caps();
        words.pop();
        words.push(self.key.written());
        words.join("+")
    }

    /// The words that a keycap each shows, modifiers first.
    pub fn caps(&self) -> Vec<String> {
        let held = [
            (self.modifiers.ctrl, "Ctrl"),
            (self.modifiers.shift, "Shift"),
            (self.modifiers.alt, "Alt"),
        ];
        let held = held.into_iter().filter(|(held, _)| *held);
        let mut caps: Vec<String> = held.map(|(_, name)| name.to_owned()).collect();
        caps.push(self.key.to_string());
        caps
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.caps().join("+"))
    }
}

impl FromStr for Chord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut modifiers = Modifiers::default();
        let mut rest = text;
        // A sign that stands alone or last is the key itself: `+`, `Ctrl++`.
        while let Some((head, tail)) = rest.split_once('+').filter(|(_, tail)| !tail.is_empty()) {
            let slot = match head {
                "Ctrl" => &mut modifiers.ctrl,
                "Shift" => &mut modifiers.shift,
                "Alt" => &mut modifiers.alt,
                _ => return Err(format!("no modifier `{head}`; valid are Ctrl, Shift, Alt")),
            };
            *slot = true;
            rest = tail;
        }
        let key = Key::parse(rest).ok_or_else(|| format!("no key `{rest}`"))?;
        Ok(Self { modifiers, key })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_read_and_shown() {
        let shown = |text: &str| text.parse::<Chord>().map(|chord| chord.to_string());
        assert_eq!(shown("Ctrl+Shift+v"), Ok("Ctrl+Shift+V".to_owned()));
        assert_eq!(shown("Alt+NumpadPeriod"), Ok("Alt+Num .".to_owned()));
        assert_eq!(shown("["), Ok("[".to_owned()));
        assert_eq!(shown("LMB-drag"), Ok("LMB drag".to_owned()));
        assert_eq!(shown("F12"), Ok("F12".to_owned()));
        assert!(shown("Hyper+A").is_err() && shown("Numpadx").is_err());
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut texts: Vec<String> = ["A", "+", "Ctrl++", "Shift+MMB", "Ctrl+Alt+LMB-drag", "F12"]
            .map(str::to_owned)
            .to_vec();
        texts.extend(["WheelUp", "WheelDown", "Alt+Trackpad", "Numpad7"].map(str::to_owned));
        texts.extend(NAMES.iter().map(|(name, _)| format!("Ctrl+{name}")));
        texts.extend(NUMPAD.iter().map(|(name, _)| (*name).to_owned()));
        for text in texts {
            let chord: Chord = text.parse().unwrap();
            assert_eq!(chord.written(), text);
        }
    }
}
