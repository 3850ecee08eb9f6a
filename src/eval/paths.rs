//! Motion paths: where bones are at frame after frame, world space.
//!
//! The animation runs as it does when it plays, on a copy: channels without a curve keep what they hold, and
//! the document stays at its frame.

use std::ops::Range;
use std::sync::Arc;

use crate::eval::evaluator::RigEvaluator;
use crate::eval::sampler::Animator;
use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};

/// A path to calculate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The bone.
    pub bone: BoneId,
    /// A point for each of these frames.
    pub frames: Range<i32>,
    /// Whether its tail is followed, else its head.
    pub tail: bool,
}

/// The points of each path. A bone that does not exist gives none.
pub fn points(document: &Document, rig: RigId, wanted: &[Wanted]) -> Vec<Vec<[f32; 3]>> {
    let room = |path: &Wanted| Vec::with_capacity(path.frames.len());
    let mut found: Vec<Vec<[f32; 3]>> = wanted.iter().map(room).collect();
    let mut document = document.clone();
    let mut animator = Animator::default();
    let mut evaluator = RigEvaluator::default();
    for frame in covered(wanted) {
        #[expect(clippy::cast_precision_loss, reason = "frames are below 2^24")]
        let exact = frame as f32;
        Arc::make_mut(&mut document.scene).frame = exact;
        animator.apply(&mut document);
        let Some(posed) = document.rigs.get(rig.index()) else {
            return found;
        };
        let world_from_armature = posed.world_from_armature();
        let pose = evaluator.evaluate(posed);
        for (path, points) in wanted.iter().zip(&mut found) {
            if !path.frames.contains(&frame) {
                continue;
            }
            let place = if path.tail {
                pose.tail(path.bone)
            } else {
                pose.head(path.bone)
            };
            points.extend(place.map(|at| world_from_armature.transform_point3(at).to_array()));
        }
    }
    found
}

/// Every frame of any path, rising.
fn covered(wanted: &[Wanted]) -> impl Iterator<Item = i32> + use<> {
    let mut ranges: Vec<Range<i32>> = wanted.iter().map(|path| path.frames.clone()).collect();
    ranges.sort_by_key(|range| range.start);
    let mut done = i32::MIN;
    ranges.into_iter().flat_map(move |range| {
        let rest = range.start.max(done)..range.end;
        done = done.max(range.end);
        rest
    })
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::*;
    use crate::eval::handles;
    use crate::model::action::Action;
    use crate::model::armature::Armature;
    use crate::model::bone::Bone;
    use crate::model::fcurve::{FCurve, Interpolation, Key};
    use crate::model::rig::Rig;
    use crate::model::settings::Animation;

    const RIG: RigId = RigId(0);

    /// A root that moves one metre a frame along X, with a child two metres above it.
    fn document() -> Document {
        let bone = |name: &str, parent, head: Vec3| {
            Arc::new(Bone {
                name: name.into(),
                parent,
                head,
                tail: head + Vec3::Y,
                ..Bone::default()
            })
        };
        let bones = vec![
            bone("root", None, Vec3::ZERO),
            bone("child", Some(BoneId(0)), Vec3::Z * 2.0),
        ];
        let mut rig = Rig::new(
            "Rig".to_owned(),
            Armature {
                bones,
                ..Armature::default()
            },
        );
        rig.location = Vec3::Y * 10.0;
        rig.animation = Arc::new(Animation {
            active_action: Some("Walk".to_owned()),
            ..Animation::default()
        });
        let mut curve = FCurve::new(Some("root"), "location", 0);
        let key = |frame| Key {
            interpolation: Interpolation::Linear,
            ..Key::new(frame, frame)
        };
        curve.keys = Arc::new(vec![key(0.0), key(100.0)]);
        handles::recalculate(&mut curve);
        let mut document = Document::default();
        document.add_rig(rig);
        let action = Action {
            fcurves: vec![Arc::new(curve)],
            ..Action::default()
        };
        Arc::make_mut(&mut document.actions).insert("Walk".to_owned(), Arc::new(action));
        document
    }

    fn path(bone: u32, frames: Range<i32>, tail: bool) -> Wanted {
        Wanted {
            bone: BoneId(bone),
            frames,
            tail,
        }
    }

    #[test]
    fn a_child_is_carried_and_what_has_no_curve_stays_as_it_is() {
        let mut document = document();
        let child = document.rig_mut().unwrap().channel_mut(BoneId(1)).unwrap();
        child.location.z = 0.5;
        let before = document.clone();
        let found = points(&document, RIG, &[path(1, 3..5, true), path(0, 4..5, false)]);
        assert_eq!(found[0], [[3.0, 11.0, 2.5], [4.0, 11.0, 2.5]]);
        assert_eq!(found[1], [[4.0, 10.0, 0.0]]);
        assert!(document.same_pointers(&before));
    }

    #[test]
    fn ranges_may_overlap_and_lie_apart() {
        let wanted = [
            path(0, 5..8, false),
            path(0, 1..3, false),
            path(0, 6..10, false),
        ];
        let frames: Vec<i32> = covered(&wanted).collect();
        assert_eq!(frames, [1, 2, 5, 6, 7, 8, 9]);
        let found = points(&document(), RIG, &wanted);
        assert_eq!(found[2][0], [6.0, 10.0, 0.0]);
        assert_eq!(found[1].len(), 2);
        assert!(points(&document(), RIG, &[path(9, 1..3, false)])[0].is_empty());
    }
}
