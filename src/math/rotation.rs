//! Conversions between quaternions, Euler angles of every order and axis-angle.
//!
//! The branches are chosen as Blender chooses them (which of two Euler solutions, which quaternion
//! component is taken from the diagonal), because the numbers are shown, keyed and compared.
//! Stored quaternions are `[w, x, y, z]`, axis-angle is `[angle, x, y, z]`.

use glam::{DMat3, DQuat, DVec3, Mat3, Quat, Vec3};

/// The order of the three rotations of an Euler triple; `Xyz` turns about X first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EulerOrder {
    /// X, then Y, then Z.
    Xyz,
    /// X, then Z, then Y.
    Xzy,
    /// Y, then X, then Z.
    Yxz,
    /// Y, then Z, then X.
    Yzx,
    /// Z, then X, then Y.
    Zxy,
    /// Z, then Y, then X.
    Zyx,
}

impl EulerOrder {
    /// First, second and third axis, 0 to 2.
    pub fn axes(self) -> (usize, usize, usize) {
        let (first, second, third, _) = self.permutation();
        (first, second, third)
    }

    /// First, second and third axis, and whether they are an odd permutation of X, Y, Z.
    fn permutation(self) -> (usize, usize, usize, bool) {
        match self {
            Self::Xyz => (0, 1, 2, false),
            Self::Xzy => (0, 2, 1, true),
            Self::Yxz => (1, 0, 2, true),
            Self::Yzx => (1, 2, 0, false),
            Self::Zxy => (2, 0, 1, false),
            Self::Zyx => (2, 1, 0, true),
        }
    }
}

/// A stored `[w, x, y, z]` as a quaternion to calculate with; its length is kept.
pub fn quat_from_wxyz(q: [f32; 4]) -> Quat {
    Quat::from_xyzw(q[1], q[2], q[3], q[0])
}

/// A quaternion as it is stored, `[w, x, y, z]`.
pub fn wxyz_from_quat(q: Quat) -> [f32; 4] {
    [q.w, q.x, q.y, q.z]
}

/// Normalised; a quaternion of length zero becomes a half turn about X, as in Blender.
pub fn normalized(q: Quat) -> Quat {
    let length = q.dot(q).sqrt();
    if length > 0.0 {
        q * (1.0 / length)
    } else {
        Quat::from_xyzw(1.0, 0.0, 0.0, 0.0)
    }
}

/// [`normalized`] in 64 bits.
pub fn normalized64(q: DQuat) -> DQuat {
    let length = q.dot(q).sqrt();
    if length > 0.0 {
        q * (1.0 / length)
    } else {
        DQuat::from_xyzw(1.0, 0.0, 0.0, 0.0)
    }
}

/// The quaternion of an Euler triple.
pub fn quat_from_euler(euler: Vec3, order: EulerOrder) -> Quat {
    quat64_from_euler(euler, order).as_quat()
}

fn quat64_from_euler(euler: Vec3, order: EulerOrder) -> DQuat {
    let turn = |axis: usize| {
        let mut unit = DVec3::ZERO;
        unit[axis] = 1.0;
        DQuat::from_axis_angle(unit, f64::from(euler[axis]))
    };
    let (i, j, k, _) = order.permutation();
    turn(k) * turn(j) * turn(i)
}

/// The rotation matrix of an Euler triple.
pub fn mat3_from_euler(euler: Vec3, order: EulerOrder) -> Mat3 {
    DMat3::from_quat(quat64_from_euler(euler, order)).as_mat3()
}

/// The two Euler triples that give the rotation `m`, whose columns are of unit length.
fn euler_candidates(m: Mat3, order: EulerOrder) -> [Vec3; 2] {
    let (i, j, k, odd) = order.permutation();
    let at = |row: usize, col: usize| f64::from(m.col(col)[row]);
    let cosine = at(i, i).hypot(at(j, i));
    let (mut first, mut second) = (DVec3::ZERO, DVec3::ZERO);
    if cosine > 16.0 * f64::from(f32::EPSILON) {
        first[i] = at(k, j).atan2(at(k, k));
        first[j] = (-at(k, i)).atan2(cosine);
        first[k] = at(j, i).atan2(at(i, i));
        second[i] = (-at(k, j)).atan2(-at(k, k));
        second[j] = (-at(k, i)).atan2(-cosine);
        second[k] = (-at(j, i)).atan2(-at(i, i));
    } else {
        first[i] = (-at(j, k)).atan2(at(j, j));
        first[j] = (-at(k, i)).atan2(cosine);
        second = first;
    }
    let sign = if odd { -1.0 } else { 1.0 };
    [first, second].map(|e| (e * sign).as_vec3())
}

/// The Euler triple of the rotation `m` (columns of unit length) with the smaller sum of angles.
pub fn euler_from_mat3(m: Mat3, order: EulerOrder) -> Vec3 {
    let [a, b] = euler_candidates(m, order);
    let size = |e: Vec3| e.abs().element_sum();
    if size(a) > size(b) { b } else { a }
}

/// The Euler triple of the rotation `m` (columns of unit length) that lies nearest to `old`.
pub fn compatible_euler_from_mat3(m: Mat3, old: Vec3, order: EulerOrder) -> Vec3 {
    let [a, b] = euler_candidates(m, order).map(|e| compatible_euler(e, old));
    let distance = |e: Vec3| (e - old).abs().element_sum();
    if distance(a) > distance(b) { b } else { a }
}

/// `euler` shifted by whole turns, so that no angle is more than half a turn away from `old`.
pub fn compatible_euler(euler: Vec3, old: Vec3) -> Vec3 {
    use std::f32::consts::{PI, TAU};
    let mut result = euler;
    for axis in 0..3 {
        let difference = result[axis] - old[axis];
        if difference.abs() > PI {
            result[axis] -= (difference / TAU).round() * TAU;
        }
    }
    result
}

/// The Euler triple of a unit quaternion, nearest to zero.
pub fn euler_from_quat(q: Quat, order: EulerOrder) -> Vec3 {
    euler_from_mat3(mat3_from_quat(q), order)
}

/// The rotation matrix of a quaternion of unit length.
pub fn mat3_from_quat(q: Quat) -> Mat3 {
    DMat3::from_quat(q.as_dquat()).as_mat3()
}

/// The quaternion of a matrix: columns are normalised, a mirrored matrix is negated, `w` is not negative.
///
/// Which component is taken from the diagonal follows Blender; it shows when the columns are sheared.
pub fn quat_from_mat3(m: Mat3) -> Quat {
    let mut m = Mat3::from_cols(
        m.x_axis.normalize_or_zero(),
        m.y_axis.normalize_or_zero(),
        m.z_axis.normalize_or_zero(),
    );
    if m.determinant() < 0.0 {
        m *= -1.0;
    }
    let [m00, m11, m22] = [m.x_axis.x, m.y_axis.y, m.z_axis.z];
    // Differences and sums of opposite elements, named after the axis they belong to.
    let twist = Vec3::new(
        m.y_axis.z - m.z_axis.y,
        m.z_axis.x - m.x_axis.z,
        m.x_axis.y - m.y_axis.x,
    );
    let xy = m.x_axis.y + m.y_axis.x;
    let xz = m.x_axis.z + m.z_axis.x;
    let yz = m.y_axis.z + m.z_axis.y;
    let q = if m22 < 0.0 {
        if m00 > m11 {
            Quat::from_xyzw(1.0 + m00 - m11 - m22, xy, xz, twist.x)
        } else {
            Quat::from_xyzw(xy, 1.0 - m00 + m11 - m22, yz, twist.y)
        }
    } else if m00 < -m11 {
        Quat::from_xyzw(xz, yz, 1.0 - m00 - m11 + m22, twist.z)
    } else {
        Quat::from_xyzw(twist.x, twist.y, twist.z, 1.0 + m00 + m11 + m22)
    };
    let q = normalized(q);
    if q.w < 0.0 { -q } else { q }
}

/// Axis-angle `[angle, x, y, z]` of a unit quaternion; the angle lies in 0 to a whole turn.
pub fn axis_angle_from_quat(q: Quat) -> [f32; 4] {
    let half = q.w.clamp(-1.0, 1.0).acos();
    let sine = half.sin();
    let divisor = if sine.abs() < 0.0005 { 1.0 } else { sine };
    let mut axis = Vec3::new(q.x, q.y, q.z) / divisor;
    if axis == Vec3::ZERO {
        axis.y = 1.0;
    }
    [half * 2.0, axis.x, axis.y, axis.z]
}

/// The quaternion of `[angle, x, y, z]`; the axis is normalised, a zero axis gives no rotation.
pub fn quat_from_axis_angle(value: [f32; 4]) -> Quat {
    let axis = Vec3::new(value[1], value[2], value[3]);
    match axis.try_normalize() {
        Some(axis) => Quat::from_axis_angle(axis, value[0]),
        None => Quat::IDENTITY,
    }
}

/// From `a` to `b` along the shortest way; beyond them where `share` lies outside of 0 to 1. Both are of unit
/// length; the result is not normalised.
pub fn slerp(a: DQuat, b: DQuat, share: f32) -> DQuat {
    let share = f64::from(share);
    let cosine = a.dot(b);
    let (a, cosine) = if cosine < 0.0 {
        (-a, -cosine)
    } else {
        (a, cosine)
    };
    if cosine >= 1.0 - 1e-4 {
        return a * (1.0 - share) + b * share;
    }
    let angle = cosine.acos();
    let sine = angle.sin();
    a * (((1.0 - share) * angle).sin() / sine) + b * ((share * angle).sin() / sine)
}

/// `q` with the sign, and the length, that continue the stored quaternion `old` without a jump.
pub fn compatible_quat(q: Quat, old: Quat) -> Quat {
    let length = old.length();
    if length <= 1e-4 {
        return q;
    }
    let (plus, minus) = (q * length, q * -length);
    let distance = |a: Quat| (a - old).length_squared();
    if distance(minus) < distance(plus) {
        minus
    } else {
        plus
    }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::{FRAC_PI_2, PI, TAU};

    use super::*;

    const ORDERS: [EulerOrder; 6] = [
        EulerOrder::Xyz,
        EulerOrder::Xzy,
        EulerOrder::Yxz,
        EulerOrder::Yzx,
        EulerOrder::Zxy,
        EulerOrder::Zyx,
    ];

    #[test]
    fn xyz_turns_about_x_first() {
        // A quarter about X takes Y to Z; the quarter about Z that follows leaves Z alone.
        let m = mat3_from_euler(Vec3::new(FRAC_PI_2, 0.0, FRAC_PI_2), EulerOrder::Xyz);
        assert!((m * Vec3::Y - Vec3::Z).length() < 1e-6);
        let m = mat3_from_euler(Vec3::new(FRAC_PI_2, 0.0, FRAC_PI_2), EulerOrder::Zyx);
        assert!((m * Vec3::Y + Vec3::X).length() < 1e-6);
    }

    #[test]
    fn euler_angles_survive_the_matrix_in_every_order() {
        for order in ORDERS {
            let euler = Vec3::new(0.3, -0.7, 1.1);
            let back = euler_from_mat3(mat3_from_euler(euler, order), order);
            assert!((back - euler).length() < 1e-6, "{order:?}: {back}");
        }
    }

    #[test]
    fn compatible_euler_continues_past_a_half_turn() {
        let old = Vec3::new(PI + 0.4, 0.0, 0.0);
        let m = mat3_from_euler(Vec3::new(PI + 0.5, 0.0, 0.0), EulerOrder::Xyz);
        let new = compatible_euler_from_mat3(m, old, EulerOrder::Xyz);
        assert!((new.x - (PI + 0.5)).abs() < 1e-5, "{new}");
        assert!(
            (compatible_euler(Vec3::new(0.1, 0.0, 0.0), Vec3::new(TAU, 0.0, 0.0)).x - TAU - 0.1)
                .abs()
                < 1e-5
        );
    }

    #[test]
    fn no_rotation_has_y_as_its_axis() {
        assert_eq!(axis_angle_from_quat(Quat::IDENTITY), [0.0, 0.0, 1.0, 0.0]);
    }

    #[test]
    fn every_branch_of_the_matrix_gives_its_quaternion_back() {
        for q in [
            Quat::from_xyzw(0.9, 0.1, 0.2, 0.1),
            Quat::from_xyzw(0.1, 0.9, 0.2, 0.1),
            Quat::from_xyzw(0.1, 0.2, 0.9, 0.1),
            Quat::from_xyzw(0.1, 0.2, 0.1, 0.9),
        ] {
            let q = q.normalize();
            let back = quat_from_mat3(mat3_from_quat(q));
            assert!((back - q).length() < 1e-6, "{q} {back}");
        }
    }

    #[test]
    fn a_turn_goes_on_beyond_its_ends_the_short_way() {
        let quarter = DQuat::from_rotation_z(FRAC_PI_2.into());
        let twice = slerp(DQuat::IDENTITY, -quarter, 2.0).as_quat();
        // A quarter about Z done twice; the sign is that of the end.
        let wanted = -Quat::from_rotation_z(PI);
        assert!((twice - wanted).length() < 1e-6, "{twice}");
        let near = slerp(DQuat::IDENTITY, DQuat::from_xyzw(1e-3, 0.0, 0.0, 1.0), 3.0);
        assert!((near.x - 3e-3).abs() < 1e-9);
    }

    #[test]
    fn a_compatible_quaternion_carries_the_old_length_and_side() {
        let q = compatible_quat(Quat::IDENTITY, Quat::from_xyzw(0.0, 0.0, 0.0, -2.0));
        assert_eq!(wxyz_from_quat(q)[0], -2.0);
    }
}
