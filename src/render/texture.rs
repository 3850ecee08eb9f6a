//! Base-colour textures on the GPU, with mip levels made here.

use crate::model::mesh::Texture;
use crate::render::gpu::Gpu;

/// Uploads a texture with all its mip levels. One that is larger than the device can hold begins with the
/// first level that fits; one whose data does not match its size becomes white.
pub fn upload(gpu: &Gpu, texture: &Texture) -> wgpu::TextureView {
    let most = gpu.device.limits().max_texture_dimension_2d;
    let mut level = Level::first(texture).unwrap_or_else(Level::white);
    while level.width > most || level.height > most {
        level = level.half();
    }
    let target = gpu.device.create_texture(&wgpu::TextureDescriptor {
        label: Some("base colour"),
        size: level.extent(),
        mip_level_count: level.extent().max_mips(wgpu::TextureDimension::D2),
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgba8UnormSrgb,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    });
    level.write(gpu, &target, 0);
    for number in 1..target.mip_level_count() {
        level = level.half();
        level.write(gpu, &target, number);
    }
    target.create_view(&wgpu::TextureViewDescriptor::default())
}

/// A single white texel.
pub fn white(gpu: &Gpu) -> wgpu::TextureView {
    upload(
        gpu,
        &Texture {
            width: 1,
            height: 1,
            rgba: vec![255; 4],
        },
    )
}

/// How textures are sampled: repeated, and blended within and between levels.
pub fn sampler(gpu: &Gpu) -> wgpu::Sampler {
    gpu.device.create_sampler(&wgpu::SamplerDescriptor {
        label: Some("base colour"),
        address_mode_u: wgpu::AddressMode::Repeat,
        address_mode_v: wgpu::AddressMode::Repeat,
        mag_filter: wgpu::FilterMode::Linear,
        min_filter: wgpu::FilterMode::Linear,
        mipmap_filter: wgpu::MipmapFilterMode::Linear,
        ..wgpu::SamplerDescriptor::default()
    })
}

struct Level {
    width: u32,
    height: u32,
    texels: Vec<[u8; 4]>,
}

impl Level {
    fn first(texture: &Texture) -> Option<Self> {
        let (width, height) = (texture.width, texture.height);
        let texels: &[[u8; 4]] = bytemuck::try_cast_slice(&texture.rgba).ok()?;
        let fits =
            width > 0 && height > 0 && texels.len() as u64 == u64::from(width) * u64::from(height);
        fits.then(|| Self {
            width,
            height,
            texels: texels.to_vec(),
        })
    }

    fn white() -> Self {
        Self {
            width: 1,
            height: 1,
            texels: vec![[255; 4]],
        }
    }

    fn extent(&self) -> wgpu::Extent3d {
        wgpu::Extent3d {
            width: self.width,
            height: self.height,
            depth_or_array_layers: 1,
        }
    }

    fn at(&self, x: u32, y: u32) -> [u8; 4] {
        let (x, y) = (x.min(self.width - 1), y.min(self.height - 1));
        let index = y as usize * self.width as usize + x as usize;
        self.texels.get(index).copied().unwrap_or_default()
    }

    /// Half as large: each texel the mean of four.
    fn half(&self) -> Self {
        let width = (self.width / 2).max(1);
        let height = (self.height / 2).max(1);
        let mean = |x: u32, y: u32| {
            let four = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(i, j)| self.at(x * 2 + i, y * 2 + j));
            mean_of(four)
        };
        let texels = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| mean(x, y))
            .collect();
        Self {
            width,
            height,
            texels,
        }
    }

    fn write(&self, gpu: &Gpu, target: &wgpu::Texture, mip_level: u32) {
        gpu.queue.write_texture(
            wgpu::TexelCopyTextureInfo {
                mip_level,
                ..target.as_image_copy()
            },
            bytemuck::cast_slice(&self.texels),
            wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(self.width * 4),
                rows_per_image: None,
            },
            self.extent(),
        );
    }
}

/// The mean of four texels. Colours count as much as they are opaque, so that what a cut-out texture hides
/// does not bleed into its borders; they are squared for it, near enough to linear light.
fn mean_of(four: [[u8; 4]; 4]) -> [u8; 4] {
    let alpha: u32 = four.iter().map(|&[_, _, _, a]| u32::from(a)).sum();
    let channel = |pick: fn([u8; 4]) -> u8| {
        let square = |&texel: &[u8; 4]| u32::from(pick(texel)).pow(2);
        let weighted: u32 = four.iter().map(|t| square(t) * u32::from(t[3])).sum();
        let plain: u32 = four.iter().map(square).sum();
        let mean = weighted.checked_div(alpha).unwrap_or(plain / 4);
        (mean as f32).sqrt().round() as u8
    };
    [
        channel(|[r, _, _, _]| r),
        channel(|[_, g, _, _]| g),
        channel(|[_, _, b, _]| b),
        (alpha / 4) as u8,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_black_and_white_is_as_bright_as_half_the_light() {
        let (black, white) = ([0, 0, 0, 255], [255; 4]);
        assert_eq!(mean_of([black, white, white, black]), [180, 180, 180, 255]);
    }

    #[test]
    fn transparent_texels_do_not_bleed() {
        let (clear, red) = ([0, 255, 0, 0], [200, 0, 0, 255]);
        assert_eq!(mean_of([clear, red, clear, red]), [200, 0, 0, 127]);
    }

    #[test]
    fn an_odd_texture_halves_to_a_single_texel() {
        let level = Level {
            width: 3,
            height: 1,
            texels: vec![[10, 10, 10, 255]; 3],
        };
        let half = level.half();
        assert_eq!((half.width, half.height, half.texels.len()), (1, 1, 1));
        assert_eq!(half.texels[0], [10, 10, 10, 255]);
    }
}
