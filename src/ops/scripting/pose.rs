//! `pose.select_bones` and `pose.set`: the state of bones, set outright.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::bits::BitSet;
use crate::model::constraint::Constraint;
use crate::model::id::{BoneId, RigId};
use crate::model::pose::{BoneSetup, Channel, Custom, RotationMode};
use crate::model::record::{Put, Written};
use crate::model::rig::Rig;
use crate::ops::call;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::pose::rotation::set_mode;
use crate::ops::props::Data;
use crate::ops::shared::{auto_key, channels};
use crate::props;

props! {
    /// Select exactly these bones of a rig, which becomes the active one.
    pub struct SelectBones {
        /// Names of the bones; all others are deselected.
        names: Data<Vec<String>> = Data::default();
        /// The bone that becomes active; left out, the active bone stays.
        active: Data<Option<String>> = Data::default();
        /// The rig; left out, the active one.
        rig: String = String::new(), HINT.hidden();
        /// Bones to select of other rigs, by the rig's name; left out, the other rigs stay as they are.
        others: Data<Option<BTreeMap<String, Vec<String>>>> = Data::default();
    }
}

impl Operator for SelectBones {
    const INFO: Info = Info::new("pose.select_bones", "Select Bones").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let id = find_rig(cx, &self.rig)?;
        if let Some(others) = &self.others.0 {
            for other in cx.doc.rig_ids().filter(|&other| other != id) {
                if let Some(rig) = cx.doc.rig_at_mut(other) {
                    rig.selected.clear();
                }
            }
            for (name, bones) in others {
                let other = find_rig(cx, name)?;
                let rig = cx.doc.rig_at_mut(other).ok_or(Refusal::Nothing)?;
                rig.selected = places(rig, bones)?;
            }
        }
        let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
        rig.selected = places(rig, &self.names.0)?;
        if let Some(active) = &self.active.0 {
            rig.active_bone = Some(find(rig, active)?);
        }
        cx.doc.active_rig = Some(id);
        Ok(())
    }
}

fn places(rig: &Rig, names: &[String]) -> Result<BitSet, Refusal> {
    let place = |name: &String| find(rig, name).map(BoneId::index);
    names.iter().map(place).collect()
}

/// The rig of this name; the active one where the name is empty.
///
/// # Errors
/// A refusal that names the nearest rig, or says nothing where there is none.
pub fn find_rig(cx: &Context, name: &str) -> Result<RigId, Refusal> {
    if name.is_empty() {
        return cx.doc.active_rig.ok_or(Refusal::Nothing);
    }
    let mut names = cx.doc.rigs.iter().map(|rig| rig.name.as_str());
    let unknown = |nearest| Refusal::Error(call::unknown("rig", name, nearest));
    match names.clone().position(|other| other == name) {
        Some(place) => Ok(RigId::new(place)),
        None => Err(unknown(call::nearest(name, &mut names))),
    }
}

/// The bone of this name.
///
/// # Errors
/// A refusal that names the nearest bone.
pub fn find(rig: &Rig, name: &str) -> Result<BoneId, Refusal> {
    let names = || rig.armature.bones.iter().map(|bone| bone.name.as_ref());
    let unknown = || Refusal::Error(call::unknown("bone", name, call::nearest(name, names())));
    rig.armature.find(name).ok_or_else(unknown)
}

/// What `pose.set` sets of a bone; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BoneFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<[f32; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation_mode: Option<RotationMode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation_quaternion: Option<[f32; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation_euler: Option<[f32; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation_axis_angle: Option<[f32; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<[f32; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    select: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lock_location: Option<[bool; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lock_rotation: Option<[bool; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lock_rotation_w: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lock_rotations_4d: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lock_scale: Option<[bool; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom: Option<BTreeMap<String, Custom>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bbone: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ik: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<Vec<Constraint>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<String>,
}

props! {
    /// Set these fields of bones of a rig; constraints are added to those a bone has.
    pub struct Set {
        /// The rig; left out, the active one.
        rig: Data<Option<String>> = Data::default();
        /// Bone names, each with the fields to set.
        pose: Data<BTreeMap<String, BoneFields>> = Data::default();
        /// Key what changed, where automatic keying is on.
        auto_key: bool = false, HINT.hidden();
    }
}

impl Operator for Set {
    const INFO: Info = Info::new("pose.set", "Set Pose").script_only().restarts();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let id = find_rig(cx, self.rig.0.as_deref().unwrap_or_default())?;
        let before = cx.doc.rigs.get(id.index()).cloned();
        self.set(cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?)?;
        let (Some(before), Some(after)) = (before, cx.doc.rigs.get(id.index())) else {
            return Ok(());
        };
        if self.auto_key && auto_key::may_key(cx.doc, id) {
            let names = self.pose.0.keys();
            let bones = names.filter_map(|name| after.armature.find(name));
            let changed = bones.flat_map(|bone| channels::changed(&before, after, bone));
            let changed: Vec<_> = changed.collect();
            if !changed.is_empty() {
                auto_key::key_held(cx.doc, id, changed);
            }
        }
        Ok(())
    }
}

impl Set {
    fn set(&self, rig: &mut Rig) -> Exec {
        for (name, fields) in &self.pose.0 {
            let bone = find(rig, name)?;
            fields.check(name)?;
            if let Some(select) = fields.select {
                rig.selected.set(bone.index(), select);
            }
            if let Some(channel) = rig.channel(bone) {
                let set = fields.channel(channel);
                if set != *channel
                    && let Some(channel) = rig.channel_mut(bone)
                {
                    *channel = set;
                }
            }
            if let Some(setup) = rig.setup(bone) {
                let set = fields
                    .setup(setup)
                    .map_err(|what| Refusal::Error(format!("bone `{name}`: {what}")))?;
                if set != *setup
                    && let Some(setup) = rig.setup_mut(bone)
                {
                    *setup = set;
                }
            }
        }
        Ok(())
    }
}

impl BoneFields {
    /// Refuses numbers that are none.
    fn check(&self, bone: &str) -> Exec {
        let three = [
            ("location", self.location),
            ("rotation_euler", self.rotation_euler),
            ("scale", self.scale),
        ];
        let four = [
            ("rotation_quaternion", self.rotation_quaternion),
            ("rotation_axis_angle", self.rotation_axis_angle),
        ];
        let bad3 = three
            .iter()
            .find(|(_, v)| v.is_some_and(|v| v.iter().any(|n| !n.is_finite())));
        let bad4 = four
            .iter()
            .find(|(_, v)| v.is_some_and(|v| v.iter().any(|n| !n.is_finite())));
        match bad3.map(|bad| bad.0).or(bad4.map(|bad| bad.0)) {
            Some(field) => Err(Refusal::Error(format!(
                "bone `{bone}`: `{field}` must be finite numbers"
            ))),
            None => Ok(()),
        }
    }

    /// Another rotation mode takes the rotation over first, as choosing one does.
    fn channel(&self, old: &Channel) -> Channel {
        let mut old = *old;
        if let Some(mode) = self.rotation_mode {
            set_mode(&mut old, mode);
        }
        Channel {
            location: self.location.map_or(old.location, Into::into),
            mode: old.mode,
            quaternion: self.rotation_quaternion.unwrap_or(old.quaternion),
            euler: self.rotation_euler.map_or(old.euler, Into::into),
            axis_angle: self.rotation_axis_angle.unwrap_or(old.axis_angle),
            scale: self.scale.map_or(old.scale, Into::into),
        }
    }

    fn setup(&self, old: &BoneSetup) -> Result<BoneSetup, String> {
        let mut setup = old.clone();
        setup.lock_location = self.lock_location.unwrap_or(old.lock_location);
        setup.lock_rotation = self.lock_rotation.unwrap_or(old.lock_rotation);
        setup.lock_rotation_w = self.lock_rotation_w.unwrap_or(old.lock_rotation_w);
        setup.lock_rotations_4d = self.lock_rotations_4d.unwrap_or(old.lock_rotations_4d);
        setup.lock_scale = self.lock_scale.unwrap_or(old.lock_scale);
        if let Some(color) = &self.color {
            setup.color.clone_from(color);
        }
        for (name, value) in self.custom.iter().flatten() {
            setup.custom.insert(name.clone(), value.clone());
        }
        setup
            .constraints
            .extend(self.constraints.iter().flatten().cloned());
        if let Some(fields) = &self.bbone {
            setup.bbone = merged(&setup.bbone, fields)?;
        }
        if let Some(fields) = &self.ik {
            setup.ik = merged(&setup.ik, fields)?;
        }
        Ok(setup)
    }
}

/// A record with some of its fields replaced.
///
/// # Errors
/// A field that the record does not have, or that has the wrong type.
pub fn merged<T: Put + for<'de> Deserialize<'de>>(
    record: &T,
    fields: &serde_json::Value,
) -> Result<T, String> {
    let written = Written {
        value: record,
        sparse: false,
    };
    let mut whole = serde_json::to_value(written).map_err(|error| error.to_string())?;
    let (Some(known), Some(fields)) = (whole.as_object_mut(), fields.as_object()) else {
        return Err("expected named fields".to_owned());
    };
    for (name, value) in fields {
        let Some(slot) = known.get_mut(name) else {
            let nearest = call::nearest(name, known.keys().map(String::as_str)).map(str::to_owned);
            return Err(call::unknown("field", name, nearest.as_deref()));
        };
        *slot = value.clone();
    }
    serde_json::from_value(whole).map_err(|error| error.to_string())
}
