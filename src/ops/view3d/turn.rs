//! Fixed steps of the camera: views along the axes, orbiting and panning by keys, parallel lines.

use std::f32::consts::{FRAC_PI_2, PI};

use glam::{Quat, Vec2, Vec3};

use crate::eval::hierarchy;
use crate::math::transform;
use crate::model::view::Camera;
use crate::ops::context::Context;
use crate::ops::event::{Event, EventKind, ModalKey};
use crate::ops::operator::{Exec, Flow, Info, Modal, Operator, Refusal, Start};
use crate::{choice, props};

/// How far a key orbits, radians.
const STEP: f32 = PI / 12.0;

choice! {
    /// The side that is looked at.
    pub enum Side: Left {
        /// The left side, along X
        Left = "LEFT", "Left";
        /// The right side, against X
        Right = "RIGHT", "Right";
        /// From below
        Bottom = "BOTTOM", "Bottom";
        /// From above
        Top = "TOP", "Top";
        /// The front, along Y
        Front = "FRONT", "Front";
        /// The back, against Y
        Back = "BACK", "Back";
    }
}

/// The rotation of a camera that looks at a side.
fn looking_at(side: Side) -> Quat {
    let upright = |turn: f32| Quat::from_rotation_z(turn) * Quat::from_rotation_x(FRAC_PI_2);
    match side {
        Side::Front => upright(0.0),
        Side::Right => upright(FRAC_PI_2),
        Side::Back => upright(PI),
        Side::Left => upright(-FRAC_PI_2),
        Side::Top => Quat::IDENTITY,
        Side::Bottom => Quat::from_rotation_x(PI),
    }
}

props! {
    /// Look straight at a side of the scene, or of the active bone.
    pub struct ViewAxis {
        /// The side to look at.
        r#type: Side = Side::Left, HINT.transient();
        /// Take the sides of the active bone instead of the world's.
        align_active: bool = false, HINT.transient();
        /// Choose the side by the way the mouse is dragged.
        relative: bool = false, HINT.transient();
    }
}

/// How far the mouse goes before it chooses a side, points.
const SWIPE: f32 = 24.0;

impl ViewAxis {
    /// The side that comes to the front when the scene is turned a quarter by a drag.
    fn swiped(camera: &Camera, way: Vec2) -> Option<Side> {
        if way.length() < SWIPE {
            return None;
        }
        let quarter = |way: f32| -way.signum() * FRAC_PI_2;
        let turned = if way.x.abs() > way.y.abs() {
            Quat::from_rotation_z(quarter(way.x)) * camera.rotation
        } else {
            camera.rotation * Quat::from_rotation_x(quarter(way.y))
        };
        let backward = turned * Vec3::Z;
        let facing = |side: &Side| backward.dot(looking_at(*side) * Vec3::Z);
        let sides = Side::ALL.iter().copied();
        sides.max_by(|a, b| facing(a).total_cmp(&facing(b)))
    }
}

impl Modal for ViewAxis {
    type Drag = Vec2;

    fn begin(&mut self, _cx: &Context, event: &Event) -> Result<Vec2, Refusal> {
        Ok(event.pointer)
    }

    fn handle(&mut self, start: &mut Vec2, cx: &Context, event: &Event) -> Flow {
        let chosen = Self::swiped(&cx.view.camera, event.pointer - *start);
        match event.kind {
            EventKind::Move => match chosen {
                Some(side) => {
                    // From here on the call names the side itself.
                    (self.r#type, self.relative) = (side, false);
                    Flow::Changed
                }
                None => Flow::Idle,
            },
            EventKind::Release | EventKind::Key(ModalKey::Confirm) if self.relative => Flow::Cancel,
            EventKind::Release | EventKind::Key(ModalKey::Confirm) => Flow::Finish,
            EventKind::Key(ModalKey::Cancel) => Flow::Cancel,
            _ => Flow::Idle,
        }
    }
}

impl Operator for ViewAxis {
    const INFO: Info = Info::new("view3d.view_axis", "View Axis").view_only();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        if self.relative {
            Start::Exec
        } else {
            Start::Run
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        if self.relative {
            // The mouse has not chosen yet.
            return Ok(());
        }
        let mut rotation = looking_at(self.r#type);
        if self.align_active {
            let rig = cx.rig()?;
            let active = rig
                .active_bone
                .ok_or_else(|| Refusal::error("There is no active bone to look at"))?;
            let pose = hierarchy::evaluate_once(rig)
                .matrix(active)
                .ok_or(Refusal::Nothing)?;
            let bone = transform::Transform::from_matrix(rig.world_from_armature() * pose);
            rotation = bone.rotation * rotation;
        }
        cx.view.camera.rotation = rotation.normalize();
        cx.view.camera.enter_axis();
        Ok(())
    }
}

choice! {
    /// Where the camera goes around the scene.
    pub enum Orbit: Left {
        /// To the left
        Left = "ORBITLEFT", "Orbit Left";
        /// To the right
        Right = "ORBITRIGHT", "Orbit Right";
        /// Upwards
        Up = "ORBITUP", "Orbit Up";
        /// Downwards
        Down = "ORBITDOWN", "Orbit Down";
    }
}

props! {
    /// Go around the scene by a step.
    pub struct ViewOrbit {
        /// How far; 0 is the usual step of 15 degrees.
        angle: f32 = 0.0, HINT.transient().unit(crate::ops::props::Unit::Angle);
        /// Where the camera goes.
        r#type: Orbit = Orbit::Left;
    }
}

impl Operator for ViewOrbit {
    const INFO: Info = Info::new("view3d.view_orbit", "View Orbit").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let angle = if self.angle == 0.0 { STEP } else { self.angle };
        let camera = &mut cx.view.camera;
        let around = |turn: f32, rotation: Quat| Quat::from_rotation_z(turn) * rotation;
        camera.rotation = match self.r#type {
            Orbit::Left => around(-angle, camera.rotation),
            Orbit::Right => around(angle, camera.rotation),
            Orbit::Up => camera.rotation * Quat::from_rotation_x(-angle),
            Orbit::Down => camera.rotation * Quat::from_rotation_x(angle),
        }
        .normalize();
        camera.leave_axis();
        Ok(())
    }
}

choice! {
    /// Where the view slides.
    pub enum Pan: Left {
        /// To the left
        Left = "PANLEFT", "Pan Left";
        /// To the right
        Right = "PANRIGHT", "Pan Right";
        /// Upwards
        Up = "PANUP", "Pan Up";
        /// Downwards
        Down = "PANDOWN", "Pan Down";
    }
}

props! {
    /// Slide the view by a step.
    pub struct ViewPan {
        /// Where the view slides.
        r#type: Pan = Pan::Left;
    }
}

impl Operator for ViewPan {
    const INFO: Info = Info::new("view3d.view_pan", "Pan View Direction").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let camera = &mut cx.view.camera;
        let step = camera.distance * 0.05;
        let way = match self.r#type {
            Pan::Left => -camera.right(),
            Pan::Right => camera.right(),
            Pan::Up => camera.up(),
            Pan::Down => -camera.up(),
        };
        camera.target += way * step;
        Ok(())
    }
}

props! {
    /// Let lines in depth meet, or stay parallel.
    pub struct ViewPersportho {}
}

impl Operator for ViewPersportho {
    const INFO: Info =
        Info::new("view3d.view_persportho", "View Perspective/Orthographic").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.view.camera.orthographic = !cx.view.camera.orthographic;
        cx.view.camera.along_axis = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drag_brings_the_neighbouring_side_to_the_front() {
        let camera = Camera {
            rotation: looking_at(Side::Front),
            ..Camera::default()
        };
        let swiped = |x: f32, y: f32| ViewAxis::swiped(&camera, Vec2::new(x, y));
        assert_eq!(swiped(-80.0, 5.0), Some(Side::Right));
        assert_eq!(swiped(80.0, 5.0), Some(Side::Left));
        assert_eq!(swiped(0.0, 80.0), Some(Side::Top));
        assert_eq!(swiped(0.0, -80.0), Some(Side::Bottom));
        assert_eq!(swiped(5.0, 5.0), None);
    }

    #[test]
    fn the_front_view_has_the_left_hand_on_the_right() {
        let front = looking_at(Side::Front);
        assert!((front * Vec3::X - Vec3::X).length() < 1e-6);
        assert!((front * -Vec3::Z - Vec3::Y).length() < 1e-6);
        let right = looking_at(Side::Right);
        assert!((right * -Vec3::Z + Vec3::X).length() < 1e-6);
        assert!((right * Vec3::Y - Vec3::Z).length() < 1e-6);
        assert!((looking_at(Side::Left) * -Vec3::Z - Vec3::X).length() < 1e-6);
        assert!((looking_at(Side::Top) * -Vec3::Z + Vec3::Z).length() < 1e-6);
    }
}
