//! The five slides in the hand: the pointer gives the factor, keys choose the channels and an axis.
//!
//! The frames are looked up once, when one begins. Factors beyond 0 to 1 are kept by the parameter `overshoot`,
//! so that the call that remains does what the hand did.

use crate::ops::context::{Context, Request};
use crate::ops::event::{Event, EventKind, ModalKey};
use crate::ops::operator::{Flow, Header, Held, Mark, Modal, Refusal};
use crate::ops::pose::slide::{AxisLock, Channels, Mode, Slide, Sliding, frames};
use crate::ops::shared::slider::Slider;

/// The keys that limit a slide to some channels.
const CHANNELS: [(ModalKey, Channels); 5] = [
    (ModalKey::Location, Channels::Location),
    (ModalKey::Rotation, Channels::Rotation),
    (ModalKey::Scale, Channels::Scale),
    (ModalKey::BendyBone, Channels::Bendy),
    (ModalKey::Custom, Channels::Custom),
];
/// The keys that limit it to an axis.
const AXES: [(ModalKey, AxisLock); 3] = [
    (ModalKey::AxisX, AxisLock::X),
    (ModalKey::AxisY, AxisLock::Y),
    (ModalKey::AxisZ, AxisLock::Z),
];
/// What is held or typed meanwhile.
const HELD: &[Held] = &[
    Held::Shift("Precise"),
    Held::Ctrl("Steps"),
    Held::Digits("Percent"),
];

impl Mode {
    /// What the header says.
    fn title(self) -> &'static str {
        match self {
            Self::Push => "Push Pose",
            Self::Relax => "Relax Pose",
            Self::Breakdown => "Breakdown",
            Self::BlendToNeighbor => "Blend to Neighbor",
            Self::BlendWithRest => "Blend with Rest",
        }
    }

    /// The range of the factor; rest may be approached or left behind.
    fn bounds(self) -> (f32, f32) {
        match self {
            Self::BlendWithRest => (-1.0, 1.0),
            _ => (0.0, 1.0),
        }
    }
}

impl Slide {
    /// Limits it to these channels, or no longer if it was.
    fn limit(&mut self, channels: Channels) {
        self.axis_lock = AxisLock::Free;
        self.channels = match self.channels == channels {
            true => Channels::All,
            false => channels,
        };
    }

    /// Limits it to an axis, or no longer if it was; channels without axes have no limit.
    fn lock(&mut self, axis: AxisLock) {
        self.axis_lock = match self.axis_lock == axis || !self.has_axes() {
            true => AxisLock::Free,
            false => axis,
        };
    }

    fn has_axes(&self) -> bool {
        use Channels::{Location, Rotation, Scale};
        [Location, Rotation, Scale].contains(&self.channels)
    }

    /// The keys that limit it, with those that are on.
    fn marks(&self) -> Vec<Mark> {
        let channels = CHANNELS.iter().map(|&(key, channels)| Mark {
            key,
            on: self.channels == channels,
            axis: None,
        });
        let axes = AXES.iter().enumerate();
        let axes = axes.filter(|_| self.has_axes());
        let axes = axes.map(|(axis, &(key, lock))| Mark {
            key,
            on: self.axis_lock == lock,
            axis: Some(axis),
        });
        channels.chain(axes).collect()
    }

    /// The limits in words.
    fn note(&self) -> String {
        use crate::model::choice::Choice;
        match (self.channels, self.axis_lock) {
            (Channels::All, _) => String::new(),
            (channels, AxisLock::Free) => format!("only {}", channels.label()),
            (channels, axis) => format!("only {} {}", channels.label(), axis.label()),
        }
    }
}

impl<T: Sliding> Modal for T {
    type Drag = Slider;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Slider, Refusal> {
        let slide = self.slide_mut();
        (slide.prev_frame, slide.next_frame) = frames::around(cx.doc)?;
        if T::MODE == Mode::BlendWithRest {
            slide.factor = 0.0;
        }
        let slider = Slider::new(slide.factor, T::MODE.bounds(), event);
        follow(self, &slider);
        Ok(slider)
    }

    fn handle(&mut self, slider: &mut Slider, cx: &Context, event: &Event) -> Flow {
        let before = self.slide().clone();
        let key = match event.kind {
            EventKind::Key(key) => Some(key),
            _ => None,
        };
        match key {
            Some(ModalKey::Confirm) => return Flow::Finish,
            Some(ModalKey::Cancel) => return Flow::Cancel,
            Some(ModalKey::ToggleBones) => {
                cx.request(Request::TurnBones);
                return Flow::Changed;
            }
            _ => {}
        }
        if let Some(channels) = key.and_then(|key| find(&CHANNELS, key)) {
            self.slide_mut().limit(channels);
        } else if let Some(axis) = key.and_then(|key| find(&AXES, key)) {
            self.slide_mut().lock(axis);
        } else {
            match slider.take(event) {
                Flow::Changed => follow(self, slider),
                flow => return flow,
            }
        }
        match *self.slide() == before {
            true => Flow::Idle,
            false => Flow::Changed,
        }
    }

    fn header(&self, slider: &Slider) -> Header {
        let slide = self.slide();
        let axes = AXES.iter().filter(|_| !slide.has_axes());
        Header {
            value: slider.text(),
            typing: slider.typing(),
            note: slide.note(),
            slider: Some(slider.bar(T::MODE.title())),
            marks: slide.marks(),
            idle: axes.map(|(key, _)| *key).collect(),
            held: HELD,
            ..Header::default()
        }
    }
}

/// Takes the factor over; where it may leave 0 to 1, the call says so.
fn follow<T: Sliding>(op: &mut T, slider: &Slider) {
    let slide = op.slide_mut();
    slide.factor = slider.factor();
    slide.overshoot = slider.overshoots() || slider.bounds() != (0.0, 1.0);
}

fn find<V: Copy>(all: &[(ModalKey, V)], key: ModalKey) -> Option<V> {
    let found = all.iter().find(|(known, _)| *known == key)?;
    Some(found.1)
}
