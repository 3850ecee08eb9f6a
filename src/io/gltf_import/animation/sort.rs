//! Channels by what they move; what cannot be shown is counted.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::io::gltf_clip::Path;
use crate::io::gltf_import::animation::Sources;
use crate::io::gltf_import::animation::raw::{RawChannel, RawClip};
use crate::io::gltf_import::place::Fault;
use crate::io::gltf_import::warnings::Warnings;

/// Which sampler moves what: by rig, bone and path.
pub type Moves = BTreeMap<(usize, usize, Path), usize>;

/// Sorts the channels of an animation.
pub fn sort(
    sources: &Sources,
    index: usize,
    clip: &RawClip,
    left_out: &mut LeftOut,
    warnings: &mut Warnings,
) -> Moves {
    let mut moves = Moves::new();
    for (number, channel) in clip.channels.iter().enumerate() {
        let warn = |fault: String| format!("animation {index}, channel {number}: {fault}");
        let Some((node, path)) = channel.moves() else {
            if let Some(fault) = left_out.count(channel) {
                warnings.add(warn(fault));
            }
            continue;
        };
        if sources.tree.node(node).is_none() {
            warnings.add(warn(format!("node {node} does not exist")));
            continue;
        }
        let Some(sampler) = channel.sampler.filter(|&s| s < clip.samplers.len()) else {
            let fault = match channel.sampler {
                Some(sampler) => format!("sampler {sampler} does not exist"),
                None => "has no sampler".to_owned(),
            };
            warnings.add(warn(fault));
            continue;
        };
        let Some(place) = sources.forest.place(node) else {
            left_out.nodes.insert(node);
            left_out.moving += 1;
            continue;
        };
        if let Entry::Vacant(slot) = moves.entry((place.rig, place.bone, path)) {
            slot.insert(sampler);
        } else {
            let path = path.name();
            warnings.add(warn(format!(
                "moves the {path} of node {node} again; the first channel counts"
            )));
        }
    }
    moves
}

/// What is kept in the file and not shown.
#[derive(Default)]
pub struct LeftOut {
    weights: usize,
    pointers: usize,
    moving: usize,
    nodes: BTreeSet<usize>,
}

impl LeftOut {
    /// Counts a channel that moves no node; the fault if it is none that is known.
    fn count(&mut self, channel: &RawChannel) -> Option<Fault> {
        match channel.target.path.as_deref() {
            Some("weights") => self.weights += 1,
            Some("pointer") => self.pointers += 1,
            Some(path) if Path::of(path).is_none() => {
                let shown: String = path.chars().take(24).collect();
                return Some(format!("{shown:?} is no path that can be animated"));
            }
            // Without a node an extension decides what is moved.
            _ => self.pointers += 1,
        }
        None
    }

    /// Says it all in one line.
    pub fn say(&self, warnings: &mut Warnings) {
        let mut parts = Vec::new();
        let mut part = |count: usize, what: &str| {
            if count > 0 {
                parts.push(format!("{count} of {what}"));
            }
        };
        part(self.weights, "morph weights");
        part(self.pointers, "other properties");
        let nodes = format!("nodes that are no bones (node {})", list(&self.nodes));
        part(self.moving, &nodes);
        if !parts.is_empty() {
            warnings.add(format!(
                "animation channels that are kept but not shown: {}",
                parts.join(", ")
            ));
        }
    }
}

/// A few of the numbers.
pub fn list(numbers: &BTreeSet<usize>) -> String {
    const SHOWN: usize = 4;
    let mut words: Vec<String> = numbers.iter().take(SHOWN).map(usize::to_string).collect();
    if numbers.len() > SHOWN {
        words.push("…".to_owned());
    }
    words.join(", ")
}
