//! Which animation of the file each action is, and what has become of those that were there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use crate::io::gltf_export::animation::place_of;
use crate::io::gltf_export::clip::{Figure, Key};
use crate::model::action::Action;
use crate::model::document::{Document, unique_name};
use crate::model::rig::{ModelFile, Rig};

/// A rig of the file that is written.
pub struct Member<'a> {
    /// Which of the rigs that the file gives.
    pub number: usize,
    /// The rig as it is now.
    pub figure: Figure<'a>,
}

/// What has become of an animation's part for one rig.
pub enum Part<'a> {
    /// The action was edited: what it moves differently now.
    Edited(&'a Arc<Action>, BTreeSet<Key>),
    /// The action is not in the document any more.
    Gone,
}

/// What has become of an animation.
#[derive(Default)]
pub struct Fate<'a> {
    /// By the place of the rig among the members; those that are not listed are as they were.
    pub parts: BTreeMap<usize, Part<'a>>,
    /// Its name, where that is another one.
    pub name: Option<&'a str>,
}

/// What is written where.
pub struct Plan<'a> {
    /// By the number of the animation; those that are not listed are as they were.
    pub fates: BTreeMap<usize, Fate<'a>>,
    /// The action that each animation is for one rig, by the number of both.
    pub owners: BTreeMap<(usize, usize), &'a Arc<Action>>,
    /// Actions that become animations of their own, with the place of the rig that they move.
    pub added: Vec<(&'a str, &'a Arc<Action>, usize)>,
}

/// Whether two references are to one file.
pub fn same_file(a: &Arc<ModelFile>, b: &Arc<ModelFile>) -> bool {
    Arc::ptr_eq(a, b) || a.sha256 == b.sha256 && a.path == b.path
}

/// Sorts the actions of a document for the file of these rigs, whose animations have these names; without a
/// file all of them are new.
pub fn plan<'a>(
    document: &'a Document,
    members: &[Member<'a>],
    file: Option<(&Arc<ModelFile>, &[Option<String>])>,
) -> Plan<'a> {
    let own = |action: &'a Action| {
        let source = action.source.as_ref()?;
        let known = file.is_some_and(|(file, _)| same_file(&source.file, file));
        known.then_some(source)
    };
    let mut owners: BTreeMap<(usize, usize), (&str, &Arc<Action>)> = BTreeMap::new();
    let mut others: Vec<(&str, &Arc<Action>)> = Vec::new();
    for (name, action) in document.actions.iter() {
        match own(action) {
            Some(source) => {
                let place = (source.animation, source.rig);
                if let Some(twin) = owners.insert(place, (name, action)) {
                    // A copy of a clip is one more; the one whose name comes first is the clip itself.
                    owners.insert(place, twin);
                    others.push((name, action));
                }
            }
            None => others.push((name, action)),
        }
    }
    Plan {
        fates: file.map_or_else(BTreeMap::new, |(file, names)| {
            fates((file, names), members, &owners)
        }),
        owners: owners
            .into_iter()
            .map(|(place, (_, action))| (place, action))
            .collect(),
        added: added(document, members, others),
    }
}

fn fates<'a>(
    (file, names): (&ModelFile, &[Option<String>]),
    members: &[Member<'a>],
    owners: &BTreeMap<(usize, usize), (&'a str, &'a Arc<Action>)>,
) -> BTreeMap<usize, Fate<'a>> {
    let mut fates = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        let mut fate = Fate::default();
        let mut shown = Vec::new();
        for (place, member) in members.iter().enumerate() {
            match owners.get(&(index, member.number)) {
                Some((name, action)) => {
                    shown.push((*name, member));
                    let edited = member.figure.edited(action);
                    if !edited.is_empty() {
                        fate.parts.insert(place, Part::Edited(action, edited));
                    }
                }
                // Where no clip came in with the rig, none was taken out of it.
                None if owners.keys().any(|(_, rig)| *rig == member.number)
                    && moves(index, member, &file.json) =>
                {
                    fate.parts.insert(place, Part::Gone);
                }
                None => {}
            }
        }
        if let [(own, member)] = shown.as_slice()
            && !is_name(name.as_deref(), index, member.figure.rig, own)
        {
            fate.name = Some(own);
        }
        if !fate.parts.is_empty() || fate.name.is_some() {
            fates.insert(index, fate);
        }
    }
    fates
}

/// Whether an animation moves a bone of the rig, so that it became an action; one with faults did not.
fn moves(animation: usize, member: &Member, tree: &Value) -> bool {
    let entry = tree.get("animations").and_then(|list| list.get(animation));
    let entry = entry.unwrap_or(&Value::Null);
    let count = |sampler: &Value, field: &str| {
        let accessor = usize::try_from(sampler.get(field)?.as_u64()?).ok()?;
        tree.get("accessors")?.get(accessor)?.get("count")?.as_u64()
    };
    let is_sound = |channel: &Value| {
        let sampler = usize::try_from(channel.get("sampler")?.as_u64()?).ok()?;
        let sampler = entry.get("samplers")?.get(sampler)?;
        let rows = match sampler.get("interpolation").and_then(Value::as_str) {
            None | Some("LINEAR" | "STEP") => 1,
            Some("CUBICSPLINE") => 3,
            Some(_) => return None,
        };
        let (input, output) = (count(sampler, "input")?, count(sampler, "output")?);
        (input > 0 && input.checked_mul(rows) == Some(output)).then_some(())
    };
    let channels = entry.get("channels").and_then(Value::as_array);
    channels.into_iter().flatten().any(|channel| {
        let node = place_of(channel).map(|(node, _)| node);
        node.is_some_and(|node| member.figure.nodes.contains(&node)) && is_sound(channel).is_some()
    })
}

/// Whether an action of this name is called as its animation: with the number that made it unique, or with
/// its rig where the animation moves several.
fn is_name(given: Option<&str>, index: usize, rig: &Rig, name: &str) -> bool {
    let given = match given.map(str::trim).filter(|given| !given.is_empty()) {
        Some(given) => given.to_owned(),
        None => format!("animation_{index}"),
    };
    let with_rig = format!("{given} ({})", rig.name);
    let short = |name: &str| base(&unique_name(name, |_| false)).to_owned();
    base(name) == short(&given) || base(name) == short(&with_rig)
}

/// A name without the number that makes it unique.
fn base(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((base, digits)) if digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit()) => {
            base
        }
        _ => name,
    }
}

/// The actions that move a member, with its place: the rig that uses the action, else the one with most of its
/// bones.
fn added<'a>(
    document: &Document,
    members: &[Member<'a>],
    actions: Vec<(&'a str, &'a Arc<Action>)>,
) -> Vec<(&'a str, &'a Arc<Action>, usize)> {
    let is_library = |name: &str| {
        let mut rigs = document.rigs.iter();
        rigs.any(|rig| rig.animation.pose_library.as_deref() == Some(name))
    };
    let place = |name: &str, action: &Action| {
        let matches = members.iter().enumerate().map(|(place, member)| {
            let bones = member.figure.curves(action.fcurves.iter()).len();
            (place, uses(member.figure.rig, name), bones)
        });
        let fitting = matches.filter(|(.., bones)| *bones > 0);
        // Of equals the first rig counts.
        let best = fitting.rev().max_by_key(|(_, used, bones)| (*used, *bones));
        best.map(|(place, ..)| place)
    };
    let placed = actions.into_iter().filter_map(|(name, action)| {
        let place = place(name, action).filter(|_| !is_library(name))?;
        Some((name, action, place))
    });
    placed.collect()
}

/// How a rig uses an action: not at all, in a strip, or as the active one.
fn uses(rig: &Rig, name: &str) -> u8 {
    let strips = || rig.animation.nla.iter().flat_map(|track| &track.strips);
    if rig.animation.active_action.as_deref() == Some(name) {
        2
    } else {
        u8::from(strips().any(|strip| strip.action.as_deref() == Some(name)))
    }
}
