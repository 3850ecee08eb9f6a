//! Rigs of the model, made from what a file says.
//!
//! Bones are put into an order where parents stand before their children; names and references are checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use glam::{Mat4, Vec3};

use crate::io::form::{ArmatureForm, BoneForm, Named, PoseForm, RigForm, did_you_mean};
use crate::model::armature::Armature;
use crate::model::bits::BitSet;
use crate::model::bone::{Bone, Rebound};
use crate::model::id::BoneId;
use crate::model::pose::{BoneSetup, Channel, Pose};
use crate::model::rig::Rig;
use crate::model::settings::{Animation, MirrorKind, RigOptions};

/// A rig from its form; `model` is left to the caller.
///
/// # Errors
/// One line: the place and what is wrong there.
pub fn build_rig(form: &RigForm) -> Result<Rig, String> {
    let from = &form.armature;
    let armature = build_armature(from)?;
    let count = armature.bones.len();
    let mut rig = Rig {
        name: from.name.clone(),
        location: from.location.into(),
        rotation_euler: from.rotation_euler.into(),
        scale: from.scale.into(),
        pose: Pose::rest(count),
        hidden: hidden(from, &armature),
        options: Arc::new(RigOptions {
            use_mirror_x: from.use_mirror_x,
            use_auto_ik: from.use_auto_ik,
            use_mirror_relative: from.use_mirror_relative,
            mirror_kind: from
                .mirror_kind
                .unwrap_or_else(|| MirrorKind::of_new(&armature)),
            mirror_partners: from.mirror_partners.clone(),
            selection_sets: from.selection_sets.clone(),
            active_selection_set: from.active_selection_set,
            motion_paths: from.motion_paths.clone(),
        }),
        animation: Arc::new(Animation {
            active_action: form.active_action.clone(),
            nla: form.nla.clone(),
            use_tweak_mode: form.use_tweak_mode,
            previous_action: form.previous_action.clone(),
            pose_library: form.pose_library.clone(),
        }),
        armature: Arc::new(armature),
        hide: form.hide,
        ..Rig::default()
    };
    if let Some(name) = &from.active_bone {
        rig.active_bone = Some(find(&rig.armature, name, "armature.active_bone")?);
    }
    build_pose(&mut rig, &form.pose)?;
    Ok(rig)
}

fn find(armature: &Armature, name: &str, place: &str) -> Result<BoneId, String> {
    armature.find(name).ok_or_else(|| {
        let hint = did_you_mean(name, armature.bones.iter().map(|bone| bone.name.as_ref()));
        format!("{place}: bone {name:?} does not exist{hint}")
    })
}

fn hidden(form: &ArmatureForm, armature: &Armature) -> BitSet {
    let names: std::collections::BTreeSet<&str> = form
        .bones
        .iter()
        .filter(|bone| bone.hide)
        .map(|bone| bone.name.as_str())
        .collect();
    let bones = armature.bones.iter().enumerate();
    bones
        .filter(|(_, bone)| names.contains(bone.name.as_ref()))
        .map(|(place, _)| place)
        .collect()
}

fn build_armature(form: &ArmatureForm) -> Result<Armature, String> {
    let order = parents_first(&form.bones)?;
    let mut ids: BTreeMap<&str, BoneId> = BTreeMap::new();
    let mut bones = Vec::with_capacity(order.len());
    for (index, bone) in order.iter().filter_map(|&i| Some((i, form.bones.get(i)?))) {
        let parent = bone
            .parent
            .as_deref()
            .and_then(|name| ids.get(name).copied());
        ids.insert(&bone.name, BoneId::new(bones.len()));
        let place = || format!("armature.bones[{index}] {:?}", bone.name);
        let made = build_bone(bone, parent).map_err(|e| format!("{}: {e}", place()))?;
        bones.push(Arc::new(made));
    }
    Ok(Armature {
        bones,
        collections: form.collections.clone(),
        active_collection: form.active_collection.clone(),
    })
}

/// The places of the bones, parents first; the order of the file where that is one already, else depth first.
fn parents_first(bones: &[BoneForm]) -> Result<Vec<usize>, String> {
    let mut places = BTreeMap::new();
    for (index, bone) in bones.iter().enumerate() {
        if bone.name.is_empty() {
            return Err(format!("armature.bones[{index}]: a bone needs a name"));
        }
        if let Some(first) = places.insert(bone.name.as_str(), index) {
            let name = &bone.name;
            return Err(format!(
                "armature.bones[{index}] {name:?}: the name is taken by armature.bones[{first}]"
            ));
        }
    }
    let mut children = vec![Vec::new(); bones.len()];
    let mut roots = Vec::new();
    let mut ordered = true;
    for (index, bone) in bones.iter().enumerate() {
        let Some(parent) = &bone.parent else {
            roots.push(index);
            continue;
        };
        let Some(&place) = places.get(parent.as_str()) else {
            let hint = did_you_mean(parent, places.keys().copied());
            return Err(format!(
                "armature.bones[{index}] {:?}: parent {parent:?} does not exist{hint}",
                bone.name
            ));
        };
        ordered &= place < index;
        if let Some(list) = children.get_mut(place) {
            list.push(index);
        }
    }
    if ordered {
        return Ok((0..bones.len()).collect());
    }
    depth_first(bones, roots, &children)
}

fn depth_first(
    bones: &[BoneForm],
    roots: Vec<usize>,
    children: &[Vec<usize>],
) -> Result<Vec<usize>, String> {
    let mut order = Vec::with_capacity(bones.len());
    let mut reached = BitSet::default();
    let mut open: Vec<usize> = roots.into_iter().rev().collect();
    while let Some(index) = open.pop() {
        order.push(index);
        reached.set(index, true);
        open.extend(children.get(index).into_iter().flatten().rev());
    }
    match bones
        .iter()
        .enumerate()
        .find(|(i, _)| !reached.contains(*i))
    {
        Some((index, bone)) => Err(format!(
            "armature.bones[{index}] {:?}: is its own ancestor",
            bone.name
        )),
        None => Ok(order),
    }
}

fn build_bone(form: &BoneForm, parent: Option<BoneId>) -> Result<Bone, String> {
    let matrix = |rows: &[[f32; 4]; 4]| Mat4::from_cols_array_2d(rows).transpose();
    let frame = form.matrix_local.as_ref().map(matrix);
    let rebound = [&form.matrix_bound, &form.matrix_carried].map(|rows| rows.as_ref().map(matrix));
    let drawn = |place: fn(Mat4) -> Vec3| frame.map(place);
    let head = form.head.map(Vec3::from).or(drawn(|m| m.w_axis.truncate()));
    let tail = form.tail.map(Vec3::from);
    let tail = tail.or(drawn(|m| (m.w_axis + m.y_axis).truncate()));
    Ok(Bone {
        name: form.name.as_str().into(),
        parent,
        head: head.ok_or("a bone needs a `head`")?,
        tail: tail.ok_or("a bone needs a `tail`")?,
        roll: form.roll,
        frame,
        connected: form.use_connect,
        local_location: form.use_local_location,
        inherit_rotation: form.inherit_rotation,
        inherit_scale: form.inherit_scale,
        relative_parent: form.use_relative_parent,
        deform: form.use_deform,
        selectable: !form.hide_select,
        collections: form.collections.clone(),
        color: form.color.clone(),
        bbone: Arc::new(form.bbone.clone()),
        rebound: (rebound != [None, None]).then(|| {
            let [bound, carried] = rebound.map(Option::unwrap_or_default);
            Arc::new(Rebound {
                bone_from_bound: bound,
                bone_from_carried: carried,
            })
        }),
    })
}

fn build_pose(rig: &mut Rig, form: &Named<PoseForm>) -> Result<(), String> {
    for (name, pose) in &form.0 {
        let id = find(&rig.armature, name, "pose")?;
        if let Some(channel) = rig.channel_mut(id) {
            *channel = Channel {
                location: pose.location.into(),
                mode: pose.rotation_mode,
                quaternion: pose.rotation_quaternion,
                euler: pose.rotation_euler.into(),
                axis_angle: pose.rotation_axis_angle,
                scale: pose.scale.into(),
            };
        }
        if let Some(setup) = rig.setup_mut(id) {
            *setup = build_setup(pose);
        }
        rig.selected.set(id.index(), pose.select);
    }
    Ok(())
}

fn build_setup(pose: &PoseForm) -> BoneSetup {
    BoneSetup {
        lock_location: pose.lock_location,
        lock_rotation: pose.lock_rotation,
        lock_rotation_w: pose.lock_rotation_w,
        lock_rotations_4d: pose.lock_rotations_4d,
        lock_scale: pose.lock_scale,
        custom: pose.custom.clone(),
        bbone: pose.bbone.clone(),
        ik: pose.ik.clone(),
        constraints: pose.constraints.clone(),
        color: pose.color.clone(),
        motion_path: pose.motion_path.clone(),
    }
}
