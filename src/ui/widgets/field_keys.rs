//! Keys over a number field. The field under the pointer, else the one with the focus, gets them before the
//! keymap does: [`press`] takes the key, and the field finds its [`Order`] when it is drawn next.

use std::str::FromStr;

use egui::{Context, Event, Id, Response, Ui, ViewportCommand};

use crate::ui::keys::Chord;
use crate::ui::widgets::field::{Keying, KeyingVerb};

/// What a key means to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKey {
    /// Type into it.
    Edit,
    /// Its value to the clipboard.
    Copy,
    /// The values of its row to the clipboard.
    CopyAll,
    /// A value from the clipboard.
    Paste,
    /// The values of the row from the clipboard.
    PasteAll,
    /// Its default.
    Reset,
    /// The defaults of its row.
    ResetAll,
    /// A key for its row.
    Key,
    /// The keys of its row at the current frame, away.
    Unkey,
    /// All keys of its row, away.
    ClearKeys,
    /// A step down.
    Less,
    /// A step up.
    More,
}

/// The keys. With Alt, resetting and stepping are meant for all that is selected; with Shift steps are fine.
const KEYS: &[(&str, FieldKey)] = &[
    ("Enter", FieldKey::Edit),
    ("NumpadEnter", FieldKey::Edit),
    ("Ctrl+C", FieldKey::Copy),
    ("Ctrl+Alt+C", FieldKey::CopyAll),
    ("Ctrl+V", FieldKey::Paste),
    ("Ctrl+Alt+V", FieldKey::PasteAll),
    ("Backspace", FieldKey::ResetAll),
    ("Alt+Backspace", FieldKey::ResetAll),
    ("Ctrl+Backspace", FieldKey::Reset),
    ("Ctrl+Alt+Backspace", FieldKey::Reset),
    ("I", FieldKey::Key),
    ("Alt+I", FieldKey::Unkey),
    ("Shift+Alt+I", FieldKey::ClearKeys),
    ("Left", FieldKey::Less),
    ("Down", FieldKey::Less),
    ("Right", FieldKey::More),
    ("Up", FieldKey::More),
    ("Shift+Left", FieldKey::Less),
    ("Shift+Down", FieldKey::Less),
    ("Shift+Right", FieldKey::More),
    ("Shift+Up", FieldKey::More),
    ("Alt+Left", FieldKey::Less),
    ("Alt+Down", FieldKey::Less),
    ("Alt+Right", FieldKey::More),
    ("Alt+Up", FieldKey::More),
];

impl FieldKey {
    /// The key as menus show it.
    pub fn shown(self) -> String {
        let found = KEYS.iter().find(|(_, key)| *key == self);
        let chord = found.and_then(|(text, _)| Chord::from_str(text).ok());
        chord.map(|chord| chord.to_string()).unwrap_or_default()
    }

    fn steps(self) -> bool {
        matches!(self, Self::Less | Self::More)
    }

    fn keys(self) -> bool {
        matches!(self, Self::Key | Self::Unkey | Self::ClearKeys)
    }
}

/// What a field is to do.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Order {
    Edit,
    Copy,
    CopyAll,
    Paste(String),
    PasteAll(String),
    Reset,
    ResetAll,
    Key(Keying),
    /// Steps up, or down.
    Step(f64),
}

/// A key on its way to a field.
#[derive(Clone, Copy)]
struct Pending {
    field: Id,
    key: FieldKey,
    /// The frame after which it is forgotten: the clipboard may be empty.
    until: u64,
}

/// Frames that the clipboard's text may take.
const PATIENCE: u64 = 5;

fn hovered() -> Id {
    Id::unique("value field under the pointer")
}

fn focused() -> Id {
    Id::unique("value field with the focus")
}

fn pending() -> Id {
    Id::unique("key on its way to a value field")
}

/// Notes a field that keys may go to, and whether its value can be keyed.
pub(super) fn register(ui: &Ui, response: &Response, keyable: bool) {
    let noted = (response.id, keyable);
    if response.hovered() {
        ui.data_mut(|data| data.insert_temp(hovered(), noted));
    }
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(focused(), noted));
    }
}

/// Gives a key to the field that it is meant for; says whether there is one.
pub fn press(ctx: &Context, chord: Chord) -> bool {
    let reads = |text: &str| Chord::from_str(text) == Ok(chord);
    let Some(&(_, key)) = KEYS.iter().find(|(text, _)| reads(text)) else {
        return false;
    };
    let noted = |place: Id| {
        let noted = ctx.data(|data| data.get_temp::<(Id, bool)>(place));
        let field = noted.filter(|(_, keyable)| *keyable || !key.keys());
        field.map(|(field, _)| field)
    };
    let over = noted(hovered()).filter(|id| {
        let field = ctx.read_response(*id);
        !key.steps() && field.is_some_and(|field| field.hovered())
    });
    let field = over.or_else(|| {
        let drawn = |id: &Id| ctx.read_response(*id).is_some();
        noted(focused())
            .filter(|id| ctx.memory(|memory| memory.has_focus(*id)))
            .filter(drawn)
    });
    if let Some(field) = field {
        order(ctx, field, key);
    }
    field.is_some()
}

/// Has a field do what a key would.
pub(super) fn order(ctx: &Context, field: Id, key: FieldKey) {
    if matches!(key, FieldKey::Paste | FieldKey::PasteAll) {
        ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
    }
    let until = ctx.cumulative_pass_nr() + PATIENCE;
    let waiting = Pending { field, key, until };
    ctx.data_mut(|data| data.insert_temp(pending(), waiting));
    ctx.request_repaint();
}

/// What a field is to do now.
pub(super) fn take(ui: &Ui, field: Id) -> Option<Order> {
    let waiting = ui.data(|data| data.get_temp::<Pending>(pending()))?;
    if waiting.field != field {
        return None;
    }
    let fine = if ui.input(|input| input.modifiers.shift) {
        0.1
    } else {
        1.0
    };
    let row = |what| Order::Key(Keying { what, all: true });
    let order = match waiting.key {
        FieldKey::Edit => Some(Order::Edit),
        FieldKey::Copy => Some(Order::Copy),
        FieldKey::CopyAll => Some(Order::CopyAll),
        FieldKey::Paste => pasted(ui).map(Order::Paste),
        FieldKey::PasteAll => pasted(ui).map(Order::PasteAll),
        FieldKey::Reset => Some(Order::Reset),
        FieldKey::ResetAll => Some(Order::ResetAll),
        FieldKey::Key => Some(row(KeyingVerb::Insert)),
        FieldKey::Unkey => Some(row(KeyingVerb::Delete)),
        FieldKey::ClearKeys => Some(row(KeyingVerb::Clear)),
        FieldKey::Less => Some(Order::Step(-fine)),
        FieldKey::More => Some(Order::Step(fine)),
    };
    if order.is_some() || ui.ctx().cumulative_pass_nr() > waiting.until {
        ui.data_mut(|data| data.remove::<Pending>(pending()));
    }
    order
}

fn pasted(ui: &Ui) -> Option<String> {
    ui.input(|input| {
        let mut events = input.events.iter();
        events.find_map(|event| match event {
            Event::Paste(text) => Some(text.clone()),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_can_be_read_and_shown() {
        for (text, _) in KEYS {
            assert!(Chord::from_str(text).is_ok(), "{text}");
        }
        assert_eq!(FieldKey::PasteAll.shown(), "Ctrl+Alt+V");
    }
}
