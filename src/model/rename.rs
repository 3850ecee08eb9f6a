//! Giving bones other names, in everything that names them.
//!
//! What refers to bones by their place (meshes, selection, parents) stays as it is. Of curves those follow whose
//! property exists. Selection sets are lists of names and stay, unless that is asked for; so do pose assets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::action::Action;
use crate::model::constraint::Constraint;
use crate::model::document::Document;
use crate::model::fcurve::FCurve;
use crate::model::id::{BoneId, RigId};
use crate::model::rig::{ModelFile, Rig};

/// New names by old ones.
pub type NewNames = BTreeMap<Arc<str>, Arc<str>>;

/// Gives bones of a rig the names of the list, which must leave all names of the rig unique, and has what names
/// them follow; gives the new names by the old ones.
pub fn rename_bones(document: &mut Document, id: RigId, names: &[(BoneId, Arc<str>)]) -> NewNames {
    let Some(rig) = document.rigs.get(id.index()) else {
        return NewNames::new();
    };
    let change = |(bone, new): &(BoneId, Arc<str>)| {
        let old = &rig.armature.bone(*bone)?.name;
        (old != new).then(|| (Arc::clone(old), Arc::clone(new)))
    };
    let new_names: NewNames = names.iter().filter_map(change).collect();
    if new_names.is_empty() {
        return new_names;
    }
    // Curves and keying sets name no rig: where another rig has such a bone they may be about that one.
    let shared = shared_names(document, id, &new_names);
    rename_in_actions(document, id, &new_names, &shared);
    let sets = &document.scene.keying_sets;
    let alone = |name: &str| !shared.contains(name);
    let mut paths = sets.iter().flat_map(|set| &set.paths);
    if paths.any(|(bone, _)| new_names.contains_key(bone.as_str()) && alone(bone)) {
        let sets = &mut Arc::make_mut(&mut document.scene).keying_sets;
        for (bone, _) in sets.iter_mut().flat_map(|set| &mut set.paths) {
            if alone(bone) {
                follow(bone, &new_names);
            }
        }
    }
    rename_in_constraints(document, id, &new_names);
    if let Some(rig) = document.rig_at_mut(id) {
        rename_in_rig(rig, names, &new_names);
    }
    new_names
}

/// Has the selection sets of a rig follow new names.
pub fn rename_in_selection_sets(rig: &mut Rig, new_names: &NewNames) {
    let mut listed = rig.options.selection_sets.iter().flat_map(|set| &set.bones);
    if !listed.any(|bone| new_names.contains_key(bone.as_str())) {
        return;
    }
    let sets = &mut Arc::make_mut(&mut rig.options).selection_sets;
    for bone in sets.iter_mut().flat_map(|set| &mut set.bones) {
        follow(bone, new_names);
    }
}

/// The renamed bones whose old name a bone of another rig has, too.
fn shared_names(document: &Document, id: RigId, new_names: &NewNames) -> BTreeSet<Arc<str>> {
    let rigs = document.rigs.iter().enumerate();
    let others = rigs.filter(|(place, _)| *place != id.index());
    let bones = others.flat_map(|(_, rig)| &rig.armature.bones);
    let names = bones.map(|bone| &bone.name);
    names
        .filter(|name| new_names.contains_key(*name))
        .cloned()
        .collect()
}

fn follow(name: &mut String, new_names: &NewNames) {
    if let Some(new) = new_names.get(name.as_str()) {
        *name = new.to_string();
    }
}

fn follow_option(name: &mut Option<String>, new_names: &NewNames) {
    if let Some(name) = name {
        follow(name, new_names);
    }
}

fn rename_in_rig(rig: &mut Rig, names: &[(BoneId, Arc<str>)], new_names: &NewNames) {
    if !rig.options.mirror_partners.is_empty() {
        Arc::make_mut(&mut rig.options).rename_in_pairs(new_names);
    }
    let armature = Arc::make_mut(&mut rig.armature);
    for (bone, name) in names {
        if let Some(bone) = armature.bones.get_mut(bone.index()) {
            Arc::make_mut(bone).name = Arc::clone(name);
        }
    }
    for bone in &mut armature.bones {
        let rest = &bone.bbone;
        let handles = [
            &rest.bbone_custom_handle_start,
            &rest.bbone_custom_handle_end,
        ];
        let named = |name: &&Option<String>| {
            let name = name.as_deref();
            name.is_some_and(|name| new_names.contains_key(name))
        };
        if handles.iter().any(named) {
            let rest = Arc::make_mut(&mut Arc::make_mut(bone).bbone);
            follow_option(&mut rest.bbone_custom_handle_start, new_names);
            follow_option(&mut rest.bbone_custom_handle_end, new_names);
        }
    }
    let pairs = &rig.options.mirror_partners;
    let named = |name: &String| new_names.contains_key(name.as_str());
    if pairs
        .iter()
        .any(|(bone, other)| named(bone) || other.as_ref().is_some_and(named))
    {
        let pairs = &mut Arc::make_mut(&mut rig.options).mirror_partners;
        *pairs = std::mem::take(pairs)
            .into_iter()
            .map(|(mut bone, mut partner)| {
                follow(&mut bone, new_names);
                follow_option(&mut partner, new_names);
                (bone, partner)
            })
            .collect();
    }
}

/// Has the constraints of all rigs follow new names of the bones of this one.
fn rename_in_constraints(document: &mut Document, id: RigId, new_names: &NewNames) {
    let Some(renamed) = document.rigs.get(id.index()).map(|rig| rig.name.clone()) else {
        return;
    };
    let follow_in = |constraint: &mut Constraint, own: bool| {
        constraint.each_name(|object, bone| {
            if object.as_deref().map_or(own, |object| object == renamed) {
                follow_option(bone, new_names);
            }
        });
    };
    let mut changed: Vec<(RigId, BoneId, Vec<Constraint>)> = Vec::new();
    for (other, rig) in document.rig_ids().zip(document.rigs.iter()) {
        for (bone, setup) in rig.armature.ids().zip(rig.pose.setups.iter()) {
            if setup.constraints.is_empty() {
                continue;
            }
            let mut constraints = setup.constraints.clone();
            let own = other == id;
            constraints
                .iter_mut()
                .for_each(|constraint| follow_in(constraint, own));
            if constraints != setup.constraints {
                changed.push((other, bone, constraints));
            }
        }
    }
    for (rig, bone, constraints) in changed {
        let rig = document.rig_at_mut(rig);
        if let Some(setup) = rig.and_then(|rig| rig.setup_mut(bone)) {
            setup.constraints = constraints;
        }
    }
}

/// The actions that a rig plays: the active one, those of strips and of constraints, and its other ones.
fn played_by(rig: &Rig) -> BTreeSet<&str> {
    let animation = &rig.animation;
    let strips = animation.nla.iter().flat_map(|track| &track.strips);
    let constraints = rig.pose.setups.iter().flat_map(|setup| &setup.constraints);
    let own = [
        &animation.active_action,
        &animation.previous_action,
        &animation.pose_library,
    ];
    own.into_iter()
        .chain(strips.map(|strip| &strip.action))
        .chain(constraints.map(|constraint| &constraint.action))
        .filter_map(Option::as_deref)
        .collect()
}

/// Whether an action was read from the file of a rig, as one of that rig.
fn came_with(action: &Action, rig: &Rig) -> bool {
    let same = |a: &Arc<ModelFile>, b: &Arc<ModelFile>| {
        Arc::ptr_eq(a, b) || a.sha256 == b.sha256 && a.path == b.path
    };
    let source = action.source.as_ref().zip(rig.model.as_ref());
    source.is_some_and(|(source, model)| source.rig == model.rig && same(&source.file, &model.file))
}

/// Renames in the actions that the rig plays or that came with it. An action that no rig plays is taken for one
/// of this rig where no other rig has the bone.
fn rename_in_actions(
    document: &mut Document,
    id: RigId,
    new_names: &NewNames,
    shared: &BTreeSet<Arc<str>>,
) {
    let Some(rig) = document.rigs.get(id.index()).cloned() else {
        return;
    };
    let played = played_by(&rig);
    let everywhere: BTreeSet<&str> = document
        .rigs
        .iter()
        .flat_map(|rig| played_by(rig))
        .collect();
    let alone: NewNames = new_names
        .iter()
        .filter(|(old, _)| !shared.contains(*old))
        .map(|(old, new)| (Arc::clone(old), Arc::clone(new)))
        .collect();
    let has = |curve: &FCurve| {
        let bone = curve
            .bone
            .as_deref()
            .and_then(|bone| rig.armature.find(bone));
        bone.is_some_and(|bone| has_property(&rig, bone, &curve.property))
    };
    let mut changed: Vec<(String, Arc<Action>)> = Vec::new();
    for (name, action) in document.actions.iter() {
        let names = match () {
            () if played.contains(name.as_str()) || came_with(action, &rig) => new_names,
            () if !everywhere.contains(name.as_str()) && action.source.is_none() => &alone,
            () => continue,
        };
        let moves = |curve: &Arc<FCurve>| {
            let bone = curve.bone.as_ref();
            bone.is_some_and(|bone| names.contains_key(bone))
        };
        if action.fcurves.iter().any(moves) {
            let mut action = Arc::clone(action);
            rename_in_action(Arc::make_mut(&mut action), names, has);
            changed.push((name.clone(), action));
        }
    }
    if !changed.is_empty() {
        Arc::make_mut(&mut document.actions).extend(changed);
    }
}

/// Whether the bone has what a curve moves: custom properties and constraints come and go.
fn has_property(rig: &Rig, bone: BoneId, property: &str) -> bool {
    let Some(setup) = rig.setup(bone) else {
        return false;
    };
    let quoted = |text: &str| {
        let (text, _) = text.strip_prefix("[\"")?.rsplit_once("\"]")?;
        Some(text.replace("\\\"", "\"").replace("\\\\", "\\"))
    };
    if let Some(name) = quoted(property) {
        return setup.custom.contains_key(&name);
    }
    match property.strip_prefix("constraints").and_then(quoted) {
        Some(name) => setup.constraints.iter().any(|own| own.name == name),
        None => true,
    }
}

/// Has the curves of an action that move renamed bones follow, where they are `wanted`, with their groups; what
/// is known of its file follows too.
pub fn rename_in_action(
    action: &mut Action,
    new_names: &NewNames,
    wanted: impl Fn(&FCurve) -> bool,
) {
    if new_names.is_empty() {
        return;
    }
    let old = action.fcurves.clone();
    let groups = rename_in_curves(&mut action.fcurves, new_names, &wanted);
    for (name, _) in &mut action.groups {
        if let Some(new) = groups.get(name.as_str()) {
            *name = new.to_string();
        }
    }
    merge_groups(action);
    let Some(source) = &mut action.source else {
        return;
    };
    let Some(read) = &mut source.curves else {
        return;
    };
    // Curves that are shared with the file stay so.
    let pairs = old.iter().zip(&action.fcurves);
    let shared: BTreeMap<*const FCurve, &Arc<FCurve>> =
        pairs.map(|(old, new)| (Arc::as_ptr(old), new)).collect();
    let mut curves = read.as_ref().clone();
    rename_in_curves(&mut curves, new_names, &wanted);
    for (before, curve) in read.iter().zip(&mut curves) {
        if let Some(new) = shared.get(&Arc::as_ptr(before)) {
            *curve = Arc::clone(new);
        }
    }
    *read = Arc::new(curves);
}

/// Renames in curves; gives the groups that are called like a bone and are renamed with it.
fn rename_in_curves(
    curves: &mut [Arc<FCurve>],
    new_names: &NewNames,
    wanted: &impl Fn(&FCurve) -> bool,
) -> NewNames {
    let mut groups = NewNames::new();
    for curve in &mut *curves {
        let bone = curve.bone.as_ref();
        let entry = bone.and_then(|bone| new_names.get_key_value(bone));
        let Some((old, new)) = entry.filter(|_| wanted(curve)) else {
            continue;
        };
        if curve.group.as_ref() == Some(old) {
            groups.insert(Arc::clone(old), Arc::clone(new));
        }
        Arc::make_mut(curve).bone = Some(Arc::clone(new));
    }
    for curve in curves {
        let group = curve.group.as_ref().and_then(|group| groups.get(group));
        if let Some(new) = group.cloned() {
            Arc::make_mut(curve).group = Some(new);
        }
    }
    groups
}

/// Of groups that have got one name the first stays.
fn merge_groups(action: &mut Action) {
    let mut seen = BTreeSet::new();
    action.groups.retain(|(name, _)| seen.insert(name.clone()));
}
