//! The camera's way to a new place, eased. The session's camera is there at once; only what is drawn, and
//! what is found under the pointer, follows. Dragging, zooming and opening a file are never eased.

use crate::model::view::{Camera, View};
use crate::ops::runner::log::Line;
use crate::ops::runner::{Session, Status};

/// Seconds from one place to the other.
const DURATION: f64 = 0.18;
/// The calls that leap.
const LEAPS: [&str; 3] = [
    "view3d.view_all",
    "view3d.view_selected",
    "view3d.view_axis",
];

/// What is on its way.
#[derive(Debug)]
struct Way {
    from: Camera,
    to: Camera,
    /// When it began, seconds.
    began: f64,
}

/// The view as it is drawn.
#[derive(Debug, Default)]
pub struct Glide {
    /// The line of the log that was looked at last.
    seen: u64,
    /// The camera as it was drawn last.
    drawn: Option<Camera>,
    way: Option<Way>,
    view: Option<View>,
}

impl Glide {
    /// Follows the session to the time `now`, seconds; says whether the camera is on its way. With `still`
    /// it is there at once.
    pub fn follow(&mut self, session: &Session, now: f64, still: bool) -> bool {
        let leapt = self.leapt(session);
        let to = &session.view.camera;
        if let Some(from) = self.drawn.take().filter(|from| leapt && from != to) {
            self.way = Some(Way {
                from,
                to: to.clone(),
                began: now,
            });
        }
        let lasts = |way: &Way| !still && way.to == *to && now - way.began < DURATION;
        self.way = self.way.take().filter(lasts);
        self.view = self.way.as_ref().map(|way| View {
            camera: way.at(now),
            ..session.view.clone()
        });
        self.drawn = Some(self.view.as_ref().unwrap_or(&session.view).camera.clone());
        self.way.is_some()
    }

    /// The view while it is on its way.
    pub fn view(&self) -> Option<&View> {
        self.view.as_ref()
    }

    /// Whether the camera leapt since it was asked last.
    fn leapt(&mut self, session: &Session) -> bool {
        let before = std::mem::replace(&mut self.seen, session.log.next());
        let lines = session.log.lines().rev();
        let mut new = lines.take_while(|(number, _)| *number >= before);
        new.any(|(_, line)| match line {
            Line::Call(call) => call.status == Status::Finished && LEAPS.contains(&call.id),
            Line::Report(_) => false,
        })
    }
}

impl Way {
    /// Where the camera is at a time.
    fn at(&self, now: f64) -> Camera {
        let Self { from, to, began } = self;
        let left = 1.0 - ((now - began) / DURATION).clamp(0.0, 1.0) as f32;
        let part = 1.0 - left * left * left;
        // By factors, not by metres: going to a fingertip is as even as going to a house.
        let ratio = to.distance / from.distance.max(f32::MIN_POSITIVE);
        Camera {
            target: from.target.lerp(to.target, part),
            rotation: from.rotation.slerp(to.rotation, part),
            distance: from.distance * ratio.powf(part),
            // Parallel lines only at the end of the way to them.
            orthographic: from.orthographic && to.orthographic,
            ..to.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::*;
    use crate::ops::call;
    use crate::ops::context::Place;

    /// A session whose camera looks straight down after a leap, and its glide before that.
    fn leaping(text: &str) -> (Session, Glide) {
        let mut session = Session::default();
        let mut glide = Glide::default();
        glide.follow(&session, 0.0, false);
        let op = call::parse(text).unwrap();
        session.run(op, Place::default());
        (session, glide)
    }

    #[test]
    fn a_leap_is_on_its_way_for_180_milliseconds() {
        let (session, mut glide) = leaping("view3d.view_axis(type: TOP)");
        let start = Camera::default().backward();
        assert!(glide.follow(&session, 1.0, false));
        let drawn = &glide.view().unwrap().camera;
        assert!(drawn.backward().distance(start) < 1e-3 && !drawn.orthographic);
        assert!(glide.follow(&session, 1.09, false));
        let drawn = glide.view().unwrap().camera.backward();
        assert!(drawn.z > start.z && drawn.z < 1.0 - 1e-4);
        // Half the time is seven eighths of the way.
        let whole = start.angle_between(Vec3::Z);
        assert!((drawn.angle_between(Vec3::Z) / whole - 0.125).abs() < 0.02);
        assert!(!glide.follow(&session, 1.2, false));
        assert!(glide.view().is_none());
    }

    #[test]
    fn zooming_and_reduced_motion_are_there_at_once() {
        let (session, mut glide) = leaping("view3d.zoom(delta: 3)");
        assert!(!glide.follow(&session, 1.0, false));
        let (session, mut glide) = leaping("view3d.view_axis(type: TOP)");
        assert!(!glide.follow(&session, 1.0, true));
        assert!(!glide.follow(&session, 1.01, false));
    }
}
