//! When the program itself fails: a text file that says what happened, instead of a trace on the terminal.
//!
//! The file is written twice: at once, as nothing may come after; then with the log, once the stack is undone.

use std::any::Any;
use std::backtrace::Backtrace;
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::ops::context::Level;
use crate::ops::runner::Session;
use crate::ops::runner::log::Line;

/// Lines of the log that are written.
const LINES: usize = 200;

/// A failure of the program.
#[derive(Clone, Debug)]
pub struct Crash {
    /// What the program said.
    pub message: String,
    /// Where the rest is told, if that could be written.
    pub file: Option<PathBuf>,
    head: String,
}

/// Keeps failures of this thread for the report.
#[derive(Clone)]
pub struct Watch {
    seen: Arc<Mutex<Option<Crash>>>,
}

impl Watch {
    /// From now on failures of this thread are written into this folder; those of others are told as before.
    pub fn install(folder: Option<PathBuf>) -> Self {
        let watch = Self {
            seen: Arc::default(),
        };
        let seen = Arc::clone(&watch.seen);
        let own = std::thread::current().id();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if std::thread::current().id() != own {
                return before(info);
            }
            let mut crash = crash(info);
            crash.file = folder.as_deref().and_then(|folder| {
                let path = free_name(folder);
                write(&path, &crash.head).then_some(path)
            });
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            // The first failure is the cause of those that follow.
            seen.get_or_insert(crash);
        }));
        watch
    }

    /// Does some work; gives the failure if it fails.
    ///
    /// # Errors
    /// What happened.
    pub fn guard<T>(&self, work: impl FnOnce() -> T) -> Result<T, Crash> {
        catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
            let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.clone().unwrap_or_else(|| Crash {
                message: message(payload.as_ref()),
                file: None,
                head: String::new(),
            })
        })
    }
}

impl Crash {
    /// Adds to the file what the session knows.
    pub fn tell(&self, session: &Session) {
        let Some(file) = &self.file else {
            return;
        };
        let mut text = self.head.clone();
        if let Some(call) = session.current() {
            let _ = writeln!(text, "\nwhile running: {call}");
        }
        text.push_str("\nthe log, the last line last:\n");
        let lines = session.log.lines();
        let skipped = lines.len().saturating_sub(LINES);
        for (number, line) in lines.skip(skipped) {
            let _ = match line {
                Line::Call(called) => {
                    writeln!(text, "{number} {} {:?}", called.text, called.status)
                }
                Line::Report(report) => {
                    let level = match report.level {
                        Level::Info => "info",
                        Level::Warning => "warning",
                        Level::Error => "error",
                    };
                    writeln!(text, "{number} {level}: {}", report.text)
                }
            };
        }
        write(file, &text);
    }

    /// The one line for the terminal.
    pub fn line(&self) -> String {
        let kept = "unsaved work is offered at the next start";
        match &self.file {
            Some(file) => format!(
                "Keypose failed ({}); {} says more; {kept}",
                self.message,
                file.display()
            ),
            None => format!("Keypose failed ({}); {kept}", self.message),
        }
    }
}

fn crash(info: &PanicHookInfo) -> Crash {
    let message = message(info.payload());
    let version = env!("CARGO_PKG_VERSION");
    let mut head = format!(
        "Keypose {version} on {}\n\n{message}\n",
        std::env::consts::OS
    );
    if let Some(place) = info.location() {
        let _ = writeln!(head, "at {place}");
    }
    let _ = writeln!(head, "\n{}", Backtrace::force_capture());
    Crash {
        message,
        file: None,
        head,
    }
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    text.unwrap_or("no reason is known").to_owned()
}

/// A file that is not there yet, named after the time.
fn free_name(folder: &Path) -> PathBuf {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let mut secs = now.map_or(0, |now| now.as_secs());
    loop {
        let path = folder.join(format!("crash-{}.txt", utc(secs)));
        if !path.exists() {
            return path;
        }
        secs += 1;
    }
}

fn write(path: &Path, text: &str) -> bool {
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    folder.and_then(|()| std::fs::write(path, text)).is_ok()
}

/// A time as `2026-03-01T12-30-05Z`, from seconds since 1970.
fn utc(secs: u64) -> String {
    let (days, rest) = (secs / 86_400, secs % 86_400);
    // Years that begin in March put the odd day at their end; 146097 days are 400 years.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{date:02}T{hour:02}-{minute:02}-{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_dates() {
        assert_eq!(utc(0), "1970-01-01T00-00-00Z");
        assert_eq!(utc(951_782_400), "2000-02-29T00-00-00Z");
        assert_eq!(utc(1_772_368_205), "2026-03-01T12-30-05Z");
    }

    #[test]
    fn a_failure_leaves_a_file_with_what_ran_before() {
        let folder = tempfile::tempdir().unwrap();
        let watch = Watch::install(Some(folder.path().to_owned()));
        let mut session = Session::default();
        session.run_text("pose.select_all()").unwrap();
        assert_eq!(watch.guard(|| 7).unwrap(), 7);
        let crash = watch.guard(|| panic!("bone {} is gone", 3)).unwrap_err();
        drop(std::panic::take_hook());
        crash.tell(&session);
        let text = std::fs::read_to_string(crash.file.as_ref().unwrap()).unwrap();
        for part in [
            "bone 3 is gone",
            "panic.rs:",
            "0 pose.select_all() PollFailed",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let line = crash.line();
        assert!(line.contains("crash-2") && !line.contains('\n'), "{line}");
    }
}
