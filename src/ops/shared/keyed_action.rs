//! The action of a rig: which one it is, its time, and keys taken out of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::action::{Action, Group};
use crate::model::document::Document;
use crate::model::fcurve::FCurve;
use crate::model::id::RigId;
use crate::model::nla::Strip;
use crate::model::rig::Rig;
use crate::ops::shared::keys;

/// What became of keys that were to be set or taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Keys that were.
    pub keys: usize,
    /// Curves that may not be edited.
    pub locked: usize,
    /// The rigs and bones that the keys belong to.
    pub bones: BTreeSet<(RigId, Option<Arc<str>>)>,
}

impl Tally {
    /// Counts keys of a curve.
    pub fn count(&mut self, rig: RigId, curve: &FCurve, keys: usize) {
        self.keys += keys;
        let bone = (rig, curve.bone.clone());
        if !self.bones.contains(&bone) {
            self.bones.insert(bone);
        }
    }

    /// Takes what another one counted.
    pub fn add(&mut self, other: Self) {
        self.keys += other.keys;
        self.locked += other.locked;
        self.bones.extend(other.bones);
    }

    /// `12 keys on 3 bones`.
    pub fn words(&self) -> String {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let keys = format!("{} key{}", self.keys, plural(self.keys));
        let bones = self.bones.iter().filter(|(_, bone)| bone.is_some()).count();
        match bones {
            0 => keys,
            _ => format!("{keys} on {bones} bone{}", plural(bones)),
        }
    }
}

/// The action that a rig's curves are in.
pub fn action<'a>(doc: &'a Document, rig: &Rig) -> Option<&'a Arc<Action>> {
    doc.action(rig.animation.active_action.as_ref()?)
}

/// The action of this name, to change; a pose asset is one too.
pub fn action_mut<'a>(doc: &'a mut Document, name: &str) -> Option<&'a mut Action> {
    if doc.actions.contains_key(name) {
        let action = Arc::make_mut(&mut doc.actions).get_mut(name)?;
        return Some(Arc::make_mut(action));
    }
    let mut assets = Arc::make_mut(&mut doc.assets).iter_mut();
    let asset = assets.find(|asset| asset.name == name)?;
    Some(Arc::make_mut(&mut Arc::make_mut(asset).action))
}

/// A frame of the scene in the time of the rig's action: while the action of a strip is edited, as the strip
/// plays it.
pub fn action_frame(doc: &Document, rig: RigId, frame: f32) -> f32 {
    edited_strip(doc, rig).map_or(frame, |strip| in_strip(strip, frame))
}

/// A frame of the rig's action in the time of the scene; see [`action_frame`].
pub fn scene_frame(doc: &Document, rig: RigId, frame: f32) -> f32 {
    edited_strip(doc, rig).map_or(frame, |strip| in_scene(strip, frame))
}

/// The strip whose action is edited.
fn edited_strip(doc: &Document, rig: RigId) -> Option<&Strip> {
    let animation = &doc.rigs.get(rig.index())?.animation;
    if !animation.use_tweak_mode {
        return None;
    }
    let strips = || {
        let all = animation.nla.iter().flat_map(|track| &track.strips);
        all.filter(|strip| strip.action.is_some() && strip.action == animation.active_action)
    };
    strips()
        .find(|strip| strip.select)
        .or_else(|| strips().next())
}

fn strip_scale(strip: &Strip) -> f32 {
    if strip.scale == 0.0 { 1.0 } else { strip.scale }
}

fn in_strip(strip: &Strip, frame: f32) -> f32 {
    let since = match strip.use_reverse {
        true => strip.frame_end - frame,
        false => frame - strip.frame_start,
    };
    strip.action_frame_start + since / strip_scale(strip)
}

fn in_scene(strip: &Strip, frame: f32) -> f32 {
    let since = (frame - strip.action_frame_start) * strip_scale(strip);
    match strip.use_reverse {
        true => strip.frame_end - since,
        false => strip.frame_start + since,
    }
}

/// Whether a curve of these groups may not be edited.
pub fn is_locked(groups: &[(String, Group)], curve: &FCurve) -> bool {
    let own = |name: &str| Some(name) == curve.group.as_deref();
    let mut locked = groups.iter().filter(|(_, group)| group.lock);
    curve.lock || locked.any(|(name, _)| own(name))
}

/// Takes the key at a frame of the action out of each curve that is picked. A curve without keys goes, unless
/// it has modifiers; so does a group without curves.
pub fn remove_at(
    doc: &mut Document,
    id: RigId,
    frame: f32,
    pick: impl Fn(&FCurve) -> bool,
) -> Tally {
    change(doc, id, pick, |curve| {
        let place = curve.key_at(frame)?;
        let mut rest = curve.clone();
        keys::remove(&mut rest, |at, _| at == place);
        let empty = rest.keys.is_empty() && rest.modifiers.is_empty();
        Some((1, (!empty).then_some(rest)))
    })
}

/// Takes away each curve that is picked, with all its keys.
pub fn clear(doc: &mut Document, id: RigId, pick: impl Fn(&FCurve) -> bool) -> Tally {
    change(doc, id, pick, |curve| Some((curve.keys.len(), None)))
}

/// Changes the curves that are picked: to another one, or to none; with the number of keys that go.
fn change(
    doc: &mut Document,
    id: RigId,
    pick: impl Fn(&FCurve) -> bool,
    edit: impl Fn(&FCurve) -> Option<(usize, Option<FCurve>)>,
) -> Tally {
    let mut tally = Tally::default();
    let Some(rig) = doc.rigs.get(id.index()) else {
        return tally;
    };
    let Some(old) = action(doc, rig) else {
        return tally;
    };
    let mut left = BTreeSet::new();
    let mut curves = Vec::with_capacity(old.fcurves.len());
    for curve in &old.fcurves {
        let locked = is_locked(&old.groups, curve);
        let picked = pick(curve);
        let edited = if picked && !locked { edit(curve) } else { None };
        tally.locked += usize::from(picked && locked);
        match edited {
            None => curves.push(Arc::clone(curve)),
            Some((keys, rest)) => {
                tally.count(id, curve, keys);
                match rest {
                    Some(rest) => curves.push(Arc::new(rest)),
                    None => left.extend(curve.group.clone()),
                }
            }
        }
    }
    for curve in &curves {
        if let Some(group) = &curve.group {
            left.remove(group);
        }
    }
    let name = rig.animation.active_action.clone().unwrap_or_default();
    if tally.bones.is_empty() {
        return tally;
    }
    if let Some(action) = action_mut(doc, &name) {
        action.fcurves = curves;
        action
            .groups
            .retain(|(name, _)| !left.contains(name.as_str()));
    }
    tally
}
