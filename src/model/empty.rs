//! A named transform without content, which constraints may target.

use glam::{Mat3, Mat4};

use crate::math::rotation::{self, EulerOrder};
use crate::record;

record! {
    /// A named transform in world space.
    pub struct Empty {
        /// Unique in its document.
        pub name: String = "Empty".to_owned();
        /// Metres.
        pub location: [f32; 3] = [0.0; 3];
        /// Radians, X first.
        pub rotation_euler: [f32; 3] = [0.0; 3];
        /// Factors along its axes.
        pub scale: [f32; 3] = [1.0; 3];
        /// Whether it is selected.
        pub select: bool = false;
    }
}

impl Empty {
    /// Its transform: world from its own space.
    pub fn world_from_empty(&self) -> Mat4 {
        let rotation = rotation::quat_from_euler(self.rotation_euler.into(), EulerOrder::Xyz);
        Mat4::from_scale_rotation_translation(self.scale.into(), rotation, self.location.into())
    }

    /// Its axes at unit length, a column each.
    pub fn axes(&self) -> Mat3 {
        rotation::mat3_from_euler(self.rotation_euler.into(), EulerOrder::Xyz)
    }
}
