//! The pose that a scene starts in: what its animation gives at its frame, then what `pose` names in place of it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::eval::animation;
use crate::model::document::Document;
use crate::model::pose::{BBonePose, Custom};
use crate::model::rig::Rig;

/// Applies the animation of the document's frame; the fields that `value`, its scene, names in `pose` stay.
pub fn apply_animation(document: &mut Document, value: &Value) {
    let Some(given) = document.rig().cloned() else {
        return;
    };
    animation::apply(document);
    let bones = value.get("pose").and_then(Value::as_object);
    let Some(rig) = document.rig_mut() else {
        return;
    };
    for (name, fields) in bones.into_iter().flatten() {
        if let Some(fields) = fields.as_object() {
            give_back(rig, &given, name, fields);
        }
    }
}

/// Gives a bone the named fields that it had.
fn give_back(rig: &mut Rig, given: &Rig, name: &str, fields: &Map<String, Value>) {
    let Some(id) = rig.armature.find(name) else {
        return;
    };
    let (Some(old), Some(old_setup)) = (given.channel(id), given.setup(id)) else {
        return;
    };
    if let Some(channel) = rig.channel_mut(id) {
        for field in fields.keys() {
            match field.as_str() {
                "location" => channel.location = old.location,
                "rotation_quaternion" => channel.quaternion = old.quaternion,
                "rotation_euler" => channel.euler = old.euler,
                "rotation_axis_angle" => channel.axis_angle = old.axis_angle,
                "scale" => channel.scale = old.scale,
                _ => {}
            }
        }
    }
    let named = |field: &str| fields.get(field).and_then(Value::as_object);
    let (bendy, custom) = (named("bbone"), named("custom"));
    if bendy.is_none() && custom.is_none() {
        return;
    }
    if let Some(setup) = rig.setup_mut(id) {
        bendy
            .into_iter()
            .flatten()
            .for_each(|(field, _)| give_back_bendy(&mut setup.bbone, &old_setup.bbone, field));
        custom
            .into_iter()
            .flatten()
            .for_each(|(name, _)| give_back_custom(&mut setup.custom, &old_setup.custom, name));
    }
}

fn give_back_bendy(bendy: &mut BBonePose, given: &BBonePose, field: &str) {
    let mut given = given.clone();
    for index in 0..3 {
        let old = animation::bendy(&mut given, field, index).map(|old| *old);
        if let (Some(slot), Some(old)) = (animation::bendy(bendy, field, index), old) {
            *slot = old;
        }
    }
}

fn give_back_custom(
    custom: &mut BTreeMap<String, Custom>,
    given: &BTreeMap<String, Custom>,
    name: &str,
) {
    if let (Some(slot), Some(old)) = (custom.get_mut(name), given.get(name)) {
        slot.clone_from(old);
    }
}
