//! What became of a call.

use crate::ops::context::{Level, Report};
use crate::ops::operator::Refusal;

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It ran.
    Finished,
    /// It did nothing and changed nothing.
    Cancelled,
    /// It is not available now.
    PollFailed,
    /// It follows the mouse.
    Running,
}

/// How a call ended, and what it has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// What it has to say, in order.
    pub reports: Vec<Report>,
}

impl Outcome {
    /// Nothing happened, without a word.
    pub const SILENT: Self = Self {
        status: Status::Cancelled,
        reports: Vec::new(),
    };

    /// The first error, if there is one.
    pub fn error(&self) -> Option<&str> {
        self.reports
            .iter()
            .find(|report| report.level == Level::Error)
            .map(|report| report.text.as_str())
    }

    pub(super) fn refused(refusal: Refusal) -> Self {
        Self {
            status: Status::Cancelled,
            reports: refusal.report().into_iter().collect(),
        }
    }

    pub(super) fn failed(status: Status, text: String) -> Self {
        Self {
            status,
            reports: vec![Report {
                level: Level::Error,
                text,
            }],
        }
    }
}

impl Refusal {
    /// What it has to say, if anything.
    pub(super) fn report(self) -> Option<Report> {
        let (level, text) = match self {
            Self::Nothing => return None,
            Self::Idle(text) => (Level::Info, text.to_owned()),
            Self::Error(text) => (Level::Error, text),
        };
        Some(Report { level, text })
    }
}
