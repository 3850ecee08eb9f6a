//! Moving, turning and scaling selected empties beside the bones; world space throughout.

use glam::{Mat3, Vec3};

use crate::math::rotation::{self, EulerOrder};
use crate::math::transform::normalized_columns;
use crate::model::document::Document;
use crate::model::empty::Empty;
use crate::model::transform_settings::PivotPoint;
use crate::ops::transform::targets::Targets;

/// An empty that is transformed.
#[derive(Clone, Debug)]
pub struct EmptyTarget {
    /// Its place in the document's list.
    pub place: usize,
    /// As it was.
    pub before: Empty,
}

impl EmptyTarget {
    /// Where it is.
    pub fn origin(&self) -> Vec3 {
        self.before.location.into()
    }

    /// Its axes at unit length, a column each.
    pub fn axes(&self) -> Mat3 {
        self.before.axes()
    }
}

/// The selected empties.
pub fn selected(doc: &Document) -> Vec<EmptyTarget> {
    let target = |place: usize| {
        let before = doc.empties.get(place)?.clone();
        Some(EmptyTarget { place, before })
    };
    doc.selected_empties().filter_map(target).collect()
}

/// Moves them, each by its own vector.
pub fn translate(doc: &mut Document, targets: &Targets, by: impl Fn(&EmptyTarget) -> Vec3) {
    change(doc, targets, |target, empty| {
        empty.location = (target.origin() + by(target)).to_array();
    });
}

/// Turns them about their pivots. No rotation changes no digit.
pub fn rotate(doc: &mut Document, targets: &Targets, turn: impl Fn(&EmptyTarget) -> Mat3) {
    change(doc, targets, |target, empty| {
        let turn = turn(target);
        if turn == Mat3::IDENTITY {
            return;
        }
        let pivot = pivot_of(targets, target);
        empty.location = (pivot + turn * (target.origin() - pivot)).to_array();
        let turned = normalized_columns(turn * target.axes());
        let old = Vec3::from(target.before.rotation_euler);
        let euler = rotation::compatible_euler_from_mat3(turned, old, EulerOrder::Xyz);
        empty.rotation_euler = euler.to_array();
    });
}

/// Scales them from their pivots. No scale changes no digit.
pub fn resize(doc: &mut Document, targets: &Targets, stretch: impl Fn(&EmptyTarget) -> Mat3) {
    change(doc, targets, |target, empty| {
        let stretch = stretch(target);
        if stretch == Mat3::IDENTITY {
            return;
        }
        let pivot = pivot_of(targets, target);
        empty.location = (pivot + stretch * (target.origin() - pivot)).to_array();
        let axes = target.axes();
        let factor = |axis: Vec3| {
            let stretched = stretch * axis;
            stretched.length() * if axis.dot(stretched) < 0.0 { -1.0 } else { 1.0 }
        };
        let factors = Vec3::new(
            factor(axes.x_axis),
            factor(axes.y_axis),
            factor(axes.z_axis),
        );
        empty.scale = (Vec3::from(target.before.scale) * factors).to_array();
    });
}

/// What an empty goes around.
fn pivot_of(targets: &Targets, target: &EmptyTarget) -> Vec3 {
    match targets.pivot_is(PivotPoint::IndividualOrigins) {
        true => target.origin(),
        false => targets.center(),
    }
}

/// Runs `change` on every one. A result that is no number leaves its empty alone.
fn change(doc: &mut Document, targets: &Targets, change: impl Fn(&EmptyTarget, &mut Empty)) {
    for target in &targets.empties {
        let mut changed = target.before.clone();
        change(target, &mut changed);
        let numbers = [changed.location, changed.rotation_euler, changed.scale];
        let finite = numbers.iter().flatten().all(|number| number.is_finite());
        if !finite || changed == target.before {
            continue;
        }
        if let Some(empty) = doc.empty_mut(target.place) {
            *empty = changed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::transform::targets::{Kind, Pivot};

    fn document() -> Document {
        let mut doc = Document::default();
        for location in [[1.0, 0.0, 0.0], [3.0, 0.0, 0.0]] {
            doc.add_empty(Empty {
                location,
                select: true,
                ..Empty::default()
            });
        }
        doc
    }

    #[test]
    fn two_empties_turn_about_their_middle() {
        let mut doc = document();
        let pivot = Pivot::Setting(PivotPoint::MedianPoint);
        let targets = Targets::collect(&doc, Kind::Rotate, pivot).unwrap();
        assert_eq!(targets.center(), Vec3::X * 2.0);
        let turn = Mat3::from_rotation_z(std::f32::consts::FRAC_PI_2);
        rotate(&mut doc, &targets, |_| turn);
        let place = |at: usize| Vec3::from(doc.empties[at].location);
        assert!(place(0).abs_diff_eq(Vec3::new(2.0, -1.0, 0.0), 1e-6));
        assert!(place(1).abs_diff_eq(Vec3::new(2.0, 1.0, 0.0), 1e-6));
        let angle = doc.empties[0].rotation_euler[2];
        assert!((angle - std::f32::consts::FRAC_PI_2).abs() < 1e-6);
    }

    #[test]
    fn a_scale_that_flips_keeps_the_sign_and_a_bad_one_is_left_out() {
        let mut doc = document();
        let pivot = Pivot::Setting(PivotPoint::IndividualOrigins);
        let targets = Targets::collect(&doc, Kind::Resize, pivot).unwrap();
        resize(&mut doc, &targets, |_| {
            Mat3::from_diagonal(Vec3::new(-2.0, 1.0, 1.0))
        });
        assert_eq!(doc.empties[1].scale, [-2.0, 1.0, 1.0]);
        assert_eq!(doc.empties[1].location, [3.0, 0.0, 0.0]);
        let before = doc.clone();
        translate(&mut doc, &targets, |_| Vec3::splat(f32::NAN));
        assert!(doc.same_pointers(&before));
    }
}
