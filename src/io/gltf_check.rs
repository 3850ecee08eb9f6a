//! The mark by which a clip that Keypose wrote is known again: a hash of what its channels hold.
//!
//! Beside the channels an exported animation carries the keys they were made from (`extras.keypose`, whose
//! `check` is this mark). As long as the channels still give the same mark, these keys are the same motion,
//! only richer; where another program changed the channels, the mark differs and the channels count.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The mark in the making. Channels that move nodes are added in the order of the animation.
#[derive(Default)]
pub struct Check {
    hash: Sha256,
}

impl Check {
    /// Adds a channel: the path of its target, its interpolation as glTF writes it, and the bytes of its
    /// times and of its values. Channels that move no node are passed over.
    pub fn add(&mut self, path: &str, interpolation: &str, times: &[u8], values: &[u8]) {
        if !matches!(path, "translation" | "rotation" | "scale") {
            return;
        }
        for word in [path, interpolation] {
            self.hash.update(word.as_bytes());
            self.hash.update([0]);
        }
        self.hash.update(times);
        self.hash.update(values);
    }

    /// The mark: 32 hexadecimal digits, lower case.
    pub fn finish(self) -> String {
        let digest = self.hash.finalize();
        digest.iter().take(16).map(|b| format!("{b:02x}")).collect()
    }
}

/// The mark of an animation of a file; none where there is no such animation.
pub fn of_animation(tree: &Value, buffers: &[Vec<u8>], animation: usize) -> Option<String> {
    let entry = tree.get("animations")?.get(animation)?;
    let samplers = entry.get("samplers")?;
    let mut check = Check::default();
    for channel in entry.get("channels")?.as_array()? {
        let path = channel.pointer("/target/path").and_then(Value::as_str);
        let sampler = index(channel, "sampler").and_then(|sampler| samplers.get(sampler));
        if let (Some(path), Some(sampler)) = (path, sampler) {
            add_sampler(&mut check, (path, sampler), None, tree, buffers);
        }
    }
    Some(check.finish())
}

/// Adds a channel of a file by its path and its sampler; with other times than the file has, if they are given.
pub fn add_sampler(
    check: &mut Check,
    (path, sampler): (&str, &Value),
    times: Option<Vec<u8>>,
    tree: &Value,
    buffers: &[Vec<u8>],
) {
    let mode = sampler.get("interpolation").and_then(Value::as_str);
    let bytes = |field: &str| {
        let accessor = index(sampler, field).and_then(|at| tree.get("accessors")?.get(at));
        accessor.and_then(|accessor| element_bytes(accessor, tree, buffers))
    };
    let (times, values) = (times.or_else(|| bytes("input")), bytes("output"));
    check.add(
        path,
        mode.unwrap_or("LINEAR"),
        &times.unwrap_or_default(),
        &values.unwrap_or_default(),
    );
}

/// The bytes of an accessor's elements, one after the other; none where it has no bytes of its own.
pub fn element_bytes(accessor: &Value, tree: &Value, buffers: &[Vec<u8>]) -> Option<Vec<u8>> {
    let view = tree
        .get("bufferViews")?
        .get(index(accessor, "bufferView")?)?;
    let buffer = buffers.get(index(view, "buffer")?)?;
    let start = index(view, "byteOffset").unwrap_or(0);
    let end = start.checked_add(index(view, "byteLength")?)?;
    let bytes = buffer.get(start..end)?;
    let bytes = bytes.get(index(accessor, "byteOffset").unwrap_or(0)..)?;
    let component = match index(accessor, "componentType")? {
        5120 | 5121 => 1,
        5122 | 5123 => 2,
        _ => 4,
    };
    let width = match accessor.get("type")?.as_str()? {
        "SCALAR" => 1,
        "VEC3" => 3,
        "VEC4" => 4,
        "MAT4" => 16,
        _ => return None,
    };
    let size = component * width;
    let stride = index(view, "byteStride").unwrap_or(size).max(1);
    let rows = bytes.chunks(stride).take(index(accessor, "count")?);
    let whole = rows.map(|row| row.get(..size));
    Some(whole.collect::<Option<Vec<&[u8]>>>()?.concat())
}

fn index(value: &Value, field: &str) -> Option<usize> {
    usize::try_from(value.get(field)?.as_u64()?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn file(path: &str, mode: &str) -> Value {
        json!({
            "animations": [{
                "channels": [
                    {"sampler": 0, "target": {"node": 0, "path": path}},
                    {"sampler": 0, "target": {"node": 0, "path": "weights"}},
                ],
                "samplers": [{"input": 0, "output": 1, "interpolation": mode}],
            }],
            "accessors": [
                {"bufferView": 0, "componentType": 5126, "type": "SCALAR", "count": 2},
                {"bufferView": 0, "byteOffset": 4, "componentType": 5126, "type": "VEC3", "count": 1},
            ],
            "bufferViews": [{"buffer": 0, "byteLength": 16}],
        })
    }

    #[test]
    fn the_mark_follows_what_the_channels_hold() {
        let bytes = vec![(0..16).collect::<Vec<u8>>()];
        let mark = |path: &str, mode: &str, bytes: &[Vec<u8>]| {
            of_animation(&file(path, mode), bytes, 0).unwrap()
        };
        let plain = mark("scale", "LINEAR", &bytes);
        assert_eq!(plain.len(), 32);
        assert_ne!(plain, mark("translation", "LINEAR", &bytes));
        assert_ne!(plain, mark("scale", "STEP", &bytes));
        let mut other = bytes.clone();
        other[0][9] = 0;
        assert_ne!(plain, mark("scale", "LINEAR", &other));
        let mut check = Check::default();
        check.add("scale", "LINEAR", &bytes[0][..8], &bytes[0][4..16]);
        assert_eq!(plain, check.finish());
    }
}
