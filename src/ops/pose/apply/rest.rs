//! A rig's pose becomes its rest pose.
//!
//! A bone with a frame of its own takes the whole posed matrix, scale included. Any other bone is a line with
//! a roll: scale goes into its length, shear is lost. Skins stay as they look at rest, what a bone carries
//! stays where it is.

use std::sync::Arc;

use glam::{Mat3, Mat4, Vec3};

use crate::eval::hierarchy::{self, PosedRig};
use crate::eval::rest::RestPose;
use crate::math::shear::affine_inverse;
use crate::model::bone::{self, BBoneRest, Bone, Rebound};
use crate::model::constraint::ConstraintKind;
use crate::model::id::BoneId;
use crate::model::pose::{BBonePose, BoneSetup, Custom};
use crate::model::rig::Rig;
use crate::ops::operator::{Exec, Refusal};
use crate::ops::pose::user;

/// Bones shorter than this have no direction, metres.
const SHORTEST: f32 = 1e-6;

/// What becomes of a bone.
#[derive(Clone, Copy, Debug)]
struct Change {
    /// Its new rest, armature from bone; scale and shear included.
    rest: Mat4,
    /// Whether its own pose goes into its rest, else it is only carried along.
    applied: bool,
}

/// The rig before.
struct Before {
    rest: RestPose,
    posed: PosedRig,
}

/// Makes the pose of all bones the rest pose, or that of the selected ones.
///
/// # Errors
/// A bone would be squashed to nothing; the rig is to be thrown away then.
pub fn apply(rig: &mut Rig, selected: bool) -> Exec {
    let before = Before {
        rest: RestPose::new(&rig.armature),
        posed: hierarchy::evaluate_once(rig),
    };
    let changes = if selected {
        selected_changes(rig, &before)
    } else {
        let whole = |rest: &Mat4| {
            Some(Change {
                rest: *rest,
                applied: true,
            })
        };
        before.posed.armature_from_bone.iter().map(whole).collect()
    };
    set_rests(rig, &before, &changes)?;
    move_poses(rig, &before, &changes);
    rebind_meshes(rig, &before, &changes);
    Ok(())
}

/// What becomes of every bone where the selected ones are applied.
fn selected_changes(rig: &Rig, before: &Before) -> Vec<Option<Change>> {
    let Before { rest, posed } = before;
    let mut changes: Vec<Option<Change>> = Vec::with_capacity(rest.bones.len());
    for (id, bone) in rig.armature.ids().zip(&rest.bones) {
        let parent = bone.parent.and_then(|parent| *changes.get(parent.index())?);
        // The parent where it will rest; scale counts, though the rest of a plain bone cannot hold it.
        let carried = || rest.parent_transform(id, parent.map(|parent| parent.rest));
        let change = if rig.is_selected(id) {
            posed.matrix(id).map(|pose| Change {
                rest: match bone.parent {
                    Some(_) => {
                        let channel = posed.parent_transform(rest, id).bone_from_pose(pose);
                        carried().pose_from_channel(channel)
                    }
                    None => pose,
                },
                applied: true,
            })
        } else {
            parent.map(|_| Change {
                rest: carried().pose_from_channel(Mat4::IDENTITY),
                applied: false,
            })
        };
        changes.push(change);
    }
    changes
}

/// Gives the bones their new rest.
fn set_rests(rig: &mut Rig, before: &Before, changes: &[Option<Change>]) -> Exec {
    let bones = &mut Arc::make_mut(&mut rig.armature).bones;
    for ((bone, change), old) in bones.iter_mut().zip(changes).zip(&before.rest.bones) {
        let Some(change) = change else { continue };
        let head = change.rest.w_axis.truncate();
        let tail = change.rest.transform_point3(old.tail);
        let lost = match bone.frame {
            Some(frame) => !is_whole(change.rest) && is_whole(frame),
            None => head.distance(tail) < SHORTEST,
        };
        if lost || !change.rest.is_finite() {
            return Err(Refusal::Error(format!(
                "{} would have no size at rest: give it a scale above 0 first",
                bone.name
            )));
        }
        place(Arc::make_mut(bone), change.rest, head, tail);
    }
    Ok(())
}

fn place(bone: &mut Bone, rest: Mat4, head: Vec3, tail: Vec3) {
    bone.head = head;
    bone.tail = tail;
    if bone.frame.is_some() {
        bone.frame = Some(rest);
    } else {
        let direction = (tail - head).normalize_or(Vec3::Y);
        bone.roll = bone::roll_of(Mat3::from_mat4(rest), direction);
    }
}

/// Whether no axis is squashed to nothing.
fn is_whole(matrix: Mat4) -> bool {
    let determinant = Mat3::from_mat4(matrix).as_dmat3().determinant();
    determinant.is_finite() && determinant.abs() > 1e-30
}

/// Takes out of the poses what went into the rests.
fn move_poses(rig: &mut Rig, before: &Before, changes: &[Option<Change>]) {
    let after = RestPose::new(&rig.armature);
    let bones = &mut Arc::make_mut(&mut rig.armature).bones;
    let channels = Arc::make_mut(&mut rig.pose.channels).iter_mut();
    let setups = Arc::make_mut(&mut rig.pose.setups).iter_mut();
    let rows = bones.iter_mut().zip(channels.zip(setups));
    for ((place, change), (bone, (channel, setup))) in changes.iter().enumerate().zip(rows) {
        let id = BoneId::new(place);
        match change {
            Some(Change { applied: true, .. }) => {
                user::reset(channel);
                apply_bendy(bone, setup);
                measure_anew(setup);
            }
            Some(_) if !bone.connected && channel.location != Vec3::ZERO => {
                let parent = bone.parent.and_then(|parent| *changes.get(parent.index())?);
                let old = before
                    .rest
                    .parent_transform(id, parent.map(|parent| parent.rest));
                let new = affine_inverse(after.parent_transform(id, None).location);
                let offset = old.location.transform_vector3(channel.location);
                channel.location = new.transform_vector3(offset);
            }
            _ => {}
        }
    }
}

/// Adds the bendy values of the pose to those at rest.
fn apply_bendy(bone: &mut Arc<Bone>, setup: &mut Arc<BoneSetup>) {
    if bone.bbone.bbone_segments <= 1 || setup.bbone == BBonePose::default() {
        return;
    }
    let pose = std::mem::take(&mut Arc::make_mut(setup).bbone);
    let rest: &mut BBoneRest = Arc::make_mut(&mut Arc::make_mut(bone).bbone);
    rest.bbone_curveinx += pose.bbone_curveinx;
    rest.bbone_curveinz += pose.bbone_curveinz;
    rest.bbone_curveoutx += pose.bbone_curveoutx;
    rest.bbone_curveoutz += pose.bbone_curveoutz;
    rest.bbone_rollin += pose.bbone_rollin;
    rest.bbone_rollout += pose.bbone_rollout;
    rest.bbone_easein += pose.bbone_easein;
    rest.bbone_easeout += pose.bbone_easeout;
    let ends = [
        (&mut rest.bbone_scalein, pose.bbone_scalein),
        (&mut rest.bbone_scaleout, pose.bbone_scaleout),
    ];
    for (rest, pose) in ends {
        for (rest, pose) in rest.iter_mut().zip(pose) {
            *rest *= pose;
        }
    }
}

/// Lets Stretch To constraints measure their length again, at rest.
fn measure_anew(setup: &mut Arc<BoneSetup>) {
    let stretches = |kind| kind == ConstraintKind::StretchTo;
    let mut constraints = setup.constraints.iter();
    if !constraints.any(|constraint| stretches(constraint.kind)) {
        return;
    }
    for constraint in &mut Arc::make_mut(setup).constraints {
        if stretches(constraint.kind) {
            let measured = "rest_length".to_owned();
            constraint.settings.insert(measured, Custom::Float(0.0));
        }
    }
}

/// Lets skins look at the new rest as they did at the old one, and leaves what bones carry where it is.
fn rebind_meshes(rig: &mut Rig, before: &Before, changes: &[Option<Change>]) {
    if rig.model.is_none() && rig.meshes.is_empty() {
        return;
    }
    let rest = RestPose::new(&rig.armature);
    let posed = hierarchy::evaluate_once(rig);
    let bones = &mut Arc::make_mut(&mut rig.armature).bones;
    let rows = bones
        .iter_mut()
        .zip(rest.bones.iter().zip(&before.rest.bones));
    for ((place, change), (bone, (new, old))) in changes.iter().enumerate().zip(rows) {
        let id = BoneId::new(place);
        let poses = posed.matrix(id).zip(before.posed.matrix(id));
        let (Some(_), Some((new_pose, old_pose))) = (change, poses) else {
            continue;
        };
        let known = bone.rebound.as_deref().copied().unwrap_or(Rebound::NONE);
        let from_bound = affine_inverse(new.armature_from_bone) * old.armature_from_bone;
        let from_carried = affine_inverse(new_pose) * old_pose;
        Arc::make_mut(bone).rebound = Some(Arc::new(Rebound {
            bone_from_bound: from_bound * known.bone_from_bound,
            bone_from_carried: from_carried * known.bone_from_carried,
        }));
    }
}
