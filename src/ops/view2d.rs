//! The view of time editors: sliding and zooming along the time axis.

use crate::model::view::TimeView;
use crate::ops::context::Context;
use crate::ops::event::{Event, EventKind, ModalKey};
use crate::ops::operator::{Exec, Flow, Info, Modal, Operator, Refusal, Start};
use crate::ops::props::Data;
use crate::ops::registry::{Entry, modal, op};
use crate::ops::shared::frames;
use crate::props;

/// The family, in the order of the reference.
pub const VIEW2D: &[Entry] = &[
    modal::<Pan>(),
    modal::<Zoom>(),
    op::<ZoomIn>(),
    op::<ZoomOut>(),
];

/// Factor per step.
const STEP: f32 = 1.2;
/// The least and the greatest number of frames that are shown.
const SPAN: (f32, f32) = (0.5, 2.0 * frames::LAST_FRAME);

/// Slides what is shown by some frames.
pub fn slide(view: &mut TimeView, by: f32) {
    let room = frames::LAST_FRAME;
    let by = by.clamp(-room - view.last, room - view.first);
    view.first += by;
    view.last += by;
}

/// Shows more or fewer frames; the frame `at` stays where it is, the middle where none is given.
pub fn scale(view: &mut TimeView, factor: f32, at: Option<f32>) {
    let span = view.last - view.first;
    let at = at.filter(|at| at.is_finite());
    let share = at.map_or(0.5, |at| (at - view.first) / span.max(f32::MIN_POSITIVE));
    let new = (span * factor).clamp(SPAN.0, SPAN.1);
    view.first += (span - new) * share;
    view.last = view.first + new;
    slide(view, 0.0);
}

/// Shows these frames with a little room at both ends; where they are less than one frame apart, only their
/// middle.
pub fn show(view: &mut TimeView, (first, last): (f32, f32)) {
    /// Room at each end, of the range.
    const ROOM: f32 = 0.03;
    let span = last - first;
    if span < 1.0 {
        let middle = (first + last) * 0.5;
        slide(view, middle - (view.first + view.last) * 0.5);
        return;
    }
    (view.first, view.last) = (first - span * ROOM, last + span * ROOM);
}

/// Where a drag began.
pub struct Grip {
    x: f32,
}

/// Gives `take` how far the pointer went to the right, until the button is released.
fn follow(grip: &Grip, event: &Event, take: impl FnOnce(f32)) -> Flow {
    match event.kind {
        EventKind::Move => {
            take(event.pointer.x - grip.x);
            Flow::Changed
        }
        EventKind::Release | EventKind::Key(ModalKey::Confirm) => Flow::Finish,
        EventKind::Key(ModalKey::Cancel) => Flow::Cancel,
        _ => Flow::Idle,
    }
}

props! {
    /// Slide the view along the time axis.
    pub struct Pan {
        /// How far to go to later frames, points.
        deltax: f32 = 0.0, HINT.label("Delta X").transient();
    }
}

impl Operator for Pan {
    const INFO: Info = Info::new("view2d.pan", "Pan View").view_only().endless();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        match self.deltax == 0.0 {
            true => Start::Exec,
            false => Start::Run,
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let view = &mut cx.view.timeline;
        let per_point = (view.last - view.first) / cx.place.size.x.max(1.0);
        slide(view, self.deltax * per_point);
        Ok(())
    }
}

impl Modal for Pan {
    type Drag = Grip;

    fn begin(&mut self, _cx: &Context, event: &Event) -> Result<Grip, Refusal> {
        let x = event.pointer.x;
        Ok(Grip { x })
    }

    fn handle(&mut self, grip: &mut Grip, _cx: &Context, event: &Event) -> Flow {
        follow(grip, event, |way| self.deltax = -way)
    }
}

props! {
    /// Show fewer frames, or more, about the pointer.
    pub struct Zoom {
        /// How far the mouse was dragged to the right, points: fewer frames are shown.
        deltax: f32 = 0.0, HINT.label("Delta X").hidden().transient();
        /// The frame that stays where it is; none: the middle.
        at: Data<Option<f32>> = Data::default(), HINT.hidden().transient();
    }
}

impl Operator for Zoom {
    const INFO: Info = Info::new("view2d.zoom", "Zoom 2D View")
        .view_only()
        .endless();

    fn exec(&self, cx: &mut Context) -> Exec {
        let factor = (-self.deltax * 0.005).clamp(-20.0, 20.0).exp();
        scale(&mut cx.view.timeline, factor, self.at.0);
        Ok(())
    }
}

impl Modal for Zoom {
    type Drag = Grip;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Grip, Refusal> {
        let x = event.pointer.x;
        self.at.0 = cx.place.time.map(|time| time.frame(x));
        Ok(Grip { x })
    }

    fn handle(&mut self, grip: &mut Grip, _cx: &Context, event: &Event) -> Flow {
        follow(grip, event, |way| self.deltax = way)
    }
}

macro_rules! zoom_step {
    ($name:ident, $id:literal, $label:literal, $factor:expr) => {
        impl Operator for $name {
            const INFO: Info = Info::new($id, $label).view_only();

            fn invoke(&mut self, cx: &Context, event: &Event) -> Start {
                self.at.0 = cx.place.time.map(|time| time.frame(event.pointer.x));
                Start::Run
            }

            fn exec(&self, cx: &mut Context) -> Exec {
                scale(&mut cx.view.timeline, $factor, self.at.0);
                Ok(())
            }
        }
    };
}

props! {
    /// Show fewer frames, each larger, about the pointer.
    pub struct ZoomIn {
        /// The frame that stays where it is; none: the middle.
        at: Data<Option<f32>> = Data::default(), HINT.hidden().transient();
    }
}
zoom_step!(ZoomIn, "view2d.zoom_in", "Zoom In", 1.0 / STEP);

props! {
    /// Show more frames, each smaller, about the pointer.
    pub struct ZoomOut {
        /// The frame that stays where it is; none: the middle.
        at: Data<Option<f32>> = Data::default(), HINT.hidden().transient();
    }
}
zoom_step!(ZoomOut, "view2d.zoom_out", "Zoom Out", STEP);

#[cfg(test)]
mod tests {
    use super::*;

    fn view(first: f32, last: f32) -> TimeView {
        TimeView {
            first,
            last,
            ..TimeView::default()
        }
    }

    #[test]
    fn zooming_keeps_the_frame_below_the_pointer() {
        let mut shown = view(0.0, 100.0);
        scale(&mut shown, 0.5, Some(25.0));
        assert_eq!((shown.first, shown.last), (12.5, 62.5));
        scale(&mut shown, 2.0, None);
        assert_eq!((shown.first, shown.last), (-12.5, 87.5));
    }

    #[test]
    fn zooming_and_sliding_end_somewhere() {
        let mut shown = view(10.0, 20.0);
        (0..300).for_each(|_| scale(&mut shown, 0.5, Some(12.0)));
        assert!(shown.last - shown.first >= 0.49, "{shown:?}");
        (0..300).for_each(|_| scale(&mut shown, 2.0, Some(12.0)));
        assert!(shown.last - shown.first <= SPAN.1 * 1.01, "{shown:?}");
        let mut shown = view(10.0, 20.0);
        slide(&mut shown, 1e30);
        assert_eq!(shown.first, frames::LAST_FRAME);
        assert_eq!(shown.last - shown.first, 10.0);
    }

    #[test]
    fn a_range_is_shown_with_room_and_a_point_keeps_the_zoom() {
        let mut shown = view(0.0, 100.0);
        show(&mut shown, (1.0, 21.0));
        assert!((shown.first - 0.4).abs() < 1e-4 && (shown.last - 21.6).abs() < 1e-4);
        show(&mut shown, (50.0, 50.0));
        assert!((shown.last - shown.first - 21.2).abs() < 1e-3);
        assert!((shown.first + shown.last - 100.0).abs() < 1e-3);
    }
}
