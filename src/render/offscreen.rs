//! The picture that is drawn into: colour and depth with several samples, resolved to one texture.
//!
//! The texture holds gamma-encoded colours in a format without sRGB: egui expects that, and GL could not
//! view it any other way.

use crate::render::error::Error;
use crate::render::gpu::Gpu;

/// Of the picture.
pub const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;
/// Of its depth; 0 is near, 1 is far.
pub const DEPTH_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Depth32Float;

/// The picture and what is needed to draw it.
#[derive(Debug)]
pub struct Offscreen {
    picture: wgpu::Texture,
    picture_view: wgpu::TextureView,
    /// None where a pixel has one sample: the picture itself is drawn into.
    samples_view: Option<wgpu::TextureView>,
    depth_view: wgpu::TextureView,
}

impl Offscreen {
    /// A picture of this size, at least one pixel and at most what the device can.
    pub fn new(gpu: &Gpu, size: (u32, u32)) -> Self {
        let size = possible_size(gpu, size);
        let texture = |label, format, sample_count, usage| {
            gpu.device.create_texture(&wgpu::TextureDescriptor {
                label: Some(label),
                size: wgpu::Extent3d {
                    width: size.0,
                    height: size.1,
                    depth_or_array_layers: 1,
                },
                mip_level_count: 1,
                sample_count,
                dimension: wgpu::TextureDimension::D2,
                format,
                usage: wgpu::TextureUsages::RENDER_ATTACHMENT | usage,
                view_formats: &[],
            })
        };
        let readable = wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_SRC;
        let nothing = wgpu::TextureUsages::empty();
        let view = |texture: &wgpu::Texture| texture.create_view(&Default::default());
        let picture = texture("picture", FORMAT, 1, readable);
        Self {
            picture_view: view(&picture),
            samples_view: (gpu.samples > 1)
                .then(|| view(&texture("samples", FORMAT, gpu.samples, nothing))),
            depth_view: view(&texture("depth", DEPTH_FORMAT, gpu.samples, nothing)),
            picture,
        }
    }

    /// Pixels across and down.
    pub fn size(&self) -> (u32, u32) {
        (self.picture.width(), self.picture.height())
    }

    /// The resolved picture.
    pub fn view(&self) -> &wgpu::TextureView {
        &self.picture_view
    }

    /// Begins drawing: depth far everywhere, colour undefined until the background is drawn.
    pub fn begin<'a>(&self, encoder: &'a mut wgpu::CommandEncoder) -> wgpu::RenderPass<'a> {
        encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("viewport"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: self.samples_view.as_ref().unwrap_or(&self.picture_view),
                depth_slice: None,
                resolve_target: self.samples_view.as_ref().map(|_| &self.picture_view),
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                    store: match self.samples_view {
                        Some(_) => wgpu::StoreOp::Discard,
                        None => wgpu::StoreOp::Store,
                    },
                },
            })],
            depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                view: &self.depth_view,
                depth_ops: Some(wgpu::Operations {
                    load: wgpu::LoadOp::Clear(1.0),
                    store: wgpu::StoreOp::Discard,
                }),
                stencil_ops: None,
            }),
            ..wgpu::RenderPassDescriptor::default()
        })
    }

    /// The picture as width, height and rows of RGBA, top first. Waits for the device.
    pub fn read_rgba(&self, gpu: &Gpu) -> Result<(u32, u32, Vec<u8>), Error> {
        let (width, height) = self.size();
        let row = width * 4;
        let padded_row = row.next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
        let buffer = gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("read back"),
            size: u64::from(padded_row) * u64::from(height),
            usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let mut encoder = gpu.device.create_command_encoder(&Default::default());
        encoder.copy_texture_to_buffer(
            self.picture.as_image_copy(),
            wgpu::TexelCopyBufferInfo {
                buffer: &buffer,
                layout: wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(padded_row),
                    rows_per_image: None,
                },
            },
            self.picture.size(),
        );
        gpu.queue.submit([encoder.finish()]);
        map(gpu, &buffer)?;
        let mapped = buffer
            .get_mapped_range(..)
            .map_err(|error| Error::ReadBack(error.to_string()))?;
        let rows = mapped.chunks_exact(padded_row as usize);
        let rgba = rows.flat_map(|padded| padded.iter().take(row as usize).copied());
        Ok((width, height, rgba.collect()))
    }
}

fn map(gpu: &Gpu, buffer: &wgpu::Buffer) -> Result<(), Error> {
    let (sender, receiver) = std::sync::mpsc::channel();
    buffer.map_async(wgpu::MapMode::Read, .., move |result| {
        // The receiver is gone only if waiting failed, which is reported below.
        let _ = sender.send(result);
    });
    gpu.device
        .poll(wgpu::PollType::wait_indefinitely())
        .map_err(|error| Error::ReadBack(error.to_string()))?;
    match receiver.recv() {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Error::ReadBack(error.to_string())),
        Err(error) => Err(Error::ReadBack(error.to_string())),
    }
}

/// The size that a picture of `wanted` pixels gets: none of its sides is zero or beyond the device's limit.
pub fn possible_size(gpu: &Gpu, wanted: (u32, u32)) -> (u32, u32) {
    let most = gpu.device.limits().max_texture_dimension_2d;
    (wanted.0.clamp(1, most), wanted.1.clamp(1, most))
}
