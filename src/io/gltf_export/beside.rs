//! The files that a model names, pictures and buffers: they go along where the model goes to another folder.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::io::error::Error;
use crate::io::gltf_import::uri;
use crate::model::rig::ModelFile;

/// A file that goes along.
#[derive(Debug)]
pub struct Beside {
    /// Where it goes.
    pub path: PathBuf,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The files that a model names: buffers from number `first` on, and pictures, which are read from `folder`. What
/// is not there is told.
pub fn named(
    file: &ModelFile,
    first: usize,
    (folder, to): (&Path, &Path),
    notes: &mut Vec<String>,
) -> Vec<Beside> {
    let mut files = Vec::new();
    let mut words = file.bytes.windows(5);
    if same_folder(folder, to) || !words.any(|word| word == b"\"uri\"") {
        return files;
    }
    let (tree, buffers) = (&*file.json, &file.buffers);
    let uris = |list: &str| {
        let items = tree.get(list).and_then(Value::as_array);
        let items = items.into_iter().flatten();
        let uri = |item: &Value| item.get("uri").and_then(Value::as_str).map(str::to_owned);
        items.map(uri).collect::<Vec<_>>()
    };
    for (uri, bytes) in uris("buffers").into_iter().zip(buffers).skip(first) {
        if let Some(path) = uri.and_then(|uri| uri::relative(&uri)) {
            let bytes = bytes.clone();
            files.push(Beside {
                path: to.join(path),
                bytes,
            });
        }
    }
    for uri in uris("images").into_iter().flatten() {
        let Some(path) = uri::relative(&uri) else {
            continue;
        };
        match uri::fetch(folder, &uri) {
            Ok(fetched) => files.push(Beside {
                path: to.join(path),
                bytes: fetched.bytes,
            }),
            Err(why) => notes.push(format!("The picture {} {why}", uri::shown(&uri))),
        }
    }
    files
}

fn same_folder(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| {
        let path = if path == Path::new("") {
            Path::new(".")
        } else {
            path
        };
        path.canonicalize().ok()
    };
    a == b || real(a).is_some_and(|a| real(b).as_ref() == Some(&a))
}

/// Writes the files that are not there yet.
///
/// # Errors
/// A file of that name with another content is in the way, or one cannot be written.
pub fn write(files: &[Beside]) -> Result<(), Error> {
    for file in files {
        if fs::read(&file.path).is_ok_and(|found| found != file.bytes) {
            let why =
                "is another file than the one that belongs beside the model: choose another folder";
            return Err(Error::content(&file.path, why));
        }
    }
    for file in files {
        crate::io::atomic::state(&file.path, &file.bytes)?;
    }
    Ok(())
}
