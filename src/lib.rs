//! Keypose: pose rigs, edit keyframes, drag pose assets on to a character.
