//! Locked components of location, rotation and scale keep their old numbers.

use glam::{Quat, Vec3};

use crate::math::rotation::{self, EulerOrder};
use crate::model::pose::BoneSetup;

/// `new`, with the locked components of `old`.
pub fn unlocked(old: Vec3, new: Vec3, locked: [bool; 3]) -> Vec3 {
    let locked = glam::BVec3::from_array(locked);
    Vec3::select(locked, old, new)
}

fn any(setup: &BoneSetup) -> bool {
    setup.lock_rotation_w || setup.lock_rotation.contains(&true)
}

/// `[w, x, y, z]` of `new` as far as it is not locked.
pub fn quaternion(old: Quat, new: Quat, setup: &BoneSetup) -> [f32; 4] {
    let wxyz = rotation::wxyz_from_quat;
    if !any(setup) {
        return wxyz(new);
    }
    if setup.lock_rotations_4d {
        return one_by_one(wxyz(old), wxyz(new), setup);
    }
    let euler = |q| rotation::euler_from_quat(rotation::normalized(q), EulerOrder::Xyz);
    let kept = unlocked(euler(old), euler(new), setup.lock_rotation);
    let result = rotation::quat_from_euler(kept, EulerOrder::Xyz) * new.length();
    if new.w * result.w < 0.0 {
        wxyz(-result)
    } else {
        wxyz(result)
    }
}

/// `[angle, x, y, z]` of `new` as far as it is not locked.
pub fn axis_angle(old: [f32; 4], new: [f32; 4], setup: &BoneSetup) -> [f32; 4] {
    if !any(setup) {
        return new;
    }
    if setup.lock_rotations_4d {
        return one_by_one(old, new, setup);
    }
    let euler =
        |value| rotation::euler_from_quat(rotation::quat_from_axis_angle(value), EulerOrder::Xyz);
    let kept = unlocked(euler(old), euler(new), setup.lock_rotation);
    let matrix = rotation::mat3_from_euler(kept, EulerOrder::Xyz);
    rotation::axis_angle_from_quat(rotation::quat_from_mat3(matrix))
}

fn one_by_one(old: [f32; 4], new: [f32; 4], setup: &BoneSetup) -> [f32; 4] {
    let [x, y, z] = setup.lock_rotation;
    let mut result = new;
    for ((value, old), locked) in result
        .iter_mut()
        .zip(old)
        .zip([setup.lock_rotation_w, x, y, z])
    {
        if locked {
            *value = old;
        }
    }
    result
}
