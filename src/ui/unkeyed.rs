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
use crate::ui::acts::{Act, quoted};
use crate::ui::app::App;
use crate::ui::toasts::{Toast, Toasts};

/// Changes that were lost.
#[derive(Default)]
pub struct Unkeyed {
    lost: Vec<Loss>,
    /// What the toasts said of changes that are back.
    back: Vec<String>,
    /// Looks at documents that were left.
    keyed: KeyedDocument,
}

/// The changes of a rig.
#[derive(Clone)]
struct Change {
    id: RigId,
    rig: String,
    values: Vec<Held>,
}

/// Changes of a frame that were lost.
struct Loss {
    frame: f32,
    changes: Vec<Change>,
    /// What the toast says, once it is shown.
    shown: Option<String>,
}

impl Unkeyed {
    /// Takes in that a document was `left` for another frame, and what is there now.
    fn look(&mut self, left: Option<&Document>, session: &Session) {
        let document = &session.document;
        if !self.lost.is_empty() {
            let replaced = replaced(session);
            let stays = |loss: &Loss| !replaced && !loss.is_back(document);
            let (lost, back) = self.lost.drain(..).partition::<Vec<_>, _>(stays);
            self.lost = lost;
            self.back
                .extend(back.into_iter().filter_map(|loss| loss.shown));
        }
        if let Some(left) = left.filter(|left| !left.scene.auto_key) {
            self.keyed.update(left, false);
            let changes = changes(left, &self.keyed);
            self.lost
                .extend(Loss::new(left.scene.frame, &changes, document));
            // What is not looked at is not kept alive.
            self.keyed = KeyedDocument::default();
        }
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

/// Whether the call that ran last dropped the document.
fn replaced(session: &Session) -> bool {
    let mut lines = session.log.lines().rev();
    let last = lines.find_map(|(_, line)| match line {
        Line::Call(called) => Some(called.id),
        Line::Report(_) => None,
    });
    let entry = last.and_then(registry::find);
    entry.is_some_and(|entry| entry.info.discards)
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
    /// What of the changes of a frame a document no longer holds.
    fn new(frame: f32, changes: &[Change], document: &Document) -> Option<Self> {
        let lost = |change: &Change| {
            let gone = change
                .values
                .iter()
                .filter(|held| !change.holds(document, held));
            let values: Vec<Held> = gone.cloned().collect();
            (!values.is_empty()).then(|| Change {
                values,
                ..change.clone()
            })
        };
        let changes: Vec<Change> = changes.iter().filter_map(lost).collect();
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
            .offer("Key them", Act::Several(self.calls()))
    }

    /// What keys the changes on their frame, a call per rig.
    fn calls(&self) -> Vec<Act> {
        let (frame, merge) = (self.frame, format!("key lost changes {}", self.frame));
        let call = |change: &Change| {
            let values = change.values.iter().map(|held| {
                let (bone, property) = (quoted(&held.bone), quoted(&held.property));
                format!("({bone}, {property}, {}, {:?})", held.index, held.value)
            });
            let (rig, values) = (quoted(&change.rig), values.collect::<Vec<_>>().join(", "));
            format!("anim.keyframe_insert_values(rig: {rig}, frame: {frame:?}, values: [{values}])")
        };
        let calls = self.changes.iter().map(call);
        calls.map(|call| Act::run(&call, &merge)).collect()
    }
}

impl App {
    /// Brings what is known of keys up to date with the document.
    pub(super) fn follow_keys(&mut self) {
        let playing = self.session.playing().is_some();
        self.keyed.update(&self.session.document, playing);
        if !self.session.is_running() && !playing {
            let left = self.session.take_left();
            self.unkeyed.look(left.as_ref(), &self.session);
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
