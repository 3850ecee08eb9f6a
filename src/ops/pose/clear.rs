//! Clearing location, rotation and scale of the selected bones.

use std::sync::Arc;

use glam::{Quat, Vec3};

use crate::math::rotation::{self, EulerOrder};
use crate::model::id::{BoneId, RigId};
use crate::model::pose::{BoneSetup, Channel, RotationMode};
use crate::ops::context::{Context, NO_BONE};
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::shared::auto_key;
use crate::ops::shared::key_sets::KeySet;
use crate::ops::shared::mirror::pairing::Pairing;
use crate::props;

/// Which channels are cleared.
#[derive(Clone, Copy)]
struct What {
    location: bool,
    rotation: bool,
    scale: bool,
}

impl What {
    /// What automatic keying keys of it.
    fn keyed(self) -> KeySet {
        match (self.location, self.rotation, self.scale) {
            (true, false, false) => KeySet::Location,
            (false, true, false) => KeySet::Rotation,
            (false, false, true) => KeySet::Scaling,
            _ => KeySet::LocRotScale,
        }
    }
}

macro_rules! clear_operator {
    ($name:ident, $id:literal, $label:literal, $what:expr) => {
        impl Operator for $name {
            const INFO: Info = Info::new($id, $label);

            fn poll(cx: &Context) -> Poll {
                cx.need_rig()
            }

            fn exec(&self, cx: &mut Context) -> Exec {
                clear(cx, $what)
            }
        }
    };
}

props! {
    /// Move the selected bones back to where they are at rest.
    pub struct LocClear {}
}
clear_operator!(
    LocClear,
    "pose.loc_clear",
    "Clear Pose Location",
    What {
        location: true,
        rotation: false,
        scale: false
    }
);

props! {
    /// Turn the selected bones back to how they are at rest, bendy-bone curves and rolls included.
    pub struct RotClear {}
}
clear_operator!(
    RotClear,
    "pose.rot_clear",
    "Clear Pose Rotation",
    What {
        location: false,
        rotation: true,
        scale: false
    }
);

props! {
    /// Scale the selected bones back to the size they have at rest.
    pub struct ScaleClear {}
}
clear_operator!(
    ScaleClear,
    "pose.scale_clear",
    "Clear Pose Scale",
    What {
        location: false,
        rotation: false,
        scale: true
    }
);

props! {
    /// Bring the selected bones back to rest in location, rotation and scale.
    pub struct TransformsClear {}
}
clear_operator!(
    TransformsClear,
    "pose.transforms_clear",
    "Clear Pose Transforms",
    What {
        location: true,
        rotation: true,
        scale: true
    }
);

fn clear(cx: &mut Context, what: What) -> Exec {
    let selected = cx.selected_bones();
    if selected.is_empty() {
        return Err(Refusal::Idle(NO_BONE));
    }
    for (id, bones) in selected {
        clear_rig(cx, id, &bones, what);
        // The mirrored bones are cleared too, but not keyed.
        auto_key::key_set(cx.doc, id, &bones, what.keyed());
    }
    Ok(())
}

fn clear_rig(cx: &mut Context, id: RigId, selected: &[BoneId], what: What) {
    let Some(rig) = cx.doc.rig_at_mut(id) else {
        return;
    };
    let mut bones = selected.to_vec();
    if rig.options.use_mirror_x {
        let pairing = Pairing::new(rig);
        let mirrored: Vec<_> = bones
            .iter()
            .filter_map(|&bone| pairing.other(bone))
            .collect();
        bones.extend(mirrored);
    }
    let channels = Arc::make_mut(&mut rig.pose.channels);
    let setups = Arc::make_mut(&mut rig.pose.setups);
    for bone in bones {
        let (Some(channel), Some(setup)) =
            (channels.get_mut(bone.index()), setups.get_mut(bone.index()))
        else {
            continue;
        };
        clear_bone(channel, setup, what);
    }
}

fn clear_bone(channel: &mut Channel, setup: &mut Arc<BoneSetup>, what: What) {
    let mut bbone = setup.bbone.clone();
    if what.location {
        clear_unlocked(&mut channel.location, setup.lock_location, 0.0);
    }
    if what.rotation {
        clear_rotation(channel, setup);
        (bbone.bbone_rollin, bbone.bbone_rollout) = (0.0, 0.0);
        (bbone.bbone_curveinx, bbone.bbone_curveinz) = (0.0, 0.0);
        (bbone.bbone_curveoutx, bbone.bbone_curveoutz) = (0.0, 0.0);
    }
    if what.scale {
        clear_unlocked(&mut channel.scale, setup.lock_scale, 1.0);
        (bbone.bbone_easein, bbone.bbone_easeout) = (0.0, 0.0);
        (bbone.bbone_scalein, bbone.bbone_scaleout) = ([1.0; 3], [1.0; 3]);
    }
    if bbone != setup.bbone {
        Arc::make_mut(setup).bbone = bbone;
    }
}

fn clear_unlocked(values: &mut Vec3, locked: [bool; 3], rest: f32) {
    for (axis, locked) in locked.into_iter().enumerate() {
        if !locked {
            values[axis] = rest;
        }
    }
}

fn clear_rotation(channel: &mut Channel, setup: &BoneSetup) {
    let locked = setup.lock_rotation;
    let mode = channel.mode;
    if !setup.lock_rotation_w && locked == [false; 3] {
        match mode {
            RotationMode::Quaternion => channel.quaternion = [1.0, 0.0, 0.0, 0.0],
            RotationMode::AxisAngle => channel.axis_angle = [0.0, 0.0, 1.0, 0.0],
            _ => channel.euler = Vec3::ZERO,
        }
    } else if setup.lock_rotations_4d {
        let [x, y, z] = locked;
        let locked4 = [setup.lock_rotation_w, x, y, z];
        match mode {
            RotationMode::Quaternion => {
                clear_four(&mut channel.quaternion, locked4, [1.0, 0.0, 0.0, 0.0])
            }
            RotationMode::AxisAngle => {
                clear_four(&mut channel.axis_angle, locked4, [0.0; 4]);
                let [_, x, y, z] = &mut channel.axis_angle;
                // An axis without a direction would be no axis.
                if x == y && y == z {
                    *y = 1.0;
                }
            }
            _ => clear_unlocked(&mut channel.euler, locked, 0.0),
        }
    } else {
        clear_as_euler(channel, locked);
    }
}

fn clear_four(values: &mut [f32; 4], locked: [bool; 4], rest: [f32; 4]) {
    for ((value, locked), rest) in values.iter_mut().zip(locked).zip(rest) {
        if !locked {
            *value = rest;
        }
    }
}

/// Locks that count in the Euler form of the rotation, whatever its mode.
fn clear_as_euler(channel: &mut Channel, locked: [bool; 3]) {
    match channel.mode {
        RotationMode::Quaternion => {
            let old = rotation::quat_from_wxyz(channel.quaternion);
            let mut euler = rotation::euler_from_quat(rotation::normalized(old), EulerOrder::Xyz);
            clear_unlocked(&mut euler, locked, 0.0);
            let mut new = rotation::quat_from_euler(euler, EulerOrder::Xyz) * old.length();
            if (old.w < 0.0) != (new.w < 0.0) {
                new = Quat::from_xyzw(-new.x, -new.y, -new.z, -new.w);
            }
            channel.quaternion = rotation::wxyz_from_quat(new);
        }
        RotationMode::AxisAngle => {
            let old = rotation::quat_from_axis_angle(channel.axis_angle);
            let mut euler = rotation::euler_from_quat(old, EulerOrder::Xyz);
            clear_unlocked(&mut euler, locked, 0.0);
            channel.axis_angle =
                rotation::axis_angle_from_quat(rotation::quat_from_euler(euler, EulerOrder::Xyz));
        }
        _ => clear_unlocked(&mut channel.euler, locked, 0.0),
    }
}
