//! Reading the glTF tree: every value knows its place in words, so that an error can name it.
//!
//! Nothing here trusts the file: types, ranges and indices are checked where they are read.

use serde_json::Value;

/// What is wrong and where, in the terms of glTF; the file's name is added by the caller.
pub type Fault = String;

/// A value of the tree and its place: `mesh 0, primitive 2`.
#[derive(Clone, Debug)]
pub struct At<'a> {
    value: &'a Value,
    place: String,
}

impl<'a> At<'a> {
    /// The tree itself, which has no place to name.
    pub fn root(value: &'a Value) -> Self {
        Self {
            value,
            place: String::new(),
        }
    }

    /// Where the value stands.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// A fault at this place.
    pub fn fault(&self, message: impl std::fmt::Display) -> Fault {
        if self.place.is_empty() {
            return message.to_string();
        }
        format!("{}: {message}", self.place)
    }

    fn inside(&self, name: &str) -> String {
        if self.place.is_empty() {
            return name.to_owned();
        }
        format!("{}, {name}", self.place)
    }

    fn wanted(&self, what: &str) -> Fault {
        self.fault(format_args!("expected {what}, found {}", found(self.value)))
    }

    /// The field of this name; one that is null counts as absent.
    pub fn get(&self, name: &str) -> Result<Option<At<'a>>, Fault> {
        let Value::Object(fields) = self.value else {
            return Err(self.wanted("an object"));
        };
        Ok(fields
            .get(name)
            .filter(|value| !value.is_null())
            .map(|value| At {
                value,
                place: self.inside(name),
            }))
    }

    /// The field of this name, called by the place of what holds it: `attributes` need no mention.
    pub fn within(&self, name: &str) -> Result<Option<At<'a>>, Fault> {
        Ok(self.get(name)?.map(|at| At {
            value: at.value,
            place: self.place.clone(),
        }))
    }

    /// The field of this name, which must be there.
    pub fn need(&self, name: &str) -> Result<At<'a>, Fault> {
        self.get(name)?
            .ok_or_else(|| self.fault(format_args!("has no {name}")))
    }

    /// The extension of this name, if this object has it.
    pub fn extension(&self, name: &str) -> Result<Option<At<'a>>, Fault> {
        match self.get("extensions")? {
            Some(extensions) => extensions.get(name),
            None => Ok(None),
        }
    }

    /// The items of a list field, each to be called `item` and its number; none if the field is absent.
    pub fn list(&self, name: &str, item: &str) -> Result<Vec<At<'a>>, Fault> {
        let Some(list) = self.get(name)? else {
            return Ok(Vec::new());
        };
        let Value::Array(items) = list.value else {
            return Err(list.wanted("a list"));
        };
        let named = |(index, value)| At {
            value,
            place: self.inside(&format!("{item} {index}")),
        };
        Ok(items.iter().enumerate().map(named).collect())
    }

    /// The value as a whole number.
    pub fn whole(&self) -> Result<usize, Fault> {
        self.value
            .as_u64()
            .and_then(|number| usize::try_from(number).ok())
            .ok_or_else(|| self.wanted("a whole number"))
    }

    /// A field as a whole number.
    pub fn count(&self, name: &str) -> Result<Option<usize>, Fault> {
        self.get(name)?.map(|at| at.whole()).transpose()
    }

    /// The value as an index into a list of `length` things called `item`.
    pub fn as_index(&self, item: &str, length: usize) -> Result<usize, Fault> {
        let index = self.whole()?;
        if index >= length {
            return Err(self.fault(format_args!("{item} {index} does not exist")));
        }
        Ok(index)
    }

    /// A field as an index into a list of `length` things called `item`.
    pub fn index(&self, name: &str, item: &str, length: usize) -> Result<Option<usize>, Fault> {
        self.get(name)?
            .map(|at| at.as_index(item, length))
            .transpose()
    }

    /// A list field of indices into a list of `length` things called `item`.
    pub fn indices(&self, name: &str, item: &str, length: usize) -> Result<Vec<usize>, Fault> {
        self.list(name, name)?
            .iter()
            .map(|at| at.as_index(item, length))
            .collect()
    }

    /// The value as a finite number.
    pub fn number(&self) -> Result<f32, Fault> {
        let number = self.value.as_f64().ok_or_else(|| self.wanted("a number"))? as f32;
        if !number.is_finite() {
            return Err(self.fault("the number is too large"));
        }
        Ok(number)
    }

    /// A field as a finite number.
    pub fn float(&self, name: &str) -> Result<Option<f32>, Fault> {
        self.get(name)?.map(|at| at.number()).transpose()
    }

    /// A list field of numbers, of any length.
    pub fn floats(&self, name: &str) -> Result<Vec<f32>, Fault> {
        self.list(name, name)?.iter().map(At::number).collect()
    }

    /// A list field of exactly `N` numbers.
    pub fn array<const N: usize>(&self, name: &str) -> Result<Option<[f32; N]>, Fault> {
        let Some(field) = self.get(name)? else {
            return Ok(None);
        };
        let numbers = self.floats(name)?;
        let length = numbers.len();
        <[f32; N]>::try_from(numbers)
            .map(Some)
            .map_err(|_| field.fault(format_args!("expected {N} numbers, found {length}")))
    }

    /// The value as text.
    pub fn as_text(&self) -> Result<&'a str, Fault> {
        self.value.as_str().ok_or_else(|| self.wanted("a text"))
    }

    /// A field as text.
    pub fn text(&self, name: &str) -> Result<Option<&'a str>, Fault> {
        self.get(name)?.map(|at| at.as_text()).transpose()
    }

    /// The name of the thing: nothing if it has none, an empty one, or one that is no text.
    pub fn name(&self) -> Option<&'a str> {
        let name = self.value.get("name")?.as_str()?.trim();
        (!name.is_empty()).then_some(name)
    }

    /// A field as yes or no, no if absent.
    pub fn flag(&self, name: &str) -> Result<bool, Fault> {
        let Some(at) = self.get(name)? else {
            return Ok(false);
        };
        at.value.as_bool().ok_or_else(|| at.wanted("true or false"))
    }
}

/// A value in words, short enough for an error line.
fn found(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => {
            let short: String = text.chars().take(24).collect();
            let more = if short.len() < text.len() { "…" } else { "" };
            format!("the text {short:?}{more}")
        }
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(_) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_wrong_type_is_named_with_its_place() {
        let tree = json!({"meshes": [{"primitives": {"not": "a list"}}], "scene": "hello"});
        let root = At::root(&tree);
        assert_eq!(
            root.count("scene").unwrap_err(),
            "scene: expected a whole number, found the text \"hello\""
        );
        let mesh = &root.list("meshes", "mesh").unwrap()[0];
        assert_eq!(
            mesh.list("primitives", "primitive").unwrap_err(),
            "mesh 0, primitives: expected a list, found an object"
        );
    }

    #[test]
    fn an_index_out_of_range_names_what_is_missing() {
        let tree = json!({"nodes": [{"mesh": 3}, {"mesh": -1}]});
        let nodes = At::root(&tree).list("nodes", "node").unwrap();
        assert_eq!(
            nodes[0].index("mesh", "mesh", 2).unwrap_err(),
            "node 0, mesh: mesh 3 does not exist"
        );
        assert_eq!(
            nodes[1].index("mesh", "mesh", 2).unwrap_err(),
            "node 1, mesh: expected a whole number, found -1"
        );
    }
}
