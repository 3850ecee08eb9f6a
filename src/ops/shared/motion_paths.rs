//! Motion paths of a rig: which frames they cover, and calculating them anew.

use std::sync::Arc;

use crate::eval::paths::{self, Wanted};
use crate::model::document::Document;
use crate::model::fcurve::FCurve;
use crate::model::id::{BoneId, RigId};
use crate::model::motion_path::{MotionPath, MotionPathSettings, PathRange};
use crate::model::rig::Rig;
use crate::ops::operator::{Exec, Refusal};
use crate::ops::shared::frames;
use crate::ops::shared::keyed_action::action;

/// Keys closer than this stand in one column, frames.
const COLUMN: f32 = 0.01;

/// Frames of the longest path that follows what is keyed.
const FOLLOWED: usize = 5_000;

/// Whether any bone of the rig has a path.
pub fn has_paths(rig: &Rig) -> bool {
    let mut setups = rig.pose.setups.iter();
    setups.any(|setup| setup.motion_path.is_some())
}

/// First and last frame that the settings of a rig ask for.
pub fn wanted_range(doc: &Document, rig: &Rig) -> (i32, i32) {
    let settings = &rig.options.motion_paths;
    let keyed = |selected| keyed_range(&action(doc, rig)?.fcurves, selected);
    let keyed = match settings.range {
        PathRange::Manual => return within((settings.frame_start, settings.frame_end)),
        PathRange::Scene => None,
        PathRange::KeysAll => keyed(false),
        // One column of keys is no range: all keys count then, as if none was selected.
        PathRange::KeysSelected => keyed(true)
            .filter(|(first, last)| last - first > COLUMN)
            .or_else(|| keyed(false)),
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "cut towards zero; what is out of range ends at the limit"
    )]
    let whole = keyed.map(|(first, last)| (first as i32, last as i32));
    within(whole.unwrap_or_else(|| scene_range(doc)))
}

/// First and last frame of the scene, or of its preview.
pub fn scene_range(doc: &Document) -> (i32, i32) {
    let scene = &doc.scene;
    let whole = (scene.frame_start, scene.frame_end);
    scene.preview_range.unwrap_or(whole)
}

fn within((first, last): (i32, i32)) -> (i32, i32) {
    let limit = |frame: i32| frame.clamp(-frames::LAST, frames::LAST);
    (limit(first), limit(last))
}

/// The frames of the first and the last key, or of the selected ones; a key with a selected handle counts.
fn keyed_range(curves: &[Arc<FCurve>], selected: bool) -> Option<(f32, f32)> {
    let mut range: Option<(f32, f32)> = None;
    for curve in curves {
        let ends = if selected {
            let parts = [
                &curve.selection.keys,
                &curve.selection.left,
                &curve.selection.right,
            ];
            let places = || parts.iter().flat_map(|part| part.iter());
            places().min().zip(places().max())
        } else {
            curve.keys.len().checked_sub(1).map(|last| (0, last))
        };
        let frame = |place: usize| curve.keys.get(place).map(|key| key.frame());
        let Some((first, last)) = ends.and_then(|(a, b)| frame(a).zip(frame(b))) else {
            continue;
        };
        range = Some(range.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
    }
    range
}

/// Gives a bone a path over these frames, its points still missing. Where it has one of the same length, that
/// goes on following the end of the bone that it followed.
pub fn set_frames(rig: &mut Rig, bone: BoneId, (start, end): (i32, i32), head: bool) {
    let Some(setup) = rig.setup_mut(bone) else {
        return;
    };
    let mut path = MotionPath {
        start,
        end,
        points: Vec::new(),
        use_bone_head: head,
    };
    if let Some(old) = setup.motion_path.as_ref()
        && old.len() == path.len()
    {
        path.use_bone_head = old.use_bone_head;
    }
    setup.motion_path = Some(Arc::new(path));
}

/// Calculates the points of every path of a rig.
///
/// # Errors
/// The paths would be too long; nothing has changed then.
pub fn calculate(doc: &mut Document, id: RigId) -> Exec {
    let Some(rig) = doc.rigs.get(id.index()) else {
        return Ok(());
    };
    let wanted = wanted(rig);
    check_size(&wanted)?;
    let found = paths::points(doc, id, &wanted);
    let Some(rig) = doc.rig_at_mut(id) else {
        return Ok(());
    };
    let setups = Arc::make_mut(&mut rig.pose.setups);
    for (path, points) in wanted.iter().zip(found) {
        let setup = setups.get_mut(path.bone.index());
        let Some((setup, old)) = setup.and_then(|setup| {
            let old = setup.motion_path.clone()?;
            Some((setup, old))
        }) else {
            continue;
        };
        if old.points != points {
            Arc::make_mut(setup).motion_path = Some(Arc::new(MotionPath {
                start: old.start,
                end: old.end,
                points,
                use_bone_head: old.use_bone_head,
            }));
        }
    }
    Ok(())
}

/// Calculates the paths of a rig anew, where it has any. Where one is long, they stay until they are asked for:
/// this runs at every step of a drag.
pub fn follow(doc: &mut Document, id: RigId) {
    let Some(rig) = doc.rigs.get(id.index()) else {
        return;
    };
    let frames = rig.pose.setups.iter();
    let frames = frames.filter_map(|setup| Some(setup.motion_path.as_ref()?.len()));
    if frames.max().is_some_and(|longest| longest <= FOLLOWED) {
        let _too_many = calculate(doc, id);
    }
}

fn wanted(rig: &Rig) -> Vec<Wanted> {
    let setups = rig.pose.setups.iter().enumerate();
    let path = |(place, setup): (usize, &Arc<crate::model::pose::BoneSetup>)| {
        let path = setup.motion_path.as_ref()?;
        Some(Wanted {
            bone: BoneId::new(place),
            frames: path.frames(),
            tail: !path.use_bone_head,
        })
    };
    setups.filter_map(path).collect()
}

fn check_size(wanted: &[Wanted]) -> Exec {
    let longest = wanted.iter().map(|path| path.frames.len()).max();
    let longest = longest.unwrap_or_default();
    let points: usize = wanted.iter().map(|path| path.frames.len()).sum();
    if longest > MotionPathSettings::MOST_FRAMES {
        return Err(Refusal::Error(format!(
            "A motion path of {longest} frames is too long, {} are the most: choose a shorter range",
            MotionPathSettings::MOST_FRAMES
        )));
    }
    if points > MotionPathSettings::MOST_POINTS {
        return Err(Refusal::Error(format!(
            "{} motion paths would hold {points} points, {} are the most: choose a shorter range or fewer bones",
            wanted.len(),
            MotionPathSettings::MOST_POINTS
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fcurve::Key;

    fn curve(frames: &[f32]) -> FCurve {
        let keys = frames.iter().map(|frame| Key::new(*frame, 0.0)).collect();
        FCurve {
            keys: Arc::new(keys),
            ..FCurve::new(Some("a"), "location", 0)
        }
    }

    #[test]
    fn a_selected_handle_selects_its_key() {
        let mut first = curve(&[1.0, 4.0, 9.0]);
        first.selection.keys.set(1, true);
        let mut second = curve(&[2.0, 20.0]);
        second.selection.right.set(0, true);
        let curves = [Arc::new(first), Arc::new(second), Arc::new(curve(&[]))];
        assert_eq!(keyed_range(&curves, true), Some((2.0, 4.0)));
        assert_eq!(keyed_range(&curves, false), Some((1.0, 20.0)));
        assert_eq!(keyed_range(&[], false), None);
    }

    #[test]
    fn paths_that_would_fill_the_memory_are_refused() {
        let path = |bone, frames| Wanted {
            bone: BoneId(bone),
            frames,
            tail: false,
        };
        assert!(check_size(&[path(0, 1..200_001)]).is_ok());
        assert!(check_size(&[path(0, 1..1_048_575)]).is_err());
        let many: Vec<Wanted> = (0..300).map(|bone| path(bone, 0..20_000)).collect();
        assert!(check_size(&many).is_err());
    }
}
