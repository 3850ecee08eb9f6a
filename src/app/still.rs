//! A picture of a document, drawn without a window.

use std::path::Path;

use anyhow::Context as _;
use image::ImageEncoder as _;

use crate::eval::evaluator::DocumentEvaluator;
use crate::io::atomic;
use crate::ops::context::{PanelKind, Place};
use crate::ops::runner::Session;
use crate::render::colors::ViewportColors;
use crate::render::gpu::Gpu;
use crate::render::viewport::{FrameInput, Viewport};

/// Draws the session's document and writes it as PNG; `frame_all` moves the camera so that all is seen.
///
/// # Errors
/// No graphics adapter, or a file that cannot be written.
pub fn write(
    session: &Session,
    size: (u32, u32),
    frame_all: bool,
    output: &Path,
) -> anyhow::Result<()> {
    let gpu = Gpu::headless()?;
    let mut view = session.view.clone();
    if frame_all && !session.document.rigs.is_empty() {
        let mut framing = Session::with_document(session.document.clone());
        framing.view = view;
        #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
        let place = Place {
            panel: PanelKind::View3d,
            size: glam::Vec2::new(size.0 as f32, size.1 as f32),
            time: None,
        };
        let op = crate::ops::registry::boxed(crate::ops::view3d::frame::ViewAll::default());
        framing.run(op, place);
        view = framing.view;
    }
    let mut poses = DocumentEvaluator::default();
    poses.evaluate(&session.document);
    let mut viewport = Viewport::new(&gpu);
    viewport.draw(
        &gpu,
        &FrameInput {
            document: &session.document,
            poses: &poses,
            keyed: None,
            camera: &view.camera,
            view: &view,
            size,
            pixels_per_point: 1.0,
            hovered: None,
            theme: &ViewportColors::default(),
        },
    );
    let (width, height, pixels) = viewport.read_rgba(&gpu)?;
    let mut png = Vec::new();
    image::codecs::png::PngEncoder::new(&mut png)
        .write_image(&pixels, width, height, image::ExtendedColorType::Rgba8)
        .with_context(|| format!("{}: cannot be encoded", output.display()))?;
    Ok(atomic::output(output, &png)?)
}
