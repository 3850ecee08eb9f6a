//! Automatic keying: whatever changes a pose calls one of these once it is done, and the new values are keyed
//! where the scene's settings say so. Motion paths of the rig follow what was keyed.

use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};
use crate::model::settings::AutoKeyMode;
use crate::ops::shared::channels::{self, Held};
use crate::ops::shared::key_sets::KeySet;
use crate::ops::shared::keyed_action::{action, action_frame};
use crate::ops::shared::keying::{self, Manner};
use crate::ops::shared::motion_paths;

/// Whether a change of the rig's pose is keyed now: keying is on, and where it only replaces keys, there is one
/// at the current frame.
pub fn may_key(doc: &Document, rig: RigId) -> bool {
    let scene = &doc.scene;
    if !scene.auto_key {
        return false;
    }
    if scene.auto_key_mode != AutoKeyMode::ReplaceKeys {
        return true;
    }
    let frame = action_frame(doc, rig, scene.frame);
    let action = doc.rigs.get(rig.index()).and_then(|rig| action(doc, rig));
    let mut curves = action.iter().flat_map(|action| &action.fcurves);
    curves.any(|curve| curve.key_at(frame).is_some())
}

/// Keys a set of channels of bones that have changed, at the whole frame, as Blender does it for keying sets:
/// like keys set by hand, they need not be needed.
pub fn key_set(doc: &mut Document, rig: RigId, bones: &[BoneId], set: KeySet) {
    let frame = doc.scene.frame.trunc();
    key_at(doc, rig, (frame, false), |doc| set.of(doc, rig, bones));
}

/// Keys these channels at the current frame, to what they hold.
pub fn key_held(doc: &mut Document, rig: RigId, held: Vec<Held>) {
    let at = (doc.scene.frame, doc.scene.auto_key_needed);
    key_at(doc, rig, at, |_| held);
}

/// Keys at a frame, and only where that is needed if it says so.
fn key_at(
    doc: &mut Document,
    rig: RigId,
    (frame, needed): (f32, bool),
    wanted: impl FnOnce(&Document) -> Vec<Held>,
) {
    if !may_key(doc, rig) {
        return;
    }
    let only = doc.scene.auto_key_set_only.then(|| active_set(doc, rig));
    let wanted = only.flatten().unwrap_or_else(|| wanted(doc));
    let scene = &doc.scene;
    let manner = Manner {
        frame: action_frame(doc, rig, frame),
        needed,
        available: scene.auto_key_available,
        replace: scene.auto_key_mode == AutoKeyMode::ReplaceKeys,
        kind: scene.key_type,
    };
    keying::insert(doc, rig, &wanted, &manner);
    motion_paths::follow(doc, rig);
}

/// The channels of the active keying set that the rig has; none where no set is active.
pub fn active_set(doc: &Document, rig: RigId) -> Option<Vec<Held>> {
    let scene = &doc.scene;
    let set = scene.keying_sets.get(scene.active_keying_set?)?;
    let rig = doc.rigs.get(rig.index())?;
    let components = |(bone, property): &(String, String)| {
        let bone = rig.armature.find(bone)?;
        Some(channels::property(rig, Some(bone), property))
    };
    let held = set.paths.iter().filter_map(components);
    Some(held.flatten().collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::armature::Armature;
    use crate::model::bone::Bone;
    use crate::model::fcurve::{FCurve, Key};
    use crate::model::keying_set::KeyingSet;
    use crate::model::nla::{Strip, Track};
    use crate::model::rig::Rig;
    use crate::model::settings::SceneSettings;

    const RIG: RigId = RigId(0);
    const LEFT: BoneId = BoneId(0);

    /// A rig of two bones, automatic keying on.
    fn document() -> Document {
        let bone = |name: &str| {
            Arc::new(Bone {
                name: name.into(),
                ..Bone::default()
            })
        };
        let armature = Armature {
            bones: vec![bone("left"), bone("right")],
            ..Armature::default()
        };
        let mut doc = Document::default();
        doc.add_rig(Rig::new("Rig".to_owned(), armature));
        settings(&mut doc).auto_key = true;
        doc
    }

    fn settings(doc: &mut Document) -> &mut SceneSettings {
        Arc::make_mut(&mut doc.scene)
    }

    /// Adds a curve with a key to the rig's action.
    fn add_curve(doc: &mut Document, bone: &str, index: u32, frame: f32) {
        let curve = FCurve {
            keys: Arc::new(vec![Key::new(frame, 0.0)]),
            ..FCurve::new(Some(bone), "location", index)
        };
        let action = Arc::make_mut(&mut doc.actions).entry("A".to_owned());
        let action = Arc::make_mut(action.or_default());
        action.fcurves.push(Arc::new(curve));
        let rig = doc.rig_mut().unwrap();
        Arc::make_mut(&mut rig.animation).active_action = Some("A".to_owned());
    }

    fn place(doc: &mut Document, x: f32) {
        doc.rig_mut().unwrap().channel_mut(LEFT).unwrap().location.x = x;
    }

    /// Bone, component, and frame and value of every key.
    fn keys(doc: &Document) -> Vec<(String, u32, Vec<[f32; 2]>)> {
        let action = action(doc, doc.rig().unwrap());
        let curves = action.into_iter().flat_map(|action| &action.fcurves);
        let listed = curves.map(|curve| {
            let keys = curve.keys.iter().map(|key| key.co).collect();
            (curve.bone.as_deref().unwrap().to_owned(), curve.index, keys)
        });
        listed.collect()
    }

    #[test]
    fn switched_off_nothing_is_keyed() {
        let mut doc = document();
        settings(&mut doc).auto_key = false;
        key_set(&mut doc, RIG, &[LEFT], KeySet::Location);
        assert!(doc.actions.is_empty());
    }

    #[test]
    fn only_replacing_needs_a_key_of_the_rig_at_the_frame_and_makes_none() {
        let mut doc = document();
        settings(&mut doc).auto_key_mode = AutoKeyMode::ReplaceKeys;
        place(&mut doc, 3.0);
        key_set(&mut doc, RIG, &[LEFT], KeySet::Location);
        assert!(doc.actions.is_empty());
        add_curve(&mut doc, "left", 0, 5.0);
        add_curve(&mut doc, "right", 1, 1.0);
        let before = keys(&doc);
        assert!(may_key(&doc, RIG));
        key_set(&mut doc, RIG, &[LEFT], KeySet::Location);
        assert_eq!(keys(&doc), before);
        settings(&mut doc).frame = 7.0;
        assert!(!may_key(&doc, RIG));
        settings(&mut doc).frame = 5.0;
        key_set(&mut doc, RIG, &[LEFT], KeySet::LocRotScale);
        let left = ("left".to_owned(), 0, vec![[5.0, 3.0]]);
        let right = ("right".to_owned(), 1, vec![[1.0, 0.0]]);
        assert_eq!(keys(&doc), [left, right]);
    }

    #[test]
    fn only_available_keys_go_to_curves_that_are_there() {
        let mut doc = document();
        settings(&mut doc).auto_key_available = true;
        add_curve(&mut doc, "left", 0, 5.0);
        place(&mut doc, 3.0);
        key_set(&mut doc, RIG, &[LEFT, BoneId(1)], KeySet::LocRotScale);
        assert_eq!(
            keys(&doc),
            [("left".to_owned(), 0, vec![[1.0, 3.0], [5.0, 0.0]])]
        );
    }

    #[test]
    fn only_needed_keys_leave_curves_alone_that_give_the_value() {
        let mut doc = document();
        add_curve(&mut doc, "left", 0, 5.0);
        let frames = |doc: &Document| {
            keys(doc)
                .into_iter()
                .map(|(_, _, keys)| keys.len())
                .collect::<Vec<_>>()
        };
        let key = |doc: &mut Document| {
            let held = channels::property(doc.rig().unwrap(), Some(LEFT), "location");
            key_held(doc, RIG, held);
        };
        key(&mut doc);
        assert_eq!(frames(&doc), [1, 1, 1]);
        settings(&mut doc).auto_key_needed = false;
        key(&mut doc);
        assert_eq!(frames(&doc), [2, 1, 1]);
        // A set is keyed whole, whether that is needed or not.
        settings(&mut doc).auto_key_needed = true;
        settings(&mut doc).frame = 9.0;
        key_set(&mut doc, RIG, &[LEFT], KeySet::Location);
        assert_eq!(frames(&doc), [3, 2, 2]);
    }

    #[test]
    fn the_active_keying_set_takes_the_place_of_what_was_changed() {
        let mut doc = document();
        let scene = settings(&mut doc);
        let paths = vec![("right".to_owned(), "location".to_owned())];
        scene.keying_sets = vec![KeyingSet {
            paths,
            ..KeyingSet::default()
        }];
        scene.active_keying_set = Some(0);
        scene.auto_key_set_only = true;
        key_set(&mut doc, RIG, &[LEFT], KeySet::Rotation);
        let bones: Vec<_> = keys(&doc)
            .into_iter()
            .map(|(bone, index, _)| (bone, index))
            .collect();
        assert_eq!(bones, [0, 1, 2].map(|index| ("right".to_owned(), index)));
    }

    #[test]
    fn sets_are_keyed_at_the_whole_frame_and_changed_values_at_the_exact_one() {
        let mut doc = document();
        settings(&mut doc).frame = 4.75;
        key_set(&mut doc, RIG, &[LEFT], KeySet::Location);
        assert_eq!(keys(&doc)[0].2, [[4.0, 0.0]]);
        let held = channels::property(doc.rig().unwrap(), Some(LEFT), "location");
        settings(&mut doc).auto_key_needed = false;
        key_held(&mut doc, RIG, held);
        assert_eq!(keys(&doc)[0].2, [[4.0, 0.0], [4.75, 0.0]]);
    }

    #[test]
    fn while_a_strip_is_edited_keys_go_by_its_time() {
        let mut doc = document();
        add_curve(&mut doc, "left", 0, 0.0);
        let strip = Strip {
            action: Some("A".to_owned()),
            frame_start: 10.0,
            frame_end: 50.0,
            action_frame_start: 2.0,
            scale: 2.0,
            ..Strip::default()
        };
        let track = Track {
            strips: vec![strip],
            ..Track::default()
        };
        let rig = doc.rig_mut().unwrap();
        let animation = Arc::make_mut(&mut rig.animation);
        animation.nla = vec![track];
        animation.use_tweak_mode = true;
        place(&mut doc, 3.0);
        settings(&mut doc).frame = 20.0;
        key_set(&mut doc, RIG, &[LEFT], KeySet::Location);
        assert_eq!(keys(&doc)[0].2, [[0.0, 0.0], [7.0, 3.0]]);
        let rig = doc.rig_mut().unwrap();
        Arc::make_mut(&mut rig.animation).nla[0].strips[0].use_reverse = true;
        assert_eq!(action_frame(&doc, RIG, 20.0), 17.0);
    }
}
