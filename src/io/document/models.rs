//! The model files that a document names: paths relative to it, and meshes put back on to its bones.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::io::document::{LoadModel, Loaded};
use crate::io::form::{ModelForm, SourceForm};
use crate::model::id::BoneId;
use crate::model::mesh::{Attachment, Mesh};
use crate::model::rig::{ModelFile, ModelRef, Rig};

/// What paths of files that come with the program begin with.
const BUNDLED: &str = "keypose:";

/// Loads models, each file once, and gathers what there is to say about them.
pub(super) struct Models<'a> {
    base: &'a Path,
    load: LoadModel<'a>,
    /// The frame rate in which each is read first.
    rates: BTreeMap<PathBuf, f32>,
    /// By path and the bits of the frame rate.
    loaded: BTreeMap<(PathBuf, u32), Option<Loaded>>,
    pub warnings: Vec<String>,
}

impl<'a> Models<'a> {
    /// Loads models; `sources` are the actions that were read from them.
    pub fn new<'s>(
        base: &'a Path,
        load: LoadModel<'a>,
        sources: impl Iterator<Item = &'s SourceForm>,
    ) -> Self {
        let mut rates = BTreeMap::new();
        for source in sources {
            rates
                .entry(resolve(base, &source.path))
                .or_insert(source.fps);
        }
        Self {
            base,
            load,
            rates,
            loaded: BTreeMap::new(),
            warnings: Vec::new(),
        }
    }

    /// The place of a model's file.
    pub fn path(&self, text: &str) -> PathBuf {
        resolve(self.base, text)
    }

    /// A model, with actions in this many frames per second.
    pub fn load(&mut self, path: &Path, fps: Option<f32>) -> Option<&Loaded> {
        let key = (path.to_owned(), fps.unwrap_or_default().to_bits());
        if !self.loaded.contains_key(&key) {
            // What keeps the file from being read is said once.
            let failed = self
                .loaded
                .iter()
                .any(|((known, _), it)| known == path && it.is_none());
            let loaded = (!failed)
                .then(|| (self.load)(path, fps))
                .and_then(|loaded| {
                    let warn = |error| {
                        format!("{error}; what was imported from it is shown without meshes")
                    };
                    loaded.map_err(|error| self.warnings.push(warn(error))).ok()
                });
            self.loaded.insert(key.clone(), loaded);
        }
        self.loaded.get(&key)?.as_ref()
    }

    /// Gives the rig its meshes and its model; where that fails, the reference alone, so that saving keeps it.
    pub fn attach(&mut self, rig: &mut Rig, form: &ModelForm) {
        let path = resolve(self.base, &form.path);
        rig.model = Some(ModelRef {
            file: Arc::new(ModelFile::reference(path.clone(), form.sha256.clone())),
            rig: form.rig,
            nodes: Arc::new(form.nodes.clone()),
        });
        let Some(rigs) = self.rigs(&path) else {
            return;
        };
        let source = rigs.get(form.rig).map(|source| (source, &source.model));
        let Some((source, Some(model))) = source else {
            let number = form.rig + 1;
            let warning = format!(
                "{}: has no rig number {number} any more; {:?} is shown without meshes",
                path.display(),
                rig.name
            );
            self.warnings.push(warning);
            return;
        };
        let same_bones = source.armature.bones.len() == rig.armature.bones.len();
        if model.file.sha256 == form.sha256 && same_bones {
            rig.meshes = Arc::clone(&source.meshes);
            rig.model = Some(model.clone());
            return;
        }
        let reason = if model.file.sha256 == form.sha256 {
            format!("does not have the bones of {:?}", rig.name)
        } else {
            format!("has changed since {:?} was imported", rig.name)
        };
        let lost = rematch(rig, source, model);
        let warning = match lost.as_slice() {
            [] => format!("{}: {reason}", path.display()),
            names => format!(
                "{}: {reason}; without their bones these meshes are left out: {}",
                path.display(),
                names.join(", ")
            ),
        };
        self.warnings.push(warning);
    }

    fn rigs(&mut self, path: &Path) -> Option<&[Rig]> {
        let fps = self.rates.get(path).copied();
        Some(&self.load(path, fps)?.rigs)
    }
}

/// Puts the meshes of a model whose bones differ on to the bones of the same names. Gives the names of the
/// meshes that lack a bone. The new file takes the place of the old one if it has all bones.
fn rematch(rig: &mut Rig, source: &Rig, model: &ModelRef) -> Vec<String> {
    let find = |id: BoneId| rig.armature.find(&source.armature.bone(id)?.name);
    let mut lost = Vec::new();
    let mut meshes = Vec::new();
    for mesh in source.meshes.iter() {
        let attachment = match &mesh.attachment {
            Attachment::Skin {
                joints,
                joint_from_mesh,
            } => {
                let joints: Option<Vec<BoneId>> = joints.iter().map(|&id| find(id)).collect();
                joints.map(|joints| Attachment::Skin {
                    joints,
                    joint_from_mesh: joint_from_mesh.clone(),
                })
            }
            Attachment::Bone {
                bone,
                bone_from_mesh,
            } => find(*bone).map(|bone| Attachment::Bone {
                bone,
                bone_from_mesh: *bone_from_mesh,
            }),
            still @ Attachment::Armature { .. } => Some(still.clone()),
        };
        match attachment {
            Some(attachment) => meshes.push(Arc::new(Mesh {
                attachment,
                ..mesh.as_ref().clone()
            })),
            None => lost.push(mesh.name.clone()),
        }
    }
    let node = |name: &str| {
        let id = source.armature.find(name)?;
        model.nodes.get(id.index()).copied()
    };
    let bones = rig.armature.bones.iter();
    let nodes: Option<Vec<u32>> = bones.map(|bone| node(&bone.name)).collect();
    if let Some(nodes) = nodes {
        rig.model = Some(ModelRef {
            nodes: Arc::new(nodes),
            ..model.clone()
        });
    }
    rig.meshes = Arc::new(meshes);
    lost
}

/// The reference to a model as a document in the folder `base` has it.
pub(super) fn store(model: &ModelRef, base: &Path) -> ModelForm {
    ModelForm {
        path: relative(base, &model.file.path),
        sha256: model.file.sha256.clone(),
        rig: model.rig,
        nodes: model.nodes.to_vec(),
    }
}

/// The folder that a document's model paths are relative to: that of the file itself, links followed.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    let real = path.canonicalize();
    let real = real.or_else(|_| std::path::absolute(path));
    let real = real.unwrap_or_else(|_| path.to_owned());
    let folder = real.parent().unwrap_or(Path::new(""));
    real_folder(folder)
}

fn real_folder(folder: &Path) -> PathBuf {
    let folder = if folder == Path::new("") {
        Path::new(".")
    } else {
        folder
    };
    let plain = || std::path::absolute(folder).map_or_else(|_| folder.to_owned(), |p| tidy(&p));
    folder.canonicalize().unwrap_or_else(|_| plain())
}

/// The path without `.` and `..`, by its words alone.
fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if tidied.file_name().is_some() => {
                tidied.pop();
            }
            part => tidied.push(part),
        }
    }
    tidied
}

fn resolve(base: &Path, text: &str) -> PathBuf {
    if text.starts_with(BUNDLED) {
        return text.into();
    }
    tidy(&base.join(text))
}

/// A path as a document in the folder `base` has it.
pub(super) fn relative(base: &Path, path: &Path) -> String {
    if path.to_string_lossy().starts_with(BUNDLED) {
        return path.to_string_lossy().into_owned();
    }
    let path = match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => real_folder(folder).join(name),
        _ => path.to_owned(),
    };
    let base = real_folder(base);
    let pairs = base.components().zip(path.components());
    let common: Vec<Component> = pairs
        .take_while(|(a, b)| a == b)
        .map(|(part, _)| part)
        .collect();
    let shared = common
        .iter()
        .any(|part| matches!(part, Component::Normal(_)));
    if !shared
        && base
            .components()
            .any(|part| matches!(part, Component::Normal(_)))
    {
        return path.to_string_lossy().into_owned();
    }
    let up = base.components().skip(common.len()).map(|_| "..".into());
    let down = path.components().skip(common.len());
    let down = down.map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<String>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_where_folders_are_shared() {
        let base = Path::new("/nowhere/films/hero");
        let path = |text: &str| relative(base, Path::new(text));
        assert_eq!(path("/nowhere/films/hero/Knight.glb"), "Knight.glb");
        assert_eq!(
            path("/nowhere/models/Knight.glb"),
            "../../models/Knight.glb"
        );
        assert_eq!(path("/elsewhere/Knight.glb"), "/elsewhere/Knight.glb");
        assert_eq!(path("keypose:mannequin.glb"), "keypose:mannequin.glb");
        for text in [
            "Knight.glb",
            "../../models/Knight.glb",
            "/elsewhere/Knight.glb",
        ] {
            assert_eq!(relative(base, &resolve(base, text)), text);
        }
    }
}
