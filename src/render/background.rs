//! The background: a vertical gradient behind everything, no depth.

use crate::render::gpu::Gpu;
use crate::render::shader;

/// Draws the background.
#[derive(Debug)]
pub struct BackgroundPass {
    pipeline: wgpu::RenderPipeline,
}

impl BackgroundPass {
    /// Builds the pipeline; `frame_layout` is that of the frame's bind group.
    pub fn new(gpu: &Gpu, frame_layout: &wgpu::BindGroupLayout) -> Self {
        let module = shader::module(&gpu.device, "background", shader::BACKGROUND);
        let layout = shader::layout(&gpu.device, "background", &[Some(frame_layout)]);
        let pipeline = shader::Pipeline {
            label: "background",
            module: &module,
            layout: &layout,
            buffers: &[],
            fragment: "fragment",
            constants: &[],
            cull: None,
            blend: None,
            depth_compare: wgpu::CompareFunction::Always,
            depth_write: false,
        };
        Self {
            pipeline: pipeline.build(gpu),
        }
    }

    /// Fills the picture.
    pub fn draw(&self, pass: &mut wgpu::RenderPass, frame: &wgpu::BindGroup) {
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, frame, &[]);
        pass.draw(0..3, 0..1);
    }
}
