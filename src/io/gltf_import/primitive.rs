//! Primitives: one material's triangles, with whatever the file gives or leaves out.
//!
//! What hides the shape is an error; what only spoils its looks is left out with a warning.

use glam::{Vec2, Vec3};

use crate::io::gltf_import::accessor::{Accessors, Integers};
use crate::io::gltf_import::json::{At, Fault};
use crate::io::gltf_import::materials::{Look, Materials};
use crate::io::gltf_import::meshes::LISTED;
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
    /// Reads a primitive; nothing if it has no triangles.
    pub fn read(&mut self, at: &At) -> Result<Option<Primitive>, Fault> {
        let mode = at.count("mode")?.unwrap_or(4);
        if mode < 4 {
            self.warnings
                .add(at.fault("points and lines are not shown"));
            return Ok(None);
        }
        if mode > 6 {
            return Err(at.fault(format_args!("mode {mode} does not exist")));
        }
        let attributes = at
            .within("attributes")?
            .ok_or_else(|| at.fault("has no attributes"))?;
        let Some(positions_at) = attributes.get("POSITION")? else {
            self.warnings
                .add(at.fault("has no POSITION and is left out"));
            return Ok(None);
        };
        refuse_compressed(at, self.accessors, &positions_at)?;
        let mut primitive = Primitive {
            positions: self.accessors.floats(&positions_at, Integers::AsFlagged)?,
            ..Primitive::default()
        };
        let count = primitive.positions.len();
        primitive.normals = self.attribute(&attributes, "NORMAL", count)?;
        self.add_morphs(at, &mut primitive)?;
        let broken = replace_broken(&mut primitive.positions);
        if !broken.is_empty() {
            self.warnings
                .add(positions_at.fault(
                    "some numbers are not finite; the triangles that use them are left out",
                ));
        }
        primitive.indices = self.indices(at, mode, count, &broken)?;
        if primitive.indices.is_empty() {
            return Ok(None);
        }
        let look = self.materials.look(at, self.accessors, self.warnings);
        primitive.uvs = self.uvs(&attributes, &look, count)?;
        primitive.colors = self.colors(&attributes, count)?;
        primitive.material = look.material;
        if let Some(joints) = self.joints {
            influences::read(&attributes, self.accessors, joints, &mut primitive)?;
        }
        if primitive.normals.is_empty() {
            geometry::make_flat(&mut primitive);
        } else {
            geometry::normalize(&mut primitive.normals);
        }
        Ok(Some(primitive))
    }

    /// An attribute that may be absent; one of the wrong length is left out.
    fn attribute<const N: usize>(
        &mut self,
        attributes: &At,
        name: &str,
        count: usize,
    ) -> Result<Vec<[f32; N]>, Fault> {
        let Some(at) = attributes.get(name)? else {
            return Ok(Vec::new());
        };
        let integers = if name == "COLOR_0" {
            Integers::Fractions
        } else {
            Integers::AsFlagged
        };
        let mut rows = self.accessors.floats(&at, integers)?;
        if rows.len() != count {
            let length = rows.len();
            self.warnings.add(at.fault(format_args!(
                "has {length} elements for {count} vertices and is left out"
            )));
            return Ok(Vec::new());
        }
        if !replace_broken(&mut rows).is_empty() {
            self.warnings
                .add(at.fault("some numbers are not finite and count as zero"));
        }
        Ok(rows)
    }

    fn add_morphs(&mut self, at: &At, primitive: &mut Primitive) -> Result<(), Fault> {
        if self.weights.iter().all(|&weight| weight == 0.0) {
            return Ok(());
        }
        let targets = at.list("targets", "target")?;
        self.accessors.charge(targets.len() * LISTED)?;
        for (target, &weight) in targets.iter().zip(self.weights) {
            if weight == 0.0 {
                continue;
            }
            let count = primitive.positions.len();
            let moved = self.attribute::<3>(target, "POSITION", count)?;
            add_scaled(&mut primitive.positions, &moved, weight);
            let count = primitive.normals.len();
            if count > 0 {
                let turned = self.attribute::<3>(target, "NORMAL", count)?;
                add_scaled(&mut primitive.normals, &turned, weight);
            }
        }
        Ok(())
    }

    fn indices(
        &mut self,
        at: &At,
        mode: usize,
        count: usize,
        broken: &[usize],
    ) -> Result<Vec<u32>, Fault> {
        let vertices = match at.get("indices")? {
            None => (0..).take(count).collect(),
            Some(user) => {
                let rows = self.accessors.whole::<1>(&user)?;
                let vertices: Vec<u32> = rows.into_iter().flatten().collect();
                if let Some(wrong) = vertices.iter().find(|&&v| v as usize >= count) {
                    return Err(user.fault(format_args!(
                        "vertex {wrong} does not exist; there are {count}"
                    )));
                }
                vertices
            }
        };
        if mode == 4 && !vertices.len().is_multiple_of(3) {
            self.warnings
                .add(at.fault("its last triangle is incomplete and left out"));
        }
        let mut indices = geometry::triangles(mode, &vertices);
        if !broken.is_empty() {
            let whole = |&v: &u32| broken.binary_search(&(v as usize)).is_err();
            let kept = indices
                .chunks_exact(3)
                .filter(|corners| corners.iter().all(whole));
            indices = kept.flatten().copied().collect();
        }
        Ok(indices)
    }

    fn uvs(&mut self, attributes: &At, look: &Look, count: usize) -> Result<Vec<[f32; 2]>, Fault> {
        if look.material.texture.is_none() {
            return Ok(Vec::new());
        }
        let name = format!("TEXCOORD_{}", look.uv_set);
        let mut uvs = self.attribute::<2>(attributes, &name, count)?;
        if look.picture_from_uv != glam::Affine2::IDENTITY {
            for uv in &mut uvs {
                let moved = look.picture_from_uv.transform_point2(Vec2::from(*uv));
                *uv = moved.to_array();
            }
        }
        Ok(uvs)
    }

    fn colors(&mut self, attributes: &At, count: usize) -> Result<Vec<[f32; 4]>, Fault> {
        let Some(at) = attributes.get("COLOR_0")? else {
            return Ok(Vec::new());
        };
        if self.accessors.width(&at)? == 3 {
            let opaque = self.attribute::<3>(attributes, "COLOR_0", count)?;
            return Ok(opaque.into_iter().map(|[r, g, b]| [r, g, b, 1.0]).collect());
        }
        self.attribute(attributes, "COLOR_0", count)
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

fn refuse_compressed(at: &At, accessors: &Accessors, positions: &At) -> Result<(), Fault> {
    const DRACO: &str = "KHR_draco_mesh_compression";
    if at.extension(DRACO)?.is_some() && !accessors.has_data(positions)? {
        return Err(at.fault(requirements::compressed(DRACO)));
    }
    Ok(())
}
