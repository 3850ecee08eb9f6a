//! Skinning palettes: the matrices that take the vertices of a mesh to world space.
//!
//! They are appended to the caller's buffer, so that the meshes of a frame share one; nothing is
//! allocated once it has grown.

use glam::Mat4;

use crate::eval::hierarchy::PosedRig;
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
    posed: &PosedRig,
    attachment: &Attachment,
    out: &mut Vec<Mat4>,
) {
    match attachment {
        Attachment::Skin {
            joints,
            joint_from_mesh,
        } => {
            let unbound = std::iter::repeat(&Mat4::IDENTITY);
            let joints = joints.iter().zip(joint_from_mesh.iter().chain(unbound));
            out.extend(joints.map(|(&joint, &joint_from_mesh)| {
                let armature_from_joint = posed.matrix(joint).unwrap_or_default();
                world_from_armature * (armature_from_joint * joint_from_mesh)
            }));
        }
        Attachment::Bone {
            bone,
            bone_from_mesh,
        } => {
            let armature_from_bone = posed.matrix(*bone).unwrap_or_default();
            out.push(world_from_armature * (armature_from_bone * *bone_from_mesh));
        }
        Attachment::Armature { armature_from_mesh } => {
            out.push(world_from_armature * *armature_from_mesh);
        }
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::*;
    use crate::model::id::BoneId;

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
            &posed(),
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
            &posed(),
            &carried,
            &mut palette,
        );
        assert_eq!(palette.len(), 1);
        assert_eq!(palette[0].w_axis.truncate(), Vec3::new(0.0, 2.0, 6.0));
    }
}
