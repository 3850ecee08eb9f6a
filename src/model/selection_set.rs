//! Named sets of bones, recalled while posing.

use crate::record;

record! {
    /// A named set of bones; they are referred to by name only.
    pub struct SelectionSet {
        /// Unique in its rig.
        pub name: String = String::new();
        /// Names of its bones, in the order they were added.
        pub bones: Vec<String> = Vec::new();
        /// Whether copying sets to the clipboard includes this one.
        pub is_selected: bool = false;
    }
}
