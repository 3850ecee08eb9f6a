//! Custom properties of bones: a new one, another name, none. Their values are set by `pose.set`.

use std::sync::Arc;

use crate::model::document::Document;
use crate::model::id::RigId;
use crate::model::pose::Custom;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::props::Data;
use crate::ops::scripting::pose::{find, find_rig};
use crate::props;

props! {
    /// Give a bone a custom property.
    pub struct PropertyAdd {
        /// The rig; left out, the active one.
        rig: Data<Option<String>> = Data::default();
        /// The bone.
        bone: String = String::new();
        /// Name of the property.
        name: String = String::new();
        /// Its value: a truth value, a number, a text or a list of numbers.
        value: Data<Option<Custom>> = Data::default();
    }
}

impl Operator for PropertyAdd {
    const INFO: Info = Info::new("pose.property_add", "Add Custom Property").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let name = proper(&self.name)?;
        let value = self.value.0.clone().unwrap_or(Custom::Float(0.0));
        change(cx, self.rig.0.as_deref(), &self.bone, |custom| {
            free(custom, name, &self.bone)?;
            custom.insert(name.to_owned(), value);
            Ok(())
        })?;
        Ok(())
    }
}

props! {
    /// Take a custom property away from a bone.
    pub struct PropertyRemove {
        /// The rig; left out, the active one.
        rig: Data<Option<String>> = Data::default();
        /// The bone.
        bone: String = String::new();
        /// Name of the property.
        name: String = String::new();
    }
}

impl Operator for PropertyRemove {
    const INFO: Info = Info::new("pose.property_remove", "Remove Custom Property").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        change(cx, self.rig.0.as_deref(), &self.bone, |custom| {
            let gone = custom.remove(&self.name);
            gone.map(drop)
                .ok_or_else(|| unknown(&self.bone, &self.name))
        })?;
        Ok(())
    }
}

props! {
    /// Give a custom property of a bone another name; the curves that animate it follow.
    pub struct PropertyRename {
        /// The rig; left out, the active one.
        rig: Data<Option<String>> = Data::default();
        /// The bone.
        bone: String = String::new();
        /// Name of the property.
        name: String = String::new();
        /// The new name.
        to: String = String::new();
    }
}

impl Operator for PropertyRename {
    const INFO: Info = Info::new("pose.property_rename", "Rename Custom Property").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let to = proper(&self.to)?;
        if to == self.name {
            return Err(Refusal::Nothing);
        }
        let rig = change(cx, self.rig.0.as_deref(), &self.bone, |custom| {
            free(custom, to, &self.bone)?;
            let value = custom.remove(&self.name);
            let value = value.ok_or_else(|| unknown(&self.bone, &self.name))?;
            custom.insert(to.to_owned(), value);
            Ok(())
        })?;
        rename_curves(cx.doc, rig, &self.bone, &self.name, to);
        Ok(())
    }
}

/// The custom properties of a bone.
type Properties = std::collections::BTreeMap<String, Custom>;

/// Changes the custom properties of a bone; gives its rig.
fn change(
    cx: &mut Context,
    rig: Option<&str>,
    bone: &str,
    edit: impl FnOnce(&mut Properties) -> Exec,
) -> Result<RigId, Refusal> {
    let id = find_rig(cx, rig.unwrap_or_default())?;
    let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
    let bone = find(rig, bone)?;
    let setup = rig.setup_mut(bone).ok_or(Refusal::Nothing)?;
    edit(&mut setup.custom)?;
    Ok(id)
}

fn proper(name: &str) -> Result<&str, Refusal> {
    let name = name.trim();
    if name.is_empty() || name.contains(['"', '\\', '[', ']']) {
        return Err(Refusal::Error(format!(
            "`{name}` is no name for a property: it needs a letter, and none of \" \\ [ ]"
        )));
    }
    Ok(name)
}

fn free(custom: &Properties, name: &str, bone: &str) -> Exec {
    match custom.contains_key(name) {
        true => Err(Refusal::Error(format!(
            "bone `{bone}` has a property `{name}` already"
        ))),
        false => Ok(()),
    }
}

fn unknown(bone: &str, name: &str) -> Refusal {
    Refusal::Error(format!("bone `{bone}` has no property `{name}`"))
}

/// Has the curves of the rig's actions move the property under its new name.
fn rename_curves(document: &mut Document, rig: RigId, bone: &str, name: &str, to: &str) {
    let Some(rig) = document.rigs.get(rig.index()) else {
        return;
    };
    let animation = &rig.animation;
    let strips = animation.nla.iter().flat_map(|track| &track.strips);
    let names = strips.filter_map(|strip| strip.action.clone());
    let names: Vec<String> = names.chain(animation.active_action.clone()).collect();
    let (old, new) = (format!("[\"{name}\"]"), format!("[\"{to}\"]"));
    for name in names {
        let moves = |curve: &crate::model::fcurve::FCurve| {
            curve.bone.as_deref() == Some(bone) && *curve.property == *old
        };
        let action = document.actions.get(&name);
        if !action.is_some_and(|action| action.fcurves.iter().any(|curve| moves(curve))) {
            continue;
        }
        let Some(action) = Arc::make_mut(&mut document.actions).get_mut(&name) else {
            continue;
        };
        for curve in &mut Arc::make_mut(action).fcurves {
            if moves(curve) {
                Arc::make_mut(curve).property = Arc::from(new.as_str());
            }
        }
    }
}
