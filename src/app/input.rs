//! From winit's keys to the keymap's, before egui sees them: egui knows no keypad and turns every Ctrl C into
//! a clipboard event, with Shift or Alt too.

use winit::event::KeyEvent;
use winit::keyboard::{Key as WinitKey, KeyCode, KeyLocation, ModifiersState, PhysicalKey};
use winit::platform::modifier_supplement::KeyEventExtModifierSupplement;

use crate::ops::event::Modifiers;
use crate::ui::input::KeyPress;
use crate::ui::keys::{Chord, Key};

/// What is held; Command counts as Ctrl.
pub fn modifiers(state: ModifiersState) -> Modifiers {
    Modifiers {
        shift: state.shift_key(),
        ctrl: state.control_key() || cfg!(target_os = "macos") && state.super_key(),
        alt: state.alt_key(),
    }
}

/// A key that went down, if the keymap can name it.
pub fn key_press(event: &KeyEvent, modifiers: Modifiers) -> Option<KeyPress> {
    let typed = event.text.as_ref().and_then(|text| text.chars().next());
    Some(KeyPress {
        chord: Chord {
            modifiers,
            key: key(event)?,
        },
        typed: typed.filter(|sign| !sign.is_control()),
        repeat: event.repeat,
    })
}

fn key(event: &KeyEvent) -> Option<Key> {
    let PhysicalKey::Code(code) = event.physical_key else {
        return typed(event);
    };
    if event.location == KeyLocation::Numpad
        && let Some(key) = keypad(code)
    {
        return Some(key);
    }
    named(code)
        .and_then(Key::named)
        .or_else(|| function(code))
        .or_else(|| typed(event))
        .or_else(|| printed(code))
}

/// What the key types without modifiers, where that is a sign that keymaps use.
fn typed(event: &KeyEvent) -> Option<Key> {
    let WinitKey::Character(text) = event.key_without_modifiers() else {
        return None;
    };
    let sign = text.chars().next().filter(char::is_ascii_graphic)?;
    Some(Key::Sign(sign.to_ascii_uppercase()))
}

/// What stands on the key of a US keyboard, for layouts with other letters.
fn printed(code: KeyCode) -> Option<Key> {
    let name = format!("{code:?}");
    let letter = name.strip_prefix("Key").or(name.strip_prefix("Digit"))?;
    letter.chars().next().map(Key::Sign)
}

fn keypad(code: KeyCode) -> Option<Key> {
    Some(match code {
        KeyCode::NumpadEnter => return Key::named("NumpadEnter"),
        KeyCode::NumpadDecimal | KeyCode::NumpadComma => Key::Numpad('.'),
        KeyCode::NumpadAdd => Key::Numpad('+'),
        KeyCode::NumpadSubtract => Key::Numpad('-'),
        KeyCode::NumpadMultiply => Key::Numpad('*'),
        KeyCode::NumpadDivide => Key::Numpad('/'),
        _ => {
            let name = format!("{code:?}");
            let digit = name.strip_prefix("Numpad")?.chars().next()?;
            return Some(Key::Numpad(digit)).filter(|_| digit.is_ascii_digit());
        }
    })
}

fn named(code: KeyCode) -> Option<&'static str> {
    Some(match code {
        KeyCode::Enter => "Enter",
        KeyCode::NumpadEnter => "NumpadEnter",
        KeyCode::Escape => "Escape",
        KeyCode::Tab => "Tab",
        KeyCode::Space => "Space",
        KeyCode::Backspace => "Backspace",
        KeyCode::Delete => "Delete",
        KeyCode::Insert => "Insert",
        KeyCode::Home => "Home",
        KeyCode::End => "End",
        KeyCode::PageUp => "PageUp",
        KeyCode::PageDown => "PageDown",
        KeyCode::ArrowLeft => "Left",
        KeyCode::ArrowRight => "Right",
        KeyCode::ArrowUp => "Up",
        KeyCode::ArrowDown => "Down",
        _ => return None,
    })
}

fn function(code: KeyCode) -> Option<Key> {
    let name = format!("{code:?}");
    let number = name.strip_prefix('F')?.parse().ok()?;
    Some(Key::Function(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keypad_is_not_the_row_of_digits() {
        assert_eq!(keypad(KeyCode::Numpad7), Some(Key::Numpad('7')));
        assert_eq!(keypad(KeyCode::NumpadDecimal), Some(Key::Numpad('.')));
        assert_eq!(printed(KeyCode::Digit7), Some(Key::Sign('7')));
        assert_eq!(printed(KeyCode::KeyG), Some(Key::Sign('G')));
        assert_eq!(function(KeyCode::F9), Some(Key::Function(9)));
        assert_eq!(function(KeyCode::KeyF), None);
    }
}
