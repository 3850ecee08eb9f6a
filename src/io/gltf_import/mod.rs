//! glTF in: a `.glb` or `.gltf` becomes rigs with bones, pose at rest and meshes, and actions.
//!
//! The file is not trusted: whatever its bytes are, the answer is rigs, with warnings where something was
//! left out, or one error line. Joint frames stay as the file has them, turned to Z up by one matrix.
//! The tree and the buffers are kept whole, so that an export can give back what is not shown here.
//! Not read: animations of what is no bone, cameras, lights, pictures other than the base colour, sampler modes.

mod accessor;
mod animation;
mod beside;
mod bones;
mod container;
mod content;
mod forest;
mod geometry;
mod images;
mod influences;
mod materials;
mod meshes;
mod nodes;
mod place;
mod primitive;
mod requirements;
mod skins;
mod tails;
pub(in crate::io) mod uri;
mod warnings;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use gltf::Document;

use crate::io::error::Error;
use crate::io::gltf_import::accessor::Accessors;
use crate::io::gltf_import::content::Content;
use crate::io::gltf_import::forest::Forest;
use crate::io::gltf_import::images::Images;
use crate::io::gltf_import::materials::Materials;
use crate::io::gltf_import::nodes::Tree;
use crate::io::gltf_import::place::Fault;
use crate::io::gltf_import::skins::Skin;
use crate::io::gltf_import::warnings::Warnings;
use crate::model::action::Action;
use crate::model::document::unique_name;
use crate::model::mesh::Mesh;
use crate::model::pose::RotationMode;
use crate::model::rig::{ModelFile, ModelRef, Rig};
use crate::model::settings::MirrorKind;

/// What a file gives.
#[derive(Debug)]
pub struct Imported {
    /// One per armature; at least one.
    pub rigs: Vec<Rig>,
    /// Actions by names that are unique in the file; each has a source that says which rig it moves.
    pub actions: Vec<(String, Action)>,
    /// The frames per second that the actions are in; none without actions.
    pub fps: Option<f32>,
    /// What was left out or replaced, a line each.
    pub warnings: Vec<String>,
    /// What the file holds.
    pub summary: Summary,
}

/// What a file holds, shown or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Number of nodes.
    pub nodes: usize,
    /// Number of meshes.
    pub meshes: usize,
    /// Number of triangles that are shown.
    pub triangles: usize,
    /// Number of skins.
    pub skins: usize,
    /// Number of textures.
    pub textures: usize,
    /// The animations' names; one without a name is called by its number.
    pub animations: Vec<String>,
    /// The extensions that the file says it uses.
    pub extensions: Vec<String>,
}

/// How a file is read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Options {
    /// Frames per second that turn seconds into frames; guessed from the spacing of keys if none are given.
    pub fps: Option<f32>,
}

pub(in crate::io) use bones::imported_names;

/// Reads a file.
pub fn import(path: &Path) -> Result<Imported, Error> {
    import_with(path, Options::default())
}

/// Reads a file in this way.
pub fn import_with(path: &Path, options: Options) -> Result<Imported, Error> {
    let bytes = uri::read_file(path).map_err(|why| Error::content(path, why))?;
    import_bytes_with(path, bytes, options)
}

/// Reads the bytes of a file; `path` names it, and its folder holds the other files that it names.
pub fn import_bytes(path: &Path, bytes: Vec<u8>) -> Result<Imported, Error> {
    import_bytes_with(path, bytes, Options::default())
}

/// Reads the bytes of a file in this way.
pub fn import_bytes_with(path: &Path, bytes: Vec<u8>, options: Options) -> Result<Imported, Error> {
    let refused = |fault| Error::content(path, fault);
    let source = container::open(path, &bytes)?;
    let mut warnings = Warnings::default();
    // The tree is checked before the buffers are read: a fault in it is worth more than a missing file.
    let (hash, read) = beside::both(
        || container::hash(&bytes),
        || -> Result<_, Error> {
            let content = Content::read(&source, &mut warnings)?;
            let tree = Tree::read(&content.document, &mut warnings).map_err(refused)?;
            Ok((content, tree))
        },
    );
    let (content, tree) = read?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let read = source.buffers(&content.document, folder, hash);
    let read = read.map_err(refused)?;
    let text = source.text;
    let file = ModelFile::new(path.to_owned(), read.sha256, bytes, text, read.buffers);
    let file = Arc::new(file);
    build(&file, &content, &tree, options, warnings).map_err(refused)
}

fn build(
    file: &Arc<ModelFile>,
    content: &Content,
    tree: &Tree,
    options: Options,
    mut warnings: Warnings,
) -> Result<Imported, Fault> {
    let document = &content.document;
    let folder = file.path.parent().unwrap_or(Path::new(""));
    let accessors = Accessors::new(&file.buffers);
    let pictures = || materials::decode(content, &Accessors::new(&file.buffers), folder);
    // Keys have a limit of their own, so that they never cost the meshes.
    let keys = Accessors::new(&file.buffers);
    let mut moving = || -> Result<_, Fault> {
        let skins = skins::read(document, &accessors, tree)?;
        let clips = animation::read_clips(content, file, &mut warnings);
        let moved = animation::moved_nodes(&clips, tree.nodes.len());
        let forest = Forest::plant(tree, &skins, &moved)?;
        let rigs = rigs(tree, &forest, &skins, file);
        let sources = animation::Sources {
            document,
            accessors: &keys,
            tree,
            forest: &forest,
            rigs: &rigs,
            file,
        };
        let made = animation::actions(&sources, &clips, options.fps, &mut warnings);
        Ok((skins, forest, rigs, made))
    };
    let (images, moving) = if document.as_json().images.is_empty() {
        (Images::new(content, folder), moving())
    } else {
        beside::both(pictures, moving)
    };
    let (skins, forest, mut rigs, made) = moving?;
    let sources = meshes::Sources {
        accessors: &accessors,
        materials: Materials::new(content, images),
        tree,
        forest: &forest,
        skins: &skins,
    };
    let meshes = meshes::read(document, sources, &mut warnings)?;
    for (rig, meshes) in rigs.iter_mut().zip(meshes) {
        bones::set_tails(Arc::make_mut(&mut rig.armature), &meshes);
        rig.meshes = Arc::new(meshes);
    }
    set_modes(&mut rigs, made.modes);
    Ok(Imported {
        summary: summary(document, &rigs),
        rigs,
        fps: (!made.actions.is_empty()).then_some(made.fps),
        actions: made.actions,
        warnings: warnings.into_lines(),
    })
}

/// The rigs of a file, without meshes yet.
fn rigs(tree: &Tree, forest: &Forest, skins: &[Skin], file: &Arc<ModelFile>) -> Vec<Rig> {
    let mut rigs: Vec<Rig> = Vec::with_capacity(forest.rigs.len());
    for index in 0..forest.rigs.len() {
        let name = bones::rig_name(tree, forest, skins, index, &file.path);
        let name = unique_name(&name, |name| rigs.iter().any(|rig| rig.name == name));
        let mut rig = Rig::new(name, bones::armature(tree, forest, index));
        // Joint frames need not mirror each other as Blender's bones do.
        Arc::make_mut(&mut rig.options).mirror_kind = MirrorKind::Geometric;
        rig.model = Some(ModelRef {
            file: file.clone(),
            rig: index,
            nodes: Arc::new(node_numbers(forest, index)),
        });
        rigs.push(rig);
    }
    rigs
}

/// Sets how bones are turned that actions turn by angles.
fn set_modes(rigs: &mut [Rig], modes: BTreeMap<(usize, String), RotationMode>) {
    for ((rig, bone), mode) in modes {
        let Some(rig) = rigs.get_mut(rig) else {
            continue;
        };
        let bone = rig.armature.find(&bone);
        if let Some(channel) = bone.and_then(|bone| rig.channel_mut(bone)) {
            channel.mode = mode;
        }
    }
}

fn node_numbers(forest: &Forest, rig: usize) -> Vec<u32> {
    let nodes = forest.rigs.get(rig).map_or(&[][..], Vec::as_slice);
    let number = |&node: &usize| u32::try_from(node).unwrap_or(u32::MAX);
    nodes.iter().map(number).collect()
}

fn summary(document: &Document, rigs: &[Rig]) -> Summary {
    let animation = |animation: gltf::Animation| match place::name(animation.name()) {
        Some(name) => name.to_owned(),
        None => format!("animation_{}", animation.index()),
    };
    let shown = rigs.iter().flat_map(|rig| rig.meshes.iter());
    Summary {
        nodes: document.nodes().len(),
        meshes: document.meshes().len(),
        triangles: shown.map(|mesh: &Arc<Mesh>| mesh.triangles()).sum(),
        skins: document.skins().len(),
        textures: document.textures().len(),
        animations: document.animations().map(animation).collect(),
        extensions: document.extensions_used().map(str::to_owned).collect(),
    }
}
