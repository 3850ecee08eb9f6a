//! Actions that were read from model files: one that is as it was is saved as a reference alone.
//!
//! An edited one is saved whole, with the reference beside it. Where the file is missing, or has changed and
//! has no action of this name any more, what was not edited stays a reference without curves, and saving
//! keeps it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::io::document::models::{self, Models};
use crate::io::form::{self, ActionForm, Detail, Named, SourceForm};
use crate::model::action::{Action, ClipSource, Group};
use crate::model::document::Document;
use crate::model::fcurve::FCurve;
use crate::model::rename::{NewNames, rename_in_action};
use crate::model::rig::{ModelFile, Rig};

/// An action as a document in the folder `base` has it.
pub(super) fn store(action: &Action, base: &Path) -> ActionForm {
    let Some(source) = &action.source else {
        return form::store_action(action, Detail::Sparse);
    };
    let edited = is_edited(action, source);
    let mut stored = if edited {
        form::store_action(action, Detail::Sparse)
    } else {
        form::store_bare_action(action)
    };
    if !edited && stored.groups.0 == groups_of(&action.fcurves) {
        stored.groups = Named::default();
    }
    stored.source = Some(SourceForm {
        path: models::relative(base, &source.file.path),
        sha256: source.file.sha256.clone(),
        animation: source.animation,
        rig: source.rig,
        fps: source.fps,
        edited,
    });
    stored
}

/// Whether the curves, in all that is saved of them, are others than the file gives. A reference whose curves
/// could not be read is not edited as long as it has none.
fn is_edited(action: &Action, source: &ClipSource) -> bool {
    let Some(read) = &source.curves else {
        return !action.fcurves.is_empty();
    };
    let same = |(a, b): (&Arc<FCurve>, &Arc<FCurve>)| Arc::ptr_eq(a, b) || a == b;
    let pairs = action.fcurves.iter().zip(read.iter());
    // Without curves or groups it looks like a reference that is yet to be read.
    action.fcurves.is_empty()
        || action.groups.is_empty()
        || action.fcurves.len() != read.len()
        || !pairs.into_iter().all(same)
}

/// The groups that an import gives: one for each bone.
fn groups_of(curves: &[Arc<FCurve>]) -> Vec<(String, Group)> {
    let mut groups: Vec<(String, Group)> = Vec::new();
    for name in curves.iter().filter_map(|curve| curve.group.as_deref()) {
        if groups.last().is_none_or(|(last, _)| last != name) {
            groups.push((name.to_owned(), Group::default()));
        }
    }
    groups
}

/// Gives the actions of an opened document their sources, and those that were not edited their curves.
pub(super) fn attach(document: &mut Document, forms: &Named<ActionForm>, models: &mut Models) {
    let mut lost: BTreeMap<PathBuf, Vec<&str>> = BTreeMap::new();
    let mut renewed: BTreeMap<PathBuf, Vec<&str>> = BTreeMap::new();
    let actions = Arc::make_mut(&mut document.actions);
    for (name, form) in &forms.0 {
        let (Some(from), Some(action)) = (&form.source, actions.get_mut(name)) else {
            continue;
        };
        let action = Arc::make_mut(action);
        let path = models.path(&from.path);
        let new_names = new_names(&document.rigs, models, &path, from);
        if let Some((read, same)) = find(models, &path, name, from) {
            let mut read = read.clone();
            rename_in_action(&mut read, &new_names, |_| true);
            take(action, &read, from.edited);
            if !same {
                renewed.entry(path).or_default().push(name);
            }
            continue;
        }
        let file = ModelFile::reference(path.clone(), from.sha256.clone());
        action.source = Some(unread(from, Arc::new(file)));
        if !from.edited {
            lost.entry(path).or_default().push(name);
        }
    }
    let mut warn = |path: &Path, what: &str, names: &[&str]| {
        let line = format!("{}: {what}: {}", path.display(), few(names));
        models.warnings.push(line);
    };
    for (path, names) in renewed {
        warn(
            &path,
            "has changed; these actions are as it has them now",
            &names,
        );
    }
    for (path, names) in lost {
        let what =
            "these actions cannot be read and are kept without their curves until they are back";
        warn(&path, what, &names);
    }
}

/// The bones of the action's rig that were renamed since they were read, by the names that the file gives them.
fn new_names(rigs: &[Arc<Rig>], models: &mut Models, path: &Path, from: &SourceForm) -> NewNames {
    let is_own = |rig: &&Arc<Rig>| {
        let model = rig.model.as_ref();
        model.is_some_and(|model| model.rig == from.rig && model.file.path == path)
    };
    let own = rigs.iter().find(is_own);
    let loaded = models.load(path, Some(from.fps));
    let read = loaded.and_then(|loaded| loaded.rigs.get(from.rig));
    let Some((own, read)) = own.zip(read) else {
        return NewNames::new();
    };
    let (now, before) = (&own.armature.bones, &read.armature.bones);
    let same_file = own.model.as_ref().zip(read.model.as_ref());
    if now.len() != before.len() || !same_file.is_some_and(|(own, read)| own == read) {
        return NewNames::new();
    }
    let pairs = before
        .iter()
        .zip(now)
        .filter(|(old, new)| old.name != new.name);
    pairs
        .map(|(old, new)| (Arc::clone(&old.name), Arc::clone(&new.name)))
        .collect()
}

/// The action that the file gives, and whether it is still the same file. Of a changed file the action of the
/// same name counts, where the document has no curves of its own.
fn find<'m>(
    models: &'m mut Models,
    path: &Path,
    name: &str,
    from: &SourceForm,
) -> Option<(&'m Action, bool)> {
    let loaded = models.load(path, Some(from.fps))?;
    let mut actions = loaded.actions.iter().filter_map(|(own, action)| {
        let source = action.source.as_ref()?;
        let same = source.file.sha256 == from.sha256;
        let found = if same {
            source.animation == from.animation
        } else {
            own == name && !from.edited
        };
        (found && source.rig == from.rig).then_some((action, same))
    });
    actions.next()
}

/// Brings an action together with what its file gives.
fn take(action: &mut Action, read: &Action, edited: bool) {
    action.source = read.source.clone();
    if !edited {
        action.fcurves = read.fcurves.clone();
        if action.groups.is_empty() {
            action.groups = groups_of(&action.fcurves);
        }
        return;
    }
    // Curves that are still those of the file are shared with it.
    for curve in &mut action.fcurves {
        let same = read.fcurves.iter().find(|other| *other == curve);
        if let Some(same) = same {
            *curve = Arc::clone(same);
        }
    }
}

fn unread(from: &SourceForm, file: Arc<ModelFile>) -> ClipSource {
    ClipSource {
        file,
        animation: from.animation,
        rig: from.rig,
        fps: from.fps,
        // No curve of an edited action is that of the file, as far as is known.
        curves: from.edited.then(Arc::default),
    }
}

/// The names, or the first of many.
fn few(names: &[&str]) -> String {
    const SHOWN: usize = 6;
    let mut text = names
        .iter()
        .take(SHOWN)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if let Some(more) = names.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text.push_str(&format!(" and {more} more"));
    }
    text
}
