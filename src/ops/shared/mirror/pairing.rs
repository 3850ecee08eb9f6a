//! Which bone of a rig is the mirror image of which.
//!
//! What the user corrected comes first. Then, on a rig with Blender's mirror, Blender's rule for names alone;
//! on one with the geometric mirror that rule, then names of any origin, then the places at rest. The
//! geometric pairs go both ways. Everything is found in one go, in `n log n`.

use std::collections::BTreeMap;

use crate::model::id::BoneId;
use crate::model::rig::Rig;
use crate::model::settings::MirrorKind;
use crate::ops::shared::mirror::names;
use crate::ops::shared::mirror::rests::Rests;
use crate::ops::shared::side_names;

/// What a pair follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The user said so.
    Corrected,
    /// The names.
    Name,
    /// The places at rest.
    Rest,
}

/// The mirror image of a bone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partner {
    /// The bone, which may be the same one: it lies in the middle; or none.
    pub bone: Option<BoneId>,
    /// What that follows from.
    pub how: How,
}

/// Pairs as they are found.
pub struct Partners(Vec<Option<Partner>>);

impl Partners {
    /// Whether the partner of a bone is known, be it none.
    pub fn is_known(&self, bone: BoneId) -> bool {
        self.0.get(bone.index()).is_none_or(Option::is_some)
    }

    fn is_corrected(&self, bone: BoneId) -> bool {
        let partner = self.0.get(bone.index()).copied().flatten();
        partner.is_some_and(|partner| partner.how == How::Corrected)
    }

    fn set(&mut self, bone: BoneId, other: Option<BoneId>, how: How) {
        if let Some(slot) = self.0.get_mut(bone.index()) {
            *slot = Some(Partner { bone: other, how });
        }
    }

    /// Makes two bones each other's mirror image.
    pub fn pair(&mut self, bone: BoneId, other: BoneId, how: How) {
        self.set(bone, Some(other), how);
        self.set(other, Some(bone), how);
    }
}

/// The mirror images of all bones of a rig.
pub struct Pairing(Vec<Option<Partner>>);

impl Pairing {
    /// Those of a rig.
    pub fn new(rig: &Rig) -> Self {
        let bones = &rig.armature.bones;
        let names: Vec<&str> = bones.iter().map(|bone| bone.name.as_ref()).collect();
        let by_name = names.iter().enumerate();
        let by_name: BTreeMap<&str, BoneId> = by_name
            .map(|(place, name)| (*name, BoneId::new(place)))
            .collect();
        let mut partners = Partners(vec![None; names.len()]);
        correct(rig, &by_name, &mut partners);
        match rig.options.mirror_kind {
            MirrorKind::Channels => by_blenders_rule(&names, &by_name, &mut partners),
            MirrorKind::Geometric => generously(rig, &names, &by_name, &mut partners),
        }
        Self(partners.0)
    }

    /// What is known of a bone's mirror image; nothing where none was found.
    pub fn partner(&self, bone: BoneId) -> Option<Partner> {
        self.0.get(bone.index()).copied().flatten()
    }

    /// The mirror image of a bone; itself in the middle.
    pub fn image(&self, bone: BoneId) -> Option<BoneId> {
        self.partner(bone)?.bone
    }

    /// The bone on the other side; none for bones in the middle.
    pub fn other(&self, bone: BoneId) -> Option<BoneId> {
        self.image(bone).filter(|&other| other != bone)
    }

    /// The bone of `rig`, whose pairing this is, that mirrors a bone of another rig, by name. The other rig
    /// may be the same one.
    pub fn image_of(&self, rig: &Rig, from: &Rig, bone: BoneId) -> Option<BoneId> {
        let name = from.armature.name(bone);
        let same = rig.armature.name(bone) == name && rig.armature.bone(bone).is_some();
        match same.then_some(bone).or_else(|| rig.armature.find(name)) {
            Some(own) => self.image(own),
            None => rig.armature.find(&side_names::flip(name, false)),
        }
    }
}

/// Takes over what the user corrected; a pair that stands under one name goes both ways.
fn correct(rig: &Rig, by_name: &BTreeMap<&str, BoneId>, partners: &mut Partners) {
    let corrected = &rig.options.mirror_partners;
    for (name, other) in corrected {
        let Some(&bone) = by_name.get(name.as_str()) else {
            continue;
        };
        let Some(other) = other else {
            partners.set(bone, None, How::Corrected);
            continue;
        };
        if let Some(&found) = by_name.get(other.as_str()) {
            partners.set(bone, Some(found), How::Corrected);
            if !corrected.contains_key(other) {
                partners.set(found, Some(bone), How::Corrected);
            }
        }
    }
}

/// The bone of the flipped name, where the name has a side.
fn flipped(name: &str, by_name: &BTreeMap<&str, BoneId>) -> Option<BoneId> {
    let flipped = side_names::flip(name, false);
    by_name
        .get(flipped.as_str())
        .copied()
        .filter(|_| flipped != name)
}

/// By names of any origin, then by places. Numbers in names are often those of a file's nodes: a name that
/// differs in its side alone can mislead, so those come first that mirror each other at rest, too.
fn generously(
    rig: &Rig,
    names: &[&str],
    by_name: &BTreeMap<&str, BoneId>,
    partners: &mut Partners,
) {
    let rests = Rests::new(&rig.armature);
    let groups = names::Groups::new(names, partners);
    let others: Vec<_> = names.iter().map(|name| flipped(name, by_name)).collect();
    for near in [true, false] {
        for (place, other) in others.iter().enumerate() {
            let (bone, Some(other)) = (BoneId::new(place), *other) else {
                continue;
            };
            let free = !partners.is_known(bone) && !partners.is_known(other);
            if free && (!near || rests.mirror(bone, other)) {
                partners.pair(bone, other, How::Name);
            }
        }
        groups.pair(&rests, near, partners);
    }
    rests.pair(partners);
}

fn by_blenders_rule(names: &[&str], by_name: &BTreeMap<&str, BoneId>, partners: &mut Partners) {
    for (place, name) in names.iter().enumerate() {
        let bone = BoneId::new(place);
        if !partners.is_known(bone) {
            // A name without a side is its own mirror name. Who was given another partner has no second one.
            let other = by_name.get(side_names::flip(name, false).as_str());
            let other = other
                .copied()
                .filter(|&other| !partners.is_corrected(other));
            partners.set(bone, other, How::Name);
        }
    }
}
