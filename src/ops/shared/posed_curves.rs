//! The animated bones that an operator works on, each with its curves: the selected ones, or where none of
//! these is animated every bone that can be seen.
//!
//! Each action is gone through once, with the bones looked up in an index.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::action::Action;
use crate::model::document::Document;
use crate::model::fcurve::{FCurve, SAME_FRAME};
use crate::model::id::{BoneId, RigId};
use crate::model::rig::Rig;
use crate::ops::shared::keyed_action;

/// What the curves of a bone animate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// The location.
    pub location: bool,
    /// The rotation, in any form.
    pub rotation: bool,
    /// The scale.
    pub scale: bool,
    /// The shape of the bendy bone.
    pub bendy: bool,
    /// Custom properties.
    pub custom: bool,
}

impl Groups {
    /// Each curve counts for one group, by the first word that is found in its property. So a bone of which
    /// only the scale of the bendy ends is animated counts as scaled, as in Blender.
    fn add(&mut self, property: &str) {
        let groups = [
            ("location", &mut self.location),
            ("scale", &mut self.scale),
            ("rotation", &mut self.rotation),
            ("bbone_", &mut self.bendy),
            ("[\"", &mut self.custom),
        ];
        let found = groups.into_iter().find(|(word, _)| property.contains(word));
        if let Some((_, group)) = found {
            *group = true;
        }
    }
}

/// An animated bone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PosedBone {
    /// The bone.
    pub bone: BoneId,
    /// What its curves animate.
    pub groups: Groups,
    /// The places of its curves in the action, ascending.
    pub curves: Vec<usize>,
}

/// A rig with animated bones.
#[derive(Clone, Debug, PartialEq)]
pub struct PosedRig {
    /// The rig.
    pub rig: RigId,
    /// Its action.
    pub action: Arc<Action>,
    /// At least one, parents first.
    pub bones: Vec<PosedBone>,
}

impl PosedRig {
    /// Every curve of its bones, with its place in the action.
    pub fn curves(&self) -> impl Iterator<Item = (usize, &Arc<FCurve>)> {
        let places = self.bones.iter().flat_map(|bone| &bone.curves);
        places.filter_map(|&place| Some((place, self.action.fcurves.get(place)?)))
    }

    /// Its bones.
    pub fn bone_ids(&self) -> Vec<BoneId> {
        self.bones.iter().map(|bone| bone.bone).collect()
    }
}

/// The animated bones among the selected ones, else among those that can be seen, rig by rig.
pub fn posed_curves(doc: &Document) -> Vec<PosedRig> {
    let selected = of_bones(doc, Rig::is_selected);
    if selected.is_empty() {
        of_bones(doc, Rig::visible)
    } else {
        selected
    }
}

fn of_bones(doc: &Document, wanted: fn(&Rig, BoneId) -> bool) -> Vec<PosedRig> {
    let of_rig = |id: RigId| {
        let rig = doc.rigs.get(id.index())?;
        let action = keyed_action::action(doc, rig)?;
        let bones = animated(rig, action, wanted);
        (!bones.is_empty()).then(|| PosedRig {
            rig: id,
            action: Arc::clone(action),
            bones,
        })
    };
    doc.posed_rigs().into_iter().filter_map(of_rig).collect()
}

/// The bones that are wanted and have curves.
fn animated(rig: &Rig, action: &Action, wanted: fn(&Rig, BoneId) -> bool) -> Vec<PosedBone> {
    let bones = rig.armature.ids().filter(|&bone| wanted(rig, bone));
    let mut bones: Vec<PosedBone> = bones
        .map(|bone| PosedBone {
            bone,
            groups: Groups::default(),
            curves: Vec::new(),
        })
        .collect();
    let places: HashMap<&str, usize> = bones
        .iter()
        .enumerate()
        .map(|(place, posed)| (rig.armature.name(posed.bone), place))
        .collect();
    // The curves of a bone mostly stand together.
    let mut last: Option<(&str, Option<usize>)> = None;
    for (place, curve) in action.fcurves.iter().enumerate() {
        let Some(name) = curve.bone.as_deref() else {
            continue;
        };
        let known = last.filter(|(known, _)| *known == name);
        let (_, own) = *last.insert(known.unwrap_or_else(|| (name, places.get(name).copied())));
        if let Some(posed) = own.and_then(|own| bones.get_mut(own)) {
            posed.groups.add(&curve.property);
            posed.curves.push(place);
        }
    }
    bones.retain(|posed| !posed.curves.is_empty());
    bones
}

/// The frames at which these curves have keys that are wanted, ascending; frames no farther apart than
/// [`SAME_FRAME`] are one, the first that was found. `time` brings frames of a rig's action to another time.
pub fn columns(
    rigs: &[PosedRig],
    time: impl Fn(RigId, f32) -> f32,
    wanted: impl Fn(&FCurve, usize) -> bool,
) -> Vec<f32> {
    let mut columns: Vec<f32> = Vec::new();
    let mut missing = Vec::new();
    for posed in rigs {
        for (_, curve) in posed.curves() {
            // Most curves have keys at the same frames: the next column is looked at first.
            let mut next = 0;
            let keys = curve.keys.iter().enumerate();
            for (_, key) in keys.filter(|(place, _)| wanted(curve, *place)) {
                let frame = time(posed.rig, key.frame());
                let same = |other: &f32| (other - frame).abs() <= SAME_FRAME;
                if !columns.get(next).is_some_and(same) {
                    next = columns.partition_point(|column| *column < frame - SAME_FRAME);
                }
                if columns.get(next).is_some_and(same) {
                    next += 1;
                } else if !missing.last().is_some_and(same) {
                    missing.push(frame);
                }
            }
            if !missing.is_empty() {
                columns.append(&mut missing);
                columns.sort_by(f32::total_cmp);
            }
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::armature::Armature;
    use crate::model::bone::Bone;
    use crate::model::fcurve::Key;

    /// A rig of bones `a`, `b` and `c` with these curves.
    fn document(curves: &[(&str, &str)]) -> Document {
        let bone = |name: &str| {
            Arc::new(Bone {
                name: name.into(),
                ..Bone::default()
            })
        };
        let armature = Armature {
            bones: ["a", "b", "c"].map(bone).to_vec(),
            ..Armature::default()
        };
        let mut doc = Document::default();
        doc.add_rig(Rig::new("Rig".to_owned(), armature));
        let curve = |(bone, property): &(&str, &str)| {
            let bone = Some(*bone).filter(|bone| !bone.is_empty());
            Arc::new(FCurve::new(bone, property, 0))
        };
        let action = Action {
            fcurves: curves.iter().map(curve).collect(),
            ..Action::default()
        };
        doc.add_action("A", action);
        let rig = doc.rig_mut().unwrap();
        Arc::make_mut(&mut rig.animation).active_action = Some("A".to_owned());
        doc
    }

    fn found(doc: &Document) -> Vec<(usize, Vec<usize>)> {
        let rigs = posed_curves(doc);
        let bones = rigs.iter().flat_map(|rig| &rig.bones);
        bones
            .map(|posed| (posed.bone.index(), posed.curves.clone()))
            .collect()
    }

    #[test]
    fn selected_bones_come_with_their_curves_wherever_these_stand() {
        let mut doc = document(&[
            ("b", "location"),
            ("a", "scale"),
            ("", "location"),
            ("b", "[\"x\"]"),
            ("gone", "location"),
        ]);
        let rig = doc.rig_mut().unwrap();
        rig.selected = [1, 2].into_iter().collect();
        assert_eq!(found(&doc), [(1, vec![0, 3])]);
        let groups = posed_curves(&doc)[0].bones[0].groups;
        let wanted = Groups {
            location: true,
            custom: true,
            ..Groups::default()
        };
        assert_eq!(groups, wanted);
    }

    #[test]
    fn where_no_selected_bone_is_animated_all_that_can_be_seen_are_taken() {
        let mut doc = document(&[("a", "location"), ("b", "scale")]);
        let rig = doc.rig_mut().unwrap();
        rig.selected.set(2, true);
        assert_eq!(found(&doc), [(0, vec![0]), (1, vec![1])]);
        doc.rig_mut().unwrap().hidden.set(0, true);
        assert_eq!(found(&doc), [(1, vec![1])]);
        doc.rig_mut().unwrap().hide = true;
        assert_eq!(found(&doc), []);
    }

    #[test]
    fn each_curve_counts_for_one_group() {
        let groups = |properties: &[&str]| {
            let mut groups = Groups::default();
            properties.iter().for_each(|property| groups.add(property));
            let Groups {
                scale,
                rotation,
                bendy,
                custom,
                ..
            } = groups;
            [scale, rotation, bendy, custom]
        };
        assert_eq!(groups(&["bbone_scalein"]), [true, false, false, false]);
        assert_eq!(groups(&["bbone_curveinx"]), [false, false, true, false]);
        assert_eq!(
            groups(&["[\"rotation\"]", "[\"x\"]"]),
            [false, true, false, true]
        );
    }

    #[test]
    fn keys_nearly_at_one_frame_share_a_column() {
        let mut doc = document(&[("a", "location"), ("b", "scale"), ("c", "scale")]);
        let frames: [&[f32]; 3] = [&[1.0, 10.0], &[4.5, 10.005, 10.02], &[1.0, 4.5, 30.0]];
        let action = Arc::make_mut(&mut doc.actions).get_mut("A").unwrap();
        let curves = &mut Arc::make_mut(action).fcurves;
        for (curve, frames) in curves.iter_mut().zip(frames) {
            let keys = frames.iter().map(|&frame| Key::new(frame, 0.0)).collect();
            Arc::make_mut(curve).keys = Arc::new(keys);
        }
        let rigs = posed_curves(&doc);
        let all = columns(&rigs, |_, frame| frame, |_, _| true);
        assert_eq!(all, [1.0, 4.5, 10.0, 10.02, 30.0]);
        let first = columns(&rigs, |_, frame| frame, |_, place| place == 0);
        assert_eq!(first, [1.0, 4.5]);
    }

    #[test]
    fn without_an_action_there_is_nothing() {
        let mut doc = document(&[("a", "location")]);
        let rig = doc.rig_mut().unwrap();
        Arc::make_mut(&mut rig.animation).active_action = None;
        assert_eq!(found(&doc), []);
        assert!(posed_curves(&Document::default()).is_empty());
    }
}
