//! A pointer without end: while an operator follows it, it comes back in at the opposite side of the panel,
//! and the operator sees it go straight on.
//!
//! The window moves the real pointer when it is asked to. Events from before arrive late; so the jump counts
//! only once the pointer is seen where it was sent.

use egui::{Pos2, Rect, Vec2, pos2};

/// Room at the edges in which the pointer counts as outside, points.
const EDGE: f32 = 2.0;
/// Panels smaller than this are left alone, points.
const LEAST: f32 = 100.0;
/// Events after which the system is known not to move pointers.
const PATIENCE: u32 = 60;

/// The pointer was sent elsewhere.
#[derive(Clone, Copy, Debug)]
struct Jump {
    from: Pos2,
    to: Pos2,
    events: u32,
}

/// The pointer while an operator follows it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Endless {
    /// From the real pointer to the one that the operator sees.
    shift: Vec2,
    /// Where the real pointer was seen last.
    real: Option<Pos2>,
    jump: Option<Jump>,
    /// Where the window shall put the pointer.
    wanted: Option<Pos2>,
    /// Whether it has been inside since the operator began.
    inside: bool,
    /// Whether the system does not move pointers.
    off: bool,
}

impl Endless {
    /// The real pointer is here; gives what the operator sees. Without an area it is the same.
    pub fn seen(&mut self, real: Pos2, area: Option<Rect>) -> Pos2 {
        let Some(area) = area.filter(|area| area.size().min_elem() >= LEAST) else {
            self.end();
            self.real = Some(real);
            return real;
        };
        let inner = area.shrink(EDGE);
        // A fast hand may be out again before the first event.
        self.inside |= self.real.is_some_and(|last| inner.contains(last));
        self.arrive(real);
        self.real = Some(real);
        if inner.contains(real) {
            self.inside = true;
        } else if self.inside && self.jump.is_none() {
            self.send(real, wrapped(real, inner));
        }
        real + self.shift
    }

    /// The pointer left the window where it was seen last.
    pub fn gone(&mut self, area: Option<Rect>) {
        let (Some(area), Some(real)) = (area, self.real) else {
            return;
        };
        if self.inside && self.jump.is_none() {
            let inner = area.shrink(EDGE);
            self.send(real, opposite(real, inner));
        }
    }

    /// The operator ended; gives the real pointer if it was another one.
    pub fn end(&mut self) -> Option<Pos2> {
        let real = self.real.filter(|_| self.shift != Vec2::ZERO);
        *self = Self {
            real: self.real,
            off: self.off,
            ..Self::default()
        };
        real
    }

    /// Where the window shall put the pointer.
    pub fn take(&mut self) -> Option<Pos2> {
        self.wanted.take()
    }

    /// The system does not move pointers.
    pub fn refuse(&mut self) {
        self.off = true;
        self.jump = None;
    }

    fn send(&mut self, from: Pos2, to: Pos2) {
        if !self.off {
            self.wanted = Some(to);
            self.jump = Some(Jump {
                from,
                to,
                events: 0,
            });
        }
    }

    fn arrive(&mut self, real: Pos2) {
        let Some(jump) = &mut self.jump else {
            return;
        };
        if real.distance(jump.to) < real.distance(jump.from) {
            let last = self.real.unwrap_or(jump.from);
            self.shift += last - jump.to;
            self.jump = None;
            return;
        }
        jump.events += 1;
        if jump.events > PATIENCE {
            self.refuse();
        }
    }
}

/// The same place in a plane tiled with the area.
fn wrapped(at: Pos2, area: Rect) -> Pos2 {
    let size = area.size();
    let inside = at - area.min;
    area.min + Vec2::new(inside.x.rem_euclid(size.x), inside.y.rem_euclid(size.y))
}

/// The place across the area from the edge that is nearest.
fn opposite(at: Pos2, area: Rect) -> Pos2 {
    let to_edges = [
        (at.x - area.left()).abs(),
        (area.right() - at.x).abs(),
        (at.y - area.top()).abs(),
        (area.bottom() - at.y).abs(),
    ];
    let at = area.clamp(at);
    let least = to_edges.iter().copied().fold(f32::INFINITY, f32::min);
    match to_edges.iter().position(|edge| *edge <= least) {
        Some(0) => pos2(area.right() - 1.0, at.y),
        Some(1) => pos2(area.left() + 1.0, at.y),
        Some(2) => pos2(at.x, area.bottom() - 1.0),
        _ => pos2(at.x, area.top() + 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Rect = Rect {
        min: Pos2::new(100.0, 100.0),
        max: Pos2::new(500.0, 400.0),
    };

    #[test]
    fn the_operator_sees_a_straight_way() {
        let mut pointer = Endless::default();
        let area = Some(AREA);
        assert_eq!(pointer.seen(pos2(490.0, 200.0), area), pos2(490.0, 200.0));
        assert_eq!(pointer.seen(pos2(505.0, 200.0), area), pos2(505.0, 200.0));
        let to = pointer.take().unwrap();
        assert_eq!(to, pos2(109.0, 200.0));
        // One event comes late, from before the jump.
        assert_eq!(pointer.seen(pos2(510.0, 200.0), area), pos2(510.0, 200.0));
        assert_eq!(pointer.take(), None);
        let after = to + Vec2::new(20.0, 0.0);
        assert_eq!(pointer.seen(after, area), pos2(530.0, 200.0));
        assert_eq!(pointer.end(), Some(after));
        assert_eq!(pointer.seen(after, None), after);
    }

    #[test]
    fn a_pointer_that_leaves_the_window_at_once_comes_back_across() {
        let mut pointer = Endless::default();
        pointer.seen(pos2(110.0, 200.0), Some(AREA));
        pointer.gone(Some(AREA));
        let to = pointer.take().unwrap();
        assert!(to.x > 490.0 && to.y == 200.0, "{to}");
        let seen = pointer.seen(to - Vec2::new(5.0, 0.0), Some(AREA));
        assert_eq!(seen, pos2(105.0, 200.0));
    }

    #[test]
    fn a_system_that_moves_no_pointers_is_not_asked_again() {
        let mut pointer = Endless::default();
        pointer.seen(pos2(490.0, 200.0), Some(AREA));
        for step in 0..100 {
            let real = pos2(505.0 + step as f32, 200.0);
            assert_eq!(pointer.seen(real, Some(AREA)), real);
        }
        assert!(pointer.take().is_some());
        pointer.seen(pos2(490.0, 200.0), Some(AREA));
        assert_eq!(
            pointer.seen(pos2(110.0, 200.0), Some(AREA)),
            pos2(110.0, 200.0)
        );
        pointer.seen(pos2(505.0, 200.0), Some(AREA));
        assert_eq!(pointer.take(), None);
    }
}
