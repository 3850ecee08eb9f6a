//! What can go wrong between us and the graphics driver, worded for one line.

/// Why nothing could be drawn.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no graphics driver, not even one in software.
    #[error("no graphics driver found: install one, such as Debian's package mesa-vulkan-drivers")]
    NoAdapter,
    /// The driver refused to open its device.
    #[error("the graphics driver gave no device: {0}")]
    Device(#[from] wgpu::RequestDeviceError),
    /// The driver lacks something we cannot do without.
    #[error("the graphics driver of {adapter} lacks {what}")]
    Lacking {
        /// As the driver names it.
        adapter: String,
        /// What it lacks.
        what: &'static str,
    },
    /// The picture could not be read back.
    #[error("the picture could not be read from the graphics card: {0}")]
    ReadBack(String),
}
