//! `object.set` and `armature.set_bones`: a rig's own name and place, and what its bones take over from
//! their parents, set outright.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::bone::{Bone, InheritScale};
use crate::model::document::unique_name;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::props::Data;
use crate::ops::scripting::pose::{find, find_rig};
use crate::props;

props! {
    /// Set name and place of a rig; what is left out stays.
    pub struct ObjectSet {
        /// The rig; left out, the active one.
        rig: Data<Option<String>> = Data::default();
        /// Its new name; a taken one gets a number.
        name: Data<Option<String>> = Data::default();
        /// Where it is, metres.
        location: Data<Option<[f32; 3]>> = Data::default();
        /// How it is turned about X, Y and Z in this order, radians.
        rotation_euler: Data<Option<[f32; 3]>> = Data::default();
        /// Factors along its axes.
        scale: Data<Option<[f32; 3]>> = Data::default();
    }
}

impl Operator for ObjectSet {
    const INFO: Info = Info::new("object.set", "Set Rig").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let id = find_rig(cx, self.rig.0.as_deref().unwrap_or_default())?;
        for (name, values) in [
            ("location", self.location.0),
            ("rotation_euler", self.rotation_euler.0),
            ("scale", self.scale.0),
        ] {
            if values.is_some_and(|values| values.iter().any(|number| !number.is_finite())) {
                return Err(Refusal::Error(format!("`{name}` must be finite numbers")));
            }
        }
        let wanted = self.name.0.as_deref().map(str::trim);
        if wanted.is_some_and(str::is_empty) {
            return Err(Refusal::error("A rig needs a name"));
        }
        let old = cx.doc.rigs.get(id.index()).map(|rig| rig.name.clone());
        let old = old.ok_or(Refusal::Nothing)?;
        let free = |name: &str| name == old || !cx.doc.has_object(name);
        let name = wanted.map(|name| unique_name(name, |name| !free(name)));
        if let Some(name) = name.filter(|name| *name != old) {
            cx.doc.follow_name(&old, &name);
            let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
            rig.name = name;
        }
        let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
        rig.location = self.location.0.map_or(rig.location, Into::into);
        rig.rotation_euler = self.rotation_euler.0.map_or(rig.rotation_euler, Into::into);
        rig.scale = self.scale.0.map_or(rig.scale, Into::into);
        Ok(())
    }
}

/// What `armature.set_bones` sets of a bone; what is left out stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RestFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    inherit_rotation: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inherit_scale: Option<InheritScale>,
    #[serde(skip_serializing_if = "Option::is_none")]
    use_local_location: Option<bool>,
}

props! {
    /// Set what bones take over from their parents; what is left out stays.
    pub struct SetBones {
        /// The rig; left out, the active one.
        rig: Data<Option<String>> = Data::default();
        /// Bone names, each with the fields to set.
        bones: Data<BTreeMap<String, RestFields>> = Data::default();
    }
}

impl Operator for SetBones {
    const INFO: Info = Info::new("armature.set_bones", "Set Bone Relations").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let id = find_rig(cx, self.rig.0.as_deref().unwrap_or_default())?;
        let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
        for (name, fields) in &self.bones.0 {
            let bone = find(rig, name)?;
            let Some(old) = rig.armature.bone(bone) else {
                continue;
            };
            let set = Bone {
                inherit_rotation: fields.inherit_rotation.unwrap_or(old.inherit_rotation),
                inherit_scale: fields.inherit_scale.unwrap_or(old.inherit_scale),
                local_location: fields.use_local_location.unwrap_or(old.local_location),
                ..old.clone()
            };
            if set != *old
                && let Some(bone) = rig.bone_mut(bone)
            {
                *bone = set;
            }
        }
        Ok(())
    }
}
