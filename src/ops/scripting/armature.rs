//! `armature.set`: settings of the active rig, set outright.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::selection_set::SelectionSet;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::props::Data;
use crate::ops::scripting::pose::{find, merged};
use crate::props;

/// A selection set as a script gives it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SetFields {
    name: String,
    bones: Vec<String>,
    is_selected: bool,
}

props! {
    /// Set these settings of the active rig; what is left out stays.
    pub struct Set {
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
        /// Bone names, each with whether the bone is hidden.
        hide: Data<BTreeMap<String, bool>> = Data::default();
        /// Collection names, each with whether its bones are shown.
        collections: Data<BTreeMap<String, bool>> = Data::default();
    }
}

impl Operator for Set {
    const INFO: Info = Info::new("armature.set", "Set Armature").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        self.set_options(cx)?;
        let rig = cx.rig_mut()?;
        for (name, hidden) in &self.hide.0 {
            let bone = find(rig, name)?;
            rig.hidden.set(bone.index(), *hidden);
        }
        for (name, visible) in &self.collections.0 {
            let armature = Arc::make_mut(&mut rig.armature);
            let Some(collection) = armature.collections.iter_mut().find(|c| &c.name == name) else {
                return Err(Refusal::Error(format!("no bone collection `{name}`")));
            };
            collection.is_visible = *visible;
        }
        Ok(())
    }
}

impl Set {
    fn set_options(&self, cx: &mut Context) -> Exec {
        let old = &cx.rig()?.options;
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
            options.motion_paths = merged(&options.motion_paths, fields).map_err(Refusal::Error)?;
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
        if options != **old {
            cx.rig_mut()?.options = Arc::new(options);
        }
        Ok(())
    }
}
