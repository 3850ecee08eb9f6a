//! The built-in sets of channels that are keyed together.

use crate::choice;
use crate::eval::keyed::rotation_property;
use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};
use crate::model::pose::{BoneSetup, Channel};
use crate::model::rig::Rig;
use crate::ops::shared::channels::{self, BENDY, Held, LOCATION, SCALE};
use crate::ops::shared::keyed_action;

choice! {
    /// A set of channels that are keyed together.
    pub enum KeySet: Location {
        /// What has curves already
        Available = "Available", "Available";
        /// Location
        Location = "Location", "Location";
        /// Rotation, in the form it is stored in
        Rotation = "Rotation", "Rotation";
        /// Scale
        Scaling = "Scaling", "Scale";
        /// Location and rotation
        LocRot = "BUILTIN_KSI_LocRot", "Location & Rotation";
        /// Location, rotation and scale
        LocRotScale = "LocRotScale", "Location, Rotation & Scale";
        /// Location, rotation, scale and custom properties
        LocRotScaleCustom = "LocRotScaleCProp", "Location, Rotation, Scale & Custom Properties";
        /// Location and scale
        LocScale = "BUILTIN_KSI_LocScale", "Location & Scale";
        /// Rotation and scale
        RotScale = "BUILTIN_KSI_RotScale", "Rotation & Scale";
        /// Curves, rolls, scales and eases of bendy bones
        BendyBones = "BUILTIN_KSI_BendyBones", "BBone Shape";
        /// What is not locked of every bone of the rig, but for bones that help the rig, by their names
        WholeCharacter = "WholeCharacter", "Whole Character";
        /// What is not locked of the selected bones
        WholeCharacterSelected = "WholeCharacterSelected", "Whole Character (Selected Bones Only)";
    }
}

/// Bones whose names begin so help the rig; the whole character does without them.
const HELPERS: [&str; 6] = ["DEF", "GEO", "MCH", "ORG", "COR", "VIS"];

impl KeySet {
    /// The channels of these bones that belong to the set.
    pub fn of(self, doc: &Document, id: RigId, bones: &[BoneId]) -> Vec<Held> {
        let Some(rig) = doc.rigs.get(id.index()) else {
            return Vec::new();
        };
        match self {
            Self::Available => available(doc, rig, bones),
            Self::WholeCharacter => {
                let shown = |&bone: &BoneId| {
                    let name = rig.armature.name(bone);
                    !HELPERS.iter().any(|helper| name.starts_with(helper))
                };
                let all = rig.armature.ids().filter(shown);
                all.flat_map(|bone| whole(rig, bone)).collect()
            }
            Self::WholeCharacterSelected => {
                bones.iter().flat_map(|&bone| whole(rig, bone)).collect()
            }
            _ => bones
                .iter()
                .flat_map(|&bone| self.plain(rig, bone))
                .collect(),
        }
    }

    /// Location, rotation and scale, as far as they belong to the set; locks do not count.
    fn plain(self, rig: &Rig, bone: BoneId) -> Vec<Held> {
        let Some(channel) = rig.channel(bone) else {
            return Vec::new();
        };
        let (location, rotation, scale) = match self {
            Self::Location => (true, false, false),
            Self::Rotation => (false, true, false),
            Self::Scaling => (false, false, true),
            Self::LocRot => (true, true, false),
            Self::LocScale => (true, false, true),
            Self::RotScale => (false, true, true),
            Self::BendyBones => return of(rig, bone, BENDY),
            _ => (true, true, true),
        };
        let wanted = [
            (location, LOCATION),
            (rotation, rotation_property(channel.mode)),
            (scale, SCALE),
        ];
        let names = wanted.iter().filter(|(wanted, _)| *wanted);
        let names: Vec<_> = names.map(|(_, name)| *name).collect();
        let mut held = of(rig, bone, &names);
        if self == Self::LocRotScaleCustom {
            held.extend(custom(rig, bone));
        }
        held
    }
}

fn of(rig: &Rig, bone: BoneId, names: &[&str]) -> Vec<Held> {
    let components = |name: &&str| channels::property(rig, Some(bone), name);
    names.iter().flat_map(components).collect()
}

fn custom(rig: &Rig, bone: BoneId) -> Vec<Held> {
    let names = rig
        .setup(bone)
        .into_iter()
        .flat_map(|setup| setup.custom.keys());
    let components =
        |name: &String| channels::property(rig, Some(bone), &channels::custom_property(name));
    names.flat_map(components).collect()
}

/// Everything of a bone that is not locked.
fn whole(rig: &Rig, bone: BoneId) -> Vec<Held> {
    let (Some(channel), Some(setup)) = (rig.channel(bone), rig.setup(bone)) else {
        return Vec::new();
    };
    let rest = rig.armature.bone(bone);
    let mut held = Vec::new();
    if !rest.is_some_and(|bone| bone.connected) {
        held.extend(unlocked(of(rig, bone, &[LOCATION]), &setup.lock_location));
    }
    held.extend(unlocked_rotation(rig, bone, channel, setup));
    held.extend(unlocked(of(rig, bone, &[SCALE]), &setup.lock_scale));
    if rest.is_some_and(|bone| bone.bbone.bbone_segments > 1) {
        held.extend(of(rig, bone, BENDY));
    }
    held.extend(custom(rig, bone));
    held
}

fn unlocked(held: Vec<Held>, locks: &[bool]) -> Vec<Held> {
    let pairs = held.into_iter().zip(locks);
    pairs
        .filter(|(_, locked)| !**locked)
        .map(|(held, _)| held)
        .collect()
}

fn unlocked_rotation(rig: &Rig, bone: BoneId, channel: &Channel, setup: &BoneSetup) -> Vec<Held> {
    let held = of(rig, bone, &[rotation_property(channel.mode)]);
    let [x, y, z] = setup.lock_rotation;
    let locks = match channel.mode.euler_order() {
        Some(_) => vec![x, y, z],
        None if setup.lock_rotations_4d => vec![setup.lock_rotation_w, x, y, z],
        // Locked in its Euler form, no component is free of the others: all are keyed or none.
        None => vec![x || y || z; 4],
    };
    unlocked(held, &locks)
}

/// What has a curve in the rig's action.
fn available(doc: &Document, rig: &Rig, bones: &[BoneId]) -> Vec<Held> {
    let action = keyed_action::action(doc, rig);
    let mut held = Vec::new();
    for curve in action.iter().flat_map(|action| &action.fcurves) {
        let bone = curve
            .bone
            .as_deref()
            .and_then(|name| rig.armature.find(name));
        let Some(bone) = bone.filter(|bone| bones.contains(bone)) else {
            continue;
        };
        let components = channels::property(rig, Some(bone), &curve.property);
        held.extend(
            components
                .into_iter()
                .find(|held| held.index == curve.index),
        );
    }
    held
}
