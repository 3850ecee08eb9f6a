//! Location, rotation and scale, and taking a matrix apart into them.

use glam::{Mat3, Mat4, Quat, Vec3};

use crate::math::rotation;

/// A location, a unit rotation and a scale, applied scale first: `T · R · S`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    /// Where the origin goes.
    pub location: Vec3,
    /// A quaternion of unit length.
    pub rotation: Quat,
    /// Factors along the own axes.
    pub scale: Vec3,
}

impl Transform {
    /// Nothing moved.
    pub const IDENTITY: Self = Self {
        location: Vec3::ZERO,
        rotation: Quat::IDENTITY,
        scale: Vec3::ONE,
    };

    /// As a matrix.
    pub fn matrix(&self) -> Mat4 {
        Mat4::from_scale_rotation_translation(self.scale, self.rotation, self.location)
    }

    /// A matrix taken apart: scale is the length of the columns; where the matrix mirrors, all three
    /// scales and the rotation matrix are negated. Shear is lost.
    pub fn from_matrix(matrix: Mat4) -> Self {
        let m = Mat3::from_mat4(matrix);
        let (rotation, scale) = rotation_and_scale(m);
        Self {
            location: matrix.w_axis.truncate(),
            rotation: rotation::quat_from_mat3(rotation),
            scale,
        }
    }
}

/// Normalised columns and their lengths; both negated where the matrix mirrors.
pub fn rotation_and_scale(m: Mat3) -> (Mat3, Vec3) {
    let lengths = column_lengths(m);
    let unit = normalized_columns(m);
    if m.determinant() < 0.0 {
        (unit * -1.0, -lengths)
    } else {
        (unit, lengths)
    }
}

/// The lengths of the three columns, never negative.
pub fn column_lengths(m: Mat3) -> Vec3 {
    Vec3::new(m.x_axis.length(), m.y_axis.length(), m.z_axis.length())
}

/// Every column at unit length; a zero column stays zero.
pub fn normalized_columns(m: Mat3) -> Mat3 {
    Mat3::from_cols(
        m.x_axis.normalize_or_zero(),
        m.y_axis.normalize_or_zero(),
        m.z_axis.normalize_or_zero(),
    )
}

/// The inverse, or the best there is where an axis is squashed to nothing: that axis then gives zero.
pub fn pseudo_inverse(m: Mat3) -> Mat3 {
    let determinant = m.determinant();
    if determinant.abs() > f32::MIN_POSITIVE && determinant.is_finite() {
        let inverse = m.inverse();
        if inverse.is_finite() {
            return inverse;
        }
    }
    let (unit, scale) = (normalized_columns(m), column_lengths(m));
    let inverse = scale.map(|s| if s > 1e-8 { 1.0 / s } else { 0.0 });
    Mat3::from_diagonal(inverse) * unit.transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirroring_matrix_negates_all_three_scales() {
        let t = Transform::from_matrix(Mat4::from_scale(Vec3::new(-1.0, 2.0, 3.0)));
        assert_eq!(t.scale, Vec3::new(-1.0, -2.0, -3.0));
        assert!((t.matrix() * Vec3::X.extend(0.0)).x < 0.0);
    }

    #[test]
    fn a_squashed_axis_has_a_finite_inverse() {
        let inverse = pseudo_inverse(Mat3::from_diagonal(Vec3::new(2.0, 0.0, 4.0)));
        assert!(inverse.is_finite());
        assert_eq!(inverse.x_axis.x, 0.5);
    }
}
