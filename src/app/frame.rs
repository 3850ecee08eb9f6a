//! One turn of the loop: input to the program, its interface, the 3D view's picture, then both to the screen.

use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use egui::ViewportCommand::RequestPaste;
use egui::ViewportId;
use egui::epaint::ClippedPrimitive;
use egui_wgpu::winit::Painter;
use egui_wgpu::{RendererOptions, SurfaceConfig, WgpuConfiguration, WgpuError, WgpuSetup};
use winit::event_loop::ActiveEventLoop;
use winit::window::Window;

use crate::app::picture::Picture;
use crate::app::shapes::Shapes;
use crate::render::error::Error;
use crate::render::gpu::{Gpu, device_descriptor};
use crate::ui::app::App;

/// What it takes to show frames in a window.
pub struct Screen {
    /// The window.
    pub window: Arc<Window>,
    /// Window events on their way to egui.
    pub state: egui_winit::State,
    painter: Painter,
    picture: Picture,
    shapes: Shapes,
    /// Changes of textures that are not painted yet.
    textures: egui::TexturesDelta,
}

impl Screen {
    /// Opens the graphics device of a window.
    ///
    /// # Errors
    /// There is no graphics driver, or it lacks something.
    pub fn new(
        event_loop: &ActiveEventLoop,
        window: Arc<Window>,
        ctx: &egui::Context,
    ) -> anyhow::Result<Self> {
        let mut setup =
            egui_wgpu::WgpuSetupCreateNew::from_display_handle(event_loop.owned_display_handle());
        setup.device_descriptor = Arc::new(device_descriptor);
        let configuration = WgpuConfiguration {
            surface: SurfaceConfig::LOW_LATENCY,
            wgpu_setup: WgpuSetup::CreateNew(setup),
            ..WgpuConfiguration::default()
        };
        let options = RendererOptions::default();
        let painter = Painter::new(ctx.clone(), configuration, false, options);
        let mut painter = pollster::block_on(painter);
        pollster::block_on(painter.set_window(ViewportId::ROOT, Some(window.clone())))
            .map_err(driver_error)?;
        let render = painter
            .render_state()
            .ok_or_else(|| anyhow!(Error::NoAdapter))?;
        let gpu = Gpu::shared(render.device.clone(), render.queue.clone());
        let software = render.adapter.get_info().device_type == wgpu::DeviceType::Cpu;
        let state = egui_winit::State::new(
            ctx.clone(),
            ViewportId::ROOT,
            &window,
            None,
            window.theme(),
            painter.max_texture_side(),
        );
        Ok(Self {
            shapes: Shapes::new(gpu.clone(), render.target_format),
            picture: Picture::new(gpu, render.renderer, software),
            window,
            state,
            painter,
            textures: egui::TexturesDelta::default(),
        })
    }

    /// The window has another size.
    pub fn resized(&mut self, width: u32, height: u32) {
        if let (Ok(width), Ok(height)) = (width.try_into(), height.try_into()) {
            self.painter
                .on_window_resized(ViewportId::ROOT, width, height);
        }
    }

    /// Runs and shows a frame; says after how long the next one is wanted.
    pub fn frame(&mut self, event_loop: &ActiveEventLoop, app: &mut App) -> Duration {
        let ctx = self.state.egui_ctx().clone();
        let input = self.state.take_egui_input(&self.window);
        app.panels.viewport.texture = Some(self.picture.texture());
        let output = ctx.run_ui(input, |ui| app.ui(ui));
        self.textures.append(output.textures_delta);
        self.state.handle_platform_output_with_event_loop(
            &self.window,
            event_loop,
            output.platform_output,
        );
        self.picture.draw(app, output.pixels_per_point);
        let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
        let base = egui::Rgba::from(*app.theme.base);
        let gathered = self.gather(&primitives, output.pixels_per_point);
        self.painter.paint_and_update_textures(
            ViewportId::ROOT,
            output.pixels_per_point,
            base.to_array(),
            gathered.as_ref().map_or(&primitives, std::slice::from_ref),
            &mut self.textures,
            Vec::new(),
            &self.window,
        );
        let wanted = output.viewport_output.get(&ViewportId::ROOT);
        self.exchange(app);
        let pastes = wanted.is_some_and(|wanted| wanted.commands.contains(&RequestPaste));
        if pastes && let Some(text) = self.state.clipboard_text() {
            let input = self.state.egui_input_mut();
            input.events.push(egui::Event::Paste(text));
            return Duration::ZERO;
        }
        wanted.map_or(Duration::MAX, |wanted| wanted.repaint_delay)
    }
}

impl Screen {
    /// Hands the system clipboard's text to the operators that wait for it, and takes out what they put there.
    pub fn exchange(&mut self, app: &mut App) {
        if app.wants_text() {
            let text = self.state.clipboard_text();
            let ctx = self.state.egui_ctx().clone();
            app.take_text(&ctx, text.as_deref());
        }
        if let Some(text) = app.give_text() {
            self.state.set_clipboard_text(text.to_string());
        }
    }

    /// The shapes as one primitive that our own shader draws; none where that cannot be.
    fn gather(
        &mut self,
        primitives: &[ClippedPrimitive],
        pixels_per_point: f32,
    ) -> Option<ClippedPrimitive> {
        let state = self.painter.render_state()?;
        let mut renderer = state.renderer.write();
        // Bind groups are taken from the painter before it would bring the textures up to date itself.
        for (id, changes) in self.textures.set.drain() {
            for change in changes {
                renderer.update_texture(&state.device, &state.queue, id, &change);
            }
        }
        let pixels = self.window.inner_size();
        let size = egui::vec2(pixels.width as f32, pixels.height as f32) / pixels_per_point;
        self.shapes.gather(primitives, &renderer, size)
    }
}

fn driver_error(error: WgpuError) -> anyhow::Error {
    match error {
        WgpuError::RequestAdapterError(_) | WgpuError::CreateSurfaceError(_) => {
            anyhow!(Error::NoAdapter)
        }
        other => anyhow!("the window cannot be drawn in: {other}"),
    }
}
