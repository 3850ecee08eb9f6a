//! Rigs and actions as files have them, made from the model.

use glam::Mat4;

use crate::io::form::{
    ActionForm, ArmatureForm, AssetForm, BoneForm, FCurveForm, KeyForm, PoseForm, RigForm,
};
use crate::model::action::{Action, ManualRange};
use crate::model::asset::Asset;
use crate::model::bone::Bone;
use crate::model::fcurve::{FCurve, Key};
use crate::model::id::BoneId;
use crate::model::pose::{BoneSetup, Channel};
use crate::model::rig::Rig;
use crate::model::settings::MirrorKind;

/// How much is written where the format allows to leave something out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Every bone and every field.
    Whole,
    /// Only what differs from the default.
    Sparse,
}

/// A rig as files have it, without its model.
pub fn store_rig(rig: &Rig, detail: Detail) -> RigForm {
    let armature = &rig.armature;
    let pose = armature.ids().filter_map(|id| {
        let form = store_pose(
            rig.channel(id)?,
            rig.setup(id)?,
            rig.selected.contains(id.index()),
        );
        let needed = detail == Detail::Whole || form != PoseForm::default();
        needed.then(|| (armature.name(id).to_owned(), form))
    });
    RigForm {
        armature: store_armature(rig),
        pose: pose.collect(),
        active_action: rig.animation.active_action.clone(),
        nla: rig.animation.nla.clone(),
        use_tweak_mode: rig.animation.use_tweak_mode,
        previous_action: rig.animation.previous_action.clone(),
        pose_library: rig.animation.pose_library.clone(),
        hide: rig.hide,
        model: None,
    }
}

fn store_armature(rig: &Rig) -> ArmatureForm {
    let armature = &rig.armature;
    let bones = armature.ids().filter_map(|id| {
        let hidden = rig.hidden.contains(id.index());
        Some(store_bone(rig, armature.bone(id)?, hidden))
    });
    ArmatureForm {
        name: rig.name.clone(),
        bones: bones.collect(),
        collections: armature.collections.clone(),
        active_collection: armature.active_collection.clone(),
        active_bone: rig.active_bone.and_then(|id| bone_name(rig, id)),
        use_mirror_x: rig.options.use_mirror_x,
        use_auto_ik: rig.options.use_auto_ik,
        use_mirror_relative: rig.options.use_mirror_relative,
        mirror_kind: Some(rig.options.mirror_kind)
            .filter(|kind| *kind != MirrorKind::of_new(armature)),
        mirror_partners: rig.options.mirror_partners.clone(),
        selection_sets: rig.options.selection_sets.clone(),
        active_selection_set: rig.options.active_selection_set,
        motion_paths: rig.options.motion_paths.clone(),
        location: rig.location.to_array(),
        rotation_euler: rig.rotation_euler.to_array(),
        scale: rig.scale.to_array(),
    }
}

fn bone_name(rig: &Rig, id: BoneId) -> Option<String> {
    rig.armature.bone(id).map(|bone| bone.name.to_string())
}

/// A bone as files have it.
pub fn store_bone(rig: &Rig, bone: &Bone, hidden: bool) -> BoneForm {
    BoneForm {
        name: bone.name.to_string(),
        parent: bone.parent.and_then(|id| bone_name(rig, id)),
        head: Some(bone.head.to_array()),
        tail: Some(bone.tail.to_array()),
        roll: bone.roll,
        matrix_local: bone.frame.map(rows),
        use_connect: bone.connected,
        use_local_location: bone.local_location,
        inherit_rotation: bone.inherit_rotation,
        inherit_scale: bone.inherit_scale,
        use_deform: bone.deform,
        hide: hidden,
        hide_select: !bone.selectable,
        collections: bone.collections.clone(),
        color: bone.color.clone(),
        use_relative_parent: bone.relative_parent,
        bbone: bone.bbone.as_ref().clone(),
        matrix_bound: bone.rebound.as_ref().map(|it| rows(it.bone_from_bound)),
        matrix_carried: bone.rebound.as_ref().map(|it| rows(it.bone_from_carried)),
    }
}

/// The rows of a matrix, as files have them.
pub fn rows(matrix: Mat4) -> [[f32; 4]; 4] {
    matrix.transpose().to_cols_array_2d()
}

fn store_pose(channel: &Channel, setup: &BoneSetup, selected: bool) -> PoseForm {
    PoseForm {
        location: channel.location.to_array(),
        rotation_mode: channel.mode,
        rotation_quaternion: channel.quaternion,
        rotation_euler: channel.euler.to_array(),
        rotation_axis_angle: channel.axis_angle,
        scale: channel.scale.to_array(),
        select: selected,
        lock_location: setup.lock_location,
        lock_rotation: setup.lock_rotation,
        lock_rotation_w: setup.lock_rotation_w,
        lock_rotations_4d: setup.lock_rotations_4d,
        lock_scale: setup.lock_scale,
        custom: setup.custom.clone(),
        bbone: setup.bbone.clone(),
        ik: setup.ik.clone(),
        constraints: setup.constraints.clone(),
        color: setup.color.clone(),
        motion_path: setup.motion_path.clone(),
    }
}

/// An action as files have it, without its source.
pub fn store_action(action: &Action, detail: Detail) -> ActionForm {
    let curves = action.fcurves.iter();
    ActionForm {
        fcurves: curves.map(|curve| store_curve(curve, detail)).collect(),
        ..store_bare_action(action)
    }
}

/// An action as files have it, without its source and its curves.
pub fn store_bare_action(action: &Action) -> ActionForm {
    let range = action.range.as_ref();
    let ranged = |value: fn(&ManualRange) -> f32| range.map(value);
    ActionForm {
        source: None,
        fcurves: Vec::new(),
        groups: action.groups.iter().cloned().collect(),
        pose_markers: action.pose_markers.clone(),
        fake_user: action.fake_user,
        use_frame_range: range.map(|range| range.used),
        frame_start: ranged(|range| range.start),
        frame_end: ranged(|range| range.end),
        use_cyclic: range.map(|range| range.cyclic),
    }
}

/// A pose asset as files have it.
pub fn store_asset(asset: &Asset, detail: Detail) -> AssetForm {
    let action = store_action(&asset.action, detail);
    AssetForm {
        name: asset.name.clone(),
        catalog: asset.catalog.clone(),
        description: asset.description.clone(),
        fcurves: action.fcurves,
        groups: action.groups,
        pose_markers: action.pose_markers,
        fake_user: action.fake_user,
        use_frame_range: action.use_frame_range,
        frame_start: action.frame_start,
        frame_end: action.frame_end,
        use_cyclic: action.use_cyclic,
    }
}

fn store_curve(curve: &FCurve, detail: Detail) -> FCurveForm {
    let keys = curve.keys.iter().enumerate();
    FCurveForm {
        bone: curve.bone.as_deref().map(str::to_owned),
        property: curve.property.to_string(),
        index: curve.index,
        group: curve.group.as_deref().map(str::to_owned),
        select: curve.select,
        mute: curve.mute,
        lock: curve.lock,
        hide: curve.hide,
        extrapolation: curve.extrapolation,
        auto_smoothing: curve.auto_smoothing,
        modifiers: curve.modifiers.clone(),
        int_values: curve.int_values,
        discrete_values: curve.discrete_values,
        spherical: curve.spherical,
        keys: keys
            .map(|(place, key)| store_key(curve, place, key, detail))
            .collect(),
    }
}

fn store_key(curve: &FCurve, place: usize, key: &Key, detail: Detail) -> KeyForm {
    let select = curve.selection.keys.contains(place);
    let handle = |on: bool| (detail == Detail::Whole || on != select).then_some(on);
    KeyForm {
        co: Some(key.co),
        handle_left: Some(key.left),
        handle_right: Some(key.right),
        handle_left_type: key.left_type,
        handle_right_type: key.right_type,
        interpolation: key.interpolation,
        easing: key.easing,
        r#type: key.kind,
        select,
        select_left: handle(curve.selection.left.contains(place)),
        select_right: handle(curve.selection.right.contains(place)),
        back: key.back,
        amplitude: key.amplitude,
        period: key.period,
    }
}
