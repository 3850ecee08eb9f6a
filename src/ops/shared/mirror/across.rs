//! What the motion of a bone looks like on the other side, as a true mirror image in armature space.
//!
//! A bone's channels, seen in armature space at rest, are a motion of the rest bone against its parent. Its
//! mirror image, seen from the rest of the other bone, gives the channels there. So the parents' pose does not
//! count: an arm is mirrored against the chest. Where the parents are mirrored too, every bone stands exactly
//! where the mirrored armature has it: S·P·R⁻¹·S·R' (S mirrors X, R and R' are the rests, P the pose).
//!
//! Rotation and scale are kept apart, so that mirroring twice gives back every digit that counts. A scale along
//! axes that the other bone does not have is the one thing that channels cannot express.

use glam::{DMat3, DQuat, DVec3, Vec3};

use crate::eval::rest::{RestBone, RestPose};
use crate::math::rotation;
use crate::model::id::BoneId;
use crate::model::pose::{Channel, RotationMode};

/// Rests that differ from a mirror image by less are taken for one: files are no more exact.
const NOISE: f64 = 5e-6;

/// The mirror image of directions, armature space.
const S: DMat3 = DMat3::from_cols(DVec3::NEG_X, DVec3::Y, DVec3::Z);

/// From the space of a bone to the space of its mirror image.
#[derive(Clone, Copy, Debug)]
struct Passage {
    /// Takes directions over.
    linear: DMat3,
    /// Its part without scale and shear; it mirrors.
    turn: DMat3,
    /// Whether it has no shear, and one scale on all axes.
    even: bool,
}

impl Passage {
    fn new(from: DMat3, to: DMat3) -> Self {
        let linear = to.inverse() * S * from;
        if !linear.is_finite() {
            // A rest that is squashed to nothing has no inverse; Blender's axes are as good as any.
            return Self {
                linear: S,
                turn: S,
                even: true,
            };
        }
        let turn = straightened(polar(linear));
        let factor = diagonal_mean(turn.transpose() * linear);
        let even = linear.abs_diff_eq(turn * factor, NOISE * factor.abs());
        let factor = match (factor - 1.0).abs() < NOISE {
            true => 1.0,
            false => factor,
        };
        let linear = if even { turn * factor } else { linear };
        Self { linear, turn, even }
    }

    /// The sign of each axis, where it goes along the same axis on the other side.
    fn signs(&self) -> Option<DVec3> {
        let signs = DVec3::new(self.turn.x_axis.x, self.turn.y_axis.y, self.turn.z_axis.z);
        (self.turn == DMat3::from_diagonal(signs)).then_some(signs)
    }

    /// Whether every axis goes along an axis.
    fn swaps_axes(&self) -> bool {
        let cells = self.turn.to_cols_array();
        cells.iter().all(|cell| cell.fract() == 0.0)
    }

    /// Takes the axis of a turn over: a mirror image turns the other way round.
    fn axis(&self, axis: DVec3) -> DVec3 {
        self.turn * axis * self.turn.determinant().signum()
    }
}

fn diagonal_mean(matrix: DMat3) -> f64 {
    (matrix.x_axis.x + matrix.y_axis.y + matrix.z_axis.z) / 3.0
}

/// The matrix without scale and shear that is nearest.
fn polar(matrix: DMat3) -> DMat3 {
    let size = matrix.determinant().abs().cbrt();
    let mut turn = matrix * (1.0 / size);
    for _ in 0..24 {
        let next = (turn + turn.inverse().transpose()) * 0.5;
        if !next.is_finite() {
            return S;
        }
        let done = next.abs_diff_eq(turn, 1e-14);
        turn = next;
        if done {
            break;
        }
    }
    turn
}

/// Exactly along the axes, where all of it is nearly so.
fn straightened(turn: DMat3) -> DMat3 {
    let straight = DMat3::from_cols_array(&turn.to_cols_array().map(f64::round));
    match turn.abs_diff_eq(straight, NOISE) {
        true => straight,
        false => turn,
    }
}

/// The way from a bone to its mirror image, both at rest.
#[derive(Clone, Copy, Debug)]
pub struct Across {
    /// For rotation and scale.
    axes: Passage,
    /// For location.
    location: Passage,
    /// The rest axes of the bone, armature space.
    from: DMat3,
    /// The directions of the other's location, armature space.
    to_location: DMat3,
    /// How far the other starts from where the mirror image starts; armature space.
    off: DVec3,
    /// Whether the location of the bone, and that of the other, has no effect.
    connected: (bool, bool),
    /// Whether both take the same over from their parents.
    alike: bool,
}

impl Across {
    /// The way from `bone` at rest in `from` to `other` at rest in `to`.
    pub fn new(from: &RestPose, bone: BoneId, to: &RestPose, other: BoneId) -> Option<Self> {
        let (source, target) = (from.bone(bone)?, to.bone(other)?);
        let (axes, place) = parts(source);
        let (other_axes, other_place) = parts(target);
        let mirrored = S * place;
        let mut off = other_place - mirrored;
        if off.length() <= NOISE * place.length().max(other_place.length()) {
            off = DVec3::ZERO;
        }
        let directions = |rest: &RestPose, bone: &RestBone, axes| location_axes(rest, bone, axes);
        let to_location = directions(to, target, other_axes);
        Some(Self {
            axes: Passage::new(axes, other_axes),
            location: Passage::new(directions(from, source, axes), to_location),
            from: axes,
            to_location,
            off,
            connected: (source.connected, target.connected),
            alike: source.inherits == target.inherits,
        })
    }

    /// Gives `to` the mirror image of `channel`, in its own rotation mode. Says whether that is exact: scales
    /// along slanted axes are not.
    pub fn apply(&self, channel: &Channel, to: &mut Channel) -> bool {
        to.location = self.location(channel);
        to.scale = self.scale(channel.scale);
        self.rotate(channel, to);
        let [x, y, z] = channel.scale.to_array();
        let uniform = x == y && y == z;
        let (still, stuck) = self.connected;
        let moved = self.off != DVec3::ZERO || !still && channel.location != Vec3::ZERO;
        self.alike && self.axes.even && (uniform || self.axes.swaps_axes()) && !(stuck && moved)
    }

    fn location(&self, channel: &Channel) -> Vec3 {
        let location = match self.connected {
            (true, false) => DVec3::ZERO,
            _ => channel.location.as_dvec3(),
        };
        let mut moved = self.location.linear * location;
        if self.off != DVec3::ZERO {
            let rotation = DMat3::from_quat(channel.rotation().as_dquat().normalize());
            let own = rotation * DMat3::from_diagonal(channel.scale.as_dvec3());
            let motion = S * self.from * own * self.from.inverse() * S;
            let swing = self.to_location.inverse() * (motion * self.off - self.off);
            if swing.is_finite() {
                moved += swing;
            }
        }
        moved.as_vec3()
    }

    /// Along each axis of the other, what the mirror image is stretched by.
    fn scale(&self, scale: Vec3) -> Vec3 {
        if scale.x == scale.y && scale.y == scale.z {
            return scale;
        }
        let scale = scale.as_dvec3();
        let rows = self.axes.turn.transpose();
        let along = |row: DVec3| (row * row).dot(scale);
        DVec3::new(along(rows.x_axis), along(rows.y_axis), along(rows.z_axis)).as_vec3()
    }

    fn rotate(&self, from: &Channel, to: &mut Channel) {
        if to.mode == RotationMode::AxisAngle && from.mode == RotationMode::AxisAngle {
            let [angle, x, y, z] = from.axis_angle;
            let axis = self
                .axes
                .axis(DVec3::new(x.into(), y.into(), z.into()))
                .as_vec3();
            to.axis_angle = [angle, axis.x, axis.y, axis.z];
            return;
        }
        let stored = rotation::quat_from_wxyz(from.quaternion);
        let kept = from.mode == RotationMode::Quaternion && stored.length() > 0.0;
        let q = if kept { stored } else { from.rotation() };
        let mirrored = self.turned(q.as_dquat());
        match to.mode.euler_order() {
            Some(order) => {
                let matrix = DMat3::from_quat(mirrored.normalize()).as_mat3();
                let signs = self.axes.signs().filter(|_| from.mode == to.mode);
                to.euler = match signs {
                    // The same angles with other signs: whole turns are kept.
                    Some(signs) => {
                        (from.euler.as_dvec3() * signs * self.axes.turn.determinant()).as_vec3()
                    }
                    None => rotation::euler_from_mat3(matrix, order),
                };
            }
            None if to.mode == RotationMode::AxisAngle => {
                to.axis_angle = rotation::axis_angle_from_quat(mirrored.normalize().as_quat());
            }
            None => to.quaternion = rotation::wxyz_from_quat(mirrored.as_quat()),
        }
    }

    /// A rotation of the bone, of any length, as one of the other.
    fn turned(&self, q: DQuat) -> DQuat {
        let axis = self.axes.axis(DVec3::new(q.x, q.y, q.z));
        DQuat::from_xyzw(axis.x, axis.y, axis.z, q.w)
    }
}

/// Axes and place of a bone at rest, armature space.
fn parts(bone: &RestBone) -> (DMat3, DVec3) {
    let matrix = bone.armature_from_bone.as_dmat4();
    (DMat3::from_mat4(matrix), matrix.w_axis.truncate())
}

/// The directions of a bone's location at rest, armature space.
fn location_axes(rest: &RestPose, bone: &RestBone, own: DMat3) -> DMat3 {
    if bone.inherits.local_location {
        return own;
    }
    let parent = bone.parent.and_then(|parent| rest.bone(parent));
    parent.map_or(DMat3::IDENTITY, |parent| parts(parent).0)
}
