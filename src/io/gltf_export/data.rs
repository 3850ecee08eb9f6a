//! Numbers that are added to a file: runs of bytes behind what is there, each with its view, and the accessors.

use std::collections::BTreeMap;

use serde_json::json;

use crate::io::gltf_export::sampler::Sampler;

/// What a run of bytes is for: a view may serve one purpose alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// Times and values of animations.
    Animation,
    /// Matrices that skins bind with.
    Binding,
}

/// Bytes to add, and what refers to them.
pub struct Data {
    /// The bytes, a run for each purpose there is.
    runs: Vec<(Purpose, Vec<u8>)>,
    /// The accessors of the bytes, as texts of the tree.
    pub accessors: Vec<String>,
    /// How many accessors the file has before these.
    first: usize,
    /// Which view the first run gets.
    view: usize,
    /// Accessors of times, by their bytes.
    times: BTreeMap<Vec<u8>, usize>,
}

/// Where a sampler's numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The accessor of its times.
    pub input: usize,
    /// The accessor of its values.
    pub output: usize,
}

impl Data {
    /// Nothing yet, for a file that has this many accessors and views.
    pub fn new(accessors: usize, views: usize) -> Self {
        Self {
            runs: Vec::new(),
            accessors: Vec::new(),
            first: accessors,
            view: views,
            times: BTreeMap::new(),
        }
    }

    /// Adds the numbers of a sampler; times that are there already are shared.
    pub fn place(&mut self, sampler: &Sampler) -> Placed {
        Placed {
            input: self.times(&sampler.times),
            output: self.accessor(
                Purpose::Animation,
                if sampler.rotation { "VEC4" } else { "VEC3" },
                sampler.width(),
                &sampler.values,
            ),
        }
    }

    /// Adds times.
    pub fn times(&mut self, times: &[f32]) -> usize {
        let key = bytes_of(times);
        if let Some(known) = self.times.get(&key) {
            return *known;
        }
        let index = self.accessor(Purpose::Animation, "SCALAR", 1, times);
        self.times.insert(key, index);
        index
    }

    /// Adds matrices of 16 numbers.
    pub fn matrices(&mut self, numbers: &[f32]) -> usize {
        self.accessor(Purpose::Binding, "MAT4", 16, numbers)
    }

    /// Adds numbers, `width` of them an element. Those of one alone are times, whose bounds are told.
    fn accessor(&mut self, purpose: Purpose, kind: &str, width: usize, numbers: &[f32]) -> usize {
        let (view, offset) = self.put(purpose, numbers);
        let mut accessor = json!({
            "bufferView": view,
            "byteOffset": offset,
            "componentType": 5126,
            "count": numbers.len() / width,
            "type": kind,
        });
        if width == 1 {
            let bound = |n: Option<f32>| json!([n.map(f64::from).unwrap_or_default()]);
            let least = numbers.iter().copied().reduce(f32::min);
            let most = numbers.iter().copied().reduce(f32::max);
            if let Some(fields) = accessor.as_object_mut() {
                fields.insert("min".to_owned(), bound(least));
                fields.insert("max".to_owned(), bound(most));
            }
        }
        self.accessors.push(accessor.to_string());
        self.first + self.accessors.len() - 1
    }

    /// Puts numbers into the run for a purpose; gives its view, and where in it they are.
    fn put(&mut self, purpose: Purpose, numbers: &[f32]) -> (usize, usize) {
        let mut new = bytes_of(numbers);
        let known = self.runs.iter_mut().zip(self.view..);
        let mut known = known.filter(|((of, _), _)| *of == purpose);
        if let Some(((_, bytes), view)) = known.next() {
            let offset = bytes.len();
            bytes.append(&mut new);
            return (view, offset);
        }
        self.runs.push((purpose, new));
        (self.view + self.runs.len() - 1, 0)
    }

    /// All bytes, one run behind the other.
    pub fn bytes(&self) -> Vec<u8> {
        let runs = self.runs.iter().flat_map(|(_, bytes)| bytes);
        runs.copied().collect()
    }

    /// The views of the runs, where the first one starts at `offset` of a buffer.
    pub fn views(&self, buffer: usize, mut offset: usize) -> Vec<String> {
        let view = |(_, bytes): &(Purpose, Vec<u8>)| {
            let length = bytes.len();
            let view = json!({"buffer": buffer, "byteOffset": offset, "byteLength": length});
            offset += length;
            view.to_string()
        };
        self.runs.iter().map(view).collect()
    }
}

/// Numbers as a file holds them.
pub fn bytes_of(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}
