//! Pictures: read from the file, its folder or a data URI, decoded within limits, each one once.
//!
//! A picture that cannot be shown is never an error: the caller draws grey and says why.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use image::{ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::io::gltf_import::accessor::Accessors;
use crate::io::gltf_import::json::{At, Fault};
use crate::io::gltf_import::uri;
use crate::model::mesh::Texture;

/// Pixels along one side at most.
const MAX_SIDE: u32 = 16_384;

/// Pixels of all pictures of a file together: a gigabyte.
const MAX_PIXELS: u64 = 1 << 28;

/// The pictures of a file.
pub struct Images<'a> {
    folder: &'a Path,
    textures: Vec<At<'a>>,
    images: Vec<At<'a>>,
    decoded: BTreeMap<usize, Result<Arc<Texture>, Fault>>,
    pixels: u64,
}

impl<'a> Images<'a> {
    /// The pictures of a tree, none decoded yet; `folder` holds those that are files.
    pub fn new(root: &At<'a>, folder: &'a Path) -> Result<Self, Fault> {
        Ok(Self {
            folder,
            textures: root.list("textures", "texture")?,
            images: root.list("images", "image")?,
            decoded: BTreeMap::new(),
            pixels: 0,
        })
    }

    /// The picture of the texture that `user` names by its index.
    pub fn texture(&mut self, user: &At, accessors: &Accessors) -> Result<Arc<Texture>, Fault> {
        let index = user.as_index("texture", self.textures.len())?;
        let texture = self
            .textures
            .get(index)
            .ok_or_else(|| user.fault("does not exist"))?;
        let Some(source) = texture.index("source", "image", self.images.len())? else {
            return Err(texture.fault(match other_format(texture)? {
                Some(name) => format!("needs {name}; only PNG and JPEG are shown"),
                None => "has no source".to_owned(),
            }));
        };
        if let Some(known) = self.decoded.get(&source) {
            return known.clone();
        }
        let result = self.decode(source, accessors);
        self.decoded.insert(source, result.clone());
        result
    }

    fn decode(&mut self, index: usize, accessors: &Accessors) -> Result<Arc<Texture>, Fault> {
        let at = self
            .images
            .get(index)
            .ok_or_else(|| format!("image {index}: does not exist"))?;
        let left = MAX_PIXELS.saturating_sub(self.pixels);
        let decoded = match (at.get("bufferView")?, at.text("uri")?) {
            (Some(view), _) => decode(accessors.view(&view)?, left),
            (None, Some(uri)) => match uri::fetch(self.folder, uri) {
                Ok(fetched) => decode(&fetched.bytes, left),
                Err(why) => Err(format!("{} {why}", uri::shown(uri))),
            },
            (None, None) => Err("has neither a uri nor a bufferView".to_owned()),
        };
        let texture = decoded.map_err(|why| at.fault(why))?;
        self.pixels += u64::from(texture.width) * u64::from(texture.height);
        Ok(Arc::new(texture))
    }
}

/// The extension that holds the texture's picture in a format that cannot be read.
fn other_format(texture: &At) -> Result<Option<&'static str>, Fault> {
    let names = [
        "KHR_texture_basisu",
        "EXT_texture_webp",
        "EXT_texture_avif",
        "MSFT_texture_dds",
    ];
    for name in names {
        if texture.extension(name)?.is_some() {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn decode(bytes: &[u8], pixels_left: u64) -> Result<Texture, String> {
    let unreadable = |error: image::ImageError| format!("cannot be decoded: {error}");
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => format,
        Ok(other) => return Err(format!("is {other:?}; only PNG and JPEG are shown")),
        Err(_) => return Err("is neither PNG nor JPEG".to_owned()),
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > pixels_left {
        return Err(format!(
            "its {width} by {height} pixels are more than can be held"
        ));
    }
    let picture = image::DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    let picture = picture.into_rgba8();
    let (width, height) = picture.dimensions();
    Ok(Texture {
        width,
        height,
        rgba: picture.into_raw(),
    })
}
