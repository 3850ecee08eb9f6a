//! The bones of a rig and their collections.
//!
//! Parents stand before their children; siblings keep the order of creation, depth first.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::model::bone::Bone;
use crate::model::id::BoneId;
use crate::record;

record! {
    /// A named group of bones that is shown or hidden together.
    pub struct BoneCollection {
        /// Unique in its armature.
        pub name: String = String::new();
        /// Whether its bones are shown.
        pub is_visible: bool = true;
        /// Whether only collections like this one are shown, whatever `is_visible` says.
        pub is_solo: bool = false;
        /// The colour of its bones, as [`BoneColor`] reads it.
        pub color: String = "DEFAULT".to_owned();
    }
}

/// The colour of bones and collections: a name or `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoneColor {
    /// `DEFAULT`: that of the bone's side.
    Default,
    /// `TORSO`: that of the theme's bones of neither side.
    Torso,
    /// `LEFT`: that of the theme's left bones.
    Left,
    /// `RIGHT`: that of the theme's right bones.
    Right,
    /// `THEME01` to `THEME20`: a colour set, from 1.
    Set(u8),
    /// `#rrggbb`: red, green, blue.
    Free([u8; 3]),
}

impl BoneColor {
    /// How many colour sets there are.
    pub const SETS: u8 = 20;

    /// Reads a colour; nothing where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let byte = |at: usize| {
            let digits = text.get(at..at + 2)?;
            let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            plain.then(|| u8::from_str_radix(digits, 16).ok()).flatten()
        };
        match text {
            "DEFAULT" => Some(Self::Default),
            "TORSO" => Some(Self::Torso),
            "LEFT" => Some(Self::Left),
            "RIGHT" => Some(Self::Right),
            _ if text.starts_with('#') && text.len() == 7 => {
                Some(Self::Free([byte(1)?, byte(3)?, byte(5)?]))
            }
            _ => {
                let number = text.strip_prefix("THEME").filter(|n| n.len() == 2)?;
                let number = number.parse().ok()?;
                (1..=Self::SETS)
                    .contains(&number)
                    .then_some(Self::Set(number))
            }
        }
    }
}

impl fmt::Display for BoneColor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("DEFAULT"),
            Self::Torso => f.write_str("TORSO"),
            Self::Left => f.write_str("LEFT"),
            Self::Right => f.write_str("RIGHT"),
            Self::Set(number) => write!(f, "THEME{number:02}"),
            Self::Free([r, g, b]) => write!(f, "#{r:02x}{g:02x}{b:02x}"),
        }
    }
}

/// The bones of a rig and their collections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Armature {
    /// Parents before children.
    pub bones: Vec<Arc<Bone>>,
    /// In the order of the interface.
    pub collections: Vec<BoneCollection>,
    /// Name of the collection that operators on one collection act on.
    pub active_collection: Option<String>,
}

impl Armature {
    /// The bone, if it exists.
    pub fn bone(&self, id: BoneId) -> Option<&Bone> {
        self.bones.get(id.index()).map(Arc::as_ref)
    }

    /// The bone of this name.
    pub fn find(&self, name: &str) -> Option<BoneId> {
        self.bones
            .iter()
            .position(|bone| bone.name.as_ref() == name)
            .map(BoneId::new)
    }

    /// Every bone by its name, for many look-ups.
    pub fn names(&self) -> HashMap<&str, BoneId> {
        let bones = self.bones.iter().enumerate();
        bones
            .map(|(place, bone)| (bone.name.as_ref(), BoneId::new(place)))
            .collect()
    }

    /// Every bone's key, parents first.
    pub fn ids(&self) -> impl Iterator<Item = BoneId> + use<> {
        (0..self.bones.len()).map(BoneId::new)
    }

    /// The name of a bone, empty if it does not exist.
    pub fn name(&self, id: BoneId) -> &str {
        self.bone(id).map_or("", |bone| &bone.name)
    }

    /// The children of a bone, in the armature's order.
    pub fn children(&self, id: BoneId) -> impl Iterator<Item = BoneId> + '_ {
        self.ids()
            .filter(move |&child| self.bone(child).is_some_and(|bone| bone.parent == Some(id)))
    }

    /// The collection of this name.
    pub fn collection(&self, name: &str) -> Option<&BoneCollection> {
        self.collections.iter().find(|c| c.name == name)
    }

    /// The collection that operators on one collection act on.
    pub fn active_collection(&self) -> Option<&BoneCollection> {
        self.collection(self.active_collection.as_deref()?)
    }

    /// Whether the bone is a member of the collection.
    pub fn is_member(&self, id: BoneId, collection: &str) -> bool {
        self.bone(id)
            .is_some_and(|bone| bone.collections.iter().any(|name| name == collection))
    }

    /// The members of a collection, in the armature's order.
    pub fn members<'a>(&'a self, collection: &'a str) -> impl Iterator<Item = BoneId> + 'a {
        self.ids().filter(move |&id| self.is_member(id, collection))
    }

    /// Whether only solo collections are shown.
    pub fn any_solo(&self) -> bool {
        self.collections.iter().any(|collection| collection.is_solo)
    }

    /// Whether the bone is in no collection or in one that is shown. While any collection is solo, those
    /// alone are shown.
    pub fn collection_visible(&self, id: BoneId) -> bool {
        let Some(bone) = self.bone(id) else {
            return false;
        };
        let any_solo = self.any_solo();
        let known = |name: &String| self.collection(name);
        let mut member = bone.collections.iter().filter_map(known).peekable();
        member.peek().is_none()
            || member.any(|collection| match any_solo {
                true => collection.is_solo,
                false => collection.is_visible,
            })
    }

    /// The colour that the bone takes from its collections: that of the first with one, in their order.
    pub fn collection_color(&self, id: BoneId) -> Option<BoneColor> {
        let bone = self.bone(id)?;
        let own = |c: &&BoneCollection| bone.collections.contains(&c.name);
        let mut colors = self
            .collections
            .iter()
            .filter(own)
            .filter_map(|collection| BoneColor::parse(&collection.color));
        colors.find(|color| *color != BoneColor::Default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_print_as_they_are_read() {
        for text in [
            "DEFAULT", "TORSO", "LEFT", "RIGHT", "THEME07", "THEME20", "#0a1bff",
        ] {
            assert_eq!(BoneColor::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "", "THEME00", "THEME21", "THEME1", "#12345", "#12345g", "#+1+2+3", "red", "#ääb",
        ] {
            assert_eq!(BoneColor::parse(text), None, "{text}");
        }
    }

    fn armature() -> Armature {
        let bone = |collections: &[&str]| {
            Arc::new(Bone {
                collections: collections.iter().map(|&name| name.to_owned()).collect(),
                ..Bone::default()
            })
        };
        let collection = |name: &str| BoneCollection {
            name: name.to_owned(),
            ..BoneCollection::default()
        };
        Armature {
            bones: vec![bone(&["X"]), bone(&["Y"]), bone(&["Y", "X"]), bone(&[])],
            collections: vec![collection("X"), collection("Y")],
            active_collection: None,
        }
    }

    fn shown(armature: &Armature) -> Vec<usize> {
        let shown = armature.ids().filter(|&id| armature.collection_visible(id));
        shown.map(BoneId::index).collect()
    }

    #[test]
    fn solo_counts_alone_and_bones_without_a_collection_stay() {
        let mut armature = armature();
        assert_eq!(shown(&armature), [0, 1, 2, 3]);
        armature.collections[1].is_solo = true;
        assert_eq!(shown(&armature), [1, 2, 3]);
        armature.collections[1].is_visible = false;
        assert_eq!(shown(&armature), [1, 2, 3]);
        armature.collections[1].is_solo = false;
        assert_eq!(shown(&armature), [0, 2, 3]);
    }

    #[test]
    fn the_first_collection_with_a_colour_gives_it() {
        let mut armature = armature();
        assert_eq!(armature.collection_color(BoneId(2)), None);
        armature.collections[1].color = "LEFT".to_owned();
        assert_eq!(armature.collection_color(BoneId(2)), Some(BoneColor::Left));
        armature.collections[0].color = "#010203".to_owned();
        let free = BoneColor::Free([1, 2, 3]);
        assert_eq!(armature.collection_color(BoneId(2)), Some(free));
        assert_eq!(armature.collection_color(BoneId(3)), None);
    }
}
