//! `screen.animation_play` and `screen.animation_cancel`: asked of the session, which plays.

use crate::ops::context::{Context, Request};
use crate::ops::operator::{Exec, Info, Operator, Poll};
use crate::props;

props! {
    /// Play the animation; while it plays, stop at the frame that is shown.
    pub struct AnimationPlay {
        /// Play backwards.
        reverse: bool = false, HINT.label("Play in Reverse").transient();
    }
}

impl Operator for AnimationPlay {
    const INFO: Info = Info::new("screen.animation_play", "Play Animation")
        .view_only()
        .interface();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.request(Request::Play(self.reverse));
        Ok(())
    }
}

props! {
    /// Stop playing.
    pub struct AnimationCancel {
        /// Go back to the frame that it started from.
        restore_frame: bool = true;
    }
}

impl Operator for AnimationCancel {
    const INFO: Info = Info::new("screen.animation_cancel", "Cancel Animation")
        .view_only()
        .interface();

    fn poll(cx: &Context) -> Poll {
        match cx.playing {
            Some(_) => Ok(()),
            None => Err("The animation does not play".to_owned()),
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.request(Request::StopPlaying(self.restore_frame));
        Ok(())
    }
}
