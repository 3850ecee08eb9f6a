//! Animations as the tree has them, read leniently: what is wrong in one costs that one alone.
//!
//! The types of the `gltf` crate know no channel without a node (`KHR_animation_pointer`), and refuse all
//! animations for one that is broken.

use std::borrow::Cow;

use gltf::json;
use gltf::json::animation::{Interpolation, Property};
use gltf::json::validation::Checked;
use serde::Deserialize;
use serde_json::Value;

use crate::io::gltf_clip::Path;
use crate::io::gltf_import::content::Content;
use crate::io::gltf_import::place;
use crate::io::gltf_import::warnings::Warnings;
use crate::model::rig::ModelFile;

/// An animation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawClip {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// What it moves.
    pub channels: Vec<RawChannel>,
    /// How it moves.
    pub samplers: Vec<RawSampler>,
    /// Anything.
    pub extras: Option<Value>,
}

/// What a channel moves.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawTarget {
    /// Number of the node.
    pub node: Option<usize>,
    /// Name of the path.
    pub path: Option<Cow<'static, str>>,
}

/// A channel.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawChannel {
    /// Number of the sampler in its animation.
    pub sampler: Option<usize>,
    /// What it moves.
    pub target: RawTarget,
}

/// A sampler.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawSampler {
    /// Number of the accessor of times.
    pub input: Option<usize>,
    /// Number of the accessor of values.
    pub output: Option<usize>,
    /// `LINEAR` if it is missing.
    pub interpolation: Option<Cow<'static, str>>,
}

impl RawChannel {
    /// The node and the path, if it moves one.
    pub fn moves(&self) -> Option<(usize, Path)> {
        let path = Path::of(self.target.path.as_deref()?)?;
        Some((self.target.node?, path))
    }
}

/// The animations of a file; none in the place of one that cannot be read.
pub fn read(content: &Content, file: &ModelFile, warnings: &mut Warnings) -> Vec<Option<RawClip>> {
    let typed = &content.document.as_json().animations;
    let known = || typed.iter().map(|clip| of_typed(clip).map(Some)).collect();
    content
        .sound
        .then(known)
        .flatten()
        .unwrap_or_else(|| of_tree(&file.json, warnings))
}

/// The animations of a tree of any kind.
fn of_tree(tree: &Value, warnings: &mut Warnings) -> Vec<Option<RawClip>> {
    let list = match tree.get("animations") {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(list)) => list,
        Some(_) => {
            warnings.add("animations: expected a list; no animation is read");
            return Vec::new();
        }
    };
    let mut clips = Vec::with_capacity(list.len());
    for (index, item) in list.iter().enumerate() {
        let clip = RawClip::deserialize(item).map_err(|_| {
            let fault = place::typed::<RawClip>(&format!("animations[{index}]"), item).err();
            warnings.add(format!("{}; it is left out", fault.unwrap_or_default()));
        });
        clips.push(clip.ok());
    }
    clips
}

/// An animation that the `gltf` crate has read; none if it has a word that the crate does not know.
fn of_typed(clip: &json::Animation) -> Option<RawClip> {
    let channel = |channel: &json::animation::Channel| {
        let path = match channel.target.path {
            Checked::Valid(Property::Translation) => "translation",
            Checked::Valid(Property::Rotation) => "rotation",
            Checked::Valid(Property::Scale) => "scale",
            Checked::Valid(Property::MorphTargetWeights) => "weights",
            Checked::Invalid => return None,
        };
        Some(RawChannel {
            sampler: Some(channel.sampler.value()),
            target: RawTarget {
                node: Some(channel.target.node.value()),
                path: Some(path.into()),
            },
        })
    };
    let sampler = |sampler: &json::animation::Sampler| {
        let interpolation = match sampler.interpolation {
            Checked::Valid(Interpolation::Linear) => "LINEAR",
            Checked::Valid(Interpolation::Step) => "STEP",
            Checked::Valid(Interpolation::CubicSpline) => "CUBICSPLINE",
            Checked::Invalid => return None,
        };
        Some(RawSampler {
            input: Some(sampler.input.value()),
            output: Some(sampler.output.value()),
            interpolation: Some(interpolation.into()),
        })
    };
    let extras = clip.extras.as_ref();
    Some(RawClip {
        name: clip.name.clone(),
        channels: clip.channels.iter().map(channel).collect::<Option<_>>()?,
        samplers: clip.samplers.iter().map(sampler).collect::<Option<_>>()?,
        extras: extras.and_then(|extras| serde_json::from_str(extras.get()).ok()),
    })
}

/// Which nodes the animations move.
pub fn moved_nodes(clips: &[Option<RawClip>], nodes: usize) -> Vec<bool> {
    let mut moved = vec![false; nodes];
    let channels = clips.iter().flatten().flat_map(|clip| &clip.channels);
    for (node, _) in channels.filter_map(RawChannel::moves) {
        if let Some(slot) = moved.get_mut(node) {
            *slot = true;
        }
    }
    moved
}
