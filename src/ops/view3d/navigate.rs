//! Orbiting, panning and zooming with the mouse.

use glam::{Quat, Vec2};

use crate::model::view::Camera;
use crate::ops::context::Context;
use crate::ops::event::{Event, EventKind, ModalKey};
use crate::ops::operator::{Exec, Flow, Info, Modal, Operator, Refusal, Start};
use crate::props;

/// Radians per point of mouse travel.
const ORBIT_SPEED: f32 = 0.007;
/// Factor per wheel step.
const ZOOM_STEP: f32 = 1.12;

/// Where a drag began.
pub struct Grip {
    pointer: Vec2,
}

/// Gives `take` how far the pointer went, until the button is released.
fn follow(grip: &Grip, event: &Event, take: impl FnOnce(Vec2)) -> Flow {
    match event.kind {
        EventKind::Move => {
            take(event.pointer - grip.pointer);
            Flow::Changed
        }
        EventKind::Release | EventKind::Key(ModalKey::Confirm) => Flow::Finish,
        EventKind::Key(ModalKey::Cancel) => Flow::Cancel,
        _ => Flow::Idle,
    }
}

props! {
    /// Go around the scene.
    pub struct Rotate {
        /// How far to turn, points of mouse travel to the right and down.
        drag: [f32; 2] = [0.0; 2], HINT.hidden().transient();
    }
}

impl Operator for Rotate {
    const INFO: Info = Info::new("view3d.rotate", "Rotate View")
        .view_only()
        .endless();

    fn exec(&self, cx: &mut Context) -> Exec {
        let [right, down] = self.drag;
        let camera = &mut cx.view.camera;
        let turned = Quat::from_rotation_z(-right * ORBIT_SPEED) * camera.rotation;
        camera.rotation = (turned * Quat::from_rotation_x(-down * ORBIT_SPEED)).normalize();
        if self.drag != [0.0; 2] {
            camera.leave_axis();
        }
        Ok(())
    }
}

impl Modal for Rotate {
    type Drag = Grip;

    fn begin(&mut self, _cx: &Context, event: &Event) -> Result<Grip, Refusal> {
        Ok(Grip {
            pointer: event.pointer,
        })
    }

    fn handle(&mut self, drag: &mut Grip, _cx: &Context, event: &Event) -> Flow {
        follow(drag, event, |way| self.drag = way.to_array())
    }
}

props! {
    /// Slide the view.
    pub struct Move {
        /// How far to slide, points of mouse travel to the right and down.
        drag: [f32; 2] = [0.0; 2], HINT.hidden().transient();
    }
}

impl Operator for Move {
    const INFO: Info = Info::new("view3d.move", "Pan View").view_only().endless();

    fn exec(&self, cx: &mut Context) -> Exec {
        let [right, down] = self.drag;
        let camera = &mut cx.view.camera;
        let size = camera.pixel_size(camera.target, cx.place.size);
        camera.target += (camera.up() * down - camera.right() * right) * size;
        Ok(())
    }
}

impl Modal for Move {
    type Drag = Grip;

    fn begin(&mut self, _cx: &Context, event: &Event) -> Result<Grip, Refusal> {
        Ok(Grip {
            pointer: event.pointer,
        })
    }

    fn handle(&mut self, drag: &mut Grip, _cx: &Context, event: &Event) -> Flow {
        follow(drag, event, |way| self.drag = way.to_array())
    }
}

props! {
    /// Go nearer or farther.
    pub struct Zoom {
        /// Steps; positive goes nearer.
        delta: i32 = 0;
        /// How far the mouse was dragged down, points.
        drag: f32 = 0.0, HINT.hidden().transient();
        /// The point of the view that stays where it is, points from its top left corner; none: the middle.
        at: crate::ops::props::Data<Option<[f32; 2]>> = crate::ops::props::Data(None), HINT.hidden().transient();
    }
}

impl Operator for Zoom {
    const INFO: Info = Info::new("view3d.zoom", "Zoom View").view_only().endless();

    fn invoke(&mut self, _cx: &Context, event: &Event) -> Start {
        if self.delta == 0 {
            return Start::Exec;
        }
        self.at.0 = Some(event.pointer.to_array());
        Start::Run
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let delta = self.delta.clamp(-200, 200);
        let factor = ZOOM_STEP.powi(-delta) * (self.drag * 0.005).clamp(-20.0, 20.0).exp();
        let size = cx.place.size;
        let at = self.at.0.map(Vec2::from).filter(|at| at.is_finite());
        zoom(&mut cx.view.camera, factor, at.map(|at| (at, size)));
        Ok(())
    }
}

/// Scales the distance to the target; the point under the pointer stays where it is.
fn zoom(camera: &mut Camera, factor: f32, at: Option<(Vec2, Vec2)>) {
    const RANGE: (f32, f32) = (1e-4, 1e7);
    let before = camera.distance;
    camera.distance = (before * factor).clamp(RANGE.0, RANGE.1);
    if let Some((at, size)) = at {
        let offset = at - size * 0.5;
        let plane = camera.right() * offset.x - camera.up() * offset.y;
        let per_point = 2.0 * (camera.fov * 0.5).tan() / size.y.max(1.0);
        camera.target += plane * per_point * (before - camera.distance);
    }
}

impl Modal for Zoom {
    type Drag = Grip;

    fn begin(&mut self, _cx: &Context, event: &Event) -> Result<Grip, Refusal> {
        Ok(Grip {
            pointer: event.pointer,
        })
    }

    fn handle(&mut self, drag: &mut Grip, _cx: &Context, event: &Event) -> Flow {
        follow(drag, event, |way| self.drag = way.y)
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::*;

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let mut camera = Camera::default();
        let size = Vec2::new(800.0, 600.0);
        let at = Vec2::new(650.0, 120.0);
        let ray = camera.ray(at, size);
        let point = ray
            .plane(camera.target, camera.backward())
            .unwrap_or(Vec3::ZERO);
        zoom(&mut camera, 0.5, Some((at, size)));
        let (pixel, _) = camera.project(point, size).unwrap_or_default();
        assert!(pixel.distance(at) < 0.05, "{pixel}");
    }
}
