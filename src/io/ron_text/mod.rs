//! RON text that is pleasant to diff: lists of records have a record a line, short things stay on one line.
//!
//! Written here because `ron`'s own printer can only break all or nothing. Reading stays with `ron`.
//! Numbers that are not finite are refused: nobody could trust a file that holds them.

mod layout;
mod writer;

use serde::Serialize;

/// The fields of a record as indented lines, without the parentheses around them.
///
/// # Errors
/// The place of a number that is not finite.
pub fn fields_text<T: Serialize>(record: &T) -> Result<String, String> {
    let node = writer::tree(record)?;
    Ok(node.inner_lines(2))
}

#[cfg(test)]
fn text<T: Serialize>(value: &T) -> String {
    writer::tree(value).map_or_else(|e| e, |node| node.text())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::*;

    #[derive(Serialize)]
    struct Point {
        at: (f32, f32),
        name: Option<&'static str>,
    }

    fn point(x: f32, name: &'static str) -> Point {
        Point {
            at: (x, 1e-7),
            name: Some(name),
        }
    }

    #[test]
    fn short_things_stay_on_one_line_and_records_get_one_each() {
        assert_eq!(text(&[0.1_f32, -1.0].to_vec()), "[0.1, -1.0]");
        assert_eq!(
            text(&point(0.1, "a\"b")),
            r#"(at: (0.1, 1e-7), name: "a\"b")"#
        );
        let points = BTreeMap::from([("list", vec![point(1.0, "a"), point(2.0, "b")])]);
        let expected = "{\n  \"list\": [\n    (at: (1.0, 1e-7), name: \"a\"),\n    (at: (2.0, 1e-7), name: \"b\"),\n  ],\n}";
        assert_eq!(text(&points), expected);
    }

    #[test]
    fn long_lists_of_numbers_fill_their_lines() {
        let text = text(&(1000..1040).collect::<Vec<u32>>());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 5, "{text}");
        assert!(lines.iter().all(|line| line.len() <= 100), "{text}");
        let back: Vec<u32> = ron::from_str(&text).unwrap();
        assert_eq!(back.len(), 40);
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_place() {
        let points = BTreeMap::from([("list", vec![point(1.0, "a"), point(f32::NAN, "b")])]);
        assert_eq!(
            fields_text(&points).unwrap_err(),
            r#""list"[1].at[0]: NaN is not a finite number"#
        );
    }
}
