//! Selecting markers: by the pointer, by a box, all of them.

use std::sync::Arc;

use crate::model::markers::Marker;
use crate::ops::anim::range::Stretch;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::marker::list::need_any;
use crate::ops::operator::{Exec, Flow, Header, Info, Modal, Operator, Poll, Refusal, Start};
use crate::ops::pose::select::SelectAction;
use crate::ops::props::Data;
use crate::ops::shared::{frames, key_frames};
use crate::ops::view3d::select_box::Mode;
use crate::props;

/// How far from a marker the pointer may be, points.
const REACH: f32 = 8.0;

/// The frame of the marker below the pointer.
pub fn at_pointer(cx: &Context, event: &Event) -> Option<i32> {
    let time = cx.place.time?;
    let pointed = time.frame(event.pointer.x);
    let markers = cx.doc.scene.markers.iter().map(|m| frames::exact(m.frame));
    let nearest = key_frames::closest(pointed, markers)?;
    let near = (time.x(nearest) - event.pointer.x).abs() <= REACH;
    near.then(|| frames::whole(nearest))
}

/// Selects the markers at a frame and no other.
pub fn select_only(markers: &mut [Marker], frame: i32) {
    for marker in markers {
        marker.select = marker.frame == frame;
    }
}

props! {
    /// Select the marker below the pointer; beside them all, none.
    pub struct Select {
        /// Leave the others as they are; a selected marker is deselected.
        extend: bool = false, HINT.transient();
        /// The frame of the marker; none: beside them all.
        frame: Data<Option<i32>> = Data::default(), HINT.hidden().transient();
    }
}

impl Operator for Select {
    const INFO: Info = Info::new("marker.select", "Select Time Marker");

    fn poll(cx: &Context) -> Poll {
        need_any(cx)
    }

    fn invoke(&mut self, cx: &Context, event: &Event) -> Start {
        self.frame.0 = self.frame.0.or_else(|| at_pointer(cx, event));
        Start::Exec
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let markers = &mut Arc::make_mut(&mut cx.doc.scene).markers;
        match self.frame.0 {
            None if self.extend => return Err(Refusal::Nothing),
            None => markers.iter_mut().for_each(|marker| marker.select = false),
            Some(frame) if self.extend => {
                let here = |marker: &&mut Marker| marker.frame == frame;
                let mut there: Vec<_> = markers.iter_mut().filter(here).collect();
                let all = there.iter().all(|marker| marker.select);
                there.iter_mut().for_each(|marker| marker.select = !all);
            }
            Some(frame) => select_only(markers, frame),
        }
        Ok(())
    }
}

props! {
    /// Select the markers within a stretch of time.
    pub struct SelectBox {
        /// Where the stretch begins, a frame.
        first: f32 = 0.0, HINT.hidden().transient();
        /// Where it ends, a frame.
        last: f32 = -1.0, HINT.hidden().transient();
        /// Wait for a button to begin, instead of beginning at the pointer.
        wait_for_input: bool = true, HINT.hidden().transient();
        /// What it does to the selection.
        mode: Mode = Mode::Set, HINT.transient();
    }
}

impl Operator for SelectBox {
    const INFO: Info = Info::new("marker.select_box", "Marker Box Select");

    fn poll(cx: &Context) -> Poll {
        need_any(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        if self.last < self.first {
            return Err(Refusal::Nothing);
        }
        for marker in &mut Arc::make_mut(&mut cx.doc.scene).markers {
            let frame = frames::exact(marker.frame);
            let inside = (self.first..=self.last).contains(&frame);
            marker.select = self.mode.of(marker.select, inside);
        }
        Ok(())
    }
}

impl Modal for SelectBox {
    type Drag = Stretch;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Stretch, Refusal> {
        Stretch::begin(cx, event, self.wait_for_input)
    }

    fn handle(&mut self, stretch: &mut Stretch, _cx: &Context, event: &Event) -> Flow {
        let flow = stretch.take(event);
        if flow == Flow::Finish
            && let Some((first, last)) = stretch.frames()
        {
            (self.first, self.last) = (first, last);
        }
        flow
    }

    fn header(&self, stretch: &Stretch) -> Header {
        stretch.header()
    }
}

props! {
    /// Select every marker, or none, or those that were not selected.
    pub struct SelectAll {
        /// What happens to the selection.
        action: SelectAction = SelectAction::Toggle, HINT.label("Action").hidden().transient();
    }
}

impl Operator for SelectAll {
    const INFO: Info = Info::new("marker.select_all", "(De)select all Markers");

    fn poll(cx: &Context) -> Poll {
        need_any(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let markers = &mut Arc::make_mut(&mut cx.doc.scene).markers;
        let any = markers.iter().any(|marker| marker.select);
        for marker in markers {
            marker.select = match self.action {
                SelectAction::Toggle => !any,
                SelectAction::Select => true,
                SelectAction::Deselect => false,
                SelectAction::Invert => !marker.select,
            };
        }
        Ok(())
    }
}
