//! Tests of the factor that follows the pointer.

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
