//! Changes that a new frame wiped out: they were on animated channels and had no key. A toast offers to key
//! them where they were made; the pose that is shown now stays.

use crate::eval::keyed::{self, Held, KeyedDocument};
use crate::model::document::Document;
use crate::model::id::RigId;
use crate::model::rig::Rig;
use crate::ops::context::Level;
use crate::ops::registry;
use crate::ops::runner::Session;
use crate::ops::runner::log::Line;
use crate::ui::acts::Act;
use crate::ui::app::App;
use crate::ui::toasts::{Toast, Toasts};

/// Going back brings lost changes with it, and going forward again is meant.
const STEPS: &[&str] = &["ed.undo", "ed.redo"];

/// Changes of a frame, and those that were lost.
#[derive(Default)]
pub struct Unkeyed {
    seen: Option<Seen>,
    lost: Vec<Loss>,
    /// What the toasts said of changes that are back.
    back: Vec<String>,
}

/// A document as it was while nothing was on its way, with its changes.
struct Seen {
    document: Document,
    changes: Vec<Change>,
}

/// The changes of a rig.
#[derive(Clone)]
struct Change {
    id: RigId,
    rig: String,
    values: Vec<Held>,
}

/// Changes that were lost.
struct Loss {
    frame: f32,
    changes: Vec<Change>,
    /// What the toast says, once it is shown.
    shown: Option<String>,
}

impl Unkeyed {
    /// Takes in what the document became; `keyed` knows it already.
    fn look(&mut self, session: &Session, keyed: &KeyedDocument) {
        let document = &session.document;
        let seen = self.seen.as_ref();
        if seen.is_some_and(|seen| seen.document.same_pointers(document)) {
            return;
        }
        let now = Seen {
            changes: changes(document, keyed),
            document: document.clone(),
        };
        let before = self.seen.replace(now);
        let last = last_call(session);
        let other = registry::find(last).is_some_and(|entry| entry.info.discards);
        let stays = |loss: &Loss| !other && !loss.is_back(document);
        let (lost, back) = self.lost.drain(..).partition(stays);
        self.lost = lost;
        let back: Vec<Loss> = back;
        self.back
            .extend(back.into_iter().filter_map(|loss| loss.shown));
        if other {
            return;
        }
        let moved = |seen: &Seen| {
            let (was, is) = (&seen.document.scene, &document.scene);
            was.frame != is.frame && !was.auto_key && !STEPS.contains(&last)
        };
        let lost = before
            .filter(moved)
            .and_then(|seen| Loss::between(&seen, document));
        self.lost.extend(lost);
    }

    /// Shows what was lost, and takes back what is no longer so.
    fn show(&mut self, toasts: &mut Toasts) {
        let back = std::mem::take(&mut self.back);
        toasts.0.retain(|toast| !back.contains(&toast.report.text));
        for loss in &mut self.lost {
            if loss.shown.is_none() {
                let toast = loss.toast();
                loss.shown = Some(toast.report.text.clone());
                toasts.push(toast);
            }
        }
        // A toast that is gone was answered, or left alone for long enough.
        let there = |loss: &Loss| {
            let mut texts = toasts.0.iter().map(|toast| &toast.report.text);
            texts.any(|text| Some(text) == loss.shown.as_ref())
        };
        self.lost.retain(there);
    }
}

fn changes(document: &Document, keyed: &KeyedDocument) -> Vec<Change> {
    let of = |(id, rig): (RigId, &std::sync::Arc<Rig>)| {
        let keyed = keyed.rig(id).filter(|keyed| !keyed.changed().is_empty())?;
        Some(Change {
            id,
            rig: rig.name.clone(),
            values: keyed.changes(rig),
        })
    };
    let rigs = document.rig_ids().zip(document.rigs.iter());
    rigs.filter_map(of).collect()
}

/// The operator that ran last.
fn last_call(session: &Session) -> &'static str {
    let mut lines = session.log.lines().rev();
    let last = lines.find_map(|(_, line)| match line {
        Line::Call(called) => Some(called.id),
        Line::Report(_) => None,
    });
    last.unwrap_or_default()
}

impl Change {
    /// Whether the rig holds one of the values now.
    fn holds(&self, document: &Document, held: &Held) -> bool {
        let rig = document.rigs.get(self.id.index());
        let now = rig.filter(|rig| rig.name == self.rig).and_then(|rig| {
            let bone = rig.armature.find(&held.bone)?;
            let (channel, setup) = (rig.channel(bone)?, rig.setup(bone)?);
            keyed::value(channel, setup, &held.property, held.index)
        });
        now == Some(held.value)
    }
}

impl Loss {
    /// What changed values a document no longer holds.
    fn between(before: &Seen, document: &Document) -> Option<Self> {
        let lost = |change: &Change| {
            let mut change = change.clone();
            let held = std::mem::take(&mut change.values);
            let gone = held
                .into_iter()
                .filter(|held| !change.holds(document, held));
            change.values = gone.collect();
            (!change.values.is_empty()).then_some(change)
        };
        let changes: Vec<Change> = before.changes.iter().filter_map(lost).collect();
        let frame = before.document.scene.frame;
        (!changes.is_empty()).then_some(Self {
            frame,
            changes,
            shown: None,
        })
    }

    /// Whether the document holds it all again.
    fn is_back(&self, document: &Document) -> bool {
        if self.frame != document.scene.frame {
            return false;
        }
        let back = |change: &Change| {
            let mut values = change.values.iter();
            values.all(|held| change.holds(document, held))
        };
        self.changes.iter().all(back)
    }

    fn toast(&self) -> Toast {
        let bones = |change: &Change| {
            let mut names: Vec<&str> = change.values.iter().map(|held| &*held.bone).collect();
            names.sort_unstable();
            names.dedup();
            names.len()
        };
        let frame = self.frame;
        let text = match self.changes.iter().map(bones).sum::<usize>() {
            1 => format!("1 changed bone has no key on frame {frame}"),
            count => format!("{count} changed bones have no key on frame {frame}"),
        };
        Toast::new(Level::Warning, text)
            .offer("Discard", Act::Nothing)
            .offer("Key them", Act::Fail(String::new()))
    }
}

impl App {
    /// Brings what is known of keys up to date with the document.
    pub(super) fn follow_keys(&mut self) {
        self.keyed.update(&self.session.document, false);
        if !self.session.is_running() {
            self.unkeyed.look(&self.session, &self.keyed);
        }
    }

    /// Offers to key what was lost, once the pointer lets go: scrubbing goes over many frames.
    pub(super) fn offer_keys(&mut self, ctx: &egui::Context) {
        let idle = self.unkeyed.lost.is_empty() && self.unkeyed.back.is_empty();
        if idle || ctx.input(|input| input.pointer.any_down()) {
            return;
        }
        let before = self.toasts.0.len();
        self.unkeyed.show(&mut self.toasts);
        if self.toasts.0.len() != before {
            ctx.request_repaint();
        }
    }
}
