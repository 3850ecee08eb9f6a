//! The viewport: a document in, a texture out.

use glam::Vec2;

use crate::eval::evaluator::DocumentEvaluator;
use crate::eval::keyed::KeyedDocument;
use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};
use crate::model::view::{Camera, Shading, View};
use crate::render::background::BackgroundPass;
use crate::render::bones::{BonesPass, Depth};
use crate::render::camera::{Floor, FrameUniform};
use crate::render::colors::ViewportColors;
use crate::render::error::Error;
use crate::render::gpu::Gpu;
use crate::render::gpu_list::GpuList;
use crate::render::grid::GridPass;
use crate::render::mesh::{Alpha, DrawUniform, MeshPass};
use crate::render::mesh_store::MeshStore;
use crate::render::offscreen::{self, Offscreen};
use crate::render::paths::PathsPass;
use crate::render::scene::Scene;
use crate::render::shadow::ShadowPass;

/// What a frame shows.
#[derive(Clone, Copy, Debug)]
pub struct FrameInput<'a> {
    /// What is drawn.
    pub document: &'a Document,
    /// Its poses, up to date; a rig without one is not drawn.
    pub poses: &'a DocumentEvaluator,
    /// Which bones were changed and have no key, up to date; without it none is marked so.
    pub keyed: Option<&'a KeyedDocument>,
    /// From where.
    pub camera: &'a Camera,
    /// Overlays and the bones' style; its own camera does not count.
    pub view: &'a View,
    /// Physical pixels.
    pub size: (u32, u32),
    /// Physical pixels per point of the interface.
    pub pixels_per_point: f32,
    /// The bone under the pointer.
    pub hovered: Option<(RigId, BoneId)>,
    /// The empty under the pointer, by its place in the document's list.
    pub hovered_empty: Option<usize>,
    /// Colours.
    pub theme: &'a ViewportColors,
}

/// Draws documents into a texture of its own.
#[derive(Debug)]
pub struct Viewport {
    target: Offscreen,
    generation: u64,
    frame: GpuList,
    frame_bind_group: wgpu::BindGroup,
    scene: Scene,
    store: MeshStore,
    background: BackgroundPass,
    shadow: ShadowPass,
    grid: GridPass,
    meshes: MeshPass,
    paths: PathsPass,
    bones: BonesPass,
    draws: Vec<DrawUniform>,
}

impl Viewport {
    /// Builds the pipelines; the picture is one pixel until something is drawn.
    pub fn new(gpu: &Gpu) -> Self {
        let uniform = wgpu::BufferUsages::UNIFORM;
        let frame = GpuList::new(gpu, "frame", uniform, size_of::<FrameUniform>());
        let layout = frame_layout(gpu);
        let frame_bind_group = gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("frame"),
            layout: &layout,
            entries: &[wgpu::BindGroupEntry {
                binding: 0,
                resource: frame.buffer().as_entire_binding(),
            }],
        });
        let store = MeshStore::new(gpu);
        Self {
            target: Offscreen::new(gpu, (1, 1)),
            generation: 0,
            frame_bind_group,
            scene: Scene::default(),
            background: BackgroundPass::new(gpu, &layout),
            shadow: ShadowPass::new(gpu, &layout),
            grid: GridPass::new(gpu, &layout),
            meshes: MeshPass::new(gpu, frame.buffer(), &store),
            paths: PathsPass::new(gpu, &layout),
            bones: BonesPass::new(gpu, &layout),
            store,
            frame,
            draws: Vec::new(),
        }
    }

    /// Draws a frame. A size that the device cannot do is cut down to what it can.
    pub fn draw(&mut self, gpu: &Gpu, input: &FrameInput) {
        let size = offscreen::possible_size(gpu, input.size);
        if size != self.target.size() {
            self.target = Offscreen::new(gpu, size);
            self.generation += 1;
        }
        self.prepare(gpu, input);
        let mut encoder = gpu.device.create_command_encoder(&Default::default());
        self.record(&mut self.target.begin(&mut encoder), input);
        gpu.queue.submit([encoder.finish()]);
    }

    /// Everything that goes to the GPU before drawing.
    fn prepare(&mut self, gpu: &Gpu, input: &FrameInput) {
        let (width, height) = self.target.size();
        let size = Vec2::new(width as f32, height as f32);
        let points = input.pixels_per_point.max(0.1);
        let shading = input.view.shading;
        let uniform = FrameUniform::new(input.camera, size, points, shading, input.theme);
        let uniform = uniform.at_frame(input.document.scene.frame);
        self.frame.write(gpu, &[uniform]);
        self.store.forget_dead();
        self.scene.update(gpu, &mut self.store, input);
        let draws = self.scene.meshes.iter().map(|draw| draw.uniform);
        let (palette, frame) = (&self.scene.palette, self.frame.buffer());
        self.meshes
            .prepare(gpu, frame, palette, draws, &mut self.draws);
        self.shadow.prepare(gpu, &self.scene.shadows);
        let paths = &self.scene.paths;
        self.paths.prepare(gpu, &paths.points, paths.version);
        self.bones.prepare(gpu, &self.scene.bones);
    }

    fn record(&self, pass: &mut wgpu::RenderPass, input: &FrameInput) {
        let (frame, draws) = (&self.frame_bind_group, &self.scene.meshes);
        self.background.draw(pass, frame);
        let solid = |alpha| alpha != Alpha::Blended;
        let wires = input.view.shading == Shading::Wireframe;
        if !wires {
            self.meshes.draw(pass, &self.store, draws, solid);
        }
        self.shadow.draw(pass, frame);
        if input.view.shows_floor() {
            let lines = Floor::new(input.camera).lines();
            self.grid.draw(pass, frame, lines);
        }
        if wires {
            self.meshes.draw_wires(pass, &self.store, draws);
        } else {
            self.meshes
                .draw(pass, &self.store, draws, |alpha| alpha == Alpha::Blended);
        }
        let depth = if input.view.in_front {
            Depth::InFront
        } else {
            Depth::Hidden
        };
        let paths = &self.scene.paths.shown;
        self.paths.draw(pass, frame, (paths, depth));
        self.bones.draw(pass, frame, depth);
    }

    /// The picture: Rgba8Unorm, gamma-encoded, opaque.
    pub fn texture_view(&self) -> &wgpu::TextureView {
        self.target.view()
    }

    /// Counts how often the texture was replaced; register it anew with the interface when this changes.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Pixels across and down of the picture.
    pub fn size(&self) -> (u32, u32) {
        self.target.size()
    }

    /// How many meshes and textures are on the GPU.
    pub fn uploads(&self) -> (usize, usize) {
        self.store.counts()
    }

    /// The picture as width, height and rows of RGBA, top first. Waits for the device.
    pub fn read_rgba(&self, gpu: &Gpu) -> Result<(u32, u32, Vec<u8>), Error> {
        self.target.read_rgba(gpu)
    }
}

fn frame_layout(gpu: &Gpu) -> wgpu::BindGroupLayout {
    gpu.device
        .create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("frame"),
            entries: &[wgpu::BindGroupLayoutEntry {
                binding: 0,
                visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
                ty: wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Uniform,
                    has_dynamic_offset: false,
                    min_binding_size: None,
                },
                count: None,
            }],
        })
}
