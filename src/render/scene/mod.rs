//! The document becomes draw lists: matrices, primitives, bones. The only place that knows both sides.
//!
//! Lists keep their memory from frame to frame. What follows from an armature alone is computed once and
//! kept until its `Arc` is replaced; a weak pointer tells, so that nothing holds on to the document's parts.

mod bones;
mod meshes;

use std::sync::{Arc, Weak};

use glam::{Mat4, Vec3};

use crate::model::armature::Armature;
use crate::model::rig::Rig;
use crate::render::bones::BoneInstance;
use crate::render::colors::Side;
use crate::render::gpu::Gpu;
use crate::render::mesh::MeshDraw;
use crate::render::mesh_store::MeshStore;
use crate::render::viewport::FrameInput;

/// The draw lists of a frame.
#[derive(Debug, Default)]
pub struct Scene {
    /// World from joint or mesh space, of all meshes.
    pub palette: Vec<Mat4>,
    /// Opaque near to far, then masked, then blended far to near.
    pub meshes: Vec<MeshDraw>,
    /// Drawn in this order, each over the one before.
    pub bones: Vec<BoneInstance>,
    ordered_bones: Vec<bones::Ordered>,
    skeletons: Vec<Skeleton>,
}

impl Scene {
    /// Fills the lists from a frame's input, and uploads meshes that are new.
    pub fn update(&mut self, gpu: &Gpu, store: &mut MeshStore, frame: &FrameInput) {
        let rigs = &frame.document.rigs;
        self.skeletons.resize_with(rigs.len(), Skeleton::default);
        for (rig, skeleton) in rigs.iter().zip(&mut self.skeletons) {
            skeleton.follow(&rig.armature);
        }
        self.list_meshes(gpu, store, frame);
        self.list_bones(frame);
    }
}

/// What follows from an armature alone.
#[derive(Debug, Default)]
struct Skeleton {
    armature: Weak<Armature>,
    rest: Vec<Mat4>,
    bones: Vec<RestBone>,
}

#[derive(Clone, Copy, Debug)]
struct RestBone {
    /// In the space of the bone's posed matrix.
    tail: Vec3,
    side: Side,
}

impl Skeleton {
    fn follow(&mut self, armature: &Arc<Armature>) {
        if std::ptr::eq(self.armature.as_ptr(), Arc::as_ptr(armature)) {
            return;
        }
        self.armature = Arc::downgrade(armature);
        self.rest.clear();
        self.bones.clear();
        for bone in &armature.bones {
            let armature_from_bone = bone.armature_from_bone();
            let tail = armature_from_bone.inverse().transform_point3(bone.tail);
            // A joint frame without volume has no inverse: its bone is a point.
            let tail = if tail.is_finite() { tail } else { Vec3::ZERO };
            let side = Side::of(&bone.name);
            self.rest.push(armature_from_bone);
            self.bones.push(RestBone { tail, side });
        }
    }
}

/// A rig with its pose, ready to look up bones.
#[derive(Clone, Copy)]
struct Posed<'a> {
    rig: &'a Rig,
    world_from_armature: Mat4,
    skeleton: &'a Skeleton,
    armature_from_bone: &'a [Mat4],
}

impl<'a> Posed<'a> {
    fn new(frame: &FrameInput<'a>, index: usize, skeleton: &'a Skeleton) -> Option<Self> {
        let rig = frame.document.rigs.get(index)?;
        let given = frame.poses.get(index).map(|pose| pose.armature_from_bone);
        // A pose that does not fit the armature is none.
        let given = given.filter(|pose| pose.len() == skeleton.rest.len());
        Some(Self {
            rig,
            world_from_armature: rig.world_from_armature(),
            skeleton,
            armature_from_bone: given.unwrap_or(&skeleton.rest),
        })
    }

    /// The armature's own transform where the bone does not exist.
    fn world_from_bone(&self, index: usize) -> Mat4 {
        match self.armature_from_bone.get(index) {
            Some(armature_from_bone) => self.world_from_armature * *armature_from_bone,
            None => self.world_from_armature,
        }
    }
}
