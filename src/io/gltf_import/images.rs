//! Pictures: read from the file, its folder or a data URI, decoded within limits, each one once.
//!
//! A picture that cannot be shown is never an error: the caller draws grey and says why.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use image::{ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::io::gltf_import::accessor::Accessors;
use crate::io::gltf_import::content::Content;
use crate::io::gltf_import::place::{Fault, Within};
use crate::io::gltf_import::uri;
use crate::model::mesh::Texture;

/// Pixels along one side at most.
const MAX_SIDE: u32 = 16_384;

/// Pixels of all pictures of a file together: a gigabyte.
const MAX_PIXELS: u64 = 1 << 28;

/// Extensions that hold a texture's picture in a format that cannot be read.
const OTHER_FORMATS: [&str; 4] = [
    "KHR_texture_basisu",
    "EXT_texture_webp",
    "EXT_texture_avif",
    "MSFT_texture_dds",
];

/// The pictures of a file.
pub struct Images<'a> {
    content: &'a Content,
    folder: &'a Path,
    decoded: BTreeMap<usize, Result<Arc<Texture>, Fault>>,
    pixels: u64,
}

impl<'a> Images<'a> {
    /// The pictures of a file, none decoded yet; `folder` holds those that are files.
    pub fn new(content: &'a Content, folder: &'a Path) -> Self {
        Self {
            content,
            folder,
            decoded: BTreeMap::new(),
            pixels: 0,
        }
    }

    /// The picture of a texture.
    pub fn texture(
        &mut self,
        texture: &gltf::Texture,
        accessors: &Accessors,
    ) -> Result<Arc<Texture>, Fault> {
        self.content.sound("textures", texture.index())?;
        let Some(source) = texture.source() else {
            let named = |name: &&str| texture.extension_value(name).is_some();
            let why = match OTHER_FORMATS.into_iter().find(named) {
                Some(name) => format!("needs {name}; only PNG and JPEG are shown"),
                None => "has no source".to_owned(),
            };
            return Err(why).within(format_args!("texture {}", texture.index()));
        };
        let index = source.index();
        if let Some(known) = self.decoded.get(&index) {
            return known.clone();
        }
        let result = self.image(index, accessors).map(Arc::new);
        self.decoded.insert(index, result.clone());
        result
    }

    fn image(&mut self, index: usize, accessors: &Accessors) -> Result<Texture, Fault> {
        self.content.sound("images", index)?;
        let document = &self.content.document;
        // The crate's own image insists on a media type, which is not needed here.
        let image = document.as_json().images.get(index);
        let view = image.and_then(|image| image.buffer_view);
        let view = view.and_then(|view| document.views().nth(view.value()));
        let uri = image.and_then(|image| image.uri.as_deref());
        let left = MAX_PIXELS.saturating_sub(self.pixels);
        let decoded = match (view, uri) {
            (Some(view), _) => accessors.view(&view).and_then(|bytes| decode(bytes, left)),
            (None, Some(uri)) => match uri::fetch(self.folder, uri) {
                Ok(fetched) => decode(&fetched.bytes, left),
                Err(why) => Err(format!("{} {why}", uri::shown(uri))),
            },
            (None, None) => Err("has neither a uri nor a bufferView".to_owned()),
        };
        let texture = decoded.within(format_args!("image {index}"))?;
        self.pixels += u64::from(texture.width) * u64::from(texture.height);
        Ok(texture)
    }
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
