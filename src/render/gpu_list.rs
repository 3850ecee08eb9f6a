//! A list on the GPU that is rewritten as a whole, and only when it changed.

use crate::render::gpu::Gpu;

/// A buffer with a copy of what it holds. It grows, and never shrinks.
#[derive(Debug)]
pub struct GpuList {
    label: &'static str,
    buffer: wgpu::Buffer,
    written: Vec<u8>,
}

impl GpuList {
    /// An empty list with room for `bytes`.
    pub fn new(gpu: &Gpu, label: &'static str, usage: wgpu::BufferUsages, bytes: usize) -> Self {
        Self {
            label,
            buffer: buffer(gpu, label, usage | wgpu::BufferUsages::COPY_DST, bytes),
            written: Vec::new(),
        }
    }

    /// Makes the list hold `items`; true if the buffer was replaced, so that bind groups with it are stale.
    pub fn write<T: bytemuck::Pod>(&mut self, gpu: &Gpu, items: &[T]) -> bool {
        let bytes: &[u8] = bytemuck::cast_slice(items);
        if bytes == self.written {
            return false;
        }
        let grows = bytes.len() as u64 > self.buffer.size();
        if grows {
            let room = bytes.len().next_power_of_two();
            self.buffer = buffer(gpu, self.label, self.buffer.usage(), room);
        }
        gpu.queue.write_buffer(&self.buffer, 0, bytes);
        self.written.clear();
        self.written.extend_from_slice(bytes);
        grows
    }

    /// The buffer.
    pub fn buffer(&self) -> &wgpu::Buffer {
        &self.buffer
    }
}

fn buffer(gpu: &Gpu, label: &'static str, usage: wgpu::BufferUsages, bytes: usize) -> wgpu::Buffer {
    gpu.device.create_buffer(&wgpu::BufferDescriptor {
        label: Some(label),
        size: bytes as u64,
        usage,
        mapped_at_creation: false,
    })
}
