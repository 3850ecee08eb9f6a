//! A named list of channels that are keyed together.

use crate::record;

record! {
    /// A named list of channels that are keyed together.
    pub struct KeyingSet {
        /// Unique in its document.
        pub name: String = "Keying Set".to_owned();
        /// Bone name and property name of each channel.
        pub paths: Vec<(String, String)> = Vec::new();
    }
}
