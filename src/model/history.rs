//! Undo: snapshots of the document, capped by the memory they alone hold.

use std::sync::Arc;

use crate::model::document::Document;
use crate::model::pose::{BoneSetup, Channel};
use crate::model::rig::Rig;

/// One step that can be undone or redone.
#[derive(Clone, Debug)]
pub struct Step {
    /// What the user reads.
    pub label: String,
    /// The call that made it, as script text.
    pub call: String,
    /// Steps with the same key that follow each other become one; empty: never.
    pub merge_key: String,
    /// Its number: later steps have greater ones; undo and redo leave it alone.
    pub number: u64,
    /// The document on the far side of the step.
    document: Document,
    bytes: usize,
}

/// Steps behind and ahead of the current document.
#[derive(Clone, Debug)]
pub struct History {
    behind: Vec<Step>,
    ahead: Vec<Step>,
    budget: usize,
    next: u64,
}

impl History {
    /// An empty history that keeps at most `budget` bytes of replaced data.
    pub fn new(budget: usize) -> Self {
        Self {
            behind: Vec::new(),
            ahead: Vec::new(),
            budget,
            next: 0,
        }
    }

    /// Records that `before` became `after`; what could be redone is gone.
    pub fn record(
        &mut self,
        label: &str,
        call: &str,
        merge_key: &str,
        before: &Document,
        after: &Document,
    ) {
        self.ahead.clear();
        if let Some(last) = self.behind.last_mut()
            && !merge_key.is_empty()
            && last.merge_key == merge_key
        {
            last.call = call.to_owned();
            // Dragged back to where it began: nothing to undo.
            if last.document == *after {
                self.behind.pop();
            }
            return;
        }
        self.behind.push(Step {
            label: label.to_owned(),
            call: call.to_owned(),
            merge_key: merge_key.to_owned(),
            number: self.next,
            document: before.clone(),
            bytes: unshared_bytes(before, after),
        });
        self.next += 1;
        self.drop_oldest();
    }

    /// What was before the last step, if a step with this key would merge with it.
    pub fn merging(&self, merge_key: &str) -> Option<&Document> {
        let last = self.behind.last().filter(|_| !merge_key.is_empty())?;
        (last.merge_key == merge_key).then_some(&last.document)
    }

    /// Keeps at most this many bytes of replaced data from now on.
    pub fn set_budget(&mut self, budget: usize) {
        self.budget = budget;
        self.drop_oldest();
    }

    fn drop_oldest(&mut self) {
        let mut held: usize = self.behind.iter().map(|step| step.bytes).sum();
        let mut drop = 0;
        while held > self.budget && drop + 1 < self.behind.len() {
            held -= self.behind.get(drop).map_or(0, |step| step.bytes);
            drop += 1;
        }
        self.behind.drain(..drop);
    }

    /// Steps back: `current` becomes what it was before the last step, whose label comes back.
    pub fn undo(&mut self, current: &mut Document) -> Option<String> {
        let step = self.behind.pop()?;
        let label = step.label.clone();
        self.ahead.push(Self::cross(step, current));
        Some(label)
    }

    /// Steps forward again.
    pub fn redo(&mut self, current: &mut Document) -> Option<String> {
        let step = self.ahead.pop()?;
        let label = step.label.clone();
        self.behind.push(Self::cross(step, current));
        Some(label)
    }

    fn cross(mut step: Step, current: &mut Document) -> Step {
        std::mem::swap(&mut step.document, current);
        step.merge_key.clear();
        step
    }

    /// Steps that can be undone, the last one last.
    pub fn behind(&self) -> &[Step] {
        &self.behind
    }

    /// Steps that can be redone, the next one last.
    pub fn ahead(&self) -> &[Step] {
        &self.ahead
    }

    /// The number that the next step will get.
    pub fn next_number(&self) -> u64 {
        self.next
    }

    /// Lets no later step merge with the last one.
    pub fn seal(&mut self) {
        if let Some(last) = self.behind.last_mut() {
            last.merge_key.clear();
        }
    }

    /// Forgets what could be redone.
    pub fn forget_ahead(&mut self) {
        self.ahead.clear();
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.behind.clear();
        self.ahead.clear();
    }
}

/// Roughly how many bytes `a` holds that `b` does not share.
fn unshared_bytes(a: &Document, b: &Document) -> usize {
    const POINTER: usize = 8;
    let mut bytes = 0;
    if !Arc::ptr_eq(&a.rigs, &b.rigs) {
        bytes += a.rigs.len() * POINTER;
        for (place, rig) in a.rigs.iter().enumerate() {
            match b.rigs.get(place) {
                Some(other) if Arc::ptr_eq(rig, other) => {}
                Some(other) => bytes += unshared_rig_bytes(rig, Some(other)),
                None => bytes += unshared_rig_bytes(rig, None),
            }
        }
    }
    if !Arc::ptr_eq(&a.actions, &b.actions) {
        for (name, action) in a.actions.iter() {
            let other = b.actions.get(name);
            if other.is_some_and(|other| Arc::ptr_eq(other, action)) {
                continue;
            }
            bytes += name.len() + action.fcurves.len() * POINTER;
            for (place, curve) in action.fcurves.iter().enumerate() {
                let twin = other.and_then(|other| other.fcurves.get(place));
                if twin.is_some_and(|twin| Arc::ptr_eq(twin, curve)) {
                    continue;
                }
                bytes += size_of_val(curve.as_ref()) + curve.selection.keys.heap_bytes() * 3;
                if !twin.is_some_and(|twin| Arc::ptr_eq(&twin.keys, &curve.keys)) {
                    bytes += size_of_val(curve.keys.as_slice());
                }
            }
        }
    }
    if !Arc::ptr_eq(&a.assets, &b.assets) {
        bytes += a.assets.len() * POINTER;
    }
    bytes
}

fn unshared_rig_bytes(a: &Rig, b: Option<&Arc<Rig>>) -> usize {
    let mut bytes = size_of::<Rig>() + a.selected.heap_bytes() + a.hidden.heap_bytes();
    if !b.is_some_and(|b| Arc::ptr_eq(&a.pose.channels, &b.pose.channels)) {
        bytes += a.pose.channels.len() * size_of::<Channel>();
    }
    if !b.is_some_and(|b| Arc::ptr_eq(&a.pose.setups, &b.pose.setups)) {
        let shared = |place: usize, setup| {
            b.and_then(|b| b.pose.setups.get(place))
                .is_some_and(|o| Arc::ptr_eq(o, setup))
        };
        let own = a.pose.setups.iter().enumerate();
        let own = own.filter(|(place, setup)| !shared(*place, setup));
        let path = |(place, setup): (usize, &Arc<BoneSetup>)| {
            let path = setup.motion_path.as_ref();
            let twin = b.and_then(|b| b.pose.setups.get(place)?.motion_path.as_ref());
            let same = twin.zip(path).is_some_and(|(a, b)| Arc::ptr_eq(a, b));
            path.filter(|_| !same).map_or(0, |path| path.heap_bytes())
        };
        let own: usize = own.map(|setup| 512 + path(setup)).sum();
        bytes += a.pose.setups.len() * 8 + own;
    }
    if !b.is_some_and(|b| Arc::ptr_eq(&a.armature, &b.armature)) {
        bytes += a.armature.bones.len() * 256;
    }
    if !b.is_some_and(|b| Arc::ptr_eq(&a.meshes, &b.meshes)) {
        bytes += a.meshes.iter().map(|mesh| mesh.heap_bytes()).sum::<usize>();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::armature::Armature;
    use crate::model::bone::Bone;

    fn document(bones: usize) -> Document {
        let mut document = Document::default();
        let bones = (0..bones).map(|i| {
            Arc::new(Bone {
                name: format!("b{i}").into(),
                ..Bone::default()
            })
        });
        document.add_rig(Rig::new(
            "rig".to_owned(),
            Armature {
                bones: bones.collect(),
                ..Armature::default()
            },
        ));
        document
    }

    fn moved(document: &Document, x: f32) -> Document {
        let mut document = document.clone();
        if let Some(channel) = document
            .rig_mut()
            .and_then(|rig| rig.channel_mut(crate::model::id::BoneId(0)))
        {
            channel.location.x = x;
        }
        document
    }

    #[test]
    fn undo_and_redo_give_the_documents_back() {
        let mut history = History::new(1 << 20);
        let start = document(3);
        let mut current = moved(&start, 1.0);
        let end = current.clone();
        history.record("Move", "x()", "", &start, &current);
        assert_eq!(history.undo(&mut current).as_deref(), Some("Move"));
        assert_eq!(current, start);
        assert_eq!(history.redo(&mut current).as_deref(), Some("Move"));
        assert_eq!(current, end);
        assert_eq!(history.redo(&mut current), None);
    }

    #[test]
    fn the_budget_drops_the_oldest_steps_and_keeps_the_last() {
        let mut history = History::new(100_000);
        let mut current = document(300);
        for step in 0..50 {
            let after = moved(&current, 1.0 + step as f32);
            history.record(&step.to_string(), "", "", &current, &after);
            current = after;
        }
        assert!(history.behind().len() < 10, "{}", history.behind().len());
        assert_eq!(
            history.behind().last().map(|s| s.label.as_str()),
            Some("49")
        );
    }

    #[test]
    fn a_smaller_budget_counts_at_once() {
        let mut history = History::new(1 << 30);
        let mut current = document(300);
        for step in 0..50 {
            let after = moved(&current, 1.0 + step as f32);
            history.record("", "", "", &current, &after);
            current = after;
        }
        assert_eq!(history.behind().len(), 50);
        history.set_budget(100_000);
        assert!(history.behind().len() < 10, "{}", history.behind().len());
    }

    #[test]
    fn a_step_that_ends_where_it_began_is_dropped() {
        let start = document(4);
        let away = moved(&start, 1.0);
        let back = moved(&away, 0.0);
        let mut history = History::new(1 << 20);
        history.record("Drag", "drag(1)", "gesture 1", &start, &away);
        assert_eq!(history.behind().len(), 1);
        history.record("Drag", "drag(0)", "gesture 1", &away, &back);
        assert!(back == start && history.behind().is_empty());
    }

    #[test]
    fn steps_with_one_merge_key_are_one_step() {
        let mut history = History::new(1 << 20);
        let start = document(3);
        let (a, b) = (moved(&start, 1.0), moved(&start, 2.0));
        history.record("Set", "x(1)", "loc", &start, &a);
        history.record("Set", "x(2)", "loc", &a, &b);
        let mut current = b;
        history.undo(&mut current);
        assert_eq!(current, start);
        assert!(history.undo(&mut current).is_none());
    }
}
