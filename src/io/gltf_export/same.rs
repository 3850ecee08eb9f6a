//! Whether a curve still moves its bone as it did: pointers first, then what counts for the motion.
//!
//! Selection, locks, groups and the kinds of keys do not move anything.

use std::sync::Arc;

use crate::model::fcurve::{Extrapolation, FCurve, Interpolation, Key};

/// Whether two curves give the same motion.
pub fn same(a: &Arc<FCurve>, b: &Arc<FCurve>) -> bool {
    Arc::ptr_eq(a, b) || same_motion(a, b)
}

fn same_motion(a: &FCurve, b: &FCurve) -> bool {
    a.bone == b.bone
        && a.property == b.property
        && a.index == b.index
        && a.mute == b.mute
        && a.extrapolation == b.extrapolation
        && a.modifiers == b.modifiers
        && (a.int_values, a.discrete_values, a.spherical)
            == (b.int_values, b.discrete_values, b.spherical)
        && (Arc::ptr_eq(&a.keys, &b.keys) || same_keys(a, b))
}

fn same_keys(a: &FCurve, b: &FCurve) -> bool {
    let outer = |curve: &FCurve| {
        let ends = curve.keys.first().zip(curve.keys.last());
        ends.map(|(first, last)| (first.left, last.right))
    };
    a.keys.len() == b.keys.len()
        && (a.extrapolation == Extrapolation::Constant || outer(a) == outer(b))
        && a.keys.iter().zip(b.keys.iter()).all(|(a, b)| a.co == b.co)
        && a.keys
            .windows(2)
            .zip(b.keys.windows(2))
            .all(|pairs| match pairs {
                ([a, a_next], [b, b_next]) => same_segment((a, a_next), (b, b_next)),
                _ => true,
            })
}

/// Whether the curve runs the same way between two keys that are where they were.
fn same_segment((a, a_next): (&Key, &Key), (b, b_next): (&Key, &Key)) -> bool {
    a.interpolation == b.interpolation
        && match a.interpolation {
            Interpolation::Constant | Interpolation::Linear => true,
            Interpolation::Bezier => a.right == b.right && a_next.left == b_next.left,
            _ => {
                a.easing == b.easing
                    && (a.back, a.amplitude, a.period) == (b.back, b.amplitude, b.period)
            }
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_moves_counts() {
        let curve = FCurve {
            keys: Arc::new(vec![Key::new(1.0, 0.0), Key::new(9.0, 1.0)]),
            ..FCurve::new(Some("bone"), "location", 0)
        };
        let with = |change: &dyn Fn(&mut FCurve)| {
            let mut other = curve.clone();
            change(&mut other);
            same(&Arc::new(curve.clone()), &Arc::new(other))
        };
        assert!(with(&|c| {
            c.select = false;
            c.selection.keys.set(0, true);
            c.group = None;
        }));
        // The outer handles of a curve do not move anything.
        assert!(with(&|c| Arc::make_mut(&mut c.keys)[0].left[1] = 5.0));
        assert!(!with(&|c| Arc::make_mut(&mut c.keys)[0].right[1] = 5.0));
        assert!(!with(&|c| Arc::make_mut(&mut c.keys)[1].co[1] = 5.0));
        assert!(!with(&|c| c.mute = true));
    }
}
