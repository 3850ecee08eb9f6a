//! Meshes: their matrices into the palette, their primitives into the list of draws.

use std::sync::Arc;

use glam::{Mat3, Mat4};

use crate::eval::palette;
use crate::model::mesh::{Attachment, Material, Mesh};
use crate::render::gpu::Gpu;
use crate::render::mesh::{Alpha, DOUBLE_SIDED, DrawUniform, MIRRORED, MeshDraw, UNLIT};
use crate::render::mesh_store::{MeshStore, PrimitiveKey};
use crate::render::scene::{Posed, Scene, posed_rigs};
use crate::render::viewport::FrameInput;

impl Scene {
    pub(super) fn list_meshes(&mut self, gpu: &Gpu, store: &mut MeshStore, frame: &FrameInput) {
        self.palette.clear();
        self.meshes.clear();
        for posed in posed_rigs(frame, &self.skeletons) {
            for mesh in posed.rig.meshes.iter() {
                store.require(gpu, mesh);
                let start = self.palette.len();
                push_matrices(&mut self.palette, &posed, mesh);
                let matrices = self.palette.get(start..).unwrap_or_default();
                let drawn = draws(frame, store, mesh, start, matrices);
                self.meshes.extend(drawn);
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

/// The primitives of a mesh whose matrices start at `start` in the palette.
fn draws<'a>(
    frame: &FrameInput<'a>,
    store: &'a MeshStore,
    mesh: &'a Arc<Mesh>,
    start: usize,
    matrices: &[Mat4],
) -> impl Iterator<Item = MeshDraw> + use<'a> {
    // A skinned primitive is where its first joint carries it, near enough to sort.
    let leading = matrices.get(1).or(matrices.first()).copied();
    let leading = leading.unwrap_or(Mat4::IDENTITY);
    let joints = u32::try_from(matrices.len().saturating_sub(1)).unwrap_or(0);
    let camera = frame.camera;
    let primitives = mesh.primitives.iter().enumerate();
    primitives.filter_map(move |(number, primitive)| {
        let key = PrimitiveKey::new(mesh, number);
        let place = leading.transform_point3(store.get(key)?.centre);
        let material = &primitive.material;
        Some(MeshDraw {
            key,
            uniform: DrawUniform {
                base_color: material.base_color,
                palette_start: u32::try_from(start).unwrap_or(0),
                joints,
                alpha_cutoff: material.alpha_cutoff.unwrap_or(0.0),
                flags: flags(material, leading),
            },
            alpha: alpha(material),
            depth: (camera.eye() - place).dot(camera.backward()),
        })
    })
}

/// First the matrix for vertices without a joint, then one for each joint.
fn push_matrices(palette: &mut Vec<Mat4>, posed: &Posed, mesh: &Mesh) {
    if matches!(mesh.attachment, Attachment::Skin { .. }) {
        palette.push(posed.world_from_armature);
    }
    palette::append(
        posed.world_from_armature,
        posed.posed,
        &mesh.attachment,
        palette,
    );
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
