//! `screen.frame_…`, `screen.keyframe_jump`, `screen.marker_jump`: going to another frame from the present one.

use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Refusal};
use crate::ops::shared::{frames, key_frames};
use crate::props;

props! {
    /// Go some frames forward, or back; between two frames the first step goes to a whole one.
    pub struct FrameOffset {
        /// How many frames; below 0 it goes back.
        delta: i32 = 0;
    }
}

impl Operator for FrameOffset {
    const INFO: Info = Info::new("screen.frame_offset", "Frame Offset").frame_change();

    fn exec(&self, cx: &mut Context) -> Exec {
        let frame = cx.doc.scene.frame;
        let from = if self.delta < 0 {
            frame.ceil()
        } else {
            frame.floor()
        };
        let target = frames::whole(from).saturating_add(self.delta).max(0);
        frames::go_to(cx.doc, frames::exact(target));
        Ok(())
    }
}

props! {
    /// Go to the first frame of what is played, or to the last.
    pub struct FrameJump {
        /// Go to the last frame.
        end: bool = false, HINT.label("Last Frame");
    }
}

impl Operator for FrameJump {
    const INFO: Info = Info::new("screen.frame_jump", "Jump to Endpoint").frame_change();

    fn exec(&self, cx: &mut Context) -> Exec {
        let (first, last) = frames::played_range(&cx.doc.scene);
        let target = if self.end { last } else { first };
        frames::go_to(cx.doc, frames::exact(target));
        Ok(())
    }
}

props! {
    /// Go to the next key of the selected bones, or to the one before; with nothing selected every key counts.
    pub struct KeyframeJump {
        /// Go forward; else back.
        next: bool = true, HINT.label("Next Keyframe");
    }
}

impl Operator for KeyframeJump {
    const INFO: Info = Info::new("screen.keyframe_jump", "Jump to Keyframe").frame_change();

    fn exec(&self, cx: &mut Context) -> Exec {
        let frame = cx.doc.scene.frame;
        let curves = key_frames::curves(cx.doc);
        let target = if self.next {
            key_frames::next(&curves, frame)
        } else {
            key_frames::previous(&curves, frame)
        };
        jump(cx, target, "key", self.next)
    }
}

props! {
    /// Go to the next marker, or to the one before.
    pub struct MarkerJump {
        /// Go forward; else back.
        next: bool = true, HINT.label("Next Marker");
    }
}

impl Operator for MarkerJump {
    const INFO: Info = Info::new("screen.marker_jump", "Jump to Marker").frame_change();

    fn exec(&self, cx: &mut Context) -> Exec {
        let frame = cx.doc.scene.frame;
        let markers = cx.doc.scene.markers.iter().map(|m| frames::exact(m.frame));
        let target = if self.next {
            markers.filter(|&other| other > frame).reduce(f32::min)
        } else {
            markers.filter(|&other| other < frame).reduce(f32::max)
        };
        jump(cx, target, "marker", self.next)
    }
}

fn jump(cx: &mut Context, target: Option<f32>, what: &str, next: bool) -> Exec {
    match target {
        Some(frame) => {
            frames::go_to(cx.doc, frame);
            Ok(())
        }
        None => {
            let side = if next { "after" } else { "before" };
            cx.info(format!("There is no {what} {side} this frame"));
            Err(Refusal::Nothing)
        }
    }
}
