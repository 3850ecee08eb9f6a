//! A factor that follows the pointer sideways: 300 points span its whole range, from where it began.
//!
//! It knows no operator. Whoever owns it gives it every event and asks for the factor; what the keymap calls
//! confirm and cancel, and all other keys, are the owner's.

use crate::ops::event::{Event, EventKind, ModalKey, Modifiers};
use crate::ops::operator::{Flow, SliderBar};
use crate::ops::shared::numeric_input::NumericInput;

/// Points of pointer travel from one end of the range to the other.
pub const TRAVEL: f32 = 300.0;
/// What precision leaves of a movement.
const PRECISION: f32 = 0.125;
/// Steps in a unit, while snapping.
const STEPS: f32 = 10.0;
/// A pointer that went no farther than this only clicked, points.
const CLICK: f32 = 3.0;

/// A factor that follows the pointer, the keys and the typed number.
#[derive(Clone, Debug, PartialEq)]
pub struct Slider {
    bounds: (f32, f32),
    start: f32,
    /// How far the pointer went to the right, as slowed down, points: sums of points stay exact.
    way: f32,
    last: f32,
    dragged: bool,
    overshoot: bool,
    steps: bool,
    held: Modifiers,
    /// Held since before the start, as part of the key that started it: they count once released.
    stale: Modifiers,
    numbers: NumericInput,
}

impl Slider {
    /// Begins with this factor at the event's pointer.
    pub fn new(start: f32, bounds: (f32, f32), event: &Event) -> Self {
        Self {
            bounds,
            start,
            way: 0.0,
            last: event.pointer.x,
            dragged: false,
            overshoot: false,
            steps: true,
            held: Modifiers::default(),
            stale: event.modifiers,
            numbers: NumericInput::default(),
        }
    }

    /// Ctrl means no steps: it is free for something else.
    pub fn without_steps(mut self) -> Self {
        self.steps = false;
        self
    }

    /// The factor now.
    pub fn factor(&self) -> f32 {
        let (min, max) = self.bounds;
        if let Some(percent) = self.numbers.value(0) {
            return (percent / 100.0).clamp(min, max);
        }
        let range = max - min;
        let mut factor = self.start + self.way * range / TRAVEL;
        if !self.overshoot {
            factor = factor.clamp(min, max);
        }
        if self.snapping() {
            factor = (factor * STEPS).round() / STEPS;
        }
        // No negative zero.
        factor + 0.0
    }

    /// The range of the factor.
    pub fn bounds(&self) -> (f32, f32) {
        self.bounds
    }

    /// Whether the factor may leave its range.
    pub fn overshoots(&self) -> bool {
        self.overshoot
    }

    /// Whether a number is being typed, so that the pointer does not count.
    pub fn typing(&self) -> bool {
        self.numbers.active()
    }

    /// Whether the factor goes in steps now.
    pub fn snapping(&self) -> bool {
        self.steps && self.held.ctrl
    }

    /// Whether the pointer counts less now.
    pub fn precise(&self) -> bool {
        self.held.shift
    }

    /// Takes an event: `Finish` where a drag ended, `Changed` where the factor is another one or its look
    /// is, `PassThrough` where the event is none of its own.
    pub fn take(&mut self, event: &Event) -> Flow {
        match event.kind {
            EventKind::Start => {
                // Someone else had the pointer in between.
                self.last = event.pointer.x;
                Flow::Idle
            }
            EventKind::Move => self.follow(event),
            EventKind::Release if self.dragged => Flow::Finish,
            EventKind::Release => Flow::Idle,
            EventKind::Character(sign) => changed(self.numbers.type_character(sign)),
            EventKind::Key(ModalKey::Overshoot) => {
                self.overshoot = !self.overshoot;
                Flow::Changed
            }
            EventKind::Key(ModalKey::Erase | ModalKey::EraseNumber) if !self.numbers.active() => {
                Flow::Idle
            }
            EventKind::Key(ModalKey::Erase) => {
                self.numbers.erase();
                Flow::Changed
            }
            EventKind::Key(ModalKey::EraseNumber) => {
                self.numbers = NumericInput::default();
                Flow::Changed
            }
            EventKind::Key(_) => Flow::PassThrough,
        }
    }

    fn follow(&mut self, event: &Event) -> Flow {
        let before = (self.factor(), self.held);
        let moved = event.pointer.x - self.last;
        self.last = event.pointer.x;
        self.hold(event.modifiers);
        if moved.is_finite() && !self.held.alt {
            self.way += if self.precise() {
                moved * PRECISION
            } else {
                moved
            };
            self.dragged |= self.way.abs() > CLICK;
        }
        changed(before != (self.factor(), self.held))
    }

    fn hold(&mut self, now: Modifiers) {
        let Modifiers { shift, ctrl, alt } = self.stale;
        self.stale = Modifiers {
            shift: shift && now.shift,
            ctrl: ctrl && now.ctrl,
            alt: alt && now.alt,
        };
        self.held = Modifiers {
            shift: now.shift && !self.stale.shift,
            ctrl: now.ctrl && !self.stale.ctrl,
            alt: now.alt && !self.stale.alt,
        };
    }

    /// How the header shows it.
    pub fn bar(&self, title: &str) -> SliderBar {
        SliderBar {
            title: title.to_owned(),
            value: self.factor(),
            bounds: self.bounds,
            overshoot: self.overshoot,
        }
    }

    /// The factor in percent, or what is being typed.
    pub fn text(&self) -> String {
        if self.typing() {
            return self.numbers.text(0) + "%";
        }
        let percent = self.factor() * 100.0;
        let whole = percent.round();
        match self.precise() {
            true => format!("{:.1}%", (percent * 10.0).round() / 10.0 + 0.0),
            false => format!("{:.0}%", whole + 0.0),
        }
        .replace('-', "\u{2212}")
    }
}

fn changed(changed: bool) -> Flow {
    if changed { Flow::Changed } else { Flow::Idle }
}

#[cfg(test)]
mod tests;
