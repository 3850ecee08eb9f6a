//! What every kind of constraint has, and starts from: facts about Blender 4.5, as a table.

use crate::model::constraint::ConstraintKind;

/// What a setting starts from.
#[derive(Clone, Copy, Debug)]
pub enum Preset {
    /// On or off.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// An item or a name.
    Text(&'static str),
    /// Three numbers.
    Vector([f64; 3]),
    /// A field that `Constraint` holds by name, such as its target.
    Field,
}

use Preset::{Bool, Field, Float, Int, Text, Vector};

/// The settings of a kind, beyond those that every constraint has.
pub fn presets(kind: ConstraintKind) -> &'static [(&'static str, Preset)] {
    match kind {
        ConstraintKind::CameraSolver => CAMERA_SOLVER,
        ConstraintKind::FollowTrack => FOLLOW_TRACK,
        ConstraintKind::ObjectSolver => OBJECT_SOLVER,
        ConstraintKind::CopyLocation => COPY_LOCATION,
        ConstraintKind::CopyRotation => COPY_ROTATION,
        ConstraintKind::CopyScale => COPY_SCALE,
        ConstraintKind::CopyTransforms => COPY_TRANSFORMS,
        ConstraintKind::LimitDistance => LIMIT_DISTANCE,
        ConstraintKind::LimitLocation | ConstraintKind::LimitScale => LIMIT_LOCATION,
        ConstraintKind::LimitRotation => LIMIT_ROTATION,
        ConstraintKind::MaintainVolume => MAINTAIN_VOLUME,
        ConstraintKind::Transform => TRANSFORM,
        ConstraintKind::TransformCache => &[],
        ConstraintKind::ClampTo => CLAMP_TO,
        ConstraintKind::DampedTrack => DAMPED_TRACK,
        ConstraintKind::Ik => IK,
        ConstraintKind::LockedTrack => LOCKED_TRACK,
        ConstraintKind::SplineIk => SPLINE_IK,
        ConstraintKind::StretchTo => STRETCH_TO,
        ConstraintKind::TrackTo => TRACK_TO,
        ConstraintKind::Action => ACTION,
        ConstraintKind::Armature => ARMATURE,
        ConstraintKind::ChildOf => CHILD_OF,
        ConstraintKind::Floor => FLOOR,
        ConstraintKind::FollowPath => FOLLOW_PATH,
        ConstraintKind::Pivot => PIVOT,
        ConstraintKind::Shrinkwrap => SHRINKWRAP,
    }
}

const CAMERA_SOLVER: &[(&str, Preset)] = &[("use_active_clip", Bool(true))];

const FOLLOW_TRACK: &[(&str, Preset)] = &[
    ("use_active_clip", Bool(true)),
    ("use_3d_position", Bool(false)),
    ("frame_method", Text("STRETCH")),
    ("use_undistorted_position", Bool(false)),
];

const OBJECT_SOLVER: &[(&str, Preset)] = &[
    ("use_active_clip", Bool(true)),
    ("set_inverse_pending", Bool(false)),
];

const COPY_LOCATION: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("head_tail", Float(0.0)),
    ("use_bbone_shape", Bool(false)),
    ("use_x", Bool(true)),
    ("use_y", Bool(true)),
    ("use_z", Bool(true)),
    ("invert_x", Bool(false)),
    ("invert_y", Bool(false)),
    ("invert_z", Bool(false)),
    ("use_offset", Bool(false)),
];

const COPY_ROTATION: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("use_x", Bool(true)),
    ("use_y", Bool(true)),
    ("use_z", Bool(true)),
    ("invert_x", Bool(false)),
    ("invert_y", Bool(false)),
    ("invert_z", Bool(false)),
    ("euler_order", Text("AUTO")),
    ("mix_mode", Text("REPLACE")),
    ("use_offset", Bool(false)),
];

const COPY_SCALE: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("use_x", Bool(true)),
    ("use_y", Bool(true)),
    ("use_z", Bool(true)),
    ("power", Float(1.0)),
    ("use_make_uniform", Bool(false)),
    ("use_offset", Bool(false)),
    ("use_add", Bool(false)),
];

const COPY_TRANSFORMS: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("head_tail", Float(0.0)),
    ("use_bbone_shape", Bool(false)),
    ("remove_target_shear", Bool(false)),
    ("mix_mode", Text("REPLACE")),
];

const LIMIT_DISTANCE: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("head_tail", Float(0.0)),
    ("use_bbone_shape", Bool(false)),
    ("distance", Float(0.0)),
    ("limit_mode", Text("LIMITDIST_INSIDE")),
    ("use_transform_limit", Bool(false)),
];

const LIMIT_LOCATION: &[(&str, Preset)] = &[
    ("use_min_x", Bool(false)),
    ("use_min_y", Bool(false)),
    ("use_min_z", Bool(false)),
    ("use_max_x", Bool(false)),
    ("use_max_y", Bool(false)),
    ("use_max_z", Bool(false)),
    ("min_x", Float(0.0)),
    ("min_y", Float(0.0)),
    ("min_z", Float(0.0)),
    ("max_x", Float(0.0)),
    ("max_y", Float(0.0)),
    ("max_z", Float(0.0)),
    ("use_transform_limit", Bool(false)),
];

const LIMIT_ROTATION: &[(&str, Preset)] = &[
    ("use_limit_x", Bool(false)),
    ("use_limit_y", Bool(false)),
    ("use_limit_z", Bool(false)),
    ("min_x", Float(0.0)),
    ("min_y", Float(0.0)),
    ("min_z", Float(0.0)),
    ("max_x", Float(0.0)),
    ("max_y", Float(0.0)),
    ("max_z", Float(0.0)),
    ("euler_order", Text("AUTO")),
    ("use_transform_limit", Bool(false)),
    ("use_legacy_behavior", Bool(false)),
];

const MAINTAIN_VOLUME: &[(&str, Preset)] = &[
    ("free_axis", Text("SAMEVOL_Y")),
    ("mode", Text("STRICT")),
    ("volume", Float(1.0)),
];

const TRANSFORM: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("map_from", Text("LOCATION")),
    ("map_to", Text("LOCATION")),
    ("map_to_x_from", Text("X")),
    ("map_to_y_from", Text("Y")),
    ("map_to_z_from", Text("Z")),
    ("use_motion_extrapolate", Bool(false)),
    ("from_rotation_mode", Text("AUTO")),
    ("to_euler_order", Text("AUTO")),
    ("from_min_x", Float(0.0)),
    ("from_min_y", Float(0.0)),
    ("from_min_z", Float(0.0)),
    ("from_max_x", Float(0.0)),
    ("from_max_y", Float(0.0)),
    ("from_max_z", Float(0.0)),
    ("to_min_x", Float(0.0)),
    ("to_min_y", Float(0.0)),
    ("to_min_z", Float(0.0)),
    ("to_max_x", Float(0.0)),
    ("to_max_y", Float(0.0)),
    ("to_max_z", Float(0.0)),
    ("mix_mode", Text("ADD")),
    ("from_min_x_rot", Float(0.0)),
    ("from_min_y_rot", Float(0.0)),
    ("from_min_z_rot", Float(0.0)),
    ("from_max_x_rot", Float(0.0)),
    ("from_max_y_rot", Float(0.0)),
    ("from_max_z_rot", Float(0.0)),
    ("to_min_x_rot", Float(0.0)),
    ("to_min_y_rot", Float(0.0)),
    ("to_min_z_rot", Float(0.0)),
    ("to_max_x_rot", Float(0.0)),
    ("to_max_y_rot", Float(0.0)),
    ("to_max_z_rot", Float(0.0)),
    ("mix_mode_rot", Text("ADD")),
    ("from_min_x_scale", Float(1.0)),
    ("from_min_y_scale", Float(1.0)),
    ("from_min_z_scale", Float(1.0)),
    ("from_max_x_scale", Float(1.0)),
    ("from_max_y_scale", Float(1.0)),
    ("from_max_z_scale", Float(1.0)),
    ("to_min_x_scale", Float(1.0)),
    ("to_min_y_scale", Float(1.0)),
    ("to_min_z_scale", Float(1.0)),
    ("to_max_x_scale", Float(1.0)),
    ("to_max_y_scale", Float(1.0)),
    ("to_max_z_scale", Float(1.0)),
    ("mix_mode_scale", Text("REPLACE")),
];

const CLAMP_TO: &[(&str, Preset)] = &[
    ("main_axis", Text("CLAMPTO_AUTO")),
    ("use_cyclic", Bool(false)),
];

const DAMPED_TRACK: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("head_tail", Float(0.0)),
    ("use_bbone_shape", Bool(false)),
    ("track_axis", Text("TRACK_Y")),
];

const IK: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("pole_bone", Field),
    ("iterations", Int(500)),
    ("pole_angle", Float(0.0)),
    ("weight", Float(1.0)),
    ("orient_weight", Float(1.0)),
    ("chain_count", Int(0)),
    ("use_tail", Bool(true)),
    ("reference_axis", Text("BONE")),
    ("use_location", Bool(true)),
    ("lock_location_x", Bool(true)),
    ("lock_location_y", Bool(true)),
    ("lock_location_z", Bool(true)),
    ("use_rotation", Bool(false)),
    ("lock_rotation_x", Bool(true)),
    ("lock_rotation_y", Bool(true)),
    ("lock_rotation_z", Bool(true)),
    ("use_stretch", Bool(true)),
    ("ik_type", Text("COPY_POSE")),
    ("limit_mode", Text("LIMITDIST_INSIDE")),
    ("distance", Float(1.0)),
];

const LOCKED_TRACK: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("head_tail", Float(0.0)),
    ("use_bbone_shape", Bool(false)),
    ("track_axis", Text("TRACK_Y")),
    ("lock_axis", Text("LOCK_Z")),
];

const SPLINE_IK: &[(&str, Preset)] = &[
    ("chain_count", Int(1)),
    ("use_chain_offset", Bool(false)),
    ("use_even_divisions", Bool(false)),
    ("use_curve_radius", Bool(true)),
    ("xz_scale_mode", Text("NONE")),
    ("y_scale_mode", Text("FIT_CURVE")),
    ("use_original_scale", Bool(true)),
    ("bulge", Float(1.0)),
    ("use_bulge_min", Bool(false)),
    ("use_bulge_max", Bool(false)),
    ("bulge_min", Float(1.0)),
    ("bulge_max", Float(1.0)),
    ("bulge_smooth", Float(0.0)),
];

const STRETCH_TO: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("head_tail", Float(0.0)),
    ("use_bbone_shape", Bool(false)),
    ("volume", Text("VOLUME_XZX")),
    ("keep_axis", Text("SWING_Y")),
    ("rest_length", Float(0.0)),
    ("bulge", Float(1.0)),
    ("use_bulge_min", Bool(false)),
    ("use_bulge_max", Bool(false)),
    ("bulge_min", Float(1.0)),
    ("bulge_max", Float(1.0)),
    ("bulge_smooth", Float(0.0)),
];

const TRACK_TO: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("head_tail", Float(0.0)),
    ("use_bbone_shape", Bool(false)),
    ("track_axis", Text("TRACK_NEGATIVE_Z")),
    ("up_axis", Text("UP_Y")),
    ("use_target_z", Bool(false)),
];

const ACTION: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("action", Field),
    ("mix_mode", Text("BEFORE_SPLIT")),
    ("transform_channel", Text("LOCATION_X")),
    ("use_bone_object_action", Bool(false)),
    ("frame_start", Int(0)),
    ("frame_end", Int(0)),
    ("max", Float(0.0)),
    ("min", Float(0.0)),
    ("eval_time", Float(0.0)),
    ("use_eval_time", Bool(false)),
];

const ARMATURE: &[(&str, Preset)] = &[
    ("targets", Field),
    ("use_deform_preserve_volume", Bool(false)),
    ("use_bone_envelopes", Bool(false)),
    ("use_current_location", Bool(false)),
];

const CHILD_OF: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("inverse_matrix", Field),
    ("use_location_x", Bool(true)),
    ("use_location_y", Bool(true)),
    ("use_location_z", Bool(true)),
    ("use_rotation_x", Bool(true)),
    ("use_rotation_y", Bool(true)),
    ("use_rotation_z", Bool(true)),
    ("use_scale_x", Bool(true)),
    ("use_scale_y", Bool(true)),
    ("use_scale_z", Bool(true)),
    ("set_inverse_pending", Bool(true)),
];

const FLOOR: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("floor_location", Text("FLOOR_Z")),
    ("use_rotation", Bool(false)),
    ("offset", Float(0.0)),
];

const FOLLOW_PATH: &[(&str, Preset)] = &[
    ("offset", Float(0.0)),
    ("offset_factor", Float(0.0)),
    ("forward_axis", Text("FORWARD_Y")),
    ("up_axis", Text("UP_Z")),
    ("use_curve_follow", Bool(false)),
    ("use_fixed_location", Bool(false)),
    ("use_curve_radius", Bool(false)),
];

const PIVOT: &[(&str, Preset)] = &[
    ("target_bone", Field),
    ("head_tail", Float(0.0)),
    ("use_bbone_shape", Bool(false)),
    ("use_relative_location", Bool(true)),
    ("offset", Vector([0.0, 0.0, 0.0])),
    ("rotation_range", Text("NX")),
];

const SHRINKWRAP: &[(&str, Preset)] = &[
    ("shrinkwrap_type", Text("NEAREST_SURFACE")),
    ("wrap_mode", Text("ON_SURFACE")),
    ("distance", Float(0.0)),
    ("project_axis", Text("POS_Z")),
    ("project_axis_space", Text("LOCAL")),
    ("project_limit", Float(0.0)),
    ("use_project_opposite", Bool(false)),
    ("cull_face", Text("OFF")),
    ("use_invert_cull", Bool(false)),
    ("use_track_normal", Bool(false)),
    ("track_axis", Text("TRACK_X")),
];
