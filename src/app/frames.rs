//! Which frames are drawn into files, and what those files are called.
//!
//! Pure: nothing here looks at the disk.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};

/// Frames lie between this and its negative.
const MOST: i32 = 1_048_574;
/// Digits of a number where the name does not say how many.
const DIGITS: usize = 4;

/// Frames from one to another, both included, in steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frames {
    first: i32,
    last: i32,
    step: i32,
}

impl Frames {
    /// Reads `1-48`, `1-48/2`, `-10--2` or `7`.
    ///
    /// # Errors
    /// What is wrong, and what is expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        let read = |text: &str| text.trim().parse::<i32>().ok();
        let (range, step) = match text.split_once('/') {
            Some((range, step)) => (range, read(step)),
            None => (text, Some(1)),
        };
        // The first character may be a minus.
        let mut between = range.char_indices().skip(1).filter(|(_, c)| *c == '-');
        let (first, last) = match between.next() {
            Some((place, _)) => {
                let (first, last) = range.split_at(place);
                (read(first), read(last.get(1..).unwrap_or_default()))
            }
            None => (read(range), read(range)),
        };
        let (Some(first), Some(last), Some(step)) = (first, last, step) else {
            return Err("expected frames such as 1-48, or 1-48/2 for every second one".to_owned());
        };
        if first > last {
            return Err(format!(
                "the first frame, {first}, is after the last, {last}"
            ));
        }
        if first < -MOST || last > MOST {
            return Err(format!("frames lie between -{MOST} and {MOST}"));
        }
        if step < 1 {
            return Err(format!("the step must be 1 or more, not {step}"));
        }
        Ok(Self { first, last, step })
    }

    /// The frames in order.
    pub fn iter(self) -> impl Iterator<Item = i32> {
        (self.first..=self.last).step_by(usize::try_from(self.step).unwrap_or(1))
    }

    /// How many they are.
    pub fn count(self) -> usize {
        usize::try_from((self.last - self.first) / self.step + 1).unwrap_or_default()
    }
}

/// A file for each frame: every run of `#` in its name is the frame, as long as that run; without one, the
/// frame stands before the ending.
#[derive(Clone, Debug)]
pub struct Numbered {
    folder: PathBuf,
    pattern: String,
}

impl Numbered {
    /// Takes a pattern such as `walk-####.png`.
    ///
    /// # Errors
    /// The path names no file.
    pub fn new(output: &Path) -> anyhow::Result<Self> {
        let name = output.file_name().filter(|_| !output.ends_with("."));
        let name = name.with_context(|| format!("{}: it names no file", output.display()))?;
        let name = name.to_str();
        let name = name.with_context(|| format!("{}: the path is not UTF-8", output.display()))?;
        ensure!(
            !output.is_dir() && !output.as_os_str().to_string_lossy().ends_with('/'),
            "{}: it is a folder; name the pictures too, such as {}",
            output.display(),
            output.join("####.png").display()
        );
        let pattern = if name.contains('#') {
            name.to_owned()
        } else {
            let stem = Path::new(name).file_stem().and_then(|stem| stem.to_str());
            let (stem, ending) = name.split_at(stem.unwrap_or(name).len());
            format!("{stem}{}{ending}", "#".repeat(DIGITS))
        };
        Ok(Self {
            folder: output.with_file_name(""),
            pattern,
        })
    }

    /// The file of a frame.
    pub fn path(&self, frame: i32) -> PathBuf {
        let mut name = String::new();
        let mut rest = self.pattern.as_str();
        while let Some(place) = rest.find('#') {
            let (before, from) = rest.split_at(place);
            let after = from.trim_start_matches('#');
            let digits = from.len() - after.len();
            let sign = if frame < 0 { "-" } else { "" };
            name.push_str(before);
            name.push_str(&format!("{sign}{:0digits$}", frame.unsigned_abs()));
            rest = after;
        }
        name.push_str(rest);
        self.folder.join(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(text: &str) -> Vec<i32> {
        let frames = Frames::parse(text).unwrap();
        let all: Vec<_> = frames.iter().collect();
        assert_eq!(all.len(), frames.count(), "{text}");
        all
    }

    #[test]
    fn ranges_are_read() {
        assert_eq!(frames("1-4"), [1, 2, 3, 4]);
        assert_eq!(frames("1-6/2"), [1, 3, 5]);
        assert_eq!(frames("-3--2"), [-3, -2]);
        assert_eq!(frames("-1-1"), [-1, 0, 1]);
        assert_eq!(frames("7"), [7]);
    }

    #[test]
    fn what_is_no_range_is_refused_with_the_reason() {
        for text in ["", "-", "1-", "1-x", "1..4", "1-4/", "1.5-3", "é-3"] {
            let error = Frames::parse(text).unwrap_err();
            assert!(error.starts_with("expected frames such as"), "{text}");
        }
        assert!(Frames::parse("9-2").unwrap_err().contains("after the last"));
        assert!(Frames::parse("1-4/0").unwrap_err().contains("1 or more"));
        assert!(Frames::parse("1-2000000").unwrap_err().contains("between"));
    }

    #[test]
    fn every_run_of_signs_is_the_frame() {
        let path = |pattern: &str, frame| Numbered::new(Path::new(pattern)).unwrap().path(frame);
        assert_eq!(path("walk-####.png", 7), Path::new("walk-0007.png"));
        assert_eq!(path("out#/#-##.png", 123), Path::new("out#/123-123.png"));
        assert_eq!(path("walk-###.png", -7), Path::new("walk--007.png"));
    }

    #[test]
    fn without_a_sign_the_frame_stands_before_the_ending() {
        let path = |pattern: &str| Numbered::new(Path::new(pattern)).unwrap().path(12);
        assert_eq!(path("a.b/walk.png"), Path::new("a.b/walk0012.png"));
        assert_eq!(path("walk"), Path::new("walk0012"));
    }

    #[test]
    fn a_folder_is_no_name() {
        for path in ["/", "..", "src", "missing/"] {
            assert!(Numbered::new(Path::new(path)).is_err(), "{path}");
        }
    }
}
