//! An action's curves as channels of a file: which bones it moves, which of that is edited, and the samplers.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use glam::{Mat3, Mat4};

use crate::io::gltf_clip::{Path, Rest};
use crate::io::gltf_export::knots::{self, Timing};
use crate::io::gltf_export::motion::Motion;
use crate::io::gltf_export::rest;
use crate::io::gltf_export::same::same;
use crate::io::gltf_export::sampler::Sampler;
use crate::io::gltf_export::target::{Target, Turn};
use crate::math::transform::column_lengths;
use crate::model::action::Action;
use crate::model::fcurve::FCurve;
use crate::model::pose::RotationMode;
use crate::model::rig::{ModelFile, Rig};

/// How far a sampler may turn away from its curves, radians.
pub const TURN: f64 = 0.05 * std::f64::consts::PI / 180.0;

/// How far it may be from them in place, as a share of the rig's size.
pub const SHIFT: f64 = 1e-4;

/// How far it may be from them in scale.
const SCALE: f64 = 5e-4;

/// A bone's property in a clip: the number of the bone, and which property.
pub type Key = (usize, Path);

/// A channel of a file.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Which property of which bone.
    pub key: Key,
    /// Its keys.
    pub sampler: Sampler,
}

/// How far the samplers of clips are from their curves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Deviation {
    /// Radians.
    pub turn: f64,
    /// In place, as a share of the rig's size.
    pub shift: f64,
    /// In scale.
    pub scale: f64,
}

impl Deviation {
    /// The larger of both.
    pub fn max(self, other: Self) -> Self {
        Self {
            turn: self.turn.max(other.turn),
            shift: self.shift.max(other.shift),
            scale: self.scale.max(other.scale),
        }
    }

    /// Whether it is more than what rounding gives.
    pub fn is_seen(self) -> bool {
        self.turn > 2e-5 || self.shift > 2e-6 || self.scale > 2e-6
    }
}

/// A rig with what an export needs of it.
pub struct Figure<'a> {
    /// The rig.
    pub rig: &'a Rig,
    /// The node of each bone.
    pub nodes: Vec<u32>,
    rests: Rests<'a>,
    size: OnceCell<f64>,
}

/// Where the nodes of a rig rest.
enum Rests<'a> {
    /// As the nodes of a file do.
    File(&'a ModelFile),
    /// Like this, by bone.
    Given(Vec<Rest>),
}

impl<'a> Figure<'a> {
    /// A rig whose bones are these nodes, and where they rest.
    pub fn new(rig: &'a Rig, nodes: Vec<u32>, rests: Vec<Rest>) -> Self {
        Self {
            rig,
            nodes,
            rests: Rests::Given(rests),
            size: OnceCell::new(),
        }
    }

    /// A rig whose bones are these nodes of a file. Its tree is not made before a clip is written.
    pub fn of_file(rig: &'a Rig, nodes: &[u32], file: &'a ModelFile) -> Self {
        Self {
            rig,
            nodes: nodes.to_vec(),
            rests: Rests::File(file),
            size: OnceCell::new(),
        }
    }

    /// Where the node of a bone rests, and how large the rig is in the space of its parent.
    fn rest(&self, bone: usize) -> Option<(Rest, f64)> {
        let rest = match &self.rests {
            Rests::Given(rests) => *rests.get(bone)?,
            Rests::File(file) => {
                let node = usize::try_from(*self.nodes.get(bone)?).ok()?;
                rest::of_bone(self.rig, bone, file.json.get("nodes")?.get(node)?)
            }
        };
        let size = *self.size.get_or_init(|| size(self.rig));
        let own = largest(&self.rig.armature.bones.get(bone)?.armature_from_bone());
        let parent = own / rest.scale.abs().max_element();
        let around = if parent.is_normal() {
            size / parent
        } else {
            size
        };
        Some((rest, around))
    }

    /// The curves of an action that move bones of this rig, by what they move.
    pub fn curves<'c>(
        &self,
        curves: impl Iterator<Item = &'c Arc<FCurve>>,
    ) -> BTreeMap<Key, Vec<&'c Arc<FCurve>>> {
        let mut found: BTreeMap<Key, Vec<&Arc<FCurve>>> = BTreeMap::new();
        for curve in curves {
            let bone = curve.bone.as_deref();
            let id = bone.and_then(|bone| self.rig.armature.find(bone));
            let path = path_of(&curve.property);
            if let (Some(id), Some(path)) = (id, path)
                && id.index() < self.nodes.len()
            {
                found.entry((id.index(), path)).or_default().push(curve);
            }
        }
        found
    }

    /// Whether the curves of an action are those of its file.
    pub fn is_untouched(&self, action: &Action) -> bool {
        let source = action.source.as_ref().and_then(|s| s.curves.as_ref());
        source.is_some_and(|before| untouched(&action.fcurves, before))
    }

    /// What an action moves differently from how its file does; everything where that is not known.
    pub fn edited(&self, action: &Action) -> BTreeSet<Key> {
        let source = action.source.as_ref().and_then(|s| s.curves.as_ref());
        // Most clips of a file are never touched.
        let mut bones = self.rig.armature.bones.iter();
        if !bones.any(|bone| bone.rebound.is_some()) && self.is_untouched(action) {
            return BTreeSet::new();
        }
        let now = self.curves(action.fcurves.iter());
        let before = match source {
            Some(curves) => self.curves(curves.iter()),
            None => BTreeMap::new(),
        };
        let keys: BTreeSet<Key> = now.keys().chain(before.keys()).copied().collect();
        let moved = |(bone, _): &Key| {
            let bone = self.rig.armature.bones.get(*bone);
            bone.is_some_and(|bone| bone.rebound.is_some())
        };
        let unchanged = |key: &Key| match (now.get(key), before.get(key)) {
            // The same curves move a bone elsewhere, where it rests elsewhere.
            _ if moved(key) => false,
            (Some(now), Some(before)) => {
                now.len() == before.len()
                    && now
                        .iter()
                        .all(|curve| before.iter().any(|other| same(curve, other)))
            }
            _ => false,
        };
        keys.into_iter().filter(|key| !unchanged(key)).collect()
    }

    /// The channels of an action, those that are `wanted`, and how far they are from its curves.
    pub fn channels(
        &self,
        action: &Action,
        wanted: impl Fn(&Key) -> bool,
        timing: &Timing,
    ) -> (Vec<Channel>, Deviation) {
        let (first, last) = action.key_range().unwrap_or_default();
        let clip = (f64::from(first), f64::from(last));
        let mut most = Deviation::default();
        let mut channels = Vec::new();
        for (key, curves) in self.curves(action.fcurves.iter()) {
            if !wanted(&key) {
                continue;
            }
            if let Some((sampler, deviation)) = self.sampler(key, &curves, clip, timing) {
                most = most.max(deviation);
                channels.push(Channel { key, sampler });
            }
        }
        (channels, most)
    }

    fn sampler(
        &self,
        (bone, path): Key,
        curves: &[&Arc<FCurve>],
        clip: (f64, f64),
        timing: &Timing,
    ) -> Option<(Sampler, Deviation)> {
        let (rest, size) = self.rest(bone)?;
        let moving = |curve: &&&Arc<FCurve>| !curve.mute && !curve.keys.is_empty();
        let moving: Vec<&FCurve> = curves.iter().filter(moving).map(|c| c.as_ref()).collect();
        let (turn, moving) = match path {
            Path::Rotation => self.turning(bone, moving)?,
            _ => (Turn::Quaternion, moving),
        };
        let still = self.rig.armature.bones.get(bone)?.connected && path == Path::Translation;
        if still {
            return None;
        }
        let target = Target { path, rest, turn };
        let motion = Motion::new(target, &moving, clip)?;
        let tolerance = match path {
            Path::Rotation => TURN,
            Path::Translation => SHIFT * size,
            Path::Scale => SCALE * rest.scale.abs().max_element(),
        };
        let written = knots::write(&motion, timing, tolerance);
        if !written.sampler.is_finite() {
            return None;
        }
        let mut deviation = Deviation::default();
        match path {
            Path::Rotation => deviation.turn = written.error,
            Path::Translation => deviation.shift = written.error / size,
            Path::Scale => deviation.scale = written.error,
        }
        Some((written.sampler, deviation))
    }

    /// The curves that turn a bone: those of its rotation mode, or of another one where only that has keys.
    fn turning<'c>(&self, bone: usize, curves: Vec<&'c FCurve>) -> Option<(Turn, Vec<&'c FCurve>)> {
        let mode = self.rig.pose.channels.get(bone)?.mode;
        let order = mode
            .euler_order()
            .unwrap_or(crate::math::rotation::EulerOrder::Xyz);
        let ways = [
            ("rotation_quaternion", Turn::Quaternion),
            ("rotation_euler", Turn::Euler(order)),
            ("rotation_axis_angle", Turn::AxisAngle),
        ];
        let own = match mode {
            RotationMode::Quaternion => 0,
            RotationMode::AxisAngle => 2,
            _ => 1,
        };
        let ways = ways.get(own).into_iter().chain(&ways);
        let mut found = ways.filter_map(|(property, turn)| {
            let of_way = |curve: &&FCurve| *curve.property == **property;
            let chosen: Vec<&FCurve> = curves.iter().copied().filter(of_way).collect();
            (!chosen.is_empty()).then_some((*turn, chosen))
        });
        found.next()
    }
}

/// Whether the lists hold the very same curves.
fn untouched(now: &[Arc<FCurve>], before: &[Arc<FCurve>]) -> bool {
    now.len() == before.len() && now.iter().zip(before).all(|(a, b)| Arc::ptr_eq(a, b))
}

/// What a property of a bone is in a file.
fn path_of(property: &str) -> Option<Path> {
    match property {
        "rotation_euler" | "rotation_axis_angle" => Some(Path::Rotation),
        _ => Path::of_property(property),
    }
}

/// The largest factor by which a matrix stretches an axis.
fn largest(matrix: &Mat4) -> f64 {
    column_lengths(Mat3::from_mat4(*matrix))
        .max_element()
        .into()
}

/// The longest side of the box around the rig's bones, armature space; never nothing.
fn size(rig: &Rig) -> f64 {
    let bones = rig.armature.bones.iter();
    let points = bones.flat_map(|bone| [bone.head, bone.tail]);
    let box_ = points.fold(None, |around: Option<(glam::Vec3, glam::Vec3)>, point| {
        let (min, max) = around.unwrap_or((point, point));
        Some((min.min(point), max.max(point)))
    });
    let size = box_.map_or(0.0, |(min, max)| (max - min).max_element());
    if size.is_normal() { size.into() } else { 1.0 }
}
