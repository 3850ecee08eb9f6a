//! From a sampler's keys to curves of a bone.
//!
//! `LINEAR` becomes linear keys (of rotations: spherical ones), `STEP` constant keys, and `CUBICSPLINE` Bézier
//! keys whose handles lie at exactly a third of their intervals, where the two are the same polynomial.

use std::sync::Arc;

use glam::DVec4;

use crate::io::gltf_clip::{Path, Rest};
use crate::model::fcurve::{AutoSmoothing, FCurve, HandleType, Interpolation, Key, KeySelection};

/// How a sampler runs between its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Straight, or along the shortest arc.
    Linear,
    /// Holds.
    Step,
    /// By tangents.
    Cubic,
}

impl Mode {
    /// The mode of this name.
    pub fn of(name: Option<&str>) -> Option<Self> {
        match name {
            None | Some("LINEAR") => Some(Self::Linear),
            Some("STEP") => Some(Self::Step),
            Some("CUBICSPLINE") => Some(Self::Cubic),
            Some(_) => None,
        }
    }

    /// Rows of the output for each key.
    pub fn rows(self) -> usize {
        match self {
            Self::Cubic => 3,
            Self::Linear | Self::Step => 1,
        }
    }

    fn interpolation(self) -> Interpolation {
        match self {
            Self::Linear => Interpolation::Linear,
            Self::Step => Interpolation::Constant,
            Self::Cubic => Interpolation::Bezier,
        }
    }
}

/// A key of a file, all components of it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Change per second before the key.
    pub tangent_in: DVec4,
    /// What it holds.
    pub value: DVec4,
    /// Change per second after the key.
    pub tangent_out: DVec4,
}

impl Row {
    /// A key without tangents.
    pub fn new(value: DVec4) -> Self {
        Self {
            tangent_in: DVec4::ZERO,
            value,
            tangent_out: DVec4::ZERO,
        }
    }

    /// The key of a node as that of the bone at this rest.
    pub fn to_channel(self, rest: &Rest, path: Path) -> Self {
        Self {
            tangent_in: rest.tangent_to_channel(path, self.tangent_in),
            value: rest.to_channel(path, self.value),
            tangent_out: rest.tangent_to_channel(path, self.tangent_out),
        }
    }
}

/// What all curves of a channel have in common.
#[derive(Clone, Debug)]
pub struct Owner {
    /// The bone.
    pub bone: Arc<str>,
    /// Name of its property.
    pub property: Arc<str>,
    /// Which one that is.
    pub path: Path,
}

/// The curves of a channel, one per component. `rows` run along `frames` and are those of the bone.
pub fn curves(
    owner: &Owner,
    mode: Mode,
    frames: &[f32],
    fps: f32,
    rows: &[Row],
) -> Vec<Arc<FCurve>> {
    let width = owner.path.width();
    let mut lists: [Vec<Key>; 4] = Default::default();
    for list in lists.iter_mut().take(width) {
        list.reserve_exact(rows.len());
    }
    let sides = Sides::new(frames, fps);
    for (place, row) in rows.iter().enumerate() {
        let Some(frame) = frames.get(place).copied() else {
            break;
        };
        let (before, after) = match mode {
            Mode::Cubic => sides.of(place),
            Mode::Linear | Mode::Step => (None, None),
        };
        let numbers = [row.tangent_in, row.value, row.tangent_out].map(|v| v.to_array());
        let [ins, values, outs] = numbers;
        let parts = ins.into_iter().zip(values).zip(outs);
        for (list, ((into, value), out)) in lists.iter_mut().take(width).zip(parts) {
            let mut key = Key {
                interpolation: mode.interpolation(),
                ..Key::new(frame, narrow(value))
            };
            if mode == Mode::Cubic {
                place_handles(
                    &mut key,
                    value,
                    before.map(|w| (w, into)),
                    after.map(|w| (w, out)),
                );
            }
            list.push(key);
        }
    }
    let lists = lists.into_iter().take(width);
    lists
        .zip(0u32..)
        .map(|(keys, index)| Arc::new(curve(owner, mode, index, keys)))
        .collect()
}

fn curve(owner: &Owner, mode: Mode, index: u32, keys: Vec<Key>) -> FCurve {
    FCurve {
        bone: Some(Arc::clone(&owner.bone)),
        property: Arc::clone(&owner.property),
        index,
        group: Some(Arc::clone(&owner.bone)),
        select: false,
        mute: false,
        lock: false,
        hide: false,
        extrapolation: Default::default(),
        auto_smoothing: AutoSmoothing::None,
        modifiers: Vec::new(),
        int_values: false,
        discrete_values: false,
        spherical: mode == Mode::Linear && owner.path == Path::Rotation,
        keys: Arc::new(keys),
        selection: KeySelection::default(),
    }
}

/// A third of the interval on one side of a key: in frames to where the handle is, and in seconds.
#[derive(Clone, Copy)]
struct Third {
    frame: f64,
    secs: f64,
}

/// The intervals around the keys of a channel.
struct Sides<'a> {
    frames: &'a [f32],
    fps: f64,
}

impl<'a> Sides<'a> {
    fn new(frames: &'a [f32], fps: f32) -> Self {
        Self {
            frames,
            fps: fps.into(),
        }
    }

    fn frame(&self, place: usize) -> Option<f64> {
        self.frames.get(place).copied().map(f64::from)
    }

    fn of(&self, place: usize) -> (Option<Third>, Option<Third>) {
        let here = self.frame(place).unwrap_or_default();
        let third = |other: Option<f64>| {
            let third = (other? - here) / 3.0;
            Some(Third {
                frame: here + third,
                secs: third / self.fps,
            })
        };
        let before = place.checked_sub(1).and_then(|place| self.frame(place));
        (third(before), third(self.frame(place + 1)))
    }
}

/// Puts the handles where the tangents lead. Outside of the keys they mirror those inside.
fn place_handles(
    key: &mut Key,
    value: f64,
    before: Option<(Third, f64)>,
    after: Option<(Third, f64)>,
) {
    let end = |(third, tangent): (Third, f64)| (third.frame, value + tangent * third.secs);
    let (left, right) = (before.map(end), after.map(end));
    let here = f64::from(key.frame());
    let mirrored = |(frame, height): (f64, f64)| (2.0 * here - frame, 2.0 * value - height);
    let stored = |(frame, height): (f64, f64)| [narrow(frame), narrow(height)];
    if let Some(left) = left.or(right.map(mirrored)) {
        key.left = stored(left);
    }
    if let Some(right) = right.or(left.map(mirrored)) {
        key.right = stored(right);
    }
    key.left_type = HandleType::Free;
    key.right_type = HandleType::Free;
}

/// Turns quaternions about so that each is on the side of the one before: the same rotations, smoother curves.
pub fn continue_signs(rows: &mut [Row]) {
    let mut before: Option<DVec4> = None;
    for row in rows {
        if before.is_some_and(|before| before.dot(row.value) < 0.0) {
            row.value = -row.value;
        }
        before = Some(row.value);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "keys hold numbers of 32 bits"
)]
fn narrow(number: f64) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(path: Path) -> Owner {
        Owner {
            bone: "arm".into(),
            property: path.property().into(),
            path,
        }
    }

    #[test]
    fn tangents_become_handles_at_a_third() {
        let row = |value: f64, into: f64, out: f64| Row {
            tangent_in: DVec4::splat(into),
            value: DVec4::splat(value),
            tangent_out: DVec4::splat(out),
        };
        // Six frames are a quarter of a second: a third of it is 2 frames and 1/12 s.
        let rows = [row(1.0, 99.0, 12.0), row(2.0, -6.0, 99.0)];
        let made = curves(&owner(Path::Scale), Mode::Cubic, &[0.0, 6.0], 24.0, &rows);
        assert_eq!(made.len(), 3);
        let keys = &made[1].keys;
        assert_eq!((keys[0].right, keys[1].left), ([2.0, 2.0], [4.0, 2.5]));
        assert_eq!((keys[0].left, keys[1].right), ([-2.0, 0.0], [8.0, 1.5]));
        assert_eq!(keys[0].left_type, HandleType::Free);
        assert_eq!((made[2].index, made[2].spherical), (2, false));
    }

    #[test]
    fn turned_quaternions_stay_on_one_side() {
        let mut rows = [DVec4::W, -DVec4::W, DVec4::new(0.0, 0.6, 0.0, -0.8)].map(Row::new);
        continue_signs(&mut rows);
        assert_eq!(rows[1].value, DVec4::W);
        assert_eq!(rows[2].value, DVec4::new(0.0, -0.6, 0.0, 0.8));
    }
}
