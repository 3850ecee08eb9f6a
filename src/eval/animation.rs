//! What an action makes of a rig at a frame: its curves' values, written to the channels they animate.
//!
//! Curves go by bone name, so any action fits any rig; what the rig lacks is passed over. Channels without a
//! curve keep what they hold. Muted curves write nothing.

use std::sync::Arc;

use glam::Vec4;

use crate::eval::fcurve;
use crate::model::action::Action;
use crate::model::document::Document;
use crate::model::fcurve::{FCurve, Interpolation};
use crate::model::id::BoneId;
use crate::model::pose::{BBonePose, Custom};
use crate::model::rig::Rig;

/// A truth value is on from here.
const ON: f32 = 1.0 - 1.2e-7;

/// Brings every rig to what its active action gives at the document's frame.
pub fn apply(document: &mut Document) {
    let frame = document.scene.frame;
    for id in document.rig_ids() {
        let Some(rig) = document.rigs.get(id.index()) else {
            continue;
        };
        let name = rig.animation.active_action.as_ref();
        let Some(action) = name.and_then(|name| document.action(name)).cloned() else {
            continue;
        };
        if let Some(rig) = document.rig_at_mut(id) {
            apply_action(rig, &action, frame);
        }
    }
}

/// Writes what an action gives at a frame (of the action) to a rig.
pub fn apply_action(rig: &mut Rig, action: &Action, frame: f32) {
    apply_curves(rig, action, frame, |_| true);
}

/// Writes what some curves of an action give at a frame to a rig.
pub fn apply_curves(rig: &mut Rig, action: &Action, frame: f32, wanted: impl Fn(&FCurve) -> bool) {
    let armature = Arc::clone(&rig.armature);
    let names = armature.names();
    // The curves of a bone mostly stand together.
    let mut last: Option<(&str, Option<BoneId>)> = None;
    for (place, curve) in action.fcurves.iter().enumerate() {
        let drives = !(curve.mute || curve.keys.is_empty() && curve.modifiers.is_empty());
        if !drives || !wanted(curve) {
            continue;
        }
        let bone = curve.bone.as_deref().and_then(|name| {
            let known = last.filter(|(known, _)| *known == name);
            let found = known.unwrap_or_else(|| (name, names.get(name).copied()));
            last.insert(found).1
        });
        write(rig, bone, curve, value_at(action, place, frame));
    }
}

/// The value of the curve at a place in an action, spherical where it says so; 0 where there is none.
pub fn value_at(action: &Action, place: usize, frame: f32) -> f32 {
    let curve = action.fcurves.get(place);
    curve.map_or(0.0, |curve| near_value(action, curve, Some(place), frame))
}

/// The value of a curve of an action, spherical where it says so.
pub fn curve_value(action: &Action, curve: &FCurve, frame: f32) -> f32 {
    near_value(action, curve, None, frame)
}

/// [`curve_value`], where the place of the curve may be known.
fn near_value(action: &Action, curve: &FCurve, place: Option<usize>, frame: f32) -> f32 {
    let turned = curve
        .spherical
        .then(|| spherical(action, curve, place, frame))
        .flatten();
    match turned {
        Some(quaternion) => {
            let parts = quaternion.to_array();
            let index = usize::try_from(curve.index).unwrap_or(usize::MAX);
            parts.get(index).copied().unwrap_or_default()
        }
        None => fcurve::value(curve, frame),
    }
}

/// The quaternion `(w, x, y, z)` of a spherical curve and its three siblings between two keys; none where
/// they do not go together there.
fn spherical(action: &Action, curve: &FCurve, place: Option<usize>, frame: f32) -> Option<Vec4> {
    let (mut from, mut to) = (Vec4::ZERO, Vec4::ZERO);
    let mut share = None;
    for index in 0..4 {
        let part = sibling(action, curve, place, index).filter(|part| part.spherical)?;
        let (inner, _) = fcurve::cycles::inner_time(part, frame);
        let after = part.keys.partition_point(|key| key.frame() <= inner);
        let (start, end) = (part.keys.get(after.checked_sub(1)?)?, part.keys.get(after)?);
        let length = end.frame() - start.frame();
        let here = (start.frame(), length, (inner - start.frame()) / length);
        if start.interpolation != Interpolation::Linear || share.is_some_and(|known| known != here)
        {
            return None;
        }
        share = Some(here);
        let index = usize::try_from(index).ok()?;
        *from.as_mut().get_mut(index)? = start.value();
        *to.as_mut().get_mut(index)? = end.value();
    }
    let (_, _, share) = share?;
    Some(slerp(from, to, share))
}

/// The curve of another component of the same property; the four mostly stand in a row.
fn sibling<'a>(
    action: &'a Action,
    curve: &FCurve,
    place: Option<usize>,
    index: u32,
) -> Option<&'a Arc<FCurve>> {
    let bone = curve.bone.as_deref();
    let beside = || {
        let first = place?.checked_sub(usize::try_from(curve.index).ok()?)?;
        let beside = action.fcurves.get(first + usize::try_from(index).ok()?)?;
        beside.is(bone, &curve.property, index).then_some(beside)
    };
    let found = || {
        action
            .fcurves
            .get(action.find(bone, &curve.property, index)?)
    };
    beside().or_else(found)
}

/// From one quaternion to another at even speed along the shortest way, as glTF's appendix C says.
pub fn slerp(from: Vec4, to: Vec4, share: f32) -> Vec4 {
    let (from, to) = (
        from.as_dvec4().normalize_or_zero(),
        to.as_dvec4().normalize_or_zero(),
    );
    let dot = from.dot(to);
    let to = if dot < 0.0 { -to } else { to };
    let angle = dot.abs().min(1.0).acos();
    let share = f64::from(share);
    let mixed = if angle < 1e-6 {
        from.lerp(to, share)
    } else {
        (from * ((1.0 - share) * angle).sin() + to * (share * angle).sin()) / angle.sin()
    };
    mixed.as_vec4()
}

/// Writes a value to the channel that a curve animates; `bone` is the one that it names, where the rig has it.
pub fn write(rig: &mut Rig, bone: Option<BoneId>, curve: &FCurve, value: f32) {
    match bone {
        Some(bone) => write_bone(rig, bone, curve, value),
        None if curve.bone.is_none() => write_rig(rig, curve, value),
        None => {}
    }
}

fn write_bone(rig: &mut Rig, id: BoneId, curve: &FCurve, value: f32) {
    let index = usize::try_from(curve.index).unwrap_or(usize::MAX);
    if write_channel(rig, id, &curve.property, index, value) {
        return;
    }
    let Some(setup) = rig.setup_mut(id) else {
        return;
    };
    if let Some(name) = custom_name(&curve.property) {
        if let Some(custom) = setup.custom.get_mut(name.as_ref()) {
            write_custom(custom, index, value);
        }
    } else if let Some(slot) = bendy(&mut setup.bbone, &curve.property, index) {
        *slot = value;
    }
}

/// Whether the property is one of the transform channels.
fn write_channel(rig: &mut Rig, id: BoneId, property: &str, index: usize, value: f32) -> bool {
    let known = matches!(
        property,
        "location" | "rotation_quaternion" | "rotation_euler" | "rotation_axis_angle" | "scale"
    );
    let Some(channel) = known.then(|| rig.channel_mut(id)).flatten() else {
        return known;
    };
    let slot = match property {
        "location" => channel.location.as_mut().get_mut(index),
        "rotation_quaternion" => channel.quaternion.get_mut(index),
        "rotation_euler" => channel.euler.as_mut().get_mut(index),
        "rotation_axis_angle" => channel.axis_angle.get_mut(index),
        _ => channel.scale.as_mut().get_mut(index),
    };
    if let Some(slot) = slot {
        *slot = value;
    }
    known
}

fn write_rig(rig: &mut Rig, curve: &FCurve, value: f32) {
    let index = usize::try_from(curve.index).unwrap_or(usize::MAX);
    let vector = match curve.property.as_ref() {
        "location" => &mut rig.location,
        "rotation_euler" => &mut rig.rotation_euler,
        "scale" => &mut rig.scale,
        _ => return,
    };
    if let Some(slot) = vector.as_mut().get_mut(index) {
        *slot = value;
    }
}

/// Writes a value to a custom property, as its type takes it.
pub fn write_custom(custom: &mut Custom, index: usize, value: f32) {
    match custom {
        Custom::Bool(slot) => *slot = value > ON,
        #[expect(clippy::cast_possible_truncation, reason = "truncated towards zero")]
        Custom::Int(slot) => *slot = value.trunc() as i64,
        Custom::Float(slot) => *slot = value.into(),
        Custom::Text(_) => {}
        Custom::Numbers(slots) => {
            if let Some(slot) = slots.get_mut(index) {
                *slot = value.into();
            }
        }
    }
}

/// The slot of a bendy-bone value of a pose.
pub fn bendy<'a>(pose: &'a mut BBonePose, property: &str, index: usize) -> Option<&'a mut f32> {
    Some(match property {
        "bbone_curveinx" => &mut pose.bbone_curveinx,
        "bbone_curveinz" => &mut pose.bbone_curveinz,
        "bbone_curveoutx" => &mut pose.bbone_curveoutx,
        "bbone_curveoutz" => &mut pose.bbone_curveoutz,
        "bbone_rollin" => &mut pose.bbone_rollin,
        "bbone_rollout" => &mut pose.bbone_rollout,
        "bbone_easein" => &mut pose.bbone_easein,
        "bbone_easeout" => &mut pose.bbone_easeout,
        "bbone_scalein" => pose.bbone_scalein.get_mut(index)?,
        "bbone_scaleout" => pose.bbone_scaleout.get_mut(index)?,
        _ => return None,
    })
}

/// The name in `["name"]`, with `\"` and `\\` read as `"` and `\`.
pub fn custom_name(property: &str) -> Option<std::borrow::Cow<'_, str>> {
    let inner = property.strip_prefix("[\"")?.strip_suffix("\"]")?;
    if !inner.contains('\\') {
        return Some(inner.into());
    }
    let mut name = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        name.push(if letter == '\\' {
            letters.next()?
        } else {
            letter
        });
    }
    Some(name.into())
}
