//! What is the matter with a bone beside being selected: constraints, inverse kinematics, locks.

use crate::model::bone::Bone;
use crate::model::constraint::{Constraint, ConstraintKind};
use crate::model::pose::{BoneSetup, Channel, RotationMode};

/// What a bone is marked for; several at once are possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// It bends a chain so that its end reaches a target.
    pub kinematic: bool,
    /// It has constraints of another kind.
    pub constrained: bool,
    /// Nothing of its transform can be changed by hand.
    pub locked: bool,
}

impl Marks {
    /// The marks of a bone. Constraints that are switched off or without influence count for nothing.
    pub fn of(bone: &Bone, setup: Option<&BoneSetup>, channel: Option<&Channel>) -> Self {
        let Some(setup) = setup else {
            return Self::default();
        };
        let works = |constraint: &&Constraint| {
            constraint.enabled && !constraint.mute && constraint.influence > 0.0
        };
        let bends = |constraint: &Constraint| {
            matches!(
                constraint.kind,
                ConstraintKind::Ik | ConstraintKind::SplineIk
            )
        };
        let mut working = setup.constraints.iter().filter(works);
        let mut others = working.clone();
        Self {
            kinematic: working.any(bends),
            constrained: others.any(|constraint| !bends(constraint)),
            locked: locked(bone, setup, channel),
        }
    }
}

/// Whether location, rotation and scale are locked on every axis; a connected bone has no location.
fn locked(bone: &Bone, setup: &BoneSetup, channel: Option<&Channel>) -> bool {
    let all = |locks: [bool; 3]| locks == [true; 3];
    let euler = channel.is_some_and(|channel| {
        !matches!(
            channel.mode,
            RotationMode::Quaternion | RotationMode::AxisAngle
        )
    });
    let whole = euler || !setup.lock_rotations_4d || setup.lock_rotation_w;
    (bone.connected || all(setup.lock_location))
        && all(setup.lock_rotation)
        && all(setup.lock_scale)
        && whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_muted_constraint_marks_nothing() {
        let mut setup = BoneSetup::default();
        setup.constraints.push(Constraint::new(ConstraintKind::Ik));
        let bone = Bone::default();
        assert!(Marks::of(&bone, Some(&setup), None).kinematic);
        setup.constraints[0].mute = true;
        assert_eq!(Marks::of(&bone, Some(&setup), None), Marks::default());
    }

    #[test]
    fn a_bone_is_locked_when_nothing_of_it_can_move() {
        let mut setup = BoneSetup {
            lock_rotation: [true; 3],
            lock_rotation_w: true,
            lock_scale: [true; 3],
            ..BoneSetup::default()
        };
        let mut bone = Bone::default();
        assert!(!Marks::of(&bone, Some(&setup), None).locked);
        bone.connected = true;
        assert!(Marks::of(&bone, Some(&setup), None).locked);
        setup.lock_rotation_w = false;
        assert!(!Marks::of(&bone, Some(&setup), None).locked);
    }
}
