//! Keys: to the operator that follows the mouse, to a text field, or by the keymap to an operator.

use glam::Vec2;

use crate::ops::event::{Event, EventKind, Modifiers};
use crate::ui::app::App;
use crate::ui::frame::ALONE;
use crate::ui::keymap::Action;
use crate::ui::keys::{Chord, Key};
use crate::ui::widgets::field_keys;

/// The context that comes first while the animation plays.
pub(super) const PLAYING: &str = "playing";

/// A key that went down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyPress {
    /// The key with the modifiers held.
    pub chord: Chord,
    /// What it types, with Shift taken into account.
    pub typed: Option<char>,
    /// Whether it is held down and comes again.
    pub repeat: bool,
}

impl App {
    /// Takes a key before egui sees it; says whether it was used up.
    pub fn key(&mut self, ctx: &egui::Context, press: KeyPress) -> bool {
        if self.preferences_panel.take_key(press.chord) {
            ctx.request_repaint();
            return true;
        }
        if self.is_asking() || egui::Popup::is_any_open(ctx) {
            return false;
        }
        if self.session.is_running() {
            self.gesture += 1;
            self.running_key(ctx, press);
            ctx.request_repaint();
            return true;
        }
        if ctx.text_edit_focused() && keeps_in_text(press.chord) {
            return false;
        }
        if field_keys::press(ctx, press.chord) {
            self.gesture += 1;
            return true;
        }
        let contexts = self.contexts();
        let alone = Some(ALONE).filter(|_| self.frame.is_maximised());
        let playing = self.session.playing().map(|_| PLAYING);
        let first = [playing, alone].into_iter().flatten();
        let mut first = first.map(|context| self.keymap.find(&[context], press.chord));
        let found = first.find_map(|found| found);
        let found = found.or_else(|| self.keymap.find(contexts, press.chord));
        let Some(binding) = found.cloned() else {
            return false;
        };
        // Space presses the button that has the keyboard's focus, and arrows go on from it.
        if binding.context == "window" && moves_focus(press.chord) && self.walks_widgets(ctx) {
            return false;
        }
        if let Action::Run(op) = binding.action
            && (binding.repeat || !press.repeat)
        {
            self.gesture += 1;
            self.start(ctx, op);
            ctx.request_repaint();
        }
        true
    }

    /// Whether something is open that takes the keyboard: a dialog, the search, a menu at the pointer.
    pub fn is_asking(&self) -> bool {
        let asked = self.search.is_open() || self.adjust_popup.is_some();
        asked || self.dialog.is_some() || self.menu.is_some()
    }

    fn running_key(&mut self, ctx: &egui::Context, press: KeyPress) {
        let Some(id) = self.session.running().map(|(op, _)| op.info().id) else {
            return;
        };
        if let Some(key) = self.keymap.modal_key(id, press.chord) {
            self.send(ctx, EventKind::Key(key));
            return;
        }
        let chord = press.chord;
        let free = !chord.modifiers.ctrl && !chord.modifiers.alt;
        let typed = press
            .typed
            .filter(|sign| sign.is_ascii_digit() || "+-.,*/()".contains(*sign));
        let sign = chord
            .key
            .number_sign()
            .filter(|_| !chord.modifiers.shift)
            .or(typed);
        if let Some(sign) = sign.filter(|_| free) {
            let sign = if sign == ',' { '.' } else { sign };
            self.send(ctx, EventKind::Character(sign));
            return;
        }
        self.navigate(ctx, chord);
    }

    /// Moves the view while an operator goes on.
    pub(super) fn navigate(&mut self, ctx: &egui::Context, chord: Chord) {
        let found = self.keymap.find(&["view3d"], chord).cloned();
        if let Some(Action::Run(op)) = found.map(|binding| binding.action)
            && op.info().view_only
        {
            self.start(ctx, op);
        }
    }

    /// Tells which modifiers are held now.
    pub fn set_modifiers(&mut self, ctx: &egui::Context, modifiers: Modifiers) {
        if self.modifiers == modifiers {
            return;
        }
        self.modifiers = modifiers;
        if self.session.is_running() {
            self.send(ctx, EventKind::Move);
        }
        ctx.request_repaint();
    }

    /// The window lost the keyboard: what was held counts as released.
    pub fn focus_lost(&mut self, ctx: &egui::Context) {
        self.set_modifiers(ctx, Modifiers::default());
    }

    /// An event at the pointer, for operators.
    pub(super) fn event(&self, kind: EventKind) -> Event {
        let area = self.pointed_area();
        let at = self.pointer.unwrap_or(area.center()) - area.min;
        Event {
            kind,
            pointer: Vec2::new(at.x, at.y),
            modifiers: self.modifiers,
        }
    }
}

/// Whether a key presses the widget that has the focus, or goes from it to another.
fn moves_focus(chord: Chord) -> bool {
    let keys = ["Space", "Left", "Right", "Up", "Down"];
    chord.modifiers == Modifiers::default()
        && keys
            .into_iter()
            .any(|name| Key::named(name) == Some(chord.key))
}

/// Whether a text field needs this key itself.
fn keeps_in_text(chord: Chord) -> bool {
    let Modifiers { ctrl, alt, .. } = chord.modifiers;
    if !ctrl || alt {
        return !matches!(chord.key, Key::Function(_));
    }
    matches!(
        chord.key,
        Key::Sign(
            'A' | 'C' | 'V' | 'X' | 'Y' | 'Z' | 'B' | 'F' | 'H' | 'K' | 'U' | 'W' | 'N' | 'P'
        ) | Key::Named(_)
    )
}
