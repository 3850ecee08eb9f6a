//! Moving the camera so that the selected bones, or everything, fills the view.

use glam::Vec3;

use crate::eval::hierarchy;
use crate::model::id::BoneId;
use crate::model::mesh::Attachment;
use crate::model::rig::Rig;
use crate::model::view::Camera;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Refusal};
use crate::props;

props! {
    /// Move the camera so that everything fills the view.
    pub struct ViewAll {
        /// Look at the middle of the world.
        center: bool = false;
    }
}

impl Operator for ViewAll {
    const INFO: Info = Info::new("view3d.view_all", "Frame All").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let mut points = Vec::new();
        for rig in cx.doc.rigs.iter() {
            rig_points(rig, &mut points);
        }
        if self.center {
            points.push(Vec3::ZERO);
        }
        frame(&mut cx.view.camera, &points, cx.place.size.x / cx.place.size.y.max(1.0))
    }
}

props! {
    /// Move the camera so that the selected bones fill the view.
    pub struct ViewSelected {}
}

impl Operator for ViewSelected {
    const INFO: Info = Info::new("view3d.view_selected", "Frame Selected").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let mut points = Vec::new();
        for (id, bones) in cx.selected_bones() {
            if let Some(rig) = cx.doc.rigs.get(id.index()) {
                bone_points(rig, &bones, &mut points);
            }
        }
        if points.is_empty() {
            return ViewAll::default().exec(cx);
        }
        frame(&mut cx.view.camera, &points, cx.place.size.x / cx.place.size.y.max(1.0))
    }
}

/// Heads and tails of bones, world space.
fn bone_points(rig: &Rig, bones: &[BoneId], points: &mut Vec<Vec3>) {
    let posed = hierarchy::evaluate_once(rig);
    let world = rig.world_from_armature();
    for &bone in bones {
        points.extend(posed.head(bone).map(|head| world.transform_point3(head)));
        points.extend(posed.tail(bone).map(|tail| world.transform_point3(tail)));
    }
}

/// Bones and the corners of meshes, world space.
fn rig_points(rig: &Rig, points: &mut Vec<Vec3>) {
    let bones: Vec<_> = rig.armature.ids().collect();
    bone_points(rig, &bones, points);
    let posed = hierarchy::evaluate_once(rig);
    let world = rig.world_from_armature();
    for mesh in rig.meshes.iter() {
        let Some((min, max)) = mesh.bounds() else { continue };
        let armature_from_mesh = match &mesh.attachment {
            // Where the first joint has been carried says enough of where a skinned mesh is.
            Attachment::Skin { joints, joint_from_mesh } => {
                let joint = joints.first().and_then(|&joint| posed.matrix(joint));
                joint.zip(joint_from_mesh.first()).map(|(joint, bind)| joint * *bind)
            }
            Attachment::Bone { bone, bone_from_mesh } => posed.matrix(*bone).map(|bone| bone * *bone_from_mesh),
            Attachment::Armature { armature_from_mesh } => Some(*armature_from_mesh),
        };
        let Some(armature_from_mesh) = armature_from_mesh else { continue };
        let corner = |i: usize| {
            let pick = |axis: usize| if i >> axis & 1 == 1 { max[axis] } else { min[axis] };
            Vec3::new(pick(0), pick(1), pick(2))
        };
        points.extend((0..8).map(|i| world.transform_point3(armature_from_mesh.transform_point3(corner(i)))));
    }
}

/// Puts the camera before the points so that all are seen, with a margin.
fn frame(camera: &mut Camera, points: &[Vec3], aspect: f32) -> Exec {
    const MARGIN: f32 = 1.12;
    let points: Vec<Vec3> = points.iter().copied().filter(|point| point.is_finite()).collect();
    if points.is_empty() {
        return Err(Refusal::Nothing);
    }
    // The box in the camera's own axes: tighter than a sphere for tall characters.
    let axes = [camera.right(), camera.up(), camera.backward()];
    let (mut min, mut max) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
    for point in &points {
        let seen = Vec3::from_array(axes.map(|axis| axis.dot(*point)));
        (min, max) = (min.min(seen), max.max(seen));
    }
    let (middle, half) = ((min + max) * 0.5, (max - min) * 0.5 * MARGIN);
    camera.target = axes[0] * middle.x + axes[1] * middle.y + axes[2] * middle.z;
    let tangent = (camera.fov * 0.5).tan();
    let needed = (half.y / tangent).max(half.x / (tangent * aspect.max(0.1)));
    let depth = if camera.orthographic { 0.0 } else { half.z };
    let distance = needed + depth;
    camera.distance = if distance > 1e-6 { distance.clamp(1e-4, 1e7) } else { camera.distance };
    Ok(())
}

#[cfg(test)]
mod tests {
    use glam::Vec2;

    use super::*;

    #[test]
    fn framed_points_are_in_the_picture_at_any_scale() {
        for scale in [0.01, 1.0, 300.0] {
            let mut camera = Camera::default();
            let points = [Vec3::new(-1.0, 0.0, 0.0) * scale, Vec3::new(1.0, 0.5, 2.0) * scale];
            assert!(frame(&mut camera, &points, 4.0 / 3.0).is_ok());
            for point in points {
                let (pixel, _) = camera.project(point, Vec2::new(800.0, 600.0)).unwrap_or_default();
                assert!(pixel.cmpgt(Vec2::ZERO).all() && pixel.x < 800.0 && pixel.y < 600.0, "{pixel}");
            }
        }
    }
}
