//! From a bone's channels to its node: translation, rotation and scale as a file has them, in 64 bits.
//!
//! All of that but Euler angles and axis-angle is linear, so that cubics stay cubics.

use glam::{DQuat, DVec3, DVec4};

use crate::io::gltf_clip::{Path, Rest};
use crate::math::rotation::EulerOrder;

/// How a bone's rotation is animated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// By `w, x, y, z`.
    Quaternion,
    /// By angles.
    Euler(EulerOrder),
    /// By an angle and an axis.
    AxisAngle,
}

/// What a sampler of the file drives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Which property of the node.
    pub path: Path,
    /// Where the node rests.
    pub rest: Rest,
    /// How rotations are animated.
    pub turn: Turn,
}

impl Target {
    /// Whether values are quaternions.
    pub fn is_rotation(&self) -> bool {
        self.path == Path::Rotation
    }

    /// Whether the file's value is linear in the channel's.
    pub fn is_linear(&self) -> bool {
        !self.is_rotation() || self.turn == Turn::Quaternion
    }

    /// What the components of the channel are without a curve.
    pub fn defaults(&self) -> &'static [f64] {
        match (self.path, self.turn) {
            (Path::Translation, _) | (Path::Rotation, Turn::Euler(_)) => &[0.0; 3],
            (Path::Rotation, Turn::Quaternion) => &[1.0, 0.0, 0.0, 0.0],
            (Path::Rotation, Turn::AxisAngle) => &[0.0, 0.0, 1.0, 0.0],
            (Path::Scale, _) => &[1.0; 3],
        }
    }

    /// The file's value of the channel's components. Rotations are `x, y, z, w`; those of quaternion channels
    /// keep the length they have there.
    pub fn value(&self, parts: [f64; 4]) -> [f64; 4] {
        let [a, b, c, d] = parts;
        let channel = match self.turn {
            _ if !self.is_rotation() => DVec4::from(parts),
            Turn::Quaternion => DVec4::from(parts),
            Turn::Euler(order) => wxyz(from_euler(DVec3::new(a, b, c), order)),
            Turn::AxisAngle => {
                let axis = DVec3::new(b, c, d).normalize_or_zero();
                if axis == DVec3::ZERO {
                    DVec4::X
                } else {
                    wxyz(DQuat::from_axis_angle(axis, a))
                }
            }
        };
        self.rest.to_file(self.path, channel).to_array()
    }

    /// How fast the file's value changes where the channel's components have these slopes.
    pub fn slope(&self, parts: [f64; 4], slopes: [f64; 4]) -> [f64; 4] {
        if self.is_linear() {
            let channel = DVec4::from(slopes);
            return self.rest.tangent_to_file(self.path, channel).to_array();
        }
        let fastest = slopes
            .iter()
            .fold(0.0, |most: f64, slope| most.max(slope.abs()));
        if fastest == 0.0 {
            return [0.0; 4];
        }
        let step = 1e-4 / fastest;
        let at = |step: f64| self.value(zip(parts, slopes, |part, slope| part + slope * step));
        zip(at(step), at(-step), |a, b| (a - b) / (2.0 * step))
    }
}

fn wxyz(q: DQuat) -> DVec4 {
    DVec4::new(q.w, q.x, q.y, q.z)
}

fn from_euler(euler: DVec3, order: EulerOrder) -> DQuat {
    let turn = |axis: usize| match axis {
        0 => DQuat::from_rotation_x(euler.x),
        1 => DQuat::from_rotation_y(euler.y),
        _ => DQuat::from_rotation_z(euler.z),
    };
    let (first, second, third) = order.axes();
    turn(third) * turn(second) * turn(first)
}

/// Two values of four numbers made one, number by number.
pub fn zip(a: [f64; 4], b: [f64; 4], with: impl Fn(f64, f64) -> f64) -> [f64; 4] {
    let [a0, a1, a2, a3] = a;
    let [b0, b1, b2, b3] = b;
    [with(a0, b0), with(a1, b1), with(a2, b2), with(a3, b3)]
}

/// The length of a value.
pub fn length(value: [f64; 4]) -> f64 {
    value.iter().map(|n| n * n).sum::<f64>().sqrt()
}

/// The value at length one; one of length zero stays.
pub fn normalized(value: [f64; 4]) -> [f64; 4] {
    let length = length(value);
    if length > 0.0 {
        value.map(|n| n / length)
    } else {
        value
    }
}

/// The angle between two rotations of unit length, radians; up to a full turn where their signs differ.
pub fn angle(a: [f64; 4], b: [f64; 4]) -> f64 {
    let apart = length(zip(a, b, |a, b| a - b));
    let together = length(zip(a, b, |a, b| a + b));
    4.0 * apart.atan2(together)
}

/// The angle between two rotations of unit length, whatever their signs, radians.
pub fn shortest_angle(a: [f64; 4], b: [f64; 4]) -> f64 {
    angle(a, b).min(angle(a, b.map(|n| -n)))
}

/// At even speed from one rotation to another along the shortest way.
pub fn slerp(a: [f64; 4], b: [f64; 4], share: f64) -> [f64; 4] {
    let (a, b) = (normalized(a), normalized(b));
    let half = angle(a, b) / 2.0;
    let (b, half) = if half > std::f64::consts::FRAC_PI_2 {
        (b.map(|n| -n), std::f64::consts::PI - half)
    } else {
        (b, half)
    };
    if half < 1e-6 {
        return normalized(zip(a, b, |a, b| a + (b - a) * share));
    }
    let (from, to) = (((1.0 - share) * half).sin(), (share * half).sin());
    zip(a, b, |a, b| (a * from + b * to) / half.sin())
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{FRAC_PI_2, PI};

    use super::*;

    #[test]
    fn the_slope_of_an_angle_is_that_of_its_quaternion() {
        let target = Target {
            path: Path::Rotation,
            rest: Rest::default(),
            turn: Turn::Euler(EulerOrder::Xyz),
        };
        // A turn about X: (sin a/2, cos a/2), which at 0 changes by half a radian per radian.
        let slope = target.slope([0.0; 4], [1.0, 0.0, 0.0, 0.0]);
        assert!(length(zip(slope, [0.5, 0.0, 0.0, 0.0], |a, b| a - b)) < 1e-8);
    }

    #[test]
    fn angles_know_a_full_turn() {
        let [none, half] = [[0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 1.0, 0.0]];
        assert!((angle(none, half) - PI).abs() < 1e-12);
        assert!((angle(none, none.map(|n| -n)) - 2.0 * PI).abs() < 1e-12);
        assert!(shortest_angle(none, none.map(|n| -n)) < 1e-12);
        let quarter = slerp(none, half, 0.5);
        assert!((angle(none, quarter) - FRAC_PI_2).abs() < 1e-12);
    }
}
