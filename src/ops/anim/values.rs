//! Keys of values that are given, whatever the pose holds.

use std::collections::BTreeSet;

use crate::eval::animation;
use crate::model::document::Document;
use crate::model::fcurve::FCurve;
use crate::model::id::RigId;
use crate::model::rig::Rig;
use crate::ops::anim::insert;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::props::Data;
use crate::ops::scripting::pose::{find, find_rig};
use crate::ops::shared::channels::{self, Held};
use crate::ops::shared::keyed_action::{action, action_frame};
use crate::ops::shared::keying::{self, Manner};
use crate::props;

/// Bone, property, component, value.
pub type Given = (String, String, u32, f32);

/// Bone, property and component of a channel.
type Channel = (String, String, u32);

props! {
    /// Set keys with these values at a frame, without posing the bones.
    ///
    /// Channels that show the animation go on to show it; others stay as they were posed.
    pub struct KeyframeInsertValues {
        /// The rig; left out, the active one.
        rig: String = String::new(), HINT.hidden();
        /// The frame of the scene; left out, the current one.
        frame: Data<Option<f32>> = Data::default();
        /// Bone, property, component and value of each key.
        values: Data<Vec<Given>> = Data::default();
    }
}

impl Operator for KeyframeInsertValues {
    const INFO: Info = Info::new(
        "anim.keyframe_insert_values",
        "Insert Keyframes with Values",
    )
    .script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let id = find_rig(cx, &self.rig)?;
        let rig = cx.doc.rigs.get(id.index()).ok_or(Refusal::Nothing)?;
        let frame = self.frame.0.unwrap_or(cx.doc.scene.frame);
        if !frame.is_finite() {
            return Err(Refusal::error("`frame` must be a finite number"));
        }
        let given = self.values.0.iter().map(|given| held(rig, given));
        let given: Vec<Held> = given.collect::<Result<_, _>>()?;
        let following = following(cx.doc, id, &given);
        let manner = Manner::by_hand(cx.doc, id, frame);
        let tally = keying::insert(cx.doc, id, &given, &manner);
        follow(cx.doc, id, &following);
        insert::tell(cx, &tally, frame)
    }
}

/// The channel with the value that is given for it.
fn held(rig: &Rig, (bone, property, index, value): &Given) -> Result<Held, Refusal> {
    let id = find(rig, bone)?;
    if !value.is_finite() {
        return Err(Refusal::Error(format!(
            "bone `{bone}`: the value of `{property}` must be a finite number"
        )));
    }
    let components = channels::property(rig, Some(id), property);
    let held = components.into_iter().find(|held| held.index == *index);
    let mut held = held.ok_or_else(|| {
        Refusal::Error(format!(
            "bone `{bone}` has no component {index} of a property `{property}` that could be keyed"
        ))
    })?;
    held.value = *value;
    Ok(held)
}

/// The channels that hold at the current frame what their curves give, or, without a curve, the value that is
/// given.
fn following(doc: &Document, id: RigId, given: &[Held]) -> BTreeSet<Channel> {
    const NEAR: f32 = 1e-4;
    let Some(rig) = doc.rigs.get(id.index()) else {
        return BTreeSet::new();
    };
    let action = action(doc, rig);
    let frame = action_frame(doc, id, doc.scene.frame);
    let follows = |(held, place): &(&Held, Option<usize>)| {
        let now = channels::property(rig, held.bone, &held.property);
        let now = now.iter().find(|now| now.index == held.index);
        let curve = action.zip(*place).and_then(|(action, place)| {
            let curve = action.fcurves.get(place)?;
            Some(animation::curve_value(action, curve, frame))
        });
        let shown = curve.unwrap_or(held.value);
        now.is_some_and(|now| (now.value - shown).abs() <= NEAR * shown.abs().max(1.0))
    };
    let places = keying::places(doc, rig, given);
    let followers = given.iter().zip(places).filter(follows);
    let channel = |(held, _): (&Held, _)| {
        let bone = held.bone.map(|bone| rig.armature.name(bone).to_owned());
        (
            bone.unwrap_or_default(),
            held.property.to_string(),
            held.index,
        )
    };
    followers.map(channel).collect()
}

/// Brings these channels to what the animation gives at the current frame.
fn follow(doc: &mut Document, id: RigId, channels: &BTreeSet<Channel>) {
    let frame = action_frame(doc, id, doc.scene.frame);
    let rig = doc.rigs.get(id.index());
    let Some(action) = rig.and_then(|rig| action(doc, rig)).cloned() else {
        return;
    };
    let wanted = |curve: &FCurve| {
        let bone = curve.bone.as_deref().unwrap_or_default();
        channels.contains(&(bone.to_owned(), curve.property.to_string(), curve.index))
    };
    if let Some(rig) = doc.rig_at_mut(id) {
        animation::apply_curves(rig, &action, frame, wanted);
    }
}
