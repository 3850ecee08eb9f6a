//! The skeleton of the lay figure: one table of bones in the editor's space.
//!
//! Z is up, the figure faces -Y, its left is +X, lengths are metres; the right side mirrors the left.
//! Local Y runs from head to tail and local X is the hinge: on both sides a positive turn about X
//! bends the spine forward, shuts elbows, knees and fingers, lifts the shoulder, swings the arm ahead
//! and the leg back, and points the foot.

use std::sync::LazyLock;

use glam::{DMat3, DMat4, DVec3};

/// The bone collection that a bone belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Collection {
    Torso,
    Left,
    Right,
    FingersLeft,
    FingersRight,
}

impl Collection {
    pub const ALL: [Self; 5] = [
        Self::Torso,
        Self::Left,
        Self::Right,
        Self::FingersLeft,
        Self::FingersRight,
    ];

    /// The name shown in the list of collections.
    pub fn name(self) -> &'static str {
        match self {
            Self::Torso => "Torso",
            Self::Left => "Left",
            Self::Right => "Right",
            Self::FingersLeft => "Fingers L",
            Self::FingersRight => "Fingers R",
        }
    }

    /// The colour of its bones, one that every theme has.
    pub fn color(self) -> &'static str {
        match self {
            Self::Torso => "TORSO",
            Self::Left | Self::FingersLeft => "LEFT",
            Self::Right | Self::FingersRight => "RIGHT",
        }
    }

    fn mirrored(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::FingersLeft => Self::FingersRight,
            other => other,
        }
    }
}

/// One bone at rest, in armature space.
#[derive(Clone, Debug)]
pub struct Bone {
    /// The name, with `.L` or `.R` at its end if it has a side.
    pub name: String,
    /// The parent's name; only `root` has none. Parents come before their children.
    pub parent: Option<String>,
    /// Where it starts, metres.
    pub head: DVec3,
    /// Where it ends, metres.
    pub tail: DVec3,
    /// The turn about its own axis, radians.
    pub roll: f64,
    /// Whether its head is held at the parent's tail.
    pub connected: bool,
    pub collection: Collection,
}

impl Bone {
    /// The rest matrix, armature space from bone space.
    pub fn armature_from_bone(&self) -> DMat4 {
        let axis = (self.tail - self.head).normalize();
        let turned = DMat3::from_axis_angle(axis, self.roll) * unrolled(axis);
        DMat4::from_translation(self.head) * DMat4::from_mat3(turned)
    }

    fn mirrored(&self) -> Self {
        let flip = |v: DVec3| DVec3::new(-v.x, v.y, v.z);
        Self {
            name: right_name(&self.name),
            parent: self.parent.as_deref().map(right_name),
            head: flip(self.head),
            tail: flip(self.tail),
            roll: -self.roll,
            connected: self.connected,
            collection: self.collection.mirrored(),
        }
    }
}

/// Every bone of the figure, parents first: the middle, then the left side, then the right.
pub static BONES: LazyLock<Vec<Bone>> = LazyLock::new(|| {
    let middle = MIDDLE.iter().map(|row| row.bone(Collection::Torso));
    let mut left: Vec<Bone> = LEFT.iter().map(|row| row.bone(Collection::Left)).collect();
    if let Some(hand) = left.iter().find(|bone| bone.name == "hand.L") {
        let armature_from_hand = hand.armature_from_bone();
        left.extend(
            FINGERS
                .iter()
                .flat_map(|finger| finger.bones(armature_from_hand)),
        );
    }
    let right: Vec<Bone> = left.iter().map(Bone::mirrored).collect();
    middle.chain(left).chain(right).collect()
});

/// A bone of the middle or of the left side, as it is written in the tables.
struct Row {
    name: &'static str,
    parent: Option<&'static str>,
    head: [f64; 3],
    tail: [f64; 3],
    /// Roughly where local X points; the roll follows from it.
    hinge: [f64; 3],
    connected: bool,
}

impl Row {
    fn bone(&self, collection: Collection) -> Bone {
        let (head, tail) = (DVec3::from(self.head), DVec3::from(self.tail));
        Bone {
            name: self.name.to_owned(),
            parent: self.parent.map(str::to_owned),
            head,
            tail,
            roll: roll_of(tail - head, DVec3::from(self.hinge)),
            connected: self.connected,
            collection,
        }
    }
}

const fn row(
    name: &'static str,
    parent: &'static str,
    connected: bool,
    head: [f64; 3],
    tail: [f64; 3],
    hinge: [f64; 3],
) -> Row {
    Row {
        name,
        parent: Some(parent),
        head,
        tail,
        hinge,
        connected,
    }
}

const ACROSS: [f64; 3] = [1.0, 0.0, 0.0];
/// The elbow's axis: the cross product of the upper arm and the forearm.
const ELBOW: [f64; 3] = [-0.702, 0.240, -0.670];
/// The palm faces in and down, the thumb points ahead.
const PALM: [f64; 3] = [0.25, 1.0, 0.0];
const KNEE: [f64; 3] = [0.997, 0.068, 0.024];
const ANKLE: [f64; 3] = [1.0, 0.104, 0.0];

const HIPS: [f64; 3] = [0.0, 0.0, 0.945];
const WAIST: [f64; 3] = [0.0, 0.004, 1.062];
const RIBS: [f64; 3] = [0.0, 0.008, 1.206];
const NAPE: [f64; 3] = [0.0, 0.016, 1.448];
const SKULL: [f64; 3] = [0.0, 0.004, 1.545];
const SHOULDER: [f64; 3] = [0.175, 0.016, 1.400];
const ELBOW_AT: [f64; 3] = [0.3745, 0.0331, 1.1971];
const WRIST: [f64; 3] = [0.53825, -0.0044, 1.0121];
const PALM_END: [f64; 3] = [0.5941, -0.0197, 0.9432];
const HIP: [f64; 3] = [0.094, 0.0, 0.925];
const KNEE_AT: [f64; 3] = [0.103, -0.018, 0.500];
const ANKLE_AT: [f64; 3] = [0.108, 0.020, 0.085];
const BALL: [f64; 3] = [0.122, -0.115, 0.021];
const TOE_TIP: [f64; 3] = [0.1295, -0.190, 0.016];

const MIDDLE: [Row; 6] = [
    Row {
        name: "root",
        parent: None,
        head: [0.0; 3],
        tail: [0.0, 0.3, 0.0],
        hinge: ACROSS,
        connected: false,
    },
    row("hips", "root", false, HIPS, WAIST, ACROSS),
    row("spine", "hips", true, WAIST, RIBS, ACROSS),
    row("chest", "spine", true, RIBS, NAPE, ACROSS),
    row("neck", "chest", true, NAPE, SKULL, ACROSS),
    row("head", "neck", true, SKULL, [0.0, 0.0, 1.755], ACROSS),
];

const LEFT: [Row; 8] = [
    row(
        "shoulder.L",
        "chest",
        false,
        [0.028, 0.006, 1.412],
        SHOULDER,
        [0.0, -1.0, 0.0],
    ),
    row("upper_arm.L", "shoulder.L", true, SHOULDER, ELBOW_AT, ELBOW),
    row("forearm.L", "upper_arm.L", true, ELBOW_AT, WRIST, ELBOW),
    row("hand.L", "forearm.L", true, WRIST, PALM_END, PALM),
    row("thigh.L", "hips", false, HIP, KNEE_AT, KNEE),
    row("shin.L", "thigh.L", true, KNEE_AT, ANKLE_AT, KNEE),
    row("foot.L", "shin.L", true, ANKLE_AT, BALL, ANKLE),
    row("toe.L", "foot.L", true, BALL, TOE_TIP, ANKLE),
];

/// A finger, written in the space of the hand bone: Y to the finger tips, Z out of the palm, the
/// thumb on the side of -X.
struct Finger {
    name: &'static str,
    /// The bone inside the palm that carries it and where that starts; the thumb has none.
    palm: Option<(&'static str, [f64; 3])>,
    knuckle: [f64; 3],
    /// The direction of its first joint.
    along: [f64; 3],
    /// Where local X points.
    hinge: [f64; 3],
    lengths: [f64; 3],
    /// How far the second and third joint are bent at rest, radians.
    bends: [f64; 2],
}

#[rustfmt::skip]
const FINGERS: [Finger; 5] = [
    Finger {
        name: "thumb", palm: None, knuckle: [-0.0240, 0.0260, 0.0100],
        along: [-0.58, 0.74, 0.32], hinge: [0.33, 0.55, -0.68],
        lengths: [0.038, 0.032, 0.028], bends: [0.16, 0.14],
    },
    Finger {
        name: "index", palm: Some(("palm.01", [-0.0130, 0.022, 0.0])), knuckle: [-0.0300, 0.0935, 0.0],
        along: [-0.075, 1.0, 0.16], hinge: ACROSS,
        lengths: [0.041, 0.026, 0.021], bends: [0.20, 0.14],
    },
    Finger {
        name: "middle", palm: Some(("palm.02", [-0.0045, 0.022, 0.0])), knuckle: [-0.0100, 0.0980, 0.0],
        along: [-0.02, 1.0, 0.18], hinge: ACROSS,
        lengths: [0.045, 0.029, 0.022], bends: [0.22, 0.15],
    },
    Finger {
        name: "ring", palm: Some(("palm.03", [0.0045, 0.022, 0.0])), knuckle: [0.0100, 0.0940, 0.0],
        along: [0.035, 1.0, 0.20], hinge: ACROSS,
        lengths: [0.042, 0.027, 0.021], bends: [0.24, 0.16],
    },
    Finger {
        name: "pinky", palm: Some(("palm.04", [0.0130, 0.022, 0.0])), knuckle: [0.0290, 0.0850, 0.0],
        along: [0.095, 1.0, 0.22], hinge: ACROSS,
        lengths: [0.034, 0.021, 0.019], bends: [0.26, 0.17],
    },
];

impl Finger {
    fn bones(&self, armature_from_hand: DMat4) -> Vec<Bone> {
        let point = |v: DVec3| armature_from_hand.transform_point3(v);
        let hinge = DVec3::from(self.hinge).normalize();
        let mut made = Vec::new();
        let mut parent = "hand.L".to_owned();
        let mut head = DVec3::from(self.knuckle);
        let mut push = |name: String, from: DVec3, to: DVec3, parent: &str, connected: bool| {
            let roll = roll_of(
                point(to) - point(from),
                armature_from_hand.transform_vector3(hinge),
            );
            made.push(Bone {
                name,
                parent: Some(parent.to_owned()),
                head: point(from),
                tail: point(to),
                roll,
                connected,
                collection: Collection::FingersLeft,
            });
        };
        if let Some((name, from)) = self.palm {
            let name = format!("{name}.L");
            push(name.clone(), DVec3::from(from), head, &parent, false);
            parent = name;
        }
        // Bending about the hinge itself keeps all three joints in one plane.
        let mut along = DVec3::from(self.along);
        along = (along - hinge * along.dot(hinge)).normalize();
        for (i, length) in self.lengths.iter().enumerate() {
            if let Some(bend) = i.checked_sub(1).and_then(|k| self.bends.get(k)) {
                along = DMat3::from_axis_angle(hinge, *bend) * along;
            }
            let tail = head + along * *length;
            let name = format!("{}.{:02}.L", self.name, i + 1);
            push(
                name.clone(),
                head,
                tail,
                &parent,
                i > 0 || self.palm.is_some(),
            );
            (parent, head) = (name, tail);
        }
        made
    }
}

fn right_name(name: &str) -> String {
    name.strip_suffix(".L")
        .map_or(name.to_owned(), |stem| format!("{stem}.R"))
}

/// The roll that turns local X as near to `hinge` as the bone's direction allows.
fn roll_of(direction: DVec3, hinge: DVec3) -> f64 {
    let axis = direction.normalize();
    let zero = unrolled(axis).x_axis;
    axis.dot(zero.cross(hinge)).atan2(zero.dot(hinge))
}

/// The rest rotation of a bone with this direction and no roll.
fn unrolled(axis: DVec3) -> DMat3 {
    let DVec3 { x, y, z } = axis;
    let (mut below, spread) = (1.0 + y, x * x + z * z);
    if below <= 6.1e-3 {
        if spread <= 6.25e-8 {
            return DMat3::from_diagonal(DVec3::new(-1.0, -1.0, 1.0));
        }
        below = spread / 2.0 + spread * spread / 8.0;
    }
    let skew = -x * z / below;
    DMat3::from_cols(
        DVec3::new(1.0 - x * x / below, -x, skew),
        axis,
        DVec3::new(skew, -z, 1.0 - z * z / below),
    )
}
