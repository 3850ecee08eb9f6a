//! The document of the program, `name.keypose`: RON text, of one version, fit to diff.
//!
//! It holds everything that undo covers and the view. Meshes stay in their model files, which it names by
//! path and hash. Fields that equal their default are left out; unknown ones are refused when reading,
//! so that a typing error cannot lose anything. Saving what was opened gives the same bytes.

mod clips;
mod models;
mod text;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::io::atomic;
use crate::io::error::Error;
use crate::io::form::{self, Detail, Named, RigForm};
use crate::io::ron_text;
use crate::io::scene::{self, Contents};
use crate::model::action::Action;
use crate::model::document::Document;
use crate::model::empty::Empty;
use crate::model::id::RigId;
use crate::model::record::Written;
use crate::model::rig::Rig;
use crate::model::settings::SceneSettings;
use crate::model::view::View;
use crate::record;

/// The version that is written, and the newest that can be read.
pub const VERSION: u64 = 1;

/// What the importer of models gives: fresh rigs with their meshes, and actions.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// Rigs, by their number.
    pub rigs: Vec<Rig>,
    /// Actions, with the animation and the rig that each is of in its source.
    pub actions: Vec<(String, Action)>,
}

/// The importer of models: by the path, with actions in this many frames per second if that is given.
pub type LoadModel<'a> = &'a dyn Fn(&Path, Option<f32>) -> Result<Loaded, Error>;

record! {
    /// A document in its file.
    struct DocumentForm {
        /// Checked before anything else is read.
        version: u64 = 0;
        /// Time, markers, keying.
        scene: SceneSettings = SceneSettings::default();
        /// Which rig is the active one.
        active_rig: Option<usize> = None;
        /// Rigs.
        rigs: Vec<RigForm> = Vec::new();
        /// By name.
        actions: Named<form::ActionForm> = Named::default();
        /// Pose assets.
        assets: Vec<form::AssetForm> = Vec::new();
        /// Name of the active asset.
        active_asset: Option<String> = None;
        /// Targets of constraints.
        empties: Vec<Empty> = Vec::new();
        /// What the user sees.
        view: View = View::default();
    }
}

/// What opening a document gives.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The document.
    pub document: Document,
    /// What the user saw when it was saved.
    pub view: View,
    /// What is missing or has changed, a line each.
    pub warnings: Vec<String>,
}

/// Opens a document. Models that are missing or have changed give warnings, not errors.
///
/// # Errors
/// The file, line and column, and what is wrong there.
pub fn open(path: &Path, load_model: LoadModel) -> Result<Opened, Error> {
    let bytes = std::fs::read(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    let text = text::decode(path, &bytes)?;
    from_text(path, text, &models::folder_of(path), load_model)
}

/// Saves a document so that a failure leaves the file as it was. The content before stays as `….bak`.
///
/// # Errors
/// The file and the reason.
pub fn save(path: &Path, document: &Document, view: &View) -> Result<(), Error> {
    let text = to_text(document, view, &models::folder_of(path))
        .map_err(|message| Error::content(path, format!("not saved: {message}")))?;
    atomic::replace(path, text.as_bytes())
}

/// The text of a document that is to lie in the folder `base`.
///
/// # Errors
/// The place of a number that is not finite.
pub fn to_text(document: &Document, view: &View, base: &Path) -> Result<String, String> {
    let contents = scene::store_without_actions(document, Detail::Sparse);
    let actions = document.actions.iter();
    let actions = actions.map(|(name, action)| (name.clone(), clips::store(action, base)));
    let rigs = document.rigs.iter().map(|rig| RigForm {
        model: rig.model.as_ref().map(|model| models::store(model, base)),
        ..form::store_rig(rig, Detail::Sparse)
    });
    let form = DocumentForm {
        version: 0,
        scene: document.scene.as_ref().clone(),
        active_rig: document.active_rig.map(RigId::index),
        rigs: rigs.collect(),
        actions: actions.collect(),
        assets: contents.assets,
        active_asset: contents.active_asset,
        empties: contents.empties,
        view: view.clone(),
    };
    let fields = fields_of(&form)?;
    Ok(format!(
        "// Keypose document\n(version: {VERSION},\n{fields})\n"
    ))
}

fn fields_of(form: &DocumentForm) -> Result<String, String> {
    ron_text::fields_text(&Written {
        value: form,
        sparse: true,
    })
}

/// A document from its text; `path` is for messages, `base` the folder that models are relative to.
///
/// # Errors
/// As for [`open`].
pub fn from_text(
    path: &Path,
    text: &str,
    base: &Path,
    load_model: LoadModel,
) -> Result<Opened, Error> {
    let form: DocumentForm = text::parse(path, text)?;
    build(form, base, load_model).map_err(|message| Error::content(path, message))
}

fn build(form: DocumentForm, base: &Path, load_model: LoadModel) -> Result<Opened, String> {
    fields_of(&form)?;
    scene::check_settings(&form.scene).map_err(|e| format!("scene.{e}"))?;
    let sources = form
        .actions
        .0
        .iter()
        .filter_map(|(_, form)| form.source.as_ref());
    let mut models = models::Models::new(base, load_model, sources);
    let mut rigs: Vec<Arc<Rig>> = Vec::with_capacity(form.rigs.len());
    for (index, rig) in form.rigs.iter().enumerate() {
        let place = |e| format!("rigs[{index}] {:?}: {e}", rig.armature.name);
        if rigs.iter().any(|other| other.name == rig.armature.name) {
            return Err(place("the name is taken by another rig".to_owned()));
        }
        let mut made = build_rig(rig).map_err(place)?;
        if let Some(model) = &rig.model {
            models.attach(&mut made, model);
        }
        rigs.push(Arc::new(made));
    }
    if let Some(index) = form.active_rig.filter(|&index| index >= rigs.len()) {
        let count = rigs.len();
        return Err(format!(
            "active_rig: {index} is out of range, there are {count} rigs"
        ));
    }
    let mut document = Document {
        scene: Arc::new(form.scene),
        rigs: Arc::new(rigs),
        active_rig: form.active_rig.map(RigId::new),
        ..Document::default()
    };
    let contents = Contents {
        actions: form.actions,
        assets: form.assets,
        active_asset: form.active_asset,
        empties: form.empties,
    };
    scene::build_contents(&mut document, &contents)?;
    clips::attach(&mut document, &contents.actions, &mut models);
    Ok(Opened {
        document,
        view: form.view,
        warnings: models.warnings,
    })
}

fn build_rig(form: &RigForm) -> Result<Rig, String> {
    let rig = form::build_rig(form)?;
    let written = form.armature.bones.iter();
    let moved = written
        .zip(&rig.armature.bones)
        .find(|(bone, made)| bone.name != made.name.as_ref());
    if let Some((bone, _)) = moved {
        // Joints and nodes are lists along the bones.
        let name = &bone.name;
        return Err(format!(
            "armature.bones {name:?} must stand behind its parent"
        ));
    }
    let (bones, nodes) = (
        rig.armature.bones.len(),
        form.model.as_ref().map(|m| m.nodes.len()),
    );
    match nodes {
        Some(nodes) if nodes != bones => {
            Err(format!("model.nodes: {nodes} entries for {bones} bones"))
        }
        _ => Ok(rig),
    }
}

/// Where a document keeps the version before the last: `name.keypose.bak`.
pub fn backup_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".bak");
    path.with_file_name(name)
}
