//! Animations become actions: one for each animation and each rig that it moves.
//!
//! Whatever cannot be read costs its channel alone and is said in a line; the file's tree keeps everything.
//! Channels of nodes that are no bones, of morph weights and of pointers are counted, not shown.

mod curves;
mod make;
mod own;
mod raw;
mod sort;
mod times;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gltf::Document;

use crate::io::gltf_import::accessor::Accessors;
use crate::io::gltf_import::animation::make::Maker;
use crate::io::gltf_import::animation::sort::{LeftOut, Moves};
use crate::io::gltf_import::animation::times::Clock;
use crate::io::gltf_import::forest::Forest;
use crate::io::gltf_import::nodes::Tree;
use crate::io::gltf_import::place;
use crate::io::gltf_import::warnings::Warnings;
use crate::model::action::Action;
use crate::model::document::unique_name;
use crate::model::pose::RotationMode;
use crate::model::rig::{ModelFile, Rig};

pub use raw::{RawClip, moved_nodes, read as read_clips};

/// What animations are read with.
pub struct Sources<'a> {
    /// The typed tree.
    pub document: &'a Document,
    /// Numbers.
    pub accessors: &'a Accessors<'a>,
    /// Nodes.
    pub tree: &'a Tree,
    /// Bones.
    pub forest: &'a Forest,
    /// The rigs that were made of them.
    pub rigs: &'a [Rig],
    /// The file that actions refer to.
    pub file: &'a Arc<ModelFile>,
}

/// What a file's animations give.
#[derive(Default)]
pub struct Actions {
    /// By unique names.
    pub actions: Vec<(String, Action)>,
    /// The frames per second that they are in.
    pub fps: f32,
    /// Bones that actions turn by angles: by rig and name.
    pub modes: BTreeMap<(usize, String), RotationMode>,
}

/// Reads the animations of a file, in frames of a given or a guessed rate.
pub fn actions(
    sources: &Sources,
    clips: &[Option<RawClip>],
    fps: Option<f32>,
    warnings: &mut Warnings,
) -> Actions {
    let mut clock = Clock::new(sources.document, sources.accessors);
    let mut left_out = LeftOut::default();
    let mut sorted: Vec<(usize, &RawClip, Moves)> = Vec::with_capacity(clips.len());
    for (index, clip) in clips.iter().enumerate() {
        let Some(clip) = clip else {
            continue;
        };
        let moves = sort::sort(sources, index, clip, &mut left_out, warnings);
        for sampler in moves.values().filter_map(|&s| clip.samplers.get(s)) {
            // Read for the frame rate; faults are said where the times are used.
            let _fault = sampler.input.map(|input| clock.times(input));
        }
        sorted.push((index, clip, moves));
    }
    for line in clock.oddities() {
        warnings.add(line);
    }
    let own = || clips.iter().flatten().find_map(own::rate);
    let fps = fps.or_else(own).unwrap_or_else(|| clock.rate());
    let mut made = Actions {
        fps,
        ..Actions::default()
    };
    let mut maker = Maker::new(sources, clock, fps, warnings);
    let mut names = BTreeSet::new();
    for (index, clip, mut moves) in sorted {
        let own = maker.own(index, clip);
        let wanted = |rig| wanted_name(sources, index, clip, &moves, rig);
        let wanted: Vec<String> = (0..sources.rigs.len()).map(wanted).collect();
        let mut actions = Vec::new();
        if let Some(own) = own {
            moves.retain(|(rig, _, _), _| *rig != own.rig);
            actions.push((own.rig, own.action));
            for (bone, mode) in own.modes {
                made.modes.entry((own.rig, bone)).or_insert(mode);
            }
        }
        actions.extend(maker.clip(index, clip, &moves));
        actions.sort_by_key(|(rig, _)| *rig);
        for (rig, action) in actions {
            let wanted = wanted.get(rig).map_or("", String::as_str);
            let name = unique_name(wanted, |name| names.contains(name));
            names.insert(name.clone());
            made.actions.push((name, action));
        }
    }
    maker.finish();
    left_out.say(warnings);
    made
}

/// The name of an action: that of its animation, with that of its rig where the animation moves several.
fn wanted_name(
    sources: &Sources,
    index: usize,
    clip: &RawClip,
    moves: &Moves,
    rig: usize,
) -> String {
    let name = match place::name(clip.name.as_deref()) {
        Some(name) => name.to_owned(),
        None => format!("animation_{index}"),
    };
    let alone = moves.keys().all(|(other, _, _)| *other == rig);
    match sources.rigs.get(rig).filter(|_| !alone) {
        Some(rig) => format!("{name} ({})", rig.name),
        None => name,
    }
}
