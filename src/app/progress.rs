//! How far a row of pictures is, on standard error: one line rewritten on a terminal, now and then a line
//! elsewhere.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

/// Between two lines where none can be rewritten.
const SPARSE: Duration = Duration::from_secs(10);
/// Between two states of the rewritten line.
const OFTEN: Duration = Duration::from_millis(100);

/// How much of the work is done.
pub struct Progress {
    done: usize,
    all: usize,
    terminal: bool,
    told: Instant,
    shown: bool,
}

impl Progress {
    /// Nothing of so many pictures.
    pub fn new(all: usize) -> Self {
        Self {
            done: 0,
            all,
            terminal: std::io::stderr().is_terminal(),
            told: Instant::now(),
            shown: false,
        }
    }

    /// One more is written.
    pub fn done(&mut self, path: &Path) {
        self.done += 1;
        if let Some(text) = self.text(path, Instant::now()) {
            self.shown = true;
            // Whether anybody reads it is no concern of the pictures.
            let _ = std::io::stderr().lock().write_all(text.as_bytes());
        }
    }

    /// What is to be said at this time, if anything.
    fn text(&mut self, path: &Path, now: Instant) -> Option<String> {
        let pause = if self.terminal { OFTEN } else { SPARSE };
        if now.duration_since(self.told) < pause {
            return None;
        }
        self.told = now;
        // A whole path may be wider than the terminal, and only one line can be rewritten.
        let name = path.file_name().unwrap_or_default().display();
        let text = format!("{} of {}: {name}", self.done, self.all);
        Some(if self.terminal {
            format!("\r\x1b[K{text}")
        } else {
            format!("{text}\n")
        })
    }

    /// Takes the rewritten line away.
    pub fn clear(&mut self) {
        if self.terminal && self.shown {
            self.shown = false;
            let _ = std::io::stderr().lock().write_all(b"\r\x1b[K");
        }
    }

    /// How many are written, in words.
    pub fn written(&self) -> String {
        match (self.done, self.all) {
            (1, 1) => "1 picture".to_owned(),
            (done, all) if done == all => format!("{done} pictures"),
            (done, all) => format!("{done} of {all} pictures are written"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(terminal: bool, milliseconds: u64) -> Option<String> {
        let told = Instant::now();
        let mut progress = Progress {
            done: 3,
            all: 48,
            terminal,
            told,
            shown: false,
        };
        let now = told + Duration::from_millis(milliseconds);
        progress.text(Path::new("walk-0003.png"), now)
    }

    #[test]
    fn a_terminal_has_its_line_rewritten() {
        assert_eq!(at(true, 50), None);
        let line = "\r\x1b[K3 of 48: walk-0003.png";
        assert_eq!(at(true, 200).as_deref(), Some(line));
    }

    #[test]
    fn elsewhere_lines_are_sparse() {
        assert_eq!(at(false, 9_000), None);
        let line = "3 of 48: walk-0003.png\n";
        assert_eq!(at(false, 11_000).as_deref(), Some(line));
    }
}
