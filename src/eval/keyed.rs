//! How the channels of a rig stand to the curves of its active action: animated, with a key at this frame, or
//! changed since.
//!
//! What was seen is kept alive, so an equal pointer means that nothing changed: a drag compares values, a new
//! frame evaluates curves, and only a new action looks names up. While an animation plays nothing can differ
//! from it, and only keys are looked for.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::eval::animation;
use crate::model::action::Action;
use crate::model::armature::Armature;
use crate::model::bits::BitSet;
use crate::model::document::Document;
use crate::model::fcurve::FCurve;
use crate::model::id::{BoneId, RigId};
use crate::model::pose::{BoneSetup, Channel, Custom, RotationMode};
use crate::model::rig::Rig;

/// Values closer than this, against their size where that is above 1, are the same but for rounding.
const ROUNDING: f32 = 1e-5;

/// How a channel stands to its curve; later ones matter more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keyed {
    /// It has no curve.
    #[default]
    Free,
    /// It has a curve.
    Animated,
    /// Its curve has a key at the current frame.
    Here,
    /// It has a curve, and holds another value than that gives.
    Changed,
}

/// A channel with the value that it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The bone's name.
    pub bone: String,
    /// The name of the property, as curves have it.
    pub property: Arc<str>,
    /// Which component of the property.
    pub index: u32,
    /// The value.
    pub value: f32,
}

/// A channel of a bone that has a curve.
#[derive(Clone, Debug)]
struct Slot {
    bone: BoneId,
    curve: Arc<FCurve>,
    /// What the curve gives; nothing where it is switched off, or was not evaluated.
    value: Option<f32>,
    key: bool,
    state: Keyed,
}

/// The channels of one rig, kept up to date.
#[derive(Clone, Debug, Default)]
pub struct KeyedRig {
    armature: Option<Arc<Armature>>,
    action: Option<Arc<Action>>,
    channels: Option<Arc<Vec<Channel>>>,
    setups: Option<Arc<Vec<Arc<BoneSetup>>>>,
    /// The frame that was looked at, and whether curves were evaluated there.
    frame: Option<(f32, bool)>,
    /// In order of bone, property and index.
    slots: Vec<Slot>,
    /// Where each bone's slots begin; one more than there are bones.
    starts: Vec<usize>,
    keyed: BitSet,
    changed: BitSet,
}

impl KeyedRig {
    /// How a channel stands to its curve.
    pub fn state(&self, bone: BoneId, property: &str, index: u32) -> Keyed {
        let slots = self.slots_of(bone);
        let wanted = (property, index);
        let found = slots.binary_search_by(|slot| slot.name().cmp(&wanted));
        let slot = found.ok().and_then(|place| slots.get(place));
        slot.map_or(Keyed::Free, |slot| slot.state)
    }

    /// Whether any channel of the bone has a key at the current frame.
    pub fn has_key(&self, bone: BoneId) -> bool {
        self.keyed.contains(bone.index())
    }

    /// Whether any animated channel of the bone was changed.
    pub fn is_changed(&self, bone: BoneId) -> bool {
        self.changed.contains(bone.index())
    }

    /// The bones with animated channels that were changed.
    pub fn changed(&self) -> &BitSet {
        &self.changed
    }

    /// The values of all animated channels that were changed; `rig` is the one last looked at.
    pub fn changes(&self, rig: &Rig) -> Vec<Held> {
        let changed = self
            .slots
            .iter()
            .filter(|slot| slot.state == Keyed::Changed);
        let held = |slot: &Slot| {
            let (channel, setup) = (rig.channel(slot.bone)?, rig.setup(slot.bone)?);
            Some(Held {
                bone: rig.armature.name(slot.bone).to_owned(),
                property: Arc::clone(&slot.curve.property),
                index: slot.curve.index,
                value: value(channel, setup, &slot.curve.property, slot.curve.index)?,
            })
        };
        changed.filter_map(held).collect()
    }

    fn slots_of(&self, bone: BoneId) -> &[Slot] {
        let ends = self.starts.get(bone.index()..=bone.index() + 1);
        let range = ends.and_then(|ends| Some(*ends.first()?..*ends.last()?));
        range
            .and_then(|range| self.slots.get(range))
            .unwrap_or_default()
    }

    /// Brings everything up to date; `compare` if channels may differ from their curves.
    fn update(&mut self, rig: &Rig, action: Option<&Arc<Action>>, frame: f32, compare: bool) {
        let known =
            same(self.armature.as_ref(), Some(&rig.armature)) && same(self.action.as_ref(), action);
        if !known {
            self.look_up(rig, action);
            self.frame = None;
        }
        let stands = self
            .frame
            .is_some_and(|(before, compared)| before == frame && (compared || !compare));
        if !stands {
            self.evaluate(frame, compare);
            self.frame = Some((frame, compare));
        }
        let held = same(self.channels.as_ref(), Some(&rig.pose.channels))
            && same(self.setups.as_ref(), Some(&rig.pose.setups));
        if !(stands && held) {
            self.compare(rig);
            self.channels = Some(Arc::clone(&rig.pose.channels));
            self.setups = Some(Arc::clone(&rig.pose.setups));
        }
    }

    /// Finds the bones of an action's curves.
    fn look_up(&mut self, rig: &Rig, action: Option<&Arc<Action>>) {
        self.armature = Some(Arc::clone(&rig.armature));
        self.action = action.map(Arc::clone);
        self.slots.clear();
        self.starts.clear();
        let bones = &rig.armature.bones;
        if let Some(action) = action {
            let named = bones.iter().enumerate();
            let names: BTreeMap<&str, BoneId> = named
                .map(|(place, bone)| (bone.name.as_ref(), BoneId::new(place)))
                .collect();
            let slot = |curve: &Arc<FCurve>| {
                Some(Slot {
                    bone: *names.get(curve.bone.as_deref()?)?,
                    curve: Arc::clone(curve),
                    value: None,
                    key: false,
                    state: Keyed::Animated,
                })
            };
            self.slots.extend(action.fcurves.iter().filter_map(slot));
            self.slots
                .sort_by(|a, b| (a.bone, a.name()).cmp(&(b.bone, b.name())));
        }
        let start = |bone: usize| self.slots.partition_point(|slot| slot.bone.index() < bone);
        self.starts.extend((0..=bones.len()).map(start));
    }

    /// Looks for keys at a frame, and for what the curves give there where it is wanted.
    fn evaluate(&mut self, frame: f32, values: bool) {
        self.keyed.clear();
        let ranges = self.starts.iter().zip(self.starts.iter().skip(1));
        let ranges: Vec<Range<usize>> = ranges.map(|(start, end)| *start..*end).collect();
        for slots in ranges {
            let Some(slots) = self.slots.get_mut(slots) else {
                continue;
            };
            let together = if values {
                together(slots)
            } else {
                Action::default()
            };
            for slot in slots {
                let curve = slot.curve.as_ref();
                slot.key = curve.key_at(frame).is_some();
                if slot.key {
                    self.keyed.set(slot.bone.index(), true);
                }
                let drives = !(curve.mute || curve.keys.is_empty() && curve.modifiers.is_empty());
                slot.value = (values && drives)
                    .then(|| animation::curve_value(&together, &slot.curve, frame));
            }
        }
    }

    /// Compares what the channels hold with what the curves give.
    fn compare(&mut self, rig: &Rig) {
        self.changed.clear();
        for slot in &mut self.slots {
            let differs = slot.value.is_some_and(|given| {
                let held = rig.channel(slot.bone).zip(rig.setup(slot.bone));
                held.is_some_and(|(channel, setup)| differs(channel, setup, &slot.curve, given))
            });
            slot.state = match (differs, slot.key) {
                (true, _) => Keyed::Changed,
                (false, true) => Keyed::Here,
                (false, false) => Keyed::Animated,
            };
            if differs {
                self.changed.set(slot.bone.index(), true);
            }
        }
    }
}

impl Slot {
    fn name(&self) -> (&str, u32) {
        (&self.curve.property, self.curve.index)
    }
}

/// The spherical curves of a bone as an action of their own, so that each finds its siblings at once.
fn together(slots: &[Slot]) -> Action {
    let spherical = slots.iter().filter(|slot| slot.curve.spherical);
    Action {
        fcurves: spherical.map(|slot| Arc::clone(&slot.curve)).collect(),
        ..Action::default()
    }
}

fn same<T>(known: Option<&Arc<T>>, now: Option<&Arc<T>>) -> bool {
    match (known, now) {
        (Some(known), Some(now)) => Arc::ptr_eq(known, now),
        (None, None) => true,
        _ => false,
    }
}

/// Whether a channel holds something else than its curve gives.
fn differs(channel: &Channel, setup: &BoneSetup, curve: &FCurve, given: f32) -> bool {
    let property = curve.property.as_ref();
    if property.starts_with("rotation_") && property != rotation_property(channel.mode) {
        // Another kind of rotation than the one that counts moves nothing.
        return false;
    }
    let custom = animation::custom_name(property).and_then(|name| setup.custom.get(name.as_ref()));
    if let Some(custom @ (Custom::Bool(_) | Custom::Int(_))) = custom {
        let mut animated = custom.clone();
        animation::write_custom(&mut animated, 0, given);
        return animated != *custom;
    }
    let held = value(channel, setup, property, curve.index);
    held.is_some_and(|held| {
        let size = held.abs().max(given.abs()).max(1.0);
        (held - given).abs() > ROUNDING * size
    })
}

/// The property that holds the rotation in a mode, as curves name it.
pub fn rotation_property(mode: RotationMode) -> &'static str {
    match mode {
        RotationMode::Quaternion => "rotation_quaternion",
        RotationMode::AxisAngle => "rotation_axis_angle",
        _ => "rotation_euler",
    }
}

/// What a channel holds; nothing where the bone has no such channel, or it is no number.
pub fn value(channel: &Channel, setup: &BoneSetup, property: &str, index: u32) -> Option<f32> {
    let index = usize::try_from(index).ok()?;
    match property {
        "location" => channel.location.as_ref().get(index).copied(),
        "rotation_quaternion" => channel.quaternion.get(index).copied(),
        "rotation_euler" => channel.euler.as_ref().get(index).copied(),
        "rotation_axis_angle" => channel.axis_angle.get(index).copied(),
        "scale" => channel.scale.as_ref().get(index).copied(),
        _ => match animation::custom_name(property) {
            Some(name) => custom_value(setup.custom.get(name.as_ref())?, index),
            None => {
                let mut bendy = setup.bbone.clone();
                animation::bendy(&mut bendy, property, index).copied()
            }
        },
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "curves are f32"
)]
fn custom_value(custom: &Custom, index: usize) -> Option<f32> {
    match custom {
        Custom::Bool(on) => Some(f32::from(u8::from(*on))),
        Custom::Int(number) => Some(*number as f32),
        Custom::Float(number) => Some(*number as f32),
        Custom::Text(_) => None,
        Custom::Numbers(numbers) => numbers.get(index).map(|number| *number as f32),
    }
}

/// The channels of all rigs of a document, kept up to date.
#[derive(Clone, Debug, Default)]
pub struct KeyedDocument {
    rigs: Vec<KeyedRig>,
}

impl KeyedDocument {
    /// Brings everything up to date; `playing` while the document shows nothing but its animation.
    pub fn update(&mut self, document: &Document, playing: bool) {
        let frame = document.scene.frame;
        self.rigs
            .resize_with(document.rigs.len(), KeyedRig::default);
        for (keyed, rig) in self.rigs.iter_mut().zip(document.rigs.iter()) {
            keyed.update(rig, shown_action(document, rig), frame, !playing);
        }
    }

    /// The channels of a rig as last looked at.
    pub fn rig(&self, id: RigId) -> Option<&KeyedRig> {
        self.rigs.get(id.index())
    }
}

/// The action that moves a rig at the document's frame; none while that of a strip is edited, which runs at
/// frames of its own.
fn shown_action<'a>(document: &'a Document, rig: &Rig) -> Option<&'a Arc<Action>> {
    let animation = &rig.animation;
    let name = animation.active_action.as_ref();
    name.filter(|_| !animation.use_tweak_mode)
        .and_then(|name| document.actions.get(name))
}

#[cfg(test)]
mod tests;
