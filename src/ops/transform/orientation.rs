//! Along which axes a transform works: one frame for all bones, or every bone's own.
//!
//! A frame is a matrix whose columns are the axes, world space.

use glam::{Mat3, Quat, Vec3};

use crate::math::rotation::EulerOrder;
use crate::math::{rotation, transform};
use crate::model::id::BoneId;
use crate::model::pose::{Channel, RotationMode};
use crate::model::transform_settings::{OrientType, PivotPoint};
use crate::ops::transform::empties::EmptyTarget;
use crate::ops::transform::targets::{RigPose, Target, Targets};

/// The axes of a transform.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The axes that all bones share.
    pub shared: Mat3,
    /// Which axes of their own the bones use instead.
    own: Option<OrientType>,
}

impl Frame {
    /// Axes that are given.
    pub fn given(shared: Mat3) -> Self {
        Self { shared, own: None }
    }

    /// The axes of an orientation, seen from a view. A single bone always goes by the shared axes.
    pub fn new(targets: &Targets, orientation: OrientType, view: Quat) -> Self {
        let each = matches!(orientation, OrientType::Local | OrientType::Gimbal);
        Self {
            shared: shared(targets, orientation, view),
            own: (each && targets.bones.len() + targets.empties.len() > 1).then_some(orientation),
        }
    }

    /// The same axes for all bones.
    pub fn without_own(self) -> Self {
        Self::given(self.shared)
    }

    /// The axes that an empty goes by.
    pub fn of_empty(&self, target: &EmptyTarget) -> Mat3 {
        match self.own {
            None => self.shared,
            Some(OrientType::Gimbal) => empty_gimbal(target),
            Some(_) => target.axes(),
        }
    }

    /// The axes that a target goes by.
    pub fn of(&self, rig: &RigPose, target: &Target) -> Mat3 {
        match self.own {
            None => self.shared,
            Some(OrientType::Gimbal) => {
                gimbal(rig, target.bone).unwrap_or_else(|| posed_axes(rig, target.bone))
            }
            Some(_) => posed_axes(rig, target.bone),
        }
    }
}

/// The mean of axes, by their Y and Z; any frame where they cancel each other out.
fn mean(axes: impl Iterator<Item = Mat3>) -> Mat3 {
    let (y, z) = axes.fold((Vec3::ZERO, Vec3::ZERO), |(y, z), m| {
        (y + m.y_axis, z + m.z_axis)
    });
    let z = z.try_normalize().unwrap_or(Vec3::Z);
    let x = y.normalize_or_zero().cross(z).try_normalize();
    let x = x.unwrap_or_else(|| z.any_orthonormal_vector());
    Mat3::from_cols(x, z.cross(x), z)
}

/// The axes that an empty's angles turn about.
fn empty_gimbal(target: &EmptyTarget) -> Mat3 {
    let euler = target.before.rotation_euler.into();
    euler_axes(euler, EulerOrder::Xyz)
}

/// The posed axes of a bone at unit length, world space.
pub fn posed_axes(rig: &RigPose, bone: BoneId) -> Mat3 {
    transform::normalized_columns(rig.world_from_armature * rig.armature_from_bone(bone))
}

fn shared(targets: &Targets, orientation: OrientType, view: Quat) -> Mat3 {
    match orientation {
        OrientType::Global => Mat3::IDENTITY,
        OrientType::View => Mat3::from_quat(view),
        OrientType::Local | OrientType::Normal => mean_axes(targets),
        OrientType::Gimbal if targets.bones.is_empty() => {
            let first = targets.empties.first();
            first.map_or(Mat3::IDENTITY, empty_gimbal)
        }
        // An empty hangs on nothing but the world.
        OrientType::Parent if targets.bones.is_empty() => Mat3::IDENTITY,
        OrientType::Gimbal => targets
            .active()
            .and_then(|(rig, bone)| gimbal(rig, bone))
            .unwrap_or_else(|| parent_axes(targets)),
        OrientType::Parent => parent_axes(targets),
    }
}

/// The axes of the active bone's parent, or of the rig where there is none.
fn parent_axes(targets: &Targets) -> Mat3 {
    let Some(rig) = targets.rigs.first() else {
        return Mat3::IDENTITY;
    };
    let world = transform::normalized_columns(rig.world_from_armature);
    let parent = targets
        .active()
        .and_then(|(rig, bone)| Some((rig, rig.parent(bone)?)));
    match parent {
        Some((rig, parent)) => {
            world * transform::normalized_columns(rig.armature_from_bone(parent))
        }
        None => world,
    }
}

/// The mean of the axes of the topmost selected bones of the first rig that has any.
fn mean_axes(targets: &Targets) -> Mat3 {
    let active = targets
        .active()
        .filter(|_| targets.pivot_is(PivotPoint::ActiveElement))
        .map(|(rig, bone)| (rig, vec![bone]));
    let topmost = || {
        let bones = targets.rigs.iter().map(|rig| (rig, rig.topmost()));
        bones.into_iter().find(|(_, bones)| !bones.is_empty())
    };
    let active = active.filter(|_| !targets.bones.is_empty());
    let Some((rig, bones)) = active.or_else(topmost) else {
        return orthogonal(mean(targets.empties.iter().map(EmptyTarget::axes)));
    };
    let axes = bones.iter().map(|&bone| rig.armature_from_bone(bone));
    orthogonal(rig.world_from_armature * mean(axes))
}

/// X keeps its direction, Y is made perpendicular to it.
fn orthogonal(m: Mat3) -> Mat3 {
    let x = m.x_axis.try_normalize().unwrap_or(Vec3::X);
    let y = (m.y_axis - x * x.dot(m.y_axis)).try_normalize();
    let y = y.unwrap_or_else(|| x.any_orthonormal_vector());
    Mat3::from_cols(x, y, x.cross(y))
}

/// The axes that a bone's angles turn about; none for quaternions.
fn gimbal(rig: &RigPose, bone: BoneId) -> Option<Mat3> {
    let axes = channel_axes(rig.rig.channel(bone)?)?;
    let rest = rig.parent_from_bone(bone);
    let base = match rig.parent(bone) {
        Some(parent) => rig.armature_from_bone(parent) * rest,
        None => rest,
    };
    Some(transform::normalized_columns(
        rig.world_from_armature * base * axes,
    ))
}

fn channel_axes(channel: &Channel) -> Option<Mat3> {
    let Some(order) = channel.mode.euler_order() else {
        return match channel.mode {
            RotationMode::AxisAngle => axis_angle_axes(channel.axis_angle),
            _ => None,
        };
    };
    Some(euler_axes(channel.euler, order))
}

/// The axes that the angles turn about.
fn euler_axes(euler: Vec3, order: EulerOrder) -> Mat3 {
    let (first, second, third) = order.axes();
    let unit = |axis: usize| Mat3::IDENTITY.col(axis);
    let turn = |axis: usize| Quat::from_axis_angle(unit(axis), euler[axis]);
    let mut axes = Mat3::ZERO;
    *axes.col_mut(third) = unit(third);
    *axes.col_mut(second) = turn(third) * unit(second);
    *axes.col_mut(first) = turn(third) * turn(second) * unit(first);
    axes
}

fn axis_angle_axes(value: [f32; 4]) -> Option<Mat3> {
    let [_, x, y, z] = value;
    let axis = Vec3::new(x, y, z);
    let unit = axis.try_normalize()?;
    let across = Vec3::new(axis.y, axis.z, axis.x).cross(axis);
    let across = across
        .try_normalize()
        .unwrap_or(unit.any_orthonormal_vector());
    let x = rotation::quat_from_axis_angle(value) * across;
    Some(Mat3::from_cols(x, unit.cross(x), unit))
}
