//! What the user prefers, in a text file of the user; headless runs and tests take the defaults.
//!
//! The file is read field by field: one that is unknown or wrong keeps its default and is told.

use std::fmt::Write;

use crate::choice;
use crate::io::settings_text::{Fault, Faults, fields, shown};
use crate::model::choice::Choice;

/// The file's name in the folder of settings.
pub const FILE: &str = "preferences.ron";

choice! {
    /// The colours of the interface.
    pub enum Look: Dark {
        /// Light text on graphite
        Dark = "DARK", "Dark";
        /// Dark text on light grey
        Light = "LIGHT", "Light";
        /// Light text on black, with stronger lines and rims
        HighContrast = "HIGH_CONTRAST", "High Contrast";
    }
}

choice! {
    /// The keys that the user's own are laid over.
    pub enum KeyPreset: Standard {
        /// The keys of the manual
        Standard = "DEFAULT", "Default";
        /// Digits turn the view: for keyboards without a numeric keypad
        Laptop = "LAPTOP", "Laptop";
        /// Keys at the right side of the keyboard: for the mouse in the left hand
        LeftHanded = "LEFT_HANDED", "Left-Handed";
    }
}

/// Smallest and largest size of the interface.
pub const ZOOM: (f32, f32) = (0.5, 3.0);
/// Least and most megabytes for undo.
pub const UNDO_MEGABYTES: (u32, u32) = (16, 65_536);
/// Most minutes between autosaves.
pub const AUTOSAVE_MINUTES: u32 = 120;
/// Most operations between autosaves.
pub const AUTOSAVE_OPERATIONS: u32 = 10_000;

/// The preferences.
#[derive(Clone, Debug, PartialEq)]
pub struct Preferences {
    /// The colours.
    pub look: Look,
    /// Size of the interface, over what the monitor asks for.
    pub zoom: f32,
    /// Whether nothing in the interface slides or fades.
    pub reduce_motion: bool,
    /// The keys that the user's own are laid over.
    pub keys: KeyPreset,
    /// Whether the digits of the main keyboard act as those of the numeric keypad.
    pub emulate_numpad: bool,
    /// Megabytes of replaced data that undo keeps.
    pub undo_megabytes: u32,
    /// Minutes between autosaves; 0 turns them off.
    pub autosave_minutes: u32,
    /// Operations between autosaves; 0 turns them off.
    pub autosave_operations: u32,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            look: Look::Dark,
            zoom: 1.0,
            reduce_motion: false,
            keys: KeyPreset::Standard,
            emulate_numpad: false,
            undo_megabytes: 256,
            autosave_minutes: 2,
            autosave_operations: 50,
        }
    }
}

/// The name of each field with what the file says of it, in the order of the file.
const COMMENTS: &[(&str, &str)] = &[
    ("look", "Colours: DARK, LIGHT or HIGH_CONTRAST"),
    ("zoom", "Size of the interface, 0.5 to 3.0"),
    ("reduce_motion", "Nothing slides or fades: true or false"),
    (
        "keys",
        "Keys: DEFAULT, LAPTOP or LEFT_HANDED; your own are in keymap.ron",
    ),
    (
        "emulate_numpad",
        "Digits act as those of the numeric keypad: true or false",
    ),
    (
        "undo_megabytes",
        "Megabytes that undo may take, 16 to 65536",
    ),
    (
        "autosave_minutes",
        "Minutes between autosaves, up to 120; 0: never",
    ),
    (
        "autosave_operations",
        "Operations between autosaves, up to 10000; 0: never",
    ),
];

impl Preferences {
    /// Reads the file's text; what is wrong keeps its default.
    pub fn parse(text: &str) -> (Self, Vec<Fault>) {
        let mut preferences = Self::default();
        let mut faults = Faults::of(FILE);
        for field in fields(text, 1, &mut faults) {
            if let Err(message) = preferences.set(field.name, field.value) {
                faults.tell(field.line, message);
            }
        }
        (preferences, faults.list)
    }

    /// The file's text, with a comment on each field.
    pub fn text(&self) -> String {
        let mut text =
            "// Preferences of Keypose. Lines that are wrong are passed over.\n(\n".to_owned();
        for (name, comment) in COMMENTS {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "    // {comment}\n    {name}: {},", self.value(name));
        }
        text.push_str(")\n");
        text
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let about = |message: String| format!("`{name}`: {message}");
        match name {
            "look" => self.look = choice_of(value).map_err(about)?,
            "zoom" => self.zoom = number(value, ZOOM).map_err(about)?,
            "reduce_motion" => self.reduce_motion = switch(value).map_err(about)?,
            "keys" => self.keys = choice_of(value).map_err(about)?,
            "emulate_numpad" => self.emulate_numpad = switch(value).map_err(about)?,
            "undo_megabytes" => {
                self.undo_megabytes = number(value, UNDO_MEGABYTES).map_err(about)?
            }
            "autosave_minutes" => {
                self.autosave_minutes = number(value, (0, AUTOSAVE_MINUTES)).map_err(about)?;
            }
            "autosave_operations" => {
                self.autosave_operations =
                    number(value, (0, AUTOSAVE_OPERATIONS)).map_err(about)?;
            }
            _ => {
                let names: Vec<&str> = COMMENTS.iter().map(|(name, _)| *name).collect();
                return Err(format!(
                    "unknown field `{name}`; valid are {}",
                    names.join(", ")
                ));
            }
        }
        Ok(())
    }

    fn value(&self, name: &str) -> String {
        match name {
            "look" => self.look.id().to_owned(),
            "zoom" => format!("{:?}", self.zoom),
            "reduce_motion" => self.reduce_motion.to_string(),
            "keys" => self.keys.id().to_owned(),
            "emulate_numpad" => self.emulate_numpad.to_string(),
            "undo_megabytes" => self.undo_megabytes.to_string(),
            "autosave_minutes" => self.autosave_minutes.to_string(),
            _ => self.autosave_operations.to_string(),
        }
    }
}

fn choice_of<C: Choice + Default>(text: &str) -> Result<C, String> {
    let mut choice = C::default();
    let items = choice.items();
    let Some(place) = items.iter().position(|item| item.id == text) else {
        let valid: Vec<&str> = items.iter().map(|item| item.id).collect();
        return Err(format!(
            "expected {}, found `{}`",
            valid.join(" or "),
            shown(text)
        ));
    };
    choice.set_index(place);
    Ok(choice)
}

fn number<T: std::str::FromStr + PartialOrd + std::fmt::Display>(
    text: &str,
    (min, max): (T, T),
) -> Result<T, String> {
    let found = text
        .parse()
        .ok()
        .filter(|number| *number >= min && *number <= max);
    found.ok_or_else(|| {
        format!(
            "expected a number from {min} to {max}, found `{}`",
            shown(text)
        )
    })
}

fn switch(text: &str) -> Result<bool, String> {
    text.parse()
        .map_err(|_| format!("expected true or false, found `{}`", shown(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let preferences = Preferences {
            look: Look::HighContrast,
            zoom: 1.25,
            reduce_motion: true,
            keys: KeyPreset::LeftHanded,
            emulate_numpad: true,
            undo_megabytes: 1024,
            autosave_minutes: 0,
            autosave_operations: 7,
        };
        let text = preferences.text();
        assert_eq!(Preferences::parse(&text), (preferences, Vec::new()));
        let comments = text.lines().filter(|line| line.trim().starts_with("//"));
        assert_eq!(comments.count(), COMMENTS.len() + 1);
    }

    #[test]
    fn a_wrong_field_keeps_its_default_and_is_told() {
        let text = "(\n look: PURPLE,\n zoom: 9,\n colour: 1,\n undo_megabytes: 512,\n)";
        let (preferences, faults) = Preferences::parse(text);
        let wanted = Preferences {
            undo_megabytes: 512,
            ..Preferences::default()
        };
        assert_eq!(preferences, wanted);
        let faults: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert_eq!(
            faults[..2],
            [
                "preferences.ron:2: `look`: expected DARK or LIGHT or HIGH_CONTRAST, found `PURPLE`",
                "preferences.ron:3: `zoom`: expected a number from 0.5 to 3, found `9`",
            ]
        );
        assert!(
            faults[2].starts_with("preferences.ron:4: unknown field `colour`; valid are look,")
        );
    }
}
