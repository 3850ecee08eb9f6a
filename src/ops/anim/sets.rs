//! Keying sets made and used by hand: named lists of channels that are keyed together.

use std::collections::HashMap;
use std::sync::Arc;

use crate::eval::keyed::rotation_property;
use crate::model::document::{Document, unique_name};
use crate::model::id::{BoneId, RigId};
use crate::model::keying_set::KeyingSet;
use crate::model::rig::Rig;
use crate::ops::anim::need_selection;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Offer, Operator, Poll, Refusal, Start};
use crate::ops::shared::channels::{LOCATION, SCALE};
use crate::ops::shared::keyed_action;
use crate::props;

/// What stands where no keying set is used.
pub const NO_SET: &str = "All Channels";

props! {
    /// Choose which keying set is used for what is keyed, or none.
    pub struct KeyingSetActiveSet {}
}

impl Operator for KeyingSetActiveSet {
    const INFO: Info = Info::new("anim.keying_set_active_set", "Set Active Keying Set");

    fn poll(cx: &Context) -> Poll {
        match cx.doc.scene.keying_sets.is_empty() {
            true => Err("There is no keying set yet; make one of the selected bones first".into()),
            false => Ok(()),
        }
    }

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        Start::Offer(offers(cx.doc))
    }

    /// What is chosen is a call of its own, `scene.keying_set_use`.
    fn exec(&self, _cx: &mut Context) -> Exec {
        Err(Refusal::Nothing)
    }
}

fn offers(doc: &Document) -> Vec<Offer> {
    let active = doc.scene.active_keying_set;
    let none = Offer {
        label: NO_SET.to_owned(),
        call: "scene.keying_set_use()".to_owned(),
        on: Some(active.is_none()),
    };
    let sets = doc.scene.keying_sets.iter().enumerate();
    let sets = sets.map(|(place, set)| Offer {
        label: set.name.clone(),
        call: format!("scene.keying_set_use(name: {:?})", set.name),
        on: Some(active == Some(place)),
    });
    std::iter::once(none).chain(sets).collect()
}

props! {
    /// Make a keying set of the selected bones and use it from now on.
    ///
    /// It takes what has keys; where nothing has, location, rotation and scale.
    pub struct KeyingSetAdd {
        /// What it is called; a number is added where the name is taken.
        name: String = "Keying Set".to_owned(), HINT.label("Name");
    }
}

impl Operator for KeyingSetAdd {
    const INFO: Info = Info::new("anim.keying_set_add", "New Keying Set");

    fn poll(cx: &Context) -> Poll {
        need_selection(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        need_selection(cx).map_err(Refusal::Error)?;
        let name = self.name.trim();
        if name.is_empty() {
            return Err(Refusal::error("A keying set needs a name"));
        }
        let selected = cx.selected_bones();
        let mut paths = channels_of(cx.doc, &selected, keyed);
        if paths.is_empty() {
            paths = channels_of(cx.doc, &selected, transforms);
        }
        let scene = Arc::make_mut(&mut cx.doc.scene);
        let taken = |name: &str| scene.keying_sets.iter().any(|set| set.name == name);
        let name = unique_name(name, taken);
        let count = paths.len();
        let plural = if count == 1 { "" } else { "s" };
        scene.active_keying_set = Some(scene.keying_sets.len());
        let set = KeyingSet {
            name: name.clone(),
            paths,
        };
        scene.keying_sets.push(set);
        cx.info(format!("`{name}` keys {count} channel{plural}"));
        Ok(())
    }
}

props! {
    /// Remove the keying set that is used; its keys stay.
    pub struct KeyingSetRemove {}
}

impl Operator for KeyingSetRemove {
    const INFO: Info = Info::new("anim.keying_set_remove", "Remove Active Keying Set");

    fn poll(cx: &Context) -> Poll {
        let scene = &cx.doc.scene;
        let active = scene.active_keying_set;
        match active.filter(|&place| place < scene.keying_sets.len()) {
            Some(_) => Ok(()),
            None => Err("No keying set is used, so there is none to remove".to_owned()),
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let scene = Arc::make_mut(&mut cx.doc.scene);
        let place = scene.active_keying_set.take().ok_or(Refusal::Nothing)?;
        if place >= scene.keying_sets.len() {
            return Err(Refusal::Nothing);
        }
        let removed = scene.keying_sets.remove(place);
        cx.info(format!("Removed the keying set `{}`", removed.name));
        Ok(())
    }
}

/// Bone and property of each channel.
type Paths = Vec<(String, String)>;

/// The channels of bones of several rigs; what two of them share stands there once.
fn channels_of(
    doc: &Document,
    selected: &[(RigId, Vec<BoneId>)],
    of: fn(&Document, &Rig, &[BoneId]) -> Paths,
) -> Paths {
    let mut paths = Paths::new();
    for (id, bones) in selected {
        let Some(rig) = doc.rigs.get(id.index()) else {
            continue;
        };
        paths.extend(of(doc, rig, bones));
    }
    let mut known = std::collections::HashSet::new();
    paths.retain(|path| known.insert(path.clone()));
    paths
}

/// What has a curve with keys, bone after bone.
fn keyed(doc: &Document, rig: &Rig, bones: &[BoneId]) -> Paths {
    let mut of_bone: HashMap<&str, Vec<&str>> = HashMap::new();
    let action = keyed_action::action(doc, rig).into_iter();
    for curve in action.flat_map(|action| &action.fcurves) {
        if let Some(bone) = curve.bone.as_deref().filter(|_| !curve.keys.is_empty()) {
            of_bone.entry(bone).or_default().push(&curve.property);
        }
    }
    let path = |name: &str, property: &str| (name.to_owned(), property.to_owned());
    let names = bones.iter().map(|&bone| rig.armature.name(bone));
    let paths = names.flat_map(|name| {
        let properties = of_bone.get(name).into_iter().flatten();
        properties.map(move |property| path(name, property))
    });
    paths.collect()
}

/// Location, where the bone has one of its own, rotation and scale.
fn transforms(_doc: &Document, rig: &Rig, bones: &[BoneId]) -> Paths {
    let mut paths = Paths::new();
    for &id in bones {
        let (Some(bone), Some(channel)) = (rig.armature.bone(id), rig.channel(id)) else {
            continue;
        };
        let location = (!bone.connected).then_some(LOCATION);
        let names = [rotation_property(channel.mode), SCALE];
        for name in location.into_iter().chain(names) {
            paths.push((bone.name.to_string(), name.to_owned()));
        }
    }
    paths
}
