//! The text of the tree with what the plan says: edited, new and removed animations.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use crate::io::gltf_export::animation::{self, Edits, File, Lists, Place, times};
use crate::io::gltf_export::clip::{Channel, Deviation, Figure, Key};
use crate::io::gltf_export::container::{Source, count};
use crate::io::gltf_export::data::Data;
use crate::io::gltf_export::extras::{self, Meaning};
use crate::io::gltf_export::joint_names;
use crate::io::gltf_export::json_text::{self, JsonText, Span, quoted};
use crate::io::gltf_export::knots::Timing;
use crate::io::gltf_export::plan::{Fate, Member, Part, Plan};
use crate::io::gltf_export::report::Report;
use crate::io::gltf_export::rest;
use crate::io::gltf_export::sampler::Sampler;
use crate::model::action::Action;
use crate::model::rig::Rig;

/// A tree with its edits, and the numbers that are added to it.
pub struct Written<'a> {
    /// The text.
    pub text: JsonText<'a>,
    /// The numbers.
    pub data: Data,
    /// Whether anything is different at all.
    pub changed: bool,
}

/// Makes the edits that the plan says.
pub fn write<'a>(
    source: &Source<'a>,
    file: impl FnOnce() -> File<'a>,
    members: &[Member],
    (plan, fps): (Plan, f32),
    report: &mut Report,
) -> Written<'a> {
    let mut text = JsonText::new(source.text());
    let Plan {
        mut fates,
        owners,
        added,
    } = plan;
    let renamed = joint_names::write(&mut text, members);
    let extras = joint_names::extras(members, &renamed, &owners);
    let rests = rest::is_changed(members);
    if fates.is_empty() && added.is_empty() && extras.is_empty() && !rests {
        report.kept = names(source).len();
        return Written {
            text,
            data: Data::new(0, 0),
            changed: renamed.contains(&true),
        };
    }
    let file = file();
    let mut writer = Writer {
        file,
        members,
        data: Data::new(
            count(file.tree, "accessors"),
            count(file.tree, "bufferViews"),
        ),
        touched: BTreeSet::new(),
        fps,
        report,
    };
    let root = text.root();
    let list = text.member(&root, "animations");
    let spans = list
        .as_ref()
        .map(|list| text.items(&list.value))
        .unwrap_or_default();
    let entries = writer.entries(&text, &spans, (&mut fates, &extras));
    let new: Vec<String> = added
        .iter()
        .filter_map(|(name, action, member)| writer.added(name, action, *member))
        .collect();
    replace_entries(&mut text, list, &spans, entries, new);
    let placed = match rests {
        true => {
            let members = (members, renamed.as_slice());
            rest::write(&mut text, (file, members), &mut writer.data, writer.report)
        }
        false => BTreeSet::new(),
    };
    let animated = writer.touched.difference(&placed);
    rest::free(&mut text, file, animated.copied());
    Written {
        changed: text.is_changed(),
        text,
        data: writer.data,
    }
}

/// The names of the animations of a file, read without making its tree.
pub fn names(source: &Source) -> Vec<Option<String>> {
    let text = JsonText::new(source.text());
    let list = text.member(&text.root(), "animations");
    let entries = list.map(|list| text.items(&list.value)).unwrap_or_default();
    let name = |entry: &Span| {
        let name = text.member(entry, "name")?;
        serde_json::from_slice(text.get(&name.value)).ok()
    };
    entries.iter().map(name).collect()
}

/// Puts the entries into the list; those that are gone leave no gap, and a list without entries goes too.
fn replace_entries(
    text: &mut JsonText,
    list: Option<json_text::Member>,
    spans: &[Span],
    entries: Vec<Option<String>>,
    new: Vec<String>,
) {
    if entries.iter().all(Option::is_some) {
        for (span, entry) in spans.iter().zip(entries.into_iter().flatten()) {
            if text.get(span) != entry.as_bytes() {
                text.replace(span.clone(), entry);
            }
        }
        text.append("animations", &new);
    } else if let Some(list) = list {
        let all: Vec<String> = entries.into_iter().flatten().chain(new).collect();
        if all.is_empty() {
            let root = text.root();
            text.remove(&root, &list);
        } else {
            text.replace(list.value, format!("[{}]", all.join(",")));
        }
    }
}

/// Animations with renamed bones in their extras: the action, its rig, and which of the file's it is.
type Renamed<'a> = BTreeMap<usize, (&'a Arc<Action>, &'a Rig, usize)>;

struct Writer<'a, 'r> {
    file: File<'a>,
    members: &'a [Member<'a>],
    data: Data,
    /// Nodes that are animated by what is written.
    touched: BTreeSet<u32>,
    /// Frames per second of new clips.
    fps: f32,
    report: &'r mut Report,
}

impl Writer<'_, '_> {
    /// Every animation as it is now.
    fn entries(
        &mut self,
        text: &JsonText,
        spans: &[Span],
        (fates, extras): (&mut BTreeMap<usize, Fate>, &Renamed),
    ) -> Vec<Option<String>> {
        let mut entries = Vec::with_capacity(spans.len());
        for (index, span) in spans.iter().enumerate() {
            let own = text.get(span);
            let renamed = extras.get(&index).and_then(|(action, rig, number)| {
                let entry = self.file.tree.get("animations")?.get(index)?;
                joint_names::in_extras(own, entry, action, (rig, *number))
            });
            let own = renamed.as_deref().map_or(own, str::as_bytes);
            entries.push(match fates.remove(&index) {
                Some(fate) => self.edited(index, own, fate),
                None => {
                    self.report.kept += 1;
                    Some(String::from_utf8_lossy(own).into_owned())
                }
            });
        }
        entries
    }

    /// An animation with its edits; none where nothing is left of it.
    fn edited(&mut self, index: usize, own: &[u8], fate: Fate) -> Option<String> {
        let mut text = JsonText::new(own);
        let root = text.root();
        if let Some(name) = fate.name {
            text.set(&root, "name", &quoted(name));
        }
        if fate.parts.is_empty() {
            self.report.kept += 1;
            return String::from_utf8(text.finish()).ok();
        }
        let entry = self.file.tree.get("animations")?.get(index)?;
        let known = known_times(entry, self.file);
        let start = start(&fate, self.members);
        let mut edits = Edits::default();
        let mut deviation = Deviation::default();
        let mut actions = Vec::new();
        for (place, part) in &fate.parts {
            let Some(member) = self.members.get(*place) else {
                continue;
            };
            let Part::Edited(action, keys) = part else {
                edits.channels.extend(gone(entry, member));
                continue;
            };
            let fps = action.source.as_ref().map_or(30.0, |source| source.fps);
            let timing = Timing {
                start,
                fps: fps.into(),
                known: if start < 0.0 { &[] } else { &known },
            };
            edits.later = -start / f64::from(fps);
            let none = |key| Some((place_of(member, key)?, None));
            edits.channels.extend(keys.iter().filter_map(none));
            let wanted = |key: &Key| keys.contains(key);
            let (channels, off) = member.figure.channels(action, wanted, &timing);
            self.put(member, channels, &mut edits.channels);
            deviation = deviation.max(off);
            actions.push((member, *action, fps));
        }
        let lists = animation::edit(entry, edits, self.file, &mut self.data);
        if lists.channels.is_empty() {
            self.report.removed += 1;
            return None;
        }
        if let [(member, action, fps)] = actions.as_slice() {
            let name = fate.name.or_else(|| entry.get("name")?.as_str());
            self.say(name.unwrap_or("A clip"), member, action, start);
            // Curves that came from channels alone come back from them, also where a bone rests elsewhere.
            let own = entry.pointer("/extras/keypose").is_some();
            let own = own || !member.figure.is_untouched(action);
            let extras = own.then(|| extras(member, action, (*fps, start), &lists));
            if let Some(extras) = extras.flatten() {
                extras::put(&mut text, &extras);
            }
        }
        match actions.is_empty() {
            true => self.report.kept += 1,
            false => self.report.count(deviation),
        }
        text.set(&root, "channels", &Value::from(lists.channels).to_string());
        text.set(&root, "samplers", &Value::from(lists.samplers).to_string());
        String::from_utf8(text.finish()).ok()
    }

    /// An action as a new animation; none where it moves nothing.
    fn added(&mut self, name: &str, action: &Action, member: usize) -> Option<String> {
        let member = self.members.get(member)?;
        let (start, fps) = match &action.source {
            // A copy of a clip keeps its time.
            Some(source) => (0f64.min(first_frame(&member.figure, action)?), source.fps),
            None => (first_frame(&member.figure, action)?, self.fps),
        };
        let timing = Timing {
            start,
            fps: fps.into(),
            known: &[],
        };
        let (channels, deviation) = member.figure.channels(action, |_| true, &timing);
        if channels.is_empty() {
            return None;
        }
        let mut edits = Edits::default();
        self.put(member, channels, &mut edits.channels);
        let lists = animation::edit(&Value::Null, edits, self.file, &mut self.data);
        self.report.count(deviation);
        self.say(name, member, action, 0.0);
        let extras = extras(member, action, (fps, start), &lists);
        let extras = extras.map_or_else(String::new, |extras| {
            format!(",\"extras\":{{\"keypose\":{extras}}}")
        });
        Some(format!(
            "{{\"name\":{},\"channels\":{},\"samplers\":{}{extras}}}",
            quoted(name),
            Value::from(lists.channels),
            Value::from(lists.samplers),
        ))
    }

    /// Hands channels over to the edits, by node.
    fn put(
        &mut self,
        member: &Member,
        channels: Vec<Channel>,
        edits: &mut BTreeMap<Place, Option<Sampler>>,
    ) {
        for channel in channels {
            if let Some(place) = place_of(member, &channel.key) {
                self.touched.insert(place.0);
                edits.insert(place, Some(channel.sampler));
            }
        }
    }

    /// Tells what of a written clip is not in its channels.
    fn say(&mut self, name: &str, member: &Member, action: &Action, start: f64) {
        let figure = &member.figure;
        let moving: usize = figure
            .curves(action.fcurves.iter())
            .values()
            .map(Vec::len)
            .sum();
        let others = action.fcurves.len() - moving;
        if others > 0 {
            self.report.notes.push(format!(
                "{name}: {others} channels that glTF has no place for are kept in its extras"
            ));
        }
        if start < 0.0 {
            let frames = -start;
            self.report.notes.push(format!(
                "{name}: starts before frame 0, so all of it is {frames} frames later in the file"
            ));
        }
        let mut setups = figure.rig.pose.setups.iter();
        if setups.any(|setup| setup.constraints.iter().any(|constraint| !constraint.mute)) {
            let rig = &figure.rig.name;
            self.report.warn(format!(
                "Constraints of {rig} are not written; the clips hold what is keyed"
            ));
        }
    }
}

/// The frame that becomes second 0 of an edited animation: 0, or where the first of its keys lies before.
fn start(fate: &Fate, members: &[Member]) -> f64 {
    let first = |(place, part): (&usize, &Part)| match part {
        Part::Edited(action, _) => first_frame(&members.get(*place)?.figure, action),
        Part::Gone => None,
    };
    fate.parts.iter().filter_map(first).fold(0.0, f64::min)
}

/// The frame of the first key with which an action moves a bone.
fn first_frame(figure: &Figure, action: &Action) -> Option<f64> {
    let curves = figure.curves(action.fcurves.iter()).into_values().flatten();
    let moving = curves.filter(|curve| !curve.mute);
    let first = moving.filter_map(|curve| Some(f64::from(curve.keys.first()?.frame())));
    first.reduce(f64::min)
}

/// What a channel moves, by its node.
fn place_of(member: &Member, (bone, path): &Key) -> Option<Place> {
    Some((*member.figure.nodes.get(*bone)?, *path))
}

/// Everything that an animation moves of a rig, taken out.
fn gone(entry: &Value, member: &Member) -> Vec<(Place, Option<Sampler>)> {
    let channels = entry.get("channels").and_then(Value::as_array);
    let places = channels
        .into_iter()
        .flatten()
        .filter_map(animation::place_of);
    let own = places.filter(|(node, _)| member.figure.nodes.contains(node));
    own.map(|place| (place, None)).collect()
}

/// All times of an animation, rising.
fn known_times(entry: &Value, file: File) -> Vec<f32> {
    let samplers = entry.get("samplers").and_then(Value::as_array);
    let samplers = samplers.into_iter().flatten();
    let mut known: Vec<f32> = samplers.flat_map(|sampler| times(sampler, file)).collect();
    known.sort_by(f32::total_cmp);
    known.dedup();
    known
}

/// The text of a clip's `extras.keypose`.
fn extras(
    member: &Member,
    action: &Action,
    (fps, start): (f32, f64),
    lists: &Lists,
) -> Option<String> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "frames are stored in 32 bits"
    )]
    let start_frame = start as f32;
    let meaning = Meaning {
        fps,
        start_frame,
        check: &lists.check,
        rig: member.number,
    };
    extras::text(action, member.figure.rig, &meaning)
}
