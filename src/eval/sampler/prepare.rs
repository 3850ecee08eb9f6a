//! How the curves of an action are sorted into lanes, turns and single ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::eval::sampler::clock::Clock;
use crate::eval::sampler::lanes::LANES;
use crate::eval::sampler::turn::Turn;
use crate::eval::sampler::write::{Property, Write};
use crate::eval::sampler::{Other, Place, Sampler, Single};
use crate::model::action::Action;
use crate::model::armature::Armature;
use crate::model::fcurve::FCurve;
use crate::model::id::BoneId;

/// Where a value goes, once all values have their places.
#[derive(Clone, Copy, Debug)]
enum From {
    /// Of the lanes.
    Lane(usize),
    /// Which turn and component.
    Turn(usize, usize),
    /// Which of the single curves.
    Single(usize),
}

impl Sampler {
    /// Takes over an action that differs from the one known in the values of some curves; whether that
    /// was possible.
    pub(super) fn take_changes(&mut self, action: &Arc<Action>) -> bool {
        let Some((known, armature)) = self.known.clone() else {
            return false;
        };
        if known.fcurves.len() != action.fcurves.len() || self.places.len() != known.fcurves.len() {
            return false;
        }
        let pairs = known.fcurves.iter().zip(&action.fcurves).enumerate();
        for (place, (old, new)) in pairs.filter(|(_, (old, new))| !Arc::ptr_eq(old, new)) {
            let Some(&Place::Lane(group, lane)) = self.places.get(place) else {
                return false;
            };
            if !goes_alike(old, new) || !self.lanes.fill(new, group, lane) {
                return false;
            }
        }
        self.known = Some((Arc::clone(action), armature));
        true
    }

    pub(super) fn prepare_whole(&mut self, action: &Arc<Action>, armature: &Arc<Armature>) {
        self.clocks.clear();
        self.lanes.clear();
        self.turns.clear();
        self.single.clear();
        self.places.clear();
        let lengths = action.fcurves.iter().map(|curve| curve.keys.len());
        self.lanes.reserve(lengths.sum());
        let mut sorter = Sorter::new(armature);
        let mut rest = action.fcurves.as_slice();
        while let [curve, after @ ..] = rest {
            if let Some((four, after)) = rest.split_first_chunk::<4>()
                && sorter.reaches(curve)
                && Turn::fits(four)
            {
                self.take_turn(four, &mut sorter);
                rest = after;
            } else {
                let place = self.take_curve(curve, &mut sorter);
                self.places.push(place);
                rest = after;
            }
        }
        self.route(&sorter.targets);
        self.known = Some((Arc::clone(action), Arc::clone(armature)));
    }

    fn take_turn(&mut self, four: &[Arc<FCurve>; 4], sorter: &mut Sorter) {
        let [first, ..] = four;
        let clock = self.clock(first, sorter);
        let turn = self.turns.len();
        self.turns.push(Turn::new(clock, four.clone(), 0));
        for (component, curve) in four.iter().enumerate() {
            sorter
                .targets
                .push((Arc::clone(curve), sorter.bone, From::Turn(turn, component)));
            self.places.push(Place::Elsewhere);
        }
    }

    fn take_curve(&mut self, curve: &Arc<FCurve>, sorter: &mut Sorter) -> Place {
        let idle = curve.mute || curve.keys.is_empty() && curve.modifiers.is_empty();
        if idle || !sorter.reaches(curve) {
            return Place::Nowhere;
        }
        let simple = !curve.spherical && !curve.int_values && !curve.keys.is_empty();
        let mut found = None;
        if simple && Clock::fits_any(curve) {
            let clock = self.clock(curve, sorter);
            let blocks = self.clocks.get(clock).map_or(0, Clock::blocks);
            let open = sorter.open.get_mut(clock);
            found = open.and_then(|open| self.lanes.take(curve, (clock, blocks), open));
        }
        let (place, from) = match found {
            Some((group, lane)) => (Place::Lane(group, lane), From::Lane(group * LANES + lane)),
            None => {
                let curve = Arc::clone(curve);
                self.single.push(Single { curve, at: 0 });
                (Place::Elsewhere, From::Single(self.single.len() - 1))
            }
        };
        sorter.targets.push((Arc::clone(curve), sorter.bone, from));
        place
    }

    /// The clock that a curve goes by, made if there is none.
    fn clock(&mut self, curve: &Arc<FCurve>, sorter: &mut Sorter) -> usize {
        let fits = |place: &usize| {
            self.clocks
                .get(*place)
                .is_some_and(|clock| clock.fits(curve))
        };
        let known = Some(sorter.last_clock).filter(fits);
        let place = known.or_else(|| (0..self.clocks.len()).rev().find(fits));
        sorter.last_clock = place.unwrap_or_else(|| {
            self.clocks.push(Clock::of(curve));
            sorter.open.push(None);
            self.clocks.len() - 1
        });
        sorter.last_clock
    }

    /// Gives every value its place, and every place its channel.
    fn route(&mut self, targets: &[(Arc<FCurve>, Option<usize>, From)]) {
        let turns = self.lanes.values();
        let single = turns + self.turns.len() * 4;
        for (place, turn) in self.turns.iter_mut().enumerate() {
            turn.at = turns + place * 4;
        }
        for (place, curve) in self.single.iter_mut().enumerate() {
            curve.at = single + place;
        }
        self.values.clear();
        self.values.resize(single + self.single.len(), 0.0);
        self.writes.clear();
        self.others.clear();
        for (curve, bone, from) in targets {
            let at = match from {
                From::Lane(at) => *at,
                From::Turn(turn, component) => turns + turn * 4 + component,
                From::Single(place) => single + place,
            };
            match (bone, Property::named(&curve.property)) {
                (Some(bone), Some(property)) => self.add_write(*bone, property, curve.index, at),
                _ => {
                    let (bone, curve) = (bone.map(BoneId::new), Arc::clone(curve));
                    self.others.push(Other { bone, curve, at });
                }
            }
        }
        self.writes.sort_by_key(|write| write.bone);
    }

    fn add_write(&mut self, bone: usize, property: Property, index: u32, at: usize) {
        let last = self.writes.last_mut();
        if last.is_some_and(|last| last.take(bone, property, index, at)) {
            return;
        }
        let mut write = Write {
            bone,
            property,
            at: [None; 4],
        };
        if write.take(bone, property, index, at) {
            self.writes.push(write);
        }
    }
}

/// Whether a curve can take the place of another: it moves the same, with keys at the same frames.
fn goes_alike(old: &FCurve, new: &FCurve) -> bool {
    let frames = |(old, new): (&crate::model::fcurve::Key, &crate::model::fcurve::Key)| {
        old.frame() == new.frame()
    };
    old.bone == new.bone
        && old.property == new.property
        && old.index == new.index
        && !(new.mute || new.spherical || new.int_values)
        && old.modifiers == new.modifiers
        && old.keys.len() == new.keys.len()
        && old.keys.iter().zip(new.keys.iter()).all(frames)
}

/// What is known while curves are sorted.
struct Sorter<'a> {
    bones: BTreeMap<&'a str, usize>,
    /// The bone of the curve at hand.
    bone: Option<usize>,
    bone_name: Option<Arc<str>>,
    last_clock: usize,
    /// By clock, the group that may have a free lane.
    open: Vec<Option<usize>>,
    /// Curve, bone, and where its value comes from.
    targets: Vec<(Arc<FCurve>, Option<usize>, From)>,
}

impl<'a> Sorter<'a> {
    fn new(armature: &'a Armature) -> Self {
        let bones = armature.bones.iter().enumerate();
        Self {
            bones: bones
                .rev()
                .map(|(place, bone)| (bone.name.as_ref(), place))
                .collect(),
            bone: None,
            bone_name: None,
            last_clock: 0,
            open: Vec::new(),
            targets: Vec::new(),
        }
    }

    /// Looks for the bone of a curve; whether there is anything for it to move.
    fn reaches(&mut self, curve: &FCurve) -> bool {
        if curve.bone != self.bone_name {
            self.bone_name.clone_from(&curve.bone);
            let name = curve.bone.as_deref();
            self.bone = name.and_then(|name| self.bones.get(name).copied());
        }
        self.bone.is_some() || curve.bone.is_none()
    }
}
