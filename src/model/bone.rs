//! A bone at rest: its place, its frame and what it inherits from its parent.

use std::sync::Arc;

use glam::{Mat3, Mat4, Vec3};

use crate::choice;
use crate::math::rotation;
use crate::model::id::BoneId;
use crate::record;

choice! {
    /// How much of its parent's scale a bone takes over.
    pub enum InheritScale: Full {
        /// All of the parent's scale and shear
        Full = "FULL", "Full";
        /// The scale, with its shear removed
        FixShear = "FIX_SHEAR", "Fix Shear";
        /// The parent's scale along the bone's own axes
        Aligned = "ALIGNED", "Aligned";
        /// The same factor on every axis, of equal volume
        Average = "AVERAGE", "Average";
        /// No scale and no shear
        None = "NONE", "None";
        /// No scale; shear may remain
        NoneLegacy = "NONE_LEGACY", "None (Legacy)";
    }
}

choice! {
    /// How the tangent at an end of a bendy bone is found.
    pub enum BBoneHandle: Auto {
        /// From the neighbours in the chain
        Auto = "AUTO", "Automatic";
        /// Towards the head or tail of the handle bone
        Absolute = "ABSOLUTE", "Absolute";
        /// As `Absolute`, relative to rest
        Relative = "RELATIVE", "Relative";
        /// Along the handle bone
        Tangent = "TANGENT", "Tangent";
    }
}

choice! {
    /// How vertices are mapped to the segments of a bendy bone.
    pub enum BBoneMapping: Straight {
        /// Along the straight rest bone
        Straight = "STRAIGHT", "Straight";
        /// Along the curved rest bone
        Curved = "CURVED", "Curved";
    }
}

record! {
    /// A bendy bone at rest.
    pub struct BBoneRest {
        /// Curvature at the head along X.
        pub bbone_curveinx: f32 = 0.0;
        /// Curvature at the head along Z.
        pub bbone_curveinz: f32 = 0.0;
        /// Curvature at the tail along X.
        pub bbone_curveoutx: f32 = 0.0;
        /// Curvature at the tail along Z.
        pub bbone_curveoutz: f32 = 0.0;
        /// Roll at the head, radians.
        pub bbone_rollin: f32 = 0.0;
        /// Roll at the tail, radians.
        pub bbone_rollout: f32 = 0.0;
        /// Length of the handle at the head.
        pub bbone_easein: f32 = 1.0;
        /// Length of the handle at the tail.
        pub bbone_easeout: f32 = 1.0;
        /// Scale at the head.
        pub bbone_scalein: [f32; 3] = [1.0; 3];
        /// Scale at the tail.
        pub bbone_scaleout: [f32; 3] = [1.0; 3];
        /// Number of segments; one is a stiff bone.
        pub bbone_segments: u32 = 1;
        /// How the tangent at the head is found.
        pub bbone_handle_type_start: BBoneHandle = BBoneHandle::Auto;
        /// How the tangent at the tail is found.
        pub bbone_handle_type_end: BBoneHandle = BBoneHandle::Auto;
        /// The bone that steers the head.
        pub bbone_custom_handle_start: Option<String> = None;
        /// The bone that steers the tail.
        pub bbone_custom_handle_end: Option<String> = None;
        /// Axes of the start handle's scale that count.
        pub bbone_handle_use_scale_start: [bool; 3] = [false; 3];
        /// Axes of the end handle's scale that count.
        pub bbone_handle_use_scale_end: [bool; 3] = [false; 3];
        /// Whether the start handle's length scales the easing.
        pub bbone_handle_use_ease_start: bool = false;
        /// Whether the end handle's length scales the easing.
        pub bbone_handle_use_ease_end: bool = false;
        /// Whether the easing follows the scale.
        pub use_scale_easing: bool = false;
        /// How vertices are mapped to segments.
        pub bbone_mapping_mode: BBoneMapping = BBoneMapping::Straight;
        /// Whether the roll at the head comes from the parent's tail.
        pub use_endroll_as_inroll: bool = false;
    }
}

/// A bone at rest. Lengths are metres of armature space.
#[derive(Clone, Debug, PartialEq)]
pub struct Bone {
    /// Unique in its armature.
    pub name: Arc<str>,
    /// The parent, which stands before this bone in the list.
    pub parent: Option<BoneId>,
    /// Where the bone starts, armature space.
    pub head: Vec3,
    /// Where it ends, armature space; for a bone with a [`Bone::frame`] only a matter of drawing.
    pub tail: Vec3,
    /// Turn about the bone's own axis, radians, against Blender's reference frame.
    pub roll: f32,
    /// The joint's own rest matrix (armature from bone) as its file gave it. It rules where it is given:
    /// head, tail and roll cannot express frames whose Y does not run along the bone, nor scale.
    pub frame: Option<Mat4>,
    /// Whether the head sticks to the parent's tail, so that location is ignored.
    pub connected: bool,
    /// Whether location follows the bone's own rest axes (else the parent's or the armature's).
    pub local_location: bool,
    /// Whether the parent's rotation is taken over.
    pub inherit_rotation: bool,
    /// How much of the parent's scale is taken over.
    pub inherit_scale: InheritScale,
    /// Whether location is relative to the parent's posed tail for objects parented to this bone.
    pub relative_parent: bool,
    /// Whether the bone deforms meshes.
    pub deform: bool,
    /// Whether the bone can be selected.
    pub selectable: bool,
    /// Names of the collections it belongs to.
    pub collections: Vec<String>,
    /// `DEFAULT` or the name of a colour set, `THEME01` to `THEME20`.
    pub color: String,
    /// Bendy-bone values at rest.
    pub bbone: Arc<BBoneRest>,
    /// How meshes sit on it, where its rest has changed since they were bound.
    pub rebound: Option<Arc<Rebound>>,
}

/// How meshes sit on a bone whose rest was changed after they had been bound to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rebound {
    /// The bone's space from the one it had when skins were bound to it.
    pub bone_from_bound: Mat4,
    /// The same for meshes that it carries: those keep the place that they had in the pose.
    pub bone_from_carried: Mat4,
}

impl Rebound {
    /// Nothing has changed.
    pub const NONE: Self = Self {
        bone_from_bound: Mat4::IDENTITY,
        bone_from_carried: Mat4::IDENTITY,
    };
}

impl Default for Bone {
    fn default() -> Self {
        Self {
            name: Arc::from("Bone"),
            parent: None,
            head: Vec3::ZERO,
            tail: Vec3::Y,
            roll: 0.0,
            frame: None,
            connected: false,
            local_location: true,
            inherit_rotation: true,
            inherit_scale: InheritScale::Full,
            relative_parent: false,
            deform: true,
            selectable: true,
            collections: Vec::new(),
            color: "DEFAULT".to_owned(),
            bbone: Arc::default(),
            rebound: None,
        }
    }
}

impl Bone {
    /// Distance from head to tail.
    pub fn length(&self) -> f32 {
        self.head.distance(self.tail)
    }

    /// The rest matrix: armature space from bone space.
    pub fn armature_from_bone(&self) -> Mat4 {
        self.frame.unwrap_or_else(|| {
            let direction = (self.tail - self.head).normalize_or(Vec3::Y);
            let mut matrix = Mat4::from_mat3(frame_along(direction, self.roll));
            matrix.w_axis = self.head.extend(1.0);
            matrix
        })
    }
}

/// The frame whose Y is `direction` (unit length), turned by `roll` about it.
///
/// The reference frame of roll 0 turns Y into `direction` the shortest way, with Blender's threshold
/// near −Y, where there is no shortest way.
pub fn frame_along(direction: Vec3, roll: f32) -> Mat3 {
    let Vec3 { x, y, z } = direction;
    let aside = x * x + z * z;
    let mut theta = 1.0 + y;
    let reference = if theta > 6.1e-3 || aside > 2.5e-4 * 2.5e-4 {
        if theta <= 6.1e-3 {
            theta = aside * 0.5 + aside * aside * 0.125;
        }
        Mat3::from_cols(
            Vec3::new(1.0 - x * x / theta, -x, -x * z / theta),
            Vec3::new(x, y, z),
            Vec3::new(-x * z / theta, -z, 1.0 - z * z / theta),
        )
    } else {
        Mat3::from_diagonal(Vec3::new(-1.0, -1.0, 1.0))
    };
    Mat3::from_axis_angle(direction, roll) * reference
}

/// The roll with which a bone along `direction` (unit length) comes nearest to the orientation of `matrix`: its
/// turn about the bone, radians, above −π.
pub fn roll_of(matrix: Mat3, direction: Vec3) -> f32 {
    use std::f32::consts::{PI, TAU};
    let q = rotation::quat_from_mat3(frame_along(direction, 0.0).transpose() * matrix);
    let roll = 2.0 * q.y.atan2(q.w);
    if roll > PI {
        roll - TAU
    } else if roll <= -PI {
        roll + TAU
    } else {
        roll
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bone_along_y_has_the_frame_of_its_armature() {
        assert!(
            Bone::default()
                .armature_from_bone()
                .abs_diff_eq(Mat4::IDENTITY, 1e-7)
        );
    }

    #[test]
    fn a_bone_straight_up_turns_about_x() {
        let up = frame_along(Vec3::Z, 0.0);
        assert!(up.abs_diff_eq(Mat3::from_cols(Vec3::X, Vec3::Z, -Vec3::Y), 1e-6));
    }

    #[test]
    fn roll_turns_about_the_bone() {
        let rolled = frame_along(Vec3::Y, std::f32::consts::FRAC_PI_2);
        assert!((rolled * Vec3::X + Vec3::Z).length() < 1e-6);
    }

    #[test]
    fn the_roll_of_a_rest_matrix_is_that_of_its_bone() {
        for roll in [-3.0, -0.4, 0.0, 1.2, 3.1] {
            for direction in [Vec3::Z, -Vec3::Y, Vec3::new(0.6, 0.0, -0.8)] {
                let found = roll_of(frame_along(direction, roll) * 2.5, direction);
                assert!((found - roll).abs() < 1e-5, "{found} {roll}");
            }
        }
    }
}
