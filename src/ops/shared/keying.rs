//! Keys set in the action of a rig. What is missing is made on the way: action, groups, curves.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::model::action::{Action, Group};
use crate::model::document::{Document, unique_name};
use crate::model::fcurve::{FCurve, KeyKind};
use crate::model::id::RigId;
use crate::model::rig::Rig;
use crate::ops::shared::channels::Held;
use crate::ops::shared::keyed_action::{Tally, action, action_frame, action_mut, is_locked};
use crate::ops::shared::keys::{self, Insert};

/// The group of the channels of a rig itself.
const OWN_GROUP: &str = "Object Transforms";

/// How keys are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Manner {
    /// Where, frames of the action.
    pub frame: f32,
    /// Only where the curve does not give that value already.
    pub needed: bool,
    /// Only in curves that are there.
    pub available: bool,
    /// Only where there is a key already.
    pub replace: bool,
    /// What new keys are for.
    pub kind: KeyKind,
}

impl Manner {
    /// As the user sets keys by hand at a frame of the scene.
    pub fn by_hand(doc: &Document, rig: RigId, frame: f32) -> Self {
        Self {
            frame: action_frame(doc, rig, frame),
            needed: false,
            available: false,
            replace: false,
            kind: doc.scene.key_type,
        }
    }
}

/// Sets a key in each of these channels of a rig, to what they hold.
pub fn insert(doc: &mut Document, id: RigId, wanted: &[Held], manner: &Manner) -> Tally {
    let mut tally = Tally::default();
    let creates = !manner.available && !manner.replace;
    let Some(rig) = doc.rigs.get(id.index()).cloned() else {
        return tally;
    };
    let known = action(doc, &rig).is_some();
    if wanted.is_empty() || !known && !creates {
        return tally;
    }
    let places = places(doc, &rig, wanted);
    let mut new = New::default();
    if known && !there_is_work(doc, &rig, wanted, &places, manner, creates) {
        return tally;
    }
    let name = match rig.animation.active_action.clone().filter(|_| known) {
        Some(name) => name,
        None => add_action(doc, id, &rig.name),
    };
    let Some(action) = action_mut(doc, &name) else {
        return tally;
    };
    let groups = action.groups.clone();
    let locked = |curve: &FCurve| is_locked(&groups, curve);
    for (held, place) in wanted.iter().zip(places) {
        match place.and_then(|place| action.fcurves.get(place)) {
            Some(curve) if locked(curve) => tally.locked += 1,
            // The four curves of a quaternion that turns evenly get their keys together.
            Some(curve) if curve.spherical => {
                let (insert, curve) = (key_of(held, manner), Arc::clone(curve));
                let bone = curve.bone.as_deref();
                if keys::insert_in(action, bone, &held.property, held.index, &insert).is_some() {
                    tally.count(id, &curve, 1);
                }
            }
            Some(curve) => {
                if let Some(keyed) = keyed(curve, held, manner) {
                    tally.count(id, &keyed, 1);
                    if let Some(slot) = place.and_then(|place| action.fcurves.get_mut(place)) {
                        *slot = Arc::new(keyed);
                    }
                }
            }
            None if creates => {
                let curve = fresh(&rig, held);
                if locked(&curve) {
                    tally.locked += 1;
                } else if let Some(curve) = keyed(&curve, held, manner) {
                    tally.count(id, &curve, 1);
                    new.push(curve);
                }
            }
            None => {}
        }
    }
    new.into_action(action);
    tally
}

/// Whether any key would be set; if not, nothing is copied.
fn there_is_work(
    doc: &Document,
    rig: &Rig,
    wanted: &[Held],
    places: &[Option<usize>],
    manner: &Manner,
    creates: bool,
) -> bool {
    let Some(action) = action(doc, rig) else {
        return creates;
    };
    let would = |(held, place): (&Held, &Option<usize>)| match place {
        Some(place) => {
            let curve = action.fcurves.get(*place);
            let open = curve.filter(|curve| !is_locked(&action.groups, curve));
            open.is_some_and(|curve| curve.spherical || keyed(curve, held, manner).is_some())
        }
        None => creates,
    };
    wanted.iter().zip(places).any(would)
}

/// The place of the curve of each of these channels, if it has one.
pub fn places(doc: &Document, rig: &Rig, wanted: &[Held]) -> Vec<Option<usize>> {
    let Some(action) = action(doc, rig) else {
        return vec![None; wanted.len()];
    };
    let mut known: HashMap<(Option<&str>, &str, u32), usize> = HashMap::new();
    for (place, curve) in action.fcurves.iter().enumerate() {
        let key = (curve.bone.as_deref(), curve.property.as_ref(), curve.index);
        known.entry(key).or_insert(place);
    }
    let place = |held: &Held| {
        let bone = held.bone.map(|bone| rig.armature.name(bone));
        known
            .get(&(bone, held.property.as_ref(), held.index))
            .copied()
    };
    wanted.iter().map(place).collect()
}

/// The key that a channel is to get.
fn key_of(held: &Held, manner: &Manner) -> Insert {
    Insert {
        needed: manner.needed,
        replace: manner.replace,
        kind: manner.kind,
        values: Some(held.kind),
        ..Insert::new(manner.frame, held.value)
    }
}

/// The curve with the key in it; none where no key was to be set.
fn keyed(curve: &FCurve, held: &Held, manner: &Manner) -> Option<FCurve> {
    let mut curve = curve.clone();
    keys::insert(&mut curve, &key_of(held, manner))?;
    Some(curve)
}

fn fresh(rig: &Rig, held: &Held) -> FCurve {
    let bone = held.bone.map(|bone| rig.armature.name(bone));
    let mut curve = FCurve::new(bone, &held.property, held.index);
    if bone.is_none() {
        curve.group = Some(OWN_GROUP.into());
    }
    curve
}

fn add_action(doc: &mut Document, id: RigId, rig: &str) -> String {
    let taken = |name: &str| {
        doc.actions.contains_key(name) || doc.assets.iter().any(|asset| asset.name == name)
    };
    let name = unique_name(&format!("{rig}Action"), taken);
    Arc::make_mut(&mut doc.actions).insert(name.clone(), Arc::default());
    if let Some(rig) = doc.rig_at_mut(id) {
        Arc::make_mut(&mut rig.animation).active_action = Some(name.clone());
    }
    name
}

/// Curves that were made, by the name of their group.
#[derive(Default)]
struct New {
    curves: BTreeMap<Arc<str>, Vec<Arc<FCurve>>>,
    /// The groups in the order in which they came.
    order: Vec<Arc<str>>,
}

impl New {
    fn push(&mut self, curve: FCurve) {
        let group = curve.group.clone().unwrap_or_default();
        let curves = self.curves.entry(Arc::clone(&group)).or_insert_with(|| {
            self.order.push(group);
            Vec::new()
        });
        curves.push(Arc::new(curve));
    }

    /// Puts each curve behind the last one of its group; new groups come before the curves without any.
    fn into_action(mut self, action: &mut Action) {
        if self.order.is_empty() {
            return;
        }
        for name in &self.order {
            if !action.groups.iter().any(|(known, _)| **known == **name) {
                let group = Group {
                    select: true,
                    expanded: false,
                    ..Group::default()
                };
                action.groups.push((name.to_string(), group));
            }
        }
        let old = std::mem::take(&mut action.fcurves);
        let mut last: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        for (place, curve) in old.iter().enumerate() {
            if let Some(group) = &curve.group {
                last.insert(Arc::clone(group), place);
            }
        }
        let grouped = last.values().max().map_or(0, |place| place + 1);
        let begun: Vec<_> = self
            .order
            .iter()
            .filter(|name| !last.contains_key(*name))
            .cloned()
            .collect();
        let mut curves = Vec::with_capacity(old.len() + self.curves.len());
        let begin = |curves: &mut Vec<_>, new: &mut Self| {
            for name in &begun {
                curves.append(&mut new.curves.remove(name).unwrap_or_default());
            }
        };
        for (place, curve) in old.into_iter().enumerate() {
            if place == grouped {
                begin(&mut curves, &mut self);
            }
            let group = curve.group.clone();
            curves.push(curve);
            let ends = group.filter(|group| last.get(group) == Some(&place));
            if let Some(mut more) = ends.and_then(|group| self.curves.remove(&group)) {
                curves.append(&mut more);
            }
        }
        begin(&mut curves, &mut self);
        action.fcurves = curves;
    }
}

#[cfg(test)]
mod tests;
