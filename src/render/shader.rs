//! The shaders' sources, and what all pipelines have in common.
//!
//! Every source of the 3D view begins with `frame.wgsl`; group 0, binding 0 is the frame's uniform.

use crate::render::gpu::Gpu;
use crate::render::offscreen;

/// Name and source of each pass's shader.
pub const ALL: [(&str, &str); 7] = [
    ("background", BACKGROUND),
    ("shadow", SHADOW),
    ("grid", GRID),
    ("mesh", MESH),
    ("bones", BONES),
    ("paths", PATHS),
    ("interface", INTERFACE),
];

macro_rules! source {
    ($name:literal) => {
        concat!(
            include_str!("../../shaders/frame.wgsl"),
            "\n",
            include_str!(concat!("../../shaders/", $name, ".wgsl"))
        )
    };
}

/// Source of the background's shader.
pub const BACKGROUND: &str = source!("background");
/// Source of the shadow's shader.
pub const SHADOW: &str = source!("shadow");
/// Source of the floor's shader.
pub const GRID: &str = source!("grid");
/// Source of the meshes' shader.
pub const MESH: &str = source!("mesh");
/// Source of the bones' shader.
pub const BONES: &str = source!("bones");

/// Source of the motion paths' shader.
pub const PATHS: &str = source!("paths");

/// Source of the panels' shader, which stands alone.
pub const INTERFACE: &str = include_str!("../../shaders/interface.wgsl");

/// How a pipeline differs from the others.
pub struct Pipeline<'a> {
    /// For graphics debuggers.
    pub label: &'static str,
    /// With an entry point `vertex`.
    pub module: &'a wgpu::ShaderModule,
    /// Its bind groups.
    pub layout: &'a wgpu::PipelineLayout,
    /// What its vertices read.
    pub buffers: &'a [Option<wgpu::VertexBufferLayout<'a>>],
    /// Entry point of the fragment stage.
    pub fragment: &'static str,
    /// Values of the shader's `override`s.
    pub constants: &'a [(&'a str, f64)],
    /// Which faces are left out.
    pub cull: Option<wgpu::Face>,
    /// How it mixes with what is there.
    pub blend: Option<wgpu::BlendState>,
    /// Against what is there, in depth.
    pub depth_compare: wgpu::CompareFunction,
    /// Whether it hides what comes later behind it.
    pub depth_write: bool,
}

/// Compiles a source.
pub fn module(device: &wgpu::Device, label: &'static str, source: &str) -> wgpu::ShaderModule {
    device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some(label),
        source: wgpu::ShaderSource::Wgsl(source.into()),
    })
}

/// A pipeline layout of these bind groups.
pub fn layout(
    device: &wgpu::Device,
    label: &'static str,
    groups: &[Option<&wgpu::BindGroupLayout>],
) -> wgpu::PipelineLayout {
    device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some(label),
        bind_group_layouts: groups,
        immediate_size: 0,
    })
}

impl Pipeline<'_> {
    /// Builds it, for triangles drawn into the viewport's picture.
    pub fn build(&self, gpu: &Gpu) -> wgpu::RenderPipeline {
        self.build_for(gpu, wgpu::PrimitiveTopology::TriangleList)
    }

    /// Builds it, for lines of one pixel.
    pub fn build_lines(&self, gpu: &Gpu) -> wgpu::RenderPipeline {
        self.build_for(gpu, wgpu::PrimitiveTopology::LineList)
    }

    fn build_for(&self, gpu: &Gpu, topology: wgpu::PrimitiveTopology) -> wgpu::RenderPipeline {
        let options = wgpu::PipelineCompilationOptions {
            constants: self.constants,
            ..wgpu::PipelineCompilationOptions::default()
        };
        gpu.device
            .create_render_pipeline(&wgpu::RenderPipelineDescriptor {
                label: Some(self.label),
                layout: Some(self.layout),
                vertex: wgpu::VertexState {
                    module: self.module,
                    entry_point: Some("vertex"),
                    compilation_options: options.clone(),
                    buffers: self.buffers,
                },
                primitive: wgpu::PrimitiveState {
                    topology,
                    cull_mode: self.cull,
                    ..wgpu::PrimitiveState::default()
                },
                depth_stencil: Some(wgpu::DepthStencilState {
                    format: offscreen::DEPTH_FORMAT,
                    depth_write_enabled: Some(self.depth_write),
                    depth_compare: Some(self.depth_compare),
                    stencil: wgpu::StencilState::default(),
                    bias: wgpu::DepthBiasState::default(),
                }),
                multisample: wgpu::MultisampleState {
                    count: gpu.samples,
                    ..wgpu::MultisampleState::default()
                },
                fragment: Some(wgpu::FragmentState {
                    module: self.module,
                    entry_point: Some(self.fragment),
                    compilation_options: options,
                    targets: &[Some(wgpu::ColorTargetState {
                        format: offscreen::FORMAT,
                        blend: self.blend,
                        write_mask: wgpu::ColorWrites::ALL,
                    })],
                }),
                multiview_mask: None,
                cache: None,
            })
    }
}

/// Over what is there; the picture stays opaque.
pub const OVER: wgpu::BlendState = wgpu::BlendState {
    color: wgpu::BlendComponent {
        src_factor: wgpu::BlendFactor::SrcAlpha,
        dst_factor: wgpu::BlendFactor::OneMinusSrcAlpha,
        operation: wgpu::BlendOperation::Add,
    },
    alpha: wgpu::BlendComponent {
        src_factor: wgpu::BlendFactor::One,
        dst_factor: wgpu::BlendFactor::OneMinusSrcAlpha,
        operation: wgpu::BlendOperation::Add,
    },
};
