//! Actions that Keypose wrote beside an animation's channels (`extras.keypose`), with all that glTF has no place
//! for: handles, kinds of keys, angles, groups, markers.
//!
//! They count as long as the channels still are those that were written with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use crate::io::form::{self, ActionForm};
use crate::io::gltf_check;
use crate::io::gltf_import::animation::Sources;
use crate::io::gltf_import::animation::raw::RawClip;
use crate::io::gltf_import::place::Fault;
use crate::io::tree;
use crate::model::action::{Action, ClipSource};
use crate::model::fcurve::FCurve;
use crate::model::pose::RotationMode;

/// The version that can be read.
const VERSION: u64 = 1;

/// An action that Keypose wrote.
pub struct Own {
    /// Which rig of the file it moves.
    pub rig: usize,
    /// The action; frame 0 is second 0.
    pub action: Action,
    /// Bones that its curves turn by angles.
    pub modes: BTreeMap<String, RotationMode>,
}

/// The object in the extras.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Written {
    version: u64,
    fps: f32,
    start_frame: f32,
    check: String,
    rig: usize,
    rotation_modes: BTreeMap<String, RotationMode>,
    action: ActionForm,
}

fn written(clip: &RawClip) -> Option<&Value> {
    clip.extras.as_ref()?.get("keypose")
}

/// The frames per second of an action that Keypose wrote.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rates are stored in 32 bits"
)]
pub fn rate(clip: &RawClip) -> Option<f32> {
    let fps = written(clip)?.get("fps")?.as_f64()? as f32;
    is_rate(fps).then_some(fps)
}

fn is_rate(fps: f32) -> bool {
    (0.01..=10_000.0).contains(&fps)
}

/// The action that Keypose wrote into an animation, in frames of this rate; the fault is why it does not count.
pub fn read(
    sources: &Sources,
    index: usize,
    clip: &RawClip,
    fps: f32,
) -> Result<Option<Own>, Fault> {
    let Some(value) = written(clip) else {
        return Ok(None);
    };
    let own: Written = tree::read(value)?;
    if own.version != VERSION {
        return Err(format!(
            "they are of version {}, not {VERSION}",
            own.version
        ));
    }
    let file = sources.file;
    if gltf_check::of_animation(&file.json, &file.buffers, index) != Some(own.check) {
        return Err("another program has changed the channels since".to_owned());
    }
    let rig = sources
        .rigs
        .get(own.rig)
        .ok_or("their rig does not exist")?;
    if !is_rate(own.fps) {
        return Err(format!("{} is no frame rate", own.fps));
    }
    let mut action = form::build_action(&own.action)?;
    let mut bones = action
        .fcurves
        .iter()
        .filter_map(|curve| curve.bone.as_deref());
    if let Some(missing) = bones.find(|name| rig.armature.find(name).is_none()) {
        return Err(format!("there is no bone {missing:?}"));
    }
    let ratio = fps / own.fps;
    if own.start_frame != 0.0 || ratio != 1.0 {
        retime(&mut action, own.start_frame, ratio);
    }
    action.source = Some(ClipSource {
        file: Arc::clone(file),
        animation: index,
        rig: own.rig,
        fps,
        curves: Some(Arc::new(action.fcurves.clone())),
    });
    Ok(Some(Own {
        rig: own.rig,
        action,
        modes: own.rotation_modes,
    }))
}

/// Makes a frame the first, and stretches what comes after it.
fn retime(action: &mut Action, start: f32, ratio: f32) {
    let moved = |frame: f32| (frame - start) * ratio;
    for curve in &mut action.fcurves {
        retime_curve(Arc::make_mut(curve), moved, ratio);
    }
    for marker in &mut action.pose_markers {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "markers are on whole frames"
        )]
        let frame = moved(marker.frame as f32).round() as i32;
        marker.frame = frame;
    }
    if let Some(range) = &mut action.range {
        (range.start, range.end) = (moved(range.start), moved(range.end));
    }
}

fn retime_curve(curve: &mut FCurve, moved: impl Fn(f32) -> f32, ratio: f32) {
    for key in Arc::make_mut(&mut curve.keys) {
        for point in [&mut key.co, &mut key.left, &mut key.right] {
            point[0] = moved(point[0]);
        }
        key.period *= ratio;
    }
}
