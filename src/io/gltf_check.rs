//! The mark by which a clip that Keypose wrote is known again: a hash of what its channels hold.
//!
//! Beside the channels an exported animation carries the keys they were made from (`extras.keypose`). As long
//! as the channels still give the mark that stands there, these keys are the same motion, only richer; where
//! another program changed the channels, the mark differs and the channels count.

use sha2::{Digest, Sha256};

/// The mark in the making. Channels that move nodes (`translation`, `rotation`, `scale`) are added in the
/// order of the animation; all others are passed over.
#[derive(Default)]
pub struct Check {
    hash: Sha256,
}

impl Check {
    /// Adds a channel: the path of its target, its interpolation as glTF writes it, its times in seconds and
    /// its values, one after the other.
    pub fn add(&mut self, path: &str, interpolation: &str, times: &[f32], values: &[f32]) {
        for word in [path, interpolation] {
            self.hash.update(word.as_bytes());
            self.hash.update([0]);
        }
        for number in times.iter().chain(values) {
            self.hash.update(number.to_le_bytes());
        }
    }

    /// The mark: 32 hexadecimal digits, lower case.
    pub fn finish(self) -> String {
        let digest = self.hash.finalize();
        digest.iter().take(16).map(|b| format!("{b:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(path: &str, times: &[f32]) -> String {
        let mut check = Check::default();
        check.add(path, "LINEAR", times, &[1.0, 2.0, 3.0]);
        check.finish()
    }

    #[test]
    fn the_mark_follows_what_the_channels_hold() {
        assert_eq!(mark("scale", &[0.5]), mark("scale", &[0.5]));
        assert_ne!(mark("scale", &[0.5]), mark("translation", &[0.5]));
        assert_ne!(mark("scale", &[0.5]), mark("scale", &[0.5 + 1e-7]));
        assert_eq!(mark("scale", &[0.5]).len(), 32);
    }
}
