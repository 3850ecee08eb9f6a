//! Which bones and empties a transform moves, the posed rigs, and the pivot: everything is read from a snapshot.
//!
//! A bone whose parent is transformed too follows it anyway and is left out, with two exceptions that
//! [`reach`] names. World space unless a name says otherwise.

use std::sync::Arc;

use glam::{Mat3, Mat4, Vec3};

use crate::eval::evaluator::RigEvaluator;
use crate::eval::inherit::ParentTransform;
use crate::math::shear;
use crate::model::bits::BitSet;
use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};
use crate::model::pose::{BoneSetup, Channel};
use crate::model::rig::Rig;
use crate::model::transform_settings::PivotPoint;
use crate::ops::operator::Refusal;
use crate::ops::transform::empties::{self, EmptyTarget};

/// What is done to the bones; it decides which of them take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Moving.
    Translate,
    /// Turning, about one axis or freely.
    Rotate,
    /// Scaling.
    Resize,
}

/// Where the centre is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pivot {
    /// As the view's setting says.
    Setting(PivotPoint),
    /// At this point.
    Point(Vec3),
}

impl Pivot {
    /// The point that a call names, or else the setting.
    pub fn new(setting: PivotPoint, point: Option<[f32; 3]>) -> Self {
        point.map_or(Self::Setting(setting), |point| Self::Point(point.into()))
    }

    /// Whether it is this setting.
    pub fn is(self, setting: PivotPoint) -> bool {
        self == Self::Setting(setting)
    }
}

/// A rig as it is posed.
#[derive(Debug)]
pub struct RigPose {
    /// Its key.
    pub id: RigId,
    /// The rig itself.
    pub rig: Arc<Rig>,
    /// Its own rotation and scale: world from armature.
    pub world_from_armature: Mat3,
    whole: Mat4,
    evaluator: RigEvaluator,
}

impl RigPose {
    fn new(id: RigId, rig: &Arc<Rig>) -> Self {
        let mut evaluator = RigEvaluator::default();
        evaluator.evaluate(rig);
        let whole = rig.world_from_armature();
        Self {
            id,
            rig: Arc::clone(rig),
            world_from_armature: Mat3::from_mat4(whole),
            whole,
            evaluator,
        }
    }

    /// Where a bone starts.
    pub fn head(&self, bone: BoneId) -> Vec3 {
        let head = self.evaluator.posed().head(bone).unwrap_or_default();
        self.whole.transform_point3(head)
    }

    /// The posed axes of a bone with their scale, armature space.
    pub fn armature_from_bone(&self, bone: BoneId) -> Mat3 {
        let matrix = self.evaluator.posed().matrix(bone);
        Mat3::from_mat4(matrix.unwrap_or_default())
    }

    /// The rest matrix of a bone against its parent's, or of a root against the armature.
    pub fn parent_from_bone(&self, bone: BoneId) -> Mat3 {
        let rest = self.evaluator.rest().bone(bone);
        rest.map_or(Mat3::IDENTITY, |bone| {
            Mat3::from_mat4(bone.parent_from_bone)
        })
    }

    /// The parent of a bone.
    pub fn parent(&self, bone: BoneId) -> Option<BoneId> {
        self.evaluator.rest().bone(bone)?.parent
    }

    /// How its posed parent carries a bone.
    pub fn carried(&self, bone: BoneId) -> ParentTransform {
        self.evaluator
            .posed()
            .parent_transform(self.evaluator.rest(), bone)
    }

    /// Selected bones that can be seen and hang on no other such bone.
    pub fn topmost(&self) -> Vec<BoneId> {
        let below = below_selected(&self.rig);
        let mut bones = self.rig.selected_bones();
        bones.retain(|bone| !below.contains(bone.index()));
        bones
    }
}

/// A bone that is transformed.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The place of its rig in [`Targets::rigs`].
    pub rig: usize,
    /// Its key.
    pub bone: BoneId,
    /// Where it starts.
    pub head: Vec3,
    /// Whether it only turns: its parents carry it already.
    pub in_place: bool,
    /// Whether the centre takes it into account.
    counts: bool,
}

/// The bones and empties that are transformed.
#[derive(Debug)]
pub struct Targets {
    /// The posed rigs, the active one first.
    pub rigs: Vec<RigPose>,
    /// Parents before children.
    pub bones: Vec<Target>,
    /// Selected empties; bones or empties, one at least is there.
    pub empties: Vec<EmptyTarget>,
    pivot: Pivot,
    center: Vec3,
}

impl Targets {
    /// Finds what is transformed.
    ///
    /// # Errors
    /// A silent refusal if neither a bone nor an empty is selected.
    pub fn collect(doc: &Document, kind: Kind, pivot: Pivot) -> Result<Self, Refusal> {
        let rig = |id: RigId| Some(RigPose::new(id, doc.rigs.get(id.index())?));
        let rigs: Vec<_> = doc.posed_rigs().into_iter().filter_map(rig).collect();
        let mut bones = Vec::new();
        for (index, rig) in rigs.iter().enumerate() {
            reach(rig, index, kind, pivot, &mut bones);
        }
        let empties = empties::selected(doc);
        if bones.is_empty() && empties.is_empty() {
            return Err(Refusal::Nothing);
        }
        let mut targets = Self {
            rigs,
            bones,
            empties,
            pivot,
            center: Vec3::ZERO,
        };
        targets.center = targets.find_center();
        Ok(targets)
    }

    /// Every target with its rig.
    pub fn iter<'a>(&'a self) -> impl Iterator<Item = (&'a RigPose, &'a Target)> {
        let pair = |target: &'a Target| Some((self.rigs.get(target.rig)?, target));
        self.bones.iter().filter_map(pair)
    }

    /// The active bone of the active rig, with its rig; it need not be selected.
    pub fn active(&self) -> Option<(&RigPose, BoneId)> {
        let rig = self.rigs.first()?;
        let bone = rig.rig.active_bone?;
        rig.rig.armature.bone(bone)?;
        Some((rig, bone))
    }

    /// Whether the pivot is this setting.
    pub fn pivot_is(&self, setting: PivotPoint) -> bool {
        self.pivot.is(setting)
    }

    /// The one centre that the pointer goes around.
    pub fn center(&self) -> Vec3 {
        self.center
    }

    /// What a target goes around.
    pub fn pivot_of(&self, target: &Target) -> Vec3 {
        if self.pivot.is(PivotPoint::IndividualOrigins) {
            target.head
        } else {
            self.center
        }
    }

    fn find_center(&self) -> Vec3 {
        if let Pivot::Point(point) = self.pivot {
            return point;
        }
        let active = self
            .active()
            .filter(|_| self.pivot.is(PivotPoint::ActiveElement) && !self.bones.is_empty());
        if let Some((rig, bone)) = active {
            return rig.head(bone);
        }
        let heads = || {
            let bones = self.bones.iter().filter(|t| t.counts).map(|t| t.head);
            bones.chain(self.empties.iter().map(EmptyTarget::origin))
        };
        if self.pivot.is(PivotPoint::BoundingBoxCenter) {
            let low = heads().reduce(Vec3::min).unwrap_or_default();
            let high = heads().reduce(Vec3::max).unwrap_or_default();
            return (low + high) * 0.5;
        }
        heads().sum::<Vec3>() / heads().count().max(1) as f32
    }
}

/// Bones that hang, however far, on a selected bone that can be seen.
fn below_selected(rig: &Rig) -> BitSet {
    let mut below = BitSet::default();
    for id in rig.armature.ids() {
        let parent = rig.armature.bone(id).and_then(|bone| bone.parent);
        let hangs = parent.is_some_and(|parent| {
            parent < id && (rig.is_selected(parent) || below.contains(parent.index()))
        });
        if hangs {
            below.set(id.index(), true);
        }
    }
    below
}

/// Adds the targets of a rig. A bone below a selected one takes part only if it is connected but keeps its
/// rotation, or if bones turn each about its own head; neither counts for the centre.
fn reach(rig: &RigPose, index: usize, kind: Kind, pivot: Pivot, targets: &mut Vec<Target>) {
    let below = below_selected(&rig.rig);
    let each = kind == Kind::Rotate && pivot.is(PivotPoint::IndividualOrigins);
    for id in rig.rig.selected_bones() {
        let Some(bone) = rig.rig.armature.bone(id) else {
            continue;
        };
        let carried = below.contains(id.index());
        let hinge = bone.connected && !bone.inherit_rotation;
        if carried && !hinge && !each {
            continue;
        }
        targets.push(Target {
            rig: index,
            bone: id,
            head: rig.head(id),
            in_place: carried && !hinge,
            counts: !carried,
        });
    }
}

/// The spaces that a bone's channels live in, armature space.
#[derive(Clone, Copy, Debug)]
pub struct Spaces {
    /// Of rotation and scale.
    pub rot_scale: Mat3,
    /// Of location.
    pub location: Mat3,
    /// Of the location that follows a rotation.
    pub orbit: Mat3,
}

impl Spaces {
    /// The spaces of a target.
    pub fn of(rig: &RigPose, bone: BoneId) -> Self {
        let carried = rig.carried(bone);
        let rot_scale = Mat3::from_mat4(carried.rot_scale);
        let local = rig.rig.armature.bone(bone).is_none_or(|b| b.local_location);
        let orbit = if local {
            rot_scale
        } else if rig.parent(bone).is_some() {
            rot_scale * inverse(rig.parent_from_bone(bone))
        } else {
            Mat3::IDENTITY
        };
        Self {
            rot_scale,
            location: Mat3::from_mat4(carried.location),
            orbit,
        }
    }
}

/// The inverse; an axis that is squashed to nothing gives zero.
pub fn inverse(m: Mat3) -> Mat3 {
    Mat3::from_mat4(shear::affine_inverse(Mat4::from_mat3(m)))
}

/// A channel and the locks that go with it.
pub fn channel_of(rig: &RigPose, bone: BoneId) -> Option<(Channel, &BoneSetup)> {
    Some((*rig.rig.channel(bone)?, rig.rig.setup(bone)?))
}
