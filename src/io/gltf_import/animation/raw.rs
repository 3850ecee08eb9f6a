//! Animations as the tree has them, read leniently: what is wrong in one costs that one alone.
//!
//! The types of the `gltf` crate know no channel without a node (`KHR_animation_pointer`), and refuse all
//! animations for one that is broken.

use serde::Deserialize;
use serde_json::Value;

use crate::io::gltf_clip::Path;
use crate::io::gltf_import::place;
use crate::io::gltf_import::warnings::Warnings;

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
    pub path: Option<String>,
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
    pub interpolation: Option<String>,
}

impl RawChannel {
    /// The node and the path, if it moves one.
    pub fn moves(&self) -> Option<(usize, Path)> {
        let path = Path::of(self.target.path.as_deref()?)?;
        Some((self.target.node?, path))
    }
}

/// The animations of a tree; none in the place of one that cannot be read.
pub fn read(tree: &Value, warnings: &mut Warnings) -> Vec<Option<RawClip>> {
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
