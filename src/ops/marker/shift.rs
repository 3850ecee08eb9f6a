//! Moving markers in time, by themselves or as copies.

use std::sync::Arc;

use crate::model::markers::Marker;
use crate::ops::context::{Context, TimeMap};
use crate::ops::event::{Event, EventKind, ModalKey};
use crate::ops::marker::list::{need_any, need_selected};
use crate::ops::marker::pick;
use crate::ops::operator::{Exec, Flow, Header, Held, Info, Modal, Operator, Poll, Refusal, Start};
use crate::ops::props::Data;
use crate::ops::shared::numeric_input::NumericInput;
use crate::ops::shared::{frames, key_frames};
use crate::props;

props! {
    /// Move the selected markers in time.
    pub struct Move {
        /// How many frames; below 0 they move back.
        frames: i32 = 0;
        /// Move the marker below the pointer, and end when the button is released.
        tweak: bool = false, HINT.hidden().transient();
        /// The frame of a marker that is selected first, instead of the others.
        frame: Data<Option<i32>> = Data::default(), HINT.hidden().transient();
    }
}

impl Operator for Move {
    const INFO: Info = Info::new("marker.move", "Move Time Marker");

    fn poll(cx: &Context) -> Poll {
        need_any(cx)
    }

    fn invoke(&mut self, cx: &Context, event: &Event) -> Start {
        if self.tweak {
            let free = |frame: &i32| {
                let mut markers = cx.doc.scene.markers.iter();
                !markers.any(|marker| marker.select && marker.frame == *frame)
            };
            self.frame.0 = pick::at_pointer(cx, event).filter(free);
        }
        start(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let markers = &mut Arc::make_mut(&mut cx.doc.scene).markers;
        if let Some(frame) = self.frame.0 {
            pick::select_only(markers, frame);
        }
        for marker in markers.iter_mut().filter(|marker| marker.select) {
            marker.frame = shifted(marker.frame, self.frames);
        }
        need_selected(cx).map_err(Refusal::Error)
    }
}

props! {
    /// Copy the selected markers, then move the copies in time.
    pub struct Duplicate {
        /// How many frames the copies are moved; below 0 back.
        frames: i32 = 0;
    }
}

impl Operator for Duplicate {
    const INFO: Info = Info::new("marker.duplicate", "Duplicate Time Marker");

    fn poll(cx: &Context) -> Poll {
        need_selected(cx)
    }

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        start(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let markers = &mut Arc::make_mut(&mut cx.doc.scene).markers;
        let copy = |marker: &mut Marker| {
            let frame = shifted(marker.frame, self.frames);
            let copy = Marker {
                frame,
                ..marker.clone()
            };
            marker.select = false;
            copy
        };
        let selected = markers.iter_mut().filter(|marker| marker.select);
        let copies: Vec<Marker> = selected.map(copy).collect();
        // Copies come first, the last of them before the others.
        markers.splice(..0, copies.into_iter().rev());
        Ok(())
    }
}

/// Outside of a time editor the pointer means no frame: it runs with the frames it has.
fn start(cx: &Context) -> Start {
    match cx.place.time {
        Some(_) => Start::Exec,
        None => Start::Run,
    }
}

fn shifted(frame: i32, by: i32) -> i32 {
    frame.saturating_add(by).clamp(-frames::LAST, frames::LAST)
}

/// Markers that follow the pointer.
pub struct Shift {
    time: TimeMap,
    from: f32,
    /// The marker that snaps: the one that moves and was nearest to the pointer.
    lead: f32,
    numbers: NumericInput,
}

impl Shift {
    fn begin(cx: &Context, event: &Event, grabbed: Option<i32>) -> Result<Self, Refusal> {
        let time = cx.place.time.ok_or(Refusal::Nothing)?;
        let markers = cx.doc.scene.markers.iter();
        let moving = markers.filter(|marker| match grabbed {
            Some(frame) => marker.frame == frame,
            None => marker.select,
        });
        let pointed = time.frame(event.pointer.x);
        let moving = moving.map(|marker| frames::exact(marker.frame));
        let nothing = || Refusal::error("No marker is selected; select one first");
        Ok(Self {
            lead: key_frames::closest(pointed, moving).ok_or_else(nothing)?,
            time,
            from: event.pointer.x,
            numbers: NumericInput::default(),
        })
    }

    /// Takes an event; where the markers go is in `frames` afterwards.
    fn take(&mut self, frames: &mut i32, cx: &Context, event: &Event) -> Flow {
        match event.kind {
            EventKind::Move if !self.numbers.active() => {}
            EventKind::Character(sign) if self.numbers.type_character(sign) => {}
            EventKind::Key(ModalKey::Erase) => self.numbers.erase(),
            EventKind::Key(ModalKey::EraseNumber) => self.numbers.erase_component(),
            EventKind::Key(ModalKey::Confirm) | EventKind::Release => return Flow::Finish,
            EventKind::Key(ModalKey::Cancel) => return Flow::Cancel,
            _ => return Flow::Idle,
        }
        let wanted = match self.numbers.active() {
            true => self.numbers.value(0).unwrap_or(0.0),
            false => self.pointed(cx, event),
        };
        let before = std::mem::replace(frames, frames::whole(wanted));
        match before == *frames && !matches!(event.kind, EventKind::Character(_)) {
            true => Flow::Idle,
            false => Flow::Changed,
        }
    }

    /// How far the pointer says that they go.
    fn pointed(&self, cx: &Context, event: &Event) -> f32 {
        let way = (event.pointer.x - self.from) * self.time.per_point;
        if !way.is_finite() {
            return 0.0;
        }
        if !event.modifiers.ctrl {
            return way;
        }
        let target = self.lead + way;
        let second = frames::nearest_second(&cx.doc.scene, target);
        let key = key_frames::nearest(&key_frames::curves(cx.doc), target);
        let near = key_frames::closest(target, key.into_iter().chain([second]));
        near.unwrap_or(target) - self.lead
    }

    fn header(&self, by: i32) -> Header {
        let typing = self.numbers.active();
        let value = match typing {
            true => self.numbers.text(0),
            false => format!("{by:+}").replace('-', "\u{2212}"),
        };
        let to = shifted(frames::whole(self.lead), by);
        Header {
            value,
            typing,
            note: format!("to frame {to}"),
            held: &[Held::Ctrl("Snap"), Held::Digits("Frames")],
            ..Header::default()
        }
    }
}

impl Modal for Move {
    type Drag = Shift;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Shift, Refusal> {
        Shift::begin(cx, event, self.frame.0)
    }

    fn handle(&mut self, shift: &mut Shift, cx: &Context, event: &Event) -> Flow {
        shift.take(&mut self.frames, cx, event)
    }

    fn header(&self, shift: &Shift) -> Header {
        shift.header(self.frames)
    }
}

impl Modal for Duplicate {
    type Drag = Shift;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Shift, Refusal> {
        Shift::begin(cx, event, None)
    }

    fn handle(&mut self, shift: &mut Shift, cx: &Context, event: &Event) -> Flow {
        shift.take(&mut self.frames, cx, event)
    }

    fn header(&self, shift: &Shift) -> Header {
        shift.header(self.frames)
    }
}
