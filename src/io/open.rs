//! Opening whatever the user names: a document, a glTF model, a scene.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::eval::animation;
use crate::io::document::{self, Loaded};
use crate::io::error::Error;
use crate::io::gltf_import::{self, Imported, Options, Summary};
use crate::io::scene;
use crate::model::document::Document;
use crate::model::view::View;

/// The bundled character's path in documents that refer to it.
pub const MANNEQUIN_MODEL: &str = "keypose:mannequin.glb";

const MANNEQUIN_GLB: &[u8] = include_bytes!("../../assets/mannequin.glb");
const MANNEQUIN_DOCUMENT: &str = include_str!("../../assets/mannequin.keypose");

/// File endings that can be opened.
pub const OPENABLE: &[&str] = &["keypose", "glb", "gltf", "json"];
/// File endings of models.
pub const MODELS: &[&str] = &["glb", "gltf"];
/// File endings of documents.
pub const DOCUMENTS: &[&str] = &["keypose"];

/// What kind of file was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Our own document, to be saved back.
    Document,
    /// A glTF model.
    Model,
    /// A scene in JSON.
    Scene,
}

/// An opened file.
pub struct Opened {
    /// What it holds.
    pub document: Document,
    /// How it was looked at; for models and scenes as the program starts.
    pub view: Option<View>,
    /// What is not as it should be, a line each.
    pub warnings: Vec<String>,
    /// What kind of file it was.
    pub kind: Kind,
    /// What a model file holds, shown or not.
    pub summary: Option<Summary>,
}

/// Opens a file by its ending.
///
/// # Errors
/// One line: the file, the place, what is wrong and what to do.
pub fn open(path: &Path) -> Result<Opened, Error> {
    let ending = path
        .extension()
        .map(|e| e.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    match ending.as_str() {
        "keypose" => open_document(path),
        "json" => {
            let text = read_text(path)?;
            let document = scene::read_scene(path, &text)?;
            Ok(Opened {
                document,
                view: None,
                warnings: Vec::new(),
                kind: Kind::Scene,
                summary: None,
            })
        }
        _ => {
            let mut imported = import_model(path, Options::default())?;
            let summary = Some(std::mem::take(&mut imported.summary));
            let warnings = std::mem::take(&mut imported.warnings);
            let mut document = with_model(Document::default(), imported);
            document.active_rig = document.rig_ids().next();
            Ok(Opened {
                document,
                view: None,
                warnings,
                kind: Kind::Model,
                summary,
            })
        }
    }
}

/// The bundled character, as a new document.
///
/// # Errors
/// Only if the program was built with broken assets.
pub fn mannequin() -> Result<Opened, Error> {
    let path = Path::new("mannequin.keypose");
    let opened = document::from_text(path, MANNEQUIN_DOCUMENT, Path::new(""), &load_model)?;
    Ok(Opened {
        document: opened.document,
        view: Some(opened.view),
        warnings: opened.warnings,
        kind: Kind::Model,
        summary: None,
    })
}

/// Reads a model's rigs, and what was left out or replaced.
///
/// # Errors
/// One line: the file, the place and what is wrong.
pub fn import_model(path: &Path, options: Options) -> Result<Imported, Error> {
    if path == Path::new(MANNEQUIN_MODEL) {
        gltf_import::import_bytes_with(path, MANNEQUIN_GLB.to_vec(), options)
    } else {
        gltf_import::import_with(path, options)
    }
}

/// A document with the rigs and actions of a model added, under names that are not taken yet.
///
/// Every new rig gets its first action, as a file with animations is opened to see it move. Where the
/// document was empty, its frames are those of the model: from 0 (second 0) to the end of that action.
pub fn with_model(mut document: Document, imported: Imported) -> Document {
    let fresh = document.rigs.is_empty() && document.actions.is_empty();
    let ids: Vec<_> = imported
        .rigs
        .into_iter()
        .map(|rig| document.add_rig(rig))
        .collect();
    let mut first = BTreeMap::new();
    let mut range: Option<(f32, f32)> = None;
    for (wanted, action) in imported.actions {
        let rig = action.source.as_ref().map_or(0, |source| source.rig);
        let keys = match first.contains_key(&rig) {
            true => None,
            false => action.key_range(),
        };
        let name = document.add_action(&wanted, action);
        first.entry(rig).or_insert(name);
        let wider = |(a, b): (f32, f32)| range.map_or((a, b), |(c, d)| (a.min(c), b.max(d)));
        range = keys.map(wider).or(range);
    }
    if let Some(fps) = imported.fps.filter(|_| fresh) {
        let scene = Arc::make_mut(&mut document.scene);
        let (start, end) = range.unwrap_or((0.0, 0.0));
        scene.fps = fps;
        scene.frame = 0.0;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "frames of keys are within limits"
        )]
        let whole = (start.floor().min(0.0) as i32, end.ceil().max(1.0) as i32);
        (scene.frame_start, scene.frame_end) = whole;
    }
    let frame = document.scene.frame;
    for (rig, name) in first {
        let action = document.actions.get(&name).cloned();
        let rig = ids.get(rig).and_then(|&id| document.rig_at_mut(id));
        if let (Some(rig), Some(action)) = (rig, action) {
            animation::apply_action(rig, &action, frame);
            Arc::make_mut(&mut rig.animation).active_action = Some(name);
        }
    }
    document
}

fn load_model(path: &Path, fps: Option<f32>) -> Result<Loaded, Error> {
    let imported = import_model(path, Options { fps })?;
    Ok(Loaded {
        rigs: imported.rigs,
        actions: imported.actions,
    })
}

fn open_document(path: &Path) -> Result<Opened, Error> {
    let opened = document::open(path, &load_model)?;
    Ok(Opened {
        document: opened.document,
        view: Some(opened.view),
        warnings: opened.warnings,
        kind: Kind::Document,
        summary: None,
    })
}

/// Reads a text file.
///
/// # Errors
/// That it cannot be read, or where it is not text.
pub fn read_text(path: &Path) -> Result<String, Error> {
    let bytes = fs::read(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::content(path, format!("not a text file: byte {at} is not UTF-8"))
    })
}
