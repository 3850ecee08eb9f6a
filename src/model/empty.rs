//! A named transform without content, which constraints may target.

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
    }
}
