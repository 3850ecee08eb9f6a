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
    hovered_empty: Option<usize>,
    colors: ViewportColors,
    quick: bool,
}

impl Drawn {
    fn same(&self, other: &Self) -> bool {
        self.document.same_pointers(&other.document)
            && (self.size, self.scale, self.hovered) == (other.size, other.scale, other.hovered)
            && self.hovered_empty == other.hovered_empty
            && self.quick == other.quick
            && self.view == other.view
            && self.colors == other.colors
    }
}

/// The picture and what draws it.
pub struct Picture {
    gpu: Gpu,
    renderer: Arc<RwLock<egui_wgpu::Renderer>>,
    viewport: Viewport,
    /// Draws with one sample per pixel, while the animation plays on a software adapter.
    quick: Option<(Gpu, Viewport)>,
    /// Whether the processor draws.
    software: bool,
    poses: DocumentEvaluator,
    texture: TextureId,
    /// Which picture the texture shows.
    shown: (bool, u64),
    drawn: Option<Drawn>,
}

impl Picture {
    /// Builds what draws, with a picture of one pixel. `software`: the processor draws.
    pub fn new(gpu: Gpu, renderer: Arc<RwLock<egui_wgpu::Renderer>>, software: bool) -> Self {
        let viewport = Viewport::new(&gpu);
        let filter = wgpu::FilterMode::Nearest;
        let view = viewport.texture_view();
        let texture = renderer
            .write()
            .register_native_texture(&gpu.device, view, filter);
        Self {
            shown: (false, viewport.generation()),
            gpu,
            renderer,
            viewport,
            quick: None,
            software,
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
            hovered_empty: app.hover_empty,
            colors: app.theme.viewport(),
            quick: self.software && app.session.playing().is_some(),
        };
        if self.drawn.as_ref().is_some_and(|drawn| drawn.same(&wanted)) {
            return;
        }
        self.poses.evaluate(&wanted.document);
        let (gpu, viewport) = match &mut self.quick {
            quick if wanted.quick => {
                let (gpu, viewport) = quick.get_or_insert_with(|| quick_viewport(&self.gpu));
                (&*gpu, viewport)
            }
            _ => (&self.gpu, &mut self.viewport),
        };
        viewport.draw(
            gpu,
            &FrameInput {
                document: &wanted.document,
                poses: &self.poses,
                keyed: Some(app.keyed()),
                camera: &wanted.view.camera,
                view: &wanted.view,
                size: wanted.size,
                pixels_per_point,
                hovered: wanted.hovered,
                hovered_empty: wanted.hovered_empty,
                theme: &wanted.colors,
            },
        );
        let shown = (wanted.quick, viewport.generation());
        if shown != self.shown {
            self.shown = shown;
            self.renderer.write().update_egui_texture_from_wgpu_texture(
                &self.gpu.device,
                viewport.texture_view(),
                wgpu::FilterMode::Nearest,
                self.texture,
            );
        }
        self.drawn = Some(wanted);
    }
}

/// What draws with one sample per pixel.
fn quick_viewport(gpu: &Gpu) -> (Gpu, Viewport) {
    let gpu = Gpu {
        samples: 1,
        ..gpu.clone()
    };
    let viewport = Viewport::new(&gpu);
    (gpu, viewport)
}
