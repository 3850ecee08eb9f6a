//! Points on posed rigs in world space, and boxes around them, for framing them in a view.
//!
//! Of a mesh every so many vertices are skinned: exact enough to frame it, and the same for any size.

use glam::{Mat4, Vec3};

use crate::eval::evaluator::DocumentEvaluator;
use crate::eval::hierarchy::PosedRig;
use crate::eval::palette;
use crate::model::document::Document;
use crate::model::id::BoneId;
use crate::model::mesh::{Mesh, Primitive};
use crate::model::rig::Rig;

/// Vertices looked at per part of a mesh.
const SAMPLES: usize = 1000;

/// A box along the world's axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The corner with the smallest coordinates.
    pub min: Vec3,
    /// The corner with the largest coordinates.
    pub max: Vec3,
}

impl Bounds {
    /// Around points; nothing without any.
    pub fn of_points(points: impl IntoIterator<Item = Vec3>) -> Option<Self> {
        let finite = points.into_iter().filter(|point| point.is_finite());
        finite
            .map(|point| Self {
                min: point,
                max: point,
            })
            .reduce(Self::union)
    }

    /// Around both.
    pub fn union(self, other: Self) -> Self {
        Self {
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }

    /// The middle.
    pub fn center(&self) -> Vec3 {
        (self.min + self.max) * 0.5
    }

    /// Radius of the sphere around the box.
    pub fn radius(&self) -> f32 {
        (self.max - self.min).length() * 0.5
    }
}

/// Around the heads and tails of some bones of a rig.
pub fn of_bones(
    rig: &Rig,
    posed: &PosedRig,
    bones: impl IntoIterator<Item = BoneId>,
) -> Option<Bounds> {
    Bounds::of_points(ends_of_bones(rig, posed, bones))
}

/// Around a rig: the bones that can be seen, and its meshes.
pub fn of_rig(rig: &Rig, posed: &PosedRig) -> Option<Bounds> {
    let mut points = Vec::new();
    push_points(rig, posed, &mut points);
    Bounds::of_points(points)
}

/// Around every rig of a document that is shown.
pub fn of_document(document: &Document, poses: &DocumentEvaluator) -> Option<Bounds> {
    Bounds::of_points(points_of_document(document, poses))
}

/// Around the selected bones of every rig; nothing where none is selected.
pub fn of_selected(document: &Document, poses: &DocumentEvaluator) -> Option<Bounds> {
    Bounds::of_points(points_of_selected(document, poses))
}

/// Points on every rig of a document, world space: the ends of the bones that can be seen, and vertices; and
/// every empty.
pub fn points_of_document(document: &Document, poses: &DocumentEvaluator) -> Vec<Vec3> {
    let mut points = Vec::new();
    let rigs = document.rig_ids().zip(document.rigs.iter());
    for (id, rig) in rigs.filter(|(_, rig)| !rig.hide) {
        if let Some(posed) = poses.pose(id) {
            push_points(rig, posed, &mut points);
        }
    }
    points.extend(document.empties.iter().map(|e| Vec3::from(e.location)));
    points
}

/// The ends of the selected bones of every rig, and the selected empties, world space.
pub fn points_of_selected(document: &Document, poses: &DocumentEvaluator) -> Vec<Vec3> {
    let mut points = Vec::new();
    for (id, rig) in document.rig_ids().zip(document.rigs.iter()) {
        if let Some(posed) = poses.pose(id) {
            points.extend(ends_of_bones(rig, posed, rig.selected_bones()));
        }
    }
    let empties = document.empties.iter().filter(|empty| empty.select);
    points.extend(empties.map(|empty| Vec3::from(empty.location)));
    points
}

fn ends_of_bones(
    rig: &Rig,
    posed: &PosedRig,
    bones: impl IntoIterator<Item = BoneId>,
) -> impl Iterator<Item = Vec3> {
    let world_from_armature = rig.world_from_armature();
    let ends = bones
        .into_iter()
        .flat_map(|bone| [posed.head(bone), posed.tail(bone)]);
    ends.flatten()
        .map(move |point| world_from_armature.transform_point3(point))
}

fn push_points(rig: &Rig, posed: &PosedRig, points: &mut Vec<Vec3>) {
    let visible = rig.armature.ids().filter(|&bone| rig.visible(bone));
    points.extend(ends_of_bones(rig, posed, visible));
    for mesh in rig.meshes.iter() {
        push_mesh(rig, posed, mesh, points);
    }
}

fn push_mesh(rig: &Rig, posed: &PosedRig, mesh: &Mesh, points: &mut Vec<Vec3>) {
    let mut matrices = Vec::with_capacity(palette::len(&mesh.attachment));
    let world_from_armature = rig.world_from_armature();
    palette::append(
        world_from_armature,
        (&rig.armature, posed),
        &mesh.attachment,
        &mut matrices,
    );
    for primitive in &mesh.primitives {
        let step = primitive.positions.len().div_ceil(SAMPLES).max(1);
        let vertices = primitive.positions.iter().enumerate().step_by(step);
        points.extend(vertices.map(|(vertex, &position)| {
            skinned(primitive, vertex, Vec3::from(position), &matrices)
        }));
    }
}

/// Where a vertex of mesh space goes in world space.
fn skinned(primitive: &Primitive, vertex: usize, position: Vec3, world_from_mesh: &[Mat4]) -> Vec3 {
    let start = |vertex: usize| Some(*primitive.influence_starts.get(vertex)? as usize);
    let influences = start(vertex)
        .zip(start(vertex + 1))
        .and_then(|(start, end)| primitive.influences.get(start..end));
    let place = |matrix: Option<&Mat4>| matrix.map_or(position, |m| m.transform_point3(position));
    match influences {
        Some(influences) if !influences.is_empty() => influences
            .iter()
            .map(|i| place(world_from_mesh.get(i.joint as usize)) * i.weight)
            .sum(),
        _ => place(world_from_mesh.first()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::eval::hierarchy;
    use crate::model::armature::Armature;
    use crate::model::bone::Bone;
    use crate::model::mesh::{Attachment, Influence};

    /// One bone of a metre along Y in a rig that stands at (0, 0, 2).
    fn rig() -> Rig {
        let armature = Armature {
            bones: vec![Arc::new(Bone::default())],
            ..Armature::default()
        };
        let mut rig = Rig::new("Rig".to_owned(), armature);
        rig.location = Vec3::Z * 2.0;
        rig
    }

    #[test]
    fn bones_are_framed_where_their_rig_stands() {
        let rig = rig();
        let bounds = of_rig(&rig, &hierarchy::evaluate_once(&rig)).unwrap();
        assert_eq!(bounds.center(), Vec3::new(0.0, 0.5, 2.0));
        assert_eq!(bounds.radius(), 0.5);
    }

    #[test]
    fn a_mesh_is_framed_as_its_bones_deform_it() {
        let mut rig = rig();
        rig.channel_mut(BoneId(0)).unwrap().location = Vec3::X * 10.0;
        rig.meshes = Arc::new(vec![Arc::new(Mesh {
            name: String::new(),
            primitives: vec![Primitive {
                positions: vec![[4.0, 0.0, 0.0]],
                influence_starts: vec![0, 1],
                influences: vec![Influence {
                    joint: 0,
                    weight: 1.0,
                }],
                ..Primitive::default()
            }],
            attachment: Attachment::Skin {
                joints: vec![BoneId(0)],
                joint_from_mesh: vec![Mat4::IDENTITY],
            },
        })]);
        let bounds = of_rig(&rig, &hierarchy::evaluate_once(&rig)).unwrap();
        assert_eq!(bounds.max, Vec3::new(14.0, 1.0, 2.0));
        assert_eq!(bounds.min, Vec3::new(10.0, 0.0, 2.0));
    }

    #[test]
    fn nothing_selected_frames_nothing() {
        let mut document = Document::default();
        document.add_rig(rig());
        let mut poses = DocumentEvaluator::default();
        poses.evaluate(&document);
        assert_eq!(of_selected(&document, &poses), None);
        assert!(of_document(&document, &poses).is_some());
    }
}
