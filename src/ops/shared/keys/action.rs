//! Keys set in an action: curves and groups are made where they are missing.

use std::sync::Arc;

use crate::eval::animation;
use crate::model::action::{Action, Group};
use crate::model::fcurve::{FCurve, Key};
use crate::ops::shared::keys::insert::{apply, plan};
use crate::ops::shared::keys::{Insert, remove};

/// Sets a key of a channel; gives the places of curve and key, none if it was not set.
///
/// A curve that turns evenly together with three others gets its key together with them: theirs hold what
/// they gave there before, so that the turn goes on.
pub fn insert_in(
    action: &mut Action,
    bone: Option<&str>,
    property: &str,
    index: u32,
    insert: &Insert,
) -> Option<(usize, usize)> {
    let Some(place) = action.find(bone, property, index) else {
        if insert.replace {
            return None;
        }
        let place = channel(action, bone, property, index);
        return Some((place, set(action, place, insert)?));
    };
    let siblings = siblings(action, place, insert.frame);
    let key = set(action, place, insert)?;
    for (place, value) in siblings {
        let along = Insert {
            value,
            needed: false,
            ..*insert
        };
        set(action, place, &along);
    }
    Some((place, key))
}

/// Takes keys of a curve out; a curve left without keys and modifiers goes, and with its last curve its group.
///
/// Whether the curve went.
pub fn remove_in(action: &mut Action, place: usize, gone: impl Fn(usize, &Key) -> bool) -> bool {
    let Some(curve) = action.fcurves.get_mut(place) else {
        return false;
    };
    remove(Arc::make_mut(curve), gone);
    if !curve.keys.is_empty() || !curve.modifiers.is_empty() {
        return false;
    }
    let group = action.fcurves.remove(place).group.clone();
    let Some(group) = group else { return true };
    let used = |curve: &Arc<FCurve>| curve.group.as_ref() == Some(&group);
    if !action.fcurves.iter().any(used) {
        action.groups.retain(|(name, _)| **name != *group);
    }
    true
}

/// The place of the curve of a channel, made if it is missing, in a group named like its bone.
pub fn channel(action: &mut Action, bone: Option<&str>, property: &str, index: u32) -> usize {
    if let Some(place) = action.find(bone, property, index) {
        return place;
    }
    let curve = FCurve::new(bone, property, index);
    if let Some(name) = curve.group.as_deref()
        && !action.groups.iter().any(|(known, _)| known == name)
    {
        let group = Group {
            select: true,
            expanded: false,
            ..Group::default()
        };
        action.groups.push((name.to_owned(), group));
    }
    let mut curves = action.fcurves.iter();
    let place = match &curve.group {
        Some(group) => {
            let own = curves
                .clone()
                .rposition(|other| other.group.as_ref() == Some(group));
            let loose = || curves.position(|other| other.group.is_none());
            own.map(|place| place + 1).or_else(loose)
        }
        None => None,
    };
    let place = place.unwrap_or(action.fcurves.len());
    action.fcurves.insert(place, Arc::new(curve));
    place
}

/// The other curves of an evenly turning quaternion that have no key at a frame, and what they give there.
fn siblings(action: &Action, place: usize, frame: f32) -> Vec<(usize, f32)> {
    let Some(curve) = action.fcurves.get(place).filter(|curve| curve.spherical) else {
        return Vec::new();
    };
    let places = (0..4).filter(|&index| index != curve.index);
    let places =
        places.filter_map(|index| action.find(curve.bone.as_deref(), &curve.property, index));
    let value = |place: usize| {
        let sibling = action
            .fcurves
            .get(place)
            .filter(|sibling| sibling.spherical && sibling.key_at(frame).is_none())?;
        Some((place, animation::curve_value(action, sibling, frame)))
    };
    places.filter_map(value).collect()
}

fn set(action: &mut Action, place: usize, insert: &Insert) -> Option<usize> {
    let curve = action.fcurves.get(place)?;
    let value_at = |curve: &FCurve, frame: f32| animation::curve_value(action, curve, frame);
    let plan = plan(curve, insert, value_at)?;
    Some(apply(Arc::make_mut(action.fcurves.get_mut(place)?), &plan))
}
