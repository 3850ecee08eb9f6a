//! Enums with an id and a label per item, as scripts, files and forms need them.

/// One item of a [`Choice`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The word in scripts and files, in capitals.
    pub id: &'static str,
    /// What the user reads.
    pub label: &'static str,
    /// One sentence of explanation.
    pub doc: &'static str,
    /// The heading of the group that begins with this item; empty: it goes on.
    pub heading: &'static str,
}

/// An enum that knows its items.
pub trait Choice {
    /// All items in their order.
    fn items(&self) -> &'static [Item];
    /// The place of the current item in [`Choice::items`].
    fn index(&self) -> usize;
    /// Takes the item at `index`; beyond the end nothing happens.
    fn set_index(&mut self, index: usize);
    /// Whether an item is chosen.
    fn is_set(&self) -> bool {
        true
    }
    /// The id of the current item.
    fn id(&self) -> &'static str {
        self.items().get(self.index()).map_or("", |item| item.id)
    }
    /// The label of the current item.
    fn label(&self) -> &'static str {
        self.items().get(self.index()).map_or("", |item| item.label)
    }
}

/// No item yet: for a parameter that has no default.
impl<C: Choice + Copy + Default> Choice for Option<C> {
    fn items(&self) -> &'static [Item] {
        C::default().items()
    }
    fn index(&self) -> usize {
        self.map_or(0, |item| item.index())
    }
    fn set_index(&mut self, index: usize) {
        let mut item = C::default();
        if index < item.items().len() {
            item.set_index(index);
            *self = Some(item);
        }
    }
    fn is_set(&self) -> bool {
        self.is_some()
    }
    fn id(&self) -> &'static str {
        self.map_or("", |item| item.id())
    }
    fn label(&self) -> &'static str {
        self.map_or("", |item| item.label())
    }
}

/// Declares an enum of choices: `choice! { /// doc  pub enum Name: DefaultItem { /// doc  Item = "ID", "Label"; } }`.
/// A heading after the label begins a group of items.
#[macro_export]
macro_rules! choice {
    ($(#[$meta:meta])* $vis:vis enum $name:ident: $default:ident {
        $( $(#[doc = $doc:expr])* $item:ident = $id:literal, $label:literal $(, $heading:literal)?; )+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        $vis enum $name { $( $(#[doc = $doc])* #[serde(rename = $id)] $item, )+ }

        impl $name {
            /// Every item, in the order of the interface.
            pub const ALL: &'static [Self] = &[$(Self::$item),+];
        }

        impl Default for $name {
            fn default() -> Self {
                Self::$default
            }
        }

        impl $crate::model::choice::Choice for $name {
            fn items(&self) -> &'static [$crate::model::choice::Item] {
                const ITEMS: &[$crate::model::choice::Item] = &[
                    $($crate::model::choice::Item {
                        id: $id,
                        label: $label,
                        doc: concat!($($doc),*),
                        heading: concat!($($heading)?),
                    }),+
                ];
                ITEMS
            }
            fn index(&self) -> usize {
                Self::ALL.iter().position(|item| item == self).unwrap_or(0)
            }
            fn set_index(&mut self, index: usize) {
                if let Some(&item) = Self::ALL.get(index) {
                    *self = item;
                }
            }
        }

        impl $crate::model::record::Put for $name {
            fn put<S: serde::Serializer>(&self, serializer: S, _sparse: bool) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(self, serializer)
            }
        }
    };
}
