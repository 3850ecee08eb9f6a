//! The frames at which there are keys: of the selected bones, or of the whole action where none is selected.

use crate::model::document::Document;
use crate::model::fcurve::{FCurve, SAME_FRAME};
use crate::model::rig::Rig;

/// The curves of the active actions that belong to selected bones or to a rig itself; where no bone is
/// selected, every curve of the active rig's action.
pub fn curves(document: &Document) -> Vec<&FCurve> {
    let rigs = document.posed_rigs();
    let rigs = rigs.iter().filter_map(|id| document.rigs.get(id.index()));
    let rigs: Vec<&Rig> = rigs.map(AsRef::as_ref).collect();
    let some = rigs.iter().any(|rig| !rig.selected_bones().is_empty());
    let mut found = Vec::new();
    for rig in rigs {
        let name = rig.animation.active_action.as_deref();
        let Some(action) = name.and_then(|name| document.action(name)) else {
            continue;
        };
        let wanted = |curve: &&FCurve| !some || belongs_to_selection(rig, curve);
        found.extend(action.fcurves.iter().map(AsRef::as_ref).filter(wanted));
    }
    found
}

/// The curves of the active actions of the active rig and of others with selected bones.
pub fn all(document: &Document) -> Vec<&FCurve> {
    let rigs = document.posed_rigs();
    let rigs = rigs.iter().filter_map(|id| document.rigs.get(id.index()));
    let actions = rigs.filter_map(|rig| document.action(rig.animation.active_action.as_deref()?));
    let curves = actions.flat_map(|action| action.fcurves.iter());
    curves.map(AsRef::as_ref).collect()
}

fn belongs_to_selection(rig: &Rig, curve: &FCurve) -> bool {
    let Some(bone) = curve.bone.as_deref() else {
        return true;
    };
    let bone = rig.armature.find(bone);
    bone.is_some_and(|bone| rig.is_selected(bone))
}

/// The first frame with a key after this one.
pub fn next(curves: &[&FCurve], frame: f32) -> Option<f32> {
    let after = |curve: &&FCurve| {
        let place = curve
            .keys
            .partition_point(|key| key.frame() < frame + SAME_FRAME);
        Some(curve.keys.get(place)?.frame())
    };
    curves.iter().filter_map(after).reduce(f32::min)
}

/// The last frame with a key before this one.
pub fn previous(curves: &[&FCurve], frame: f32) -> Option<f32> {
    let before = |curve: &&FCurve| {
        let place = curve
            .keys
            .partition_point(|key| key.frame() <= frame - SAME_FRAME);
        Some(curve.keys.get(place.checked_sub(1)?)?.frame())
    };
    curves.iter().filter_map(before).reduce(f32::max)
}

/// The frame with a key that lies nearest to this one.
pub fn nearest(curves: &[&FCurve], frame: f32) -> Option<f32> {
    let here = |curve: &&FCurve| Some(curve.keys.get(curve.key_at(frame)?)?.frame());
    let here = curves.iter().find_map(here);
    let around = [here, previous(curves, frame), next(curves, frame)];
    closest(frame, around.into_iter().flatten())
}

/// The one of several frames that lies nearest to this one; of two as near the first.
pub fn closest(frame: f32, frames: impl Iterator<Item = f32>) -> Option<f32> {
    frames.min_by(|a, b| (a - frame).abs().total_cmp(&(b - frame).abs()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::fcurve::Key;

    fn curve(frames: &[f32]) -> FCurve {
        let keys = frames.iter().map(|&frame| Key::new(frame, 0.0)).collect();
        FCurve {
            keys: Arc::new(keys),
            ..FCurve::new(Some("b"), "location", 0)
        }
    }

    #[test]
    fn keys_around_a_frame_are_found_over_all_curves() {
        let (a, b) = (curve(&[1.0, 10.0, 20.0]), curve(&[4.5, 10.005]));
        let curves = [&a, &b];
        assert_eq!(next(&curves, 1.0), Some(4.5));
        assert_eq!(next(&curves, 4.5), Some(10.0));
        assert_eq!(next(&curves, 10.0), Some(20.0));
        assert_eq!(next(&curves, 20.0), None);
        assert_eq!(previous(&curves, 10.0), Some(4.5));
        assert_eq!(previous(&curves, 1.0), None);
        assert_eq!(nearest(&curves, 5.0), Some(4.5));
        assert_eq!(nearest(&curves, 400.0), Some(20.0));
        assert_eq!(nearest(&[], 5.0), None);
    }
}
