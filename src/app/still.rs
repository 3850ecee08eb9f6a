//! Pictures of a document, drawn without a window.

use std::path::Path;

use anyhow::Context as _;
use image::ImageEncoder as _;

use crate::eval::evaluator::DocumentEvaluator;
use crate::io::atomic;
use crate::model::document::Document;
use crate::model::view::View;
use crate::ops::context::{PanelKind, Place};
use crate::ops::registry::boxed;
use crate::ops::runner::Session;
use crate::ops::view3d::frame::ViewAll;
use crate::render::colors::ViewportColors;
use crate::render::gpu::Gpu;
use crate::render::viewport::{FrameInput, Viewport};

/// What draws one picture after the other, all from the same view.
pub struct Stills {
    gpu: Gpu,
    viewport: Viewport,
    poses: DocumentEvaluator,
    view: View,
    size: (u32, u32),
}

impl Stills {
    /// Opens the graphics device.
    ///
    /// # Errors
    /// No graphics adapter.
    pub fn new(view: View, size: (u32, u32)) -> anyhow::Result<Self> {
        let gpu = Gpu::headless()?;
        Ok(Self {
            viewport: Viewport::new(&gpu),
            gpu,
            poses: DocumentEvaluator::default(),
            view,
            size,
        })
    }

    /// Moves the camera so that all of a document is seen.
    pub fn frame_all(&mut self, document: &Document) {
        if document.rigs.is_empty() {
            return;
        }
        let mut framing = Session::with_document(document.clone());
        framing.view = self.view.clone();
        #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
        let place = Place {
            panel: PanelKind::View3d,
            size: glam::Vec2::new(self.size.0 as f32, self.size.1 as f32),
            time: None,
            bone: None,
        };
        framing.run(boxed(ViewAll::default()), place);
        self.view = framing.view;
    }

    /// Draws a document and writes it as PNG.
    ///
    /// # Errors
    /// The picture cannot be read back, or the file cannot be written.
    pub fn write(&mut self, document: &Document, output: &Path) -> anyhow::Result<()> {
        self.poses.evaluate(document);
        self.viewport.draw(
            &self.gpu,
            &FrameInput {
                document,
                poses: &self.poses,
                keyed: None,
                camera: &self.view.camera,
                view: &self.view,
                size: self.size,
                pixels_per_point: 1.0,
                hovered: None,
                hovered_empty: None,
                theme: &ViewportColors::default(),
            },
        );
        let (width, height, pixels) = self.viewport.read_rgba(&self.gpu)?;
        let mut png = Vec::new();
        image::codecs::png::PngEncoder::new(&mut png)
            .write_image(&pixels, width, height, image::ExtendedColorType::Rgba8)
            .with_context(|| format!("{}: cannot be encoded", output.display()))?;
        Ok(atomic::output(output, &png)?)
    }
}
