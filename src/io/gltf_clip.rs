//! Between the animated channels of a glTF node and the channels of the bone that it is.
//!
//! A file gives a node's translation, rotation and scale against its parent; a bone's channels hold what comes
//! after its rest: `rest · channels = local`. Both ways are linear maps for translation and rotation and a
//! division for scale, so that component-wise interpolation of the one is that of the other, tangents
//! included. Everything is calculated in 64 bits.

use glam::{DMat3, DQuat, DVec3, DVec4, Vec4Swizzles};
use serde_json::Value;

/// Columns of a matrix whose cosine is above this are not at right angles.
const SHEAR: f64 = 1e-4;

/// Scales at rest that differ by less than this share are even.
const EVEN: f64 = 1e-4;

/// What a channel of a glTF animation changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Path {
    /// `translation`: a bone's `location`.
    Translation,
    /// `rotation`: a bone's `rotation_quaternion`.
    Rotation,
    /// `scale`: a bone's `scale`.
    Scale,
}

impl Path {
    /// All, in the order of a channel list.
    pub const ALL: [Self; 3] = [Self::Translation, Self::Rotation, Self::Scale];

    /// The path of this name in a file.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|path| path.name() == name)
    }

    /// The path that a property of a bone is in a file. Rotations count as quaternions alone.
    pub fn of_property(property: &str) -> Option<Self> {
        let mut paths = Self::ALL.into_iter();
        paths.find(|path| path.property() == property)
    }

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Translation => "translation",
            Self::Rotation => "rotation",
            Self::Scale => "scale",
        }
    }

    /// The property of a bone.
    pub fn property(self) -> &'static str {
        match self {
            Self::Translation => "location",
            Self::Rotation => "rotation_quaternion",
            Self::Scale => "scale",
        }
    }

    /// How many numbers it has.
    pub fn width(self) -> usize {
        match self {
            Self::Rotation => 4,
            Self::Translation | Self::Scale => 3,
        }
    }
}

/// A node at rest: its own translation, rotation and scale, as its file has them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rest {
    /// Where it is, parent space.
    pub translation: DVec3,
    /// How it is turned, of unit length.
    pub rotation: DQuat,
    /// Factors along its own axes.
    pub scale: DVec3,
    /// Whether a matrix that it was given as had more than that, which is lost.
    pub sheared: bool,
}

impl Default for Rest {
    fn default() -> Self {
        Self::new([0.0; 3], [0.0, 0.0, 0.0, 1.0], [1.0; 3])
    }
}

impl Rest {
    /// From a node's own fields; the rotation is `[x, y, z, w]` of any length.
    pub fn new(translation: [f32; 3], rotation: [f32; 4], scale: [f32; 3]) -> Self {
        let wide = |numbers: [f32; 3]| DVec3::from_array(numbers.map(f64::from));
        let rotation = DVec4::from_array(rotation.map(f64::from)).try_normalize();
        Self {
            translation: wide(translation),
            rotation: rotation.map_or(DQuat::IDENTITY, DQuat::from_vec4),
            scale: wide(scale),
            sheared: false,
        }
    }

    /// From a node's matrix, by columns.
    pub fn from_matrix(columns: &[[f32; 4]; 4]) -> Self {
        let wide = |[x, y, z, _]: [f32; 4]| DVec3::new(x.into(), y.into(), z.into());
        let [x, y, z, origin] = columns.map(wide);
        let mirrored = x.cross(y).dot(z) < 0.0;
        let sign = if mirrored { -1.0 } else { 1.0 };
        let unit = [x, y, z].map(|axis| axis.normalize_or_zero() * sign);
        let [ux, uy, uz] = unit;
        let cosines = [ux.dot(uy), uy.dot(uz), uz.dot(ux)];
        let straight = uy - ux * ux.dot(uy);
        let (first, second) = (ux, straight.normalize_or_zero());
        let rotation = DQuat::from_mat3(&DMat3::from_cols(first, second, first.cross(second)));
        Self {
            translation: origin,
            rotation: if rotation.is_finite() && rotation.length() > 0.5 {
                rotation.normalize()
            } else {
                DQuat::IDENTITY
            },
            scale: DVec3::new(x.length(), y.length(), z.length()) * sign,
            sheared: cosines.iter().any(|cosine| cosine.abs() > SHEAR),
        }
    }

    /// From a node of the tree; fields that are missing or not what they should be count as absent.
    pub fn of_node(node: &Value) -> Self {
        if let Some(numbers) = numbers::<16>(node, "matrix") {
            let (columns, _) = numbers.as_chunks::<4>();
            if let Ok(columns) = columns.try_into() {
                return Self::from_matrix(columns);
            }
        }
        Self::new(
            numbers(node, "translation").unwrap_or_default(),
            numbers(node, "rotation").unwrap_or([0.0, 0.0, 0.0, 1.0]),
            numbers(node, "scale").unwrap_or([1.0; 3]),
        )
    }

    /// Whether rotations are given exactly: no shear, and the same scale on all axes but for the sign.
    /// Where it is not so, a turned bone is a little out of shape.
    pub fn is_even(&self) -> bool {
        let size = self.scale.abs();
        !self.sheared && size.max_element() - size.min_element() <= size.max_element() * EVEN
    }

    /// Whether an axis is squashed to nothing, so that its channels have no effect.
    pub fn is_flat(&self) -> bool {
        self.scale.to_array().contains(&0.0)
    }

    /// A value of a file (`x, y, z` or `x, y, z, w`) as the bone's channels hold it (`w, x, y, z`).
    pub fn to_channel(&self, path: Path, file: DVec4) -> DVec4 {
        match path {
            Path::Translation => {
                let moved = file.truncate() - self.translation;
                self.tangent_to_channel(path, moved.extend(0.0))
            }
            Path::Scale => {
                let divided = file.truncate() / self.scale;
                let flat = self.scale.cmpeq(DVec3::ZERO);
                DVec3::select(flat, DVec3::ONE, divided).extend(0.0)
            }
            Path::Rotation => self.tangent_to_channel(path, file),
        }
    }

    /// A tangent (change of a value) of a file as the bone's channels have it.
    pub fn tangent_to_channel(&self, path: Path, file: DVec4) -> DVec4 {
        let inverse = self
            .scale
            .map(|rest| if rest == 0.0 { 0.0 } else { 1.0 / rest });
        match path {
            Path::Translation => {
                (self.rotation.conjugate() * file.truncate() * inverse).extend(0.0)
            }
            Path::Scale => (file.truncate() * inverse).extend(0.0),
            Path::Rotation => {
                let q = product(self.rotation.conjugate(), file);
                (q.truncate() * self.mirror()).extend(q.w).wxyz()
            }
        }
    }

    /// A value of the bone's channels as the file has it.
    pub fn to_file(&self, path: Path, channel: DVec4) -> DVec4 {
        let file = self.tangent_to_file(path, channel);
        match path {
            Path::Translation => file + self.translation.extend(0.0),
            Path::Scale | Path::Rotation => file,
        }
    }

    /// A tangent of the bone's channels as the file has it.
    pub fn tangent_to_file(&self, path: Path, channel: DVec4) -> DVec4 {
        match path {
            Path::Translation => (self.rotation * (channel.truncate() * self.scale)).extend(0.0),
            Path::Scale => (channel.truncate() * self.scale).extend(0.0),
            Path::Rotation => {
                let q = channel.yzwx();
                product(self.rotation, (q.truncate() * self.mirror()).extend(q.w))
            }
        }
    }

    /// What mirrored axes do to the axis of a rotation: a mirror turns the other way round.
    fn mirror(&self) -> DVec3 {
        let signs = self.scale.map(|rest| if rest < 0.0 { -1.0 } else { 1.0 });
        signs * signs.element_product()
    }
}

/// The product of a rotation and a quaternion of any length, `x, y, z, w`.
fn product(rotation: DQuat, q: DVec4) -> DVec4 {
    let (a, v) = (rotation.xyz(), q.truncate());
    let xyz = v * rotation.w + a * q.w + a.cross(v);
    xyz.extend(rotation.w * q.w - a.dot(v))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "files hold numbers of 32 bits"
)]
fn numbers<const N: usize>(node: &Value, field: &str) -> Option<[f32; N]> {
    let list = node.get(field)?.as_array()?;
    let numbers: Option<Vec<f32>> = list
        .iter()
        .map(|number| Some(number.as_f64()? as f32).filter(|n| n.is_finite()))
        .collect();
    numbers?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use glam::DMat4;
    use proptest::prelude::*;

    use super::*;

    fn matrix(rest: &Rest) -> DMat4 {
        DMat4::from_scale_rotation_translation(rest.scale, rest.rotation, rest.translation)
    }

    /// The matrix of a bone's channels.
    fn basis(location: DVec4, quaternion: DVec4, scale: DVec4) -> DMat4 {
        DMat4::from_scale_rotation_translation(
            scale.truncate(),
            DQuat::from_vec4(quaternion.yzwx().normalize()),
            location.truncate(),
        )
    }

    prop_compose! {
        fn triple()(x in -3.0f32..3.0, y in -3.0f32..3.0, z in -3.0f32..3.0) -> [f32; 3] { [x, y, z] }
    }
    prop_compose! {
        fn turned()(v in triple(), w in 0.1f32..1.0) -> [f32; 4] { [v[0], v[1], v[2], w] }
    }
    prop_compose! {
        fn even()(size in 0.01f32..100.0, flips in 0..8u8) -> [f32; 3] {
            [0, 1, 2].map(|axis| if flips >> axis & 1 == 1 { -size } else { size })
        }
    }

    proptest! {
        #[test]
        fn rest_then_channels_is_the_file(
            t0 in triple(), r0 in turned(), s0 in even(), t in triple(), r in turned(), s in triple(),
        ) {
            let (rest, file) = (Rest::new(t0, r0, s0), Rest::new(t, r, s));
            prop_assert!(rest.is_even());
            let local = basis(
                rest.to_channel(Path::Translation, file.translation.extend(0.0)),
                rest.to_channel(Path::Rotation, DVec4::from(file.rotation)),
                rest.to_channel(Path::Scale, file.scale.extend(0.0)),
            );
            prop_assert!((matrix(&rest) * local).abs_diff_eq(matrix(&file), 1e-9));
        }

        #[test]
        fn there_and_back_is_the_same(t0 in triple(), r0 in turned(), s0 in triple(), v in turned()) {
            prop_assume!(s0.iter().all(|s| s.abs() > 1e-3));
            let rest = Rest::new(t0, r0, s0);
            let given = DVec4::from_array(v.map(f64::from));
            for path in Path::ALL {
                let mut given = given;
                if path != Path::Rotation {
                    given.w = 0.0;
                }
                let back = rest.to_file(path, rest.to_channel(path, given));
                prop_assert!(back.abs_diff_eq(given, 1e-11), "{path:?}: {back} is not {given}");
                let back = rest.tangent_to_file(path, rest.tangent_to_channel(path, given));
                prop_assert!(back.abs_diff_eq(given, 1e-11));
            }
        }

        #[test]
        fn a_matrix_is_taken_apart(t in triple(), r in turned(), s in triple()) {
            prop_assume!(s.iter().all(|s| s.abs() > 1e-2));
            let whole = matrix(&Rest::new(t, r, s));
            let apart = Rest::from_matrix(&whole.as_mat4().to_cols_array_2d());
            prop_assert!(!apart.sheared);
            prop_assert!(matrix(&apart).abs_diff_eq(whole, 1e-5));
        }
    }

    #[test]
    fn at_rest_the_channels_hold_nothing() {
        let rest = Rest::new([1.0, 2.0, 3.0], [0.5, 0.5, 0.5, 0.5], [1.0, -2.0, 3.0]);
        let location = rest.to_channel(Path::Translation, rest.translation.extend(0.0));
        let turn = rest.to_channel(Path::Rotation, rest.rotation.into());
        let scale = rest.to_channel(Path::Scale, rest.scale.extend(0.0));
        assert!(location.length() < 1e-15);
        assert!(turn.abs_diff_eq(DVec4::X, 1e-15));
        assert_eq!(scale.truncate(), DVec3::ONE);
        assert!(!rest.is_even());
    }

    #[test]
    fn shear_and_flat_axes_are_seen() {
        let sheared = [
            [1.0, 0.0, 0.0, 0.0],
            [0.5, 1.0, 0.0, 0.0],
            [0.0, 0.0, 1.0, 0.0],
            [0.0, 0.0, 0.0, 1.0],
        ];
        assert!(Rest::from_matrix(&sheared).sheared);
        let flat = Rest::new([0.0; 3], [0.0; 4], [1.0, 0.0, 1.0]);
        assert!(flat.is_flat() && !Rest::default().is_flat());
        assert_eq!(
            flat.to_channel(Path::Scale, DVec4::ONE).truncate(),
            DVec3::ONE
        );
        assert_eq!(flat.rotation, DQuat::IDENTITY);
    }

    #[test]
    fn a_node_of_the_tree_is_read_leniently() {
        let node = serde_json::json!({"translation": [1, 2, 3], "rotation": "x", "scale": [2, 2]});
        assert_eq!(
            Rest::of_node(&node),
            Rest::new([1.0, 2.0, 3.0], [0.0, 0.0, 0.0, 1.0], [1.0; 3])
        );
        let matrix =
            serde_json::json!({"matrix": [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 5, 6, 7, 1]});
        let rest = Rest::of_node(&matrix);
        assert_eq!(
            (rest.translation, rest.scale),
            (DVec3::new(5.0, 6.0, 7.0), DVec3::splat(2.0))
        );
    }
}
