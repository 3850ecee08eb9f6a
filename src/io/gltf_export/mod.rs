//! glTF out: the file that a rig came from, with its edited and new clips, and nothing else changed.

mod glb;
mod json_text;
mod knots;
mod lane;
mod motion;
mod sampler;
mod shape;
mod target;
