//! Makes the curves of actions out of samplers.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use glam::DVec4;

use crate::io::gltf_clip::{Path, Rest};
use crate::io::gltf_import::accessor::Integers;
use crate::io::gltf_import::animation::Sources;
use crate::io::gltf_import::animation::curves::{self, Mode, Owner, Row};
use crate::io::gltf_import::animation::own::{self, Own};
use crate::io::gltf_import::animation::raw::{RawClip, RawSampler};
use crate::io::gltf_import::animation::sort::{self, Moves};
use crate::io::gltf_import::animation::times::{Clock, Times};
use crate::io::gltf_import::place::{Fault, Within};
use crate::io::gltf_import::warnings::Warnings;
use crate::model::action::{Action, ClipSource, Group};
use crate::model::fcurve::{FCurve, Key};

/// What a key costs, compared with a number in a buffer.
const KEY: usize = size_of::<Key>() / 4;

/// Makes actions, one animation after the other.
pub struct Maker<'a, 'w> {
    sources: &'a Sources<'a>,
    clock: Clock<'a>,
    fps: f32,
    /// By accessor.
    frames: BTreeMap<usize, Result<Rc<[f32]>, Fault>>,
    properties: [(Path, Arc<str>); 3],
    /// Nodes whose rest keeps their motion from being exact.
    uneven: BTreeSet<usize>,
    warnings: &'w mut Warnings,
}

impl<'a, 'w> Maker<'a, 'w> {
    /// Makes actions whose keys are in frames of this rate.
    pub fn new(
        sources: &'a Sources<'a>,
        clock: Clock<'a>,
        fps: f32,
        warnings: &'w mut Warnings,
    ) -> Self {
        Self {
            sources,
            clock,
            fps,
            frames: BTreeMap::new(),
            properties: Path::ALL.map(|path| (path, Arc::from(path.property()))),
            uneven: BTreeSet::new(),
            warnings,
        }
    }

    /// The actions of an animation, one for each rig that it moves.
    pub fn clip(&mut self, index: usize, clip: &RawClip, moves: &Moves) -> Vec<(usize, Action)> {
        let mut actions: BTreeMap<usize, Action> = BTreeMap::new();
        for (&(rig, bone, path), &sampler) in moves {
            let Some((owner, rest)) = self.owner(rig, bone, path) else {
                continue;
            };
            let Some(raw) = clip.samplers.get(sampler) else {
                continue;
            };
            match self.sampler(raw, &owner, &rest) {
                Ok(curves) => push(actions.entry(rig).or_default(), &owner, curves),
                Err(fault) => self.warnings.add(format!(
                    "animation {index}, sampler {sampler}: {fault}; it is left out"
                )),
            }
        }
        let source = |rig: usize, action: &Action| ClipSource {
            file: Arc::clone(self.sources.file),
            animation: index,
            rig,
            fps: self.fps,
            curves: Some(Arc::new(action.fcurves.clone())),
        };
        let actions = actions.into_iter();
        actions
            .map(|(rig, mut action)| {
                action.source = Some(source(rig, &action));
                (rig, action)
            })
            .collect()
    }

    /// The action that Keypose itself wrote into an animation, if it still counts.
    pub fn own(&mut self, index: usize, clip: &RawClip) -> Option<Own> {
        let read = own::read(self.sources, index, clip, self.fps);
        read.unwrap_or_else(|fault| {
            self.warnings.add(format!(
                "animation {index}: the keys that Keypose wrote beside it are not used: {fault}"
            ));
            None
        })
    }

    /// Says what is not exact.
    pub fn finish(self) {
        if !self.uneven.is_empty() {
            self.warnings.add(format!(
                "scaled unevenly, sheared or flat at rest, so that animation is not exact: node {}",
                sort::list(&self.uneven)
            ));
        }
    }

    /// The bone that is moved, and its node at rest.
    fn owner(&mut self, rig: usize, bone: usize, path: Path) -> Option<(Owner, Rest)> {
        let Sources {
            forest, tree, rigs, ..
        } = self.sources;
        let name = &rigs.get(rig)?.armature.bones.get(bone)?.name;
        let node = *forest.rigs.get(rig)?.get(bone)?;
        let rest = tree.node(node)?.rest;
        let turned = path == Path::Rotation && !rest.is_even();
        if turned || rest.sheared || rest.is_flat() {
            self.uneven.insert(node);
        }
        let (_, property) = self.properties.iter().find(|(own, _)| *own == path)?;
        let owner = Owner {
            bone: Arc::clone(name),
            property: Arc::clone(property),
            path,
        };
        Some((owner, rest))
    }

    fn sampler(
        &mut self,
        raw: &RawSampler,
        owner: &Owner,
        rest: &Rest,
    ) -> Result<Vec<Arc<FCurve>>, Fault> {
        let name = raw.interpolation.as_deref();
        let mode =
            Mode::of(name).ok_or("its interpolation is none of LINEAR, STEP, CUBICSPLINE")?;
        let input = raw.input.ok_or("has no input")?;
        let times = self.clock.times(input)?;
        let frames = self.frames(input, &times)?;
        let output = raw.output.ok_or("has no output")?;
        let values = match owner.path {
            Path::Rotation => self.values::<4>(output),
            Path::Translation | Path::Scale => self.values::<3>(output),
        };
        let values = values.within(format_args!("accessor {output}"))?;
        let (count, needed) = (values.len(), times.count * mode.rows());
        if count != needed {
            return Err(format!(
                "accessor {output}: has {count} values where {needed} are needed"
            ));
        }
        let charged = self
            .sources
            .accessors
            .charge(count * KEY * owner.path.width());
        charged.within(format_args!("accessor {output}"))?;
        let mut rows = rows(&values, mode, &times);
        for row in &mut rows {
            if owner.path == Path::Rotation && mode != Mode::Cubic {
                // Quantised or careless rotations are not of unit length, and one of all zeros means none.
                row.value = row.value.try_normalize().unwrap_or(DVec4::W);
            }
            *row = row.to_channel(rest, owner.path);
        }
        if owner.path == Path::Rotation && mode != Mode::Cubic {
            curves::continue_signs(&mut rows);
        }
        Ok(curves::curves(owner, mode, &frames, self.fps, &rows))
    }

    fn frames(&mut self, input: usize, times: &Times) -> Result<Rc<[f32]>, Fault> {
        if let Some(known) = self.frames.get(&input) {
            return known.clone();
        }
        let frames = times.frames(self.fps).map(Rc::from);
        let frames = frames.within(format_args!("accessor {input}"));
        self.frames.insert(input, frames.clone());
        frames
    }

    fn values<const N: usize>(&self, index: usize) -> Result<Vec<DVec4>, Fault> {
        let accessor = self.sources.document.accessors().nth(index);
        let accessor = accessor.ok_or("does not exist")?;
        let rows = self
            .sources
            .accessors
            .floats::<N>(&accessor, Integers::AsFlagged)?;
        let mut values = Vec::with_capacity(rows.len());
        for (place, row) in rows.into_iter().enumerate() {
            let mut parts = row.into_iter();
            let mut part = || parts.next().map_or(0.0, f64::from);
            let value = DVec4::new(part(), part(), part(), part());
            if !value.is_finite() {
                return Err(format!("value {place} is not a finite number"));
            }
            values.push(value);
        }
        Ok(values)
    }
}

/// The keys of a sampler, those that are kept.
fn rows(values: &[DVec4], mode: Mode, times: &Times) -> Vec<Row> {
    let row = |chunk: &[DVec4]| match *chunk {
        [tangent_in, value, tangent_out] => Row {
            tangent_in,
            value,
            tangent_out,
        },
        [value] => Row::new(value),
        _ => Row::new(DVec4::ZERO),
    };
    let mut chunks = values.chunks(mode.rows());
    match &times.kept {
        None => chunks.map(row).collect(),
        Some(kept) => {
            let chunks: Vec<&[DVec4]> = chunks.by_ref().collect();
            let kept = kept.iter().filter_map(|&key| chunks.get(key).copied());
            kept.map(row).collect()
        }
    }
}

/// Adds the curves of a channel to an action, in the group of their bone.
fn push(action: &mut Action, owner: &Owner, curves: Vec<Arc<FCurve>>) {
    action.fcurves.extend(curves);
    let grouped = action
        .groups
        .last()
        .is_some_and(|(name, _)| **name == *owner.bone);
    if !grouped {
        action
            .groups
            .push((owner.bone.to_string(), Group::default()));
    }
}
