//! The document: everything that is saved and that undo covers.
//!
//! A snapshot is a clone: it copies pointers only. Writing goes through `Arc::make_mut`, so a step costs
//! the parts it replaces.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::action::Action;
use crate::model::asset::Asset;
use crate::model::empty::Empty;
use crate::model::id::RigId;
use crate::model::rig::Rig;
use crate::model::settings::SceneSettings;

/// A document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Time, markers, keying.
    pub scene: Arc<SceneSettings>,
    /// Rigs; operators act on the active one and on others with selected bones.
    pub rigs: Arc<Vec<Arc<Rig>>>,
    /// The rig last clicked or chosen.
    pub active_rig: Option<RigId>,
    /// Actions by their unique names.
    pub actions: Arc<BTreeMap<String, Arc<Action>>>,
    /// Pose assets of this document.
    pub assets: Arc<Vec<Arc<Asset>>>,
    /// Name of the active pose asset.
    pub active_asset: Option<String>,
    /// Named transforms that constraints may target.
    pub empties: Arc<Vec<Empty>>,
}

impl Document {
    /// The active rig.
    pub fn rig(&self) -> Option<&Arc<Rig>> {
        self.rigs.get(self.active_rig?.index())
    }

    /// The active rig, to change.
    pub fn rig_mut(&mut self) -> Option<&mut Rig> {
        self.rig_at_mut(self.active_rig?)
    }

    /// A rig, to change.
    pub fn rig_at_mut(&mut self, id: RigId) -> Option<&mut Rig> {
        Arc::make_mut(&mut self.rigs)
            .get_mut(id.index())
            .map(Arc::make_mut)
    }

    /// The action of this name; a pose asset is one too.
    pub fn action(&self, name: &str) -> Option<&Arc<Action>> {
        let assets = || self.assets.iter().find(|asset| asset.name == name);
        let action = self.actions.get(name);
        action.or_else(|| assets().map(|asset| &asset.action))
    }

    /// Every rig's key.
    pub fn rig_ids(&self) -> impl Iterator<Item = RigId> + use<> {
        (0..self.rigs.len()).map(RigId::new)
    }

    /// The rigs that operators on selected bones reach: the active one first, then every other one with a
    /// selected bone that can be seen.
    pub fn posed_rigs(&self) -> Vec<RigId> {
        let others = self.rig_ids().filter(|&id| Some(id) != self.active_rig);
        let reached = others.filter(|id| {
            self.rigs
                .get(id.index())
                .is_some_and(|rig| !rig.selected_bones().is_empty())
        });
        self.active_rig.into_iter().chain(reached).collect()
    }

    /// Adds a rig under a name that is not taken yet, and makes it the active one.
    pub fn add_rig(&mut self, mut rig: Rig) -> RigId {
        rig.name = unique_name(&rig.name, |name| self.has_object(name));
        let id = RigId::new(self.rigs.len());
        Arc::make_mut(&mut self.rigs).push(Arc::new(rig));
        self.active_rig = Some(id);
        id
    }

    /// Adds an action under a name that is not taken yet, and gives that name.
    pub fn add_action(&mut self, wanted: &str, action: Action) -> String {
        let name = unique_name(wanted, |name| self.actions.contains_key(name));
        Arc::make_mut(&mut self.actions).insert(name.clone(), Arc::new(action));
        name
    }

    /// Whether the two are one and the same, by their pointers alone: fast, and never true of a change.
    pub fn same_pointers(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.scene, &other.scene)
            && (Arc::ptr_eq(&self.rigs, &other.rigs)
                || self.rigs.len() == other.rigs.len()
                    && self
                        .rigs
                        .iter()
                        .zip(other.rigs.iter())
                        .all(|(a, b)| Arc::ptr_eq(a, b)))
            && self.active_rig == other.active_rig
            && Arc::ptr_eq(&self.actions, &other.actions)
            && Arc::ptr_eq(&self.assets, &other.assets)
            && self.active_asset == other.active_asset
            && Arc::ptr_eq(&self.empties, &other.empties)
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.same_pointers(other)
            || self.scene == other.scene
                && self.active_rig == other.active_rig
                && self.active_asset == other.active_asset
                && self.rigs.len() == other.rigs.len()
                && self
                    .rigs
                    .iter()
                    .zip(other.rigs.iter())
                    .all(|(a, b)| Arc::ptr_eq(a, b) || a == b)
                && self.actions.len() == other.actions.len()
                && self
                    .actions
                    .iter()
                    .zip(other.actions.iter())
                    .all(|((n, a), (m, b))| n == m && (Arc::ptr_eq(a, b) || a == b))
                && self.assets == other.assets
                && self.empties == other.empties
    }
}

/// How long a name may be, in bytes.
pub const MAX_NAME: usize = 63;

/// As much of a name as has room in so many bytes.
pub fn shortened(name: &str, room: usize) -> String {
    let end = name.floor_char_boundary(room);
    name.get(..end).unwrap_or_default().to_owned()
}

/// `wanted`, or if that is taken its base with the next free number: `Bone`, `Bone.001`, `Bone.002`.
pub fn unique_name(wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    let wanted = shortened(wanted, MAX_NAME);
    if !taken(&wanted) {
        return wanted;
    }
    let (base, number) = match wanted.rsplit_once('.') {
        Some((base, digits))
            if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) =>
        {
            (base, digits.parse::<u32>().unwrap_or(0))
        }
        _ => (wanted.as_str(), 0),
    };
    let mut number = u64::from(number);
    loop {
        number += 1;
        let tail = format!(".{number:03}");
        let name = format!("{}{tail}", shortened(base, MAX_NAME - tail.len()));
        if !taken(&name) {
            return name;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_gets_the_next_number() {
        let taken = ["Bone", "Bone.001", "Arm.009"];
        let unique = |name| unique_name(name, |n| taken.contains(&n));
        assert_eq!(unique("Free"), "Free");
        assert_eq!(unique("Bone"), "Bone.002");
        assert_eq!(unique("Bone.001"), "Bone.002");
        assert_eq!(unique("Arm.009"), "Arm.010");
    }

    #[test]
    fn a_snapshot_shares_everything() {
        let mut document = Document::default();
        document.add_rig(Rig::default());
        let snapshot = document.clone();
        assert!(document.same_pointers(&snapshot));
        if let Some(rig) = document.rig_mut() {
            rig.hidden.set(3, true);
        }
        assert!(!document.same_pointers(&snapshot));
        assert_ne!(document, snapshot);
    }
}
