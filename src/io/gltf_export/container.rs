//! Putting the file together: the changed tree and the added bytes as a `.glb` or a `.gltf`.
//!
//! Bytes that were there stay where they are in their buffers. A `.glb` has the first buffer inside; as a
//! `.gltf` it lies beside the file.

use std::path::Path;

use serde_json::Value;

use crate::io::gltf_export::data::Data;
use crate::io::gltf_export::glb::{self, Glb};
use crate::io::gltf_export::json_text::{JsonText, Member, Span, quoted};

/// A file as it was.
pub struct Source<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its buffers.
    pub buffers: &'a [Vec<u8>],
    /// Its chunks, if it is a `.glb`.
    glb: Option<Glb>,
}

/// A file in the making.
pub struct Made {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The buffer beside it.
    pub beside: Option<Vec<u8>>,
}

impl<'a> Source<'a> {
    /// Takes a file apart.
    pub fn new(bytes: &'a [u8], buffers: &'a [Vec<u8>]) -> Self {
        let glb = glb::is_glb(bytes).then(|| Glb::read(bytes));
        Self {
            bytes,
            buffers,
            glb,
        }
    }

    /// Whether it is a `.glb`.
    pub fn is_glb(&self) -> bool {
        self.glb.is_some()
    }

    /// The text of its tree.
    pub fn text(&self) -> &'a [u8] {
        match &self.glb {
            Some(glb) => {
                let text = self.bytes.get(glb.json.clone()).unwrap_or_default();
                let end = text.iter().rposition(|&byte| byte != 0);
                text.get(..end.map_or(0, |end| end + 1)).unwrap_or(text)
            }
            None => {
                let bytes = self.bytes;
                bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
            }
        }
    }

    /// The binary chunk.
    fn binary(&self) -> Option<&'a [u8]> {
        let range = self.glb.as_ref()?.binary.clone()?;
        self.bytes.get(range)
    }

    /// Puts it together as a `.glb`, with what is added. Nothing where it is too large for one.
    pub fn as_glb(&self, mut text: JsonText, data: &Data) -> Option<Vec<u8>> {
        let first = Buffer::first(&text);
        let inside = match (&first, self.is_glb()) {
            (Some(first), true) => first.uri.is_none().then(|| self.binary()).flatten(),
            (Some(_), false) => self.buffers.first().map(Vec::as_slice),
            (None, _) => Some(&[][..]),
        };
        let others: Vec<(u32, &[u8])> = self.glb.as_ref().map_or_else(Vec::new, |glb| {
            let others = glb.others.iter();
            others
                .filter_map(|(kind, range)| Some((*kind, self.bytes.get(range.clone())?)))
                .collect()
        });
        let Some(inside) = inside else {
            add_buffer(&mut text, data, self.buffers.len());
            return glb::write(&text.finish(), self.binary(), &others);
        };
        let mut binary = inside.to_vec();
        let grown = grow(&mut text, &mut binary, first.as_ref(), data);
        if let (Some(first), false) = (&first, self.is_glb())
            && let Some(uri) = &first.uri
        {
            text.remove(&first.object, uri);
        }
        let any = grown || first.is_some();
        glb::write(&text.finish(), any.then_some(&binary), &others)
    }

    /// Puts it together as a `.gltf`, with what is added; `name` is that of the buffer beside it.
    pub fn as_gltf(&self, mut text: JsonText, data: &Data, name: &str) -> Made {
        let first = Buffer::first(&text).filter(|first| first.uri.is_none());
        let (Some(first), Some(inside)) = (first, self.binary()) else {
            add_buffer(&mut text, data, self.buffers.len());
            return Made {
                bytes: text.finish(),
                beside: None,
            };
        };
        let mut binary = inside.to_vec();
        if !grow(&mut text, &mut binary, Some(&first), data) {
            // The padding of the chunk is no part of the buffer.
            binary.truncate(self.buffers.first().map_or(binary.len(), Vec::len));
        }
        text.set(&first.object, "uri", &quoted(&encoded(name)));
        Made {
            bytes: text.finish(),
            beside: Some(binary),
        }
    }
}

/// The first buffer of a tree.
struct Buffer {
    object: Span,
    uri: Option<Member>,
}

impl Buffer {
    fn first(text: &JsonText) -> Option<Self> {
        let list = text.member(&text.root(), "buffers")?;
        let object = text.items(&list.value).into_iter().next()?;
        let uri = text.member(&object, "uri");
        Some(Self { object, uri })
    }
}

/// Adds the bytes behind those of the first buffer; whether there were any.
fn grow(text: &mut JsonText, binary: &mut Vec<u8>, first: Option<&Buffer>, data: &Data) -> bool {
    let added = data.bytes();
    if added.is_empty() {
        return false;
    }
    binary.resize(binary.len().next_multiple_of(4), 0);
    let start = binary.len();
    binary.extend_from_slice(&added);
    let length = binary.len().to_string();
    match first {
        Some(first) => text.set(&first.object, "byteLength", &length),
        None => text.append("buffers", &[format!("{{\"byteLength\":{length}}}")]),
    }
    text.append("bufferViews", &data.views(0, start));
    text.append("accessors", &data.accessors);
    true
}

/// Adds the bytes as a buffer of their own, within the text.
fn add_buffer(text: &mut JsonText, data: &Data, buffers: usize) {
    let added = data.bytes();
    if added.is_empty() {
        return;
    }
    let uri = quoted(&data_uri(&added));
    let length = added.len();
    text.append(
        "buffers",
        &[format!("{{\"byteLength\":{length},\"uri\":{uri}}}")],
    );
    text.append("bufferViews", &data.views(buffers, 0));
    text.append("accessors", &data.accessors);
}

/// The bytes as a URI, in base64.
fn data_uri(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = "data:application/octet-stream;base64,".to_owned();
    for three in bytes.chunks(3) {
        let all = three
            .iter()
            .fold(0u32, |all, &byte| all << 8 | u32::from(byte));
        let bits = all << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = usize::try_from(bits >> (18 - 6 * place) & 63).ok();
            let digit = digit.and_then(|digit| DIGITS.get(digit));
            let digit = digit.filter(|_| place <= three.len());
            text.push(digit.map_or('=', |&digit| digit.into()));
        }
    }
    text
}

/// A file name as a URI has it.
fn encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let letter = |byte: u8| {
        if plain(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    name.bytes().map(letter).collect()
}

/// How many items a list of a tree has.
pub fn count(tree: &Value, list: &str) -> usize {
    tree.get(list).and_then(Value::as_array).map_or(0, Vec::len)
}

/// Whether a path is that of a `.gltf`.
pub fn is_gltf(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("gltf"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_padded() {
        assert!(data_uri(b"fooba").ends_with(",Zm9vYmE="));
        assert!(data_uri(b"f").ends_with(",Zg=="));
        assert_eq!(encoded("a b.bin"), "a%20b.bin");
    }
}
