//! Bones: octahedra, boxes, bars, outlines, marks and dots, one instance each, in the order of the list.
//!
//! Nothing is written to the depth buffer: bones hide each other by their order.

use crate::render::gpu::Gpu;
use crate::render::gpu_list::GpuList;
use crate::render::shader;

/// A bone to be drawn. Widths are points; colours are RGBA bytes, gamma-encoded.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct BoneInstance {
    /// World space.
    pub head: [f32; 3],
    /// Of the line around it.
    pub rim_width: f32,
    /// World space.
    pub tail: [f32; 3],
    /// By how much a dark line under the rim is wider; 0: none.
    pub halo_width: f32,
    /// From the middle of the solid to its first corner.
    pub ring_x: [f32; 3],
    /// Of the dots at head and tail.
    pub dot_radius: f32,
    /// From the middle of the solid to its second corner.
    pub ring_y: [f32; 3],
    /// A bit for each face that faces the eye, in three groups of 4: see `bones.wgsl`; then [`BOX`], [`BAR`]
    /// and so on.
    pub flags: u32,
    /// Its faces.
    pub fill: [u8; 4],
    /// The line around it.
    pub rim: [u8; 4],
    /// Its dots.
    pub dot_color: [u8; 4],
    /// How bright the faces are, two groups of 4.
    pub shades: [[u8; 4]; 2],
}

/// A box instead of an octahedron.
pub const BOX: u32 = 1 << 12;
/// A bar instead of a solid.
pub const BAR: u32 = 1 << 13;
/// A thinner bar.
pub const WIRE: u32 = 1 << 14;
/// A bar of a fixed small width, without dots.
pub const SHORT: u32 = 1 << 15;
/// The rim is dashed: the bone has inverse kinematics.
pub const DASHED: u32 = 1 << 16;
/// The fill is hatched: the bone is locked.
pub const HATCHED: u32 = 1 << 17;
/// A ring between head and tail: the bone is constrained.
pub const RINGED: u32 = 1 << 18;
/// What shows between dashes is the colour of inverse kinematics, as the dashes have another.
pub const TWO_TONE: u32 = 1 << 19;

/// How bones and meshes hide each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Bones are drawn over everything.
    InFront,
    /// What lies behind a mesh shines through faintly.
    Hidden,
}

const ATTRIBUTES: [wgpu::VertexAttribute; 13] = wgpu::vertex_attr_array![
    0 => Float32x3, 1 => Float32, 2 => Float32x3, 3 => Float32, 4 => Float32x3, 5 => Float32,
    6 => Float32x3, 7 => Uint32, 8 => Unorm8x4, 9 => Unorm8x4, 10 => Unorm8x4, 11 => Unorm8x4,
    12 => Unorm8x4,
];

/// Faces, edges below, edges above: see `bones.wgsl`.
const SOLID: u32 = 36 + 72 + 72;
/// With a bar, a ring and two dots.
const VERTICES: u32 = SOLID + 6 + 6 + 12;

/// Draws bones.
#[derive(Debug)]
pub struct BonesPass {
    in_front: wgpu::RenderPipeline,
    visible: wgpu::RenderPipeline,
    hidden: wgpu::RenderPipeline,
    instances: GpuList,
    count: u32,
    /// The first vertex that any of them needs.
    first: u32,
}

impl BonesPass {
    /// Builds the pipelines; `frame_layout` is that of the frame's bind group.
    pub fn new(gpu: &Gpu, frame_layout: &wgpu::BindGroupLayout) -> Self {
        let module = shader::module(&gpu.device, "bones", shader::BONES);
        let layout = shader::layout(&gpu.device, "bones", &[Some(frame_layout)]);
        let build = |depth_compare, hidden| {
            let pipeline = shader::Pipeline {
                label: "bones",
                module: &module,
                layout: &layout,
                buffers: &[Some(wgpu::VertexBufferLayout {
                    array_stride: size_of::<BoneInstance>() as u64,
                    step_mode: wgpu::VertexStepMode::Instance,
                    attributes: &ATTRIBUTES,
                })],
                fragment: "fragment",
                constants: &[("HIDDEN", if hidden { 1.0 } else { 0.0 })],
                cull: None,
                blend: Some(shader::OVER),
                depth_compare,
                depth_write: false,
            };
            pipeline.build(gpu)
        };
        Self {
            in_front: build(wgpu::CompareFunction::Always, false),
            visible: build(wgpu::CompareFunction::LessEqual, false),
            hidden: build(wgpu::CompareFunction::Greater, true),
            instances: GpuList::new(gpu, "bones", wgpu::BufferUsages::VERTEX, 1 << 13),
            count: 0,
            first: 0,
        }
    }

    /// Takes over the bones of this frame, those drawn first in front.
    pub fn prepare(&mut self, gpu: &Gpu, bones: &[BoneInstance]) {
        self.instances.write(gpu, bones);
        self.count = u32::try_from(bones.len()).unwrap_or(0);
        let solid = bones.iter().any(|bone| bone.flags & (BAR | SHORT) == 0);
        self.first = if solid { 0 } else { SOLID };
    }

    /// Draws them.
    pub fn draw(&self, pass: &mut wgpu::RenderPass, frame: &wgpu::BindGroup, depth: Depth) {
        if self.count == 0 {
            return;
        }
        pass.set_bind_group(0, frame, &[]);
        pass.set_vertex_buffer(0, self.instances.buffer().slice(..));
        let pipelines: &[_] = match depth {
            Depth::InFront => &[&self.in_front],
            Depth::Hidden => &[&self.hidden, &self.visible],
        };
        for pipeline in pipelines {
            pass.set_pipeline(pipeline);
            pass.draw(self.first..VERTICES, 0..self.count);
        }
    }
}
