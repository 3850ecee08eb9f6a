//! The range that is played: the preview range, and first and last frame of the scene at the present frame.

use std::sync::Arc;

use glam::Vec2;

use crate::ops::context::{Context, TimeMap};
use crate::ops::event::{Event, EventKind, ModalKey};
use crate::ops::operator::{Exec, Flow, Header, Info, Modal, Operator, Refusal, Start};
use crate::ops::props::{Data, Unit};
use crate::ops::shared::frames;
use crate::props;

props! {
    /// Play only a part of the frames, chosen by a box over them.
    pub struct PreviewrangeSet {
        /// First frame of the part.
        frame_start: Data<Option<i32>> = Data::default(), HINT.unit(Unit::Frame).transient();
        /// Last frame of the part; where it lies before the first one, only that is played.
        frame_end: Data<Option<i32>> = Data::default(), HINT.unit(Unit::Frame).transient();
        /// Wait for a button to begin the box, instead of beginning at the pointer.
        wait_for_input: bool = true, HINT.hidden().transient();
    }
}

impl Operator for PreviewrangeSet {
    const INFO: Info = Info::new("anim.previewrange_set", "Set Preview Range");

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        match cx.place.time {
            Some(_) => Start::Exec,
            None => Start::Run,
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let (Some(first), Some(last)) = (self.frame_start.0, self.frame_end.0) else {
            return Err(Refusal::error(
                "Draw the range in the timeline, or give `frame_start` and `frame_end`",
            ));
        };
        let (first, last) = (first.max(0), last.max(0));
        let range = frames::preview((first, last.max(first)));
        Arc::make_mut(&mut cx.doc.scene).preview_range = Some(range);
        Ok(())
    }
}

/// A stretch of time that is being drawn.
pub struct Stretch {
    time: TimeMap,
    height: f32,
    start: Option<Vec2>,
    end: Vec2,
}

impl Stretch {
    /// Begins at the pointer, or waits for a button.
    ///
    /// # Errors
    /// Silent, outside of a time editor.
    pub fn begin(cx: &Context, event: &Event, wait: bool) -> Result<Self, Refusal> {
        Ok(Self {
            time: cx.place.time.ok_or(Refusal::Nothing)?,
            height: cx.place.size.y,
            start: (!wait).then_some(event.pointer),
            end: event.pointer,
        })
    }

    /// Takes an event; `Finish` when the button that drew it is released.
    pub fn take(&mut self, event: &Event) -> Flow {
        self.end = event.pointer;
        match event.kind {
            EventKind::Key(ModalKey::Cancel) => Flow::Cancel,
            EventKind::Key(ModalKey::Confirm) if self.start.is_none() => {
                self.start = Some(event.pointer);
                Flow::Idle
            }
            EventKind::Release | EventKind::Key(ModalKey::Confirm) if self.start.is_some() => {
                Flow::Finish
            }
            _ => Flow::Idle,
        }
    }

    /// The earlier and the later end, frames; nothing before it began.
    pub fn frames(&self) -> Option<(f32, f32)> {
        let (a, b) = (self.time.frame(self.start?.x), self.time.frame(self.end.x));
        (a.is_finite() && b.is_finite()).then_some((a.min(b), a.max(b)))
    }

    /// What the header shows: the stretch over the whole height.
    pub fn header(&self) -> Header {
        let band = self
            .start
            .map(|start| [Vec2::new(start.x, 0.0), Vec2::new(self.end.x, self.height)]);
        let value = self.frames().map_or_else(String::new, |(first, last)| {
            format!("{} – {}", frames::whole(first), frames::whole(last))
        });
        Header {
            value,
            band,
            ..Header::default()
        }
    }
}

impl Modal for PreviewrangeSet {
    type Drag = Stretch;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Stretch, Refusal> {
        Stretch::begin(cx, event, self.wait_for_input)
    }

    fn handle(&mut self, stretch: &mut Stretch, _cx: &Context, event: &Event) -> Flow {
        let flow = stretch.take(event);
        let Some((first, last)) = stretch.frames() else {
            return flow;
        };
        self.frame_start.0 = Some(frames::whole(first));
        self.frame_end.0 = Some(frames::whole(last));
        match flow {
            Flow::Idle => Flow::Changed,
            other => other,
        }
    }

    fn header(&self, stretch: &Stretch) -> Header {
        stretch.header()
    }
}

props! {
    /// Play all frames of the scene again.
    pub struct PreviewrangeClear {}
}

impl Operator for PreviewrangeClear {
    const INFO: Info = Info::new("anim.previewrange_clear", "Clear Preview Range");

    fn exec(&self, cx: &mut Context) -> Exec {
        Arc::make_mut(&mut cx.doc.scene).preview_range = None;
        Ok(())
    }
}

props! {
    /// Let what is played begin at the present frame.
    pub struct StartFrameSet {}
}

impl Operator for StartFrameSet {
    const INFO: Info = Info::new("anim.start_frame_set", "Set Start Frame");

    fn exec(&self, cx: &mut Context) -> Exec {
        let frame = frames::whole(cx.doc.scene.frame);
        let scene = Arc::make_mut(&mut cx.doc.scene);
        match &mut scene.preview_range {
            Some((first, last)) => (*first, *last) = (frame, (*last).max(frame)),
            None => frames::set_start(scene, frame),
        }
        Ok(())
    }
}

props! {
    /// Let what is played end at the present frame.
    pub struct EndFrameSet {}
}

impl Operator for EndFrameSet {
    const INFO: Info = Info::new("anim.end_frame_set", "Set End Frame");

    fn exec(&self, cx: &mut Context) -> Exec {
        let frame = frames::whole(cx.doc.scene.frame);
        let scene = Arc::make_mut(&mut cx.doc.scene);
        match &mut scene.preview_range {
            Some((first, last)) => (*first, *last) = ((*first).min(frame), frame),
            None => frames::set_end(scene, frame),
        }
        Ok(())
    }
}
