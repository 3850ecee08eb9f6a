//! Calls as text: `pose.paste(flipped: true)`, an id and a RON struct of named parameters, one a line.

use ron::error::{Error as Ron, SpannedError};
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use crate::ops::props::Props;
use crate::ops::registry::{self, AnyOperator, Entry};

/// Why a call cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CallError {
    /// Where in the line, from 1.
    pub column: usize,
    /// What was found, what was expected and the nearest valid name.
    pub message: String,
}

/// Reads a call.
///
/// # Errors
/// Where the text goes wrong and what was expected.
pub fn parse(text: &str) -> Result<Box<dyn AnyOperator>, CallError> {
    parse_with(text, Entry::parse)
}

/// Reads a call that ran before, with its numbers as they stand: following the mouse may go beyond a range.
///
/// # Errors
/// As for [`parse`].
pub fn parse_exact(text: &str) -> Result<Box<dyn AnyOperator>, CallError> {
    parse_with(text, Entry::parse_exact)
}

fn parse_with(
    text: &str,
    arguments: impl Fn(&Entry, &str) -> Result<Box<dyn AnyOperator>, CallError>,
) -> Result<Box<dyn AnyOperator>, CallError> {
    let trimmed = text.trim();
    let indent = text.chars().take_while(|c| c.is_whitespace()).count();
    let fail = |column: usize, message: String| CallError {
        column: indent + column,
        message,
    };
    let Some(open) = trimmed.find('(') else {
        return Err(fail(
            trimmed.chars().count() + 1,
            format!("expected `(` after `{trimmed}`"),
        ));
    };
    let (id, rest) = trimmed.split_at(open);
    let id = id.trim_end();
    let Some(entry) = registry::find(id) else {
        return Err(fail(1, unknown("operator", id, registry::nearest(id))));
    };
    let offset = trimmed.get(..open).map_or(0, |head| head.chars().count());
    arguments(entry, rest).map_err(|error| fail(offset + error.column, error.message))
}

/// `no operator `x`; did you mean `y`?`
pub fn unknown(kind: &str, found: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => format!("no {kind} `{found}`; did you mean `{nearest}`?"),
        None => format!("no {kind} `{found}`"),
    }
}

/// The valid name that `wanted` was most likely meant to be.
pub fn nearest<'a>(wanted: &str, valid: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = wanted.to_lowercase();
    let score = |name: &str| strsim::jaro_winkler(&lower, &name.to_lowercase());
    let best = valid
        .map(|name| (score(name), name))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.6).then_some(best.1)
}

/// The script dialect of RON.
pub fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// Reads the parameters of `T`, `(name: value, …)`.
pub(super) fn arguments<T: DeserializeOwned + Props>(text: &str) -> Result<T, CallError> {
    options()
        .from_str(text)
        .map_err(|error| describe::<T>(&error, text))
}

/// Reads the parameters of `T` from a JSON object.
pub(super) fn json_arguments<T: DeserializeOwned>(value: &serde_json::Value) -> Result<T, String> {
    T::deserialize(value).map_err(|error| error.to_string())
}

fn describe<T: Props>(error: &SpannedError, text: &str) -> CallError {
    let column = error.span.start.col.max(1);
    let before: String = text.chars().take(column.saturating_sub(1)).collect();
    let parameter = parameter_before(&before);
    let of = |what: String| match &parameter {
        Some(name) => format!("parameter `{name}`: {what}"),
        None => what,
    };
    let message = match &error.code {
        Ron::NoSuchStructField {
            found,
            expected,
            outer,
        } => {
            let own = outer.is_none()
                || T::FIELDS
                    .iter()
                    .map(|f| f.name)
                    .eq(expected.iter().copied());
            let names = expected.iter().copied();
            let kind = if own { "parameter" } else { "field" };
            if expected.is_empty() {
                format!("no parameter `{found}`: this operator has none")
            } else {
                unknown(kind, found, nearest(found, names))
            }
        }
        Ron::NoSuchEnumVariant {
            found, expected, ..
        } => {
            let guess = nearest(found, expected.iter().copied());
            of(format!(
                "{}; valid are {}",
                unknown("item", found, guess),
                expected.join(", ")
            ))
        }
        Ron::Eof | Ron::ExpectedStructLikeEnd => "expected `)` at the end of the call".to_owned(),
        Ron::ExpectedComma if error.span.end.col > text.trim_end().chars().count() => {
            "expected `)` at the end of the call".to_owned()
        }
        Ron::ExpectedComma => of("expected `,` or `)` after its value".to_owned()),
        Ron::TrailingCharacters => "nothing may follow the call's `)`".to_owned(),
        other => of(lower_first(&other.to_string())),
    };
    CallError { column, message }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|c| c.to_ascii_lowercase())
        .into_iter()
        .chain(letters)
        .collect()
}

/// The last `name:` of the text.
fn parameter_before(text: &str) -> Option<String> {
    let head = text.get(..text.rfind(':')?)?.trim_end();
    let start = head
        .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
        .map_or(0, |at| at + 1);
    head.get(start..)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}
