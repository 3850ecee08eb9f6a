//! The walk of the figure on the spot, as an animator keys it: contact, down, passing, up, and the same
//! mirrored. The numbers of the poses are here; the legs follow from where the feet stand.
//!
//! One cycle lasts from frame 1 to 33, where it starts again; the left heel strikes at 1, the right one at 17.
//! Every bone has keys where its own extremes are, so that forearms and hands come after the arms.

use std::f64::consts::TAU;

use anyhow::Result;
use glam::{DQuat, DVec3, EulerRot};
use keypose::model::action::Action;

use crate::curves::{self, Keys};
use crate::leg::{self, Step};
use crate::posing::{Pose, mirrored};

/// The first frame; the last one is a cycle later and has the same pose.
pub const FIRST: i32 = 1;
/// Frames of a whole cycle.
pub const CYCLE: i32 = 32;
/// Contact, down, passing, up of the left leg, then of the right one.
pub const POSES: [i32; 8] = [1, 5, 9, 13, 17, 21, 25, 29];
/// Where arms and head have keys: contacts and passings.
const SWINGS: [i32; 4] = [1, 9, 17, 25];
/// Where the forearms have theirs: two frames late, and at the contacts, where a cycle begins.
const FOREARM: [i32; 6] = [1, 3, 11, 17, 19, 27];
/// Where the hands have theirs: four frames late, and at the contacts.
const HAND: [i32; 6] = [1, 5, 13, 17, 21, 29];

/// The trunk at one pose. Lengths in metres, angles in degrees; sideways is to the figure's left.
struct Trunk {
    /// Of the hips: sideways, up, ahead.
    hips: [f64; 3],
    /// Of the hips: ahead, to the left, left side up.
    pelvis: [f64; 3],
    /// Of the waist and of the ribs against what is below, as for the pelvis.
    waist: [f64; 3],
    ribs: [f64; 3],
    /// Of the head against the ground: ahead.
    nod: f64,
}

/// From the left heel's strike to just before the right one's.
const TRUNK: [Trunk; 4] = [
    // Contact: the left hip ahead, the right shoulder ahead.
    Trunk {
        hips: [0.004, -0.038, 0.0],
        pelvis: [2.5, -6.5, -0.5],
        waist: [0.0, 5.5, 0.0],
        ribs: [2.0, 6.0, 0.5],
        nod: 0.5,
    },
    // Down: the weight falls on the left leg, the right hip sinks.
    Trunk {
        hips: [0.015, -0.0425, -0.004],
        pelvis: [3.0, -5.0, 3.5],
        waist: [0.5, 4.0, -2.0],
        ribs: [2.5, 5.0, -2.5],
        nod: 1.5,
    },
    // Passing: over the left foot.
    Trunk {
        hips: [0.026, -0.018, 0.0],
        pelvis: [4.5, -0.5, 3.0],
        waist: [-1.0, 0.5, -1.5],
        ribs: [0.5, 0.5, -2.5],
        nod: 0.0,
    },
    // Up: the left heel lifts the body.
    Trunk {
        hips: [0.018, -0.0175, 0.004],
        pelvis: [2.5, 4.0, 1.5],
        waist: [-0.5, -3.5, -0.5],
        ribs: [1.0, -4.0, -1.0],
        nod: -0.5,
    },
];

/// What the left foot does at each pose. The toes leave the ground just before the right leg's down.
const STEPS: [Step; 8] = [
    Step::Heel { pitch: -16.0 },
    Step::Flat,
    Step::Flat,
    Step::Ball { pitch: 3.0 },
    Step::Ball { pitch: 16.5 },
    Step::Air {
        ankle: [0.011, -0.368, 0.183],
        pitch: 49.5,
        toes: 20.5,
    },
    Step::Air {
        ankle: [0.0, -0.048, 0.190],
        pitch: 22.0,
        toes: 17.0,
    },
    Step::Air {
        ankle: [0.0, 0.322, 0.129],
        pitch: -7.0,
        toes: -2.5,
    },
];

/// The whole walk as an action.
pub fn action() -> Result<Action> {
    let mut poses = Vec::new();
    for (place, frame) in POSES.into_iter().enumerate() {
        poses.push((frame, pose(place, frame)?));
    }
    let mut keys = Keys::default();
    for (frame, pose) in &poses {
        let bones = ["hips", "thigh.L", "shin.L", "foot.L", "toe.L"];
        bones.iter().for_each(|bone| keys.add(*frame, bone, pose));
        if SWINGS.contains(frame) {
            let bones = [
                "spine",
                "chest",
                "neck",
                "head",
                "shoulder.L",
                "upper_arm.L",
            ];
            bones.iter().for_each(|bone| keys.add(*frame, bone, pose));
        }
    }
    for frame in FOREARM {
        keys.turn(frame, "forearm.L", forearm(frame));
    }
    for frame in HAND {
        keys.turn(frame, "hand.L", hand(frame));
    }
    keys.mirror();
    Ok(curves::action(&keys))
}

/// The middle and the left side at one of the poses.
fn pose(place: usize, frame: i32) -> Result<Pose> {
    let (trunk, side) = match TRUNK.get(place) {
        Some(trunk) => (trunk, 1.0),
        None => (&TRUNK[place - TRUNK.len()], -1.0),
    };
    let sided = |q: DQuat| if side < 0.0 { mirrored(q) } else { q };
    let [aside, up, ahead] = trunk.hips;
    let mut pose = Pose::default();
    pose.set("root", DVec3::ZERO, DQuat::IDENTITY)?;
    let location = DVec3::new(side * aside, up, ahead);
    pose.set("hips", location, sided(turned(trunk.pelvis)))?;
    pose.set("spine", DVec3::ZERO, sided(turned(trunk.waist)))?;
    pose.set("chest", DVec3::ZERO, sided(turned(trunk.ribs)))?;
    // The eyes stay on the road: the neck takes back half of what the chest turns, the head the rest.
    let level = turned([trunk.nod, 0.0, 0.0]);
    let tilted = pose.turned("chest")?;
    pose.aim("neck", tilted.slerp(level, 0.55))?;
    pose.aim("head", level)?;
    arm(&mut pose, frame)?;
    leg::solve(&mut pose, &STEPS[place], frame)?;
    Ok(pose)
}

/// Turned ahead, to the left, left side up (degrees), in the space of a bone of the trunk.
fn turned([ahead, left, raised]: [f64; 3]) -> DQuat {
    DQuat::from_euler(
        EulerRot::YXZ,
        left.to_radians(),
        ahead.to_radians(),
        raised.to_radians(),
    )
}

/// How far the left arm has swung, from -1, back, to 1, ahead, some frames ago.
fn swing(frame: i32, late: f64) -> f64 {
    -((f64::from(frame - FIRST) - late) / f64::from(CYCLE) * TAU).cos()
}

fn arm(pose: &mut Pose, frame: i32) -> Result<()> {
    let swing = swing(frame, 0.0);
    let ahead = (1.0 + 23.0 * swing).to_radians();
    // Local Z of the left collarbone points up; a turn against it brings the shoulder ahead.
    let shoulder = DQuat::from_rotation_z((-3.5 * swing).to_radians())
        * DQuat::from_rotation_x((-3.0 + 1.0 * swing).to_radians());
    pose.set("shoulder.L", DVec3::ZERO, shoulder)?;
    let hanging = DQuat::from_rotation_y(31f64.to_radians());
    let twisted = DQuat::from_rotation_z((6.0 - 4.0 * swing).to_radians());
    let chest = pose.turned("chest")?;
    pose.aim(
        "upper_arm.L",
        chest * DQuat::from_rotation_x(-ahead) * twisted * hanging,
    )
}

fn forearm(frame: i32) -> DQuat {
    let swing = swing(frame, 2.0);
    DQuat::from_rotation_x((19.0 + 12.0 * swing).to_radians())
}

fn hand(frame: i32) -> DQuat {
    let swing = swing(frame, 4.0);
    DQuat::from_rotation_x((4.0 - 11.0 * swing).to_radians())
}
