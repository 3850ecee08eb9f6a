//! Skinning palettes: the matrices that take the vertices of a mesh to world space.
//!
//! They are appended to the caller's buffer, so that the meshes of a frame share one; nothing is
//! allocated once it has grown.

use glam::Mat4;

use crate::eval::hierarchy::PosedRig;
use crate::model::armature::Armature;
use crate::model::bone::Rebound;
use crate::model::id::BoneId;
use crate::model::mesh::Attachment;

/// How many matrices [`append`] adds for an attachment.
pub fn len(attachment: &Attachment) -> usize {
    match attachment {
        Attachment::Skin { joints, .. } => joints.len(),
        Attachment::Bone { .. } | Attachment::Armature { .. } => 1,
    }
}

/// Appends world from mesh for each joint of a skin, or the one matrix of any other attachment. A bone
/// that does not exist stands at the armature's origin.
pub fn append(
    world_from_armature: Mat4,
    (armature, posed): (&Armature, &PosedRig),
    attachment: &Attachment,
    out: &mut Vec<Mat4>,
) {
    // Where the rest of a bone has changed, meshes were bound to another space than it has now.
    let posed_from = |bone: BoneId, space: fn(&Rebound) -> Mat4| {
        let pose = posed.matrix(bone).unwrap_or_default();
        let rebound = armature.bone(bone).and_then(|bone| bone.rebound.as_deref());
        rebound.map_or(pose, |rebound| pose * space(rebound))
    };
    match attachment {
        Attachment::Skin {
            joints,
            joint_from_mesh,
        } => {
            let unbound = std::iter::repeat(&Mat4::IDENTITY);
            let joints = joints.iter().zip(joint_from_mesh.iter().chain(unbound));
            out.extend(joints.map(|(&joint, &joint_from_mesh)| {
                let armature_from_joint = posed_from(joint, |it| it.bone_from_bound);
                world_from_armature * (armature_from_joint * joint_from_mesh)
            }));
        }
        Attachment::Bone {
            bone,
            bone_from_mesh,
        } => {
            let armature_from_bone = posed_from(*bone, |it| it.bone_from_carried);
            out.push(world_from_armature * (armature_from_bone * *bone_from_mesh));
        }
        Attachment::Armature { armature_from_mesh } => {
            out.push(world_from_armature * *armature_from_mesh);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use glam::Vec3;

    use super::*;
    use crate::model::bone::Bone;

    fn posed() -> PosedRig {
        PosedRig {
            armature_from_bone: vec![Mat4::IDENTITY, Mat4::from_translation(Vec3::Z * 3.0)],
            ..PosedRig::default()
        }
    }

    #[test]
    fn a_joint_moves_by_its_distance_from_where_it_was_bound() {
        let skin = Attachment::Skin {
            joints: vec![BoneId(1), BoneId(0)],
            joint_from_mesh: vec![Mat4::from_translation(Vec3::Z * -1.0)],
        };
        let mut palette = Vec::new();
        append(
            Mat4::from_translation(Vec3::X),
            (&Armature::default(), &posed()),
            &skin,
            &mut palette,
        );
        assert_eq!(palette.len(), len(&skin));
        assert_eq!(palette[0].w_axis.truncate(), Vec3::new(1.0, 0.0, 2.0));
        assert_eq!(palette[1].w_axis.truncate(), Vec3::X);
    }

    #[test]
    fn a_carried_mesh_has_one_matrix() {
        let carried = Attachment::Bone {
            bone: BoneId(1),
            bone_from_mesh: Mat4::from_translation(Vec3::Y),
        };
        let mut palette = Vec::new();
        append(
            Mat4::from_scale(Vec3::splat(2.0)),
            (&Armature::default(), &posed()),
            &carried,
            &mut palette,
        );
        assert_eq!(palette.len(), 1);
        assert_eq!(palette[0].w_axis.truncate(), Vec3::new(0.0, 2.0, 6.0));
    }

    #[test]
    fn a_changed_rest_leaves_meshes_where_they_were_bound() {
        let up = Mat4::from_translation(Vec3::Z);
        let bone = Bone {
            rebound: Some(Arc::new(Rebound {
                bone_from_bound: up,
                bone_from_carried: up * up,
            })),
            ..Bone::default()
        };
        let armature = Armature {
            bones: vec![Arc::new(bone)],
            ..Armature::default()
        };
        let skin = Attachment::Skin {
            joints: vec![BoneId(0)],
            joint_from_mesh: vec![Mat4::IDENTITY],
        };
        let carried = Attachment::Bone {
            bone: BoneId(0),
            bone_from_mesh: Mat4::IDENTITY,
        };
        let mut palette = Vec::new();
        for attachment in [skin, carried] {
            let rig = (&armature, &posed());
            append(Mat4::IDENTITY, rig, &attachment, &mut palette);
        }
        assert_eq!(palette, [up, up * up]);
    }
}
