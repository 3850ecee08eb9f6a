//! Named frames, of the scene or of one action.

use crate::record;

record! {
    /// A named frame.
    pub struct Marker {
        /// What it is called; need not be unique.
        pub name: String = String::new();
        /// Where it is.
        pub frame: i32 = 0;
        /// Whether operators on markers act on it.
        pub select: bool = false;
    }
}
