//! Rigs made by chance that are symmetric at rest, and poses that are not.
#![allow(dead_code)]

use std::sync::Arc;

use glam::{Mat3, Mat4, Quat, Vec3};
use keypose::model::armature::Armature;
use keypose::model::bone::Bone;
use keypose::model::id::BoneId;
use keypose::model::pose::{Channel, RotationMode};
use keypose::model::rig::Rig;
use keypose::model::settings::MirrorKind;
use proptest::prelude::*;

/// A posed rig, and the mirror image of each bone.
#[derive(Clone, Debug)]
pub struct Plan {
    pub rig: Rig,
    pub images: Vec<usize>,
}

/// How a rig tells left from right.
#[derive(Clone, Copy, Debug)]
pub enum Naming {
    Letter,
    Mixamo,
    Numbered,
    Biped,
    Places,
}

impl Naming {
    pub const ALL: [Self; 5] = [
        Self::Letter,
        Self::Mixamo,
        Self::Numbered,
        Self::Biped,
        Self::Places,
    ];

    /// The names of both sides of a bone; `number` is that of the first.
    pub fn sides(self, name: &str, number: usize) -> [String; 2] {
        match self {
            Self::Letter => [format!("{name}.l"), format!("{name}.r")],
            Self::Mixamo => [
                format!("mixamorig:Left{name}"),
                format!("mixamorig:Right{name}"),
            ],
            Self::Numbered => [
                format!("b_Left{name}_{number:02}"),
                format!("b_Right{name}_{:02}", number + 1),
            ],
            Self::Biped => [format!("Bip01 L {name}"), format!("Bip01 R {name}")],
            Self::Places => [format!("node_{number}"), format!("node_{}", number + 1)],
        }
    }
}

/// Name, parent and rest matrix of a joint.
pub type Joint<'a> = (&'a str, Option<u32>, Mat4);

/// A rig of joints, as glTF has them.
pub fn joints(joints: &[Joint]) -> Rig {
    let bone = |&(name, parent, frame): &Joint| {
        let head = frame.w_axis.truncate();
        Arc::new(Bone {
            name: name.into(),
            parent: parent.map(BoneId),
            head,
            tail: head + frame.y_axis.truncate() * 0.1,
            frame: Some(frame),
            ..Bone::default()
        })
    };
    let armature = Armature {
        bones: joints.iter().map(bone).collect(),
        ..Armature::default()
    };
    let kind = MirrorKind::of_new(&armature);
    let mut rig = Rig::new("figure".to_owned(), armature);
    Arc::make_mut(&mut rig.options).mirror_kind = kind;
    rig
}

fn unit() -> impl Strategy<Value = Quat> {
    [-1.0_f32..1.0, -1.0_f32..1.0, -1.0_f32..1.0, -1.0_f32..1.0].prop_filter_map(
        "no direction",
        |q| {
            let q = Quat::from_array(q);
            (q.length() > 0.1).then(|| q.normalize())
        },
    )
}

fn vector(low: f32, high: f32) -> impl Strategy<Value = Vec3> {
    [low..high, low..high, low..high].prop_map(Vec3::from)
}

/// Half of them even.
fn scales() -> impl Strategy<Value = Vec3> {
    prop_oneof![Just(Vec3::ONE), vector(0.4, 2.0)]
}

const MODES: [RotationMode; 8] = [
    RotationMode::Quaternion,
    RotationMode::Xyz,
    RotationMode::Xzy,
    RotationMode::Yxz,
    RotationMode::Yzx,
    RotationMode::Zxy,
    RotationMode::Zyx,
    RotationMode::AxisAngle,
];

/// A pose, its rotation stored in the mode.
fn channel(mode: RotationMode) -> impl Strategy<Value = Channel> {
    let angles = vector(-6.0, 6.0);
    let scale = prop_oneof![
        Just(Vec3::ONE),
        vector(0.5, 1.6),
        vector(0.5, 1.6).prop_map(|s| s * Vec3::new(-1.0, 1.0, 1.0))
    ];
    (vector(-0.5, 0.5), unit(), 0.5_f32..2.0, angles, scale).prop_map(
        move |(location, q, length, euler, scale)| Channel {
            location,
            mode,
            quaternion: [q.w * length, q.x * length, q.y * length, q.z * length],
            euler,
            axis_angle: [euler.x.abs(), q.x, q.y, q.z],
            scale,
        },
    )
}

/// One bone in the middle, or two at the sides, as chance has it: what it hangs on, its place, its turn, its
/// scale, which axis of the other side's frame is turned round, the rotation modes and poses of both.
#[derive(Clone, Debug)]
struct Part {
    middle: bool,
    parent: usize,
    place: Vec3,
    turn: Quat,
    about_x: f32,
    roll: f32,
    swapped: usize,
    scale: Vec3,
    flipped: usize,
    poses: [Channel; 2],
}

fn part() -> impl Strategy<Value = Part> {
    let modes = (0..MODES.len(), any::<bool>());
    let poses = modes.prop_flat_map(|(mode, _)| [channel(MODES[mode]), channel(MODES[mode])]);
    let place = ([0.1_f32..1.0, -1.0_f32..1.0, 0.0_f32..2.0]).prop_map(Vec3::from);
    (
        any::<bool>(),
        0..64_usize,
        place,
        unit(),
        -3.0_f32..3.0,
        -3.0_f32..3.0,
        0..3_usize,
        scales(),
        0..4_usize,
        poses,
    )
        .prop_map(
            |(middle, parent, place, turn, about_x, roll, swapped, scale, flipped, poses)| Part {
                middle,
                parent,
                place,
                turn,
                about_x,
                roll,
                swapped,
                scale,
                flipped,
                poses,
            },
        )
}

fn parts() -> impl Strategy<Value = (Vec<Part>, usize)> {
    (
        proptest::collection::vec(part(), 1..9),
        0..Naming::ALL.len(),
    )
}

/// Turns axes round so that the frame stays right-handed on the other side: one of them, or all three.
fn turned_round(which: usize) -> Mat4 {
    let mut signs = Vec3::ONE;
    match which {
        3 => signs = Vec3::NEG_ONE,
        axis => signs[axis] = -1.0,
    }
    Mat4::from_scale(signs)
}

fn cycled(places: usize) -> Mat3 {
    let axes = [Vec3::X, Vec3::Y, Vec3::Z];
    Mat3::from_cols(
        axes[places % 3],
        axes[(places + 1) % 3],
        axes[(places + 2) % 3],
    )
}

fn flip(vector: Vec3) -> Vec3 {
    Vec3::new(-vector.x, vector.y, vector.z)
}

/// A bone with parent and mirror image, before it is made.
struct Made {
    name: String,
    parent: Option<u32>,
    image: usize,
    part: usize,
    right: bool,
}

fn skeleton(parts: &[Part], naming: Naming) -> Vec<Made> {
    let mut made: Vec<Made> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let parent = (!made.is_empty()).then(|| part.parent % made.len());
        let place = made.len();
        let [left, right] = naming.sides(&format!("Part{index}x"), place);
        let parent_image = parent.map(|parent| made[parent].image);
        let own = |name, parent: Option<usize>, image, right| Made {
            name,
            parent: parent.map(|parent| parent as u32),
            image,
            part: index,
            right,
        };
        // What lies in the middle can hang on the middle only.
        let central = parent.is_none_or(|parent| parent_image == Some(parent));
        if part.middle && central {
            made.push(own(format!("middle{index}x"), parent, place, false));
        } else {
            made.push(own(left, parent, place + 1, false));
            made.push(own(right, parent_image, place, true));
        }
    }
    made
}

fn posed(mut rig: Rig, made: &[Made], parts: &[Part]) -> Plan {
    let channels: Vec<Channel> = made
        .iter()
        .map(|bone| parts[bone.part].poses[usize::from(bone.right)])
        .collect();
    rig.pose.channels = Arc::new(channels);
    let images = made.iter().map(|bone| bone.image).collect();
    Plan { rig, images }
}

/// Rigs with joint frames, and scale in their rests.
pub fn plan() -> impl Strategy<Value = Plan> {
    parts().prop_map(|(parts, naming)| {
        let made = skeleton(&parts, Naming::ALL[naming]);
        let frame = |place: usize, bone: &Made| {
            let part = &parts[bone.part];
            if bone.image == place {
                let turn = Mat3::from_rotation_x(part.about_x) * cycled(part.swapped);
                let at = Mat4::from_translation(Vec3::new(0.0, part.place.y, part.place.z));
                return at * Mat4::from_mat3(turn * Mat3::from_diagonal(part.scale));
            }
            let left = Mat4::from_scale_rotation_translation(part.scale, part.turn, part.place);
            match bone.right {
                false => left,
                true => Mat4::from_scale(flip(Vec3::ONE)) * left * turned_round(part.flipped),
            }
        };
        let rows: Vec<Joint> = made
            .iter()
            .enumerate()
            .map(|(place, bone)| (bone.name.as_str(), bone.parent, frame(place, bone)))
            .collect();
        posed(joints(&rows), &made, &parts)
    })
}

/// Rigs of Blender's bones: tails and rolls mirror each other, bones in the middle lie in the middle plane.
pub fn plan_of_rolled_bones() -> impl Strategy<Value = Plan> {
    parts().prop_map(|(parts, _)| {
        let made = skeleton(&parts, Naming::Letter);
        let bone = |(place, bone): (usize, &Made)| {
            let part = &parts[bone.part];
            let middle = bone.image == place;
            let mut head = part.place;
            let mut along = part.turn * Vec3::Y;
            let mut roll = part.roll;
            if middle {
                head.x = 0.0;
                along = Vec3::new(0.0, part.about_x.cos(), part.about_x.sin());
                roll = 0.0;
            }
            if bone.right {
                (head, along, roll) = (flip(head), flip(along), -roll);
            }
            Arc::new(Bone {
                name: bone.name.as_str().into(),
                parent: bone.parent.map(BoneId),
                head,
                tail: head + along,
                roll,
                ..Bone::default()
            })
        };
        let armature = Armature {
            bones: made.iter().enumerate().map(bone).collect(),
            ..Armature::default()
        };
        posed(Rig::new("figure".to_owned(), armature), &made, &parts)
    })
}
