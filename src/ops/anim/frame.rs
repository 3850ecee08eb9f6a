//! `anim.change_frame`: going to a frame, and following the pointer along the ruler.

use crate::model::document::Document;
use crate::ops::context::{Context, TimeMap};
use crate::ops::event::{Event, EventKind, ModalKey};
use crate::ops::operator::{Exec, Flow, Header, Held, Info, Modal, Operator, Refusal, Start};
use crate::ops::props::Unit;
use crate::ops::shared::{frames, key_frames};
use crate::props;

props! {
    /// Go to a frame; on the ruler it follows the pointer.
    pub struct ChangeFrame {
        /// The frame; it is rounded, and none lies before 0.
        frame: f32 = 0.0, HINT.range(-1_048_574.0, 1_048_574.0).unit(Unit::Frame);
        /// Go to the nearest whole second; while it follows the pointer, to the nearest second, key or marker.
        snap: bool = false, HINT.transient();
        /// Go to the frame as it is: between two frames, or before 0.
        exact: bool = false, HINT.hidden().transient();
    }
}

impl ChangeFrame {
    /// Goes to a frame as it is; rounded where that is the same.
    pub fn exactly(frame: f32) -> Self {
        let exact = frames::exact(frames::whole(frame).max(0)) != frame;
        Self {
            frame,
            exact,
            ..Self::default()
        }
    }

    /// Takes the frame below the pointer; whether that is another one.
    fn follow(&mut self, time: &TimeMap, cx: &Context, event: &Event) -> bool {
        let pointed = time.frame(event.pointer.x);
        if !pointed.is_finite() {
            return false;
        }
        let snapped = event.modifiers.ctrl.then(|| snap(cx.doc, pointed));
        let target = snapped.unwrap_or_else(|| frames::exact(frames::whole(pointed).max(0)));
        let new = Self::exactly(target);
        let changed = new != *self;
        *self = new;
        changed
    }
}

/// The second, key or marker that lies nearest to a frame; at least the frame 0.
fn snap(document: &Document, frame: f32) -> f32 {
    let scene = &document.scene;
    let markers = scene.markers.iter().map(|m| frames::exact(m.frame));
    let key = key_frames::nearest(&key_frames::curves(document), frame);
    let second = frames::exact(frames::whole(frames::nearest_second(scene, frame)));
    let near = key_frames::closest(frame, markers.chain(key).chain([second]));
    near.unwrap_or(frame).max(0.0)
}

impl Operator for ChangeFrame {
    const INFO: Info = Info::new("anim.change_frame", "Change Frame").frame_change();

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        // Outside of a time editor the pointer means no frame.
        match cx.place.time {
            Some(_) => Start::Exec,
            None => Start::Run,
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let mut frame = self.frame;
        if self.snap {
            frame = frames::nearest_second(&cx.doc.scene, frame);
        }
        if !self.exact {
            frame = frames::exact(frames::whole(frame).max(0));
        }
        frames::go_to(cx.doc, frame);
        Ok(())
    }
}

impl Modal for ChangeFrame {
    type Drag = TimeMap;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<TimeMap, Refusal> {
        let time = cx.place.time.ok_or(Refusal::Nothing)?;
        self.follow(&time, cx, event);
        Ok(time)
    }

    fn handle(&mut self, time: &mut TimeMap, cx: &Context, event: &Event) -> Flow {
        match event.kind {
            EventKind::Move if self.follow(time, cx, event) => Flow::Changed,
            EventKind::Release | EventKind::Key(ModalKey::Confirm) => Flow::Finish,
            EventKind::Key(ModalKey::Cancel) => Flow::Cancel,
            _ => Flow::Idle,
        }
    }

    fn header(&self, _drag: &TimeMap) -> Header {
        Header {
            value: format!("Frame {}", self.frame),
            held: &[Held::Ctrl("Snap")],
            ..Header::default()
        }
    }
}
