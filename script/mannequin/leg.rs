//! The left leg from where its foot stands: the roll from heel to toes, then two bones to the ankle.
//!
//! The ground runs back under the figure at an even speed; a foot on it goes along.

use anyhow::{Result, ensure};
use glam::{DMat3, DQuat, DVec3};

use crate::body::bone;
use crate::posing::{Pose, rest};
use crate::walk::FIRST;

/// How far the ground runs in a frame, metres.
pub const SPEED: f64 = 0.039;
/// The ball of the left foot at the first frame: aside, and ahead of the hips, metres.
const BALL: [f64; 2] = [0.086, 0.431];
/// Where the sole turns on the ground while the heel carries it, metres ahead of the ankle.
const HEEL: f64 = -0.058;

/// What a foot does. Pitch is the foot's against the ground, heel up; so are the toes'. Degrees, metres.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Stands on the heel.
    Heel { pitch: f64 },
    /// Stands on the whole sole.
    Flat,
    /// Stands on the ball, toes flat.
    Ball { pitch: f64 },
    /// Swings: the ankle outside of the line that it walks on, ahead of the hips, and above the floor.
    Air {
        ankle: [f64; 3],
        pitch: f64,
        toes: f64,
    },
}

/// Poses thigh, shin, foot and toes.
pub fn solve(pose: &mut Pose, step: &Step, frame: i32) -> Result<()> {
    let (ankle, pitch, toes) = stand(step, frame)?;
    two_bones(pose, ankle)?;
    pose.aim("foot.L", tilt(pitch)?)?;
    pose.aim("toe.L", tilt(toes)?)
}

/// A turn about the line across the foot, degrees.
fn tilt(pitch: f64) -> Result<DQuat> {
    let across = rest("foot.L")?.matrix3.x_axis.normalize();
    Ok(DQuat::from_axis_angle(across, pitch.to_radians()))
}

/// Where the ankle is, and the pitch of foot and toes.
fn stand(step: &Step, frame: i32) -> Result<(DVec3, f64, f64)> {
    let (ankle, ball) = (bone("foot.L")?.head, bone("toe.L")?.head);
    let along = (ball - ankle).with_z(0.0).normalize();
    let ground = ankle.with_z(0.0);
    // From the sole as it would stand flat at this frame to the ankle, turning on one point after the other.
    let behind = BALL[1] - SPEED * f64::from(frame - FIRST);
    let flat = DVec3::new(BALL[0], -behind, ball.z) - ball;
    let over = |pivot: DVec3, point: DVec3, pitch: f64| -> Result<DVec3> {
        Ok(pivot + tilt(pitch)? * (point - pivot))
    };
    Ok(match *step {
        Step::Heel { pitch } => {
            let turned = over(ground + along * HEEL, ankle, pitch)?;
            (flat + turned, pitch, pitch)
        }
        Step::Flat => (flat + ankle, 0.0, 0.0),
        Step::Ball { pitch } => (flat + over(ball, ankle, pitch)?, pitch, 0.0),
        Step::Air {
            ankle: [aside, ahead, up],
            pitch,
            toes,
        } => {
            let line = BALL[0] - (ball.x - ankle.x);
            (DVec3::new(line + aside, -ahead, up), pitch, toes)
        }
    })
}

/// Brings the ankle to a place: the knee bends about its hinge until the length is right, then the thigh is
/// turned.
fn two_bones(pose: &mut Pose, ankle: DVec3) -> Result<()> {
    let unposed = pose.unposed("thigh.L")?;
    let way = ankle - unposed.translation;
    let thigh_from_shin = rest("thigh.L")?.inverse() * rest("shin.L")?;
    let shin = rest("shin.L")?
        .inverse()
        .transform_point3(bone("foot.L")?.head);
    let reached = |bend: f64| thigh_from_shin.transform_point3(DQuat::from_rotation_x(bend) * shin);
    // The leg is straight a little before rest, and shorter the more it is bent.
    let (mut least, mut most) = (-0.13, 2.4);
    ensure!(
        (reached(most).length()..reached(least).length()).contains(&way.length()),
        "the ankle is out of reach: {:.4} m of {:.4}",
        way.length(),
        reached(least).length()
    );
    for _ in 0..60 {
        let middle = f64::midpoint(least, most);
        if reached(middle).length() > way.length() {
            least = middle;
        } else {
            most = middle;
        }
    }
    let bend = f64::midpoint(least, most);
    // Knees go with the hips by half.
    let half = DQuat::IDENTITY.slerp(pose.turned("hips")?, 0.5);
    let hinge = half * rest("thigh.L")?.matrix3.x_axis;
    let turned = frame_of(way, hinge) * frame_of(reached(bend), DVec3::X).transpose();
    let own = unposed.matrix3.inverse() * turned;
    let rotation = DQuat::from_mat3(&own).normalize();
    pose.set("thigh.L", DVec3::ZERO, rotation)?;
    pose.set("shin.L", DVec3::ZERO, DQuat::from_rotation_x(bend))
}

/// Axes with Y along a direction and X as near to `hinge` as can be.
fn frame_of(along: DVec3, hinge: DVec3) -> DMat3 {
    let y = along.normalize();
    let x = (hinge - y * hinge.dot(y)).normalize();
    DMat3::from_cols(x, y, x.cross(y))
}
