//! Selection sets as text on the system clipboard: a JSON object of names, each with its list of bones.

use serde_json::{Map, Value};

use crate::model::selection_set::SelectionSet;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll};
use crate::ops::pose::selection_sets::{need_active_set, options, options_mut, unique};
use crate::props;

/// Letters of a text that is read as selection sets at most.
const LONGEST: usize = 4 << 20;

props! {
    /// Copy the active selection set, and those that are ticked, to the clipboard as text.
    pub struct SelectionSetCopy {}
}

impl Operator for SelectionSetCopy {
    const INFO: Info = Info::new("pose.selection_set_copy", "Copy Selection Set(s)").no_undo();

    fn poll(cx: &Context) -> Poll {
        need_active_set(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let options = options(cx)?;
        let active = options.active_set();
        let sets = options.selection_sets.iter().enumerate();
        let copied = sets.filter(|(place, set)| set.is_selected || Some(*place) == active);
        let entry =
            |(_, set): (usize, &SelectionSet)| (set.name.clone(), Value::from(set.bones.clone()));
        let object: Map<String, Value> = copied.map(entry).collect();
        let count = object.len();
        cx.put_clipboard_text(Value::from(object).to_string());
        cx.info(match count {
            1 => "Copied 1 selection set".to_owned(),
            count => format!("Copied {count} selection sets"),
        });
        Ok(())
    }
}

props! {
    /// Add the selection sets that the text of the clipboard holds.
    pub struct SelectionSetPaste {}
}

impl Operator for SelectionSetPaste {
    const INFO: Info =
        Info::new("pose.selection_set_paste", "Paste Selection Set(s)").reads_clipboard();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    /// A text that holds none is reported, and the operator still finishes, as in Blender.
    fn exec(&self, cx: &mut Context) -> Exec {
        let text = cx.clipboard_text();
        let sets = match parse(&text) {
            Ok(sets) => sets,
            Err(reason) => {
                cx.error(format!("The clipboard holds no selection sets: {reason}"));
                return Ok(());
            }
        };
        let count = sets.len();
        let options = options_mut(cx)?;
        for (name, bones) in sets {
            let name = unique(&name, &options.selection_sets);
            options.selection_sets.push(SelectionSet {
                name,
                bones,
                ..SelectionSet::default()
            });
        }
        let last = i32::try_from(options.selection_sets.len()).unwrap_or(i32::MAX) - 1;
        options.active_selection_set = last;
        cx.info(match count {
            1 => "Pasted 1 selection set".to_owned(),
            count => format!("Pasted {count} selection sets"),
        });
        Ok(())
    }
}

/// The sets of a text, in its order; of a name that is there twice the last list counts.
fn parse(text: &str) -> Result<Vec<(String, Vec<String>)>, String> {
    if text.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    if text.len() > LONGEST {
        return Err("its text is too long".to_owned());
    }
    let value: Value = serde_json::from_str(text)
        .map_err(|error| format!("line {}: it is no JSON object", error.line()))?;
    let Value::Object(object) = value else {
        return Err("it is no JSON object of names with lists of bones".to_owned());
    };
    let set = |(name, value): (String, Value)| match names(value) {
        Some(bones) => Ok((name, bones)),
        None => Err(format!("{name:?} must be a list of bone names")),
    };
    object.into_iter().map(set).collect()
}

/// The texts of a list; nothing where it is none, or holds anything else.
fn names(value: Value) -> Option<Vec<String>> {
    let Value::Array(items) = value else {
        return None;
    };
    let text = |item: Value| match item {
        Value::String(text) => Some(text),
        _ => None,
    };
    items.into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lists_of_names_are_sets() {
        let sets = parse(r#" {"b": ["x", "x"], "a": [], "b": ["y"]} "#).unwrap();
        let named = |name: &str, bones: &[&str]| {
            let bones = bones.iter().map(|bone| (*bone).to_owned());
            (name.to_owned(), bones.collect::<Vec<_>>())
        };
        assert_eq!(sets, [named("b", &["y"]), named("a", &[])]);
        for (text, reason) in [
            ("", "empty"),
            ("not json", "line 1"),
            ("[1]", "no JSON object"),
            ("5", "no JSON object"),
            (r#"{"a": 5}"#, "\"a\" must be"),
            (r#"{"a": "xyz"}"#, "\"a\" must be"),
            (r#"{"a": ["b", 2]}"#, "\"a\" must be"),
            (r#"{"a": ["b"]} and more"#, "line 1"),
            ("{\"a\":\n[\"b\"", "line 2"),
        ] {
            let found = parse(text).unwrap_err();
            assert!(found.contains(reason), "{text}: {found}");
            assert!(!found.contains('\n'), "{found}");
        }
    }
}
