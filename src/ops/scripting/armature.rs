//! `armature.set`: settings of a rig, set outright.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::armature::BoneColor;
use crate::model::id::RigId;
use crate::model::motion_path::MotionPathSettings;
use crate::model::rig::Rig;
use crate::model::selection_set::SelectionSet;
use crate::model::settings::{MirrorKind, RigOptions};
use crate::ops::armature::{collection_at, rename_collection};
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::props::Data;
use crate::ops::scripting::pose::{find, find_rig, merged};
use crate::props;

/// A selection set as a script gives it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SetFields {
    name: String,
    bones: Vec<String>,
    is_selected: bool,
}

/// What is set of a bone collection: whether it is shown, or several fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CollectionFields {
    /// Whether its bones are shown.
    Visible(bool),
    /// These fields; what is left out stays.
    Fields(CollectionChange),
}

/// Fields of a bone collection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CollectionChange {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_visible: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_solo: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<String>,
}

props! {
    /// Set these settings of a rig; what is left out stays.
    pub struct Set {
        /// The rig; left out, the active one.
        rig: String = String::new(), HINT.hidden();
        /// Whether the rig becomes the active one.
        active: bool = false, HINT.hidden();
        /// Whether the whole rig is hidden.
        hide_rig: Data<Option<bool>> = Data::default();
        /// All selection sets, in their order.
        selection_sets: Data<Option<Vec<SetFields>>> = Data::default();
        /// Which selection set is active.
        active_selection_set: Data<Option<i32>> = Data::default();
        /// Motion-path settings, merged with those there are.
        motion_paths: Data<Option<serde_json::Value>> = Data::default();
        /// Whether changes of a bone go to its mirror image too.
        use_mirror_x: Data<Option<bool>> = Data::default();
        /// Whether moving a bone bends the chain above it.
        use_auto_ik: Data<Option<bool>> = Data::default();
        /// Whether mirrored changes are relative to the mirror bone's pose.
        use_mirror_relative: Data<Option<bool>> = Data::default();
        /// What the mirror image of a pose is.
        mirror_kind: Data<Option<MirrorKind>> = Data::default();
        /// All corrected pairs by bone: its partner, itself in the middle, or none.
        mirror_partners: Data<Option<BTreeMap<String, Option<String>>>> = Data::default();
        /// Bone names, each with whether the bone is hidden.
        hide: Data<BTreeMap<String, bool>> = Data::default();
        /// Bone names, each with whether its location, rotation and scale are locked.
        lock: Data<BTreeMap<String, bool>> = Data::default();
        /// Collection names, each with whether its bones are shown, or with the fields to set.
        collections: Data<BTreeMap<String, CollectionFields>> = Data::default();
        /// The collection that becomes the active one.
        active_collection: Data<Option<String>> = Data::default();
    }
}

impl Operator for Set {
    const INFO: Info = Info::new("armature.set", "Set Armature").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let id = find_rig(cx, &self.rig)?;
        self.set_options(cx, id)?;
        let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
        rig.hide = self.hide_rig.0.unwrap_or(rig.hide);
        for (name, hidden) in &self.hide.0 {
            let bone = find(rig, name)?;
            rig.hidden.set(bone.index(), *hidden);
        }
        for (name, locked) in &self.lock.0 {
            let bone = find(rig, name)?;
            if let Some(setup) = rig.setup_mut(bone) {
                setup.set_locks(*locked);
            }
        }
        self.set_collections(rig)?;
        if self.active {
            cx.doc.active_rig = Some(id);
        }
        Ok(())
    }
}

impl Set {
    fn set_collections(&self, rig: &mut Rig) -> Exec {
        for (name, fields) in &self.collections.0 {
            let place = collection_at(&rig.armature, name)?;
            let change = match fields {
                CollectionFields::Visible(visible) => CollectionChange {
                    is_visible: Some(*visible),
                    ..CollectionChange::default()
                },
                CollectionFields::Fields(change) => change.clone(),
            };
            change.apply(rig, place)?;
        }
        if let Some(name) = &self.active_collection.0 {
            let place = collection_at(&rig.armature, name)?;
            let armature = Arc::make_mut(&mut rig.armature);
            armature.active_collection = armature.collections.get(place).map(|c| c.name.clone());
        }
        Ok(())
    }

    fn set_options(&self, cx: &mut Context, id: RigId) -> Exec {
        let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
        let old = &rig.options;
        let mut options = old.as_ref().clone();
        if let Some(sets) = &self.selection_sets.0 {
            let set = |s: &SetFields| SelectionSet {
                name: s.name.clone(),
                bones: s.bones.clone(),
                is_selected: s.is_selected,
            };
            options.selection_sets = sets.iter().map(set).collect();
        }
        if let Some(fields) = &self.motion_paths.0 {
            let mut settings: MotionPathSettings =
                merged(&options.motion_paths, fields).map_err(Refusal::Error)?;
            let before = &options.motion_paths;
            let range = (before.frame_start, before.frame_end);
            (settings.frame_start, settings.frame_end) = pushed(range, &settings, fields);
            options.motion_paths = settings;
        }
        options.active_selection_set = self
            .active_selection_set
            .0
            .unwrap_or(options.active_selection_set);
        options.use_mirror_x = self.use_mirror_x.0.unwrap_or(options.use_mirror_x);
        options.use_auto_ik = self.use_auto_ik.0.unwrap_or(options.use_auto_ik);
        options.use_mirror_relative = self
            .use_mirror_relative
            .0
            .unwrap_or(options.use_mirror_relative);
        options.mirror_kind = self.mirror_kind.0.unwrap_or(options.mirror_kind);
        self.set_partners(rig, &mut options)?;
        if options != **old {
            rig.options = Arc::new(options);
        }
        Ok(())
    }

    fn set_partners(&self, rig: &Rig, options: &mut RigOptions) -> Exec {
        let Some(partners) = &self.mirror_partners.0 else {
            return Ok(());
        };
        options.mirror_partners.clear();
        for (bone, partner) in partners {
            for name in [Some(bone), partner.as_ref()].into_iter().flatten() {
                find(rig, name)?;
            }
            options.pair(bone, partner.as_deref());
        }
        Ok(())
    }
}

/// The range of motion paths after its ends were set one after the other: each keeps the other one away.
fn pushed(
    (mut first, mut last): (i32, i32),
    settings: &MotionPathSettings,
    fields: &serde_json::Value,
) -> (i32, i32) {
    for name in fields.as_object().into_iter().flat_map(|map| map.keys()) {
        match name.as_str() {
            "frame_start" => {
                first = settings.frame_start;
                last = last.max(first.saturating_add(1));
            }
            "frame_end" => {
                last = settings.frame_end;
                first = first.min(last.saturating_sub(1));
            }
            _ => {}
        }
    }
    (first, last)
}

impl CollectionChange {
    fn apply(&self, rig: &mut Rig, place: usize) -> Exec {
        if let Some(name) = &self.name {
            let other = rig
                .armature
                .collections
                .iter()
                .position(|c| &c.name == name);
            if name.is_empty() {
                return Err(Refusal::error("A bone collection needs a name"));
            }
            if other.is_some_and(|other| other != place) {
                return Err(Refusal::Error(format!(
                    "There is a bone collection {name} already"
                )));
            }
            rename_collection(rig, place, name);
        }
        let armature = Arc::make_mut(&mut rig.armature);
        let Some(collection) = armature.collections.get_mut(place) else {
            return Ok(());
        };
        collection.is_visible = self.is_visible.unwrap_or(collection.is_visible);
        collection.is_solo = self.is_solo.unwrap_or(collection.is_solo);
        if let Some(color) = &self.color {
            let Some(color) = BoneColor::parse(color) else {
                return Err(Refusal::Error(format!(
                    "`{color}` is no colour of bones: DEFAULT, TORSO, LEFT, RIGHT, THEME01 to THEME20, or #rrggbb"
                )));
            };
            collection.color = color.to_string();
        }
        Ok(())
    }
}
