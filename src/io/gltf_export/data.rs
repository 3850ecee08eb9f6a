//! Numbers that are added to a file: one run of bytes behind what is there, with its view and its accessors.

use std::collections::BTreeMap;

use serde_json::json;

use crate::io::gltf_export::sampler::Sampler;

/// Bytes to add, and what refers to them.
pub struct Data {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The accessors of the bytes, as texts of the tree.
    pub accessors: Vec<String>,
    /// How many accessors the file has before these.
    first: usize,
    /// Which view the bytes get.
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
            bytes: Vec::new(),
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
                if sampler.rotation { "VEC4" } else { "VEC3" },
                sampler.width(),
                &sampler.values,
                false,
            ),
        }
    }

    /// Adds times.
    pub fn times(&mut self, times: &[f32]) -> usize {
        let key = bytes_of(times);
        if let Some(known) = self.times.get(&key) {
            return *known;
        }
        let index = self.accessor("SCALAR", 1, times, true);
        self.times.insert(key, index);
        index
    }

    /// Adds matrices of 16 numbers.
    pub fn matrices(&mut self, numbers: &[f32]) -> usize {
        self.accessor("MAT4", 16, numbers, false)
    }

    fn accessor(&mut self, kind: &str, width: usize, numbers: &[f32], bounds: bool) -> usize {
        let mut accessor = json!({
            "bufferView": self.view,
            "byteOffset": self.bytes.len(),
            "componentType": 5126,
            "count": numbers.len() / width,
            "type": kind,
        });
        if bounds {
            let bound = |n: Option<f32>| json!([n.map(f64::from).unwrap_or_default()]);
            let least = numbers.iter().copied().reduce(f32::min);
            let most = numbers.iter().copied().reduce(f32::max);
            if let Some(fields) = accessor.as_object_mut() {
                fields.insert("min".to_owned(), bound(least));
                fields.insert("max".to_owned(), bound(most));
            }
        }
        self.bytes.extend(bytes_of(numbers));
        self.accessors.push(accessor.to_string());
        self.first + self.accessors.len() - 1
    }

    /// The view of the bytes, which start at `offset` of a buffer.
    pub fn view(&self, buffer: usize, offset: usize) -> String {
        let length = self.bytes.len();
        json!({"buffer": buffer, "byteOffset": offset, "byteLength": length}).to_string()
    }
}

/// Numbers as a file holds them.
pub fn bytes_of(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}
