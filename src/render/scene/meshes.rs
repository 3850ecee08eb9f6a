//! Meshes: their matrices into the palette, their primitives into the list of draws.

use glam::{Mat3, Mat4};

use crate::model::mesh::{Attachment, Material, Mesh};
use crate::render::gpu::Gpu;
use crate::render::mesh::{Alpha, DOUBLE_SIDED, DrawUniform, MIRRORED, MeshDraw, UNLIT};
use crate::render::mesh_store::{MeshStore, PrimitiveKey};
use crate::render::scene::{Posed, Scene};
use crate::render::viewport::FrameInput;

impl Scene {
    pub(super) fn list_meshes(&mut self, gpu: &Gpu, store: &mut MeshStore, frame: &FrameInput) {
        self.palette.clear();
        self.meshes.clear();
        for (index, skeleton) in self.skeletons.iter().enumerate() {
            let Some(posed) = Posed::new(frame, index, skeleton) else {
                continue;
            };
            for mesh in posed.rig.meshes.iter() {
                store.require(gpu, mesh);
                let start = self.palette.len();
                push_matrices(&mut self.palette, &posed, mesh);
                let matrices = self.palette.get(start..).unwrap_or_default();
                for (number, primitive) in mesh.primitives.iter().enumerate() {
                    let key = PrimitiveKey::new(mesh, number);
                    let Some(stored) = store.get(key) else {
                        continue;
                    };
                    // A skinned primitive is where its first joint carries it, near enough to sort.
                    let leading = matrices.get(1).or(matrices.first()).copied();
                    let leading = leading.unwrap_or(Mat4::IDENTITY);
                    let place = leading.transform_point3(stored.centre);
                    self.meshes.push(MeshDraw {
                        key,
                        uniform: DrawUniform {
                            base_color: primitive.material.base_color,
                            palette_start: u32::try_from(start).unwrap_or(0),
                            joints: u32::try_from(matrices.len().saturating_sub(1)).unwrap_or(0),
                            alpha_cutoff: primitive.material.alpha_cutoff.unwrap_or(0.0),
                            flags: flags(&primitive.material, leading),
                        },
                        alpha: alpha(&primitive.material),
                        depth: (frame.camera.eye() - place).dot(frame.camera.backward()),
                    });
                }
            }
        }
        self.meshes.sort_unstable_by(drawing_order);
    }
}

fn drawing_order(a: &MeshDraw, b: &MeshDraw) -> std::cmp::Ordering {
    let near_first = a.depth.total_cmp(&b.depth);
    let in_depth = if a.alpha == Alpha::Blended {
        near_first.reverse()
    } else {
        near_first
    };
    // Equal ones keep the document's order, as far as the palette tells it: no flicker.
    let in_document = a.uniform.palette_start.cmp(&b.uniform.palette_start);
    a.alpha.cmp(&b.alpha).then(in_depth).then(in_document)
}

/// First the matrix for vertices without a joint, then one for each joint.
fn push_matrices(palette: &mut Vec<Mat4>, posed: &Posed, mesh: &Mesh) {
    match &mesh.attachment {
        Attachment::Skin {
            joints,
            joint_from_mesh,
        } => {
            palette.push(posed.world_from_armature);
            for (index, joint) in joints.iter().enumerate() {
                let bind = joint_from_mesh.get(index).copied().unwrap_or_default();
                palette.push(posed.world_from_bone(joint.index()) * bind);
            }
        }
        Attachment::Bone {
            bone,
            bone_from_mesh,
        } => palette.push(posed.world_from_bone(bone.index()) * *bone_from_mesh),
        Attachment::Armature { armature_from_mesh } => {
            palette.push(posed.world_from_armature * *armature_from_mesh);
        }
    }
}

fn flags(material: &Material, world_from_mesh: Mat4) -> u32 {
    let mirrored = Mat3::from_mat4(world_from_mesh).determinant() < 0.0;
    let flag = |on: bool, flag: u32| if on { flag } else { 0 };
    flag(material.unlit, UNLIT)
        | flag(mirrored, MIRRORED)
        | flag(material.double_sided, DOUBLE_SIDED)
}

fn alpha(material: &Material) -> Alpha {
    if material.blended {
        Alpha::Blended
    } else if material.alpha_cutoff.is_some() {
        Alpha::Masked
    } else {
        Alpha::Opaque
    }
}
