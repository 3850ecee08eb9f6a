//! An animation's entry of the tree: edited channels in the place of those before, everything else kept.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::io::gltf_check::{self, Check};
use crate::io::gltf_clip::Path;
use crate::io::gltf_export::data::{Data, bytes_of};
use crate::io::gltf_export::sampler::Sampler;

/// What a channel moves: a node, and which property of it.
pub type Place = (u32, Path);

/// What is to change in an animation.
#[derive(Default)]
pub struct Edits {
    /// The new keys of what it moves; none where it does not move that any more.
    pub channels: BTreeMap<Place, Option<Sampler>>,
    /// Seconds by which everything else is moved to later.
    pub later: f64,
}

/// An entry's lists after the edits.
pub struct Lists {
    /// Its channels.
    pub channels: Vec<Value>,
    /// Its samplers.
    pub samplers: Vec<Value>,
    /// The mark of what it moves.
    pub check: String,
}

/// The tree and the buffers of a file.
#[derive(Clone, Copy)]
pub struct File<'a> {
    /// The tree.
    pub tree: &'a Value,
    /// Its buffers.
    pub buffers: &'a [Vec<u8>],
}

/// Makes the edits; new numbers go to `data`.
pub fn edit(entry: &Value, edits: Edits, file: File, data: &mut Data) -> Lists {
    let list = |name: &str| {
        let items = entry.get(name).and_then(Value::as_array);
        items.cloned().unwrap_or_default()
    };
    let mut editor = Editor {
        samplers: list("samplers"),
        file,
        data,
        moved: BTreeMap::new(),
        later: edits.later,
        written: BTreeMap::new(),
    };
    let given = list("channels");
    let mut edited = edits.channels;
    let mut channels = Vec::with_capacity(given.len());
    let mut done = BTreeSet::new();
    for channel in &given {
        let place = place_of(channel);
        if place.is_some_and(|place| done.contains(&place)) {
            continue;
        }
        match place.and_then(|place| Some((place, edited.remove(&place)?))) {
            None => channels.push(editor.keep(channel)),
            Some((place, sampler)) => {
                done.insert(place);
                if let Some(sampler) = sampler {
                    channels.push(editor.replace(channel, &given, sampler));
                }
            }
        }
    }
    for ((node, path), sampler) in edited {
        if let Some(sampler) = sampler {
            let channel = json!({"target": {"node": node, "path": path.name()}});
            channels.push(editor.replace(&channel, &[], sampler));
        }
    }
    let check = editor.check(&channels);
    let samplers = compact(&mut channels, editor.samplers);
    Lists {
        channels,
        samplers,
        check,
    }
}

struct Editor<'a, 'd> {
    samplers: Vec<Value>,
    file: File<'a>,
    data: &'d mut Data,
    /// Samplers whose times were moved, and where to.
    moved: BTreeMap<usize, Vec<f32>>,
    later: f64,
    /// Samplers that hold new numbers.
    written: BTreeMap<usize, Sampler>,
}

impl Editor<'_, '_> {
    /// A channel that stays; only its times move where all do.
    fn keep(&mut self, channel: &Value) -> Value {
        if self.later > 0.0
            && let Some(index) = number(channel, "sampler")
            && !self.moved.contains_key(&index)
        {
            self.move_times(index);
        }
        channel.clone()
    }

    fn move_times(&mut self, index: usize) {
        let Some(sampler) = self.samplers.get(index) else {
            return;
        };
        let times: Vec<f32> = times(sampler, self.file)
            .into_iter()
            .map(|time| later(time, self.later))
            .collect();
        if times.is_empty() {
            return;
        }
        let input = self.data.times(&times);
        self.moved.insert(index, times);
        if let Some(fields) = self.samplers.get_mut(index).and_then(Value::as_object_mut) {
            fields.insert("input".to_owned(), json!(input));
        }
    }

    /// A channel with new keys. Its sampler takes them unless another channel has the same one.
    fn replace(&mut self, channel: &Value, given: &[Value], sampler: Sampler) -> Value {
        let own = number(channel, "sampler").filter(|index| {
            let uses = given
                .iter()
                .filter(|c| number(c, "sampler") == Some(*index));
            uses.count() == 1 && *index < self.samplers.len()
        });
        let index = own.unwrap_or(self.samplers.len());
        if index == self.samplers.len() {
            self.samplers.push(Value::Object(Map::new()));
        }
        let placed = self.data.place(&sampler);
        if let Some(fields) = self.samplers.get_mut(index).and_then(Value::as_object_mut) {
            fields.insert("input".to_owned(), json!(placed.input));
            fields.insert("output".to_owned(), json!(placed.output));
            fields.insert("interpolation".to_owned(), json!(sampler.mode.name()));
        }
        self.written.insert(index, sampler);
        let mut channel = channel.clone();
        if let Some(fields) = channel.as_object_mut() {
            fields.insert("sampler".to_owned(), json!(index));
        }
        channel
    }

    fn check(&self, channels: &[Value]) -> String {
        let mut check = Check::default();
        for channel in channels {
            let path = channel.pointer("/target/path").and_then(Value::as_str);
            let index = number(channel, "sampler");
            let (Some(path), Some(index)) = (path, index) else {
                continue;
            };
            if let Some(sampler) = self.written.get(&index) {
                let [times, values] = [&sampler.times, &sampler.values].map(|n| bytes_of(n));
                check.add(path, sampler.mode.name(), &times, &values);
            } else if let Some(sampler) = self.samplers.get(index) {
                let File { tree, buffers } = self.file;
                let times = self.moved.get(&index).map(|times| bytes_of(times));
                gltf_check::add_sampler(&mut check, (path, sampler), times, tree, buffers);
            }
        }
        check.finish()
    }
}

/// What a channel moves, if that is a node's place, rotation or scale.
pub fn place_of(channel: &Value) -> Option<Place> {
    let target = channel.get("target")?;
    let path = Path::of(target.get("path")?.as_str()?)?;
    let node = u32::try_from(target.get("node")?.as_u64()?).ok()?;
    Some((node, path))
}

/// The times of a sampler of a file; none where they cannot be read.
pub fn times(sampler: &Value, file: File) -> Vec<f32> {
    let accessor =
        number(sampler, "input").and_then(|index| file.tree.get("accessors")?.get(index));
    let bytes =
        accessor.and_then(|accessor| gltf_check::element_bytes(accessor, file.tree, file.buffers));
    let (words, _) = bytes.as_deref().unwrap_or_default().as_chunks::<4>();
    words.iter().map(|word| f32::from_le_bytes(*word)).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "files hold numbers of 32 bits"
)]
fn later(time: f32, seconds: f64) -> f32 {
    (f64::from(time) + seconds) as f32
}

/// Drops the samplers that no channel has, and counts the others anew.
fn compact(channels: &mut [Value], samplers: Vec<Value>) -> Vec<Value> {
    let used: BTreeSet<usize> = channels
        .iter()
        .filter_map(|channel| number(channel, "sampler"))
        .collect();
    if used.len() == samplers.len() {
        return samplers;
    }
    for channel in channels {
        let place = number(channel, "sampler").map(|index| used.range(..index).count());
        if let (Some(place), Some(fields)) = (place, channel.as_object_mut()) {
            fields.insert("sampler".to_owned(), json!(place));
        }
    }
    let kept = samplers.into_iter().enumerate();
    kept.filter_map(|(index, sampler)| used.contains(&index).then_some(sampler))
        .collect()
}

fn number(value: &Value, field: &str) -> Option<usize> {
    usize::try_from(value.get(field)?.as_u64()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::gltf_export::sampler::Mode;

    fn sampler() -> Sampler {
        Sampler {
            mode: Mode::Step,
            rotation: false,
            times: vec![0.0, 1.0],
            values: vec![0.0; 6],
        }
    }

    fn entry() -> Value {
        json!({
            "channels": [
                {"sampler": 0, "target": {"node": 4, "path": "scale"}, "extras": 1},
                {"sampler": 1, "target": {"node": 4, "path": "weights"}},
                {"sampler": 0, "target": {"node": 5, "path": "scale"}},
                {"sampler": 2, "target": {"node": 5, "path": "rotation"}},
            ],
            "samplers": [{"input": 0, "output": 1}, {"input": 0, "output": 2}, {"input": 0, "output": 3}],
        })
    }

    fn edited(channels: BTreeMap<Place, Option<Sampler>>) -> Lists {
        let tree = json!({});
        let file = File {
            tree: &tree,
            buffers: &[],
        };
        let edits = Edits {
            channels,
            later: 0.0,
        };
        edit(&entry(), edits, file, &mut Data::new(10, 3))
    }

    #[test]
    fn a_shared_sampler_is_left_to_the_others() {
        let lists = edited([((4, Path::Scale), Some(sampler()))].into());
        assert_eq!(lists.channels[0]["sampler"], 3);
        assert_eq!(lists.channels[0]["extras"], 1);
        assert_eq!(lists.channels[2], entry()["channels"][2]);
        let written = json!({"input": 10, "output": 11, "interpolation": "STEP"});
        assert_eq!(lists.samplers[3], written);
        assert_eq!(
            lists.samplers[..3],
            entry()["samplers"].as_array().unwrap()[..]
        );
    }

    #[test]
    fn what_does_not_move_any_more_goes_and_what_is_new_comes_last() {
        let lists = edited(
            [
                ((4, Path::Scale), None),
                ((5, Path::Scale), None),
                ((9, Path::Translation), Some(sampler())),
            ]
            .into(),
        );
        let order: Vec<&Value> = lists
            .channels
            .iter()
            .map(|c| &c["target"]["path"])
            .collect();
        assert_eq!(order, ["weights", "rotation", "translation"]);
        let numbers: Vec<&Value> = lists.channels.iter().map(|c| &c["sampler"]).collect();
        assert_eq!(numbers, [0, 1, 2]);
        assert_eq!(
            (&lists.samplers[0]["output"], &lists.samplers[1]["output"]),
            (&json!(2), &json!(3))
        );
    }
}
