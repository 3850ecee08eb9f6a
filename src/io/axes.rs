//! The one place where axes are converted: glTF has Y up and models face +Z, here Z is up and they face −Y.
//!
//! The matrix is multiplied from the left, so that the frames of nodes and joints stay as their file has them.

use glam::{Mat4, Vec4};

/// Armature space from glTF scene space: (x, y, z) becomes (x, −z, y).
pub const Z_UP: Mat4 = Mat4::from_cols(Vec4::X, Vec4::Z, Vec4::NEG_Y, Vec4::W);

/// glTF scene space from armature space: the inverse of [`Z_UP`].
pub const Y_UP: Mat4 = Mat4::from_cols(Vec4::X, Vec4::NEG_Z, Vec4::Y, Vec4::W);

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::*;

    #[test]
    fn up_becomes_z_and_the_front_looks_along_minus_y() {
        assert_eq!(
            Z_UP.transform_point3(Vec3::new(1.0, 2.0, 3.0)),
            Vec3::new(1.0, -3.0, 2.0)
        );
        assert_eq!(Y_UP * Z_UP, Mat4::IDENTITY);
    }
}
