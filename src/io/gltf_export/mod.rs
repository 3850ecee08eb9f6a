//! glTF out: the file that a rig came from, with its edited and new clips, and nothing else changed.
//!
//! The way of a clip: curves → [`lane`] (spans over time) → [`motion`] (components together) → [`knots`] (keys of
//! a file) → [`animation`] (its entry of the tree). Which clips go that way is decided by [`plan`]; all others
//! stay byte by byte. [`container`] puts the file together. Rigs without a model become a new file ([`plain`]).

mod animation;
mod beside;
mod clip;
mod container;
mod data;
mod extras;
mod glb;
mod joint_names;
mod json_text;
mod knots;
mod lane;
mod motion;
mod plain;
mod plan;
mod report;
mod rest;
mod same;
mod sampler;
mod shape;
mod target;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::io::atomic;
use crate::io::error::Error;
use crate::io::gltf_export::animation::File;
use crate::io::gltf_export::beside::Beside;
use crate::io::gltf_export::clip::Figure;
use crate::io::gltf_export::container::{Source, is_gltf};
use crate::io::gltf_export::plan::{Member, same_file};
use crate::io::gltf_export::write::{Written, write};
use crate::model::document::Document;
use crate::model::rig::{ModelFile, Rig};
use crate::model::settings::SceneSettings;

pub use report::Report;

/// An export that is not on the disk yet.
#[derive(Debug)]
pub struct Exported {
    /// The file, with the ending that it gets.
    pub path: PathBuf,
    /// Its content.
    pub bytes: Vec<u8>,
    /// The buffer beside it.
    buffer: Option<(PathBuf, Vec<u8>)>,
    /// Other files that it names.
    beside: Vec<Beside>,
    /// What there is to say.
    pub report: Report,
}

impl Exported {
    /// Writes the files, the one that names the others last.
    ///
    /// # Errors
    /// One line: which file, and why it cannot be written.
    pub fn save(&self) -> Result<(), Error> {
        beside::write(&self.beside)?;
        if let Some((path, bytes)) = &self.buffer {
            atomic::replace(path, bytes)?;
        }
        atomic::replace(&self.path, &self.bytes)
    }
}

/// Makes the export of the active rig's model, or of the rigs that came from no model, for a path: a `.gltf`, or
/// else a `.glb`.
///
/// # Errors
/// One line: there is nothing to export, or the model is missing.
pub fn export(document: &Document, path: &Path) -> Result<Exported, Error> {
    let path = with_ending(path);
    let rig = document
        .rig()
        .or_else(|| document.rigs.first())
        .ok_or_else(|| Error::content(&path, "there is no rig to export"))?;
    match &rig.model {
        Some(model) => of_model(document, rig, &model.file, path),
        None => of_rigs(document, path),
    }
}

/// The file of a model with its edits.
fn of_model(
    document: &Document,
    active: &Rig,
    file: &Arc<ModelFile>,
    path: PathBuf,
) -> Result<Exported, Error> {
    if !file.is_loaded() {
        let why = "the model is missing, so it cannot be exported: put it back and open the document again";
        return Err(Error::content(&file.path, why));
    }
    let mut report = Report::default();
    let members = members(document, active, file, &mut report);
    let source = Source::new(&file.bytes, &file.buffers);
    let names = write::names(&source);
    let plan = plan::plan(document, &members, Some((file, &names)));
    // The tree of a large file takes longer to make than all the rest.
    let tree = || File {
        tree: &file.json,
        buffers: &file.buffers,
    };
    let plan = (plan, rate(document));
    let written = write(&source, tree, &members, plan, &mut report);
    let folder = file.path.parent().unwrap_or(Path::new(""));
    let to = path.parent().unwrap_or(Path::new(""));
    let takes_first = !is_gltf(&path) && !source.is_glb();
    let beside = beside::named(
        file,
        usize::from(takes_first),
        (folder, to),
        &mut report.warnings,
    );
    pack(&source, written, path, beside, report)
}

/// A new file of the rigs that came from no model.
fn of_rigs(document: &Document, path: PathBuf) -> Result<Exported, Error> {
    let mut report = Report::default();
    let plain = plain::nodes(document);
    for member in &plain.members {
        let rig = member.figure.rig;
        let mut bones = rig.armature.bones.iter();
        if let Some(bone) = bones.find(|bone| !plain::follows_fully(bone)) {
            report.warn(format!(
                "{} of {} does not take over all of its parent's transform; in the file it does",
                bone.name, rig.name
            ));
        }
    }
    let left_out = document.rigs.len() - plain.members.len();
    if left_out > 0 {
        report.warn(format!(
            "{left_out} rigs that came from models are left out; make one of them active to export it"
        ));
    }
    let plan = plan::plan(document, &plain.members, None);
    let text = plain.tree.to_string();
    let source = Source::new(text.as_bytes(), &[]);
    let tree = || File {
        tree: &plain.tree,
        buffers: &[],
    };
    let plan = (plan, rate(document));
    let written = write(&source, tree, &plain.members, plan, &mut report);
    pack(&source, written, path, Vec::new(), report)
}

/// The rigs that came from the file: of several for one of its rigs the active one, else the first.
fn members<'a>(
    document: &'a Document,
    active: &'a Rig,
    file: &'a Arc<ModelFile>,
    report: &mut Report,
) -> Vec<Member<'a>> {
    let mut members: Vec<Member> = Vec::new();
    let others = document.rigs.iter().map(Arc::as_ref);
    let others = others.filter(|rig| !std::ptr::eq(*rig, active));
    for rig in std::iter::once(active).chain(others) {
        let model = rig.model.as_ref();
        let Some(model) = model.filter(|model| same_file(&model.file, file)) else {
            report.warn(format!(
                "{} is not part of this model; make it active to export it",
                rig.name
            ));
            continue;
        };
        if members.iter().any(|member| member.number == model.rig) {
            report.warn(format!("{} is there twice; the copy is left out", rig.name));
            continue;
        }
        members.push(Member {
            number: model.rig,
            figure: Figure::of_file(rig, &model.nodes, file),
        });
    }
    members.sort_by_key(|member| member.number);
    members
}

fn pack(
    source: &Source,
    written: Written,
    path: PathBuf,
    beside: Vec<Beside>,
    report: Report,
) -> Result<Exported, Error> {
    let Written {
        text,
        data,
        changed,
    } = written;
    let mut exported = Exported {
        bytes: Vec::new(),
        buffer: None,
        beside,
        report,
        path,
    };
    if !changed && is_gltf(&exported.path) != source.is_glb() {
        exported.bytes = source.bytes.to_vec();
    } else if is_gltf(&exported.path) {
        let beside = exported.path.with_extension("bin");
        let name = beside.file_name().unwrap_or_default().to_string_lossy();
        let made = source.as_gltf(text, &data, &name);
        exported.bytes = made.bytes;
        exported.buffer = made.beside.map(|bytes| (beside, bytes));
    } else {
        let made = source.as_glb(text, &data);
        let too_large = || {
            let why = "is more than the 4 GiB that a .glb can hold: export a .gltf";
            Error::content(&exported.path, why)
        };
        exported.bytes = made.ok_or_else(too_large)?;
    }
    Ok(exported)
}

/// The path with the ending of a model; one that has another gets `.glb`.
fn with_ending(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    let known = path.extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("glb") || ending.eq_ignore_ascii_case("gltf")
    });
    if !known {
        path.as_mut_os_string().push(".glb");
    }
    path
}

/// Frames per second of the document.
fn rate(document: &Document) -> f32 {
    let fps = document.scene.fps;
    if fps.is_finite() && fps > 0.0 {
        fps
    } else {
        SceneSettings::default().fps
    }
}
