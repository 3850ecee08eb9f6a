//! The user's view of a document: saved with it, not part of undo.

use glam::{Mat4, Quat, Vec2, Vec3};

use crate::choice;
use crate::math::ray::Ray;
use crate::model::tools::{Snap, Tool};
use crate::model::transform_settings::{OrientType, PivotPoint};
use crate::record;

choice! {
    /// How bones are drawn.
    pub enum BoneStyle: Octahedral {
        /// Solid, pointing from head to tail
        Octahedral = "OCTAHEDRAL", "Octahedral";
        /// Bars of even width
        Stick = "STICK", "Stick";
        /// Boxes that show how bones are turned about themselves
        BBone = "BBONE", "B-Bone";
        /// Thin lines, to see as much as possible of the figure
        Wire = "WIRE", "Wire";
    }
}

choice! {
    /// How the figure is drawn.
    pub enum Shading: Material {
        /// The edges of its triangles, with everything behind them to be seen
        Wireframe = "WIREFRAME", "Wireframe";
        /// Clay without colours or textures, to judge the form
        Solid = "SOLID", "Solid";
        /// With its own colours and textures
        Material = "MATERIAL", "Textured";
        /// A flat dark figure on a plain ground, to judge the pose; only selected bones are drawn over it
        Silhouette = "SILHOUETTE", "Silhouette";
    }
}

record! {
    /// A camera that orbits a point.
    pub struct Camera {
        /// The point it looks at, world space.
        pub target: Vec3 = Vec3::new(0.0, 0.0, 0.9);
        /// World from view: the view looks along its −Z, with Y up.
        pub rotation: Quat = Quat::from_xyzw(0.594_331_2, 0.131_759_8, 0.171_713_2, 0.774_547_8);
        /// Metres from the eye to the target.
        pub distance: f32 = 4.0;
        /// Vertical field of view, radians.
        pub fov: f32 = 0.65;
        /// Whether lines in depth stay parallel.
        pub orthographic: bool = false;
        /// Whether they stay parallel only because the view looks straight along an axis.
        pub along_axis: bool = false;
    }
}

record! {
    /// What a time editor shows. Several editors have one each.
    pub struct TimeView {
        /// The frame at its left edge.
        pub first: f32 = -4.0;
        /// The frame at its right edge.
        pub last: f32 = 104.0;
        /// Whether the ruler counts seconds.
        pub seconds: bool = false;
        /// Whether only what belongs to selected bones is shown.
        pub only_selected: bool = true;
    }
}

record! {
    /// What the user sees.
    pub struct View {
        /// The viewport's camera.
        pub camera: Camera = Camera::default();
        /// How the figure is drawn.
        pub shading: Shading = Shading::Material;
        /// How it was drawn before, for switches that go back.
        pub shading_before: Shading = Shading::Material;
        /// Whether anything is drawn over the scene: bones, floor, names, text.
        pub overlays: bool = true;
        /// Whether the floor is among it.
        pub floor: bool = true;
        /// Whether bones are among it.
        pub bones: bool = true;
        /// Whether motion paths are among it.
        pub motion_paths: bool = true;
        /// Whether the names of bones are among it.
        pub names: bool = false;
        /// Whether the lines on rig and frame are among it.
        pub text: bool = true;
        /// Whether bones are drawn over the mesh.
        pub in_front: bool = true;
        /// How bones are drawn.
        pub bone_style: BoneStyle = BoneStyle::Octahedral;
        /// Around which point bones are turned and scaled.
        pub pivot_point: PivotPoint = PivotPoint::MedianPoint;
        /// Whose axes the axis keys mean first while bones are transformed.
        pub orientation: OrientType = OrientType::Global;
        /// What a drag on a bone does, and which handles are shown at the pivot.
        pub tool: Tool = Tool::SelectBox;
        /// The steps that transforms keep to.
        pub snap: Snap = Snap::default();
        /// Whether handles, the axes in the corner and the buttons below them are shown.
        pub gizmos: bool = true;
        /// What the timeline shows.
        pub timeline: TimeView = TimeView::default();
        /// Whether playing begins anew at the end of the range; else it stops there.
        pub looping: bool = true;
    }
}

impl View {
    /// Whether bones are drawn.
    pub fn shows_bones(&self) -> bool {
        self.overlays && self.bones
    }

    /// Whether the floor is drawn; a silhouette stands on plain ground.
    pub fn shows_floor(&self) -> bool {
        self.overlays && self.floor && self.shading != Shading::Silhouette
    }

    /// Whether motion paths are drawn; a silhouette is to be seen alone.
    pub fn shows_motion_paths(&self) -> bool {
        self.overlays && self.motion_paths && self.shading != Shading::Silhouette
    }

    /// Whether the names of bones are drawn.
    pub fn shows_names(&self) -> bool {
        self.overlays && self.names
    }

    /// Whether the lines on rig and frame are drawn.
    pub fn shows_text(&self) -> bool {
        self.overlays && self.text
    }
}

impl Camera {
    /// Looking straight along an axis shows true lengths: lines in depth become parallel.
    pub fn enter_axis(&mut self) {
        self.along_axis |= !self.orthographic;
        self.orthographic = true;
    }

    /// Turned away from an axis: perspective comes back if only the axis had taken it.
    pub fn leave_axis(&mut self) {
        self.orthographic &= !self.along_axis;
        self.along_axis = false;
    }

    /// Unit vector from the target to the eye, world space.
    pub fn backward(&self) -> Vec3 {
        self.rotation * Vec3::Z
    }

    /// Unit vector to the right of the picture, world space.
    pub fn right(&self) -> Vec3 {
        self.rotation * Vec3::X
    }

    /// Unit vector to the top of the picture, world space.
    pub fn up(&self) -> Vec3 {
        self.rotation * Vec3::Y
    }

    /// Where the eye is, world space.
    pub fn eye(&self) -> Vec3 {
        self.target + self.backward() * self.distance
    }

    /// View space from world space.
    pub fn view_from_world(&self) -> Mat4 {
        Mat4::from_rotation_translation(self.rotation, self.eye()).inverse()
    }

    /// Clip space (depth 0 near to 1 far) from view space, for a picture of `size`.
    pub fn clip_from_view(&self, size: Vec2) -> Mat4 {
        let aspect = (size.x / size.y.max(1.0)).max(1e-3);
        let (near, far) = self.depth_range();
        if self.orthographic {
            let half = self.distance * (self.fov * 0.5).tan();
            glam::camera::rh::proj::directx::orthographic(
                -half * aspect,
                half * aspect,
                -half,
                half,
                near,
                far,
            )
        } else {
            glam::camera::rh::proj::directx::perspective(self.fov, aspect, near, far)
        }
    }

    /// Near and far plane, metres from the eye; relative to the distance so that any scale of rig works.
    pub fn depth_range(&self) -> (f32, f32) {
        if self.orthographic {
            (-self.distance * 500.0, self.distance * 500.0)
        } else {
            // Far enough that a view of a fingertip still has the whole figure behind it.
            (self.distance * 0.01, self.distance * 1e4)
        }
    }

    /// Clip space from world space.
    pub fn clip_from_world(&self, size: Vec2) -> Mat4 {
        self.clip_from_view(size) * self.view_from_world()
    }

    /// Where a world point appears in a picture of `size` (pixels, origin top left), and how far from the
    /// eye along the line of sight; nothing if it is behind the eye.
    pub fn project(&self, point: Vec3, size: Vec2) -> Option<(Vec2, f32)> {
        Projection::new(self, size).point(point)
    }

    /// The ray through a pixel.
    pub fn ray(&self, pixel: Vec2, size: Vec2) -> Ray {
        let ndc = Vec2::new(
            pixel.x / size.x.max(1.0) * 2.0 - 1.0,
            1.0 - pixel.y / size.y.max(1.0) * 2.0,
        );
        let half = (self.fov * 0.5).tan();
        let aspect = size.x / size.y.max(1.0);
        let offset = self.right() * (ndc.x * half * aspect) + self.up() * (ndc.y * half);
        if self.orthographic {
            Ray {
                origin: self.eye() + offset * self.distance,
                direction: -self.backward(),
            }
        } else {
            Ray {
                origin: self.eye(),
                direction: (offset - self.backward()).normalize(),
            }
        }
    }

    /// Metres per pixel at a world point.
    pub fn pixel_size(&self, point: Vec3, size: Vec2) -> f32 {
        let depth = if self.orthographic {
            self.distance
        } else {
            (self.eye() - point).dot(self.backward()).max(1e-6)
        };
        2.0 * depth * (self.fov * 0.5).tan() / size.y.max(1.0)
    }
}

/// A camera and a picture size, ready to project many points.
#[derive(Clone, Copy, Debug)]
pub struct Projection {
    clip_from_world: Mat4,
    size: Vec2,
    eye: Vec3,
    forward: Vec3,
}

impl Projection {
    /// Prepares the camera for a picture of `size` pixels.
    pub fn new(camera: &Camera, size: Vec2) -> Self {
        Self {
            clip_from_world: camera.clip_from_world(size),
            size,
            eye: camera.eye(),
            forward: -camera.backward(),
        }
    }

    /// Pixel and depth of a world point; nothing if it is behind the eye.
    pub fn point(&self, point: Vec3) -> Option<(Vec2, f32)> {
        let clip = self.clip_from_world * point.extend(1.0);
        if clip.w <= 1e-6 {
            return None;
        }
        let ndc = clip.truncate() / clip.w;
        let pixel = Vec2::new(
            (ndc.x + 1.0) * 0.5 * self.size.x,
            (1.0 - ndc.y) * 0.5 * self.size.y,
        );
        Some((pixel, (point - self.eye).dot(self.forward)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_appears_in_the_middle_and_its_ray_leads_back() {
        let camera = Camera::default();
        let size = Vec2::new(800.0, 600.0);
        let (pixel, depth) = camera.project(camera.target, size).unwrap_or_default();
        assert!(pixel.distance(size / 2.0) < 1e-2, "{pixel}");
        assert!((depth - camera.distance).abs() < 1e-4);
        let point = camera.target + Vec3::new(0.3, 0.1, -0.2);
        let (pixel, depth) = camera.project(point, size).unwrap_or_default();
        let ray = camera.ray(pixel, size);
        let along = depth / ray.direction.dot(-camera.backward());
        assert!((ray.origin + ray.direction * along).distance(point) < 1e-3);
    }

    #[test]
    fn the_standard_view_looks_at_the_front_from_above() {
        let back = Camera::default().backward();
        assert!(back.y < 0.0 && back.z > 0.0, "{back}");
        assert!(Camera::default().right().z.abs() < 1e-2);
    }
}
