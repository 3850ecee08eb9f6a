//! What glTF has no place for, beside the channels: the action itself, as documents have it.
//!
//! It stands in the animation's `extras.keypose`: `version`, `fps`, `start_frame` (the frame of second 0), `check`
//! (see [`gltf_check`](crate::io::gltf_check)), `rig` (which rig of the file, where it is not the first),
//! `rotation_modes` of bones that are turned by angles, and `action`.

use std::collections::BTreeMap;

use serde_json::json;

use crate::io::form::{Detail, store_action};
use crate::io::gltf_export::json_text::JsonText;
use crate::model::action::Action;
use crate::model::choice::Choice;
use crate::model::pose::RotationMode;
use crate::model::record::Written;
use crate::model::rig::Rig;

/// What the numbers of an action mean in its file.
pub struct Meaning<'a> {
    /// Frames per second.
    pub fps: f32,
    /// The frame of second 0.
    pub start_frame: f32,
    /// The mark of the channels.
    pub check: &'a str,
    /// Which rig of the file.
    pub rig: usize,
}

/// The text of the object.
pub fn text(action: &Action, rig: &Rig, meaning: &Meaning) -> Option<String> {
    let mut form = store_action(action, Detail::Sparse);
    for curve in &mut form.fcurves {
        curve.select = false;
        for key in &mut curve.keys {
            key.select = false;
            (key.select_left, key.select_right) = (None, None);
        }
    }
    let written = Written {
        value: &form,
        sparse: true,
    };
    let mut text = format!(
        "{{\"version\":1,\"fps\":{},\"start_frame\":{},\"check\":\"{}\"",
        meaning.fps, meaning.start_frame, meaning.check
    );
    if meaning.rig > 0 {
        text += &format!(",\"rig\":{}", meaning.rig);
    }
    let modes = rotation_modes(action, rig);
    if !modes.is_empty() {
        text += &format!(",\"rotation_modes\":{}", json!(modes));
    }
    text += &format!(",\"action\":{}}}", serde_json::to_string(&written).ok()?);
    Some(text)
}

/// The modes of the bones that the action moves, where they are not quaternions.
fn rotation_modes<'a>(action: &'a Action, rig: &Rig) -> BTreeMap<&'a str, &'static str> {
    let bones = action
        .fcurves
        .iter()
        .filter_map(|curve| curve.bone.as_deref());
    let mode = |bone: &'a str| {
        let channel = rig.channel(rig.armature.find(bone)?)?;
        let turned = channel.mode != RotationMode::Quaternion;
        turned.then(|| (bone, channel.mode.id()))
    };
    bones.filter_map(mode).collect()
}

/// Puts our part into the extras of an animation; those that are no object stay as they are.
pub fn put(text: &mut JsonText, extras: &str) {
    let root = text.root();
    match text.member(&root, "extras") {
        None => text.set(&root, "extras", &format!("{{\"keypose\":{extras}}}")),
        Some(own) if text.get(&own.value).starts_with(b"{") => {
            text.set(&own.value, "keypose", extras);
        }
        Some(_) => {}
    }
}
