//! Replacing a file so that at no moment less than one whole version of it exists.
//!
//! The new content goes to a temporary file beside the target, reaches the disk, and takes its place by one
//! rename. Links are followed. The content before stays beside it as `name.bak`.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::io::error::Error;

/// Writes the content; where that is what the file holds already, nothing happens.
///
/// # Errors
/// The file and the reason; what was there before is untouched.
pub fn replace(path: &Path, content: &[u8]) -> Result<(), Error> {
    write(path, content, true).map_err(|source| Error::Write {
        path: path.to_owned(),
        source,
    })
}

/// Writes what can be made again at any time, a picture or a dump: whole or not at all, without a backup.
///
/// # Errors
/// The file and the reason; what was there before is untouched.
pub fn output(path: &Path, content: &[u8]) -> Result<(), Error> {
    write(path, content, false).map_err(|source| Error::Write {
        path: path.to_owned(),
        source,
    })
}

/// Writes what the program keeps for itself; its folder is made where it is missing.
///
/// # Errors
/// The file or folder and the reason; what was there before is untouched.
pub fn state(path: &Path, content: &[u8]) -> Result<(), Error> {
    fs::create_dir_all(folder(path)).map_err(|source| Error::Write {
        path: folder(path).to_owned(),
        source,
    })?;
    output(path, content)
}

fn write(path: &Path, content: &[u8], backup: bool) -> io::Result<()> {
    let target = follow(path)?;
    let before = match fs::metadata(&target) {
        Ok(before) => Some(before),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let Some(before) = before else {
        let file = temporary(&target, content)?;
        return finish(file, &target);
    };
    if before.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    if !before.is_file() {
        // A device or a pipe cannot be replaced, only written to.
        let mut file = fs::OpenOptions::new().write(true).open(&target)?;
        file.write_all(content)?;
        return file.flush();
    }
    if before.permissions().readonly() {
        return Err(io::Error::other("it is read-only"));
    }
    if fs::read(&target)? == content {
        return Ok(());
    }
    let file = temporary(&target, content)?;
    file.as_file().set_permissions(before.permissions())?;
    file.as_file().sync_all()?;
    if backup {
        keep(&target)?;
    }
    finish(file, &target)
}

/// The file that a chain of links ends at; it need not exist.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..40 {
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_symlink() => {
                let next = fs::read_link(&path)?;
                path = folder(&path).join(next);
            }
            _ => return Ok(path),
        }
    }
    Err(io::Error::other("its links lead in a circle"))
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

fn empty_beside(target: &Path) -> io::Result<NamedTempFile> {
    let mut prefix = OsString::from(".");
    prefix.push(target.file_name().unwrap_or_default());
    prefix.push(".");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file: the system takes away what the user's mask says.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder(target))
}

fn temporary(target: &Path, content: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = empty_beside(target)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Keeps the content as `name.bak`.
fn keep(target: &Path) -> io::Result<()> {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".bak");
    let copy = empty_beside(target)?;
    fs::copy(target, copy.path())?;
    finish(copy, &target.with_file_name(name))
}

fn finish(file: NamedTempFile, target: &Path) -> io::Result<()> {
    file.persist(target)?;
    #[cfg(unix)]
    fs::File::open(folder(target))?.sync_all()?;
    Ok(())
}
