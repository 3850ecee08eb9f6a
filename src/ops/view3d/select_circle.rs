//! Selecting bones with a circle, as with a brush.

use std::f32::consts::TAU;

use glam::Vec2;

use crate::math::ray;
use crate::ops::context::Context;
use crate::ops::event::{Event, EventKind, ModalKey};
use crate::ops::operator::{Exec, Flow, Header, Info, Modal, Operator, Poll, Refusal};
use crate::ops::props::Data;
use crate::ops::view3d::select_box::{Mode, select_covered};
use crate::props;

/// How far the pointer goes before the brush touches anew, points.
const STEP: f32 = 2.0;
/// By which factor the wheel changes the radius, at least by a point.
const GROWTH: f32 = 1.2;
/// Limits of the radius, points.
const RADII: (f32, f32) = (1.0, 2000.0);
/// Corners of the circle that is shown.
const CORNERS: u16 = 64;

/// A touch of the brush: X, Y and radius, points from the lower left corner of the view, and whether it selects.
type Touch = (f32, f32, f32, bool);

props! {
    /// Select the bones that a circle touches, which is moved over them like a brush.
    pub struct SelectCircle {
        /// The middle of the circle, points from the left of the view.
        x: i32 = -1, HINT.hidden().transient();
        /// The middle of the circle, points from the bottom of the view.
        y: i32 = -1, HINT.hidden().transient();
        /// How large the circle is, points.
        radius: i32 = 25, HINT.label("Radius").range(1.0, 2000.0);
        /// Wait for a button to begin, instead of beginning at the pointer.
        wait_for_input: bool = true, HINT.hidden().transient();
        /// What the circle does to the selection.
        mode: Mode = Mode::Set, HINT.transient();
        /// What was painted, one touch after the other; instead of a single circle.
        path: Data<Vec<Touch>> = Data(Vec::new()), HINT.hidden().transient();
    }
}

impl Operator for SelectCircle {
    const INFO: Info = Info::new("view3d.select_circle", "Circle Select");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let height = cx.place.size.y;
        if self.path.0.is_empty() {
            // Before anything is painted everything stays as it is.
            if self.x < 0 || self.y < 0 {
                return Err(Refusal::Nothing);
            }
            #[expect(clippy::cast_precision_loss, reason = "points of a screen")]
            let [x, y, radius] = [self.x as f32, self.y as f32, self.radius as f32];
            select_touched(cx, self.mode, &[(Vec2::new(x, height - y), radius)]);
            return Ok(());
        }
        // Touches that do the same are one.
        for stroke in self.path.0.chunk_by(|a, b| a.3 == b.3) {
            let circle = |&(x, y, radius, _): &Touch| (Vec2::new(x, height - y), radius);
            let circles: Vec<_> = stroke.iter().map(circle).collect();
            let adds = stroke.first().is_some_and(|touch| touch.3);
            let mode = if adds { Mode::Add } else { Mode::Subtract };
            select_touched(cx, mode, &circles);
        }
        Ok(())
    }
}

fn select_touched(cx: &mut Context, mode: Mode, circles: &[(Vec2, f32)]) {
    select_covered(cx, mode, |head, tail| {
        let touches = |&(middle, radius): &(Vec2, f32)| {
            ray::distance_to_segment(middle, head, tail).0 <= radius
        };
        circles.iter().any(touches)
    });
}

/// The brush.
pub struct Brush {
    middle: Vec2,
    radius: f32,
    height: f32,
    /// Whether it paints now, and whether that selects.
    paints: Option<bool>,
}

impl Modal for SelectCircle {
    type Drag = Brush;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Brush, Refusal> {
        self.path.0.clear();
        #[expect(clippy::cast_precision_loss, reason = "points of a screen")]
        let radius = self.radius as f32;
        Ok(Brush {
            middle: event.pointer,
            radius: radius.clamp(RADII.0, RADII.1),
            height: cx.place.size.y,
            paints: (!self.wait_for_input).then_some(self.mode != Mode::Subtract),
        })
    }

    fn handle(&mut self, brush: &mut Brush, _cx: &Context, event: &Event) -> Flow {
        brush.middle = event.pointer;
        let grown = match event.kind {
            EventKind::Key(ModalKey::Grow) => (brush.radius * GROWTH).max(brush.radius + 1.0),
            EventKind::Key(ModalKey::Shrink) => (brush.radius / GROWTH).min(brush.radius - 1.0),
            _ => brush.radius,
        };
        brush.radius = grown.clamp(RADII.0, RADII.1);
        match event.kind {
            EventKind::Key(ModalKey::Select) => brush.paints = Some(true),
            EventKind::Key(ModalKey::Deselect) => brush.paints = Some(false),
            EventKind::Release => {
                brush.paints = None;
                // What began with a button ends with it.
                return match self.wait_for_input {
                    true => Flow::Idle,
                    false => self.done(brush),
                };
            }
            // Ending is all the same with either: what was painted stays.
            EventKind::Key(ModalKey::Confirm | ModalKey::Cancel) => return self.done(brush),
            EventKind::Move => {}
            _ => return Flow::Idle,
        }
        self.touch(brush)
    }

    fn header(&self, brush: &Brush) -> Header {
        let corner = |place: u16| {
            let angle = f32::from(place) / f32::from(CORNERS) * TAU;
            brush.middle + Vec2::from_angle(angle) * brush.radius
        };
        Header {
            outline: (0..CORNERS).map(corner).collect(),
            ..Header::default()
        }
    }
}

impl SelectCircle {
    /// Paints where the brush is, if it does and is somewhere else than before.
    fn touch(&mut self, brush: &Brush) -> Flow {
        let Some(selects) = brush.paints else {
            return Flow::Idle;
        };
        let at = Vec2::new(brush.middle.x, brush.height - brush.middle.y);
        let again = |&(x, y, radius, on): &Touch| {
            on == selects && radius == brush.radius && at.distance(Vec2::new(x, y)) < STEP
        };
        if self.path.0.last().is_some_and(again) {
            return Flow::Idle;
        }
        self.path.0.push((at.x, at.y, brush.radius, selects));
        Flow::Changed
    }

    fn done(&mut self, brush: &Brush) -> Flow {
        #[expect(clippy::cast_possible_truncation, reason = "points of a screen")]
        let radius = brush.radius.round() as i32;
        self.radius = radius;
        match self.path.0.is_empty() {
            true => Flow::Cancel,
            false => Flow::Finish,
        }
    }
}
