//! Taking shear out of a matrix without favouring X over Z: what bones and constraints do that inherit
//! scale only in part. The Y axis, which runs along a bone, keeps its direction and its length.
//!
//! Calculated in f64: nearly parallel axes would lose half of their digits otherwise.

use glam::{DMat3, DVec3, Mat3, Mat4, Vec3};

use crate::math::transform;

/// Below this cosine the axes count as perpendicular.
const NO_SHEAR: f64 = 1e-4;

/// `m` with columns at right angles and of the same volume; X and Z turn by equal angles about Y.
pub fn without_shear(m: Mat3) -> Mat3 {
    let (unit, lengths) = straightened(m);
    Mat3::from_cols(
        (unit.x_axis * lengths.x).as_vec3(),
        m.y_axis,
        (unit.z_axis * lengths.z).as_vec3(),
    )
}

/// As [`without_shear`], with every column at unit length (a zero column stays zero).
pub fn orthonormalized(m: Mat3) -> Mat3 {
    straightened(m).0.as_mat3()
}

/// The lengths of the columns, scaled together so that they give the volume of `m`; never negative.
pub fn lengths_of_equal_volume(m: Mat3) -> Vec3 {
    let lengths = transform::column_lengths(m);
    let volume = lengths.element_product();
    if volume > 0.0 {
        lengths * (m.determinant().abs() / volume).cbrt()
    } else {
        lengths
    }
}

/// The perpendicular unit axes of `m`, and the lengths that give its volume along them.
fn straightened(m: Mat3) -> (DMat3, DVec3) {
    let DMat3 {
        x_axis,
        y_axis,
        z_axis,
    } = m.as_dmat3();
    let y = y_axis.normalize_or_zero();
    let across = |v: DVec3| {
        let v = v - y * v.dot(y);
        (v.normalize_or_zero(), v.length())
    };
    let ((mut x, mut x_length), (mut z, mut z_length)) = (across(x_axis), across(z_axis));
    let cosine = x.dot(z);
    if cosine.abs() > NO_SHEAR && cosine.abs() < 1.0 - f64::from(f32::EPSILON) {
        let angle = cosine.acos();
        // X covers half of what is missing to a right angle, Z the other half.
        let (sine_x, cosine_x) = (angle * 0.5 + std::f64::consts::FRAC_PI_4).sin_cos();
        x = (x - z * cosine).normalize_or_zero() * sine_x + z * cosine_x;
        z = x.cross(z).cross(x).normalize_or_zero();
        let shrink = angle.sin().sqrt();
        x_length *= shrink;
        z_length *= shrink;
    }
    (
        DMat3::from_cols(x, y, z),
        DVec3::new(x_length, y_axis.length(), z_length),
    )
}

/// The inverse of an affine matrix; where an axis is squashed to nothing, that axis gives zero.
pub fn affine_inverse(m: Mat4) -> Mat4 {
    let wide = Mat3::from_mat4(m).as_dmat3();
    // In f64 the determinant of any f32 matrix in use is exact enough to be inverted.
    let inverse = wide.inverse();
    let inverse = if inverse.is_finite() && inverse.as_mat3().is_finite() {
        inverse
    } else {
        transform::pseudo_inverse(Mat3::from_mat4(m)).as_dmat3()
    };
    let mut result = Mat4::from_mat3(inverse.as_mat3());
    let origin = inverse * m.w_axis.truncate().as_dvec3();
    result.w_axis = (-origin.as_vec3()).extend(1.0);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x_and_z_each_turn_by_half_of_the_missing_angle() {
        // X at 60° from Z in the plane across Y: both turn by 15°.
        let x = Vec3::new(0.75f32.sqrt(), 0.0, 0.5);
        let m = Mat3::from_cols(x, Vec3::Y * 2.0, Vec3::Z);
        let straight = orthonormalized(m);
        let turn = 15.0f32.to_radians();
        assert!((straight.z_axis - Vec3::new(-turn.sin(), 0.0, turn.cos())).length() < 1e-6);
        assert!(straight.x_axis.dot(straight.z_axis).abs() < 1e-6);
        assert_eq!(straight.y_axis, Vec3::Y);
    }

    #[test]
    fn the_volume_survives() {
        let m = Mat3::from_cols(
            Vec3::new(1.0, 0.2, 0.4),
            Vec3::new(0.1, 2.0, 0.0),
            Vec3::new(0.5, -0.3, 1.5),
        );
        let straight = without_shear(m);
        assert!((straight.determinant() - m.determinant()).abs() < 1e-5);
        assert_eq!(straight.y_axis, m.y_axis);
        let lengths = lengths_of_equal_volume(m);
        assert!((lengths.element_product() - m.determinant()).abs() < 1e-5);
    }

    #[test]
    fn a_mirrored_matrix_stays_mirrored() {
        let m = Mat3::from_diagonal(Vec3::new(-2.0, 1.0, 3.0));
        assert_eq!(without_shear(m), m);
    }

    #[test]
    fn an_inverse_leads_back_even_for_tiny_scales() {
        let m = Mat4::from_scale(Vec3::splat(1e-14)) * Mat4::from_translation(Vec3::X);
        let back = affine_inverse(m).transform_point3(m.transform_point3(Vec3::Y));
        assert!((back - Vec3::Y).length() < 1e-5, "{back}");
        assert!(affine_inverse(Mat4::from_scale(Vec3::new(0.0, 2.0, 1.0))).is_finite());
    }
}
