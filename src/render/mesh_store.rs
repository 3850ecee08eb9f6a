//! Meshes on the GPU, uploaded once. Known by the address of their `Arc`; a weak pointer holds the address,
//! so that it cannot come to mean another mesh, yet neither memory nor `Arc::make_mut` is held up.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use glam::Vec3;
use wgpu::util::DeviceExt as _;

use crate::model::mesh::{Mesh, Primitive, Texture};
use crate::render::gpu::Gpu;
use crate::render::texture;

/// A vertex as the shader reads it.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Vertex {
    position: [f32; 3],
    normal: [f32; 3],
    uv: [f32; 2],
    color: [u16; 4],
    influence_start: u32,
    influence_count: u32,
}

/// A primitive on the GPU.
#[derive(Debug)]
pub struct GpuPrimitive {
    /// [`Vertex`] each.
    pub vertices: wgpu::Buffer,
    /// `u32` each.
    pub indices: wgpu::Buffer,
    /// How many indices.
    pub count: u32,
    /// `u32` each, two per edge of its triangles; none before they are asked for.
    pub edges: Option<wgpu::Buffer>,
    /// How many indices those are.
    pub edge_indices: u32,
    /// Influences, texture and sampler.
    pub bind_group: wgpu::BindGroup,
    /// Middle of its vertices' box, mesh space.
    pub centre: Vec3,
}

#[derive(Debug)]
struct Stored {
    mesh: Weak<Mesh>,
    primitives: Vec<Option<GpuPrimitive>>,
}

/// Which primitive: the mesh's address and the place in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrimitiveKey {
    mesh: usize,
    primitive: usize,
}

/// All meshes and textures on the GPU.
#[derive(Debug)]
pub struct MeshStore {
    layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
    white: wgpu::TextureView,
    meshes: BTreeMap<usize, Stored>,
    textures: BTreeMap<usize, (Weak<Texture>, wgpu::TextureView)>,
}

impl MeshStore {
    /// An empty store.
    pub fn new(gpu: &Gpu) -> Self {
        Self {
            layout: layout(gpu),
            sampler: texture::sampler(gpu),
            white: texture::white(gpu),
            meshes: BTreeMap::new(),
            textures: BTreeMap::new(),
        }
    }

    /// Layout of the primitives' bind groups.
    pub fn layout(&self) -> &wgpu::BindGroupLayout {
        &self.layout
    }

    /// How many meshes and textures are on the GPU.
    pub fn counts(&self) -> (usize, usize) {
        (self.meshes.len(), self.textures.len())
    }

    /// Uploads the mesh if it is not here yet.
    pub fn require(&mut self, gpu: &Gpu, mesh: &Arc<Mesh>) {
        let address = Arc::as_ptr(mesh) as usize;
        if self.meshes.contains_key(&address) {
            return;
        }
        let primitives = mesh.primitives.iter();
        let stored = Stored {
            mesh: Arc::downgrade(mesh),
            primitives: primitives.map(|p| self.primitive(gpu, p)).collect(),
        };
        self.meshes.insert(address, stored);
    }

    /// Uploads the edges of a mesh that is here, if they are not yet.
    pub fn require_edges(&mut self, gpu: &Gpu, mesh: &Arc<Mesh>) {
        let address = Arc::as_ptr(mesh) as usize;
        let stored = self.meshes.get_mut(&address);
        let stored = stored.into_iter().flat_map(|stored| &mut stored.primitives);
        let both = stored.zip(&mesh.primitives);
        for (stored, primitive) in both.filter_map(|(stored, p)| Some((stored.as_mut()?, p))) {
            if stored.edges.is_some() {
                continue;
            }
            let edges = edges(&primitive.indices);
            let contents: &[u8] = bytemuck::cast_slice(&edges);
            if contents.is_empty() || contents.len() as u64 > gpu.device.limits().max_buffer_size {
                continue;
            }
            stored.edge_indices = u32::try_from(edges.len()).unwrap_or(0);
            let buffer = wgpu::util::BufferInitDescriptor {
                label: Some("edges"),
                contents,
                usage: wgpu::BufferUsages::INDEX,
            };
            stored.edges = Some(gpu.device.create_buffer_init(&buffer));
        }
    }

    /// A primitive, if it is here and can be drawn.
    pub fn get(&self, key: PrimitiveKey) -> Option<&GpuPrimitive> {
        let stored = self.meshes.get(&key.mesh)?;
        stored.primitives.get(key.primitive)?.as_ref()
    }

    /// Drops what no document or undo step holds any more.
    pub fn forget_dead(&mut self) {
        self.meshes
            .retain(|_, stored| stored.mesh.strong_count() > 0);
        self.textures.retain(|_, (weak, _)| weak.strong_count() > 0);
    }

    /// Nothing if it is empty, or too large for the device.
    fn primitive(&mut self, gpu: &Gpu, primitive: &Primitive) -> Option<GpuPrimitive> {
        let limits = gpu.device.limits();
        let vertices = vertices(primitive);
        let (indices, influences) = (&primitive.indices, &primitive.influences);
        let bytes = |bytes: &[u8]| bytes.len() as u64;
        let fits = bytes(bytemuck::cast_slice(&vertices)) <= limits.max_buffer_size
            && bytes(bytemuck::cast_slice(indices)) <= limits.max_buffer_size
            && bytes(bytemuck::cast_slice(influences)) <= limits.max_storage_buffer_binding_size;
        if vertices.is_empty() || indices.is_empty() || !fits {
            return None;
        }
        let buffer = |label, usage, contents: &[u8]| {
            gpu.device
                .create_buffer_init(&wgpu::util::BufferInitDescriptor {
                    label: Some(label),
                    contents,
                    usage,
                })
        };
        let influences = match bytemuck::cast_slice(influences) {
            [] => buffer("influences", wgpu::BufferUsages::STORAGE, &[0; 8]),
            some => buffer("influences", wgpu::BufferUsages::STORAGE, some),
        };
        let contents = bytemuck::cast_slice(indices);
        Some(GpuPrimitive {
            count: u32::try_from(indices.len()).ok()?,
            edges: None,
            edge_indices: 0,
            indices: buffer("indices", wgpu::BufferUsages::INDEX, contents),
            centre: centre(&vertices),
            bind_group: self.bind_group(gpu, &influences, primitive.material.texture.as_ref()),
            vertices: buffer(
                "vertices",
                wgpu::BufferUsages::VERTEX,
                bytemuck::cast_slice(&vertices),
            ),
        })
    }

    fn bind_group(
        &mut self,
        gpu: &Gpu,
        influences: &wgpu::Buffer,
        texture: Option<&Arc<Texture>>,
    ) -> wgpu::BindGroup {
        let view = match texture {
            None => &self.white,
            Some(texture) => {
                let address = Arc::as_ptr(texture) as usize;
                let upload = || (Arc::downgrade(texture), texture::upload(gpu, texture));
                &self.textures.entry(address).or_insert_with(upload).1
            }
        };
        gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("primitive"),
            layout: &self.layout,
            entries: &[
                wgpu::BindGroupEntry {
                    binding: 0,
                    resource: influences.as_entire_binding(),
                },
                wgpu::BindGroupEntry {
                    binding: 1,
                    resource: wgpu::BindingResource::TextureView(view),
                },
                wgpu::BindGroupEntry {
                    binding: 2,
                    resource: wgpu::BindingResource::Sampler(&self.sampler),
                },
            ],
        })
    }
}

impl PrimitiveKey {
    /// The primitive at `index` of a mesh.
    pub fn new(mesh: &Arc<Mesh>, index: usize) -> Self {
        Self {
            mesh: Arc::as_ptr(mesh) as usize,
            primitive: index,
        }
    }
}

fn vertices(primitive: &Primitive) -> Vec<Vertex> {
    let computed;
    let normals = if primitive.normals.is_empty() {
        computed = smooth_normals(primitive);
        &computed
    } else {
        &primitive.normals
    };
    let positions = primitive.positions.iter().enumerate();
    let vertex = |(index, &position): (usize, &[f32; 3])| {
        let start = primitive.influence_starts.get(index).copied().unwrap_or(0);
        let end = primitive.influence_starts.get(index + 1).copied();
        let end = end.unwrap_or(start).min(primitive.influences.len() as u32);
        let color = primitive.colors.get(index).copied().unwrap_or([1.0; 4]);
        Vertex {
            position,
            normal: normals.get(index).copied().unwrap_or_default(),
            uv: primitive.uvs.get(index).copied().unwrap_or_default(),
            color: color.map(|c| (c.clamp(0.0, 1.0) * 65535.0).round() as u16),
            influence_start: start,
            influence_count: end.saturating_sub(start),
        }
    };
    positions.map(vertex).collect()
}

/// The two vertices of each edge of the triangles, every edge once.
fn edges(indices: &[u32]) -> Vec<u32> {
    let mut edges: Vec<[u32; 2]> = Vec::with_capacity(indices.len());
    for triangle in indices.chunks_exact(3) {
        let &[a, b, c] = triangle else { continue };
        edges.extend([[a, b], [b, c], [c, a]].map(|[a, b]| [a.min(b), a.max(b)]));
    }
    edges.sort_unstable();
    edges.dedup();
    edges.into_flattened()
}

/// Each vertex leans as the triangles around it do, the larger ones more.
fn smooth_normals(primitive: &Primitive) -> Vec<[f32; 3]> {
    let mut normals = vec![Vec3::ZERO; primitive.positions.len()];
    let position = |index: u32| {
        primitive
            .positions
            .get(index as usize)
            .map(|&p| Vec3::from(p))
    };
    for triangle in primitive.indices.chunks_exact(3) {
        let &[a, b, c] = triangle else { continue };
        let (Some(pa), Some(pb), Some(pc)) = (position(a), position(b), position(c)) else {
            continue;
        };
        let normal = (pb - pa).cross(pc - pa);
        for index in [a, b, c] {
            if let Some(sum) = normals.get_mut(index as usize) {
                *sum += normal;
            }
        }
    }
    let unit = |normal: Vec3| normal.normalize_or(Vec3::Z).to_array();
    normals.into_iter().map(unit).collect()
}

fn centre(vertices: &[Vertex]) -> Vec3 {
    let mut points = vertices.iter().map(|v| Vec3::from(v.position));
    let first = points.next().unwrap_or_default();
    let (min, max) = points.fold((first, first), |(min, max), p| (min.min(p), max.max(p)));
    (min + max) * 0.5
}

fn layout(gpu: &Gpu) -> wgpu::BindGroupLayout {
    let entry = |binding, visibility, ty| wgpu::BindGroupLayoutEntry {
        binding,
        visibility,
        ty,
        count: None,
    };
    let influences = wgpu::BindingType::Buffer {
        ty: wgpu::BufferBindingType::Storage { read_only: true },
        has_dynamic_offset: false,
        min_binding_size: None,
    };
    let texture = wgpu::BindingType::Texture {
        sample_type: wgpu::TextureSampleType::Float { filterable: true },
        view_dimension: wgpu::TextureViewDimension::D2,
        multisampled: false,
    };
    let sampler = wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering);
    gpu.device
        .create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("primitive"),
            entries: &[
                entry(0, wgpu::ShaderStages::VERTEX, influences),
                entry(1, wgpu::ShaderStages::FRAGMENT, texture),
                entry(2, wgpu::ShaderStages::FRAGMENT, sampler),
            ],
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_primitive_without_normals_gets_those_of_its_triangles() {
        let primitive = Primitive {
            positions: vec![[0.0; 3], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [5.0; 3]],
            indices: vec![0, 1, 2, 9, 9, 9],
            ..Primitive::default()
        };
        let normals: Vec<_> = vertices(&primitive).iter().map(|v| v.normal).collect();
        let (front, unused) = ([0.0, -1.0, 0.0], [0.0, 0.0, 1.0]);
        assert_eq!(normals, [front, front, front, unused]);
    }

    #[test]
    fn an_edge_between_two_triangles_counts_once() {
        assert_eq!(edges(&[0, 1, 2, 2, 1, 3]), [0, 1, 0, 2, 1, 2, 1, 3, 2, 3]);
    }

    #[test]
    fn influences_that_are_missing_are_none() {
        let primitive = Primitive {
            positions: vec![[0.0; 3]; 3],
            influence_starts: vec![0, 2, 1],
            influences: vec![bytemuck::Zeroable::zeroed()],
            ..Primitive::default()
        };
        let counts: Vec<_> = vertices(&primitive)
            .iter()
            .map(|v| v.influence_count)
            .collect();
        assert_eq!(counts, [1, 0, 0]);
    }
}
