//! Meshes: their matrices into the palette, their primitives into the list of draws.

use std::sync::Arc;

use glam::{Mat3, Mat4};

use crate::eval::palette;
use crate::model::mesh::{Attachment, Material, Mesh};
use crate::model::view::Shading;
use crate::render::colors;
use crate::render::gpu::Gpu;
use crate::render::mesh::{Alpha, DOUBLE_SIDED, DrawUniform, MIRRORED, MeshDraw, PLAIN, UNLIT};
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
                if frame.view.shading == Shading::Wireframe {
                    store.require_edges(gpu, mesh);
                }
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
    let (camera, shading) = (frame.camera, frame.view.shading);
    let wire = linear(frame.theme.grid);
    let primitives = mesh.primitives.iter().enumerate();
    primitives.filter_map(move |(number, primitive)| {
        let key = PrimitiveKey::new(mesh, number);
        let place = leading.transform_point3(store.get(key)?.centre);
        let material = &primitive.material;
        Some(MeshDraw {
            key,
            uniform: DrawUniform {
                base_color: base_color(material, shading, wire),
                palette_start: u32::try_from(start).unwrap_or(0),
                joints,
                alpha_cutoff: alpha_cutoff(material),
                flags: flags(material, leading) | shading_flags(shading),
            },
            alpha: alpha(material, shading),
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
        (&posed.rig.armature, posed.posed),
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

/// The flags by which a shading sets materials aside.
fn shading_flags(shading: Shading) -> u32 {
    match shading {
        Shading::Material => 0,
        Shading::Solid => PLAIN,
        Shading::Silhouette | Shading::Wireframe => PLAIN | UNLIT,
    }
}

/// The colour of a material in a shading, linear; its alpha stays.
fn base_color(material: &Material, shading: Shading, wire: [f32; 3]) -> [f32; 4] {
    let [.., alpha] = material.base_color;
    let [r, g, b] = match shading {
        Shading::Material => return material.base_color,
        Shading::Solid => colors::CLAY,
        Shading::Silhouette => colors::SILHOUETTE,
        Shading::Wireframe => wire,
    };
    [r, g, b, alpha]
}

fn linear([r, g, b, _]: [f32; 4]) -> [f32; 3] {
    [r, g, b].map(|channel| {
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// What is almost clear is left out where blending would be out of place: in clay, and in a silhouette.
fn alpha_cutoff(material: &Material) -> f32 {
    let almost_clear = if material.blended { 0.1 } else { 0.0 };
    material.alpha_cutoff.unwrap_or(almost_clear)
}

fn alpha(material: &Material, shading: Shading) -> Alpha {
    if material.blended && shading != Shading::Material {
        Alpha::Masked
    } else if material.blended {
        Alpha::Blended
    } else if material.alpha_cutoff.is_some() {
        Alpha::Masked
    } else {
        Alpha::Opaque
    }
}
