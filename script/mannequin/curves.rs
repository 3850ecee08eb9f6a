//! Poses as curves: a key for each, handles found by the editor itself, repeated without end.

use std::collections::BTreeMap;
use std::sync::Arc;

use glam::DQuat;
use keypose::eval::handles;
use keypose::model::action::{Action, Group};
use keypose::model::fcurve::{Cycle, FCurve, Key, KeyKind, Modifier};

use crate::bones::BONES;
use crate::posing::{Channel, Pose};
use crate::walk::{CYCLE, FIRST};

/// Channels by bone and frame, within the first cycle.
#[derive(Default)]
pub struct Keys(BTreeMap<String, BTreeMap<i32, Channel>>);

impl Keys {
    /// Keys a bone of a pose.
    pub fn add(&mut self, frame: i32, bone: &str, pose: &Pose) {
        if let Some(channel) = pose.channel(bone) {
            self.bone(bone).insert(frame, channel);
        }
    }

    /// Keys the rotation of a bone.
    pub fn turn(&mut self, frame: i32, bone: &str, rotation: DQuat) {
        let location = glam::DVec3::ZERO;
        self.bone(bone)
            .insert(frame, Channel { location, rotation });
    }

    /// Gives the right side what the left one does, half a cycle later.
    pub fn mirror(&mut self) {
        let left: Vec<_> = self.0.clone().into_iter().collect();
        for (bone, keys) in left {
            if let Some(stem) = bone.strip_suffix(".L") {
                let later = keys.into_iter().map(|(frame, channel)| {
                    let frame = (frame - FIRST + CYCLE / 2) % CYCLE + FIRST;
                    (frame, channel.mirrored())
                });
                self.0.insert(format!("{stem}.R"), later.collect());
            }
        }
    }

    fn bone(&mut self, bone: &str) -> &mut BTreeMap<i32, Channel> {
        self.0.entry(bone.to_owned()).or_default()
    }
}

/// All keys as an action, bones in the order of the table.
pub fn action(keys: &Keys) -> Action {
    let mut action = Action::default();
    for bone in BONES.iter() {
        let Some(channels) = keys.0.get(&bone.name) else {
            continue;
        };
        if bone.name == "hips" {
            for axis in 0..3 {
                let value = |channel: &Channel| channel.location[axis];
                push(&mut action, &bone.name, "location", axis, channels, value);
            }
        }
        for part in 0..4 {
            let value = |channel: &Channel| {
                let DQuat { x, y, z, w } = channel.rotation;
                [w, x, y, z][part]
            };
            let property = "rotation_quaternion";
            push(&mut action, &bone.name, property, part, channels, value);
        }
        action.groups.push((bone.name.clone(), Group::default()));
    }
    action
}

fn push(
    action: &mut Action,
    bone: &str,
    property: &str,
    index: usize,
    channels: &BTreeMap<i32, Channel>,
    value: impl Fn(&Channel) -> f64,
) {
    let again = channels.get(&FIRST).map(|first| (FIRST + CYCLE, first));
    let all = channels.iter().map(|(frame, channel)| (*frame, channel));
    let keys = all.chain(again).map(|(frame, channel)| Key {
        kind: match (frame - FIRST) % (CYCLE / 2) {
            0 => KeyKind::Extreme,
            8 => KeyKind::Breakdown,
            _ => KeyKind::Keyframe,
        },
        ..Key::new(frame as f32, value(channel) as f32)
    });
    let mut curve = FCurve {
        select: false,
        modifiers: vec![Modifier {
            mode_before: Cycle::Repeat,
            mode_after: Cycle::Repeat,
            ..Modifier::default()
        }],
        keys: Arc::new(keys.collect()),
        ..FCurve::new(Some(bone), property, index as u32)
    };
    handles::recalculate(&mut curve);
    action.fcurves.push(Arc::new(curve));
}
