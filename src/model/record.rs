//! Plain data with defaults that can be written whole or without what equals the default.
//!
//! A scene file for other programs names every field; a document that people diff names only what was
//! changed. [`record!`](crate::record) declares a struct once for both, and for reading.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// A value that can be written whole, or *sparse*: without the fields that equal their default.
pub trait Put {
    /// Writes the value.
    fn put<S: Serializer>(&self, serializer: S, sparse: bool) -> Result<S::Ok, S::Error>;
}

/// A value together with the way it is to be written.
pub struct Written<'a, T: ?Sized> {
    /// What is written.
    pub value: &'a T,
    /// Whether fields that equal their default are left out.
    pub sparse: bool,
}

impl<T: Put + ?Sized> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.put(serializer, self.sparse)
    }
}

macro_rules! put_plain {
    ($($ty:ty),*) => { $(impl Put for $ty {
        fn put<S: Serializer>(&self, serializer: S, _sparse: bool) -> Result<S::Ok, S::Error> {
            self.serialize(serializer)
        }
    })* };
}
put_plain!(
    bool,
    i32,
    i64,
    u8,
    u32,
    u64,
    usize,
    f32,
    f64,
    String,
    str,
    Arc<str>,
    glam::Vec3,
    glam::Vec2,
    glam::Quat
);

impl<T: Put, const N: usize> Put for [T; N] {
    fn put<S: Serializer>(&self, serializer: S, sparse: bool) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeTuple;
        let mut tuple = serializer.serialize_tuple(N)?;
        for value in self {
            tuple.serialize_element(&Written { value, sparse })?;
        }
        tuple.end()
    }
}

impl<T: Put> Put for Vec<T> {
    fn put<S: Serializer>(&self, serializer: S, sparse: bool) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|value| Written { value, sparse }))
    }
}

impl<T: Put> Put for Option<T> {
    fn put<S: Serializer>(&self, serializer: S, sparse: bool) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Written { value, sparse }),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Put> Put for Arc<T> {
    fn put<S: Serializer>(&self, serializer: S, sparse: bool) -> Result<S::Ok, S::Error> {
        self.as_ref().put(serializer, sparse)
    }
}

impl<A: Put, B: Put> Put for (A, B) {
    fn put<S: Serializer>(&self, serializer: S, sparse: bool) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeTuple;
        let mut tuple = serializer.serialize_tuple(2)?;
        tuple.serialize_element(&Written {
            value: &self.0,
            sparse,
        })?;
        tuple.serialize_element(&Written {
            value: &self.1,
            sparse,
        })?;
        tuple.end()
    }
}

impl<K: Serialize, V: Put> Put for BTreeMap<K, V> {
    fn put<S: Serializer>(&self, serializer: S, sparse: bool) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.iter()
                .map(|(key, value)| (key, Written { value, sparse })),
        )
    }
}

/// The name of a field in files: a raw identifier without its mark.
pub const fn field_name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// Declares a struct of plain data: `record! { /// doc  pub struct Name { /// doc  pub field: Type = default; } }`.
///
/// It can be cloned, compared, read with serde (missing fields get their default, unknown ones are refused)
/// and written through [`Put`](crate::model::record::Put).
#[macro_export]
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $( $(#[$field_meta:meta])* $field_vis:vis $field:ident : $ty:ty = $default:expr; )*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        $vis struct $name { $( $(#[$field_meta])* $field_vis $field: $ty, )* }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl $crate::model::record::Put for $name {
            fn put<S: serde::Serializer>(&self, serializer: S, sparse: bool) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct;
                let default = sparse.then(Self::default);
                let wanted = [$( default.as_ref().is_none_or(|d| d.$field != self.$field), )*];
                let count = wanted.iter().filter(|&&w| w).count();
                let mut fields = serializer.serialize_struct(stringify!($name), count)?;
                let mut wanted = wanted.into_iter();
                $(
                    if wanted.next() == Some(true) {
                        let written = $crate::model::record::Written { value: &self.$field, sparse };
                        fields.serialize_field($crate::model::record::field_name(stringify!($field)), &written)?;
                    }
                )*
                fields.end()
            }
        }
    };
}
