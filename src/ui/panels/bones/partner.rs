//! The mirror partners that the bone list shows, kept until bones or settings of their rig change.

use std::sync::{Arc, Weak};

use crate::model::armature::Armature;
use crate::model::id::{BoneId, RigId};
use crate::model::rig::Rig;
use crate::model::settings::RigOptions;
use crate::ops::armature::mirror;
use crate::ops::shared::mirror::pairing::{How, Pairing};
use crate::ui::menus::{self, Entry};

/// What was found of one rig.
struct Known {
    rig: RigId,
    armature: Weak<Armature>,
    options: Weak<RigOptions>,
    pairing: Pairing,
}

/// The mirror partners of the rig that was looked at last.
#[derive(Default)]
pub struct Partners(Option<Known>);

impl Partners {
    fn of(&mut self, id: RigId, rig: &Rig) -> &Pairing {
        let current = self.0.take().filter(|known| {
            known.rig == id
                && std::ptr::eq(known.armature.as_ptr(), Arc::as_ptr(&rig.armature))
                && std::ptr::eq(known.options.as_ptr(), Arc::as_ptr(&rig.options))
        });
        let known = current.unwrap_or_else(|| Known {
            rig: id,
            armature: Arc::downgrade(&rig.armature),
            options: Arc::downgrade(&rig.options),
            pairing: Pairing::new(rig),
        });
        &self.0.insert(known).pairing
    }

    /// What is known of a bone's mirror partner, in words.
    pub fn words(&mut self, id: RigId, rig: &Rig, bone: BoneId) -> String {
        let partner = self.of(id, rig).partner(bone);
        mirror::words(rig, bone, partner)
    }

    /// Whether the user chose the partner of a bone.
    pub fn is_chosen(&mut self, id: RigId, rig: &Rig, bone: BoneId) -> bool {
        if rig.options.mirror_partners.is_empty() {
            return false;
        }
        let partner = self.of(id, rig).partner(bone);
        partner.is_some_and(|partner| partner.how == How::Corrected)
    }
}

/// What a menu offers to be the partner of a bone of this rig, the active one or another.
pub fn entries(rig: &Rig, bone: BoneId, active: bool) -> Vec<Entry> {
    let offers = mirror::offers(rig, bone, active);
    let entries = offers.iter().filter_map(menus::offered);
    let mut entries: Vec<_> = entries.collect();
    let places = entries.len().min(3);
    entries.insert(places, Entry::Line);
    entries
}
