//! What an export has to say, in the words of the status bar.

use crate::io::gltf_export::clip::{Deviation, SHIFT, TURN};

/// What was written, and what there is to know about it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Clips that were written anew.
    pub written: usize,
    /// Of these, clips whose curves have no exact form in a file.
    pub sampled: usize,
    /// Clips that stayed as they were.
    pub kept: usize,
    /// Clips that were taken out.
    pub removed: usize,
    /// How far the sampled ones are from their curves at most.
    pub deviation: Deviation,
    /// What is worth knowing.
    pub notes: Vec<String>,
    /// What is not as one would think.
    pub warnings: Vec<String>,
}

impl Report {
    /// Counts a clip that is written.
    pub(super) fn count(&mut self, deviation: Deviation) {
        self.written += 1;
        if deviation.is_seen() {
            self.sampled += 1;
            self.deviation = self.deviation.max(deviation);
        }
    }

    /// Adds a warning unless it was said before.
    pub(super) fn warn(&mut self, line: impl Into<String>) {
        let line = line.into();
        if !self.warnings.contains(&line) {
            self.warnings.push(line);
        }
    }

    /// The export in a line, without the file.
    pub fn summary(&self) -> String {
        let mut parts = Vec::new();
        if self.written > 0 {
            parts.push(format!("{} written", clips(self.written)));
        }
        if self.sampled > 0 {
            parts.push(format!("{} sampled, {}", self.sampled, self.off()));
        }
        if self.removed > 0 {
            parts.push(format!("{} taken out", clips(self.removed)));
        }
        if self.kept > 0 {
            parts.push(format!("{} as before", clips(self.kept)));
        }
        if parts.is_empty() {
            parts.push("no clips".to_owned());
        }
        parts.join(", ")
    }

    /// How far off the sampled clips are.
    fn off(&self) -> String {
        let Deviation { turn, shift, scale } = self.deviation;
        let mut most = Vec::new();
        if turn > TURN / 100.0 {
            most.push(format!("{}°", short(turn.to_degrees())));
        }
        if shift > SHIFT / 100.0 {
            most.push(format!("{} % of the size", short(shift * 100.0)));
        }
        if scale > 1e-5 {
            most.push(format!("{} % of scale", short(scale * 100.0)));
        }
        if most.is_empty() {
            most.push("0.001°".to_owned());
        }
        format!("at most {} off", most.join(" and "))
    }
}

fn clips(count: usize) -> String {
    match count {
        1 => "1 clip".to_owned(),
        count => format!("{count} clips"),
    }
}

/// Rounded up to two digits that count: what is said is never less than what is.
fn short(number: f64) -> String {
    let digits = (1.0 - number.log10().floor()).clamp(0.0, 6.0);
    let factor = 10f64.powf(digits);
    let rounded = (number * factor - 1e-9).ceil() / factor;
    let text = format!("{rounded:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_what_was_written_and_how_well() {
        let mut report = Report {
            kept: 73,
            ..Report::default()
        };
        assert_eq!(report.summary(), "73 clips as before");
        report.count(Deviation::default());
        report.count(Deviation {
            turn: 0.0183f64.to_radians(),
            ..Deviation::default()
        });
        assert_eq!(
            report.summary(),
            "2 clips written, 1 sampled, at most 0.019° off, 73 clips as before"
        );
        assert_eq!(Report::default().summary(), "no clips");
    }
}
