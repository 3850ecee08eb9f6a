//! Selecting bones with a line that is drawn around them.

use glam::Vec2;

use crate::math::ray;
use crate::ops::context::Context;
use crate::ops::event::{Event, EventKind, ModalKey};
use crate::ops::operator::{Exec, Flow, Header, Info, Modal, Operator, Poll, Refusal};
use crate::ops::props::Data;
use crate::ops::view3d::select_box::{Mode, select_covered};
use crate::props;

/// How far apart points of the line are, points.
const STEP: f32 = 3.0;

props! {
    /// Select the bones that a drawn line goes around.
    pub struct SelectLasso {
        /// The line, points from the lower left corner of the view; it closes by itself.
        path: Data<Vec<(f32, f32)>> = Data(Vec::new()), HINT.hidden().transient();
        /// Wait for a button to begin the line, instead of beginning at the pointer.
        wait_for_input: bool = true, HINT.hidden().transient();
        /// What the line does to the selection.
        mode: Mode = Mode::Set, HINT.transient();
    }
}

impl Operator for SelectLasso {
    const INFO: Info = Info::new("view3d.select_lasso", "Lasso Select");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let height = cx.place.size.y;
        let path = self.path.0.iter();
        let path: Vec<Vec2> = path.map(|&(x, y)| Vec2::new(x, height - y)).collect();
        if path.len() < 3 || path.iter().any(|point| !point.is_finite()) {
            return Err(Refusal::Nothing);
        }
        let (min, max) = path.iter().fold(
            (Vec2::INFINITY, Vec2::NEG_INFINITY),
            |(min, max), &point| (min.min(point), max.max(point)),
        );
        select_covered(cx, self.mode, |head, tail| {
            ray::segment_meets_rect(head, tail, min, max)
                && ray::segment_meets_polygon(head, tail, &path)
        });
        Ok(())
    }
}

/// The line that is being drawn.
pub struct Line {
    points: Vec<Vec2>,
    drawing: bool,
    height: f32,
}

impl Modal for SelectLasso {
    type Drag = Line;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Line, Refusal> {
        Ok(Line {
            points: vec![event.pointer],
            drawing: !self.wait_for_input,
            height: cx.place.size.y,
        })
    }

    fn handle(&mut self, line: &mut Line, _cx: &Context, event: &Event) -> Flow {
        match event.kind {
            EventKind::Key(ModalKey::Cancel) => return Flow::Cancel,
            EventKind::Key(ModalKey::Confirm) if !line.drawing => {
                line.drawing = true;
                line.points = vec![event.pointer];
                if event.modifiers.shift {
                    self.mode = Mode::Subtract;
                }
            }
            EventKind::Move if line.drawing => {
                let last = line.points.last();
                if last.is_none_or(|last| last.distance(event.pointer) >= STEP) {
                    line.points.push(event.pointer);
                }
            }
            EventKind::Release if line.drawing => {
                let point = |point: &Vec2| (point.x, line.height - point.y);
                self.path = Data(line.points.iter().map(point).collect());
                return Flow::Finish;
            }
            _ => {}
        }
        Flow::Idle
    }

    fn header(&self, line: &Line) -> Header {
        Header {
            outline: match line.drawing {
                true => line.points.clone(),
                false => Vec::new(),
            },
            ..Header::default()
        }
    }
}
