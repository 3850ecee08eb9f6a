//! The pointer during a drag: slowed down while precision is wanted, and the angle it went around the
//! centre. Points of the panel, Y down.

use glam::Vec2;

/// What precision leaves of a movement.
const PRECISION: f32 = 0.1;
/// Nearer to the centre than this a direction means nothing, points.
const TOO_NEAR: f32 = 1.0;
/// A pointer that went no farther than this only clicked, points.
const CLICK: f32 = 3.0;

/// The pointer during a drag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    start: Vec2,
    last: Vec2,
    slowed: Vec2,
    turned: f32,
    dragged: bool,
}

impl Pointer {
    /// Begins here.
    pub fn new(start: Vec2) -> Self {
        Self {
            start,
            last: start,
            slowed: start,
            turned: 0.0,
            dragged: false,
        }
    }

    /// Goes to `to`; with precision only a tenth of the way counts.
    pub fn follow(&mut self, to: Vec2, precise: bool, center: Vec2) {
        let factor = if precise { PRECISION } else { 1.0 };
        let (from_center, to_center) = (self.last - center, to - center);
        if from_center.length() > TOO_NEAR && to_center.length() > TOO_NEAR {
            // Up is less on the screen: the sign makes counterclockwise positive.
            self.turned -= from_center.angle_to(to_center) * factor;
        }
        self.slowed += (to - self.last) * factor;
        self.skip(to);
        self.dragged |= to.distance(self.start) > CLICK;
    }

    /// Goes to `to` without effect.
    pub fn skip(&mut self, to: Vec2) {
        self.last = to;
    }

    /// Where it began.
    pub fn start(&self) -> Vec2 {
        self.start
    }

    /// How far it went, as slowed down.
    pub fn moved(&self) -> Vec2 {
        self.slowed - self.start
    }

    /// The angle it went around the centre, whole turns included; counterclockwise is positive.
    pub fn turned(&self) -> f32 {
        self.turned
    }

    /// The ratio of its distance from the centre to that at the start, negative on the other side. Very near
    /// to the centre, where the ratio would be wild, a distance of `least` points is one more.
    pub fn ratio(&self, center: Vec2, least: f32) -> f32 {
        let (start, now) = (self.start - center, self.slowed - center);
        let side = if start.dot(now) < 0.0 { -1.0 } else { 1.0 };
        1.0 + (now.length() * side - start.length()) / start.length().max(least)
    }

    /// Whether it went farther than a click does.
    pub fn dragged(&self) -> bool {
        self.dragged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_add_up_past_a_full_one() {
        let mut pointer = Pointer::new(Vec2::new(100.0, 0.0));
        for step in 1..=30 {
            let angle = (step as f32 * 15.0).to_radians();
            pointer.follow(
                Vec2::new(angle.cos(), -angle.sin()) * 100.0,
                false,
                Vec2::ZERO,
            );
        }
        assert!((pointer.turned().to_degrees() - 450.0).abs() < 1e-3);
    }

    #[test]
    fn precision_counts_from_where_it_sets_in() {
        let mut pointer = Pointer::new(Vec2::ZERO);
        pointer.follow(Vec2::new(50.0, 0.0), false, Vec2::NEG_ONE);
        pointer.follow(Vec2::new(50.0, 0.0), true, Vec2::NEG_ONE);
        assert_eq!(pointer.moved().x, 50.0);
        pointer.follow(Vec2::new(60.0, 0.0), true, Vec2::NEG_ONE);
        assert_eq!(pointer.moved().x, 51.0);
    }

    #[test]
    fn the_ratio_is_negative_on_the_other_side() {
        let mut pointer = Pointer::new(Vec2::new(100.0, 0.0));
        pointer.follow(Vec2::new(-50.0, 0.0), false, Vec2::ZERO);
        assert_eq!(pointer.ratio(Vec2::ZERO, 20.0), -0.5);
    }
}
