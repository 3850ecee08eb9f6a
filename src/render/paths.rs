//! Motion paths: a line through the points of each path, with dots where there is room for them.
//!
//! Points stay on the GPU while their paths stay; what is drawn of them is told by ranges. Nothing is written
//! to the depth buffer.

use std::ops::Range;

use crate::render::bones::Depth;
use crate::render::gpu::Gpu;
use crate::render::gpu_list::GpuList;
use crate::render::shader;

/// A point of a path.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct PathPoint {
    /// World space.
    pub position: [f32; 3],
    /// When the bone is there.
    pub frame: f32,
    /// RGBA bytes, gamma-encoded.
    pub color: [u8; 4],
}

const STRIDE: u64 = size_of::<PathPoint>() as u64;
const OWN: [wgpu::VertexAttribute; 3] =
    wgpu::vertex_attr_array![0 => Float32x3, 1 => Float32, 2 => Unorm8x4];
const NEXT: [wgpu::VertexAttribute; 1] = wgpu::vertex_attr_array![3 => Float32x3];

/// Draws motion paths.
#[derive(Debug)]
pub struct PathsPass {
    in_front: wgpu::RenderPipeline,
    visible: wgpu::RenderPipeline,
    hidden: wgpu::RenderPipeline,
    points: GpuList,
    version: Option<u64>,
}

impl PathsPass {
    /// Builds the pipelines; `frame_layout` is that of the frame's bind group.
    pub fn new(gpu: &Gpu, frame_layout: &wgpu::BindGroupLayout) -> Self {
        let module = shader::module(&gpu.device, "paths", shader::PATHS);
        let layout = shader::layout(&gpu.device, "paths", &[Some(frame_layout)]);
        let buffer = |attributes| {
            Some(wgpu::VertexBufferLayout {
                array_stride: STRIDE,
                step_mode: wgpu::VertexStepMode::Instance,
                attributes,
            })
        };
        let buffers = [buffer(&OWN[..]), buffer(&NEXT[..])];
        let build = |depth_compare, hidden| {
            let pipeline = shader::Pipeline {
                label: "paths",
                module: &module,
                layout: &layout,
                buffers: &buffers,
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
            points: GpuList::new(gpu, "paths", wgpu::BufferUsages::VERTEX, 1 << 12),
            version: None,
        }
    }

    /// Takes over the points, where they have another version than those it has. The last one belongs to no
    /// path.
    pub fn prepare(&mut self, gpu: &Gpu, points: &[PathPoint], version: u64) {
        if self.version != Some(version) {
            self.points.write(gpu, points);
            self.version = Some(version);
        }
    }

    /// Draws these ranges of points, a path each.
    pub fn draw(
        &self,
        pass: &mut wgpu::RenderPass,
        frame: &wgpu::BindGroup,
        (paths, depth): (&[Range<u32>], Depth),
    ) {
        if paths.is_empty() {
            return;
        }
        pass.set_bind_group(0, frame, &[]);
        pass.set_vertex_buffer(0, self.points.buffer().slice(..));
        pass.set_vertex_buffer(1, self.points.buffer().slice(STRIDE..));
        let pipelines: &[_] = match depth {
            Depth::InFront => &[&self.in_front],
            Depth::Hidden => &[&self.hidden, &self.visible],
        };
        for pipeline in pipelines {
            pass.set_pipeline(pipeline);
            for path in paths {
                pass.draw(0..6, path.start..path.end.saturating_sub(1).max(path.start));
                pass.draw(6..12, path.clone());
            }
        }
    }
}
