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
mod tests {
    use glam::Vec2;

    use super::*;

    const SHIFT: Modifiers = Modifiers {
        shift: true,
        ctrl: false,
        alt: false,
    };
    const CTRL: Modifiers = Modifiers {
        shift: false,
        ctrl: true,
        alt: false,
    };
    const NONE: Modifiers = Modifiers {
        shift: false,
        ctrl: false,
        alt: false,
    };

    fn event(kind: EventKind, x: f32, modifiers: Modifiers) -> Event {
        Event {
            kind,
            pointer: Vec2::new(x, 40.0),
            modifiers,
        }
    }

    fn unit() -> Slider {
        Slider::new(0.5, (0.0, 1.0), &event(EventKind::Start, 100.0, NONE))
    }

    fn signed() -> Slider {
        Slider::new(0.0, (-1.0, 1.0), &event(EventKind::Start, 100.0, NONE))
    }

    fn go(slider: &mut Slider, x: f32, modifiers: Modifiers) -> Flow {
        slider.take(&event(EventKind::Move, x, modifiers))
    }

    fn press(slider: &mut Slider, key: ModalKey) -> Flow {
        slider.take(&event(EventKind::Key(key), slider.last, slider.held))
    }

    fn typed(slider: &mut Slider, text: &str) {
        for sign in text.chars() {
            slider.take(&event(EventKind::Character(sign), slider.last, NONE));
        }
    }

    #[test]
    fn three_hundred_points_span_the_range() {
        let mut slider = unit();
        for (x, factor) in [(100.0, 0.5), (190.0, 0.8), (250.0, 1.0), (10.0, 0.2)] {
            go(&mut slider, x, NONE);
            assert_eq!(slider.factor(), factor, "{x}");
        }
        let mut slider = signed();
        for (x, factor) in [(250.0, 1.0), (175.0, 0.5), (100.0, 0.0), (25.0, -0.5)] {
            go(&mut slider, x, NONE);
            assert_eq!(slider.factor(), factor, "{x}");
        }
    }

    #[test]
    fn small_steps_add_up_exactly() {
        let mut slider = unit();
        for x in 101..=250_u8 {
            go(&mut slider, f32::from(x), NONE);
        }
        assert_eq!(slider.factor(), 1.0);
    }

    #[test]
    fn only_the_way_sideways_counts() {
        let mut slider = unit();
        let mut down = event(EventKind::Move, 100.0, NONE);
        down.pointer.y = 900.0;
        assert_eq!(slider.take(&down), Flow::Idle);
        assert_eq!(slider.factor(), 0.5);
    }

    #[test]
    fn it_is_clamped_until_it_may_overshoot() {
        let mut slider = unit();
        assert_eq!(go(&mut slider, 310.0, NONE), Flow::Changed);
        assert_eq!(slider.factor(), 1.0);
        assert_eq!(press(&mut slider, ModalKey::Overshoot), Flow::Changed);
        assert_eq!(slider.factor(), 1.2);
        go(&mut slider, -110.0, NONE);
        assert_eq!(slider.factor(), -0.2);
        press(&mut slider, ModalKey::Overshoot);
        assert_eq!(slider.factor(), 0.0);
        // From beyond the end the pointer has to come all the way back.
        assert_eq!(go(&mut slider, -80.0, NONE), Flow::Idle);
        assert_eq!(slider.factor(), 0.0);
    }

    #[test]
    fn precision_neither_jumps_when_it_sets_in_nor_when_it_ends() {
        let mut slider = unit();
        go(&mut slider, 130.0, NONE);
        go(&mut slider, 130.0, SHIFT);
        assert_eq!(slider.factor(), 0.6);
        // 24 points at an eighth are 3.
        go(&mut slider, 154.0, SHIFT);
        assert_eq!(slider.factor(), 0.61);
        go(&mut slider, 154.0, NONE);
        assert_eq!(slider.factor(), 0.61);
        go(&mut slider, 181.0, NONE);
        assert_eq!(slider.factor(), 0.7);
    }

    #[test]
    fn steps_are_tenths_and_leave_the_way_alone() {
        let mut slider = unit();
        go(&mut slider, 140.0, CTRL);
        assert_eq!(slider.factor(), 0.6);
        go(&mut slider, 148.0, CTRL);
        assert_eq!(slider.factor(), 0.7);
        go(&mut slider, 148.0, NONE);
        assert_eq!(slider.factor(), 0.66);
        let mut slider = unit().without_steps();
        go(&mut slider, 148.0, CTRL);
        assert_eq!(slider.factor(), 0.66);
    }

    #[test]
    fn the_keys_that_started_it_mean_nothing_until_they_were_released() {
        let both = Modifiers {
            ctrl: true,
            ..SHIFT
        };
        let start = event(EventKind::Start, 100.0, both);
        let mut slider = Slider::new(0.5, (0.0, 1.0), &start);
        go(&mut slider, 148.0, both);
        assert_eq!(slider.factor(), 0.66);
        go(&mut slider, 148.0, SHIFT);
        go(&mut slider, 148.0, both);
        assert_eq!(slider.factor(), 0.7);
        assert!(!slider.precise());
        go(&mut slider, 148.0, NONE);
        go(&mut slider, 148.0, SHIFT);
        assert!(slider.precise());
    }

    #[test]
    fn typed_numbers_are_percent_within_the_range() {
        let mut slider = unit();
        go(&mut slider, 130.0, NONE);
        typed(&mut slider, "25");
        assert_eq!(slider.factor(), 0.25);
        assert_eq!(slider.text(), "25%");
        typed(&mut slider, "0");
        assert_eq!(slider.factor(), 1.0);
        assert_eq!(go(&mut slider, 160.0, NONE), Flow::Idle);
        press(&mut slider, ModalKey::Erase);
        typed(&mut slider, ".5");
        assert_eq!(slider.factor(), 0.255);
        typed(&mut slider, "-");
        assert_eq!(slider.text(), "\u{2212}25.5%");
        assert_eq!(slider.factor(), 0.0);
        press(&mut slider, ModalKey::EraseNumber);
        assert!(!slider.typing());
        assert_eq!(slider.factor(), 0.7);
    }

    #[test]
    fn a_sign_counts_where_the_range_has_two_sides() {
        let mut slider = signed();
        typed(&mut slider, "-");
        assert_eq!(slider.factor(), 0.0);
        typed(&mut slider, "50");
        assert_eq!(slider.factor(), -0.5);
        typed(&mut slider, "0");
        assert_eq!(slider.factor(), -1.0);
        for _ in 0..3 {
            assert_eq!(press(&mut slider, ModalKey::Erase), Flow::Changed);
        }
        assert!(slider.typing());
        press(&mut slider, ModalKey::Erase);
        assert!(!slider.typing());
        assert_eq!(press(&mut slider, ModalKey::Erase), Flow::Idle);
    }

    #[test]
    fn the_text_is_whole_percent_with_a_true_minus_and_finer_with_precision() {
        let mut slider = signed();
        go(&mut slider, 47.0, NONE);
        assert_eq!(slider.text(), "\u{2212}35%");
        go(&mut slider, 47.0, SHIFT);
        assert_eq!(slider.text(), "\u{2212}35.3%");
        go(&mut slider, 99.9, NONE);
        assert_eq!(slider.text(), "0%");
    }

    #[test]
    fn a_drag_ends_with_its_button_and_a_click_goes_on() {
        let mut slider = unit();
        let release = event(EventKind::Release, 100.0, NONE);
        assert_eq!(slider.take(&release), Flow::Idle);
        go(&mut slider, 110.0, NONE);
        assert_eq!(slider.take(&release), Flow::Finish);
    }

    #[test]
    fn what_the_pointer_did_elsewhere_does_not_count() {
        let mut slider = unit();
        go(&mut slider, 130.0, NONE);
        slider.take(&event(EventKind::Start, 400.0, NONE));
        go(&mut slider, 430.0, NONE);
        assert_eq!(slider.factor(), 0.7);
        let alt = Modifiers { alt: true, ..NONE };
        go(&mut slider, 600.0, alt);
        assert_eq!(slider.factor(), 0.7);
    }
}
