//! The graphics device: found without a window, or shared with the interface's painter.

use crate::render::error::Error;

/// A device and its queue; cloning shares them.
#[derive(Clone, Debug)]
pub struct Gpu {
    /// Makes buffers, textures and pipelines.
    pub device: wgpu::Device,
    /// Takes uploads and commands.
    pub queue: wgpu::Queue,
    /// Samples per pixel of the pictures that are drawn with it: [`SAMPLES`], or 1 where they have to be quick.
    pub samples: u32,
}

/// Samples per pixel that make smooth edges.
pub const SAMPLES: u32 = 4;

/// What to ask of an adapter, here and in the interface's painter: as much as wgpu promises everywhere, or
/// as much as there is. (The painter's own request has no storage buffers on GL.)
pub fn device_descriptor(adapter: &wgpu::Adapter) -> wgpu::DeviceDescriptor<'static> {
    wgpu::DeviceDescriptor {
        label: Some("keypose"),
        required_limits: wgpu::Limits::default().or_worse_values_from(&adapter.limits()),
        ..wgpu::DeviceDescriptor::default()
    }
}

impl Gpu {
    /// A device without a window: the fastest adapter of Vulkan, Metal or Direct3D, else GL; drivers in
    /// software come last. The variable `WGPU_BACKEND` narrows the choice.
    pub fn headless() -> Result<Self, Error> {
        let chosen = wgpu::Backends::from_env();
        let attempts = match chosen {
            Some(backends) => vec![backends],
            None => vec![wgpu::Backends::PRIMARY, wgpu::Backends::GL],
        };
        let adapter = attempts
            .into_iter()
            .find_map(adapter)
            .ok_or(Error::NoAdapter)?;
        Self::from_adapter(&adapter)
    }

    /// A device of this adapter.
    pub fn from_adapter(adapter: &wgpu::Adapter) -> Result<Self, Error> {
        // Skinning reads palette, draws and influences in the vertex stage.
        if adapter.limits().max_storage_buffers_per_shader_stage < 3 {
            return Err(Error::Lacking {
                adapter: adapter.get_info().name,
                what: "storage buffers",
            });
        }
        let request = adapter.request_device(&device_descriptor(adapter));
        let (device, queue) = pollster::block_on(request)?;
        Ok(Self::shared(device, queue))
    }

    /// A device that others use too.
    pub fn shared(device: wgpu::Device, queue: wgpu::Queue) -> Self {
        Self {
            device,
            queue,
            samples: SAMPLES,
        }
    }
}

fn adapter(backends: wgpu::Backends) -> Option<wgpu::Adapter> {
    let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle_from_env();
    descriptor.backends = backends;
    let options = wgpu::RequestAdapterOptions {
        power_preference: wgpu::PowerPreference::HighPerformance,
        ..wgpu::RequestAdapterOptions::default()
    };
    pollster::block_on(wgpu::Instance::new(descriptor).request_adapter(&options)).ok()
}
