//! Meshes that follow matrices: one palette for all meshes of the frame, a place in it per draw.

use glam::Mat4;

use crate::render::gpu::Gpu;
use crate::render::gpu_list::GpuList;
use crate::render::mesh_store::{MeshStore, PrimitiveKey, Vertex};
use crate::render::shader;

/// What the shader knows of a draw; laid out as in `mesh.wgsl`.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct DrawUniform {
    /// Linear RGBA.
    pub base_color: [f32; 4],
    /// Where its matrices start: first the one for vertices without a joint, then the joints.
    pub palette_start: u32,
    /// How many joints.
    pub joints: u32,
    /// Alpha below which nothing is drawn, where the draw is masked.
    pub alpha_cutoff: f32,
    /// [`UNLIT`], [`MIRRORED`], [`DOUBLE_SIDED`].
    pub flags: u32,
}

/// Drawn without light.
pub const UNLIT: u32 = 1;
/// Its matrices turn clockwise into counter-clockwise.
pub const MIRRORED: u32 = 2;
/// Back faces are drawn, and lit from their side.
pub const DOUBLE_SIDED: u32 = 4;
/// Neither texture nor colours of vertices count, but for their alpha.
pub const PLAIN: u32 = 8;

/// What alpha means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alpha {
    /// Nothing.
    Opaque,
    /// To draw or not to draw.
    Masked,
    /// A mix with what is behind; drawn after everything opaque, far to near.
    Blended,
}

/// A primitive to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeshDraw {
    /// Which.
    pub key: PrimitiveKey,
    /// How.
    pub uniform: DrawUniform,
    /// Which of the passes over the meshes draws it.
    pub alpha: Alpha,
    /// From the eye along the line of sight, metres.
    pub depth: f32,
}

const ATTRIBUTES: [wgpu::VertexAttribute; 5] = wgpu::vertex_attr_array![
    0 => Float32x3, 1 => Float32x3, 2 => Float32x2, 3 => Unorm16x4, 4 => Uint32x2,
];

/// Draws meshes.
#[derive(Debug)]
pub struct MeshPass {
    pipelines: Vec<wgpu::RenderPipeline>,
    wire: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    palette: GpuList,
    draws: GpuList,
    bind_group: wgpu::BindGroup,
}

impl MeshPass {
    /// Builds the pipelines; `frame` is the frame's uniform.
    pub fn new(gpu: &Gpu, frame: &wgpu::Buffer, store: &MeshStore) -> Self {
        let layout = bind_group_layout(gpu);
        let storage = wgpu::BufferUsages::STORAGE;
        let palette = GpuList::new(gpu, "palette", storage, size_of::<Mat4>() * 128);
        let draws = GpuList::new(gpu, "draws", storage, size_of::<DrawUniform>() * 16);
        let (pipelines, wire) = pipelines(gpu, &[Some(&layout), Some(store.layout())]);
        Self {
            pipelines,
            wire,
            bind_group: bind_group(gpu, &layout, [frame, palette.buffer(), draws.buffer()]),
            layout,
            palette,
            draws,
        }
    }

    /// Takes over matrices and draws of this frame. Matrices beyond what the device can hold are left out.
    pub fn prepare(
        &mut self,
        gpu: &Gpu,
        frame: &wgpu::Buffer,
        palette: &[Mat4],
        draws: impl Iterator<Item = DrawUniform>,
        room: &mut Vec<DrawUniform>,
    ) {
        room.clear();
        room.extend(draws);
        let most = gpu.device.limits().max_storage_buffer_binding_size as usize;
        // Half, for the list grows to powers of two.
        let held = palette.len().min(most / 2 / size_of::<Mat4>());
        let grown = self
            .palette
            .write(gpu, palette.get(..held).unwrap_or_default());
        if self.draws.write(gpu, room) | grown {
            let buffers = [frame, self.palette.buffer(), self.draws.buffer()];
            self.bind_group = bind_group(gpu, &self.layout, buffers);
        }
    }

    /// Draws those that `wanted` picks, in the order they were taken over.
    pub fn draw(
        &self,
        pass: &mut wgpu::RenderPass,
        store: &MeshStore,
        draws: &[MeshDraw],
        wanted: impl Fn(Alpha) -> bool,
    ) {
        pass.set_bind_group(0, &self.bind_group, &[]);
        let mut current = None;
        for (number, draw) in (0..).zip(draws).filter(|(_, draw)| wanted(draw.alpha)) {
            let pipeline = pipeline_number(draw);
            let (Some(primitive), Some(found)) =
                (store.get(draw.key), self.pipelines.get(pipeline))
            else {
                continue;
            };
            if current != Some(pipeline) {
                pass.set_pipeline(found);
                current = Some(pipeline);
            }
            pass.set_bind_group(1, &primitive.bind_group, &[]);
            pass.set_vertex_buffer(0, primitive.vertices.slice(..));
            pass.set_index_buffer(primitive.indices.slice(..), wgpu::IndexFormat::Uint32);
            pass.draw_indexed(0..primitive.count, 0, number..number + 1);
        }
    }

    /// Draws the edges of all of them, over each other.
    pub fn draw_wires(&self, pass: &mut wgpu::RenderPass, store: &MeshStore, draws: &[MeshDraw]) {
        pass.set_pipeline(&self.wire);
        pass.set_bind_group(0, &self.bind_group, &[]);
        for (number, draw) in (0..).zip(draws) {
            let Some((primitive, edges)) = store
                .get(draw.key)
                .and_then(|primitive| Some((primitive, primitive.edges.as_ref()?)))
            else {
                continue;
            };
            pass.set_bind_group(1, &primitive.bind_group, &[]);
            pass.set_vertex_buffer(0, primitive.vertices.slice(..));
            pass.set_index_buffer(edges.slice(..), wgpu::IndexFormat::Uint32);
            pass.draw_indexed(0..primitive.edge_indices, 0, number..number + 1);
        }
    }
}

/// Mirrored meshes turn their triangles over: the other faces are the back then.
fn pipeline_number(draw: &MeshDraw) -> usize {
    let flags = draw.uniform.flags;
    let cull = if flags & DOUBLE_SIDED != 0 {
        0
    } else if flags & MIRRORED != 0 {
        2
    } else {
        1
    };
    draw.alpha as usize * 3 + cull
}

/// A pipeline for each kind of alpha and of culling, and that for wires.
fn pipelines(
    gpu: &Gpu,
    groups: &[Option<&wgpu::BindGroupLayout>],
) -> (Vec<wgpu::RenderPipeline>, wgpu::RenderPipeline) {
    let module = shader::module(&gpu.device, "mesh", shader::MESH);
    let layout = shader::layout(&gpu.device, "mesh", groups);
    let buffers = [Some(wgpu::VertexBufferLayout {
        array_stride: size_of::<Vertex>() as u64,
        step_mode: wgpu::VertexStepMode::Vertex,
        attributes: &ATTRIBUTES,
    })];
    let pipeline = |fragment, blend: Option<wgpu::BlendState>, cull| shader::Pipeline {
        label: "mesh",
        module: &module,
        layout: &layout,
        buffers: &buffers,
        fragment,
        constants: &[],
        cull,
        blend,
        depth_compare: wgpu::CompareFunction::LessEqual,
        depth_write: blend.is_none(),
    };
    let culls = [None, Some(wgpu::Face::Back), Some(wgpu::Face::Front)];
    let alphas = [
        ("opaque", None),
        ("masked", None),
        ("blended", Some(shader::OVER)),
    ];
    let kinds = alphas
        .into_iter()
        .flat_map(|(fragment, blend)| culls.map(|cull| pipeline(fragment, blend, cull)));
    let wire = pipeline("wire", Some(shader::OVER), None);
    (
        kinds.map(|kind| kind.build(gpu)).collect(),
        wire.build_lines(gpu),
    )
}

fn bind_group(
    gpu: &Gpu,
    layout: &wgpu::BindGroupLayout,
    [frame, palette, draws]: [&wgpu::Buffer; 3],
) -> wgpu::BindGroup {
    gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("meshes"),
        layout,
        entries: &[entry(0, frame), entry(1, palette), entry(2, draws)],
    })
}

fn entry(binding: u32, buffer: &wgpu::Buffer) -> wgpu::BindGroupEntry<'_> {
    wgpu::BindGroupEntry {
        binding,
        resource: buffer.as_entire_binding(),
    }
}

fn bind_group_layout(gpu: &Gpu) -> wgpu::BindGroupLayout {
    let both = wgpu::ShaderStages::VERTEX_FRAGMENT;
    let storage = wgpu::BufferBindingType::Storage { read_only: true };
    let entry = |binding, visibility, ty| wgpu::BindGroupLayoutEntry {
        binding,
        visibility,
        ty: wgpu::BindingType::Buffer {
            ty,
            has_dynamic_offset: false,
            min_binding_size: None,
        },
        count: None,
    };
    gpu.device
        .create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("meshes"),
            entries: &[
                entry(0, both, wgpu::BufferBindingType::Uniform),
                entry(1, wgpu::ShaderStages::VERTEX, storage),
                entry(2, both, storage),
            ],
        })
}
