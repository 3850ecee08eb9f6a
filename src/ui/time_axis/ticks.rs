//! The steps of a ruler: 1, 2, 5, 10… frames, or parts and multiples of a second, and what stands at them.

use crate::ui::time_axis::{TimeAxis, written};

/// Points between two labels at least.
const APART: f32 = 44.0;
/// Points between two marks at least.
const NEAR: f32 = 5.0;
/// Multiples of a second, then of a minute, then of an hour.
const SECONDS: [f64; 16] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0,
    18000.0, 36000.0,
];

/// A mark of the ruler.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where it is.
    pub frame: f32,
    /// What stands above it; nothing for the small ones.
    pub label: Option<String>,
}

/// Marks and labels at even distances, counted from frame 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steps {
    /// Frames between two labels.
    pub label: f64,
    /// Marks per label.
    pub parts: u32,
    /// Frames per second, where seconds are counted.
    fps: Option<f64>,
}

impl Steps {
    /// Steps of frames.
    pub fn frames(per_frame: f32, apart: f32) -> Self {
        let wanted = f64::from(apart.max(APART)) / f64::from(per_frame).max(1e-9);
        let power = 10f64.powi(wanted.max(1.0).log10().floor() as i32);
        let round = [1.0, 2.0, 5.0, 10.0].map(|part| part * power);
        let label = round.into_iter().find(|step| *step >= wanted);
        let label = label.unwrap_or(10.0 * power).max(1.0);
        let fits = |parts: &u32| {
            let step = label / f64::from(*parts);
            step.fract() == 0.0 && step * f64::from(per_frame) >= f64::from(NEAR)
        };
        let parts = [10, 5, 4, 2].into_iter().find(fits).unwrap_or(1);
        Self {
            label,
            parts,
            fps: None,
        }
    }

    /// Steps of seconds; where a second is wide, of frames within it.
    pub fn seconds(per_frame: f32, apart: f32, fps: f32) -> Self {
        let (fps, per_frame) = (f64::from(fps.max(0.1)), f64::from(per_frame).max(1e-9));
        let (apart, whole) = (f64::from(apart.max(APART)), fps.round().max(1.0));
        let within = [
            1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0,
        ];
        let within = within
            .into_iter()
            .filter(|step| *step < whole && whole % step == 0.0)
            .map(|step| step * fps / whole);
        let longer = SECONDS.into_iter().map(|secs| secs * fps);
        let mut steps = within.chain(longer);
        let label = steps.find(|step| step * per_frame >= apart);
        let label = label.unwrap_or_else(|| {
            let hours = apart / per_frame / fps / 36000.0;
            hours.ceil().max(1.0) * 36000.0 * fps
        });
        let count = label / (fps / whole);
        let fits = |parts: &u32| {
            let parts = f64::from(*parts);
            (count / parts).fract().abs() < 1e-6 && label / parts * per_frame >= f64::from(NEAR)
        };
        let parts = [30, 24, 10, 6, 5, 4, 3, 2].into_iter().find(fits);
        Self {
            label,
            parts: parts.unwrap_or(1),
            fps: Some(fps),
        }
    }

    /// The marks that can be seen.
    pub fn ticks(&self, axis: &TimeAxis) -> Vec<Tick> {
        let (first, last) = axis.seen(40.0);
        let step = self.label / f64::from(self.parts);
        let (first, last) = (
            (f64::from(first) / step).ceil(),
            (f64::from(last) / step).floor(),
        );
        // Steps are wider than a few points: more marks than that mean a broken axis.
        let count = (last - first + 1.0).clamp(0.0, 4096.0) as u32;
        let parts = f64::from(self.parts);
        let tick = |place: u32| {
            let number = first + f64::from(place);
            let frame = (number * step) as f32;
            let label = (number.rem_euclid(parts) == 0.0).then(|| self.text(frame));
            Tick { frame, label }
        };
        (0..count).map(tick).collect()
    }

    /// What stands at a frame.
    pub fn text(&self, frame: f32) -> String {
        match self.fps {
            None => written(frame),
            Some(fps) => timed(frame, fps as f32),
        }
    }
}

/// A frame as seconds and frames beyond them: `1:05` is a minute and five seconds, `2+12` twelve frames more
/// than two seconds.
pub fn timed(frame: f32, fps: f32) -> String {
    let fps = f64::from(fps.max(0.1));
    let sign = if frame < 0.0 { "−" } else { "" };
    let frame = f64::from(frame.abs());
    // A little more than nothing, so that whole seconds do not come out one too low.
    let secs = ((frame + 0.01) / fps).floor();
    let rest = (frame - secs * fps).max(0.0).round();
    let (minutes, within) = ((secs / 60.0).floor(), secs.rem_euclid(60.0));
    let whole = match minutes > 0.0 {
        true => format!("{sign}{minutes:.0}:{within:02.0}"),
        false => format!("{sign}{within:.0}"),
    };
    match rest > 0.0 {
        true => format!("{whole}+{rest:02.0}"),
        false if minutes > 0.0 => whole,
        false => format!("{whole}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_at_least_so_far_apart() {
        let step = |per_frame: f32| Steps::frames(per_frame, 0.0).label;
        assert_eq!(step(60.0), 1.0);
        assert_eq!(step(30.0), 2.0);
        assert_eq!(step(13.0), 5.0);
        assert_eq!(step(5.0), 10.0);
        assert_eq!(step(0.01), 5000.0);
        for per_frame in [0.003f32, 0.2, 1.0, 4.4, 9.0, 43.9, 44.0, 700.0] {
            let steps = Steps::frames(per_frame, 0.0);
            assert!(
                steps.label as f32 * per_frame >= APART - 1e-3,
                "{per_frame}"
            );
        }
    }

    #[test]
    fn marks_are_at_whole_frames() {
        let steps = Steps::frames(13.0, 0.0);
        assert_eq!((steps.label, steps.parts), (5.0, 5));
        let wide = Steps::frames(60.0, 0.0);
        assert_eq!((wide.label, wide.parts), (1.0, 1));
        assert_eq!(Steps::frames(30.0, 0.0).parts, 2);
    }

    #[test]
    fn seconds_are_divided_into_frames() {
        let steps = Steps::seconds(10.0, 0.0, 24.0);
        assert_eq!((steps.label, steps.parts), (6.0, 6));
        assert_eq!(Steps::seconds(1.0, 0.0, 24.0).label, 48.0);
        let slow = Steps::seconds(10.0, 0.0, 29.97);
        assert!((slow.label - 5.0 * 29.97 / 30.0).abs() < 1e-4);
        assert_eq!(timed(60.0, 24.0), "2+12");
        assert_eq!(timed(48.0, 24.0), "2s");
        assert_eq!(timed(24.0 * 65.0, 24.0), "1:05");
        assert_eq!(timed(-12.0, 24.0), "−0+12");
    }
}
