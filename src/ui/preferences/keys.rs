//! The section Keymap: every binding, found by words or by its key, and given another key by pressing it.

use egui::{ScrollArea, Sense, TextEdit, Ui, vec2};

use crate::io::preferences::Preferences;
use crate::ui::icons;
use crate::ui::keymap::edit::Slot;
use crate::ui::keymap::{Binding, contexts, describe_whole};
use crate::ui::keys::{Chord, Key};
use crate::ui::preferences::Shelf;
use crate::ui::preferences::add::AddBinding;
use crate::ui::preferences::clash::{Answer, Clash};
use crate::ui::preferences::key_row::{self, KeyRow, Pressed};
use crate::ui::preferences::rows::{edge, name_text, row, segmented, title_ui};
use crate::ui::settings::Change;
use crate::ui::theme::{RADIUS, ROW, Theme};
use crate::ui::widgets::{check_box, icon_button, keycap};

/// Height of a line of the list.
pub(super) const LINE: f32 = 24.0;

/// What waits for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waiting {
    /// A slot of the keymap.
    Slot(usize),
    /// The search.
    Search,
    /// The binding that is being added.
    New,
}

/// A line of the list.
enum Listed {
    /// A context.
    Title(String),
    /// A slot of the keymap.
    Slot(usize),
}

/// What the section remembers.
#[derive(Default)]
pub(super) struct Keys {
    words: String,
    /// The key that is searched for.
    chord: Option<Chord>,
    waiting: Option<Waiting>,
    /// What was pressed for what waits; no key: none is wanted any more.
    pressed: Option<(Waiting, Option<Chord>)>,
    listed: Option<Vec<Listed>>,
    clash: Option<Clash>,
    add: AddBinding,
}

impl Keys {
    /// Waits for no key any more.
    pub(super) fn stop(&mut self) {
        (self.waiting, self.pressed, self.clash) = (None, None, None);
    }

    /// The keymap changed: what is listed is found anew.
    pub(super) fn changed(&mut self) {
        self.listed = None;
    }

    /// Takes a key, if one is waited for: Escape gives up, Backspace takes the key away.
    pub(super) fn take_key(&mut self, chord: Chord) -> bool {
        let Some(waiting) = self.waiting.take() else {
            return false;
        };
        self.pressed = match chord {
            _ if chord == plain("Escape") => None,
            _ if chord == plain("Backspace") => Some((waiting, None)),
            _ => Some((waiting, Some(chord))),
        };
        true
    }

    /// Shows the section.
    pub(super) fn ui(&mut self, ui: &mut Ui, shelf: &mut Shelf) {
        self.head_ui(ui, shelf);
        self.take_pressed(shelf);
        ui.add_space(4.0);
        self.search_ui(ui, shelf.theme);
        ui.add_space(6.0);
        let below = if self.clash.is_some() { 38.0 } else { 0.0 } + self.add.height();
        let room = (ui.available_height() - below - 6.0).max(LINE * 2.0);
        self.list_ui(ui, shelf, room);
        ui.add_space(6.0);
        self.clash_ui(ui, shelf);
        ui.add_space(if self.clash.is_some() { 4.0 } else { 0.0 });
        let waits = self.waiting == Some(Waiting::New);
        match self.add.ui(ui, shelf.theme, waits) {
            Some(key_row::Wanted::Key) => self.waiting = Some(Waiting::New),
            Some(key_row::Wanted::Binding(binding)) => self.assign_new(shelf, binding),
            None => {}
        }
    }

    fn head_ui(&mut self, ui: &mut Ui, shelf: &mut Shelf) {
        let theme = shelf.theme;
        let now = shelf.preferences;
        let standard = Preferences::default();
        let same = (now.keys, now.emulate_numpad) == (standard.keys, standard.emulate_numpad);
        if title_ui(ui, theme, "Keymap", !same || shelf.keys.changed()) {
            shelf.changes.push(Change::ResetKeys);
            let (keys, emulate) = (standard.keys, standard.emulate_numpad);
            shelf.prefer(|now| (now.keys, now.emulate_numpad) = (keys, emulate));
            self.stop();
        }
        let doc = "The keys that your own are laid over";
        if let Some(keys) = segmented(
            &mut row(ui, theme, "Preset", doc),
            theme,
            "Preset",
            &now.keys,
        ) {
            shelf.prefer(|preferences| preferences.keys = keys);
            self.stop();
        }
        let doc = "The digits of the main keyboard act as those of the numeric keypad";
        let mut field = row(ui, theme, "Emulate Numpad", doc);
        if check_box(&mut field, theme, "Emulate Numpad", now.emulate_numpad).clicked() {
            shelf.prefer(|preferences| preferences.emulate_numpad ^= true);
        }
    }

    fn search_ui(&mut self, ui: &mut Ui, theme: &Theme) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let size = vec2((ui.available_width() - 220.0).max(120.0), ROW);
            let edit = TextEdit::singleline(&mut self.words)
                .id_salt("search keys")
                .hint_text(egui::RichText::new("Search by words").color(*theme.text_off))
                .background_color(*theme.field_active)
                .margin(vec2(8.0, 3.0));
            let response = ui.add_sized(size, edit);
            edge(ui, theme, &response);
            name_text(&response, "Search Keys", &self.words);
            if response.changed() {
                self.changed();
            }
            let on = self.waiting == Some(Waiting::Search);
            let button = icon_button(ui, theme, icons::KEYBOARD, "Search by Key", on);
            let button = button.on_hover_text("Search by pressing a key");
            if button.clicked() {
                self.waiting = Some(Waiting::Search).filter(|_| !on);
            }
            match self.chord {
                _ if on => {
                    ui.label(egui::RichText::new("Press a key…").color(*theme.text_2));
                }
                Some(chord) => {
                    chord.caps().iter().for_each(|cap| keycap(ui, theme, cap));
                    let clear = icon_button(ui, theme, icons::X, "Search for No Key", false);
                    if clear.on_hover_text("Show all keys again").clicked() {
                        self.chord = None;
                        self.changed();
                    }
                }
                None => {}
            }
        });
    }

    fn take_pressed(&mut self, shelf: &mut Shelf) {
        match self.pressed.take() {
            Some((Waiting::Slot(slot), Some(chord))) => self.assign(shelf, slot, chord),
            Some((Waiting::Slot(slot), None)) => shelf.changes.push(Change::Bind(slot, None)),
            Some((Waiting::Search, chord)) => {
                self.chord = chord;
                self.changed();
            }
            Some((Waiting::New, chord)) => self.add.chord = chord,
            None => {}
        }
    }

    /// Gives a slot a key, unless others have it.
    fn assign(&mut self, shelf: &mut Shelf, slot: usize, chord: Chord) {
        let others = shelf.keys.clashes(slot, chord);
        if others.is_empty() {
            // Without its key first: as it comes, with hint and all.
            shelf.changes.push(Change::Bind(slot, None));
            shelf.changes.push(Change::Bind(slot, Some(chord)));
            return;
        }
        let who = Ok(slot);
        self.clash = Some(Clash { who, chord, others });
    }

    fn assign_new(&mut self, shelf: &mut Shelf, binding: Box<Binding>) {
        let chord = binding.chord;
        let others = shelf.keys.clashes_of(&binding, chord, None);
        if others.is_empty() {
            shelf.changes.push(Change::Add(binding));
            self.add.close();
            return;
        }
        let who = Err(binding);
        self.clash = Some(Clash { who, chord, others });
    }

    fn list_ui(&mut self, ui: &mut Ui, shelf: &mut Shelf, room: f32) {
        let theme = shelf.theme;
        if self.listed.is_none() {
            self.listed = Some(listed(shelf.keys.slots(), &self.words, self.chord));
        }
        let list = self.listed.as_deref().unwrap_or_default();
        let size = vec2(ui.available_width(), room);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        ui.painter().rect_filled(rect, RADIUS, theme.track);
        let ui = &mut super::child(ui, rect.shrink(2.0), "list");
        if list.is_empty() {
            ui.centered_and_justified(|ui| {
                ui.label(egui::RichText::new("No key like this").color(*theme.text_2));
            });
            return;
        }
        let mut pressed = None;
        let area = ScrollArea::vertical().auto_shrink(false);
        area.show_rows(ui, LINE, list.len(), |ui, range| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for line in list.get(range).unwrap_or_default() {
                match line {
                    Listed::Title(title) => key_row::title_ui(ui, theme, title),
                    Listed::Slot(place) => {
                        let Some(slot) = shelf.keys.slots().get(*place) else {
                            continue;
                        };
                        let waits = self.waiting == Some(Waiting::Slot(*place));
                        let found = KeyRow { slot, waits }.ui(ui, theme, *place);
                        if let Some(found) = found {
                            pressed = Some((*place, found));
                        }
                    }
                }
            }
        });
        match pressed {
            Some((place, Pressed::Wait)) => {
                self.clash = None;
                self.waiting = Some(Waiting::Slot(place));
            }
            Some((_, Pressed::GiveUp)) => self.waiting = None,
            Some((place, Pressed::Chord(chord))) => {
                self.waiting = None;
                self.assign(shelf, place, chord);
            }
            Some((place, Pressed::Reset)) => self.reset(shelf, place),
            None => {}
        }
    }

    /// A slot as it comes; one that was added goes.
    fn reset(&mut self, shelf: &mut Shelf, place: usize) {
        let base = shelf
            .keys
            .slots()
            .get(place)
            .and_then(|slot| slot.base.as_ref());
        match base.map(|base| base.chord) {
            Some(chord) => self.assign(shelf, place, chord),
            None => shelf.changes.push(Change::Bind(place, None)),
        }
    }

    fn clash_ui(&mut self, ui: &mut Ui, shelf: &mut Shelf) {
        let answer = match &self.clash {
            Some(clash) => clash.ui(ui, shelf.theme, shelf.keys.slots()),
            None => None,
        };
        if let Some(answer) = answer {
            self.answer(shelf, answer);
        }
    }

    fn answer(&mut self, shelf: &mut Shelf, answer: Answer) {
        let Some(clash) = self.clash.take() else {
            return;
        };
        if answer == Answer::Cancel {
            return;
        }
        let off = clash.others.iter().map(|other| Change::Bind(*other, None));
        shelf.changes.extend(off);
        match (clash.who, answer) {
            (Ok(slot), Answer::Replace) => {
                shelf.changes.push(Change::Bind(slot, Some(clash.chord)));
            }
            (Ok(slot), _) => shelf.changes.push(Change::Bind(slot, None)),
            (Err(binding), Answer::Replace) => {
                shelf.changes.push(Change::Add(binding));
                self.add.close();
            }
            (Err(_), _) => self.add.close(),
        }
    }
}

fn plain(name: &str) -> Chord {
    Key::named(name).map_or(Chord::plain(Key::Trackpad), Chord::plain)
}

/// The lines of the list: contexts in their order, each with the bindings that fit the search.
fn listed(slots: &[Slot], words: &str, chord: Option<Chord>) -> Vec<Listed> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let mut groups: Vec<(usize, String, Vec<usize>)> = Vec::new();
    for (place, slot) in slots.iter().enumerate() {
        let Some(binding) = slot.binding() else {
            continue;
        };
        let pressed = slot.now.as_ref().map(|now| now.chord);
        if chord.is_some() && chord != pressed {
            continue;
        }
        let title = contexts::title(&binding.context);
        if !words.is_empty() {
            let (label, call) = (describe_whole(&binding.action), binding.call());
            let keys = pressed.map(|chord| chord.to_string()).unwrap_or_default();
            let text = format!("{label} {call} {keys} {title}").to_lowercase();
            if !words.iter().all(|word| text.contains(word)) {
                continue;
            }
        }
        match groups.iter_mut().find(|(_, known, _)| *known == title) {
            Some((_, _, places)) => places.push(place),
            None => groups.push((contexts::rank(&binding.context), title, vec![place])),
        }
    }
    groups.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    let mut lines = Vec::new();
    for (_, title, places) in groups {
        lines.push(Listed::Title(title));
        lines.extend(places.into_iter().map(Listed::Slot));
    }
    lines
}
