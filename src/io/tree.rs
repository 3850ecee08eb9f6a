//! Reading a JSON tree: fields that nobody asks for are ignored, and an error names its place.
//!
//! Places read like `armature.bones[3] "hand.L": head[1]`. Numbers that a 32-bit float cannot hold are
//! refused, so nothing that is read is ever infinite.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, Unexpected, Visitor};
use serde_json::Value;

use crate::io::form::did_you_mean;

/// Reads a value from a tree.
///
/// # Errors
/// One line: the place, what was found and what was expected.
pub fn read<'a, T: Deserialize<'a>>(value: &'a Value) -> Result<T, String> {
    let place = Place::Root;
    let tree = Tree {
        value,
        place: &place,
    };
    T::deserialize(tree).map_err(|error| error.to_string())
}

/// The way from the root to a value.
enum Place<'a> {
    Root,
    Field(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize, &'a Value),
}

impl Place<'_> {
    fn write(&self, out: &mut String) {
        match self {
            Self::Root => {}
            Self::Field(parent, name) => {
                parent.write(out);
                let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_');
                match (plain, out.as_str()) {
                    (true, "") => out.push_str(name),
                    (true, before) if before.ends_with('"') => {
                        out.push_str(": ");
                        out.push_str(name);
                    }
                    (true, _) => {
                        out.push('.');
                        out.push_str(name);
                    }
                    (false, _) => out.push_str(&format!(" {name:?}")),
                }
            }
            Self::Item(parent, index, value) => {
                parent.write(out);
                out.push_str(&format!("[{index}]"));
                if let Some(name) = value.get("name").and_then(Value::as_str) {
                    out.push_str(&format!(" {name:?}"));
                }
            }
        }
    }

    fn attach(&self, mut error: TreeError) -> TreeError {
        if !error.placed {
            let mut text = String::new();
            self.write(&mut text);
            if !text.is_empty() {
                error.message = format!("{text}: {}", error.message);
            }
            error.placed = true;
        }
        error
    }
}

#[derive(Debug)]
struct TreeError {
    placed: bool,
    message: String,
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TreeError {}

impl de::Error for TreeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            placed: false,
            message: message.to_string(),
        }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let expected = match expected.to_string().as_str() {
            "f32" | "f64" => "a number".to_owned(),
            "i32" | "i64" | "u8" | "u32" | "u64" | "usize" => "a whole number".to_owned(),
            "a map" => "an object".to_owned(),
            "a sequence" => "a list".to_owned(),
            other => other.to_owned(),
        };
        let found = match found {
            Unexpected::Map => "an object".to_owned(),
            Unexpected::Seq => "a list".to_owned(),
            Unexpected::Unit => "null".to_owned(),
            Unexpected::Str(text) => format!("{text:?}"),
            other => other.to_string(),
        };
        Self::custom(format_args!("expected {expected}, found {found}"))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let hint = did_you_mean(variant, expected.iter().copied());
        Self::custom(format_args!("`{variant}` is not known here{hint}"))
    }
}

#[derive(Clone, Copy)]
struct Tree<'de, 'p> {
    value: &'de Value,
    place: &'p Place<'p>,
}

impl<'de> Tree<'de, '_> {
    fn any<V: Visitor<'de>>(
        self,
        visitor: V,
        known: Option<&[&str]>,
    ) -> Result<V::Value, TreeError> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), _, _) => visitor.visit_u64(value),
                (_, Some(value), _) => visitor.visit_i64(value),
                (_, _, Some(value)) => visitor.visit_f64(value),
                _ => Err(de::Error::custom("a number out of range")),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => {
                let mut access = Items {
                    rest: items.iter().enumerate(),
                    place: self.place,
                };
                let made = visitor.visit_seq(&mut access)?;
                match access.rest.next() {
                    Some((expected, _)) => Err(de::Error::custom(format_args!(
                        "expected {expected} items, found {}",
                        items.len()
                    ))),
                    None => Ok(made),
                }
            }
            Value::Object(fields) => visitor.visit_map(Fields {
                rest: fields.iter(),
                known,
                pending: None,
                place: self.place,
            }),
        }
    }

    fn whole<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        match self.value.as_f64() {
            Some(number) if self.value.is_f64() && number.fract() == 0.0 && number.abs() < 1e15 => {
                visitor.visit_i64(number as i64)
            }
            _ => self.any(visitor, None),
        }
        .map_err(|error| self.place.attach(error))
    }
}

macro_rules! whole_numbers {
    ($($method:ident)*) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
            self.whole(visitor)
        }
    )* };
}

impl<'de> Deserializer<'de> for Tree<'de, '_> {
    type Error = TreeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        self.any(visitor, None)
            .map_err(|error| self.place.attach(error))
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        match self.value.as_f64() {
            Some(number) if !(number as f32).is_finite() => Err(de::Error::custom(format_args!(
                "{number:e} is too large a number"
            ))),
            _ => self.any(visitor, None),
        }
        .map_err(|error| self.place.attach(error))
    }

    whole_numbers! { deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
    deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, TreeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TreeError> {
        match self.value {
            Value::Array(_) => Err(de::Error::custom("expected an object, found a list")),
            _ => self.any(visitor, Some(fields)),
        }
        .map_err(|error| self.place.attach(error))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TreeError> {
        match self.value {
            Value::String(text) => {
                let word: de::value::StrDeserializer<'_, TreeError> =
                    text.as_str().into_deserializer();
                visitor.visit_enum(word)
            }
            _ => Err(de::Error::custom("expected a word in quotes")),
        }
        .map_err(|error| self.place.attach(error))
    }

    serde::forward_to_deserialize_any! {
        bool i128 u128 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map
        identifier ignored_any
    }
}

struct Items<'de, 'p> {
    rest: std::iter::Enumerate<std::slice::Iter<'de, Value>>,
    place: &'p Place<'p>,
}

impl<'de> de::SeqAccess<'de> for Items<'de, '_> {
    type Error = TreeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, TreeError> {
        let Some((index, value)) = self.rest.next() else {
            return Ok(None);
        };
        let place = Place::Item(self.place, index, value);
        let tree = Tree {
            value,
            place: &place,
        };
        seed.deserialize(tree)
            .map(Some)
            .map_err(|error| place.attach(error))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Fields<'de, 'p> {
    rest: serde_json::map::Iter<'de>,
    known: Option<&'p [&'p str]>,
    pending: Option<(&'de str, &'de Value)>,
    place: &'p Place<'p>,
}

impl<'de> de::MapAccess<'de> for Fields<'de, '_> {
    type Error = TreeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, TreeError> {
        for (name, value) in self.rest.by_ref() {
            if self
                .known
                .is_none_or(|known| known.contains(&name.as_str()))
            {
                self.pending = Some((name, value));
                let name: de::value::BorrowedStrDeserializer<'de, TreeError> =
                    de::value::BorrowedStrDeserializer::new(name);
                return seed.deserialize(name).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, TreeError> {
        let (name, value) = self
            .pending
            .take()
            .ok_or_else(|| TreeError::custom_text("a value without a name"))?;
        let place = Place::Field(self.place, name);
        let tree = Tree {
            value,
            place: &place,
        };
        seed.deserialize(tree).map_err(|error| place.attach(error))
    }
}

impl TreeError {
    fn custom_text(text: &str) -> Self {
        de::Error::custom(text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::markers::Marker;

    #[test]
    fn unknown_fields_are_ignored_and_whole_floats_are_whole_numbers() {
        let made: Vec<Marker> = read(&json!([{"name": "a", "frame": 3.0, "colour": 1}])).unwrap();
        assert_eq!((made[0].name.as_str(), made[0].frame), ("a", 3));
    }

    #[test]
    fn an_error_names_its_place() {
        let error = read::<Vec<Marker>>(&json!([{}, {"name": "a", "frame": "x"}])).unwrap_err();
        assert_eq!(
            error,
            r#"[1] "a": frame: expected a whole number, found "x""#
        );
        let error = read::<Vec<[f32; 3]>>(&json!([[1.0, 2.0, 1e300]])).unwrap_err();
        assert_eq!(error, "[0][2]: 1e300 is too large a number");
        let error = read::<[f32; 3]>(&json!([1, 2, 3, 4])).unwrap_err();
        assert_eq!(error, "expected 3 items, found 4");
    }
}
