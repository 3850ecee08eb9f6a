//! The container: a `.glb` or a `.gltf`, its tree and its buffers, before anything is made of them.
//!
//! Whatever the bytes are, the answer is a tree with buffers as long as the tree says, or one error line.

use std::cell::OnceCell;
use std::ops::Range;
use std::path::Path;

use gltf::Document;
use gltf::buffer::{Buffer, Source as Kept};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::io::error::Error;
use crate::io::gltf_import::place::{Fault, Within};
use crate::io::gltf_import::requirements;
use crate::io::gltf_import::uri::{self, MAX_FILE};

/// A file whose buffers are not read yet.
#[derive(Debug)]
pub struct Source<'a> {
    /// Where in the bytes the text of the tree is.
    pub text: Range<usize>,
    path: &'a Path,
    bytes: &'a [u8],
    /// The binary chunk of a `.glb`.
    binary: Option<&'a [u8]>,
    tree: OnceCell<Value>,
}

/// The buffers of a file.
#[derive(Debug)]
pub struct Buffers {
    /// One per buffer of the tree, as long as the tree says; empty where only compressed data exists.
    pub buffers: Vec<Vec<u8>>,
    /// SHA-256 of the file and of the buffers beside it, lower-case hexadecimal.
    pub sha256: String,
}

/// The hash of a file, to go on with its buffers.
pub fn hash(bytes: &[u8]) -> Sha256 {
    let mut hash = Sha256::new();
    hash.update(bytes);
    hash
}

/// Takes the bytes of a file apart; `path` only names it.
pub fn open<'a>(path: &'a Path, bytes: &'a [u8]) -> Result<Source<'a>, Error> {
    let parts = if bytes.starts_with(b"glTF") {
        glb(bytes)
    } else {
        json_text(bytes).map(|text| (text, None))
    };
    let (text, binary) = parts.map_err(|fault| Error::content(path, fault))?;
    Ok(Source {
        text,
        path,
        bytes,
        binary,
        tree: OnceCell::new(),
    })
}

impl Source<'_> {
    /// The text of the tree.
    pub fn text(&self) -> &[u8] {
        self.bytes.get(self.text.clone()).unwrap_or_default()
    }

    /// The tree, whatever it holds. Making it takes long, and most files do without.
    pub fn tree(&self) -> Result<&Value, Error> {
        if let Some(tree) = self.tree.get() {
            return Ok(tree);
        }
        let tree = parse(self.path, self.text())?;
        Ok(self.tree.get_or_init(|| tree))
    }

    /// An error in this file.
    pub fn refused(&self, fault: Fault) -> Error {
        Error::content(self.path, fault)
    }

    /// Reads the buffers of the document; those that are files are looked for in `folder`. The hash is that of
    /// the file, and goes on with those files.
    pub fn buffers(
        &self,
        document: &Document,
        folder: &Path,
        mut hash: Sha256,
    ) -> Result<Buffers, Fault> {
        let buffers = self.read_buffers(document, folder, &mut hash)?;
        let sha256 = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        Ok(Buffers { buffers, sha256 })
    }

    fn read_buffers(
        &self,
        document: &Document,
        folder: &Path,
        hash: &mut Sha256,
    ) -> Result<Vec<Vec<u8>>, Fault> {
        let mut buffers = Vec::new();
        let mut total = 0u64;
        for buffer in document.buffers() {
            let read = self.read_buffer(&buffer, folder, hash);
            let bytes = read.within(format_args!("buffer {}", buffer.index()))?;
            total += bytes.len() as u64;
            if total > MAX_FILE {
                return Err("the buffers together are larger than 2 GiB".to_owned());
            }
            buffers.push(bytes);
        }
        Ok(buffers)
    }

    fn read_buffer(
        &self,
        buffer: &Buffer,
        folder: &Path,
        hash: &mut Sha256,
    ) -> Result<Vec<u8>, Fault> {
        let length = buffer.length();
        let chunk = self.binary.filter(|_| buffer.index() == 0);
        let mut bytes = match (buffer.source(), chunk) {
            (Kept::Uri(uri), _) => {
                let fetched =
                    uri::fetch(folder, uri).map_err(|why| format!("{} {why}", uri::shown(uri)))?;
                if fetched.external {
                    hash.update(&fetched.bytes);
                }
                fetched.bytes
            }
            (Kept::Bin, Some(chunk)) => chunk.get(..length).unwrap_or(chunk).to_vec(),
            (Kept::Bin, None) if is_fallback(buffer) => Vec::new(),
            (Kept::Bin, None) => return Err("has neither a uri nor a binary chunk".to_owned()),
        };
        if bytes.len() < length && !is_fallback(buffer) {
            let has = bytes.len();
            return Err(format!("should have {length} bytes and has {has}"));
        }
        bytes.truncate(length);
        Ok(bytes)
    }
}

fn parse(path: &Path, text: &[u8]) -> Result<Value, Error> {
    serde_json::from_slice(text).map_err(|error| {
        let whole = error.to_string();
        let message = whole.split(" at line ").next().unwrap_or_default();
        Error::Text {
            path: path.to_owned(),
            line: error.line(),
            column: error.column(),
            message: format!("not valid JSON: {message}"),
        }
    })
}

/// The bytes of a `.gltf`, or what kind of file this is instead.
fn json_text(bytes: &[u8]) -> Result<Range<usize>, Fault> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = text.trim_ascii_start();
    if start.first() == Some(&b'{') {
        return Ok(bytes.len() - text.len()..bytes.len());
    }
    let has = |mark: &[u8]| start.starts_with(mark);
    let kind = if start.is_empty() {
        return Err("the file is empty".to_owned());
    } else if has(b"HIERARCHY") {
        "this is BVH motion capture, which cannot be read yet"
    } else if has(b"Kaydara FBX") || has(b"; FBX") {
        "this is an FBX file, which cannot be read: convert it to glTF (.glb)"
    } else if has(b"BLENDER") {
        "this is a Blender file: export it from there as glTF (.glb)"
    } else if has(b"PXR-USDC") || has(b"#usda") {
        "this is a USD file, which cannot be read: convert it to glTF (.glb)"
    } else if has(b"<?xml") || has(b"<COLLADA") {
        "this is an XML file, not glTF: convert it to glTF (.glb)"
    } else {
        "not a glTF file: it starts neither with \"glTF\" nor with \"{\""
    };
    Err(kind.to_owned())
}

/// The text and the binary chunk of a `.glb`.
///
/// Chunks of other kinds are passed over, wherever they stand, as glTF asks; `gltf::Glb` refuses them.
fn glb(bytes: &[u8]) -> Result<(Range<usize>, Option<&[u8]>), Fault> {
    const JSON: u32 = 0x4E4F_534A;
    const BIN: u32 = 0x004E_4942;
    let has = bytes.len();
    let short = || format!("the file is cut short: it ends after {has} bytes");
    let version = u32_at(bytes, 4).ok_or_else(short)?;
    if version != 2 {
        return Err(format!("GLB version {version}; only version 2 can be read"));
    }
    let length = u32_at(bytes, 8).ok_or_else(short)? as usize;
    let Some(bytes) = bytes.get(..length) else {
        return Err(format!(
            "the file is cut short: it should have {length} bytes and has {has}"
        ));
    };
    let (mut json, mut binary, mut start) = (None, None, 12);
    while let (Some(size), Some(kind)) = (u32_at(bytes, start), u32_at(bytes, start + 4)) {
        let begin = start + 8;
        let end = begin.checked_add(size as usize);
        let Some(chunk) = end.and_then(|end| bytes.get(begin..end)) else {
            return Err(format!(
                "the chunk at byte {start} reaches past the end of the file"
            ));
        };
        match kind {
            JSON if json.is_none() => {
                let padding = chunk.iter().rev().take_while(|&&byte| byte == 0).count();
                json = Some(begin..begin + chunk.len() - padding);
            }
            BIN if binary.is_none() => binary = Some(chunk),
            _ => {}
        }
        // Chunks are padded to four bytes; a size that is not a multiple of four forgot to count them.
        start = begin + (size as usize).next_multiple_of(4);
    }
    let json = json.ok_or_else(|| "the GLB file has no JSON chunk".to_owned())?;
    Ok((json, binary))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(word.try_into().ok()?))
}

/// Whether the buffer only reserves room for what a compression extension would unpack.
fn is_fallback(buffer: &Buffer) -> bool {
    let mut names = requirements::MESHOPT.into_iter();
    names.any(|name| buffer.extension_value(name).is_some())
}
