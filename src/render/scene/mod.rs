//! The document becomes draw lists: matrices, primitives, bones. The only place that knows both sides.
//!
//! Lists keep their memory from frame to frame. What follows from an armature alone is computed once and
//! kept until its `Arc` is replaced; a weak pointer tells, so that nothing holds on to the document's parts.

mod bones;
mod empties;
mod marks;
mod meshes;
mod paths;
mod shadows;
mod solid;

use std::sync::{Arc, Weak};

use glam::Mat4;

use crate::eval::hierarchy::PosedRig;
use crate::model::armature::Armature;
use crate::model::id::RigId;
use crate::model::rig::Rig;
use crate::render::bones::BoneInstance;
use crate::render::colors::Side;
use crate::render::gpu::Gpu;
use crate::render::mesh::MeshDraw;
use crate::render::mesh_store::MeshStore;
use crate::render::shadow::Spot;
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
    /// Below the figures.
    pub shadows: Vec<Spot>,
    /// Over the figures, below the bones.
    pub paths: paths::Paths,
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
        self.list_shadows(frame);
        self.list_paths(frame);
        self.list_bones(frame);
        self.list_empties(frame);
    }
}

/// What follows from an armature alone.
#[derive(Debug, Default)]
struct Skeleton {
    armature: Weak<Armature>,
    sides: Vec<Side>,
}

impl Skeleton {
    fn follow(&mut self, armature: &Arc<Armature>) {
        if std::ptr::eq(self.armature.as_ptr(), Arc::as_ptr(armature)) {
            return;
        }
        self.armature = Arc::downgrade(armature);
        self.sides.clear();
        let sides = armature.bones.iter().map(|bone| Side::of(&bone.name));
        self.sides.extend(sides);
    }
}

/// A rig with its pose.
#[derive(Clone, Copy)]
struct Posed<'a> {
    id: RigId,
    rig: &'a Rig,
    skeleton: &'a Skeleton,
    posed: &'a PosedRig,
    world_from_armature: Mat4,
}

/// The rigs that have a pose and are shown.
fn posed_rigs<'a>(
    frame: &FrameInput<'a>,
    skeletons: &'a [Skeleton],
) -> impl Iterator<Item = Posed<'a>> {
    let (document, poses) = (frame.document, frame.poses);
    let rigs = document.rig_ids().zip(document.rigs.iter()).zip(skeletons);
    rigs.filter_map(move |((id, rig), skeleton)| {
        let posed = poses.pose(id).filter(|_| !rig.hide)?;
        Some(Posed {
            id,
            rig,
            skeleton,
            posed,
            world_from_armature: rig.world_from_armature(),
        })
    })
}
