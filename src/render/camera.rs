//! The frame's uniform: camera, lights, floor and colours, in the layout of `frame.wgsl`.

use glam::{Vec2, Vec3};

use crate::model::view::{Camera, Shading};
use crate::render::colors::{self, ViewportColors};

/// What every shader knows about the picture; the fields are explained in `frame.wgsl`.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct FrameUniform {
    clip_from_world: [[f32; 4]; 4],
    eye: [f32; 3],
    orthographic: f32,
    backward: [f32; 3],
    pixels_per_point: f32,
    key_light: [f32; 3],
    grid_reach: f32,
    fill_light: [f32; 3],
    grid_radius: f32,
    rim_light: [f32; 3],
    current_frame: f32,
    size: [f32; 2],
    grid_centre: [f32; 2],
    grid_steps: [f32; 2],
    grid_weights: [f32; 2],
    top: [f32; 4],
    bottom: [f32; 4],
    minor: [f32; 4],
    major: [f32; 4],
    axis_x: [f32; 4],
    axis_y: [f32; 4],
    edge: [f32; 4],
    kinematic: [f32; 4],
    constrained: [f32; 4],
}

impl FrameUniform {
    /// For a camera and a picture of `size` pixels.
    pub fn new(
        camera: &Camera,
        size: Vec2,
        pixels_per_point: f32,
        shading: Shading,
        theme: &ViewportColors,
    ) -> Self {
        let clip_from_view = camera.clip_from_view(size);
        let floor = Floor::new(camera);
        let [key, fill, rim] = lights(camera);
        let [r, g, b, _] = theme.grid;
        let (top, bottom) = match shading {
            Shading::Silhouette => (colors::SILHOUETTE_GROUND, colors::SILHOUETTE_GROUND),
            _ => (theme.vp_top, theme.vp_bottom),
        };
        Self {
            clip_from_world: (clip_from_view * camera.view_from_world()).to_cols_array_2d(),
            eye: camera.eye().to_array(),
            orthographic: if camera.orthographic { 1.0 } else { 0.0 },
            backward: camera.backward().to_array(),
            pixels_per_point,
            key_light: key.to_array(),
            grid_reach: floor.lines_each_side() as f32,
            fill_light: fill.to_array(),
            grid_radius: floor.radius,
            rim_light: rim.to_array(),
            current_frame: 0.0,
            size: size.to_array(),
            grid_centre: camera.target.truncate().to_array(),
            grid_steps: floor.steps,
            grid_weights: floor.weights,
            top,
            bottom,
            minor: [r, g, b, theme.grid_a],
            major: [r, g, b, theme.grid_major_a],
            axis_x: with_alpha(theme.x, 0.75),
            axis_y: with_alpha(theme.y, 0.75),
            edge: theme.b_edge,
            kinematic: theme.b_ik,
            constrained: theme.b_con,
        }
    }

    /// At a frame of the document.
    pub fn at_frame(mut self, frame: f32) -> Self {
        self.current_frame = frame;
        self
    }
}

fn with_alpha([r, g, b, _]: [f32; 4], alpha: f32) -> [f32; 4] {
    [r, g, b, alpha]
}

/// Directions towards key, fill and rim light: they turn with the camera, but stay where they are in height.
pub fn lights(camera: &Camera) -> [Vec3; 3] {
    let right = camera.right().with_z(0.0).normalize_or(Vec3::X);
    let front = right.cross(Vec3::Z);
    let place = |x: f32, y: f32, z: f32| (right * x + front * y + Vec3::Z * z).normalize();
    [
        place(-0.60, 0.42, 0.74),
        place(0.56, 0.86, 0.25),
        place(0.66, -0.66, 0.52),
    ]
}

/// The floor's lines: 0.25 m apart for a view from 4 m, and as far apart in proportion for any other, in
/// steps of ten that fade over into each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Floor {
    /// Where the lines have faded away, metres from the target.
    pub radius: f32,
    /// Metres between lines, of the finer and the coarser level.
    pub steps: [f32; 2],
    /// How strongly each level is drawn, 0 to 1.
    pub weights: [f32; 2],
}

impl Floor {
    /// The floor that suits a camera.
    pub fn new(camera: &Camera) -> Self {
        let decade = (camera.distance.max(1e-6) / 4.0).log10() + 0.5;
        let step = 0.25 * 10f32.powf(decade.floor());
        let over = ((decade - decade.floor() - 0.7) / 0.3).clamp(0.0, 1.0);
        // Looked at from above, the floor lies farther away than the target: let it reach as much farther,
        // though never so far that the lines cannot be counted.
        let radius = 1.25 * (camera.distance + camera.target.z.abs().min(4.0 * camera.distance));
        Self {
            radius,
            steps: [step, step * 10.0],
            weights: [1.0 - over, over],
        }
    }

    /// How many of the finer lines lie on each side of the centre.
    pub fn lines_each_side(&self) -> u32 {
        let [step, _] = self.steps;
        (self.radius / step).ceil().clamp(0.0, 1000.0) as u32
    }

    /// Lines of all levels and directions, the two axes included.
    pub fn lines(&self) -> u32 {
        let [_, coarse] = self.weights;
        let levels = if coarse > 0.0 { 2 } else { 1 };
        levels * 2 * (2 * self.lines_each_side() + 1) + 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_view_has_lines_every_quarter_metre() {
        let floor = Floor::new(&Camera::default());
        assert!((floor.steps[0] - 0.25).abs() < 1e-6, "{floor:?}");
        assert_eq!(floor.weights, [1.0, 0.0]);
    }

    #[test]
    fn a_rig_a_hundred_times_as_large_has_lines_every_25_metres() {
        let mut camera = Camera::default();
        camera.distance *= 100.0;
        camera.target *= 100.0;
        let floor = Floor::new(&camera);
        assert!((floor.steps[0] - 25.0).abs() < 1e-3, "{floor:?}");
        assert_eq!(floor.lines(), Floor::new(&Camera::default()).lines());
    }

    #[test]
    fn the_uniform_is_laid_out_as_in_the_shader() {
        assert_eq!(
            std::mem::size_of::<FrameUniform>(),
            64 + 5 * 16 + 4 * 8 + 9 * 16
        );
    }
}
