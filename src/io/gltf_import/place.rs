//! Places in a glTF tree, in words: `mesh 0, primitive 2`, and what is wrong there, each in one line.

use std::fmt::Display;

use gltf::json::validation;
use serde_json::Value;

/// What is wrong and where, in the terms of glTF; the file's name is added by the caller.
pub type Fault = String;

/// Adds a place to a fault.
pub trait Within {
    /// The same result, with `place` before its fault.
    fn within(self, place: impl Display) -> Self;
}

impl<T> Within for Result<T, Fault> {
    fn within(self, place: impl Display) -> Self {
        self.map_err(|fault| format!("{place}: {fault}"))
    }
}

/// The way from the root of the tree to a value: names of fields and numbers of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    steps: Vec<String>,
}

impl Place {
    /// A path as `gltf` and `serde` write it: `meshes[0].primitives[2].attributes["POSITION"]`.
    pub fn parse(path: &str) -> Self {
        let steps = path.split(['.', '[', ']']);
        let steps = steps.map(|step| step.trim_matches('"').to_owned());
        Self {
            steps: steps.filter(|step| !step.is_empty()).collect(),
        }
    }

    /// The item of a list of the root that the place is in: `("meshes", 0)`.
    pub fn item(&self) -> Option<(&str, usize)> {
        match &self.steps[..] {
            [list, index, ..] => Some((list, index.parse().ok()?)),
            _ => None,
        }
    }

    /// The name of the last field on the way.
    pub fn field(&self) -> &str {
        let field = self.steps.iter().rfind(|step| !is_index(step));
        field.map_or("", String::as_str)
    }

    fn value<'a>(&self, tree: &'a Value) -> Option<&'a Value> {
        let pointer: String = self.steps.iter().map(|step| format!("/{step}")).collect();
        tree.pointer(&pointer)
    }

    /// What the validation of the `gltf` crate found here; `tree` is what it looked at.
    pub fn validation_fault(&self, error: validation::Error, tree: &Value) -> Fault {
        let value = self.value(tree).map_or_else(String::new, found);
        let wrong = match error {
            validation::Error::IndexOutOfBounds => {
                format!("{} {value} does not exist", target(self.field()))
            }
            validation::Error::Missing => format!("has no {}", self.field()),
            _ => format!("{value} is no valid {}", self.field()),
        };
        format!("{self}: {wrong}")
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let mut between = "";
        for (depth, step) in self.steps.iter().enumerate() {
            let next = self.steps.get(depth + 1);
            let in_list = next.is_some_and(|next| is_index(next));
            match step.as_str() {
                index if is_index(index) => write!(f, " {index}")?,
                // What holds the attributes is clear enough.
                "attributes" if next.is_some() => continue,
                list @ ("primitives" | "targets") if in_list => {
                    write!(f, "{between}{}", singular(list))?;
                }
                list if in_list && depth == 0 => write!(f, "{}", singular(list))?,
                name => write!(f, "{between}{}", short(name).escape_debug())?,
            }
            between = ", ";
        }
        Ok(())
    }
}

fn is_index(step: &str) -> bool {
    step.bytes().all(|byte| byte.is_ascii_digit())
}

fn singular(list: &str) -> &str {
    match list {
        "meshes" => "mesh",
        _ => list.strip_suffix('s').unwrap_or(list),
    }
}

/// What the indices in a field stand for.
fn target(field: &str) -> &str {
    match field {
        "children" | "joints" | "nodes" => "node",
        "buffer" | "bufferView" | "camera" | "material" | "mesh" | "sampler" | "scene" | "skin" => {
            field
        }
        "index" => "texture",
        "source" => "image",
        _ => "accessor",
    }
}

/// Reads a value of the tree, which stands at `path`, into its type.
pub fn typed<T: serde::de::DeserializeOwned>(path: &str, value: &Value) -> Result<T, Fault> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let inside = error.path().to_string();
        let found = Place::parse(&inside).value(value).map(found);
        let place = Place::parse(&format!("{path}.{inside}"));
        let wrong = type_fault(&error.inner().to_string(), found);
        if place.steps.is_empty() {
            return wrong;
        }
        format!("{place}: {wrong}")
    })
}

/// What `serde` says of a value of the wrong type, in words of our own.
fn type_fault(message: &str, found: Option<String>) -> String {
    if let Some(field) = message.strip_prefix("missing field ") {
        return format!("has no {}", field.trim_matches('`'));
    }
    let Some((unexpected, expected)) = message.split_once(", expected ") else {
        return message.escape_debug().to_string();
    };
    let found = match unexpected.strip_prefix("invalid length ") {
        Some(length) => length.to_owned(),
        None => found.unwrap_or_else(|| unexpected.escape_debug().to_string()),
    };
    let wanted = match expected {
        "index into child of root" | "u32" | "u64" | "usize" => "a whole number",
        "f32" | "f64" => "a number",
        "a sequence" => "a list",
        "a map" => "an object",
        "a string" => "a text",
        "a boolean" => "true or false",
        "fewer elements in array" => "fewer numbers",
        other if other.starts_with("struct ") => "an object",
        other => match other.strip_prefix("an array of length ") {
            Some(length) => return format!("expected {length} numbers, found {found}"),
            None => other,
        },
    };
    format!("expected {wanted}, found {found}")
}

/// Refuses numbers that are too large for what is computed with them.
pub fn finite(place: impl Display, numbers: &[f32]) -> Result<(), Fault> {
    match numbers.iter().position(|number| !number.is_finite()) {
        Some(index) => Err(format!("{place} {index}: the number is too large")),
        None => Ok(()),
    }
}

/// The name of a thing: nothing if it has none or an empty one.
pub fn name(given: Option<&str>) -> Option<&str> {
    given.map(str::trim).filter(|name| !name.is_empty())
}

/// A value in words, short enough for an error line.
fn found(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if short(text).len() < text.len() => {
            format!("the text {:?}…", short(text))
        }
        Value::String(text) => format!("the text {text:?}"),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(_) => "an object".to_owned(),
    }
}

fn short(text: &str) -> &str {
    text.get(..text.floor_char_boundary(24)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use gltf::json::{Mesh, Node};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_wrong_type_is_named_with_its_place() {
        let mesh = json!({"primitives": {"not": "a list"}});
        assert_eq!(
            typed::<Mesh>("meshes[0]", &mesh).unwrap_err(),
            "mesh 0, primitives: expected a list, found an object"
        );
        let node = json!({"mesh": -1});
        assert_eq!(
            typed::<Node>("nodes[1]", &node).unwrap_err(),
            "node 1, mesh: expected a whole number, found -1"
        );
        let mesh = json!({"primitives": [{}]});
        assert_eq!(
            typed::<Mesh>("meshes[4]", &mesh).unwrap_err(),
            "mesh 4, primitive 0: has no attributes"
        );
    }

    #[test]
    fn an_index_out_of_range_names_what_is_missing() {
        let tree = json!({"meshes": [{"primitives": [{"attributes": {"NORMAL": 7}}]}]});
        let place = Place::parse("meshes[0].primitives[0].attributes[\"NORMAL\"]");
        assert_eq!(
            place.validation_fault(validation::Error::IndexOutOfBounds, &tree),
            "mesh 0, primitive 0, NORMAL: accessor 7 does not exist"
        );
    }
}
