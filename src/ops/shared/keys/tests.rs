//! Keys that are set and taken out, and what becomes of their neighbours.

use std::sync::Arc;

use super::*;
use crate::eval::{fcurve, handles};
use crate::model::action::Action;
use crate::model::fcurve::{AutoSmoothing, Cycle, FCurve, Key, Modifier};

fn curve(keys: &[(f32, f32)]) -> FCurve {
    let mut curve = FCurve::new(Some("hand"), "location", 0);
    let made = keys.iter().map(|&(frame, value)| Key::new(frame, value));
    curve.keys = Arc::new(made.collect());
    handles::recalculate(&mut curve);
    curve
}

#[test]
fn a_key_is_needed_only_where_the_value_differs() {
    let mut curve = curve(&[(1.0, 2.0), (11.0, 2.0)]);
    let needed = Insert {
        needed: true,
        ..Insert::new(5.0, 2.0)
    };
    assert_eq!(insert(&mut curve, &needed), None);
    let other = Insert {
        value: 2.000_01,
        ..needed
    };
    assert_eq!(insert(&mut curve, &other), Some(1));
    assert_eq!(insert(&mut curve, &other), None);
}

#[test]
fn the_second_key_of_a_curve_goes_by_the_marks_it_had_before() {
    let whole = Insert {
        values: Some(Values::Int),
        ..Insert::new(11.0, 5.0)
    };
    let mut loaded = curve(&[(1.0, 0.2)]);
    insert(&mut loaded, &whole);
    assert_eq!(loaded.keys[1].interpolation, Interpolation::Bezier);
    assert!(loaded.int_values);
    let mut fresh = curve(&[]);
    insert(&mut fresh, &whole);
    insert(
        &mut fresh,
        &Insert {
            frame: 1.0,
            ..whole
        },
    );
    assert_eq!(fresh.keys[0].interpolation, Interpolation::Linear);
}

#[test]
fn selection_moves_with_the_keys() {
    let mut curve = curve(&[(1.0, 0.0), (11.0, 1.0), (21.0, 0.0)]);
    curve.selection.keys.set(1, true);
    curve.selection.right.set(2, true);
    assert_eq!(insert(&mut curve, &Insert::new(5.0, 0.5)), Some(1));
    let chosen = |set: &crate::model::bits::BitSet| set.iter().collect::<Vec<_>>();
    assert_eq!(chosen(&curve.selection.keys), [1, 2]);
    assert_eq!(chosen(&curve.selection.left), [1]);
    assert_eq!(chosen(&curve.selection.right), [1, 3]);
    remove(&mut curve, |place, _| place == 1);
    assert_eq!(chosen(&curve.selection.keys), [1]);
    assert_eq!(chosen(&curve.selection.right), [2]);
}

#[test]
fn a_key_within_a_free_segment_keeps_its_shape() {
    let mut curve = curve(&[(0.0, 0.0), (10.0, 4.0), (30.0, -3.0)]);
    for key in Arc::make_mut(&mut curve.keys) {
        key.left_type = HandleType::Free;
        key.right_type = HandleType::Free;
        key.right[1] += 2.0;
    }
    let before: Vec<f32> = (0..60)
        .map(|i| fcurve::value(&curve, i as f32 / 2.0))
        .collect();
    let value = fcurve::value(&curve, 17.0);
    insert(&mut curve, &Insert::new(17.0, value)).unwrap();
    for (i, wanted) in before.into_iter().enumerate() {
        let found = fcurve::value(&curve, i as f32 / 2.0);
        assert!((found - wanted).abs() < 1e-4, "{i}: {found} {wanted}");
    }
    assert_eq!(curve.keys[2].left_type, HandleType::Aligned);
}

#[test]
fn a_frame_outside_of_a_cycle_is_wrapped_into_it_and_its_ends_stay_alike() {
    let mut curve = curve(&[(0.0, 1.0), (10.0, 4.0), (20.0, 1.0)]);
    curve.modifiers.push(Modifier {
        mode_before: Cycle::Repeat,
        mode_after: Cycle::Repeat,
        ..Modifier::default()
    });
    let aware = Insert {
        cycle_aware: true,
        ..Insert::new(45.0, 2.0)
    };
    assert_eq!(insert(&mut curve, &aware), Some(1));
    assert_eq!(curve.keys[1].co, [5.0, 2.0]);
    assert_eq!(
        insert(
            &mut curve,
            &Insert {
                frame: 0.0,
                ..aware
            }
        ),
        Some(0)
    );
    assert_eq!(curve.keys[3].co, [20.0, 2.0]);
}

#[test]
fn a_key_over_another_moves_its_handles_along() {
    let mut curve = curve(&[(0.0, 0.0), (10.0, 1.0), (20.0, 5.0)]);
    for key in Arc::make_mut(&mut curve.keys) {
        key.left_type = HandleType::Free;
        key.right_type = HandleType::Free;
    }
    let old = curve.keys[1];
    assert_eq!(insert(&mut curve, &Insert::new(10.005, 3.0)), Some(1));
    let new = curve.keys[1];
    assert_eq!(new.co, [10.0, 3.0]);
    assert_eq!(new.left, [old.left[0], old.left[1] + 2.0]);
}

#[test]
fn sorting_swaps_crossed_handles_and_takes_the_selection_along() {
    let mut curve = curve(&[(0.0, 0.0), (10.0, 1.0), (20.0, 2.0)]);
    curve.selection.keys.set(2, true);
    let keys = Arc::make_mut(&mut curve.keys);
    keys[2].co[0] = 5.0;
    keys[2].right[0] = 4.0;
    sort(&mut curve);
    let frames: Vec<f32> = curve.keys.iter().map(Key::frame).collect();
    assert_eq!(frames, [0.0, 5.0, 10.0]);
    assert!(curve.keys[1].right[0] == curve.keys[2].co[0] + 6.0 || curve.keys[1].left[0] <= 5.0);
    assert_eq!(curve.selection.keys.iter().collect::<Vec<_>>(), [1]);
}

#[test]
fn a_missing_curve_is_made_in_the_group_of_its_bone() {
    let mut action = Action::default();
    let key = Insert::new(3.0, 1.5);
    let replace = Insert {
        replace: true,
        ..key
    };
    assert_eq!(
        insert_in(&mut action, Some("hand"), "location", 1, &replace),
        None
    );
    assert!(action.fcurves.is_empty());
    insert_in(&mut action, Some("hand"), "location", 1, &key).unwrap();
    insert_in(&mut action, Some("foot"), "scale", 0, &key).unwrap();
    insert_in(&mut action, Some("hand"), "location", 2, &key).unwrap();
    let bones: Vec<_> = action
        .fcurves
        .iter()
        .map(|curve| curve.bone.as_deref().unwrap())
        .collect();
    assert_eq!(bones, ["hand", "hand", "foot"]);
    let (name, group) = &action.groups[0];
    assert_eq!(
        (name.as_str(), group.select, group.expanded),
        ("hand", true, false)
    );
    assert!(remove_in(&mut action, 2, |_, _| true));
    assert_eq!(action.groups.len(), 1);
}

#[test]
fn a_key_in_an_even_turn_is_set_in_all_four_components() {
    let mut action = Action::default();
    let ends = [[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]];
    for (index, (from, to)) in (0..).zip(ends[0].into_iter().zip(ends[1])) {
        let place = channel(&mut action, Some("hand"), "rotation_quaternion", index);
        let curve = Arc::make_mut(&mut action.fcurves[place]);
        curve.spherical = true;
        insert(curve, &Insert::new(0.0, from));
        insert(curve, &Insert::new(10.0, to));
    }
    let half = Insert {
        needed: true,
        ..Insert::new(5.0, std::f32::consts::FRAC_1_SQRT_2)
    };
    let insert = |action: &mut Action, insert: &Insert| {
        insert_in(action, Some("hand"), "rotation_quaternion", 0, insert)
    };
    assert_eq!(insert(&mut action, &half), None);
    let other = Insert { value: 0.5, ..half };
    assert_eq!(insert(&mut action, &other), Some((0, 1)));
    for (curve, wanted) in action.fcurves.iter().zip([0.5, half.value, 0.0, 0.0]) {
        let key = curve.keys[1];
        assert_eq!(key.interpolation, Interpolation::Linear);
        assert!((key.value() - wanted).abs() < 1e-6);
    }
    // The keys that are there now stay as they are, even where the four are no rotation for a while.
    assert_eq!(
        insert(&mut action, &Insert { value: 0.1, ..half }),
        Some((0, 1))
    );
    assert!((action.fcurves[1].keys[1].value() - half.value).abs() < 1e-6);
}

/// Pseudo-random numbers, 0 to 1.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f32 {
        self.0 = (self.0 * 1_103_515_245 + 12_345) % (1 << 31);
        (self.0 >> 8) as f32 / (1 << 23) as f32
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[(self.next() * of.len() as f32) as usize % of.len()]
    }
}

/// A curve of any kind; `types` are those that its handles may have.
fn any_curve(random: &mut Random, types: &[HandleType]) -> FCurve {
    let mut curve = curve(&[]);
    let (mut keys, mut frame) = (Vec::new(), 0.0);
    for place in 0..(random.next() * 9.0) as usize {
        frame += random.pick(&[0.5, 1.0, 4.0, 10.0]);
        let left_type = random.pick(types);
        let mixed = random.next() < 0.1;
        let right_type = if mixed { random.pick(types) } else { left_type };
        let values = [0.0, 1.0, random.next()];
        keys.push(Key {
            left_type,
            right_type,
            interpolation: random.pick(&[Interpolation::Bezier, Interpolation::Sine]),
            left: [frame - 2.0 * random.next(), random.next()],
            right: [frame + 2.0 * random.next(), random.next()],
            ..Key::new(frame, random.pick(&values))
        });
        curve.selection.keys.set(place, random.next() < 0.3);
        curve.selection.left.set(place, random.next() < 0.3);
    }
    curve.keys = Arc::new(keys);
    curve.auto_smoothing = random.pick(&[AutoSmoothing::ContAccel, AutoSmoothing::None]);
    if random.next() < 0.3 {
        curve.modifiers.push(Modifier {
            mode_before: Cycle::Repeat,
            mode_after: Cycle::Repeat,
            ..Modifier::default()
        });
    }
    handles::recalculate(&mut curve);
    curve
}

#[test]
fn keys_set_in_one_go_are_those_that_are_set_one_after_the_other() {
    use HandleType::{Aligned, Auto, AutoClamped, Free, Vector};
    let kinds: [&[HandleType]; 4] = [
        &[AutoClamped, Auto],
        &[AutoClamped, Vector],
        &[Free],
        &[AutoClamped, Auto, Vector, Aligned, Free],
    ];
    let mut random = Random(7);
    for turn in 0..2000 {
        let curve = any_curve(&mut random, kinds[turn % kinds.len()]);
        let (mut frames, mut frame) = (Vec::new(), -3.0);
        for _ in 0..(random.next() * 12.0) as usize {
            frame += random.pick(&[0.004, 0.5, 1.0, 4.5, 9.0]);
            frames.push(frame);
        }
        let wanted = Insert::new(0.0, random.pick(&[0.0, 0.7]));
        let (mut many, mut single) = (curve.clone(), curve);
        let count = insert_at(&mut many, &frames, &wanted);
        for &frame in &frames {
            insert(&mut single, &Insert { frame, ..wanted });
        }
        assert_eq!(count, frames.len());
        assert_eq!(many, single, "turn {turn}, frames {frames:?}");
    }
}
