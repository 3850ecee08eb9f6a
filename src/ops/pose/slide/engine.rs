//! How a pose slides, with Blender 4.5's numbers.
//!
//! Everything is a function of the pose as it is, of the curves at the frames before and after, and of the
//! factor. Values are calculated in 32 bits: where they become whole numbers, the rounding shows.

use crate::eval::animation;
use crate::math::rotation;
use crate::model::action::Action;
use crate::model::document::Document;
use crate::model::fcurve::FCurve;
use crate::model::pose::{Channel, Custom, RotationMode};
use crate::model::rig::Rig;
use crate::ops::pose::slide::{AxisLock, Channels, Mode, Slide};
use crate::ops::shared::auto_key;
use crate::ops::shared::frames;
use crate::ops::shared::key_sets::KeySet;
use crate::ops::shared::keyed_action::action_frame;
use crate::ops::shared::posed_curves::{PosedBone, PosedRig, posed_curves};

use glam::DQuat;

/// Quaternions this short have no length to keep.
const SHORT: f64 = 1e-4;

/// Slides the pose, and keys it where automatic keying is on.
pub fn apply(doc: &mut Document, mode: Mode, slide: &Slide) {
    let rigs = posed_curves(doc);
    for posed in &rigs {
        let engine = Engine::new(doc, posed, mode, slide);
        let Some(rig) = doc.rig_at_mut(posed.rig) else {
            continue;
        };
        for bone in &posed.bones {
            engine.slide(rig, bone);
        }
    }
    for posed in &rigs {
        let bones = posed.bone_ids();
        auto_key::key_set(doc, posed.rig, &bones, KeySet::WholeCharacterSelected);
    }
}

/// What is the same for all bones of a rig.
struct Engine<'a> {
    mode: Mode,
    factor: f32,
    channels: Channels,
    /// The only axis that slides, if it is one.
    axis: Option<usize>,
    action: &'a Action,
    /// The frames before and after, time of the action.
    ends: [f32; 2],
    /// The current frame, which is not brought to the time of the action.
    now: f32,
    /// How far the current frame is on its way from the one before to the one after.
    share: f32,
    /// How much of the values before and after makes up what lies between them here.
    weights: [f32; 2],
}

impl<'a> Engine<'a> {
    fn new(doc: &Document, posed: &'a PosedRig, mode: Mode, slide: &Slide) -> Self {
        let [mut before, mut after] = [slide.prev_frame, slide.next_frame].map(frames::exact);
        if before == after {
            before -= 1.0;
            after += 1.0;
        }
        let now = doc.scene.frame.trunc();
        let whole = (now - before) + (after - now);
        Self {
            mode,
            factor: slide.factor,
            channels: slide.channels,
            axis: match slide.axis_lock {
                AxisLock::Free => None,
                AxisLock::X => Some(0),
                AxisLock::Y => Some(1),
                AxisLock::Z => Some(2),
            },
            action: &posed.action,
            ends: [before, after].map(|frame| action_frame(doc, posed.rig, frame)),
            now,
            share: (now - before) / (after - before),
            weights: [(after - now) / whole, (now - before) / whole],
        }
    }

    fn slide(&self, rig: &mut Rig, posed: &PosedBone) {
        let wanted = |channels: Channels| [Channels::All, channels].contains(&self.channels);
        let groups = posed.groups;
        if let Some(channel) = rig.channel_mut(posed.bone) {
            if groups.location && wanted(Channels::Location) {
                self.axes(posed, "location", channel.location.as_mut(), 0.0);
            }
            if groups.rotation && wanted(Channels::Rotation) {
                self.rotation(posed, channel);
            }
            if groups.scale && wanted(Channels::Scale) {
                self.axes(posed, "scale", channel.scale.as_mut(), 1.0);
            }
        }
        if self.mode == Mode::BlendWithRest {
            return;
        }
        let bendy = groups.bendy && wanted(Channels::Bendy);
        let custom = groups.custom && wanted(Channels::Custom);
        if !(bendy || custom) {
            return;
        }
        let Some(setup) = rig.setup_mut(posed.bone) else {
            return;
        };
        for (place, curve) in self.curves(posed) {
            let index = usize::try_from(curve.index).unwrap_or(usize::MAX);
            if let Some(name) = animation::custom_name(&curve.property) {
                let property = setup.custom.get_mut(name.as_ref());
                if let Some(property) = property.filter(|_| custom) {
                    self.custom(property, place, index);
                }
            } else if bendy
                && let Some(value) = animation::bendy(&mut setup.bbone, &curve.property, index)
            {
                *value = self.number(place, *value);
            }
        }
    }

    /// The curves of a bone, with their places in the action.
    fn curves(&self, posed: &PosedBone) -> impl Iterator<Item = (usize, &'a FCurve)> {
        let action = self.action;
        let curve = move |&place: &usize| Some((place, action.fcurves.get(place)?.as_ref()));
        posed.curves.iter().filter_map(curve)
    }

    /// The components of location, scale or Euler angles; `rest` is what they hold at rest.
    fn axes(&self, posed: &PosedBone, property: &str, values: &mut [f32; 3], rest: f32) {
        let free = |axis: usize| self.axis.is_none_or(|only| only == axis);
        if self.mode == Mode::BlendWithRest {
            for (axis, value) in values.iter_mut().enumerate() {
                if free(axis) {
                    *value += self.factor * (rest - *value);
                }
            }
            return;
        }
        for (place, curve) in self.curves(posed) {
            let axis = usize::try_from(curve.index).unwrap_or(usize::MAX);
            if *curve.property != *property || !free(axis) {
                continue;
            }
            if let Some(value) = values.get_mut(axis) {
                *value = self.number(place, *value);
            }
        }
    }

    /// What a curve's value becomes; `value` is what the channel holds.
    fn number(&self, place: usize, value: f32) -> f32 {
        let at = |frame: f32| animation::value_at(self.action, place, frame);
        let [before, after] = self.ends;
        let between = || at(before) * self.weights[0] + at(after) * self.weights[1];
        match self.mode {
            Mode::Push => value - (between() - value) * self.factor,
            Mode::Relax => value + (between() - value) * self.factor,
            Mode::Breakdown => at(before) * (1.0 - self.factor) + at(after) * self.factor,
            Mode::BlendToNeighbor => {
                let (end, share) = self.neighbor();
                let here = at(self.now);
                here + share * (at(end) - here)
            }
            Mode::BlendWithRest => value,
        }
    }

    /// The frame to blend to, and how far.
    fn neighbor(&self) -> (f32, f32) {
        let [before, after] = self.ends;
        let share = ((self.factor - 0.5) * 2.0).abs();
        (if self.factor < 0.5 { before } else { after }, share)
    }

    fn rotation(&self, posed: &PosedBone, channel: &mut Channel) {
        let rest = match channel.mode {
            // Blender blends the quaternion here too, which does not count in this mode.
            RotationMode::AxisAngle => [0.0, 0.0, 1.0, 0.0],
            RotationMode::Quaternion => [1.0, 0.0, 0.0, 0.0],
            _ => return self.axes(posed, "rotation_euler", channel.euler.as_mut(), 0.0),
        };
        if self.mode == Mode::BlendWithRest {
            for (value, rest) in channel.quaternion.iter_mut().zip(rest) {
                *value += self.factor * (rest - *value);
            }
        } else if channel.mode == RotationMode::Quaternion
            && let Some(places) = self.quaternion_curves(posed)
        {
            let old = rotation::quat_from_wxyz(channel.quaternion).as_dquat();
            let new = self.quaternion(places, rotation::normalized64(old));
            // The length goes on, the side does not: it is that of the way's end, as in Blender.
            let length = old.length();
            let length = if length > SHORT { length } else { 1.0 };
            channel.quaternion = rotation::wxyz_from_quat((new * length).as_quat());
        }
    }

    /// The places of the four curves of a quaternion; none unless all are there.
    fn quaternion_curves(&self, posed: &PosedBone) -> Option<[usize; 4]> {
        let mut places = [None; 4];
        for (place, curve) in self.curves(posed) {
            if *curve.property == *"rotation_quaternion" {
                let index = usize::try_from(curve.index).unwrap_or(usize::MAX);
                if let Some(known) = places.get_mut(index) {
                    *known = Some(place);
                }
            }
        }
        let [w, x, y, z] = places;
        Some([w?, x?, y?, z?])
    }

    /// What a quaternion of unit length becomes; in 64 bits, so that no way at all leaves it as it is.
    fn quaternion(&self, places: [usize; 4], now: DQuat) -> DQuat {
        let at = |frame: f32| {
            let parts = places.map(|place| animation::value_at(self.action, place, frame));
            rotation::normalized64(rotation::quat_from_wxyz(parts).as_dquat())
        };
        let [before, after] = self.ends;
        let between = |share: f32| rotation::slerp(at(before), at(after), share);
        match self.mode {
            Mode::Push => rotation::slerp(between(self.share), now, 1.0 + self.factor),
            Mode::Relax => rotation::slerp(now, between(self.share), self.factor),
            Mode::Breakdown => between(self.factor),
            Mode::BlendToNeighbor => {
                let (end, share) = self.neighbor();
                rotation::slerp(now, at(end), share)
            }
            Mode::BlendWithRest => now,
        }
    }

    /// A custom property, as its type takes the value.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "curves are f32; whole numbers are cut towards zero"
    )]
    fn custom(&self, custom: &mut Custom, place: usize, index: usize) {
        match custom {
            Custom::Bool(on) => *on = self.number(place, f32::from(u8::from(*on))) != 0.0,
            Custom::Int(number) => *number = self.number(place, *number as f32).trunc() as i64,
            Custom::Float(number) => self.wide_number(place, number),
            Custom::Text(_) => {}
            Custom::Numbers(numbers) => {
                if let Some(number) = numbers.get_mut(index) {
                    self.wide_number(place, number);
                }
            }
        }
    }

    /// A number of 64 bits; where it stays the same in 32, no digit of it is lost.
    #[expect(clippy::cast_possible_truncation, reason = "curves are f32")]
    fn wide_number(&self, place: usize, number: &mut f64) {
        let old = *number as f32;
        let new = self.number(place, old);
        if new != old {
            *number = new.into();
        }
    }
}
