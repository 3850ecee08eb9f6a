//! Materials, approximated by what is drawn: colour, picture, transparency, light or none.
//!
//! A fault in a material costs its looks and a warning, never the file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use glam::{Affine2, Mat2, Vec2};
use gltf::material::AlphaMode;
use gltf::texture::Info;

use crate::io::gltf_import::accessor::Accessors;
use crate::io::gltf_import::content::Content;
use crate::io::gltf_import::images::Images;
use crate::io::gltf_import::place::{self, Fault};
use crate::io::gltf_import::warnings::Warnings;
use crate::model::mesh::Material;

/// Linear grey that stands in for a picture that cannot be shown.
const GREY: f32 = 0.5;

/// A material and where its texture coordinates come from.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// What is drawn.
    pub material: Material,
    /// The set of coordinates that the picture uses.
    pub uv_set: u32,
    /// From the coordinates in the file to those of the picture.
    pub picture_from_uv: Affine2,
}

/// The materials of a file.
pub struct Materials<'a> {
    content: &'a Content,
    images: Images<'a>,
    looks: BTreeMap<usize, Look>,
}

impl<'a> Materials<'a> {
    /// The materials of a file.
    pub fn new(content: &'a Content, images: Images<'a>) -> Self {
        Self {
            content,
            images,
            looks: BTreeMap::new(),
        }
    }

    /// The look of a material; the plain one for the default material or a broken one.
    pub fn look(
        &mut self,
        material: &gltf::Material,
        accessors: &Accessors,
        warnings: &mut Warnings,
    ) -> Look {
        let Some(index) = material.index() else {
            return Look::default();
        };
        if let Some(look) = self.looks.get(&index) {
            return look.clone();
        }
        let sound = self.content.sound("materials", index);
        let look = sound.and_then(|()| self.read(index, material, accessors, warnings));
        let look = look.unwrap_or_else(|fault| {
            warnings.add(format!("{fault}; drawn plain"));
            Look::default()
        });
        self.looks.insert(index, look.clone());
        look
    }

    fn read(
        &mut self,
        index: usize,
        source: &gltf::Material,
        accessors: &Accessors,
        warnings: &mut Warnings,
    ) -> Result<Look, Fault> {
        let mut look = Look::default();
        let material = &mut look.material;
        material.double_sided = source.double_sided();
        material.unlit = source.unlit();
        match source.alpha_mode() {
            AlphaMode::Mask => material.alpha_cutoff = Some(source.alpha_cutoff().unwrap_or(0.5)),
            AlphaMode::Blend => material.blended = true,
            AlphaMode::Opaque => {}
        }
        let (color, picture) = color(source);
        material.base_color = color;
        place::finite(format_args!("material {index}, colour"), &color)?;
        let Some(info) = picture else {
            return Ok(look);
        };
        match self.images.texture(&info.texture(), accessors) {
            Ok(texture) => material.texture = Some(texture),
            Err(fault) => {
                warnings.add(format!("{fault}; drawn grey"));
                for channel in material.base_color.iter_mut().take(3) {
                    *channel *= GREY;
                }
            }
        }
        read_transform(&info, &mut look);
        if !look.picture_from_uv.is_finite() {
            return Err(format!(
                "material {index}, KHR_texture_transform: a number is too large"
            ));
        }
        Ok(look)
    }
}

/// The colour of a material, and the picture that it is multiplied with.
fn color<'a>(material: &gltf::Material<'a>) -> ([f32; 4], Option<Info<'a>>) {
    match material.pbr_specular_glossiness() {
        Some(gloss) => (gloss.diffuse_factor(), gloss.diffuse_texture()),
        None => {
            let metal = material.pbr_metallic_roughness();
            (metal.base_color_factor(), metal.base_color_texture())
        }
    }
}

/// Decodes the pictures that the meshes of a file need.
pub fn decode<'a>(content: &'a Content, accessors: &Accessors, folder: &'a Path) -> Images<'a> {
    let mut images = Images::new(content, folder);
    let primitives = content.document.meshes().flat_map(|mesh| mesh.primitives());
    let mut seen = BTreeSet::new();
    for material in primitives.map(|primitive| primitive.material()) {
        let Some(index) = material.index().filter(|&index| seen.insert(index)) else {
            continue;
        };
        if content.sound("materials", index).is_ok()
            && let (_, Some(info)) = color(&material)
        {
            // A fault is said where the picture is used.
            let _known = images.texture(&info.texture(), accessors);
        }
    }
    images
}

fn read_transform(info: &Info, look: &mut Look) {
    look.uv_set = info.tex_coord();
    let Some(transform) = info.texture_transform() else {
        return;
    };
    look.uv_set = transform.tex_coord().unwrap_or(look.uv_set);
    let (sin, cos) = transform.rotation().sin_cos();
    // Counter-clockwise as seen in the picture, whose second axis points down.
    let rotation = Mat2::from_cols(Vec2::new(cos, -sin), Vec2::new(sin, cos));
    let linear = rotation * Mat2::from_diagonal(transform.scale().into());
    look.picture_from_uv = Affine2::from_mat2_translation(linear, transform.offset().into());
}
