//! The pose of a rig: what each bone's channels hold, relative to rest.
//!
//! Values that change while posing lie together in one list (`channels`); what is set up once per bone
//! (locks, bendy-bone values, custom properties, constraints) lies apart, shared per bone.
//! The three rotation storages coexist; [`RotationMode`] says which one counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use glam::{Quat, Vec3};

use crate::choice;
use crate::math::rotation::{self, EulerOrder};
use crate::model::constraint::Constraint;
use crate::model::motion_path::MotionPath;
use crate::record;

choice! {
    /// Which rotation storage of a bone counts, and the order of its Euler angles.
    pub enum RotationMode: Quaternion {
        /// Four numbers, free of gimbal lock
        Quaternion = "QUATERNION", "Quaternion (WXYZ)";
        /// Three angles: X, then Y, then Z
        Xyz = "XYZ", "XYZ Euler";
        /// Three angles: X, then Z, then Y
        Xzy = "XZY", "XZY Euler";
        /// Three angles: Y, then X, then Z
        Yxz = "YXZ", "YXZ Euler";
        /// Three angles: Y, then Z, then X
        Yzx = "YZX", "YZX Euler";
        /// Three angles: Z, then X, then Y
        Zxy = "ZXY", "ZXY Euler";
        /// Three angles: Z, then Y, then X
        Zyx = "ZYX", "ZYX Euler";
        /// An angle about a free axis
        AxisAngle = "AXIS_ANGLE", "Axis Angle";
    }
}

impl RotationMode {
    /// The order of the Euler angles, if the mode is one of them.
    pub fn euler_order(self) -> Option<EulerOrder> {
        Some(match self {
            Self::Quaternion | Self::AxisAngle => return None,
            Self::Xyz => EulerOrder::Xyz,
            Self::Xzy => EulerOrder::Xzy,
            Self::Yxz => EulerOrder::Yxz,
            Self::Yzx => EulerOrder::Yzx,
            Self::Zxy => EulerOrder::Zxy,
            Self::Zyx => EulerOrder::Zyx,
        })
    }
}

/// What a bone's transform channels hold; bone space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Channel {
    /// Offset from rest.
    pub location: Vec3,
    /// Which rotation counts.
    pub mode: RotationMode,
    /// `[w, x, y, z]`, not necessarily of unit length.
    pub quaternion: [f32; 4],
    /// Radians about X, Y and Z, in the order of the mode.
    pub euler: Vec3,
    /// `[angle, x, y, z]`.
    pub axis_angle: [f32; 4],
    /// Factors along the bone's axes.
    pub scale: Vec3,
}

impl Default for Channel {
    fn default() -> Self {
        Self {
            location: Vec3::ZERO,
            mode: RotationMode::Quaternion,
            quaternion: [1.0, 0.0, 0.0, 0.0],
            euler: Vec3::ZERO,
            axis_angle: [0.0, 0.0, 1.0, 0.0],
            scale: Vec3::ONE,
        }
    }
}

impl Channel {
    /// The rotation that counts, of unit length.
    pub fn rotation(&self) -> Quat {
        match self.mode.euler_order() {
            Some(order) => rotation::quat_from_euler(self.euler, order),
            None if self.mode == RotationMode::AxisAngle => {
                rotation::quat_from_axis_angle(self.axis_angle)
            }
            None => rotation::normalized(rotation::quat_from_wxyz(self.quaternion)),
        }
    }
}

record! {
    /// Bendy-bone values of a pose, added to those at rest (scale: multiplied).
    pub struct BBonePose {
        /// Curvature at the head along X.
        pub bbone_curveinx: f32 = 0.0;
        /// Curvature at the head along Z.
        pub bbone_curveinz: f32 = 0.0;
        /// Curvature at the tail along X.
        pub bbone_curveoutx: f32 = 0.0;
        /// Curvature at the tail along Z.
        pub bbone_curveoutz: f32 = 0.0;
        /// Roll at the head, radians.
        pub bbone_rollin: f32 = 0.0;
        /// Roll at the tail, radians.
        pub bbone_rollout: f32 = 0.0;
        /// Length of the handle at the head.
        pub bbone_easein: f32 = 0.0;
        /// Length of the handle at the tail.
        pub bbone_easeout: f32 = 0.0;
        /// Scale at the head.
        pub bbone_scalein: [f32; 3] = [1.0; 3];
        /// Scale at the tail.
        pub bbone_scaleout: [f32; 3] = [1.0; 3];
    }
}

record! {
    /// How a bone behaves in an inverse-kinematics chain. Angles are radians.
    pub struct IkSettings {
        /// Readiness to stretch, 0 to 1.
        pub ik_stretch: f32 = 0.0;
        /// No turning about X.
        pub lock_ik_x: bool = false;
        /// No turning about Y.
        pub lock_ik_y: bool = false;
        /// No turning about Z.
        pub lock_ik_z: bool = false;
        /// Reluctance to turn about X, 0 to 0.99.
        pub ik_stiffness_x: f32 = 0.0;
        /// Reluctance to turn about Y.
        pub ik_stiffness_y: f32 = 0.0;
        /// Reluctance to turn about Z.
        pub ik_stiffness_z: f32 = 0.0;
        /// Whether the X angle is limited.
        pub use_ik_limit_x: bool = false;
        /// Whether the Y angle is limited.
        pub use_ik_limit_y: bool = false;
        /// Whether the Z angle is limited.
        pub use_ik_limit_z: bool = false;
        /// Least angle about X.
        pub ik_min_x: f32 = -std::f32::consts::PI;
        /// Least angle about Y.
        pub ik_min_y: f32 = -std::f32::consts::PI;
        /// Least angle about Z.
        pub ik_min_z: f32 = -std::f32::consts::PI;
        /// Greatest angle about X.
        pub ik_max_x: f32 = std::f32::consts::PI;
        /// Greatest angle about Y.
        pub ik_max_y: f32 = std::f32::consts::PI;
        /// Greatest angle about Z.
        pub ik_max_z: f32 = std::f32::consts::PI;
    }
}

/// The value of a custom property.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(
    untagged,
    expecting = "expected a truth value, a number, a text or a list of numbers"
)]
pub enum Custom {
    /// On or off.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A text.
    Text(String),
    /// Several numbers.
    Numbers(Vec<f64>),
}

impl Custom {
    /// Whether `other` holds the same type, so that its value may replace this one.
    pub fn same_type(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl crate::model::record::Put for Custom {
    fn put<S: serde::Serializer>(&self, serializer: S, _sparse: bool) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(self, serializer)
    }
}

record! {
    /// What is set up once per bone of a pose.
    pub struct BoneSetup {
        /// Location components that operators leave alone.
        pub lock_location: [bool; 3] = [false; 3];
        /// Rotation components that operators leave alone.
        pub lock_rotation: [bool; 3] = [false; 3];
        /// Whether the W of quaternions and the angle of axis-angle are left alone.
        pub lock_rotation_w: bool = false;
        /// Whether four-component rotations are locked one by one (else in their Euler form).
        pub lock_rotations_4d: bool = true;
        /// Scale components that operators leave alone.
        pub lock_scale: [bool; 3] = [false; 3];
        /// Custom properties by name.
        pub custom: BTreeMap<String, Custom> = BTreeMap::new();
        /// Bendy-bone values.
        pub bbone: BBonePose = BBonePose::default();
        /// Behaviour in an inverse-kinematics chain.
        pub ik: IkSettings = IkSettings::default();
        /// In stack order.
        pub constraints: Vec<Constraint> = Vec::new();
        /// As [`BoneColor`](crate::model::armature::BoneColor) reads it; overrules the bone's own.
        pub color: String = "DEFAULT".to_owned();
        /// The computed path of the bone.
        pub motion_path: Option<Arc<MotionPath>> = None;
    }
}

/// The pose of a rig; both lists run along the armature's bones.
#[derive(Clone, Debug, Default)]
pub struct Pose {
    /// Transform channels.
    pub channels: Arc<Vec<Channel>>,
    /// Everything else of a bone.
    pub setups: Arc<Vec<Arc<BoneSetup>>>,
}

impl Pose {
    /// The rest pose of `count` bones.
    pub fn rest(count: usize) -> Self {
        let setup = Arc::new(BoneSetup::default());
        Self {
            channels: Arc::new(vec![Channel::default(); count]),
            setups: Arc::new(vec![setup; count]),
        }
    }
}

impl PartialEq for Pose {
    fn eq(&self, other: &Self) -> bool {
        let same_setups = || {
            self.setups.len() == other.setups.len()
                && self
                    .setups
                    .iter()
                    .zip(other.setups.iter())
                    .all(|(a, b)| Arc::ptr_eq(a, b) || a == b)
        };
        (Arc::ptr_eq(&self.channels, &other.channels) || self.channels == other.channels)
            && (Arc::ptr_eq(&self.setups, &other.setups) || same_setups())
    }
}
impl BoneSetup {
    /// Whether every component of location, rotation and scale is locked.
    pub fn all_locked(&self) -> bool {
        let locks = [self.lock_location, self.lock_rotation, self.lock_scale];
        self.lock_rotation_w && locks.iter().flatten().all(|&locked| locked)
    }

    /// Locks every component of location, rotation and scale, or none.
    pub fn set_locks(&mut self, locked: bool) {
        self.lock_location = [locked; 3];
        self.lock_rotation = [locked; 3];
        self.lock_rotation_w = locked;
        self.lock_scale = [locked; 3];
    }
}
