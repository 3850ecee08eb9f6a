//! What can be keyed of a rig: the components of its bones' properties, with the values they hold now.

use std::borrow::Cow;

use crate::eval::animation::custom_name;
use crate::eval::keyed::{self, rotation_property};
use crate::model::id::BoneId;
use crate::model::pose::{BoneSetup, Channel, Custom};
use crate::model::rig::Rig;
use crate::ops::shared::keys::Values;

/// One component of a property, and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The bone; none: the rig itself.
    pub bone: Option<BoneId>,
    /// As curves name it.
    pub property: Cow<'static, str>,
    /// Which component.
    pub index: u32,
    /// Its value.
    pub value: f32,
    /// What kind of value it is.
    pub kind: Values,
}

/// Location, rotation and scale, as curves name them.
pub const LOCATION: &str = "location";
/// See [`LOCATION`].
pub const SCALE: &str = "scale";

/// The bendy-bone properties of a pose, in the order in which they are keyed.
pub const BENDY: &[&str] = &[
    "bbone_curveinx",
    "bbone_curveinz",
    "bbone_curveoutx",
    "bbone_curveoutz",
    "bbone_rollin",
    "bbone_rollout",
    "bbone_scalein",
    "bbone_scaleout",
    "bbone_easein",
    "bbone_easeout",
];

/// A custom property as curves name it.
pub fn custom_property(name: &str) -> String {
    let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
    format!("[\"{escaped}\"]")
}

/// Every component of a property of a bone, or of the rig itself; none where there is no such property, or
/// where it holds no numbers.
pub fn property(rig: &Rig, bone: Option<BoneId>, property: &str) -> Vec<Held> {
    let (kind, values) = match bone {
        Some(bone) => match (rig.channel(bone), rig.setup(bone)) {
            (Some(channel), Some(setup)) => of_bone(channel, setup, property),
            _ => (Values::Float, Vec::new()),
        },
        None => (Values::Float, of_rig(rig, property)),
    };
    let name = known(property);
    let held = |(index, value): (u32, f32)| Held {
        bone,
        property: name.clone(),
        index,
        value,
        kind,
    };
    (0..).zip(values).map(held).collect()
}

/// The name without a copy, where it is one of ours.
fn known(property: &str) -> Cow<'static, str> {
    const ROTATIONS: [&str; 3] = [
        "rotation_quaternion",
        "rotation_euler",
        "rotation_axis_angle",
    ];
    let mut names = [LOCATION, SCALE].into_iter().chain(ROTATIONS);
    let name = names.find(|name| *name == property);
    let name = name.or_else(|| BENDY.iter().copied().find(|name| *name == property));
    name.map_or_else(|| property.to_owned().into(), Cow::Borrowed)
}

fn of_rig(rig: &Rig, property: &str) -> Vec<f32> {
    match property {
        LOCATION => rig.location.to_array().to_vec(),
        "rotation_euler" => rig.rotation_euler.to_array().to_vec(),
        SCALE => rig.scale.to_array().to_vec(),
        _ => Vec::new(),
    }
}

fn of_bone(channel: &Channel, setup: &BoneSetup, property: &str) -> (Values, Vec<f32>) {
    let custom = custom_name(property).map(|name| setup.custom.get(name.as_ref()));
    let (kind, most) = match custom {
        Some(Some(Custom::Bool(_))) => (Values::Switch, 1),
        Some(Some(Custom::Int(_))) => (Values::Int, 1),
        Some(Some(Custom::Numbers(numbers))) => (Values::Float, numbers.len()),
        Some(_) => (Values::Float, 1),
        None if property.starts_with("bbone_") && !property.starts_with("bbone_scale") => {
            (Values::Float, 1)
        }
        None => (Values::Float, 4),
    };
    let value = |index| keyed::value(channel, setup, property, index);
    (kind, (0..).take(most).map_while(value).collect())
}

/// The properties of a bone whose values can be keyed: transform, bendy values, custom properties.
pub fn properties(rig: &Rig, bone: BoneId) -> Vec<Cow<'static, str>> {
    let Some((channel, setup)) = rig.channel(bone).zip(rig.setup(bone)) else {
        return Vec::new();
    };
    let transform = [LOCATION, rotation_property(channel.mode), SCALE];
    let plain = transform.into_iter().chain(BENDY.iter().copied());
    let custom = setup.custom.keys().map(|name| custom_property(name).into());
    plain.map(Cow::Borrowed).chain(custom).collect()
}

/// The components of a bone that hold other values in `new` than in `old`. A quaternion or an axis with its
/// angle counts as a whole: its components mean little one by one. A rotation that went over to another form
/// is the same rotation.
pub fn changed(old: &Rig, new: &Rig, bone: BoneId) -> Vec<Held> {
    let mut changed = Vec::new();
    let mode = |rig: &Rig| rig.channel(bone).map(|channel| channel.mode);
    let turned_over = mode(old) != mode(new);
    for name in properties(new, bone) {
        if turned_over && name.starts_with("rotation_") {
            continue;
        }
        let before = property(old, Some(bone), &name);
        let mut now = property(new, Some(bone), &name);
        let same = |now: &Held| {
            let then = before.iter().find(|then| then.index == now.index);
            then.is_some_and(|then| then.value == now.value)
        };
        if now.iter().all(same) {
            continue;
        }
        let whole = matches!(name.as_ref(), "rotation_quaternion" | "rotation_axis_angle");
        if !whole {
            now.retain(|held| !same(held));
        }
        changed.append(&mut now);
    }
    changed
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::armature::Armature;
    use crate::model::bone::Bone;

    fn rig() -> Rig {
        let bones = vec![Arc::new(Bone::default())];
        let armature = Armature {
            bones,
            ..Armature::default()
        };
        Rig::new("Rig".to_owned(), armature)
    }

    fn values(rig: &Rig, name: &str) -> Vec<f32> {
        let held = property(rig, Some(BoneId(0)), name);
        held.iter().map(|held| held.value).collect()
    }

    #[test]
    fn properties_have_their_components() {
        let mut rig = rig();
        rig.channel_mut(BoneId(0)).unwrap().location.y = 2.0;
        let custom = &mut rig.setup_mut(BoneId(0)).unwrap().custom;
        custom.insert("a \"b\"".to_owned(), Custom::Numbers(vec![4.0, 5.0]));
        custom.insert("on".to_owned(), Custom::Bool(true));
        custom.insert("note".to_owned(), Custom::Text("x".to_owned()));
        assert_eq!(values(&rig, "location"), [0.0, 2.0, 0.0]);
        assert_eq!(values(&rig, "rotation_quaternion"), [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(values(&rig, "bbone_scalein"), [1.0; 3]);
        assert_eq!(values(&rig, "bbone_rollin"), [0.0]);
        assert_eq!(values(&rig, &custom_property("a \"b\"")), [4.0, 5.0]);
        let on = property(&rig, Some(BoneId(0)), "[\"on\"]");
        assert_eq!((on[0].kind, on[0].value), (Values::Switch, 1.0));
        assert!(values(&rig, "[\"note\"]").is_empty() && values(&rig, "nothing").is_empty());
        assert_eq!(property(&rig, None, "scale").len(), 3);
    }

    #[test]
    fn a_quaternion_changes_as_a_whole_and_a_location_by_components() {
        let (old, mut new) = (rig(), rig());
        let channel = new.channel_mut(BoneId(0)).unwrap();
        channel.location.z = 1.0;
        channel.quaternion[1] = 0.5;
        let changed = changed(&old, &new, BoneId(0));
        let names: Vec<_> = changed
            .iter()
            .map(|h| (h.property.as_ref(), h.index))
            .collect();
        let turned = (0..4).map(|index| ("rotation_quaternion", index));
        let expected: Vec<_> = [("location", 2)].into_iter().chain(turned).collect();
        assert_eq!(names, expected);
    }
}
