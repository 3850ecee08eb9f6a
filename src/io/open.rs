//! Opening whatever the user names: a document, a glTF model, a scene.

use std::fs;
use std::path::Path;

use crate::io::document;
use crate::io::error::Error;
use crate::io::gltf_import::{self, Imported, Summary};
use crate::io::scene;
use crate::model::document::Document;
use crate::model::rig::Rig;
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
            let imported = import_model(path)?;
            let mut document = Document::default();
            for rig in imported.rigs {
                document.add_rig(rig);
            }
            document.active_rig = document.rig_ids().next();
            let summary = Some(imported.summary);
            Ok(Opened {
                document,
                view: None,
                warnings: imported.warnings,
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
pub fn import_model(path: &Path) -> Result<Imported, Error> {
    if path == Path::new(MANNEQUIN_MODEL) {
        gltf_import::import_bytes(path, MANNEQUIN_GLB.to_vec())
    } else {
        gltf_import::import(path)
    }
}

fn load_model(path: &Path) -> Result<Vec<Rig>, Error> {
    Ok(import_model(path)?.rigs)
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
