//! The names of joints: those of bones that were renamed since the file was read.
//!
//! Where a bone has another name than an import gives it, every node of the rig is called like its bone, so that
//! reading the file again gives the same names. Otherwise nodes stay as they are, without a name too.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::io::gltf_export::extras::{self, Meaning};
use crate::io::gltf_export::json_text::{JsonText, Span, quoted};
use crate::io::gltf_export::plan::Member;
use crate::io::gltf_import::imported_names;
use crate::model::action::Action;
use crate::model::rig::Rig;

/// Gives the nodes their names; says of each member whether one of its bones was renamed.
pub fn write(text: &mut JsonText, members: &[Member]) -> Vec<bool> {
    let list = text.member(&text.root(), "nodes");
    let nodes = list.map(|list| text.items(&list.value)).unwrap_or_default();
    let renamed = members.iter().map(|member| {
        let given: Vec<(Span, Option<String>)> = nodes_of(text, &nodes, member);
        let wanted = given.iter().zip(&member.figure.nodes);
        let wanted = wanted.map(|((_, name), node)| (name.as_deref(), *node));
        let bones = || member.figure.rig.armature.bones.iter();
        let kept = imported_names(wanted)
            .iter()
            .zip(bones())
            .all(|(imported, bone)| **imported == *bone.name);
        if kept {
            return false;
        }
        for ((node, name), bone) in given.iter().zip(bones()) {
            if name.as_deref() != Some(&*bone.name) {
                text.set(node, "name", &quoted(&bone.name));
            }
        }
        true
    });
    renamed.collect()
}

/// The nodes of a member's bones, with their names.
fn nodes_of(text: &JsonText, nodes: &[Span], member: &Member) -> Vec<(Span, Option<String>)> {
    let of_bone = |number: &u32| {
        let node = nodes.get(usize::try_from(*number).ok()?)?;
        let name = text.member(node, "name");
        let name = name.and_then(|name| serde_json::from_slice(text.get(&name.value)).ok());
        Some((node.clone(), name))
    };
    let found: Option<Vec<_>> = member.figure.nodes.iter().map(of_bone).collect();
    found.unwrap_or_default()
}

/// Animations of rigs with renamed bones, with the action that each is; of one that moves several rigs the extras
/// do not count.
pub fn extras<'a>(
    members: &[Member<'a>],
    renamed: &[bool],
    owners: &BTreeMap<(usize, usize), &'a Arc<Action>>,
) -> BTreeMap<usize, (&'a Arc<Action>, &'a Rig, usize)> {
    let of = |number: usize| {
        let mut numbered = members.iter().zip(renamed);
        let (member, _) =
            numbered.find(|(member, renamed)| **renamed && member.number == number)?;
        Some(member.figure.rig)
    };
    let found = owners.iter().filter_map(|((animation, number), action)| {
        Some((*animation, (*action, of(*number)?, *number)))
    });
    found.collect()
}

/// An animation that is kept, with the renamed bones in what Keypose wrote beside its channels.
pub fn in_extras(
    own: &[u8],
    entry: &Value,
    action: &Action,
    (rig, number): (&Rig, usize),
) -> Option<String> {
    let written = entry.get("extras")?.get("keypose")?;
    let source = action.source.as_ref()?;
    let meaning = Meaning {
        fps: source.fps,
        start_frame: 0.0,
        check: written.get("check")?.as_str()?,
        rig: number,
    };
    let extras = extras::text(action, rig, &meaning)?;
    let mut text = JsonText::new(own);
    let place = text.member(&text.root(), "extras")?;
    text.set(&place.value, "keypose", &extras);
    String::from_utf8(text.finish()).ok()
}
