//! From serde's data model to a tree of printed values.

use std::fmt;

use serde::ser::{
    Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    SerializeTupleStruct, Serializer,
};

use crate::io::ron_text::layout::{Item, Kind, Node};

/// The tree of a value.
///
/// # Errors
/// The place and what cannot be written there.
pub(super) fn tree<T: Serialize + ?Sized>(value: &T) -> Result<Node, String> {
    value.serialize(Writer).map_err(|error| error.to_string())
}

/// What cannot be written, and where.
#[derive(Debug)]
struct Refused {
    place: String,
    message: String,
}

impl Refused {
    fn within(mut self, place: &str) -> Self {
        let joint = match self.place.chars().next() {
            None | Some('[') => "",
            Some(_) => ".",
        };
        self.place = format!("{place}{joint}{}", self.place);
        self
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for Refused {}

impl serde::ser::Error for Refused {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            place: String::new(),
            message: message.to_string(),
        }
    }
}

struct Writer;

struct GroupWriter {
    kind: Kind,
    items: Vec<Item>,
    key: String,
}

impl GroupWriter {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            items: Vec::new(),
            key: String::new(),
        }
    }

    fn push<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Refused> {
        let value = value.serialize(Writer).map_err(|error| match key {
            "" => error.within(&format!("[{}]", self.items.len())),
            _ => error.within(key),
        })?;
        let key = match key {
            "" => String::new(),
            _ => format!("{key}: "),
        };
        self.items.push(Item { key, value });
        Ok(())
    }

    fn done(self) -> Result<Node, Refused> {
        Ok(Node::group(self.kind, self.items))
    }
}

macro_rules! plain {
    ($($method:ident: $ty:ty, $number:literal;)*) => { $(
        fn $method(self, value: $ty) -> Result<Node, Refused> {
            Ok(Node::Atom(value.to_string(), $number))
        }
    )* };
}

macro_rules! floats {
    ($($method:ident: $ty:ty;)*) => { $(
        fn $method(self, value: $ty) -> Result<Node, Refused> {
            if value.is_finite() {
                Ok(Node::Atom(format!("{value:?}"), true))
            } else {
                Err(Refused::custom(format_args!("{value} is not a finite number")))
            }
        }
    )* };
}

impl Serializer for Writer {
    type Ok = Node;
    type Error = Refused;
    type SerializeSeq = GroupWriter;
    type SerializeTuple = GroupWriter;
    type SerializeTupleStruct = GroupWriter;
    type SerializeTupleVariant = Impossible<Node, Refused>;
    type SerializeMap = GroupWriter;
    type SerializeStruct = GroupWriter;
    type SerializeStructVariant = Impossible<Node, Refused>;

    plain! {
        serialize_bool: bool, false;
        serialize_i8: i8, true;
        serialize_i16: i16, true;
        serialize_i32: i32, true;
        serialize_i64: i64, true;
        serialize_u8: u8, true;
        serialize_u16: u16, true;
        serialize_u32: u32, true;
        serialize_u64: u64, true;
    }

    floats! {
        serialize_f32: f32;
        serialize_f64: f64;
    }

    fn serialize_char(self, value: char) -> Result<Node, Refused> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<Node, Refused> {
        let text = ron::to_string(value).map_err(Refused::custom)?;
        Ok(Node::Atom(text, false))
    }

    fn serialize_bytes(self, _value: &[u8]) -> Result<Node, Refused> {
        Err(Refused::custom("bytes cannot be written"))
    }

    fn serialize_none(self) -> Result<Node, Refused> {
        Ok(Node::Atom("None".to_owned(), false))
    }

    /// Bare: documents are read with implicit `Some`.
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Node, Refused> {
        Ok(Node::Atom("()".to_owned(), false))
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Node, Refused> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Node, Refused> {
        Ok(Node::Atom(variant.to_owned(), false))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<Node, Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _value: &T,
    ) -> Result<Node, Refused> {
        Err(Refused::custom(format_args!(
            "{variant} with content cannot be written"
        )))
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<GroupWriter, Refused> {
        Ok(GroupWriter::new(Kind::List))
    }

    fn serialize_tuple(self, _len: usize) -> Result<GroupWriter, Refused> {
        Ok(GroupWriter::new(Kind::Tuple))
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _len: usize,
    ) -> Result<GroupWriter, Refused> {
        Ok(GroupWriter::new(Kind::Tuple))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeTupleVariant, Refused> {
        Err(Refused::custom(format_args!(
            "{variant} with content cannot be written"
        )))
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<GroupWriter, Refused> {
        Ok(GroupWriter::new(Kind::Map))
    }

    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<GroupWriter, Refused> {
        Ok(GroupWriter::new(Kind::Struct))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeStructVariant, Refused> {
        Err(Refused::custom(format_args!(
            "{variant} with content cannot be written"
        )))
    }
}

macro_rules! elements {
    ($($of:ident: $method:ident;)*) => { $(
        impl $of for GroupWriter {
            type Ok = Node;
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
                self.push("", value)
            }

            fn end(self) -> Result<Node, Refused> {
                self.done()
            }
        }
    )* };
}

elements! {
    SerializeSeq: serialize_element;
    SerializeTuple: serialize_element;
    SerializeTupleStruct: serialize_field;
}

impl SerializeStruct for GroupWriter {
    type Ok = Node;
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.push(key, value)
    }

    fn end(self) -> Result<Node, Refused> {
        self.done()
    }
}

impl SerializeMap for GroupWriter {
    type Ok = Node;
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        match key.serialize(Writer)? {
            Node::Atom(text, _) => self.key = text,
            Node::Group(_) => return Err(Refused::custom("a key must be a word or a number")),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let key = std::mem::take(&mut self.key);
        self.push(&key, value)
    }

    fn end(self) -> Result<Node, Refused> {
        self.done()
    }
}
