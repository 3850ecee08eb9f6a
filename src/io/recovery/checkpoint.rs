//! A generation of a recovery folder: the whole state of a session at one moment.
//!
//! Its description is written last; a generation without one does not count. Older ones are removed only
//! when a newer one is whole and on the disk.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::io::document;
use crate::io::error::Error;
use crate::io::open;
use crate::io::recovery::{file, generations};
use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};
use crate::model::rig::Rig;
use crate::model::view::View;

/// Endings of the documents of a generation: the state, the one that the last call started from, the rig
/// whose pose was copied.
const STATE: &str = "keypose";
const BEFORE: &str = "before.keypose";
const COPIED: &str = "copied.keypose";
/// Ending of the description.
const META: &str = "ron";
/// Ending of the journal.
const JOURNAL: &str = "kps";

/// The call that ran last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LastMeta {
    /// As script text.
    pub call: String,
    /// Size of the panel it came from, points.
    pub size: [f32; 2],
    /// Whether that panel was another one than the 3D view.
    pub other: bool,
    /// Whether it made a step of history.
    pub recorded: bool,
}

/// What a session needs beside its documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Meta {
    /// The version of the program.
    pub program: String,
    /// When the session began, seconds since 1970.
    pub began: u64,
    /// The document's file.
    pub path: Option<PathBuf>,
    /// A name to suggest for it.
    pub suggested: Option<PathBuf>,
    /// Whether the document differed from its file.
    pub unsaved: bool,
    /// The call that ran last.
    pub last: Option<LastMeta>,
    /// The bones whose pose was copied, by their places.
    pub copied: Option<Vec<u32>>,
    /// The text that an operator put on the clipboard last, if it is still there.
    pub text: Option<String>,
    /// Where bones were picked last: the pointer, the rig and the bone by their places.
    pub last_pick: Option<([f32; 2], usize, u32)>,
    /// The folder that this session was recovered from.
    pub follows: Option<String>,
}

/// A whole state.
#[derive(Clone, Debug, Default)]
pub struct Checkpoint {
    /// Which one.
    pub generation: u64,
    /// What is no document.
    pub meta: Meta,
    /// The document.
    pub document: Document,
    /// What the user saw.
    pub view: View,
    /// The document that the last call started from, as long as that can be adjusted.
    pub before: Option<Document>,
    /// The rig whose pose was copied.
    pub copied: Option<Arc<Rig>>,
}

impl Checkpoint {
    /// Writes it into a folder. With `sync` it is on the disk afterwards, not only out of this program's hands.
    ///
    /// # Errors
    /// The file and the reason.
    pub fn write(&self, folder: &Path, sync: bool) -> Result<(), Error> {
        let base = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let document = |ending: &str, document: &Document, view: &View| {
            let path = file(folder, self.generation, ending);
            let text = document::to_text(document, view, &base)
                .map_err(|message| Error::content(&path, message))?;
            put(&path, &text, sync)
        };
        document(STATE, &self.document, &self.view)?;
        if let Some(before) = &self.before {
            document(BEFORE, before, &View::default())?;
        }
        if let Some(rig) = &self.copied {
            let mut alone = Document::default();
            alone.add_rig(rig.as_ref().clone());
            document(COPIED, &alone, &View::default())?;
        }
        let path = file(folder, self.generation, META);
        let pretty = ron::ser::PrettyConfig::default();
        let text = ron::ser::to_string_pretty(&self.meta, pretty)
            .map_err(|error| Error::content(&path, error.to_string()))?;
        put(&path, &text, sync)
    }

    /// Reads one; what is missing or has changed comes with it, a line each.
    ///
    /// # Errors
    /// The file and what is wrong with it.
    pub fn read(folder: &Path, generation: u64) -> Result<(Self, Vec<String>), Error> {
        let meta = read_meta(folder, generation)?;
        let document = |ending| open::open(&file(folder, generation, ending));
        let state = document(STATE)?;
        let there = |ending| file(folder, generation, ending).exists();
        let before = meta.last.is_some() && there(BEFORE);
        let before = before.then(|| document(BEFORE)).transpose()?;
        let copied = meta.copied.is_some() && there(COPIED);
        let copied = copied.then(|| document(COPIED)).transpose()?;
        let checkpoint = Self {
            generation,
            meta,
            document: state.document,
            view: state.view.unwrap_or_default(),
            before: before.map(|opened| opened.document),
            copied: copied.and_then(|opened| opened.document.rigs.first().cloned()),
        };
        Ok((checkpoint, state.warnings))
    }
}

/// The description of a generation.
///
/// # Errors
/// The file, the place and what is wrong there.
pub fn read_meta(folder: &Path, generation: u64) -> Result<Meta, Error> {
    let path = file(folder, generation, META);
    let text = open::read_text(&path)?;
    ron::from_str(&text).map_err(|error| Error::Text {
        path,
        line: error.span.end.line,
        column: error.span.end.col,
        message: error.code.to_string().replace('\n', " "),
    })
}

/// The generations that are whole, oldest first.
pub fn whole(folder: &Path) -> Vec<u64> {
    generations(folder, META)
}

/// Where a generation's journal is.
pub fn journal_path(folder: &Path, generation: u64) -> PathBuf {
    file(folder, generation, JOURNAL)
}

/// Brings a generation to the disk, then removes those before it.
///
/// # Errors
/// The file and the reason; nothing is removed then.
pub fn settle(folder: &Path, generation: u64) -> Result<(), Error> {
    for ending in [STATE, BEFORE, COPIED, META] {
        let path = file(folder, generation, ending);
        match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            opened => opened
                .and_then(|file| file.sync_all())
                .map_err(|source| Error::Write { path, source })?,
        }
    }
    sync_folder(folder);
    // The description first: a generation that lacks something must not count.
    for ending in [META, STATE, BEFORE, COPIED, JOURNAL] {
        for old in generations(folder, ending) {
            if old < generation {
                let _ = fs::remove_file(file(folder, old, ending));
            }
        }
    }
    Ok(())
}

/// Not every system can do it; where it fails the file itself is still on the disk.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = folder;
}

/// Writes a file whole or not at all.
fn put(path: &Path, text: &str, sync: bool) -> Result<(), Error> {
    let write = || -> io::Result<()> {
        let beside = path.with_added_extension("tmp");
        let mut file = File::create(&beside)?;
        file.write_all(text.as_bytes())?;
        if sync {
            file.sync_all()?;
        }
        fs::rename(&beside, path)
    };
    write().map_err(|source| Error::Write {
        path: path.to_owned(),
        source,
    })
}

impl Checkpoint {
    /// The bones whose pose was copied.
    pub fn copied_bones(&self) -> Vec<BoneId> {
        let bones = self.meta.copied.iter().flatten();
        bones.map(|&bone| BoneId(bone)).collect()
    }

    /// Where bones were picked last.
    pub fn last_pick(&self) -> Option<(glam::Vec2, (RigId, BoneId))> {
        let (pointer, rig, bone) = self.meta.last_pick?;
        Some((pointer.into(), (RigId::new(rig), BoneId(bone))))
    }
}
