//! The rows of the timeline: the sum of all, then one per bone, with the keys that each shows.
//!
//! Rows are made anew only where what they follow from changed, and of those only the ones whose own curves
//! did: pointers tell. While the playhead moves nothing is made at all.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use crate::model::action::Action;
use crate::model::armature::Armature;
use crate::model::document::Document;
use crate::model::fcurve::FCurve;
use crate::model::id::{BoneId, RigId};
use crate::model::rig::Rig;
use crate::ui::time_axis::marks::{self, Mark};

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Whose it is; none: the sum of all rows.
    pub rig: Option<RigId>,
    /// The bone; none in a row of a rig: the rig itself, or a bone that it does not have.
    pub bone: Option<BoneId>,
    /// What stands at its left.
    pub name: Arc<str>,
    /// Its keys.
    pub marks: Arc<Vec<Mark>>,
}

/// A rig and what of it is listed.
#[derive(Clone, Debug)]
struct Source {
    rig: RigId,
    armature: Weak<Armature>,
    action: Weak<Action>,
    /// The bones to list; none: all that have keys.
    bones: Option<Vec<BoneId>>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.rig == other.rig
            && self.armature.ptr_eq(&other.armature)
            && self.action.ptr_eq(&other.action)
            && self.bones == other.bones
    }
}

/// The keys of a bone, and the curves that they were taken from.
#[derive(Debug, Default)]
struct Kept {
    curves: Vec<Weak<FCurve>>,
    marks: Arc<Vec<Mark>>,
}

/// A bone of a rig by its name; no name: the rig's own channels.
type Channel = (RigId, Option<Arc<str>>);

/// The rows, and what they were made from.
#[derive(Debug, Default)]
pub struct Rows {
    rows: Vec<Row>,
    sources: Vec<Source>,
    kept: BTreeMap<Channel, Kept>,
    generation: u64,
    /// How often the keys of a bone were gathered; what following costs.
    gathered: u64,
}

impl Rows {
    /// Makes them anew if they are out of date.
    pub fn follow(&mut self, document: &Document, only_selected: bool) {
        let sources = sources(document, only_selected);
        if sources == self.sources && !self.rows.is_empty() {
            return;
        }
        let mut rows = Vec::new();
        let mut kept = BTreeMap::new();
        for source in &sources {
            if let Some(rig) = document.rigs.get(source.rig.index()) {
                self.list(rig, source, &mut rows, &mut kept);
            }
        }
        let parts = rows.iter().map(|row: &Row| row.marks.as_slice());
        let summary = Row {
            rig: None,
            bone: None,
            name: "Summary".into(),
            marks: Arc::new(marks::of_rows(parts)),
        };
        rows.insert(0, summary);
        self.rows = rows;
        self.kept = kept;
        self.sources = sources;
        self.generation += 1;
    }

    /// Lists the bones of a rig.
    fn list(
        &mut self,
        rig: &Rig,
        source: &Source,
        rows: &mut Vec<Row>,
        kept: &mut BTreeMap<Channel, Kept>,
    ) {
        let action = source.action.upgrade();
        let mut by_bone: BTreeMap<Option<Arc<str>>, Vec<Arc<FCurve>>> = BTreeMap::new();
        for curve in action.iter().flat_map(|action| &action.fcurves) {
            let curves = by_bone.entry(curve.bone.clone()).or_default();
            curves.push(curve.clone());
        }
        let mut push = |bone: Option<BoneId>, name: Arc<str>, marks: Arc<Vec<Mark>>| {
            rows.push(Row {
                rig: Some(source.rig),
                bone,
                name,
                marks,
            });
        };
        // All keys are summed up once, shown or not: another selection then costs no more than its sum.
        let mut marks = BTreeMap::new();
        for (name, curves) in by_bone {
            let channel = (source.rig, name.clone());
            let known = self.kept.remove(&channel);
            let entry = self.kept_for(known, &curves);
            marks.insert(name, entry.marks.clone());
            kept.insert(channel, entry);
        }
        if source.bones.is_none()
            && let Some(own) = marks.remove(&None)
        {
            push(None, rig.name.as_str().into(), own);
        }
        let all = rig.armature.ids().collect();
        for bone in source.bones.as_ref().unwrap_or(&all) {
            let name: Arc<str> = rig.armature.name(*bone).into();
            let own = marks.remove(&Some(name.clone()));
            if source.bones.is_some() || own.is_some() {
                push(Some(*bone), name, own.unwrap_or_default());
            }
        }
        if source.bones.is_none() {
            // Curves of bones that this rig does not have.
            for (name, own) in marks {
                push(None, name.unwrap_or_default(), own);
            }
        }
    }

    /// The keys of these curves: those that are known, if the curves are the same.
    fn kept_for(&mut self, known: Option<Kept>, curves: &[Arc<FCurve>]) -> Kept {
        let same = |known: &Kept| {
            known.curves.len() == curves.len()
                && known
                    .curves
                    .iter()
                    .zip(curves)
                    .all(|(weak, curve)| std::ptr::eq(weak.as_ptr(), Arc::as_ptr(curve)))
        };
        if let Some(known) = known.filter(same) {
            return known;
        }
        self.gathered += 1;
        let lent: Vec<&FCurve> = curves.iter().map(Arc::as_ref).collect();
        Kept {
            curves: curves.iter().map(Arc::downgrade).collect(),
            marks: Arc::new(marks::of_curves(&lent)),
        }
    }

    /// The rows from top to bottom.
    pub fn all(&self) -> &[Row] {
        &self.rows
    }

    /// Another number whenever the rows are others.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// How many keys are shown at different frames of different rows.
    pub fn keys(&self) -> usize {
        let rows = self.rows.iter().skip(1);
        rows.map(|row| row.marks.len()).sum()
    }
}

/// The action that moves a rig.
pub fn action_of<'a>(document: &'a Document, rig: &Rig) -> Option<&'a Arc<Action>> {
    document.actions.get(rig.animation.active_action.as_ref()?)
}

/// What the rows follow from.
fn sources(document: &Document, only_selected: bool) -> Vec<Source> {
    let ids: Vec<RigId> = match only_selected {
        true => document.posed_rigs(),
        false => document.rig_ids().collect(),
    };
    let source = |id: RigId| {
        let rig = document.rigs.get(id.index())?;
        let action = action_of(document, rig);
        Some(Source {
            rig: id,
            armature: Arc::downgrade(&rig.armature),
            action: action.map(Arc::downgrade).unwrap_or_default(),
            bones: only_selected.then(|| rig.selected_bones()),
        })
    };
    ids.into_iter().filter_map(source).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::bone::Bone;
    use crate::model::fcurve::Key;

    fn curve(bone: &str, frames: &[f32]) -> Arc<FCurve> {
        let mut curve = FCurve::new(Some(bone), "location", 0);
        curve.keys = Arc::new(frames.iter().map(|frame| Key::new(*frame, 0.0)).collect());
        Arc::new(curve)
    }

    fn document() -> Document {
        let bone = |name: &str| {
            Arc::new(Bone {
                name: name.into(),
                ..Bone::default()
            })
        };
        let armature = Armature {
            bones: vec![bone("hip"), bone("arm"), bone("leg")],
            ..Armature::default()
        };
        let mut document = Document::default();
        let mut rig = Rig::new("rig".to_owned(), armature);
        Arc::make_mut(&mut rig.animation).active_action = Some("walk".to_owned());
        document.add_rig(rig);
        let action = Action {
            fcurves: vec![
                curve("arm", &[1.0, 5.0]),
                curve("tail", &[2.0]),
                curve("leg", &[5.0]),
            ],
            ..Action::default()
        };
        let actions = Arc::make_mut(&mut document.actions);
        actions.insert("walk".to_owned(), Arc::new(action));
        document
    }

    fn names(rows: &Rows) -> Vec<&str> {
        rows.all().iter().map(|row| &*row.name).collect()
    }

    #[test]
    fn keyed_bones_are_listed_in_the_order_of_the_rig() {
        let mut rows = Rows::default();
        rows.follow(&document(), false);
        assert_eq!(names(&rows), ["Summary", "arm", "leg", "tail"]);
        let summary: Vec<f32> = rows.all()[0].marks.iter().map(|mark| mark.frame).collect();
        assert_eq!(summary, [1.0, 2.0, 5.0]);
        assert_eq!(rows.keys(), 4);
    }

    #[test]
    fn selected_bones_are_listed_even_without_keys() {
        let mut document = document();
        let rig = document.rig_mut().unwrap();
        rig.selected.set(0, true);
        rig.selected.set(2, true);
        let mut rows = Rows::default();
        rows.follow(&document, true);
        assert_eq!(names(&rows), ["Summary", "hip", "leg"]);
        assert!(rows.all()[1].marks.is_empty());
        assert_eq!(rows.all()[0].marks.len(), 1);
    }

    #[test]
    fn only_what_changed_is_gathered_again() {
        let mut document = document();
        let mut rows = Rows::default();
        rows.follow(&document, false);
        let (generation, gathered) = (rows.generation(), rows.gathered);
        // The playhead moves and the rig is posed.
        Arc::make_mut(&mut document.scene).frame = 7.0;
        document.rig_mut().unwrap().selected.set(1, true);
        rows.follow(&document, false);
        assert_eq!((rows.generation(), rows.gathered), (generation, gathered));
        let action = Arc::make_mut(&mut document.actions)
            .get_mut("walk")
            .unwrap();
        let leg = &mut Arc::make_mut(action).fcurves[2];
        Arc::make_mut(&mut Arc::make_mut(leg).keys).push(Key::new(9.0, 0.0));
        rows.follow(&document, false);
        assert_eq!(rows.gathered, gathered + 1);
        assert_eq!(rows.all()[0].marks.len(), 4);
        rows.follow(&document, true);
        assert_eq!(names(&rows), ["Summary", "arm"]);
        assert_eq!(rows.gathered, gathered + 1);
    }
}
