//! The floor: lines of even width made from nothing but their number, hidden by what stands in front.

use crate::render::gpu::Gpu;
use crate::render::shader;

/// Draws the floor.
#[derive(Debug)]
pub struct GridPass {
    pipeline: wgpu::RenderPipeline,
}

impl GridPass {
    /// Builds the pipeline; `frame_layout` is that of the frame's bind group.
    pub fn new(gpu: &Gpu, frame_layout: &wgpu::BindGroupLayout) -> Self {
        let module = shader::module(&gpu.device, "grid", shader::GRID);
        let layout = shader::layout(&gpu.device, "grid", &[Some(frame_layout)]);
        let pipeline = shader::Pipeline {
            label: "grid",
            module: &module,
            layout: &layout,
            buffers: &[],
            fragment: "fragment",
            constants: &[],
            cull: None,
            blend: Some(shader::OVER),
            depth_compare: wgpu::CompareFunction::LessEqual,
            depth_write: false,
        };
        Self {
            pipeline: pipeline.build(gpu),
        }
    }

    /// Draws `lines`, of which the last two are the axes.
    pub fn draw(&self, pass: &mut wgpu::RenderPass, frame: &wgpu::BindGroup, lines: u32) {
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, frame, &[]);
        pass.draw(0..6, 0..lines);
    }
}
