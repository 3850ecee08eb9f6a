//! Primitives: one material's triangles, with whatever the file gives or leaves out.
//!
//! What hides the shape is an error; what only spoils its looks is left out with a warning.

use std::fmt::Display;

use glam::{Vec2, Vec3};
use gltf::mesh::Mode;
use gltf::{Accessor, Primitive as Source, Semantic};

use crate::io::gltf_import::accessor::{Accessors, Integers};
use crate::io::gltf_import::materials::{Look, Materials};
use crate::io::gltf_import::meshes::LISTED;
use crate::io::gltf_import::place::{Fault, Within};
use crate::io::gltf_import::warnings::Warnings;
use crate::io::gltf_import::{geometry, influences, requirements};
use crate::model::mesh::Primitive;

/// What a primitive is read with.
pub struct Reader<'a, 'b> {
    /// Numbers.
    pub accessors: &'b Accessors<'a>,
    /// Looks.
    pub materials: &'b mut Materials<'a>,
    /// What to tell of.
    pub warnings: &'b mut Warnings,
    /// Weights of the morph targets.
    pub weights: &'b [f32],
    /// Number of joints of the mesh's skin, if it has one.
    pub joints: Option<usize>,
}

impl Reader<'_, '_> {
    /// Reads the primitive at a place; nothing if it has no triangles.
    pub fn read(&mut self, source: &Source, place: &str) -> Result<Option<Primitive>, Fault> {
        let triangles = [Mode::Triangles, Mode::TriangleStrip, Mode::TriangleFan];
        if !triangles.contains(&source.mode()) {
            self.warn(place, "points and lines are not shown");
            return Ok(None);
        }
        let Some(positions) = source.get(&Semantic::Positions) else {
            self.warn(place, "has no POSITION and is left out");
            return Ok(None);
        };
        refuse_compressed(source, &positions).within(place)?;
        let positions = self.accessors.floats(&positions, Integers::AsFlagged);
        let mut primitive = Primitive {
            positions: positions.within(format_args!("{place}, POSITION"))?,
            ..Primitive::default()
        };
        let count = primitive.positions.len();
        primitive.normals = self.attribute(source, place, Semantic::Normals, count)?;
        self.add_morphs(source, place, &mut primitive)?;
        let broken = replace_broken(&mut primitive.positions);
        if !broken.is_empty() {
            self.warn(
                format_args!("{place}, POSITION"),
                "some numbers are not finite; the triangles that use them are left out",
            );
        }
        primitive.indices = self.indices(source, place, count, &broken)?;
        if primitive.indices.is_empty() {
            return Ok(None);
        }
        let material = source.material();
        let look = self
            .materials
            .look(&material, self.accessors, self.warnings);
        primitive.uvs = self.uvs(source, place, &look, count)?;
        primitive.colors = self.colors(source, place, count)?;
        primitive.material = look.material;
        if let Some(joints) = self.joints {
            influences::read(source, place, self.accessors, joints, &mut primitive)?;
        }
        if primitive.normals.is_empty() {
            geometry::make_flat(&mut primitive);
        } else {
            geometry::normalize(&mut primitive.normals);
        }
        Ok(Some(primitive))
    }

    fn warn(&mut self, place: impl Display, wrong: impl Display) {
        self.warnings.add(format!("{place}: {wrong}"));
    }

    /// An attribute that may be absent.
    fn attribute<const N: usize>(
        &mut self,
        source: &Source,
        place: &str,
        semantic: Semantic,
        count: usize,
    ) -> Result<Vec<[f32; N]>, Fault> {
        let Some(accessor) = source.get(&semantic) else {
            return Ok(Vec::new());
        };
        let integers = match semantic {
            Semantic::Colors(_) => Integers::Fractions,
            _ => Integers::AsFlagged,
        };
        let place = format!("{place}, {}", semantic.to_string());
        self.rows(&accessor, &place, integers, count)
    }

    /// Numbers of every vertex; ones of the wrong length are left out.
    fn rows<const N: usize>(
        &mut self,
        accessor: &Accessor,
        place: &str,
        integers: Integers,
        count: usize,
    ) -> Result<Vec<[f32; N]>, Fault> {
        let mut rows = self.accessors.floats(accessor, integers).within(place)?;
        if rows.len() != count {
            let length = rows.len();
            let wrong = format_args!("has {length} elements for {count} vertices and is left out");
            self.warn(place, wrong);
            return Ok(Vec::new());
        }
        if !replace_broken(&mut rows).is_empty() {
            self.warn(place, "some numbers are not finite and count as zero");
        }
        Ok(rows)
    }

    fn add_morphs(
        &mut self,
        source: &Source,
        place: &str,
        primitive: &mut Primitive,
    ) -> Result<(), Fault> {
        if self.weights.iter().all(|&weight| weight == 0.0) {
            return Ok(());
        }
        let targets = source.morph_targets();
        self.accessors.charge(targets.len() * LISTED)?;
        for ((index, target), &weight) in targets.enumerate().zip(self.weights) {
            let parts = [
                (&mut primitive.positions, target.positions(), "POSITION"),
                (&mut primitive.normals, target.normals(), "NORMAL"),
            ];
            for (rows, accessor, name) in parts {
                let Some(accessor) = accessor.filter(|_| weight != 0.0 && !rows.is_empty()) else {
                    continue;
                };
                let place = format!("{place}, target {index}, {name}");
                let added = self.rows(&accessor, &place, Integers::AsFlagged, rows.len())?;
                add_scaled(rows, &added, weight);
            }
        }
        Ok(())
    }

    fn indices(
        &mut self,
        source: &Source,
        place: &str,
        count: usize,
        broken: &[usize],
    ) -> Result<Vec<u32>, Fault> {
        let vertices = match source.indices() {
            None => (0..).take(count).collect(),
            Some(accessor) => {
                let place = format!("{place}, indices");
                let rows = self.accessors.whole::<1>(&accessor).within(&place)?;
                let vertices = rows.into_flattened();
                if let Some(wrong) = vertices.iter().find(|&&v| v as usize >= count) {
                    let wrong = format!("vertex {wrong} does not exist; there are {count}");
                    return Err(wrong).within(place);
                }
                vertices
            }
        };
        if source.mode() == Mode::Triangles && !vertices.len().is_multiple_of(3) {
            self.warn(place, "its last triangle is incomplete and left out");
        }
        let mut indices = geometry::triangles(source.mode(), &vertices);
        if !broken.is_empty() {
            let whole = |&v: &u32| broken.binary_search(&(v as usize)).is_err();
            let kept = indices
                .chunks_exact(3)
                .filter(|corners| corners.iter().all(whole));
            indices = kept.flatten().copied().collect();
        }
        Ok(indices)
    }

    fn uvs(
        &mut self,
        source: &Source,
        place: &str,
        look: &Look,
        count: usize,
    ) -> Result<Vec<[f32; 2]>, Fault> {
        if look.material.texture.is_none() {
            return Ok(Vec::new());
        }
        let set = Semantic::TexCoords(look.uv_set);
        let mut uvs = self.attribute::<2>(source, place, set, count)?;
        if look.picture_from_uv != glam::Affine2::IDENTITY {
            for uv in &mut uvs {
                let moved = look.picture_from_uv.transform_point2(Vec2::from(*uv));
                *uv = moved.to_array();
            }
        }
        Ok(uvs)
    }

    fn colors(
        &mut self,
        source: &Source,
        place: &str,
        count: usize,
    ) -> Result<Vec<[f32; 4]>, Fault> {
        let set = Semantic::Colors(0);
        let width = source.get(&set).map(|a| a.dimensions().multiplicity());
        if width == Some(3) {
            let opaque = self.attribute::<3>(source, place, set, count)?;
            return Ok(opaque.into_iter().map(|[r, g, b]| [r, g, b, 1.0]).collect());
        }
        self.attribute(source, place, set, count)
    }
}

fn add_scaled(rows: &mut [[f32; 3]], added: &[[f32; 3]], weight: f32) {
    for (row, added) in rows.iter_mut().zip(added) {
        *row = (Vec3::from(*row) + Vec3::from(*added) * weight).to_array();
    }
}

/// Puts zeros where numbers are not finite, and says where that was, in ascending order.
fn replace_broken<const N: usize>(rows: &mut [[f32; N]]) -> Vec<usize> {
    let mut broken = Vec::new();
    for (index, row) in rows.iter_mut().enumerate() {
        if !row.iter().all(|number| number.is_finite()) {
            *row = [0.0; N];
            broken.push(index);
        }
    }
    broken
}

fn refuse_compressed(source: &Source, positions: &Accessor) -> Result<(), Fault> {
    let plain = positions.view().is_some() || positions.sparse().is_some();
    if !plain && source.extension_value(requirements::DRACO).is_some() {
        return Err(requirements::compressed(requirements::DRACO));
    }
    Ok(())
}
