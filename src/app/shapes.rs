//! Draws the panels' shapes with a shader of our own, in the render pass of egui's painter.
//!
//! The painter's own shader also holds a filter and a dithering that nobody asked for here; a software adapter
//! computes both for every pixel, and a window takes six times as long. Textures stay the painter's.

use egui::epaint::{ClippedPrimitive, Mesh, Primitive, Vertex};
use egui::{PaintCallbackInfo, Pos2, Rect};
use egui_wgpu::{CallbackResources, CallbackTrait, Renderer};

use crate::render::gpu::Gpu;
use crate::render::shader;

/// What draws shapes, kept from frame to frame.
pub struct Shapes {
    gpu: Gpu,
    pipeline: wgpu::RenderPipeline,
    screen: wgpu::Buffer,
    screen_group: wgpu::BindGroup,
    corners: wgpu::Buffer,
    indices: wgpu::Buffer,
    bytes: Vec<u8>,
}

/// A mesh in the buffers.
struct Part {
    texture: wgpu::BindGroup,
    /// What of it is shown, points.
    clip: Rect,
    indices: std::ops::Range<u32>,
    first_corner: i32,
}

/// A frame's shapes, ready to be drawn.
struct Frame {
    pipeline: wgpu::RenderPipeline,
    screen: wgpu::BindGroup,
    corners: wgpu::Buffer,
    indices: wgpu::Buffer,
    parts: Vec<Part>,
}

impl Shapes {
    /// Builds what draws on to targets of this format.
    pub fn new(gpu: Gpu, format: wgpu::TextureFormat) -> Self {
        let device = &gpu.device;
        let screen_layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("screen"),
            entries: &[uniform(0, wgpu::ShaderStages::VERTEX)],
        });
        let screen = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("screen"),
            size: 16,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let screen_group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("screen"),
            layout: &screen_layout,
            entries: &[wgpu::BindGroupEntry {
                binding: 0,
                resource: screen.as_entire_binding(),
            }],
        });
        Self {
            pipeline: pipeline(device, &screen_layout, format),
            screen,
            screen_group,
            corners: buffer(device, 1 << 16, wgpu::BufferUsages::VERTEX),
            indices: buffer(device, 1 << 16, wgpu::BufferUsages::INDEX),
            bytes: Vec::new(),
            gpu,
        }
    }

    /// One primitive that draws all the meshes of `primitives`; none where they hold something else.
    ///
    /// The textures must be those of `renderer`, brought up to date. `size` is that of the target, points.
    pub fn gather(
        &mut self,
        primitives: &[ClippedPrimitive],
        renderer: &Renderer,
        size: egui::Vec2,
    ) -> Option<ClippedPrimitive> {
        let mut meshes = Vec::with_capacity(primitives.len());
        for primitive in primitives {
            let Primitive::Mesh(mesh) = &primitive.primitive else {
                return None;
            };
            if let Some(texture) = renderer.texture(&mesh.texture_id) {
                meshes.push((mesh, primitive.clip_rect, texture.bind_group.clone()));
            }
        }
        self.upload(&meshes)?;
        let screen = [size.x, size.y, 0.0, 0.0];
        let queue = &self.gpu.queue;
        queue.write_buffer(&self.screen, 0, bytemuck::cast_slice(&screen));
        let frame = Frame {
            pipeline: self.pipeline.clone(),
            screen: self.screen_group.clone(),
            corners: self.corners.clone(),
            indices: self.indices.clone(),
            parts: parts(meshes)?,
        };
        let whole = Rect::from_min_size(Pos2::ZERO, size);
        let callback = egui_wgpu::Callback::new_paint_callback(whole, frame);
        Some(ClippedPrimitive {
            clip_rect: whole,
            primitive: Primitive::Callback(callback),
        })
    }

    /// Writes corners and indices of all meshes one after the other; none where there are too many.
    fn upload(&mut self, meshes: &[(&Mesh, Rect, wgpu::BindGroup)]) -> Option<()> {
        let Gpu { device, queue, .. } = &self.gpu;
        let corners = meshes.iter().map(|(mesh, ..)| &mesh.vertices);
        self.bytes.clear();
        corners.for_each(|corners| {
            self.bytes
                .extend(bytemuck::cast_slice::<Vertex, u8>(corners))
        });
        let usage = wgpu::BufferUsages::VERTEX;
        fill(device, queue, &mut self.corners, &self.bytes, usage)?;
        let indices = meshes.iter().map(|(mesh, ..)| &mesh.indices);
        self.bytes.clear();
        indices.for_each(|indices| self.bytes.extend(bytemuck::cast_slice::<u32, u8>(indices)));
        let usage = wgpu::BufferUsages::INDEX;
        fill(device, queue, &mut self.indices, &self.bytes, usage)
    }
}

/// Where each mesh lies in the buffers.
fn parts(meshes: Vec<(&Mesh, Rect, wgpu::BindGroup)>) -> Option<Vec<Part>> {
    let (mut first_corner, mut first_index) = (0, 0);
    let mut parts = Vec::with_capacity(meshes.len());
    for (mesh, clip, texture) in meshes {
        let end = first_index + u32::try_from(mesh.indices.len()).ok()?;
        parts.push(Part {
            texture,
            clip,
            indices: first_index..end,
            first_corner,
        });
        first_index = end;
        first_corner += i32::try_from(mesh.vertices.len()).ok()?;
    }
    Some(parts)
}

impl CallbackTrait for Frame {
    fn paint(
        &self,
        info: PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        _resources: &CallbackResources,
    ) {
        let [width, height] = info.screen_size_px;
        pass.set_viewport(0.0, 0.0, width as f32, height as f32, 0.0, 1.0);
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, &self.screen, &[]);
        pass.set_vertex_buffer(0, self.corners.slice(..));
        pass.set_index_buffer(self.indices.slice(..), wgpu::IndexFormat::Uint32);
        for part in &self.parts {
            let [left, top, wide, high] =
                pixels(part.clip, info.screen_size_px, info.pixels_per_point);
            if wide == 0 || high == 0 {
                continue;
            }
            pass.set_scissor_rect(left, top, wide, high);
            pass.set_bind_group(1, &part.texture, &[]);
            pass.draw_indexed(part.indices.clone(), part.first_corner, 0..1);
        }
    }
}

/// A rectangle of points in pixels of the target: left, top, width, height.
fn pixels(rect: Rect, size: [u32; 2], pixels_per_point: f32) -> [u32; 4] {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the target"
    )]
    let pixel =
        |points: f32, most: u32| (points * pixels_per_point).round().clamp(0.0, most as f32) as u32;
    let [width, height] = size;
    let (left, top) = (pixel(rect.min.x, width), pixel(rect.min.y, height));
    let (right, bottom) = (pixel(rect.max.x, width), pixel(rect.max.y, height));
    [
        left,
        top,
        right.saturating_sub(left),
        bottom.saturating_sub(top),
    ]
}

fn buffer(device: &wgpu::Device, size: u64, usage: wgpu::BufferUsages) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("shapes"),
        size,
        usage: usage | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    })
}

/// Writes bytes into a buffer, which grows if it must.
fn fill(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    target: &mut wgpu::Buffer,
    bytes: &[u8],
    usage: wgpu::BufferUsages,
) -> Option<()> {
    let wanted = u64::try_from(bytes.len()).ok()?;
    if wanted > target.size() {
        if wanted > device.limits().max_buffer_size {
            return None;
        }
        let roomy = wanted
            .next_power_of_two()
            .min(device.limits().max_buffer_size);
        *target = buffer(device, roomy, usage);
    }
    queue.write_buffer(target, 0, bytes);
    Some(())
}

fn uniform(binding: u32, visibility: wgpu::ShaderStages) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility,
        ty: wgpu::BindingType::Buffer {
            has_dynamic_offset: false,
            min_binding_size: std::num::NonZeroU64::new(16),
            ty: wgpu::BufferBindingType::Uniform,
        },
        count: None,
    }
}

/// The layout of the painter's bind groups for textures; it has to be the same to the letter.
fn texture_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let fragment = wgpu::ShaderStages::FRAGMENT;
    let entry = |binding, ty| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: fragment,
        ty,
        count: None,
    };
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("egui_texture_bind_group_layout"),
        entries: &[
            entry(
                0,
                wgpu::BindingType::Texture {
                    multisampled: false,
                    sample_type: wgpu::TextureSampleType::Float { filterable: true },
                    view_dimension: wgpu::TextureViewDimension::D2,
                },
            ),
            entry(
                1,
                wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
            ),
            uniform(2, fragment),
        ],
    })
}

fn pipeline(
    device: &wgpu::Device,
    screen: &wgpu::BindGroupLayout,
    format: wgpu::TextureFormat,
) -> wgpu::RenderPipeline {
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some("interface"),
        source: wgpu::ShaderSource::Wgsl(shader::INTERFACE.into()),
    });
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some("interface"),
        bind_group_layouts: &[Some(screen), Some(&texture_layout(device))],
        immediate_size: 0,
    });
    let over = wgpu::BlendState {
        color: wgpu::BlendComponent {
            src_factor: wgpu::BlendFactor::One,
            dst_factor: wgpu::BlendFactor::OneMinusSrcAlpha,
            operation: wgpu::BlendOperation::Add,
        },
        alpha: wgpu::BlendComponent {
            src_factor: wgpu::BlendFactor::OneMinusDstAlpha,
            dst_factor: wgpu::BlendFactor::One,
            operation: wgpu::BlendOperation::Add,
        },
    };
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("interface"),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module: &module,
            entry_point: Some("vertex"),
            buffers: &[Some(wgpu::VertexBufferLayout {
                array_stride: size_of::<Vertex>() as u64,
                step_mode: wgpu::VertexStepMode::Vertex,
                attributes: &wgpu::vertex_attr_array![0 => Float32x2, 1 => Float32x2, 2 => Unorm8x4],
            })],
            compilation_options: wgpu::PipelineCompilationOptions::default(),
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some(if format.is_srgb() { "linear" } else { "plain" }),
            targets: &[Some(wgpu::ColorTargetState {
                format,
                blend: Some(over),
                write_mask: wgpu::ColorWrites::ALL,
            })],
            compilation_options: wgpu::PipelineCompilationOptions::default(),
        }),
        multiview_mask: None,
        cache: None,
    })
}
