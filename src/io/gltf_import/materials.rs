//! Materials, approximated by what is drawn: colour, picture, transparency, light or none.
//!
//! A fault in a material costs its looks and a warning, never the file.

use std::collections::BTreeMap;

use glam::{Affine2, Mat2, Vec2};

use crate::io::gltf_import::accessor::Accessors;
use crate::io::gltf_import::images::Images;
use crate::io::gltf_import::json::{At, Fault};
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
    pub uv_set: usize,
    /// From the coordinates in the file to those of the picture.
    pub picture_from_uv: Affine2,
}

/// The materials of a file.
pub struct Materials<'a> {
    places: Vec<At<'a>>,
    images: Images<'a>,
    looks: BTreeMap<usize, Look>,
}

impl<'a> Materials<'a> {
    /// The materials of a tree.
    pub fn new(root: &At<'a>, images: Images<'a>) -> Result<Self, Fault> {
        Ok(Self {
            places: root.list("materials", "material")?,
            images,
            looks: BTreeMap::new(),
        })
    }

    /// The look of a primitive; the plain one if it has none or a broken one.
    pub fn look(&mut self, primitive: &At, accessors: &Accessors, warnings: &mut Warnings) -> Look {
        let index = match primitive.index("material", "material", self.places.len()) {
            Ok(Some(index)) => index,
            Ok(None) => return Look::default(),
            Err(fault) => {
                warnings.add(fault);
                return Look::default();
            }
        };
        if let Some(look) = self.looks.get(&index) {
            return look.clone();
        }
        let look = match self.places.get(index) {
            Some(at) => read(at, &mut self.images, accessors, warnings).unwrap_or_else(|fault| {
                warnings.add(format!("{fault}; drawn plain"));
                Look::default()
            }),
            None => Look::default(),
        };
        self.looks.insert(index, look.clone());
        look
    }
}

fn read(
    at: &At,
    images: &mut Images,
    accessors: &Accessors,
    warnings: &mut Warnings,
) -> Result<Look, Fault> {
    let mut look = Look::default();
    let color = read_surface(at, &mut look)?;
    if let Some(info) = color {
        read_texture_info(&info, &mut look)?;
        match images.texture(&info.need("index")?, accessors) {
            Ok(texture) => look.material.texture = Some(texture),
            Err(fault) => {
                warnings.add(format!("{fault}; drawn grey"));
                for channel in look.material.base_color.iter_mut().take(3) {
                    *channel *= GREY;
                }
            }
        }
    }
    Ok(look)
}

/// Fills in everything but the picture, and gives the place that names it.
fn read_surface<'a>(at: &At<'a>, look: &mut Look) -> Result<Option<At<'a>>, Fault> {
    let gloss = at.extension("KHR_materials_pbrSpecularGlossiness")?;
    let (holder, factor, texture) = match gloss {
        Some(gloss) => (Some(gloss), "diffuseFactor", "diffuseTexture"),
        None => (
            at.get("pbrMetallicRoughness")?,
            "baseColorFactor",
            "baseColorTexture",
        ),
    };
    let material = &mut look.material;
    material.double_sided = at.flag("doubleSided")?;
    material.unlit = at.extension("KHR_materials_unlit")?.is_some();
    match at.text("alphaMode")? {
        Some("MASK") => material.alpha_cutoff = Some(at.float("alphaCutoff")?.unwrap_or(0.5)),
        Some("BLEND") => material.blended = true,
        _ => {}
    }
    let Some(holder) = holder else {
        return Ok(None);
    };
    material.base_color = holder.array(factor)?.unwrap_or([1.0; 4]);
    holder.get(texture)
}

fn read_texture_info(info: &At, look: &mut Look) -> Result<(), Fault> {
    look.uv_set = info.count("texCoord")?.unwrap_or(0);
    let Some(transform) = info.extension("KHR_texture_transform")? else {
        return Ok(());
    };
    look.uv_set = transform.count("texCoord")?.unwrap_or(look.uv_set);
    let offset = transform.array("offset")?.map_or(Vec2::ZERO, Vec2::from);
    let scale = transform.array("scale")?.map_or(Vec2::ONE, Vec2::from);
    let (sin, cos) = transform.float("rotation")?.unwrap_or(0.0).sin_cos();
    // Counter-clockwise as seen in the picture, whose second axis points down.
    let rotation = Mat2::from_cols(Vec2::new(cos, -sin), Vec2::new(sin, cos));
    let linear = rotation * Mat2::from_diagonal(scale);
    look.picture_from_uv = Affine2::from_mat2_translation(linear, offset);
    Ok(())
}
