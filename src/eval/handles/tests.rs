//! Handles that are found anew, as numbers.

use super::*;

fn curve(keys: &[(f32, f32)]) -> FCurve {
    let mut curve = FCurve::new(None, "location", 0);
    let made = keys.iter().map(|&(frame, value)| Key::new(frame, value));
    curve.keys = Arc::new(made.collect());
    curve
}

#[test]
fn ends_and_extremes_of_clamped_keys_are_flat() {
    let mut curve = curve(&[(1.0, 0.0), (11.0, 4.0), (21.0, 1.0)]);
    recalculate(&mut curve);
    for key in curve.keys.iter() {
        assert_eq!([key.left[1], key.right[1]], [key.co[1]; 2]);
    }
    assert_eq!(curve.keys[1].left[0], 11.0 - 10.0 / 3.0);
}

#[test]
fn acceleration_goes_on_through_a_free_key() {
    // Ends flat, steps of 10 frames: 4h = 1 + 5 = 6 at the middle key.
    let mut curve = curve(&[(0.0, 0.0), (10.0, 1.0), (20.0, 6.0)]);
    recalculate(&mut curve);
    let middle = curve.keys[1];
    // Clamped: no higher than the lower neighbour's distance.
    assert_eq!([middle.left[1], middle.right[1]], [0.0, 2.0]);
    for key in Arc::make_mut(&mut curve.keys) {
        key.left_type = HandleType::Auto;
        key.right_type = HandleType::Auto;
    }
    recalculate(&mut curve);
    let middle = curve.keys[1];
    assert!((middle.left[1] + 0.5).abs() < 1e-6);
    assert!((middle.right[1] - 2.5).abs() < 1e-6);
}

#[test]
fn without_acceleration_a_handle_follows_the_mean_slope() {
    let mut curve = curve(&[(0.0, 0.0), (10.0, 10.0), (20.0, 40.0)]);
    curve.auto_smoothing = AutoSmoothing::None;
    recalculate(&mut curve);
    let middle = curve.keys[1];
    // The mean slope is 2; a handle is 10 / 2.5614 / 2 · 2 frames long at most.
    let run = 10.0 - middle.left[0];
    assert!((run - 10.0 / 2.5614).abs() < 1e-5, "{run}");
    assert!((middle.right[1] - 10.0 - 2.0 * run).abs() < 1e-4);
}

#[test]
fn a_handle_stays_on_its_side_and_an_aligned_one_follows_its_partner() {
    let mut curve = curve(&[(0.0, 0.0), (10.0, 0.0), (20.0, 0.0)]);
    {
        let keys = Arc::make_mut(&mut curve.keys);
        keys[1].left_type = HandleType::Aligned;
        keys[1].right_type = HandleType::Aligned;
        keys[1].left = [13.0, 3.0];
        keys[1].right = [14.0, 4.0];
    }
    recalculate(&mut curve);
    let middle = curve.keys[1];
    assert!(middle.left[0] < 10.0);
    let (left, right) = (
        from_to(middle.left, middle.co),
        from_to(middle.co, middle.right),
    );
    assert!((left[0] * right[1] - left[1] * right[0]).abs() < 1e-5);
}
