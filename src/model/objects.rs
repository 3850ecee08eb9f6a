//! The empties of a document, and the names that empties and rigs share: constraints refer to them by name.
//!
//! A document without empties, or without anything to change, keeps its parts as they are.

use std::sync::Arc;

use crate::model::document::{Document, unique_name};
use crate::model::empty::Empty;
use crate::model::id::{BoneId, RigId};

impl Document {
    /// Whether an empty or a rig has this name.
    pub fn has_object(&self, name: &str) -> bool {
        self.rigs.iter().any(|rig| rig.name == name) || self.place_of_empty(name).is_some()
    }

    /// The place of an empty in the list.
    pub fn place_of_empty(&self, name: &str) -> Option<usize> {
        self.empties.iter().position(|empty| empty.name == name)
    }

    /// An empty, to change.
    pub fn empty_mut(&mut self, place: usize) -> Option<&mut Empty> {
        Arc::make_mut(&mut self.empties).get_mut(place)
    }

    /// The places of the selected empties.
    pub fn selected_empties(&self) -> impl Iterator<Item = usize> {
        let all = self.empties.iter().enumerate();
        all.filter(|(_, empty)| empty.select)
            .map(|(place, _)| place)
    }

    /// Adds an empty under a name that is not taken yet, and says where it is in the list.
    pub fn add_empty(&mut self, mut empty: Empty) -> usize {
        empty.name = unique_name(&empty.name, |name| self.has_object(name));
        Arc::make_mut(&mut self.empties).push(empty);
        self.empties.len() - 1
    }

    /// Selects the empties that `wanted` says yes to, and no other.
    pub fn select_empties(&mut self, wanted: impl Fn(usize, &Empty) -> bool) {
        let differs = |(place, empty): (usize, &Empty)| wanted(place, empty) != empty.select;
        if !self.empties.iter().enumerate().any(differs) {
            return;
        }
        for (place, empty) in Arc::make_mut(&mut self.empties).iter_mut().enumerate() {
            empty.select = wanted(place, empty);
        }
    }

    /// Deselects every bone of every rig that is shown; active ones stay active.
    pub fn deselect_bones(&mut self) {
        for id in self.rig_ids() {
            let rig = self.rigs.get(id.index());
            let any = rig.is_some_and(|rig| !rig.hide && !rig.selected.is_empty());
            if let Some(rig) = any.then(|| self.rig_at_mut(id)).flatten() {
                rig.selected.clear();
            }
        }
    }

    /// Removes the empties at these places; constraints that look at them look at nothing.
    pub fn remove_empties(&mut self, places: &[usize]) {
        let gone = |place: &usize| Some(self.empties.get(*place)?.name.clone());
        let names: Vec<String> = places.iter().filter_map(gone).collect();
        for name in &names {
            for (rig, bone) in self.bones_that_refer_to(name) {
                let setup = self.rig_at_mut(rig).and_then(|rig| rig.setup_mut(bone));
                let constraints = setup.map(|setup| &mut setup.constraints);
                constraints
                    .into_iter()
                    .flatten()
                    .for_each(|constraint| constraint.forget_object(name));
            }
        }
        if !names.is_empty() {
            let mut place = 0;
            Arc::make_mut(&mut self.empties).retain(|_| {
                place += 1;
                !places.contains(&(place - 1))
            });
        }
    }

    /// Gives an empty another name, or one with a number where that is taken; constraints follow.
    pub fn rename_empty(&mut self, place: usize, wanted: &str) {
        let Some(old) = self.empties.get(place).map(|empty| empty.name.clone()) else {
            return;
        };
        if old == wanted {
            return;
        }
        let new = unique_name(wanted, |name| name != old && self.has_object(name));
        if let Some(empty) = self.empty_mut(place) {
            empty.name.clone_from(&new);
        }
        self.follow_name(&old, &new);
    }

    /// Lets constraints follow an empty or a rig that got another name.
    pub fn follow_name(&mut self, old: &str, new: &str) {
        for (rig, bone) in self.bones_that_refer_to(old) {
            let setup = self.rig_at_mut(rig).and_then(|rig| rig.setup_mut(bone));
            let constraints = setup.map(|setup| &mut setup.constraints);
            constraints
                .into_iter()
                .flatten()
                .for_each(|constraint| constraint.rename_object(old, new));
        }
    }

    /// The bones with a constraint that refers to an empty or another rig of this name.
    fn bones_that_refer_to(&self, object: &str) -> Vec<(RigId, BoneId)> {
        let mut found = Vec::new();
        for (id, rig) in self.rig_ids().zip(self.rigs.iter()) {
            let bones = rig.pose.setups.iter().enumerate();
            let refers = bones.filter(|(_, setup)| {
                let mut constraints = setup.constraints.iter();
                constraints.any(|constraint| constraint.refers_to(object))
            });
            found.extend(refers.map(|(place, _)| (id, BoneId::new(place))));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rig::Rig;

    #[test]
    fn empties_and_rigs_share_their_names() {
        let mut document = Document::default();
        let named = |name: &str| Empty {
            name: name.to_owned(),
            ..Empty::default()
        };
        document.add_rig(Rig {
            name: "A".to_owned(),
            ..Rig::default()
        });
        assert_eq!(document.add_empty(named("A")), 0);
        document.add_empty(named("B"));
        let names = |document: &Document| -> Vec<String> {
            document.empties.iter().map(|e| e.name.clone()).collect()
        };
        assert_eq!(names(&document), ["A.001", "B"]);
        document.rename_empty(1, "A");
        assert_eq!(names(&document), ["A.001", "A.002"]);
        document.remove_empties(&[0]);
        assert_eq!(names(&document), ["A.002"]);
    }

    #[test]
    fn selecting_what_is_selected_changes_nothing() {
        let mut document = Document::default();
        document.add_empty(Empty::default());
        let before = document.clone();
        document.select_empties(|_, _| false);
        assert!(document.same_pointers(&before));
        document.select_empties(|place, _| place == 0);
        assert_eq!(document.selected_empties().collect::<Vec<_>>(), [0]);
    }
}
