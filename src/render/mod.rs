//! Drawing a document with wgpu: the 3D viewport, as a texture of its own.
//!
//! - [`gpu`]: device and queue; [`viewport`]: what the interface holds; [`offscreen`]: the picture drawn into
//! - [`scene`]: the document becomes draw lists, here and nowhere else
//! - [`background`], [`mesh`], [`shadow`], [`grid`], [`paths`], [`bones`]: a pass each, with a shader of the same name
//! - [`mesh_store`], [`texture`]: what stays on the GPU between frames
//!
//! Colours are gamma-encoded in the picture, as egui expects them; light is computed in linear space.

pub mod background;
pub mod bones;
pub mod camera;
pub mod colors;
pub mod error;
pub mod gpu;
pub mod gpu_list;
pub mod grid;
pub mod mesh;
pub mod mesh_store;
pub mod offscreen;
pub mod paths;
pub mod scene;
pub mod shader;
pub mod shadow;
pub mod texture;
pub mod viewport;

pub use colors::ViewportColors;
pub use error::Error;
pub use gpu::Gpu;
pub use viewport::{FrameInput, Viewport};
