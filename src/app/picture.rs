//! The picture of the 3D view, drawn into a texture that egui shows; only when something in it changed.

use std::sync::Arc;

use egui::TextureId;
use egui::mutex::RwLock;

use crate::eval::evaluator::DocumentEvaluator;
use crate::model::document::Document;
use crate::model::view::View;
use crate::render::colors::ViewportColors;
use crate::render::gpu::Gpu;
use crate::render::viewport::{FrameInput, Viewport};
use crate::ui::acts::BoneRef;
use crate::ui::app::App;

/// What a picture was drawn from.
#[derive(Clone)]
struct Drawn {
    document: Document,
    view: View,
    size: (u32, u32),
    scale: f32,
    hovered: Option<BoneRef>,
    colors: ViewportColors,
}

impl Drawn {
    fn same(&self, other: &Self) -> bool {
        self.document.same_pointers(&other.document)
            && (self.size, self.scale, self.hovered) == (other.size, other.scale, other.hovered)
            && self.view == other.view
            && self.colors == other.colors
    }
}

/// The picture and what draws it.
pub struct Picture {
    gpu: Gpu,
    renderer: Arc<RwLock<egui_wgpu::Renderer>>,
    viewport: Viewport,
    poses: DocumentEvaluator,
    texture: TextureId,
    generation: u64,
    drawn: Option<Drawn>,
}

impl Picture {
    /// Builds what draws, with a picture of one pixel.
    pub fn new(gpu: Gpu, renderer: Arc<RwLock<egui_wgpu::Renderer>>) -> Self {
        let viewport = Viewport::new(&gpu);
        let filter = wgpu::FilterMode::Nearest;
        let view = viewport.texture_view();
        let texture = renderer
            .write()
            .register_native_texture(&gpu.device, view, filter);
        Self {
            generation: viewport.generation(),
            gpu,
            renderer,
            viewport,
            poses: DocumentEvaluator::default(),
            texture,
            drawn: None,
        }
    }

    /// The texture, for egui.
    pub fn texture(&self) -> TextureId {
        self.texture
    }

    /// Draws the picture at the size that the panel has now, if anything in it changed.
    pub fn draw(&mut self, app: &App, pixels_per_point: f32) {
        let rect = app.panels.viewport.rect;
        if !rect.is_positive() {
            return;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "pixels of a positive rectangle"
        )]
        let pixels = |points: f32| (points * pixels_per_point).round().max(1.0) as u32;
        let wanted = Drawn {
            document: app.session.document.clone(),
            view: app.shown_view().clone(),
            size: (pixels(rect.width()), pixels(rect.height())),
            scale: pixels_per_point,
            hovered: app.hover,
            colors: app.theme.viewport(),
        };
        if self.drawn.as_ref().is_some_and(|drawn| drawn.same(&wanted)) {
            return;
        }
        self.poses.evaluate(&wanted.document);
        self.viewport.draw(
            &self.gpu,
            &FrameInput {
                document: &wanted.document,
                poses: &self.poses,
                keyed: Some(app.keyed()),
                camera: &wanted.view.camera,
                view: &wanted.view,
                size: wanted.size,
                pixels_per_point,
                hovered: wanted.hovered,
                theme: &wanted.colors,
            },
        );
        self.drawn = Some(wanted);
        if self.viewport.generation() != self.generation {
            self.generation = self.viewport.generation();
            self.renderer.write().update_egui_texture_from_wgpu_texture(
                &self.gpu.device,
                self.viewport.texture_view(),
                wgpu::FilterMode::Nearest,
                self.texture,
            );
        }
    }
}
