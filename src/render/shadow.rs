//! The figure's shadow on the floor: soft spots, one per bone that is near it, hidden by what stands in front.

use crate::render::gpu::Gpu;
use crate::render::gpu_list::GpuList;
use crate::render::shader;

/// A spot on the floor.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Spot {
    /// World X and Y.
    pub centre: [f32; 2],
    /// Metres.
    pub radius: f32,
    /// Opacity in its middle, 0 to 1.
    pub strength: f32,
}

const ATTRIBUTES: [wgpu::VertexAttribute; 3] =
    wgpu::vertex_attr_array![0 => Float32x2, 1 => Float32, 2 => Float32];

/// Draws the shadow.
#[derive(Debug)]
pub struct ShadowPass {
    pipeline: wgpu::RenderPipeline,
    spots: GpuList,
    count: u32,
}

impl ShadowPass {
    /// Builds the pipeline; `frame_layout` is that of the frame's bind group.
    pub fn new(gpu: &Gpu, frame_layout: &wgpu::BindGroupLayout) -> Self {
        let module = shader::module(&gpu.device, "shadow", shader::SHADOW);
        let layout = shader::layout(&gpu.device, "shadow", &[Some(frame_layout)]);
        let pipeline = shader::Pipeline {
            label: "shadow",
            module: &module,
            layout: &layout,
            buffers: &[Some(wgpu::VertexBufferLayout {
                array_stride: size_of::<Spot>() as u64,
                step_mode: wgpu::VertexStepMode::Instance,
                attributes: &ATTRIBUTES,
            })],
            fragment: "fragment",
            constants: &[],
            cull: None,
            blend: Some(shader::OVER),
            depth_compare: wgpu::CompareFunction::LessEqual,
            depth_write: false,
        };
        Self {
            pipeline: pipeline.build(gpu),
            spots: GpuList::new(gpu, "shadow", wgpu::BufferUsages::VERTEX, 1 << 11),
            count: 0,
        }
    }

    /// Takes over the spots of this frame.
    pub fn prepare(&mut self, gpu: &Gpu, spots: &[Spot]) {
        self.spots.write(gpu, spots);
        self.count = u32::try_from(spots.len()).unwrap_or(0);
    }

    /// Draws them.
    pub fn draw(&self, pass: &mut wgpu::RenderPass, frame: &wgpu::BindGroup) {
        if self.count == 0 {
            return;
        }
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, frame, &[]);
        pass.set_vertex_buffer(0, self.spots.buffer().slice(..));
        pass.draw(0..6, 0..self.count);
    }
}
