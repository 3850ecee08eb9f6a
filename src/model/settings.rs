//! Settings of the scene and of each rig that operators read and undo covers.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::choice;
use crate::model::armature::Armature;
use crate::model::fcurve::KeyKind;
use crate::model::keying_set::KeyingSet;
use crate::model::markers::Marker;
use crate::model::motion_path::MotionPathSettings;
use crate::model::nla::Track;
use crate::model::selection_set::SelectionSet;
use crate::record;

choice! {
    /// What automatic keying does with a channel.
    pub enum AutoKeyMode: AddReplaceKeys {
        /// Makes keys, and changes those at the current frame
        AddReplaceKeys = "ADD_REPLACE_KEYS", "Add & Replace";
        /// Changes keys at the current frame, makes none
        ReplaceKeys = "REPLACE_KEYS", "Replace";
    }
}

record! {
    /// Time, markers and keying of the whole document.
    pub struct SceneSettings {
        /// The current frame.
        pub frame: f32 = 1.0;
        /// First frame.
        pub frame_start: i32 = 1;
        /// Last frame.
        pub frame_end: i32 = 250;
        /// Frames per second.
        pub fps: f32 = 24.0;
        /// First and last frame of the preview.
        pub preview_range: Option<(i32, i32)> = None;
        /// Named frames.
        pub markers: Vec<Marker> = Vec::new();
        /// Whether changing a pose keys it.
        pub auto_key: bool = false;
        /// What automatic keying does.
        pub auto_key_mode: AutoKeyMode = AutoKeyMode::AddReplaceKeys;
        /// Whether automatic keying leaves channels alone whose curve has that value already.
        pub auto_key_needed: bool = true;
        /// Whether automatic keying leaves channels alone that have no curve yet.
        pub auto_key_available: bool = false;
        /// Whether only the active keying set is keyed, where there is one.
        pub auto_key_set_only: bool = false;
        /// What new keys are for.
        pub key_type: KeyKind = KeyKind::Keyframe;
        /// Named lists of channels.
        pub keying_sets: Vec<KeyingSet> = Vec::new();
        /// Which keying set is used, if any.
        pub active_keying_set: Option<usize> = None;
    }
}

choice! {
    /// What the mirror image of a pose is.
    pub enum MirrorKind: Channels {
        /// Blender's: the channels of a bone change their sign, which fits bones whose rolls mirror each other
        Channels = "CHANNELS", "Channel Values";
        /// The true mirror image in the space of the rig, whatever way the frames of its joints point
        Geometric = "GEOMETRIC", "Geometric";
    }
}

impl MirrorKind {
    /// That of a rig as it is made: geometric where the joints keep frames of their own, as glTF has them;
    /// Blender's where bones are given by head, tail and roll.
    pub fn of_new(armature: &Armature) -> Self {
        match armature.bones.iter().any(|bone| bone.frame.is_some()) {
            true => Self::Geometric,
            false => Self::Channels,
        }
    }
}

record! {
    /// Settings of one rig.
    pub struct RigOptions {
        /// Changing a bone changes its mirror image too.
        pub use_mirror_x: bool = false;
        /// Moving a bone bends the chain above it.
        pub use_auto_ik: bool = false;
        /// Mirrored changes are relative to the mirror bone's own pose.
        pub use_mirror_relative: bool = false;
        /// What the mirror image of a pose is.
        pub mirror_kind: MirrorKind = MirrorKind::Channels;
        /// Corrected pairs by bone: its partner, itself where it lies in the middle, or nothing where it has
        /// none. A pair stands under both names. Names that no bone has mean nothing.
        pub mirror_partners: BTreeMap<String, Option<String>> = BTreeMap::new();
        /// Named sets of bones.
        pub selection_sets: Vec<SelectionSet> = Vec::new();
        /// Which selection set operators act on; need not exist.
        pub active_selection_set: i32 = 0;
        /// How motion paths are computed.
        pub motion_paths: MotionPathSettings = MotionPathSettings::default();
    }
}

impl RigOptions {
    /// Corrects the partner of a bone: another bone, itself, or none. Corrections that contradict go.
    pub fn pair(&mut self, bone: &str, partner: Option<&str>) {
        self.unpair(bone);
        let partners = &mut self.mirror_partners;
        if let Some(partner) = partner {
            partners.retain(|name, other| *name != partner && other.as_deref() != Some(partner));
            partners.insert(partner.to_owned(), Some(bone.to_owned()));
        }
        partners.insert(bone.to_owned(), partner.map(str::to_owned));
    }

    /// Takes back what was corrected of a bone, and of the bone it was paired with.
    pub fn unpair(&mut self, bone: &str) {
        let is_it = |name: Option<&str>| name == Some(bone);
        self.mirror_partners
            .retain(|name, other| name != bone && !is_it(other.as_deref()));
    }

    /// Keeps corrected pairs where bones get other names, given by the old ones.
    pub fn rename_in_pairs(&mut self, new_names: &BTreeMap<Arc<str>, Arc<str>>) {
        let renamed = |name: String| match new_names.get(name.as_str()) {
            Some(new) => new.to_string(),
            None => name,
        };
        let partners = std::mem::take(&mut self.mirror_partners).into_iter();
        self.mirror_partners = partners
            .map(|(bone, partner)| (renamed(bone), partner.map(renamed)))
            .collect();
    }

    /// The place of the active selection set, if it exists.
    pub fn active_set(&self) -> Option<usize> {
        let place = usize::try_from(self.active_selection_set).ok()?;
        (place < self.selection_sets.len()).then_some(place)
    }

    /// Makes the selection set at a place the active one.
    pub fn activate(&mut self, place: usize) {
        self.active_selection_set = i32::try_from(place).unwrap_or(i32::MAX);
    }
}

record! {
    /// What animates one rig.
    pub struct Animation {
        /// The action that is edited.
        pub active_action: Option<String> = None;
        /// From bottom to top.
        pub nla: Vec<Track> = Vec::new();
        /// Whether the active action is that of a strip.
        pub use_tweak_mode: bool = false;
        /// The action that was active before a pose asset was made.
        pub previous_action: Option<String> = None;
        /// The legacy pose library of the rig.
        pub pose_library: Option<String> = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partners(options: &RigOptions) -> Vec<(&str, Option<&str>)> {
        let partners = options.mirror_partners.iter();
        partners
            .map(|(bone, other)| (bone.as_str(), other.as_deref()))
            .collect()
    }

    #[test]
    fn a_corrected_pair_stands_under_both_names_and_replaces_others() {
        let mut options = RigOptions::default();
        options.pair("a", Some("b"));
        assert_eq!(partners(&options), [("a", Some("b")), ("b", Some("a"))]);
        options.pair("b", Some("c"));
        assert_eq!(partners(&options), [("b", Some("c")), ("c", Some("b"))]);
        options.pair("c", None);
        assert_eq!(partners(&options), [("c", None)]);
        options.pair("c", Some("c"));
        assert_eq!(partners(&options), [("c", Some("c"))]);
        options.unpair("c");
        assert!(options.mirror_partners.is_empty());
    }

    #[test]
    fn renamed_bones_keep_their_partners() {
        let mut options = RigOptions::default();
        options.pair("a", Some("b"));
        options.pair("hips", Some("hips"));
        let names = [("a", "b"), ("b", "a"), ("hips", "pelvis")];
        let names = names.map(|(old, new)| (Arc::from(old), Arc::from(new)));
        options.rename_in_pairs(&BTreeMap::from(names));
        let expected = [("a", "b"), ("b", "a"), ("pelvis", "pelvis")];
        assert_eq!(partners(&options), expected.map(|(a, b)| (a, Some(b))));
    }
}
