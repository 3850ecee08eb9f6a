//! The clock of playing: which frame is due, by the time that has gone by. Frames that come too late are left
//! out, so that a second of animation lasts a second.
//!
//! The [session](crate::ops::runner::Session) shows the frames and knows how to stop; here is only the time.

use egui::Context;

use crate::model::settings::SceneSettings;
use crate::ui::app::App;

/// Seconds over which the drawn frames are averaged.
const SMOOTH: f64 = 0.4;
/// Longer pauses than this are no frames, seconds.
const PAUSE: f64 = 5.0;

/// What the interface shows of playing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shown {
    /// Whether it plays, and then whether backwards.
    pub playing: Option<bool>,
    /// Frames drawn per second, once some were.
    pub rate: Option<f32>,
}

/// How fast, where and in which direction it plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tempo {
    /// Frames per second.
    pub fps: f32,
    /// First and last frame.
    pub range: (f32, f32),
    /// Whether it plays backwards.
    pub reverse: bool,
    /// Whether it begins anew at the end.
    pub looping: bool,
}

impl Tempo {
    /// That of a scene: over the range of the preview, if there is one.
    pub fn of(scene: &SceneSettings, reverse: bool, looping: bool) -> Self {
        let (start, end) = scene
            .preview_range
            .unwrap_or((scene.frame_start, scene.frame_end));
        Self {
            fps: scene.fps.max(0.01),
            range: (start as f32, end.max(start) as f32),
            reverse,
            looping,
        }
    }
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Due {
    /// This frame.
    Frame(f32),
    /// This frame, and then nothing more.
    Last(f32),
}

/// The time since playing began.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    begun: Option<Begun>,
    /// The frame that was shown last.
    shown: f32,
    /// Playing goes on, backwards if it says so, once the playhead was dragged to another frame.
    pub(super) go_on: Option<bool>,
    drawn: Option<f64>,
    rate: Option<f64>,
}

/// From where frames are counted.
#[derive(Clone, Copy, Debug)]
struct Begun {
    time: f64,
    frame: f32,
    tempo: Tempo,
}

impl Clock {
    /// The frame that is due, where `current` is the one of the document: where something else than the clock
    /// changed it, or the tempo, it goes on from there.
    pub fn due(&mut self, now: f64, current: f32, tempo: Tempo) -> Due {
        let here = |begun: &Begun| begun.tempo == tempo && self.shown == current;
        let begun = self.begun.filter(here).unwrap_or(Begun {
            time: now,
            frame: current,
            tempo,
        });
        self.begun = Some(begun);
        let steps = ((now - begun.time).max(0.0) * f64::from(tempo.fps) + 1e-6).floor();
        let due = at(begun.frame, steps, &tempo);
        let (Due::Frame(frame) | Due::Last(frame)) = due;
        self.shown = frame;
        due
    }

    /// A frame was drawn at this time.
    fn tick(&mut self, now: f64) {
        let last = self.drawn.replace(now);
        let Some(passed) = last.map(|last| now - last).filter(|passed| *passed > 0.0) else {
            return;
        };
        if passed > PAUSE {
            self.rate = None;
            return;
        }
        let rate = 1.0 / passed;
        let share = 1.0 - (-passed / SMOOTH).exp();
        let before = self.rate.unwrap_or(rate);
        self.rate = Some(before + (rate - before) * share);
    }
}

/// The frame so many steps after another.
fn at(from: f32, steps: f64, tempo: &Tempo) -> Due {
    let (start, end) = (f64::from(tempo.range.0), f64::from(tempo.range.1));
    let from = f64::from(from);
    let (frame, beyond) = match tempo.reverse {
        false => (from + steps, from + steps > end),
        true => (from - steps, from - steps < start),
    };
    #[expect(clippy::cast_possible_truncation, reason = "frames are f32")]
    let single = |frame: f64| frame as f32;
    if steps < 1.0 {
        return Due::Frame(single(from));
    }
    let length = end - start + 1.0;
    match (beyond, tempo.looping) {
        (true, false) if tempo.reverse => Due::Last(single(start)),
        (true, false) => Due::Last(single(end)),
        // A start far outside of the range goes to the range first.
        (true, true) if tempo.reverse => {
            let over = start - 1.0 - frame.max(start - steps);
            Due::Frame(single(end - over.rem_euclid(length)))
        }
        (true, true) => {
            let over = frame.min(end + steps) - end - 1.0;
            Due::Frame(single(start + over.max(0.0).rem_euclid(length)))
        }
        (false, _) => Due::Frame(single(match tempo.reverse {
            false => frame.max(start),
            true => frame.min(end),
        })),
    }
}

impl App {
    /// Shows the frame that is due while the animation plays.
    pub(super) fn follow_clock(&mut self, ctx: &Context) {
        if !self.session.is_running()
            && let Some(reverse) = self.clock.go_on.take()
        {
            self.session.play(reverse);
        }
        let Some(playing) = self.session.playing() else {
            let go_on = self.clock.go_on;
            self.clock = Clock {
                go_on,
                ..Clock::default()
            };
            return;
        };
        let now = ctx.input(|input| input.time);
        self.clock.tick(now);
        ctx.request_repaint();
        let scene = &self.session.document.scene;
        let tempo = Tempo::of(scene, playing.reverse, self.session.view.looping);
        let current = scene.frame;
        match self.clock.due(now, current, tempo) {
            Due::Frame(frame) if frame == current => {}
            Due::Frame(frame) => self.session.show_frame(frame),
            Due::Last(frame) => {
                self.session.show_frame(frame);
                self.session.stop_playing(false);
            }
        }
    }

    /// What the interface shows of playing.
    pub(super) fn playback_shown(&self) -> Shown {
        #[expect(clippy::cast_possible_truncation, reason = "for display")]
        let rate = self.clock.rate.map(|rate| rate as f32);
        Shown {
            playing: self.session.playing().map(|playing| playing.reverse),
            rate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPO: Tempo = Tempo {
        fps: 24.0,
        range: (1.0, 48.0),
        reverse: false,
        looping: true,
    };

    #[test]
    fn a_second_of_animation_lasts_a_second() {
        let mut clock = Clock::default();
        assert_eq!(clock.due(100.0, 5.0, TEMPO), Due::Frame(5.0));
        assert_eq!(clock.due(100.02, 5.0, TEMPO), Due::Frame(5.0));
        assert_eq!(clock.due(100.05, 5.0, TEMPO), Due::Frame(6.0));
        // A pause leaves frames out.
        assert_eq!(clock.due(101.0, 6.0, TEMPO), Due::Frame(29.0));
    }

    #[test]
    fn it_begins_anew_at_the_end_or_stops_there() {
        let mut clock = Clock::default();
        clock.due(0.0, 48.0, TEMPO);
        assert_eq!(clock.due(0.05, 48.0, TEMPO), Due::Frame(1.0));
        // Two whole rounds and a frame.
        assert_eq!(clock.due(4.0 + 2.0 / 24.0, 1.0, TEMPO), Due::Frame(2.0));
        let once = Tempo {
            looping: false,
            ..TEMPO
        };
        let mut clock = Clock::default();
        clock.due(0.0, 40.0, once);
        assert_eq!(clock.due(0.25, 40.0, once), Due::Frame(46.0));
        assert_eq!(clock.due(3.0, 46.0, once), Due::Last(48.0));
    }

    #[test]
    fn backwards_is_the_same_the_other_way() {
        let back = Tempo {
            reverse: true,
            ..TEMPO
        };
        let mut clock = Clock::default();
        clock.due(0.0, 3.0, back);
        assert_eq!(clock.due(2.0 / 24.0, 3.0, back), Due::Frame(1.0));
        assert_eq!(clock.due(3.0 / 24.0, 1.0, back), Due::Frame(48.0));
        let once = Tempo {
            looping: false,
            ..back
        };
        assert_eq!(at(3.0, 5.0, &once), Due::Last(1.0));
    }

    #[test]
    fn from_outside_it_goes_to_the_range() {
        assert_eq!(at(-20.0, 1.0, &TEMPO), Due::Frame(1.0));
        assert_eq!(at(200.0, 1.0, &TEMPO), Due::Frame(1.0));
        assert_eq!(at(200.0, 3.0, &TEMPO), Due::Frame(3.0));
        let back = Tempo {
            reverse: true,
            ..TEMPO
        };
        assert_eq!(at(-20.0, 1.0, &back), Due::Frame(48.0));
    }

    #[test]
    fn it_goes_on_from_where_the_playhead_was_put() {
        let mut clock = Clock::default();
        clock.due(0.0, 1.0, TEMPO);
        clock.due(0.5, 1.0, TEMPO);
        assert_eq!(clock.due(0.6, 30.0, TEMPO), Due::Frame(30.0));
        assert_eq!(clock.due(0.6 + 2.0 / 24.0, 30.0, TEMPO), Due::Frame(32.0));
    }

    #[test]
    fn drawn_frames_are_counted() {
        let mut clock = Clock::default();
        for place in 0..120 {
            clock.tick(f64::from(place) / 60.0);
        }
        assert!((clock.rate.unwrap() - 60.0).abs() < 0.5);
    }
}
