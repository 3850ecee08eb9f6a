//! Meshes that a rig deforms or carries, as their file gave them: never edited, only drawn.
//!
//! Vertices stay in the mesh's own space; the attachment says how they follow bones.

use std::sync::Arc;

use glam::{Mat4, Vec3};

use crate::model::id::BoneId;

/// How a mesh follows its rig.
#[derive(Clone, Debug, PartialEq)]
pub enum Attachment {
    /// Deformed by joints, `armature_from_joint · joint_from_mesh` weighted per vertex.
    Skin {
        /// The bones that influences refer to.
        joints: Vec<BoneId>,
        /// Bind matrix of each joint: joint space from mesh space.
        joint_from_mesh: Vec<Mat4>,
    },
    /// Carried by one bone, `armature_from_bone · bone_from_mesh`.
    Bone {
        /// The bone.
        bone: BoneId,
        /// Where the mesh sits on it.
        bone_from_mesh: Mat4,
    },
    /// Stands still in armature space.
    Armature {
        /// Where it stands.
        armature_from_mesh: Mat4,
    },
}

/// A picture: rows of RGBA, top first, gamma-encoded, not premultiplied.
#[derive(Clone, Debug, PartialEq)]
pub struct Texture {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width · height · 4` bytes.
    pub rgba: Vec<u8>,
}

/// How a part of a mesh looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Material {
    /// Linear RGBA, multiplied with texture and vertex colours.
    pub base_color: [f32; 4],
    /// The base-colour texture.
    pub texture: Option<Arc<Texture>>,
    /// Whether back faces are drawn too.
    pub double_sided: bool,
    /// Alpha below which nothing is drawn.
    pub alpha_cutoff: Option<f32>,
    /// Whether alpha blends with what is behind.
    pub blended: bool,
    /// Whether it is drawn without light.
    pub unlit: bool,
}

impl Default for Material {
    fn default() -> Self {
        Self {
            base_color: [1.0; 4],
            texture: None,
            double_sided: false,
            alpha_cutoff: None,
            blended: false,
            unlit: false,
        }
    }
}

/// How much one joint moves a vertex.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Influence {
    /// Index into the attachment's joints.
    pub joint: u32,
    /// Share; those of a vertex sum to one.
    pub weight: f32,
}

/// Triangles of one material. All vertex lists have one length, or are empty where absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Primitive {
    /// Mesh space, morph targets at their default weights included.
    pub positions: Vec<[f32; 3]>,
    /// Unit length, mesh space.
    pub normals: Vec<[f32; 3]>,
    /// Texture coordinates, origin top left; empty: none.
    pub uvs: Vec<[f32; 2]>,
    /// Linear RGBA per vertex; empty: none.
    pub colors: Vec<[f32; 4]>,
    /// Where each vertex's influences start, and the end of the last; empty: not skinned.
    pub influence_starts: Vec<u32>,
    /// Of all vertices, in their order; any number per vertex.
    pub influences: Vec<Influence>,
    /// Three per triangle.
    pub indices: Vec<u32>,
    /// How it looks.
    pub material: Material,
}

/// A mesh.
#[derive(Clone, Debug, PartialEq)]
pub struct Mesh {
    /// As its file names it.
    pub name: String,
    /// By material.
    pub primitives: Vec<Primitive>,
    /// How it follows its rig.
    pub attachment: Attachment,
}

impl Mesh {
    /// Number of triangles.
    pub fn triangles(&self) -> usize {
        self.primitives.iter().map(|p| p.indices.len() / 3).sum()
    }

    /// Memory on the heap, in bytes, textures left out.
    pub fn heap_bytes(&self) -> usize {
        let bytes =
            |p: &Primitive| p.positions.len() * 48 + p.influences.len() * 8 + p.indices.len() * 4;
        self.primitives.iter().map(bytes).sum()
    }

    /// Corners of the box around the vertices, mesh space; nothing for an empty mesh.
    pub fn bounds(&self) -> Option<(Vec3, Vec3)> {
        let mut points = self
            .primitives
            .iter()
            .flat_map(|p| &p.positions)
            .map(|&p| Vec3::from(p));
        let first = points.next()?;
        Some(points.fold((first, first), |(min, max), p| (min.min(p), max.max(p))))
    }
}
