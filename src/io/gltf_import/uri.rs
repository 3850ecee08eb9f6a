//! What a URI inside a file may reach: data written into it, and files in its own folder and below.
//!
//! A model from somewhere must not read other files: no absolute paths, no way up, no links out, no network.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 1 << 31;

/// The bytes that a URI stands for, and whether they came from another file.
pub struct Fetched {
    /// The content.
    pub bytes: Vec<u8>,
    /// Whether another file holds them.
    pub external: bool,
}

/// Reads what `uri` stands for, seen from `folder`. The error says why not, without the URI.
pub fn fetch(folder: &Path, uri: &str) -> Result<Fetched, String> {
    if let Some(data) = strip_scheme(uri, "data:") {
        return Ok(Fetched {
            bytes: data_bytes(data)?,
            external: false,
        });
    }
    let path = inside(folder, &percent_decoded(uri)?)?;
    Ok(Fetched {
        bytes: read_file(&path)?,
        external: true,
    })
}

/// The path that a URI means, relative to the file that holds it; none for data and for what must not be read.
pub fn relative(uri: &str) -> Option<PathBuf> {
    let path = percent_decoded(uri).ok()?.replace('\\', "/");
    let ordinary = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    let harmless = !path.is_empty() && !path.contains([':', '\0']);
    let path = PathBuf::from(path);
    (harmless && path.components().all(ordinary)).then_some(path)
}

/// A URI as an error line shows it: the beginning of it.
pub fn shown(uri: &str) -> String {
    let short: String = uri.chars().take(60).collect();
    let more = if short.len() < uri.len() { "…" } else { "" };
    format!("{short:?}{more}")
}

/// Reads an ordinary file that is not too large.
pub fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let read = |path: &Path| -> std::io::Result<Result<Vec<u8>, String>> {
        // Opening a pipe or a device could wait for ever, so the kind is asked first.
        let meta = std::fs::metadata(path)?;
        if !meta.is_file() {
            return Ok(Err("is not a file".to_owned()));
        }
        if meta.len() > MAX_FILE {
            return Ok(Err("is larger than 2 GiB".to_owned()));
        }
        let mut bytes = Vec::new();
        File::open(path)?.take(MAX_FILE).read_to_end(&mut bytes)?;
        Ok(Ok(bytes))
    };
    read(path).unwrap_or_else(|error| Err(format!("cannot be read: {error}")))
}

fn strip_scheme<'a>(uri: &'a str, scheme: &str) -> Option<&'a str> {
    let head = uri.get(..scheme.len())?;
    head.eq_ignore_ascii_case(scheme)
        .then(|| uri.get(scheme.len()..))?
}

/// The file of a relative path that stays inside the folder.
fn inside(folder: &Path, relative: &str) -> Result<PathBuf, String> {
    const REFUSED: &str = "only files in the model's own folder are read";
    // A colon makes a URL or, on some systems, a drive; a backslash is a separator on some systems only.
    if relative.contains(':') || relative.contains('\0') {
        return Err(REFUSED.to_owned());
    }
    let relative = relative.replace('\\', "/");
    let ordinary = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if relative.is_empty() || !Path::new(&relative).components().all(ordinary) {
        return Err(REFUSED.to_owned());
    }
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let missing = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "is not in the model's folder".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
    let root = folder.canonicalize().map_err(missing)?;
    let path = root.join(relative).canonicalize().map_err(missing)?;
    if !path.starts_with(&root) {
        return Err(REFUSED.to_owned());
    }
    Ok(path)
}

fn percent_decoded(uri: &str) -> Result<String, String> {
    String::from_utf8(percent_bytes(uri)).map_err(|_| "is not a valid name".to_owned())
}

fn percent_bytes(uri: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(uri.len());
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        let mut after = rest.clone();
        let digits = (after.next().and_then(hex), after.next().and_then(hex));
        match digits {
            (Some(high), Some(low)) if byte == b'%' => {
                bytes.push(high << 4 | low);
                rest = after;
            }
            // A lone percent sign is found in file names that were never encoded.
            _ => bytes.push(byte),
        }
    }
    bytes
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|d| u8::try_from(d).ok())
}

/// The content of a data URI, after its `data:`.
fn data_bytes(data: &str) -> Result<Vec<u8>, String> {
    let (kind, content) = data
        .split_once(',')
        .ok_or_else(|| "the data URI has no comma".to_owned())?;
    if kind.trim_end().to_ascii_lowercase().ends_with(";base64") {
        return base64(content);
    }
    Ok(percent_bytes(content))
}

/// Base64, standard or URL-safe; padding may be missing, white space is skipped.
fn base64(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' | b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => return Err("the data URI is not valid base64".to_owned()),
        };
        bits = (bits << 6 | u32::from(value)) & 0xFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xFF) as u8);
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_reads_with_and_without_padding() {
        assert_eq!(base64("Zm9vYmE=").unwrap(), b"fooba");
        assert_eq!(base64("Zm9v\nYg").unwrap(), b"foob");
        assert!(base64("Zm9*").is_err());
    }

    #[test]
    fn names_are_percent_decoded() {
        assert_eq!(percent_decoded("a%20b%2e.bin").unwrap(), "a b..bin");
        assert_eq!(percent_decoded("100%.bin").unwrap(), "100%.bin");
    }

    #[test]
    fn nothing_outside_the_folder_is_named() {
        for uri in [
            "/etc/passwd",
            "../x",
            "a/../../x",
            "%2e%2e/x",
            "http://a/b",
            "C:\\x",
            "file:///x",
        ] {
            let decoded = percent_decoded(uri).unwrap();
            let error = inside(Path::new("."), &decoded).unwrap_err();
            assert!(error.starts_with("only files"), "{uri}: {error}");
        }
    }
}
