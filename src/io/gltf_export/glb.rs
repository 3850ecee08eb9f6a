//! The binary container: chunks taken out of it, and put together again.

use std::ops::Range;

const MAGIC: &[u8; 4] = b"glTF";
const JSON: u32 = 0x4E4F_534A;
const BIN: u32 = 0x004E_4942;

/// Whether the bytes are those of a binary container.
pub fn is_glb(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// A container taken apart.
#[derive(Debug, Default)]
pub struct Glb {
    /// The text of the tree, padding included.
    pub json: Range<usize>,
    /// The binary chunk, padding included.
    pub binary: Option<Range<usize>>,
    /// Chunks of other kinds, in their order.
    pub others: Vec<(u32, Range<usize>)>,
}

impl Glb {
    /// Takes the bytes of a container apart; they were read before, so they are known to be sound.
    pub fn read(bytes: &[u8]) -> Self {
        let mut glb = Self::default();
        let mut seen_json = false;
        let length = word(bytes, 8).unwrap_or_default();
        let bytes = bytes.get(..length).unwrap_or(bytes);
        let mut at = 12;
        while let (Some(size), Some(kind)) = (word(bytes, at), word(bytes, at + 4)) {
            let chunk = at + 8..(at + 8 + size).min(bytes.len());
            match u32::try_from(kind).unwrap_or_default() {
                JSON if !seen_json => {
                    glb.json = chunk;
                    seen_json = true;
                }
                BIN if glb.binary.is_none() => glb.binary = Some(chunk),
                kind => glb.others.push((kind, chunk)),
            }
            at += 8 + size.next_multiple_of(4);
        }
        glb
    }
}

/// Puts a container together: the tree, the binary chunk where there is one, then the others.
pub fn write(json: &[u8], binary: Option<&[u8]>, others: &[(u32, &[u8])]) -> Option<Vec<u8>> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(2u32.to_le_bytes());
    bytes.extend([0; 4]);
    put(&mut bytes, JSON, json, b' ')?;
    if let Some(binary) = binary {
        put(&mut bytes, BIN, binary, 0)?;
    }
    for (kind, chunk) in others {
        put(&mut bytes, *kind, chunk, 0)?;
    }
    let length = u32::try_from(bytes.len()).ok()?;
    bytes.get_mut(8..12)?.copy_from_slice(&length.to_le_bytes());
    Some(bytes)
}

fn put(bytes: &mut Vec<u8>, kind: u32, chunk: &[u8], padding: u8) -> Option<()> {
    let size = chunk.len().next_multiple_of(4);
    bytes.extend(u32::try_from(size).ok()?.to_le_bytes());
    bytes.extend(kind.to_le_bytes());
    bytes.extend_from_slice(chunk);
    bytes.resize(bytes.len() + size - chunk.len(), padding);
    Some(())
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let word = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(word.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_together_comes_apart_again() {
        let bytes = write(b"{}", Some(b"abcde"), &[(7, b"xyz")]).unwrap();
        assert_eq!(bytes.len() % 4, 0);
        assert_eq!(word(&bytes, 8), Some(bytes.len()));
        let glb = Glb::read(&bytes);
        assert_eq!(bytes.get(glb.json), Some(&b"{}  "[..]));
        assert_eq!(bytes.get(glb.binary.unwrap()), Some(&b"abcde\0\0\0"[..]));
        let (kind, other) = glb.others.into_iter().next().unwrap();
        assert_eq!((kind, bytes.get(other)), (7, Some(&b"xyz\0"[..])));
    }
}
