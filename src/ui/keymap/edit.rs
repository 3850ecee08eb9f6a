//! A keymap with changes over it: of a preset, of the user.
//!
//! Each binding of the keymap below has a slot, which may hold another key, or none; what is new has a slot
//! of its own. Only differences are written, so that new keys of a later version come through.

use crate::io::settings_text::{Fault, Faults};
use crate::ui::keymap::contexts;
use crate::ui::keymap::line::{Line, lines, write, write_off};
use crate::ui::keymap::{Binding, Keymap};
use crate::ui::keys::Chord;

/// A binding, as it comes and as it is.
#[derive(Clone)]
pub struct Slot {
    /// As it comes from the keymap below; none where it is new.
    pub base: Option<Binding>,
    /// As it is; none where its key was taken away.
    pub now: Option<Binding>,
}

impl Slot {
    /// What it does and where, on whichever key.
    pub fn binding(&self) -> Option<&Binding> {
        self.now.as_ref().or(self.base.as_ref())
    }

    /// Whether it differs from what it comes as.
    pub fn changed(&self) -> bool {
        match (&self.base, &self.now) {
            (Some(base), Some(now)) => write(base) != write(now),
            (None, None) => false,
            _ => true,
        }
    }
}

/// The slots of a keymap.
#[derive(Clone, Default)]
pub struct KeymapEdit {
    slots: Vec<Slot>,
    /// Keys taken away that the keymap below does not have, kept for one that has.
    idle: Vec<(String, Chord)>,
}

impl KeymapEdit {
    /// A keymap without changes.
    pub fn new(base: &Keymap) -> Self {
        let slot = |binding: &Binding| Slot {
            base: Some(binding.clone()),
            now: Some(binding.clone()),
        };
        Self {
            slots: base.bindings().iter().map(slot).collect(),
            idle: Vec::new(),
        }
    }

    /// Lays the differences of a file over it; lines that are wrong are left out and told.
    pub fn overlay(&mut self, file: &str, text: &str) -> Vec<Fault> {
        let mut faults = Faults::of(file);
        let mut seen: Vec<(String, Chord, usize)> = Vec::new();
        let mut set = Vec::new();
        for line in lines(text, &mut faults) {
            let (context, chord, number) = match &line {
                Line::Set(binding) => (&binding.context, binding.chord, binding.line),
                Line::Off {
                    context,
                    chord,
                    line,
                } => (context, *chord, *line),
            };
            let twin = seen.iter().find(|(c, k, _)| c == context && *k == chord);
            if let Some((_, _, first)) = twin {
                let message = format!("`{chord}` is taken in `{context}` by line {first}");
                faults.tell(number, message);
                continue;
            }
            seen.push((context.clone(), chord, number));
            let freed = self.free(context, chord);
            match line {
                Line::Set(binding) => set.push(binding),
                Line::Off { context, .. } if !freed => self.idle.push((context, chord)),
                Line::Off { .. } => {}
            }
        }
        // Those that are as they come take their own slots again, before others find these empty.
        set.retain(|binding| !self.restore(binding));
        for binding in set {
            self.settle(binding);
        }
        faults.list
    }

    /// Gives a binding the slot that it comes with, where that lost its key. Says whether there was one.
    fn restore(&mut self, binding: &Binding) -> bool {
        let own = |base: &Binding| write(base) == write(binding);
        let mut empty = self.slots.iter_mut().filter(|slot| slot.now.is_none());
        let slot = empty.find(|slot| slot.base.as_ref().is_some_and(own));
        slot.map(|slot| slot.now.clone_from(&slot.base)).is_some()
    }

    /// Takes a key away; whether somebody had it.
    fn free(&mut self, context: &str, chord: Chord) -> bool {
        let mut freed = false;
        for slot in &mut self.slots {
            let here = |now: &&mut Binding| now.sits_on(context, chord);
            if slot.now.as_mut().filter(here).is_some() {
                slot.now = None;
                freed = true;
            }
        }
        freed
    }

    /// Gives a binding its slot: that of the same call where it lost its key, else a new one before the
    /// others of the call, so that menus show the key which was added.
    fn settle(&mut self, binding: Binding) {
        let does = |slot: &Slot| slot.binding().is_some_and(|own| own.does_as(&binding));
        let empty = |slot: &&mut Slot| slot.now.is_none() && does(slot);
        if let Some(slot) = self.slots.iter_mut().find(empty) {
            slot.now = Some(binding);
            return;
        }
        let call = binding.call();
        let same = |slot: &Slot| slot.binding().is_some_and(|own| own.call() == call);
        let place = self.slots.iter().position(same);
        let slot = Slot {
            base: None,
            now: Some(binding),
        };
        self.slots.insert(place.unwrap_or(self.slots.len()), slot);
    }

    /// The keymap that comes of it.
    pub fn keymap(&self) -> Keymap {
        let bindings = self.slots.iter().filter_map(|slot| slot.now.clone());
        Keymap {
            bindings: bindings.collect(),
            ..Keymap::default()
        }
    }

    /// The differences, as the text of a file.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        for slot in self.slots.iter().filter(|slot| slot.changed()) {
            if let Some(base) = &slot.base
                && !self.taken(&base.context, base.chord)
            {
                lines.push(write_off(&base.context, base.chord));
            }
            lines.extend(slot.now.as_ref().map(write));
        }
        let idle = self.idle.iter();
        let idle = idle.filter(|(context, chord)| !self.taken(context, *chord));
        lines.extend(idle.map(|(context, chord)| write_off(context, *chord)));
        let head = "// Your own keys, one a line, over those that come with Keypose; `off: true` takes one away.";
        format!("{head}\n[\n{}\n]\n", lines.join("\n"))
    }

    fn taken(&self, context: &str, chord: Chord) -> bool {
        let mut now = self.slots.iter().filter_map(|slot| slot.now.as_ref());
        now.any(|binding| binding.sits_on(context, chord))
    }

    /// Every slot.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The slots that a slot with this key would clash with.
    pub fn clashes(&self, place: usize, chord: Chord) -> Vec<usize> {
        let own = self.slots.get(place).and_then(Slot::binding);
        own.map(|own| self.clashes_of(own, chord, Some(place)))
            .unwrap_or_default()
    }

    /// The slots that a new binding would clash with.
    pub fn clashes_of(&self, own: &Binding, chord: Chord, except: Option<usize>) -> Vec<usize> {
        let clash = |(at, slot): (usize, &Slot)| {
            let now = slot.now.as_ref()?;
            let clash = Some(at) != except && now.chord == chord && contexts::meet(own, now);
            clash.then_some(at)
        };
        self.slots.iter().enumerate().filter_map(clash).collect()
    }

    /// Gives a slot another key, or none. The same key in the same context must be free.
    pub fn bind(&mut self, place: usize, chord: Option<Chord>) {
        let Some(slot) = self.slots.get_mut(place) else {
            return;
        };
        let own = slot.binding().cloned();
        slot.now = own.zip(chord).map(|(own, chord)| Binding { chord, ..own });
    }

    /// Adds a binding. The same key in the same context must be free.
    pub fn add(&mut self, binding: Binding) {
        self.settle(binding);
    }

    /// Slots that were added and have lost their key are gone.
    pub fn sweep(&mut self) {
        self.slots
            .retain(|slot| slot.base.is_some() || slot.now.is_some());
    }

    /// Every slot as it comes.
    pub fn reset(&mut self) {
        self.idle.clear();
        self.slots.retain(|slot| slot.base.is_some());
        for slot in &mut self.slots {
            slot.now = slot.base.clone();
        }
    }

    /// Whether anything differs.
    pub fn changed(&self) -> bool {
        !self.idle.is_empty() || self.slots.iter().any(Slot::changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = r#"
        (in: "pose", key: "G", run: "transform.translate()", hint: "Move")
        (in: "pose", key: "R", run: "transform.rotate()")
        (in: "view3d", key: "Home", run: "view3d.view_all()")"#;

    fn base() -> KeymapEdit {
        KeymapEdit::new(&Keymap::parse(BASE).0)
    }

    fn shown(edit: &KeymapEdit) -> Vec<String> {
        let keymap = edit.keymap();
        let line = |binding: &Binding| format!("{} {}", binding.chord.written(), binding.call());
        keymap.bindings().iter().map(line).collect()
    }

    /// The differences read back over the same base give the same keymap.
    fn round_trip(edit: &KeymapEdit) {
        let mut again = base();
        let faults = again.overlay("keymap.ron", &edit.text());
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(shown(&again), shown(edit), "{}", edit.text());
        assert_eq!(again.text(), edit.text());
    }

    #[test]
    fn without_changes_nothing_is_written() {
        assert!(!base().changed());
        assert_eq!(base().text().lines().count(), 4);
        round_trip(&base());
    }

    #[test]
    fn another_key_keeps_hint_and_place() {
        let mut edit = base();
        edit.bind(0, Some("Ctrl+Q".parse().unwrap()));
        assert_eq!(shown(&edit)[0], "Ctrl+Q transform.translate()");
        assert_eq!(edit.keymap().bindings()[0].hint.as_deref(), Some("Move"));
        round_trip(&edit);
        edit.reset();
        assert_eq!(shown(&edit), shown(&base()));
    }

    #[test]
    fn swapped_and_freed_keys_come_back() {
        let mut edit = base();
        edit.bind(0, Some("R".parse().unwrap()));
        edit.bind(1, Some("G".parse().unwrap()));
        edit.bind(2, None);
        let wanted = ["R transform.translate()", "G transform.rotate()"];
        assert_eq!(shown(&edit), wanted);
        round_trip(&edit);
    }

    #[test]
    fn a_line_that_is_as_it_comes_is_no_difference() {
        let base = r#"(in: "window", key: "Ctrl+Shift+Z", run: "ed.redo()")
                      (in: "window", key: "Ctrl+Y", run: "ed.redo()")"#;
        let base = || KeymapEdit::new(&Keymap::parse(base).0);
        let mut edit = base();
        let text = r#"(in: "window", key: "Ctrl+J", run: "ed.redo()")
                      (in: "window", key: "Ctrl+Y", run: "ed.redo()")"#;
        assert!(edit.overlay("f", text).is_empty());
        assert!(!edit.text().contains("Ctrl+Y"), "{}", edit.text());
        let mut again = base();
        again.overlay("f", &edit.text());
        assert_eq!(shown(&again), shown(&edit));
        assert_eq!(again.text(), edit.text());
    }

    #[test]
    fn an_added_key_is_the_one_that_menus_show() {
        let mut edit = base();
        let faults = edit.overlay("f", r#"(in: "view3d", key: "1", run: "view3d.view_all()")"#);
        assert!(faults.is_empty(), "{faults:?}");
        let first = edit.keymap().chord_of("view3d.view_all()").unwrap();
        assert_eq!(first.to_string(), "1");
        round_trip(&edit);
    }

    #[test]
    fn a_key_may_be_given_to_another_call() {
        let mut edit = base();
        let text = r#"(in: "pose", key: "G", run: "pose.copy()")
                      (in: "pose", key: "G", off: true)
                      (in: "bones", key: "Y", off: true)"#;
        let faults = edit.overlay("f", text);
        assert_eq!(faults.len(), 1);
        assert_eq!(
            faults[0].to_string(),
            "f:2: `G` is taken in `pose` by line 1"
        );
        assert!(shown(&edit).contains(&"G pose.copy()".to_owned()));
        assert!(!shown(&edit).iter().any(|line| line.contains("translate")));
        assert!(
            edit.text()
                .contains(r#"(in: "bones", key: "Y", off: true)"#)
        );
        round_trip(&edit);
    }

    #[test]
    fn clashes_reach_over_contexts_that_apply_together() {
        let edit = base();
        assert_eq!(edit.clashes(0, "R".parse().unwrap()), [1]);
        assert_eq!(edit.clashes(0, "Home".parse().unwrap()), [2]);
        assert!(edit.clashes(0, "G".parse().unwrap()).is_empty());
    }
}
